"""Dagster's own folder: kept small; whatever befalls it costs its memory of a run, not the publication."""

import builtins
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import dagster as dg
import pytest
import sqlalchemy as db
from conftest import without_stages, write_raw
from faults_lab import Child, last_run, number_of_runs, refresh

from pipeline.orchestration import instance as instance_module
from pipeline.orchestration.failures import STOPPED, step_reason
from pipeline.orchestration.history import kept_open
from pipeline.orchestration.instance import (
    CONFIG,
    FETCH_JOB,
    JOB,
    NOTE,
    PROCESS_TAG,
    open_instance,
    prepare_home,
    process_tag,
    runs_in_progress,
)
from pipeline.orchestration.origin import shown_in_timeline
from pipeline.orchestration.retention import forget_lost_homes, forget_old_runs
from pipeline.runs.refresh import execute, run_refresh


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A Dagster instance of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "dagster.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    return folder


@pytest.fixture
def small(settings, tmp_path):
    (tmp_path / "models").mkdir()
    return replace(settings, models=tmp_path / "models")


def spoil(home, how: str) -> None:
    if how == "corrupt":
        for path in (home / "history" / "runs.db", home / "history" / "runs" / "index.db"):
            path.write_bytes(b"no database" * 1000)
    elif how == "of another version":
        for path in (home / "history" / "runs.db", home / "history" / "runs" / "index.db"):
            with sqlite3.connect(path) as con:
                con.execute("UPDATE alembic_version SET version_num = 'of the future'")
                for (table,) in con.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('runs', 'event_logs')"
                ).fetchall():
                    con.execute(f"ALTER TABLE {table} RENAME TO {table}_of_the_future")
    elif how == "a file":
        home.rename(home.with_name("moved"))
        home.write_text("")


@pytest.mark.landing
@pytest.mark.parametrize(
    "how",
    ["corrupt", *(pytest.param(how, marks=pytest.mark.slow) for how in ("of another version", "a file"))],
)
def test_a_home_that_cannot_be_used_is_told_in_one_line_and_the_release_is_published(
    small, home, how, capsys
):
    with open_instance() as instance:
        instance.get_latest_materialization_event(dg.AssetKey("opened"))
    spoil(home, how)
    assert run_refresh(small)
    told = capsys.readouterr()
    said = [line for line in without_stages(told.err) if line.strip() and "refused" not in line]
    assert len(said) == 1 and said[0].startswith("Dagster will not remember this run: "), told.err
    assert str(home) in said[0] and "Traceback" not in told.err
    assert small.warehouse.is_file()


def test_a_new_home_sends_nothing_out_and_one_that_is_in_use_keeps_its_settings(tmp_path, monkeypatch):
    new, used = tmp_path / "new", tmp_path / "used"
    for folder in (new, used):
        folder.mkdir()
    (used / "history").mkdir()
    for folder in (new, used):
        monkeypatch.setenv("DAGSTER_HOME", str(folder))
        prepare_home()
    assert "enabled: false" in (new / "dagster.yaml").read_text()
    assert not (used / "dagster.yaml").exists()


@pytest.mark.landing
def test_old_runs_are_deleted_with_their_files_but_never_the_last_that_succeeded(home):
    @dg.job(name=JOB)
    def job():
        @dg.op
        def step(context):
            if context.run.tags.get("fail"):
                raise ValueError

        step()

    def runs(instance) -> list[str]:
        return instance.get_run_ids(dg.RunsFilter(job_name=JOB))

    with open_instance() as instance:
        first = job.execute_in_process(instance=instance).run_id
        for _ in range(4):
            job.execute_in_process(instance=instance, raise_on_error=False, tags={"fail": "yes"})
        before = runs(instance)
        assert forget_old_runs(instance, 2) == 2
        assert runs(instance) == [*before[:2], first]
        shards = {path.stem for path in (home / "history" / "runs").glob("*.db")} - {"index"}
        assert shards == {*before[:2], first}


@pytest.mark.landing
def test_runs_of_each_job_are_deleted_but_the_last_of_each_that_succeeded_and_those_of_others(home):
    def run(name: str, **tags: str) -> str:
        @dg.job(name=name)
        def job():
            dg.op(name="step")(lambda: None)()

        return job.execute_in_process(instance=instance, tags=tags).run_id

    with open_instance() as instance:
        others = run("theirs"), run("__ASSET_JOB")
        run(FETCH_JOB)
        fetched, picked = run(FETCH_JOB), run("__ASSET_JOB", **process_tag())
        refreshed = [run(JOB) for _ in range(3)]
        assert forget_old_runs(instance, 2) == 2
        assert set(instance.get_run_ids()) == {*others, fetched, picked, *refreshed[1:]}


@pytest.mark.landing
def test_a_fetch_that_was_killed_is_marked_and_no_refresh_waits_for_one(home):
    @dg.job(name=FETCH_JOB)
    def job():
        dg.op(name="step")(lambda: None)()

    host = process_tag()[PROCESS_TAG].partition(":")[0]
    with open_instance() as instance:
        started = dg.DagsterRunStatus.STARTED
        dead, alive = (
            instance.create_run_for_job(job, status=started, tags=tags).run_id
            for tags in ({PROCESS_TAG: f"{host}:999999999"}, process_tag())
        )
        assert runs_in_progress(instance) == []
        assert instance.get_run_by_id(dead).status == dg.DagsterRunStatus.FAILURE
        assert instance.get_run_by_id(alive).status == started


def test_the_history_of_a_warehouse_that_is_gone_is_removed_when_nobody_has_it_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minzheng.toml").write_text("")
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    names = ("gone", "kept", "working", "renamed", "unnoted", "new", "open")
    homes = {name: prepare_home(tmp_path / name / "m.duckdb") for name in names}
    folder = homes["gone"].parent
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "m.duckdb").touch()
    (tmp_path / "working").mkdir()
    (tmp_path / "working" / "m.work.duckdb").touch()
    homes["renamed"] = homes["renamed"].rename(folder / "somebody's own")
    (homes["unnoted"] / NOTE).unlink()
    (folder / "link").symlink_to(homes["gone"])
    long_ago = time.time() - 31 * 24 * 3600
    for name in set(homes) - {"new"}:
        for path in (*homes[name].rglob("*"), homes[name]):
            os.utime(path, (long_ago, long_ago))
    with (homes["open"] / NOTE).open():
        assert forget_lost_homes(folder) == [homes["gone"]]
    assert not homes["gone"].exists() and all(homes[name].is_dir() for name in names[1:])


def test_a_stop_during_a_statement_is_a_stop():
    told = SimpleNamespace(cls_name="RuntimeError", message="RuntimeError: Query interrupted\n", cause=None)
    event = SimpleNamespace(step_failure_data=SimpleNamespace(user_failure_data=None, error=told))
    assert step_reason(event) == STOPPED


@pytest.mark.slow
def test_a_run_that_is_stopped_is_canceled_and_the_next_one_goes_on(small, home):
    write_raw(
        small.raw,
        **{f"more{i}": "青田县民政局2023年工作总结\n全县共有低保对象5人。\n" * 4000 for i in range(9)},
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        child = Child(small, {"MODELS": str(small.models), "WITH_DAGSTER": "1"})
        runs = number_of_runs(small)
        child.go()
        while number_of_runs(small) == runs:  # however long the process takes to begin one
            assert child.process.poll() is None, child.end()
            time.sleep(0.2)
        os.kill(child.process.pid, number)
        code, said = child.end()
        assert code != 0 and "The run was stopped from outside" in said, said
        assert last_run(small)[0] == "CANCELED"
    assert refresh(small, {"MODELS": str(small.models), "WITH_DAGSTER": "1"})[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("size", ["300k", "700k", "1100k", "1400k"])
def test_a_home_whose_disk_fills_up_blocks_no_publication(small, home, size, capsys):
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(home)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        (home / "dagster.yaml").write_text(CONFIG, encoding="utf-8")
        assert run_refresh(small)
        told = capsys.readouterr().err
        assert "Dagster will not remember this run" in told and "Traceback" not in told, told
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


@pytest.mark.slow
def test_a_home_whose_database_is_locked_blocks_no_publication(small, home, capsys):
    assert execute(small).published
    write_raw(small.raw, more="青田县民政局2022年工作总结\n全县共有低保对象7人。\n")
    lock = sqlite3.connect(home / "history" / "runs.db")
    lock.execute("BEGIN EXCLUSIVE")
    assert run_refresh(small)
    assert "Dagster will not remember this run" in capsys.readouterr().err
    lock.close()


def test_each_warehouse_has_a_history_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minzheng.toml").write_text("")
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    own = prepare_home(tmp_path / "warehouse" / "minzheng.duckdb")
    monkeypatch.setenv("DAGSTER_HOME", str(own))  # as what Dagster starts finds it
    others = {prepare_home(tmp_path / name / "m.duckdb") for name in ("a", "b")}
    assert own == tmp_path / ".dagster" and len(others) == 2 and own not in others
    assert all((home / "dagster.yaml").read_text() == CONFIG for home in (own, *others))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "elsewhere"))  # whoever names one means it
    assert prepare_home(tmp_path / "a" / "m.duckdb") == tmp_path / "elsewhere"


@pytest.mark.landing
def test_a_later_dagster_without_its_private_names_runs_all_the_same(home, monkeypatch, caplog):
    real = builtins.__import__

    def without_private(name, globals=None, *more):
        if name.startswith("dagster._") and (globals or {}).get("__name__", "").startswith("pipeline."):
            raise ImportError(f"no {name}")
        return real(name, globals, *more)

    job = dg.GraphDefinition(name=JOB).to_job()
    with open_instance() as instance:
        monkeypatch.setattr(builtins, "__import__", without_private)
        with caplog.at_level("INFO", "minzheng"), kept_open(instance), shown_in_timeline(instance, JOB):
            for _ in range(3):
                assert job.execute_in_process(instance=instance).success
            assert forget_old_runs(instance, 1) == 2
            assert len(instance.get_run_ids()) == 1
    told = [record.getMessage() for record in caplog.records if record.name == "minzheng"]
    assert len(told) == 3, told


def test_settings_of_the_instance_name_nothing_that_dagster_has_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(instance_module, "home_folder", lambda: tmp_path)
    monkeypatch.setattr(instance_module, "dagster_home", lambda **_: tmp_path / ".dagster")
    (tmp_path / ".dagster").mkdir()
    config = prepare_home() / "dagster.yaml"
    assert config.read_text() == CONFIG
    monkeypatch.setattr(instance_module, "find_spec", lambda _: None)
    assert "compute_logs" not in (prepare_home() / "dagster.yaml").read_text()


@pytest.mark.landing
def test_a_run_opens_the_databases_of_its_history_a_few_times_and_not_for_each_event(home):
    steps = 20

    @dg.job(name=JOB)
    def job():
        for number in range(steps):
            dg.op(name=f"step{number}")(lambda: None)()

    opened = []

    def told(*_):
        opened.append(1)

    with open_instance() as instance, kept_open(instance):
        job.execute_in_process(instance=instance)  # a new home's tables are made
        db.event.listen(db.pool.Pool, "connect", told)
        try:
            run = job.execute_in_process(instance=instance).run_id
        finally:
            db.event.remove(db.pool.Pool, "connect", told)
    assert len(opened) < steps
    with open_instance() as instance:
        kinds = Counter(entry.dagster_event_type for entry in instance.all_logs(run) if entry.dagster_event)
        assert kinds[dg.DagsterEventType.STEP_SUCCESS] == steps
        assert instance.get_run_by_id(run).status is dg.DagsterRunStatus.SUCCESS
