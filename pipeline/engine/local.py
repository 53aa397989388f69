"""Drives the batches on this machine: reads what is new or changed, drops what is gone, keeps the rest.

Each batch is stored in one transaction, so that a run that dies is taken up where it stopped.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipeline.engine import ahead
from pipeline.engine.batch import Frames, extractor_version, split_batches
from pipeline.engine.bounded import BatchReader, make_ready
from pipeline.engine.child import READERS, Limits
from pipeline.reading.copies.duplicates import link_reports
from pipeline.settings import Settings
from pipeline.warehouse.store import state
from pipeline.warehouse.store.links import expect_links, links_pending, store_links
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_files

Driver = Callable[[Path, Iterable[pl.DataFrame]], Iterator[tuple[pl.DataFrame, Frames]]]
log = logging.getLogger("minzheng")


@dataclass
class Refreshed:
    """What a refresh of the `core` tables did: files by what happened to them, and rows written by table."""

    new: int = 0
    changed: int = 0
    outdated: int = 0  # unchanged, but read by an older extractor
    removed: int = 0
    unchanged: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        return bool(self.new or self.changed or self.outdated or self.removed)


def refresh_core(
    work: WorkFile, raw: Path, drive: Driver | None = None, limits: Limits | None = None
) -> Refreshed:
    """Bring the `core` tables of the work file up to its manifest of `raw`; returns what was done.

    `drive` reads the batches: `read_ahead` on this machine unless told otherwise. `limits` are those within
    which it reads a file: with others than last time, files that were too costly are tried again.
    """
    limits = limits or Limits()
    drive = drive or (lambda raw, batches: read_ahead(raw, batches, limits))
    version = extractor_version()
    state.forget_costly(work.con, str(limits))
    pending = state.pending_files(work.con, version)
    known = state.count_known(work.con, version)
    done = Refreshed(known["new"], known["changed"], known["outdated"])
    total = len(state.load_manifest(work.con))
    done.unchanged = total - pending.height
    gone = state.removed_files(work.con)
    done.removed = len(gone)
    if done.anything:
        expect_links(work.con)
    if gone:
        replace_files(work.con, gone, {})
    read = 0
    for batch, frames in drive(raw, split_batches(pending)):
        for name, rows in replace_files(work.con, batch["file_name"].to_list(), frames).items():
            done.rows[name] = done.rows.get(name, 0) + rows
        read += batch.height
        log.info("read %d of %d files", read, pending.height, extra={"done": read, "total": pending.height})
    if links_pending(work.con):
        log.info("looking for copies and newer versions")
        store_links(work.con, link_reports, version)
    return done


def limits_of(settings: Settings) -> Limits:
    """The limits within which a file is read."""
    return Limits(settings.file_memory, settings.file_seconds)


def expect_reading(settings: Settings, warm: bool = False) -> None:
    """Have a process ready, and warm, by the time that a run which is due comes to reading."""
    if settings.engine == "local" and not ahead.is_begun():
        make_ready(limits_of(settings), warm)


def begin_reading(settings: Settings, pending: pl.DataFrame) -> None:
    """Begin to read the files of `pending` (`frame.files`), where they are few, for a run that follows at
    once."""
    if settings.engine == "local" and settings.source is None:
        ahead.begin(settings.raw, limits_of(settings), pending)


def read_ahead(
    raw: Path, batches: Iterable[pl.DataFrame], limits: Limits | None = None
) -> Iterator[tuple[pl.DataFrame, Frames]]:
    """Batches with their frames, in order; the next ones are read while one is stored."""
    limits = limits or Limits()
    reader = BatchReader(raw, limits)
    with ThreadPoolExecutor(READERS) as pool:
        waiting: deque[tuple[pl.DataFrame, Future[Frames]]] = deque()
        try:
            for batch in batches:
                begun = ahead.take(raw, limits, batch)
                waiting.append((batch, begun or pool.submit(reader.read, batch)))
                if len(waiting) > READERS:
                    first, frames = waiting.popleft()
                    yield first, frames.result()
            while waiting:
                first, frames = waiting.popleft()
                yield first, frames.result()
        finally:
            for _, frames in waiting:
                frames.cancel()
            reader.stop()
