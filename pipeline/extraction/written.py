"""The text as it was written, cut at given offsets: the evidence of mentions and observations.

Slicing a long text once a number would walk it from the start each time; here each text is walked once.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa

from pipeline.extraction.stream import Stream
from pipeline.extraction.text import Reading


def cut(documents: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `written`, the text of each piece.

    `documents`: document_id, text. `pieces`: document_id, start, end (code points), which tile each document that
    they name, in the order of `documents`. Returns the pieces with `written`.
    """
    named = documents.filter(pl.col("document_id").is_in(pieces["document_id"].unique().implode()))
    if named.is_empty():
        return pieces.with_columns(written=pl.lit(None, pl.String))
    data = named["text"].rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    ends = np.frombuffer(data.buffers()[1], dtype=np.int64)[data.offset : data.offset + len(data) + 1]
    buffer = data.buffers()[2]
    octets = (
        np.frombuffer(buffer, dtype=np.uint8)[ends[0] : ends[-1]]
        if buffer is not None
        else np.empty(0, np.uint8)
    )
    starts = np.append(np.flatnonzero((octets & 0xC0) != 0x80), len(octets)) + ends[0]
    sizes = named["text"].str.len_chars().to_numpy().astype(np.int64)
    base = pl.DataFrame({"document_id": named["document_id"], "base": np.cumsum(sizes) - sizes})
    offsets = pieces.join(base, on="document_id", how="left", maintain_order="left")
    cuts = (offsets["base"] + offsets["end"]).to_numpy()
    bounds = np.concatenate([starts[:1], starts[cuts]]).astype(np.int64)
    strings = pa.Array.from_buffers(pa.large_string(), len(pieces), [None, pa.py_buffer(bounds), buffer])
    return pieces.with_columns(written=pl.Series("written", strings))


def pieces_of(documents: pl.DataFrame, stream: Stream, reading: Reading) -> pl.DataFrame:
    """The clauses of a stream as they were written: clause, piece_start (offset into `documents.text`), piece."""
    starts = reading.to_written(stream.clauses.select("document_id", "clause", "start"), ["start"])
    sizes = documents.select("document_id", size=pl.col("text").str.len_chars().cast(pl.Int64))
    tiles = starts.join(sizes, on="document_id", how="left", maintain_order="left").with_columns(
        start=pl.when(pl.col("document_id") != pl.col("document_id").shift(1, fill_value=""))
        .then(0)
        .otherwise("start")
    )
    following = pl.when(pl.col("document_id") == pl.col("document_id").shift(-1)).then(
        pl.col("start").shift(-1)
    )
    tiles = tiles.with_columns(end=following.fill_null(pl.col("size")))
    return cut(documents, tiles).select("clause", piece_start="start", piece="written")


def evidence(documents: pl.DataFrame, rows: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
    """Add `written`, the text from `start` to `end` (offsets into `documents.text`), from each row's piece."""
    inside = pl.col("piece").str.slice(pl.col(start) - pl.col("piece_start"), pl.col(end) - pl.col(start))
    rows = rows.with_columns(written=inside)
    # a number that a clause's end runs through (a line break inside it) is cut from the text itself
    across = (pl.col("written").str.len_chars().cast(pl.Int64) != pl.col(end) - pl.col(start)) | (
        pl.col(start) < pl.col("piece_start")
    )
    if not rows.select(across.any()).item():
        return rows
    broken = (
        rows.with_row_index("_row")
        .filter(across)
        .join(documents.select("document_id", "text"), on="document_id", suffix="_doc")
    )
    text = pl.col("text_doc") if "text_doc" in broken.columns else pl.col("text")
    fixed = broken.select("_row", fixed=text.str.slice(pl.col(start), pl.col(end) - pl.col(start)))
    rows = rows.with_row_index("_row").join(fixed, on="_row", how="left", maintain_order="left")
    return rows.with_columns(written=pl.coalesce("fixed", "written")).drop("_row", "fixed")
