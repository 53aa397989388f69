"""Rows that run together whose figures carry units, parted behind each unit.

    序号敬老院名称建筑面积床位入住老人建院时间
    1拉林镇敬老院2860㎡150张118人1998年

The rows that have all cells say which unit each column has; a row that lacks some is laid over them where
that goes in one way alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.vocabulary import words

MOST_CELLS = 10
NAME = r"(?:(?:19|20)[0-9]{2}年度?|[0-9]{1,2}月份?|(?:[0-9]{1,3}[、.]?)?[一-龥][一-龥()、·:]{0,19})"
NUMBER = r"(?:[0-9]+(?:[,\x00][0-9]{3})*(?:\.[0-9]+)?)"
UNIT = r"[^-—0-9,.:;。、()\s\x00-\x02]{1,5}"
MARK = r"[-—]{1,2}"
CELL = rf"(?:{NUMBER}{UNIT}|{MARK})"
ROW = rf"[ \t]*{NAME}{CELL}{{2,11}}[ \t]*"
OF_UNITS = re.compile(rf"^\s*({NAME})({CELL}{{2,11}})\s*$")
MARKED, COUNTED = re.compile(MARK), re.compile(rf"{NUMBER}({UNIT})")
DATE = "date"
DATED = re.compile(r"((?:19|20)[0-9]{2}年)((?:[0-9]{1,2}月)(?:[0-9]{1,2}日)?)?")


@cache
def _units() -> frozenset[str]:
    return frozenset((*words("numbers/unit_words.csv"), "%"))


def cells_with_units(tail: str) -> list[tuple[str, str]] | None:
    """The figures of a row, each with its unit (`-` for a cell without a figure, a date as one); None where
    something else stands among them."""
    cells: list[tuple[str, str]] = []
    at = 0
    while at < len(tail):
        if found := DATED.match(tail, at):
            cells.append((found[0], DATE))
        elif found := MARKED.match(tail, at):
            cells.append((found[0], "-"))
        elif (found := COUNTED.match(tail, at)) and found[1].lstrip("万亿余多") in _units():
            cells.append((found[0], found[1]))
        else:
            return None
        at = found.end()
    return cells


def laid_over(rows: Sequence[list[tuple[str, str]]], whole: Sequence[bool]) -> list[list[str] | None] | None:
    """The cells of each row in the columns that most rows have, a cell more in front where a row counts its
    own names (合计7所); None for a row that may lie over them in several ways or none.

    `whole`: which rows may say what columns there are. None where fewer than two of them agree.
    """
    own = Counter(
        units for row, may in zip(rows, whole, strict=True) if may and "-" not in (units := _of(row))
    )
    if not own:
        return None
    columns, times = max(own.items(), key=lambda item: (len(item[0]), item[1]))
    if times < 2 or not 2 <= len(columns) <= MOST_CELLS:
        return None
    return [_over(row, columns, may) for row, may in zip(rows, whole, strict=True)]


def _of(row: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(unit for _, unit in row)


def _over(row: list[tuple[str, str]], columns: tuple[str, ...], whole: bool) -> list[str] | None:
    ways = _ways(_of(row), columns)
    if len(ways) == 1:
        return ["", *_spread(row, ways[0], len(columns))]
    if whole or len(row) < 2 or ways:
        return None
    ways = _ways(_of(row[1:]), columns)
    return [row[0][0], *_spread(row[1:], ways[0], len(columns))] if len(ways) == 1 else None


def _spread(row: list[tuple[str, str]], places: tuple[int, ...], columns: int) -> list[str]:
    cells = [""] * columns
    for (text, _), place in zip(row, places, strict=True):
        cells[place] = text
    return cells


def _ways(units: tuple[str, ...], columns: tuple[str, ...]) -> list[tuple[int, ...]]:
    """The places at which units may stand among those of the columns, two ways at most."""
    ways: list[tuple[int, ...]] = [()]
    for n, unit in enumerate(units):
        ways = [
            (*way, place)
            for way in ways
            for place in range(way[-1] + 1 if way else 0, len(columns) - len(units) + n + 1)
            if unit in (columns[place], "-")
        ]
    return ways[:2]
