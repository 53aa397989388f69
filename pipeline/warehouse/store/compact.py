"""Files without the room that nothing stands in: DuckDB uses it again but never gives it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.contracts.ddl import quoted

MOST_FREE = 0.2  # of a file's blocks


def is_hollow(con: duckdb.DuckDBPyConnection, database: str, least: int = 0) -> bool:
    """Whether much of the file of an attached `database` is room that nothing stands in, where it has at
    `least` so many bytes."""
    size, free, total = con.execute(
        "SELECT block_size * total_blocks, free_blocks, total_blocks FROM pragma_database_size() "
        "WHERE database_name = ?",
        [database],
    ).fetchall()[0]
    return size >= least and free > MOST_FREE * total


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
