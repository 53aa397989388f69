"""The year that a report reports on (for a plan or task list, the year planned), decided once, with its
method and evidence.

In this order, the first that says it: the title; the head of the page; headings of the report's parts; the
period that the opening sentences report on; the date of publication; the dates of the figures. Never the
year named most often, and none of: a base year (由2010年的…), the year in 2016年以来, a breadcrumb, a
deadline, the day on which a sharing site put the text up. Where all of it leaves the year open it is null: a
wrong year would move every figure of the report.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.heading_roles import YEAR
from pipeline.reading.reports.titles import title_words, word_pattern
from pipeline.vocabulary import pattern

METHODS = ("title", "page_head", "heading", "opening", "published", "figures", "given")
NEAR = r"[^0-9《]{0,24}?"
PLANS = ("plan", "task_list")
TOLD = ("summary", "summary_and_plan", "bulletin", "other")  # genres that tell what was
LAST_OF_SPAN = r"(?:19|20)[0-9]{2}\s*年?\s*(?:[-—–~至到]\s*)+((?:19|20)[0-9]{2})"
INDEX_YEAR = r"/((?:19|20)[0-9]{2})\s*-?\s*[0-9]|^((?:19|20)[0-9]{2})-[0-9]"
LATEST = 2100
EARLY = 3  # the last month in which a report that says this year still sums up the last one


@cache
def cue(kind: str) -> str:
    """The words of one kind of year_cues.csv, as a pattern."""
    return vocabulary.either(vocabulary.words("reports/year_cues.csv", kind=kind))


def decide_years(reports: pl.DataFrame) -> pl.DataFrame:
    """Adds to one row a report: `year`, `year_method` (one of METHODS), `year_evidence` (the words that
    decided) and `year_against` (other years that the page speaks for, each with its method; else null).

    Takes genre; _title (the folded title without dates and spans, years in Arabic digits), words (the whole);
    _title_said (what it announces); head_year, results_year, plan_year (of headings), plan_share; the columns
    of `year_evidence`; published_on, index_no, document_no.
    """
    named = reports.with_columns(**_title_years()).with_columns(_issued=_issued())
    ways = {
        "title": (_by_title(), _around("_title")),
        "page_head": (
            pl.when(~_government() & ~_answers() & ~_written_after() & ~_to_come("head_year")).then(
                "head_year"
            ),
            pl.col("head_words"),
        ),
        "heading": (_by_headings(), pl.col("heading_words")),
        "opening": (_by_opening(), pl.col("lead_words")),
        "published": (
            _by_publication(),
            pl.concat_str(
                pl.col("published_on").cast(pl.String),
                pl.when(_by_publication() == pl.col("_issued") - 1).then("past_words"),
                separator=" ",
                ignore_nulls=True,
            ),
        ),
        "figures": (_by_figures(), pl.coalesce("figures_words", "series_words")),
    }
    order = [name for name in METHODS if name in ways]
    found = named.with_columns(
        possible_year(year.cast(pl.Int32)).alias(f"_by_{name}") for name, (year, _) in ways.items()
    )
    # What halves of a title contradict each other on is not told by a date.
    found = found.with_columns(
        year_method=pl.coalesce(
            pl.when(pl.col(f"_by_{name}").is_not_null()).then(pl.lit(name)) for name in order
        )
    )
    found = found.with_columns(year_method=pl.when(_contradicts()).then(None).otherwise("year_method"))
    method = pl.col("year_method")
    found = found.with_columns(
        year=pl.coalesce(pl.when(method == name).then(f"_by_{name}") for name in order),
        year_evidence=pl.coalesce(
            pl.when(method == name).then(words) for name, (_, words) in ways.items()
        ).str.strip_chars(" ,。:;、|("),
    )
    return found.with_columns(year_against=_against(order)).drop(
        *(f"_by_{name}" for name in ways), *_title_years(), "_issued"
    )


def _against(methods: list[str]) -> pl.Expr:
    """What speaks for another year than the one chosen: `opening 2017, figures 2020`.

    Nothing does that every report may have: a title's report that came out in a later year or holds a date of
    the next one, a plan that opens with the year before.
    """
    year, told = pl.col("year"), pl.col("year_method").is_in(["title", "heading"])
    plan = pl.col("genre").is_in(PLANS)
    others = []
    for name in methods:
        by = pl.col(f"_by_{name}")
        differs = {
            "published": (by != year) & ~told,
            "opening": (by != year) & ~(plan & (by == year - 1)),
            "figures": ((by > pl.when(told).then(year + 1).otherwise(year)) | (~told & (by < year - 1)))
            & ~plan,
        }.get(name, by != year)
        others.append(pl.when(differs).then(pl.concat_str(pl.lit(f"{name} "), by)))
    said = pl.concat_str(others, separator=", ", ignore_nulls=True)
    return pl.when(said != "").then(said)


def possible_year(year: pl.Expr) -> pl.Expr:
    """`year` where a report can be about it, else null."""
    return pl.when(year.is_between(1949, LATEST)).then(year)


def _title_years() -> dict[str, pl.Expr]:
    """Years of the title: the first, that of what was done, that of what is planned, the last of a span."""
    # 第十四个五年规划 is that of 十四五
    whole = pl.col("words").fill_null("").str.replace(pattern("period_in_full"), "${1}五")
    title = pl.col("_title").str.replace_all(pattern("since_a_year"), "")  # 2016年以来社会救助工作情况
    done = f"{YEAR}{NEAR}{word_pattern('summary', 'done', 'report')}"
    planned = f"{YEAR}{NEAR}(?:{word_pattern('plan', 'task_list')}|{title_words('planned')})"
    span = whole.str.extract(LAST_OF_SPAN, 1)
    periods = {r["name"]: int(r["last_year"]) for r in vocabulary.rows("fields/plan_periods.csv")}
    period = whole.str.extract(f"({pattern('period_named')})", 1).replace_strict(
        periods, default=None, return_dtype=pl.Int32
    )
    period = pl.when(~whole.str.contains(pattern("midway"))).then(period)
    return {
        "_first": _number(title.str.extract(YEAR, 1)),
        "_done": _number(title.str.extract(done, 1)),
        "_planned": _number(title.str.extract(planned, 1)),
        "_last": pl.coalesce(_number(span), period),
    }


def _written_after() -> pl.Expr:
    """Whether the head of the page is but the month, early in the next year, in which a report was written:
    (2018年1月) above 2017年,本人分管…"""
    before = pl.col("lead_year") == pl.col("head_year") - 1
    return (before & pl.col("head_words").str.contains(pattern("written_early"))).fill_null(False)


def _to_come(year: str) -> pl.Expr:
    """Whether a year is after that in which a report came out that tells what was: 到2025年底 of 2024."""
    return (pl.col("genre").is_in(TOLD) & (pl.col(year) > pl.col("_issued"))).fill_null(False)


def _at_odds() -> pl.Expr:
    """2019年工作总结及2023年工作计划: a template filled in by halves."""
    return ~(pl.col("_planned") - pl.col("_done")).is_between(0, 1)


def _contradicts() -> pl.Expr:
    return ((pl.col("genre") == "summary_and_plan") & _at_odds() & pl.col("_by_title").is_null()).fill_null(
        False
    )


def _government() -> pl.Expr:
    return pl.col("_title").str.contains(pattern("government_report"))


def _part() -> pl.Expr:
    return pl.col("_title").str.contains(pattern("part_of_year"))


def _by_title() -> pl.Expr:
    said = pl.col("_title_said").struct
    first, done, planned = pl.col("_first"), pl.col("_done"), pl.col("_planned")
    # the 年检 of 2018 is done, and told of, in 2019
    looked_at = pl.col("_title").str.contains(pattern("year_looked_at"))
    before = pl.when(~_part()).then(planned - 1)
    by_text = pl.coalesce("results_year", pl.col("plan_year") - 1)
    reported = pl.coalesce(done, first)
    genre = pl.col("genre")
    halves = said.field("summary") | done.is_not_null() & said.field("plan")
    joint = (
        pl.when(halves & _at_odds())
        .then(pl.when(pl.col("results_year") == done).then(done))
        .when(halves)
        .then(pl.coalesce(done, before, pl.when(first.is_not_null()).then(pl.coalesce(by_text, first))))
        .otherwise(pl.when(reported.is_not_null()).then(pl.coalesce("results_year", reported)))
    )
    one = (
        pl.when(genre.is_in(PLANS)).then(pl.coalesce(planned, first))
        .when(genre.is_in(["summary", "other"])).then(reported)
        .otherwise(first)
    )  # fmt: skip
    return (
        pl.when((looked_at & (pl.col("_issued") == first + 1)).fill_null(False))
        .then("_issued")
        .when(_government())
        # It is delivered in the first months of the year that it is named after.
        .then(pl.when(first.is_not_null()).then(pl.coalesce(by_text, first - 1)))
        .when(genre == "summary_and_plan")
        # “十三五”工作总结和“十四五”工作思路 is on the first
        .then(pl.coalesce(joint, pl.when(first.is_null()).then("_last")))
        .otherwise(pl.coalesce(one, "_last"))
    )


def _by_headings() -> pl.Expr:
    """What the headings of the parts name: the year of the results, in a plan that of the plan."""
    before = pl.col("plan_year") - 1
    return (
        pl.when(pl.col("genre").is_in(PLANS)).then("plan_year")
        .when(pl.col("genre") == "summary_and_plan").then(pl.coalesce("results_year", before))
        .otherwise("results_year")
    )  # fmt: skip


def _by_opening() -> pl.Expr:
    """The period of the opening; in a plan it counts where the sentence tells what is to be done. A year long
    before that of publication is where a review begins, if the text speaks of later ones too."""
    counts = ~pl.col("genre").is_in(PLANS) | pl.col("lead_plans")
    long_ago = (pl.col("_issued") - pl.col("lead_year") >= 2).fill_null(False)
    base = long_ago & (pl.col("looks_back") | pl.col("names_issued"))
    # news of spring on this year's days that goes on to last year is of its day, so is an answer to a motion
    spring = (pl.col("_issued") - pl.col("lead_year") == 1) & (pl.col("published_on").dt.month() > EARLY)
    base |= (spring & pl.col("behind_today")).fill_null(False)
    # 今年,我县将新建… in the news of a meeting that looks back on 2021 is of its day
    base |= ((pl.col("_issued") - pl.col("lead_year") == 1) & pl.col("plans_ahead")).fill_null(False) & (
        pl.col("genre") == "other"
    )
    base |= _answers()
    return pl.when(counts & ~base & ~_to_come("lead_year")).then("lead_year")


def _answers() -> pl.Expr:
    """An answer to a motion whose day is known: it tells of that, whatever year its sentences open with."""
    return (pl.col("_title").str.contains(pattern("answer")) & pl.col("_issued").is_not_null()).fill_null(
        False
    )


def _issued() -> pl.Expr:
    """The year of publication, null for what a sharing site put up or whose years were masked; without a date
    that of the index or document number."""
    index = pl.coalesce(pl.col("index_no").str.extract(INDEX_YEAR, group) for group in (1, 2))
    number = pl.col("document_no").str.extract(r"[〔\[(【]\s*((?:19|20)[0-9]{2})", 1)
    year = pl.coalesce(
        pl.col("published_on").dt.year().cast(pl.Int32), *(_number(text) for text in (number, index))
    )
    return pl.when(~pl.col("shared") & ~pl.col("masked")).then(year)


def _by_publication() -> pl.Expr:
    """A report published in January to March that sums up is of the year before; a plan of November or
    December that speaks of the next year is for that."""
    issued, month = pl.col("_issued"), pl.col("published_on").dt.month()
    today = pl.col("this_year") | pl.col("now")
    early = (month <= 3) & ~pl.col("now") & (pl.col("past_year") | pl.col("sums_up") & ~today)
    # news of what is to come this year, whatever it says of the last
    early &= ~(pl.col("plans_ahead") & (pl.col("genre") == "other"))
    # A yearbook or bulletin that comes out later still has only figures of the year before.
    silent = (month <= 6) & (pl.col("figures_year") == issued - 1) & ~today
    silent &= ~pl.col("names_issued")
    # 12月份…公示 of January
    title = pl.col("words").fill_null("")
    over = (
        (month <= 3) & title.str.contains(pattern("late_period")) & ~title.str.contains(pattern("first_half"))
    )
    told = pl.when((early | silent | over).fill_null(False)).then(issued - 1).otherwise(issued)
    ahead = (month >= 11) & pl.col("next_year")
    planned = pl.when(ahead.fill_null(False)).then(issued + 1).otherwise(issued)
    # Without a day it stays open which of the two years a number of January would mean.
    told = pl.when(month.is_not_null() | (pl.col("genre") == "other")).then(told)
    return pl.when(pl.col("genre").is_in(PLANS)).then(planned).otherwise(told)


def _by_figures() -> pl.Expr:
    return pl.when(pl.col("genre").is_in(TOLD)).then(pl.coalesce("figures_year", "series_year"))


def _around(column: str) -> pl.Expr:
    named = pl.col(column).str.extract(r"((?:19|20)[0-9]{2}\s*年.{0,12})", 1)
    return pl.coalesce(
        named,
        pl.col("words").str.extract(f"({LAST_OF_SPAN}.{{0,12}}|{pattern('period_named')}.{{0,12}})", 1),
        "words",
    )


def _number(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int32, strict=False)
