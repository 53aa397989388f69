"""Tables that were pasted with their tags: bars and blanks stand for the tags, and no length changes.

    <tr><td>乡镇</td><td>户数</td></tr>   →       |  乡镇|   户数|

A row a line, or a cell a line; where a whole table stands in one line nothing tells its rows.
"""

from __future__ import annotations

import re

PASTED = r"(?i)<t[dh][^<>]*>"
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|&nbsp;")
SPAN = r"(?i){}\s*=\s*[\"']?([0-9]{{1,2}})"
CELLS, FRAME = ("td", "th"), ("tr", "table")


def without_tags(text: str) -> str:
    """A text with the tables whose tags it holds drawn with bars, cells that others cover left blank."""
    pieces, end = [], 0
    inside = 0  # tables that are open
    down: dict[int, int] = {}  # of columns that a cell above covers, for how many rows more
    column = wide = tall = 0
    for found in TAG.finditer(text):
        closes, tag, rest = found.group(1) or "", (found.group(2) or "").lower(), found.group(3) or ""
        size = len(found.group())
        pieces.append(text[end : found.start()])
        end = found.end()
        if tag == "table" or (tag == "tr" and not closes and not inside):
            inside = 0 if closes else 1
            down = {} if not closes else down
        if not inside and tag not in FRAME:
            pieces.append(found.group())
        elif tag in CELLS and not closes:
            covered = _covered(down, column)
            pieces.append(_filled("|" * (covered + (column == 0)), size))
            column += covered
            wide, tall = (int(n[0]) if (n := re.findall(SPAN.format(f"{s}span"), rest)) else 1
                          for s in ("col", "row"))  # fmt: skip
        elif tag in CELLS:
            down |= {n: tall for n in range(column, column + wide) if tall > 1}
            column += wide
            pieces.append(_filled("|" * wide, size))
        elif tag == "tr" and closes:
            pieces.append(_filled("|" * _covered(down, column), size))
            down = {n: left - 1 for n, left in down.items() if left > 1}
            column = 0
        else:
            pieces.append(" " * size)
    return "".join([*pieces, text[end:]])


def _covered(down: dict[int, int], column: int) -> int:
    """How many columns from this one on a cell above covers."""
    count = 0
    while down.get(column + count, 0) > 0:
        count += 1
    return count


def _filled(bars: str, size: int) -> str:
    return bars[:size].ljust(size)
