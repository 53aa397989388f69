"""Files read once a session, for tests that are about what is done with what was read.

A batch of one small file costs a second of processor time, and most tests of the engine, of Dagster and of
the marts read the same few. What a module will read it says with `expect`, so that the first that asks
reads the files of all, as one batch. That a document reads the same beside any others is a test of its own
(`test_extraction_batches`), and so is that the process in which refreshes read gives the same frames
(`test_engine`). Slow tests read anew each time, in that process.
"""

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from conftest import PLAN, SUMMARY

from pipeline import vocabulary
from pipeline.contracts.registry import polars_schema
from pipeline.engine import batch
from pipeline.engine.batch import Frames, read_batch
from pipeline.reading.files.listing import list_files

_kept: dict[tuple, Frames] = {}
_expected = [("summary.txt", SUMMARY), ("plan.txt", PLAN), ("empty.txt", "")]  # names and texts
_folder: Path | None = None  # where the processes of a session leave for each other what they read


def shared_by(config: pytest.Config) -> None:
    """All processes of the test session read the same bytes once."""
    global _folder
    if "PYTEST_XDIST_WORKER" in os.environ and _folder is None:
        _folder = config._tmp_path_factory.getbasetemp().parent / "read"  # type: ignore[attr-defined]
        _folder.mkdir(exist_ok=True)


def _have(key: tuple) -> bool:
    """Whether a file was read in this session, by whichever process."""
    if key not in _kept and _folder and (path := _path(key)).is_file():
        _kept[key] = {table: pl.read_ipc(frame) for table, frame in pickle.loads(path.read_bytes()).items()}
    return key in _kept


def _keep(key: tuple, frames: Frames) -> None:
    _kept[key] = frames
    if _folder:
        path = _path(key)
        scratch = path.with_suffix(f".{os.getpid()}")
        packed = {table: frame.write_ipc(None).getvalue() for table, frame in frames.items()}
        scratch.write_bytes(pickle.dumps(packed))
        scratch.rename(path)  # whole, or not there


def _path(key: tuple) -> Path:
    assert _folder
    return _folder / sha256(repr(key).encode()).hexdigest()


def expect(**texts: str) -> None:
    """Files that tests of a module will read, named without their `.txt`, or with another ending."""
    _expected.extend((name if "." in name else f"{name}.txt", text) for name, text in texts.items())


def _read_expected() -> None:
    """All of them, as few batches as there are texts of one name."""
    with _alone():
        waiting, _expected[:] = list(dict.fromkeys(_expected)), []
        while waiting:
            texts = dict(reversed(waiting))  # of each name the first
            waiting = [(name, text) for name, text in waiting if texts[name] != text]
            with tempfile.TemporaryDirectory() as folder:
                for name, text in texts.items():
                    (Path(folder) / name).parent.mkdir(exist_ok=True)
                    (Path(folder) / name).write_text(text, encoding="utf-8")
                _read(Path(folder), list_files(Path(folder)))


@contextmanager
def _alone() -> Iterator[None]:
    """The other processes of the session wait meanwhile, and find what was read."""
    if not _folder:
        yield
        return
    with (_folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(key: tuple, make: Callable[[], Frames]) -> Frames:
    """What `make` gives, made by one process of the session for all."""
    with _alone():
        if not _have(key):
            _keep(key, make())
    return _kept[key]


def read_once(raw: Path, manifest: pl.DataFrame) -> Frames:
    """What `read_batch` gives, taken from an earlier reading of the same bytes under the same names."""
    if not manifest.height or not all(_key(raw, row) for row in manifest.to_dicts()):
        return read_batch(raw, manifest)  # of a file that can't be opened
    digests = {(name, sha256(text.encode()).hexdigest()) for name, text in _expected}
    if digests.intersection(manifest.select("file_name", "sha256").iter_rows()):
        _read_expected()
    parts = _read(raw, manifest)
    frames = {table: pl.concat([part[table] for part in parts]) for table in parts[0]}
    version = pl.lit(batch.extractor_version())  # which tests change
    frames["state.files"] = frames["state.files"].with_columns(extractor_version=version)
    return frames


def _read(raw: Path, manifest: pl.DataFrame) -> list[Frames]:
    """The frames of each file; those that were not read before are, as one batch."""
    keys = {row["file_name"]: _key(raw, row) for row in manifest.to_dicts()}
    if new := [name for name, key in keys.items() if not _have(key)]:
        frames = read_batch(raw, manifest.filter(pl.col("file_name").is_in(new)))
        places = dict(frames["core.documents"].select("file_name", "document_id").iter_rows())
        for name in new:
            _keep(
                keys[name],
                {
                    table: frame.filter(
                        pl.col("file_name") == name
                        if "file_name" in frame.columns
                        else pl.col("document_id") == places.get(name, "")
                    ).select(list(polars_schema(table)))
                    for table, frame in frames.items()
                },
            )
    return [_kept[key] for key in keys.values()]


def _key(raw: Path, row: dict) -> tuple | None:
    try:
        digest = sha256((raw / row["file_name"]).read_bytes()).digest()
    except OSError:
        return None
    return row["file_name"], row["sha256"], row["given"], digest, vocabulary.version()
