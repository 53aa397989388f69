"""What the report and the section around a number say of it, and the number without some of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from pipeline.extraction.report_context import plan_and_year

ABOVE = {
    "role": ("role",),
    "section year": ("section_year",),
    "genre": ("genre",),
    "report": ("report_year", "now_year", "told_year", "plan_year", "year_before", "told_month"),
    "region": ("region_code",),
    "area": ("own",),
}  # what is said from above (`report_context.context`), and the columns that hold it


def said_above(row: Mapping[str, Any]) -> dict[str, str]:
    """Each kind of `ABOVE` that says anything of a number, with the first that it says."""
    first = {kind: next((row[c] for c in of if row.get(c) is not None), "") for kind, of in ABOVE.items()}
    return {kind: str(said) for kind, said in first.items() if said != ""}


def without_above(rows: pl.DataFrame, gone: Iterable[str], headed: bool = True) -> pl.DataFrame:
    """The numbers without what these kinds say. `headed`: whether a plan and a year follow from the rest."""
    dropped = [c for kind in gone if kind in ABOVE for c in ABOVE[kind]]
    if not dropped:
        return rows
    rows = rows.with_columns(pl.lit(None, rows.schema[c]).alias(c) for c in dropped)
    return rows.with_columns(plan_and_year()) if headed else rows
