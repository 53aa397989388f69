"""Which documents and regions changed, numbered in the order of the changes, until all marts know of it.

Whoever changes `core` rows notes it in the same transaction; `marts` asks for what came after its last build.
"""

import duckdb
import polars as pl

PUBLISHED = "published"
# Where a correction settles another region, the reading counts there.
SETTLED = """
    SELECT o.document_id, o.observation_id, c.text AS region_code
    FROM {corrections} AS c JOIN core.observations AS o ON o.observation_id = c.observation_id
    WHERE c.field = 'region_code' AND c.state = 'applied' AND c.text <> ''
"""
SPOKEN_OF = f"""
    SELECT document_id, observation_id, region_code FROM core.observations
    UNION ALL
    SELECT document_id, observation_id, place_code AS region_code FROM core.observations
    WHERE place_code IS NOT NULL
    UNION ALL
    {SETTLED.format(corrections="core.corrections")}
"""
ROWS = f"""
    SELECT document_id, region_code FROM core.reports
    UNION ALL
    SELECT document_id, region_code FROM ({SPOKEN_OF})
"""


def latest_change(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the last change, 0 before the first; it never falls, though old changes are forgotten."""
    return con.execute(
        """SELECT greatest(
               coalesce((SELECT max(change_no) FROM state.changes), 0),
               coalesce((SELECT max(change_no) FROM state.marts), 0))"""
    ).fetchall()[0][0]


def latest_of_documents(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the last change of documents' rows that is told of, else of any."""
    told = con.execute("SELECT max(change_no) FROM state.changes WHERE document_id <> ''").fetchall()[0][0]
    return told if told is not None else latest_change(con)


def note_changes(con: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Note that rows of some documents change: before they are taken away, and after they have come.

    `documents` is a query of document ids. Noted are all regions that their reports and observations name.
    """
    con.execute(
        f"""INSERT INTO state.changes BY NAME
            SELECT DISTINCT {latest_change(con) + 1} AS change_no, document_id,
                coalesce(region_code, '') AS region_code
            FROM ({ROWS}) WHERE document_id IN ({documents})"""
    )


def note_corrections(con: duckdb.DuckDBPyConnection, corrections: pl.DataFrame) -> None:
    """Note the documents of values that `corrections` treats otherwise than `core.corrections` does."""
    con.register("new_corrections", corrections)
    try:
        note_changes(
            con,
            """SELECT document_id FROM core.observations WHERE observation_id IN (
                   SELECT observation_id FROM (
                       (FROM core.corrections EXCEPT SELECT * FROM new_corrections)
                       UNION ALL
                       (SELECT * FROM new_corrections EXCEPT FROM core.corrections)))""",
        )
        settled = SETTLED.format(corrections="new_corrections")
        if not con.execute(settled).fetchall():
            return
        con.execute(
            f"""INSERT INTO state.changes BY NAME
                SELECT DISTINCT {latest_change(con) + 1} AS change_no, document_id, region_code
                FROM ({settled}) AS settled
                WHERE (document_id, region_code) NOT IN (SELECT (document_id, region_code) FROM ({ROWS}))"""
        )
    finally:
        con.unregister("new_corrections")


def note_publication(con: duckdb.DuckDBPyConnection, release_id: str, made_by: str) -> None:
    """Note what was published and by which queries its marts were made; forget what all marts know of."""
    con.execute("DELETE FROM state.changes WHERE change_no <= (SELECT min(change_no) FROM state.marts)")
    con.execute("DELETE FROM state.settings WHERE name = ?", [PUBLISHED])
    con.execute("INSERT INTO state.settings VALUES (?, ?)", [PUBLISHED, f"{release_id} {made_by}"])


def published_by(con: duckdb.DuckDBPyConnection) -> list[str]:
    """By which queries the marts of the last publication were made, as `note_publication` was told."""
    known = con.execute("SELECT value FROM state.settings WHERE name = ?", [PUBLISHED]).fetchall()
    return [mart for (value,) in known for mart in value.partition(" ")[2].split(",")]


def is_last_publication(con: duckdb.DuckDBPyConnection, release_id: str, made_by: str) -> bool:
    """Whether this was published last from this work file: only what is noted as changed differs from it."""
    known = con.execute("SELECT value FROM state.settings WHERE name = ?", [PUBLISHED]).fetchall()
    return known == [(f"{release_id} {made_by}",)]
