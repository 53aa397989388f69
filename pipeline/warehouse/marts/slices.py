"""Part of the warehouse under the names of the whole: a model's SQL, unchanged, makes part of its mart there.

A slice stands for some documents and some regions. A mart is cut by `document`, where its rows follow from
the document that they stand in, or by `region`, where they follow from all documents that speak of it.
"""

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contracts.ddl import quoted
from pipeline.contracts.registry import load_tables
from pipeline.warehouse.marts.models import Model, model_name
from pipeline.warehouse.store.changes import ROWS, SPOKEN_OF, latest_of_documents
from pipeline.warehouse.store.compact import home

PLACE = "slice"  # the name under which the database of a slice is attached
ALL = "true"  # the condition where a slice needs every row of a table
KEYS = f"{PLACE}.main"  # where it keeps the documents and regions
DOCUMENTS = f"document_id IN (FROM {KEYS}.documents)"
FEW = 1_000  # documents of a small slice
LEAST = 25  # figures that a document counts for: it takes time and memory without any, too


@dataclass(frozen=True)
class Slice:
    """The documents (document_id) and regions (region_code) whose rows are made anew; either may be gone."""

    documents: pl.DataFrame
    regions: pl.DataFrame

    @property
    def is_empty(self) -> bool:
        return self.documents.is_empty() and self.regions.is_empty()

    @property
    def is_small(self) -> bool:
        """Whether it is kept in memory, and its rows are found by their keys."""
        return self.documents.height <= FEW

    def documents_alone(self) -> "Slice":
        """The documents without the regions: enough for what is cut by document."""
        return Slice(self.documents, self.regions.clear())


def changed_slice(con: duckdb.DuckDBPyConnection, since: int) -> Slice:
    """What changed after change number `since`."""
    columns = ("document_id", "region_code")
    documents, regions = (
        con.sql(
            f"SELECT DISTINCT {column} FROM state.changes WHERE change_no > ? AND {column} <> ''",
            params=[since],
        ).pl()
        for column in columns
    )
    return Slice(documents, regions)


def costs(con: duckdb.DuckDBPyConnection, documents: pl.DataFrame | None = None) -> int:
    """What one query over all documents, or over those of a frame (document_id), takes: their figures, or
    `LEAST` for each of them where that is more."""
    read = "SELECT count(*) FROM core.observations"
    if documents is None:
        held = con.execute("SELECT count(*) FROM core.documents").fetchall()[0][0]
        return max(con.execute(read).fetchall()[0][0], LEAST * held)
    con.register("weighed_keys", documents)
    try:
        found = con.execute(f"{read} WHERE document_id IN (FROM weighed_keys)").fetchall()[0][0]
    finally:
        con.unregister("weighed_keys")
    return max(found, LEAST * documents.height)


def whole_slices(con: duckdb.DuckDBPyConnection, size: int) -> Iterator[Slice]:
    """Slices that cost about `size` and together hold every document and every region once.

    Documents stand with others of their region, so that a region's documents are looked at once or twice.
    """
    cuts = f"{size}_{latest_of_documents(con)}"  # kept for the marts that are made next
    con.execute(
        f"""CREATE TEMP TABLE IF NOT EXISTS documents_{cuts} AS
            WITH placed AS (
                SELECT document_id, coalesce(min(region_code), '') AS region
                FROM core.reports GROUP BY document_id
            ),
            counted AS (
                SELECT document_id, count(*) AS figures FROM core.observations GROUP BY document_id
            ),
            weighed AS (
                SELECT document_id, region, greatest(coalesce(figures, 0), {LEAST}) AS cost
                FROM placed LEFT JOIN counted USING (document_id)
            )
            SELECT document_id, region, ((sum(cost) OVER upto - cost) // {size})::BIGINT AS cut
            FROM weighed
            WINDOW upto AS (ORDER BY region, document_id)"""
    )
    con.execute(
        f"""CREATE TEMP TABLE IF NOT EXISTS regions_{cuts} AS
            SELECT regions.region_code, coalesce(cuts.cut, 0) AS cut
            FROM (SELECT DISTINCT region_code FROM ({ROWS}) WHERE region_code IS NOT NULL) AS regions
            ASOF LEFT JOIN (SELECT cut, min(region) AS region FROM documents_{cuts} GROUP BY cut) AS cuts
                ON regions.region_code >= cuts.region"""
    )
    last = con.execute(f"SELECT max(cut) FROM documents_{cuts}").fetchall()[0][0]
    for cut in range((last if last is not None else -1) + 1):
        yield Slice(
            con.sql(f"SELECT document_id FROM documents_{cuts} WHERE cut = ?", params=[cut]).pl(),
            con.sql(f"SELECT region_code FROM regions_{cuts} WHERE cut = ?", params=[cut]).pl(),
        )


@contextmanager
def marked(con: duckdb.DuckDBPyConnection, part: Slice) -> Iterator[None]:
    """Attach a database that knows the documents and regions of a slice; `own_rows` asks it."""
    attach(con, part)
    try:
        yield
    finally:
        detach(con)


def attach(con: duckdb.DuckDBPyConnection, part: Slice, at: Path | None = None) -> None:
    """Attach a new database, in memory or in a file, in the place of one that is there."""
    open_at(con, at)
    for name, frame in (("documents", part.documents), ("regions", part.regions)):
        con.register("sliced_keys", frame)
        try:
            con.execute(f"CREATE TABLE {KEYS}.{name} AS FROM sliced_keys")
        finally:
            con.unregister("sliced_keys")


def open_at(con: duckdb.DuckDBPyConnection, at: Path | None) -> None:
    """Attach the database of a file, or a new one in memory, in the place of one that is there."""
    detach(con)
    con.execute(f"ATTACH {quoted(str(at or ':memory:'))} AS {PLACE}")


def detach(con: duckdb.DuckDBPyConnection) -> None:
    """Detach the database of a slice, if one is attached."""
    con.execute(f"DETACH DATABASE IF EXISTS {PLACE}")


def gather_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Note what an attached slice is made from: all that stands in its documents and, of others, what speaks
    of its regions (`beside`), with the rest of its line. Of the country most reports say something."""
    spoken = f"""FROM ({SPOKEN_OF}) WHERE region_code IN (FROM {KEYS}.regions)
        AND document_id NOT IN (FROM {KEYS}.documents)"""
    con.execute(f"CREATE TABLE {KEYS}.beside AS SELECT DISTINCT document_id, observation_id {spoken}")
    con.execute(
        f"""INSERT INTO {KEYS}.beside
            SELECT near_by.document_id, near_by.observation_id
            FROM core.contexts AS near_by
            SEMI JOIN (
                SELECT document_id, line_no FROM core.contexts
                WHERE observation_id IN (SELECT observation_id FROM {KEYS}.beside)
            ) AS line ON line.document_id = near_by.document_id AND line.line_no = near_by.line_no
            WHERE near_by.observation_id NOT IN (SELECT observation_id FROM {KEYS}.beside)"""
    )
    con.execute(
        f"""CREATE TABLE {KEYS}.inputs AS
            FROM {KEYS}.documents
            UNION SELECT document_id FROM {KEYS}.beside
            UNION SELECT document_id FROM core.reports WHERE region_code IN (FROM {KEYS}.regions)"""
    )


def n_beside(con: duckdb.DuckDBPyConnection) -> int:
    """How many figures of other documents an attached slice holds: of these no mart is whole there."""
    return con.execute(f"SELECT count(*) FROM {KEYS}.beside").fetchall()[0][0]


def is_in_memory(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether an attached slice is kept in memory."""
    path = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = ?", [PLACE]).fetchall()
    return path == [(None,)]


def bring(con: duckdb.DuckDBPyConnection, table: str, models: Mapping[str, Model], small: bool) -> None:
    """Have the rows of a table that an attached slice is made from stand there under its name."""
    there, rows = f'"{home(con)}".{table}', _needed(table, models)
    if rows == ALL:
        con.execute(f"CREATE VIEW {PLACE}.{table} AS FROM {there}")
        return
    if small:
        rows = f"rowid IN (SELECT rowid FROM {there} WHERE {rows}) ORDER BY rowid"
    # Copied, for of a view of some rows DuckDB cannot tell how many there are, and joins in a bad order.
    con.execute(f"CREATE TABLE {PLACE}.{table} AS FROM {there} WHERE {rows}")


def build_there(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Run a model's query in an attached slice."""
    whole = home(con)
    con.execute(f"USE {PLACE}")
    try:
        con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.sql}")
    finally:
        con.execute(f'USE "{whole}"')


def own_rows(model: Model, inputs: bool = False) -> str:
    """The condition that holds for rows of the slice in the mart of `model`, or for those that other marts'
    slices read from it (`inputs`)."""
    columns = {column.name for column in model.columns}
    if model.cut_by == "document":
        return _of_inputs(columns) if inputs else DOCUMENTS
    regions = f"region_code IN (FROM {KEYS}.regions)"
    nowhere = f" OR (region_code IS NULL AND {DOCUMENTS})"
    return f"({regions}{nowhere if 'document_id' in columns else ''})"


def _needed(table: str, models: Mapping[str, Model]) -> str:
    """The condition for rows of a table that a slice is made from."""
    if name := model_name(table):
        return own_rows(models[name], inputs=True)
    columns = load_tables()[table].schema
    return _of_inputs(columns) if "document_id" in columns else ALL


def _of_inputs(columns: Container[str]) -> str:
    """The condition for rows of what a slice is made from: by observation where a table tells it."""
    if "observation_id" in columns:
        return f"({DOCUMENTS} OR observation_id IN (SELECT observation_id FROM {KEYS}.beside))"
    return f"document_id IN (FROM {KEYS}.inputs)"
