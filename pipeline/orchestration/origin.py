"""Where the UI looks for a run: the timeline that it opens on leaves out runs that name no code location.

Dagster gives runs in a process none, and has no public way to name it; these are the classes that its own
launchers use. Where a later Dagster lacks them, runs are made all the same, and its timeline leaves them out.
"""

import inspect
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

log = logging.getLogger("minzheng")
LOCATION = "pipeline"  # as workspace.yaml names it
REPOSITORY = "__repository__"  # as Dagster names the one that has no name


@contextmanager
def shown_in_timeline(instance: dg.DagsterInstance, job: str) -> Iterator[None]:
    """Runs of `job` that are made meanwhile are of the code location of workspace.yaml."""
    create = instance.create_run_for_job
    origin = _origin(instance, job)
    if origin is None:
        yield
        return

    def with_origin(*words: Any, **named: Any) -> dg.DagsterRun:
        return create(*words, **named | {"remote_job_origin": origin})

    instance.create_run_for_job = with_origin  # type: ignore[method-assign]
    try:
        yield
    finally:
        del instance.create_run_for_job


def _origin(instance: dg.DagsterInstance, job: str) -> Any:
    """Where `job` comes from, as Dagster's launchers say it; None where this Dagster does not know it so."""
    try:
        from dagster._core.remote_origin import (
            RegisteredCodeLocationOrigin,
            RemoteJobOrigin,
            RemoteRepositoryOrigin,
        )

        if "remote_job_origin" not in inspect.signature(instance.create_run_for_job).parameters:
            raise TypeError("runs take no remote_job_origin")
        location = RegisteredCodeLocationOrigin(LOCATION)
        return RemoteJobOrigin(RemoteRepositoryOrigin(location, REPOSITORY), job)
    except (ImportError, TypeError) as error:
        log.info("the timeline of Dagster's UI leaves this run out: %s", error)
        return None
