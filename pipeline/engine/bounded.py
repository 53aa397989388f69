"""Batches read within bounds: one that dies or raises is halved until the file is found, which is refused.

Whether it is the file that is at fault or our code is told by a known good text: where that cannot be read
either, nothing is refused and the run fails.
"""

import atexit
import logging
import shutil
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.engine.batch import Frames, extractor_version
from pipeline.engine.child import CRASH, BatchProcess, Died, Failed, Limits
from pipeline.reading.files.listing import list_files
from pipeline.reading.formats.refusal import Refusal

SAMPLE = Path(__file__).with_name("sample.html")
FAILED, COSTLY = "extraction_failed", "too_costly"
WHY = {
    "memory": "it needed too much memory",
    "time": "it took too long",
    CRASH: "a library broke down over it",
}
log = logging.getLogger("minzheng")
_idle: list[BatchProcess] = []
_lock = threading.Lock()


class ExtractionBroken(RuntimeError):
    """A known good text cannot be read: a defect of the code or a limit that is too low, for which no file
    should be refused."""


class BatchReader:
    """Reads batches of one raw folder, each in a process with bounds; may be used by several threads."""

    def __init__(self, raw: Path, limits: Limits | None = None):
        self.raw, self.limits = raw, limits or Limits()
        self._sound = False  # whether the sample was read in this run
        self._busy: set[BatchProcess] = set()
        self._stopped = False

    def read(self, batch: pl.DataFrame) -> Frames:
        """The frames of a batch, checked. Raises ExtractionBroken where it is the code that is at fault."""
        try:
            return self.read_whole(self.raw, batch)
        except (Died, Failed) as error:
            if batch.height == 1:
                self._try_sample(error)
                return _refused(batch, error, self.limits)
        half = batch.height // 2
        return _joined([self.read(batch[:half]), self.read(batch[half:])])

    def read_whole(self, raw: Path, batch: pl.DataFrame) -> Frames:
        """The same without halving. Raises Died or Failed."""
        process = self._borrow()
        used = process.used
        try:
            return self._read_with(process, raw, batch)
        except Died as death:
            if not used and death.kind != CRASH:
                raise
        # Once more: what the process held of earlier batches, or the system short of memory, was no fault of
        # these files.
        return self._read_with(self._borrow(anew=True), raw, batch)

    def stop(self) -> None:
        """End what is being read."""
        self._stopped = True
        for process in list(self._busy):
            process.kill()

    def _read_with(self, process: BatchProcess, raw: Path, batch: pl.DataFrame) -> Frames:
        self._busy.add(process)
        try:
            if self._stopped:
                raise InterruptedError("the run was stopped")
            frames = process.read(raw, batch)
        except Failed:
            _give_back(process)
            raise
        except BaseException:
            process.end()
            raise
        finally:
            self._busy.discard(process)
        _give_back(process)
        return frames

    def _borrow(self, anew: bool = False) -> BatchProcess:
        with _lock:
            fits = [process for process in _idle if process.limits == self.limits and process.alive]
            if fits and not anew:
                _idle.remove(fits[-1])
                return fits[-1]
        return BatchProcess(self.limits)

    def _try_sample(self, error: Died | Failed) -> None:
        """Raises ExtractionBroken where a known good text cannot be read either."""
        if self._sound:
            return
        folder = Path(tempfile.mkdtemp())
        try:
            shutil.copy(SAMPLE, folder)
            frames = self.read_whole(folder, list_files(folder))
        except (Died, Failed) as broken:
            limits = f"{self.limits.megabytes} MB and {self.limits.seconds} s for a file"
            raise ExtractionBroken(
                f"even the built-in sample cannot be read ({broken}; before it {error}): a defect of the "
                f"code, or limits that are too low ({limits})"
            ) from broken
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if frames["core.observations"].is_empty():
            raise ExtractionBroken("nothing is found in the built-in sample: a defect of the code")
        self._sound = True


def make_ready(limits: Limits, warm: bool = False) -> None:
    """Start a process unless one idles: a run that knows that it will read does its own beginning meanwhile.
    `warm` has it read the sample, which takes two seconds and saves the first batch one."""
    with _lock:
        if any(process.limits == limits and process.alive for process in _idle):
            return
        try:
            process = BatchProcess(limits)
        except OSError:  # the run says so when it comes to reading
            return
        _idle.append(process)
        if warm:
            process.warm_up(
                SAMPLE.parent, list_files(SAMPLE.parent).filter(pl.col("file_name") == SAMPLE.name)
            )


def _give_back(process: BatchProcess) -> None:
    with _lock:
        _idle.append(process)


@atexit.register
def _end_all() -> None:
    with _lock:
        for process in _idle:
            with suppress(OSError):
                process.end()
        _idle.clear()


def _refused(batch: pl.DataFrame, error: Died | Failed, limits: Limits) -> Frames:
    """The row of the one file of `batch` that cannot be read, and that it was looked at."""
    name, digest = batch["file_name"][0], pl.col("sha256")
    if isinstance(error, Failed) and error.shortage:
        refusal = Refusal("unreadable", found=error.shortage)
        reason, detail = refusal.reason, refusal.detail
        digest = pl.lit(None, pl.String).alias("sha256")  # of no content that is known: tried again
    elif isinstance(error, Died):
        refusal = Refusal(
            COSTLY,
            why=WHY[error.kind],
            found=f"{error.seconds:.0f} seconds and {error.megabytes:.0f} MB",
            limit=f"{limits.of_batch(batch['size'][0]):.0f} seconds and {limits.megabytes} MB",
        )
        reason, detail = refusal.reason, refusal.detail
    else:
        reason, detail = FAILED, f"{error}. This is a defect of the extractor: report it"
        log.debug("what stood in its way: %s", error.trace)
    log.warning("%s cannot be extracted: %s", name, detail, extra={"file": name})
    refused = batch.select(
        "file_name",
        digest,
        reason=pl.lit(reason),
        detail=pl.lit(detail),
        rejected_at=pl.lit(datetime.now(UTC)).dt.cast_time_unit("us"),
    )
    known = batch.select(
        "file_name",
        digest,
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
