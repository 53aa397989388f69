"""Raw files behind an address (`s3://…`, `sftp://…`, `memory://…`): listed, and fetched a batch at a time.

Addresses are fsspec's; which kinds there are depends on what is installed. A plain folder needs none of this.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.corrections import FILE_NAME
from pipeline.reading.files import SKIPPED_NAMES, SKIPPED_PREFIXES, list_files
from pipeline.settings import Settings

FETCHERS = 16


def list_raw(settings: Settings, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """The manifest of the raw files (`frame.files`), wherever they are; see `list_files`."""
    if settings.source is None:
        return list_files(settings.raw, known)
    settings.raw.mkdir(parents=True, exist_ok=True)
    (settings.raw / FILE_NAME).unlink(missing_ok=True)
    fs, root = file_system(settings.source)
    if fs.exists(f"{root}/{FILE_NAME}"):
        fs.get_file(f"{root}/{FILE_NAME}", str(settings.raw / FILE_NAME))
    return list_address(settings.source, known)


def list_address(address: str, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """As `list_files`, for an address. A file that has the size and the mark (time, version or ETag, as the
    store gives them) that it had in `known` keeps its digest unread. Raises NotADirectoryError."""
    fs, root = file_system(address)
    if not fs.isdir(root):
        raise NotADirectoryError(f"no folder of raw files at {address}")
    rows = (
        known.select("file_name", "size", "mtime_ns", "sha256").drop_nulls().rows()
        if known is not None
        else []
    )
    seen = {row[:3]: row[3] for row in rows}

    def look(path: str, about: dict[str, Any]) -> tuple[str, int, int, str | None]:
        name, size = path[len(root) :].lstrip("/"), int(about.get("size") or 0)
        mark = _mark(about)
        return name, size, mark, seen.get((name, size, mark)) or _digest(fs, path)

    found = {
        path: about for path, about in fs.find(root, detail=True).items() if _is_document(path[len(root) :])
    }
    with ThreadPoolExecutor(FETCHERS) as pool:
        listed = list(pool.map(look, found, found.values()))
    return pl.DataFrame(listed, schema=polars_schema("frame.files"), orient="row").sort("file_name")


def fetch_files(address: str, names: list[str], to: Path) -> None:
    """Copy files of an address below the folder `to`. One that is gone is left out, for reading to refuse."""
    fs, root = file_system(address)

    def fetch(name: str) -> None:
        target = to / PurePosixPath(name)
        if not target.resolve().is_relative_to(to.resolve()):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            fs.get_file(f"{root}/{name}", str(target))
        except OSError:
            target.unlink(missing_ok=True)

    with ThreadPoolExecutor(FETCHERS) as pool:
        list(pool.map(fetch, names))


def file_system(address: str) -> tuple[Any, str]:
    """fsspec's file system of an address or path, and the path on it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise RuntimeError(f"{address} needs the extra `ray`: uv pip install --editable '.[ray]'") from None
    fs, path = url_to_fs(address)
    return fs, path.rstrip("/")


def _is_document(path: str) -> bool:
    parts = PurePosixPath(path.lstrip("/")).parts
    return not any(p.startswith(SKIPPED_PREFIXES) or p.lower() in SKIPPED_NAMES for p in parts)


def _mark(about: dict[str, Any]) -> int:
    """A number that changes with the file, from whatever the store says of it."""
    said = [
        str(about[key])
        for key in ("ETag", "etag", "mtime", "LastModified", "created", "md5Hash")
        if key in about
    ]
    return int.from_bytes(hashlib.sha256("\0".join(said).encode()).digest()[:7], "big")


def _digest(fs: Any, path: str) -> str | None:
    try:
        with fs.open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
