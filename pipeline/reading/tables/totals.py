"""Rows of totals with fewer figures than their table has columns: each stands below what it is the sum of.

姓名 人口 原因 金额 ⏎ 张某 4 因病 3000 ⏎ 李某 3 因灾 2000 ⏎ 合计 5000
"""

from __future__ import annotations

from itertools import combinations

import polars as pl

MOST_COLUMNS = 12  # that are tried for a sum


def sums(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Rows of totals with fewer figures than there are columns, each below the one column whose sum it is; a
    row of which this is not said for certain is left out.

    `rows`, `held`: grid, row, column, text. A total sums what stands above it, to the last digit.
    """
    if rows.is_empty():
        return rows
    number = pl.col("text").str.replace_all(",", "").cast(pl.Float64, strict=False)
    columns = held.with_columns(number=number).drop_nulls("number")
    columns = columns.group_by("grid", "column").agg(pl.col("number").sum().round(4))
    columns = columns.sort("grid", "column").group_by("grid").agg("column", "number")
    known = {grid: dict(zip(at, sums, strict=True)) for grid, at, sums in columns.iter_rows()}
    placed = []
    lines = rows.with_columns(number=number).group_by("grid", "row", maintain_order=True).agg("number")
    for grid, row, values in lines.iter_rows():
        tried = sorted(known.get(grid, {}))
        if any(value is None for value in values[1:]) or len(tried) > MOST_COLUMNS:
            continue
        ways = [
            way
            for way in combinations(tried, len(values) - 1)
            if all(known[grid][at] == round(value, 4) for at, value in zip(way, values[1:], strict=True))
        ]
        if len(ways) == 1:
            placed += [(grid, row, n, at) for n, at in enumerate((0, *ways[0]))]
    schema = {"grid": pl.Int64, "row": pl.Int64, "column": pl.Int64, "moved": pl.Int64}
    moved = pl.DataFrame(placed, schema=schema, orient="row")
    rows = rows.join(moved, on=["grid", "row", "column"], how="inner", maintain_order="left")
    return rows.with_columns(column="moved").drop("moved")
