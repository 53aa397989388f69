"""What minzheng wrote itself, told by what it holds: no report, wherever it lies among the raw files.

Of a run's own warehouse the names are known (`settings.own_files`); here is what other runs left: their
warehouses with all beside them, the homes of Dagster, and what `export` and `site` wrote.
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterable

MARKS = frozenset({".minzheng-export", ".minzheng-site"})  # written into each of their folders
WORK = re.compile(r"\.work\.duckdb(?:\.[^/]*)?$")  # the work file, its lock and journal, what was set aside
DATABASE = (8, b"DUCK")  # where in a file of DuckDB stands what
COLUMNS = (b"corpus_sha256", b"extractor_version")  # of meta.release, which no other database has
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
        with open(path, "rb", buffering=0) as file:
            if file.read(at + len(word))[at:] != word:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                ends = ((0, LOOKED_AT), (max(0, len(content) - LOOKED_AT), len(content)))
                return any(all(content.find(name, *end) >= 0 for name in COLUMNS) for end in ends)
    except (OSError, ValueError):  # ValueError of a file that was emptied meanwhile
        return False
