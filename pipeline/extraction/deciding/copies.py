"""Copies of the frames of one text, to be read at once: each as of a text of its own."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def behind(frame: pl.DataFrame, n: int, steps: Mapping[str, int]) -> pl.DataFrame:
    """The `n`-th copy of a frame, as of a text of its own: running numbers so many `steps` further on."""
    names = frame.columns
    return frame.with_columns(
        *(pl.col(c) + n * by for c, by in steps.items() if c in names),
        *(pl.concat_str(c, pl.lit(f"#{n}")) for c in ("document_id", "report_id") if c in names),
    )
