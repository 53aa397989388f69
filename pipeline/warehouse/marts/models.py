"""The marts: `models/SCHEMA/NAME.sql`, a plain SELECT that runs unchanged in the DuckDB shell, and its yml.

The folder is the schema: `marts` is what analysts ask, `audit` the workings of the checks.

The yml says what a reader of the table needs:

    description: one sentence, what a row is
    grain: [columns that identify a row]
    cut_by: document                            # or region, or left out: see `slices`
    columns:
      - name: region_code
        description: what it holds, with its unit
        data_tests: [not_null]                  # or {accepted_values: [actual, target]}
    may_be_empty: true                          # where no row is a good answer
    checks:                                     # queries that return offending rows
      - name: parts_within_total
        description: what would be wrong in the world
        severity: error                         # or warn
        sql: SELECT ... FROM marts.NAME WHERE ...
        changed: AND region_code IN ...         # put behind it where only what changed need be looked at

What a mart reads is taken from the SQL, never written down twice; so is where its columns come from
(`lineage`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipeline.contracts import ddl
from pipeline.contracts.registry import load_tables
from pipeline.warehouse.store.writer import transaction

CUTS = ("document", "region")
PIVOT = re.compile(r"\bPIVOT\b", re.IGNORECASE)
KEPT = 128  # models whose parsed form is kept in memory
TESTS = ("not_null", "unique", "accepted_values")


class ModelError(ValueError):
    """A model's SQL or yml cannot be used; the message names the file."""


@dataclass(frozen=True)
class ModelColumn:
    """A column of a mart as its yml describes it."""

    name: str
    description: str
    not_null: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelCheck:
    """A query that returns offending rows: none when all is well."""

    name: str
    description: str
    sql: str
    severity: str = "error"
    changed: str | None = None  # the same of rows that can differ from those of the last publication


@dataclass(frozen=True)
class Model:
    """A mart: its query, its documentation, and the tables that it reads (`schema.table`)."""

    schema: str
    name: str
    sql: str
    description: str
    grain: tuple[str, ...]
    columns: tuple[ModelColumn, ...]
    checks: tuple[ModelCheck, ...]
    may_be_empty: bool
    reads: tuple[str, ...]
    cut_by: str | None = None

    @property
    def table(self) -> str:
        return f"{self.schema}.{self.name}"


def load_models(folder: Path) -> dict[str, Model]:
    """The models of `folder` by name, each after those that it reads.

    Raises ModelError for a missing yml, SQL that cannot be followed, a table that nobody makes, or a circle.
    """
    models: dict[str, Model] = {}
    for path in sorted(folder.rglob("*.sql")):
        if path.parent.parent != folder or path.parent.name not in ddl.MODEL_SCHEMAS:
            raise ModelError(
                f"{path} must stand in one of the folders {', '.join(ddl.MODEL_SCHEMAS)} of {folder}"
            )
        if path.stem in models:
            raise ModelError(f"two models are called {path.stem}")
        models[path.stem] = _load(path)
    known = {t.name for t in load_tables().values() if t.stored} | {m.table for m in models.values()}
    for model in models.values():
        if unknown := [t for t in model.reads if t not in known]:
            raise ModelError(f"{model.name}.sql reads {', '.join(unknown)}, which nobody makes")
        above = [models[name] for t in model.reads if (name := model_name(t))]
        if wider := [m.name for m in above if model.cut_by and not _serves(m, model.cut_by)]:
            raise ModelError(
                f"{model.name}.yml is cut_by {model.cut_by}, but reads {', '.join(wider)}, which is not"
            )
    return _in_order(models)


def _serves(above: Model, cut_by: str) -> bool:
    """Whether a mart that is cut so can be made from part of one that it reads. Of one that is not cut, the
    regions in which it changed are noted."""
    whole_by_region = above.cut_by is None and "region_code" in {column.name for column in above.columns}
    return above.cut_by in (cut_by, "document") or (cut_by == "region" and whole_by_region)


def model_name(table: str) -> str | None:
    """The name of the model that makes a table `schema.name`; None for a table of the registry."""
    schema, _, name = table.partition(".")
    return name if schema in ddl.MODEL_SCHEMAS else None


def with_what_they_read(models: Mapping[str, Model], names: Iterable[str]) -> list[Model]:
    """The models of some names and those that they read, however far down, in the order of `models`."""
    wanted = set(names)
    for name in reversed(list(models)):
        if name in wanted:
            wanted |= {read for table in models[name].reads if (read := model_name(table))}
    return [model for name, model in models.items() if name in wanted]


def build_model(con: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Make the mart's table anew, with its comments, in one transaction; returns its number of rows."""
    with transaction(con):
        make_table(con, model)
    return con.execute(f"SELECT count(*) FROM {model.table}").fetchall()[0][0]


def make_table(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """The same within a transaction that is open."""
    con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.sql}")
    comment_on(con, model)


def comment_on(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Describe a mart's table and columns by its yml."""
    con.execute(f"COMMENT ON TABLE {model.table} IS {ddl.quoted(model.description)}")
    for column in model.columns:
        con.execute(f'COMMENT ON COLUMN {model.table}."{column.name}" IS {ddl.quoted(column.description)}')


def _load(path: Path) -> Model:
    sidecar = path.with_suffix(".yml")
    if not sidecar.exists():
        raise ModelError(f"{path.name} has no {sidecar.name} beside it")
    texts = (each.read_text(encoding="utf-8") for each in (path, sidecar))
    return _parsed(path.parent.name, path.stem, *texts)


@lru_cache(maxsize=KEPT)  # a run asks for them several times, and parsing the SQL takes a tenth of a second
def _parsed(schema: str, name: str, sql: str, described: str) -> Model:
    """The model of a query and the text of its yml."""
    sidecar = f"{name}.yml"
    notes = yaml.load(described, _yaml_loader()) or {}
    try:
        columns = tuple(_column(row) for row in notes["columns"])
        description, grain = notes["description"].strip(), tuple(notes["grain"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{sidecar} lacks or misspells {error}") from None
    if strangers := [name for name in grain if name not in {c.name for c in columns}]:
        raise ModelError(f"{sidecar}: the grain names {strangers}, which no column is called")
    sql = sql.strip().rstrip(";")
    checks = tuple(
        ModelCheck(
            row["name"],
            row["description"].strip(),
            row["sql"],
            row.get("severity", "error"),
            f"{row['sql']} {row['changed']}" if "changed" in row else None,
        )
        for row in notes.get("checks") or ()
    )
    may_be_empty = bool(notes.get("may_be_empty", False))
    reads = _reads(f"{name}.sql", sql)
    cut_by = _cut_by(sidecar, notes, columns)
    return Model(schema, name, sql, description, grain, columns, checks, may_be_empty, reads, cut_by)


def _cut_by(file: str, notes: dict[str, Any], columns: tuple[ModelColumn, ...]) -> str | None:
    """How a mart is cut. Refuses what its columns do not carry."""
    cut_by, names = notes.get("cut_by"), {c.name for c in columns}
    placed = {c.name for c in columns if c.not_null}
    if cut_by not in (None, *CUTS):
        raise ModelError(f"{file} is cut_by {cut_by}; there are {' and '.join(CUTS)}")
    if cut_by == "document" and "document_id" not in placed:
        raise ModelError(f"{file} is cut_by document: it needs a document_id that is not_null")
    if cut_by == "region" and not ("region_code" in placed or {"region_code", "document_id"} <= names):
        raise ModelError(
            f"{file} is cut_by region: its region_code must be not_null, or stand beside document_id"
        )
    return cut_by


def _column(row: dict[str, Any]) -> ModelColumn:
    tests: dict[str, Any] = {}
    for test in row.get("data_tests") or ():
        tests.update(test if isinstance(test, dict) else {test: True})
    if unknown := set(tests) - set(TESTS):
        raise ModelError(f"column {row['name']} asks for {sorted(unknown)}; there are {', '.join(TESTS)}")
    allowed = tests.get("accepted_values", ())
    if isinstance(allowed, dict):  # dbt's longer form
        allowed = allowed["values"]
    return ModelColumn(
        row["name"],
        str(row["description"]).strip(),
        "not_null" in tests,
        "unique" in tests,
        tuple(str(value) for value in allowed),
    )


def _reads(file: str, sql: str) -> tuple[str, ...]:
    """Tables that a query reads, its own CTEs left out. Refuses what sqlglot is known to follow wrongly."""
    told = json.loads(_parser().cursor().execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0])
    if told["error"] and told["error_type"] != "not implemented":
        raise ModelError(f"{file} cannot be parsed: {told['error_message']}")
    parts = list(_parts(told.get("statements", [])))
    if PIVOT.search(sql) if told["error"] else any(part.get("type") == "PIVOT" for part in parts):
        raise ModelError(f"{file} uses PIVOT, whose columns cannot be followed; use FILTER or CASE")
    if len(told.get("statements", ())) != 1:
        raise ModelError(f"{file} must hold one SELECT")
    if any(str(part.get("setop_type")).endswith("BY_NAME") for part in parts):
        raise ModelError(f"{file} uses UNION BY NAME, whose columns are followed wrongly; list them")
    read = {(part["schema_name"], part["table_name"]) for part in parts if part.get("type") == "BASE_TABLE"}
    made = {cte["key"] for part in parts if "cte_map" in part for cte in part["cte_map"]["map"]}
    if strangers := {name for schema, name in read if not schema} - made:
        raise ModelError(f"{file}: write {sorted(strangers)} with the schema in front")
    return tuple(sorted(f"{schema}.{name}" for schema, name in read if schema))


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database that holds nothing and is asked how it understands a query."""
    return duckdb.connect(config={"threads": 1})


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON tree."""
    if isinstance(tree, dict):
        yield tree
    for inner in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(inner, dict | list):
            yield from _parts(inner)


def _in_order(models: dict[str, Model]) -> dict[str, Model]:
    ordered: dict[str, Model] = {}

    def place(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise ModelError(f"models read each other in a circle: {' → '.join((*trail, name))}")
        if name in ordered:
            return
        for table in models[name].reads:
            if other := model_name(table):
                place(other, (*trail, name))
        ordered[name] = models[name]

    for name in models:
        place(name, ())
    return ordered


def _yaml_loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
