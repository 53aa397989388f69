"""Copies and newer versions among all reports: linked once every changed file is stored."""

from collections.abc import Callable

import duckdb
import polars as pl

from pipeline.warehouse.writer import transaction

PENDING = "links_pending"
Linker = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def expect_links(con: duckdb.DuckDBPyConnection) -> None:
    """Note that reports are about to change, so that a run that dies before linking is made up for."""
    with transaction(con):
        con.execute("DELETE FROM state.settings WHERE name = ?", [PENDING])
        con.execute("INSERT INTO state.settings VALUES (?, 'yes')", [PENDING])


def links_pending(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether reports changed since they were linked."""
    return bool(con.execute("SELECT 1 FROM state.settings WHERE name = ?", [PENDING]).fetchall())


def store_links(con: duckdb.DuckDBPyConnection, link: Linker) -> int:
    """Set `duplicate_of` and `superseded_by` of all reports by `link(documents, reports)`; returns how many
    reports changed."""
    reports = con.sql("FROM core.reports ORDER BY report_id").pl()
    documents = con.sql("SELECT document_id, file_name, text FROM core.documents ORDER BY document_id").pl()
    linked = link(documents, reports).select("report_id", "duplicate_of", "superseded_by")
    con.register("links", linked)
    try:
        with transaction(con):
            changed = con.execute(
                """UPDATE core.reports AS r
                   SET duplicate_of = l.duplicate_of, superseded_by = l.superseded_by
                   FROM links AS l
                   WHERE l.report_id = r.report_id
                     AND (r.duplicate_of IS DISTINCT FROM l.duplicate_of
                          OR r.superseded_by IS DISTINCT FROM l.superseded_by)"""
            ).fetchall()[0][0]
            con.execute("DELETE FROM state.settings WHERE name = ?", [PENDING])
    finally:
        con.unregister("links")
    return changed
