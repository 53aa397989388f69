"""The year and the period that a value speaks of.

What the words near a number say goes before what the title, a heading or a leading line says. A flow (money
paid out, cases, what was added) is of months, a stock of a day: 截至9月底 dates a stock, and what had flowed
by then flowed from January on.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.reach import HEADS, RANK
from pipeline.extraction.fields.carried_days import carried_days
from pipeline.extraction.fields.flows_and_stocks import spoken_kinds
from pipeline.extraction.fields.months_headed import months_headed
from pipeline.extraction.fields.months_near import months_near
from pipeline.extraction.fields.near import TOLD, nearest_cue, parts, periods, with_told
from pipeline.extraction.fields.period_dates import OVER_YEARS, compared_months, period_dates
from pipeline.extraction.fields.years import years

HEAD = ("head_year", "head_period", "head_first", "head_last", "head_from", "head_near")
TAKES = (
    "document_id", "report_id", "at", "end_at", "line", "statement", "sentence", "clause", "unit",
    "unit_written", "unit_class", "subject", "measure", "change", "status", "quote_before",
    "quote_after", "default_year",
    "report_year", "now_year", "plan_year", "year_before", "planned", "told_month", *HEAD,
)  # fmt: skip


def head_times(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """What titles, headings and leading lines say of the time of each number below them: `HEAD`.

    `rows`: at and end_at, in the order of the text. head_year (of a leading line), head_period (the kind of
    the period), head_first and head_last (its months), head_from (the month from which a standard is in
    force), head_near (whether the head of the period is a heading or a leading line, no title).
    """

    def told(name: str, kind: str) -> pl.DataFrame:
        chosen = cues.choose(rows.with_columns(unit_class=pl.lit(kind)), name, heads=True)
        return parts(cues.of(name).select(pl.col(TOLD).gather(chosen)))

    told_of = with_told(
        rows.select("at"), period_=told("period", "flow"), standard_=told("period", "standard"),
        led_=told("year", "flow"),
    )  # fmt: skip
    # “十二五”时期回顾 ⏎ 2015年,我们做了以下工作: these are of that year alone
    value = pl.col("period_value")
    alone = (value.is_in(OVER_YEARS) & (pl.col("led_at") > pl.col("period_at"))).fill_null(False)
    headed = pl.col("period_rank") == HEADS
    return told_of.select(
        head_year=pl.when(alone).then("led_year").when(headed).then("period_year"),
        head_period=pl.when(~alone).then(value),
        head_first=pl.when(~alone).then("period_first"),
        head_last=pl.when(~alone).then("period_last"),
        head_from=pl.when(pl.col("standard_value") == "from").then("standard_first"),
        head_near=pl.when(~alone).then(pl.col("period_rank") < RANK["title"]),
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
    rows = rows.with_columns(years(cues, rows), unit_class=spoken_kinds(cues, rows))
    return _period(cues, rows)


def _period(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`year`, `period_start` and `period_end` in it: whole months, or the whole year where it is said."""
    told = periods(cues)
    rows = rows.with_columns(months_near(cues, rows, told))
    rows = rows.with_columns(carried_days(cues, told, rows)).with_columns(_dated_before(cues, told, rows))
    rows = months_headed(with_told(rows, due_=nearest_cue(cues, rows, "deadline"),
                                   base_=nearest_cue(cues, rows, "base_year")))  # fmt: skip
    return _completed(rows).with_columns(compared_months()).select("year", **period_dates())


def _dated_before(cues: Cues, told: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """`dated_before`: whether the sentence of each number names a time of its own before it: 年内30个挂牌,
    9月底前补发到位, 全年火化率达到85%. `told`: the cues of periods."""
    own = [cues.of(name).select("sentence", "at") for name in ("deadline", "to_date")]
    named = pl.concat([*own, told.select("sentence", "at")])
    first = named.group_by("sentence").agg(named_at=pl.col("at").min())
    found = rows.select("sentence", "at").join(first, on="sentence", how="left", maintain_order="left")
    return found.select(dated_before=(pl.col("named_at") < pl.col("at")).fill_null(False)).to_series()


def _completed(rows: pl.DataFrame) -> pl.DataFrame:
    """The months (kind, first, last) of each number: those said near it, else those of a head, else the day
    that is carried to it. `rows`: `frame.months_told`."""
    kind, last = pl.col("kind"), pl.col("last")
    # 当月 is the month that a title names; 季度内 its quarter
    same_month = kind == "same_month"
    said = pl.col("said") & (kind != "same_quarter")
    kind = pl.when(same_month).then(pl.lit("month")).otherwise(kind)
    rows = rows.with_columns(
        kind=pl.when(said).then(kind).otherwise("head_kind"),
        first=pl.when(said).then("first").otherwise("head_first"),
        last=pl.when(said & ~same_month).then(last).otherwise("head_last"),
    )
    # 自6月1日试点以来: to the last month that the head names, or the end of the year
    going_on = pl.col("kind") == "since_month"
    carried = pl.col("kind").is_null() & pl.col("day_last").is_not_null()
    return rows.with_columns(
        kind=pl.when(going_on).then(pl.lit("span")).when(carried).then(pl.lit("as_of")).otherwise("kind"),
        last=pl.when(going_on)
        .then(pl.col("told_last").fill_null(12))
        .when(carried)
        .then("day_last")
        .otherwise("last"),
    )
