"""Rows copied without their borders: what both ways to write them (a row a line, a cell a line) share.

A row with fewer figures than the others has lost its blank cells: it is set under its columns where sums of
the whole table allow one way alone, and stays out elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import comb, prod
from typing import NamedTuple

import polars as pl

from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables import words
from pipeline.reading.tables.loose.heads import Piece
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.vocabulary import pattern

MEASURED = r"[年月日季岁周级类档期度次以]"  # behind a number that is part of a name: 1月, 80岁以上
FIGURE = rf"[-−+]?{words.NUMBER}[%‰]?"
VALUE = re.compile(r"[-−+]?([0-9]+(?:\.[0-9]+)?)$")
FEWEST_ROWS = 3
USUAL = 0.5  # of the rows that have all their figures
MOST_FIGURES = 30
MOST_WAYS = 5_000
NEAR = 0.011  # by how much sums of rounded figures differ, a row
Cell = tuple[int, int, int, str]  # row, column, place, text


class Row(NamedTuple):
    """A row: its number and the pieces of its name with their places, and its figures with theirs (none of a
    heading)."""

    number: Piece | None
    names: list[Piece]
    figures: list[Piece]

    @property
    def name(self) -> str:
        return "".join(text for text, _ in self.names)

    @property
    def sums(self) -> bool:
        """Whether it is of totals."""
        return bool(re.search(words.total(), self.name))


def blocks(
    lines: pl.DataFrame, marked: pl.Expr, many: pl.Expr, fewest: int, apart: int, around: int
) -> Iterator[tuple[int, str, list[Piece], list[Piece], list[Piece]]]:
    """A number, the document and the lines before, in and behind each block of marked lines.

    Two of a block are at most `apart` lines from each other, and `many` of its marked lines is at least
    `fewest`; before and behind it are up to `around` lines. `lines`: as `cutting.cut_lines` gives them.
    """
    held = bare_lines(lines).select("document_id", "text", "start")
    rows = held.with_columns(marked=marked, at=pl.int_range(pl.len(), dtype=pl.Int64)).filter("marked")
    far = pl.col("at") - pl.col("at").shift(1) > apart
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    found = rows.with_columns(block=(far | other).fill_null(True).cum_sum())
    found = found.group_by("block", "document_id", maintain_order=True).agg(
        first=pl.col("at").min(), last=pl.col("at").max(), many=many
    )
    found = found.filter(pl.col("many") >= fewest)
    of_lines = held.rows() if found.height else []
    for block, name, first, last, _ in found.iter_rows():
        edges = (max(first - around, 0), first, last + 1, last + 1 + around)
        before, inside, behind = (
            [(text, start) for document, text, start in of_lines[here:there] if document == name]
            for here, there in pairwise(edges)
        )
        yield block, name, before, inside, behind


def framed(found: list[tuple[str, int, int, int, int, str]], shape: str) -> pl.DataFrame:
    """Cells (document_id, grid, row, column, start, text) as `RAW_CELLS`."""
    schema = {name: RAW_CELLS[name] for name in ("document_id", "grid", "row", "column", "start", "text")}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    return frame.with_columns(shape=pl.lit(shape), indent=pl.lit(0, pl.Int64)).select(list(RAW_CELLS))


def even_rows(rows: list[Row]) -> tuple[list[Row], int]:
    """The rows with as many figures as the most of them have, shorter ones with blanks where sums say which;
    and how many figures these are (0 where the rows are no table)."""
    figured = [row for row in rows if row.figures]
    counts = Counter(len(row.figures) for row in figured)
    many, alike = counts.most_common(1)[0] if counts else (0, 0)
    longer = sum(len(row.figures) > many for row in figured)
    if alike < max(FEWEST_ROWS, USUAL * len(figured)) or longer or not 0 < many <= MOST_FIGURES:
        return [], 0
    short = [row for row in figured if len(row.figures) < many]
    placed = _placed(figured, many) if short else []
    if short and not placed and alike < FEWEST_ROWS + len(short) - 1:
        return [], 0
    told = dict(zip(map(id, short), placed, strict=False))
    return [told.get(id(row), row) for row in rows if len(row.figures) in (0, many) or id(row) in told], many


def _values(row: Row) -> list[float | None]:
    found = [VALUE.match(text) for text, _ in row.figures]
    return [float(match[1]) if match else None for match in found]


def _placed(rows: Sequence[Row], many: int) -> list[Row]:
    """The short rows with blanks, in their order; none where sums allow no way or several."""
    totals = [row for row in rows if row.sums and len(row.figures) == many]
    short = [row for row in rows if len(row.figures) < many]
    whole = [_values(row) for row in rows if len(row.figures) == many and not row.sums]
    if len(totals) != 1 or any(row.sums for row in short):
        return []
    if prod(comb(many, len(row.figures)) for row in short) > MOST_WAYS:
        return []
    total, parts = _values(totals[0]), [_values(row) for row in short]
    if any(value is None for row in (total, *whole, *parts) for value in row):
        return []
    left = [(total[n] or 0) - sum(row[n] or 0 for row in whole) for n in range(many)]
    near = NEAR * (len(rows) + 1)
    ways: list[list[tuple[int, ...]]] = []

    def place(at: int, left: list[float], way: list[tuple[int, ...]]) -> None:
        if min(left) < -near or len(ways) > 1:
            return
        if at == len(parts):
            ways.extend([way] if max(left) <= near else [])
            return
        for columns in combinations(range(many), len(parts[at])):
            rest = list(left)
            for column, value in zip(columns, parts[at], strict=True):
                rest[column] -= value or 0
            place(at + 1, rest, [*way, columns])

    place(0, left, [])
    if len(ways) != 1:
        return []
    return [
        row._replace(figures=_spread(row.figures, columns, many))
        for row, columns in zip(short, ways[0], strict=True)
    ]


def _spread(figures: list[Piece], columns: Sequence[int], many: int) -> list[Piece]:
    at = dict(zip(columns, figures, strict=True))
    return [at.get(n, ("", figures[0][1])) for n in range(many)]


def placed(figures: Sequence[Piece], row: int, first: int) -> list[Cell]:
    """The figures of a row as cells from the column `first` on; blank ones are none."""
    return [(row, first + n, start, text) for n, (text, start) in enumerate(figures) if text]


def are_places(rows: Sequence[Row]) -> bool:
    """Whether most names end as those of places do."""
    named = [row.names[-1][0] for row in rows if row.figures and row.names]
    return sum(bool(re.search(pattern("ends_as_place"), name)) for name in named) * 5 >= len(named) * 4


def broken(names: Sequence[Piece]) -> bool:
    """Whether pieces of a name of a place, or of totals, are one."""
    whole = "".join(text for text, _ in names)
    return not any(re.search(pattern("ends_as_place"), text) for text, _ in names[:-1]) or bool(
        re.search(words.total(), whole)
    )
