"""What analysts ask and what the audit works with: one asset for each query in `models/`."""

from collections.abc import Mapping, Sequence
from functools import partial

import dagster as dg

from pipeline.orchestration.ahead import Made, Steps
from pipeline.orchestration.checks import check_results, check_specs
from pipeline.orchestration.describe import OWNERS, dagster_lineage, model_schema, nearest
from pipeline.orchestration.keys import asset_key
from pipeline.warehouse.marts.checks import model_checks
from pipeline.warehouse.marts.lineage import known_lineage
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.marts.refresh import Built, as_published, refresh_mart
from pipeline.warehouse.store.work import WorkFile

PREVIEW_ROWS = 5
PREVIEW_WIDTH = 60


def build_marts(models: Mapping[str, Model], steps: Steps) -> list[dg.AssetsDefinition]:
    """The assets of `marts` and `audit`, in the order in which they are built, which is that of `steps`."""
    arrows = nearest(models)
    return [_mart(model, models, arrows[model.table], steps) for model in models.values()]


def _mart(
    model: Model, models: Mapping[str, Model], arrows: Sequence[str], steps: Steps
) -> dg.AssetsDefinition:
    grain, reads = ", ".join(model.grain), ", ".join(model.reads)
    about = f"{model.description}\n\nOne row for each {grain}. Reads {reads}."
    checks = model_checks(model)

    def make(work_file: WorkFile) -> Made:
        built = refresh_mart(work_file.con, model, models, work_file.kept is not None, work_file.memo)
        return Made(partial(look, built))

    def look(built: Built, work_file: WorkFile) -> dg.MaterializeResult:
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": built.rows,
                "made": built.made,
                "documents_looked_at": built.documents,
                "dagster/table_name": model.table,
                "dagster/column_schema": model_schema(work_file.con, model),
                "dagster/column_lineage": dagster_lineage(known_lineage(work_file.con, models)[model.name]),
                "preview": dg.MetadataValue.md(_preview(work_file, model)),
            },
            check_results=check_results(
                work_file, checks, as_published(work_file.con, model, work_file.memo)
            ),
        )

    steps.add(model.table, model.reads, make)

    @dg.asset(
        key=asset_key(model.table),
        deps=[asset_key(table) for table in arrows],
        group_name=model.schema,
        kinds={"sql", "duckdb"},
        owners=OWNERS,
        description=f"{about}\n\n```sql\n{model.sql}\n```",
        metadata={"dagster/table_name": model.table},
        check_specs=check_specs(checks),
    )
    def mart(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        return steps.done(work_file, model.table)

    return mart


def _preview(work_file: WorkFile, model: Model) -> str:
    cursor = work_file.con.execute(f"SELECT * FROM {model.table} LIMIT {PREVIEW_ROWS}")
    names = [column[0] for column in cursor.description]
    lines = [names, ["---"] * len(names), *cursor.fetchall()]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= PREVIEW_WIDTH else text[: PREVIEW_WIDTH - 1] + "…"
