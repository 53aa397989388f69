"""Characters set on a PDF page → its lines: gaps, indents and the cells of ruled tables."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from pipeline.reading.formats.pdfcolumns import WIDE, Segment, table_rows
from pipeline.reading.formats.pdforder import SetLine, in_order
from pipeline.reading.formats.pdftables import Grid
from pipeline.reading.formats.tables import squeezed, table_lines

INDENT = "\u3000\u3000"  # what stands before a line that begins right of the margin
MARK = re.compile(r"\d{1,2}|[\[〔(\uff08]\d{1,2}[\])\uff09〕]|[①-⑳]")
MARKS = frozenset("0123456789[]〔〕()\uff08\uff09①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
SMALL, RAISED = 0.7, 0.22  # of the height of what stands beside: how high a mark is, how far it is raised
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


def set_lines(chars: list[Char], tables: list[Grid], page_width: float) -> list[SetLine]:
    """Characters in the order of the page → lines as they are read, one column of the page behind another."""
    lines: list[SetLine] = []
    current: list[Char] = []
    cells: dict[int, dict[tuple[int, int], list[tuple[int, Char]]]] = {}
    number = 0

    def flush() -> None:
        if text := squeezed(_joined(current)):
            inked = [char for char in current if not char.made_up and not char.text.isspace()]
            widths = [char.right - char.left for char in current if char.text > "\u2e80"]
            em = median(widths) if widths else 0.0
            bottom, top = median(char.bottom for char in inked), median(char.top for char in inked)
            segments = tuple(_segments(current))
            lines.append(SetLine(text, inked[0].left, em, page_width, segments, bottom, top))
        current.clear()

    for char in without_marks(chars):
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
            lines.append(SetLine.of_table(table, tables[table], page_width))
            cells[table] = {}
        cells[table].setdefault(cell, []).append((number, char))
    flush()
    out: list[SetLine] = []
    for block in in_order(lines):
        free: list[SetLine] = []
        for line in block:
            if line.table is None:
                free.append(line)
                continue
            held = cells[line.table].items()
            rows = tables[line.table].rows({cell: _cell_text(chars) for cell, chars in held})
            out += [*with_columns(free), *(line.row(text) for text in table_lines(rows))]
            free = []
        out += with_columns(free)
    return out


def with_columns(lines: list[SetLine]) -> list[SetLine]:
    """The lines with those of tables without rules as rows of cells."""
    out, done = [], 0
    for start, end, rows in table_rows([list(line.segments) for line in lines]):
        out += lines[done:start]
        scores = [line.score for line in lines[start:end] if line.score is not None]
        out += [lines[start].row(text, min(scores, default=None)) for text in table_lines(rows)]
        done = end
    return out + lines[done:]


def without_marks(chars: list[Char]) -> Iterator[Char]:
    """Characters without the small raised figures that lead to footnotes (1860 with a small 2, 张), and
    without the line ends that PDFium makes at them. At the head of a line it is the note's own: [2]."""
    before: Char | None = None  # the last character of the line
    at = 0
    while at < len(chars):
        char = chars[at]
        if char.made_up and char.text in "\r\n":
            after = next((each for each in chars[at + 1 : at + 4] if not each.made_up), None)
            if before is None or after is None or not _goes_on(before, after):
                yield char
                before = None
            at += 1
            continue
        mark = _mark(chars, at, before)
        if mark and before is None:
            yield from (replace(char, text=each, right=char.left) for each in f"[{_figures(mark)}] ")
        elif not mark:
            yield char
            if not char.made_up:
                before = None if char.text in "\r\n" else char
        at += len(mark) or 1


def _mark(chars: list[Char], at: int, before: Char | None) -> str:
    """The mark of a footnote that stands here, empty where none does: all of it raised beside the character
    before (at the head of a line, behind) and close to it, and to what follows."""
    end = at
    while end < min(at + 4, len(chars)) and chars[end].text in MARKS and not chars[end].made_up:
        end += 1
    mark = "".join(char.text for char in chars[at:end])
    if not MARK.fullmatch(mark):
        return ""
    after = chars[end] if end < len(chars) and not chars[end].made_up else None
    beside = before or after
    if beside is None or (beside.text.isascii() and beside.text.isalpha()):  # a power behind a unit
        return ""
    high = beside.top - beside.bottom
    small = all(
        char.top - char.bottom < SMALL * high and char.bottom > beside.bottom + RAISED * high
        for char in chars[at:end]
    )
    close = before is None or _goes_on(before, chars[at])
    followed = after is None or after.text in "\r\n" or _goes_on(chars[end - 1], after)
    return mark if small and close and followed else ""


def _figures(mark: str) -> str:
    return mark.strip("[]〔〕()（）")


def _goes_on(last: Char, char: Char) -> bool:
    """Whether a character stands close behind another on one line, whatever a line end says."""
    high = max(last.top - last.bottom, char.top - char.bottom)
    shared = min(last.top, char.top) - max(last.bottom, char.bottom)
    return shared > 0.6 * min(last.top - last.bottom, char.top - char.bottom) and (
        -0.2 * high < char.left - last.right < 0.6 * high
    )


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
