"""Rows that have an outer name before their own, where no head stands over outer names.

项目          户数   人数
临时救助        26     61
特困   集中    183    183        集中 and 分散 stand below one another, and 特困 below 临时救助
       分散    972    985
"""

from __future__ import annotations

import polars as pl

KEY = ["grid", "row"]
NEAR = 2  # blanks by which names of one column are apart


def outer_names(cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells without the outer names of such rows, and these: grid, row, inner (where the names behind
    them begin) and what else the cells have.

    `cells`: grid, row, x, body, figure and others, in order.
    """
    figure, body = pl.col("figure"), pl.col("body")
    named = (figure.cum_sum().over(KEY) == 0) & body
    counts = {"cells": pl.len(), "names": named.sum(), "figures": figure.sum()}
    rows = cells.group_by(*KEY, "body", maintain_order=True).agg(**counts)
    whole = pl.col("cells") == pl.col("names") + pl.col("figures")
    single = pl.col("body") & whole & (pl.col("names") == 1)
    usual = rows.filter(single).group_by("grid").agg(usual=pl.col("cells").mode().max(), singles=pl.len())
    rows = rows.join(usual, on="grid", how="inner", maintain_order="left")
    more = pl.col("cells") == pl.col("usual") + 1
    double = pl.col("body") & whole & (pl.col("names") == 2) & more
    headed = (~pl.col("body") & more).any().over("grid")
    rows = rows.with_columns(double=double).filter(~headed, pl.col("double").any().over("grid"))
    rows = rows.filter(pl.col("double").sum().over("grid") < pl.col("singles"))
    rows = rows.filter("double").select(*KEY)
    place = pl.int_range(pl.len()).over(KEY)
    asked = cells.with_columns(place=place, inner=pl.col("x").shift(-1).over(KEY))
    asked = asked.join(rows, on=KEY, how="semi", maintain_order="left").filter(pl.col("place") == 0)
    if asked.is_empty():
        return cells, asked
    # a name alone in its row stands below one of the two
    inner = asked.group_by("grid").agg(inner=pl.col("inner").median(), outer=pl.col("x").median())
    inner = inner.filter(pl.col("inner") - pl.col("outer") > 2 * NEAR)
    asked = asked.drop("inner", "place").join(inner.drop("outer"), on="grid", how="inner")
    return cells.join(asked, on=["grid", "row", "start"], how="anti", maintain_order="left"), asked


def with_outer_names(placed: pl.DataFrame, cells: pl.DataFrame, outer: pl.DataFrame) -> pl.DataFrame:
    """The placed cells (grid, row, column, start and others) with the outer names in a column of their own.
    `cells`: with x and body, by start."""
    if outer.is_empty():
        return placed
    inner = outer.select("grid", "inner").unique("grid")
    asked = placed.join(inner, on="grid", how="left", maintain_order="left")
    asked = asked.join(cells.select("grid", "row", "start", "x"), on=["grid", "row", "start"], how="left")
    below = pl.col("x") > pl.col("inner") - NEAR
    first = below.fill_null(False).cast(pl.Int64)
    column = pl.when(pl.col("column") == 0).then(first).otherwise(pl.col("column") + 1)
    own = pl.col("inner").is_not_null()
    asked = asked.with_columns(
        column=pl.when(own).then(column).otherwise("column"),
        # how far in they stand is told by their columns
        indent=pl.when(own).then(0).otherwise("indent"),
    ).select(placed.columns)
    outer = outer.with_columns(column=pl.lit(0, pl.Int64), indent=pl.lit(0, placed.schema["indent"]))
    return pl.concat([asked, outer.select(placed.columns)])
