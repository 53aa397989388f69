"""Columns of summed money that stand behind several groups and are set below the last of them.

    困难残疾人生活补贴  重度残疾人护理补贴
    人数   资金         人数   资金   资金合计     of both, as the figures say
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import grouping
from pipeline.reading.tables.head_sums import adds

Column = tuple[int, list[str], list[int]]  # its number, its heads and where they start


def without_groups(columns: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`columns` (part, column, heads), those of money that sums up all groups of their part without the upper
    head of the last group. `cells`: part, row, column, row_role, text."""
    depth, last = pl.col("heads").list.len(), pl.col("heads").list.last().struct.field("text")
    texts = columns.filter(depth > 1).select(last).to_series().unique().drop_nulls()
    sums = [text for text in texts if grouping.sums_money(text)]
    asked = columns.filter((depth > 1) & last.is_in(sums)).select("part").unique()
    if asked.is_empty():
        return columns
    found: list[tuple[int, int]] = []
    body = cells.filter(pl.col("row_role") == "body").join(asked, on="part", how="semi")
    value = pl.col("text").str.replace_all(",", "").cast(pl.Float64, strict=False)
    body = body.select("part", "row", "column", value=value)
    held = columns.join(asked, on="part", how="semi")
    for (part,), own in held.sort("column").group_by("part", maintain_order=True):
        heads = own["heads"].to_list()
        at = own["column"].to_list()
        leaves = [path[-1]["text"] if path else "" for path in heads]
        tops = [path[0]["start"] if len(path) > 1 else -1 for path in heads]
        money = [n for n, leaf in enumerate(leaves) if grouping.of_money(leaf) and not grouping.sums_money(leaf)]
        for n, leaf in enumerate(leaves):
            parts = [m for m in money if m < n]
            if leaf not in sums or tops[n] < 0 or len({tops[m] for m in parts}) < 2 or tops[n] not in tops[:n]:
                continue
            told = body.filter(pl.col("part") == part, pl.col("column").is_in([at[n], *(at[m] for m in parts)]))
            wide = told.pivot("column", index="row", values="value", aggregate_function="first")
            if len(wide.columns) == len(parts) + 2:
                figures = [wide[str(at[m])].to_list() for m in parts]
                if adds(wide[str(at[n])].to_list(), figures):
                    found.append((part, at[n]))
    moved = pl.DataFrame(found, schema={"part": pl.Int64, "column": pl.Int64}, orient="row")
    columns = columns.join(moved.with_columns(whole=True), on=["part", "column"], how="left", maintain_order="left")
    alone = pl.when(pl.col("whole")).then(pl.col("heads").list.tail(1))
    return columns.with_columns(heads=alone.otherwise("heads")).drop("whole")
