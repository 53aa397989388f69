"""Writes frames to the work file: all of a table, or all that came from some files, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import polars as pl

from pipeline.contracts import ddl
from pipeline.contracts.registry import get_table, load_tables, polars_schema
from pipeline.contracts.validate import validate
from pipeline.warehouse.store.changes import note_changes

INCOMING = "incoming_rows"
GONE = "gone_files"
DOCUMENTS = f"SELECT document_id FROM state.files SEMI JOIN {GONE} USING (file_name)"
NOT_ROWS = ("state.files", "state.changes")  # they tell of documents, and go by rules of their own


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what happens inside, or roll all of it back and raise."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def make_tables(con: duckdb.DuckDBPyConnection, comments: bool = True) -> None:
    """Make the schemas and the stored tables of the registry, empty, in a database that has none of them."""
    for schema in ddl.schemas():
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for table in load_tables().values():
        if table.stored:
            con.execute(ddl.create_table(table))
            for comment in ddl.comments(table) if comments else ():
                con.execute(comment)


def replace_table(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> int:
    """Make table `name` hold exactly the rows of `frame`; returns their number.

    The frame is checked first. Raises ContractError, or duckdb.Error with the old rows in place.
    """
    validate(frame, name)
    table = get_table(name)
    with transaction(con):
        con.execute(ddl.create_table(table, or_replace=True))
        _insert(con, name, frame)
        for comment in ddl.comments(table):
            con.execute(comment)
    return frame.height


def holds_rows(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> bool:
    """Whether table `name` holds just the rows of `frame`, in their order."""
    columns = list(polars_schema(name))
    return (
        con.sql(f"FROM {name}")
        .pl()
        .cast(dict(polars_schema(name)))
        .select(columns)
        .equals(frame.select(columns))
    )


def replace_rows(
    con: duckdb.DuckDBPyConnection, name: str, key: str, gone: pl.Series, come: pl.DataFrame
) -> None:
    """Take the rows of table `name` whose `key` is among `gone` away and add those of `come`.

    `come` is checked first. Raises ContractError, or duckdb.Error with the old rows in place.
    """
    validate(come, name, whole=False)
    con.register(GONE, gone.to_frame(key))
    try:
        with transaction(con):
            con.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT {key} FROM {GONE})")
            _insert(con, name, come)
    finally:
        con.unregister(GONE)


def replace_files(
    con: duckdb.DuckDBPyConnection, file_names: Sequence[str], frames: Mapping[str, pl.DataFrame]
) -> dict[str, int]:
    """Replace whatever came from `file_names` by `frames` (table name → rows); returns rows written by table.

    All tables that hold rows of files change together: a run that dies leaves a file as it was or as it is
    now. Raises ContractError before anything is touched, or duckdb.Error with the old rows in place.
    """
    for name, frame in frames.items():
        validate(frame, name, whole=False)
    con.register(GONE, pl.DataFrame({"file_name": list(file_names)}, schema={"file_name": pl.String}))
    try:
        with transaction(con):
            _remove(con)
            for name, frame in frames.items():
                _insert(con, name, frame)
            note_changes(con, DOCUMENTS)
    finally:
        con.unregister(GONE)
    return {name: frame.height for name, frame in frames.items()}


def _remove(con: duckdb.DuckDBPyConnection) -> None:
    """Delete all rows that came from these files, `state.files` last: it says which document was whose."""
    if not con.execute(f"{DOCUMENTS} LIMIT 1").fetchall():
        return
    note_changes(con, DOCUMENTS)
    for table in load_tables().values():
        if table.stored and table.name not in NOT_ROWS and "document_id" in table.schema:
            con.execute(f"DELETE FROM {table.name} WHERE document_id IN ({DOCUMENTS})")
    for name in ("core.rejected_files", "state.files"):
        con.execute(f"DELETE FROM {name} WHERE file_name IN (SELECT file_name FROM {GONE})")


def _insert(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    if frame.is_empty():
        return
    con.register(INCOMING, frame)
    try:
        con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM {INCOMING}")
    finally:
        con.unregister(INCOMING)
