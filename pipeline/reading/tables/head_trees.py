"""Which heads stand over which, where merged cells left no trace: levels of heads as texts in order.

集中供养 分散供养 over 户数 人数 金额 农村 城市 金额 over 户 人 户 人: a head is a leaf or takes the next two
or more of the level below, and all leaves are as many as the columns. Of the ways to do so the one that costs
least by its words (`grouping`) and by sums of its columns holds, where no other comes near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.reading.tables import grouping

KEPT = 24  # ways that are kept of those that end alike
MOST_STEPS = 1_000_000  # of a level, a second: of wide heads fewer ways are kept, or none are sought
FEWEST_SUMMED, SHARE_SUMMED = 2, 0.8  # rows whose parts make the total; of those that have one
SUMMED = 0.5  # what a column is worth that is the sum of its sisters
WIDEST = 40  # columns

Sizes = tuple[int, ...]  # how many heads of the level below each takes, 0 for a leaf
Way = tuple[float, tuple[Sizes, ...]]
Levels = Sequence[Sequence[str]]
Figures = Sequence[Sequence[float | None]]  # of each column


class Placed(NamedTuple):
    """The first column of each head of each level (None where ways differ), and the columns over which they
    do."""

    heads: list[list[int | None]]
    unsure: list[int]


def place_heads(
    levels: Levels, columns: int, spans: Sequence[int] = (), figures: Figures = ()
) -> Placed | None:
    """Where the heads of known levels stand; None where there is no way that makes sense.

    `spans`: how many columns each head of the first level is known to stand over; `figures`: of each column,
    the rows of the body.
    """
    if len(levels) > 1 and len(levels[0]) == 1:
        # 2023年9月末 over all of them leaves no choice
        below = levels[1:]
        if len(below) == 1:
            return Placed([[0], [*range(columns)]], []) if len(below[0]) == columns else None
        placed = place_heads(below, columns, (), figures)
        return Placed([[0], *placed.heads], placed.unsure) if placed else None
    wide = sum(map(len, levels)) - columns
    if wide < 1 or not len(levels) > 1 or columns > WIDEST:
        return None
    ways, rounds = [], []
    found = _ways(levels, wide, spans, known=True)
    for cost, sizes in found:
        again = _in_rounds(levels, sizes)
        if cost - found[0][0] > grouping.TORN + SUMMED * columns and not again:
            continue  # sums of its columns would not bring it near
        tree = _columns(levels, sizes)
        if _spanned(tree[0], columns, spans):
            ways.append((cost - SUMMED * _summed(levels, tree, columns, figures), tree))
            rounds += ways[-1:] * again
    # what comes again whole tells more than words do
    near = _near(ways) or _near(rounds, sound=False)
    if not near:
        return None
    heads = [
        [at[0] if len(set(at)) == 1 else None for at in zip(*level, strict=True)]
        for level in zip(*near, strict=True)
    ]
    paths = [[_path(tree, column, columns) for column in range(columns)] for tree in near]
    unsure = [column for column in range(columns) if len({path[column] for path in paths}) > 1]
    return Placed(heads, unsure)


def stacked(heads: Sequence[str], columns: int) -> list[list[int]] | None:
    """The columns of heads of which nothing tells where a level ends, level by level; None where no way, or
    no one way, stands out."""
    wide = len(heads) - columns
    if wide < 1 or columns > WIDEST:
        return None
    for depth in (2, 3):
        ways = [
            (cost, levels, sizes)
            for levels in _cuts(heads, depth)
            if depth == 2 or _round(levels[-1])
            for cost, sizes in _ways(levels, wide, (), known=False)
        ]
        rounds = [way for way in ways if _in_rounds(*way[1:])]
        for told, sound in ((ways, True), (rounds, False)):
            near = _near([(cost, _columns(levels, sizes)) for cost, levels, sizes in told], sound)
            if len(near) == 1 and (depth == 2 or not sound):
                return near[0]
    return None


def _in_rounds(levels: Levels, sizes: tuple[Sizes, ...]) -> bool:
    """Whether the lowest heads come again and again (户数 人数 户数 人数) below as many each; of three levels
    no upper head stands over one column."""
    taken = [[size for size in level if size] for level in sizes]
    even = all(len(set(level)) == 1 and len(level) > 1 for level in taken)
    whole = len(sizes) == 1 or all(min(level) > 1 for level in sizes)
    return even and whole and max(taken[-1]) == _round(levels[-1])


def _round(heads: Sequence[str]) -> int:
    """How many heads come again and again, two or more; 0 where they do not."""
    size = grouping.size_of_rounds(heads)
    return size if size > 1 else 0


def _cuts(heads: Sequence[str], depth: int) -> Iterator[Levels]:
    for end in range(1, len(heads) - 1):
        if depth == 2:
            yield heads[:end], heads[end:]
        else:
            yield from ((heads[:end], *below) for below in _cuts(heads[end:], depth - 1))


def _near(ways: list[tuple[float, list[list[int]]]], sound: bool = True) -> list[list[list[int]]]:
    """The different ways that cost about as little as the best; of `sound` ones none that costs much."""
    best = min((cost for cost, _ in ways), default=grouping.TORN)
    near: list[list[list[int]]] = []
    for cost, tree in ways:
        if cost - best < grouping.TORN and tree not in near:
            near.append(tree)
    return near if best < grouping.TORN or not sound else []


def _ways(levels: Levels, wide: int, spans: Sequence[int], known: bool) -> list[Way]:
    """The cheapest ways in which `wide` heads stand over others, the cheapest first; built from below."""
    built: dict[int, list[Way]] = {0: [(0.0, ())]}  # by how many heads stand over others
    for level in range(len(levels) - 1, 0, -1):
        top, higher = level == 1, dict[int, list[Way]]()
        kept = MOST_STEPS // (wide * _steps(levels[level - 1], levels[level]))
        if len(built) > 1:
            built = {count: ways[:kept] for count, ways in built.items()}
        for count, ways in built.items():
            for cost, below in ways:
                told = frozenset(n for n, size in enumerate(below[0]) if size) if below else frozenset()
                over = _over(
                    levels[level - 1], levels[level], wide - count, told, spans if top else (), known
                )
                for n, found in over.items():
                    higher.setdefault(count + n, []).extend((cost + c, (s, *below)) for c, s in found)
        built = {count: sorted(ways)[: None if top else KEPT] for count, ways in higher.items()}
    return built.get(wide, [])


def _steps(upper: Sequence[str], lower: Sequence[str]) -> int:
    """How many steps `_over` takes at most for each way that is kept."""
    return len(upper) ** 2 * len(lower) ** 2


def _over(
    upper: Sequence[str],
    lower: Sequence[str],
    most: int,
    told: frozenset[int],
    spans: Sequence[int],
    known: bool,
) -> dict[int, list[tuple[float, Sizes]]]:
    """By how many heads stand over others, the cheapest ways to give them all lower ones. `told`: the lower
    heads that stand over some themselves."""
    size = len(lower)
    single = grouping.EACH_SINGLE if known and most == len(upper) else grouping.SINGLE
    parts = [grouping.torn(left, right) for left, right in pairwise(lower)]
    names = [grouping.without_unit(text) for text in lower]
    measured = tuple(n in told or grouping.measures(text) for n, text in enumerate(lower))
    lower = tuple(lower)
    whole = 0.0 if known else grouping.MISPLACED * sum(map(grouping.whole, lower))
    # 集中供养 and 分散供养 are of one level
    whole += 0.0 if known else grouping.TWICE * grouping.of_one_kind(upper[-1], lower[0])
    ways: dict[tuple[int, int], list[tuple[float, Sizes]]] = {(0, 0): [(whole, ())]}
    for place, head in enumerate(upper):
        later: dict[tuple[int, int], list[tuple[float, Sizes]]] = {}
        others = (*upper[:place], *upper[place + 1 :])
        alone = grouping.narrow(head, known)
        span = spans[place] if spans else 0
        costs: dict[int, list[tuple[int, float]]] = {}  # of the lower heads from one to another, by the first
        for (start, count), before in ways.items():
            if span <= 1:
                _go_on(later, (start, count), before, alone, 0)
            if count == most or span == 1:
                continue
            if start not in costs:
                costs[start] = []
                ends = (
                    range(start + 1, size + 1)
                    if not span
                    else range(start + span, min(start + span, size) + 1)
                )
                for end in ends:
                    cost = grouping.strained(head, lower[start:end], measured[start:end], others, known)
                    # 城市 农村 | 城市 农村: what comes again begins a group, whatever it is of
                    again = end < size and names[end] in names[start:end]
                    cost += parts[end - 1] if end < size and not again else 0.0
                    cost += single if end - start == 1 and not grouping.breaks_off(head) else 0.0
                    cost -= grouping.OPENS if known and start and names[start] == names[0] else 0.0
                    costs[start].append((end, cost))
            for end, cost in costs[start]:
                _go_on(later, (end, count + 1), before, cost, end - start)
        ways = {state: _likely(found) for state, found in later.items()}
    return {count: found for (taken, count), found in ways.items() if taken == size}


def _go_on(
    later: dict[tuple[int, int], list[tuple[float, Sizes]]],
    state: tuple[int, int],
    before: list[tuple[float, Sizes]],
    cost: float,
    size: int,
) -> None:
    """Add the ways of a state, the cheapest first, with one head more, unless none could be likely there."""
    found = later.setdefault(state, [])
    first = before[0][0] + cost
    if found and first - found[0][0] >= grouping.TORN:
        return
    more = [(c + cost, (*sizes, size)) for c, sizes in before if c + cost - first < grouping.TORN]
    if found and first < found[0][0]:
        found[:0] = more  # the cheapest stands first
    else:
        found.extend(more)


def _likely(ways: list[tuple[float, Sizes]]) -> list[tuple[float, Sizes]]:
    """Of ways that end alike those that may still be near the best."""
    least = ways[0][0]
    return sorted(way for way in ways if way[0] - least < grouping.TORN)[:KEPT]


def _columns(levels: Levels, sizes: tuple[Sizes, ...]) -> list[list[int]]:
    """The first column of each head."""
    widths: list[list[int]] = [[1] * len(levels[-1])]
    for taken in reversed(sizes):
        below, at, here = widths[0], 0, []
        for size in taken:
            here.append(sum(below[at : at + size]) or 1)
            at += size
        widths.insert(0, here)
    starts, at = [], 0
    for width in widths[0]:
        starts.append(at)
        at += width
    placed = [starts]
    for taken, below in zip(sizes, widths[1:], strict=True):
        lower, n = [], 0
        for size, start in zip(taken, placed[-1], strict=True):
            for width in below[n : n + size]:
                lower.append(start)
                start += width
            n += size
        placed.append(lower)
    return placed


def _spanned(starts: Sequence[int], columns: int, spans: Sequence[int]) -> bool:
    ends = [*starts[1:], columns]
    return not spans or [end - start for start, end in zip(starts, ends, strict=True)] == list(spans)


def _path(tree: Sequence[Sequence[int]], column: int, columns: int) -> tuple[int, ...]:
    """Which head of each level stands over a column; -1 where one above it is a leaf."""
    path: list[int] = []
    start, end = 0, columns
    for level in tree:
        inside = [n for n, at in enumerate(level) if start <= at <= column and at < end]
        path.append(inside[-1] if inside else -1)
        if inside:
            start = level[inside[-1]]
            end = min([at for at in level if at > start], default=end)
    return tuple(path)


def _summed(levels: Levels, tree: Sequence[Sequence[int]], columns: int, figures: Figures) -> int:
    """How many columns below a total are the sum of their sisters of the same name."""
    if not figures:
        return 0
    paths = [_path(tree, column, columns) for column in range(columns)]
    leaves = [grouping.counted(levels[_depth(path)][path[_depth(path)]]) for path in paths]
    summed = [grouping.is_total(levels[0][path[0]]) for path in paths]
    found = 0
    for column, leaf in enumerate(leaves):
        parts = [n for n, other in enumerate(leaves) if other == leaf and not summed[n]]
        if summed[column] and len(parts) > 1:
            found += _adds(figures[column], [figures[n] for n in parts])
    return found


def _depth(path: tuple[int, ...]) -> int:
    return max(level for level, head in enumerate(path) if head >= 0)


def _adds(total: Sequence[float | None], parts: Figures) -> bool:
    rows = [(whole, sum(filter(None, row))) for whole, *row in zip(total, *parts, strict=True) if whole]
    right = sum(abs(whole - made) < 0.011 * len(parts) for whole, made in rows)
    return right >= max(FEWEST_SUMMED, SHARE_SUMMED * len(rows))
