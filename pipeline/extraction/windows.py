"""The text around a number, cut from a piece that may be very long.

To slice a text is to walk it from its start, so a number of a text without a break would cost as much as all
before it. A long piece is cut into overlapping windows once; a number looks into the one in whose middle it
stands.
"""

from __future__ import annotations

import polars as pl

STEP = 2_000  # characters; a window holds three steps, so it reaches as far to each side of its middle


def in_windows(rows: pl.DataFrame, pieces: pl.DataFrame, at: pl.Expr, text: str, start: str) -> pl.DataFrame:
    """Join to rows (with `clause`) the piece of their clause, or of a long one the window around them.

    `pieces`: clause (running numbers without gaps), a column `text`, and one `start`, the place of its first
    character, on the scale of `at`. Both columns are those of the window where it is no whole piece; others
    stay.
    """
    size = pieces[text].str.len_chars().cast(pl.Int64)
    long, place = size > 3 * STEP, rows["clause"] - (pieces["clause"].first() or 0)
    if not long.any():
        return rows.hstack(pieces.select(pl.exclude("clause").gather(place)))
    names = [*rows.columns, *pieces.drop("clause").columns]
    rows = rows.hstack(pieces.select(pl.exclude("clause", text).gather(place)))
    cut = [
        (begins + max(0, step - 1) * STEP, whole[max(0, step - 1) * STEP : (step + 2) * STEP])
        for begins, whole in pieces.filter(long).select(start, text).iter_rows()
        for step in range(len(whole) // STEP + 1)
    ]
    windows = pl.DataFrame(cut, schema={start: pieces.schema[start], text: pl.String}, orient="row")
    # pieces and windows in one column: rows take theirs out of it without a copy, a join would make one each
    both = pl.concat([pieces.select(start, text), windows], rechunk=True)
    count = (size // STEP + 1) * long.cast(pl.Int64)
    of_piece = pl.DataFrame({"count": count, "first": pieces.height + count.cum_sum() - count})[place]
    step = rows.select(((at - pl.col(start)).clip(0) // STEP).cast(pl.Int64)).to_series()
    taken = of_piece.with_columns(place=place.cast(pl.Int64), step=step).select(
        pl.when(pl.col("count") > 0)
        .then(pl.col("first") + pl.min_horizontal("step", pl.col("count") - 1))
        .otherwise("place")
    )
    return rows.drop(start).hstack(both[taken.to_series()]).select(names)
