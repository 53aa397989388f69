"""Heads of which some go on in the next line, where one blank divides everything and blanks tell no places.

地区 全年合计 其中:流浪乞讨 其中:孤儿基本 ⏎ 人员救助 生活保障: each piece belongs to the head with which it
makes a known word; where that may be several nothing is joined.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.reading.tables.spaced.broken_heads import goes_on_with

MOST_REST = 8  # pieces


def with_rests(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, order, start, text, body, count, columns) with the pieces right below a whole row
    of heads joined to these."""
    above = ~pl.col("body") & (pl.col("row") < pl.col("row").filter("body").min().over("grid"))
    whole = above & (pl.col("count") == pl.col("columns"))
    top = pl.col("row").filter(whole).min().over("grid")
    few = (pl.col("count") < pl.col("columns")) & (pl.col("count") <= MOST_REST)
    asked = cells.filter((whole & (pl.col("row") == top)) | (above & few & (pl.col("row") > top)))
    asked = asked.filter(pl.col("row").n_unique().over("grid") > 1).sort("grid", "row", "order")
    lines = asked.group_by("grid", "row", maintain_order=True).agg("text", "start")
    joined: list[tuple[int, int, str | None]] = []
    for (grid,), rows in lines.group_by("grid", maintain_order=True):
        (heads, starts), *rests = zip(rows["text"].to_list(), rows["start"].to_list(), strict=True)
        for pieces, places in rests:
            over = _over(heads, pieces)
            if over is None:
                break
            for n, piece in zip(over, pieces, strict=True):
                heads[n] += piece
            joined += [(grid, start, None) for start in places]
            joined += [(grid, starts[n], heads[n]) for n in over]
    if not joined:
        return cells
    schema = {"grid": pl.Int64, "start": pl.Int64, "whole": pl.String}
    known = pl.DataFrame(joined, schema=schema, orient="row").unique(["grid", "start"], keep="last")
    known = known.with_columns(pl.col("grid").cast(cells.schema["grid"]), gone=pl.col("whole").is_null())
    cells = cells.join(known, on=["grid", "start"], how="left", maintain_order="left")
    cells = cells.filter(~pl.col("gone").fill_null(False))
    return cells.with_columns(text=pl.coalesce("whole", "text")).drop("whole", "gone")


def _over(heads: Sequence[str], pieces: Sequence[str]) -> list[int] | None:
    """Which heads the pieces go on with, in order; None where none do, or there is more than one way."""
    ways: list[list[int]] = [[]]
    for piece in pieces:
        ways = [
            [*way, n]
            for way in ways[:MOST_REST]
            for n in range(way[-1] + 1 if way else 0, len(heads))
            if goes_on_with(heads[n], piece)
        ]
    return ways[0] if len(ways) == 1 else None
