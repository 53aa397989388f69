"""Rows of heads that were written without the blanks of merged cells, set over the columns that they name."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.reading.tables.grouping import Groups, stacked

MOST_ROWS = 3  # of heads


def without_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with roles, rows of heads without blanks between them set over their columns by what goes
    together (`grouping.stacked`); where nothing tells, they name the table only.

    地区 | 户数 | 类别(人) | 金额 ⏎ 老年人 | 成年人: the second row begins at the edge, and both together are
    more than the columns.
    """
    held = pl.col("kind") != "blank"
    heads = cells.filter((pl.col("row_role") == "head") & held).sort("part", "row", "column")
    rows = heads.group_by("part", "row", maintain_order=True).agg(
        "text",
        "start",
        packed=(pl.col("column").max() == pl.len() - 1) & (pl.col("column").min() == 0),
        n=pl.len().cast(pl.Int64),
        names=pl.col("first_figure").first(),
    )
    body = cells.filter((pl.col("row_role") == "body") & held)
    width = body.group_by("part").agg(width=pl.col("column").max() + 1)
    fewer = pl.col("n").max().over("part") < pl.col("width")
    more = pl.col("n").sum().over("part") > pl.col("width")
    several = pl.len().over("part").is_between(2, MOST_ROWS) & pl.col("packed").all().over("part")
    rows = rows.join(width, on="part", maintain_order="left").filter(several & fewer & more)
    placed: list[tuple[int, int, int]] = []
    lost: list[int] = []
    parts = rows.group_by("part", maintain_order=True).agg("text", "start", pl.col("width", "names").first())
    for part, texts, starts, wide, names in parts.iter_rows():
        columns = None if names is None else _columns(texts, wide, names)
        if columns is None:
            lost.append(part)
            continue
        placed += [
            (part, start, column)
            for row, at in zip(starts, columns, strict=True)
            for start, column in zip(row, at, strict=True)
        ]
    schema = {"part": pl.Int64, "start": pl.Int64, "moved": pl.Int64}
    moved = pl.DataFrame(placed, schema=schema, orient="row")
    cells = cells.join(moved, on=["part", "start"], how="left", maintain_order="left")
    cells = cells.with_columns(column=pl.coalesce("moved", "column"))
    # what each column holds goes with the body
    roles = (
        cells.filter(pl.col("row_role") == "body")
        .unique(["part", "column"])
        .select("part", "column", kept="column_role")
    )
    cells = cells.join(roles, on=["part", "column"], how="left", maintain_order="left")
    unsure = pl.col("part").is_in(lost) & (pl.col("row_role") == "head")
    return cells.with_columns(
        row_role=pl.when(unsure).then(pl.lit("title")).otherwise("row_role"),
        column_role=pl.when(pl.col("moved").is_not_null())
        .then(pl.coalesce("kept", "column_role"))
        .otherwise("column_role"),
    ).drop("moved", "kept")


def _columns(rows: Sequence[Sequence[str]], width: int, names: int) -> list[list[int]] | None:
    """The column of each head of each row, where `names` columns of `width` hold names; None where nothing
    tells."""
    top, lowest = rows[0][names:], rows[-1]
    if len(rows) == 2:
        found = stacked([*top, *lowest], len(top) + len(lowest) - width + names, len(top))
        return _placed(rows, [found[1]], names) if found else None
    middle = rows[1]
    # heads of the first row that go down to the figures stand over none of the others
    for alone in range(len(top)):
        wide = len(middle) + len(lowest) - (width - names - alone)
        lower = stacked([*middle, *lowest], wide, len(middle))
        if not lower:
            continue
        # those that stand over others measure what these do
        below, begins = [], 0
        for text, size in zip(middle, lower[1], strict=True):
            below.append(text + lowest[begins] if size > 1 else text)
            begins += size if size > 1 else 0
        upper = stacked([*top, *below], len(top) - alone, len(top))
        if upper:
            return _placed(rows, [upper[1], lower[1]], names)
    return None


def _placed(rows: Sequence[Sequence[str]], groups: Sequence[Groups], names: int) -> list[list[int]]:
    """The column of each head, where each of a row stands over so many of the row below (over none where it
    is one)."""
    columns: list[list[int]] = [list(range(names)), *([] for _ in rows[1:])]
    sizes, column = [iter(sizes) for sizes in groups], names

    def place(level: int, at: int) -> int:
        columns[level].append(at)
        size = next(sizes[level]) if level < len(sizes) else 1
        if size == 1:
            return at + 1
        for _ in range(size):
            at = place(level + 1, at)
        return at

    for _ in rows[0][names:]:
        column = place(0, column)
    return columns
