"""Files read once a session, for tests that are about what is done with what was read.

A batch of one small file costs a second of processor time, and most tests of the engine, of Dagster and of
the marts read the same few. That a document reads the same beside any others is a test of its own
(`test_extraction_batches`), and so is that the process in which refreshes read gives the same frames
(`test_engine`). Slow tests read anew each time, in that process.
"""

import os
import pickle
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from pipeline import vocabulary
from pipeline.contracts.registry import polars_schema
from pipeline.engine import batch
from pipeline.engine.batch import Frames, read_batch

_kept: dict[tuple, Frames] = {}
_folder: Path | None = None  # where the processes of a session leave for each other what they read


def shared_by(factory: pytest.TempPathFactory) -> None:
    """All processes of the test session read the same bytes once."""
    global _folder
    if "PYTEST_XDIST_WORKER" in os.environ and _folder is None:
        _folder = factory.getbasetemp().parent / "read"
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


def read_once(raw: Path, manifest: pl.DataFrame) -> Frames:
    """What `read_batch` gives, taken from an earlier reading of the same bytes under the same names."""
    keys = {row["file_name"]: _key(raw, row) for row in manifest.to_dicts()}
    if not manifest.height or not all(keys.values()):  # a file that can't be opened
        return read_batch(raw, manifest)
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
    parts = [_kept[key] for key in keys.values()]
    return {table: pl.concat([part[table] for part in parts]) for table in parts[0]}


def _key(raw: Path, row: dict) -> tuple | None:
    try:
        digest = sha256((raw / row["file_name"]).read_bytes()).digest()
    except OSError:
        return None
    told = (row["file_name"], row["sha256"], row["given"])
    return (*told, digest, vocabulary.version(), batch.extractor_version())
