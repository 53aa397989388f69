"""Drives the batches on this machine: reads what is new or changed, drops what is gone, keeps the rest.

Each batch is stored in one transaction, so that a run that dies is taken up where it stopped.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline.batches import Frames, extractor_version, read_batch, split_batches
from pipeline.contracts.registry import empty_frame, polars_schema
from pipeline.contracts.validate import validate
from pipeline.warehouse import state
from pipeline.warehouse.work import WorkFile
from pipeline.warehouse.writer import replace_files

FAILED = "extraction_failed"
log = logging.getLogger("minzheng")


class ExtractionBroken(RuntimeError):
    """Every file of a batch fails: a defect of the code, for which no file should be refused."""


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


def refresh_core(work: WorkFile, raw: Path) -> Refreshed:
    """Bring the `core` tables of the work file up to its manifest of `raw`; returns what was done."""
    version = extractor_version()
    pending = state.pending_files(work.con, version)
    known = state.count_known(work.con, version)
    done = Refreshed(known["new"], known["changed"], known["outdated"])
    total = len(state.load_manifest(work.con))
    done.unchanged = total - pending.height
    gone = state.removed_files(work.con)
    done.removed = len(gone)
    if gone:
        replace_files(work.con, gone, {})
    read = 0
    for batch in split_batches(pending):
        frames = _read_or_refuse(raw, batch)
        _raise_if_all_failed(batch, frames)
        for name, rows in replace_files(work.con, batch["file_name"].to_list(), frames).items():
            done.rows[name] = done.rows.get(name, 0) + rows
        read += batch.height
        log.info("read %d of %d files", read, pending.height, extra={"done": read, "total": pending.height})
    return done


def _read_or_refuse(raw: Path, batch: pl.DataFrame) -> Frames:
    """The frames of a batch, checked. A file that breaks extraction is refused and the others go on."""
    try:
        frames = read_batch(raw, batch)
        for name, frame in frames.items():
            validate(frame, name, whole=False)
        return frames
    except Exception as error:
        if batch.height == 1:
            log.warning("%s cannot be extracted: %s", batch["file_name"][0], type(error).__name__)
            log.debug("what stood in its way", exc_info=True)
            return _refused(batch, error)
    half = batch.height // 2
    return _joined([_read_or_refuse(raw, batch[:half]), _read_or_refuse(raw, batch[half:])])


def _raise_if_all_failed(batch: pl.DataFrame, frames: Frames) -> None:
    """A file can be odd; where each of several files fails, it is the code that is."""
    refused = frames.get("core.rejected_files", empty_frame("core.rejected_files"))
    failed = refused.filter(pl.col("reason") == FAILED)
    if batch.height > 1 and failed.height == batch.height:
        raise ExtractionBroken(f"none of {batch.height} files can be extracted; {failed['detail'][0]}")


def _refused(batch: pl.DataFrame, error: Exception) -> Frames:
    summary = " ".join(str(error).split())[:300]
    now = datetime.now(UTC)
    refused = batch.select(
        "file_name",
        "sha256",
        reason=pl.lit(FAILED),
        detail=pl.lit(f"{type(error).__name__}: {summary}. This is a defect of the extractor: report it"),
        rejected_at=pl.lit(now).dt.cast_time_unit("us"),
    )
    known = batch.select(
        "file_name",
        "sha256",
        document_id=pl.lit(None, pl.String),
        extractor_version=pl.lit(extractor_version()),
    )
    return {"core.rejected_files": refused, "state.files": known}


def _joined(parts: Sequence[Frames]) -> Frames:
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: pl.concat([part[name].select(list(polars_schema(name))) for part in parts if name in part])
        for name in names
    }
