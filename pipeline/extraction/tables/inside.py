"""Which numbers stand inside which spans of a text: the cells of tables, or the tables themselves."""

from __future__ import annotations

import polars as pl


def numbered(numbers: pl.DataFrame) -> pl.DataFrame:
    """The numbers with their place among all, `q_row`."""
    return numbers.with_columns(q_row=pl.int_range(pl.len(), dtype=pl.Int64))


def inside(numbers: pl.DataFrame, spans: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
    """The numbers (document_id, span_start) that begin inside one of `spans` (document_id, and the columns
    `start` and `end`), with the columns of that span; sorted by span_start."""
    # most texts hold no table, and only the few numbers inside one take all their columns along
    some = pl.col("document_id").is_in(spans["document_id"].unique().implode())
    rows = numbers.select("document_id", "span_start").with_row_index("_number").filter(some)
    rows = rows.sort("span_start").join_asof(
        spans.sort(start),
        left_on="span_start",
        right_on=start,
        by="document_id",
        coalesce=False,
        check_sortedness=False,
    )
    rows = rows.filter(pl.col("span_start") < pl.col(end))
    return numbers[rows["_number"]].hstack(rows.drop("document_id", "span_start", "_number"))
