"""Figures of rows that run together, parted where commas, decimals and sums allow one way alone.

1,0231,998612,340 is 1,023 1,998 612,340: three digits stand behind each comma, and no more before one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

MOST_COLUMNS, MOST_STEPS, MOST_WAYS = 10, 3_000, 1000
MOST_FOUND = 6  # ways of all rows, of which shares may confirm one
ALL = 10_000  # hundred per cent, in hundredths
CLOSE = {2: 1}  # hundredths by which a share of so many decimals may differ from what it is of
ROUNDED = 6  # of fewer decimals
COMMA = r"[,\x00]"
GROUPED = rf"[1-9][0-9]{{0,2}}(?:{COMMA}[0-9]{{3}})+"
DECIMALS = r"(?:\.[0-9]{1,2})?%?"
MARK = "[-—]"
BY_COMMAS = re.compile(rf"(?:(?:{GROUPED}|0|[1-9][0-9]{{0,2}}){DECIMALS}|{MARK})")
BARE = re.compile(rf"(?:(?:0|[1-9][0-9]*){DECIMALS}|{MARK})")
Row = tuple[str, ...]


def parted(
    tails: Sequence[str], totals: Sequence[bool], columns: Mapping[int, frozenset[int]]
) -> Iterator[tuple[int, list[list[Row]]]]:
    """By how many columns there may be, ways to part all rows so that they agree.

    `totals`: which row is the sum of all others. Without one each row must part in one way alone, which
    commas tell, or shares of one column in another. `columns`: of each number of columns those of shares.
    """
    commas = any(re.search(COMMA, tail) for tail in tails)
    figure = BY_COMMAS if commas else BARE
    summed = sum(totals) == 1 and len(tails) > 2
    for count, shares in columns.items():
        if summed:
            found = _Summing(tails, totals.index(True), count, figure, shares).ways()
            if len(found) > 1 and shares:
                found = [way for way in found if _pairs(way, shares)] or found
        elif commas or shares:
            each = [_ways(tail, count, figure) for tail in tails]
            single = commas and all(len(way) == 1 for way in each)
            found = [[way[0] for way in each]] if single else _by_shares(each, count, shares)
        else:
            found = []
        if found:
            yield count, found


def _by_shares(each: list[list[Row]], count: int, shares: frozenset[int]) -> list[list[Row]]:
    """The ways to part rows in which one column is the share of another in a third, the same in all rows."""
    if not shares or not all(0 < len(ways) <= MOST_WAYS for ways in each):
        return []
    share = max(shares)
    found: list[list[Row]] = []
    for part, whole in permutations(set(range(count)) - shares, 2):
        kept: list[Row] = []
        for ways in each:
            fit = [way for way in ways if "." in way[share] and _is_share(way, share, part, whole)]
            most = max((_decimals(way[share]) for way in fit), default=0)
            fit = [way for way in fit if _decimals(way[share]) == most]
            if len(fit) != 1:
                break
            kept += fit
        if len(kept) == len(each) and kept not in found:
            found.append(kept)
    return found


def _pairs(rows: list[Row], shares: frozenset[int]) -> bool:
    """Whether each column of shares is the share of one column in another."""
    pairs = list(permutations(set(range(len(rows[0]))) - shares, 2))
    return all(
        any(all(_is_share(row, share, part, whole) for row in rows) for part, whole in pairs)
        for share in shares
    )


def _is_share(row: Row, share: int, part: int, whole: int) -> bool:
    of = _value(row[whole])
    close = CLOSE.get(_decimals(row[share]), ROUNDED)
    return of > 0 and abs(_value(row[part]) * ALL / of - _value(row[share])) <= close


def _ways(tail: str, columns: int, figure: re.Pattern[str]) -> list[Row]:
    """The ways to part a row of figures into so many."""
    if not columns:
        return [] if tail else [()]
    ways: list[Row] = []
    for end in range(1, len(tail) - columns + 2):
        if figure.fullmatch(tail[:end]):
            ways += [(tail[:end], *rest) for rest in _ways(tail[end:], columns - 1, figure)]
        if len(ways) > MOST_WAYS:
            return ways
    return ways


def _value(figure: str) -> int:
    bare = re.sub(rf"{COMMA}|%|{MARK}", "", figure)
    return round(float(bare) * 100) if bare else 0


class _Summing:
    """The search for ways to part rows, column by column, in which each column but those of shares sums up to
    its total."""

    def __init__(
        self,
        tails: Sequence[str],
        total: int,
        columns: int,
        figure: re.Pattern[str],
        shares: frozenset[int] = frozenset(),
    ) -> None:
        self.total, self.columns, self.figure, self.shares = total, columns, figure, shares
        self.sums = tails[total]
        self.tails = [tail for n, tail in enumerate(tails) if n != total]
        self.found: list[list[Row]] = []
        self.fitting: dict[tuple[str, int, int], list[int]] = {}
        self.steps = 0

    def ways(self) -> list[list[Row]]:
        self._column(0, [0] * len(self.tails), 0, [[] for _ in self.tails], [])
        return self.found if self.steps <= MOST_STEPS else []

    def _column(
        self, at: int, starts: list[int], sum_start: int, rows: list[list[str]], sums: list[str]
    ) -> None:
        """Part off the column `at`; `rows` and `sums` hold what was parted off before."""
        if len(self.found) >= MOST_FOUND or self.steps > MOST_STEPS:
            return
        if at == self.columns:
            whole = [tuple(row) for row in rows]
            whole.insert(self.total, tuple(sums))
            self.found.append(whole)
            return
        for end in self._ends(self.sums, sum_start, at):
            total = self.sums[sum_start:end]
            share = "%" in total or at in self.shares
            self.steps += len(starts)
            if self.steps > MOST_STEPS:
                return
            each = [self._may_be(n, start, at, total, share) for n, start in enumerate(starts)]
            if not all(each):
                continue
            for cells in self._cells(_with_bounds(each), 0, None if share else _value(total)):
                self._column(
                    at + 1,
                    [start + len(cell) for start, cell in zip(starts, cells, strict=True)],
                    end,
                    [[*row, cell] for row, cell in zip(rows, cells, strict=True)],
                    [*sums, total],
                )

    def _ends(self, tail: str, start: int, at: int) -> list[int]:
        """Where a figure that begins at `start` may end, so that the rest parts into the columns left."""
        key = (tail, start, at)
        if key not in self.fitting:
            self.steps += 1
            left = self.columns - at - 1
            self.fitting[key] = [
                end
                for end in ((len(tail),) if not left else range(start + 1, len(tail) - left + 1))
                if self.figure.fullmatch(tail[start:end])
                and tail[end : end + 1] not in (",", "\x00", ".", "%")
                and (not left or self._ends(tail, end, at + 1))
            ]
        return self.fitting[key]

    def _may_be(self, row: int, start: int, at: int, total: str, share: bool) -> list[tuple[int, str]]:
        """The figures that may stand in a cell, with their values: of a share such as its total is."""
        cells = [self.tails[row][start:end] for end in self._ends(self.tails[row], start, at)]
        return [
            (value, cell)
            for cell in cells
            for value in (_value(cell),)
            if re.fullmatch(MARK, cell)
            or (
                ("%" in cell) == ("%" in total)
                and (not share or (_decimals(cell) == _decimals(total) and ("%" in cell or value <= ALL)))
            )
        ]

    def _cells(
        self, each: list[tuple[int, int, list[tuple[int, str]]]], row: int, aim: int | None
    ) -> Iterator[tuple[str, ...]]:
        """The cells of the rows from `row` on that sum up to `aim`."""
        self.steps += 1
        if self.steps > MOST_STEPS or len(self.found) >= MOST_FOUND:
            return
        if row == len(each):
            if not aim:
                yield ()
            return
        least, most, cells = each[row]
        if aim is not None and not least <= aim <= most:
            return
        for value, cell in cells:
            for rest in self._cells(each, row + 1, None if aim is None else aim - value):
                yield (cell, *rest)


def _with_bounds(each: list[list[tuple[int, str]]]) -> list[tuple[int, int, list[tuple[int, str]]]]:
    """The cells of each row with the least and the most that they and those below may sum up to."""
    least = most = 0
    bounded = []
    for cells in reversed(each):
        values = [value for value, _ in cells]
        least, most = least + min(values), most + max(values)
        bounded.append((least, most, cells))
    return bounded[::-1]


def _decimals(figure: str) -> int:
    return len(figure.rstrip("%").partition(".")[2])
