"""One slice for all marts of a run: what several of them read of it is looked for once.

A few documents that changed are soon read; to find their rows in tables of millions, anew for each of 25
marts, took longer than to make all of these. So the slice stays attached from mart to mart while it is of the
same change, and what was made in it stands there for those that read it. One of many documents, such as those
that a large corpus is cut into, is kept in a file beside the work file until the run ends: mart after mart
goes through all of them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.contracts.ddl import quoted
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.marts.slices import (
    KEYS,
    PLACE,
    Slice,
    attach,
    bring,
    build_there,
    gather_inputs,
    home,
    is_in_memory,
    n_beside,
    open_at,
    own_rows,
)
from pipeline.warehouse.store.changes import latest_of_documents
from pipeline.warehouse.store.places import slice_file

MANY = 20_000  # figures that others say of the regions of a small slice, with which it is kept in a file
THERE = f"{KEYS}.there"  # of which change the slice is, and the tables that stand in it


@contextmanager
def shared(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], part: Slice
) -> Iterator[str]:
    """Build `model` for a slice. Gives the name of a table of its rows, and others beside them: `own_rows`
    tells which are the slice's, there and in the mart. What is made of the name is done by its end."""
    there = _tables(con, models, part)
    if missing := [table for table in model.reads if table not in there]:
        small = is_in_memory(con)
        for table in missing:
            bring(con, table, models, small)
            con.execute(f"INSERT INTO {THERE} VALUES (?)", [table])
    build_there(con, model)
    rows = f"{PLACE}.{model.table}"
    try:
        yield rows
    except BaseException:
        con.execute(f"DROP TABLE {rows}")
        raise
    if model.cut_by == "document" and n_beside(con):  # of which part alone was there to make it from
        con.execute(f"DROP TABLE {rows}")
        return
    con.execute(f"DELETE FROM {rows} WHERE ({own_rows(model, inputs=True)}) IS NOT TRUE")
    con.execute(f"INSERT INTO {THERE} VALUES (?)", [model.table])


def beside_slice(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice) -> int:
    """How many figures of other documents speak of the regions of a slice: each is looked at for it."""
    _tables(con, models, part)
    return n_beside(con)


def _tables(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice) -> set[str]:
    """The tables that stand in the slice, which is attached where another is, and filled where it is new."""
    keys = [*part.documents["document_id"].sort(), "", *part.regions["region_code"].sort()]
    said = hashlib.sha256("\0".join([str(latest_of_documents(con)), *keys]).encode()).hexdigest()
    if said in (there := _attached(con)):
        return there
    kept = _file(con, said)
    if kept and kept.exists():
        open_at(con, kept)
        return _attached(con)
    attach(con, part, None if part.is_small else kept)
    gather_inputs(con)
    if kept and part.is_small and n_beside(con) > MANY:
        attach(con, part, kept)
        gather_inputs(con)
    for schema in {table.partition(".")[0] for m in models.values() for table in (*m.reads, m.table)}:
        con.execute(f"CREATE SCHEMA {PLACE}.{schema}")
    con.execute(f"CREATE TABLE {THERE} AS SELECT {quoted(said)} AS name")
    return {said}


def _attached(con: duckdb.DuckDBPyConnection) -> set[str]:
    """What stands in the slice that is attached, empty where none is that is shared."""
    try:
        return {name for (name,) in con.execute(f"FROM {THERE}").fetchall()}
    except (duckdb.CatalogException, duckdb.BinderException):
        return set()


def _file(con: duckdb.DuckDBPyConnection, said: str) -> Path | None:
    """Where a slice is kept, None for a warehouse in memory."""
    work = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = ?", [home(con)]).fetchall()
    return slice_file(Path(path), said[:16]) if (path := work[0][0]) else None
