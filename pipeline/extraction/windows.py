"""The text around a number, cut from a piece that may be very long.

To slice a text is to walk it from its start, so a number of a text without a break would cost as much as all
before it. A long piece is cut into overlapping windows once; a number looks into the one in whose middle it
stands.
"""

from __future__ import annotations

from typing import Any

import polars as pl

STEP = 2_000  # characters; a window holds three steps, so it reaches as far to each side of its middle


def in_windows(rows: pl.DataFrame, pieces: pl.DataFrame, at: pl.Expr, text: str, start: str) -> pl.DataFrame:
    """Join to rows (with `clause`) the piece of their clause, or of a long one the window around them.

    `pieces`: clause (running numbers without gaps), a column `text`, and one `start`, the place of its first
    character, on the scale of `at`. Both columns are those of the window where it is no whole piece; others
    stay.
    """
    long = pl.col(text).str.len_chars() > 3 * STEP
    place = rows["clause"] - (pieces["clause"].first() or 0)
    rows = rows.hstack(pieces.select(pl.exclude("clause").gather(place)))
    if not pieces.select(long.any()).item():
        return rows
    cut = [
        (clause, step, begins + max(0, step - 1) * STEP, whole[max(0, step - 1) * STEP : (step + 2) * STEP])
        for clause, begins, whole in pieces.filter(long).select("clause", start, text).iter_rows()
        for step in range(len(whole) // STEP + 1)
    ]
    kind = pieces.schema["clause"]
    schema: dict[str, Any] = {"clause": kind, "_step": pl.Int64, "_start": pl.Int64, "_text": pl.String}
    windows = pl.DataFrame(cut, schema=schema, orient="row")
    rows = rows.with_columns(_step=(at - pl.col(start)).clip(0) // STEP)
    rows = rows.join(windows, on=["clause", "_step"], how="left", maintain_order="left")
    return rows.with_columns(
        pl.coalesce("_text", text).alias(text), pl.coalesce("_start", start).alias(start)
    ).drop("_step", "_start", "_text")
