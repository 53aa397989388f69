"""Rows copied cell by cell that may stand below their heads in several ways, set by sums of their columns.

床位 ⏎ 护理型 ⏎ 老人 over 东院 ⏎ 60 ⏎ 41 ⏎ 西院 ⏎ 90 ⏎ 30 ⏎ 73 ⏎ 合计 ⏎ 150 ⏎ 30 ⏎ 114: what 东院 has blank is
the cell below 护理型, since only so all three add up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.reading.tables.placed.by_totals import MOST_ROWS, placed
from pipeline.reading.tables.words import YEAR, total

FEWEST = 2  # columns of figures
Columns = tuple[int, ...]
Rows = list[tuple[int, Columns | None]]  # where each begins, and the columns of its cells


class _Grid(NamedTuple):
    """What stands in each column (`usual`: N figures, Y years, T words), and which columns the total sums."""

    usual: list[str]
    first: int
    many: int

    def figures(self, kinds: Sequence[str]) -> int | None:
        """How many figures a row of these kinds has; None where other cells than figures are left out."""
        before, behind = self.usual[: self.first], self.usual[self.first + self.many :]
        size = len(list(takewhile("N".__eq__, kinds[self.first :])))
        rest = list(kinds[self.first + size :])
        sound = list(kinds[: self.first]) == before and rest in ([], behind)
        return size if sound and size <= self.many else None

    def columns(self, way: Columns, cells: int) -> Columns:
        """The columns of a row whose figures stand in those of `way`, counted from the first of figures."""
        told = (*range(self.first), *(self.first + n for n in way))
        return (*told, *range(self.first + self.many, len(self.usual)))[:cells]


def by_sums(rows: Rows, texts: Sequence[str], kinds: Sequence[str], width: int) -> Rows:
    """`rows`, those without columns with the one way in which all rows make the total that ends them; as they
    came where there is none. `kinds`: N numbers and others, of each of `texts`."""
    *body, (last, _) = rows
    if not re.search(total(), texts[last]) or len(body) > MOST_ROWS or all(columns for _, columns in body):
        return rows
    kinds = ["Y" if re.search(YEAR, text) else kind for text, kind in zip(texts, kinds, strict=True)]
    whole = [at for at, columns in body if columns and len(columns) == width]
    usual = [Counter(kinds[at + n] for at in whole).most_common(1)[0][0] for n in range(width) if whole]
    first = next((n for n in range(1, width) if usual and usual[n] == "N"), width)
    grid = _Grid(usual, first, len(list(takewhile("N".__eq__, usual[first:]))))
    sums = range(last + 1, last + 1 + grid.many)
    ends = [*(at for at, _ in rows[1:])]
    sizes = [grid.figures(kinds[at:end]) for (at, _), end in zip(body, ends, strict=True)]
    if grid.many < FEWEST or sums[-1] >= len(texts) or any(kinds[n] != "N" for n in sums) or None in sizes:
        return rows
    told = [range(at + first, at + first + size) for (at, _), size in zip(body, sizes, strict=True) if size]
    values = [[_value(texts[n]) for n in cells] for cells in (*told, sums)]
    ways = placed(values[:-1], values[-1]) if len(told) == len(body) else None
    if ways is None:
        return rows
    found = [
        (at, columns or grid.columns(way, end - at))
        for (at, columns), end, way in zip(body, ends, ways, strict=True)
    ]
    return [*found, (last, (0, *range(first, first + grid.many)))]


def _value(text: str) -> float:
    return float(re.sub(r"[^0-9.]", "", text))
