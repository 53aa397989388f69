"""What the pages read: queries on the published file, opened read-only.

Columns and tables that a published file does not have come back as nulls and empty frames, so that a page
of an older release, or of one with fewer marts, still builds.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.contracts.registry import columns
from pipeline.site.words import Label, joined, label

REPORTS_AT_ONCE = 100


class Published:
    """A published file. Use as a context manager; raises FileNotFoundError where there is none."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(
                f"no published file at {path}: run `minzheng refresh` first, or name one with --warehouse"
            )
        self._connection = duckdb.connect(str(path), read_only=True)
        self._connection.execute("SET enable_external_access = false; SET timezone = 'UTC'")
        rows = self._connection.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() ORDER BY column_index"
        ).fetchall()
        self._columns: dict[str, list[str]] = {}
        for table, column in rows:
            self._columns.setdefault(table, []).append(column)

    def __enter__(self) -> "Published":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def has(self, table: str, *columns: str) -> bool:
        """Whether the file has the table (`schema.name`) with these columns."""
        return set(columns) <= set(self._columns.get(table, ())) and table in self._columns

    def select(
        self, table: str, columns: Sequence[str], rest: str = "", values: Sequence = ()
    ) -> pl.DataFrame:
        """`columns` of `table`; a column that the table lacks is null. `rest` (WHERE, ORDER BY) is dropped
        together with the rows where the table is missing."""
        if table not in self._columns:
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.Utf8))
        there = set(self._columns[table])
        names = ", ".join(f'"{name}"' if name in there else f'NULL::VARCHAR AS "{name}"' for name in columns)
        return self.query(f"SELECT {names} FROM {table} {rest}", values)

    def query(self, sql: str, values: Sequence = ()) -> pl.DataFrame:
        return pl.DataFrame(self._connection.sql(sql, params=list(values)).to_arrow_table())


BEST = (
    "region_code", "year", "indicator_id", "change", "residence", "subgroup", "status", "unit", "value",
    "value_high", "comparator", "scope", "place", "flow", "months", "as_of", "n_sources", "agree",
    "decided_by", "correction", "confidence", "trust", "doubts", "written", "observation_id", "report_id",
)  # fmt: skip


def reports(published: Published) -> pl.DataFrame:
    """Every report with the file that it stands in, in the order of the documents."""
    frame = published.select("core.reports", columns("core.reports"), "ORDER BY document_id, ordinal")
    files = published.select(
        "core.documents", ("document_id", "file_name", "sha256", "encoding", "media_type", "ingested_at")
    )
    return frame.join(files, on="document_id", how="left", maintain_order="left")


def corrections(published: Published) -> dict[str, Label]:
    """By observation: the reviewed correction that the marts apply to it, in words."""
    frame = published.select(
        "core.corrections", ("observation_id", "action", "field", "value", "text", "reason"),
        "WHERE state = 'applied' AND observation_id IS NOT NULL ORDER BY correction_id",
    )  # fmt: skip
    said: dict[str, list[Label]] = {}
    for row in frame.iter_rows(named=True):
        to = row["text"] or ("" if row["value"] is None else f"{row['value']:.12g}")
        done = label("action", row["action"])
        zh, en = (f"{word}{' ' if to else ''}{to}" for word in done[:2])
        words = Label(f"{zh}：{row['reason']}", f"{en}: {row['reason']}")
        said.setdefault(row["observation_id"], []).append(words)
    return {observation_id: joined(words, " · ") for observation_id, words in said.items()}


def report_parts(published: Published, report_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """For each report its `report_id`, `text`, and rows: mentions, observations, sections, tasks, tables and
    cells.

    `trust` gives (trust, doubts) by observation; an observation's `readings` are the other subjects that it
    may be about: (subject, share, score).

    Texts and rows are fetched for `REPORTS_AT_ONCE` reports at a time, so that memory does not grow with the
    number of reports.
    """
    for start in range(0, len(report_ids), REPORTS_AT_ONCE):
        batch = list(report_ids[start : start + REPORTS_AT_ONCE])
        within = "WHERE report_id IN (SELECT unnest(?)) ORDER BY report_id, span_start"
        texts = dict(
            published.query(
                "SELECT report_id, substring(text, 1 + span_start, span_end - span_start) AS text "
                "FROM core.reports JOIN core.documents USING (document_id) "
                "WHERE report_id IN (SELECT unnest(?))",
                [batch],
            ).iter_rows()
        )
        groups = {
            name: grouped(
                published.select(f"core.{name}", columns(f"core.{name}"), within, [batch]), "report_id"
            )
            for name in ("mentions", "observations", "sections", "tasks", "tables")
        }
        groups["cells"] = _cells(published, batch)
        others = _other_readings(published, batch)
        trust = _trust(published, batch)
        for row in (row for rows in groups["observations"].values() for row in rows):
            row["readings"] = [r for r in others.get(row["observation_id"], ()) if r[0] != row["subject"]]
        for report_id in batch:
            rows = {name: by_report.get(report_id, []) for name, by_report in groups.items()}
            yield {"report_id": report_id, "text": texts.get(report_id) or "", "trust": trust, **rows}


def uses(published: Published) -> dict[str, int]:
    """How many values there are by indicator and by region code."""
    table = "marts.indicators_by_region_year"
    if not published.has(table):
        return {}
    sql = f"SELECT {{0}}, count(*) AS n FROM {table} WHERE {{0}} IS NOT NULL GROUP BY 1"
    return {
        key: n
        for column in ("indicator_id", "region_code")
        for key, n in published.query(sql.format(column)).iter_rows()
    }


def _trust(published: Published, report_ids: Sequence[str]) -> dict[str, tuple]:
    """By observation of these reports: how far the marts trust it, and what speaks against it."""
    rest = "WHERE report_id IN (SELECT unnest(?))"
    rows = published.select("marts.facts", ("observation_id", "trust", "doubts"), rest, [list(report_ids)])
    return {observation_id: (trust, doubts or []) for observation_id, trust, doubts in rows.iter_rows()}


def _cells(published: Published, report_ids: Sequence[str]) -> dict[str, list[dict]]:
    """By report: the cells of its tables, in order."""
    if not published.has("core.cells"):
        return {}
    names = [name for name in columns("core.cells") if name != "document_id"]
    listed = ", ".join(f'cells."{name}"' for name in names)
    frame = published.query(
        f"SELECT tables.report_id, {listed} FROM core.cells AS cells "
        "JOIN core.tables AS tables ON tables.table_id = cells.table_id "
        "WHERE tables.report_id IN (SELECT unnest(?)) "
        'ORDER BY tables.report_id, cells.table_id, cells."row", cells."column"',
        [list(report_ids)],
    )
    return grouped(frame, "report_id")


def _other_readings(published: Published, report_ids: Sequence[str]) -> dict[str, list[tuple]]:
    """By observation of these reports: the subjects that were weighed, each with its share and score."""
    if not published.has("core.readings"):
        return {}
    rows = published.query(
        "SELECT observation_id, subject, share, score FROM core.readings SEMI JOIN "
        "(FROM core.observations WHERE report_id IN (SELECT unnest(?))) USING (observation_id) "
        "ORDER BY observation_id, rank",
        [list(report_ids)],
    )
    found: dict[str, list[tuple]] = {}
    for observation_id, *reading in rows.iter_rows():
        found.setdefault(observation_id, []).append(tuple(reading))
    return found


def rows_by(
    published: Published, table: str, columns: Sequence[str], key: str, keys: Sequence[str], order: str
) -> Iterator[tuple[str, list[dict]]]:
    """For each of `keys`, its rows of `table` in the given order; fetched for some hundred keys at a time."""
    rest = f"WHERE {key} IN (SELECT unnest(?)) ORDER BY {key}, {order}"
    for start in range(0, len(keys), REPORTS_AT_ONCE):
        batch = list(keys[start : start + REPORTS_AT_ONCE])
        frame = published.select(table, columns, rest, [batch])
        groups = grouped(frame, key)
        for value in batch:
            yield value, groups.get(value, [])


def grouped(frame: pl.DataFrame, key: str) -> dict[str, list[dict]]:
    """Rows by their value of `key`, in the frame's order."""
    parts = frame.partition_by(key, as_dict=True, maintain_order=True)
    return {values[0]: part.to_dicts() for values, part in parts.items()}
