"""Rows of cells → text lines, the same for every format.

A row is one line in which each cell ends with `|`: `1 | 低保 | 1204 |`; an empty cell is a bare `|`. Cells
that a merge covers are empty, so that the n-th cell of every row is the n-th column.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.layout.written import LIST_NUMERAL

NUMBER = re.compile(r"[-\d.,%]+")
MOST_PLACES = 5_000_000  # of a sheet; an empty one takes two characters
BLANK = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200b\ufeff]+")

# An item of a list, and a line that says how many of what: 新建敬老院3所.
ITEM = re.compile(
    r"[(\uff08]?\d{1,2}(?:[)\uff09、]|[.\uff0e](?!\d))|[①-⑳⑴-⒇●■◆□▲★○•·]|"
    rf"[(\uff08]{LIST_NUMERAL}[)\uff09]|{LIST_NUMERAL}(?:、|是(?!否))"
)
SAYS_FIGURE = re.compile(r"\D*[\u4e00-\u9fff]{2}\D*\d")
QUANTITY_ENDS = re.compile(r"\d[余多]?[百千万亿]*(?:[%\uff05]|[\u4e00-\u9fff]{1,2})$")


def squeezed(text: str) -> str:
    """`text` as one line: white space of every kind becomes one space, none is left at the ends."""
    return BLANK.sub(" ", text).strip(" \u3000")


def listed(lines: Iterable[str]) -> str:
    """The lines of a cell that were set as lines (not broken to fit), those of a list with `；` at their
    ends: in the one line of their row each stays a clause of its own."""
    held = [line for line in map(squeezed, lines) if line]
    for i, (line, after) in enumerate(itertools.pairwise(held)):
        figures = QUANTITY_ENDS.search(line) and SAYS_FIGURE.match(line) and SAYS_FIGURE.match(after)
        if (figures or ITEM.match(after)) and (line[-1].isalnum() or line[-1] in "%)\uff09\uff05"):
            held[i] = line + "；"
    return "\n".join(held)


def row_line(cells: Sequence[str]) -> str:
    """One table row as a line, without a line end; empty for a row without text."""
    texts = [squeezed(cell).replace("|", "\uff5c") for cell in cells]
    if not any(texts):
        return ""
    return "".join(f"{text} | " if text else "| " for text in texts).rstrip()


def unstacked(row: Sequence[str]) -> list[Sequence[str]]:
    """The rows that stand in one row of cells, each cell with as many lines as every other and one of them
    with figures alone: a table set without rules between its rows. Else the row itself.

    The first cell may have a line more, which leads the others: 城市低保 above 户数 and 人数.
    """
    parts = [[line.strip() for line in cell.strip().split("\n") if line.strip()] for cell in row]
    filled = [part for part in parts if part]
    if len(filled) < 2 or not any(all(map(NUMBER.fullmatch, part)) for part in filled):
        return [row]
    height = len(filled[-1])
    led = filled[0] is parts[0] and len(parts[0]) == height + 1 > 2
    heights = {len(part) for part in filled[led:]}
    if heights != {height}:
        return [row]
    lead = [[parts[0].pop(0), *[""] * (len(parts) - 1)]] if led else []
    return [*lead, *([part[i] if part else "" for part in parts] for i in range(height))]


def used_columns(rows: Iterable[Sequence[str]]) -> list[int]:
    """The columns with any text in them, each cell looked at once."""
    used: set[int] = set()
    for row in rows:
        used.update(i for i, cell in enumerate(row) if cell and i not in used and squeezed(cell))
    return sorted(used)


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table: columns without any text are left out, and so are empty rows.

    A table of one column is no table but a frame around text: its lines stay lines and carry no `|`.
    """
    grid = [list(part) for row in rows for part in unstacked(row)]
    used = used_columns(grid)
    if len(used) <= 1:
        texts = (text for row in grid for cell in row for text in cell.split("\n"))
        return [line for text in texts if (line := squeezed(text))]
    lines = []
    for row in grid:
        lines.append(row_line([row[i] if i < len(row) else "" for i in used]))
    return [line for line in lines if line]


def sheet_lines(rows: list[list[str]]) -> Iterator[str]:
    """Rows of a sheet as lines; one text alone at the left edge is a title or a paragraph, not a row.

    Raises Refusal where one wide row would have all others filled up with more empty cells than a text may
    have characters.
    """
    used = used_columns(rows)
    if len(used) * sum(map(any, rows)) > MOST_PLACES:
        most = f"{MOST_PLACES:,} cells"
        raise Refusal("text_too_long", found=f"over {most}", limit=most)
    for row in (part for whole in rows for part in unstacked(whole)):
        cells = [row[i] if i < len(row) else "" for i in used]
        filled = [i for i, cell in enumerate(cells) if squeezed(cell)]
        if filled == [0] and (len(used) == 1 or not NUMBER.fullmatch(squeezed(cells[0]))):
            yield from filter(None, map(squeezed, cells[0].split("\n")))
        elif filled:
            yield row_line([listed(cell.split("\n")) if "\n" in cell else cell for cell in cells])
