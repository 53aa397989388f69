"""Copies and newer versions among all reports: linked once every changed file is stored."""

from collections.abc import Callable

import duckdb
import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.warehouse.store.changes import note_changes
from pipeline.warehouse.store.writer import replace_table, transaction

PENDING = "links_pending"
VERSION = "pairs_version"  # of the code that compared the texts of `state.pairs`
MOVED = """l.report_id = r.report_id AND (r.duplicate_of IS DISTINCT FROM l.duplicate_of
                                        OR r.superseded_by IS DISTINCT FROM l.superseded_by)"""
Texts = Callable[[list[str]], pl.DataFrame]
Linker = Callable[
    [pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame, Texts], tuple[pl.DataFrame, pl.DataFrame]
]


def expect_links(con: duckdb.DuckDBPyConnection) -> None:
    """Note that reports are about to change, so that a run that dies before linking is made up for."""
    with transaction(con):
        con.execute("DELETE FROM state.settings WHERE name = ?", [PENDING])
        con.execute("INSERT INTO state.settings VALUES (?, 'yes')", [PENDING])


def links_pending(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether reports changed since they were linked."""
    return bool(con.execute("SELECT 1 FROM state.settings WHERE name = ?", [PENDING]).fetchall())


def store_links(con: duckdb.DuckDBPyConnection, link: Linker, version: str) -> int:
    """Set `duplicate_of` and `superseded_by` of all reports by `link` (`duplicates.link_reports`).

    Texts are read only for pairs that this `version` of the code has not compared yet. Returns how many
    reports changed.
    """

    def texts(ids: list[str]) -> pl.DataFrame:
        return con.sql(
            "SELECT document_id, text FROM core.documents WHERE document_id = ANY(?)", params=[ids]
        ).pl()

    reports = con.sql("SELECT * EXCLUDE (region_evidence) FROM core.reports ORDER BY report_id").pl()
    files = con.sql("SELECT document_id, file_name FROM core.documents ORDER BY document_id").pl()
    sketches = con.sql("FROM state.sketches ORDER BY report_id").pl()
    kept = con.execute(
        "SELECT 1 FROM state.settings WHERE name = ? AND value = ?", [VERSION, version]
    ).fetchall()
    known = con.sql("FROM state.pairs").pl().cast(dict(polars_schema("state.pairs")))
    linked, pairs = link(reports, files, sketches, known if kept else known.clear(), texts)
    if not pairs.equals(known):
        replace_table(con, "state.pairs", pairs)
    con.register("links", linked.select("report_id", "duplicate_of", "superseded_by"))
    try:
        with transaction(con):
            note_changes(con, f"SELECT r.document_id FROM core.reports AS r JOIN links AS l ON {MOVED}")
            changed = con.execute(
                f"""UPDATE core.reports AS r
                    SET duplicate_of = l.duplicate_of, superseded_by = l.superseded_by
                    FROM links AS l WHERE {MOVED}"""
            ).fetchall()[0][0]
            con.execute("DELETE FROM state.settings WHERE name IN (?, ?)", [PENDING, VERSION])
            con.execute("INSERT INTO state.settings VALUES (?, ?)", [VERSION, version])
    finally:
        con.unregister("links")
    return changed
