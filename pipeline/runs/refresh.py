"""Runs the job `refresh` from the command line, as the schedule does, and tells what came of it."""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dagster as dg
from rich.console import Console

from pipeline.definitions import build_defs
from pipeline.orchestration.failures import STOPPED, failure_reasons
from pipeline.orchestration.history import kept_open
from pipeline.orchestration.instance import (
    JOB,
    InstanceUnusable,
    open_instance,
    process_tag,
    runs_in_progress,
    unusable,
)
from pipeline.orchestration.logs import logger_config
from pipeline.orchestration.origin import shown_in_timeline
from pipeline.runs.collector import put_off
from pipeline.runs.hints import fitted, ui_of
from pipeline.runs.summary import describe_publication
from pipeline.settings import Settings
from pipeline.warehouse.publish.render import visible_lines
from pipeline.warehouse.store.damage import is_noted

TAGS = {".dagster/repository": "__repository__@pipeline"}  # where the UI looks for the runs of this code
# What the database of Dagster's history says of itself, when it fails in the middle of a run.
HISTORY = re.compile(r"sqlite3\.|sqlalchemy|alembic|psycopg2")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its id, whether it published, why not, and what the assets said of themselves."""

    run_id: str
    published: bool
    reasons: list[str]
    said: dict[str, dict[str, Any]]
    note: str = ""  # why Dagster does not remember the run


def run_refresh(
    settings: Settings, verbose: bool = False, shown: Callable[[], object] = lambda: None
) -> bool:
    """Run the whole pipeline and print a summary; returns whether a warehouse was published.

    `shown` takes the progress off the terminal again, before anything is told of the end.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    form = settings.log_format
    quiet = "CRITICAL" if form == "text" else "INFO"
    before = _standing(settings.warehouse)
    outcome = _execute_until_sound(settings, "DEBUG" if verbose else quiet, console)
    shown()
    if outcome.note and form == "text":
        console.print(f"Dagster will not remember this run: {visible_lines(outcome.note)}.", markup=False)
    elif outcome.note:
        print(
            json.dumps({"level": "WARNING", "run": outcome.run_id, "message": outcome.note}), file=sys.stderr
        )
    out = Console(highlight=False, soft_wrap=True, markup=False)
    if outcome.published:
        said = describe_publication(settings, outcome.said)
        out.print(fitted(said, out.width if out.is_terminal else None, 11))
        return True
    if form == "json":  # its lines have said it
        return False
    if before != _standing(settings.warehouse):
        kept = f"{settings.warehouse} is the new release."
        console.print("A new release was published, and then the run ended early.", style="bold red")
    else:
        kept = f"{settings.warehouse} stands as it was." if settings.warehouse.exists() else ""
        console.print("Nothing was published.", style="bold red")
    for reason in outcome.reasons:
        console.print(visible_lines(reason).removesuffix(" Nothing was published."), markup=False)
    shows = ui_of(settings.warehouse)
    console.print(f"{kept} Run {outcome.run_id}; `{shows}` shows its log.".strip(), markup=False)
    return False


def _execute_until_sound(settings: Settings, log_level: str, console: Console) -> Outcome:
    """Run the job, and once more where it met damage in the work file: the second run sets that aside."""
    known = is_noted(settings.work)
    outcome = execute(settings, log_level)
    if outcome.published or known or not is_noted(settings.work):
        return outcome
    if settings.log_format == "text":
        said = f"{settings.work} is damaged: it is set aside, and all files are read again."
        console.print(visible_lines(said), markup=False)
    return execute(settings, log_level)


def _standing(path: Path) -> tuple[int, int] | None:
    """What tells one publication from the next: each is a file of its own."""
    return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None


def execute(settings: Settings, log_level: str = "CRITICAL") -> Outcome:
    """Run the job in this process on the shared instance, so that the run shows in the UI.

    An instance that cannot be used, now or in the middle of the run, costs its memory of the run and no more.
    """
    with put_off():
        job = build_defs(settings).resolve_job_def(JOB)
    try:
        with open_instance(settings.warehouse) as instance, kept_open(instance):
            runs_in_progress(instance)  # marks those that were killed
            outcome = _execute(job, instance, settings, log_level)
        if outcome.published or not any(HISTORY.search(reason) for reason in outcome.reasons):
            return outcome
        note = str(unusable(RuntimeError(outcome.reasons[0])))
    except InstanceUnusable as error:
        note = str(error)
    except Exception as error:
        if not HISTORY.search(f"{type(error).__module__} {error}"):
            raise
        note = str(unusable(error))
    with dg.DagsterInstance.ephemeral() as instance:
        return replace(_execute(job, instance, settings, log_level), note=note)


def _execute(
    job: dg.JobDefinition, instance: dg.DagsterInstance, settings: Settings, log_level: str
) -> Outcome:
    with shown_in_timeline(instance, job.name):
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config=logger_config(settings, log_level),
            tags={**TAGS, **process_tag()},
        )
    said = {
        "/".join(m.asset_key.path): {name: value.value for name, value in m.metadata.items()}
        for event in result.get_asset_materialization_events()
        if (m := event.step_materialization_data.materialization)
    }
    reasons = [] if result.success else failure_reasons(result.all_events)
    if reasons == [STOPPED] and (run := instance.get_run_by_id(result.run_id)):
        instance.report_run_canceled(run, STOPPED)  # Dagster takes a stop from outside its UI for a failure
    return Outcome(result.run_id, result.success, reasons, said)
