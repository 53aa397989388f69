"""The Dagster instance that command line, schedule and UI share, and the runs that it remembers."""

import logging
import os
import socket
from importlib.util import find_spec
from pathlib import Path

import dagster as dg

from pipeline.settings import dagster_home, home_folder

log = logging.getLogger("minzheng")
JOB = "refresh"
FETCH_JOB = "fetch"
ALL_JOB = "__ASSET_JOB"  # what Dagster's UI calls a run of assets that were picked there
JOBS = (JOB, FETCH_JOB, ALL_JOB)
NOTE = "minzheng-warehouse.txt"  # in the folder of an instance: the path of the published file that it is of
PROCESS_TAG = ".dagster/minzheng_process"  # a prefix that the UI leaves out of its lists
RAW_TAG = "minzheng/raw"
WAREHOUSE_TAG = ".dagster/minzheng_warehouse"
BARE = """\
# Written for the project's own Dagster instance; a DAGSTER_HOME that holds something keeps its own.
telemetry:
  enabled: false
nux:  # no invitations over the lineage page
  enabled: false
{compute_logs}retention:  # of what schedule and sensor looked at; runs are deleted by MINZHENG_KEEP_RUNS
  schedule: {purge_after_days: 90}
  sensor:
    purge_after_days: {skipped: 7, failure: 30, success: 90}
"""
UNCAPTURED = "dagster._core.storage.noop_compute_log_manager"  # not public
COMPUTE_LOGS = f"""\
compute_logs:  # the steps print nothing; capturing costs a process each
  module: {UNCAPTURED}
  class: NoOpComputeLogManager
"""
CONFIG = BARE.replace("{compute_logs}", COMPUTE_LOGS)
KILLED = "The process of this run was killed; what it had read is kept. Refresh again."
FETCH_KILLED = "The process of this run was killed; what it had brought is kept. Fetch again."
IN_PROGRESS = (
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
)


def prepare_home(warehouse: Path | None = None) -> Path:
    """The folder of the instance of a published file, with its settings where it is the project's or new."""
    home, own = dagster_home(warehouse=warehouse), home_folder() / ".dagster"
    config = home / "dagster.yaml"
    ours = home == own or own in home.parents or (home.is_dir() and not any(home.iterdir()))
    if ours and (not config.exists() or config.read_text(encoding="utf-8") == CONFIG != _config()):
        config.write_text(_config(), encoding="utf-8")
    if warehouse and own in home.parents and not (home / NOTE).exists():
        (home / NOTE).write_text(str(warehouse), encoding="utf-8")
    return home


def _config() -> str:
    """The settings of the project's own instance; without those of compute logs where this Dagster has moved
    what they name."""
    try:
        known = find_spec(UNCAPTURED) is not None
    except ImportError:  # of a package above it
        known = False
    if known:
        return CONFIG
    log.info("Dagster captures what steps print: it has no %s", UNCAPTURED)
    return BARE.replace("{compute_logs}", "")


class InstanceUnusable(RuntimeError):
    """The Dagster instance cannot be opened; the message says which, why, and what to look at."""


def open_instance(warehouse: Path | None = None) -> dg.DagsterInstance:
    """The instance of `prepare_home`. Raises InstanceUnusable."""
    try:
        home = prepare_home(warehouse)
        os.environ["DAGSTER_HOME"] = str(home)  # the one public way to open an instance asks for it
        instance = dg.DagsterInstance.get()
        instance.get_runs_count()  # asks the database, which is opened by what is asked of it
        return instance
    except Exception as error:  # of Dagster, of the file system, of a database and its driver
        raise unusable(error) from error


def unusable(error: Exception) -> InstanceUnusable:
    """What went wrong with the instance, in one line."""
    home = os.environ.get("DAGSTER_HOME") or home_folder() / ".dagster"
    first = (str(error).strip().splitlines() or [""])[0]
    return InstanceUnusable(
        f"the Dagster instance in {home} cannot be used: {type(error).__name__}: {first[:300]}. Look at its "
        "dagster.yaml, at the room on its disk and the rights of the folder, and whether its database answers"
    )


def process_tag() -> dict[str, str]:
    """A run tag that says which process runs it."""
    return {PROCESS_TAG: f"{socket.gethostname()}:{os.getpid()}"}


def is_ours(run: dg.DagsterRun) -> bool:
    """Whether a run is one of this pipeline: an instance may hold those of others, too."""
    return run.job_name in (JOB, FETCH_JOB) or (run.job_name == ALL_JOB and PROCESS_TAG in run.tags)


def runs_in_progress(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    """Runs that wait or work and publish. One whose process died is marked as failed and left out, and so is
    one that only fetches."""
    alive = []
    for name in JOBS:
        for run in instance.get_runs(dg.RunsFilter(job_name=name, statuses=list(IN_PROGRESS))):
            if _is_dead(run.tags.get(PROCESS_TAG, "")):
                instance.report_run_failed(run, FETCH_KILLED if name == FETCH_JOB else KILLED)
            elif name != FETCH_JOB and is_ours(run):
                alive.append(run)
    return alive


def _is_dead(process: str) -> bool:
    host, _, number = process.rpartition(":")
    if not number.isdigit() or host != socket.gethostname():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
