"""Which columns stand under which of fewer upper heads, by where they stand and what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.reading.tables.heads.grouping import compares, kind_of, torn, without_measure, without_unit

WIDEST = 40  # columns that are tried by place
APART = 8.0  # characters that a head is off rather than part what belongs together
SHIFT = 0.3  # of a character, for each that all heads are off by
Span = tuple[float, float]


def by_place(
    heads: Sequence[Span], columns: Sequence[Span], lower: Sequence[str], names: Sequence[str] = ()
) -> list[int] | None:
    """The first column under each upper head, by the places of both (where they begin and end) and what
    belongs together (`lower`, `names`: what the lower and the upper heads say); None where there are more
    heads than columns or too many of either.

    A line of heads may be off as a whole, where its characters are wider than whoever set it thought.
    """
    if not 0 < len(heads) <= len(columns) <= WIDEST:
        return None
    between = median(map(_middle, columns)) - median(map(_middle, heads))
    offs = {off + step for off in (0.0, between) for step in range(-12, 13, 2)}
    strange = [[_strange(name, text, names) for text in lower] for name in names]
    # 增减 and % below 比上年 are its own, not of what stands before them
    own = [[compares(name) and compares(text) for text in lower] for name in names]
    ways = (_segments(heads, columns, lower, off, strange, own) for off in offs)
    return min(ways)[1]


def _strange(name: str, text: str, others: Sequence[str]) -> bool:
    """Whether a lower head has two letters together that another upper head has, and none of its own:
    集中养育 is of 孤儿基本生活养育标准, not of 特困人员照料护理标准, and 上年同期 not of 比上年同期±%."""
    if compares(name) and kind_of(text) == "time" and not compares(text):
        return True
    bare = without_measure(without_unit(text))
    pairs = {bare[n : n + 2] for n in range(len(bare) - 1)}
    return any(pair in other for pair in pairs for other in others) and not any(
        pair in name for pair in pairs
    )


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _segments(
    heads: Sequence[Span],
    columns: Sequence[Span],
    lower: Sequence[str],
    off: float,
    strange: Sequence[Sequence[bool]],
    own: Sequence[Sequence[bool]],
) -> tuple[float, list[int]]:
    """The cheapest way to part the columns, where all heads are off by so many characters. By upper and lower
    head: whether the lower one has words of another (`strange`), and whether both compare (`own`)."""
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
                begun = end == n or not parts or (bool(own) and own[place + 1][end])
                more = far + (0.0 if begun else parts[end - 1])
                more += APART * (len(lower[start:end]) - len(set(lower[start:end]))) if lower else 0.0
                more += APART * sum(strange[place][start:end]) if strange and lower else 0.0
                if end not in later or cost + more < later[end][0]:
                    later[end] = (cost + more, [*starts, start])
        ways = later
    return ways[n]
