"""Rows with fewer cells than there are columns, set by what their cells are: names, figures, words behind.

序号 机构 床位 老人 备注 ⏎ 1 敬老院 80 62 扩建 ⏎ 2 福利院 90 81 ⏎ 合计 170 143
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import total

KEY = ("grid", "row")


def by_kinds(cells: pl.DataFrame) -> pl.DataFrame:
    """Add `told`: the column of each cell of rows that have all figures of their table, whatever names before
    them and words behind them are missing; null in other rows.

    `cells`: grid, row, order, text, count, columns, lead, tail (see `levels.framing`), figure, body. The
    names next to the figures are those that are there, and so are the first of the words behind.
    """
    order, figure = pl.col("order"), pl.col("figure")
    named = order.filter(~figure).min().over(KEY)
    counted = figure & (order > named)
    first, last = (end.over(KEY) for end in (order.filter(counted).min(), order.filter(counted).max()))
    size = pl.col("columns") - pl.col("lead") - pl.col("tail")
    # a word among the figures tells that they are not all of one kind
    whole = (counted.sum().over(KEY) == size) & (last - first + 1 == size) & (size > 1)
    before, behind = first, pl.col("count") - 1 - last
    fits = whole & (before <= pl.col("lead")) & (behind <= pl.col("tail"))
    fits = fits & pl.col("body") & (pl.col("count") < pl.col("columns"))
    # 合计 stands before all names, the second name of a place behind the one further up
    summed = pl.col("text").first().over(KEY).str.contains(total()) & (order < before)
    told = pl.when(summed).then(order).otherwise(pl.col("lead") - before + order)
    return cells.with_columns(told=pl.when(fits.fill_null(False)).then(told))


def most_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """grid, most: the cells of rows with as many figures as is usual and the most names before them, where
    several have so many. `cells`: grid, row, order, figure, body."""
    order, figure = pl.col("order"), pl.col("figure")
    rows = (
        cells.filter("body")
        .group_by(KEY, maintain_order=True)
        .agg("count", named=order.filter(~figure).min(), figures=figure.sum(), ends=figure.last())
    )
    rows = rows.with_columns(pl.col("count").list.first())
    rows = rows.filter("ends", pl.col("count") - pl.col("figures") > 0)
    usual = rows.group_by("grid").agg(usual=pl.col("figures").mode().max())
    rows = rows.join(usual, on="grid").filter(pl.col("figures") == pl.col("usual"))
    rows = rows.filter(pl.len().over("grid", "count") > 1)
    return rows.group_by("grid").agg(most=pl.col("count").max())
