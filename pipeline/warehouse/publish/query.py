"""Reads the published file the way that analysts do: read-only, with everything outside it out of reach."""

import csv
import io
import json
from pathlib import Path

import duckdb

LOCKED = {"enable_external_access": "false", "lock_configuration": "true"}


def open_published(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach neither other files nor the network, nor be told otherwise."""
    return duckdb.connect(str(path), read_only=True, config=dict(LOCKED))


def query_published(path: Path, sql: str) -> tuple[list[str], list[tuple]]:
    """Column names and rows of a query on the published file. Raises duckdb.Error."""
    con = open_published(path)
    try:
        cursor = con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return names, cursor.fetchall()
    finally:
        con.close()


def render(result: tuple[list[str], list[tuple]], form: str) -> str:
    """Rows as text: `csv`, `json` (one object a line), or `table`."""
    names, rows = result
    if form == "json":
        lines = (
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) for row in rows
        )
        return "".join(f"{line}\n" for line in lines)
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([names, *rows])
        return out.getvalue()
    return _table(names, rows)


def _table(names: list[str], rows: list[tuple]) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(*names)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell).replace("\n", "⏎") for cell in row))
    out = io.StringIO()
    probe = Console(width=10_000, file=out)
    width = probe.measure(table).maximum
    console = Console(file=out, width=max(width, 20), highlight=False, markup=False)
    console.print(table)
    return out.getvalue() + f"{len(rows)} row{'' if len(rows) == 1 else 's'}\n"
