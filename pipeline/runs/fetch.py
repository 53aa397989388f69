"""Runs the job `fetch` from the command line, as its schedule does, and tells what came."""

import logging
import sys
from pathlib import Path

from rich.console import Console

from pipeline.definitions import build_defs
from pipeline.orchestration.failures import failure_reasons
from pipeline.orchestration.instance import (
    FETCH_JOB,
    InstanceUnusable,
    open_instance,
    process_tag,
    runs_in_progress,
)
from pipeline.orchestration.keys import FETCHED
from pipeline.orchestration.logs import VISITS, logger_config
from pipeline.orchestration.origin import shown_in_timeline
from pipeline.runs.refresh import TAGS
from pipeline.settings import Settings, project_settings
from pipeline.warehouse.publish.render import visible_lines


def run_fetch(settings: Settings, again: bool = False) -> bool:
    """Fetch, print each visit to standard error and a summary; returns whether all that was due came."""
    out = Console(highlight=False, soft_wrap=True, markup=False)
    step = {"ops": {"__".join(FETCHED.path): {"config": {"again": again}}}}
    listener = _Visits(sys.stderr)
    listener.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger(VISITS).addHandler(listener)
    try:
        with open_instance(_history_of(settings)) as instance, shown_in_timeline(instance, FETCH_JOB):
            runs_in_progress(instance)  # marks those that were killed
            result = (
                build_defs(settings)
                .resolve_job_def(FETCH_JOB)
                .execute_in_process(
                    instance=instance,
                    raise_on_error=False,
                    run_config=step
                    | logger_config(settings, "CRITICAL" if settings.log_format == "text" else "INFO"),
                    tags={**TAGS, **process_tag()},
                )
            )
    except InstanceUnusable as error:
        out.print(f"Nothing was fetched: {error}.")
        return False
    finally:
        logging.getLogger(VISITS).removeHandler(listener)
    if not result.success:
        for reason in failure_reasons(result.all_events):
            out.print(visible_lines(reason))
        return False
    (event,) = result.get_asset_materialization_events()
    said = {
        name: value.value for name, value in event.step_materialization_data.materialization.metadata.items()
    }
    if "why" in said:
        out.print(visible_lines(f"Nothing was fetched: {said['why']}."))
        return False
    out.print(
        f"{said['asked_for']} addresses of {said['sources']} sources asked for: {said['new']} new, "
        f"{said['changed']} changed, {said['unchanged']} unchanged, {said['failed']} failed."
    )
    if left := said["left_for_the_next_run"]:
        out.print(f"{left} are left for the next fetch.")
    if said["failed"]:
        out.print(f"Why, and what to do: {said['folder']}/fetches.csv")
    if said["new"] or said["changed"]:
        out.print("A refresh reads what has come.")
    return not said["failed"]


def _history_of(settings: Settings) -> Path:
    """What a raw folder of its own brought is not told as the project's."""
    return settings.warehouse if settings.raw == project_settings().raw else settings.raw


class _Visits(logging.StreamHandler):
    """A line for each visit, with what could move a terminal's cursor made visible."""

    def format(self, record: logging.LogRecord) -> str:
        return visible_lines(super().format(record))
