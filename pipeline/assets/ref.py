"""The shared vocabulary as tables: regions, subjects, measures and indicators; figures to compare with."""

import dagster as dg

from pipeline.orchestration.checks import check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.settings import Settings
from pipeline.vocabulary.figures import FiguresError
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import holds_rows, replace_table

REFERENCES = (
    "ref.regions", "ref.domains", "ref.subjects", "ref.measures", "ref.units", "ref.indicators",
    "ref.population", "ref.reference_series", "ref.plausible_ranges",
)  # fmt: skip


def build_ref(settings: Settings) -> list[dg.AssetsDefinition]:
    """One asset for each `ref` table."""
    return [_reference(name, settings) for name in REFERENCES]


def _reference(name: str, settings: Settings) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=name.replace(".", "__"),
        specs=[spec(name, "ref", {"csv", "duckdb"})],
        check_specs=check_specs(table_checks(name)),
    )
    def reference(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        if not work_file.kept:
            try:
                rows = load_reference(name, settings.raw)
            except FiguresError as error:
                raise dg.Failure(f"{error}. Nothing was published.") from None
            if not holds_rows(work_file.con, name, rows):
                replace_table(work_file.con, name, rows)
        return stored(work_file, name)

    return reference
