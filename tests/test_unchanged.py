"""A refresh that finds nothing changed leaves everything as it is and says so; whatever changed, it runs."""

import os
import subprocess
import sys
from dataclasses import replace

import duckdb
import polars as pl
import pytest
from conftest import PLAN, write_raw

from pipeline.corrections import CorrectionError, read_corrections
from pipeline.engine import ahead, local, remote, unchanged
from pipeline.engine.batch import installed
from pipeline.engine.bounded import BatchReader
from pipeline.engine.child import Limits
from pipeline.engine.remote import list_raw
from pipeline.orchestration import checks
from pipeline.reading.reports.given import GivenError, read_given
from pipeline.runs.refresh import execute
from pipeline.runs.unchanged import tell_unchanged
from pipeline.settings import PROJECT, Settings
from pipeline.warehouse.store import damage
from pipeline.warehouse.store.damage import damage_note, is_noted
from pipeline.warehouse.store.state import LISTS
from pipeline.warehouse.store.work import open_work


@pytest.fixture(scope="module")
def small(dagster_home, tmp_path_factory):
    """A small raw folder, published without marts; one file of it can't be opened, then as now."""
    folder = tmp_path_factory.mktemp("unchanged")
    (folder / "models").mkdir()
    raw = write_raw(folder / "raw", plan=PLAN)
    (raw / "gone.txt").symlink_to("nowhere.txt")
    small = Settings(raw, folder / "warehouse" / "m.duckdb", folder / "models", lock_wait=0)
    assert execute(small).published
    return small


def mark(path):
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_nothing_changed_is_said_and_no_release_is_written(small, monkeypatch):
    before = mark(small.warehouse)
    assert "Nothing changed since release" in (tell_unchanged(small) or "")

    def looked(*_):
        raise AssertionError("a check was run though nothing changed")

    monkeypatch.setattr(checks, "run_checks", looked)
    outcome = execute(small)  # as the schedule does, so that Dagster knows how fresh the file is
    assert outcome.published and outcome.said["published/warehouse"]["unchanged"]
    assert mark(small.warehouse) == before


def test_a_refresh_that_changes_nothing_takes_less_than_two_seconds_of_its_own(small):
    """As it is typed: a process with its start, its imports and its look at the folder; three tries, for the
    first may find code that is not compiled yet."""
    code = (
        "import os, sys; from pathlib import Path; from pipeline import cli; from pipeline.settings import "
        "Settings; raw, warehouse, models = map(Path, sys.argv[1:]); cli.project_settings = lambda *_, **__: "
        "Settings(raw, warehouse, models, lock_wait=0); sys.argv[1:] = ['refresh']\n"
        "try: cli.main()\nfinally: print('dagster' in sys.modules, sum(os.times()[:4]))"
    )
    before, took = mark(small.warehouse), []
    for _ in range(3):
        command = [sys.executable, "-c", code, small.raw, small.warehouse, small.models]
        told = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
        assert "Nothing changed since release" in told.stdout, told.stderr
        imported, seconds = told.stdout.splitlines()[-1].split(" ")
        assert imported == "False", "Dagster costs two seconds to import"
        took.append(float(seconds))
        if took[-1] < 2:
            break
    assert min(took) < 2
    assert mark(small.warehouse) == before


@pytest.mark.landing
def test_a_published_file_that_is_not_as_it_was_written_is_published_anew(small, monkeypatch, subtests):
    """Where a block of a mart held other bytes, each refresh said that nothing had changed."""
    kept = small.warehouse.read_bytes()
    os.chmod(small.warehouse, 0o644)
    other = kept + b"?" * 1000  # where nothing reads it
    with subtests.test("it was touched and holds the same"):
        os.utime(small.warehouse)
        assert tell_unchanged(small)
        monkeypatch.setattr(unchanged, "see", None)
        assert tell_unchanged(small), "it was read again"
        monkeypatch.undo()
    with subtests.test("it was touched and holds other bytes"):
        small.warehouse.write_bytes(other)
        assert tell_unchanged(small) is None and is_noted(small.warehouse)
        monkeypatch.setattr(unchanged, "see", None)
        assert tell_unchanged(small) is None, "it was read again"
        monkeypatch.undo()
    damage_note(small.warehouse).unlink()
    with subtests.test("the disk lost bytes, which is seen within a day"):
        small.warehouse.write_bytes(kept)
        assert tell_unchanged(small)
        place = damage._place(small.warehouse)
        small.warehouse.write_bytes(other)
        monkeypatch.setattr(damage, "_place", lambda _: place)
        assert tell_unchanged(small)
        monkeypatch.setattr(damage, "DAY", 0)
        assert tell_unchanged(small) is None and is_noted(small.warehouse)
        monkeypatch.undo()
    small.warehouse.write_bytes(kept)
    with subtests.test("somebody met damage"):
        assert tell_unchanged(small) is None
    damage_note(small.warehouse).unlink()
    assert tell_unchanged(small)


@pytest.mark.landing
def test_whatever_changes_has_the_refresh_run(small, subtests):
    def differs(what: str, settings=small) -> None:
        with subtests.test(what):
            assert tell_unchanged(settings) is None

    with subtests.test("another run is at work"), open_work(small.work, "another"):
        assert tell_unchanged(small) is None
    differs("other limits", replace(small, file_seconds=5))
    (small.models / "marts").mkdir()
    (small.models / "marts" / "new.sql").write_text("select 1")
    from pipeline.engine.unchanged import _code_version

    _code_version.cache_clear()
    differs("another query")
    (small.models / "marts" / "new.sql").unlink()
    _code_version.cache_clear()
    write_raw(small.raw, third=PLAN)
    differs("a new file")
    (small.raw / "third.txt").unlink()
    assert tell_unchanged(small)
    (small.raw / "reports.csv").write_text("file,year\nplan.txt,2024\n")
    differs("a list")
    (small.raw / "reports.csv").unlink()
    kept = small.warehouse.read_bytes()
    small.warehouse.unlink()
    small.warehouse.write_bytes(b"no database" * 1000)
    differs("the published file is damaged")
    small.warehouse.write_bytes(kept)
    assert tell_unchanged(small)
    small.warehouse.unlink()
    differs("the published file is gone")
    small.warehouse.write_bytes(kept)


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_what_is_no_file_under_a_lists_name_ends_the_run_by_name(small, name):
    """A folder, pipe or dead link called corrections.csv counted as no list at all, in silence."""
    path = small.raw / name
    before = mark(small.warehouse)
    path.mkdir()
    assert tell_unchanged(small) is None
    outcome = execute(small)
    path.rmdir()
    assert not outcome.published and mark(small.warehouse) == before
    assert f"{name} is a folder, not a list: put a CSV file in its place" in outcome.reasons[0]


def test_a_pipe_or_a_dead_link_is_no_list_either(tmp_path):
    os.mkfifo(tmp_path / "corrections.csv")
    with pytest.raises(CorrectionError, match="is a device or pipe"):
        read_corrections(tmp_path)
    (tmp_path / "reports.csv").symlink_to("nowhere.csv")
    with pytest.raises(GivenError, match="is a link that leads nowhere"):
        read_given(tmp_path)


@pytest.mark.slow
def test_a_run_looks_through_the_raw_folder_once(small, monkeypatch):
    """Of 100,000 files the second look took a second."""
    looks = []

    def looking(*given):
        looks.append(given)
        return list_raw(*given)

    for place in (remote, unchanged):
        monkeypatch.setattr(place, "list_raw", looking)
    write_raw(small.raw, fourth=PLAN)
    assert execute(small).published
    assert len(looks) == 1


def test_an_environment_older_than_the_code_can_be_told_from_another():
    """A library that is not installed yet has no version, which ended a refresh behind its publication."""
    assert installed(("polars", "no-such-library")).endswith("no-such-library none")
    assert installed(("no-such-library",)) != installed(("polars",))


class Never(BatchReader):
    """One that is not asked."""

    def read(self, batch):
        raise AssertionError("it was read again")


@pytest.mark.landing
def test_what_the_command_saw_is_handed_to_the_run_that_follows_once(small, monkeypatch):
    """The folder of 100,000 reports was listed twice by each refresh by hand."""
    listed = []
    monkeypatch.setattr(unchanged, "list_raw", lambda *words: listed.append(words) or list_raw(*words))
    (small.raw / "more.txt").write_text("关于2023年工作的报告\n全县有低保对象1200人。\n", encoding="utf-8")
    assert tell_unchanged(small, then_run=True) is None
    assert len(listed) == 1 and ahead.is_begun()
    monkeypatch.setattr(local, "BatchReader", Never)
    assert execute(small).published and len(listed) == 1 and not ahead.is_begun()
    with duckdb.connect(str(small.warehouse), read_only=True) as con:
        assert con.execute("SELECT 1 FROM core.documents WHERE file_name = 'more.txt'").fetchall()
    (small.raw / "more.txt").unlink()
    monkeypatch.undo()
    assert execute(small).published


def test_what_was_begun_and_is_asked_otherwise_is_let_go(small):
    """The file changed meanwhile, or its limits did: what was read of it then is not what is asked now."""
    batch = remote.list_raw(small, None)[:1]
    for raw, limits, asked in (
        (small.raw, Limits(), batch.with_columns(sha256=pl.lit("0" * 64))),
        (small.raw, Limits(megabytes=999), batch),
        (small.raw.parent, Limits(), batch),
    ):
        ahead.begin(small.raw, Limits(), batch)
        assert ahead.take(raw, limits, asked) is None and not ahead.is_begun()
    ahead.begin(small.raw, Limits(), batch)
    frames = ahead.take(small.raw, Limits(), batch)
    assert frames and frames.result()["state.files"]["file_name"].to_list() == batch["file_name"].to_list()
    ahead.begin(small.raw, Limits(), batch[:0])
    assert ahead.is_begun() and ahead.take(small.raw, Limits(), batch) is None
