"""Rows between tabs that a page filled up with bars behind them: 东镇⇥12⇥9⇥||||, and lines of bars alone."""

from __future__ import annotations

import polars as pl

FILLING = r"[ |]*\|{2,}\s*$"
ALONE = r"^\s*\|[| ]*$"


def without_closing_bars(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (document_id, text …) with blanks for the bars behind the last cell of rows between tabs, and
    strokes for lines of bars alone beside these."""
    text = pl.col("text")
    tabbed = text.str.contains(r"\t") & ~text.str.replace(FILLING, "").str.contains("|", literal=True)
    barred = text.str.contains("|", literal=True)
    if not lines.select((tabbed & barred).any()).item():
        return lines
    held = pl.when(text.str.contains(r"\S") & ~text.str.contains(ALONE)).then(tabbed)
    beside = [held.forward_fill().over("document_id"), held.backward_fill().over("document_id")]
    alone = text.str.contains(ALONE) & pl.any_horizontal(*beside).fill_null(False)
    return lines.with_columns(
        text=pl.when(tabbed & barred)
        .then(text.str.replace(FILLING, ""))
        .when(alone)
        .then(text.str.replace_all(r"[| ]", "-"))
        .otherwise("text")
    )
