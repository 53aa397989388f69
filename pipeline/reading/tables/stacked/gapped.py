"""Grids copied cell by cell, a line each, with a blank line between their rows alone.

序号 ⏎ 任务 ⏎ 目标 ⏎ 责任科室 ⏎ ⏎ 1 ⏎ 床位 ⏎ 200 ⏎ 养老科 ⏎ ⏎ 2 ⏎ 食堂 ⏎ 12 ⏎ 社区科
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, LOWER

FEWEST_ROWS = 3


def gapped(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids: document_id, run, row, column, start, text.

    `tokens`: document_id, run (below 0 where bars tell cells), line, start, text, kind, in order. All rows
    have as many cells as the heads, which stand in one row and hold no figure.
    """
    tokens = tokens.filter(pl.col("run") >= 0)
    gap = (pl.col("line") - pl.col("line").shift(1).over("run") > 1).fill_null(False)
    tokens = tokens.with_columns(row=gap.cum_sum().over("run").cast(pl.Int64))
    figure = pl.col("kind") == "F"
    rows = tokens.group_by("run", "row", maintain_order=True).agg(
        n=pl.len(), figures=figure.sum(), word=(pl.col("kind") == "T").any()
    )
    body = (pl.col("figures") > 0) & pl.col("word")
    rows = rows.with_columns(body=body, first=pl.col("row").filter(body).min().over("run"))
    # the last row goes on with what stands right below the table
    last = pl.col("row") == pl.col("row").max().over("run")
    rows = rows.filter((pl.col("row") >= pl.col("first") - 1) & (pl.col("body") | ~last))
    size = pl.col("n").filter("body").first()
    even = (pl.col("n") == size).all() & (size > 1) & (pl.col("body").sum() >= FEWEST_ROWS)
    headed = (
        ~pl.col("body").first() & (pl.col("figures").first() == 0) & (pl.len() == pl.col("body").sum() + 1)
    )
    rows = rows.filter((even & headed).over("run").fill_null(False))
    cells = tokens.join(
        rows.select("run", "row", "body"), on=["run", "row"], how="inner", maintain_order="left"
    )
    column = pl.int_range(pl.len(), dtype=pl.Int64).over("run", "row")
    row = pl.when("body").then(pl.col("row") + FIRST_ROW).otherwise(LOWER)
    return cells.select("document_id", "run", row=row, column=column, start="start", text="text")
