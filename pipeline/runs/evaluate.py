"""Reads labelled texts with the whole pipeline and scores what it published."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from pipeline.definitions import build_defs
from pipeline.evaluation.labels import Labelled, read_labelled, read_reports
from pipeline.evaluation.marts import answers, score_mart
from pipeline.evaluation.readings import Found, Score, score_text, total
from pipeline.evaluation.reports import score_reports
from pipeline.evaluation.tables import marts_table, readings_table, reports_table, wrong_readings
from pipeline.orchestration.failures import failure_reasons
from pipeline.orchestration.instance import JOB
from pipeline.settings import Settings

BEGINNING = 200  # characters of a text by which it is found in what was read from its file


def score_own(sets: dict[str, Path], each: bool = False, wrong: int = 0) -> str:
    """Read labelled sets with this pipeline and say in Markdown how much of them was read right.

    `each`: a row for each text too. `wrong`: how many wrong readings to list. Raises ValueError where
    nothing was published.
    """
    readings: dict[str, Score] = {}
    reports, marts = {}, {}
    for name, folder in sets.items():
        texts, known = read_labelled(folder), read_reports(folder)
        with _warehouse(folder / "corpus") as con:
            scores = {text.name: score_text(text, _found(con, text)) for text in texts}
            reports[name] = score_reports(known, _reports(con))
            marts[name] = score_mart(
                answers(texts, known), _rows(con, "FROM marts.indicators_by_region_year")
            )
        readings |= (scores if each else {}) | {name: total(scores.values())}
    parts = [readings_table(readings), reports_table(reports), marts_table(marts)]
    return "\n\n".join(parts + wrong_readings(readings, list(sets), wrong))


@contextmanager
def _warehouse(raw: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """What a refresh publishes of a folder, in files of its own that vanish; the UI doesn't hear of it."""
    with tempfile.TemporaryDirectory(prefix="minzheng-evaluate-") as folder:
        settings = Settings(raw.resolve(), Path(folder) / "minzheng.duckdb")
        job = build_defs(settings).resolve_job_def(JOB)
        with dg.DagsterInstance.ephemeral() as instance:
            quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL", "format": "text"}}}}
            result = job.execute_in_process(instance=instance, raise_on_error=False, run_config=quiet)
        if not result.success:
            raise ValueError("nothing was published: " + "; ".join(failure_reasons(result.all_events)))
        con = duckdb.connect(str(settings.warehouse), read_only=True)
        try:
            yield con
        finally:
            con.close()


def _found(con: duckdb.DuckDBPyConnection, text: Labelled) -> Found:
    documents = _rows(con, "SELECT document_id, text FROM core.documents WHERE file_name = ?", text.file_name)
    if not documents:
        return Found()
    document, read = documents[0]["document_id"], documents[0]["text"]
    before = max(0, read.find(text.text[:BEGINNING]))
    tables = ("core.mentions", "core.observations")
    mentions, observations = (_rows(con, f"FROM {table} WHERE document_id = ?", document) for table in tables)
    for row in (*mentions, *observations):
        row["span_start"] -= before
        row["span_end"] -= before
    return Found(mentions, observations)


def _reports(con: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    sql = """
        SELECT d.file_name, r.*, (SELECT count(*) FROM core.tasks t WHERE t.report_id = r.report_id) AS tasks
        FROM core.reports r JOIN core.documents d USING (document_id) ORDER BY d.file_name, r.span_start
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(con, sql):
        found.setdefault(row["file_name"], []).append(row)
    return found


def _rows(con: duckdb.DuckDBPyConnection, sql: str, *parameters: str) -> list[dict[str, Any]]:
    cursor = con.execute(sql, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
