"""Runs the job `refresh` from the command line, as the schedule does, and tells what came of it."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.definitions import build_defs
from pipeline.instance import JOB, open_instance, process_tag, runs_in_progress
from pipeline.settings import Settings
from pipeline.summary import describe_publication

TAGS = {".dagster/repository": "__repository__@pipeline"}  # where the UI looks for the runs of this code
log = logging.getLogger("minzheng")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its id, whether it published, why not, and what the assets said of themselves."""

    run_id: str
    published: bool
    reasons: list[str]
    said: dict[str, dict[str, Any]]


def run_refresh(settings: Settings, verbose: bool = False) -> bool:
    """Run the whole pipeline and print a summary; returns whether a warehouse was published."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with _progress(console):
        outcome = execute(settings, "DEBUG" if verbose else "CRITICAL")
    out = Console(highlight=False, soft_wrap=True, markup=False)
    if outcome.published:
        out.print(describe_publication(settings, outcome.said))
        return True
    kept = f"{settings.warehouse} stands as it was." if settings.warehouse.exists() else ""
    console.print("Nothing was published.", style="bold red")
    for reason in outcome.reasons:
        console.print(reason, markup=False)
    console.print(f"{kept} Run {outcome.run_id}; `make ui` shows its log.".strip(), markup=False)
    return False


def execute(settings: Settings, log_level: str = "CRITICAL") -> Outcome:
    """Run the job in this process on the shared instance, so that the run shows in the UI."""
    job = build_defs(settings).resolve_job_def(JOB)
    with open_instance() as instance:
        runs_in_progress(instance)  # marks those that were killed
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": log_level}}}},
            tags={**TAGS, **process_tag()},
        )
    said = {
        "/".join(m.asset_key.path): {name: value.value for name, value in m.metadata.items()}
        for event in result.get_asset_materialization_events()
        if (m := event.step_materialization_data.materialization)
    }
    return Outcome(
        result.run_id, result.success, [] if result.success else failure_reasons(result.all_events), said
    )


def failure_reasons(events: Sequence[dg.DagsterEvent]) -> list[str]:
    """Why a run failed, in words: failed checks first, then what the steps and the run itself raised."""
    reasons = [
        check.description
        for event in events
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        and not (check := event.asset_check_evaluation_data).passed
        and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    if not reasons:
        reasons = [_step_reason(event) for event in events if event.is_step_failure]
    if not reasons:
        errors = [getattr(event.event_specific_data, "error", None) for event in events if event.is_failure]
        reasons = [_root_message(error) for error in errors if error]
    return list(dict.fromkeys(filter(None, reasons))) or ["The run ended without saying why."]


def _step_reason(event: dg.DagsterEvent) -> str:
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    return _root_message(data.error) if data.error else ""


def _root_message(error: Any) -> str:
    """The message of the innermost cause, without its stack."""
    while error.cause:
        error = error.cause
    return error.message.strip()


class _ShowProgress(logging.Handler):
    """Turns the engine's log records into a moving bar."""

    def __init__(self, progress: Progress):
        super().__init__()
        self.progress = progress
        self.task = progress.add_task("starting", total=None)

    def emit(self, record: logging.LogRecord) -> None:
        done, total = getattr(record, "done", None), getattr(record, "total", None)
        self.progress.update(self.task, description=record.getMessage(), completed=done, total=total)


@contextmanager
def _progress(console: Console) -> Iterator[None]:
    """A progress bar on a terminal, silence elsewhere."""
    if not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        handler = _ShowProgress(progress)
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        try:
            yield
        finally:
            log.removeHandler(handler)
