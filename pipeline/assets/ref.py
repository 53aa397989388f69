"""The shared vocabulary as tables: regions, subjects, measures and indicators."""

import dagster as dg

from pipeline.orchestration.checks import check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_table

REFERENCES = ("ref.regions", "ref.domains", "ref.subjects", "ref.measures", "ref.units", "ref.indicators")


def build_ref() -> list[dg.AssetsDefinition]:
    """One asset for each `ref` table."""
    return [_reference(name) for name in REFERENCES]


def _reference(name: str) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=name.replace(".", "__"),
        specs=[spec(name, "reference", {"csv", "duckdb"})],
        check_specs=check_specs(table_checks(name)),
    )
    def reference(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        if not work_file.kept:
            replace_table(work_file.con, name, load_reference(name))
        return stored(work_file, name)

    return reference
