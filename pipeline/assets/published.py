"""The file that analysts open: a whole copy of the work file, put in place only after all blocking checks."""

from collections.abc import Mapping
from datetime import timedelta

import dagster as dg

from pipeline.contracts.registry import get_table, tables_of
from pipeline.engine.batch import extractor_version
from pipeline.engine.unchanged import note_published
from pipeline.orchestration.ahead import Steps
from pipeline.orchestration.describe import OWNERS, sources
from pipeline.orchestration.keys import PUBLISHED, asset_key
from pipeline.settings import Settings
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.publish.dictionary import new_release
from pipeline.warehouse.publish.publish import Prepared, PublishRefused, prepare, put_in_place
from pipeline.warehouse.store.work import WorkFile

NAME = ".".join(PUBLISHED.path)
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(days=3), warn_window=timedelta(hours=36))


def build_published(
    settings: Settings, models: Mapping[str, Model], steps: Steps
) -> list[dg.AssetsDefinition]:
    """The asset `published/warehouse`. It depends on the tables that no other table is made from, and through
    them on all: an arrow from each of seventy would hide the others."""
    tables = [t.name for schema in ("core", "ref") for t in tables_of(schema)] + ["meta.release_diff"]
    read = {table for model in models.values() for table in model.reads}
    read |= {".".join(key.path) for name in tables for key in sources(get_table(name))}
    last = [name for name in (*tables, *(m.table for m in models.values())) if name not in read]

    def prepared(work_file: WorkFile) -> Prepared:
        release = new_release(work_file.con, settings.raw, extractor_version(), work_file.run)
        return prepare(work_file, settings.warehouse, release, models)

    steps.add(NAME, [*tables, *(model.table for model in models.values())], prepared)

    @dg.asset(
        key=PUBLISHED,
        deps=[asset_key(name) for name in last],
        group_name="published",
        kinds={"duckdb"},
        owners=OWNERS,
        freshness_policy=FRESHNESS,
        description="The read-only DuckDB file for analysts: all tables, checked and described.",
    )
    def published(
        context: dg.AssetExecutionContext, work_file: dg.ResourceParam[WorkFile]
    ) -> dg.MaterializeResult:
        if work_file.kept:
            context.log.info(f"nothing changed since release {work_file.kept}")
            return dg.MaterializeResult(
                metadata={
                    "file": dg.MetadataValue.path(str(settings.warehouse)),
                    "release": work_file.kept,
                    "unchanged": True,
                }
            )
        try:
            done = put_in_place(work_file, steps.done(work_file, NAME), settings.warehouse)
        except PublishRefused as refusal:
            raise dg.Failure(str(refusal), allow_retries=False) from None
        note_published(work_file, settings, done.release_id, done.seen)
        return dg.MaterializeResult(
            metadata={
                "file": dg.MetadataValue.path(str(done.path)),
                "release": done.release_id,
                "megabytes": round(done.size_bytes / 1e6, 3),
                "tables": len(done.rows),
                "rows": sum(done.rows.values()),
                "corpus_sha256": done.corpus_sha256,
            }
        )

    return [published]
