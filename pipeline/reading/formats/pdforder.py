"""Lines of a page in the order in which they are read: where it is set in columns, one behind the other.

The order in which a program writes a page is kept where there are no columns: it knows of boxes and margins.
Columns are told by the strip between them, which hardly a line crosses, and by prose on both sides of it:
lines that reach the edge of their column, with commas. Tables without rules have short cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from pipeline.reading.formats.pdfcolumns import Segment
from pipeline.reading.formats.pdftables import Grid

STEP = 2.0  # points between the places where a strip is looked for
MIDDLE = 0.2, 0.8  # of the width of what is set: where a strip may lie
FEWEST = 4  # lines of a column
FULL, SLACK = 0.5, 2.0  # share of the lines of a column that reach its edge, to within so many ems
SPOKEN, COMMA = 0.25, re.compile("[,、。;:\uff0c\uff1b\uff1a]")  # share of lines with any of these
NARROW, WIDEST = 6.0, 0.62  # ems of a column at least, and the share of what is set that it may take
APART = 1.0  # of the height of a line: air between the first or last line of a page and the others
DEEPEST = 3  # columns are cut into columns again so often


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it is set: its text; in points, where it begins, the size of its type, the width of its
    column or page; what wide gaps part; where it stands; how surely it was recognised.

    `left` is counted from the edge of the column, and None for the row of a table. `table` is the number of
    a ruled table that stands in the place of a line.
    """

    text: str
    left: float | None
    em: float
    page_width: float
    segments: tuple[Segment, ...] = ()
    bottom: float = 0.0
    top: float = 0.0
    table: int | None = None
    score: float | None = None

    @staticmethod
    def of_table(number: int, grid: Grid, page_width: float) -> SetLine:
        """What stands for a ruled table until its rows are known."""
        across = (Segment("", grid.xs[0], grid.xs[-1]),)
        return SetLine("", None, 0.0, page_width, across, grid.ys[-1], grid.ys[0], number)

    def row(self, text: str, score: float | None = None) -> SetLine:
        """A row of the table that stands here."""
        return SetLine(text, None, 0.0, self.page_width, score=score)

    @property
    def middle(self) -> float:
        """How high its middle stands."""
        return (self.bottom + self.top) / 2


def listed(pages: list[int]) -> str:
    """Numbers of pages in words."""
    return ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")


def in_order(lines: list[SetLine], depth: int = DEEPEST) -> list[list[SetLine]]:
    """Lines of a page in blocks as they are read, each of one column or as wide as the page. What stands
    apart at the head or foot of the page comes first or last, whenever it was written."""
    if len(lines) < 3 or not depth:
        return [lines]
    down = _downwards(lines)
    head, foot = _apart(down)
    body = [line for line in lines if line is not head and line is not foot]
    ends = [[line] if line else [] for line in (head, foot)]
    strip = _strip(body)
    bands = [
        (crosses, list(band))
        for crosses, band in groupby(
            (line for line in down if line is not head and line is not foot),
            lambda line: strip is None or _crosses(line, strip),
        )
    ]
    if strip is None or not any(
        not crosses and _is_columns(band, strip, body, depth) for crosses, band in bands
    ):
        return [ends[0] + body + ends[1]]
    place = {id(line): i for i, line in enumerate(lines)}
    out = [ends[0]]
    for crosses, band in bands:
        if crosses or not _is_columns(band, strip, body, depth):
            out.append(sorted(band, key=lambda line: place[id(line)]))
            continue
        for side in _sides(band, strip):
            edge, width = _edges(side)
            here = [
                line
                if line.left is None
                else replace(line, left=line.segments[0].left - edge, page_width=width)
                for line in _downwards(side)
            ]
            out += in_order(here, depth - 1)
    return [*out, ends[1]]


def _downwards(lines: list[SetLine]) -> list[SetLine]:
    """Lines from top to bottom; parts of one line from left to right."""
    rows: list[list[SetLine]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and rows[-1][0].middle - line.middle < 0.3 * (line.top - line.bottom):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.segments[0].left)]


def _strip(lines: list[SetLine]) -> float | None:
    """Where the strip between two columns would lie: which the fewest lines cross, the widest of such."""
    pieces = [segment for line in lines for segment in line.segments]
    if len(pieces) < 2 * FEWEST:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    crossing = [0] * (int((right - left) / STEP) + 2)
    for piece in pieces:
        first, behind = int((piece.left - left) / STEP) + 1, int((piece.right - left) / STEP)
        for at in range(first, behind + 1):
            crossing[at] += 1
    lowest, highest = (int(len(crossing) * share) for share in MIDDLE)
    inner = range(lowest, highest)
    fewest = min((crossing[at] for at in inner), default=0)
    runs = [list(run) for same, run in groupby(inner, lambda at: crossing[at] == fewest) if same]
    if not runs or fewest > 0.7 * len(lines):
        return None
    widest = max(runs, key=len)
    return left + STEP * (widest[0] + widest[-1] + 1) / 2


def _crosses(line: SetLine, strip: float) -> bool:
    return any(piece.left < strip < piece.right for piece in line.segments)


def _apart(down: list[SetLine]) -> tuple[SetLine | None, SetLine | None]:
    """The first and the last line of a page where there is air around them: a running head, a page number."""
    head, foot = down[0], down[-1]
    over, under = (
        head.bottom - max(line.top for line in down[1:]),
        min(line.bottom for line in down[:-1]) - foot.top,
    )
    return (
        head if head.table is None and over > APART * (head.top - head.bottom) else None,
        foot if foot.table is None and under > APART * (foot.top - foot.bottom) else None,
    )


def _sides(band: list[SetLine], strip: float) -> tuple[list[SetLine], list[SetLine]]:
    """What of the lines stands on either side of a strip."""
    sides: tuple[list[SetLine], list[SetLine]] = [], []
    for line in band:
        parts = [
            tuple(s for s in line.segments if s.right <= strip),
            tuple(s for s in line.segments if s.left >= strip),
        ]
        for side, part in zip(sides, parts, strict=True):
            if part == line.segments:
                side.append(line)
            elif part:
                side.append(replace(line, text=" ".join(s.text for s in part), segments=part))
    return sides


def _edges(side: list[SetLine]) -> tuple[float, float]:
    """Where a column begins, and how wide it is."""
    left = min(line.segments[0].left for line in side)
    return left, max(line.segments[-1].right for line in side) - left


def _is_columns(band: list[SetLine], strip: float, lines: list[SetLine], depth: int) -> bool:
    """Whether prose stands on both sides of a strip. One side may be short: the last page of a text."""
    sides = _sides(band, strip)
    if not all(sides):
        return False
    pieces = [segment for line in lines for segment in line.segments]
    whole = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    prose = [_is_prose(side, whole) or len(in_order(side, depth - 1)) > 1 for side in sides]
    short = len(sides[1]) < FEWEST and all(len(line.segments) == 1 for line in sides[1])
    return prose[0] and (prose[1] or short)


def _is_prose(side: list[SetLine], whole: float) -> bool:
    """Whether lines are running text of a column."""
    free = [line for line in side if line.table is None]
    ems = [line.em for line in free if line.em]
    if len(free) < FEWEST or not ems:
        return False
    em, (left, width) = median(ems), _edges(free)
    if width < NARROW * em or width > WIDEST * whole:
        return False
    full = sum(line.segments[-1].right > left + width - SLACK * em for line in free)
    spoken = sum(bool(COMMA.search(line.text)) for line in free)
    return full >= FULL * len(free) and spoken >= SPOKEN * len(free)
