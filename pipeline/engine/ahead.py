"""A few files that are due, read while the run that will ask for them makes its beginning.

A command knows what is new before Dagster is imported, which takes longer than to read a small batch. What
was begun is taken by the run only if it comes to ask for the same; else it is let go.
"""

import atexit
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipeline.engine.batch import Frames, extractor_version, split_batches
from pipeline.engine.bounded import BatchReader
from pipeline.engine.child import Limits

SAME = ("file_name", "size", "sha256", "given")  # by which a file is the same


@dataclass(frozen=True)
class _Begun:
    asked: tuple[Path, Limits, str]  # by which extractor last
    batch: pl.DataFrame
    reader: BatchReader
    frames: Future[Frames] = field(default_factory=Future)

    def read(self) -> None:
        try:
            self.frames.set_result(self.reader.read(self.batch))
        except BaseException as error:  # told to whoever takes it
            self.frames.set_exception(error)


_begun: list[_Begun | None] = []  # None where nothing is to be read


def begin(raw: Path, limits: Limits, pending: pl.DataFrame) -> None:
    """Begin to read the files of `pending` (`frame.files`), where they are one batch, within the bounds of
    any other."""
    batches = list(split_batches(pending))
    if len(batches) > 1 or _begun:
        return
    if not batches:
        _begun.append(None)
        return
    begun = _Begun((raw, limits, extractor_version()), batches[0], BatchReader(raw, limits))
    _begun.append(begun)
    atexit.register(begun.reader.stop)
    threading.Thread(target=begun.read, daemon=True).start()


def is_begun() -> bool:
    """Whether what is due is read, or nothing is: a run needs no process ready."""
    return bool(_begun)


def take(raw: Path, limits: Limits, batch: pl.DataFrame) -> Future[Frames] | None:
    """The frames of `batch`, where it was begun just so; asked once."""
    begun = _begun.pop() if _begun else None
    if begun is None:
        return None
    same = begun.batch.select(SAME).equals(batch.select(SAME))
    if same and begun.asked == (raw, limits, extractor_version()):
        return begun.frames
    begun.reader.stop()
    return None
