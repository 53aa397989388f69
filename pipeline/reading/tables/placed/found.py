"""Cells set at the columns that a reader of rows has found for them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def at_columns(cells: pl.DataFrame, found: Sequence[tuple[int, ...]], *key: str) -> pl.DataFrame:
    """The `cells` that were found a column, with it as `column` (Int64), in their order.

    `found`: the `key` of each (grid, row, order …) and its column.
    """
    schema = {name: cells.schema[name] for name in key} | {"column": pl.Int64}
    told = pl.DataFrame(found, schema=schema, orient="row")
    return cells.drop("column", strict=False).join(told, on=key, how="inner", maintain_order="left")
