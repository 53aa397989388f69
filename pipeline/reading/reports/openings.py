"""What the text of a report says of its time, for the choice of its year: short lines at its head, the period
that its first sentences report on, the dates of its figures, masked years.

Which of it decides is settled in `years`.
"""

import polars as pl

from pipeline.reading.layout.compute import beside, nth, passing
from pipeline.reading.layout.dates import arabic_years, full_years
from pipeline.reading.layout.heading_roles import YEAR
from pipeline.reading.reports.years import cue
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
HEAD_LINES = 8
OPENING = 400  # characters of running text
KINDS = ("sums_up", "past_year", "now", "this_year", "next_year")  # of year_cues.csv
LONGEST_ROW = 200  # characters
BARE_YEAR = r"(?:19|20)[0-9]{2}"
YEARS_IN_ROW = rf"(?:^|[^0-9])(?:{BARE_YEAR}\s*年?度?末?[\s|,]+){{2,}}{BARE_YEAR}(?:[^0-9]|$)"
YEAR_LED = rf"^[|\s]*({BARE_YEAR})\s*年?度?\s*(?:[|\s,]|$)"
NO_LEADS, NO_FIGURES, NO_SERIES = (
    pl.DataFrame(schema={"document_id": pl.String, "ordinal": pl.Int64, **said})
    for said in (
        {"lead_year": pl.Int32, "lead_words": pl.String, "stated": pl.Boolean, "lead_plans": pl.Boolean},
        {"figures_year": pl.Int32, "figures_words": pl.String},
        {"series_year": pl.Int32, "series_words": pl.String},
    )
)
BETWEEN = 2  # lines from one year to the next
Y = r"((?:19|20)[0-9]{2})\s*年"


def year_evidence(lines: pl.DataFrame) -> pl.DataFrame:
    """One row a report: head_year, head_words (of short lines at its head); lead_year, lead_words, lead_plans
    (the period that one of its first sentences reports on, and whether it tells what is to be done);
    figures_year, figures_words (the latest date of its figures); series_year, series_words (the last of the
    years that columns or rows of a table run through); masked, shared (bool: years blanked out, put
    up by a sharing site), sums_up, past_year, now, this_year, next_year (bool: it speaks of it), past_words
    (the first on the past year), names_issued, looks_back (bool: the period of the opening comes behind words
    of today, or later years are named too), behind_today (bool: the first of these, where the text
    doesn't say itself that it reports on that period), plans_ahead (bool: it says what is to come this year
    before anything of the last).

    Takes lines with `REPORT`, read (running text in front of each), prose, part (role of the part, null where
    none is said) and published_on.
    """
    text = pl.col("text")
    lines = lines.with_columns(from_end=pl.len().over(REPORT) - nth(*REPORT))
    opening = lines.filter(pl.col("read") < OPENING)
    reports = lines.select(*REPORT, "published_on").unique(REPORT, keep="first", maintain_order=True)
    said = opening.group_by(REPORT).agg(**{f"_{kind}": text.str.contains(cue(kind)).any() for kind in KINDS})
    site = lines.filter((pl.col("read") < 40) | (pl.col("from_end") <= 2))
    site = (
        site.filter(text.str.len_chars() <= 120)
        .group_by(REPORT)
        .agg(shared=text.str.contains(cue("sharing")).any())
    )
    # 今年全县计划…, where no 去年 stands in front of it
    first = text.str.join("\n").str.extract(f"(?s)^(.*?)(?:{pattern('this_year_ahead')})", 1)
    ahead = opening.group_by(REPORT).agg(plans_ahead=~first.str.contains(cue("past_year")))
    blanked = (
        lines.filter(text.str.contains("[XxＸ×_*＿某]"))
        .group_by(REPORT)
        .agg(masks=text.str.count_matches(pattern("masked_year")).sum())
    )
    issued = pl.col("published_on").dt.year().cast(pl.String)
    issued_named = lines.filter((pl.col("prose") > 0) & text.str.contains(issued + "年", literal=True))
    named = issued_named.select(*REPORT, names_issued=True).unique(REPORT)
    leads = _leads(opening).pipe(_looks_back, opening, lines)
    past = opening.group_by(REPORT).agg(
        past_words=text.str.extract(f"({cue('past_year')})", 1).drop_nulls().first()
    )
    for part in (
        past,
        _head_years(lines),
        leads,
        _figures(lines),
        _series(lines),
        said,
        ahead,
        site,
        blanked,
        named,
    ):
        reports = reports.join(part, on=REPORT, how="left", maintain_order="left")
    flags = (
        *(f"_{kind}" for kind in KINDS),
        "shared",
        "names_issued",
        "looks_back",
        "behind_today",
        "plans_ahead",
    )
    return reports.with_columns(
        masked=pl.col("masks").fill_null(0) > 0,
        **{name.strip("_"): pl.col(name).fill_null(False) for name in flags},
    ).drop("published_on", "masks", *(f"_{kind}" for kind in KINDS))


def _head_years(lines: pl.DataFrame) -> pl.DataFrame:
    """A year that the short lines at the head of a report name (`2020年3月`, `(2023年度)`)."""
    text = arabic_years(pl.col("text")).str.replace_all(pattern("span_of_years"), "")
    book = pl.col("text").str.extract(pattern("yearbook"), 1).cast(pl.Int32) - 1
    return (
        lines.with_columns(
            row=nth(*REPORT),
            # A month below an office is when it signed.
            signed=beside(pl.col("text"), 1, *REPORT).str.contains(pattern("office_line")).fill_null(False),
        )
        .filter(
            (pl.col("row") < HEAD_LINES)
            & ~pl.col("signed")
            & (pl.col("read") == 0)
            & (pl.col("text").str.len_chars() <= 30)
            & (
                book.is_not_null()
                | ~pl.col("text").str.contains(f"{pattern('whole_date')}|{pattern('no_year_line')}")
            )
        )
        # 调整前(2024年)|调整后(2025年) is the head of a table
        .filter(book.is_not_null() | (text.str.extract_all(YEAR).list.n_unique() == 1))
        .select(*REPORT, "text", year=pl.coalesce(book, text.str.extract(YEAR, 1).cast(pl.Int32)))
        .drop_nulls()
        .group_by(REPORT)
        .agg(
            head_year=pl.col("year").first(),
            head_words=pl.col("text").first(),
            several=pl.col("year").n_unique(),
        )
        .filter(pl.col("several") == 1)
        .drop("several")
    )


def _leads(opening: pl.DataFrame) -> pl.DataFrame:
    """The period of the first sentences: one that goes with the date of publication before any other."""
    dated = pl.col("text").str.contains(rf"[0-9][0-9]\s*年|[〇○零]|{pattern('reply_to')}")
    # 现将2015年民政工作情况报告如下: is a sentence, however short
    prose = (pl.col("prose") > 0) | pl.col("text").str.contains(pattern("reports_on"))
    rows = passing(opening, prose, dated)
    if rows.is_empty():
        return NO_LEADS
    text = full_years(arabic_years(pl.col("text").str.head(OPENING)))
    # statistics that somebody reports on are of the year in their name
    text = text.str.replace(pattern("statistics_named"), "。${1}年,")
    # the year that an inspection looks at is over: 2018年度年检,应检2305家
    text = text.str.replace_all("《[^》]*》", "《》").str.replace_all(pattern("year_looked_at"), "年检")
    # nor is that of an honour, or of the meeting that something is told at, one that is reported on
    text = text.str.replace_all(f"{pattern('honoured_in')}|{pattern('meeting_of_year')}", "")
    text = text.str.replace(pattern("reply_to"), "。${1}年,")
    rows = rows.with_columns(text=text)
    rows = rows.with_columns(
        lead_words=pl.concat_list(
            pl.col("text").str.extract_all(pattern("stated_period")),
            pl.col("text").str.extract_all(pattern("opening_period")),
        ),
        stated=pl.col("text").str.contains(pattern("stated_period")),
    )
    age = pl.col("published_on").dt.year() - pl.col("lead_year")
    # 2008年募捐31万元;2009年为35万元,比2008年多4万元 reports on the second
    based = pl.concat_str(pl.lit(pattern("year_compared")), "lead_year", pl.lit("年"))
    return (
        rows.with_columns(told=pl.col("text").str.join("").over(REPORT))
        .explode("lead_words", empty_as_null=True)
        .drop_nulls("lead_words")
        .with_columns(lead_year=pl.col("lead_words").str.extract(YEAR, 1).cast(pl.Int32))
        .with_columns(
            fits=age.is_between(0, 1).fill_null(True),
            based=pl.col("told").str.contains(based).fill_null(False),
            row=pl.int_range(pl.len()),
        )
        .sort("fits", "stated", "based", "row", descending=[True, True, False, False])
        .group_by(REPORT, maintain_order=True)
        .agg(
            pl.col("lead_year", "lead_words", "stated").first(),
            lead_plans=pl.col("text").first().str.contains(pattern("opening_plans")),
        )
    )


def _looks_back(leads: pl.DataFrame, opening: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """`leads` with `looks_back`: whether the period comes behind words of today or of several years
    (今年以来…。2019年全区…; behind_today), or the text goes on to years two or more after it, up to that
    of its publication."""
    told = opening.group_by(REPORT).agg(told=full_years(arabic_years(pl.col("text"))).str.join("\n"))
    years = lines.filter((pl.col("prose") > 0) & pl.col("text").str.contains(YEAR))
    issued = pl.col("published_on").dt.year()
    years = years.select(*REPORT, issued=issued, named=pl.col("text").str.extract_all(YEAR))
    years = years.explode("named", empty_as_null=True).with_columns(
        named=pl.col("named").str.extract(YEAR, 1).cast(pl.Int32)
    )
    years = years.filter(pl.col("named") <= pl.col("issued"))
    latest = years.group_by(REPORT).agg(latest=pl.col("named").max())
    found = leads.join(told, on=REPORT, how="left", maintain_order="left")
    found = found.join(latest, on=REPORT, how="left", maintain_order="left")
    in_front = pl.col("told").str.split(by=pl.col("lead_words")).list.first()
    behind = pl.col("told").str.contains(pl.col("lead_words"), literal=True) & in_front.str.contains(
        f"{cue('this_year')}|{cue('now')}|{pattern('over_years')}"
    )
    later = pl.col("latest") >= pl.col("lead_year") + 2
    return found.with_columns(
        looks_back=(behind | later).fill_null(False),
        behind_today=(behind & ~pl.col("stated")).fill_null(False),
    ).drop("told", "latest", "stated")


def _figures(lines: pl.DataFrame) -> pl.DataFrame:
    """The latest date that figures are given for, outside of plans and not after publication."""
    told = pl.col("part").is_null() | (pl.col("part") != "plan")
    rows = passing(lines, told, pl.col("text").str.contains(r"[0-9]{2}\s*年"))
    if rows.is_empty():
        return NO_FIGURES
    words = full_years(pl.col("text")).str.extract_all(pattern("figures_period"))
    issued = pl.col("published_on").dt.year()
    return (
        rows.select(*REPORT, "published_on", figures_words=words)
        .explode("figures_words", empty_as_null=True)
        .drop_nulls("figures_words")
        .with_columns(figures_year=pl.col("figures_words").str.extract(YEAR, 1).cast(pl.Int32))
        .filter(issued.is_null() | (pl.col("figures_year") <= issued))
        .sort("figures_year", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(pl.col("figures_year", "figures_words").first())
    )


def _series(lines: pl.DataFrame) -> pl.DataFrame:
    """The last of three years or more, each one after the other, that head the columns of a table or lead its
    rows."""
    text, issued = pl.col("text"), pl.col("published_on").dt.year()
    rows = passing(
        lines,
        text.str.contains(rf"{BARE_YEAR}.*{BARE_YEAR}|^[|\s]*{BARE_YEAR}"),
        (text.str.len_chars() <= LONGEST_ROW) & ~text.str.contains("。"),
    )
    if rows.is_empty():
        return NO_SERIES
    heads = rows.filter(text.str.contains(YEARS_IN_ROW)).select(
        *REPORT, "published_on", "text", years=text.str.extract_all(BARE_YEAR).cast(pl.List(pl.Int32))
    )
    step = pl.col("years").list.diff(null_behavior="drop")
    heads = heads.filter(step.list.min() == 1, step.list.max() == 1, step.list.len() >= 2)
    heads = heads.select(*REPORT, "published_on", "text", year=pl.col("years").list.last())
    led = rows.filter(text.str.contains(YEAR_LED)).with_columns(
        year=text.str.extract(YEAR_LED, 1).cast(pl.Int32)
    )
    goes_on = pl.all_horizontal(
        (pl.col("year").diff(n) == n) & (pl.col("line").diff(n) <= BETWEEN * n) for n in (1, 2)
    )
    led = led.filter(goes_on.over(REPORT)).select(*REPORT, "published_on", "text", "year")
    found = pl.concat([heads, led]).filter(issued.is_null() | (pl.col("year") <= issued))
    return (
        found.sort("year", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(series_year=pl.col("year").first(), series_words=pl.col("text").first().str.strip_chars(" |"))
    )
