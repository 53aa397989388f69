"""Publishes the work file: a whole, checked copy takes the place of the last one in a single rename.

Readers never meet half a refresh: a session that is open keeps the file it opened, the next one sees the new.
Whatever goes wrong before the rename leaves the last publication as it was.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

import duckdb

from pipeline.contracts.ddl import quoted
from pipeline.vocabulary.indicators import named_indicators
from pipeline.warehouse.marts.lineage import Lineage, known_lineage
from pipeline.warehouse.marts.models import Model, model_name
from pipeline.warehouse.marts.refresh import marts_fingerprint, unfinished_marts
from pipeline.warehouse.publish.dictionary import Release, write_dictionary
from pipeline.warehouse.store.changes import note_publication
from pipeline.warehouse.store.compact import LARGE, MEMORY, compact_copy, home, room
from pipeline.warehouse.store.damage import REMEDY, Damaged, Seen, damage_note, is_held, is_sound, see
from pipeline.warehouse.store.work import STORAGE_VERSION, WorkFile, storage_version
from pipeline.warehouse.store.writer import transaction

log = logging.getLogger(__name__)
MAGIC = b"DUCK"  # behind eight bytes of a checksum
MOST_FREE, MOST_FREE_OF_LARGE = 0.2, 0.35  # of a published file; a large one takes long to copy
DESCRIBING = "1GB"  # that DuckDB may take for it, beside what the work file's connection holds
SPARE_BYTES = 64 * 2**20  # room that the copy may need beyond the work file's own size


class PublishRefused(RuntimeError):
    """Nothing was published; the message says why and what to do. The last publication stands untouched."""


@dataclass(frozen=True)
class Published:
    """What was published: where, under which id, how many rows stand in each table, and the file as it was
    seen."""

    path: Path
    release_id: str
    corpus_sha256: str
    rows: dict[str, int]
    size_bytes: int
    seen: Seen


@dataclass(frozen=True)
class Prepared:
    """A whole copy of the work file, described and on the disk, beside the file whose place it is to take."""

    copy: Path
    release: Release
    rows: dict[str, int]
    seen: Seen

    def discard(self) -> None:
        """Remove what is not published, if it is there."""
        _remove(self.copy)


def publish(work: WorkFile, target: Path, release: Release, models: Mapping[str, Model]) -> Published:
    """Copy the work file to `target` without its private tables and with the `meta` schema filled.

    Raises PublishRefused where `target` cannot be replaced safely or the copy turns out not to be whole, and
    Damaged where that is for damage in the work file.
    """
    return put_in_place(work, prepare(work, target, release, models), target)


def prepare(work: WorkFile, target: Path, release: Release, models: Mapping[str, Model]) -> Prepared:
    """All of `publish` but the rename. Raises what that does."""
    _refuse_unsafe(work.path, target)
    if broken := unfinished_marts(work.con, models):
        raise PublishRefused(f"{', '.join(broken)} are not whole; refresh again. The last publication stands")
    for leftover in target.parent.glob(f".{escape(target.name)}.*.publishing*"):  # of a run that was killed
        leftover.unlink(missing_ok=True)
    lineage = known_lineage(work.con, models)
    copy = target.with_name(f".{target.name}.{os.getpid()}.publishing")
    try:
        work.con.execute("CHECKPOINT")
        shutil.copyfile(work.path, copy)
        rows, hollow = _finish(copy, release, models, lineage)
        if hollow:
            _compact(copy)
        _smoke(copy, release, rows)
        seen = _look_through(copy, work.path)
        copy.chmod(0o444)
    except BaseException as error:
        _remove(copy)
        if isinstance(error, OSError):
            raise _not_replaced(target, error) from error
        raise
    return Prepared(copy, release, rows, seen)


def put_in_place(work: WorkFile, prepared: Prepared, target: Path) -> Published:
    """Have what is prepared take the place of `target`, in one rename. Raises PublishRefused."""
    copy, release = prepared.copy, prepared.release
    try:
        size = copy.stat().st_size
        _refuse_wal(target)
        os.replace(copy, target)
    except OSError as error:
        raise _not_replaced(target, error) from error
    finally:
        _remove(copy)
    with suppress(OSError):
        damage_note(target).unlink(missing_ok=True)  # of the file that was replaced
    try:
        _sync(target.parent)
    except OSError as error:  # it is published: what the power may yet take is the rename, not the file
        log.warning("%s is published, but its folder could not be synced: %s", target, error)
    with transaction(work.con):
        note_publication(work.con, release.release_id, marts_fingerprint(work.con))
    return Published(target, release.release_id, release.corpus_sha256, prepared.rows, size, prepared.seen)


def _not_replaced(target: Path, error: OSError) -> PublishRefused:
    return PublishRefused(
        f"{target} was not replaced: {error.strerror or error}; the last publication stands"
    )


def _remove(copy: Path) -> None:
    copy.unlink(missing_ok=True)
    copy.with_name(copy.name + ".wal").unlink(missing_ok=True)


def check_target(target: Path, work: Path) -> duckdb.Error | None:
    """Raises PublishRefused where what stands at `target` is no file that may be replaced; `work` is the work
    file that would be published there. Gives what DuckDB says of a file that it cannot read."""
    if target.is_symlink():
        raise PublishRefused(f"{target} is a link and would be replaced by a file; name the file itself")
    if target.name.endswith((".work", ".work.duckdb")):
        raise PublishRefused(f"{target} is the name of a private work file; choose another one")
    if target.exists() and not target.is_file():
        kind = "a folder" if target.is_dir() else "a device or pipe"
        raise PublishRefused(f"{target} is {kind}; name a file")
    if target.is_file() and target.stat().st_size:
        return _opened(target, work)
    return None


def _opened(target: Path, work: Path) -> duckdb.Error | None:
    """Open what stands at `target`; what DuckDB says where it cannot be read. Raises PublishRefused where it
    is somebody else's: of another kind, or a database without releases. A damaged file is ours where a work
    file stands beside it."""
    with target.open("rb") as file:
        foreign, failed = file.read(12)[8:] != MAGIC and not work.is_file(), None
    try:
        with duckdb.connect(str(target), read_only=True) as con:
            con.execute("SELECT release_id FROM meta.release")
    except duckdb.CatalogException:
        foreign = True
    except duckdb.Error as error:  # damaged, or somebody has it open
        failed = error
    if foreign:
        raise PublishRefused(
            f"{target} is no warehouse of minzheng and would be replaced; name another file, or move it aside"
        )
    return failed


def _refuse_unsafe(work: Path, target: Path) -> None:
    failed = check_target(target, work)
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise PublishRefused(
            f"{target.parent} is not a folder that can be written to; {target} stands as it was"
        )
    _refuse_wal(target)
    needed, free = work.stat().st_size + SPARE_BYTES, shutil.disk_usage(target.parent).free
    if free < needed:
        raise PublishRefused(
            f"the disk of {target.parent} has {free / 1e6:.0f} MB left and the copy needs "
            f"{needed / 1e6:.0f} MB; {target} stands as it was"
        )
    if failed and is_held(failed):  # a file that cannot be read at all may well be replaced
        raise PublishRefused(
            f"someone has {target} open for writing; close that session and refresh again ({failed})"
        )


def _refuse_wal(target: Path) -> None:
    wal = target.with_name(target.name + ".wal")
    if wal.exists():
        raise PublishRefused(
            f"{wal} lies beside the published file, left by a session that opened it for writing: a new file "
            "could not be opened beside it. Close that session, or remove the .wal if it is long gone"
        )


def _finish(
    copy: Path, release: Release, models: Mapping[str, Model], lineage: Mapping[str, Lineage]
) -> tuple[dict[str, int], bool]:
    """Drop what is private, describe the rest in `meta`; returns the rows of each table, and whether much of
    the file is room that nothing stands in: after a small increment to a work file that is nearly half of
    it."""
    con = duckdb.connect(str(copy), config={"memory_limit": DESCRIBING})
    try:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("DROP SCHEMA state CASCADE")
        made = {model.table for model in models.values()}
        for (table,) in con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal"
        ).fetchall():
            if model_name(table) and table not in made:  # its model is gone
                con.execute(f"DROP TABLE {table}")
        _only_what_can_be(con)
        rows = write_dictionary(con, release, models, lineage)
        con.execute("CHECKPOINT")
        size, free = room(con, home(con))
    finally:
        con.close()
    return rows, free > (MOST_FREE if size < LARGE else MOST_FREE_OF_LARGE)


def _only_what_can_be(con: duckdb.DuckDBPyConnection) -> None:
    """Leave those indicators that are named, that benefits have, or that documents speak of: the couples of
    an old-age home and the beds of a marriage are none."""
    con.execute(
        """DELETE FROM ref.indicators
           WHERE headline IS NULL
             AND NOT (
                 benefit AND measure IN ('persons', 'households', 'person_times', 'expenditure', 'standard')
             )
             AND NOT list_contains($1, indicator_id)
             AND indicator_id NOT IN (
                 SELECT indicator_id FROM core.observations WHERE indicator_id IS NOT NULL
                 UNION ALL SELECT indicator_id FROM ref.reference_series
             )""",
        [named_indicators()],
    )


def _compact(copy: Path) -> None:
    """Copy a file once more, table by table."""
    try:
        with duckdb.connect(config={"memory_limit": MEMORY}) as con:
            con.execute(f"ATTACH {quoted(str(copy))} AS whole (READ_ONLY)")
            with compact_copy(con, "whole", copy, STORAGE_VERSION) as anew:
                os.replace(anew, copy)
    except (duckdb.Error, OSError) as error:  # no room for it: the larger file is as good
        log.warning("%s is not made compact: %s", copy, error)


def _smoke(copy: Path, release: Release, rows: Mapping[str, int]) -> None:
    """Open the copy as an analyst would and see that it is whole."""
    con = duckdb.connect(str(copy), read_only=True)
    try:
        found = con.execute("SELECT release_id FROM meta.release").fetchall()
        listed = con.execute(
            "SELECT table_schema || '.' || table_name, row_count FROM meta.tables"
        ).fetchall()
        storage = storage_version(con)
    except duckdb.Error as error:
        raise PublishRefused(f"the copy cannot be read ({error}); the last publication stands") from error
    finally:
        con.close()
    if found != [(release.release_id,)] or dict(listed) != dict(rows):
        raise PublishRefused("the copy is not what was written; the last publication stands")
    if not storage.startswith(STORAGE_VERSION):
        raise PublishRefused(f"the copy has storage version {storage}; remove the work file and refresh")


def _look_through(copy: Path, work: Path) -> Seen:
    """Have all of the copy on the disk, and see meanwhile that it is sound. Raises Damaged or OSError."""
    with ThreadPoolExecutor() as pool:
        synced, seen = pool.submit(_sync, copy), pool.submit(see, copy)
        if not is_sound(copy):  # what this run did not read was copied as it stood
            raise Damaged(f"{work} lost what was written to it. {REMEDY}")
        synced.result()
        return seen.result()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
