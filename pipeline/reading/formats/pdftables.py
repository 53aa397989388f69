"""Tables of a PDF page, found by their ruling lines. Tables without vertical rules are left as text lines."""

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as raw

NEAR = 3.0  # points: rules closer than this are one
SHORTEST = 8.0  # points: what is shorter is part of a letter or an ornament
MAX_PATHS = 20_000

Rule = tuple[float, float, float]  # position, from, to
Stroke = tuple[float, float, float, float]  # from x, y to x, y, in points


@dataclass(slots=True)
class Grid:
    """Cells between rules: xs rise, ys fall; `home` leads a cell to the one it is merged into."""

    xs: list[float]
    ys: list[float]
    home: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the cell at a point of the page, None outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        column = sum(1 for edge in self.xs[1:-1] if x > edge)
        row = sum(1 for edge in self.ys[1:-1] if y < edge)
        return self.home[row, column]

    def rows(self, texts: dict[tuple[int, int], str]) -> list[list[str]]:
        """Texts by cell → rows of cells; merged cells are empty but for their first."""
        columns = range(len(self.xs) - 1)
        return [[texts.get((row, column), "") for column in columns] for row in range(len(self.ys) - 1)]


def strokes_of(page: pypdfium2.PdfPage) -> list[Stroke]:
    """The straight strokes of a page; none where they are too many to be rules of tables."""
    strokes: list[Stroke] = []
    for count, path in enumerate(page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count > MAX_PATHS:
            return []
        strokes += _strokes(path)
    return strokes


def grids_of(strokes: Iterable[Stroke]) -> list[Grid]:
    """The ruled tables that strokes make, those of at least two columns."""
    across: list[Rule] = []
    down: list[Rule] = []
    for x0, y0, x1, y1 in strokes:
        if abs(y1 - y0) <= NEAR and abs(x1 - x0) >= SHORTEST:
            across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= NEAR and abs(y1 - y0) >= SHORTEST:
            down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return [grid for part in _connected(across, down) if (grid := _grid(*part)) is not None]


def _strokes(path: pypdfium2.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """Straight strokes of a path in page coordinates."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= NEAR:
        yield left, bottom, right, top
        return
    count = raw.FPDFPath_CountSegments(path)
    if count > 400:
        return
    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    start = last = None
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield *last, *point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield *point, *start
        last = point


def _connected(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in sorted(across):
        touching = [g for g in groups if any(_crosses(rule, other) for other in g[1])]
        merged: tuple[list[Rule], list[Rule]] = ([rule], [])
        for group in touching:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        merged[1].extend(other for other in down if other not in merged[1] and _crosses(rule, other))
        groups.append(merged)
    return iter(groups)


def _crosses(across: Rule, down: Rule) -> bool:
    y, x0, x1 = across
    x, y0, y1 = down
    return x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid of one group of rules; None where it has no two columns or no row."""
    if len(across) < 2 or not down:
        return None
    xs = _edges([x for x, _, _ in down] + [min(r[1] for r in across), max(r[2] for r in across)])
    ys = _edges([y for y, _, _ in across] + [min(r[1] for r in down), max(r[2] for r in down)])[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 20_000:
        return None
    grid = Grid(xs, ys)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            home = row, column
            middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _ruled(down, xs[column], middle_y):
                home = grid.home[row, column - 1]
            elif row and not _ruled(across, ys[row], middle_x):
                home = grid.home[row - 1, column]
            grid.home[row, column] = home
    return grid


def _edges(positions: list[float]) -> list[float]:
    """Positions from low to high, those that are near one another as one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > NEAR * 1.5:
            edges.append(position)
    return edges


def _ruled(rules: list[Rule], position: float, at: float) -> bool:
    return any(
        abs(rule[0] - position) <= NEAR * 1.5 and rule[1] - NEAR <= at <= rule[2] + NEAR for rule in rules
    )
