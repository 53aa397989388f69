"""The text as it was written, cut at given offsets: the evidence of mentions and observations.

polars would walk a long text from its start for each piece; Python takes a piece wherever it stands.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import Stream
from pipeline.extraction.windows import in_windows
from pipeline.reading.layout.mending import Reading

BLANK = "\n\f\t |"  # what a quote doesn't begin or end with


def cut(documents: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `written`, the text of each piece.

    `documents`: document_id, text. `pieces`: document_id, start, end (code points), which tile each
    document that they name without gaps, in the order of `documents` and of the text. Returns the pieces
    with `written`.
    """
    texts = dict(documents.select("document_id", "text").iter_rows())
    places = zip(*(pieces[name].to_list() for name in ("document_id", "start", "end")), strict=True)
    # text[a:b] takes the same time wherever it stands
    written = [texts[document][start:end] for document, start, end in places]
    return pieces.with_columns(pl.Series("written", written, dtype=pl.String))


def pieces_of(documents: pl.DataFrame, stream: Stream, reading: Reading) -> pl.DataFrame:
    """The clauses of a stream as they were written: clause, piece_start (offset into `documents.text`),
    piece, and body_start and body_end, its offsets without the blanks around it.

    What was left out of the reading between two clauses goes to the first of them, so that the pieces tile
    the texts.
    """
    tiles = reading.to_written(stream.clauses.select("document_id", "clause", "start"), ["start"])
    sizes = documents.select("document_id", size=pl.col("text").str.len_chars().cast(pl.Int64))
    tiles = tiles.join(sizes, on="document_id", how="left", maintain_order="left")
    first = pl.col("document_id") != pl.col("document_id").shift(1, fill_value="")
    tiles = tiles.with_columns(start=pl.when(first).then(0).otherwise("start"))
    last = pl.col("document_id") != pl.col("document_id").shift(-1, fill_value="")
    tiles = tiles.with_columns(end=pl.when(last).then("size").otherwise(pl.col("start").shift(-1)))
    piece = pl.col("written")
    body, end = piece.str.strip_chars_start(BLANK), pl.col("start") + piece.str.len_chars().cast(pl.Int64)
    tiles = cut(documents, tiles).with_columns(
        body_start=end - body.str.len_chars().cast(pl.Int64),
        body_end=end
        - (piece.str.len_chars() - piece.str.strip_chars_end(BLANK).str.len_chars()).cast(pl.Int64),
    )
    # of nothing but blanks the body ends where the piece ends
    tiles = tiles.with_columns(body_end=pl.max_horizontal("body_start", "body_end"))
    return tiles.select("clause", "body_start", "body_end", piece_start="start", piece="written")


def with_pieces(rows: pl.DataFrame, pieces: pl.DataFrame, at: str) -> pl.DataFrame:
    """Add to rows the piece that they stand in (see `pieces_of`), of a long one what is around `at`."""
    return in_windows(rows, pieces, pl.col(at), "piece", "piece_start")


def evidence(documents: pl.DataFrame, rows: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
    """Add `written`, the text from `start` to `end` (columns of offsets into `documents.text`).

    `rows`: document_id, piece and piece_start (see `pieces_of`) and the offsets.
    """
    size = pl.col(end) - pl.col(start)
    rows = rows.with_columns(written=pl.col("piece").str.slice(pl.col(start) - pl.col("piece_start"), size))
    # a number that a clause's end runs through (a line break inside it) is cut from the text itself
    short = pl.col("written").str.len_chars().cast(pl.Int64) != size
    across = short | (pl.col(start) < pl.col("piece_start"))
    if not rows.select(across.any()).item():
        return rows
    rows = rows.with_row_index("_row")
    broken = rows.filter(across).select("_row", "document_id", start, end)
    texts = dict(
        documents.join(broken, on="document_id", how="semi").select("document_id", "text").iter_rows()
    )
    whole = [texts[document][a:b] for _, document, a, b in broken.iter_rows()]
    broken = broken.select("_row", _whole=pl.Series(whole, dtype=pl.String))
    rows = rows.join(broken, on="_row", how="left", maintain_order="left")
    return rows.with_columns(written=pl.coalesce("_whole", "written")).drop("_row", "_whole")


def last_place(number: pl.Expr, value: pl.Expr) -> pl.Expr:
    """The size of one in the last place of a number as it is read: 100 for 41.23万元 (412,300 元), 0.1 for
    94.4%; 0 for numerals in characters."""
    digits = number.str.replace_all("[ ,]", "").str.extract(r"([0-9]+(?:\.[0-9]+)?)").fill_null("0")
    size = digits.cast(pl.Float64)
    decimals = digits.str.extract(r"\.([0-9]+)").str.len_chars().fill_null(0).cast(pl.Float64)
    place = (value / size).abs() * pl.lit(10.0).pow(-decimals)
    return pl.when(size != 0).then(place).otherwise(0.0)
