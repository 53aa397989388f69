"""Cells whose text is broken over lines: within the lines that are drawn around a row, and in heads.

├────┼────┤
│残疾人│人数│      one row: 残疾人两项补贴 | 人数(人)
│两项补贴│(人)│
├────┼────┤
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import unit_cell

FEWEST_BANDS = 4  # between drawn lines: with fewer nothing tells rows of one line from broken ones
FIGURE = r"^[-−+]?[0-9][0-9,.]*%?$"
KEY = ("grid", "row")


def with_ruled_rows(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (bars.RAW_CELLS and band, the number of drawn lines above) with the lines between two drawn
    ones as one row, in grids that have a line drawn between all rows: no column has two figures there."""
    held = pl.col("text") != ""
    figures = (pl.col("text").str.contains(FIGURE)).sum().over("grid", "band", "column")
    lines = pl.col("row").n_unique().over("grid", "band")
    cells = cells.with_columns(
        ruled=((figures <= 1).all() & (pl.col("band").n_unique() >= FEWEST_BANDS) & (lines > 1).any()).over(
            "grid"
        )
    )
    broken = cells.filter("ruled")
    if broken.is_empty():
        return cells.drop("band", "ruled")
    joined = broken.group_by("document_id", "grid", "band", "column", maintain_order=True).agg(
        pl.col("shape", "row").first(),
        start=pl.coalesce(pl.col("start").filter(held).first(), pl.col("start").first()),
        text=pl.col("text").str.join(""),
        indent=pl.coalesce(pl.col("indent").filter(held).first(), pl.col("indent").first()),
    )
    row = pl.col("row").min().over("grid", "band")
    joined = joined.with_columns(row=row.rank("dense").over("grid").cast(pl.Int64) - 1)
    whole = cells.filter(~pl.col("ruled")).drop("band", "ruled")
    return pl.concat([whole, joined.select(whole.columns)])


def with_whole_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` of grids (grid, row, column, text, start, kind) with the second line of broken heads joined to
    the first: before the first figures, where it has words under none but heads of the line above it, and one
    of these breaks off."""
    text, kind = pl.col("text"), pl.col("kind")
    figure = (kind == "figure") & ~pl.col("year") & (pl.col("column") > 0)
    first = pl.col("row").filter(figure).min().over("grid")
    heads = cells.filter((pl.col("row") < first) & (kind != "blank"))
    heads = heads.with_columns(
        opened=text.str.count_matches("(", literal=True) > text.str.count_matches(")", literal=True),
        worded=text.str.contains(r"\p{Han}") | text.str.contains(r"^[()]"),
        unit=text.str.contains(unit_cell()),
    )
    above = heads.select("grid", pl.col("row") + 1, "column", upper="text", upper_open="opened")
    heads = heads.join(above, on=[*KEY, "column"], how="left", maintain_order="left")
    rows = heads.group_by(KEY, maintain_order=True).agg(
        under=pl.col("upper").is_not_null().all(),
        breaks=(pl.col("upper_open").fill_null(False) | text.str.contains(r"^[^(]*\)")).any(),
        worded=pl.col("worded").all(),
        units=pl.col("unit").all(),
    )
    rows = rows.filter("under", "worded", "breaks", ~pl.col("units")).select(*KEY)
    if rows.is_empty():
        return cells
    lower = heads.join(rows, on=KEY, how="semi").select("grid", pl.col("row") - 1, "column", rest="text")
    gone = cells.join(rows, on=KEY, how="anti", maintain_order="left")
    gone = gone.join(lower, on=[*KEY, "column"], how="left", maintain_order="left")
    return gone.with_columns(text=pl.concat_str("text", pl.col("rest").fill_null(""))).drop("rest")
