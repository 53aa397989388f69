"""Dagster's history in SQLite, written through connections that stay open for a run.

Dagster opens and closes a database for each of a run's 1,500 reads and writes, and has its statements
compiled anew each time: a fifth of the processor time of a refresh of few files. Its classes are not public;
where they are others (PostgreSQL, in memory), everything stays as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
import sqlalchemy as db
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage

PATIENCE = 30.0  # seconds that one waits for another who writes


@contextmanager
def kept_open(instance: dg.DagsterInstance) -> Iterator[None]:
    """Reads and writes of `instance` meanwhile go through kept connections."""
    engines: dict[str, db.Engine] = {}
    events, runs = instance.event_log_storage, instance.run_storage
    if not (isinstance(events, SqliteEventLogStorage) and isinstance(runs, SqliteRunStorage)):
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

    events._connect, runs.connect = connect_events, connect_runs  # type: ignore[method-assign]
    try:
        yield
    finally:
        del events._connect, runs.connect
        for kept in engines.values():
            kept.dispose()


def _sync_seldom(con: Any, _: Any) -> None:
    """Of a power failure the last events may be lost, which the journal (WAL) makes safe; not of a kill."""
    con.execute("PRAGMA synchronous = NORMAL")
