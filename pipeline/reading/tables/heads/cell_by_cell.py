"""Where the heads of a grid stand that was copied cell by cell, a line each.

地区 城市低保 农村低保 户数 人数 户数 人数: the lower heads come behind the upper ones, and nothing but their
words tells which of the upper ones are wide.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.sums import Figures
from pipeline.reading.tables.heads.trees import stacked
from pipeline.reading.tables.words import ends_in, frame_words, unit_cell
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

TOP, UPPER, LOWER = 997, 998, 999  # rows of heads, above all rows of the body
FIRST_ROW = 1000  # of the body
FEWEST_BROKEN = 2  # heads
Place = tuple[int, int]


def head_places(texts: list[str], names: int, figures: int, body: Figures = ()) -> dict[int, Place]:
    """Row and column of each head, by its place among `texts` (all cells before the first row).

    `names` columns hold names (with a number of the row, if any), `figures` figures. Empty where nothing
    tells which head stands over which column. Heads of remarks may stand over no column. `body`: of each
    column of figures, those of the rows below, whose sums tell too.
    """
    dated = [n for n, text in enumerate(texts) if re.search(pattern("head_of_time"), text)]
    if len(dated) == 1 and dated[0] and names_rows(texts[dated[0] - 1]) and len(texts) > names + figures:
        # 2023年9月末 over all heads but those of the names
        at = dated[0]
        below = head_places([*texts[:at], *texts[at + 1 :]], names, figures, body)
        moved = {n + (n >= at): place for n, place in below.items()}
        top = min((row for row, _ in below.values()), default=LOWER)
        return moved | {at: (top - 1, names)} if moved else {}
    halves = _homes_apart(texts)
    if halves:
        # 城市 right above 低保 is the first half of one head
        kept = [n for n in range(len(texts)) if n not in halves]
        joined = [texts[n] + (texts[n + 1] if n + 1 in halves else "") for n in kept]
        found = {kept[n]: place for n, place in head_places(joined, names, figures, body).items()}
        firsts = {n - 1: (found[n - 1][0] - 1, found[n - 1][1]) for n in halves if n - 1 in found}
        return found | {n: found[n - 1] for n in halves if n - 1 in found} | firsts
    whole = _written_out(texts, names, figures) or _partly_written_out(texts, names, figures)
    if whole:
        return whole
    units = texts[-figures:] if len(texts) >= names + 2 * figures else []
    if units and all(re.match(unit_cell(), text.strip("() ")) for text in units):
        # a row of units below the heads
        above = head_places(texts[:-figures], names, figures, body)
        below = {len(texts) - figures + n: (LOWER, names + n) for n in range(figures)}
        return {n: (row - 1, column) for n, (row, column) in above.items()} | below if above else {}
    places = _places(texts, names, figures, body)
    held = [n for n, text in enumerate(texts) if not grouping.is_aside(text)]
    if places or len(held) == len(texts):
        return places
    found = _places([texts[n] for n in held], names, figures, body)
    aside = {n: (LOWER, names + figures) for n in range(len(texts)) if n not in held and found}
    return {held[n]: place for n, place in found.items()} | aside


def _written_out(texts: list[str], names: int, figures: int) -> dict[int, Place]:
    """The places of heads whose merged cells were written into each column: 乡镇 低保 低保 over
    乡镇 户数 人数, or over 户数 人数."""
    width = names + figures
    for levels in (3, 2):
        for lower in (width, figures):
            size = width + lower * (levels - 1)
            if len(texts) < size:
                continue
            at = len(texts) - size
            first = texts[at : at + width]
            rows = [texts[n : n + lower] for n in range(at + width, len(texts), lower)]
            named = lower == figures or all(row[:names] == first[:names] for row in rows)
            again = any(left == right for left, right in pairwise(first[names:]))
            if named and again and names_rows(first[0]) and len(set(rows[-1])) > 1:
                top = LOWER - levels + 1
                lowest = {
                    at + width + level * lower + n: (top + level + 1, width - lower + n)
                    for level in range(levels - 1)
                    for n in range(lower)
                }
                return {at + n: (top, n) for n in range(width)} | lowest
    return {}


def _partly_written_out(texts: list[str], names: int, figures: int) -> dict[int, Place]:
    """The places of heads of which those that stand over several columns were written into each of them, and
    the others stand in one line alone: 县区 孤儿 孤儿 留守儿童 over 集中养育 社会散居."""
    width = names + figures
    for at in range(len(texts) - width):
        first = texts[at : at + width]
        if not names_rows(first[0]):
            continue
        over = [
            n
            for n in range(names, width)
            if (n > names and first[n] == first[n - 1]) or (n + 1 < width and first[n] == first[n + 1])
        ]
        below = texts[at + width :]
        if over and len(over) < figures and len(below) == len(over):
            lower = {at + width + n: (LOWER, column) for n, column in enumerate(over)}
            return {at + n: (UPPER, n) for n in range(width)} | lower
    return {}


def _places(texts: list[str], names: int, figures: int, body: Figures = ()) -> dict[int, Place]:
    width = names + figures
    broken = _broken(texts, figures)
    if broken:
        whole = _places([*texts[: -2 * broken], *(texts[-2 * broken :: 2])], names, figures, body)
        # the first half of a head stands right above the second
        upper = {n: place for n, place in whole.items() if n < len(texts) - 2 * broken}
        halves = {n: place for n, place in whole.items() if n >= len(texts) - 2 * broken}
        firsts = {2 * n - (len(texts) - 2 * broken): (row - 1, column) for n, (row, column) in halves.items()}
        seconds = {n + 1: (LOWER, column) for n, (_, column) in firsts.items()}
        return {n: (row - 1, column) for n, (row, column) in upper.items()} | firsts | seconds
    start = _start(texts, names, width)
    if start is None:
        start = len(texts) - width
        lower = _rounds(texts, figures)
        if lower and len(texts) >= names + len(lower) + figures:
            start = len(texts) - figures - len(lower) - names
        # 火化遗体(具) further up is a head as well: those of the names stand before it
        if any(_with_unit(text) for text in texts[: max(start, 0)]):
            return {}
    if start < 0:
        return {}
    heads = texts[start:]
    wide = len(heads) - width
    # 人数 金额 人数 金额 with no name of the rows before them: upper heads stand further up
    if wide == 0 and not names_rows(heads[0]) and len(set(heads)) < width and start > 1:
        return {}
    if wide == 0:
        return {start + n: (LOWER, n) for n in range(width)}
    return {start + n: place for n, place in _levels(heads, names, figures, body).items()}


@lru_cache(maxsize=REMEMBERED)
def _with_unit(text: str) -> bool:
    """Whether a short text is a head with a unit: 火化遗体(具)."""
    found = re.search(r"^([^()]{2,10})(\([^()]+\))$", re.sub(r"\s", "", text))
    title = found and re.search(ends_in("names_table"), found[1])
    return bool(found and not title and re.match(unit_cell(), found[2]))


def _start(texts: list[str], names: int, width: int) -> int | None:
    """The first head: the last one that names what the rows are and leaves enough heads behind it."""
    for last in range(len(texts) - 1, -1, -1):
        if names_rows(texts[last]):
            first = last
            while (
                len(texts) - first != width
                and first
                and last - first < names - 1
                and names_rows(texts[first - 1])
            ):
                first -= 1
            if len(texts) - first >= width:
                return first
    return None


def _homes_apart(texts: list[str]) -> set[int]:
    """Which heads are the second half of one that begins with 城市 or 农村: 城市 ⏎ 低保 ⏎ 农村 ⏎ 低保."""
    return {
        m
        for n, (first, second, third, fourth) in enumerate(
            zip(texts, texts[1:], texts[2:], texts[3:], strict=False)
        )
        if second == fourth and first != third and {first, third} <= _homes() and second not in _homes()
        for m in (n + 1, n + 3)
        if not grouping.measures(second)
    }


@cache
def _homes() -> frozenset[str]:
    """城市, 农村: words that only say where."""
    return frozenset(r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] == "residence")


def _broken(texts: list[str], figures: int) -> int:
    """How many of the last heads are each broken over two lines: 城市低保 ⏎ 人数 ⏎ 农村低保 ⏎ 人数."""
    if len(texts) <= 2 * figures or figures < FEWEST_BROKEN:
        return 0
    halves = texts[-2 * figures :]
    firsts, seconds = halves[::2], halves[1::2]
    named = all(grouping.without_measure(text) and not names_rows(text) for text in firsts)
    alike = len(set(seconds)) == 1 and grouping.measures(seconds[0]) and len(set(firsts)) == figures
    return figures if named and alike else 0


def _rounds(texts: list[str], figures: int) -> list[int]:
    """Where each round of lower heads begins, where all of the last heads repeat themselves."""
    size = grouping.size_of_rounds(texts[-figures:])
    return list(range(0, figures, size)) if size and len(texts) >= figures else []


def _levels(heads: list[str], names: int, figures: int, body: Figures) -> dict[int, Place]:
    """Several levels of heads behind those of the names."""
    found = stacked(heads[names:], figures, body) or []
    rows = (TOP, UPPER, LOWER)[-len(found) :] if found else ()
    columns = [(row, column) for row, level in zip(rows, found, strict=True) for column in level]
    places = {names + n: (row, names + column) for n, (row, column) in enumerate(columns)}
    return {n: (rows[0], n) for n in range(names)} | places if places else {}


@lru_cache(maxsize=REMEMBERED)
def names_rows(text: str) -> bool:
    """Whether a head names what stands before the figures: 乡镇, 指标名称, 序号."""
    bare = re.sub(r"\s", "", text)
    named = rf"^.{{0,8}}{ends_in('stub')}|{ends_in('code')}|{pattern('stub_alone')}"
    return bare in frame_words("row_number") or bool(re.search(named, bare))
