"""Rows whose cells run together without anything between them, as tables come out of a page's plain text.

    乡镇户数人数金额(元)            一级指标二级指标三级指标指标值
    城关镇1,0231,998612,340        产出指标数量指标低保对象人数≥8,200人
    合计3,8007,2312,642,575        满意度指标服务对象满意度指标群众满意度≥90%

Figures part where the thousands' commas and decimals allow one way alone, as many as there are heads, and
sums and shares agree, or behind their units; heads part at known words. Where several ways are left the rows
stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from pipeline.reading.layout.compute import each_changed_where
from pipeline.reading.layout.glued_figures import MOST_COLUMNS, parted
from pipeline.reading.layout.glued_units import OF_UNITS, cells_with_units, laid_over
from pipeline.reading.layout.glued_units import ROW as ROW_OF_UNITS
from pipeline.reading.layout.known_heads import aim_heads, aim_levels, cut_heads, starts_heads
from pipeline.vocabulary import pattern

# for a character that is left out of the reading, and a tab and a line end that are put in
GONE, TAB, LINE = "\x00", "\x01", "\x02"
FEWEST_ROWS, MOST_ROWS, MOST_TABLES = 3, 20, 5
LONGEST = 80  # characters of a row of aims
NAME = r"(?:(?:19|20)[0-9]{2}年|(?:[0-9]{1,2}[、.]?)?[一-龥][一-龥()、·:]{0,14})"
GLUED = re.compile(rf"^\s*({NAME})([-—0-9][-—0-9,.%\x00]{{0,60}}[-—0-9%])\s*$")
ROW = rf"[ \t]*{NAME}[-—0-9][-—0-9,.%\x00]{{2,}}[ \t]*"
ROWS = rf"(?m)^{ROW}\n{ROW}$|^{ROW_OF_UNITS}\n{ROW_OF_UNITS}$"
DIGITS = r"[0-9]+(?:[,\x00][0-9]{3})*(?:\.[0-9]+)?"
# ≥8,200人, 550元/人·月: with a unit, for nothing else ends it before the next
AIMED = rf"{DIGITS}(?:[^0-9≥≤><=~,.;\x00]{{0,10}})"


def with_rows_apart(texts: pl.Series) -> pl.Series:
    """Folded texts (commas inside numbers may be left out by \\0) with `TAB` between the cells of such rows
    and of their heads."""
    return each_changed_where(texts, f"{ROWS}|{pattern('aims_begin')}", _apart)


def _apart(text: str) -> str:
    lines = text.split("\n")
    done = list(lines)
    for group in (_of_aims(lines), _of_figures(lines), _of_units(lines)):
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
        sums = re.findall(f"{pattern('sum_of_project')}({DIGITS})", line.strip())
        if len(sums) > 1 and "".join(map("".join, sums)) == line.strip():
            yield n, LINE.join(map(TAB.join, sums))


def _aim(line: str, values: int) -> list[str] | None:
    """The cells of a row of aims: its levels, its name and its figures, if it ends in so many."""
    levels, rest = aim_levels(line.strip())
    if not levels or not 1 < len(rest) <= LONGEST or re.search(r"[\t|。;]", rest):
        return None
    for end in range(1, len(rest)):
        figures = re.findall(pattern("aim_bound") + AIMED, rest[end:])
        if len(figures) == values and "".join(figures) == rest[end:]:
            return [*levels, rest[:end], *figures]
    return [*levels, rest]


def _of_figures(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The rows of a name and several figures, with the line of heads above them."""
    tried = 0
    told = [(found[1], found[2]) if (found := GLUED.match(line)) else ("", "") for line in lines]
    for glued, run in groupby(range(len(lines)), key=lambda n: told[n][0] != ""):
        rows = list(run)
        above = rows[0] - 1
        if not glued or not FEWEST_ROWS <= len(rows) <= MOST_ROWS or above < 0 or tried >= MOST_TABLES:
            continue
        if not starts_heads(lines[above]):
            continue
        tried += 1
        names, tails = zip(*(told[n] for n in rows), strict=True)
        numbers = _numbered(names)
        summed = [bool(re.search(pattern("sum_row"), name)) for name in names]
        cuts = {
            columns: cut
            for columns in range(2, MOST_COLUMNS + 1)
            if (cut := cut_heads(lines[above], columns + 1 + numbers, sure=any(summed)))
        }
        shares = {
            columns: frozenset(
                n for n, head in enumerate(heads[-columns:]) if re.search(pattern("share_column"), head)
            )
            for columns, (_, heads) in cuts.items()
        }
        likely = [(*cuts[columns], ways) for columns, ways in parted(tails, summed, shares)]
        if not likely:
            continue
        _, heads, ways = min(likely)
        if len(ways) > 1:
            continue
        yield above, TAB.join(heads)
        for n, name, cells in zip(rows, names, ways[0], strict=True):
            own = (*_name(name, numbers), *cells)
            yield n, TAB.join(own).replace(",", GONE)


def _of_units(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The rows of a name and several figures with units, with the line of heads above them."""
    told: list[tuple[str, list[tuple[str, str]]] | None] = []
    for line in lines:
        found = OF_UNITS.match(line)
        cells = cells_with_units(found[2]) if found else None
        told.append((found[1], cells) if found and cells else None)
    for glued, run in groupby(range(len(lines)), key=lambda n: told[n] is not None):
        rows = list(run)
        above = rows[0] - 1
        if not glued or len(rows) < FEWEST_ROWS or above < 0 or not starts_heads(lines[above]):
            continue
        read = [figures for n in rows if (figures := told[n])]
        names = [name for name, _ in read]
        numbers = _numbered(names)
        laid = laid_over(
            [cells for _, cells in read], [not re.search(pattern("sum_row"), name) for name in names]
        )
        whole = next((len(cells) for cells in laid or () if cells), 0)
        cut = cut_heads(lines[above], whole + numbers, sure=True) if whole else None
        if laid is None or cut is None:
            continue
        yield above, TAB.join(cut[1])
        for n, name, over in zip(rows, names, laid, strict=True):
            if over is None:
                continue
            called = _name(name, numbers)
            # 合计7所: of the names
            called[-1] += over[0]
            yield n, TAB.join((*called, *over[1:])).replace(",", GONE)


def _numbered(names: Sequence[str]) -> bool:
    """Whether rows but those of sums are numbered: 1安仁镇, but not 1月."""
    places = enumerate((name for name in names if not re.search(pattern("sum_row"), name)), 1)
    return all(re.match(rf"{n}[、.]?(?![月年日])[一-龥]", name) for n, name in places)


def _name(name: str, numbers: bool) -> list[str]:
    """The cells of a row's number, if rows have one, and its name; a sum has none."""
    if not numbers:
        return [name]
    if re.search(pattern("sum_row"), name):
        return [name, ""]
    found = re.match(r"([0-9]+[、.]?)(.*)", name)
    return [found[1], found[2]] if found else ["", name]
