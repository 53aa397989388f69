"""The year and the period that a value speaks of.

What the words near a number say goes before what the title, a heading or a leading line says. A flow (money
paid out, cases, what was added) is of months, a stock of a day: 截至9月底 dates a stock, and what had flowed
by then flowed from January on.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.reach import HEADS
from pipeline.extraction.fields.flows_and_stocks import spoken_kinds
from pipeline.extraction.fields.period_dates import compared_months, period_dates, since_january
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

HEAD = ("head_year", "head_period", "head_first", "head_last", "head_from")
TAKES = (
    "document_id", "at", "end_at", "line", "statement", "sentence", "clause", "unit_class", "subject",
    "measure", "change", "status", "quote_before", "quote_after", "default_year", "report_year", *HEAD,
)  # fmt: skip
CLAUSE = (
    "from_at",
    "from_word",
    "to_at",
    "prior_year_at",
    "respectively",
)  # cues asked in the clause of a number
QUARTER = 2  # months from the first to the last of a quarter
FUTURE = 12  # years behind that of the report, up to which a year can be meant
TOLD = ("value", "word", "year", "first", "last", "at", "rank", "sentence")


def head_times(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """What titles, headings and leading lines say of the time of each number below them: `HEAD`.

    `rows`: at and end_at, in the order of the text. head_year (of a leading line), head_period (the kind of
    the period), head_first and head_last (its months), head_from (the month from which a standard is in
    force).
    """

    def told(name: str, kind: str) -> pl.DataFrame:
        chosen = cues.choose(rows.with_columns(unit_class=pl.lit(kind)), name, heads=True)
        return _parts(cues.of(name).select(pl.col(TOLD).gather(chosen)))

    period, standard = told("period", "flow"), told("period", "standard")
    led_year = period.select(pl.when(pl.col("rank") == HEADS).then("year")).to_series()
    in_force = pl.when(pl.col("value") == "from").then("first")
    return pl.DataFrame(
        {
            "head_year": led_year,
            "head_period": period["value"],
            "head_first": period["first"],
            "head_last": period["last"],
            "head_from": standard.select(in_force).to_series(),
        }
    )


def times(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `year` (Int32), `period_start` and `period_end` (Date), a row a row.

    `rows`: `TAKES`, in the order of the text. The year is said beside the number or before it in its
    statement, or is that of a leading line, the section or the report (`default_year`). Without a word on
    months the period stays null.
    """
    rows = rows.select(TAKES)
    # the day of a note above (以下数据截至2022年11月底) is none of the plan for the next year
    own = pl.col("default_year").cast(pl.Int32)
    ahead = (pl.col("status") == "target") & (own > pl.col("head_year"))
    led = pl.when(~ahead.fill_null(False)).then("head_year")
    # and what news on last year plans is for this one
    planned = pl.when((pl.col("status") == "target") & (pl.col("report_year") > own)).then("report_year")
    rows = rows.with_columns(default_year=pl.coalesce(planned.cast(pl.Int32), led, own))
    rows = rows.with_columns(year=_year(cues, rows), unit_class=spoken_kinds(rows))
    return _period(cues, rows)


def _parts(told: pl.DataFrame) -> pl.DataFrame:
    """Take the months that a value names itself (`span 1-6`, `as_of 12`) apart from its kind."""
    said = pl.col("value").str.extract_groups(r"^([a-z_]+)(?: ([0-9]+)(?:-([0-9]+))?)?$").struct
    one, two = said.field("2").cast(pl.Int32), said.field("3").cast(pl.Int32)
    kind = said.field("1")
    return told.with_columns(
        value=kind,
        first=pl.coalesce("first", pl.when(two.is_not_null()).then(one)),
        last=pl.coalesce("last", two, one),
    )


def _near(cues: Cues, rows: pl.DataFrame, name: str, within: str | None = None) -> pl.DataFrame:
    """The cue of a field before each number, else the one behind it, heads aside: `TOLD`."""
    hits = _periods(cues) if name == "period" else cues.of(name)
    before = cues.choose(rows, name, within=within, heads=False)
    after = cues.choose(rows, name, "after", within, heads=False)
    chosen = before.zip_with(before.is_not_null(), after)
    return hits.select(pl.col(TOLD).gather(chosen))


def _periods(cues: Cues) -> pl.DataFrame:
    """The cues of periods in order, with 当月 and 本季度 read by the month that was named before them."""
    hits = _parts(cues.of("period"))
    dated = pl.when(pl.col("value").is_in(["month", "span", "as_of"])).then("last")
    month = dated.forward_fill().over(pl.col("at") // DOCUMENT)
    quarter = (month - 1) // 3 * 3 + 1
    known = month.is_not_null()
    this_month, this_quarter = (known & (pl.col("value") == f"same_{unit}") for unit in ("month", "quarter"))
    return hits.with_columns(
        first=pl.when(this_quarter).then(quarter).otherwise("first"),
        last=pl.when(this_month).then(month).when(this_quarter).then(quarter + 2).otherwise("last"),
        value=pl.when(this_month).then(pl.lit("month")).when(this_quarter).then(pl.lit("span"))
        .otherwise("value"),
    )  # fmt: skip


def _said_year(told: pl.DataFrame) -> pl.Series:
    """The year written in a cue, or that which its row stands for (“十三五”末: 2020); 22年底 is of 2022."""
    year = pl.coalesce("year", pl.col("value").cast(pl.Int32, strict=False))
    return told.select(pl.when(year < 100).then(year + 2000).otherwise(year)).to_series()


def _year(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """The year that each number speaks of."""
    near, shifts = _near(cues, rows, "year"), _near(cues, rows, "shift")
    rows = cues.beside(rows, *CLAUSE, within="clause").with_columns(
        said=_said_year(near),
        said_at=near["at"],
        said_sentence=near["sentence"],
        base=_said_year(_near(cues, rows, "base_year")),
        review=_reviewed(cues, rows),
        shift=shifts["value"].cast(pl.Int32),
        shift_at=shifts["at"],
        now=cues.decide(rows.with_columns(unit_class=pl.lit("stock")), "period", within="clause")["period"],
    )
    rows = rows.with_columns(
        said=pl.coalesce(_in_turn(rows.with_columns(word=near["word"])), "said"),
        now=pl.when(pl.col("now") == "now").then("now"),
    )
    # a report without a year speaks of the last one that it named
    named = cues.of("year").select(
        doc=pl.col("at") // DOCUMENT, year_at=pl.col("at").set_sorted(), last_named="year"
    )
    rows = rows.join_asof(
        named, left_on="at", right_on="year_at", strategy="backward", check_sortedness=False
    )
    last_named = pl.when(pl.col("doc") == pl.col("at") // DOCUMENT).then("last_named")
    said, from_report = pl.col("said"), pl.col("report_year").cast(pl.Int32)
    possible = (said <= from_report + FUTURE).fill_null(True)
    possible &= ~((pl.col("status") == "prior") & (said > from_report)).fill_null(False)
    # 占比达到60%(2022年为56%): the year is of what follows it
    possible &= ~(
        (pl.col("said_at") >= pl.col("end_at")) & pl.col("quote_after").str.contains(pattern("of_the_next"))
    )
    # 到2025年达到1500人,现有860人: what is there now is of no year to come
    possible &= ~((said > from_report) & pl.col("now").is_not_null()).fill_null(False)
    # nor does a year to come that another sentence names date what has been done
    elsewhere = (pl.col("said_sentence") != pl.col("sentence")) & (pl.col("measure") != "standard")
    possible &= ~((said > from_report) & elsewhere & (pl.col("status") == "actual")).fill_null(False)
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    # 由去年的610元提高到650元: the first is of last year, the second of this; but 去年由610元提高到650元
    from_last_year = pl.col("from_word").str.contains(pattern("from_last_year"))
    from_last_year = (from_last_year | (pl.col("prior_year_at") > from_at)).fill_null(False)
    # what several rules ask for is found once
    rows = rows.with_columns(_possible=possible, _from_last_year=from_last_year)
    possible, from_last_year = pl.col("_possible"), pl.col("_from_last_year")
    moved_on = (
        pl.when(from_at.is_not_null())
        .then(from_last_year & (to_at > from_at))
        .otherwise(to_at > pl.col("prior_year_at"))
    ).fill_null(False)
    # 比去年增长 is no value of last year, 今年增长 one of this
    own_shift = (pl.col("change") != "delta") | (pl.col("shift") == 0)
    rows = rows.with_columns(_moved_on=moved_on)
    moved_on = pl.col("_moved_on")
    shift = pl.when(~moved_on & own_shift).then("shift")
    # 今年 is the report's own year, but for what the report plans
    planned = (pl.col("status") == "target") & (pl.col("shift") == 0)
    planned &= ~(pl.col("default_year") < from_report).fill_null(False)
    rows = rows.with_columns(_planned=planned, _shift=pl.when(~planned.fill_null(False)).then(shift))
    planned, shift = pl.col("_planned"), pl.col("_shift")
    # 2022年改造1240户;今年计划改造900户
    nearer = (shift.is_not_null() | (planned & ~moved_on)) & (pl.col("shift_at") > pl.col("said_at"))
    rows = rows.with_columns(_is_said=said.is_not_null() & possible & ~nearer.fill_null(False))
    is_said = pl.col("_is_said")
    year = (
        pl.when(is_said).then(said)
        .when(shift.is_not_null()).then(from_report + shift)
        .otherwise(pl.coalesce("default_year", last_named))
    )  # fmt: skip
    # 2023年1月起,标准由640元提高到680元: the year is that of the new standard
    of_the_new = pl.col("said_at") < from_at
    dated = (said.is_not_null() & possible & ~of_the_new.fill_null(False)) | (
        from_last_year & shift.is_not_null()
    )
    prior = pl.col("status") == "prior"
    moved = (shift == -1).fill_null(False) & ~is_said & from_at.is_null()
    # “十三五”期间,由6830张增加到11640张: from before the years that are looked back on
    before = pl.coalesce(pl.col("review") - 1, year - 1)
    year = pl.when(prior & ~dated & ~moved).then(before).otherwise(year)
    return rows.select(pl.when(prior).then(pl.coalesce("base", year)).otherwise(year)).to_series()


def _reviewed(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """The first of the years that the text around a number looks back on (“十三五”期间), or null."""
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    near = _near(cues, flow, "period").select(pl.when(pl.col("value") == "years").then("first")).to_series()
    return rows.select(
        pl.coalesce(near, pl.when(pl.col("head_period") == "years").then("head_first"))
    ).to_series()


def _in_turn(rows: pl.DataFrame) -> pl.Series:
    """The year of each of as many numbers as years were named: 2021年、2022年分别为12人、15人."""
    years = pl.col("word").str.extract_all(r"(?:19|20)[0-9]{2}")
    same = ["said_at", "unit_class", "measure"]
    nth, count = pl.int_range(pl.len()).over(same), pl.len().over(same)
    listed = (years.list.len() > 1) & (count == years.list.len()) & pl.col("respectively").is_not_null()
    listed &= pl.col("said_at") < pl.col("at")
    return rows.select(pl.when(listed).then(years.list.get(nth, null_on_oob=True).cast(pl.Int32))).to_series()


def _period(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`year`, `period_start` and `period_end` in it: whole months, or the whole year where it is said."""
    near = _near(cues, rows, "period")
    # 上半年,全县有低保对象1204户: what runs from January on ends at the date of a stock
    flows = _near(cues, rows.with_columns(unit_class=pl.lit("flow")), "period", within="sentence")
    ending = (rows["unit_class"] == "stock") & (flows["value"] == "span") & (flows["first"] == 1)
    near = near.select(
        pl.when(ending.fill_null(False) & pl.col("value").is_null()).then(flows[c]).otherwise(c).alias(c)
        for c in near.columns
    )
    # 1-9月累计,离婚登记876对,离结比39.6%: a share of what flowed is not of the months of the title
    ending |= (
        (rows["unit_class"] == "share") & rows["head_period"].is_not_null() & flows["value"].is_not_null()
    )
    near = since_january(cues, rows, near)
    # 2020年底320户,今年减少到300户: the day of another year is not this number's
    months = pl.col("value").is_in(["month", "span", "as_of"])
    # 1-6月发放21.9万元,去年同期为19.4万元: of the same months
    word = cues.decide(rows, "prior_year_word")["prior_year_word"]
    same = (rows["status"] == "prior") & word.str.contains(pattern("same_period")).fill_null(False)
    own_year = pl.lit(rows["year"] + same.cast(pl.Int32))
    other = near.select(months & (pl.col("year") != own_year)).to_series().fill_null(False)
    near = near.select(pl.when(~other).then(c).alias(c) for c in near.columns)
    due = _near(cues, rows, "deadline")
    base = _near(cues, rows, "base_year")
    from_end = base["word"].str.contains(pattern("end_of_year")) & (base["year"] == rows["year"])
    standard = pl.col("unit_class") == "standard"
    # what a head says holds in its year, and neither for what came before nor for what is planned
    in_year = (pl.col("year") == pl.col("default_year")) & (pl.col("status") == "actual")
    # what is done so far is no flow of the month that a title names
    so_far = pl.col("quote_before").str.contains(pattern("done_so_far"))
    headed = in_year & ~(so_far & (pl.col("head_period") == "month"))
    headed = headed & pl.when(standard).then(pl.col("head_from").is_not_null()).otherwise(True)
    # a stock has no place in the sum of several years, nor has the value of one of them
    over_years = pl.col("head_period").is_in(["years", "past", "since"]).fill_null(False)
    last_year = (pl.col("head_period") != "years") | (pl.col("head_last") == pl.col("year"))
    over_years &= ~((pl.col("unit_class") == "flow") & last_year).fill_null(False)
    # a title of more months than a quarter (上半年) is of what flowed in them
    ranged = (pl.col("unit_class") == "stock") & (pl.col("head_period") == "span")
    ranged = (ranged & (pl.col("head_last") - pl.col("head_first") != QUARTER)).fill_null(False)
    # 养老床位5836张,护理型床位占47%: nor is a share of what there is of those months
    of = latest(pl.when(pl.col("unit_class") != "share").then("unit_class"), "sentence")
    of_stock = (pl.col("unit_class") == "share") & (of == "stock") & (pl.col("head_period") == "span")
    ranged |= of_stock.fill_null(False)
    rows = rows.select(
        "year", "status", "unit_class", "sentence", "change", doc=pl.col("at") // DOCUMENT,
        same=same, from_end=from_end.fill_null(False),
        said=near["value"].is_not_null(),
        kind=near["value"], first=near["first"], last=near["last"], since=near["year"],
        head_kind=pl.when(headed & ~over_years & ~ranged)
        .then(pl.when(standard).then(pl.lit("from")).otherwise("head_period")),
        head_first=pl.when(standard).then("head_from").otherwise("head_first"),
        head_last="head_last",
        due=due.select(pl.when(pl.col("value") == "year").then(12).otherwise("last")).to_series(),
    )  # fmt: skip
    # 当月 is the month that a title names; 季度内 its quarter
    same_month = pl.col("kind") == "same_month"
    rows = rows.with_columns(
        said=pl.col("said") & (pl.col("kind") != "same_quarter"),
        kind=pl.when(same_month).then(pl.lit("month")).otherwise("kind"),
        last=pl.when(same_month).then("head_last").otherwise("last"),
    )
    rows = rows.with_columns(
        pl.when("said").then(c).otherwise(f"head_{c}").alias(c) for c in ("kind", "first", "last")
    )
    return rows.with_columns(compared_months()).select("year", **period_dates())
