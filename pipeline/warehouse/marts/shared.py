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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    is_in_memory,
    n_beside,
    open_at,
    own_rows,
)
from pipeline.warehouse.store.changes import latest_of_documents
from pipeline.warehouse.store.compact import home
from pipeline.warehouse.store.places import slice_file

MANY = 20_000  # figures that others say of the regions of a small slice, with which it is kept in a file
THERE = f"{KEYS}.there"  # of which change the slice is, and the tables that stand in it


@dataclass
class Attached:
    """The slice that is attached: of which change and keys it is, the tables that stand in it, and how many
    figures of other documents it holds (`n_beside`)."""

    said: str
    there: set[str]
    beside: int


Memo = dict[tuple, Any]  # what was asked once for all marts of a run


@contextmanager
def shared(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], part: Slice, memo: Memo
) -> Iterator[str]:
    """Build `model` for a slice. Gives the name of a table of its rows, and others beside them: `own_rows`
    tells which are the slice's, there and in the mart. What is made of the name is done by its end."""
    attached = _slice(con, models, part, memo)
    if missing := [table for table in model.reads if table not in attached.there]:
        small = is_in_memory(con)
        for table in missing:
            bring(con, table, models, small)
        _note(con, attached, missing)
    build_there(con, model)
    rows = f"{PLACE}.{model.table}"
    try:
        yield rows
    except BaseException:
        con.execute(f"DROP TABLE {rows}")
        raise
    if model.cut_by == "document" and attached.beside:  # of which part alone was there to make it from
        con.execute(f"DROP TABLE {rows}")
        return
    con.execute(f"DELETE FROM {rows} WHERE ({own_rows(model, inputs=True)}) IS NOT TRUE")
    _note(con, attached, [model.table])


def beside_slice(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice, memo: Memo) -> int:
    """How many figures of other documents speak of the regions of a slice: each is looked at for it."""
    return _slice(con, models, part, memo).beside


def forget_slice(memo: Memo) -> None:
    """Have it looked for which slice is attached: it may be another by now."""
    memo.pop(("slice",), None)


def _note(con: duckdb.DuckDBPyConnection, attached: Attached, tables: list[str]) -> None:
    """Note that tables stand in the slice."""
    con.execute(f"INSERT INTO {THERE} SELECT unnest(?)", [tables])
    attached.there.update(tables)


def _slice(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice, memo: Memo) -> Attached:
    """The slice, which is attached where another is, and filled where it is new."""
    asked, attached = memo.get(("slice",), (None, None))
    if asked is not part:
        attached = _tables(con, models, part)
        memo["slice",] = part, attached
    return attached


def _tables(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice) -> Attached:
    keys = [*part.documents["document_id"].sort(), "", *part.regions["region_code"].sort()]
    said = hashlib.sha256("\0".join([str(latest_of_documents(con)), *keys]).encode()).hexdigest()
    attached = _attached(con)
    if attached.said == said:
        return attached
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
    return Attached(said, {said}, n_beside(con))


def _attached(con: duckdb.DuckDBPyConnection) -> Attached:
    """The slice that is attached; of no change where none is that is shared."""
    try:
        names = [name for (name,) in con.execute(f"FROM {THERE} ORDER BY rowid").fetchall()]
        return Attached(names[0], set(names), n_beside(con))
    except (duckdb.CatalogException, duckdb.BinderException):
        return Attached("", set(), 0)


def _file(con: duckdb.DuckDBPyConnection, said: str) -> Path | None:
    """Where a slice is kept, None for a warehouse in memory."""
    work = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = ?", [home(con)]).fetchall()
    return slice_file(Path(path), said[:16]) if (path := work[0][0]) else None
