"""The values of cells that hold a plain figure."""

from __future__ import annotations

import polars as pl


def value() -> pl.Expr:
    """What the figure of a cell (text) comes to, null where it holds anything else: 1,204."""
    return pl.col("text").str.replace_all(",", "").cast(pl.Float64, strict=False)
