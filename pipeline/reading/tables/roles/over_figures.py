"""How many columns of a grid hold figures, and how many words of each row stand in them."""

from __future__ import annotations

import polars as pl

KEY = ("grid", "row")


def figure_columns(cells: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """How many columns of each grid hold figures: grid, width."""
    inside = cells.join(rows.filter(pl.col("row") >= pl.col("start")).select(KEY), on=KEY, how="semi")
    columns = inside.filter(pl.col("kind") == "figure").group_by("grid", "column").len()
    return columns.group_by("grid").agg(width=pl.len().cast(pl.Int64))


def texts_over_figures(cells: pl.DataFrame) -> pl.DataFrame:
    """How many cells of words each row has in columns of figures: grid, row, over."""
    shares = (
        cells.filter(~pl.col("kind").is_in(["blank", "mark"]))
        .group_by("grid", "column")
        .agg(share=(pl.col("kind") == "figure").mean())
    )
    inside = cells.join(shares.filter(pl.col("share") > 0.5), on=["grid", "column"], how="semi")
    return (
        inside.filter(pl.col("kind").is_in(["text", "date"])).group_by(KEY).agg(over=pl.len().cast(pl.Int64))
    )
