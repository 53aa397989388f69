"""Heads of several rows over a last one of units: each unit in brackets is of one head, the words between
are below one together.

受灾 | 农作物(亩) | 房屋 over 村 | blank | 倒塌 | 损坏 over (个) | 受灾 | 绝收 | 户 | 间 | 户 | 间
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, pairwise

from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.sums import Levels
from pipeline.reading.tables.heads.trees import Placed
from pipeline.reading.tables.words import unit_cell

FEWEST = 2  # units in brackets
MOST_HEADS = 12


def place_by_units(levels: Levels, columns: int, own: Sequence[int] = ()) -> Placed | None:
    """The first column of each head of two or three levels; None where the units leave a choice.

    `own`: in which columns the heads of the first level stand, where blanks between them tell so roughly.
    """
    if not 1 < len(levels) < 4 or len(levels[-1]) != columns:
        return None
    groups = _groups(levels[-1])
    if not groups or len(groups) != len(levels[-2]):
        return None
    starts: list[int | None] = [group.start for group in groups]
    each: list[int | None] = [*range(columns)]
    if len(levels) == 2:
        return Placed([starts, each], [])
    many = len(levels[0])
    first = _sisters(levels[-1], groups) if not own else _nearest([group.start for group in groups], own)
    if first is None or len(first) != many:
        return None
    return Placed([[starts[n] for n in first], starts, each], [])


def _groups(lowest: Sequence[str]) -> list[range]:
    """The columns below each head; none where few are units."""
    units = [bool(re.match(r"^\(", text) and re.match(unit_cell(), text)) for text in lowest]
    if sum(units) < FEWEST:
        return []
    return [*_cut(lowest, units)]


def _cut(lowest: Sequence[str], units: Sequence[bool]) -> Iterator[range]:
    for unit, run in groupby(range(len(lowest)), key=units.__getitem__):
        at = [*run]
        size = 1 if unit else grouping.size_of_rounds([lowest[n] for n in at])
        # 受灾 | 绝收 | 户 | 间 | 户 | 间: what comes again begins behind what does not
        lead = 0
        while not size and lead < len(at) - 2:
            lead += 1
            size = grouping.size_of_rounds([lowest[n] for n in at[lead:]])
        if not size:
            yield range(at[0], at[-1] + 1)
            continue
        if lead:
            yield range(at[0], at[lead])
        yield from (range(n, n + size) for n in at[lead::size])


def _sisters(lowest: Sequence[str], groups: Sequence[range]) -> list[int]:
    """Which groups begin what stands below one upper head: those of the same several words are sisters."""
    below = [[lowest[n] for n in group] for group in groups]
    same = [len(right) > 1 and left == right for left, right in pairwise(below)]
    return [n for n in range(len(groups)) if not n or not same[n - 1]]


def _nearest(starts: Sequence[int], own: Sequence[int]) -> list[int] | None:
    """The groups that begin nearest to where the upper heads stand; None where two ways are as near."""
    if len(starts) > MOST_HEADS or len(own) > len(starts):
        return None
    ways = [(0, *way) for way in combinations(range(1, len(starts)), len(own) - 1)]
    far = sorted((sum(abs(starts[n] - at) for n, at in zip(way, own, strict=True)), way) for way in ways)
    return [*far[0][1]] if far and (len(far) == 1 or far[0][0] < far[1][0]) else None
