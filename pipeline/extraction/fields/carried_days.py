"""The day of a stock that another sentence of its item names.

截至9月底,全县有低保对象4120户。特困供养人员860人: these are of the end of September too. A day
that opens its sentence reaches the stocks behind it in its item, up to a cue that names other months or
turns to what there is now, and up to what was done without a date; flows never take it.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.reach import HEADS
from pipeline.extraction.fields.period_dates import OVER_YEARS
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

TAKES = (
    "at", "sentence", "unit_class", "change", "status", "quote_before", "dated", "head_period", "head_first",
)  # fmt: skip
OPENING = 2  # characters of a sentence before a day that opens it


def carried_days(cues: Cues, periods: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The day that is carried to each row: `frame.carried_days`, a row a row.

    `periods`: the cues of periods in order (`near.periods`); `rows`: `TAKES`, in the order of the text.
    """
    day = (pl.col("value") == "as_of") & _opens(cues, periods, rows) & (pl.col("rank") < HEADS)
    items = cues.clauses.select(item_at=pl.col("at").set_sorted(), item="item")
    told = periods.select("at", "year", "last", "value", day=day.fill_null(False)).join_asof(
        items, left_on="at", right_on="item_at", strategy="backward", check_sortedness=False
    )
    told = told.with_columns(
        open_last=latest(pl.when("day").then("last"), "item"),
        open_year=latest(pl.when("day").then(pl.col("year").fill_null(0)), "item"),
    )
    # 年末低保对象1204户,全年支出612万元: the whole year ends on that day
    elsewhen = pl.col("value").is_in(["now", *OVER_YEARS]) | (pl.col("last") != pl.col("open_last"))
    elsewhen |= (pl.col("value") == "whole") & (pl.col("open_last") != 12)
    ends = pl.when("day").then(False).when(elsewhen.fill_null(False)).then(True)
    lasting = pl.when(~latest(ends, "item").fill_null(True))
    told = told.select(
        "item",
        told_at=pl.col("at").set_sorted(),
        day_last=lasting.then("open_last"),
        day_year=lasting.then(pl.when(pl.col("open_year") > 0).then("open_year")),
    )
    undated = (pl.col("unit_class") == "flow") & ~pl.col("dated")
    # nor does 与首次排查时的18.6万人相比,减少71.7% move on, or what flowed in the months of a head (上半年)
    undated &= (pl.col("status") != "prior") & (pl.col("change") != "delta")
    undated &= ~((pl.col("head_period") == "span") & (pl.col("head_first") == 1)).fill_null(False)
    found = rows.join_asof(items, left_on="at", right_on="item_at", check_sortedness=False)
    found = found.select("at", "item", done_at=latest(pl.when(undated).then("at"), "item"))
    found = found.join_asof(
        told, left_on="at", right_on="told_at", by="item", strategy="backward", check_sortedness=False
    )
    moved_on = (pl.col("done_at") > pl.col("told_at")).fill_null(False)
    return found.select("at", *(pl.when(~moved_on).then(c).alias(c) for c in ("day_year", "day_last")))


def _opens(cues: Cues, periods: pl.DataFrame, rows: pl.DataFrame) -> pl.Expr:
    """Whether cues open a sentence whose first number is a stock.

    9月底已完成2156户 dates only what was done.
    """
    begin = cues.clauses.group_by("sentence", maintain_order=True).agg(begin=pl.col("at").first())
    done = pl.col("quote_before").str.contains(pattern("by_then_done"))
    there = (pl.col("unit_class") == "stock") & ~done
    first = rows.select("sentence", there=there).unique("sentence", keep="first", maintain_order=True)
    of = periods.select("sentence").join(begin, on="sentence", how="left", maintain_order="left")
    of = of.join(first, on="sentence", how="left", maintain_order="left")
    return (pl.col("at") - pl.lit(of["begin"]) <= OPENING) & pl.lit(of["there"]).fill_null(False)
