"""The files of a raw folder: which there are, and what stands in each.

Two functions from a folder to frames. What a byte sequence means is decided in `decoding` and `formats`;
which reports a text holds is decided in `reports`. Nothing outside the folder is opened: links that lead
out of it are refused, as is whatever is not a regular file.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.reading.files.ours import is_our_file, is_our_folder
from pipeline.reading.files.worker import SCAN_MEGABYTES, SCAN_SECONDS, Worker
from pipeline.reading.formats.read import MAX_BYTES, PLAIN, Document, media_type_of, read_plain
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.scans import available
from pipeline.reading.formats.sniff import PDF
from pipeline.vocabulary.figures import POPULATION, SERIES

# Not documents: the pipeline's own input, and what desktops and office programs leave behind.
SKIPPED_NAMES = frozenset({"corrections.csv", "thumbs.db", "desktop.ini"})
SKIPPED_PREFIXES = (".", "~$")
PICTURES = ("scanned_pdf", "garbled_pdf")  # refusals of PDFs whose pages can be recognised instead
ESCAPE = r"\\x(5c|[89a-f][0-9a-f])"  # what stands for a byte that is not UTF-8, or for a backslash
GIVEN = "reports.csv"  # at the top: what the user knows of the reports
# With it: figures to compare with, what is to be fetched, and what came of it.
NO_REPORTS = frozenset({GIVEN, POPULATION, SERIES, "sources.csv", "fetched/fetches.csv"})
OWN_WORDS = "vocabulary/"  # a folder at the top that holds the user's own vocabulary


def list_files(raw: Path, known: pl.DataFrame | None = None, own: Sequence[Path] = ()) -> pl.DataFrame:
    """Manifest of the files below `raw`, sorted by name: file_name, size, mtime_ns, sha256, given (null:
    `reports.given.with_given` fills it).

    `known` is an older manifest: a file with the size and mtime that it had there keeps its digest unread.
    `own` are files and folders that minzheng writes: they are left out, with what stands beside them under
    their names (`m.duckdb.wal`), and so is what other runs of it wrote (`files.ours`). `sha256` is null for
    what cannot be opened, is no regular file or is too large; `read_files` refuses it. So is a folder that
    cannot be looked into.
    Raises NotADirectoryError where `raw` is no folder or cannot be looked into.
    """
    if not raw.is_dir():
        raise NotADirectoryError(f"no folder of raw files at {raw}")
    seen: dict[tuple[str, int, int], str] = {}
    if known is not None:
        rows = known.select("file_name", "size", "mtime_ns", "sha256").drop_nulls().iter_rows()
        seen = {(name, size, mtime): digest for name, size, mtime, digest in rows}
    root = os.path.realpath(raw)
    mine = [os.path.relpath(os.path.realpath(path.parent), root) + os.sep + path.name for path in own]
    mine = [path.removeprefix("." + os.sep) for path in mine]
    found: list[tuple[str, int, int, str | None, None]] = []
    ours: list[str] = []
    own_starts = tuple(start for path in mine for start in (f"{path}.", path + os.sep))
    for path, entry in _walk(str(raw), root):
        name = _file_name(path, str(raw))
        if name in NO_REPORTS or name.startswith(OWN_WORDS) or f"{name}.".startswith(own_starts):
            continue
        try:
            status = _status(path, entry, root)
        except OSError:
            found.append((name, 0, 0, None, None))
            continue
        digest = seen.get((name, status.st_size, status.st_mtime_ns))
        regular = stat.S_ISREG(status.st_mode)
        if regular and is_our_file(path, status.st_size, digest is None):
            ours.append(f"{name}.")
            continue
        if digest is None and regular and status.st_size <= MAX_BYTES:
            digest = _digest(path)
        found.append((name, status.st_size, status.st_mtime_ns, digest, None))
    found = [row for row in found if not row[0].startswith(tuple(ours))]  # journals, locks
    return pl.DataFrame(found, schema=polars_schema("frame.files"), orient="row").sort("file_name")


def read_files(raw: Path, manifest: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read each file of `manifest` (from `list_files`): (documents, rejected_files), a row a file in either.

    Both frames keep the manifest's order. A file is refused rather than raised for; the others go on.
    A file that changed since it was listed is taken as it is now, with the digest of what was read.
    """
    now = datetime.now(UTC)
    root = os.path.realpath(raw)
    documents, rejected = [], []
    with Worker() as worker, Worker(SCAN_SECONDS, SCAN_MEGABYTES) as scanner:
        for name, size, digest in manifest.select("file_name", "size", "sha256").iter_rows():
            try:
                data, digest = _load(raw, root, name, size)
                read = _read(data, name, worker, scanner)
            except Refusal as refusal:
                if refusal.reason == "unreadable":  # of no content that is known: looked at again each time
                    digest = None
                why = {"reason": refusal.reason, "detail": refusal.detail}
                rejected.append({"file_name": name, "sha256": digest, "rejected_at": now, **why})
                continue
            key = hashlib.sha256(f"{name}\0{digest}".encode()).hexdigest()[:16]
            documents.append(
                {
                    "document_id": key,
                    "file_name": name,
                    "sha256": digest,
                    "size_bytes": len(data),
                    "ingested_at": now,
                    **{column: value for column, value in asdict(read).items() if column != "pictures"},
                }
            )
    return (
        pl.DataFrame(documents, schema=polars_schema("core.documents")),
        pl.DataFrame(rejected, schema=polars_schema("core.rejected_files")),
    )


def _read(data: bytes, name: str, worker: Worker, scanner: Worker) -> Document:
    if not data:
        raise Refusal("empty")
    media_type = media_type_of(data, name)
    if media_type in PLAIN:
        return read_plain(data, media_type)
    try:
        if media_type.startswith("image/"):
            raise Refusal("image")
        document = worker.read(data, media_type, name)
    except Refusal as refusal:
        picture = refusal.reason == "image" or (media_type == PDF and refusal.reason in PICTURES)
        if not picture or not available():
            raise
        return scanner.read(data, media_type, name, scan=True)
    if not document.pictures or not available():
        return document
    try:
        return scanner.read(data, media_type, name, scan=True, pictures=True)
    except Refusal as refusal:
        return replace(document, notes=f"{document.notes}; {refusal.detail}")


def _status(path: str, entry: os.DirEntry[str] | None, root: str) -> os.stat_result:
    """What the system says of a file, of a link that leads out of `root` itself."""
    if entry is not None and not entry.is_symlink():
        return entry.stat(follow_symlinks=False)
    return os.stat(path, follow_symlinks=_inside(path, root))


def _walk(raw: str, root: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Paths of the files below `raw`, of links that lead out of `root`, and of folders that cannot be looked
    into (with a slash behind, and no entry)."""
    folders = [raw]  # no recursion: folders may be nested deeper than Python's calls
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if folder == raw:
                raise NotADirectoryError(f"cannot look into {raw}: {error.strerror}") from None
            yield folder + os.sep, None
            continue
        if folder != raw and is_our_folder(folder, (entry.name for entry in entries)):
            continue
        for entry in entries:
            if entry.name.startswith(SKIPPED_PREFIXES) or entry.name.lower() in SKIPPED_NAMES:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif not (entry.is_symlink() and os.path.isdir(entry.path) and _inside(entry.path, root)):
                yield entry.path, entry


def _inside(path: str, root: str) -> bool:
    """Whether `path`, followed through links, still lies in `root`."""
    return not os.path.islink(path) or f"{os.path.realpath(path)}{os.sep}".startswith(root + os.sep)


def _file_name(path: str, raw: str) -> str:
    """The path below `raw`, which `path` begins with; bytes that are not UTF-8 are written as \\xNN, and a
    backslash that looks like the start of one as \\x5c, so that no two names come out alike."""
    name = path[len(raw) :].lstrip(os.sep)
    if "\\" in name:
        name = re.sub(ESCAPE, r"\\x5cx\1", name)
    return os.fsencode(name).decode("utf-8", "backslashreplace") if _has_surrogates(name) else name


def _has_surrogates(name: str) -> bool:
    return not name.isascii() and any("\udc80" <= c <= "\udcff" for c in name)


def path_of(raw: Path, name: str) -> str:
    """The path of a file that a manifest names."""
    plain = re.sub(ESCAPE.encode(), lambda m: bytes.fromhex(m[1].decode()), os.fsencode(name))
    return os.path.join(raw, os.fsdecode(plain))


def _digest(path: str) -> str | None:
    try:
        with open(path, "rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _load(raw: Path, root: str, name: str, size: int) -> tuple[bytes, str]:
    """The bytes of a file and their digest."""
    path = path_of(raw, name)
    if not _inside(path, root):
        raise Refusal("link_outside")
    if size > MAX_BYTES:
        raise Refusal("too_large", found=f"{size / 1e6:.0f} MB", limit=f"{MAX_BYTES / 1e6:.0f} MB")
    try:
        mode = os.stat(path).st_mode
        if name.endswith("/"):
            os.scandir(path).close()  # says why it cannot be looked into
        if not stat.S_ISREG(mode):
            raise Refusal("not_a_file", found="a folder" if stat.S_ISDIR(mode) else "a device or pipe")
        with open(path, "rb", buffering=0) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refusal("unreadable", found=error.strerror or type(error).__name__) from None
    if len(data) > MAX_BYTES:
        raise Refusal("too_large", found=f"over {MAX_BYTES / 1e6:.0f} MB", limit=f"{MAX_BYTES / 1e6:.0f} MB")
    return data, hashlib.sha256(data).hexdigest()
