"""Rows copied a cell a line, or wrapped anywhere, whose names and heads are broken over lines and pages.

序 ⏎ 号 ⏎ 乡镇 ⏎ 保障 ⏎ 户数 ⏎ 资金 ⏎ 1 ⏎ 东镇 ⏎ 12 ⏎ 310 ⏎ 2 ⏎ 西 ⏎ 镇 ⏎ 9 ⏎ 280 ⏎ — 1 — ⏎ 3 ⏎ 南镇 ⏎ …

Names and as many figures come again and again; where rows are numbered they count on, whatever stands between
two of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

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
from pipeline.vocabulary import pattern

ENDS = rf"(?:^|[\p{{Han}})%\s|]){FIGURE}[|\s]*$"
WORD = re.compile(rf"(?P<name>[^\s|]*?[\u4e00-\u9fff)])?(?P<figure>{FIGURE})(?=[\s|]|$)|[^\s|]+")
NUMBERED = re.compile(rf"(?P<number>[0-9]{{1,3}})[、.]?(?!{MEASURED})(?P<name>[\u4e00-\u9fff(].*)$")
INNER = r"[|\t]"
PROSE = re.compile(r"[。;!?]|[,、:]$")
MOST_REMARKS = 3  # between two rows
MOST_FIGURES = 30
APART, AROUND = 12, 60  # lines between two figures of a block; around it that may hold heads
LONGEST_CELL, LONGEST_LINE, MOST_PIECES = 24, 160, 4
ROW_END = re.compile(rf"\s{FIGURE}$")
FEWEST_FIGURES, FEWEST_COLUMNS = 6, 2
SKIPPED = 40  # cells between two numbered rows: the heads of another page


class _Cell(NamedTuple):
    text: str
    start: int
    kind: str  # F figures and what stands in their place, T words, P what ends all


def cell_runs(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them."""
    # a line with bars inside holds none of the cells: whole tables are passed by at once
    inner = pl.col("text").str.strip_chars("| \t").str.contains(INNER)
    alone = pl.col("text").str.contains(ENDS) & ~inner
    figures = pl.col("text").str.count_matches(FIGURE).sum()
    found: list[tuple[str, int, int, int, int, str]] = []
    for block, name, before, inside, behind in blocks(lines, alone, figures, FEWEST_FIGURES, APART, AROUND):
        above_it = [cell for line in before for cell in _split(_cell(*line))]
        cells = above_it + [cell for line in (*inside, *behind) for cell in _split(_cell(*line))]
        grids = _grids(cells, len(above_it))
        found += [(name, block * 64 + n, *cell) for n, grid in enumerate(grids) for cell in grid]
    return framed(found, "cell_lines")


def _cell(text: str, start: int) -> _Cell:
    lead = re.match(r"[|\s]*", text)
    bare = re.sub(r"^[|\s]+|[|\s]+$", "", text)
    start += lead.end() if lead and bare else 0
    if re.search(pattern("page_between"), bare) or re.search(words.continued(), bare):
        return _Cell(bare, start, "X")
    if re.search(pattern("remark_between"), bare):
        return _Cell(bare, start, "R")
    if (
        re.search(INNER, bare)
        or len(bare) > (LONGEST_LINE if re.search(ROW_END, bare) else LONGEST_CELL)
        or PROSE.search(bare)
    ):
        return _Cell(bare, start, "P")
    if re.search(words.furniture(), bare) or re.search(words.note(), bare):
        return _Cell(bare, start, "P")
    if not bare or re.search(words.MARK, bare) or re.search(words.figure(), bare):
        return _Cell(bare, start, "F")
    if re.fullmatch(rf"{FIGURE}(?:\s+{FIGURE})+", bare):
        return _Cell(bare, start, "S")
    return _Cell(bare, start, "T")


def _split(cell: _Cell) -> list[_Cell]:
    """The words and figures of a line that holds several."""
    if cell.kind != "S" and not (
        cell.kind == "T" and re.search(rf"(?:[\u4e00-\u9fff)%\s]){FIGURE}$", cell.text)
    ):
        return [cell]
    cells: list[_Cell] = []
    for word in WORD.finditer(cell.text):
        at = cell.start + word.start()
        if not word["figure"]:
            mark = re.search(words.MARK, word[0])
            cells.append(_Cell(word[0], at, "F" if mark else "T"))
            continue
        if word["name"]:
            cells.append(_Cell(word["name"], at, "T"))
        cells.append(_Cell(word["figure"], cell.start + word.start("figure"), "F"))
    first = NUMBERED.match(cells[0].text)
    if first and cells[0].kind == "T":
        at = cells[0].start
        number = _Cell(first["number"], at, "F")
        cells[:1] = [number, _Cell(first["name"], at + first.start("name"), "T")]
    return cells


def _grids(cells: list[_Cell], lead: int) -> list[list[tuple[int, int, int, str]]]:
    """Row, column, place and text of the cells of each grid of a block whose figures begin at `lead`."""
    grids = []
    at = lead
    while at < len(cells):
        if cells[at].kind != "F":
            at += 1
            continue
        read = _numbered(cells, at) if cells[at].text == "1" else None
        counted = read is not None
        if not read:
            read = _named(cells, at)
        if not read:
            at += 1
            continue
        rows, first, end = read
        grid = _cells(rows, cells[:first], cells[end:], counted)
        if grid:
            grids.append(grid)
        at = end
    return grids


def _run(cells: list[_Cell], at: int, kind: str) -> int:
    """Where the cells of a kind from `at` on end."""
    end = at
    while end < len(cells) and cells[end].kind == kind:
        end += 1
    return end


def _pieces(cells: list[_Cell]) -> list[Piece]:
    return [(cell.text, cell.start) for cell in cells]


def _numbered(cells: list[_Cell], at: int) -> tuple[list[Row], int, int] | None:
    """Rows that count from the 1 at `at`, where the first of them begins and where the last one ends."""
    rows: list[Row] = []
    number, first, many = 1, at, 0
    end = at
    while True:
        named = _run(cells, at + 1, "T")
        if not at + 1 < named <= at + 1 + MOST_PIECES:
            break
        stop = _run(cells, named, "F")
        led = stop < len(cells) and cells[stop].kind == "T" and cells[stop - 1].text == str(number + 1)
        whole = stop - named - led
        if whole > MOST_FIGURES or (not led and many and whole > many):
            break
        if whole:
            figures = _pieces(cells[named : named + whole])
            rows.append(Row((cells[at].text, cells[at].start), _pieces(cells[at + 1 : named]), figures))
            end = named + whole
        many = max(many, whole)
        number += 1
        follows = stop - 1 if led else _next(cells, max(end, named), number)
        if follows is None:
            break
        at = follows
    if len(rows) < FEWEST_ROWS:
        return None
    named = _run(cells, end, "T")
    if end < named <= end + 2 and re.search(words.total(), "".join(c.text for c in cells[end:named])):
        stop = _run(cells, named, "F")
        if stop - named == many:
            rows.append(Row(None, _pieces(cells[end:named]), _pieces(cells[named:stop])))
            end = stop
    return rows, first, end


def _next(cells: list[_Cell], at: int, number: int) -> int | None:
    """Where the row of a number begins behind the end of a page: nothing but words, and page numbers."""
    for place in range(at, min(at + SKIPPED, len(cells) - 1)):
        cell = cells[place]
        if cell.text == str(number) and cells[place + 1].kind == "T":
            return place
        if cell.kind == "F" or (cell.kind == "T" and re.search(words.total(), cell.text)):
            return None
    return None


def _named(cells: list[_Cell], at: int) -> tuple[list[Row], int, int] | None:
    """Rows that begin with words, the first of them with that before the figures at `at`; remarks and page
    numbers may stand between them."""
    first = at - 1
    if first < 0 or cells[first].kind != "T":
        return None
    stop = _run(cells, at, "F")
    rows = [Row(None, _pieces(cells[first:at]), _pieces(cells[at:stop]))]
    end = stop
    while end < len(cells):
        begin = end
        while begin < min(end + MOST_REMARKS, len(cells)) and cells[begin].kind in "XR":
            begin += 1
        named = _run(cells, begin, "T")
        stop = _run(cells, named, "F")
        if not begin < named <= begin + MOST_PIECES or stop == named or stop - named > MOST_FIGURES:
            break
        rows.append(Row(None, _pieces(cells[begin:named]), _pieces(cells[named:stop])))
        end = stop
    return (rows, first, end) if len(rows) >= FEWEST_ROWS else None


def _cells(rows: list[Row], before: list[_Cell], behind: list[_Cell], counted: bool) -> list[Cell]:
    rows, figures = even_rows(rows)
    if not figures:
        return []
    usual = Counter(len(row.names) for row in rows if not row.sums).most_common(1)[0][0]
    widths = [counted + usual, *([counted + usual - 1] if usual > 1 else [])]
    heads = above(_lines(before), counted, figures, widths) or below(_lines(behind), counted, figures, widths)
    if heads is None or figures < FEWEST_COLUMNS or heads.names != counted + usual:
        return []
    places = are_places(rows)
    cells, where = list(heads.cells), heads.rows
    for row in rows:
        names, more = row.names, len(row.names) - usual
        if more > 0 and (usual == 1 + heads.unit):
            tail = names[len(names) - heads.unit :]
            parts = names[: len(names) - heads.unit]
            if row.number or row.sums or heads.unit or (places and broken(parts)):
                names = [("".join(text for text, _ in parts), parts[0][1]), *tail]
            else:
                # headings of the rows below
                for text, start in parts[:-1]:
                    cells.append((where, int(counted), start, text))
                    where += 1
                names = parts[-1:]
        elif more > 0 or (more < 0 and not row.sums):
            continue
        if row.number:
            cells.append((where, 0, row.number[1], row.number[0]))
        cells += [(where, counted + n, start, text) for n, (text, start) in enumerate(names)]
        cells += placed(row.figures, where, heads.names)
        where += 1
    return cells


def _lines(cells: list[_Cell]) -> list[Piece]:
    return [(cell.text, cell.start) for cell in cells if cell.kind not in "XR"]
