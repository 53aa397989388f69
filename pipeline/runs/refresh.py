"""Runs the job `refresh` from the command line, as the schedule does, and tells what came of it."""

import json
import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

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
from pipeline.orchestration.logs import PROGRESS, logger_config
from pipeline.orchestration.origin import shown_in_timeline
from pipeline.runs.hints import fitted, ui_of
from pipeline.runs.summary import describe_publication
from pipeline.settings import Settings
from pipeline.warehouse.publish.render import visible_lines
from pipeline.warehouse.store.damage import is_noted

TAGS = {".dagster/repository": "__repository__@pipeline"}  # where the UI looks for the runs of this code
QUIET_SECONDS = 10.0  # between two lines of one stage
# What the database of Dagster's history says of itself, when it fails in the middle of a run.
HISTORY = re.compile(r"sqlite3\.|sqlalchemy|alembic|psycopg2")
log = logging.getLogger("minzheng")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its id, whether it published, why not, and what the assets said of themselves."""

    run_id: str
    published: bool
    reasons: list[str]
    said: dict[str, dict[str, Any]]
    note: str = ""  # why Dagster does not remember the run


def run_refresh(settings: Settings, verbose: bool = False) -> bool:
    """Run the whole pipeline and print a summary; returns whether a warehouse was published."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    form = settings.log_format
    quiet = "CRITICAL" if form == "text" else "INFO"
    before = _standing(settings.warehouse)
    with _progress(console if form == "text" else Console(quiet=True)):
        outcome = _execute_until_sound(settings, "DEBUG" if verbose else quiet, console)
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


class _ShowProgress(logging.Handler):
    """Turns the steps of the run and the records of the engine into a moving bar."""

    def __init__(self, progress: Progress):
        super().__init__()
        self.progress = progress
        self.task = progress.add_task("starting", total=None)

    def emit(self, record: logging.LogRecord) -> None:
        done, total = getattr(record, "done", None), getattr(record, "total", None)
        if total is None:  # a stage that counts nothing: the bar before must not stand full, its clock still
            for task in self.progress.tasks:
                task.total, task.completed, task.finished_time = None, 0, None
        self.progress.update(self.task, description=record.getMessage(), completed=done, total=total)


class _SayProgress(logging.Handler):
    """Turns them into a line for each stage, and one in a while for what takes long."""

    def __init__(self, console: Console):
        super().__init__()
        self.console = console
        self.begun = self.told = time.monotonic()
        self.stages: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        now, stage = time.monotonic(), getattr(record, "stage", None)
        if (stage is None or stage in self.stages) and now - self.told < QUIET_SECONDS:
            return
        self.told = now
        self.stages.add(stage or "")
        self.console.print(f"{now - self.begun:6.1f} s  {record.getMessage()}", markup=False)


class _Count(MofNCompleteColumn):
    """How many of how many, once it is known of how many."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total is not None else Text()


@contextmanager
def _progress(console: Console) -> Iterator[None]:
    """A bar on a terminal, plain lines elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), _Count(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True) if console.is_terminal else None
    handler: logging.Handler = _ShowProgress(bar) if bar else _SayProgress(console)
    loggers = (log, logging.getLogger(PROGRESS))
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        with bar or nullcontext():
            yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
