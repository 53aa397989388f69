"""Whether the figures below a tree of heads bear it out: a total is the sum of what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.tables.heads import grouping

PROOF = 8  # a total that leads what it sums up, beside other sums
FEWEST_SUMMED, SHARE_SUMMED = 2, 0.8  # rows whose parts make the total; of those that have one

Levels = Sequence[Sequence[str]]
Figures = Sequence[Sequence[float | None]]  # of each column


def path_of(tree: Sequence[Sequence[int]], column: int, columns: int) -> tuple[int, ...]:
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


def summed(levels: Levels, tree: Sequence[Sequence[int]], columns: int, figures: Figures) -> int:
    """How many columns below a total are the sum of their sisters of the same name."""
    if not figures:
        return 0
    paths = [path_of(tree, column, columns) for column in range(columns)]
    # (元) below 合计金额 goes on with it
    paths = [_named(levels, path) for path in paths]
    leaves = [grouping.counted(levels[_depth(path)][path[_depth(path)]]) for path in paths]
    summed = [grouping.is_total(levels[0][path[0]]) for path in paths]
    found = 0
    for column, leaf in enumerate(leaves):
        parts = [n for n, other in enumerate(leaves) if other == leaf and not summed[n]]
        if summed[column] and len(parts) > 1:
            found += adds(figures[column], [figures[n] for n in parts])
    beside = sum(_sums_beside(levels, paths, column, figures) for column in range(columns))
    behind = sum(_sums_behind(levels, paths, column, figures) for column in range(columns))
    behind += _made_again(levels, paths, figures) + _sums_groups(levels, paths, figures)
    return found + beside + PROOF * behind


def _sums_groups(levels: Levels, paths: Sequence[tuple[int, ...]], figures: Figures) -> bool:
    """Whether a total that stands over one column is the sum of those that lead all groups: 合计 | 中央 小计
    低保 | 省级 小计 低保."""
    leads = [
        n
        for n, path in enumerate(paths)
        if _depth(path)
        and (not n or paths[n - 1][0] != path[0])
        and grouping.is_total(levels[_depth(path)][path[_depth(path)]])
    ]
    alone = [n for n, path in enumerate(paths) if not _depth(path) and grouping.is_total(levels[0][path[0]])]
    return len(leads) > 1 and any(_adds_up(figures, n, leads) for n in alone)


def _adds_up(figures: Figures, whole: int, parts: Sequence[int]) -> bool:
    return adds(figures[whole], [figures[n] for n in parts])


def _made_again(levels: Levels, paths: Sequence[tuple[int, ...]], figures: Figures) -> int:
    """How many groups without a total of their own make the total of another one: 供养人数 合计 集中 分散 and
    自理能力 全自理 半护理 全护理."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for column, path in enumerate(paths):
        depth = _depth(path)
        if depth:
            groups.setdefault(path[:depth], []).append(column)
    leaves = [levels[_depth(path)][path[_depth(path)]] for path in paths]
    totals = [
        column for column, leaf in enumerate(leaves) if _depth(paths[column]) and grouping.is_total(leaf)
    ]
    bare = [of for of in groups.values() if len(of) > 1 and not set(of) & set(totals)]
    return sum(any(adds(figures[whole], [figures[n] for n in of]) for whole in totals) for of in bare)


def _sums_behind(levels: Levels, paths: Sequence[tuple[int, ...]], column: int, figures: Figures) -> bool:
    """Whether the first or last column below a head, a total, is the sum of all others there: 小计 | 其中."""
    path = paths[column]
    depth = _depth(path)
    if not depth or not grouping.is_total(levels[depth][path[depth]]):
        return False
    group = [n for n, other in enumerate(paths) if other[:depth] == path[:depth]]
    parts = [figures[n] for n in group if n != column]
    return column in (group[0], group[-1]) and len(parts) > 1 and adds(figures[column], parts)


def _sums_beside(levels: Levels, paths: Sequence[tuple[int, ...]], column: int, figures: Figures) -> bool:
    """Whether a column of summed money right behind a group is the sum of the money in that group, or in it
    and all groups before it."""
    path = paths[column]
    depth = _depth(path)
    if not column or not grouping.sums_money(levels[depth][path[depth]]):
        return False
    group = [n for n in range(column) if paths[n][: depth + 1] == paths[column - 1][: depth + 1]]
    leaves = [levels[_depth(path)][path[_depth(path)]] for path in paths]
    money = [n for n in range(column) if grouping.of_money(leaves[n]) and not grouping.sums_money(leaves[n])]
    inside = [n for n in money if n in group]
    if paths[column - 1][:depth] != path[:depth]:
        return False
    # of the whole table only where each group has money of its own
    each = [paths[n][: depth + 1] for n in money]
    ends = not depth and len(set(each)) == len(each) and money[-1:] == [column - 1]
    tried = [inside, money] if ends else [inside]
    return any(len(of) > 1 and adds(figures[column], [figures[n] for n in of]) for of in tried)


def _named(levels: Levels, path: tuple[int, ...]) -> tuple[int, ...]:
    depth = _depth(path)
    unit = depth and grouping.only_unit(levels[depth][path[depth]])
    return (*path[:depth], -1, *path[depth + 1 :]) if unit else path


def _depth(path: tuple[int, ...]) -> int:
    return max(level for level, head in enumerate(path) if head >= 0)


def adds(total: Sequence[float | None], parts: Figures) -> bool:
    """Whether the parts make the total in most rows."""
    rows = [(whole, sum(filter(None, row))) for whole, *row in zip(total, *parts, strict=True) if whole]
    right = sum(abs(whole - made) < 0.011 * len(parts) for whole, made in rows)
    return right >= max(FEWEST_SUMMED, SHARE_SUMMED * len(rows))
