"""Part of the warehouse under the names of the whole: a model's SQL, unchanged, makes part of its mart there.

A slice stands for some documents and some regions. A mart is cut by `document`, where its rows follow from
the document that they stand in, or by `region`, where they follow from all documents that speak of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import polars as pl

from pipeline.contracts.registry import load_tables
from pipeline.warehouse.marts.models import Model, model_name
from pipeline.warehouse.store.changes import ROWS

PLACE = "slice"  # the name under which the database of a slice is attached
ALL = "true"  # the condition where a slice needs every row of a table
KEYS = f"{PLACE}.main"  # where it keeps the documents and regions
# Documents up to which rows are found by their keys and copied; of more, the tables are filtered in passing.
COPIED = 1_000


@dataclass(frozen=True)
class Slice:
    """The documents (document_id) and regions (region_code) whose rows are made anew; either may be gone."""

    documents: pl.DataFrame
    regions: pl.DataFrame


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


def whole_slices(con: duckdb.DuckDBPyConnection, size: int) -> Iterator[Slice]:
    """Slices of about `size` documents that together hold every document and every region once.

    Documents stand with others of their region, so that a region's documents are looked at once or twice.
    """
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE cut_documents AS
            SELECT
                document_id, region, (row_number() OVER (ORDER BY region, document_id) - 1) // {size} AS cut
            FROM (
                SELECT document_id, coalesce(min(region_code), '') AS region
                FROM core.reports GROUP BY document_id
            )"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE cut_regions AS
            SELECT regions.region_code, coalesce(cuts.cut, 0) AS cut
            FROM (SELECT DISTINCT region_code FROM ({ROWS}) WHERE region_code IS NOT NULL) AS regions
            ASOF LEFT JOIN (SELECT cut, min(region) AS region FROM cut_documents GROUP BY cut) AS cuts
                ON regions.region_code >= cuts.region"""
    )
    try:
        last = con.execute("SELECT max(cut) FROM cut_documents").fetchall()[0][0]
        for cut in range((last if last is not None else -1) + 1):
            yield Slice(
                con.sql("SELECT document_id FROM cut_documents WHERE cut = ?", params=[cut]).pl(),
                con.sql("SELECT region_code FROM cut_regions WHERE cut = ?", params=[cut]).pl(),
            )
    finally:
        con.execute("DROP TABLE cut_documents; DROP TABLE cut_regions")


@contextmanager
def marked(con: duckdb.DuckDBPyConnection, part: Slice) -> Iterator[None]:
    """Attach a database that knows the documents and regions of a slice; `own_rows` asks it."""
    attach(con, part)
    try:
        yield
    finally:
        con.execute(f"DETACH {PLACE}")


def attach(con: duckdb.DuckDBPyConnection, part: Slice) -> None:
    """Attach the database of `marked`, in the place of one that is there."""
    con.execute(f"DETACH DATABASE IF EXISTS {PLACE}")
    con.execute(f"ATTACH ':memory:' AS {PLACE}")
    for name, frame in (("documents", part.documents), ("regions", part.regions)):
        con.register("sliced_keys", frame)
        try:
            con.execute(f"CREATE TABLE {KEYS}.{name} AS FROM sliced_keys")
        finally:
            con.unregister("sliced_keys")


@contextmanager
def sliced(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], part: Slice
) -> Iterator[str]:
    """Build `model` for a slice; gives the name of a table that holds its rows, and others beside them:
    `own_rows` tells which are the slice's, there and in the mart.
    """
    with marked(con, part):
        gather_inputs(con, regions=model.cut_by == "region")
        for schema in {table.partition(".")[0] for table in (*model.reads, model.table)}:
            con.execute(f"CREATE SCHEMA {PLACE}.{schema}")
        for table in model.reads:
            bring(con, table, models, copied=part.documents.height <= COPIED)
        build_there(con, model)
        yield f"{PLACE}.{model.table}"


def gather_inputs(con: duckdb.DuckDBPyConnection, regions: bool) -> None:
    """Note what an attached slice is made from: its documents, and those that speak of its `regions`."""
    con.execute(f"CREATE TABLE {KEYS}.inputs AS FROM {KEYS}.documents")
    if regions:
        con.execute(
            f"""INSERT INTO {KEYS}.inputs SELECT DISTINCT document_id FROM ({ROWS})
                WHERE region_code IN (FROM {KEYS}.regions) AND document_id NOT IN (FROM {KEYS}.documents)"""
        )


def bring(con: duckdb.DuckDBPyConnection, table: str, models: Mapping[str, Model], copied: bool) -> None:
    """Have the rows of a table that an attached slice is made from stand there under its name."""
    there, rows = f'"{home(con)}".{table}', _needed(table, models)
    if rows == ALL or not copied:
        con.execute(f"CREATE VIEW {PLACE}.{table} AS FROM {there} WHERE {rows}")
    else:
        found = f"SELECT rowid FROM {there} WHERE {rows}"
        con.execute(f"CREATE TABLE {PLACE}.{table} AS FROM {there} WHERE rowid IN ({found}) ORDER BY rowid")


def build_there(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Run a model's query in an attached slice."""
    whole = home(con)
    con.execute(f"USE {PLACE}")
    try:
        con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.sql}")
    finally:
        con.execute(f'USE "{whole}"')


def home(con: duckdb.DuckDBPyConnection) -> str:
    """The name of the database of the whole."""
    return str(con.execute("SELECT current_database()").fetchall()[0][0])


def own_rows(model: Model, inputs: bool = False) -> str:
    """The condition that holds for rows of the slice in the mart of `model`, or for those that other marts'
    slices read from it (`inputs`)."""
    documents = f"document_id IN (FROM {KEYS}.{'inputs' if inputs else 'documents'})"
    if model.cut_by == "document":
        return documents
    regions = f"region_code IN (FROM {KEYS}.regions)"
    nowhere = f" OR (region_code IS NULL AND {documents})"
    return f"({regions}{nowhere if 'document_id' in {c.name for c in model.columns} else ''})"


def _needed(table: str, models: Mapping[str, Model]) -> str:
    """The condition for rows of a table that a slice is made from."""
    if name := model_name(table):
        return own_rows(models[name], inputs=True)
    return f"document_id IN (FROM {KEYS}.inputs)" if "document_id" in load_tables()[table].schema else ALL
