"""Numbers of texts that were recognised from pictures: marked, and trusted no further than that bears."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.confidence import CAPPED, LOW, UNNAMED
from pipeline.vocabulary import pattern

RECOGNISED, MISREAD = "recognised", "misread_digits"
CLEAR = 0.9  # the score of a line from which its figures are likely; nine in ten wrong figures stand below it
AROUND = 2  # characters beside a number that are looked at


def by_recognition(rows: pl.DataFrame, documents: pl.DataFrame, at: str = "span_start") -> pl.DataFrame:
    """Numbers with the flags of recognition, and their confidence (where they have one) capped by it.

    `rows`: document_id, `at` (where the number starts), span_end, flags. `documents`: document_id, text, and
    `recognised`, if some text was. A figure that was recognised is never sure. It is doubtful where its line
    was recognised badly, and where a letter or a stop stands in or at its digits (12O4, l204, 3。5): that is
    flagged misread_digits.
    """
    if "recognised" not in documents.columns or documents["recognised"].null_count() == documents.height:
        return rows
    scores = _line_scores(documents.filter(pl.col("recognised").is_not_null()))
    texts = documents.filter(pl.col("recognised").is_not_null()).select("document_id", "text")
    told = (
        rows.select("document_id", start=at, end="span_end")
        .with_row_index("told_row")
        .join(texts.rename({"text": "whole"}), on="document_id", how="inner")
        .with_columns(
            around=pl.col("whole").str.slice(
                pl.max_horizontal(pl.col("start") - AROUND, 0), pl.col("end") - pl.col("start") + 2 * AROUND
            )
        )
        .drop("whole")
        .sort("start")
        .join_asof(scores, left_on="start", right_on="line_start", by="document_id", check_sortedness=False)
        .select("told_row", "line_score", misread=pl.col("around").str.contains(pattern("misread")))
    )
    rows = (
        rows.with_row_index("told_row")
        .join(told, on="told_row", how="left", maintain_order="left")
        .drop("told_row")
    )
    known = pl.col("line_score").is_not_null()  # a line that was typed has none
    rows = (
        rows.with_columns(misread=known & pl.col("misread"))
        .with_columns(
            flags=pl.when(known).then(pl.col("flags").list.concat(pl.lit([RECOGNISED]))).otherwise("flags")
        )
        .with_columns(
            flags=pl.when(pl.col("misread").fill_null(False))
            .then(pl.col("flags").list.concat(pl.lit([MISREAD])))
            .otherwise("flags")
        )
    )
    if "confidence" in rows.columns:
        clear = (pl.col("line_score").fill_null(0.0) >= CLEAR) & ~pl.col("misread").fill_null(False)
        cap = pl.when(known & clear).then(CAPPED).when(known).then(UNNAMED).otherwise(1.0)
        lowered = (pl.col("confidence") >= LOW) & (cap < LOW)
        rows = rows.with_columns(
            confidence=pl.min_horizontal("confidence", cap),
            flags=pl.when(lowered)
            .then(pl.col("flags").list.concat(pl.lit(["low_confidence"])))
            .otherwise("flags"),
        )
    return rows.drop("line_score", "misread")


def _line_scores(documents: pl.DataFrame) -> pl.DataFrame:
    """document_id, line_start (offset in the text), line_score: a row for each line, sorted by line_start."""
    lines = documents.select("document_id", "recognised", line=pl.col("text").str.split("\n")).explode(
        "line", "recognised"
    )
    length = pl.col("line").str.len_chars().cast(pl.Int64) + 1
    start = (length.cum_sum() - length).over("document_id")
    return lines.select("document_id", line_start=start, line_score="recognised").sort("line_start")
