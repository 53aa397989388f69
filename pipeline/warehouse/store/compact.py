"""Files without the room that nothing stands in: DuckDB uses it again but never gives it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.contracts.ddl import quoted

LARGE = 256 * 2**20  # bytes; to copy a smaller file takes a second
MEMORY = "2GB"  # that DuckDB may take for it


def home(con: duckdb.DuckDBPyConnection) -> str:
    """The name of the database that a connection was opened on."""
    return str(con.execute("SELECT current_database()").fetchall()[0][0])


def room(con: duckdb.DuckDBPyConnection, database: str) -> tuple[int, float]:
    """The bytes of the file of an attached `database`, and the share of them in which nothing stands."""
    size, share = con.execute(
        "SELECT block_size * total_blocks, free_blocks / greatest(total_blocks, 1) "
        "FROM pragma_database_size() WHERE database_name = ?",
        [database],
    ).fetchall()[0]
    return size, share


@contextmanager
def compact_copy(con: duckdb.DuckDBPyConnection, database: str, beside: Path, version: str) -> Iterator[Path]:
    """A copy of an attached `database` beside a file, in a storage `version`, to be put somewhere; what is
    left of it, by a run that was killed too, is removed. Raises duckdb.Error or OSError."""
    anew = beside.with_name(f"{beside.name}.compact")
    leftovers = (anew, anew.with_name(anew.name + ".wal"))
    try:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        con.execute(f"ATTACH {quoted(str(anew))} AS anew (STORAGE_VERSION '{version}')")
        try:
            con.execute(f'COPY FROM DATABASE "{database}" TO anew')
        finally:
            con.execute("DETACH anew")
        yield anew
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
