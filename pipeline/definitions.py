"""Joins everything: `build_defs` is the one place that wires assets, checks, job, schedule and sensor."""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.browser import build_browser
from pipeline.assets.core import build_core
from pipeline.assets.corrections import build_corrections
from pipeline.assets.fetched import build_fetched
from pipeline.assets.marts import build_marts
from pipeline.assets.published import build_published
from pipeline.assets.raw import build_raw
from pipeline.assets.ref import build_ref
from pipeline.assets.release import build_release
from pipeline.engine.local import expect_reading
from pipeline.engine.unchanged import kept_release
from pipeline.engine.vocabulary import use_vocabulary
from pipeline.orchestration.ahead import Steps
from pipeline.orchestration.automation import (
    build_fetch_job,
    build_fetch_schedule,
    build_job,
    build_schedule,
    build_sensor,
)
from pipeline.orchestration.instance import JOB
from pipeline.orchestration.logs import line_logger
from pipeline.orchestration.notify import tell_of_failed_runs
from pipeline.orchestration.retention import begin_run
from pipeline.runs.collector import put_off
from pipeline.settings import Settings, project_settings
from pipeline.warehouse.marts.models import load_models
from pipeline.warehouse.publish.publish import check_target
from pipeline.warehouse.store.work import WorkFile, open_work


def build_defs(settings: Settings) -> dg.Definitions:
    """All that Dagster knows of the pipeline. Raises ModelError where a mart cannot be used."""
    models = load_models(settings.models)
    last = Steps()
    return dg.Definitions(
        assets=[
            *build_fetched(settings),
            *build_raw(settings),
            *build_ref(settings),
            *build_core(settings),
            *build_corrections(settings),
            *build_marts(models, last),
            *build_release(settings, models, last),
            *build_published(settings, models, last),
            *build_browser(settings),
        ],
        jobs=[build_job(settings), build_fetch_job(settings)],
        schedules=[build_schedule(), build_fetch_schedule()],
        sensors=[build_sensor(settings), tell_of_failed_runs],
        resources={"work_file": _work_file(settings, last)},
        loggers={"console": line_logger},
        executor=dg.in_process_executor,  # a process a step costs 4 s, and DuckDB has one writer anyway
    )


def _work_file(settings: Settings, last: Steps) -> dg.ResourceDefinition:
    @dg.resource(description="The private work file, held by one run from its first step to its last.")
    def work_file(context: dg.InitResourceContext) -> Iterator[WorkFile]:
        run = context.run.run_id if context.run else "unknown"
        begin_run(context.instance, context.run, settings.keep_runs)
        use_vocabulary(settings)
        check_target(settings.warehouse, settings.work)
        with open_work(settings.work, run, settings.lock_wait) as work:
            work.kept, work.told = kept_release(work, settings)
            work.run = run
            if not context.run or context.run.job_name != JOB:
                work.listed = None  # a run of all assets fetches first
            if work.kept is None:
                expect_reading(settings)
                work.ahead = last.ahead(work, context.run.step_keys_to_execute if context.run else None)
            try:
                yield work
            finally:
                if work.ahead:
                    work.ahead.stop()

    return work_file


def __getattr__(name: str) -> dg.Definitions:
    """`defs`, which workspace.yaml names, is made when asked for: importing this module reads nothing."""
    if name != "defs":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with put_off():
        return globals().setdefault("defs", build_defs(project_settings()))


def __dir__() -> list[str]:
    return [*globals(), "defs"]
