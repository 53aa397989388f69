"""Characters set on a PDF page → its lines: gaps, indents and the cells of ruled tables."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from pipeline.reading.formats.pdfcolumns import WIDE, Segment, table_rows
from pipeline.reading.formats.pdftables import Grid
from pipeline.reading.formats.tables import squeezed, table_lines

INDENT = "\u3000\u3000"  # what stands before a line that begins right of the margin
AIR = 0.6  # of the height of the characters: what programs set between Chinese and digits without a blank
BLANK = 0.3  # the same between two Chinese characters; what is wider was meant to be seen


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box on the page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    made_up: bool  # a space or line end that PDFium put in where there was a gap


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it is set: its text; in points, where it begins, the size of its type, its page's width.

    `left` is None for the row of a table; segments are what wide gaps part.
    """

    text: str
    left: float | None
    em: float
    page_width: float
    segments: tuple[Segment, ...] = ()


def set_lines(chars: list[Char], tables: list[Grid], page_width: float) -> list[SetLine]:
    """Characters in reading order → lines; a table stands where its first character comes."""
    lines: list[SetLine | int] = []
    current: list[Char] = []
    cells: dict[int, dict[tuple[int, int], list[tuple[int, Char]]]] = {}
    number = 0

    def flush() -> None:
        if text := squeezed(_joined(current)):
            widths = [char.right - char.left for char in current if char.text > "\u2e80"]
            left = next(char.left for char in current if not char.made_up and not char.text.isspace())
            em = median(widths) if widths else 0.0
            lines.append(SetLine(text, left, em, page_width, tuple(_segments(current))))
        current.clear()

    for char in chars:
        if char.text in "\r\n":
            flush()
            number += 1
            continue
        place = None if char.made_up else _cell(char, tables)
        if place is None:
            current.append(char)
            continue
        table, cell = place
        if table not in cells:
            flush()
            lines.append(table)
            cells[table] = {}
        cells[table].setdefault(cell, []).append((number, char))
    flush()
    out: list[SetLine] = []
    for line in lines:
        if isinstance(line, SetLine):
            out.append(line)
        else:
            rows = tables[line].rows({cell: _cell_text(held) for cell, held in cells[line].items()})
            out.extend(SetLine(text, None, 0.0, page_width) for text in table_lines(rows))
    return with_columns(out, page_width)


def with_columns(lines: list[SetLine], page_width: float) -> list[SetLine]:
    """The lines with those of tables without rules as rows of cells."""
    out, done = [], 0
    for start, end, rows in table_rows([list(line.segments) for line in lines]):
        out += lines[done:start]
        out += [SetLine(text, None, 0.0, page_width) for text in table_lines(rows)]
        done = end
    return out + lines[done:]


def _segments(chars: list[Char]) -> Iterator[Segment]:
    """The parts of a line between gaps wider than its type."""
    held: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.made_up:
            if held:
                held.append(char)
            continue
        if last is not None:
            height = max(last.top - last.bottom, char.top - char.bottom, 4.0)
            if char.left - last.right > WIDE * height:
                yield _segment(held)
                held = []
        held.append(char)
        last = char
    if last is not None:
        yield _segment(held)


def _segment(chars: list[Char]) -> Segment:
    inked = [char for char in chars if not char.made_up]
    return Segment(squeezed(_joined(chars)), inked[0].left, inked[-1].right)


def indented(pages: list[list[SetLine]]) -> Iterator[str]:
    """The text of each page, its lines indented where they begin right of the margin of such pages."""
    starts: dict[int, Counter[int]] = {}
    for line in (line for page in pages for line in page):
        if line.left is not None and len(line.text) > 8:
            starts.setdefault(round(line.page_width), Counter())[round(line.left)] += 1
    margins = {width: _margin(counts) for width, counts in starts.items()}
    for page in pages:
        texts = []
        for line in page:
            margin = margins.get(round(line.page_width))
            right_of = (
                margin is not None and line.left is not None and line.left > margin + 1.2 * line.em > margin
            )
            texts.append(INDENT + line.text if right_of else line.text)
        yield "\n".join(texts)


def _margin(starts: Counter[int]) -> int | None:
    """Where the lines of a kind of page begin: the leftmost place that a tenth of them share."""
    least = max(2.0, 0.1 * starts.total())
    return min((start for start, count in starts.items() if count + starts[start + 1] >= least), default=None)


def _cell(char: Char, tables: list[Grid]) -> tuple[int, tuple[int, int]] | None:
    x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
    for number, grid in enumerate(tables):
        if (cell := grid.cell_at(x, y)) is not None:
            return number, cell
    return None


def _cell_text(held: list[tuple[int, Char]]) -> str:
    """The lines of a cell as one: joined where a line is full, apart where it ends early."""
    parts = [[char for _, char in part] for _, part in groupby(held, key=lambda each: each[0])]
    widest = max(part[-1].right for part in parts)
    text = ""
    for part in parts:
        text += _joined(part)
        height = max(part[-1].top - part[-1].bottom, 5.0)
        text += "" if widest - part[-1].right < height * 1.5 else " "
    return text


def _joined(chars: list[Char]) -> str:
    """One line's characters; made-up spaces stay only where the gap is wider than type needs."""
    out, previous, space = "", None, False
    for char in chars:
        if char.made_up:
            space = True
            continue
        if previous is not None:
            gap = (char.left - previous.right) / max(
                previous.top - previous.bottom, char.top - char.bottom, 4.0
            )
            chinese = (previous.text > "\u2e80") + (char.text > "\u2e80")
            if gap > 2 or (space and (chinese == 0 or gap > (AIR if chinese == 1 else BLANK))):
                out += " "
        out += char.text
        previous, space = char, False
    return out
