"""What each table of the vocabulary holds: `files.csv` and `columns.csv`, one row a table and a column."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
KINDS = (
    "word", "text", "code", "codes", "token", "indicator", "region", "reach", "integer", "number", "yes",
    "pattern", "expression",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column's promise. `refers` names the table and column that its values must stand in, `once` a group
    of columns over which no word may stand twice."""

    name: str
    kind: str
    required: bool
    allowed: tuple[str, ...]
    refers: tuple[str, str] | None
    once: str
    meaning: str


@dataclass(frozen=True)
class File:
    """A table's promise: its columns, those that identify a row, whether the first fitting row decides."""

    name: str
    key: tuple[str, ...]
    first_decides: bool
    meaning: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; StopIteration where there is none."""
        return next(column for column in self.columns if column.name == name)


@cache
def files() -> dict[str, File]:
    """Every table of the vocabulary by name, in the order of the steps. Raises ValueError where a table or a
    column of one is described twice, or a column has an unknown type."""
    columns: dict[str, list[Column]] = {}
    for row in _once("columns.csv", "file", "column"):
        if row["type"] not in KINDS:
            raise ValueError(f"columns.csv: {row['file']}, {row['column']}: no type {row['type']!r}")
        table, _, column = row["refers"].partition(":")
        columns.setdefault(row["file"], []).append(
            Column(
                name=row["column"],
                kind=row["type"],
                required=row["required"] == "yes",
                allowed=tuple(filter(None, row["allowed"].split("|"))),
                refers=(table, column) if table else None,
                once=row["once"],
                meaning=row["meaning"],
            )
        )
    return {
        row["file"]: File(
            name=row["file"],
            key=tuple(row["key"].split("|")),
            first_decides=row["order"] == "first",
            meaning=row["meaning"],
            columns=tuple(columns[row["file"]]),
        )
        for row in _once("files.csv", "file")
    }


def _once(name: str, *key: str) -> list[dict[str, str]]:
    """The rows of a table of the schema; ValueError where two have the same key."""
    rows = _rows(name)
    seen = Counter(tuple(row[part] for part in key) for row in rows)
    if twice := [", ".join(row) for row, count in seen.items() if count > 1]:
        raise ValueError(f"{name}: described twice: {'; '.join(twice)}")
    return rows


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
