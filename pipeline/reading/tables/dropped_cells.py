"""Rows that lost the cells of names merged over several rows, moved back under their heads.

一类 | 沈阳市 | 665 | 691 ⏎ 大连市 | 740 | 770: the second row has a cell less and its words stand where others
have theirs one column later.
"""

from __future__ import annotations

import polars as pl

FEWEST = 2  # whole rows that tell what stands where, one of them of heads at most
MOST = 3  # names that a row can lack
BODY = r"^(T+)[FB]*F[FB]*$"
SHAPES = ("bars", "tabs")
FIGURES = ("figure", "mark")


def with_dropped_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, shape and others) with `column` of the rows that lack names set as in
    the rows that have all of theirs."""
    held = cells.filter(pl.col("shape").is_in(SHAPES))
    if held.is_empty():
        return cells
    kind = pl.col("kind")
    letter = (
        pl.when(kind == "blank")
        .then(pl.lit("B"))
        .when(kind.is_in(FIGURES))
        .then(pl.lit("F"))
        .otherwise(pl.lit("T"))
    )
    rows = held.sort("grid", "row", "column").group_by("grid", "row", maintain_order=True).agg(
        form=letter.str.join("").str.strip_chars_end("B"), cells=pl.len().cast(pl.Int64),
    )  # fmt: skip
    long = rows.group_by("grid").agg(
        longest=pl.col("cells").max(), long=(pl.col("cells") == pl.col("cells").max()).sum()
    )
    rows = rows.join(long, on="grid")
    rows = rows.filter(pl.col("form").str.contains(BODY)).with_columns(
        size=pl.col("form").str.len_chars().cast(pl.Int64),
        names=pl.col("form").str.extract(BODY).str.len_chars().cast(pl.Int64),
    )
    whole = rows.filter(pl.col("size") == pl.col("size").max().over("grid"))
    whole = whole.group_by("grid").agg(
        all_size=pl.col("size").first(),
        all_names=pl.col("names").min(),
        alike=(pl.col("names").n_unique() == 1)
        & ((pl.len() >= FEWEST) | ((pl.col("long") >= FEWEST) & (pl.col("longest") == pl.col("size"))).any()),
    )
    rows = rows.join(whole.filter("alike"), on="grid", how="inner")
    lost = pl.col("all_size") - pl.col("size")
    short = (lost > 0) & (lost <= MOST) & (pl.col("all_names") - pl.col("names") == lost)
    moved = rows.filter(short).select("grid", "row", lost=lost)
    cells = cells.join(moved, on=["grid", "row"], how="left", maintain_order="left")
    behind = (pl.col("kind") == "blank") & pl.col("lost").is_not_null()
    last = pl.col("column") + pl.col("lost").fill_null(0)
    width = cells.group_by("grid").agg(width=pl.col("column").max())
    cells = cells.join(width, on="grid", how="left", maintain_order="left")
    # blanks that filled the short row up
    cells = cells.filter(~(behind & (last > pl.col("width"))))
    return cells.with_columns(column=pl.col("column") + pl.col("lost").fill_null(0)).drop("lost", "width")
