"""Damage: whether a file of DuckDB holds what was written to it, and notes of those that do not.

Each block of a file begins with a checksum of the rest, so that all of it is looked through as fast as it is
read from the disk: a gigabyte in a few tenths of a second. That says where to look closer, no more: a block
in which nothing stands may have been torn by a kill, and a DuckDB to come may count otherwise.
"""

import time
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb

HEADERS, BLOCK = 3 * 4096, 256 * 2**10  # bytes at the beginning of a file, and of each block behind them
BLOCKS = 16  # looked at together
FACTOR, START = 0xBF58476D1CE4E5B9, 5381  # of DuckDB's checksum over the words of a block
DAY = 86_400.0
REMEDY = "The work file is damaged: refresh again, and it is set aside and filled anew from the raw files."


class Damaged(RuntimeError):
    """A file does not hold what was written to it; the message names it and says what to do."""


class Seen(NamedTuple):
    """A file as it was looked at: the CRC-32 of its bytes; its inode, size and time of change (nanoseconds);
    and when that was (seconds since 1970)."""

    crc32: int
    at: tuple[int, int, int]
    looked: float


def see(path: Path) -> Seen:
    """Look at all bytes of a file. Raises OSError."""
    at, crc32 = _place(path), 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(BLOCKS * BLOCK):
            crc32 = zlib.crc32(piece, crc32)
    return Seen(crc32, at, time.time())


def is_due(seen: Seen, path: Path) -> bool:
    """Whether a file should be looked at again: it was touched, or a day has gone by. Raises OSError."""
    return seen.at != _place(path) or not 0 <= time.time() - seen.looked < DAY


def _place(path: Path) -> tuple[int, int, int]:
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


def is_sound(path: Path) -> bool:
    """Whether every value of the database at `path` can be read; one that somebody has open for writing is
    taken to be."""
    try:
        if _looks_whole(path):
            return True
        with closing(duckdb.connect(str(path), read_only=True)) as con:
            tables = con.execute(
                'SELECT format(\'"{}"."{}"\', schema_name, table_name) FROM duckdb_tables()'
            ).fetchall()
            return can_be_read(con, [name for (name,) in tables])
    except duckdb.Error as error:
        return is_held(error)
    except OSError:
        return False


def _looks_whole(path: Path) -> bool:
    """Whether each block has the checksum that it was written with."""
    import numpy as np

    factor = np.uint64(FACTOR)
    with path.open("rb", buffering=0) as file:
        file.seek(HEADERS)
        while piece := file.read(BLOCKS * BLOCK):
            if len(piece) % BLOCK:
                return False
            words = np.frombuffer(piece, np.dtype("<u8")).reshape(-1, BLOCK // 8)
            sums = np.bitwise_xor.reduce(words[:, 1:] * factor, axis=1) ^ np.uint64(START)
            if (sums != words[:, 0]).any():
                return False
    return True


def can_be_read(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> bool:
    """Whether every value of the tables can be read."""
    try:
        for table in tables:
            con.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchall()
    except duckdb.Error:
        return False
    return True


def is_damage(error: BaseException | None) -> bool:
    """Whether DuckDB says that what stands in a file is not what was written, or we do."""
    return isinstance(error, Damaged | duckdb.FatalException | duckdb.SerializationException) or (
        isinstance(error, duckdb.Error) and "Corrupt database file" in str(error)
    )


def is_held(error: duckdb.Error) -> bool:
    """Whether a file could not be opened because another process has it (a corrupt *block* is no lock)."""
    return "set lock on file" in str(error)


def damage_note(path: Path) -> Path:
    """Where it is noted that the file at `path` was found damaged."""
    return path.with_name(f"{path.name}.damaged")


def note_damage(path: Path) -> None:
    """Note that a file was found damaged while it was read: the next run sets a work file aside, and replaces
    a published file. Raises OSError."""
    damage_note(path).touch()


def is_noted(path: Path) -> bool:
    """Whether a file was found damaged, and nothing done about it since."""
    return damage_note(path).is_file()
