"""The numbers of whole texts, as they stand in the text and not in its reading."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.numbers.read import numbers_in
from pipeline.reading.layout.mending import read_text


def documents(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"document_id": [f"{i:016x}" for i in range(len(texts))], "text": list(texts)},
        schema={"document_id": pl.String, "text": pl.String},
    )


def read_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame.numbers` of documents (`document_id`, `text`) with spans in their texts, and `text`."""
    reading = read_text(frame)
    rows = numbers_in(reading.frame)
    rows = reading.to_written(rows, ("span_start", "span_end", "q_start", "q_end"))
    texts = dict(frame.select("document_id", "text").iter_rows())
    spans = rows.select("document_id", "span_start", "span_end").iter_rows()
    return rows.with_columns(text=pl.Series([texts[d][a:b] for d, a, b in spans], dtype=pl.String))
