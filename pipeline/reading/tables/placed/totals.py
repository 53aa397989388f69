"""Rows of totals with fewer figures than their table has columns: each stands below what it is the sum of.

姓名 人口 原因 金额 ⏎ 张某 4 因病 3000 ⏎ 李某 3 因灾 2000 ⏎ 合计 5000
"""

from __future__ import annotations

from itertools import combinations

import polars as pl

from pipeline.reading.tables.values import value
from pipeline.reading.tables.words import total

MOST_COLUMNS = 12  # that are tried for a sum
BEFORE = 1 / 2  # of the cells of a column of names that are words
KEY = ["grid", "row"]


def sums(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Rows of totals with fewer figures than there are columns, each below the columns whose sums they are; a
    row of which this is not said for certain is left out.

    `rows`, `held`: grid, row, column, text. A total sums what stands above it (below it, where nothing
    stands above), to the last digit: all of it, or what has come since the total before it (小计).
    """
    if rows.is_empty():
        return rows
    named = pl.col("text").first().over("grid", "row").str.contains(total())
    parts = held.filter(~named).with_columns(number=value()).drop_nulls("number")
    totals = rows.select("grid", "row").unique().sort("grid", "row")
    before = totals.with_columns(since=pl.col("row").shift(1).over("grid").fill_null(-1), total="row")
    lines = rows.with_columns(number=value()).group_by("grid", "row", maintain_order=True).agg("number")
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


def in_their_places(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, text and others) with the totals that begin at the edge of their
    grid, where names stand, and end before its last column, below what they are the sums of; without the
    figures of those of which this is not said for certain.

    1 | 东镇 | 5 | 2 | 900 above 合计 | 12 | 2100: 12 is below no figure of its kind.
    """
    held = cells.filter(pl.col("kind") != "blank").sort(*KEY, "column")
    first = held.group_by(KEY, maintain_order=True).agg(
        name=pl.col("text").first().str.replace_all(r"\s", ""),
        second=pl.col("kind").get(1, null_on_oob=True),
        place=pl.col("column").get(1, null_on_oob=True), last=pl.col("column").max(),
        plain=(pl.col("kind") == "figure").slice(1).all(), n=pl.len().cast(pl.Int64),
    )  # fmt: skip
    # blanks between them tell where they stand
    close = pl.col("last") - pl.col("place") == pl.col("n") - 2
    asked = first.filter(pl.col("name").str.contains(total()), pl.col("second") == "figure", "plain", close)
    if asked.is_empty():
        return cells
    body = held.join(asked.select("grid").unique(), on="grid", how="semi").join(asked, on=KEY, how="anti")
    figured = (pl.col("kind") == "figure").any().over(KEY)
    columns = body.filter(figured).group_by("grid", "column").agg(
        named=(pl.col("kind") == "text").mean() > BEFORE, figures=(pl.col("kind") == "figure").mean() > BEFORE
    )  # fmt: skip
    ends = columns.filter("figures").group_by("grid").agg(end=pl.col("column").max())
    names = columns.filter("named").select("grid", place="column")
    asked = asked.join(names, on=["grid", "place"], how="semi").join(ends, on="grid")
    asked = asked.filter(pl.col("last") < pl.col("end"))
    # not the numbers of the rows
    firsts = asked.group_by("grid").agg(pl.col("place").min())
    asked = asked.select(KEY)
    if asked.is_empty():
        return cells
    order = pl.int_range(pl.len(), dtype=pl.Int64).over(KEY)
    rows = held.join(asked, on=KEY, how="semi", maintain_order="left").with_columns(column=order)
    figures = body.join(columns.filter("figures"), on=["grid", "column"], how="semi").join(firsts, on="grid")
    figures = figures.filter(pl.col("column") > pl.col("place"))
    placed = sums(rows, figures)
    names = rows.join(placed, on=KEY, how="anti").filter(pl.col("column") == 0)
    rest = cells.join(asked, on=KEY, how="anti")
    return pl.concat([rest, placed.select(cells.columns), names.select(cells.columns)]).sort(*KEY, "column")
