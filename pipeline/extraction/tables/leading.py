"""Rows whose names sum up or lead others."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import either, frame_words


def subtotals(tables: Tables) -> pl.DataFrame:
    """The rows of subtotals below what they sum up, or beside a total of all: part, row, summed."""
    names = pl.col("heads").list.eval(pl.element().struct.field("text").str.replace_all(r"\s", ""))
    subtotal = names.list.last().str.contains(rf"^(?:{either(frame_words('subtotal'))})$").fill_null(False)
    rows = tables.rows.with_columns(summed=subtotal)
    grand = (pl.col("total") & ~pl.col("summed")).any().over("part")
    return rows.filter(pl.col("summed") & ((pl.col("heads").list.len() > 1) | grand)).select(
        "part", "row", "summed"
    )


def leading(tables: Tables) -> pl.DataFrame:
    """The rows whose name leads others: part, row, leads."""
    outer = pl.col("heads").list.head(pl.col("heads").list.len() - 1)
    over = (
        tables.rows.select("part", outer).explode("heads", empty_as_null=True, keep_nulls=False).drop_nulls()
    )
    over = over.select("part", start=pl.col("heads").struct.field("start"), leads=pl.lit(True)).unique()
    last = pl.col("heads").list.last().struct.field("start")
    rows = tables.rows.select("part", "row", start=last)
    return (
        rows.join(over, on=["part", "start"], how="inner")
        .select("part", "row", "leads")
        .unique(["part", "row"])
    )
