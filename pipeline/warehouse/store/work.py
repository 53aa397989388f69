"""The private work file: opened by one run at a time, made anew where it cannot be used.

An OS lock on a file beside it names the run that holds it; it falls with the process, so that a killed run
leaves nothing to clean up. DuckDB's own log brings the tables back to the last finished transaction.
"""

import fcntl
import hashlib
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.contracts import ddl
from pipeline.contracts.registry import FOLDER
from pipeline.warehouse.store.compact import LARGE, MEMORY, compact_copy, home, room
from pipeline.warehouse.store.damage import damage_note, is_damage, is_held, is_noted
from pipeline.warehouse.store.places import check_places, make_own, remove_slices
from pipeline.warehouse.store.writer import make_tables

# The format of files: the oldest that keeps everything. DuckDB 1.2 and all later ones open it.
STORAGE_VERSION = "v1.2.0"
POLL_SECONDS = 0.5
MOST_FREE = 0.12  # of a large file; as much again is free in its publication, which lacks what is private

Told = dict[tuple[str, str], tuple[bool, str | None]]
log = logging.getLogger(__name__)


class WorkFileHeld(RuntimeError):
    """Another run holds the work file; the message names it."""


@dataclass
class WorkFile:
    """An open work file: its path and the one connection that writes to it, which is gone once it is closed:
    Dagster remembers what a run was given until the process ends, and DuckDB's binding tells of every
    connection that is there by then.

    `kept` is the release since which nothing changed, None where something did. `told` is what each check
    said, by table and check: whether it held, and why not. `listed` is the manifest (`frame.files`) by which
    that was found out, None where it could not be made. `run` is the run that holds it, `memo` what it asked
    once, and `ahead` what does the work of its last steps beside it (`orchestration.ahead`), if any does.
    """

    path: Path
    con: duckdb.DuckDBPyConnection
    kept: str | None = None
    told: Told = field(default_factory=dict)
    listed: pl.DataFrame | None = None
    run: str | None = None
    memo: dict[tuple, Any] = field(default_factory=dict)
    ahead: Any = None


@contextmanager
def open_work(
    path: Path, run: str, wait_seconds: float = 0.0, memory_limit: str = MEMORY
) -> Iterator[WorkFile]:
    """Hold the work file at `path` in the name of `run`, with all tables of the registry in place.

    Waits up to `wait_seconds` for another run, then raises WorkFileHeld. A file that DuckDB cannot open,
    or in which a run met damage (`note_damage`), or that is somebody else's, is set aside and one of another
    registry emptied; they are filled again from the raw files.
    """
    _make_folder(path.parent)
    check_places(path)
    with _lock(path.with_name(path.name + ".lock"), run, wait_seconds):
        if is_noted(path):
            _set_aside(path)
        make_own(path)
        remove_slices(path)
        work = WorkFile(path, _connect(path, memory_limit))
        try:
            try:
                _prepare(work.con)
            except duckdb.Error as error:
                if not is_damage(error):
                    raise
                work.con.close()
                _set_aside(path)
                work.con = _connect(path, memory_limit)
                _prepare(work.con)
            if _is_hollow(work.con):
                _compact(work, memory_limit)
            yield work
        finally:
            work.con.close()
            del work.con
            remove_slices(path)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OSError(f"cannot make the folder of the warehouse, {folder}: {error.strerror}") from None
    if not os.access(folder, os.W_OK):
        raise PermissionError(
            f"the folder of the warehouse, {folder}, is not writable; nothing was published"
        )


@contextmanager
def _lock(path: Path, run: str, wait_seconds: float) -> Iterator[None]:
    with path.open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait_seconds
        told = False
        while not _taken(file.fileno()):
            holder = _holder(path)
            if time.monotonic() >= deadline:
                raise WorkFileHeld(f"{path.with_suffix('')} is held by {holder}; try again when it has ended")
            if not told:
                log.warning("waiting for %s, which holds %s", holder, path.with_suffix(""))
                told = True
            time.sleep(POLL_SECONDS)
        try:
            file.truncate(0)
            file.write(
                json.dumps(
                    {"run": run, "pid": os.getpid(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}
                )
            )
            file.flush()
            yield
        finally:
            file.truncate(0)
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"run {held['run']} (process {held['pid']}, since {held['since']})"
    except (OSError, ValueError, KeyError):
        return "another run"


def _connect(path: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": memory_limit,
    }
    try:
        con = duckdb.connect(str(path), config=config)
    except duckdb.Error as error:
        if not path.exists() or is_held(error):
            raise
        _set_aside(path)
        return duckdb.connect(str(path), config=config)
    ours = _is_ours(con)
    if ours and storage_version(con).startswith(STORAGE_VERSION):
        return con
    con.close()
    if ours:  # a file keeps the format that it was made in; all of it is read again from the raw files
        path.unlink()
    else:
        _set_aside(path, "is no work file of minzheng")
    return duckdb.connect(str(path), config=config)


def _is_hollow(con: duckdb.DuckDBPyConnection) -> bool:
    size, free = room(con, home(con))
    return size >= LARGE and free > MOST_FREE


def _compact(work: WorkFile, memory_limit: str) -> None:
    """Copy a work file without the room in it, once: else each publication would have to be."""
    try:
        work.con.execute("CHECKPOINT")
        with compact_copy(work.con, home(work.con), work.path, STORAGE_VERSION) as anew:
            work.con.close()
            if not work.path.with_name(work.path.name + ".wal").exists():
                os.replace(anew, work.path)
    except (duckdb.Error, OSError) as error:  # no room for it: the larger file is as good
        log.warning("%s is not made compact: %s", work.path, error)
    work.con.close()
    work.con = _connect(work.path, memory_limit)
    _prepare(work.con)


def _is_ours(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file is empty or was made by a run: what somebody else keeps in it is not emptied."""
    found = con.execute(
        "SELECT count(*), count(*) FILTER (schema_name = 'state' AND table_name = 'settings') "
        "FROM duckdb_tables()"
    ).fetchall()
    return found[0][0] == 0 or found[0][1] > 0


def storage_version(con: duckdb.DuckDBPyConnection) -> str:
    """The format of the file that `con` has open, such as `v1.2.0+`: the oldest DuckDB that reads it."""
    return con.execute(
        "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0][0]


def _set_aside(path: Path, why: str = "is damaged") -> None:
    """Put a file that cannot be used out of the way; the next one is filled again from the raw files."""
    aside = path.with_name(f"{path.name}.broken")
    log.warning("%s %s; one is built anew and this one kept as %s", path, why, aside)
    if path.exists():
        path.replace(aside)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    damage_note(path).unlink(missing_ok=True)


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are missing; start anew where the file was made for another registry."""
    con.execute("SET TimeZone = 'UTC'")
    fingerprint = _registry_fingerprint()
    if _stored_fingerprint(con) == fingerprint:
        return
    con.execute("BEGIN")
    for schema in ddl.schemas():
        con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    make_tables(con)
    con.execute("INSERT INTO state.settings VALUES ('registry', ?)", [fingerprint])
    con.execute("COMMIT")


def _stored_fingerprint(con: duckdb.DuckDBPyConnection) -> str | None:
    try:
        row = con.execute("SELECT value FROM state.settings WHERE name = 'registry'").fetchall()
    except duckdb.CatalogException:
        return None
    return row[0][0] if row else None


def _registry_fingerprint() -> str:
    files = (FOLDER / name for name in ("tables.csv", "columns.csv"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
