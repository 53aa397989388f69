"""Where each column of a mart comes from: read from its SQL by sqlglot, remembered until a model changes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import duckdb

from pipeline.contracts import ddl
from pipeline.contracts.registry import load_tables
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.store.writer import transaction

Lineage = dict[str, list[tuple[str, str]]]
SETTING = "lineage"


def known_lineage(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> dict[str, Lineage]:
    """The lineage of each model, kept in the work file: following them takes longer than building them."""
    key = _fingerprint(tuple(models.values()))
    stored = con.execute("SELECT value FROM state.settings WHERE name = ?", [SETTING]).fetchall()
    if stored and (kept := _read(stored[0][0]))["key"] == key:
        return kept["lineage"]
    found = {name: column_lineage(model, models) for name, model in models.items()}
    with transaction(con):
        con.execute("DELETE FROM state.settings WHERE name = ?", [SETTING])
        con.execute(
            "INSERT INTO state.settings VALUES (?, ?)", [SETTING, json.dumps({"key": key, "lineage": found})]
        )
    return found


@lru_cache(maxsize=1)
def _read(stored: str) -> dict[str, Any]:
    return json.loads(stored)


def column_lineage(model: Model, models: Mapping[str, Model]) -> Lineage:
    """For each output column, the (table, column) pairs that it is computed from; none for constants."""
    return _followed(model, tuple(models.values()))


@lru_cache(maxsize=200)
def _followed(model: Model, models: tuple[Model, ...]) -> Lineage:
    from sqlglot.lineage import lineage

    # Untrimmed, for trimming copies the query once for each column: ten times the time, the same leaves.
    nodes = lineage(None, model.sql, schema=_schema(models), dialect="duckdb", trim_selects=False)
    return {name: _leaves(node) for name, node in nodes.items()}


def _leaves(node: Any) -> list[tuple[str, str]]:
    from sqlglot import exp

    found: dict[tuple[str, str], None] = {}
    for step in node.walk():
        if isinstance(step.expression, exp.Table) and step.expression.db:
            found[f"{step.expression.db}.{step.expression.name}", step.name.split(".")[-1].strip('"')] = None
    return sorted(found)


def _schema(models: Iterable[Model]) -> dict[str, dict[str, dict[str, str]]]:
    schema: dict[str, dict[str, dict[str, str]]] = {name: {} for name in ddl.MODEL_SCHEMAS}
    for table in load_tables().values():
        if table.stored:
            place, name = table.name.split(".")
            schema.setdefault(place, {})[name] = {c.name: c.duckdb_type for c in table.columns}
    for model in models:
        schema[model.schema][model.name] = {c.name: "UNKNOWN" for c in model.columns}
    return schema


@lru_cache(maxsize=8)  # each mart asks
def _fingerprint(models: tuple[Model, ...]) -> str:
    described = [[t.name, list(t.schema)] for t in load_tables().values()]
    written = [[m.name, m.sql, [c.name for c in m.columns]] for m in models]
    return hashlib.sha256(json.dumps([version("sqlglot"), described, written]).encode()).hexdigest()
