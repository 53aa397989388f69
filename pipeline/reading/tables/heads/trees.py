"""Which heads stand over which, where merged cells left no trace: levels of heads as texts in order.

集中供养 分散供养 over 户数 人数 金额 农村 城市 金额 over 户 人 户 人: a head is a leaf or takes the next two
or more of the level below, and all leaves are as many as the columns. Of the ways to do so the one that costs
least by its words (`grouping`) and by sums of its columns holds, where no other comes near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.rounds import Sizes, in_rounds, round_of
from pipeline.reading.tables.heads.sums import Figures, Levels, path_of, summed

KEPT = 24  # ways that are kept of those that end alike
SUMMED = 0.5  # what a column is worth that is the sum of its sisters
WIDEST = 40  # columns
MOST_STEPS = 400_000  # of a level, a second: of wide heads fewer ways are kept, or none are sought

Way = tuple[float, tuple[Sizes, ...]]
Tree = tuple[float, list[list[int]]]  # cost, the first column of each head


class Placed(NamedTuple):
    """The first column of each head of each level (None where ways differ), and the columns over which they
    do."""

    heads: list[list[int | None]]
    unsure: list[int]


def place_heads(
    levels: Levels,
    columns: int,
    spans: Sequence[int] = (),
    figures: Figures = (),
    blanks: Levels = (),
) -> Placed | None:
    """Where the heads of known levels stand; None where there is no way that makes sense.

    `spans`: how many columns each head of the first level is known to stand over; `figures`: of each column,
    the rows of the body; `blanks`: the levels with an empty text below each head that goes on further down.
    """
    if len(levels) > 1 and len(levels[0]) == 1:
        # 2023年9月末 over all of them leaves no choice
        below = levels[1:]
        if len(below) == 1 or blanks:
            whole = len(below[0]) == columns and len(below) == 1
            return Placed([[0], [*range(columns)]], []) if whole else None
        placed = place_heads(below, columns, (), figures)
        return Placed([[0], *placed.heads], placed.unsure) if placed else None
    wide = sum(map(len, levels)) - columns
    if wide < 1 or not len(levels) > 1 or columns > WIDEST:
        return None
    ways, rounds = _trees(levels, columns, spans, figures, blanks)
    # 合计 in two merged rows: what stands below it stands two rows further down
    for place in {0, len(levels[0]) - 1} if len(levels) > 2 and not blanks else ():
        if grouping.is_total(levels[0][place]):
            at = len(levels[1]) if place else 0
            deeper = [levels[0], [*levels[1][:at], levels[0][place], *levels[1][at:]], *levels[2:]]
            for told, more in zip((ways, rounds), _trees(deeper, columns, spans, figures), strict=True):
                told += [
                    (cost, [tree[0], [*tree[1][:at], *tree[1][at + 1 :]], *tree[2:]]) for cost, tree in more
                ]
    # what comes again whole tells more than words do
    near = _near(ways) or _near(rounds, sound=False)
    if not near:
        return None
    heads = [
        [at[0] if len(set(at)) == 1 else None for at in zip(*level, strict=True)]
        for level in zip(*near, strict=True)
    ]
    paths = [[path_of(tree, column, columns) for column in range(columns)] for tree in near]
    unsure = [column for column in range(columns) if len({path[column] for path in paths}) > 1]
    return Placed(heads, unsure)


def _trees(
    levels: Levels, columns: int, spans: Sequence[int], figures: Figures, blanks: Levels = ()
) -> tuple[list[Tree], list[Tree]]:
    """The ways to set heads over columns with what they cost, and those among them that come in rounds."""
    ways, rounds = [], []
    wide = sum(map(len, levels)) - columns
    found = _ways(levels, wide, spans, known=True)
    found = [way for way in found if _leaves_blanks(blanks, way[1])] if blanks else found
    for cost, sizes in found:
        again = in_rounds(levels, sizes)
        if cost - found[0][0] > grouping.TORN + SUMMED * columns and not again:
            continue  # sums of its columns would not bring it near
        tree = _columns(levels, sizes)
        if _spanned(tree[0], columns, spans):
            ways.append((cost - SUMMED * summed(levels, tree, columns, figures), tree))
            rounds += ways[-1:] * again
    return ways, rounds


def _leaves_blanks(blanks: Levels, sizes: tuple[Sizes, ...]) -> bool:
    """Whether heads that take none of the level below are those with a blank there."""
    row = list(blanks[0])
    for taken, below in zip(sizes, blanks[1:], strict=True):
        size, lower = iter(taken), iter(filter(None, below))
        took = [next(size) if text else 0 for text in row]
        row = [text for n in took for text in ([next(lower) for _ in range(n)] or [""])]
        held = list(below)
        if row[: len(held)] != held or any(row[len(held) :]):
            return False
    return True


def stacked(heads: Sequence[str], columns: int, figures: Figures = ()) -> list[list[int]] | None:
    """The columns of heads of which nothing tells where a level ends, level by level; None where no way, or
    no one way, stands out. `figures`: of each column, the rows of the body."""
    wide = len(heads) - columns
    if wide < 1 or columns > WIDEST:
        return None
    for depth in (2, 3):
        ways = [
            (cost, levels, sizes)
            for levels in _cuts(heads, depth)
            if depth == 2 or round_of(levels[-1])
            for cost, sizes in _ways(levels, wide, (), known=False)
        ]
        rounds = [way for way in ways if in_rounds(*way[1:])]
        for told, sound in ((ways, True), (rounds, False)):
            trees = [(cost, levels, _columns(levels, sizes)) for cost, levels, sizes in told]
            near = _near(
                [
                    (cost - SUMMED * summed(levels, tree, columns, figures), tree)
                    for cost, levels, tree in trees
                ],
                sound,
            )
            if len(near) == 1 and (depth == 2 or not sound):
                return near[0]
    return None


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
        upper, lower, top = levels[level - 1], levels[level], level == 1
        higher: dict[int, list[Way]] = {}
        kept = MOST_STEPS // (wide * len(upper) ** 2 * len(lower) ** 2) if len(built) > 1 else 1
        for count, ways in built.items():
            for cost, below in ways[:kept]:
                told = frozenset(n for n, size in enumerate(below[0]) if size) if below else frozenset()
                for n, found in _over(upper, lower, wide - count, told, spans if top else (), known).items():
                    higher.setdefault(count + n, []).extend((cost + c, (s, *below)) for c, s in found)
        built = {count: sorted(ways)[: None if top else KEPT] for count, ways in higher.items()}
    return built.get(wide, [])


def _over(
    upper: Sequence[str],
    lower: Sequence[str],
    most: int,
    told: frozenset[int],
    spans: Sequence[int],
    known: bool,
) -> dict[int, list[tuple[float, Sizes]]]:
    """By how many heads stand over others, the cheapest ways to give them all lower ones."""
    size = len(lower)
    single = grouping.EACH_SINGLE if known and most == len(upper) else grouping.SINGLE
    parts = [grouping.torn(left, right) for left, right in pairwise(lower)]
    names = [grouping.without_unit(text) for text in lower]
    led = [n in told for n in range(size)]
    measured = [n in told or grouping.measures(text) for n, text in enumerate(lower)]
    # (元) among other lower heads is the rest of one upper head
    units = [grouping.only_unit(text) for text in lower]
    units = units if not all(units) else [False] * size
    whole = 0.0 if known else grouping.MISPLACED * sum(map(grouping.whole, lower))
    # 集中供养 and 分散供养 are of one level
    whole += 0.0 if known else grouping.TWICE * grouping.of_one_kind(upper[-1], lower[0])

    def price(head: str, start: int, end: int, others: Sequence[str]) -> float:
        own, told = lower[start:end], measured[start:end]
        cost = grouping.strained(head, own, told, others, known, led[start:end])
        # 城市 农村 | 城市 农村: what comes again begins a group, whatever it is of
        again = end < size and names[end] in names[start:end]
        cost += parts[end - 1] if end < size and not again else 0.0
        # 合计 in two merged rows
        again_below = grouping.is_total(head) and list(own) == [head]
        alone = end - start == 1 and not (grouping.breaks_off(head) or again_below or units[start])
        cost += grouping.TWICE * (end - start > 1 and any(units[start:end]))
        cost += single if alone else 0.0
        return cost - (grouping.OPENS if known and start and names[start] == names[0] else 0.0)

    ways: dict[tuple[int, int], list[tuple[float, Sizes]]] = {(0, 0): [(whole, ())]}
    for place, head in enumerate(upper):
        later: dict[tuple[int, int], list[tuple[float, Sizes]]] = {}
        others = [*upper[:place], *upper[place + 1 :]]
        alone = grouping.narrow(head, known)
        span = spans[place] if spans else 0
        like = [n for n in range(place) if grouping.alike(upper[n], head)]
        costs: dict[tuple[int, int], float] = {}
        for (start, count), before in ways.items():
            if span <= 1:
                _go_on(later, (start, count), before, alone, 0, like)
            if count == most or span == 1:
                continue
            for end in (
                range(start + 1, size + 1) if not span else range(start + span, min(start + span, size) + 1)
            ):
                if (start, end) not in costs:
                    costs[start, end] = price(head, start, end, others)
                _go_on(later, (end, count + 1), before, costs[start, end], end - start, like)
        ways = {state: _likely(found) for state, found in later.items()}
    return {count: found for (taken, count), found in ways.items() if taken == size}


def _go_on(
    later: dict[tuple[int, int], list[tuple[float, Sizes]]],
    state: tuple[int, int],
    before: list[tuple[float, Sizes]],
    cost: float,
    size: int,
    like: Sequence[int],
) -> None:
    """Add the ways of a state, the cheapest first, with one head more, but those that cannot be likely."""
    found = later.setdefault(state, [])
    least = found[0][0] if found else before[0][0] + cost + grouping.MISPLACED * len(like)
    if before[0][0] + cost - least >= grouping.TORN:
        return
    more = [(c + cost, s) for c, s in before if c + cost - least < grouping.TORN]
    grown = sorted((c + _unlike(s, size, like), (*s, size)) for c, s in more)
    if found and found[0] <= grown[0]:
        found.extend(grown)
    else:
        found[:0] = grown  # the cheapest stands first


def _unlike(sizes: Sizes, size: int, like: Sequence[int]) -> float:
    """What it costs that one of two heads that are alike stands over others, and one over none."""
    return grouping.MISPLACED * sum((sizes[n] > 0) != (size > 0) for n in like)


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
