"""Dagster's history kept from growing without end: 2 MB a run, which Dagster itself never deletes."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.orchestration.instance import JOB

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
MOST_AT_ONCE = 50  # so that a first clean-up takes seconds, not minutes
log = logging.getLogger("minzheng")


def forget_old_runs(instance: dg.DagsterInstance, keep: int) -> int:
    """Delete ended runs of the job but the last `keep`, and never the last that succeeded; returns how many.

    What goes wrong with it is told in the log and takes nothing from the run at hand.
    """
    try:
        ended = instance.get_run_ids(dg.RunsFilter(job_name=JOB, statuses=ENDED))
        succeeded = dg.RunsFilter(job_name=JOB, statuses=[dg.DagsterRunStatus.SUCCESS])
        last = set(instance.get_run_ids(succeeded, limit=1))
        old = [run for run in ended[keep:] if run not in last][-MOST_AT_ONCE:]
        checks = _checks() if old else None
        for run in old:
            _forget(instance, run, checks)
        return len(old)
    except Exception as error:  # of Dagster, of the file system, of a database and its driver
        log.warning("old runs could not be deleted: %s", str(error).partition("\n")[0])
        return 0


def _checks() -> Any:
    """The table of the results of checks, which is not public; None where this Dagster has another."""
    try:
        from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
    except ImportError as error:
        log.info("the results of checks of old runs stay in Dagster's history: %s", error)
        return None
    return AssetCheckExecutionsTable


def _forget(instance: dg.DagsterInstance, run: str, checks: Any) -> None:
    storage = instance.event_log_storage
    instance.delete_run(run)
    if checks is not None and hasattr(storage, "index_connection"):  # which `delete_run` leaves
        with storage.index_connection() as con:
            con.execute(checks.delete().where(checks.c.run_id == run))
    if hasattr(storage, "path_for_shard"):  # and the file of the run, emptied
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(storage.path_for_shard(run) + end).unlink()
