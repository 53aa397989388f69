"""What minzheng wrote itself, told by what it holds: no report, wherever it lies among the raw files.

Of a run's own warehouse the names are known (`settings.own_files`); here is what other runs left: their
warehouses with all beside them, the homes of Dagster, and what `export` and `site` wrote.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import BinaryIO

from pipeline.settings import EXPORT_MARK, SITE_MARK

MARKS = frozenset({EXPORT_MARK, SITE_MARK})  # written into each of their folders
WORK = re.compile(r"\.work\.duckdb(?:\.[^/]*)?$")  # the work file, its lock and journal, what was set aside
DATABASE = (8, b"DUCK")  # where in a file of DuckDB stands what
COLUMNS = (b"corpus_sha256", b"extractor_version")  # of meta.release, which no other database has
MOST = max(map(len, COLUMNS)) - 1  # bytes of a name that an earlier part may hold
PART = 1 << 20  # bytes that are read at a time
LOOKED_AT = 1 << 26  # bytes at each end of a database: what it holds is listed at one of them


def is_our_folder(folder: str, names: Iterable[str]) -> bool:
    """Whether a folder with these entries is one that `export` or `site` wrote, or a home of Dagster."""
    names = set(names)
    return (
        not MARKS.isdisjoint(names)
        or "dagster.yaml" in names
        or ("history" in names and os.path.isfile(os.path.join(folder, "history", "runs.db")))
    )


def is_our_file(path: str, size: int, unknown: bool) -> bool:
    """Whether a file is a warehouse or its work file; of those that are not `unknown` the name decides
    whether they are looked into."""
    if WORK.search(path):
        return True
    return (unknown or path.endswith(".duckdb")) and size > sum(map(len, COLUMNS)) and _is_warehouse(path)


def _is_warehouse(path: str) -> bool:
    """Its bytes are searched, not opened as a database: it may be anybody's."""
    at, word = DATABASE
    try:
        with open(path, "rb") as file:
            if file.read(at + len(word))[at:] != word:
                return False
            size = os.fstat(file.fileno()).st_size
            return any(_holds_columns(file, start) for start in {0, max(0, size - LOOKED_AT)})
    except OSError:
        return False


def _holds_columns(file: BinaryIO, start: int) -> bool:
    """Whether all names of `COLUMNS` stand in the bytes from `start` on."""
    file.seek(start)
    missing, read, before = set(COLUMNS), 0, b""
    while missing and read < LOOKED_AT and (part := file.read(PART)):
        missing = {name for name in missing if name not in before + part}
        before, read = part[-MOST:], read + len(part)
    return not missing
