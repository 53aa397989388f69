"""Rows of cells → text lines, the same for every format.

A row is one line in which each cell ends with `|`: `1 | 低保 | 1204 |`; an empty cell is a bare `|`. Cells
that a merge covers are empty, so that the n-th cell of every row is the n-th column.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

NUMBER = re.compile(r"[-\d.,%]+")
BLANK = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200b\ufeff]+")


def squeezed(text: str) -> str:
    """`text` as one line: white space of every kind becomes one space, none is left at the ends."""
    return BLANK.sub(" ", text).strip(" \u3000")


def row_line(cells: Sequence[str]) -> str:
    """One table row as a line, without a line end; empty for a row without text."""
    texts = [squeezed(cell).replace("|", "\uff5c") for cell in cells]
    if not any(texts):
        return ""
    return "".join(f"{text} | " if text else "| " for text in texts).rstrip()


def unstacked(row: Sequence[str]) -> list[Sequence[str]]:
    """The rows that stand in one row of cells, each cell with as many lines as every other and one of them
    with figures alone: a table set without rules between its rows. Else the row itself.
    """
    parts = [[line.strip() for line in cell.strip().split("\n") if line.strip()] for cell in row]
    heights = {len(part) for part in parts if part}
    filled = [part for part in parts if part]
    if len(heights) != 1 or len(filled) < 2 or not any(all(map(NUMBER.fullmatch, part)) for part in filled):
        return [row]
    return [[part[i] if part else "" for part in parts] for i in range(heights.pop())]


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table: columns without any text are left out, and so are empty rows.

    A table of one column is no table but a frame around text: its lines carry no `|`.
    """
    grid = [list(part) for row in rows for part in unstacked(row)]
    width = max((len(row) for row in grid), default=0)
    used = [any(i < len(row) and squeezed(row[i]) for row in grid) for i in range(width)]
    if sum(used) <= 1:
        return [line for row in grid for cell in row if (line := squeezed(cell))]
    lines = []
    for row in grid:
        padded = row + [""] * (width - len(row))
        lines.append(row_line([cell for cell, keep in zip(padded, used, strict=True) if keep]))
    return [line for line in lines if line]


def sheet_lines(rows: list[list[str]]) -> Iterator[str]:
    """Rows of a sheet as lines; one text alone at the left edge is a title or a paragraph, not a row."""
    width = max(map(len, rows), default=0)
    used = [i for i in range(width) if any(i < len(row) and squeezed(row[i]) for row in rows)]
    for row in (part for whole in rows for part in unstacked(whole)):
        cells = [row[i] if i < len(row) else "" for i in used]
        filled = [i for i, cell in enumerate(cells) if squeezed(cell)]
        if filled == [0] and (len(used) == 1 or not NUMBER.fullmatch(squeezed(cells[0]))):
            yield from filter(None, map(squeezed, cells[0].split("\n")))
        elif filled:
            yield row_line(cells)
