"""Rows of totals with fewer figures than their table has columns: each stands below what it is the sum of.

姓名 人口 原因 金额 ⏎ 张某 4 因病 3000 ⏎ 李某 3 因灾 2000 ⏎ 合计 5000
"""

from __future__ import annotations

from itertools import combinations

import polars as pl

from pipeline.reading.tables.words import total

MOST_COLUMNS = 12  # that are tried for a sum


def sums(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Rows of totals with fewer figures than there are columns, each below the columns whose sums they are; a
    row of which this is not said for certain is left out.

    `rows`, `held`: grid, row, column, text. A total sums what stands above it (below it, where nothing
    stands above), to the last digit: all of it, or what has come since the total before it (小计).
    """
    if rows.is_empty():
        return rows
    number = pl.col("text").str.replace_all(",", "").cast(pl.Float64, strict=False)
    named = pl.col("text").first().over("grid", "row").str.contains(total())
    parts = held.filter(~named).with_columns(number=number).drop_nulls("number")
    totals = rows.select("grid", "row").unique().sort("grid", "row")
    before = totals.with_columns(since=pl.col("row").shift(1).over("grid").fill_null(-1), total="row")
    lines = rows.with_columns(number=number).group_by("grid", "row", maintain_order=True).agg("number")
    lines = lines.join(before, on=["grid", "row"], how="left", maintain_order="left")
    within = lines.select("grid", "since", total="row").join(parts, on="grid")
    # a total that opens its table sums what stands below it
    opens = (pl.col("row") > pl.col("total")).all().over("grid", "total")
    within = within.filter((pl.col("row") < pl.col("total")) | opens)
    summed = within.group_by("grid", "total", "column").agg(
        whole=pl.col("number").sum().round(4),
        part=pl.col("number").filter(pl.col("row") > pl.col("since")).sum().round(4),
    )
    known: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
    for grid, row, *column in summed.sort("column").iter_rows():
        known.setdefault((grid, row), []).append((column[0], column[1], column[2]))
    placed = []
    for grid, row, values in lines.select("grid", "row", "number").iter_rows():
        tried = known.get((grid, row), [])
        if any(value is None for value in values[1:]) or len(tried) > MOST_COLUMNS:
            continue
        ways = {
            tuple(at for at, *_ in way)
            for way in combinations(tried, len(values) - 1)
            for which in (1, 2)
            if all(column[which] == round(value, 4) for column, value in zip(way, values[1:], strict=True))
        }
        if len(ways) == 1:
            placed += [(grid, row, n, at) for n, at in enumerate((0, *ways.pop()))]
    schema = {"grid": pl.Int64, "row": pl.Int64, "column": pl.Int64, "moved": pl.Int64}
    moved = pl.DataFrame(placed, schema=schema, orient="row")
    rows = rows.join(moved, on=["grid", "row", "column"], how="inner", maintain_order="left")
    return rows.with_columns(column="moved").drop("moved")
