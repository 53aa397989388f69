"""Rows of grids with a cell a line and a bar behind each, blank ones too: as many cells in every row.

一、救助 | ⏎ | ⏎ | ⏎ 1.低保 | ⏎ 人 | ⏎ 512 |      three cells each: what stands in a column is of one kind
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import polars as pl

from pipeline.reading.tables.barred.filled_rows import LONE, ROWS
from pipeline.reading.tables.words import CODE, MARK, figure, frame_words, unit_cell

NARROWEST, WIDEST = 3, 16  # cells of a row
FEWEST_ROWS, MOST_CELLS = 4, 4000
HEADS = 2  # rows that may be of other kinds
PURE, NAMED = 0.9, 0.8  # of the cells that are of their column's kind; of the rows that begin with words
MOST_BEFORE = 3  # cells before the table
CELL = r"^[^|]*\|\s*$"


class _Way(NamedTuple):
    first: int
    width: int


def even_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, line and row (counted from 0) of the lines of rows of such tables, where some cells are blank.

    `lines`: as `cutting.cut_lines` gives them.
    """
    text = pl.col("text")
    cell = text.str.contains(CELL)
    blank = text.str.contains(LONE)
    other = (pl.col("doc") != pl.col("doc").shift(1)) | (cell != cell.shift(1))
    held = lines.filter(text.str.strip_chars() != "").with_columns(cell=cell, blank=blank)
    held = held.with_columns(run=other.fill_null(True).cum_sum()).filter("cell")
    size = pl.len().over("run").is_between(NARROWEST * FEWEST_ROWS, MOST_CELLS)
    held = held.filter(pl.col("blank").any().over("run") & size)
    found: list[tuple[int, int, int]] = []
    row = 0
    for part in held.partition_by("run", maintain_order=True):
        kinds = [_kind(each.strip("| \t")) for each in part["text"]]
        way = _way(kinds)
        if way is None:
            continue
        doc, numbers = part["doc"][0], part["line"].to_list()
        for at in range(way.first, len(kinds) - way.width + 1, way.width):
            ends = numbers[at], numbers[at + way.width - 1]
            found += [(doc, line, row) for line in range(ends[0], ends[1] + 1)]
            row += 1
    return pl.DataFrame(found, ROWS, orient="row")


def _kind(text: str) -> str:
    if not text or re.search(MARK, text):
        return ""
    if re.search(CODE, text):
        return "C"
    if re.search(figure(), text.replace(",", "")):
        return "F"
    if re.sub(r"\s", "", text) in frame_words("row_number"):
        return "N"
    return "U" if re.search(unit_cell(), text) else "T"


def _way(kinds: list[str]) -> _Way | None:
    """Where the first row begins and how wide it is; None where no width, or more than one, fits."""
    ways = []
    for width in range(NARROWEST, WIDEST + 1):
        for first in range(MOST_BEFORE + 1):
            rows = [kinds[n : n + width] for n in range(first, len(kinds) - width + 1, width)]
            # a blank at the end of the heads is what stands over the names
            heads = rows[0][: -1 if len(rows[0]) > 2 and not rows[0][-1] else None] if rows else []
            headed = len(rows) >= FEWEST_ROWS and set(heads) <= {"T", "U", "N"}
            if headed and _even(rows[HEADS:]) and _counted(rows):
                ways.append(_Way(first, width))
    if not ways:
        return None
    least = min(way.width for way in ways)
    narrow = [way for way in ways if way.width == least]
    return narrow[0] if len(narrow) == 1 and all(way.width % least == 0 for way in ways) else None


def _counted(rows: list[list[str]]) -> bool:
    """Whether figures stand below 序号, where there is one."""
    at = rows[0].index("N") if "N" in rows[0] else None
    below = [row[at] for row in rows[1:] if row[at]] if at is not None else []
    return at is None or below.count("F") * 2 > len(rows) - 1


def _even(rows: list[list[str]]) -> bool:
    """Whether what stands in each column is of one kind, in the first words and in another figures."""
    columns = [[kind for kind in column if kind] for column in zip(*rows, strict=True)]
    counts = [Counter(column).most_common(1) for column in columns]
    usual = [count[0][0] if count else "" for count in counts]
    alike = sum(count[0][1] for count in counts if count)
    named = sum(row[0] in ("T", "U") for row in rows) >= NAMED * len(rows)
    return usual[0] == "T" and named and "F" in usual and alike >= PURE * sum(map(len, columns))
