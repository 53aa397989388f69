"""Where the heads of a grid stand that was copied cell by cell, a line each.

地区 城市低保 农村低保 户数 人数 户数 人数: the lower heads come behind the upper ones, and nothing but their
words tells which of the upper ones are wide.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.reading.tables.words import ends_in, frame_words, unit_cell
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

UPPER, LOWER = 998, 999  # rows of heads, above all rows of the body
Place = tuple[int, int]


def head_places(texts: list[str], names: int, figures: int) -> dict[int, Place]:
    """Row and column of each head, by its place among `texts` (all cells before the first row).

    `names` columns hold names (with a number of the row, if any), `figures` figures. Empty where nothing
    tells which head stands over which column. Heads of remarks may stand over no column.
    """
    places = _places(texts, names, figures)
    held = [n for n, text in enumerate(texts) if not _aside(text)]
    if places or len(held) == len(texts):
        return places
    found = _places([texts[n] for n in held], names, figures)
    aside = {n: (LOWER, names + figures) for n in range(len(texts)) if n not in held and found}
    return {held[n]: place for n, place in found.items()} | aside


def _places(texts: list[str], names: int, figures: int) -> dict[int, Place]:
    width = names + figures
    start = _start(texts, names, width)
    if start is None:
        start = len(texts) - width
        lower = _rounds(texts, figures)
        if lower and len(texts) >= names + len(lower) + figures:
            start = len(texts) - figures - len(lower) - names
    if start < 0:
        return {}
    heads = texts[start:]
    wide = len(heads) - width
    if wide == 0:
        return {start + n: (LOWER, n) for n in range(width)}
    return {start + n: place for n, place in _two_rows(heads, names, wide).items()}


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


def _rounds(texts: list[str], figures: int) -> list[int]:
    """Where each round of lower heads begins, where all of the last heads repeat themselves."""
    lower = texts[-figures:]
    size = len(set(lower))
    if len(lower) < figures or size == figures or figures % size or lower != lower[:size] * (figures // size):
        return []
    return list(range(0, figures, size))


def _two_rows(heads: list[str], names: int, wide: int) -> dict[int, Place]:
    """`wide` of the upper heads stand over a round of lower ones each; those that name no measure do."""
    if wide < 2:
        return {}
    for size in range(2, (len(heads) - names - wide) // wide + 1):
        upper, lower = heads[: -size * wide], heads[-size * wide :]
        if lower != lower[:size] * wide:
            continue
        open_ = [n for n in range(names, len(upper)) if not (_measures(upper[n]) or _aside(upper[n]))]
        if len(upper) - names == wide:
            open_ = list(range(names, len(upper)))
        if len(open_) != wide:
            continue
        places, column = {n: (UPPER, n) for n in range(names)}, names
        below = len(upper)
        for n in range(names, len(upper)):
            places[n] = (UPPER, column)
            for m in range(size if n in open_ else 0):
                places[below + m] = (LOWER, column + m)
            below, column = below + (size if n in open_ else 0), column + (size if n in open_ else 1)
        return places
    return {}


@cache
def names_rows(text: str) -> bool:
    """Whether a head names what stands before the figures: 乡镇, 指标名称, 序号."""
    bare = re.sub(r"\s", "", text)
    return bare in frame_words("row_number") or bool(re.search(f"^.{{0,8}}{ends_in('stub')}", bare))


def _aside(text: str) -> bool:
    """Whether a head stands over remarks: 备注."""
    return bool(re.search(ends_in("aside"), re.sub(r"\s", "", text)))


@cache
def _measures(text: str) -> bool:
    """Whether a head says how its figures count: 户数(户), 发放资金."""
    bare = re.sub(r"\s", "", text)
    unit = re.search(r"\(([^()]+)\)$", bare)
    if unit and re.match(unit_cell(), unit[1]):
        return True
    strong = (row["pattern"] for row in vocabulary("tables/label_units.csv") if row["strength"] == "strong")
    return bool(re.search(pattern("cell_measure"), bare)) or any(re.search(each, bare) for each in strong)
