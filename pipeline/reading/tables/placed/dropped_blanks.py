"""Rows that lost a blank cell between others, whose cells behind it moved a column to the left.

困境儿童 | 48 | ⏎ 孤儿 | 人 | 12: the figure stands in the column of units.
31 | 31 | 31 | ⏎ 41 | 38 | 7.89 | 39: growth was blank where nothing grew, and the next column stands there.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import NUMBER, unit_cell

FEWEST = 3  # rows that tell what a column holds
MOSTLY = 0.8
ROUNDED = 0.06  # of a growth in per cent
SHAPES = ("bars", "tabs")
KEY = ["grid", "row"]


def with_dropped_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, shape, text and others) with those behind a lost blank in their own
    columns, in rows that end with one."""
    held = cells.filter(pl.col("shape").is_in(SHAPES))
    last = pl.col("column").max().over("grid")
    ends = held.with_columns(last=last).filter(
        (pl.col("column") == pl.col("last")) & (pl.col("kind") == "blank")
    )
    held = held.join(ends.select(KEY), on=KEY, how="semi")
    if held.is_empty():
        return cells
    found = pl.concat([_in_units(cells, held), _in_growth(cells, held)])
    found = found.group_by(KEY).agg(since=pl.col("column").min())
    if found.is_empty():
        return cells
    cells = cells.join(found, on=KEY, how="left", maintain_order="left").with_columns(last=last)
    moved = (pl.col("column") >= pl.col("since")).fill_null(False)
    # the blank at the end is the one that was lost
    column = pl.when(pl.col("column") == pl.col("last")).then("since").otherwise(pl.col("column") + 1)
    cells = cells.with_columns(column=pl.when(moved).then(column).otherwise("column"))
    return cells.drop("since", "last").sort("grid", "row", "column")


def _in_units(cells: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The figures in columns of units right before one of figures: grid, row, column."""
    told = cells.filter(pl.col("kind") != "blank")
    unit = (pl.col("kind") == "text") & pl.col("text").str.contains(unit_cell())
    columns = told.group_by("grid", "column").agg(
        units=unit.sum(), told=pl.len(), figures=(pl.col("kind") == "figure").mean()
    )
    units = (pl.col("units") >= FEWEST) & (pl.col("units") >= MOSTLY * pl.col("told"))
    behind = columns.filter(pl.col("figures") > 0.5).select("grid", pl.col("column") - 1)
    columns = columns.filter(units).join(behind, on=["grid", "column"], how="semi")
    return held.filter(pl.col("kind") == "figure").join(columns, on=["grid", "column"], how="semi").select(
        *KEY, "column"
    )  # fmt: skip


def _in_growth(cells: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """What stands in a column of growth beside two figures that are alike: grid, row, column."""
    figures = cells.filter((pl.col("kind") == "figure") & pl.col("shape").is_in(SHAPES)).select(
        *KEY, "column", value=pl.col("text").str.extract(rf"^([-−]?{NUMBER})%?$").str.replace("−", "-")
    )  # fmt: skip
    figures = figures.with_columns(pl.col("value").cast(pl.Float64, strict=False)).drop_nulls()
    three = figures
    for back, name in ((1, "before"), (2, "now")):
        other = figures.select(*KEY, pl.col("column") + back, pl.col("value").alias(name))
        three = three.join(other, on=[*KEY, "column"], how="inner")
    three = three.filter(pl.col("before") != 0)
    grown = (pl.col("now") / pl.col("before") - 1) * 100
    same = pl.col("now") == pl.col("before")
    three = three.with_columns(right=(grown - pl.col("value")).abs() < ROUNDED, same=same)
    told = three.filter(~pl.col("same")).group_by("grid", "column").agg(n=pl.col("right").sum(), all=pl.len())
    told = told.filter((pl.col("n") >= FEWEST) & (pl.col("n") >= MOSTLY * pl.col("all")))
    wrong = three.filter(pl.col("same") & ~pl.col("right")).join(told, on=["grid", "column"], how="semi")
    return wrong.join(held, on=KEY, how="semi").select(*KEY, "column")
