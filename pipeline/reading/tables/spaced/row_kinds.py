"""Rows with fewer cells than there are columns, set by what their cells are: names, figures, words behind.

序号 机构 床位 老人 备注 ⏎ 1 敬老院 80 62 扩建 ⏎ 2 福利院 90 81 ⏎ 合计 170 143
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.placed.found import at_columns
from pipeline.reading.tables.words import total, unit_cell

KEY = ("grid", "row")
NAME, UNIT, FIGURE = "name", "unit", "figure"


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
    # 低保人数 512 below 低保支出 万元 33: the unit is what is missing
    unit = pl.col("text").str.contains(unit_cell())
    last_lead = pl.col("body") & (order == pl.col("lead") - 1) & (pl.col("lead") > 1)
    united = unit.filter(last_lead & (pl.col("count") == pl.col("columns"))).mean().over("grid") > 1 / 2
    bare = united & ~unit.filter(order == before - 1).any().over(KEY) & (order < before)
    told = pl.when(summed | bare.fill_null(False)).then(order).otherwise(pl.col("lead") - before + order)
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


def in_halves(short: pl.DataFrame, full: pl.DataFrame) -> pl.DataFrame:
    """The cells of `short` with the `column` of each, where names stand behind figures too, and one way alone
    sets a row's names, units and figures below columns of their kind:

    敬老院 所 12 13  公墓 座 4 5 ⏎ 三、福利院  穴位 个 90 80

    `short`: rows with fewer cells than there are columns, `full`: those with as many: grid, row, order, text,
    figure. Rows that could stand in several ways are left out.
    """
    unit = pl.col("text").str.contains(unit_cell())
    named = pl.when("figure").then(pl.lit(FIGURE)).when(unit).then(pl.lit(UNIT)).otherwise(pl.lit(NAME))
    columns = (
        full.with_columns(kind=named).group_by("grid", "order").agg(pl.col("kind").mode().sort().first())
    )
    columns = columns.sort("grid", "order").group_by("grid", maintain_order=True).agg(kinds="kind")
    cells = short.with_columns(kind=named).sort("grid", "row", "order")
    rows = cells.group_by(KEY, maintain_order=True).agg("order", own="kind")
    rows = rows.join(columns, on="grid", how="inner", maintain_order="left")
    found = [
        (grid, row, order, column)
        for grid, row, orders, own, kinds in rows.iter_rows()
        if NAME in kinds and FIGURE in kinds[: len(kinds) - kinds[::-1].index(NAME)]
        for order, column in zip(orders, _only_way(own, kinds), strict=False)
    ]
    return at_columns(short, found, *KEY, "order")


def _only_way(own: list[str], kinds: list[str]) -> list[int]:
    """The places of `own` among `kinds`, in order, where one way alone leads there; else none."""
    first, after = [], 0
    for kind in own:
        if kind not in kinds[after:]:
            return []
        first.append(kinds.index(kind, after))
        after = first[-1] + 1
    last, before = [], len(kinds)
    for kind in reversed(own):
        before = max(n for n in range(before) if kinds[n] == kind)
        last.append(before)
    return first if first == last[::-1] else []
