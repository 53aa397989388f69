"""Work on parts of a frame: costly expressions on the rows that need them, big frames on all cores."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

T = TypeVar("T")
REMEMBERED = 4096  # texts of documents that a function keeps its answers for: a daemon never stops reading
WORTH_A_THREAD = 2_000_000  # bytes of text
FEW = 2_000  # rows for all of which a value is computed sooner than some are picked


def compute_where(rows: pl.DataFrame, mask: pl.Expr, value: pl.Expr) -> pl.Series:
    """The value where the mask holds, null elsewhere; computed on those rows alone.

    Only for values that depend on a row's own columns.
    """
    if rows.height <= FEW:
        return rows.select(pl.when(mask).then(value)).to_series()
    hit = rows.select(mask.fill_null(False)).to_series()
    # no other column is copied
    found = rows.select(set(value.meta.root_names())).filter(hit).select(value).to_series()
    return pl.repeat(None, rows.height, dtype=found.dtype, eager=True).scatter(hit.arg_true(), found)


def changed_where(texts: pl.Series, pattern: str, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The texts, those that hold the pattern changed; most texts hold none of what is looked for."""
    hit = texts.str.contains(pattern).fill_null(False)
    if not hit.any():
        return texts
    return texts.scatter(hit.arg_true(), change(texts.filter(hit)))


def each_changed_where(texts: pl.Series, pattern: str, change: Callable[[str], str]) -> pl.Series:
    """The same, one text at a time."""
    return changed_where(texts, pattern, lambda some: pl.Series([change(t) for t in some], dtype=pl.String))


def each_line(texts: pl.Series, changed: pl.Expr) -> pl.Series:
    """The texts, each of their lines (`line`) as an expression of it gives it; `text` is the number of its
    text."""
    lines = pl.DataFrame({"line": texts.str.split("\n")}).with_row_index("text").explode("line")
    lines = lines.with_columns(changed.alias("line"))
    return lines.group_by("text", maintain_order=True).agg(pl.col("line").str.join("\n"))["line"]


def passing(rows: pl.DataFrame, *tests: pl.Expr) -> pl.DataFrame:
    """The rows that pass all tests, each of which is put only to those that passed the ones before it: none
    is made ready, which takes longer than to try it on a thousand rows, when no row is left."""
    for test in tests:
        if rows.is_empty():
            break
        rows = rows.filter(test)
    return rows


def _same(n: int, *keys: str | pl.Expr) -> pl.Expr:
    """Whether a row has the keys of the row `n` rows further up."""
    columns = (pl.col(key) if isinstance(key, str) else key for key in keys)
    return pl.all_horizontal(key == key.shift(n) for key in columns).fill_null(False)


def beside(value: pl.Expr, n: int, *keys: str | pl.Expr) -> pl.Expr:
    """The value `n` rows further up (down where `n` is negative) among rows of the same keys.

    Rows of the same keys must follow one another, here and below: then this costs a tenth of
    `value.shift(n).over(keys)`.
    """
    return pl.when(_same(n, *keys)).then(value.shift(n))


def _at_first(value: pl.Expr, *keys: str | pl.Expr) -> pl.Expr:
    """The value in the first row of the same keys."""
    return pl.when(~_same(1, *keys)).then(value).forward_fill()


def so_far(number: pl.Expr, *keys: str | pl.Expr) -> pl.Expr:
    """The sum of a column without nulls up to each row, among rows of the same keys (see `beside`)."""
    total = number.cum_sum()
    return total - _at_first(total - number, *keys)


def nth(*keys: str | pl.Expr) -> pl.Expr:
    """The place of each row among rows of the same keys (see `beside`), from 0: Int64."""
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    return row - _at_first(row, *keys)


def latest(value: pl.Expr, *keys: str | pl.Expr) -> pl.Expr:
    """The value of each row, or the last one above it, among rows of the same keys (see `beside`)."""
    row = pl.int_range(pl.len())
    said = pl.when(value.is_not_null()).then(row).forward_fill()
    return pl.when(said >= _at_first(row, *keys)).then(value.forward_fill())


def ever(told: pl.Expr, *keys: str | pl.Expr) -> pl.Expr:
    """Whether it holds in each row or one above it, among rows of the same keys (see `beside`)."""
    return latest(pl.when(told).then(pl.lit(True)), *keys).fill_null(False)


def put_back(rows: pl.DataFrame, part: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The rows with these columns taken from some of them (`row` says which), where they were changed."""
    return rows.with_columns(rows[name].scatter(part["row"], part[name]).alias(name) for name in names)


def in_parts(frame: pl.DataFrame, text: str, work: Callable[[pl.DataFrame], T]) -> list[T]:
    """The results of the work on contiguous parts of a frame, in order, one part a core.

    The string kernels of polars use one core a column; small frames stay whole.
    """
    size = frame.select(pl.col(text).str.len_bytes().cast(pl.Int64)).to_series()
    parts = min(pl.thread_pool_size(), frame.height, int(size.sum()) // WORTH_A_THREAD)
    if parts < 2:
        return [work(frame)]
    place = (size.cum_sum() - size) * parts // int(size.sum())
    slices = frame.with_columns(_part=place).partition_by("_part", maintain_order=True, include_key=False)
    with ThreadPoolExecutor(len(slices)) as pool:
        return list(pool.map(work, slices))
