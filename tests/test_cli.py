"""The commands that other programs rely on: what they print, and with which status they end."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from conftest import write_raw

from pipeline.cli import main
from pipeline.commands.own import START
from pipeline.reading.files.listing import list_files
from pipeline.settings import PROJECT, dagster_home, project_settings
from pipeline.warehouse.store.work import storage_version


def run(*args: object):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def where(settings) -> tuple[str, Path, str, Path]:
    return "--raw", settings.raw, "--warehouse", settings.warehouse


@pytest.fixture
def without_marts(settings, dagster_home, tmp_path, monkeypatch):
    """The small raw folder, and a command line that makes no marts of it: a refresh takes a second."""
    (tmp_path / "models").mkdir()
    small = replace(settings, models=tmp_path / "models")
    monkeypatch.setattr("pipeline.cli.project_settings", lambda *_, **__: small)
    return small


def test_refresh_ends_with_a_summary_of_what_was_done(without_marts):
    settings = without_marts
    write_raw(settings.raw, empty="")
    (settings.raw / "red\x1b[31m\n.txt").write_text("")
    done = run("refresh", *where(settings))
    assert done.exit_code == 0, done.output
    for words in (
        "files      4 new",
        "refused    2 files",
        "empty.txt, red␛[31m⏎.txt",
        "extracted  2 reports",
        "published  ",
    ):
        assert words in done.output
    assert f'minzheng query --warehouse {settings.warehouse} "FROM marts.' in done.output
    assert f"MINZHENG_WAREHOUSE={settings.warehouse} " in done.output
    again = run("refresh", *where(settings))
    assert again.exit_code == 0, again.output
    assert "files      4 unchanged" in again.output
    assert "\x1b" not in done.output + again.output + run("status", *where(settings)).output


@pytest.mark.slow
def test_refresh_without_a_folder_or_a_file_names_the_path_and_keeps_the_last_publication(
    settings, dagster_home, tmp_path
):
    settings.warehouse.parent.mkdir()
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("CREATE SCHEMA meta; CREATE TABLE meta.release (release_id VARCHAR)")
    last = settings.warehouse.read_bytes()
    for path, words in (
        (tmp_path / "nowhere", "no folder of raw files at"),
        (tmp_path / "bare", "No file stands in"),
    ):
        if path.name == "bare":
            path.mkdir()
        done = run("refresh", "--raw", path, "--warehouse", settings.warehouse)
        assert done.exit_code == 1
        assert words in done.output and str(path) in done.output and "Nothing was published." in done.output
        assert f"{settings.warehouse} stands as it was." in done.output
    assert settings.warehouse.read_bytes() == last


@pytest.mark.landing
def test_refresh_of_files_that_cannot_be_used_publishes_nothing_and_status_tells_why(without_marts):
    settings = without_marts
    for path in settings.raw.iterdir():
        path.write_text("")
    done = run("refresh", *where(settings))
    assert done.exit_code == 1 and "None of the 2 files" in done.output
    assert not settings.warehouse.exists()
    told = run("status", *where(settings))
    assert told.exit_code == 1
    assert f"published  nothing at {settings.warehouse}" in told.output
    assert "last run   failure" in told.output and "None of the 2 files" in told.output


@pytest.mark.slow
def test_a_refresh_says_its_own_words_and_none_of_its_libraries(settings, tmp_path):
    """On standard error where it stands, on standard output what came of it; no warnings, no leaks told at
    the end of the process."""
    env = {**os.environ, "DAGSTER_HOME": str(tmp_path / "home")}
    minzheng = Path(sys.prefix) / "bin" / "minzheng"
    command = [minzheng, "refresh", *map(str, where(settings))]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stderr
    stage = re.compile(r"reading    /.*| *\d+\.\d s  [a-z0-9 ]+")
    assert [line for line in done.stderr.splitlines() if not stage.fullmatch(line)] == []
    assert done.stderr.splitlines()[0] == f"reading    {settings.raw}"
    heads = {line.split(" ")[0] for line in done.stdout.splitlines()} - {""}
    assert {"files", "extracted", "flagged", "marts", "published", "look"} <= heads
    assert heads <= {
        "files",
        "refused",
        "extracted",
        "flagged",
        "tables",
        "unplaced",
        "marts",
        "published",
        "look",
    }


def test_the_ui_opens_on_the_runs_of_the_command_line(refreshed):
    """Its timeline shows runs of a code location alone, and that by the name in workspace.yaml."""
    from pipeline.orchestration.instance import open_instance

    with open_instance() as instance:
        run = instance.get_run_by_id(refreshed.run_id)
    named = [START / "workspace.yaml", PROJECT / "workspace.yaml"]
    location = run.remote_job_origin.repository_origin.code_location_origin.location_name
    assert all(f"location_name: {location}\n" in path.read_text("utf-8") for path in named)


def test_the_published_file_opens_in_the_oldest_version_that_keeps_all_of_it(refreshed):
    with duckdb.connect(str(refreshed.settings.warehouse), read_only=True) as con:
        assert storage_version(con).startswith("v1.2.")
        bare = con.sql("SELECT column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL")
        assert bare.fetchall() == []


@pytest.mark.landing
def test_refresh_is_told_which_run_holds_the_work_file(settings, dagster_home, monkeypatch):
    from pipeline.warehouse.store.work import open_work

    monkeypatch.setattr("pipeline.cli.project_settings", lambda *_, **__: settings)
    with open_work(settings.work, "run-4711"):
        done = run("refresh")
    assert done.exit_code == 1
    assert "is held by run run-4711 (process " in done.output


def test_query_prints_rows_in_three_forms(refreshed):
    sql = "SELECT file_name, year FROM core.reports JOIN core.documents USING (document_id) ORDER BY year"
    target = ("query", "--warehouse", refreshed.settings.warehouse)
    assert run(*target, "--format", "csv", sql).output == "file_name,year\nsummary.txt,2023\nplan.txt,2024\n"
    lines = run(*target, "--format", "json", sql).output.splitlines()
    assert json.loads(lines[1]) == {"file_name": "plan.txt", "year": 2024}
    table = run(*target, sql).output
    assert "summary.txt" in table and table.endswith("2 rows\n")


def test_query_export_and_site_without_a_publication_say_what_to_do(tmp_path):
    missing = tmp_path / "no.duckdb"
    for command in (("query", "SELECT 1"), ("site", "--to", tmp_path), ("export", "--to", tmp_path)):
        done = run(command[0], "--warehouse", missing, *command[1:])
        assert done.exit_code == 1
        assert f"nothing is published at {missing}; run `" in done.output
        assert f"minzheng refresh --warehouse {missing}` first" in done.output


def test_what_is_written_into_the_raw_folder_is_refused_or_left_out_by_the_next_refresh(
    refreshed, tmp_path, monkeypatch
):
    raw = tmp_path / "raw"
    (raw / "2023").mkdir(parents=True)
    (raw / "2023" / "a.txt").write_text("全县共有低保对象3012人。", encoding="utf-8")
    monkeypatch.setenv("MINZHENG_RAW", str(raw))
    target = ("--warehouse", refreshed.settings.warehouse)
    ask = ("query", *target, "--format", "csv", "SELECT 1 AS n", "--to")
    for command in (
        (*ask, raw / "n.csv"),
        ("export", *target, "--panel", "--format", "csv", "--to", raw / "2023"),
    ):
        done = run(*command)
        assert done.exit_code == 1 and "lies among the reports" in done.output, done.output
    assert run(*ask, raw / "corrections.csv").exit_code == 0  # a list of the user's
    for _ in range(2):
        assert run("export", *target, "--panel", "--format", "csv", "--to", raw / "made").exit_code == 0
    assert list_files(raw)["file_name"].to_list() == ["2023/a.txt"]


@pytest.mark.landing
def test_export_and_site_write_files_or_say_why_not(refreshed, tmp_path):
    target = ("--warehouse", refreshed.settings.warehouse, "--to")
    done = run("export", *target, tmp_path / "out", "--format", "parquet")
    assert done.exit_code == 0 and list((tmp_path / "out").rglob("*.parquet"))
    one = run("export", *target, tmp_path / "book", "--format", "xlsx")
    assert one.output == f"1 file is in {tmp_path / 'book'}\n"
    assert run("export", *target, tmp_path / "dta", "--format", "dta", "--format", "stata").exit_code == 0
    assert (tmp_path / "dta" / "stata" / "panel.dta").is_file()
    assert run("site", *target, tmp_path / "site").exit_code == 0
    assert (tmp_path / "site" / "index.html").is_file()


@pytest.mark.landing
def test_status_tells_what_is_published_pending_and_refused(refreshed, tmp_path):
    told = run("status", *where(refreshed.settings))
    assert told.exit_code == 0, told.output
    for words in (
        "published  ",
        "age        ",
        "refused    1 file",
        "pending    nothing of 3 files",
        "success",
    ):
        assert words in told.output
    # Of a file elsewhere the folder that it was made from counts, not that of the folder where we stand.
    told = run("status", "--warehouse", refreshed.settings.warehouse)
    assert f"nothing of 3 files in {refreshed.settings.raw}" in told.output
    raw = write_raw(tmp_path / "raw", summary="另一份。", more="又一份。")
    told = run("status", "--raw", raw, "--warehouse", refreshed.settings.warehouse)
    assert "pending    1 new, 1 changed, 2 removed of 2 files" in told.output


@pytest.mark.landing
def test_status_says_when_everything_will_be_read_again(refreshed, monkeypatch):
    assert "read again" not in run("status", *where(refreshed.settings)).output
    monkeypatch.setattr("pipeline.engine.batch.extractor_version", lambda: "newer")
    assert "and all are read again" in run("status", *where(refreshed.settings)).output


@pytest.fixture
def run_of(settings, dagster_home):
    """A run of these settings as the instance remembers it, in a status and by a process."""
    import dagster as dg

    from pipeline.definitions import build_defs
    from pipeline.orchestration.instance import PROCESS_TAG, WAREHOUSE_TAG, open_instance

    with open_instance() as instance:
        runs = []

        def begun(process: str, status: str = "STARTED") -> str:
            job = build_defs(settings).resolve_job_def("refresh")
            tags = {PROCESS_TAG: process, WAREHOUSE_TAG: str(settings.warehouse)}
            runs.append(
                instance.create_run_for_job(job, status=dg.DagsterRunStatus[status], tags=tags).run_id
            )
            return runs[-1]

        yield begun
        for run_id in runs:
            instance.delete_run(run_id)


@pytest.mark.slow
def test_status_tells_of_a_run_at_work_of_one_that_waits_and_of_one_that_was_killed(settings, run_of):
    from pipeline.orchestration.instance import process_tag

    (process,) = process_tag().values()
    working = run_of(process)
    told = run("status", *where(settings)).output
    assert "last run   started" in told and working in told
    assert f"opening it, process {process.rpartition(':')[2]}" in told
    run_of(process, "NOT_STARTED")
    assert "is dagster-daemon running?" in run("status", *where(settings)).output
    killed = run_of(f"{process.rpartition(':')[0]}:999999999")
    told = run("status", *where(settings)).output
    assert "last run   failure" in told and killed in told
    assert "was killed" in told and "Refresh again" in told and "without saying why" not in told


def test_an_instance_that_cannot_be_opened_is_named(refreshed, tmp_path, monkeypatch):
    (tmp_path / "dagster.yaml").write_text("storage:\n  postgres: {postgres_url: nowhere}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    told = run("status", *where(refreshed.settings))
    assert told.exit_code == 0 and "published  " in told.output
    assert f"last run   not known: the Dagster instance in {tmp_path} cannot be used" in told.output
    told = run("refresh", *where(refreshed.settings))
    assert told.exit_code == 0, "a release is published without Dagster's history"


def test_status_of_a_file_from_the_future_doubts_the_clock():
    from pipeline.runs.status import _age

    ages = [_age(seconds) for seconds in (-90000, 5, 61, 7200, 100000, 200000)]
    assert "clock" in ages[0]
    assert ages[1:] == ["less than a minute", "1 minute", "2 hours", "27 hours", "2 days"]


@pytest.mark.slow
def test_many_refused_files_share_one_line_of_advice(settings, dagster_home):
    write_raw(settings.raw, **{f"empty{number}": "" for number in range(7)})
    (settings.raw / "old.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    told = run("refresh", *where(settings)).output
    assert told.count("The file has no content (0 bytes).") == 1
    assert "7 empty: The file has no content" in told
    assert "empty0.txt, empty1.txt, empty2.txt, empty3.txt, empty4.txt and 2 more" in told
    assert "old.doc: " in told


def test_paths_come_from_options_then_environment_then_the_project(tmp_path):
    env = {"MINZHENG_RAW": str(tmp_path / "env"), "DAGSTER_HOME": str(tmp_path / "home")}
    assert project_settings(env={}).raw == PROJECT / "raw"
    assert project_settings(env=env).raw == tmp_path / "env"
    assert project_settings(raw=tmp_path / "given", env=env).raw == tmp_path / "given"
    logs = {"MINZHENG_LOG": "json"}
    assert project_settings(env=logs).log_format == "json"
    assert project_settings(env=logs, log_format="text").log_format == project_settings(env={}).log_format
    assert project_settings(env={}).work.parent == project_settings(env={}).warehouse.parent
    assert dagster_home(env) == tmp_path / "home" and (tmp_path / "home").is_dir()


def test_query_and_help_do_not_wait_for_dagster():
    code = (
        "import sys, pipeline.cli; import pipeline.warehouse.publish.query; print('dagster' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert told.stdout.strip() == "False"
