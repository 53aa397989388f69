"""Upper heads at fixed width over columns where their words, or sums, tell what places do not."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.placed.found import at_columns
from pipeline.reading.tables.spaced.levels import bodies, by_words, words_over
from pipeline.reading.tables.spaced.spanning import even
from pipeline.reading.tables.words import total

OFF = 6  # characters that the middle of a head may be beside its columns
KEY = ("grid", "column")


def told_by_words(
    tops: pl.DataFrame, leaves: pl.DataFrame, body: pl.DataFrame, bounds: pl.DataFrame, rounds: pl.DataFrame
) -> pl.DataFrame:
    """The one row of upper heads of grids with the `column` that sums of the figures below them prove, or
    that their words tell where no even rounds do and each stands about over its columns; two rows of which
    the lower one leaves out columns as well.

    `tops`, `leaves`, `body`: grid, row, order, column, text, x and width; `bounds`: grid, column, left,
    right; `rounds`: what `spanning.over_rounds` gives.
    """
    rows = pl.col("row").n_unique().over("grid")
    both = tops.filter(rows == 2).join(leaves, on="grid", how="anti", maintain_order="left")
    tops = tops.filter(rows == 1)
    lowest = (pl.col("row") == pl.col("row").max().over("grid")) & (pl.col("column") >= pl.col("lead"))
    leaves = leaves.filter(lowest)
    proved = by_words(tops, leaves, body)
    known = pl.concat([proved.select("grid"), even(rounds)])
    # nothing but sums tells of which of two groups a total is
    summed = leaves.filter(pl.col("text").str.replace_all(r"\s", "").str.contains(total()))
    known = pl.concat([known, summed.select("grid")])
    told = by_words(tops.join(known, on="grid", how="anti"), leaves)
    told = pl.concat([told, _on_two_rows(both, body).select(told.columns)])
    return pl.concat([proved, _about_over(told, bounds).select(proved.columns)])


def _about_over(told: pl.DataFrame, bounds: pl.DataFrame) -> pl.DataFrame:
    """The heads of grids of which each stands about over the columns that it is told to be over."""
    ends = pl.col("column").shift(-1).over("grid", "row") - 1
    last = pl.col("columns") - 1 - pl.col("tail")
    spans = told.sort("grid", "row", "column").with_columns(last=ends.fill_null(last))
    left, right = bounds.select(*KEY, "left"), bounds.select("grid", last="column", right="right")
    spans = spans.join(left, on=KEY, how="left").join(right, on=["grid", "last"], how="left")
    middle = pl.col("x") + pl.col("width") / 2
    over = (middle >= pl.col("left") - OFF) & (middle <= pl.col("right") + OFF)
    over = over | (pl.col("column") < pl.col("lead"))
    sound = spans.group_by("grid").agg(over.fill_null(False).all().alias("sound")).filter("sound")
    return told.join(sound, on="grid", how="semi", maintain_order="left")


def _on_two_rows(tops: pl.DataFrame, body: pl.DataFrame) -> pl.DataFrame:
    """The heads of two rows over columns of which some have none in the lower one, by their words."""
    rows = tops.sort("grid", "row", "order").group_by("grid", "row", maintain_order=True).agg(
        "text", "order", pl.col("columns", "lead", "tail").first(),
    )  # fmt: skip
    figures = bodies(body.join(rows, on="grid", how="semi"))
    placed: list[tuple[int, int, int, int]] = []
    for (grid,), lines in rows.group_by("grid", maintain_order=True):
        columns, lead, tail = lines.select("columns", "lead", "tail").row(0)
        texts, orders = lines["text"].to_list(), lines["order"].to_list()
        found = words_over(texts, columns, lead, tail)
        # sums that prove another way tell that words do not
        proof = words_over(texts, columns, lead, tail, figures.get(grid, ())) if found else []
        for level, n, column in proof or found:
            placed.append((grid, lines["row"][level], orders[level][n], column))
    return at_columns(tops, placed, "grid", "row", "order")
