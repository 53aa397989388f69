"""Where the UI looks for a run: the timeline that it opens on leaves out runs that name no code location.

Dagster gives runs in a process none, and has no public way to name it; these are the classes that its own
launchers use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin

LOCATION = "pipeline"  # as workspace.yaml names it
REPOSITORY = "__repository__"  # as Dagster names the one that has no name


@contextmanager
def shown_in_timeline(instance: dg.DagsterInstance, job: str) -> Iterator[None]:
    """Runs of `job` that are made meanwhile are of the code location of workspace.yaml."""
    create = instance.create_run_for_job
    repository = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin(LOCATION), REPOSITORY)
    origin = RemoteJobOrigin(repository, job)

    def with_origin(*words: Any, **named: Any) -> dg.DagsterRun:
        return create(*words, **named | {"remote_job_origin": origin})

    instance.create_run_for_job = with_origin  # type: ignore[method-assign]
    try:
        yield
    finally:
        del instance.create_run_for_job
