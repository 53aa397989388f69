"""Loads `tables.csv` and `columns.csv`, the one place in which tables and columns are defined.

A table is named `schema.table`. The schemas `core`, `ref` and `meta` are published, `state` stays in the work
file, and `frame` holds frames that one room hands to another and nobody stores.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent

POLARS_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "text[]": pl.List(pl.String()),
    "integer[]": pl.List(pl.Int32()),
    "bigint[]": pl.List(pl.Int64()),
    "double[]": pl.List(pl.Float64()),
    "tinyint": pl.Int8(),
    "integer": pl.Int32(),
    "bigint": pl.Int64(),
    "double": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us", "UTC"),
}

# Timestamps carry UTC in frames and are stored bare, for a TIMESTAMPTZ asks more of the analyst's client than
# the plain type; the writer's sessions run in UTC.
DUCKDB_TYPES = {
    "text": "VARCHAR",
    "text[]": "VARCHAR[]",
    "integer[]": "INTEGER[]",
    "bigint[]": "BIGINT[]",
    "double[]": "DOUBLE[]",
    "tinyint": "TINYINT",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """A column's promise: type, nulls, allowed values or bounds, and where it comes from."""

    name: str
    type: str
    nullable: bool
    key: bool
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    pattern: str | None
    source: tuple[str, ...]
    comment: str

    @property
    def polars_type(self) -> pl.DataType:
        return POLARS_TYPES[self.type]

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """A table's promise: its columns in order, and whether it may be empty."""

    name: str
    stored: bool
    non_empty: bool
    comment: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that identify a row."""
        return tuple(c.name for c in self.columns if c.key)

    @property
    def schema(self) -> pl.Schema:
        """Column names and polars types, in order."""
        return pl.Schema({c.name: c.polars_type for c in self.columns})


@cache
def load_tables() -> dict[str, Table]:
    """All tables by name, in the order of `tables.csv`. Raises ValueError where the two files disagree."""
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns.csv"):
        if row["type"] not in POLARS_TYPES:
            raise ValueError(
                f"columns.csv: {row['table']}.{row['column']} has the unknown type {row['type']!r}"
            )
        columns.setdefault(row["table"], []).append(_column(row))
    tables = {
        row["table"]: Table(
            name=row["table"],
            stored=row["stored"] == "yes",
            non_empty=row["non_empty"] == "yes",
            comment=row["comment"],
            columns=tuple(columns.pop(row["table"], ())),
        )
        for row in _rows("tables.csv")
    }
    if columns:
        raise ValueError(f"columns.csv describes tables that tables.csv does not list: {sorted(columns)}")
    if bare := [t.name for t in tables.values() if not t.columns]:
        raise ValueError(f"tables.csv lists tables without columns: {bare}")
    return tables


def get_table(name: str) -> Table:
    """The table `schema.table`. Raises KeyError with the known names where there is none."""
    tables = load_tables()
    if name not in tables:
        raise KeyError(f"no table {name!r} in the registry; there are {', '.join(tables)}")
    return tables[name]


def polars_schema(name: str) -> pl.Schema:
    """Column names and polars types of a table, in order."""
    return get_table(name).schema


def columns(*names: str) -> list[str]:
    """Column names of a table, in order; of several that stand side by side, those of all, each once."""
    return list(dict.fromkeys(column for name in names for column in polars_schema(name)))


def empty_frame(name: str) -> pl.DataFrame:
    """A frame of no rows with a table's columns."""
    return _empty(name).clone()


@cache
def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=polars_schema(name))


def tables_of(schema: str) -> list[Table]:
    """The tables of one schema, in order."""
    return [t for t in load_tables().values() if t.name.split(".")[0] == schema]


def _rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        type=row["type"],
        nullable=row["nullable"] == "yes",
        key=row["key"] == "yes",
        allowed=_words(row["allowed"]),
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        pattern=row["pattern"] or None,
        source=_words(row["source"]),
        comment=row["comment"],
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
