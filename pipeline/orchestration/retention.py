"""Dagster's history kept from growing without end: 2 MB a run, which Dagster itself never deletes."""

import itertools
import logging
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.orchestration.instance import JOBS, NOTE, is_ours, process_tag
from pipeline.settings import Settings, home_folder, name_of_history

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
LOST = 30 * 24 * 3600  # seconds that nothing was written to a history whose warehouse is gone
MOST_AT_ONCE = 50  # so that a first clean-up takes seconds, not minutes
log = logging.getLogger("minzheng")


def begin_run(instance: dg.DagsterInstance | None, run: dg.DagsterRun | None, keep: int) -> None:
    """Note which process runs a run, and forget what is old: called by the first step of each."""
    if instance and run:
        instance.add_run_tags(run.run_id, process_tag())
        forget_old_runs(instance, keep)
        forget_lost_homes(home_folder() / ".dagster" / "warehouses")


def forget_old_runs(instance: dg.DagsterInstance, keep: int) -> int:
    """Delete ended runs of ours but the last `keep`, and never the last of each job that succeeded; returns
    how many.

    What goes wrong with it is told in the log and takes nothing from the run at hand.
    """
    try:
        ended: list[tuple[int, str]] = []
        last = set()
        for name in JOBS:
            records = instance.get_run_records(dg.RunsFilter(job_name=name, statuses=ENDED))
            ours = [record for record in records if is_ours(record.dagster_run)]
            ended += [(record.storage_id, record.dagster_run.run_id) for record in ours]
            succeeded = (r.dagster_run.run_id for r in ours if r.dagster_run.is_success)
            last |= set(itertools.islice(succeeded, 1))
        newest = [run for _, run in sorted(ended, reverse=True)]
        old = [run for run in newest[keep:] if run not in last][-MOST_AT_ONCE:]
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


def forget_lost_homes(folder: Path) -> list[Path]:
    """Remove the histories in `folder` whose warehouse is gone; returns which.

    Only folders that we made, which the note in them and their own name tell, that nothing was written to for
    a month and no process has open.
    """
    removed = []
    try:
        for home in folder.iterdir() if folder.is_dir() else ():
            if not home.is_symlink() and _is_lost(home) and not _is_open(home):
                shutil.rmtree(home)
                removed.append(home)
    except OSError as error:
        log.warning("the history of a lost warehouse could not be deleted: %s", error)
    return removed


def _is_lost(home: Path) -> bool:
    note = home / NOTE
    if note.is_symlink() or not note.is_file():
        return False
    warehouse = Path(note.read_text(encoding="utf-8"))
    if home.name != name_of_history(warehouse):
        return False
    if any(os.path.lexists(path) for path in (warehouse, Settings(warehouse, warehouse).work)):
        return False
    written = (path.lstat().st_mtime for path in (home, *home.rglob("*")))
    return max(written) < time.time() - LOST


def _is_open(home: Path) -> bool:
    """Whether a process holds a file of the folder open, as far as the system tells."""
    inside = f"{os.path.realpath(home)}{os.sep}"
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.readlink(link).startswith(inside):
                return True
    return False


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
