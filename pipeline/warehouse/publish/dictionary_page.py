"""Makes `docs/data-dictionary.md` from the registry and the marts:
`python -m pipeline.warehouse.publish.dictionary_page`.

Nothing is written by hand there: descriptions come from `contracts/*.csv` and `models/*/*.yml`, types from
the tables that these make. A test fails where the page is stale.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from pipeline.contracts import ddl
from pipeline.contracts.registry import Table, tables_of
from pipeline.settings import MODELS, PROJECT
from pipeline.warehouse.marts.models import Model, load_models
from pipeline.warehouse.store.writer import make_tables

PAGE = PROJECT / "docs" / "data-dictionary.md"
SCHEMAS = {
    "marts": "what analysts ask",
    "audit": "the workings of the checks",
    "core": "what the documents say",
    "ref": "the shared vocabulary",
    "meta": "about the file itself",
}


def render_page(models: Mapping[str, Model]) -> str:
    """The page as Markdown: each published table with its key, and each column with type and meaning."""
    return "\n".join(_lines(models)) + "\n"


def _lines(models: Mapping[str, Model]) -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    command = "python -m pipeline.warehouse.publish.dictionary_page"
    yield f"Made by `{command}` from `pipeline/contracts/` and `models/`: not edited."
    yield "The published file says the same in its comments: `FROM meta.tables`, `FROM meta.columns`."
    yield ""
    yield "| table | one row for | key |"
    yield "| --- | --- | --- |"
    for schema in SCHEMAS:
        for name, comment, key in _tables(schema, models):
            yield f"| [`{name}`](#{name.replace('.', '')}) | {_cell(comment)} | {', '.join(key)} |"
    types = _mart_types(models)
    for schema, title in SCHEMAS.items():
        yield ""
        yield f"## {schema}: {title}"
        if schema in ddl.MODEL_SCHEMAS:
            for model in _of(schema, models):
                yield from _mart(model, types[model.name])
        else:
            for table in tables_of(schema):
                yield from _registered(table)


def _tables(schema: str, models: Mapping[str, Model]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if schema in ddl.MODEL_SCHEMAS:
        yield from ((m.table, m.description, m.grain) for m in _of(schema, models))
    else:
        yield from ((t.name, t.comment, t.key) for t in tables_of(schema))


def _of(schema: str, models: Mapping[str, Model]) -> list[Model]:
    return [model for model in models.values() if model.schema == schema]


def _mart(model: Model, types: Mapping[str, str]) -> Iterator[str]:
    yield from _head(model.table, model.description, model.grain)
    yield "| column | type | what it holds |"
    yield "| --- | --- | --- |"
    for column in model.columns:
        allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
        never = "" if column.not_null or "null" in column.description else " May be null."
        yield f"| `{column.name}` | {types[column.name]} | {_cell(column.description)}.{allowed}{never} |"
    if model.checks:
        yield ""
        yield "Checked before publication: " + "; ".join(
            f"{check.name} ({'blocks' if check.severity == 'error' else 'warns'})" for check in model.checks
        )


def _registered(table: Table) -> Iterator[str]:
    yield from _head(table.name, table.comment, table.key)
    yield "| column | type | what it holds |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
        never = " May be null." if column.nullable and "null" not in column.comment else ""
        yield f"| `{column.name}` | {column.duckdb_type} | {_cell(column.comment)}.{allowed}{never} |"


def _head(name: str, comment: str, key: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield f"### {name}"
    yield _cell(comment)
    if key:
        yield ""
        yield f"Key: {', '.join(f'`{column}`' for column in key)}"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").rstrip(".")


def _mart_types(models: Mapping[str, Model]) -> dict[str, dict[str, str]]:
    """DuckDB types of each mart's columns, from the marts made of empty tables."""
    con = duckdb.connect()
    try:
        make_tables(con, comments=False)
        types = {}
        for model in models.values():
            con.execute(f"CREATE TABLE {model.table} AS {model.sql}")
            types[model.name] = {row[0]: row[1] for row in con.execute(f"DESCRIBE {model.table}").fetchall()}
        return types
    finally:
        con.close()


def main(page: Path = PAGE) -> None:
    """Write the page."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render_page(load_models(MODELS)), encoding="utf-8")


if __name__ == "__main__":
    main()
