"""The year and the months of a table's figure, put together from the layers that say something of them."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.dates import day, month_end
from pipeline.vocabulary import pattern
from pipeline.vocabulary.indicators import load_indicators

FLOWS = ("added", "removed")
RATES = ("standard", "average", "ratio")
OF_A_MONTH = ("month", "last_month", "quarter", "last_quarter")  # which some month must date
TAKES = (
    "q_row", "table", "part", "row", "column", "value", "default_year", "subject", "measure", "change",
    "status", "residence", "subgroup", "row_labels", "column_labels", "row_period", "column_period",
    "row_shift", "column_shift", "row_year", "column_year", "row_first", "column_first", "row_last",
    "column_last", "row_as_of", "column_as_of", "column_status", "column_change", "column_ratio",
    "above_year", "above_first", "above_last", "above_as_of", "above_form", "above_periodic",
)  # fmt: skip
RECEIVERS = ("persons", "households")
MONTHS = 3  # rows of a month each, at least, that a total sums up


@cache
def _over_time() -> dict[str, str]:
    frame = load_indicators()
    return dict(zip(frame["indicator_id"], frame["over_time"], strict=True))


def adds_up() -> pl.Expr:
    key = pl.concat_str("subject", pl.lit("."), "measure")
    summed = key.replace_strict(_over_time(), default=None, return_dtype=pl.String) == "sum"
    # 救助户数 of 临时救助
    helped = pl.col("subject").is_in(subjects_with("flow")) & ~pl.col("measure").is_in(RATES)
    return summed.fill_null(False) | pl.col("change").is_in(FLOWS) | helped


def cell_times(rows: pl.DataFrame) -> pl.DataFrame:
    """The time of each figure: `frame.cell_times`, a row a row. `rows`: `TAKES`.

    A stock as of a month has no beginning; 本月 is the month of the table, 累计 begins with January, 同期
    and 上年 lie a year back, and so does 上期 but where it is the month or quarter before. Where only a year
    is said the period is that year.
    """
    rel, shift = _last_period()
    rows = rows.with_columns(**_of_all_months(), _rel=rel, _shift=shift)
    rows = rows.with_columns(
        _own_last=pl.coalesce("column_last", "row_last"), _own_first=pl.coalesce("column_first", "row_first")
    )
    # what is told so far is computed once, not for each of its uses below
    rows = rows.with_columns(_before=_months_before())
    rows = rows.with_columns(**_months_of(), _rated=_rated(), _as_of=_as_of())
    rows = rows.with_columns(_flow=_flows(), _last=_shifted_back())
    rows = rows.with_columns(_flow=_sums_compared(), **_year_of())
    rows = rows.with_columns(_flow=_beside_flows(), _first=_begins(), _whole=_whole_year())
    rows = rows.with_columns(_first=pl.when(_summed_up() & pl.col("_flow")).then(1).otherwise("_first"))
    return rows.select("q_row", **_period())


def _year_of() -> dict[str, pl.Expr]:
    """The year of each cell and its last month, which can lie in the year before: 上月 in January."""
    said = pl.coalesce("column_year", "row_year")
    default = pl.col("default_year").cast(pl.Int32)
    year = pl.coalesce(said, pl.coalesce("above_year", default) + pl.col("_shift"))
    last = pl.col("_last")
    return {
        "year": (year - (last < 1).fill_null(False).cast(pl.Int32)).cast(pl.Int32),
        "_last": pl.when(last < 1).then(last + 12).otherwise(last),
    }


def _months_of() -> dict[str, pl.Expr]:
    """The first and the last month that heads say of each cell, its own before those above the table."""
    own_last, ratio = pl.col("_own_last"), pl.col("column_ratio").is_not_null()
    own_first = pl.when(own_last.is_not_null()).then("_own_first").otherwise("above_first")
    # 完成率 behind 1-9月完成 is of these months
    of_rated = pl.col("_own_first").forward_fill().over("part", "row", order_by="column")
    # the day of the report's data (数据截至6月底) is none of another year's column
    year = pl.coalesce("column_year", "row_year")
    other = pl.col("above_as_of") & pl.col("above_year").is_null() & (year != pl.col("default_year"))
    above = pl.when(~other.fill_null(False)).then("above_last")
    # months said above hold, but not where a head speaks of years alone and the months are the report's
    return {
        "_last": pl.coalesce(own_last, pl.when(ratio).then("_before"), above, "_before"),
        "_first": pl.when(_rated()).then(of_rated).otherwise(own_first),
    }


def _rated() -> pl.Expr:
    """Whether a cell is a rate of what the column before it counts: 完成率 behind 1-9月完成."""
    # 月人均补差 behind 1-9月支出 is what was paid in these months
    mean = ((pl.col("measure") == "average") & pl.col("above_last").is_null()).fill_null(False)
    rated = (pl.col("column_ratio").is_not_null() | mean) & pl.col("_own_last").is_null()
    return rated & pl.col("_rel").is_null() & pl.col("_before").is_not_null()


def _as_of() -> pl.Expr:
    """Whether the months of a cell are the day at their end."""
    own = pl.col("column_as_of") | pl.col("row_as_of")
    return pl.when(pl.col("_own_last").is_not_null()).then(own).otherwise("above_as_of")


def _shifted_back() -> pl.Expr:
    """The last month, of 上月 and of the quarter before shifted back (below 1 in the year before)."""
    last, rel = pl.col("_last"), pl.col("_rel")
    return (
        pl.when(rel == "last_month").then(last - 1).when(rel == "last_quarter").then(last - 3)
        .when((rel == "year_end") & last.is_null()).then(12).otherwise(last)
    )  # fmt: skip


def _flows() -> pl.Expr:
    """Whether a cell is of what flowed, by itself and by its heads."""
    # whatever stands below 1-9月完成 was done in these months
    done = pl.col("column_status").eq_missing(pl.lit("actual")) & ~pl.col("column_as_of").fill_null(False)
    spanned = ((pl.col("_own_first") < pl.col("_own_last")) & done).fill_null(False)
    # 发放人数 of a quarter are all who were paid in it
    heads = pl.concat_list("row_labels", "column_labels").list.join(" ")
    paid = heads.str.contains(pattern("receivers_paid")) & ~pl.col("_as_of").fill_null(False)
    # 已完成 behind 年度目标 was done since the year began, but a rate of things is what there is
    aimed = (pl.col("column_status") == "target").fill_null(False).any().over("part")
    on_a_roll = pl.col("measure").is_in(RECEIVERS) & pl.col("subject").is_in(subjects_with("paid"))
    of_tasks = done & aimed & ~pl.col("measure").is_in(RATES) & ~on_a_roll
    return adds_up() | pl.col("_rated") | spanned | (paid | of_tasks).fill_null(False)


def _sums_compared() -> pl.Expr:
    """Whether a cell is of what flowed, by what its row holds as well."""
    flow, rel, value = pl.col("_flow"), pl.col("_rel"), pl.col("value")
    # what has grown since the month is no stock, and 累计同比 compares sums
    of_one = ("part", "row", "subject", "measure", "residence", "change", "subgroup", "_shift")
    month = value.filter(rel == "month").max().over(of_one)
    grown = value.filter(rel == "to_date").max().over(of_one) > month
    # 同比 beside what is a sum compares sums
    compared = (rel == "to_date") | flow.any().over("part", "row", "subject")
    compared &= pl.col("change") == "delta"
    return flow | grown.fill_null(False) | compared.fill_null(False)


def _beside_flows() -> pl.Expr:
    """Whether a cell is of what flowed, by what its row and column hold as well."""
    flow = pl.col("_flow")
    # 同比增减(%) behind a column 7-9月 compares what flowed
    growth = (pl.col("measure") == "ratio") & (pl.col("change") == "delta")
    # 次均救助水平 of 临时救助 is of those who were helped
    average = pl.col("measure") == "average"
    mean = average & pl.col("subject").is_in(subjects_with("flow"))
    # 年度任务完成(%) is of what was done
    done = (pl.col("measure") == "ratio") & (pl.col("column_status") == "actual")
    beside = flow.any().over("part", "row") | flow.any().over("part", "column")
    counted = pl.when(pl.col("measure") != "ratio").then(flow)
    left = counted.forward_fill().over("part", "row", order_by="column")
    # 同比(%) behind a number of people is of that, whatever stands above it in its column
    grown = growth & pl.coalesce(left, beside)
    own = ("part", "row", "subject")
    # 火化率 beside 火化遗体 is of those
    share = (pl.col("measure") == "ratio") & (pl.col("change") == "level")
    share &= counted.all().over(own) & counted.any().over(own)
    # 人均(元) beside 销售额 of half a year is of what was sold
    several = pl.col("_first") < pl.col("_last")
    summed = average & several & ((pl.col("measure") == "expenditure") & flow).any().over(own)
    # 人数 beside 金额, of a quarter, are all who were paid in it; of those on a roll it is how many there are
    given = pl.col("measure").is_in(RECEIVERS) & ~pl.col("_as_of").fill_null(False)
    given &= pl.col("subject").is_in(subjects_with("paid")) & several
    paid = given & (pl.col("measure") == "expenditure").any().over(own)
    flow = flow | grown | (mean & beside) | (done.fill_null(False) & left).fill_null(False)
    return flow | (share | paid | summed).fill_null(False)


def _begins() -> pl.Expr:
    """The first month of each cell: January of a sum to date, the month itself of 本月."""
    rel, own_first, own_last = pl.col("_rel"), pl.col("_own_first"), pl.col("_own_last")
    first, last, delta = pl.col("_first"), pl.col("_last"), pl.col("change") == "delta"
    # 上年同期 beside 累计 is a sum as well
    summed = (rel == "to_date").any().over("part", "row") | (rel == "to_date").any().over("part", "column")
    # so it is behind a column of its own months, 1-6月
    since = (rel == "to_date") | ((own_first == 1) & (own_last > 1))
    month_only = (rel == "month") | (own_first == own_last)
    sums = pl.when(since).then(True).when(month_only).then(False)
    left = sums.forward_fill().over("part", "row", order_by="column").fill_null(False) & own_last.is_null()
    to_date = (rel == "to_date") | ((rel == "same_last_year") & (summed | left)) | (delta & left)
    # 本期 of a quarter is the quarter
    current = (rel == "current") & (first < last).not_().fill_null(True)
    return (
        pl.when(to_date).then(1).when(rel.is_in(["month", "last_month"]) | current).then(last)
        .when(rel.is_in(["quarter", "last_quarter"])).then(last - (last - 1) % 3).otherwise(first)
    )  # fmt: skip


def _summed_up() -> pl.Expr:
    """Whether a cell without months of its own, if it flowed, is summed up from January on.

    Of a flow what stands above as of a month is such a sum; so is what the forms of the statistical system
    state of a month or quarter, and what its row calls 累计.
    """
    rel = pl.col("_rel")
    given = rel.is_null() | rel.is_in(["current", "last_month", "last_quarter", "same_last_year"])
    to_date = (pl.col("row_period") == "to_date").fill_null(False)
    # 1-12月社会服务费支出 among the rows of a fourth quarter
    so_far = (pl.col("row_first") == 1) & (pl.col("row_last") > 1)
    so_far &= pl.col("row_last") == pl.col("above_last")
    form = pl.col("above_form") | (pl.col("above_periodic") & to_date.any().over("table"))
    form = form | so_far.fill_null(False).any().over("table")
    one_month = (pl.col("_as_of") & (pl.col("_first") == pl.col("_last"))).fill_null(False)
    summed_up = one_month | (to_date | (form & given)).fill_null(False)
    # so is what stands below 截至10月 in a head of its own
    own = pl.col("_own_last").is_not_null()
    as_of = (pl.col("column_as_of") & (pl.col("_own_first") == pl.col("_own_last"))).fill_null(False)
    # 本月新增 as of the end of a month is that month's
    return ((summed_up & ~own) | (own & as_of)) & rel.ne_missing(pl.lit("month"))


def _whole_year() -> pl.Expr:
    """Whether a cell is of the whole year: it says so, or is a target without months of its own."""
    rel, open_ = pl.col("_rel"), pl.col("_own_last").is_null()
    aimed = (pl.col("status") == "target") & open_ & rel.is_null()
    return (((rel == "whole_year") & open_) | aimed).fill_null(False)


def _period() -> dict[str, pl.Expr]:
    """year, and the first and the last day of the months of each cell."""
    whole, year = pl.col("_whole"), pl.col("year")
    last, first = (pl.when(~whole).then(c).cast(pl.Int8) for c in ("_last", "_first"))
    dated = pl.coalesce("column_year", "row_year", "above_year").is_not_null() | whole
    good = last.is_between(1, 12) & year.is_not_null()
    # 10月底前 in the column of deadlines begins nothing
    due = (pl.col("status") == "target") & pl.col("_as_of").fill_null(False) & (first == last)
    started = pl.col("_flow") & first.is_between(1, 12) & ~due.fill_null(False)
    # 本月 and 累计 of a month that nothing names are no whole year
    yearly = last.is_null() & dated & year.is_not_null()
    yearly &= ~pl.col("_rel").is_in(OF_A_MONTH).fill_null(False) | whole
    start, end = day(year, first), month_end(year, last)
    return {
        "year": year,
        "period_start": pl.when(good & started).then(start).when(yearly).then(day(year, pl.lit(1))),
        "period_end": pl.when(good).then(end).when(yearly).then(month_end(year, pl.lit(12))),
    }


def _of_all_months() -> dict[str, pl.Expr]:
    """Rows or columns without a month of their own among those of months (1月, 2月 … 合计) are of all of
    these."""
    said = {}
    for side in ("row", "column"):
        first, last = f"{side}_first", f"{side}_last"
        month = pl.when(pl.col(first) == pl.col(last)).then(last)
        several = month.drop_nulls().n_unique().over("part") >= MONTHS
        open_ = pl.col("row_last").is_null() & pl.col("column_last").is_null() & several
        said[first] = pl.when(open_).then(month.min().over("part")).otherwise(first)
        said[last] = pl.when(open_).then(month.max().over("part")).otherwise(last)
    return said


def _months_before() -> pl.Expr:
    """The last month of the column before 上年同期 and 同比, which are of the same months."""
    compared = (pl.col("_rel") == "same_last_year") | (pl.col("column_change") == "delta")
    compared = compared | pl.col("column_ratio").is_not_null() | (pl.col("measure") == "average")
    before = pl.col("_own_last").forward_fill().over("part", "row", order_by="column")
    return pl.when(compared).then(before)


def _last_period() -> tuple[pl.Expr, pl.Expr]:
    """The kind of period of a cell, and its years back, with 上期 as what it is: the month or quarter before
    that of the table, or else the same time of last year, which it also is beside 同比 alone."""
    rel = pl.coalesce("column_period", "row_period")
    shift = pl.coalesce("column_shift", "row_shift").fill_null(0)
    of_last_year = (pl.col("column_period") == "same_last_year").fill_null(False)
    delta = (pl.col("column_change") == "delta").fill_null(False)
    # 上期 beside 上年同期 is another time
    compared = (of_last_year & delta).any().over("part") & ~(of_last_year & ~delta).any().over("part")
    months = pl.col("above_last") - pl.col("above_first")
    one = (rel == "last_period") & ~compared
    month, quarter = one & (months == 0), one & (months == 2) & (pl.col("above_last") % 3 == 0)
    told = pl.when(month).then(pl.lit("last_month")).when(quarter).then(pl.lit("last_quarter"))
    return (
        told.when(rel == "last_period").then(pl.lit("same_last_year")).otherwise(rel),
        pl.when((month | quarter).fill_null(False)).then(0).otherwise(shift),
    )
