"""Rows that lost blank cells, set under their columns by the sums of these.

镇 | 小计 | 集中 | 分散           甲镇 has its 3 below 集中 and 乙镇 its 4 below 分散:
甲镇 | 3 | 3 | |                  no other way makes 3 and 4 of the columns
乙镇 | 4 | 4 | |
合计 | 7 | 3 | 4 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

import polars as pl

from pipeline.reading.tables.words import NUMBER, total

FEWEST_ROWS, MOST_ROWS = 2, 60
MOST_OPEN = 12  # rows that lost cells
MOST_COLUMNS = 30
MOST_STEPS = 20_000  # of a search
MOST_WAYS = 200  # that differ in noughts
NEAR = 1e-6  # of sums
KEY = ["grid", "row"]
Places = tuple[tuple[int, ...], ...]  # of each row the columns of its figures


class _Row(NamedTuple):
    """A row of a grid: its number, what its cells are (F figures, T words), their texts, and how many more
    cells would fill it up."""

    number: int
    kinds: list[str]
    texts: list[str]
    columns: list[int]

    @property
    def names(self) -> int:
        return next((n for n, kind in enumerate(self.kinds) if kind == "F"), len(self.kinds))

    @property
    def figures(self) -> list[float]:
        return [float(text) for text, kind in zip(self.texts, self.kinds, strict=True) if kind == "F"]

    @property
    def plain(self) -> bool:
        """Whether names stand before figures, and at most one word behind them."""
        return bool(re.fullmatch("T+F+T?", "".join(self.kinds)))


def by_totals(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, shape, text and others) with `column` set in grids between bars of
    which the row of totals has more figures than other rows, where the sums leave one way."""
    held = cells.filter((pl.col("shape") == "bars") & (pl.col("kind") != "blank"))
    bare = pl.col("text").str.replace_all(r"\s", "")
    # behind the number of its row, or where none stands
    summed = held.filter((pl.col("column") < 2) & bare.str.contains(total())).select("grid").unique()
    held = held.join(summed, on="grid", how="semi").sort("grid", "row", "column")
    if held.is_empty():
        return cells
    value = pl.col("text").str.replace_all(",", "").str.contains(f"^{NUMBER}$")
    kind = pl.when(pl.col("kind") == "mark").then(pl.lit("M")).when((pl.col("kind") == "figure") & value)
    rows = held.with_columns(told=kind.then(pl.lit("F")).otherwise(pl.lit("T")))
    rows = rows.group_by(*KEY, maintain_order=True).agg("told", pl.col("text"), "column")
    ends = cells.group_by("grid").agg(wide=pl.col("column").max() + 1)
    moved: list[tuple[int, int, int, int]] = []
    for part in rows.join(ends, on="grid", how="left", maintain_order="left").partition_by(
        "grid", maintain_order=True
    ):
        grid, wide = part["grid"][0], part["wide"][0]
        lines = [
            _Row(row, _named(kinds), [text.replace(",", "") for text in texts], columns)
            for row, kinds, texts, columns in part.select("row", "told", "text", "column").iter_rows()
        ]
        moved += [(grid, *place) for place in _moved(lines, wide)]
    schema = dict.fromkeys(("grid", "row", "column", "to"), pl.Int64())
    places = pl.DataFrame(moved, schema, orient="row")
    if places.is_empty():
        return cells
    cells = cells.join(places, on=[*KEY, "column"], how="left", maintain_order="left")
    fitted = pl.col("to").is_not_null().any().over(KEY)
    cells = cells.filter(~fitted | pl.col("to").is_not_null())
    return cells.with_columns(column=pl.coalesce("to", "column")).drop("to").sort("grid", "row", "column")


def _named(kinds: list[str]) -> list[str]:
    """The kinds of a row, its number before its name as one of its names."""
    return ["T", *kinds[1:]] if kinds[:2] == ["F", "T"] else kinds


def _moved(lines: list[_Row], wide: int) -> list[tuple[int, int, int]]:
    """row, column and the column that it ought to be, of rows of figures; none where sums tell nothing."""
    body = [line for line in lines if "F" in line.kinds[1:]]
    sums = [line for line in body if re.search(total(), re.sub(r"\s", "", line.texts[0]))]
    if len(sums) != 1 or sums[0] is not body[-1] or not all(line.plain for line in body):
        return []
    whole, parts = sums[0], body[:-1]
    columns = len(whole.figures)
    open_ = [line for line in parts if len(line.figures) < columns]
    if (
        not FEWEST_ROWS <= len(parts) <= MOST_ROWS
        or not 1 <= len(open_) <= MOST_OPEN
        or columns > MOST_COLUMNS
        or any(len(line.figures) > columns for line in parts)
    ):
        return []
    names = max(line.names for line in body)
    if names + columns > wide:
        return []
    places = placed([line.figures for line in parts], whole.figures)
    if places is None:
        return []
    found: list[tuple[int, int, int]] = []
    for line, taken in zip(body, (*places, tuple(range(columns))), strict=True):
        # the outer name stands over several rows, the one of a total over all names
        before = 0 if line is whole else names - line.names
        to = line.columns[: line.names] if line is whole else [before + n for n in range(line.names)]
        to += [names + column for column in taken]
        to += [names + columns] * (len(line.kinds) - len(to))
        found += [(line.number, column, place) for column, place in zip(line.columns, to, strict=True)]
    return found


def placed(rows: list[list[float]], sums: list[float]) -> Places | None:
    """The columns of the figures of each row by which all columns add up; None where there is no one way.
    Where a nought stands makes no other way."""
    first: Places | None = None
    found, whole = _ways(rows, sums)
    for n, places in enumerate(found if whole else []):
        told = tuple(
            tuple(at for at, value in zip(row, values, strict=True) if value)
            for row, values in zip(places, rows, strict=True)
        )
        if n == 0:
            first, known = places, told
        elif told != known:
            return None
    return first


def _ways(rows: list[list[float]], sums: list[float]) -> tuple[list[Places], bool]:
    """The first ways, column by column, and whether the search came to its end."""
    steps = 0
    taken: list[list[int]] = [[] for _ in rows]

    def search(column: int) -> Iterator[Places]:
        nonlocal steps
        left = len(sums) - column
        missing = [len(row) - len(at) for row, at in zip(rows, taken, strict=True)]
        if any(many > left for many in missing):
            return
        if not left:
            yield tuple(map(tuple, taken))
            return
        sure = [n for n, many in enumerate(missing) if many == left]
        free = [n for n, many in enumerate(missing) if 0 < many < left]
        made = sum(rows[n][len(taken[n])] for n in sure)
        for chosen in product((True, False), repeat=len(free)):
            steps += 1
            if steps > MOST_STEPS:
                return
            here = [*sure, *(n for n, takes in zip(free, chosen, strict=True) if takes)]
            value = made + sum(rows[n][len(taken[n])] for n in here[len(sure) :])
            if abs(value - sums[column]) > NEAR * max(1.0, abs(sums[column])):
                continue
            for n in here:
                taken[n].append(column)
            yield from search(column + 1)
            for n in here:
                taken[n].pop()

    found = list(islice(search(0), MOST_WAYS))
    return found, steps <= MOST_STEPS and len(found) < MOST_WAYS
