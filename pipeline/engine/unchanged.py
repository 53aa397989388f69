"""Whether anything changed since the last publication, so that a refresh may leave everything as it is.

What was published is noted in the work file with a digest of all that decides it: the raw files and lists,
the code with its vocabulary and queries, and the limits within which files are read.
"""

import hashlib
import json
import logging
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from pipeline import vocabulary
from pipeline.engine.batch import FOLDER, LIBRARIES, contents, extractor_version, installed
from pipeline.engine.remote import list_raw
from pipeline.reading.reports.given import GivenError, read_given, with_given
from pipeline.settings import Settings
from pipeline.warehouse.store import state
from pipeline.warehouse.store.damage import Seen, is_due, is_noted, note_damage, see
from pipeline.warehouse.store.links import links_pending
from pipeline.warehouse.store.work import Told, WorkFile
from pipeline.warehouse.store.writer import transaction

NAME = "published_from"
LASTS = 60.0  # seconds that a look at the raw folder is good for
log = logging.getLogger(__name__)
_looked: list[tuple[Settings, float, pl.DataFrame]] = []


def note_published(work: WorkFile, settings: Settings, release_id: str, seen: Seen) -> None:
    """Note what the release that was just published was made from, its file as it was `seen`, and what the
    checks said of it."""
    made_from = _made_from(settings, state.load_manifest(work.con))
    told = {"release": release_id, "from": made_from, "told": list(work.told.items()), "file": seen}
    _note(work, told)


def _note(work: WorkFile, told: dict) -> None:
    said = json.dumps(told)
    with transaction(work.con):
        work.con.execute("DELETE FROM state.settings WHERE name = ?", [NAME])
        work.con.execute("INSERT INTO state.settings VALUES (?, ?)", [NAME, said])


def kept_release(work: WorkFile, settings: Settings) -> tuple[str | None, Told]:
    """The release that stands published and would be made again now, with what the checks said of it; None
    where anything changed. Notes the manifest in `work`, for which it asks the raw folder."""
    work.listed = _handed_over(settings)
    if work.listed is not None:
        return None, {}
    noted = work.con.execute("SELECT value FROM state.settings WHERE name = ?", [NAME]).fetchall()
    if not noted:
        return None, {}
    said = json.loads(noted[0][0])
    if said["release"] != _standing(settings.warehouse) or links_pending(work.con):
        return None, {}
    try:
        listed = list_raw(settings, state.load_manifest(work.con))
        manifest = with_given(listed, read_given(settings.raw))
    except (GivenError, OSError):
        return None, {}
    work.listed = manifest
    if said["from"] != _made_from(settings, manifest) or _waiting(work.con, manifest):
        return None, {}
    if not _stands_as_written(work, settings.warehouse, said):
        return None, {}
    return said["release"], {(table, check): tuple(told) for (table, check), told in said["told"]}


def hand_over(settings: Settings, manifest: pl.DataFrame) -> None:
    """Have the next `kept_release` of this process, where it is asked soon, take a manifest for what stands
    in the raw folder, and that a run is due: a command looks, and then runs what looks again."""
    _looked[:] = [(settings, time.monotonic(), manifest)]


def _handed_over(settings: Settings) -> pl.DataFrame | None:
    """What was handed over, once."""
    fresh = [manifest for of, at, manifest in _looked if of == settings and time.monotonic() - at < LASTS]
    _looked.clear()
    return fresh[0] if fresh else None


def _stands_as_written(work: WorkFile, published: Path, said: dict) -> bool:
    """Whether the published file holds what was noted when it was written; it is read where it was touched or
    was not read for a day, and that is noted."""
    if is_noted(published) or "file" not in said:
        return False
    crc32, at, looked = said["file"]
    try:
        if not is_due(Seen(crc32, tuple(at), looked), published):
            return True
        seen = see(published)
    except OSError:
        return False
    if seen.crc32 == crc32:
        _note(work, said | {"file": seen})
        return True
    log.warning("%s is damaged or was changed; it is published anew", published)
    with suppress(OSError):  # the run looks again, and need not read it for that
        note_damage(published)
    return False


def _waiting(con: duckdb.DuckDBPyConnection, manifest: pl.DataFrame) -> bool:
    """Whether a file is not stored as it stands; what could not be opened then as now does not count."""
    known = con.sql("SELECT file_name, sha256, extractor_version FROM state.files").pl()
    now = manifest.select("file_name", "sha256", extractor_version=pl.lit(extractor_version()))
    columns = ["file_name", "sha256", "extractor_version"]
    return (
        known.height != now.height or not now.join(known, on=columns, how="anti", nulls_equal=True).is_empty()
    )


def _standing(published: Path) -> str | None:
    """The release that can be read at `published`."""
    if not published.is_file() or published.is_symlink():
        return None
    try:
        with duckdb.connect(str(published), read_only=True) as con:
            return con.execute("SELECT release_id FROM meta.release").fetchall()[0][0]
    except (duckdb.Error, IndexError):
        return None


def _made_from(settings: Settings, manifest: pl.DataFrame) -> str:
    said = (
        state.corpus_hash(manifest, settings.raw),
        vocabulary.version(),
        _code_version(settings.models),
        f"{settings.file_memory} MB {settings.file_seconds} s",
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


@cache
def _code_version(models: Path) -> str:
    """Hash of all code, tables and queries, and of the libraries that read and store."""
    digest = hashlib.sha256(installed((*LIBRARIES, "duckdb")).encode())
    for folder in (FOLDER, models):
        for piece in contents(folder, sorted(folder.rglob("*"))):
            digest.update(piece)
    return digest.hexdigest()
