"""What the cells of a row cost in columns: of what kind each is, and how far that is from its column's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache

from pipeline.reading.tables.words import CODE, DATE, MARK, figure, frame_words, unit_cell

WIDEST = 30  # columns
OUTER, INNER = 0.2, 1.0  # what a name and another cell left out cost
CLOSE = 0.3  # costs that tell no way from another
ALSO = r"^[0-9.]+%?/[0-9.]+%?$|^\[[0-9.]+\]$"  # figures that are none elsewhere: 1000/600, [9.72]
KINDS = "NPUCDTM"  # what `kind_of_cell` tells
Fit = tuple[float, tuple[int, ...] | None]  # cost, the column of each cell: None where several ways fit


def costs_of(profile: list[Counter[str]]) -> list[dict[str, float]]:
    """What a cell of each kind costs in each column."""
    return [
        {kind: _apart(kind, usual.most_common(1)[0][0]) * (1 - usual[kind] / usual.total()) for kind in KINDS}
        if usual
        else dict.fromkeys(KINDS, 0.5)
        for usual in profile
    ]


def fitting(costs: list[dict[str, float]]) -> Callable[[tuple[str, ...]], Fit]:
    """What the cells of a row cost in the columns that they fit best."""
    width = len(costs)

    @cache
    def fit(kinds: tuple[str, ...]) -> Fit:
        ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for n, kind in enumerate(kinds):
            left = len(kinds) - n - 1
            further = []
            for cost, columns in ways:
                begun = columns[-1] + 1 if columns else 0
                for column in range(begun, width - left):
                    out = OUTER * (column - begun) if not columns else INNER * (column - begun)
                    further.append((cost + out + costs[column][kind], (*columns, column)))
            ways = sorted(further)[:WIDEST]
        ways = sorted((cost + INNER * (width - 1 - columns[-1]), columns) for cost, columns in ways)
        (cost, columns), *others = ways
        several = bool(others) and others[0][0] - cost < CLOSE
        return cost, None if several else columns

    return fit


def _apart(kind: str, other: str) -> float:
    """How far two kinds are apart."""
    if kind == other:
        return 0.0
    if "M" in (kind, other):
        return 0.1
    return {"NP": 0.4, "CT": 0.5, "DT": 0.4, "DN": 0.6, "TU": 0.7, "CN": 0.3}.get(
        "".join(sorted(kind + other)), 1.0
    )


@lru_cache(maxsize=4096)
def kind_of_cell(text: str) -> str:
    """N a number, P a percentage, U a unit, C a code, D a date, M a mark or nothing, T words."""
    if not text or re.search(MARK, text) or text in frame_words("mark"):
        return "M"
    if re.search(CODE, text):
        return "C"
    if re.search(DATE, text):
        return "D"
    if re.search(rf"{figure()}|{ALSO}", text):
        return "P" if text[-1] in "%‰" else "N"
    return "U" if re.search(unit_cell(), text) else "T"
