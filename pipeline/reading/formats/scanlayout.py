"""Recognised lines with places on a page → its lines and rows of tables, with the score of each."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from pipeline.reading.formats.pdfcolumns import Segment
from pipeline.reading.formats.pdflayout import SetLine, with_columns
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


def page_lines(boxes: list[Box], grids: list[Grid], width: float) -> tuple[list[SetLine], list[float]]:
    """Lines from top to bottom, a table where it stands, and for each line the least score in it."""
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
    tops = sorted(((grids[number].ys[0], number) for number in inside), reverse=True)
    lines: list[SetLine] = []
    scores: list[float] = []

    def put(boxes: list[Box]) -> None:
        set_lines, sure = _lines(boxes, width)
        lines.extend(set_lines)
        scores.extend(sure)

    for top, number in tops:
        put([box for box in free if box.middle[1] > top])
        free = [box for box in free if box.middle[1] <= top]
        grid, cells = grids[number], inside[number]
        texts = {cell: _cell_text(held) for cell, held in cells.items()}
        for row in range(len(grid.ys) - 1):
            held = [box for cell, each in cells.items() if cell[0] == row for box in each]
            if held:
                lines.append(SetLine(row_line(grid.rows(texts)[row]), None, 0.0, width))
                scores.append(min(box.score for box in held))
    put(free)
    return lines, scores


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


def _lines(boxes: list[Box], width: float) -> tuple[list[SetLine], list[float]]:
    lines, scores = [], []
    for row in _rows(boxes):
        text = row[0].text
        for before, box in pairwise(row):
            text += (" " if box.left - before.right > GAP * (box.top - box.bottom) else "") + box.text
        em = median(box.top - box.bottom for box in row) * EM
        segments = tuple(Segment(box.text, box.left, box.right) for box in row)
        lines.append(SetLine(text, row[0].left, em, width, segments))
        scores.append(min(box.score for box in row))
    return with_columns(lines, width), scores


def _cell_text(boxes: list[Box]) -> str:
    """The lines of a cell as one: apart where a figure ends or begins a line, joined where words go on."""
    text = ""
    for row in _rows(boxes):
        said = "".join(box.text for box in row)
        apart = text and (text[-1].isdigit() or said[0].isdigit())
        text += (" " if apart else "") + said
    return text
