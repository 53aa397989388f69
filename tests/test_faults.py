"""Faults: whatever happens to a refresh, readers keep a whole file and the next refresh makes up for it.

The kill test is short here; `MINZHENG_KILLS=100 pytest tests/test_faults.py -k kill` is the long one, and
MINZHENG_KILL_DAGSTER=1 kills whole Dagster runs, which takes longer.
"""

import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import write_raw
from faults_lab import (
    Child,
    change_folder,
    contents,
    differences,
    last_run,
    nothing_lost,
    published,
    read,
    rebuilt,
    refresh,
    refresh_here,
    report_text,
    standing,
    stored,
    whole_after_kill,
)
from read_once import expect

import pipeline.engine.local as engine
import pipeline.warehouse.publish.dictionary as dictionary
from pipeline.engine.batch import read_batch
from pipeline.runs.refresh import execute
from pipeline.settings import Settings
from pipeline.warehouse.store.work import _make_folder, open_work

KILLS = int(os.environ.get("MINZHENG_KILLS", "1"))
CHANCE = random.Random(1)
FIRST = {f"first{number}": report_text(CHANCE) for number in range(3)}


@pytest.fixture
def small(tmp_path: Path, dagster_home: Path) -> Settings:
    """Settings with one mart, so that a refresh takes little more than Dagster does."""
    expect(**FIRST)
    raw = write_raw(tmp_path / "raw", **FIRST)
    models = tmp_path / "models"
    (models / "marts").mkdir(parents=True)
    (models / "marts" / "people.sql").write_text(
        "select report_id, count(*) as n from core.observations group by all"
    )
    (models / "marts" / "people.yml").write_text(
        "description: Observations of a report\ngrain: [report_id]\ncolumns:\n"
        "  - {name: report_id, description: The report}\n  - {name: n, description: Observations}\n"
    )
    return Settings(raw, tmp_path / "warehouse" / "m.duckdb", models, lock_wait=0)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, 96 MB, that can be filled or made read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def env(settings: Settings, **more: str) -> dict[str, str]:
    return {"MODELS": str(settings.models), **more}


@pytest.mark.slow
def test_a_killed_refresh_leaves_the_last_publication_whole_and_the_next_one_makes_up_for_it(small, tmp_path):
    chance = random.Random(int(os.environ.get("MINZHENG_SEED", "7")))
    dagster = os.environ.get("MINZHENG_KILL_DAGSTER", "")
    small = replace(small, models=Settings(small.raw, small.warehouse).models) if dagster else small
    told = tmp_path / "read.txt"
    said = env(small, WITH_DAGSTER=dagster, TELL_READ=str(told))
    longest = 0.5
    if KILLS == 1:
        refresh_here(small)
    else:
        began = time.monotonic()
        code, words = refresh(small, said)
        assert code == 0, words
        longest = time.monotonic() - began
    release, rows = published(small.warehouse)
    met, published_anew, where = 0, 0, Counter()
    for number in range(KILLS):
        change_folder(small.raw, chance)
        before, there = stored(small), standing(small)
        told.write_text("")
        child = Child(small, said)
        child.go()
        began = time.monotonic()
        killed = child.kill_after(chance.uniform(0, longest))
        longest = min(longest * 1.05, 60) if killed else time.monotonic() - began
        met += killed
        nothing_lost(small, told, before, there)
        found, rows = whole_after_kill(small, release, rows, tmp_path)
        published_anew += killed and found != release
        release = found
        if killed and dagster:
            status, step = last_run(small)
            assert status in ("FAILURE", "SUCCESS"), status
            where[step] += 1
        if number % 10 == 9 or number == KILLS - 1:
            code, words = refresh(small, said)
            assert code == 0, words
            release, rows = published(small.warehouse)
            assert rows == rebuilt(small, tmp_path)
            assert stored(small) == standing(small)
            if dagster:  # all marts too, which are made by parts
                shutil.rmtree(tmp_path / "anew", ignore_errors=True)
                anew = replace(small, warehouse=tmp_path / "anew" / "m.duckdb")
                assert refresh(anew, said)[0] == 0
                assert not any(differences(small.warehouse, anew.warehouse).values())
            assert not list(small.warehouse.parent.glob("*.publishing*"))
            assert not list(small.warehouse.parent.glob("*.broken"))
    print(f"{met} of {KILLS} kills met a refresh at work, {published_anew} of them after it had published")
    print("\n".join(f"{times:4} in {step}" for step, times in where.most_common()))
    assert met


@pytest.mark.slow
def test_a_work_file_that_cannot_be_read_is_built_anew(small, tmp_path):
    refresh_here(small)
    small.work.write_bytes(b"not a database" * 1000)
    refresh_here(small)
    assert published(small.warehouse)[1] == rebuilt(small, tmp_path)
    assert small.work.with_name(f"{small.work.name}.broken").exists()


@pytest.mark.slow
def test_a_disk_that_fills_up_keeps_the_last_publication_and_says_so(small, disk):
    small = Settings(small.raw, disk / "m.duckdb", small.models, lock_wait=0)
    refresh_here(small)
    before = small.warehouse.read_bytes()
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(bytes(free - 300_000))
    write_raw(small.raw, more=report_text(random.Random(3)) * 50)
    outcome = execute(small)
    assert not outcome.published
    assert "MB left" in outcome.reasons[0] or "No space" in outcome.reasons[0], outcome.reasons
    assert small.warehouse.read_bytes() == before
    filler.unlink()
    refresh_here(small)
    assert published(small.warehouse)[1]


@pytest.mark.slow
def test_a_file_system_that_takes_no_more_bytes_keeps_the_last_publication(small, tmp_path):
    refresh_here(small)
    before = small.warehouse.read_bytes()
    write_raw(small.raw, more=report_text(random.Random(3)) * 50)
    limit = small.work.stat().st_size // 2

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code, said = refresh(small, env(small), preexec_fn=shrink)
    assert code != 0, said
    assert small.warehouse.read_bytes() == before
    refresh_here(small)
    assert published(small.warehouse)[1] == rebuilt(small, tmp_path)


@pytest.mark.landing
def test_a_read_only_folder_is_named(small, disk):
    small = Settings(small.raw, disk / "m.duckdb", small.models, lock_wait=0)
    refresh_here(small)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    outcome = execute(small)
    assert not outcome.published and str(disk) in outcome.reasons[0]
    assert published(small.warehouse)[1]
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    refresh_here(small)


def as_nobody(do: Callable[[], object]) -> str:
    """The error of something done by a user who owns nothing, in a process of its own."""
    if os.getuid():
        pytest.skip("only root can become another user")
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        try:
            do()
            said = ""
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        said = file.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.landing
def test_a_folder_of_another_user_is_named_and_nothing_in_it_changes(small, tmp_path):
    refresh_here(small)
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.getuid() and path.is_relative_to(tempfile.gettempdir()):
            path.chmod(path.stat().st_mode | 0o055)
    folder = small.warehouse.parent
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())

    def hold() -> None:
        with open_work(small.work, "run-1"):
            pass

    said = as_nobody(hold)
    assert said.startswith("PermissionError") and f"{folder}, is not writable" in said
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) == before
    assert "cannot make the folder" in as_nobody(lambda: _make_folder(folder / "deeper"))


@pytest.mark.slow
def test_a_file_that_is_gone_while_it_is_read_is_read_when_it_is_back(small, monkeypatch):
    path = small.raw / "first1.txt"
    kept = path.with_name(".kept")

    def away(_, raw, manifest):
        path.rename(kept)
        try:
            return read_batch(raw, manifest)
        finally:
            kept.rename(path)

    with open_work(small.work, "run-1") as work:
        with monkeypatch.context() as patch:
            patch.setattr(engine.BatchReader, "read_whole", away)
            read(work, small.raw)
        refused = work.con.execute("SELECT file_name, reason FROM core.rejected_files").fetchall()
        assert refused == [("first1.txt", "unreadable")]
        read(work, small.raw)  # as large and as old as it was
        assert contents(work.con) == rebuilt(small, small.raw.parent)


@pytest.mark.slow
def test_a_clock_set_back_changes_neither_rows_nor_what_is_read(small, monkeypatch):
    refresh_here(small)

    class Back(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(dictionary, "datetime", Back)
    path = small.raw / "first1.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[::-1], encoding="utf-8")  # of the same size
    os.utime(path, (0, 0))
    assert refresh_here(small).changed == 1
    release, _ = published(small.warehouse)
    assert release.startswith("20010101")


@pytest.mark.slow
def test_a_file_that_changes_while_it_is_read_is_taken_whole_and_looked_at_again(small, monkeypatch):
    chance = random.Random(5)
    written = small.raw / "first1.txt"

    def writing(_, raw, manifest):
        written.write_text(report_text(chance) * 2, encoding="utf-8")
        frames = read_batch(raw, manifest)
        written.write_text(report_text(chance), encoding="utf-8")
        return frames

    with open_work(small.work, "run-1") as work:
        with monkeypatch.context() as patch:
            patch.setattr(engine.BatchReader, "read_whole", writing)
            read(work, small.raw)
        kept = work.con.execute(
            "SELECT text, f.sha256 = d.sha256 FROM core.documents AS d "
            "JOIN state.files AS f USING (document_id) WHERE d.file_name = 'first1.txt'"
        ).fetchall()
        assert kept[0][1] and kept[0][0].count("民政局") == 2
        assert read(work, small.raw).changed == 1
        assert not read(work, small.raw).anything
        rows = contents(work.con)
    assert rows == rebuilt(small, small.raw.parent)


@pytest.mark.slow
def test_the_second_of_two_refreshes_names_the_first_or_waits_for_it(small):
    with open_work(small.work, "the-first-run"):
        code, said = refresh(small, env(small, WITH_DAGSTER="1"))
        assert code == 1 and "held by run the-first-run" in said and str(os.getpid()) in said
        waiting = Child(small, env(small, LOCK_WAIT="60"))
        waiting.go()
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.process.wait(0.5)
    code, said = waiting.end()
    assert code == 0, said


@pytest.mark.slow
def test_many_refreshes_at_once_publish_the_same(small, tmp_path):
    children = [Child(small, env(small, LOCK_WAIT="60")) for _ in range(2)]
    for child in children:
        child.go()
    assert [child.end()[0] for child in children] == [0, 0]
    assert published(small.warehouse)[1] == rebuilt(small, tmp_path)
