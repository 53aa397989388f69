"""Queries that return offending rows of the work file: what must hold before anything is published.

Contracts look at one frame before it is stored; these look at tables together, once they are built.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.contracts import ddl
from pipeline.contracts.registry import Table, get_table, load_tables
from pipeline.warehouse.marts.models import Model

SAMPLE = 1_000  # documents whose spans are looked at again in each refresh
LONGEST = 200_000  # characters; substring walks a text from its start for every row
DOCUMENT = "document_id"
CHANGED = f"SELECT {DOCUMENT} FROM state.changes"
SHOWN = 5  # offending rows that a finding lists


@dataclass(frozen=True)
class Check:
    """A promise about `table`, and the query whose rows break it.

    `changed` is one that looks only at rows of what changed since the last publication, where all others were
    looked at. `breaks` holds for a row that breaks the promise, where that can be told of each row alone.
    """

    table: str
    name: str
    description: str
    sql: str
    severity: str = "error"
    changed: str | None = None
    breaks: str | None = None


CORRECTIONS = Check(
    "core.corrections",
    "corrections_still_hold",
    "Each reviewed correction meets one value, and the value that it expects.",
    "SELECT message FROM core.corrections WHERE state <> 'applied'",
)


@dataclass(frozen=True)
class Finding:
    """What a check found: none of `count` where it holds; the first offending rows as text."""

    check: Check
    count: int
    rows: tuple[str, ...]

    @property
    def message(self) -> str:
        table, name = self.check.table, self.check.name
        return f"{table}: {name}: {self.count} row(s) break it, such as {'; '.join(self.rows)}"


def table_checks(name: str) -> list[Check]:
    """Checks of a registry table: its key, its references, and texts that stand where their spans say."""
    table = get_table(name)
    own = [CORRECTIONS] if name == CORRECTIONS.table else []
    return [*_keys(table), *_references(table), *_spans(table), *own]


def model_checks(model: Model) -> list[Check]:
    """Checks of a mart: its grain, rows where there are observations, and what its yml asks for."""
    return list(_of_model(model))


def run_checks(
    con: duckdb.DuckDBPyConnection, checks: Sequence[Check], changed: bool = False
) -> list[Finding]:
    """Run checks of one table. What is told of each row alone is looked for at once, most of it in DuckDB's
    statistics; one after another only where something is found."""
    told = [check.breaks for check in checks if check.breaks]
    broken = (
        told
        and con.execute(f"SELECT 1 FROM {checks[0].table} WHERE ({') OR ('.join(told)}) LIMIT 1").fetchall()
    )
    return [
        Finding(check, 0, ()) if check.breaks and not broken else run_check(con, check, changed)
        for check in checks
    ]


def run_check(con: duckdb.DuckDBPyConnection, check: Check, changed: bool = False) -> Finding:
    """Run a check's query against the work file, or, where that is enough, the one on what `changed`."""
    sql = check.changed if changed and check.changed else check.sql
    total = con.execute(f"SELECT count(*) FROM ({sql}) AS offending").fetchall()[0][0]
    rows: list[tuple] = []
    if total:
        rows = con.execute(f"SELECT * FROM ({sql}) AS offending LIMIT {SHOWN}").fetchall()
    return Finding(check, total, tuple(", ".join(str(cell) for cell in row) for row in rows))


def _keys(table: Table) -> Iterator[Check]:
    if table.key:
        by = DOCUMENT if _changes_by_document(table) else None
        yield _unique(table.name, "key_is_unique", table.key, by)


def _changes_by_document(table: Table) -> bool:
    """Whether rows come and go with their document, and that is noted."""
    told = table.name.startswith("core.") and table.name != CORRECTIONS.table  # those are read anew each time
    return told and DOCUMENT in table.schema


def _unique(table: str, name: str, columns: tuple[str, ...], by: str | None = None) -> Check:
    """`by`: the column that tells whose rows change together, a document's or a region's."""
    key = ", ".join(f'"{column}"' for column in columns)
    query = f"SELECT {key}, count(*) AS times FROM {table} {{}} GROUP BY ALL HAVING count(*) > 1"
    rows, changed = f"{by} IN (SELECT {by} FROM state.changes)", None
    if by in columns:  # the rows of another document or region have another key
        changed = query.format(f"WHERE {rows}")
    elif by and len(columns) == 1:
        changed = query.format(f"WHERE {key} IN (SELECT {key} FROM {table} WHERE {rows})")
    return Check(table, name, f"No two rows share {', '.join(columns)}.", query.format(""), changed=changed)


def _references(table: Table) -> Iterator[Check]:
    """Columns that carry the key of another table, or point to a row of their own, must find it there."""
    keys = {f"{t.name}.{t.key[0]}": t for t in load_tables().values() if len(t.key) == 1}
    for column in table.columns:
        for source in column.source:
            target = keys.get(source)
            if target is None or not target.stored or target.name.startswith("state.") or column.key:
                continue
            there = source.rpartition(".")[2]
            if column.name != there and target.name != table.name:
                continue
            query = f"""SELECT DISTINCT t."{column.name}" FROM {table.name} AS t ANTI JOIN {target.name} AS k
                ON t."{column.name}" = k."{there}" WHERE t."{column.name}" IS NOT NULL"""
            # What a row names goes with its document, or with the vocabulary, by which all documents are read
            # anew; what another row of its table is may go without it.
            alone = _changes_by_document(table) and target.name != table.name
            yield Check(
                table.name,
                f"{column.name}_is_known",
                f"Each {column.name} stands in {target.name}.",
                query,
                changed=f"{query} AND t.{DOCUMENT} IN ({CHANGED})" if alone else None,
            )


SPANS = {
    "core.mentions": (("text", "span_start", "span_end"),),
    "core.observations": (("written", "span_start", "span_end"), ("quote", "quote_start", "quote_end")),
}


def _spans(table: Table) -> Iterator[Check]:
    for column, start, end in SPANS.get(table.name, ()):
        query = f"""SELECT t.document_id, t.{start}, t.{column}
            FROM {table.name} AS t
            JOIN (
                FROM (
                    SELECT document_id, text FROM core.documents WHERE length(text) < {LONGEST} {{}}
                ) USING SAMPLE {SAMPLE} ROWS
            ) AS d
            USING (document_id)
            WHERE t.{column} <> substring(d.text, t.{start} + 1, t.{end} - t.{start})"""
        yield Check(
            table.name,
            f"{column}_stands_at_its_span",
            f"{column} is the text from {start} to {end} (in {SAMPLE} documents of ordinary length of those "
            f"that changed, or all where fewer).",
            query.format(""),
            changed=query.format(f"AND {DOCUMENT} IN ({CHANGED})"),
        )


def _of_model(model: Model) -> Iterator[Check]:
    by = {"document": DOCUMENT, "region": "region_code", None: None}[model.cut_by]
    if model.grain:
        yield _unique(model.table, "grain_is_unique", model.grain, by)
    if not model.may_be_empty:
        yield Check(
            model.table,
            "is_not_empty",
            "The mart has rows where there are observations to make them from.",
            f"""SELECT count(*) AS observations FROM core.observations
                WHERE NOT EXISTS (FROM {model.table}) HAVING count(*) > 0""",
        )
    for column in model.columns:
        if column.not_null:
            missing = f'"{column.name}" IS NULL'
            yield Check(
                model.table,
                f"{column.name}_is_given",
                f"{column.name} is never null.",
                f"FROM {model.table} WHERE {missing}",
                breaks=missing,
            )
        if column.unique:
            yield _unique(model.table, f"{column.name}_is_unique", (column.name,), by)
        if column.allowed:
            words = ", ".join(ddl.quoted(value) for value in column.allowed)
            strange = f'"{column.name}" NOT IN ({words})'
            yield Check(
                model.table,
                f"{column.name}_is_allowed",
                f"{column.name} is one of {', '.join(column.allowed)}.",
                f'SELECT DISTINCT "{column.name}" FROM {model.table} WHERE {strange}',
                breaks=strange,
            )
    for check in model.checks:
        yield Check(model.table, check.name, check.description, check.sql, check.severity, check.changed)
