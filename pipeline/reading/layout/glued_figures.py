"""Figures of rows that run together, parted where commas, decimals and sums allow one way alone.

1,0231,998612,340 is 1,023 1,998 612,340: three digits stand behind each comma, and no more before one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_COLUMNS, MOST_STEPS, MOST_WAYS = 10, 30_000, 1000
COMMA = r"[,\x00]"
GROUPED = rf"[1-9][0-9]{{0,2}}(?:{COMMA}[0-9]{{3}})+"
DECIMALS = r"(?:\.[0-9]{1,2})?%?"
MARK = "[-—]"
BY_COMMAS = re.compile(rf"(?:(?:{GROUPED}|0|[1-9][0-9]{{0,2}}){DECIMALS}|{MARK})")
BARE = re.compile(rf"(?:(?:0|[1-9][0-9]*){DECIMALS}|{MARK})")
Row = tuple[str, ...]


def parted(
    tails: Sequence[str], totals: Sequence[bool], columns: Sequence[int]
) -> Iterator[tuple[int, list[list[Row]]]]:
    """By how many columns there may be, the first two ways to part all rows so that they agree.

    `totals`: which row is the sum of all others. Without one each row must part in one way alone, which
    commas tell.
    """
    commas = any(re.search(COMMA, tail) for tail in tails)
    figure = BY_COMMAS if commas else BARE
    summed = sum(totals) == 1 and len(tails) > 2
    if not summed and not commas:
        return
    for count in columns:
        if summed:
            found = _Summing(tails, totals.index(True), count, figure).ways()
        else:
            each = [_ways(tail, count, figure) for tail in tails]
            found = [[way[0] for way in each]] if all(len(way) == 1 for way in each) else []
        if found:
            yield count, found


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

    def __init__(self, tails: Sequence[str], total: int, columns: int, figure: re.Pattern[str]) -> None:
        self.total, self.columns, self.figure = total, columns, figure
        self.sums = tails[total]
        self.tails = [tail for n, tail in enumerate(tails) if n != total]
        self.found: list[list[Row]] = []
        self.steps = 0

    def ways(self) -> list[list[Row]]:
        self._column(0, [0] * len(self.tails), 0, [[] for _ in self.tails], [])
        return self.found if self.steps <= MOST_STEPS else []

    def _column(
        self, at: int, starts: list[int], sum_start: int, rows: list[list[str]], sums: list[str]
    ) -> None:
        """Part off the column `at`; `rows` and `sums` hold what was parted off before."""
        if len(self.found) > 1 or self.steps > MOST_STEPS:
            return
        if at == self.columns:
            whole = [tuple(row) for row in rows]
            whole.insert(self.total, tuple(sums))
            self.found.append(whole)
            return
        for end in self._ends(self.sums, sum_start, at):
            total = self.sums[sum_start:end]
            shares = "%" in total
            for cells in self._cells(starts, at, 0, None if shares else _value(total), "%" in total):
                self._column(
                    at + 1,
                    [start + len(cell) for start, cell in zip(starts, cells, strict=True)],
                    end,
                    [[*row, cell] for row, cell in zip(rows, cells, strict=True)],
                    [*sums, total],
                )

    def _ends(self, tail: str, start: int, at: int) -> Iterator[int]:
        """Where a figure that begins at `start` may end."""
        left = self.columns - at - 1
        for end in (len(tail),) if not left else range(start + 1, len(tail) - left + 1):
            if self.figure.fullmatch(tail[start:end]) and tail[end : end + 1] not in (",", "\x00", ".", "%"):
                yield end

    def _cells(
        self, starts: list[int], at: int, row: int, aim: int | None, share: bool
    ) -> Iterator[tuple[str, ...]]:
        """The cells of the rows from `row` on that sum up to `aim`."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        if row == len(self.tails):
            if not aim:
                yield ()
            return
        for end in self._ends(self.tails[row], starts[row], at):
            cell = self.tails[row][starts[row] : end]
            if share != ("%" in cell) and not re.fullmatch(MARK, cell):
                continue
            left = None if aim is None else aim - _value(cell)
            if left is not None and left < 0:
                break
            for rest in self._cells(starts, at, row + 1, left, share):
                yield (cell, *rest)
