"""Recognised lines with places on a page → its lines and rows of tables, with the score of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from pipeline.reading.formats.pdfcolumns import Segment
from pipeline.reading.formats.pdflayout import with_columns
from pipeline.reading.formats.pdforder import SetLine, in_order
from pipeline.reading.formats.pdftables import Grid
from pipeline.reading.formats.tables import row_line

GAP = 0.5  # of the height: boxes of a line with more between them are set apart
EM = 0.75  # of the height of a box: its type
UNSURE = 0.5  # the score of what was recognised over the rules between cells


class Box(NamedTuple):
    """A line as it is recognised: its text, its score, and its place in points; heights rise from below."""

    text: str
    score: float
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


def page_lines(boxes: list[Box], grids: list[Grid], width: float) -> list[SetLine]:
    """Lines as they are read, a table where it stands, each line with the least score in it."""
    inside: dict[int, dict[tuple[int, int], list[Box]]] = {}
    free: list[Box] = []
    for box in boxes:
        for number, grid in enumerate(grids):
            if (cell := grid.cell_at(*box.middle)) is not None:
                for part in _cut_at_rules(box, grid):
                    place = grid.cell_at(*part.middle) or cell
                    inside.setdefault(number, {}).setdefault(place, []).append(part)
                break
        else:
            free.append(box)
    out: list[SetLine] = []
    tables = [SetLine.of_table(number, grids[number], width) for number in inside]
    together = sorted([*_lines(free, width), *tables], key=lambda line: -line.top)
    for block in in_order(together):
        held: list[SetLine] = []
        for line in block:
            if line.table is None:
                held.append(line)
            else:
                out += [*with_columns(held), *_table_rows(line, grids[line.table], inside[line.table])]
                held = []
        out += with_columns(held)
    return out


def _table_rows(place: SetLine, grid: Grid, cells: dict[tuple[int, int], list[Box]]) -> Iterator[SetLine]:
    """The rows of a ruled table as lines."""
    texts = {cell: _cell_text(held) for cell, held in cells.items()}
    for row, said in enumerate(grid.rows(texts)):
        held = [box for cell, each in cells.items() if cell[0] == row for box in each]
        if held:
            yield place.row(row_line(said), min(box.score for box in held))


def _cut_at_rules(box: Box, grid: Grid) -> list[Box]:
    """The box, cut where it reaches over rules, for it holds what stands in several cells; then unsure."""
    deep, y = 0.6 * (box.top - box.bottom), box.middle[1]
    for edge in grid.xs[1:-1]:
        ruled = grid.cell_at(edge - 1, y) != grid.cell_at(edge + 1, y)
        if ruled and box.left + deep < edge < box.right - deep:
            share = (edge - box.left) / (box.right - box.left)
            at = _place_of(box.text, share)
            first = box._replace(text=box.text[:at], right=edge, score=min(box.score, UNSURE))
            rest = box._replace(text=box.text[at:], left=edge, score=min(box.score, UNSURE))
            return [part for part in (first, *_cut_at_rules(rest, grid)) if part.text]
    return [box]


def _place_of(text: str, share: float) -> int:
    """Where a share of the width of a text ends; at a blank or behind a bracket if one is near."""
    widths = [2 if char > "\u2e80" else 1 for char in text]
    at = min(range(len(text) + 1), key=lambda i: abs(sum(widths[:i]) - share * sum(widths)))
    near = [
        i for i in range(max(at - 2, 1), min(at + 3, len(text))) if text[i - 1] in " )）" or text[i] == " "
    ]
    return min(near, key=lambda i: abs(i - at), default=at)


def _rows(boxes: list[Box]) -> list[list[Box]]:
    """Boxes that stand on one line, from top to bottom, each from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.middle[1]):
        if rows and fmean(b.middle[1] for b in rows[-1]) - box.middle[1] < 0.5 * (box.top - box.bottom):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _lines(boxes: list[Box], width: float) -> Iterator[SetLine]:
    for row in _rows(boxes):
        text = row[0].text
        for before, box in pairwise(row):
            text += (" " if box.left - before.right > GAP * (box.top - box.bottom) else "") + box.text
        em = median(box.top - box.bottom for box in row) * EM
        segments = tuple(Segment(box.text, box.left, box.right) for box in row)
        bottom, top = median(box.bottom for box in row), median(box.top for box in row)
        score = min(box.score for box in row)
        yield SetLine(text, row[0].left, em, width, segments, bottom, top, score=score)


def _cell_text(boxes: list[Box]) -> str:
    """The lines of a cell as one: apart where a figure ends or begins a line, joined where words go on."""
    text = ""
    for row in _rows(boxes):
        said = "".join(box.text for box in row)
        apart = text and (text[-1].isdigit() or said[0].isdigit())
        text += (" " if apart else "") + said
    return text
