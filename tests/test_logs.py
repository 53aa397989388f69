"""What a run says on standard error: little as text, or a line of JSON for each event."""

import json
import logging
from dataclasses import replace

import pytest

from pipeline.cli import main
from pipeline.definitions import build_defs
from pipeline.orchestration.instance import open_instance
from pipeline.runs.refresh import execute
from pipeline.settings import Settings


@pytest.fixture
def small(raw, tmp_path, dagster_home):
    """The small raw folder with a file that is refused, and no marts."""
    (raw / "empty.txt").write_bytes(b"")
    (tmp_path / "models").mkdir()
    return Settings(raw, tmp_path / "m.duckdb", tmp_path / "models", lock_wait=0)


def lines(said: str) -> list[dict]:
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.slow
def test_json_is_a_line_an_event_with_run_and_step(small, capsys):
    outcome = execute(replace(small, log_format="json"), "INFO")
    assert outcome.published
    told = lines(capsys.readouterr().err)
    assert {line["run"] for line in told} == {outcome.run_id}
    assert all(line["time"].endswith("Z") and line["message"] for line in told)
    assert [told[0]["event"], told[-1]["event"]] == ["RUN_START", "RUN_SUCCESS"]
    done = [line["step"] for line in told if line.get("event") == "STEP_SUCCESS"]
    assert len(done) == len(set(done)) and "read_and_extract" in done
    said = [line for line in told if line.get("step") == "read_and_extract"]
    assert [line["message"] for line in said].count("read 3 of 3 files") == 1
    refused = [line for line in said if line["level"] == "WARNING"]
    assert len(refused) == 1 and "empty.txt" in refused[0]["message"]


@pytest.mark.slow
def test_a_file_that_breaks_extraction_is_a_field_of_its_line(small, capsys, monkeypatch):
    from pipeline.engine.bounded import BatchReader
    from pipeline.engine.child import Failed

    read = BatchReader.read_whole

    def broken(self, raw, manifest):
        if "plan.txt" in manifest["file_name"]:
            raise Failed("ValueError: no such luck", "")
        return read(self, raw, manifest)

    monkeypatch.setattr(BatchReader, "read_whole", broken)
    execute(replace(small, log_format="json"), "INFO")
    told = [line for line in lines(capsys.readouterr().err) if line.get("file")]
    assert {(line["file"], line["level"]) for line in told} == {
        ("plan.txt", "WARNING"),
        ("empty.txt", "WARNING"),
    }
    assert "no such luck" in next(line["message"] for line in told if line["file"] == "plan.txt")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_run_of_the_daemon_is_quiet_and_speaks_as_its_settings_say(small, capsys, form):
    with open_instance() as instance:
        done = (
            build_defs(replace(small, log_format=form))
            .resolve_job_def("refresh")
            .execute_in_process(instance=instance)
        )
    assert done.success
    said = capsys.readouterr().err
    if form == "json":
        assert lines(said)[-1]["event"] == "RUN_SUCCESS"
    else:
        assert len(said.splitlines()) == 1 and "WARNING" in said and "empty.txt" in said


def test_a_failed_run_tells_why_in_one_line_and_the_command_prints_nothing_but_json(
    small, capsys, monkeypatch
):
    monkeypatch.setattr(
        "pipeline.cli.project_settings", lambda *_, log_format, **__: replace(small, log_format=log_format)
    )
    for path in small.raw.iterdir():
        path.write_text("")
    with pytest.raises(SystemExit) as end:
        main(["refresh", "--log-format", "json"])
    assert end.value.code == 1
    told = [line for line in lines(capsys.readouterr().err) if line["level"] == "ERROR"]
    assert told[0]["event"] == "STEP_FAILURE" and "None of the " in told[0]["message"]
    assert told[-1]["event"] == "RUN_FAILURE" and len(told) == 2


@pytest.mark.landing
def test_waiting_for_another_run_is_said_even_where_little_is(small, capsys):
    from pipeline.warehouse.store.work import open_work

    with open_work(small.work, "run-1"):
        execute(replace(small, lock_wait=0.01))
    assert "waiting for run run-1" in capsys.readouterr().err
    assert logging.getLogger("pipeline").propagate


@pytest.mark.landing
def test_a_run_that_was_stopped_says_so(small, monkeypatch):
    from pipeline.engine.bounded import BatchReader

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(BatchReader, "read_whole", stopped)
    assert execute(small).reasons == [
        "The run was stopped from outside; what it had read is kept. Refresh again."
    ]
