"""Rows of pages whose reader closed each cell with a bar and filled short rows up with bars.

项目 | 金额 | |⏎ 低保 |⏎ 支出 | 12 | |      the bars behind the last cell of a row are the cells that it has
                                          fewer than the widest: they sum up to one width

Cells may go on over several lines, their bar may stand on a line of its own, and rows that have all cells
have no bars behind them: such rows end where their cells are as many as the table is wide.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pipeline.reading.tables.words import continued, note

NARROWEST, WIDEST = 3, 80  # cells of a row
MOST_BEFORE = 400  # cells before the first row that is filled up
MOST_OPEN = 24  # lines of one cell
SELDOM = 5  # rows filled up right for one that is not
MOST_TRIED = 60  # places of a text where no table begins
LEADS = r"^\s*\|.*[^\s|]"  # a bar before the first cell: rows stand on lines of their own
LONE = r"^\s*\|\s*$"
FILLING = r"(?:^|\|\s)\s*(\|+)\s*$"  # bars behind a closed cell, or alone
FILLED = r"^\s*\|{2,}\s*$|\|\s+\|{2,}\s*$"
ROWS = {"doc": pl.Int64, "line": pl.Int64, "row": pl.Int64}


class _Line(NamedTuple):
    """A line that holds anything. `bars` closes as many cells, `filling` are the bars behind them."""

    number: int
    bars: int
    filling: int
    leads: bool
    lone: bool
    said: bool
    figure: bool  # nothing but figures

    @property
    def open(self) -> bool:
        return not (self.bars or self.filling)


class _Read(NamedTuple):
    """Rows (first and last line of each) that one width leads to, how many of them are proved by what fills
    them up, how many lines of several cells are rows, how many rows hold nothing but figures, and the place
    behind the last row."""

    rows: list[tuple[int, int]]
    proved: int
    whole: int
    bare: int
    behind: int


def filled_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, line and row (counted from 0) of the lines of rows of such tables.

    `lines`: as `cutting.cut_lines` gives them.
    """
    text = pl.col("text")
    asked = lines.filter(text.str.contains(FILLED).any().over("doc"), text.str.strip_chars() != "")
    lone = text.str.contains(LONE)
    filling = pl.when(~lone).then(text.str.extract(FILLING).str.len_chars()).fill_null(0).cast(pl.Int64)
    bars = text.str.count_matches("|", literal=True).cast(pl.Int64) - filling
    said = text.str.contains(rf"[。;!?]\s*$|{note()}|{continued()}")
    told = asked.select(
        "doc",
        "line",
        bars,
        filling.alias("filling"),
        leads=text.str.contains(LEADS),
        lone=lone,
        said=said,
        figure=text.str.contains(r"^[-−0-9.,%|\s]*[0-9][-−0-9.,%|\s]*$"),
    )
    found: list[tuple[int, int, int]] = []
    row = 0
    for part in told.partition_by("doc", maintain_order=True):
        doc = part["doc"][0]
        held = [_Line(*line) for line in part.drop("doc").iter_rows()]
        for first, last in _tables(held):
            found += [(doc, line, row) for line in range(first, last + 1)]
            row += 1
    return pl.DataFrame(found, ROWS, orient="row")


def _tables(lines: list[_Line]) -> list[tuple[int, int]]:
    """The first and the last line of each row of all tables."""
    rows: list[tuple[int, int]] = []
    at, tried = 0, 0
    ends = [n for n, line in enumerate(lines) if line.filling > 1]
    while at < len(lines) and tried < MOST_TRIED:
        line = lines[at]
        # the line above a bar that stands alone is the first cell
        begins = at - 1 if line.lone and at and lines[at - 1].open else at
        ahead = next((n for n in ends if n >= at), None)
        if ahead is None:
            break
        if line.open or line.leads:
            at += 1
            continue
        best = max(
            (_read(lines, begins, width) for width in _widths(lines, begins, ahead)),
            key=lambda read: (read.proved, read.whole, -read.bare, read.behind),
            default=_Read([], 0, 0, 0, 0),
        )
        if best.proved:
            rows += best.rows
            at = best.behind
        else:
            at, tried = at + 1, tried + 1
    return rows


def _widths(lines: list[_Line], begins: int, ahead: int) -> list[int]:
    """The widths that the first row which is filled up allows."""
    cells = sum(line.bars for line in lines[begins : ahead + 1])
    cells += sum(line.filling for line in lines[begins:ahead])
    filling = lines[ahead].filling
    whole = cells + filling
    least = max(NARROWEST, filling + 1)
    if cells > MOST_BEFORE:
        return []
    return [width for width in range(least, min(whole, WIDEST) + 1) if whole % width == 0]


def _read(lines: list[_Line], begins: int, width: int) -> _Read:
    """The rows from a line on, as far as they are of a width."""
    rows: list[tuple[int, int]] = []
    proved = whole = glued = lost = bare = 0
    worded = False
    behind, first, held, opened, widest = begins, -1, 0, 0, 1
    for n in range(begins, len(lines)):
        line = lines[n]
        # what stands behind a gap that no rows before it have is of another table
        gap = line.number - lines[n - 1].number if n > begins else 0
        if line.open and held == 0 and proved and gap > widest:
            break
        widest = max(widest, gap)
        if line.open:
            opened, worded = opened + 1, True
            # text behind a row is the first cell of the next one, or what stands below the table
            if opened > MOST_OPEN or (held == 0 and rows and line.said):
                break
            first = n if first < 0 else first
            continue
        if line.leads and not opened:
            break
        first = n if first < 0 else first
        starts = held == 0
        # cells of a line go on in the next where one of them does, not behind a bar
        glued += not starts and line.bars > 1 and not opened
        worded |= not (line.figure or line.lone or not line.bars)
        held += line.bars + (line.filling if line.filling == 1 else 0)
        opened = 0
        if line.filling > 1:
            # a row ends where it is filled up, though one of its cells be lost
            right = held + line.filling == width
            lost += not right
            if held + line.filling > width or lost * SELDOM > max(proved, SELDOM):
                break
            proved, held = proved + right, width
        if held > width:
            break
        if held == width:
            whole += starts and line.bars > 1
            bare, worded = bare + (not worded), False
            # the line of a bar that stands alone was blanked
            lost_cell = bool(rows) and lines[first].lone
            rows.append((rows[-1][1] + 1 if lost_cell else lines[first].number, line.number))
            behind, first, held = n + 1, -1, 0
    sound = len(rows) > 1 and (proved > 1 or behind == len(lines) or lines[behind].open)
    sound = sound and glued <= whole
    return _Read(rows, proved if sound else 0, whole, bare, behind)
