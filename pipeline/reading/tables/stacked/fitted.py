"""Grids copied cell by cell whose rows leave cells out: each is fitted to the columns below the heads.

    任务 ⏎ 单位 ⏎ 目标 ⏎ 完成 ⏎ 新增床位 ⏎ 张 ⏎ 敬老院640张 ⏎ 652 ⏎ 张 ⏎ 福利院180张 ⏎ 180

A name that is merged over several rows is written once, a total has no number of its row, an institution free
of charge has words where others have figures. Rows are cut so that what stands in each column is of one kind
throughout. A row that fits in more than one way stays out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, LOWER, Place, names_rows
from pipeline.reading.tables.placed.totals import sums
from pipeline.reading.tables.stacked.fitted_costs import CLOSE, WIDEST, costs_of, fitting, kind_of_cell
from pipeline.reading.tables.stacked.fitted_sums import by_sums
from pipeline.reading.tables.words import (
    ends_in,
    frame_words,
    total,
    unit,
)

FEWEST_ROWS, MOST_CELLS = 3, 4000
NARROWEST = 3  # columns
MOST_OUT = 3  # cells that a row leaves out
NUMBERED = r"^[0-9]{7,}$"  # 41421186 below 电话
WHOLE, ALIKE = 0.5, 0.85  # of the rows with all cells; of the cells that are of their column's kind
BEHIND = 0.2  # what a blank cell too many costs
FIRSTS = 3  # heads that may be the first
CELLS = {
    "document_id": pl.String, "run": pl.Int64, "row": pl.Int64, "column": pl.Int64, "start": pl.Int64,
    "text": pl.String,
}  # fmt: skip
Kinds = Sequence[str]
Heads = dict[int, Place]
Rows = list[tuple[int, tuple[int, ...] | None]]  # where each begins, and the columns of its cells


def fitted(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids: `CELLS`. `tokens`: document_id, run, start, text, in order."""
    found: list[tuple[str, int, int, int, int, str]] = []
    totals: list[tuple[str, int, int, int, int, str]] = []
    for (run,), cells in tokens.group_by("run", maintain_order=True):
        texts = cells["text"].to_list()
        best = _best(texts)
        if best is None:
            continue
        heads, width, rows = best
        rows = by_sums(rows, texts, list(map(kind_of_cell, texts)), width)
        name, starts = cells["document_id"][0], cells["start"].to_list()
        found += [(name, run, *place, starts[n], texts[n]) for n, place in sorted(heads.items())]
        behind = 0  # the figures of a total
        for row, (at, columns) in enumerate(rows, FIRST_ROW):
            if at < behind:
                continue
            if not columns and re.search(total(), texts[at]):
                figures = len(list(takewhile(lambda text: kind_of_cell(text) in "NP", texts[at + 1 :])))
                behind = at + figures + 1
                totals += [(name, run, row, n - at, starts[n], texts[n]) for n in range(at, behind)]
            held = {column: at + n for n, column in enumerate(columns or ())}
            found += [
                (name, run, row, n, starts[held.get(n, at)], texts[held[n]] if n in held else "")
                for n in range(width if columns else 0)
            ]
    cells = pl.DataFrame(found, schema=CELLS, orient="row")
    last = pl.DataFrame(totals, schema=CELLS, orient="row")
    if last.is_empty():
        return cells
    placed = sums(
        last.rename({"run": "grid"}), cells.rename({"run": "grid"}).filter(pl.col("row") >= FIRST_ROW)
    )
    return pl.concat([cells, placed.rename({"grid": "run"}).select(list(CELLS))]).sort("run", "row", "column")


def _best(texts: list[str]) -> tuple[Heads, int, Rows] | None:
    """The heads, how many columns they stand over, and the rows below."""
    if len(texts) > MOST_CELLS:
        return None
    kinds = [kind_of_cell(text) for text in texts]
    if any(re.search(ends_in("code"), text) for text in texts[:WIDEST]):
        kinds = ["C" if re.match(NUMBERED, text) else kind for text, kind in zip(texts, kinds, strict=True)]
    figures = [n for n, kind in enumerate(kinds) if kind in "NP"]
    opening = range(figures[0] if figures else 0)
    firsts = [n for n in opening if names_rows(texts[n])][:FIRSTS]
    firsts = [n for n in firsts if _counts(texts[n])] or firsts
    ways = []
    for first in firsts:
        for start in range(first + NARROWEST, min(first + WIDEST, figures[0]) + 1):
            if set(kinds[first:start]) - set("TDU"):
                break
            places = _over_columns(texts, kinds, first, start)
            width = len({column for _, column in places.values()})
            if len(texts) - start < width * FEWEST_ROWS or figures[0] >= start + width:
                continue
            last = max(n for n, (_, column) in places.items() if column == width - 1)
            remarked = bool(re.search(ends_in("aside"), texts[last]))
            rows = _rows(texts, kinds, start, width, _counts(texts[first]), remarked)
            if rows and not _under_units(texts, kinds, places, start):
                ways.append((rows[0], places, width, rows[1]))
    if not ways:
        return None
    ways.sort(key=lambda way: way[0])
    return ways[0][1:] if len(ways) == 1 or ways[1][0] - ways[0][0] > CLOSE / 10 else None


def _under_units(texts: list[str], kinds: Kinds, places: Heads, start: int) -> bool:
    """Whether a name of the first row stands below a head with a unit: 东镇 below 孤儿(人) is no figure."""
    at = {column: n for n, (_, column) in places.items()}
    named = [n for n in at if kinds[start + n] == "T" and not re.search("[0-9]", texts[start + n])]
    return any(re.search(rf"\({unit()}\)$", texts[at[n]]) and not names_rows(texts[at[n]]) for n in named)


def _counts(head: str) -> bool:
    return head in frame_words("row_number")


def _over_columns(texts: list[str], kinds: Kinds, first: int, start: int) -> Heads:
    """A column for each head, but two lines of 2020年 ⏎ 基期值 have one."""
    years = [n for n in range(first, start - 1) if kinds[n] == "D" and kinds[n + 1] == "T"]
    halves = set(years) if len(years) > 1 and len(years) == kinds[first:start].count("D") else set()
    if any(names_rows(texts[n + 1]) for n in halves):
        halves = set()
    places, column = {}, 0
    for n in range(first, start):
        places[n] = (LOWER - (n in halves), column)
        column += n not in halves
    return places


def _rows(
    texts: list[str], kinds: Kinds, start: int, width: int, counted: bool, remarked: bool
) -> tuple[float, Rows] | None:
    """The cost for each cell of the best rows from `start` on, and these rows; None where they don't fit.
    `remarked`: the last column holds remarks, which the first row may have none of."""
    told = width - remarked
    profile = [Counter({kind: 2}) for kind in kinds[start : start + told]] + [Counter("T")] * remarked
    firsts = [tuple(range(width)), tuple(range(told))]
    rows: Rows = []
    for _ in range(2):
        cost, rows = _cut(texts, kinds, start, costs_of(profile), counted)
        if not rows or rows[0][0] != start or rows[0][1] not in firsts:
            return None
        profile = [Counter() for _ in range(width)]
        for at, columns in rows:
            for n, column in enumerate(columns or ()):
                profile[column][kinds[at + n]] += 1
    known = [row for row in rows if row[1]]
    if remarked and any(_takes_a_name(row, texts, width) for row in known):
        return None
    # a row of nothing but figures has no name
    if not all(set(kinds[at : at + len(columns or ())]) - set("NPM") for at, columns in known):
        return None
    # the last of the heads stands before the first row as if it were the outer name of them all
    led = [columns[0] for _, columns in known if columns]
    if len(led) >= FEWEST_ROWS and led[0] == 0 and set(led[1:]) == {1}:
        return None
    # 低保户数 behind the figure of 低保人数 and before its own unit: names of rows, taken for remarks
    if sum(kinds[at] == "U" and kinds[at - 1] == "T" for at, columns in known if columns and columns[0]) > 1:
        return None
    # a name merged over several rows is written in the first of them alone
    outer = tuple(range(1, width))
    whole = sum(row[1] in (*firsts, outer) for row in known)
    cells = sum(sum(counts.values()) for counts in profile)
    alike = sum(
        max(counts.values()) + (counts["M"] if counts.most_common(1)[0][0] != "M" else 0)
        for counts in profile
        if counts
    )
    numbers = any(max(c, key=lambda k: c[k]) in "NP" for c in profile[1 if counted else 0 :] if c)
    sound = len(known) >= FEWEST_ROWS and whole >= WHOLE * len(rows) and alike >= ALIKE * cells
    return (cost / cells, rows) if sound and numbers else None


def _takes_a_name(row: tuple[int, tuple[int, ...] | None], texts: list[str], width: int) -> bool:
    """Whether what a row has in the column of remarks names the next row: it comes again, or sums up."""
    at, columns = row
    if not columns or columns[-1] != width - 1:
        return False
    remark = texts[at + len(columns) - 1]
    return bool(remark) and (texts.count(remark) > 1 or bool(re.search(total(), remark)))


def _cut(
    texts: list[str], kinds: Kinds, start: int, costs: list[dict[str, float]], counted: bool
) -> tuple[float, Rows]:
    """The cheapest rows from `start` on, as far as figures go."""
    width, size = len(costs), len(texts)
    fit = fitting(costs)
    last = max((n for n in range(start, size) if kinds[n] in "NP"), default=start)
    best: dict[int, tuple[float, int, tuple[int, ...] | None, int]] = {start: (0.0, -1, None, 0)}
    for at in range(start, last + 1):
        if at not in best:
            continue
        spent, _, _, number = best[at]
        summed = bool(re.search(total(), texts[at]))
        for length in range(2 if summed else max(2, width - MOST_OUT), width + 1):
            if at + length > size:
                break
            # nothing but their sums tells where fewer figures of a total belong
            few = summed and length < width - MOST_OUT and not set(kinds[at + 1 : at + length]) - set("NP")
            if length < width - MOST_OUT and not few:
                continue
            cost, columns = (CLOSE, None) if few else fit(tuple(kinds[at : at + length]))
            # 2 begins the row behind that of 1, a total has none
            own = counted and texts[at] == str(number + 1)
            if counted and not own and (kinds[at] == "N" or not summed):
                continue
            if (
                not counted
                and length < width
                and columns
                and columns[0] == 0
                and not re.search(total(), texts[at])
            ):
                cost += CLOSE
            for more in (0, 1):
                end = at + length + more
                if more and (end > size or texts[end - 1]):
                    break
                whole = spent + cost + more * BEHIND
                if end not in best or whole < best[end][0]:
                    best[end] = (whole, at, columns, number + own)
    ends = [end for end in best if end > last]
    if not ends:
        return 0.0, []
    end = min(ends, key=lambda n: best[n][0])
    cost, rows = best[end][0], []
    while end != start:
        _, at, columns, _ = best[end]
        rows.append((at, columns))
        end = at
    return cost, rows[::-1]
