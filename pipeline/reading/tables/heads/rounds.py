"""Lower heads that come again and again below upper ones: 户数 人数 户数 人数."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.sums import Levels

Sizes = tuple[int, ...]  # how many heads of the level below each takes, 0 for a leaf


def in_rounds(levels: Levels, sizes: tuple[Sizes, ...]) -> bool:
    """Whether the lowest heads come again and again (户数 人数 户数 人数) below as many each; of three levels
    no upper head stands over one column."""
    taken = [[size for size in level if size] for level in sizes]
    even = all(len(set(level)) == 1 and len(level) > 1 for level in taken)
    if len(sizes) == 1 and not even:
        return _in_short_rounds(levels[-1], sizes[0])
    whole = len(sizes) == 1 or all(min(level) > 1 for level in sizes)
    return even and whole and max(taken[-1]) == round_of(levels[-1])


def _in_short_rounds(lowest: Sequence[str], sizes: Sizes) -> bool:
    """Whether the last group alone lacks the end of what comes again: 户数 人数 金额 | 户数 人数 金额 |
    户数 人数."""
    *others, last = sizes
    size = others[0] if others else 0
    names = list(map(grouping.without_unit, lowest))
    again = all(name == names[n % size] for n, name in enumerate(names)) if size > 1 else False
    return again and len(others) > 1 and set(others) == {size} and 1 < last < size and len(set(names)) == size


def round_of(heads: Sequence[str]) -> int:
    """How many heads come again and again, two or more; 0 where they do not."""
    size = grouping.size_of_rounds(heads)
    return size if size > 1 else 0
