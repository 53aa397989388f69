"""Figures in table cells: what they measure is said by the heads of their row and column.

Each such figure is read as a short sentence made of its heads (`农村低保,人数396人`), by the same rules as prose.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables import read_tables

MARKER = r"^[#*\s]*[\(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])[\)、.．:]\s*|^[#*\s]+|^(?:其中|#)[:]?\s*"
NAMES_OF_UNITS = r"\((?:[^()]{1,10})\)|单位:[^|]*"
TOTALS = r"^(?:合计|总计|小计|总数|全省|全市|全县|全区|本级)$"


def cell_sentences(readings: pl.DataFrame, quantities: pl.DataFrame) -> pl.DataFrame:
    """The quantities that fill a table cell, each with a sentence of its own made from the heads.

    `readings`: document_id, reading. `quantities`: document_id, q_start, q_end, unit_written and further columns.
    Returns those of them with `key` (document_id + q_start), `sentence_text`, `number_at` and `number_end` (offsets of the
    figure in that sentence), `row_start` and `row_end` (the table row, offsets into the reading).
    """
    cells = read_tables(readings)
    empty = {
        "key": pl.String,
        "sentence_text": pl.String,
        "number_at": pl.Int64,
        "number_end": pl.Int64,
        "row_start": pl.Int64,
        "row_end": pl.Int64,
    }
    if cells.is_empty() or not cells["figure"].any():
        return quantities.clear().with_columns(pl.lit(None, t).alias(n) for n, t in empty.items())
    place = ("document_id", "row")
    cells = cells.with_columns(
        row_start=pl.col("start").min().over(place), row_end=pl.col("end").max().over(place),
        figures=pl.col("figure").any().over(place), first=pl.col("text").filter(pl.col("text") != "").first().over(place),
    )  # fmt: skip
    body = pl.col("row").filter(pl.col("figure")).min().over("document_id", "table")
    above = (
        pl.when(~pl.col("figures") & (pl.col("row") > body))
        .then("first")
        .forward_fill()
        .over("document_id", "table")
    )
    figures = cells.with_columns(above=above.fill_null("")).filter("figure")
    figures = figures.select(
        "document_id", "row_start", "row_end", cell_start="start", cell_end="end", figure_text="text",
        **{name: _clean(pl.col(name)) for name in ("above", "column_label", "row_label")},
    ).sort("cell_start")  # fmt: skip
    rows = quantities.sort("q_start").join_asof(
        figures,
        left_on="q_start",
        right_on="cell_start",
        by="document_id",
        strategy="backward",
        tolerance=1,
        check_sortedness=False,
    )
    rows = rows.filter(pl.col("cell_start").is_not_null() & (pl.col("q_start") < pl.col("cell_end")))
    total = pl.col("row_label").str.contains(TOTALS)
    head = pl.concat_str(
        pl.when(pl.col("above") != "").then(pl.col("above") + ":").otherwise(pl.lit("")),
        pl.when((pl.col("column_label") != "") & ~total)
        .then(pl.col("column_label") + ",")
        .otherwise(pl.col("column_label")),
        pl.when(total)
        .then(pl.lit(""))
        .when(pl.col("row_label").str.ends_with("数"))
        .then(pl.col("row_label"))
        .otherwise(pl.col("row_label") + "数"),
    )
    return rows.with_columns(
        key=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String), sentence_text=head + pl.col("figure_text") + "\n",
        number_at=head.str.len_chars().cast(pl.Int64), number_end=(head + pl.col("figure_text")).str.len_chars().cast(pl.Int64),
    ).drop("cell_start", "cell_end", "figure_text", "above", "column_label", "row_label")  # fmt: skip


def _clean(label: pl.Expr) -> pl.Expr:
    return (
        label.str.replace_all(NAMES_OF_UNITS, "")
        .str.replace(MARKER, "")
        .str.replace_all(r"[\s*#|]+", "")
        .fill_null("")
    )
