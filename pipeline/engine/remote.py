"""Raw files behind an address (`s3://…`, `sftp://…`, `memory://…`): listed, and fetched a batch at a time.

Addresses are fsspec's; which kinds there are depends on what is installed. A plain folder needs none of this.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.corrections import FILE_NAME as CORRECTIONS
from pipeline.reading.files.listing import (
    GIVEN,
    OWN_WORDS,
    SKIPPED_NAMES,
    SKIPPED_PREFIXES,
    list_files,
    path_of,
)
from pipeline.reading.formats.read import MAX_BYTES
from pipeline.settings import Settings
from pipeline.vocabulary.figures import POPULATION, SERIES

FETCHERS = 16
PAUSES = (1.0, 4.0, 15.0)  # seconds between tries: a network comes back, a missing right does not
SETTLED = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)
T = TypeVar("T")
log = logging.getLogger("minzheng")


class AddressUnreachable(OSError):
    """An address did not answer, however often it was asked. Nothing is refused for that: the run fails."""


def list_raw(settings: Settings, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """The manifest of the raw files (`frame.files`), wherever they are; see `list_files`."""
    if settings.source is None:
        return list_files(settings.raw, known, settings.own_files)
    settings.raw.mkdir(parents=True, exist_ok=True)
    fs, root = file_system(settings.source)
    for name in (CORRECTIONS, GIVEN, POPULATION, SERIES):
        _fetch_list(fs, f"{root}/{name}", settings.raw / name)
    return list_address(settings.source, known)


def _fetch_list(fs: Any, path: str, to: Path) -> None:
    """A list that the user keeps beside the documents; none where there is none."""
    to.unlink(missing_ok=True)
    if _patiently(path, lambda: fs.exists(path)):
        _patiently(path, lambda: fs.get_file(path, str(to)))


def list_address(address: str, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """As `list_files`, for an address. A file that has the size and the mark (time, version or ETag, as the
    store gives them) that it had in `known` keeps its digest unread.

    Raises NotADirectoryError, or AddressUnreachable where the store does not answer."""
    fs, root = file_system(address)
    if not _patiently(address, lambda: fs.isdir(root)):
        raise NotADirectoryError(f"no folder of raw files at {address}")
    rows = (
        known.select("file_name", "size", "mtime_ns", "sha256").drop_nulls().rows()
        if known is not None
        else []
    )
    seen = {row[:3]: row[3] for row in rows}

    def look(path: str, about: dict[str, Any]) -> tuple[str, int, int, str | None, None]:
        name, size = path[len(root) :].lstrip("/"), int(about.get("size") or 0)
        mark = _mark(about)
        known_as = seen.get((name, size, mark)) if mark else None
        return name, size, mark, known_as or (_digest(fs, path) if size <= MAX_BYTES else None), None

    fs.invalidate_cache()
    listing = _patiently(address, lambda: fs.find(root, detail=True))
    found = {path: about for path, about in listing.items() if _is_document(path[len(root) :])}
    with ThreadPoolExecutor(FETCHERS) as pool:
        listed = list(pool.map(look, found, found.values()))
    return pl.DataFrame(listed, schema=polars_schema("frame.files"), orient="row").sort("file_name")


def fetch_files(address: str, names: list[str], to: Path) -> None:
    """Copy files of an address below the folder `to`. One that is gone is left out, for reading to refuse.

    Raises AddressUnreachable where the store does not answer: such a file is no worse than yesterday.
    """
    fs, root = file_system(address)

    def fetch(name: str) -> None:
        target = Path(path_of(to, name))
        if not target.resolve().is_relative_to(to.resolve()):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _patiently(f"{root}/{name}", lambda: fs.get_file(f"{root}/{name}", str(target)))
        except SETTLED:
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
    name = path.lstrip("/")
    parts = PurePosixPath(name).parts
    skipped = any(p.startswith(SKIPPED_PREFIXES) or p.lower() in SKIPPED_NAMES for p in parts)
    return not skipped and name not in (GIVEN, POPULATION, SERIES) and not name.startswith(OWN_WORDS)


def _mark(about: dict[str, Any]) -> int:
    """A number that changes with the file, from whatever the store says of it; 0 where it says nothing."""
    said = [
        str(about[key])
        for key in ("ETag", "etag", "mtime", "LastModified", "created", "md5Hash")
        if key in about
    ]
    if not said:
        return 0
    return int.from_bytes(hashlib.sha256("\0".join(said).encode()).digest()[:7], "big")


def _digest(fs: Any, path: str) -> str | None:
    def digest() -> str:
        with fs.open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    try:
        return _patiently(path, digest)
    except SETTLED:
        return None


def _patiently(what: str, ask: Callable[[], T]) -> T:
    """What `ask` answers, asked again after a while where a network or a store fails."""
    for pause in (*PAUSES, None):
        try:
            return ask()
        except SETTLED:
            raise
        except Exception as error:  # each store has its own, few of them OSErrors
            if pause is None:
                raise AddressUnreachable(
                    f"{what} cannot be reached ({error}); look at the network and at the store's "
                    "credentials, then refresh again"
                ) from error
            log.warning("%s does not answer (%s); again in %g seconds", what, error, pause)
            time.sleep(pause)
    raise AssertionError("the last try returns or raises")
