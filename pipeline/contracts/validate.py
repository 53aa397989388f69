"""Checks a frame against its table's contract before anything is stored.

A frame that keeps it passes at once (`holds`); what is wrong with another is told by pandera. Frames are
checked whole and eager: pandera skips the value checks of a LazyFrame, lets an empty frame pass, and takes
NaN for a large number, so that emptiness and NaN are looked at here.
"""

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from pipeline.contracts.holds import holds, typed
from pipeline.contracts.registry import Column, Table, get_table

if TYPE_CHECKING:
    import pandera.polars as pa

SHOWN = 10  # failing rows that a message lists


class ContractError(ValueError):
    """A frame breaks the contract of its table; the message says where, as a Markdown table."""

    def __init__(self, table: str, failures: pl.DataFrame):
        self.table = table
        self.failures = failures
        super().__init__(
            f"{table}: {failures.height} finding(s) against its contract\n\n{_markdown(failures)}"
        )

    @property
    def brief(self) -> str:
        """The first finding in one line."""
        first = {name: cell or "" for name, cell in self.failures.row(0, named=True).items()}
        return "{}: {column} {check} {value} at {row}".format(self.table, **first)


def validate(frame: pl.DataFrame, name: str, whole: bool = True) -> pl.DataFrame:
    """Return `frame` as it came, or raise ContractError naming every failing column, check and value.

    `frame` must have exactly the columns of table `name`, in any order, with their types. `whole=False` says
    that it is one batch of the table, which may be empty where the table may not.
    """
    table = get_table(name)
    if whole and table.non_empty and frame.is_empty():
        raise ContractError(name, _failures([(None, "not_empty", None, None)]))
    if holds(frame, name):
        return frame
    import pandera.errors as errors

    try:
        pandera_schema(name).validate(frame, lazy=True)
    except errors.SchemaErrors as error:
        raise ContractError(name, _located(error.failure_cases, frame, table)) from None
    return frame


@cache
def pandera_schema(name: str) -> "pa.DataFrameSchema":
    """The strict pandera schema of a table: types, nulls, values, bounds, patterns, NaN and unique key."""
    import pandera.polars as pa

    table = get_table(name)
    columns = {
        c.name: pa.Column(c.polars_type, nullable=c.nullable, checks=_checks(c)) for c in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, unique=list(table.key) or None, name=name)


def _checks(column: Column) -> list["pa.Check"]:
    import pandera.polars as pa

    checks = []
    if column.allowed:
        checks.append(pa.Check.isin(column.allowed))
    if column.minimum is not None:
        checks.append(pa.Check.ge(typed(column.minimum, column)))
    if column.maximum is not None:
        checks.append(pa.Check.le(typed(column.maximum, column)))
    if column.pattern:
        checks.append(pa.Check.str_matches(column.pattern))
    if column.type == "double":
        checks.append(
            pa.Check(lambda data: data.lazyframe.select(pl.col(data.key).is_finite()), name="is_finite")
        )
    return checks


def _located(cases: pl.DataFrame, frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """pandera's failure cases with the row's key, so that the message leads to a document and a span."""
    keys = [k for k in table.key if k in frame.columns]
    rows = []
    for case in cases.iter_rows(named=True):
        index = case.get("index")
        at = None
        if index is not None and keys:
            at = ", ".join(f"{k}={frame[int(index), k]}" for k in keys)
        rows.append((case.get("column"), case.get("check"), case.get("failure_case"), at))
    return _failures(rows)


def _failures(rows: list[tuple]) -> pl.DataFrame:
    names = ("column", "check", "value", "row")
    cells = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def _markdown(failures: pl.DataFrame) -> str:
    lines = ["| column | check | value | row |", "| --- | --- | --- | --- |"]
    for row in failures.head(SHOWN).iter_rows():
        lines.append("| " + " | ".join((cell or "").replace("\n", "⏎")[:80] for cell in row) + " |")
    if failures.height > SHOWN:
        lines.append(f"\nand {failures.height - SHOWN} more")
    return "\n".join(lines)
