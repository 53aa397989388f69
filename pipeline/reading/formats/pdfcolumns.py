"""Tables of a PDF page that no rules enclose: lines that fall into the same columns, told by their gaps.

The figures tell the columns; heads take their places under and over them. Prose in two columns of a page has
hardly a figure that stands alone, and stays lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIGURE = re.compile(r"^[-−+≥≤]?\d[\d,.]*\s?[%‰]?(?:\s?[\u4e00-\u9fff/·]{1,5})?$|^[-—–…]+$")
WIDE = 1.0  # of the height of the type: a gap that parts cells
FEWEST_LINES, FEWEST_FIGURES = 3, 4
LONGEST = 24.0  # characters of a cell, on average
SHORT_HEAD = 6  # characters
HEAD_LINES = 3  # lines above the first figures that can be heads


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two wide gaps of a line, and from where to where, in points."""

    text: str
    left: float
    right: float


def table_rows(lines: list[list[Segment]]) -> list[tuple[int, int, list[list[str]]]]:
    """The tables among lines: first line, the one behind the last, and rows of cells (blank ones empty)."""
    found: list[tuple[int, int, list[list[str]]]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end]) > 1:
            end += 1
        if end - at >= FEWEST_LINES:
            # 地区 in the middle of two rows of heads stands on a line of its own
            above = found[-1][1] if found else 0
            while at > above and len(lines[at - 1]) == 1 and len(lines[at - 1][0].text) <= SHORT_HEAD:
                at -= 1
            if (table := _table(lines[at:end])) is not None:
                skipped, rows = table
                found.append((at + skipped, end, rows))
        at = end + 1
    return found


def _table(lines: list[list[Segment]]) -> tuple[int, list[list[str]]] | None:
    """How many lines stand above the table, and its rows; None where the lines are no table."""
    figures = [sum(bool(FIGURE.match(segment.text)) for segment in line) for line in lines]
    body = [line for line, count in zip(lines, figures, strict=True) if count]
    texts = [segment.text for line in lines for segment in line]
    if len(body) < 2 or sum(figures) < FEWEST_FIGURES or sum(map(len, texts)) > LONGEST * len(texts):
        return None
    first = next(i for i, count in enumerate(figures) if count)
    skipped = max(0, first - HEAD_LINES)
    columns = _columns(body)
    if len(columns) < 2:
        return None
    heads = [_heads(line, columns) for line in lines[skipped:first]]
    return skipped, heads + [_row(line, columns) for line in lines[first:]]


def _columns(body: list[list[Segment]]) -> list[tuple[float, float]]:
    """Where the columns stand: segments of lines with figures that overlap are one column."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((segment.left, segment.right) for line in body for segment in line):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _heads(line: list[Segment], columns: list[tuple[float, float]]) -> list[str]:
    """A line of heads as cells: a head over several columns stands over the first of them."""
    over_names = [segment for segment in line if segment.left < columns[0][1]]
    others = [segment for segment in line if segment not in over_names]
    if len(line) >= len(columns) or not others:
        return _row(line, columns)
    cells = [" ".join(segment.text for segment in over_names)] + [""] * (len(columns) - 1)
    taken = set()
    for i, (left, right) in enumerate(columns[1:], 1):
        middle = (left + right) / 2
        nearest = min(others, key=lambda segment: abs((segment.left + segment.right) / 2 - middle))
        if nearest not in taken:
            taken.add(nearest)
            cells[i] = nearest.text
    return cells


def _row(line: list[Segment], columns: list[tuple[float, float]]) -> list[str]:
    """A line as cells: each segment in the first column that it stands over or under, else in the nearest."""
    cells = [""] * len(columns)
    for segment in line:
        over = [i for i, (left, right) in enumerate(columns) if segment.left < right and segment.right > left]
        middle = (segment.left + segment.right) / 2
        place = over[0] if over else min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))
        cells[place] = f"{cells[place]} {segment.text}".strip()
    return cells
