"""Schedule and sensor: both run by default; content decides, and a folder must have settled."""

import json
import subprocess
from datetime import UTC, datetime

import dagster as dg
import pytest

from pipeline.definitions import build_defs
from pipeline.engine.batch import extractor_version
from pipeline.orchestration.automation import build_fetch_schedule, build_schedule, build_sensor
from pipeline.orchestration.instance import PROCESS_TAG, process_tag, runs_in_progress
from pipeline.orchestration.notify import tell_of_failed_runs


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


class Ticks:
    """A sensor that is looked at again and again, with the cursor that it left."""

    def __init__(self, settings, instance):
        self.sensor, self.instance, self.cursor = build_sensor(settings), instance, None

    def tick(self) -> dg.RunRequest | str:
        """The run asked for, or the reason why none was."""
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor)
        said = self.sensor(context)
        if isinstance(said, dg.SkipReason):
            return said.skip_message
        self.cursor = said.cursor
        return said.run_requests[0] if said.run_requests else said.skip_reason.skip_message


def test_a_new_folder_is_asked_for_once_it_has_settled(settings, instance):
    ticks = Ticks(settings, instance)
    assert "waiting until they settle" in ticks.tick()
    assert ticks.tick().run_key
    assert ticks.tick() == "Nothing changed in the 2 files since the last request."


def test_times_change_nothing_and_content_does(settings, instance):
    ticks = Ticks(settings, instance)
    ticks.tick(), ticks.tick()
    plan = settings.raw / "plan.txt"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    assert "Nothing changed" in ticks.tick()
    plan.write_text(text + "3.再新建1家。\n", encoding="utf-8")
    assert "waiting" in ticks.tick()
    plan.write_text(text + "3.再新建10家。\n", encoding="utf-8")  # still being written
    assert "waiting" in ticks.tick()
    assert isinstance(ticks.tick(), dg.RunRequest)


def test_a_folder_that_goes_back_to_an_earlier_state_is_asked_for_again(settings, instance):
    ticks = Ticks(settings, instance)
    extra = settings.raw / "extra.txt"
    keys = []
    for change in (lambda: None, lambda: extra.write_text("一件事。", encoding="utf-8"), extra.unlink):
        change()
        assert "waiting" in ticks.tick()
        keys.append(ticks.tick().run_key)
    assert len(set(keys)) == 3


def test_a_changed_list_of_corrections_counts(settings, instance):
    ticks = Ticks(settings, instance)
    ticks.tick(), ticks.tick()
    (settings.raw / "corrections.csv").write_text("document,span\n", encoding="utf-8")
    ticks.tick()
    assert isinstance(ticks.tick(), dg.RunRequest)


def test_no_folder_and_no_file_are_reasons_to_skip(settings, instance):
    for path in settings.raw.iterdir():
        path.unlink()
    assert Ticks(settings, instance).tick() == f"No file stands in {settings.raw}."
    settings.raw.rmdir()
    assert Ticks(settings, instance).tick() == f"There is no folder of raw files at {settings.raw}."


def test_what_is_published_already_is_not_asked_for(refreshed, instance):
    ticks = Ticks(refreshed.settings, instance)
    ticks.tick()
    assert ticks.tick() == "The 3 files are published already."
    assert json.loads(ticks.cursor)["requested"]


def test_a_newer_extractor_is_asked_for(refreshed, instance, monkeypatch):
    monkeypatch.setattr(
        "pipeline.orchestration.automation.extractor_version", lambda: extractor_version() + "x"
    )
    ticks = Ticks(refreshed.settings, instance)
    ticks.tick()
    assert isinstance(ticks.tick(), dg.RunRequest)


def started_run(instance, settings, tags):
    job = build_defs(settings).resolve_job_def("refresh")
    return instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags=tags)


def test_a_run_in_progress_is_waited_for(settings, instance):
    run = started_run(instance, settings, process_tag())
    ticks = Ticks(settings, instance)
    ticks.tick()
    assert ticks.tick() == f"The 2 files changed, but run {run.run_id} is still in progress."
    instance.report_run_canceled(run)
    assert isinstance(ticks.tick(), dg.RunRequest)


def test_a_run_whose_process_was_killed_is_marked_and_not_waited_for(settings, instance):
    host = process_tag()[PROCESS_TAG].partition(":")[0]
    run = started_run(instance, settings, {PROCESS_TAG: f"{host}:999999999"})
    assert runs_in_progress(instance) == []
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE


def test_both_run_by_default_and_the_schedule_keeps_chinese_time(settings):
    schedule, sensor = build_schedule(), build_sensor(settings)
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert schedule.job_name == sensor.job_name == "refresh"
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 1, 1, 22, tzinfo=UTC))
    assert schedule.evaluate_tick(context).run_requests
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 6 * * *", "Asia/Shanghai")


def test_nothing_is_fetched_until_somebody_turns_the_schedule_on():
    assert build_fetch_schedule().default_status == dg.DefaultScheduleStatus.STOPPED


def test_a_failed_run_calls_the_program_that_is_named(settings, instance, tmp_path, monkeypatch):
    run = started_run(instance, settings, {})
    instance.report_run_failed(run, "the disk is full")
    (event,) = [
        entry.dagster_event
        for entry in instance.all_logs(run.run_id)
        if entry.dagster_event and entry.dagster_event.is_failure
    ]

    def tell():
        context = dg.build_run_status_sensor_context(
            "tell_of_failed_runs", event, instance, instance.get_run_by_id(run.run_id)
        )
        tell_of_failed_runs(context.for_run_failure())

    tell()  # no program: it is logged
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n(echo $MINZHENG_JOB $MINZHENG_RUN; cat) > {tmp_path}/told\n")
    program.chmod(0o700)
    monkeypatch.setenv("MINZHENG_ON_FAILURE", str(program))
    tell()
    assert (tmp_path / "told").read_text() == f"refresh {run.run_id}\nthe disk is full"
    program.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises((subprocess.CalledProcessError, dg.DagsterError)):
        tell()
