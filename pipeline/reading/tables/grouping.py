"""Which lower heads stand under which of fewer upper ones, where no border tells: by what belongs together.

低保标准 特困人员 护理标准 over 2021年 2022年 基本生活 全自理: years go with years, what shares its words goes
together, no head stands over the same word twice or with a unit over other units, and homes (城市 农村) stand
under people and money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from statistics import median

from pipeline.reading.tables.words import (
    DATE,
    SCALE,
    YEAR,
    either,
    ends_in,
    frame_words,
    unit_cell,
    unit_words,
)
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

TORN, TWICE, TWO_UNITS, UNMEASURED, MISPLACED = 1.0, 3.0, 2.0, 1.0, 1.0
PLAIN = 2  # strength of words that name a subject
NAMES = 3  # characters of an upper head that lower ones may hold
MOST = 14  # columns that are tried in all ways
WIDEST = 40  # columns that are tried by place
APART = 8.0  # characters that a head is off rather than part what belongs together
SHIFT = 0.3  # of a character, for each that all heads are off by
Span = tuple[float, float]
Groups = tuple[int, ...]  # how many columns each upper head stands over


@cache
def measures(text: str) -> bool:
    """Whether a head says how its figures count: 户数(户), 发放资金."""
    bare = re.sub(r"\s", "", text)
    strong = (row["pattern"] for row in vocabulary("tables/label_units.csv") if row["strength"] == "strong")
    return (
        bool(_unit(bare))
        or bool(re.search(pattern("cell_measure"), bare))
        or any(re.search(each, bare) for each in strong)
    )


@cache
def without_measure(text: str) -> str:
    """What a head names beside how it counts: 社区服务中心 of 社区服务中心(站)数(个)."""
    return re.sub(pattern("cell_measure"), "", re.sub(r"\s|\([^()]*\)", "", text))


@cache
def is_aside(text: str) -> bool:
    """Whether a head stands over remarks: 备注."""
    return bool(re.search(ends_in("aside"), re.sub(r"\s", "", text)))


@cache
def _unit(text: str) -> str:
    """The unit that a head states in brackets."""
    found = re.search(r"\(([^()]+)\)$", re.sub(r"\s", "", text))
    return found[1] if found and re.match(unit_cell(), found[1]) else ""


@cache
def _counts(text: str) -> str:
    """The unit that the words of a head say: 户 of 户数 and of 户; empty where they say none."""
    bare = re.sub(r"\s", "", text)
    if re.match(unit_cell(), bare):
        return bare
    rows = (row for row in vocabulary("tables/label_units.csv") if row["strength"] == "strong")
    return _unit(text) or next((row["unit"] for row in rows if re.search(row["pattern"], bare)), "")


@cache
def _kind(text: str) -> str:
    """What makes a lower head one of several: a time, town and country, a manner of support."""
    bare = _name(text)
    if re.search(f"{DATE}|{YEAR}", bare):
        return "time"
    if bare in frame_words("manner"):
        return "manner"
    fields = (
        row["field"]
        for row in vocabulary("tables/head_cues.csv")
        if row["word"] == bare and row["field"] in ("residence", "period", "status", "change")
    )
    field = next(fields, "")
    return "time" if field in ("period", "status", "change") else field


@cache
def _compares(text: str) -> bool:
    """Whether a head is of changes."""
    words = (row["word"] for row in vocabulary("tables/head_cues.csv") if row["value"] == "delta")
    return any(word in text for word in words)


@cache
def _of_people(unit: str) -> bool:
    """Whether a unit counts people or money: 万人, 元/人·月."""
    classes = {row["unit"]: row["class"] for row in vocabulary("numbers/units.csv")}
    words = (row for row in unit_words() if re.match(rf"{SCALE}?{re.escape(row['word'])}(?:$|[/·每])", unit))
    return any(classes.get(row["unit"]) in ("people", "money") for row in words)


@cache
def torn(left: str, right: str) -> float:
    """What it costs to part two lower heads side by side."""
    # 比上年同期% goes with what stands before it
    if _compares(right):
        return TORN
    kinds = _kind(left), _kind(right)
    if kinds[0] and kinds[0] == kinds[1]:
        return TORN
    if any(kinds) or measures(left) or measures(right):
        return 0.0
    return TORN if set(left) & set(right) else 0.0


def strained(upper: str, lower: Sequence[str]) -> float:
    """What it costs that an upper head stands over these lower ones."""
    twice = TWICE * (len(lower) - len(set(lower)))
    units = [unit for unit in map(_unit, lower) if unit]
    own = _unit(upper)
    two = TWO_UNITS if own and any(unit != own for unit in units) else 0.0
    # 户数 stands over no 人数
    said = _counts(upper)
    two = max(two, TWO_UNITS if said and any(_counts(text) not in ("", said) for text in lower) else 0.0)
    homes = own and not _of_people(own) and any(_kind(text) in ("residence", "manner") for text in lower)
    two += MISPLACED if homes else 0.0
    told = any(map(measures, lower))
    bare = UNMEASURED * sum(not measures(text) for text in lower) if told or not measures(upper) else 0.0
    return twice + two + bare


@cache
def _of_kinds(text: str) -> bool:
    """Whether a head names kinds, which stand below it: 对象类别(人)."""
    return bool(re.search(ends_in("kinds"), re.sub(r"[\s:]", "", text)))


@cache
def _things() -> frozenset[str]:
    """The words that name a subject by themselves: 结婚登记, not 机构 or 床位."""
    rows = vocabulary("subjects/subject_words.csv")
    return frozenset(
        row["word"] for row in rows if int(row["strength"]) >= PLAIN and not row["subject"].startswith("*")
    )


@cache
def _whole(text: str) -> bool:
    """Whether a head says by itself what is counted and how: 社区服务中心(个), 合计金额."""
    bare = without_measure(text)
    size = len(bare)
    named = any(bare[n:m] in _things() for n in range(size) for m in range(n + 2, size + 1))
    manner = any(word in bare for word in frame_words("manner"))
    summed = bool(re.match(either(frame_words("total")), bare))
    return measures(text) and (summed or (named and not manner))


def stacked(upper_and_lower: Sequence[str], wide: int, known: int | None = None) -> tuple[int, Groups] | None:
    """How many heads of a stack are upper ones, and how many columns each stands over; `wide` of the upper
    ones stand over two or more. None where no way, or no one way, stands out. `known`: how many are upper.
    """
    heads = list(upper_and_lower)
    columns = len(heads) - wide
    if not 0 < wide <= 4 or not 2 * wide <= columns <= MOST:
        return None
    ways: dict[tuple[int, Groups], float] = {}
    for count in [known] if known is not None else range(wide, len(heads) - 2 * wide + 1):
        upper, lower = heads[:count], heads[count:]
        for over in combinations(range(count), wide):
            alone = [upper[n] for n in range(count) if n not in over]
            narrow = [MISPLACED * (_of_kinds(n) or not (known or _whole(n))) for n in alone]
            for sizes in _parted(len(lower), wide):
                by_head = dict(zip(over, sizes, strict=True))
                groups = tuple(by_head.get(n, 1) for n in range(count))
                cost = sum(narrow) + _cost([upper[n] for n in over], lower, sizes)
                whole = 0 if known else sum(map(_whole, lower))
                ways[count, groups] = cost + MISPLACED * whole
    best, *others = sorted(ways, key=lambda way: ways[way]) or [(0, ())]
    if best not in ways or ways[best] >= TORN or (others and ways[others[0]] - ways[best] < TORN):
        return None
    return best


def _parted(total: int, count: int) -> Iterator[Groups]:
    """All ways to part so many columns into so many groups of two or more."""
    for cuts in combinations(range(2, total - 1), count - 1):
        sizes = tuple(end - start for start, end in zip((0, *cuts), (*cuts, total), strict=True))
        if min(sizes) >= 2:
            yield sizes


def _cost(upper: Sequence[str], lower: Sequence[str], sizes: Groups) -> float:
    cost, start = 0.0, 0
    for head, size in zip(upper, sizes, strict=True):
        cost += strained(head, lower[start : start + size])
        before, start = lower[start : start + size], start + size
        # 城市 农村 | 城市 农村: what comes again begins a group, whatever it is of
        again = start < len(lower) and _name(lower[start]) in map(_name, before)
        cost += torn(lower[start - 1], lower[start]) if start < len(lower) and not again else 0.0
        # what the first group begins with begins each
        cost += TORN * (_name(lower[0]) in map(_name, before[1:]))
        # 农村分散供养 stands under 分散供养
        others = [without_measure(text) for text in upper if text != head]
        cost += TWICE * sum(name in text for text in before for name in others if len(name) >= NAMES)
    return cost


@cache
def _name(text: str) -> str:
    """A head without the unit in brackets behind it: 城市(元/月) and 城市(元/年) are both of towns."""
    return re.sub(r"\s|\([^()]*\)$", "", text)


def by_place(heads: Sequence[Span], columns: Sequence[Span], lower: Sequence[str]) -> list[int] | None:
    """The first column under each upper head, by the places of both (where they begin and end) and what
    belongs together; None where there are more heads than columns or too many of either.

    A line of heads may be off as a whole, where its characters are wider than whoever set it thought.
    """
    if not 0 < len(heads) <= len(columns) <= WIDEST:
        return None
    between = median(map(_middle, columns)) - median(map(_middle, heads))
    offs = {off + step for off in (0.0, between) for step in range(-12, 13, 2)}
    ways = (_segments(heads, columns, lower, off) for off in offs)
    return min(ways)[1]


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _segments(
    heads: Sequence[Span], columns: Sequence[Span], lower: Sequence[str], off: float
) -> tuple[float, list[int]]:
    """The cheapest way to part the columns, where all heads are off by so many characters."""
    n = len(columns)
    parts = [APART * torn(left, right) for left, right in pairwise(lower)]
    # names to the left of all heads have none
    bare = sum(right < heads[0][0] for _, right in columns[: n - len(heads)])
    ways: dict[int, tuple[float, list[int]]] = {n: (SHIFT * abs(off), []) for n in range(bare + 1)}
    for place, head in enumerate(heads):
        left = len(heads) - place - 1
        later: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, starts) in ways.items():
            for end in range(start + 1, n - left + 1) if left else (n,):
                over = (columns[start][0], columns[end - 1][1])
                # in the middle of its columns or at their left edge
                far = min(abs(_middle(over) - _middle(head) - off), abs(over[0] - head[0] - off))
                more = far + (parts[end - 1] if end < n and parts else 0.0)
                more += APART * (len(lower[start:end]) - len(set(lower[start:end]))) if lower else 0.0
                if end not in later or cost + more < later[end][0]:
                    later[end] = (cost + more, [*starts, start])
        ways = later
    return ways[n]
