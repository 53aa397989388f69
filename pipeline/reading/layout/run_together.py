"""Rows whose cells run together without anything between them, as tables come out of a page's plain text.

    乡镇户数人数金额(元)            一级指标二级指标三级指标指标值
    城关镇1,0231,998612,340        产出指标数量指标低保对象人数≥8,200人
    合计3,8007,2312,642,575        满意度指标服务对象满意度指标群众满意度≥90%

Figures part where the thousands' commas and decimals allow one way alone, as many as there are heads, and
sums agree; heads part at known words. Where several ways are left the rows stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

import polars as pl

from pipeline.reading.layout.compute import changed_where
from pipeline.reading.layout.known_heads import aim_heads, aim_levels, cut_heads, starts_heads

GONE, TAB, LINE = "\x00", "\x01", "\x02"  # for what is left out, and a tab and a line end that are put in
FEWEST_ROWS = 3
MOST_WAYS, MOST_ROWS, MOST_COLUMNS = 4000, 40, 10
NAME = r"(?:[0-9]{1,2}[、.]?)?[一-龥][一-龥()、·:]{0,14}"
COMMA = r"[,\x00]"
GLUED = re.compile(rf"^\s*({NAME})([0-9][0-9,.%\x00]*[0-9%])\s*$")
LIKELY = r"(?m)^[ \t]*[一-龥][^\n|\t]{0,24}[0-9][^\n|\t]{0,60}\r?\n"
DIGITS = r"[0-9]+(?:[,\x00][0-9]{3})*(?:\.[0-9]+)?"
GROUPED = rf"[1-9][0-9]{{0,2}}(?:{COMMA}[0-9]{{3}})+"
SMALL = r"(?:0|[1-9][0-9]{0,2})"
FIGURE = re.compile(rf"(?:{GROUPED}|{SMALL})(?:\.[0-9]{{1,2}})?%?")
# ≥8,200人, 550元/人·月: with a unit, for nothing else ends it before the next
AIMED = re.compile(
    rf"(?:[≥≤><=~]|[大小]于等于|不[低少高超]于?过?)?\s?{DIGITS}(?:[^0-9≥≤><=~,.;\x00]{{0,10}})"
)
SUMS = re.compile(rf"([一-龥():]{{1,12}}(?:资金|总额|金额|拨款|预算|经费|财力):?)({DIGITS})")
TOTAL = re.compile(r"^(?:合\s?计|总\s?计|小\s?计|共\s?计|全[市县区州旗镇乡](?:合计)?)$")
Row = tuple[str, ...]


def with_rows_apart(texts: pl.Series) -> pl.Series:
    """Folded texts (commas inside numbers may be left out by \\0) with `TAB` between the cells of such rows
    and of their heads."""
    return changed_where(
        texts, LIKELY, lambda some: pl.Series([_apart(text) for text in some], dtype=pl.String)
    )


def _apart(text: str) -> str:
    lines = text.split("\n")
    done = list(lines)
    for group in (_of_aims(lines), _of_figures(lines)):
        for n, line in group:
            done[n] = line
    return "\n".join(done)


def _of_aims(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The rows of forms of aims, and the sums of the project above them."""
    heads = {n: aim_heads(line) for n, line in enumerate(lines)}
    at = {n: cells for n, cells in heads.items() if cells}
    if not at:
        return
    values = max(sum(cell.endswith("值") for cell in cells) for cells in at.values())
    rows = {n: cells for n, line in enumerate(lines) if n not in at and (cells := _aim(line, values))}
    if len(rows) < FEWEST_ROWS:
        return
    for n, cells in (at | rows).items():
        yield n, TAB.join(cells)
    for n, line in enumerate(lines):
        sums = SUMS.findall(line.strip())
        if len(sums) > 1 and "".join(map("".join, sums)) == line.strip():
            yield n, LINE.join(map(TAB.join, sums))


def _aim(line: str, values: int) -> list[str] | None:
    """The cells of a row of aims: its levels, its name and its figures, if it ends in so many."""
    levels, rest = aim_levels(line.strip())
    if not levels or not rest or re.search(r"[\t|。;]", rest):
        return None
    for end in range(1, len(rest)):
        figures = AIMED.findall(rest[end:])
        if len(figures) == values and "".join(figures) == rest[end:]:
            return [*levels, rest[:end], *figures]
    return [*levels, rest]


def _of_figures(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The rows of a name and several figures, with the line of heads above them."""
    told = [(found[1], found[2]) if (found := GLUED.match(line)) else ("", "") for line in lines]
    for glued, run in groupby(range(len(lines)), key=lambda n: told[n][0] != ""):
        rows = list(run)
        above = rows[0] - 1
        if not glued or not FEWEST_ROWS <= len(rows) <= MOST_ROWS or above < 0:
            continue
        if not starts_heads(lines[above]):
            continue
        names = [told[n][0] for n in rows]
        figures = _figures([told[n][1] for n in rows], [bool(TOTAL.match(name)) for name in names])
        for columns in sorted(figures):
            heads = cut_heads(lines[above], columns + 1)
            if heads and len(figures[columns]) == 1:
                yield above, TAB.join(heads)
                for n, name, cells in zip(rows, names, figures[columns][0], strict=True):
                    yield n, TAB.join((name, *(cell.replace(",", GONE) for cell in cells)))
                break


def _figures(tails: list[str], totals: list[bool]) -> dict[int, list[list[Row]]]:
    """By how many columns there may be, the ways to part all rows that agree."""
    if not any(re.search(rf"{COMMA}|\.", tail) for tail in tails):
        return {}
    found: dict[int, list[list[Row]]] = {}
    for columns in range(2, MOST_COLUMNS + 1):
        ways = [_ways(tail, columns) for tail in tails]
        if not all(ways):
            continue
        if sum(totals) == 1:
            agreed = _summing(ways, totals.index(True), columns)
        else:
            agreed = [[way[0] for way in ways]] if all(len(way) == 1 for way in ways) else []
        if agreed:
            found[columns] = agreed
    return found


@cache
def _ways(tail: str, columns: int) -> tuple[Row, ...]:
    """The ways to part a row of figures into so many."""
    if not columns:
        return ((),) if not tail else ()
    ways: list[Row] = []
    for end in range(1, len(tail) - columns + 2):
        if FIGURE.fullmatch(tail[:end]):
            ways += [(tail[:end], *rest) for rest in _ways(tail[end:], columns - 1)]
        if len(ways) > MOST_WAYS:
            return ()
    return tuple(ways)


def _summing(ways: list[tuple[Row, ...]], total: int, columns: int) -> list[list[Row]]:
    """The ways in which each column but those of shares sums up to its total, the first two of them."""
    agreed: list[list[Row]] = []
    parts = [way for n, way in enumerate(ways) if n != total]
    for sums in ways[total]:
        # what is no sum (火化率) tells nothing
        kept = [n for n in range(columns) if "%" not in sums[n]]
        aim = tuple(_value(sums[n]) for n in kept)
        states: dict[tuple[int, ...], list[list[Row]]] = {tuple(0 for _ in kept): [[]]}
        for way in parts:
            later: dict[tuple[int, ...], list[list[Row]]] = {}
            for state, before in states.items():
                for row in way:
                    now = tuple(have + _value(row[n]) for have, n in zip(state, kept, strict=True))
                    if all(have <= most for have, most in zip(now, aim, strict=True)):
                        held = later.setdefault(now, [])
                        held += [[*rows, row] for rows in before[: 2 - len(held)]]
            states = later if len(later) <= MOST_WAYS else {}
        for rows in states.get(aim, []):
            rows.insert(total, sums)
            agreed.append(rows)
    return agreed[:2]


@cache
def _value(figure: str) -> int:
    return round(float(re.sub(rf"{COMMA}|%", "", figure)) * 100)
