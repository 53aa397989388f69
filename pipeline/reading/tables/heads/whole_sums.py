"""Columns of summed money that stand behind several groups and are set below the last of them.

困难残疾人生活补贴  重度残疾人护理补贴
人数   资金         人数   资金   资金合计     of both, as the figures say
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.sums import adds
from pipeline.reading.tables.values import value

Path = list[dict]  # heads with where they start and their text


def without_groups(columns: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`columns` (part, column, heads), those of money that sums up all groups of their part without the upper
    head of the last group. `cells`: part, row, column, row_role, text."""
    depth, last = pl.col("heads").list.len(), pl.col("heads").list.last().struct.field("text")
    texts = columns.filter(depth > 1).select(last).to_series().unique().drop_nulls()
    sums = [text for text in texts if grouping.sums_money(text)]
    asked = columns.filter((depth > 1) & last.is_in(sums)).select("part").unique()
    if asked.is_empty():
        return columns
    body = cells.filter(pl.col("row_role") == "body").join(asked, on="part", how="semi")
    rows = body.group_by("part", "row", maintain_order=True).agg("column", value=value())
    lines: dict[int, list[dict[int, float | None]]] = {}
    for part, _, at, values in rows.iter_rows():
        lines.setdefault(part, []).append(dict(zip(at, values, strict=True)))
    held = columns.join(asked, on="part", how="semi").sort("part", "column")
    paths = held.group_by("part", maintain_order=True).agg("column", "heads")
    found = [
        (part, column)
        for part, at, heads in paths.iter_rows()
        for column in _wholes(at, heads, lines.get(part, []))
    ]
    moved = pl.DataFrame(found, schema={"part": pl.Int64, "column": pl.Int64}, orient="row")
    columns = columns.join(
        moved.with_columns(whole=True), on=["part", "column"], how="left", maintain_order="left"
    )
    alone = pl.when(pl.col("whole")).then(pl.col("heads").list.tail(1))
    return columns.with_columns(heads=alone.otherwise("heads")).drop("whole")


def _wholes(at: list[int], heads: list[Path], lines: list[dict[int, float | None]]) -> Iterator[int]:
    """The columns whose money is that of all groups before them."""
    leaves = [path[-1]["text"] if path else "" for path in heads]
    tops = [path[0]["start"] if len(path) > 1 else -1 for path in heads]
    money = [grouping.of_money(leaf) and not grouping.sums_money(leaf) for leaf in leaves]
    for n, leaf in enumerate(leaves):
        parts = [m for m in range(n) if money[m]]
        # the last of its group, and not of the first one
        inside = tops[n] >= 0 and tops[n] in tops[:n] and len({tops[m] for m in parts}) > 1
        if inside and grouping.sums_money(leaf):
            figures = [[line.get(at[m]) for line in lines] for m in (n, *parts)]
            if adds(figures[0], figures[1:]):
                yield at[n]
