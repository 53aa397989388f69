"""The figures below the heads of grids that were copied cell by cell, whose sums tell where these stand."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.values import value

MOST_SUMMED = 60  # rows whose sums are tried


def stack_bodies(shaped: pl.DataFrame) -> dict[int, list[list[float | None]]]:
    """The figures of each run, column by column, of the rows that have all cells."""
    first = (pl.col("width") - pl.col("figures")).cast(pl.Int64)
    whole = shaped.filter((pl.col("n") == pl.col("width")) & (pl.col("column") >= first))
    columns = whole.sort("run", "row_at", "column").group_by("run", "column", maintain_order=True)
    bodies: dict[int, list[list[float | None]]] = {}
    for run, values in columns.agg(value()).sort("run", "column").select("run", "text").iter_rows():
        bodies.setdefault(run, []).append(values[:MOST_SUMMED])
    return bodies
