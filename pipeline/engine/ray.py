"""Drives the batches on Ray: the same reading and extraction as `engine`, on as many machines as there are.

Each batch is one row of a Ray Data set. A worker reads it, writes its frames as Parquet below a staging
folder that all machines reach, and answers with its number; the machine that holds the work file stores the
frames as they come. Needs the extra `ray`. The machines must have this version of the project installed.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import vocabulary
from pipeline.engine.batch import Frames, extractor_version
from pipeline.engine.bounded import BatchReader
from pipeline.engine.child import Limits
from pipeline.engine.remote import fetch_files, file_system
from pipeline.settings import Settings


class RayMissing(RuntimeError):
    """The extra `ray` is not installed."""


class ClusterUnreachable(RuntimeError):
    """Ray could not be started, or its cluster not be reached; the message says what to look at."""


class WorkerFailed(RuntimeError):
    """A worker could not read its batch; the message is its own, without Ray's stack."""


def read_on_ray(settings: Settings) -> Any:
    """A function like `engine.read_ahead` that reads batches on the Ray cluster of `settings`."""

    def read(raw: Path, batches: Iterable[pl.DataFrame]) -> Iterator[tuple[pl.DataFrame, Frames]]:
        listed = list(batches)
        if listed:
            yield from _read(settings, listed)

    return read


def _read(settings: Settings, batches: list[pl.DataFrame]) -> Iterator[tuple[pl.DataFrame, Frames]]:
    ray = _start(settings.ray_address)
    staging = settings.staging or str(settings.work.with_name(f"{settings.work.stem}.staging"))
    fs, folder = file_system(staging)
    if fs.exists(folder):  # of a run that was killed
        fs.rm(folder, recursive=True)
    place = {
        "raw": str(settings.raw),
        "source": settings.source,
        "staging": staging,
        "vocabulary": vocabulary.own(),
        "version": extractor_version(),
        "limits": (settings.file_memory, settings.file_seconds),
    }
    rows = [{"part": number, "manifest": _packed(batch)} for number, batch in enumerate(batches)]
    done = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
        _read_part, fn_kwargs={"place": place}
    )
    try:
        for answer in done.iter_rows():
            if answer["failed"]:
                raise WorkerFailed(answer["failed"])
            number = answer["part"]
            yield batches[number], _load(staging, number, answer["tables"].split())
    finally:
        if fs.exists(folder):
            fs.rm(folder, recursive=True)


def _start(address: str | None) -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise RayMissing("the Ray engine needs the extra `ray`: uv pip install --editable '.[ray]'") from None
    if not ray.is_initialized():
        try:
            ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level="warning")
        except Exception as error:  # of many kinds, some with a stack in their message
            lines = [line.strip() for line in str(error).splitlines() if line.strip()]
            raise ClusterUnreachable(
                f"the Ray cluster ({address or 'of this machine'}) cannot be reached: {lines[-1][:300]}. See "
                "that it runs, and that RAY_AUTH_MODE and the token are the same here as on its machines"
            ) from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # says each plan and its progress otherwise
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    return ray


def _read_part(row: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    """Read one batch on a worker; answers with its number and tables, or with what went wrong."""
    try:
        return {"part": row["part"], "tables": " ".join(_read_and_store(row, place)), "failed": ""}
    except Exception as error:
        return {"part": row["part"], "tables": "", "failed": f"{error}" or type(error).__name__}


def _read_and_store(row: dict[str, Any], place: dict[str, Any]) -> list[str]:
    """Read one batch; its frames are written below the staging folder, named as they are."""
    vocabulary.adopt(place["vocabulary"])
    if extractor_version() != place["version"]:
        raise RuntimeError(
            f"this worker has version {extractor_version()} of the extractor and the run {place['version']}; "
            "install the same version on all machines"
        )
    batch = pl.read_ipc(row["manifest"])
    copies = tempfile.mkdtemp() if place["source"] else None
    try:
        if copies:
            fetch_files(place["source"], batch["file_name"].to_list(), Path(copies))
        frames = BatchReader(Path(copies or place["raw"]), Limits(*place["limits"])).read(batch)
    finally:
        if copies:
            shutil.rmtree(copies, ignore_errors=True)
    fs, folder = file_system(place["staging"])
    fs.makedirs(f"{folder}/{row['part']}", exist_ok=True)
    for name, frame in frames.items():
        with fs.open(f"{folder}/{row['part']}/{name}.parquet", "wb") as file:
            frame.write_parquet(file)
    return list(frames)


def _load(staging: str, number: int, tables: list[str]) -> Frames:
    fs, folder = file_system(staging)
    frames = {}
    for name in tables:
        with fs.open(f"{folder}/{number}/{name}.parquet", "rb") as file:
            frames[name] = pl.read_parquet(file)
    fs.rm(f"{folder}/{number}", recursive=True)
    return frames


def _packed(batch: pl.DataFrame) -> bytes:
    return batch.write_ipc(None).getvalue()
