"""The shared vocabulary as tables: regions, subjects, measures and indicators."""

import dagster as dg
import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.orchestration.checks import check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.vocabulary import FOLDER
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_table

REFERENCES = ("ref.regions", "ref.domains", "ref.subjects", "ref.measures", "ref.indicators")


def build_ref() -> list[dg.AssetsDefinition]:
    """One asset for each `ref` table."""
    return [_reference(name) for name in REFERENCES]


def load_reference(name: str) -> pl.DataFrame:
    """The rows of a `ref` table, with the columns of the registry."""
    schema = polars_schema(name)
    if name == "ref.regions":
        from pipeline.reading.regions.resolve import load_regions

        return load_regions().select(list(schema))
    if name == "ref.indicators":
        from pipeline.vocabulary.indicators import load_indicators

        return load_indicators().select(list(schema))
    file = FOLDER / f"{name.removeprefix('ref.')}.csv"
    return pl.read_csv(file, schema_overrides=dict(schema), columns=list(schema))


def _reference(name: str) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=name.replace(".", "__"),
        specs=[spec(name, "reference", {"csv", "duckdb"})],
        check_specs=check_specs(table_checks(name)),
    )
    def reference(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        replace_table(work_file.con, name, load_reference(name))
        return stored(work_file.con, name)

    return reference
