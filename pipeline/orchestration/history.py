"""Dagster's history in SQLite, written through connections that stay open for a run.

Dagster opens and closes a database for each of a run's 1,500 reads and writes, and has its statements
compiled anew each time: a fifth of the processor time of a refresh of few files. Its classes are not public;
where they are others (PostgreSQL, in memory, a later Dagster), everything stays as it was.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
import sqlalchemy as db

PATIENCE = 30.0  # seconds that one waits for another who writes
OF_EVENTS = ("_connect", "_initialized_dbs", "_db_lock", "conn_string_for_shard")  # what is used of them
OF_RUNS = ("connect", "_conn_string")
log = logging.getLogger("minzheng")


@contextmanager
def kept_open(instance: dg.DagsterInstance) -> Iterator[None]:
    """Reads and writes of `instance` meanwhile go through kept connections."""
    engines: dict[str, db.Engine] = {}
    events: Any = instance.event_log_storage
    runs: Any = instance.run_storage
    if not _in_sqlite(events, runs):
        yield
        return
    connect = events._connect

    def engine(address: str) -> db.Engine:
        if address not in engines:
            engines[address] = db.create_engine(address, connect_args={"timeout": PATIENCE})
            db.event.listen(engines[address], "connect", _sync_seldom)
        return engines[address]

    @contextmanager
    def connect_events(shard: str) -> Iterator[db.Connection]:
        if shard not in events._initialized_dbs:  # Dagster makes its tables
            with connect(shard) as con:
                yield con
            return
        with events._db_lock, engine(events.conn_string_for_shard(shard)).begin() as con:
            yield con

    @contextmanager
    def connect_runs() -> Iterator[db.Connection]:
        with engine(runs._conn_string).begin() as con:
            yield con

    events._connect, runs.connect = connect_events, connect_runs
    try:
        yield
    finally:
        del events._connect, runs.connect
        for kept in engines.values():
            kept.dispose()


def _in_sqlite(events: Any, runs: Any) -> bool:
    """Whether storages are Dagster's for SQLite, and such as we know them."""
    try:
        from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
        from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage
    except ImportError as error:
        log.info("Dagster's history is written through its own connections: %s", error)
        return False
    if not (isinstance(events, SqliteEventLogStorage) and isinstance(runs, SqliteRunStorage)):
        return False
    lacking = [name for name in OF_EVENTS if not hasattr(events, name)]
    lacking += [name for name in OF_RUNS if not hasattr(runs, name)]
    if lacking:
        log.info("Dagster's history is written through its own connections: it has no %s", ", ".join(lacking))
    return not lacking


def _sync_seldom(con: Any, _: Any) -> None:
    """Of a power failure the last events may be lost, which the journal (WAL) makes safe; not of a kill."""
    con.execute("PRAGMA synchronous = NORMAL")
