"""Fills the `meta` schema of a file about to be published: its release, its tables and its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contracts.registry import load_tables, polars_schema
from pipeline.warehouse.marts.lineage import Lineage
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.store.state import corpus_hash, load_manifest
from pipeline.warehouse.store.writer import replace_table

Words = dict[tuple[str, str], str | None]  # by table and column
PRIVATE = ("frame.", "state.")


@dataclass(frozen=True)
class Release:
    """What a publication was made from."""

    release_id: str
    built_at: datetime
    corpus_sha256: str
    extractor_version: str
    run_id: str | None
    raw_files: int


def new_release(
    con: duckdb.DuckDBPyConnection, raw: Path, extractor_version: str, run_id: str | None
) -> Release:
    """The release that the work file behind `con` would make now, from the files below `raw`."""
    manifest = load_manifest(con)
    corpus = corpus_hash(manifest, raw)
    now = datetime.now(UTC)
    release_id = f"{now:%Y%m%dT%H%M%SZ}-{corpus[:8]}"
    return Release(release_id, now, corpus, extractor_version, run_id, manifest.height)


def write_dictionary(
    con: duckdb.DuckDBPyConnection,
    release: Release,
    models: Mapping[str, Model],
    lineage: Mapping[str, Lineage],
) -> dict[str, int]:
    """Write `meta.release`, `meta.tables` and `meta.columns`; returns the rows of each published table.

    Every table and column must carry a comment: raises ValueError naming those that do not.
    """
    replace_table(con, "meta.release", _release_frame(con, release))
    _write_columns(con, *_promises(models, lineage))
    return _write_tables(con, models)


def _release_frame(con: duckdb.DuckDBPyConnection, release: Release) -> pl.DataFrame:
    counts = con.execute(
        "SELECT (SELECT count(*) FROM core.documents), (SELECT count(*) FROM core.rejected_files)"
    ).fetchall()[0]
    row = {
        "release_id": release.release_id,
        "built_at": release.built_at,
        "corpus_sha256": release.corpus_sha256,
        "extractor_version": release.extractor_version,
        "run_id": release.run_id,
        "raw_files": release.raw_files,
        "documents": counts[0],
        "rejected_files": counts[1],
        "minzheng_version": metadata.version("minzheng"),
        "duckdb_version": duckdb.__version__,
        "polars_version": pl.__version__,
    }
    return pl.DataFrame([row], schema=polars_schema("meta.release"))


def _write_columns(con: duckdb.DuckDBPyConnection, allowed: Words, source: Words) -> None:
    found = con.execute(
        """SELECT schema_name, table_name, column_name, column_index, data_type, is_nullable, comment
           FROM duckdb_columns() WHERE NOT internal ORDER BY schema_name, table_name, column_index"""
    ).fetchall()
    if bare := [f"{s}.{t}.{c}" for s, t, c, *_, comment in found if not comment]:
        raise ValueError(f"columns without a comment: {', '.join(bare)}")
    rows = [
        (s, t, c, i, kind, nullable, allowed.get((f"{s}.{t}", c)), source.get((f"{s}.{t}", c)), comment)
        for s, t, c, i, kind, nullable, comment in found
    ]
    replace_table(con, "meta.columns", pl.DataFrame(rows, polars_schema("meta.columns"), orient="row"))


def _write_tables(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> dict[str, int]:
    found = con.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY 1, 2"
    ).fetchall()
    if bare := [f"{s}.{t}" for s, t, comment in found if not comment]:
        raise ValueError(f"tables without a comment: {', '.join(bare)}")
    keys = {t.name: t.key for t in load_tables().values()} | {m.table: m.grain for m in models.values()}
    counted = " UNION ALL ".join(
        f"""SELECT '{schema}.{table}', count(*) FROM {schema}."{table}\"""" for schema, table, _ in found
    )
    counts = dict(con.execute(counted).fetchall())
    rows = []
    for schema, table, comment in found:
        name = f"{schema}.{table}"
        rows.append([schema, table, counts[name], ", ".join(keys.get(name, ())) or None, comment])
    for row in rows:
        if row[:2] == ["meta", "tables"]:
            row[2] = len(rows)  # it lists itself
    replace_table(con, "meta.tables", pl.DataFrame(rows, polars_schema("meta.tables"), orient="row"))
    return {f"{schema}.{table}": count for schema, table, count, *_ in rows}


def _promises(models: Mapping[str, Model], lineage: Mapping[str, Lineage]) -> tuple[Words, Words]:
    """Allowed values and sources by (table, column), as text; sources that are not published are left out."""
    allowed: Words = {}
    source: Words = {}
    for table in load_tables().values():
        for column in table.columns:
            allowed[table.name, column.name] = "|".join(column.allowed) or None
            source[table.name, column.name] = (
                "|".join(s for s in column.source if not s.startswith(PRIVATE)) or None
            )
    for model in models.values():
        for described in model.columns:
            allowed[model.table, described.name] = "|".join(described.allowed) or None
        for name, pairs in lineage[model.name].items():
            source[model.table, name] = "|".join(f"{table}.{column}" for table, column in pairs) or None
    return allowed, source
