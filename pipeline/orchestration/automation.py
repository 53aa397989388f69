"""When the pipeline runs: every morning, and when the content of the raw folder has changed and settled."""

import json
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl

from pipeline import vocabulary
from pipeline.engine.batch import extractor_version
from pipeline.engine.vocabulary import use_vocabulary
from pipeline.orchestration.instance import FETCH_JOB, JOB, RAW_TAG, WAREHOUSE_TAG, runs_in_progress
from pipeline.orchestration.keys import FETCHED
from pipeline.orchestration.logs import logger_config
from pipeline.settings import Settings
from pipeline.vocabulary.problem import VocabularyError
from pipeline.warehouse.store.damage import is_damage, note_damage
from pipeline.warehouse.store.state import corpus_hash

INTERVAL_SECONDS = 60
# A killed run that Dagster starts again: the code may be newer than what its finished steps left behind.
FROM_THE_START = {"dagster/retry_strategy": "ALL_STEPS"}


@dg.failure_hook(required_resource_keys={"work_file"})
def note_damaged_work_file(context: dg.HookContext) -> None:
    """A work file in which a step met damage is set aside by the next run, which reads everything again."""
    if is_damage(context.op_exception):
        note_damage(context.resources.work_file.path)


def build_job(settings: Settings):  # Dagster gives the type of a job to be resolved no public name
    """From the raw folder to the publication: all assets and checks but what is brought from the web."""
    return dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all() - dg.AssetSelection.assets(FETCHED),
        hooks={note_damaged_work_file},
        config=logger_config(settings),  # without it Dagster's own logger says everything
        tags={RAW_TAG: str(settings.raw), WAREHOUSE_TAG: str(settings.warehouse), **FROM_THE_START},
        description="From the raw files to the published warehouse: reads what is new, checks, publishes.",
    )


def build_fetch_job(settings: Settings):  # as above
    """Brings what raw/sources.csv lists; it touches no warehouse, and may run beside a refresh."""
    return dg.define_asset_job(
        FETCH_JOB,
        selection=dg.AssetSelection.assets(FETCHED),
        config=logger_config(settings),
        tags={RAW_TAG: str(settings.raw)},
        description="Fetches what is due of raw/sources.csv; a refresh reads what has come.",
    )


def build_fetch_schedule() -> dg.ScheduleDefinition:
    """Every night, Chinese time; stopped until somebody wants it, for it opens the network."""
    return dg.ScheduleDefinition(
        name="daily_fetch",
        job_name=FETCH_JOB,
        cron_schedule="0 3 * * *",
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description="Fetches every day at 03:00 Chinese time. Ships stopped: turn it on here.",
    )


def build_schedule() -> dg.ScheduleDefinition:
    """Every day at six in the morning, Chinese time."""
    return dg.ScheduleDefinition(
        name="daily_refresh",
        job_name=JOB,
        cron_schedule="0 6 * * *",
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Refreshes every day at 06:00 Chinese time, changed files or not.",
    )


def build_sensor(settings: Settings) -> dg.SensorDefinition:
    """Asks for a run when what stands in the raw folder differs from what was last asked for or published.

    Content decides, not times: a checkout or a copy that changes nothing starts nothing. A change must look
    the same at two ticks in a row, so that half-copied files are left alone.
    """
    list_again = _listing(settings)

    @dg.sensor(
        name="raw_files_changed",
        job_name=JOB,
        minimum_interval_seconds=INTERVAL_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=f"Refreshes when the content of {settings.raw} has changed and settled.",
    )
    def raw_files_changed(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        try:
            manifest = list_again()
        except NotADirectoryError:
            return dg.SkipReason(f"There is no folder of raw files at {settings.raw}.")
        if manifest.is_empty():
            return dg.SkipReason(f"No file stands in {settings.raw}.")
        try:
            use_vocabulary(settings)
        except VocabularyError as error:
            return dg.SkipReason(str(error))
        found = corpus_hash(manifest, settings.raw)
        state = f"{found}{vocabulary.version()}"
        cursor = json.loads(context.cursor) if context.cursor else {}
        files = f"{manifest.height} files"
        if state == cursor.get("requested"):
            return dg.SkipReason(f"Nothing changed in the {files} since the last request.")
        if state != cursor.get("seen"):
            return _skip(
                f"The {files} differ from the last tick; waiting until they settle.", cursor, seen=state
            )
        if _published_corpus(settings.warehouse) == (found, extractor_version()):
            return _skip(f"The {files} are published already.", cursor, requested=state)
        if running := runs_in_progress(context.instance):
            return dg.SkipReason(f"The {files} changed, but run {running[0].run_id} is still in progress.")
        # The count tells a folder that went back to an earlier state from one that was asked for already.
        count = cursor.get("count", 0) + 1
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=f"{state}-{count}", tags={"minzheng/corpus": found[:16]})],
            cursor=json.dumps({**cursor, "seen": state, "requested": state, "count": count}),
        )

    return raw_files_changed


def _skip(reason: str, cursor: dict, **changes: str) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=reason, cursor=json.dumps({**cursor, **changes}))


def _listing(settings: Settings) -> Callable[[], pl.DataFrame]:
    """A listing that remembers digests from tick to tick: an unchanged file is not read again."""
    known: list[pl.DataFrame] = []

    def list_again() -> pl.DataFrame:
        from pipeline.reading.files.listing import list_files

        manifest = list_files(settings.raw, known[-1] if known else None, settings.own_files)
        known[:] = [manifest]
        return manifest

    return list_again


def _published_corpus(warehouse: Path) -> tuple[str, str] | None:
    if not warehouse.exists():
        return None
    try:
        con = duckdb.connect(str(warehouse), read_only=True)
        try:
            return con.execute("SELECT corpus_sha256, extractor_version FROM meta.release").fetchall()[0]
        finally:
            con.close()
    except (duckdb.Error, IndexError):
        return None
