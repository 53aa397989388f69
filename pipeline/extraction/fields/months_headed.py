"""The months that a title, a heading or a leading line gives to the numbers below it.

What such a head says holds in its year, for what is of the same kind: the months of a title are none of a
plan, of what was before, or of a stock that was there on a day.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.fields.period_dates import HALF, OVER_YEARS
from pipeline.extraction.sequence import DOCUMENT
from pipeline.vocabulary import pattern

TAKES = (
    "at", "sentence", "quote_before", "status", "change", "default_year", "head_period", "head_first",
    "head_last", "head_from", "head_near", "planned", "told_month", "report_year",
    "year_before",
)  # fmt: skip
DUE = ("due_value", "due_last", "base_word", "base_year", "dated_before")
QUARTER = 2  # months from the first to the last of a quarter


def months_headed(rows: pl.DataFrame) -> pl.DataFrame:
    """What is said of the months of each number, near it and above it: `frame.months_told`, a row a row.

    `rows`: `TAKES`, with `frame.years`, `frame.months_near`, `frame.carried_days`, and (`DUE`) the cues of
    deadlines and base years near each and whether its sentence named a time before it.
    """
    words, standard = pl.col("quote_before").str, pl.col("unit_class") == "standard"
    headed, over_years, ranged = _headed(), _not_over_years(), _ranged()
    from_end = pl.col("base_word").str.contains(pattern("end_of_year"))
    from_end &= pl.col("base_year") == pl.col("year")
    summed_up = headed & ranged & words.contains(pattern("summed_up"))
    # 两年半来, told in August, ends with its first half, whatever no head says
    half = (pl.col("near_value") == "past_half") & pl.col("told_month").is_between(HALF, 2 * HALF - 2)
    return rows.select(
        "at", "year", "status", "unit_class", "sentence", "change", "same", doc=pl.col("at") // DOCUMENT,
        said="dated", kind="near_value", first="near_first", last="near_last", since="near_year",
        head_kind=pl.when(summed_up).then(pl.lit("as_of"))
        .when(headed & ~over_years & ~ranged)
        .then(pl.when(standard).then(pl.lit("from")).otherwise("head_period")),
        head_first=pl.when(standard).then("head_from").otherwise("head_first"),
        head_last="head_last", told_last=pl.coalesce("head_last", pl.when(half).then(HALF)),
        day_last=pl.when(_there_that_day()).then("day_last"),
        # 投资1200万元的工程10月底前交工: the day is the works'
        due=pl.when(~pl.col("in_all").fill_null(False))
        .then(pl.when(pl.col("due_value") == "year").then(12).otherwise("due_last")),
        from_end=from_end.fill_null(False) | words.contains(pattern("of_year_end")),
    )  # fmt: skip


def _headed() -> pl.Expr:
    """Whether the heads' months can be those of a number: they are of its year, and of what was done."""
    year, default = pl.col("year"), pl.col("default_year")
    in_year = (year == default) & ((pl.col("status") == "actual") | _planned_for())
    # 比上年同期的2975万元 below 一季度 is of the first quarter of last year
    in_year |= pl.col("same") & (year == default - 1)
    # what is done so far is no flow of the month that a title names
    so_far = pl.col("quote_before").str.contains(pattern("done_so_far"))
    headed = in_year & ~(so_far & (pl.col("head_period") == "month")) & ~pl.col("in_all")
    # 数据截至6月底, in the review of a plan period, begins no flow with January
    several = pl.col("report_year") - pl.col("year_before") > 1
    flowed = (pl.col("unit_class") == "flow") & several & (pl.col("head_period") == "as_of")
    headed &= ~flowed.fill_null(False)
    # under “十三五”期间, 2020年为1318名孤儿发放… is of that year alone
    headed &= ~(pl.col("head_period").is_in(OVER_YEARS) & pl.col("year_told")).fill_null(False)
    standard = pl.col("unit_class") == "standard"
    headed &= pl.col("unit_class") != "limit"
    return headed & pl.when(standard).then(pl.col("head_from").is_not_null()).otherwise(True)


def _planned_for() -> pl.Expr:
    """Whether a heading says for which month or quarter a number is planned: 二、6月份工作计划 ⏎ 培训经办人员
    2期; a title tells of the report, not of what it plans, and 年内 or 9月底前 goes before both."""
    span, quarter = _span()
    dated = ((span & quarter) | (pl.col("head_period") == "month")) & pl.col("head_near") & pl.col("planned")
    return (dated & (pl.col("status") == "target") & ~pl.col("dated_before")).fill_null(False)


def _span() -> tuple[pl.Expr, pl.Expr]:
    """Whether a head names several months, and whether as many as a quarter has."""
    return pl.col("head_period") == "span", pl.col("head_last") - pl.col("head_first") == QUARTER


def _not_over_years() -> pl.Expr:
    """Whether heads speak of several years and a number does not: a stock has no place in their sum, nor has
    the value of one of them."""
    last_year = (pl.col("head_period") != "years") | (pl.col("head_last") == pl.col("year"))
    summed = ((pl.col("unit_class") == "flow") & last_year).fill_null(False)
    return pl.col("head_period").is_in(OVER_YEARS).fill_null(False) & ~summed


def _ranged() -> pl.Expr:
    """Whether heads speak of what flowed in more months than a quarter (上半年), and a number is a stock or a
    share of one."""
    span, quarter = _span()
    stock = ((pl.col("unit_class") == "stock") & span & ~quarter & ~_planned_for()).fill_null(False)
    return stock | (pl.col("of_stock") & span).fill_null(False)


def _there_that_day() -> pl.Expr:
    """Whether a number was there on the day that is carried to it: 截至9月底,床位3450张,护理型占46%."""
    share = (pl.col("unit_class") == "share") & pl.col("of_stock") & (pl.col("change") == "level")
    there = (pl.col("status") == "actual") & ((pl.col("unit_class") == "stock") | share)
    return there & (pl.col("day_year").fill_null(pl.col("default_year")) == pl.col("year"))
