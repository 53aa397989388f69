"""What the work file knows of the raw folder: which files stand in it, which were read by which extractor.

A file is read again when its content or the extractor changed; its name and content are its identity, so that
times and clocks decide nothing but whether a digest must be taken anew.
"""

import hashlib
import os
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contracts.registry import get_table, polars_schema
from pipeline.corrections import FILE_NAME as CORRECTIONS
from pipeline.vocabulary.figures import POPULATION, SERIES
from pipeline.warehouse.store.writer import replace_rows, transaction

LISTS = (CORRECTIONS, "reports.csv", POPULATION, SERIES)  # what users keep beside the documents
LIMITS = "limits"  # of time and memory, within which files were read
PENDING = """
    FROM {manifest} AS m ANTI JOIN state.files AS f
    ON m.file_name = f.file_name AND m.sha256 = f.sha256 AND f.extractor_version = ?
    AND m.given IS NOT DISTINCT FROM f.given
"""


def corpus_hash(manifest: pl.DataFrame, raw: Path) -> str:
    """SHA-256 over names, sizes and contents of a manifest (`frame.files`) of `raw`, and over the lists that
    users keep beside them, which a manifest leaves out; times don't count."""
    words = (
        "file_name",
        pl.lit("\0"),
        "size",
        pl.lit("\0"),
        pl.col("sha256").fill_null("None"),
        pl.lit("\n"),
    )
    files = manifest.sort("file_name").select(pl.concat_str(words).str.join("")).item()
    digest = hashlib.sha256(files.encode())
    for name in LISTS:
        path = raw / name
        if path.is_file():
            digest.update(path.read_bytes())
        elif os.path.lexists(path):  # a run is due, which says what is wrong with it
            digest.update(b"no file")
    return digest.hexdigest()


def load_manifest(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The manifest (`frame.files`) of the last listing, sorted by name as it was."""
    return con.sql("FROM state.manifest ORDER BY file_name").pl().cast(dict(polars_schema("state.manifest")))


def store_manifest(con: duckdb.DuckDBPyConnection, manifest: pl.DataFrame) -> None:
    """Keep a new listing; only the files that differ from the one already stored are written."""
    columns = list(get_table("state.manifest").schema)
    before, now = load_manifest(con).select(columns), manifest.select(columns)
    if now.equals(before):
        return
    gone = before.join(now, on=columns, how="anti", nulls_equal=True)["file_name"]
    come = now.join(before, on=columns, how="anti", nulls_equal=True)
    replace_rows(con, "state.manifest", "file_name", gone, come)


def pending_files(
    con: duckdb.DuckDBPyConnection, extractor_version: str, listed: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Rows of the manifest that must be read: new, changed, or read by another extractor or
    with other lines in `raw/reports.csv`. `listed`: a manifest (`frame.files`) that is not stored yet."""
    manifest = "state.manifest" if listed is None else "listed_now"
    if listed is not None:
        con.register(manifest, listed)
    try:
        query = f"SELECT m.* {PENDING.format(manifest=manifest)} ORDER BY m.file_name"
        found = con.sql(query, params=[extractor_version]).pl()
    finally:
        if listed is not None:
            con.unregister(manifest)
    return found.cast(dict(polars_schema("state.manifest")))


def forget_costly(con: duckdb.DuckDBPyConnection, limits: str) -> None:
    """Have files that were too costly read again where `limits` differ from those of the last run."""
    if con.execute("SELECT 1 FROM state.settings WHERE name = ? AND value = ?", [LIMITS, limits]).fetchall():
        return
    with transaction(con):
        con.execute(
            """UPDATE state.files SET extractor_version = 'other limits' WHERE file_name IN
                   (SELECT file_name FROM core.rejected_files WHERE reason = 'too_costly')"""
        )
        con.execute("DELETE FROM state.settings WHERE name = ?", [LIMITS])
        con.execute("INSERT INTO state.settings VALUES (?, ?)", [LIMITS, limits])


def removed_files(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of files that were read once and no longer stand in the manifest."""
    gone = con.execute(
        "SELECT f.file_name FROM state.files AS f ANTI JOIN state.manifest AS m USING (file_name) ORDER BY 1"
    )
    return [name for (name,) in gone.fetchall()]


def count_known(con: duckdb.DuckDBPyConnection, extractor_version: str) -> dict[str, int]:
    """How many pending files are `new`, `changed`, or only `outdated` (read by another extractor, or
    with other lines in `raw/reports.csv`)."""
    row = con.execute(
        f"""SELECT count(*) FILTER (WHERE k.file_name IS NULL),
                   count(*) FILTER (WHERE k.file_name IS NOT NULL AND k.sha256 IS DISTINCT FROM p.sha256),
                   count(*) FILTER (WHERE k.sha256 = p.sha256)
            FROM (SELECT m.file_name, m.sha256 {PENDING.format(manifest="state.manifest")}) AS p
            LEFT JOIN state.files AS k ON k.file_name = p.file_name""",
        [extractor_version],
    ).fetchall()[0]
    return dict(zip(("new", "changed", "outdated"), row, strict=True))
