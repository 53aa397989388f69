"""Drives the batches on this machine: reads what is new or changed, drops what is gone, keeps the rest.

Each batch is stored in one transaction, so that a run that dies is taken up where it stopped.
"""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.contracts.validate import ContractError, validate
from pipeline.engine.batch import Frames, extractor_version, read_batch, split_batches
from pipeline.reading.copies.duplicates import link_reports
from pipeline.warehouse.store import state
from pipeline.warehouse.store.links import expect_links, links_pending, store_links
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_files

Driver = Callable[[Path, Iterable[pl.DataFrame]], Iterator[tuple[pl.DataFrame, Frames]]]
FAILED = "extraction_failed"
READERS = min(os.cpu_count() or 1, 4)  # polars lets go of Python's lock; each holds one batch in memory
FAILED_AT_ONCE = 20  # files that fail before any works: the code is broken, not the files
log = logging.getLogger("minzheng")


class ExtractionBroken(RuntimeError):
    """One file after another fails: a defect of the code, for which no file should be refused."""


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


def refresh_core(work: WorkFile, raw: Path, drive: Driver | None = None) -> Refreshed:
    """Bring the `core` tables of the work file up to its manifest of `raw`; returns what was done.

    `drive` reads the batches: `read_ahead` on this machine unless told otherwise.
    """
    drive = drive or read_ahead
    version = extractor_version()
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


def read_ahead(raw: Path, batches: Iterable[pl.DataFrame]) -> Iterator[tuple[pl.DataFrame, Frames]]:
    """Batches with their frames, in order; the next ones are read while one is stored."""
    with ThreadPoolExecutor(READERS) as pool:
        waiting: deque[tuple[pl.DataFrame, Future[Frames]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, pool.submit(BatchReader(raw).read, batch)))
                if len(waiting) > READERS:
                    first, frames = waiting.popleft()
                    yield first, frames.result()
            while waiting:
                first, frames = waiting.popleft()
                yield first, frames.result()
        finally:
            for _, frames in waiting:
                frames.cancel()


class BatchReader:
    """Reads one batch; a file that breaks extraction is refused and the others go on."""

    def __init__(self, raw: Path):
        self.raw = raw
        self.failed: list[str] = []
        self.worked = False

    def read(self, batch: pl.DataFrame) -> Frames:
        """The frames of a batch, checked. Raises ExtractionBroken where it is the code that is at fault."""
        frames = self._read_or_split(batch)
        if not self.worked and len(self.failed) > 1:
            raise self._broken()
        return frames

    def _read_or_split(self, batch: pl.DataFrame) -> Frames:
        try:
            frames = read_batch(self.raw, batch)
            for name, frame in frames.items():
                validate(frame, name, whole=False)
        except Exception as error:
            if batch.height == 1:
                return self._refuse(batch, error)
        else:
            self.worked = True
            return frames
        half = batch.height // 2
        return _joined([self._read_or_split(batch[:half]), self._read_or_split(batch[half:])])

    def _refuse(self, batch: pl.DataFrame, error: Exception) -> Frames:
        name = batch["file_name"][0]
        words = error.brief if isinstance(error, ContractError) else str(error)
        reason = f"{type(error).__name__}: {' '.join(words.split())[:300]}"
        log.warning("%s cannot be extracted: %s", name, reason, extra={"file": name})
        log.debug("what stood in its way", exc_info=error)
        self.failed.append(f"{name}: {reason}")
        if not self.worked and len(self.failed) >= FAILED_AT_ONCE:
            raise self._broken()
        return _refused(batch, f"{reason}. This is a defect of the extractor: report it")

    def _broken(self) -> ExtractionBroken:
        return ExtractionBroken(f"{len(self.failed)} files in a row cannot be extracted; {self.failed[0]}")


def _refused(batch: pl.DataFrame, detail: str) -> Frames:
    refused = batch.select(
        "file_name",
        "sha256",
        reason=pl.lit(FAILED),
        detail=pl.lit(detail),
        rejected_at=pl.lit(datetime.now(UTC)).dt.cast_time_unit("us"),
    )
    known = batch.select(
        "file_name",
        "sha256",
        document_id=pl.lit(None, pl.String),
        extractor_version=pl.lit(extractor_version()),
        given="given",
    )
    return {"core.rejected_files": refused, "state.files": known}


def _joined(parts: Sequence[Frames]) -> Frames:
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: pl.concat([part[name].select(list(polars_schema(name))) for part in parts if name in part])
        for name in names
    }
