"""The row of totals that ends a grid copied cell by cell and leaves cells out.

序号 ⏎ 名称 ⏎ 性质 ⏎ 床位 ⏎ 老人 ⏎ 1 ⏎ 东院 ⏎ 公办 ⏎ 60 ⏎ 41 ⏎ 2 ⏎ 西院 ⏎ 民办 ⏎ 90 ⏎ 73 ⏎ 合计 ⏎ 150 ⏎ 114
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW
from pipeline.reading.tables.placed.totals import sums
from pipeline.reading.tables.words import total


def with_last_totals(cells: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """`cells` (document_id, run, row, column, start, text) with the totals that stand right behind the last
    of each run, each below the column whose sum it is. `tokens`: document_id, run, start, text, kind, in
    order."""
    last = cells.group_by("run").agg(end=pl.col("start").max(), row=pl.col("row").max() + 1)
    rest = tokens.join(last, on="run", how="inner", maintain_order="left").filter(
        pl.col("start") > pl.col("end")
    )
    # 合计 and nothing but figures behind it
    figure = (pl.col("kind") == "F").fill_null(False)
    ended = (~figure).cum_sum().over("run")
    named = pl.col("text").first().over("run").str.contains(total())
    rows = rest.filter(named & (ended == 1)).with_columns(
        column=pl.int_range(pl.len(), dtype=pl.Int64).over("run")
    )
    body = cells.filter(pl.col("row") >= FIRST_ROW).rename({"run": "grid"})
    placed = sums(rows.select(cells.columns).rename({"run": "grid"}), body)
    return pl.concat([cells, placed.rename({"grid": "run"}).select(cells.columns)])
