"""How sure an observation is, and what an analyst should know about it."""

from __future__ import annotations

import polars as pl


def confidence(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `confidence` (0 to 1) and `flags` from the score of the subject and its lead over the next."""
    margin = pl.col("margin").fill_null(6.0).clip(0, 6)
    points = 0.9 * pl.col("score").fill_null(-6.0).clip(-6, 10) / 4 + margin / 2 - 2.2
    sure = 1 / (1 + (-points).exp())
    doubt = pl.when(margin < 0.6).then(pl.lit("ambiguous_subject"))
    none = pl.when(pl.col("subject") == "other").then(pl.lit("no_subject"))
    dated = pl.when(pl.col("year").is_null()).then(pl.lit("no_year"))
    flags = pl.concat_list(doubt, none, dated).list.drop_nulls()
    return rows.with_columns(confidence=sure.round(3), flags=flags)
