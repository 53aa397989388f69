"""What `minzheng status` tells: what is published, how old it is, what waits, how the last run ended."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.runs.summary import count, describe_tables, refused_lines
from pipeline.settings import Settings
from pipeline.warehouse.publish.publish import PublishRefused, check_target
from pipeline.warehouse.publish.query import open_published
from pipeline.warehouse.publish.render import visible_lines
from pipeline.warehouse.store.damage import is_sound, note_damage


def describe_status(settings: Settings, of_own: bool = True) -> tuple[bool, str]:
    """Whether something is published that can be read, and the status as lines of text.

    Where the raw folder is not `of_own`, but that of the folder in which the command runs, the one counts
    from which the last run made the file.
    """
    published, lines = False, [f"published  nothing at {settings.warehouse}"]
    if settings.warehouse.is_file():
        try:
            published, lines = True, _published(settings.warehouse)
            if not is_sound(settings.warehouse):
                published = False
                lines[0] += ": it is damaged, and not all of it can be read"
                lines.insert(1, f"           {_remedy(settings)}")
        except (duckdb.Error, IndexError) as error:
            published = False
            lines = [
                f"published  {settings.warehouse} cannot be read: {error or 'it is no release of minzheng'}",
                f"           {_remedy(settings)}",
            ]
    pending = _pending(settings) if of_own else _pending_elsewhere(settings)
    return published, "\n".join([*lines, *pending, *_last_run(settings)])


def _remedy(settings: Settings) -> str:
    """What to do about a published file that cannot be read."""
    try:
        check_target(settings.warehouse, settings.work)
    except PublishRefused as refusal:
        return str(refusal)
    with suppress(OSError):  # of a folder of somebody else's; the refresh looks by itself
        note_damage(settings.warehouse)
    return "refresh again, and it is replaced"


def _published(path: Path) -> list[str]:
    con = open_published(path)
    try:
        release, built_at = con.execute("SELECT release_id, built_at FROM meta.release").fetchall()[0]
        age = datetime.now(UTC) - built_at.replace(tzinfo=UTC)
        return [
            f"published  {path} ({path.stat().st_size / 1e6:.1f} MB, release {release})",
            f"age        {_age(age.total_seconds())} (built {built_at:%Y-%m-%d %H:%M} UTC)",
            *describe_tables(con),
            *refused_lines(con),
        ]
    finally:
        con.close()


def _pending_elsewhere(settings: Settings) -> list[str]:
    """The same for the folder that the last run of this file read, as Dagster remembers it."""
    from pipeline.orchestration.instance import RAW_TAG, InstanceUnusable, open_instance

    try:
        with open_instance(settings.warehouse) as instance:
            records = _runs(instance, settings)
            raw = records[0].dagster_run.tags.get(RAW_TAG) if records else None
    except InstanceUnusable:
        raw = None
    if raw:
        return _pending(replace(settings, raw=Path(raw), source=None))
    return [f"pending    not known: name the folder that {settings.warehouse} is made from, with --raw"]


def _runs(instance: Any, settings: Settings) -> Sequence[Any]:
    """The last run that was to publish this file, if any."""
    import dagster as dg

    from pipeline.orchestration.instance import JOB, WAREHOUSE_TAG

    tags = {WAREHOUSE_TAG: str(settings.warehouse)}
    return instance.get_run_records(dg.RunsFilter(job_name=JOB, tags=tags), limit=1)


def _pending(settings: Settings) -> list[str]:
    """How the raw folder differs from what is published."""
    from pipeline.engine.batch import extractor_version
    from pipeline.engine.remote import list_raw
    from pipeline.engine.vocabulary import use_vocabulary
    from pipeline.vocabulary.problem import VocabularyError

    try:
        use_vocabulary(settings)
    except VocabularyError as error:
        return [f"pending    {_indented(error)}"]
    try:
        manifest = list_raw(settings)
    except NotADirectoryError:
        return [f"pending    there is no folder of raw files at {settings.raw}"]
    found = dict(manifest.select("file_name", "sha256").iter_rows())
    known = _known_files(settings.warehouse)
    new = sum(name not in known for name in found)
    changed = sum(name in known and known[name] != digest for name, digest in found.items())
    gone = sum(name not in found for name in known)
    counts = {"new": new, "changed": changed, "removed": gone}
    parts = [f"{number:,} {word}" for word, number in counts.items() if number]
    where = settings.source or settings.raw
    lines = [f"pending    {', '.join(parts) or 'nothing'} of {count(len(found), 'file')} in {where}"]
    if _read_by(settings.warehouse) not in (None, extractor_version()):
        lines.append("           and all are read again: code or vocabulary has changed since they were read")
    return lines


def _read_by(path: Path) -> str | None:
    """The version of the extractor that read what is published."""
    try:
        con = open_published(path)
    except duckdb.Error:
        return None
    try:
        return con.execute("SELECT extractor_version FROM meta.release").fetchall()[0][0]
    except (duckdb.Error, IndexError):
        return None
    finally:
        con.close()


def _known_files(path: Path) -> dict[str, str | None]:
    try:
        con = open_published(path)
    except duckdb.Error:
        return {}
    try:
        rows = con.execute(
            """SELECT file_name, sha256 FROM core.documents
               UNION ALL SELECT file_name, sha256 FROM core.rejected_files"""
        ).fetchall()
        return dict(rows)
    except duckdb.Error:
        return {}
    finally:
        con.close()


def _last_run(settings: Settings) -> list[str]:
    import dagster as dg

    from pipeline.orchestration.failures import failure_reasons
    from pipeline.orchestration.instance import (
        IN_PROGRESS,
        PROCESS_TAG,
        InstanceUnusable,
        open_instance,
        runs_in_progress,
    )

    try:
        opened = open_instance(settings.warehouse)
    except InstanceUnusable as error:
        return [f"last run   not known: {error}"]
    with opened as instance:
        runs_in_progress(instance)  # marks those that were killed
        records = _runs(instance, settings)
        if not records:
            return ["last run   none"]
        run, began = records[0].dagster_run, records[0].create_timestamp
        events = [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event]
        lines = [f"last run   {run.status.value.lower()}, {began:%Y-%m-%d %H:%M} UTC, {run.run_id}"]
        if run.status in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED):
            lines += [f"           {_indented(visible_lines(reason))}" for reason in failure_reasons(events)]
        elif run.status == dg.DagsterRunStatus.STARTED:
            begun = [e.step_key for e in events if e.event_type == dg.DagsterEventType.STEP_START]
            process = run.tags.get(PROCESS_TAG, "").rpartition(":")[2]
            at = (
                f"at {str(begun[-1]).replace('__', '.')}"
                if begun
                else "waiting for the work file, or opening it"
            )
            lines.append(f"           {at}{f', process {process}' if process else ''}")
        elif run.status in IN_PROGRESS:
            lines.append("           waits to be started: is dagster-daemon running?")
        return lines


def _indented(words: object) -> str:
    return str(words).replace("\n", "\n           ")


def _age(seconds: float) -> str:
    if seconds < -60:
        return "none: it was built in the future, so a clock is or was wrong"
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size * (2 if word == "day" else 1):
            return count(int(seconds // size), word)
    return "less than a minute"
