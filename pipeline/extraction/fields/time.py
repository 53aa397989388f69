"""The year and the period that a value speaks of.

What the words near a number say goes before what the title, a heading or a leading line says. A flow (money
paid out, cases, what was added) is of months, a stock of a day: 截至9月底 dates a stock, and what had flowed
by then flowed from January on.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.reach import HEADS
from pipeline.extraction.fields.carried_days import carried_days
from pipeline.extraction.fields.flows_and_stocks import spoken_kinds
from pipeline.extraction.fields.near import TOLD, in_frames, nearest_cue, parts, periods
from pipeline.extraction.fields.period_dates import OVER_YEARS, compared_months, period_dates, since_january
from pipeline.extraction.fields.years import years
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

HEAD = ("head_year", "head_period", "head_first", "head_last", "head_from")
TAKES = (
    "document_id", "at", "end_at", "line", "statement", "sentence", "clause", "unit", "unit_class", "subject",
    "measure", "change", "status", "quote_before", "quote_after", "default_year", "report_year", *HEAD,
)  # fmt: skip
QUARTER = 2  # months from the first to the last of a quarter


def head_times(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """What titles, headings and leading lines say of the time of each number below them: `HEAD`.

    `rows`: at and end_at, in the order of the text. head_year (of a leading line), head_period (the kind of
    the period), head_first and head_last (its months), head_from (the month from which a standard is in
    force).
    """

    def told(name: str, kind: str) -> pl.DataFrame:
        chosen = cues.choose(rows.with_columns(unit_class=pl.lit(kind)), name, heads=True)
        return parts(cues.of(name).select(pl.col(TOLD).gather(chosen)))

    period, standard = told("period", "flow"), told("period", "standard")
    led = told("year", "flow")
    # “十二五”时期回顾 ⏎ 2015年,我们做了以下工作: these are of that year alone
    alone = (period["value"].is_in(OVER_YEARS) & (led["at"] > period["at"])).fill_null(False)
    period = period.select(pl.when(~alone).then(c).alias(c) for c in period.columns)
    led_year = pl.select(
        pl.when(alone).then(led["year"]).when(period["rank"] == HEADS).then(period["year"])
    ).to_series()
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
    rows = rows.hstack(years(cues, rows)).with_columns(unit_class=spoken_kinds(cues, rows))
    return _period(cues, rows)


def _period(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`year`, `period_start` and `period_end` in it: whole months, or the whole year where it is said."""
    told = periods(cues)
    near = nearest_cue(cues, rows, "period", hits=told)
    # 1-11月,救助3862人次。送医193人次: on in their item
    framed = in_frames(cues, rows, told)
    near = near.select(
        pl.when(near["value"].is_null()).then(framed[c]).otherwise(c).alias(c) for c in near.columns
    )
    # 上半年,全县有低保对象1204户: what runs from January on ends at the date of a stock
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    flows = nearest_cue(cues, flow, "period", within="sentence", hits=told)
    ending = (rows["unit_class"] == "stock") & (flows["value"] == "span") & (flows["first"] == 1)
    # 五年来,建成敬老院12所: what was built in some years
    built = rows["quote_before"].str.contains(pattern("built_so_far"))
    ending |= (rows["unit_class"] == "stock") & built & flows["value"].is_in(OVER_YEARS)
    # 1-9月累计,离婚登记876对,离结比39.6%: a share of what flowed is not of the months of the title
    of_stock = _of_stock(rows)
    # 火化率从24%提升至38.2% reached it by then
    raised = rows.select(
        (pl.col("status").shift(1) == "prior") & (pl.col("sentence").shift(1) == pl.col("sentence"))
    ).to_series()
    share = (rows["unit_class"] == "share") & ~of_stock & (rows["status"] == "actual")
    share &= ~raised.fill_null(False)
    ending |= share & rows["head_period"].is_not_null() & flows["value"].is_not_null()
    # 9月末,低保1206户;前三季度发放835万元,占全年计划的74.6%: not of the day that another sentence names
    open_to = pl.col("value").is_null() | (pl.lit(share) & (pl.col("sentence") != pl.lit(rows["sentence"])))
    near = near.select(
        pl.when(ending.fill_null(False) & open_to).then(flows[c]).otherwise(c).alias(c) for c in near.columns
    )
    rows = rows.with_columns(
        unit_class=pl.when((built & _looking_back(near, rows)).fill_null(False))
        .then(pl.lit("flow"))
        .otherwise("unit_class")
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
    # 年末保障2217人;标准由640元提高到660元: a raise is of no day that another sentence names
    apart = (near["value"] == "as_of") & (near["sentence"] != rows["sentence"])
    apart &= rows["unit_class"] == "standard"
    near = near.select(pl.when(~apart.fill_null(False)).then(c).alias(c) for c in near.columns)
    # 截至5月底已完成275户;计划新建3个: what is there on a day is no plan's
    planned = (rows["status"] == "target") & near["word"].str.starts_with("截")
    # 截至去年底 in a plan is no part of it
    planned &= ~(rows["year"] < rows["report_year"]).fill_null(False)
    near = near.select(pl.when(~planned.fill_null(False)).then(c).alias(c) for c in near.columns)
    # 四季度普查一遍;2023年投入680万元: nor does a month outlast another year that is named behind it
    past = (
        (near["sentence"] != rows["sentence"])
        & (rows["year_at"] > near["at"])
        & near["value"].is_in(["month", "span"])
    )
    near = near.select(pl.when(~past.fill_null(False)).then(c).alias(c) for c in near.columns)
    # 总投资1200万元 is no flow of the month in which building began
    in_all = rows["quote_before"].str.contains(pattern("whole_project"))
    near = near.select(pl.when(~in_all).then(c).alias(c) for c in near.columns)
    # 2021年6月试点以来办理6934对,其中2022年4412对: a year of its own goes before the years looked back on
    own = near["value"].is_in(OVER_YEARS) & (rows["year_at"] >= near["at"] + near["word"].str.len_chars())
    near = near.select(pl.when(~own.fill_null(False)).then(c).alias(c) for c in near.columns)
    # 一季度312人次,二季度286人次,合计598人次: a sum is of no one of them
    summed = cues.decide(rows, "restated_at", within="clause")["restated_at"] > near["at"]
    several = pl.lit(_several_months(told, rows)) & (pl.col("value") != "whole")
    near = near.select(pl.when(~(summed & several).fill_null(False)).then(c).alias(c) for c in near.columns)
    due = nearest_cue(cues, rows, "deadline")
    base = nearest_cue(cues, rows, "base_year")
    from_end = base["word"].str.contains(pattern("end_of_year")) & (base["year"] == rows["year"])
    standard = pl.col("unit_class") == "standard"
    # what a head says holds in its year, and neither for what came before nor for what is planned
    in_year = (pl.col("year") == pl.col("default_year")) & (pl.col("status") == "actual")
    # 比上年同期的2975万元 below 一季度 is of the first quarter of last year
    in_year |= pl.lit(same) & (pl.col("year") == pl.col("default_year") - 1)
    # what is done so far is no flow of the month that a title names
    so_far = pl.col("quote_before").str.contains(pattern("done_so_far"))
    headed = in_year & ~(so_far & (pl.col("head_period") == "month"))
    headed &= ~pl.lit(in_all)
    # under “十三五”期间, 2020年为1318名孤儿发放… is of that year alone
    headed = headed & ~(pl.col("head_period").is_in(OVER_YEARS) & pl.col("year_told")).fill_null(False)
    headed = headed & pl.when(standard).then(pl.col("head_from").is_not_null()).otherwise(True)
    # a stock has no place in the sum of several years, nor has the value of one of them
    over_years = pl.col("head_period").is_in(OVER_YEARS).fill_null(False)
    last_year = (pl.col("head_period") != "years") | (pl.col("head_last") == pl.col("year"))
    over_years &= ~((pl.col("unit_class") == "flow") & last_year).fill_null(False)
    # a title of more months than a quarter (上半年) is of what flowed in them
    ranged = (pl.col("unit_class") == "stock") & (pl.col("head_period") == "span")
    ranged = (ranged & (pl.col("head_last") - pl.col("head_first") != QUARTER)).fill_null(False)
    ranged |= (pl.lit(of_stock) & (pl.col("head_period") == "span")).fill_null(False)
    day = carried_days(cues, told, rows.with_columns(dated=near["value"].is_not_null()))
    # 截至9月底,床位3450张,护理型占46%: so is a share of what there was that day
    dated_share = (pl.col("unit_class") == "share") & pl.lit(of_stock) & (pl.col("change") == "level")
    there = (pl.col("status") == "actual") & ((pl.col("unit_class") == "stock") | dated_share)
    there &= pl.lit(day["day_year"]).fill_null(pl.col("default_year")) == pl.col("year")
    rows = rows.select(
        "year", "status", "unit_class", "sentence", "change", doc=pl.col("at") // DOCUMENT,
        day_last=pl.when(there).then(pl.lit(day["day_last"])),
        same=same, from_end=from_end.fill_null(False)
        | pl.col("quote_before").str.contains(pattern("of_year_end")),
        said=near["value"].is_not_null(),
        kind=near["value"], first=near["first"], last=near["last"], since=near["year"],
        head_kind=pl.when(headed & ranged & pl.col("quote_before").str.contains(pattern("summed_up")))
        .then(pl.lit("as_of")).when(headed & ~over_years & ~ranged)
        .then(pl.when(standard).then(pl.lit("from")).otherwise("head_period")),
        head_first=pl.when(standard).then("head_from").otherwise("head_first"),
        head_last="head_last", told_last="head_last",
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
    # 自6月1日试点以来: to the last month that the head names, or the end of the year
    going_on = pl.col("kind") == "since_month"
    rows = rows.with_columns(
        kind=pl.when(going_on).then(pl.lit("span")).otherwise("kind"),
        last=pl.when(going_on).then(pl.col("told_last").fill_null(12)).otherwise("last"),
    )
    carried = pl.col("kind").is_null() & pl.col("day_last").is_not_null()
    rows = rows.with_columns(
        kind=pl.when(carried).then(pl.lit("as_of")).otherwise("kind"),
        last=pl.when(carried).then("day_last").otherwise("last"),
    )
    return rows.with_columns(compared_months()).select("year", **period_dates())


def _looking_back(near: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Whether a number is of years looked back on, by the cue near it or by the head above it."""
    kinds = pl.DataFrame({"near": near["value"], "head": rows["head_period"]})
    return kinds.select(pl.coalesce("near", "head").is_in(OVER_YEARS)).to_series()


def _of_stock(rows: pl.DataFrame) -> pl.Series:
    """Whether a number is a share of what there is: 养老床位5836张,护理型床位占47%."""
    of = latest(pl.when(pl.col("unit_class") != "share").then("unit_class"), "sentence")
    of_task = pl.col("quote_before").str.contains(pattern("share_of_task"))
    return rows.select(
        (pl.col("unit_class") == "share") & (of == "stock").fill_null(False) & ~of_task
    ).to_series()


def _several_months(told: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Whether the sentence of each number names more than one stretch of months, of the cues of periods."""
    named = told.filter(pl.col("value").is_in(["span", "month"]))
    many = named.group_by("sentence").agg(several=pl.struct("first", "last").n_unique() > 1)
    told = rows.select("sentence").join(many, on="sentence", how="left", maintain_order="left")
    return told["several"].fill_null(False)
