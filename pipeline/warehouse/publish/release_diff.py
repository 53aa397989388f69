"""Compares what is about to be published with what was published last: `meta.release_diff`, and two checks.

The diff tells readers which rows came, went and changed. The checks look for what our code should never do
unseen: lose values whose files are still there, or move their values by a power of ten. What a text says that
is new or changed, what people say in `corrections.csv` and `reports.csv`, moves and loses values by right.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contracts.ddl import quoted
from pipeline.contracts.registry import polars_schema
from pipeline.warehouse.marts.checks import Check
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.marts.refresh import marts_fingerprint
from pipeline.warehouse.marts.slices import changed_slice, marked, own_rows
from pipeline.warehouse.store.changes import is_last_publication

LAST = "last_release"  # the name under which the last publication is attached
# Tables whose rows mean the same from release to release. The long tables behind them would only repeat it.
COMPARED = (
    "indicators_by_region_year",
    "benefit_standards",
    "targets_and_results",
    "work_programme",
    "conflicts",
    "audit_findings",
)
# Where a value was read from may move without the value changing.
PROVENANCE = ("_id", "_ids")
LOST_SHARE = 0.1  # of the values whose files are still there, when code or vocabulary changed
JUMPED_SHARE = 0.01
DIGITS = 16  # of the identifier of a document, with which that of a report begins
BEST = "indicators_by_region_year"
REMEDY = "If it is meant, move the last publication aside and refresh: there is then nothing to compare with."
Rows = Callable[[Model], str]
HEADS = ("year", "region_code", "genre", "published_on", "title", "issuer")  # what reports.csv can say
KEY = ("region_code", "year", "indicator_id", "change", "residence", "subgroup", "status", "unit")


@contextmanager
def last_release(con: duckdb.DuckDBPyConnection, published: Path) -> Iterator[bool]:
    """Attach the last publication as `last_release`, read-only; gives whether one is there to be read."""
    try:
        if published.is_file():
            con.execute(f"ATTACH {quoted(str(published))} AS {LAST} (READ_ONLY)")
            attached = True
        else:
            attached = False
    except duckdb.Error:
        attached = False  # not a file that this DuckDB reads: nothing to compare with
    try:
        yield attached
    finally:
        if attached:
            con.execute(f"DETACH {LAST}")


@contextmanager
def rows_to_compare(con: duckdb.DuckDBPyConnection) -> Iterator[Rows]:
    """Which rows of a mart can differ from `last_release`, which must be attached, as SQL conditions.

    Those of the documents and regions that changed, where this work file published it last; else all.
    """
    released = con.execute(f"SELECT release_id FROM {LAST}.meta.release").fetchall()
    made_by = marts_fingerprint(con)
    if not released or not is_last_publication(con, released[0][0], made_by):
        yield lambda model: "true"
        return
    with marked(con, changed_slice(con, 0)):
        yield own_rows


def compare_releases(
    con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], rows: Rows = lambda model: "true"
) -> pl.DataFrame:
    """`meta.release_diff`: `rows` added, removed and changed since `last_release`, which must be attached.

    A changed row shows only the columns that differ. Observation and report ids are left out of the
    comparison, and a mart that the last publication did not have is not compared.
    """
    parts = [
        con.sql(_difference(models[name], shared, rows(models[name]))).to_arrow_table()
        for name in COMPARED
        if name in models and (shared := _shared_columns(con, models[name]))
    ]
    schema = polars_schema("meta.release_diff")
    frames = [pl.DataFrame(part).select(list(schema)).cast(schema) for part in parts]
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def release_checks(con: duckdb.DuckDBPyConnection, extractor_version: str, rows: str = "true") -> list[Check]:
    """Checks against `last_release`, which must be attached: coverage not shrunk, magnitudes not jumped.

    `rows` are those of the best values that can differ. Without a new extractor no value may be lost whose
    file is still there, unless people said otherwise of it. A new extractor may lose a tenth. Empty where
    the last publication lacks what is compared.
    """
    if not _shared_columns(con, None):
        return []
    same_code = con.execute(
        f"SELECT count(*) FROM {LAST}.meta.release WHERE extractor_version = ?", [extractor_version]
    ).fetchall()[0][0]
    return [_coverage(bool(same_code), rows), _magnitude(rows)]


def _shared_columns(con: duckdb.DuckDBPyConnection, model: Model | None) -> list[str]:
    """Columns that a mart has in both releases, empty where its grain is not among them."""
    name = model.name if model else BEST
    wanted = [c.name for c in model.columns] if model else list(KEY)
    grain = model.grain if model else KEY
    try:
        there = {column for column, *_ in con.execute(f"DESCRIBE {LAST}.marts.{name}").fetchall()}
    except duckdb.CatalogException:
        return []
    shared = [column for column in wanted if column in there]
    return shared if set(grain) <= set(shared) else []


def _difference(model: Model, shared: list[str], rows: str) -> str:
    compared = [c for c in shared if c not in model.grain and not c.endswith(PROVENANCE)]
    same_key = " AND ".join(f'now."{c}" IS NOT DISTINCT FROM before."{c}"' for c in model.grain)
    key = " || ', ' || ".join(
        f"'{c}=' || coalesce(coalesce(now.\"{c}\", before.\"{c}\")::VARCHAR, '')" for c in model.grain
    )
    differs = " OR ".join(f'now."{c}" IS DISTINCT FROM before."{c}"' for c in compared) or "false"
    present = f'"{model.grain[0]}" IS NOT NULL'
    return f"""
        SELECT
            {quoted(model.table)} AS table_name,
            CASE
                WHEN NOT before.{present} THEN 'added'
                WHEN NOT now.{present} THEN 'removed'
                ELSE 'changed'
            END AS change,
            {key} AS row_key,
            CASE WHEN before.{present} THEN {_as_json("before", "now", compared)} END AS before,
            CASE WHEN now.{present} THEN {_as_json("now", "before", compared)} END AS after
        FROM (FROM {model.table} WHERE {rows}) AS now
        FULL OUTER JOIN (FROM {LAST}.{model.table} WHERE {rows}) AS before ON {same_key}
        WHERE NOT before.{present} OR NOT now.{present} OR {differs}
        ORDER BY row_key"""


def _as_json(side: str, other: str, columns: list[str]) -> str:
    """The columns that differ from the other side, as a JSON object."""
    pairs = ", ".join(
        f'CASE WHEN {side}."{c}" IS DISTINCT FROM {other}."{c}" '
        f"THEN to_json({quoted(c)}) || ': ' || coalesce(to_json({side}.\"{c}\")::VARCHAR, 'null') END"
        for c in columns
    )
    return f"'{{' || concat_ws(', ', {pairs}) || '}}'" if columns else "'{}'"


def _same_key() -> str:
    return " AND ".join(f'now."{c}" IS NOT DISTINCT FROM before."{c}"' for c in KEY)


def _coverage(same_code: bool, rows: str) -> Check:
    """Values of the last release that are gone although their file is there unchanged."""
    allowed = 0.0 if same_code else LOST_SHARE
    # By the same code one text has another head only where reports.csv says so.
    same = " AND ".join(f"was.{name} IS NOT DISTINCT FROM reports.{name}" for name in HEADS)
    heads = f"({same})" if same_code else "true"
    return Check(
        f"marts.{BEST}",
        "coverage_not_shrunk",
        "No value is lost whose file is still there unchanged, unless people said otherwise of it in "
        "corrections.csv or reports.csv"
        + (f" (up to {allowed:.0%} with a new version of the code or vocabulary)" if allowed else "")
        + f". {REMEDY}",
        f"""
        WITH still_read AS (
            SELECT before.*
            FROM (FROM {LAST}.marts.{BEST} WHERE {rows}) AS before
            JOIN {LAST}.core.observations AS read ON read.observation_id = before.observation_id
            JOIN {LAST}.core.reports AS was ON was.report_id = before.report_id
            JOIN core.documents AS documents ON documents.document_id = read.document_id
            JOIN core.reports AS reports ON reports.report_id = before.report_id
            WHERE reports.duplicate_of IS NULL
              AND {heads}
              AND before.correction IS NULL
              AND before.observation_id NOT IN (
                  SELECT observation_id FROM core.corrections
                  WHERE action IN ('drop', 'override') AND state = 'applied'
              )
        ),
        lost AS (
            SELECT before.*
            FROM still_read AS before
            WHERE NOT EXISTS (SELECT 1 FROM marts.{BEST} AS now WHERE {_same_key()})
        )
        SELECT region_code, year, indicator_id, status, written
        FROM lost
        WHERE (SELECT count(*) FROM lost) > {allowed} * (SELECT count(*) FROM still_read)
        ORDER BY region_code, year, indicator_id""",
    )


def _magnitude(rows: str) -> Check:
    people = " UNION ALL ".join(
        f"SELECT observation_id FROM {corrections} WHERE state = 'applied'"
        for corrections in ("core.corrections", f"{LAST}.core.corrections")
    )
    return Check(
        f"marts.{BEST}",
        "magnitudes_not_jumped",
        f"Not more than {JUMPED_SHARE:.0%} of the values (and two) are eight times or an eighth of what they "
        "were in the last release, though the files that say them are unchanged and no reviewed correction "
        f"tells of them. {REMEDY}",
        f"""
        WITH pairs AS (
            SELECT now.region_code, now.year, now.indicator_id, before.value AS before, now.value AS now,
                now.written,
                -- What people say now or said then, and what a new or changed text says, no code did.
                before.observation_id NOT IN ({people}) AND now.observation_id NOT IN ({people})
                AND left(now.report_id, {DIGITS}) IN (SELECT document_id FROM {LAST}.core.documents)
                AND left(before.report_id, {DIGITS}) IN (SELECT document_id FROM core.documents) AS by_code
            FROM (FROM marts.{BEST} WHERE {rows}) AS now
            JOIN {LAST}.marts.{BEST} AS before ON {_same_key()}
            WHERE before.value > 0 AND now.value > 0
        ),
        jumped AS (
            SELECT * FROM pairs
            WHERE by_code AND greatest(now / before, before / now) >= 8
        )
        SELECT region_code, year, indicator_id, before, now, written
        FROM jumped
        WHERE (SELECT count(*) FROM jumped) > 2 + {JUMPED_SHARE} * (
            (SELECT count(*) FROM pairs)
            -- Beside the rows that are compared, every value is as it was: a pair that did not jump.
            + (SELECT count(*) FROM marts.{BEST} WHERE value > 0 AND NOT {rows})
        )
        ORDER BY region_code, year, indicator_id""",
    )
