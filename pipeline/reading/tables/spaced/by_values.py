"""Rows with fewer figures than their table has columns and nothing that tells the blank ones, set below the
columns that hold such figures.

月份 户数 资金 人次 金额 孤儿 ⏎ 3月 2917 191.7 41 6.05 45 ⏎ 4月 2890 189.57 45: nothing was paid for the 人次,
of which there are 35 to 127, while 孤儿 are 44 to 46.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, log, log1p
from statistics import fmean, pstdev
from typing import NamedTuple

import polars as pl

from pipeline.reading.tables.words import NUMBER

FEWEST_ROWS = 3  # that tell what a column holds
MOST_WAYS = 400  # in which the figures of a row may stand
LEAST_SPREAD = 0.05  # of a column, in logarithms
SURE = 1.5  # by which the best way must be likelier than the next, in logarithms
FARTHEST = 9.0  # how unlikely one figure may be below its column
UNLIKE = 3.0  # 4.9 below whole numbers
WHOLE = 0.5  # 62 below numbers with decimals
KEY = ["grid", "row"]


class _Column(NamedTuple):
    """What a column holds: the middle and spread of its figures in logarithms, how many of them have
    decimals, and whether they are per cents."""

    middle: float
    spread: float
    broken: float
    percent: bool

    def unlikely(self, text: str) -> float:
        """How unlikely it holds a figure; infinite where it cannot."""
        if text.endswith("%") != self.percent:
            return float("inf")
        broken = "." in text
        far = (log1p(_value(text)) - self.middle) / self.spread
        odd = UNLIKE * (broken and not self.broken) + WHOLE * (not broken and self.broken == 1)
        return min(far * far / 2, FARTHEST + 1) + log(self.spread) + odd


def by_values(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be set below columns in one way that is likelier than all others, with `column` set.

    `rows`, `held` (those that have all figures): grid, row, column, text. Names stand before the figures.
    """
    rows = rows.join(held.select("grid").unique(), on="grid", how="semi", maintain_order="left")
    if rows.is_empty():
        return rows
    figure = pl.col("text").str.contains(rf"^{NUMBER}%?$")
    told = held.join(rows.select("grid").unique(), on="grid", how="semi", maintain_order="left")
    first = pl.col("column").filter(figure).min().over(KEY).max().over("grid")
    told = told.with_columns(figure=figure, first=first)
    told = told.filter(pl.col("column") >= pl.col("first"))
    # a column in which other things stand tells nothing
    columns = told.group_by("grid", "column").agg(texts=pl.col("text").filter("figure"), whole=pl.len())
    known: dict[int, dict[int, _Column | None]] = {}
    for grid, column, texts, whole in columns.sort("grid", "column").iter_rows():
        known.setdefault(grid, {})[column] = _column(texts) if len(texts) * 2 > whole else None
    placed: list[tuple[int, int, int, int]] = []
    lines = rows.with_columns(figure=figure).sort(*KEY, "column")
    lines = lines.group_by(KEY, maintain_order=True).agg("text", "column", "figure")
    for grid, row, texts, orders, figures in lines.iter_rows():
        names = figures.index(True) if True in figures else 0
        columns_of = known.get(grid, {})  # whole rows may be words alone
        if not names or not all(figures[names:]) or min(columns_of, default=0) != names:
            continue
        way = _way(texts[names:], list(columns_of.items()))
        places = [*range(names), *way]
        if way:
            placed += [(grid, row, order, at) for order, at in zip(orders, places, strict=True)]
    schema = dict.fromkeys((*KEY, "column", "moved"), pl.Int64())
    moved = pl.DataFrame(placed, schema, orient="row")
    rows = rows.join(moved, on=[*KEY, "column"], how="inner", maintain_order="left")
    return rows.with_columns(column="moved").drop("moved")


def _value(text: str) -> float:
    return float(text.rstrip("%"))


def _column(texts: list[str]) -> _Column | None:
    if len(texts) < FEWEST_ROWS:
        return None
    values = [log1p(_value(text)) for text in texts]
    broken = fmean("." in text for text in texts)
    percent = all(text.endswith("%") for text in texts)
    return _Column(fmean(values), max(pstdev(values), LEAST_SPREAD), broken, percent)


def _way(texts: Sequence[str], columns: Sequence[tuple[int, _Column | None]]) -> tuple[int, ...]:
    """The columns of the figures of a row; empty where no one way is likely."""
    if len(texts) >= len(columns) or comb(len(columns), len(texts)) > MOST_WAYS:
        return ()
    if any(column is None for _, column in columns):
        return ()
    cost = [[column.unlikely(text) for _, column in columns if column] for text in texts]
    ways = sorted(
        (sum(cost[n][at] for n, at in enumerate(way)), way)
        for way in combinations(range(len(columns)), len(texts))
    )
    best, way = ways[0]
    near = len(ways) > 1 and ways[1][0] - best < SURE
    spread = [column.spread for _, column in columns if column]
    far = any(cost[n][at] - log(spread[at]) > FARTHEST for n, at in enumerate(way))
    return () if near or far else tuple(columns[at][0] for at in way)
