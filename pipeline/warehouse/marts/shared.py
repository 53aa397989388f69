"""One slice for all marts of a run: what several of them read of it is looked for once.

A few documents that changed are soon read; to find their rows in tables of millions, anew for each of 25
marts, took longer than to make all of these. So the slice stays attached from mart to mart while it is of the
same change, and what was made in it stands there for those that read it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import duckdb

from pipeline.contracts.ddl import quoted
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.marts.slices import (
    COPIED,
    KEYS,
    PLACE,
    Slice,
    attach,
    bring,
    build_there,
    gather_inputs,
    own_rows,
    sliced,
)
from pipeline.warehouse.store.changes import latest_change

THERE = f"{KEYS}.there"  # of which change the slice is, and the tables that stand in it


@contextmanager
def shared(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], part: Slice
) -> Iterator[str]:
    """Build `model` for a slice, as `sliced` does and with the same rows of its own; one of few documents is
    shared with the models that are built next. What is made of the name that it gives is done by its end."""
    if part.documents.height > COPIED:
        with sliced(con, model, models, part) as rows:
            yield rows
        return
    there = _tables(con, models, part)
    for table in model.reads:
        if table not in there:
            bring(con, table, models, copied=True)
            con.execute(f"INSERT INTO {THERE} VALUES (?)", [table])
    build_there(con, model)
    rows = f"{PLACE}.{model.table}"
    try:
        yield rows
    except BaseException:
        con.execute(f"DROP TABLE {rows}")
        raise
    # Of what is not the slice's own not all was there to make it from.
    con.execute(f"DELETE FROM {rows} WHERE ({own_rows(model, inputs=True)}) IS NOT TRUE")
    con.execute(f"INSERT INTO {THERE} VALUES (?)", [model.table])


def _tables(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], part: Slice) -> set[str]:
    """The tables that stand in the slice, which is attached anew where it is of another change."""
    keys = [*part.documents["document_id"].sort(), "", *part.regions["region_code"].sort()]
    said = hashlib.sha256("\0".join([str(latest_change(con)), *keys]).encode()).hexdigest()
    with suppress(duckdb.CatalogException, duckdb.BinderException):  # where none is attached that is shared
        there = {name for (name,) in con.execute(f"FROM {THERE}").fetchall()}
        if said in there:
            return there
    attach(con, part)
    gather_inputs(con, regions=True)
    for schema in {table.partition(".")[0] for m in models.values() for table in (*m.reads, m.table)}:
        con.execute(f"CREATE SCHEMA {PLACE}.{schema}")
    con.execute(f"CREATE TABLE {THERE} AS SELECT {quoted(said)} AS name")
    return set()
