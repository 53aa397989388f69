"""Rows with fewer figures than columns below heads of one period, of those before it and of the change.

数量 上季度 环比 上月 ⏎ 966.7 775.7 24.62 ⏎ 337.4 337.4 337.4 ⏎ 553: what is new or has not changed has
blank cells behind its first figure; 24.62 is what 775.7 grew by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import polars as pl

from pipeline.reading.tables.placed.found import at_columns
from pipeline.reading.tables.words import unit_cell
from pipeline.vocabulary import pattern

MOST = 6  # columns of figures
PLAIN = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?%?")
KEY = ("grid", "row")


def by_change(rows: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be set below their heads, with the `column` of each cell.

    `rows`: grid, row, order, text, figure: names (and maybe a unit) before the figures. `heads`: grid,
    column, text, of the lowest row, in order.
    """
    known = heads.sort("grid", "column").group_by("grid", maintain_order=True).agg(heads="text")
    cells = rows.sort(*KEY, "order").group_by(KEY, maintain_order=True).agg("order", "text", "figure")
    lines = cells.join(known, on="grid", how="inner", maintain_order="left")
    found = []
    for grid, row, orders, texts, figures, over in lines.iter_rows():
        lead = next((n for n, head in enumerate(over) if _is_before(head)), 0) - 1
        names = figures.index(True) if True in figures else 0
        if lead < 1 or names < 1 or not all(figures[names:]):
            continue
        united = names > 1 and bool(re.search(unit_cell(), texts[names - 1]))
        if names - united != 1 or lead != 1 + bool(re.search(pattern("unit_head"), over[lead - 1])):
            continue
        ways = places(over[lead:], texts[names:])
        columns = [0, *([1] if united else []), *(lead + way for way in ways)]
        if ways and (not united or lead > 1):
            found += [(grid, row, *each) for each in zip(orders, columns, strict=True)]
    return at_columns(rows, found, *KEY, "order")


def places(heads: Sequence[str], figures: Sequence[str]) -> tuple[int, ...]:
    """Which heads figures stand below, where the first is of a period and the others are of those before it
    or of a change; empty where they are of other things or no way fits."""
    changes = [bool(re.search(pattern("change_head"), head)) for head in heads]
    before = [_is_before(head) for head in heads]
    if len(heads) > MOST or not heads or changes[0] or before[0] or True not in before:
        return ()
    if not all(change or prior for change, prior in list(zip(changes, before, strict=True))[1:]):
        return ()
    if not all(PLAIN.fullmatch(figure) for figure in figures):
        return ()
    for way in combinations(range(len(heads)), len(figures)):
        if way[:1] == (0,) and all(_changed(n, way, figures) for n in way if changes[n]):
            return way
    return ()


def _changed(change: int, way: Sequence[int], figures: Sequence[str]) -> bool:
    """Whether the figure below a head of change is what the one before it has grown by, in per cent."""
    at = way.index(change)
    if change < 2 or change - 1 not in way:
        return False
    (now, of_now), (last, of_last), (grown, of_grown) = (_read(figures[n]) for n in (0, at - 1, at))
    if not last:
        return False
    rounding = of_grown + 100 * (of_now / abs(last) + of_last * abs(now) / last**2)
    return abs((now / last - 1) * 100 - grown) <= rounding * 1.01


def _read(figure: str) -> tuple[float, float]:
    """A figure and by how much it may have been rounded: nothing where it is whole."""
    bare = figure.rstrip("%").replace("−", "-")
    decimals = len(bare.partition(".")[2])
    return float(bare), 0.5 / 10**decimals if decimals else 0.0


def _is_before(head: str) -> bool:
    return bool(re.search(pattern("before_head"), head))
