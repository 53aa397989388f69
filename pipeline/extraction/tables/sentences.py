"""Figures in table cells: what they measure is said by the heads of their row and column.

Each such figure is read as a short sentence made of its heads (`农村低保,人数396人`), by the same rules as
prose.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.grids import read_tables
from pipeline.vocabulary import pattern

ADDED = {
    "key": pl.String,
    "sentence_text": pl.String,
    "number_at": pl.Int64,
    "number_end": pl.Int64,
    "row_start": pl.Int64,
    "row_end": pl.Int64,
}


def cell_sentences(readings: pl.DataFrame, quantities: pl.DataFrame) -> pl.DataFrame:
    """The quantities that fill a table cell, each with a sentence of its own made from the heads.

    `readings`: document_id, reading. `quantities`: document_id, q_start, q_end and further columns. Returns
    those that begin a cell, with `key` (document_id + q_start), `sentence_text`, `number_at` and
    `number_end` (offsets of the figure in that sentence), `row_start` and `row_end` (the table row, offsets
    into the reading).
    """
    cells = read_tables(readings)
    if cells.is_empty() or not cells["figure"].any():
        return quantities.clear().with_columns(pl.lit(None, kind).alias(name) for name, kind in ADDED.items())
    rows = quantities.sort("q_start").join_asof(
        _figures(cells),
        left_on="q_start",
        right_on="cell_start",
        by="document_id",
        strategy="backward",
        coalesce=False,
        tolerance=1,
        check_sortedness=False,
    )
    rows = rows.filter(pl.col("cell_start").is_not_null() & (pl.col("q_start") < pl.col("cell_end")))
    sentence = pl.col("head") + pl.col("figure_text")
    return rows.with_columns(
        key=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String),
        sentence_text=sentence + "\n",
        number_at=pl.col("head").str.len_chars().cast(pl.Int64),
        number_end=sentence.str.len_chars().cast(pl.Int64),
    ).select(*quantities.columns, *ADDED)


def _figures(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells with figures in order: document_id, cell_start, cell_end, figure_text, row_start, row_end,
    head.

    `cells`: see `tables.read_tables`.
    """
    row, table = ("document_id", "row"), ("document_id", "table")
    cells = cells.with_columns(
        row_start=pl.col("start").min().over(row),
        row_end=pl.col("end").max().over(row),
        has_figures=pl.col("figure").any().over(row),
        first=pl.col("text").filter(pl.col("text") != "").first().over(row),
    )
    # a row without figures between others (一、社会救助) is a head of the rows below it
    body = pl.col("row").filter(pl.col("figure")).min().over(table)
    above = pl.when(~pl.col("has_figures") & (pl.col("row") > body)).then("first").forward_fill().over(table)
    cells = cells.with_columns(above=above.fill_null("")).filter("figure")
    return cells.select(
        "document_id",
        "row_start",
        "row_end",
        cell_start="start",
        cell_end="end",
        figure_text="text",
        head=_head(*(_clean(pl.col(name)) for name in ("above", "column_label", "row_label"))),
    ).sort("cell_start")


def _head(above: pl.Expr, column: pl.Expr, row: pl.Expr) -> pl.Expr:
    """The beginning of a figure's sentence: 社会救助:农村低保,人数.

    A row of totals says nothing of its own.
    """
    total, nothing = row.str.contains(pattern("cell_total")), pl.lit("")
    return pl.concat_str(
        pl.when(above != "").then(above + ":").otherwise(nothing),
        pl.when((column != "") & ~total).then(column + ",").otherwise(column),
        pl.when(total).then(nothing).when(row.str.ends_with("数")).then(row).otherwise(row + "数"),
    )


def _clean(label: pl.Expr) -> pl.Expr:
    """A head without its unit, its number (一、) and blanks; empty where there is none."""
    bare = label.str.replace_all(pattern("cell_unit"), "").str.replace(pattern("cell_marker"), "")
    return bare.str.replace_all(r"[\s*#|]+", "").fill_null("")
