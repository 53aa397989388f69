"""What every reader of grids gives: cells by grid, row and column, before their roles are told."""

from __future__ import annotations

import polars as pl

RAW_CELLS = {
    "document_id": pl.String,
    "grid": pl.Int64,
    "shape": pl.String,
    "row": pl.Int64,
    "column": pl.Int64,
    "start": pl.Int64,
    "text": pl.String,
    "indent": pl.Int64,
}
RawCell = tuple[str, int, int, int, int, str]  # document_id, grid, row, column, start, text


def glued(cells: list[RawCell]) -> pl.DataFrame:
    """Cells that were cut from running text as `RAW_CELLS`, in their order."""
    schema = {name: RAW_CELLS[name] for name in ("document_id", "grid", "row", "column", "start", "text")}
    frame = pl.DataFrame(cells, schema=schema, orient="row")
    return frame.with_columns(shape=pl.lit("glued"), indent=pl.lit(0, pl.Int64)).select(list(RAW_CELLS))
