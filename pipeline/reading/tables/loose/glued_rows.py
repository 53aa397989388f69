"""Rows whose number, name and unit run together with what stands beside them, or whose name is broken over
lines, below heads that are as many as their cells.

序号 指标名称 单位 目标 完成 ⏎ 1床位 张 200 168 ⏎ 2困难老人家 ⏎ 庭改造户 320 320 ⏎ 3 孤儿 人 22 19

Every row ends with as many figures as the others: what stands before them is its number, its name and, below
a head that says so, its unit.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import polars as pl

from pipeline.reading.tables import words
from pipeline.reading.tables.loose.heads import Piece, above, below
from pipeline.reading.tables.loose.rows import (
    FEWEST_ROWS,
    FIGURE,
    MEASURED,
    Cell,
    Row,
    are_places,
    blocks,
    broken,
    even_rows,
    framed,
    placed,
)

TAIL = rf"{FIGURE}(?:\s+(?:{FIGURE}|[-—–]+|/))*$"
LIKELY = rf"[\p{{Han}})%]\s*{TAIL}|^[0-9]{{1,3}}[、.]?\s*[\p{{Han}}A-Za-z(].*\s{TAIL}"
NUMBER = rf"(?P<number>[0-9]{{1,3}})[、.．]?\s*(?!{MEASURED})"
ROW = re.compile(rf"(?:{NUMBER}(?=[^\s0-9.,-]))?(?P<name>[^\s0-9].*?)?\s*(?P<tail>{TAIL})")
STARTED = re.compile(rf"{NUMBER}(?P<name>[^\s0-9].*)$")
PIECE = re.compile(r"[^\s0-9,。;:!?|()][^\s0-9,。;:!?|]{0,13}(?:\s\S{1,3})?$")
INSIDE = rf"(?:^|[\s\u4e00-\u9fff)]){words.NUMBER}\s"
PROSE = r"[|\t。;!?]|[,、:]$"
BETWEEN, AROUND = 4, 40  # lines between two rows; above the first and below the last row that may hold heads
ALIKE = 0.8  # of the rows
MOST_NAMES = 4


def glued_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them, without borders."""
    row = pl.col("text").str.contains(LIKELY) & ~pl.col("text").str.contains(PROSE)
    found: list[tuple[str, int, int, int, int, str]] = []
    for grid, name, *near in blocks(lines, row, pl.len(), FEWEST_ROWS, BETWEEN, AROUND):
        found += [(name, grid, *cell) for cell in _grid(*near)]
    return framed(found, "spaces")


def _grid(before: list[Piece], inside: list[Piece], behind: list[Piece]) -> list[Cell]:
    """Row, column, place and text of the cells of a block; none where nothing proves them."""
    rows, many = even_rows(_rows([*_opening(before), *inside]))
    if not many:
        return []
    numbers = [int(row.number[0]) for row in rows if row.number]
    steady = all(later == early + 1 for early, later in pairwise(numbers))
    named = sum(bool(row.figures) and not row.sums for row in rows)
    counted = len(numbers) > 1 and len(numbers) >= ALIKE * named and steady
    rows = _told(rows, counted)
    first = min(start for row in rows for _, start in (*row.names, *row.figures))
    names = _widths(rows, counted)
    heads = above([line for line in before if line[1] < first], counted, many, names)
    heads = heads or below(behind, counted, many, names)
    # one figure a row proves nothing where no unit stands before it
    if heads is None or (many == 1 and not heads.unit):
        return []
    cells = list(heads.cells)
    for where, row in enumerate(rows, heads.rows):
        if not row.figures:
            cells += [(where, int(counted), start, text) for text, start in row.names]
            continue
        pieces, said = _unit_apart(row.names) if heads.unit else (row.names, None)
        columns = _parted(pieces, heads.names - counted - heads.unit)
        if columns is None or (many == 1 and not said and not row.sums):
            return []
        if counted and row.number:
            cells.append((where, 0, row.number[1], row.number[0]))
        cells += [(where, counted + n, start, text) for n, (text, start) in enumerate(columns)]
        if said:
            cells.append((where, heads.names - 1, said[1], said[0]))
        cells += placed(row.figures, where, heads.names)
    return cells


def _widths(rows: list[Row], counted: bool) -> list[int]:
    """How many columns may stand before the figures: one of names, or as many as words in each row."""
    several = {
        len(row.names[0][0].split())
        for row in rows
        if row.figures and len(row.names) == 1 and not re.search(words.total(), row.names[0][0])
    }
    more = [n + counted for n in several if 1 < n <= MOST_NAMES] if len(several) == 1 else []
    return [1 + counted, *more]


def _opening(before: list[Piece]) -> list[Piece]:
    """The lines above the first figures that begin its row: 1特困人员集中."""
    for n in range(1, min(len(before), 3) + 1):
        started = STARTED.match(before[-n][0])
        if started and started["number"] == "1" and not re.search(PROSE, before[-n][0]):
            return before[-n:]
    return []


def _rows(lines: list[Piece]) -> list[Row]:
    """The rows of lines: the pieces of names before a row are of it."""
    rows: list[Row] = []
    number: Piece | None = None
    pieces: list[Piece] = []
    last = 0
    for text, start in lines:
        row, started = ROW.fullmatch(text), STARTED.match(text)
        if row and re.search(INSIDE, row["name"] or ""):
            return []  # two rows side by side
        if row:
            own = (row["number"], start) if row["number"] else None
            if own and number:
                number, pieces = None, []
            name = [(row["name"], start + row.start("name"))] if row["name"] else []
            at = start + row.start("tail")
            figures = [(m[0], at + m.start()) for m in re.finditer(r"\S+", row["tail"])]
            if own and pieces and not number:
                # the rest of the name above, or a heading
                rows.append(Row(None, pieces, []))
                pieces = []
            rows.append(Row(own or number, [*pieces, *name], figures))
            last = int((own or number or (str(last), 0))[0])
            number, pieces = None, []
        elif started and int(started["number"]) == last + 1 and not re.search(PROSE, text):
            if pieces:
                rows.append(Row(None, pieces, []))
            number, pieces = (started["number"], start), [(started["name"], start + started.start("name"))]
        elif PIECE.match(text):
            pieces.append((text, start))
    return rows


def _told(rows: list[Row], counted: bool) -> list[Row]:
    """The rows with their numbers where these count, else as parts of their names; with names that go on
    below, and headings before them as rows of their own."""
    told: list[Row] = []
    places = are_places(rows)
    for row in rows:
        number, names = row.number, row.names
        if not row.figures:
            if not counted:
                told.append(row)
            elif told and told[-1].figures and told[-1].number and not re.search(words.HEADING, names[0][0]):
                told[-1] = told[-1]._replace(names=[*told[-1].names, *names])
            continue
        if number and not counted and names:
            names = [(number[0] + names[0][0], number[1]), *names[1:]]
            number = None
        if len(names) > 1 and not number and not ((places or row.sums) and broken(names)):
            told += [Row(None, [piece], []) for piece in names[:-1]]
            names = names[-1:]
        told.append(Row(number, names, row.figures))
    return told


def _parted(names: list[Piece], columns: int) -> list[Piece] | None:
    """The columns before the figures: the whole name, or as many words as there are columns; of a row of
    totals its name alone."""
    if not names:
        return None
    if columns == 1 or re.search(words.total(), "".join(text for text, _ in names)):
        return [("".join(text for text, _ in names), names[0][1])]
    found = [(m[0], start + m.start()) for text, start in names for m in re.finditer(r"\S+", text)]
    return found if len(names) == 1 and len(found) == columns else None


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s*)({words.unit()}|[%‰])$")


def _unit_apart(names: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """The unit that a name ends with."""
    text, start = names[-1] if names else ("", 0)
    found = _unit().search(text)
    if not found:
        return names, None
    rest = text[: found.start()]
    return [*names[:-1], *([(rest, start)] if rest else [])], (found[1], start + found.start(1))
