"""What the documents say: one pass over the files that are new or changed fills all tables of `core`.

One step makes them all, because a batch's texts are read once and let go; the dependencies between the
tables are those of the registry's columns.
"""

from collections.abc import Iterator
from functools import partial

import dagster as dg

from pipeline.engine.local import Driver, Refreshed, limits_of, refresh_core
from pipeline.orchestration.ahead import soon
from pipeline.orchestration.checks import check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.settings import Settings
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.store.state import load_manifest
from pipeline.warehouse.store.work import WorkFile

READING = ("core.documents", "core.rejected_files", "core.reports", "core.sections")
EXTRACTION = (
    "core.tables", "core.cells", "core.mentions", "core.tasks", "core.observations", "core.readings",
    "core.contexts",
)  # fmt: skip
TABLES = (*READING, *EXTRACTION)
SHOWN = 20  # refused files that the log lists


def build_core(settings: Settings) -> list[dg.AssetsDefinition]:
    """The assets of `core`, from documents to observations and tasks."""

    @dg.multi_asset(
        name="read_and_extract",
        specs=[
            *(spec(name, "core", {"polars", "duckdb"}) for name in READING),
            *(spec(name, "core", {"polars", "duckdb"}) for name in EXTRACTION),
        ],
        check_specs=check_specs(check for name in TABLES for check in table_checks(name)),
    )
    def read_and_extract(
        context: dg.AssetExecutionContext, work_file: dg.ResourceParam[WorkFile]
    ) -> Iterator[dg.MaterializeResult]:
        done = _refresh(settings, work_file)
        if done.outdated:
            context.log.info(
                f"{done.outdated} files are read again: the code, the vocabulary or what "
                "reports.csv says of them changed"
            )
        _check_given_parts(settings, work_file)
        refused = work_file.con.execute(
            "SELECT file_name, detail FROM core.rejected_files ORDER BY file_name"
        ).fetchall()
        for name, detail in refused[:SHOWN]:
            context.log.warning(f"refused {name}: {detail}", extra={"file": name})
        if not work_file.con.execute("SELECT count(*) FROM core.documents").fetchall()[0][0]:
            raise dg.Failure(
                f"None of the {len(refused)} files in {settings.raw} can be used. Nothing was published."
            )
        counts = {
            "new_files": done.new,
            "changed_files": done.changed,
            "files_read_again": done.outdated,
            "removed_files": done.removed,
            "unchanged_files": done.unchanged,
        }

        def look(name: str, work: WorkFile) -> dg.MaterializeResult:
            more = counts if name == "core.documents" else {}
            return stored(work, name, rows_written=done.rows.get(name, 0), **more)

        looked = [soon(work_file, partial(look, name)) for name in TABLES]
        for name, tell in zip(TABLES, looked, strict=True):
            yield tell()
            if work_file.ahead:
                work_file.ahead.stored(name)

    return [read_and_extract]


def _refresh(settings: Settings, work_file: WorkFile) -> Refreshed:
    if work_file.kept:
        return Refreshed(unchanged=len(load_manifest(work_file.con)))
    return refresh_core(work_file, settings.raw, _driver(settings), limits_of(settings))


def _check_given_parts(settings: Settings, work_file: WorkFile) -> None:
    """Fails the run where `raw/reports.csv` names a part that its file has not."""
    from pipeline.reading.reports.given import GivenError, check_parts, read_given

    given = read_given(settings.raw)
    if given["part"].is_null().all():
        return
    parts = "SELECT file_name, ordinal FROM core.reports JOIN core.documents USING (document_id)"
    try:
        check_parts(given, work_file.con.sql(parts).pl())
    except GivenError as error:
        raise dg.Failure(f"{error}. Nothing was published.") from None


def _driver(settings: Settings) -> Driver | None:
    """What reads the batches, None for the engine's own."""
    if settings.engine != "ray":
        return None
    from pipeline.engine.ray import read_on_ray

    return read_on_ray(settings)
