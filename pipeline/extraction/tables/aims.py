"""Rows named by what they aim at: 新增护理床位150张 | 新增96张 | 64% counts 护理床位 in each of its cells."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.said import PLAIN, heads_said
from pipeline.reading.tables import words
from pipeline.reading.tables.find import Tables
from pipeline.vocabulary import pattern


def with_aims(tables: Tables) -> Tables:
    """The tables, with the aim of a row as the innermost of its names, but for its figure.

    An aim stands first behind the names of its row, under a head of aims, holds one figure at its end, and
    names a subject.
    """
    said = pl.col("column_role").is_in(["phrase", "figure"])
    first = tables.cells.filter(said).group_by("part").agg(pl.col("column").min())
    over = pl.col("heads").list.last().struct.field("text")
    heads = tables.columns.join(first, on=["part", "column"], how="semi").with_columns(over=over)
    heads = heads.filter(
        pl.col("over").str.contains(pattern("head_of_aims"))
        & ~pl.col("over").str.contains(pattern("head_of_results"))
    )
    cells = tables.cells.filter((pl.col("row_role") == "body") & (pl.col("kind") == "text"))
    cells = cells.join(heads, on=["part", "column"], how="semi", maintain_order="left")
    name = pl.col("text").str.extract(
        rf"^([^0-9,;。]+?){pattern('figure_sign')}?{words.phrase()}[^0-9,;。]{{0,2}}$"
    )
    aims = cells.select("part", "row", start="start", name=name).drop_nulls("name")
    if aims.is_empty():
        return tables
    plain = heads_said(aims["name"]).filter(pl.col("subject") == PLAIN).select(name="text")
    aims = aims.join(plain, on="name", how="semi", maintain_order="left")
    aims = aims.select("part", "row", aim=pl.struct("start", text="name")).unique(
        ["part", "row"], keep="none"
    )
    rows = tables.rows.join(aims, on=["part", "row"], how="left", maintain_order="left")
    named = pl.when(pl.col("aim").is_null()).then("heads")
    rows = rows.with_columns(heads=named.otherwise(pl.col("heads").list.concat(pl.concat_list("aim"))))
    return Tables(**{**vars(tables), "rows": rows.drop("aim")})
