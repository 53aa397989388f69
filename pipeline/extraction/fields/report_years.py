"""The years that numbers of a report and of the plan in it speak of where the text beside them says none."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.folding import with_folded_names
from pipeline.reading.layout.written import ANY_YEAR
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

OPENING = 3  # the last month in which a meeting opens a year's work
RUNNING = 9  # the last month whose plans are for the rest of the year
NEARLY_OVER = 10  # and of a report whose title names no year
QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9}  # their last months
PERIOD = 5  # years of a plan period
MONTH = r"[0-9]{1,2}\s*月"


def report_years(reports: pl.DataFrame) -> pl.DataFrame:
    """The year of each report, of the plans in it and of the time before it: report_id, report_year,
    now_year, told_year, plan_year, year_before, told_month (Int32).

    told_year, that of `core.reports`, is decided once in reading: the year of what the report tells.
    report_year is the same, but the next where the title or the beginning tells of last year
    (去年全市办理结婚登记2.6万对, said in January). now_year is the one that 今年 and 去年 are counted from:
    that too, but the next where a government reports in the first months of the year that its report is named
    after. A speech at the meeting that opens a year tells of the one before. The plan in a report on a whole
    year is for the next one, in a report on a part of a year, such a speech, or what came out well before the
    year's end for the same, in a report on a plan period for the next period, in one on a part of it until
    its end; what a plan tells of the time before it is of the year or period before. told_month is the month
    in which a report on its own year was written, or the last that its title names: what it says of later
    months is to come.
    """
    reports = with_folded_names(reports).with_columns(title=pl.col("folded_title").fill_null(""))
    title = pl.col("title")
    of_part = title.str.contains(rf"{pattern('part_of_year')}|{MONTH}")
    ends = {row["name"]: int(row["last_year"]) for row in vocabulary("fields/plan_periods.csv")}
    published = pl.col("published_on").dt
    dated_title = title.str.replace_all(r"\([^)]*\)", "").str.contains(f"{ANY_YEAR}")
    within = {
        last: ((published.year() == pl.col("year")) & (published.month() <= last)).fill_null(False)
        for last in (OPENING, RUNNING, NEARLY_OVER)
    }
    # without a day it is the yearly meeting that its title names, but for one at midyear
    undated = pl.col("published_on").is_null() & dated_title & ~of_part
    spoken = title.str.contains(pattern("speech"))
    opens_year = spoken & (within[OPENING] | undated)
    running = within[RUNNING] | within[NEARLY_OVER] & ~dated_title
    whole = ~of_part & ~opens_year & ~running
    year = pl.col("year").cast(pl.Int32)
    # a review before the end of a plan period looks ahead to its end
    last = title.str.replace(pattern("period_in_full"), "${1}五").str.extract(f"({'|'.join(ends)})", 1)
    last = last.replace_strict(ends, default=None, return_dtype=pl.Int32)
    left = pl.when(last > year).then(last - year).otherwise(PERIOD)
    ahead = pl.when(last.is_not_null()).then(left).otherwise(whole.cast(pl.Int32))
    before = pl.when(last.is_not_null()).then(last - PERIOD).otherwise(year - 1)
    since = pl.col("published_on").dt.year() - year
    said = title
    if "year_evidence" in reports.columns:
        dated = pl.when(pl.col("year_method") == "published").then("year_evidence")
        said = pl.concat_str(title, dated.fill_null(""))
    # 2018年工作总结和2019年工作安排, a speech of January 2019: 去年 is 2018
    looks_back = (said.str.contains(pattern("last_year")) & ~dated_title | spoken) & (since == 1)
    report_year = (year + looks_back.fill_null(False).cast(pl.Int32)).cast(pl.Int32)
    named = title.str.extract(f"({ANY_YEAR})").cast(pl.Int32) - year
    named_after = title.str.contains(pattern("government_report")) & (pl.coalesce(named, since) == 1)
    return reports.select(
        "report_id",
        report_year=report_year,
        now_year=pl.when(named_after.fill_null(False)).then(year + 1).otherwise(report_year).cast(pl.Int32),
        told_year=(year - opens_year.cast(pl.Int32)).cast(pl.Int32),
        plan_year=(year + ahead).cast(pl.Int32),
        year_before=pl.min_horizontal(before, year - 1).cast(pl.Int32),
        told_month=pl.when(published.year() == year)
        .then(published.month().cast(pl.Int32))
        .when(published.year().is_null())
        .then(_last_month(title)),
    )


def _last_month(title: pl.Expr) -> pl.Expr:
    """The last month of the part of a year that a folded title names: 上半年, 前三季度, 1-10月."""
    quarter = title.str.extract(pattern("quarter_of_title"), 1).replace_strict(QUARTERS, default=None)
    month = title.str.extract(r"([0-9]{1,2})\s*月(?:份|底|末)?[^0-9月]*$", 1).cast(pl.Int32, strict=False)
    return (
        pl.when(title.str.contains(pattern("half_year")))
        .then(6)
        .otherwise(pl.coalesce(pl.when(month < 12).then(month), quarter))
        .cast(pl.Int32)
    )
