"""Grids copied cell by cell, a line each, in which a blank line is a blank cell.

序号 ⏎ 乡镇 ⏎ 合计 ⏎ 低保 ⏎ 特困 ⏎ ⏎ 全县 ⏎ 90 ⏎ 70 ⏎ 20 ⏎ 1 ⏎ 东镇 ⏎ 70 ⏎ 70 ⏎ ⏎ 2 ⏎ 西镇 ⏎ 20 ⏎ ⏎ 20
"""

from __future__ import annotations

import re
from collections import Counter

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, LOWER, names_rows
from pipeline.reading.tables.words import YEAR, ends_in, figure, frame_words

FEWEST_ROWS, MOST_LINES = 3, 6000
NARROWEST, WIDEST = 3, 40  # columns
LEADING = 2  # words that a row begins with
FIRSTS = 3  # heads that may be the first
ALIKE = 0.97  # of the cells that are of their column's kind
NAMED = 0.9  # of the rows that hold a word
CELLS = {
    "document_id": pl.String, "run": pl.Int64, "row": pl.Int64, "column": pl.Int64, "start": pl.Int64,
    "text": pl.String,
}  # fmt: skip


def blank_lines(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids, blank ones too: `CELLS`.

    `tokens`: document_id, run (below 0 where bars tell cells), line, start, text, kind, in order. One line of
    heads, none of them blank, and as many lines for each row; what stands in a column is of one kind.
    """
    gap = (pl.col("line") - pl.col("line").shift(1) > 1).fill_null(False)
    may = (pl.col("run") >= 0) & gap.any().over("run")
    found: list[tuple[str, int, int, int, int, str]] = []
    for (run,), cells in tokens.filter(may).group_by("run", maintain_order=True):
        lines, texts, kinds = (cells[name].to_list() for name in ("line", "text", "kind"))
        places = [line - lines[0] for line in lines]
        told = _grid(places, texts, kinds) if places[-1] < MOST_LINES else None
        if told is None:
            continue
        first, width = told
        name, starts = cells["document_id"][0], cells["start"].to_list()
        found += [(name, run, LOWER, n, starts[first + n], texts[first + n]) for n in range(width)]
        begins = places[first] + width
        held = {place - begins: n for n, place in enumerate(places) if place >= begins}
        last = begins
        for at in range((max(held) // width + 1) * width):
            n = held.get(at)
            last = starts[n] if n is not None else last
            row = FIRST_ROW + at // width
            found.append((name, run, row, at % width, last, "" if n is None else texts[n]))
    return pl.DataFrame(found, schema=CELLS, orient="row")


def _grid(places: list[int], texts: list[str], kinds: list[str]) -> tuple[int, int] | None:
    """Which cell is the first head, and how many columns there are."""
    figures = [n for n, kind in enumerate(kinds) if kind == "F"]
    opening = [n for n in range(figures[0] if figures else 0) if names_rows(texts[n])][:FIRSTS]
    for first in opening:
        end = first + 1
        while end < len(places) and places[end] == places[end - 1] + 1 and kinds[end] != "F":
            end += 1
        # the words that the first row begins with stand right behind the heads
        for width in range(end - first, max(end - first - LEADING, NARROWEST) - 1, -1):
            alike = len(set(texts[first : first + width])) < width or width > WIDEST
            if not alike and _fits(places, kinds, first, width) and _opens(places, texts, first, width):
                return first, width
    return None


def _opens(places: list[int], texts: list[str], first: int, width: int) -> bool:
    """Whether the rows begin where they ought to: with their numbers in order, or with a name."""
    begins = places[first] + width
    opening = [
        text
        for place, text in zip(places, texts, strict=True)
        if place >= begins and not (place - begins) % width
    ]
    figures = [text for text in opening if re.search(figure(), text) and not re.search(YEAR, text)]
    if texts[first] in frame_words("row_number"):
        numbers = [text for text in opening if text.isdigit()]
        return len(opening) - len(numbers) < 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    # 序号 right before 乡镇 is the first head
    counted = first > 0 and texts[first - 1] in frame_words("row_number")
    named = bool(re.search(ends_in("code"), texts[first])) or len(figures) * 2 < len(opening)
    return begins in places and named and not counted


def _fits(places: list[int], kinds: list[str], first: int, width: int) -> bool:
    """Whether what stands below the heads makes rows of so many cells, some of them blank."""
    begins = places[first] + width
    cells = [
        (place - begins, "W" if kind == "T" else "F")
        for place, kind in zip(places, kinds, strict=True)
        if place >= begins
    ]
    if not cells or len(cells) == cells[-1][0] + 1:
        return False
    rows = cells[-1][0] // width + 1
    columns = [Counter[str]() for _ in range(width)]
    for at, kind in cells:
        columns[at % width][kind] += 1
    alike = sum(max(count.values(), default=0) for count in columns)
    named = len({at // width for at, kind in cells if kind == "W"})
    figured = sum(count["F"] > count["W"] for count in columns)
    return rows >= FEWEST_ROWS and alike >= ALIKE * len(cells) and named >= NAMED * rows and figured > 0
