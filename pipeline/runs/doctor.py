"""What `minzheng doctor` looks at: whether machine and folders have what a refresh and a reader need."""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pipeline.runs.summary import count
from pipeline.settings import CONFIG, MODELS, Settings, dagster_home, home_folder

PACKAGES = ("dagster", "duckdb", "polars", "pandera", "pyarrow")
SPARE_GB = 1.0  # a work file, a copy of it, and Dagster's history
OLDEST_DUCKDB = (1, 2)
CLIENTS = {"duckdb": "--version", "R": "--version", "java": "-version"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `mark` is ok, note or wrong; `remedy` what to do, empty where nothing is to do."""

    mark: str
    what: str
    said: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which a refresh would meet them."""
    return [
        *_program(),
        *_package(),
        *_folders(settings),
        *_published(settings.warehouse),
        *_dagster(settings),
        *_clients(),
    ]


def _program() -> Iterator[Finding]:
    yield Finding("ok", "python", f"{platform.python_version()} at {sys.executable}")
    versions = [f"{name} {metadata.version(name)}" for name in ("minzheng", *PACKAGES)]
    yield Finding("ok", "versions", ", ".join(versions))
    cores, memory = os.cpu_count() or 1, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    mark, remedy = ("note", "batches of large files may need 2 GB") if memory < 2 else ("ok", "")
    yield Finding(mark, "machine", f"{cores} cores, {memory:.0f} GB of memory, {platform.system()}", remedy)


def _package() -> Iterator[Finding]:
    """What comes with the package: without it nothing runs."""
    package = Path(__file__).parents[1]
    needed = {
        "models": MODELS.glob("*/*.sql"),
        "vocabulary": (package / "vocabulary").rglob("*.csv"),
        "fonts": (package / "fonts").glob("*.otf"),
    }
    counts = {name: sum(1 for _ in files) for name, files in needed.items()}
    said = f"files: {', '.join(f'{name} {number}' for name, number in counts.items())}"
    if all(counts.values()):
        yield Finding("ok", "package", said)
    else:
        yield Finding("wrong", "package", said, "install minzheng again: the package is not whole")


def _folders(settings: Settings) -> Iterator[Finding]:
    home = home_folder()
    config = home / CONFIG
    yield Finding("ok", "folder", f"{home}{f', by its {CONFIG}' if config.is_file() else ''}")
    if settings.source:
        yield Finding("ok", "raw", settings.source)
    elif settings.raw.is_file():
        yield Finding("wrong", "raw", f"{settings.raw} is a file", "name the folder that it is in: --raw")
    elif not settings.raw.is_dir():
        yield Finding(
            "wrong",
            "raw",
            f"there is no folder {settings.raw}",
            "`minzheng init` makes one here, or name another: --raw",
        )
    else:
        number = sum(len(files) for _, _, files in os.walk(settings.raw))
        remedy = "" if number else "put reports into it"
        said = f"{count(number, 'file')} in {settings.raw}"
        yield Finding("ok" if number else "note", "raw", said, remedy)
    folder = settings.warehouse.parent
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free / 1e9
    said = f"{free:.1f} GB free at {folder}"
    if not os.access(there, os.W_OK):
        yield Finding("wrong", "disk", f"{folder} is not writable", "name another file: --warehouse")
    elif free < SPARE_GB:
        yield Finding("wrong", "disk", said, f"make room: a refresh needs {SPARE_GB:g} GB")
    else:
        yield Finding("ok", "disk", said)


def _published(path: Path) -> Iterator[Finding]:
    import duckdb

    if not path.is_file():
        yield Finding("note", "published", f"nothing at {path}", "`minzheng refresh` publishes")
        return
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            release = con.execute("SELECT release_id FROM meta.release").fetchall()[0][0]
        yield Finding("ok", "published", f"release {release} at {path}")
    except (duckdb.Error, IndexError) as error:
        yield Finding(
            "wrong", "published", f"{path}: {str(error).splitlines()[0]}", "`minzheng refresh` replaces it"
        )
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        yield Finding(
            "wrong", "published", f"{wal} lies there", "close the program that opened the file for writing"
        )


def _dagster(settings: Settings) -> Iterator[Finding]:
    from pipeline.orchestration.instance import InstanceUnusable, open_instance

    try:
        with open_instance(settings.warehouse) as instance:
            number = instance.get_runs_count()
        home = dagster_home(warehouse=settings.warehouse)
        size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
        yield Finding("ok", "dagster", f"{count(number, 'run')}, {size:,.0f} MB in {home}")
    except InstanceUnusable as error:
        yield Finding("wrong", "dagster", str(error))


def _clients() -> Iterator[Finding]:
    """Programs that would open the published file: none is needed."""
    missing = [name for name in CLIENTS if not shutil.which(name)]
    if missing:
        yield Finding("ok", "client", f"not here, and not needed: {', '.join(missing)}")
    for name, option in CLIENTS.items():
        path = shutil.which(name)
        if not path:
            continue
        told = subprocess.run([path, option], capture_output=True, text=True, timeout=20, check=False)
        first = ((told.stdout or told.stderr).strip().splitlines() or ["?"])[0]
        version = re.search(r"(\d+)\.(\d+)", first)
        if name == "duckdb" and version and (int(version[1]), int(version[2])) < OLDEST_DUCKDB:
            yield Finding(
                "note", "client", f"{path}: {first}", "the published file needs DuckDB 1.2 or newer"
            )
        else:
            yield Finding("ok", "client", f"{path}: {first}")
