"""What Dagster shows of a table: schema, column lineage and rows, taken from the registry or the SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from pipeline.contracts.registry import Table, get_table, load_tables
from pipeline.orchestration.checks import check_results
from pipeline.orchestration.keys import asset_key
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.marts.lineage import Lineage
from pipeline.warehouse.marts.models import Model, model_name
from pipeline.warehouse.store.work import WorkFile

OWNERS = ["team:minzheng"]


def sources(table: Table) -> list[dg.AssetKey]:
    """The assets that a table's columns come from, itself left out, in a steady order."""
    tables = (source.rpartition(".")[0] for column in table.columns for source in column.source)
    return [asset_key(name) for name in dict.fromkeys(tables) if name != table.name]


def nearest(models: Mapping[str, Model]) -> dict[str, list[str]]:
    """Of the tables that each mart reads those that none of the others is made from, and through them on all.

    An arrow from each hides the way: most marts read `core.observations` and `marts.facts`, and the rest what
    comes of them.
    """
    above: dict[str, set[str]] = {}
    tables = load_tables()

    def all_above(name: str) -> set[str]:
        if name not in above:
            model = models.get(model_name(name) or "")
            keys = sources(tables[name]) if name in tables else []
            own = model.reads if model else [".".join(key.path) for key in keys]
            above[name] = {*own}.union(*(all_above(each) for each in own))
        return above[name]

    return {
        model.table: [
            name for name in model.reads if not any(name in all_above(read) for read in model.reads)
        ]
        for model in models.values()
    }


def spec(name: str, group: str, kinds: set[str], **more: Any) -> dg.AssetSpec:
    """The asset of a registry table, with its description, schema and the assets that it is made from."""
    table = get_table(name)
    return dg.AssetSpec(
        asset_key(name),
        deps=more.pop("deps", sources(table)),
        description=table.comment,
        group_name=group,
        kinds=kinds,
        owners=OWNERS,
        metadata={"dagster/table_name": name, "dagster/column_schema": column_schema(table)},
        **more,
    )


def column_schema(table: Table) -> dg.TableSchema:
    """A registry table's columns as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                c.name,
                type=c.duckdb_type,
                description=c.comment,
                constraints=dg.TableColumnConstraints(
                    nullable=c.nullable,
                    unique=table.key == (c.name,),
                    other=[f"one of {', '.join(c.allowed)}"] if c.allowed else [],
                ),
            )
            for c in table.columns
        ]
    )


def model_schema(con: duckdb.DuckDBPyConnection, model: Model) -> dg.TableSchema:
    """A mart's columns: types from the built table, words from its yml."""
    described = {c.name: c for c in model.columns}
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                type=kind,
                description=described[name].description,
                constraints=dg.TableColumnConstraints(nullable=not described[name].not_null),
            )
            for name, kind, *_ in con.execute(f"DESCRIBE {model.table}").fetchall()
        ]
    )


def registry_lineage(table: Table) -> dg.TableColumnLineage:
    """Where each column of a registry table comes from."""
    return dagster_lineage(
        {
            c.name: [(source.rpartition(".")[0], source.rpartition(".")[2]) for source in c.source]
            for c in table.columns
        }
    )


def dagster_lineage(lineage: Lineage | Mapping[str, Sequence[tuple[str, str]]]) -> dg.TableColumnLineage:
    """Column → (table, column) pairs, as Dagster draws them."""
    return dg.TableColumnLineage(
        deps_by_column={
            name: [dg.TableColumnDep(asset_key(table), column) for table, column in pairs]
            for name, pairs in lineage.items()
            if pairs
        }
    )


def stored(work: WorkFile, name: str, **more: Any) -> dg.MaterializeResult:
    """The result of having written a registry table: its rows, schema and lineage, and `more` metadata."""
    table = get_table(name)
    if work.ahead:
        work.ahead.stored(name)
    rows = work.con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
    return dg.MaterializeResult(
        asset_key=asset_key(name),
        metadata={
            "dagster/row_count": rows,
            "dagster/table_name": name,
            "dagster/column_schema": column_schema(table),
            "dagster/column_lineage": registry_lineage(table),
            **more,
        },
        check_results=check_results(work, table_checks(name)),
    )
