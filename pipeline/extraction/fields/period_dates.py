"""The first and the last day of the months that a value speaks of."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import beside, latest
from pipeline.reading.layout.dates import day, month_end
from pipeline.vocabulary import pattern

HALF = 6  # the last month of half a year
OF_YEAR = 100  # a month with its year: 201507
OVER_YEARS = ["years", "past", "past_half", "since", "over"]  # kinds of periods


def since_january() -> dict[str, pl.Expr]:
    """The periods of numbers with those of 年内累计 behind 本月, or under the title of a month, from January
    on: near_value, near_last and near_year, from these, near_word, near_at, quote_before, to_date_at,
    unit_class, status, head_period and head_last."""
    value, summed_at = pl.col("near_value"), pl.col("to_date_at")
    # 8月份发放56万元,累计发放402万元: what another clause is of that month, this one sums up
    apart = ~pl.col("quote_before").str.contains(pl.col("near_word"), literal=True)
    own_month = (pl.col("near_word").str.contains(pattern("own_month")) | apart) & (value == "month")
    own_month = (own_month & (summed_at > pl.col("near_at"))).fill_null(False)
    titled = value.is_null() | value.is_in(["now", "same_month"]).fill_null(False)
    titled &= (pl.col("head_period") == "month").fill_null(False) & (pl.col("unit_class") != "standard")
    # 年内新建3所 in a plan sums up nothing
    summed = summed_at.is_not_null() & (own_month | titled) & (pl.col("status") != "target")
    last = pl.coalesce(pl.when(own_month).then("near_last"), "head_last")
    return {
        "near_value": pl.when(summed).then(pl.lit("as_of")).otherwise("near_value"),
        "near_last": pl.when(summed).then(last).otherwise("near_last"),
        "near_year": pl.when(~summed.fill_null(False)).then("near_year"),
    }


def compared_months() -> list[pl.Expr]:
    """The months (kind, first, last) of what is compared with the sentence before, which names them.

    1至9月登记1136对。比去年同期的3417对增加445对: both are of nine months
    """
    months = pl.col("kind").is_in(["span", "month"])
    before = pl.any_horizontal(beside(pl.col("same"), n, "doc").fill_null(False) for n in (1, 2))
    compared = (pl.col("same") | (pl.col("change") == "delta") & before) & pl.col("kind").is_null()
    at = latest(pl.when(months).then("sentence"), "doc")
    near = (compared & (pl.col("sentence") - at <= 1)).fill_null(False)
    return [
        pl.when(near).then(latest(pl.when(months).then(c), "doc")).otherwise(c).alias(c)
        for c in ("kind", "first", "last")
    ]


def period_dates() -> dict[str, pl.Expr]:
    """`period_start` and `period_end` from year, status, same, from_end, unit_class, kind, first, last, due,
    since and told_last (the last month that heads name)."""
    kind, first, last, year = (pl.col(name) for name in ("kind", "first", "last", "year"))
    flow, stock = (pl.col("unit_class") == name for name in ("flow", "stock"))
    # 年底前护理型床位占比达到55%: a deadline dates the target that it is said of
    due = (pl.col("status") == "target") & pl.col("due").is_between(1, 12)
    starts = (
        pl.when(due | stock & kind.is_in(["month", "span"])).then(None)
        .when(kind.is_in(["from", "span"])).then(first).when(kind == "month").then(last)
        .when(((kind == "as_of") & flow & (pl.col("status") != "target")) | (kind == "whole")).then(1)
    )  # fmt: skip
    ends = (
        pl.when(due).then("due").when(kind == "from").then(first).when(kind == "whole").then(12)
        .when(kind.is_in(["month", "span", "as_of"])).then(last)
    )  # fmt: skip
    # over years: “十三五”期间, 五年来, 2016年以来, 两年半来, 2015年1月至2016年6月
    from_year = (
        pl.when(kind == "years").then(first).when(kind == "past").then(year - last + 1)
        .when(kind == "past_half").then(year - last)
        .when((kind == "since") & (pl.col("since") < year)).then("since")
        .when((kind == "over") & (first // OF_YEAR <= year)).then(first // OF_YEAR)
    )  # fmt: skip
    half_told = pl.col("told_last") == HALF
    from_month = (
        pl.when(kind == "over").then(first % OF_YEAR)
        .when((kind == "past_half") & ~half_told.fill_null(False)).then(HALF + 1).otherwise(1)
    )  # fmt: skip
    # “十四五”以来, said in 2022, ends there
    within = (kind == "years") & ~((pl.col("status") == "actual") & year.is_between(first, last))
    to_year = pl.when(within).then(last).otherwise(year)
    to_month = (
        pl.when(kind == "over")
        .then(pl.coalesce(last, "told_last", 12))
        .when((kind == "past_half") & half_told)
        .then(HALF)
        .otherwise(12)
    )
    told = (pl.col("status") != "prior") | pl.col("same")  # what was before has no month of its own
    over, dated = told & from_year.is_not_null(), told & ends.is_between(1, 12)
    # 去年10月至今年3月
    begun = pl.when((kind == "span") & (starts > ends)).then(year - 1).otherwise(year)
    was = (pl.col("status") == "prior") & pl.col("from_end")  # 由2015年末的386元
    return {
        "period_start": pl.when(over).then(day(from_year, from_month))
        .when(dated & starts.is_between(1, 12)).then(day(begun, starts)),
        "period_end": pl.when(over).then(month_end(to_year, to_month))
        .when(dated).then(month_end(year, ends))
        .when(was).then(month_end(year, pl.lit(12))),
    }  # fmt: skip
