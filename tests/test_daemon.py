"""A real Dagster daemon on an instance of its own: schedule and sensor each publish.

Takes minutes, so it runs in CI and on demand: `pytest -m slow tests/test_daemon.py`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest
from conftest import PLAN, SUMMARY, write_raw
from faults_lab import published

from pipeline.orchestration.instance import CONFIG
from pipeline.settings import PROJECT

PATIENCE = 900  # seconds that each publication may take on a busy machine
CODE = """
import dagster as dg
from pathlib import Path
import pipeline.orchestration.automation as automation
from pipeline.definitions import build_defs
from pipeline.settings import Settings


automation.INTERVAL_SECONDS = 5  # nor can it look once a minute only


def location():
    whole = build_defs(Settings(Path({raw!r}), Path({warehouse!r}), lock_wait=600))
    if not {minutes}:
        return whole
    # The same job on another clock: a test cannot wait for six in the morning.
    ticking = dg.ScheduleDefinition(
        name="ticking", job_name="refresh", cron_schedule="*/{minutes} * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return dg.Definitions(
        assets=whole.assets, jobs=whole.jobs, schedules=[ticking], resources=whole.resources,
        sensors=whole.sensors if {sensor} else [], loggers=whole.loggers, executor=whole.executor,
    )


defs = location()
"""

pytestmark = pytest.mark.slow


class Daemon:
    """`dagster-daemon run` on the code location of a raw folder, as a service would run it."""

    def __init__(self, folder: Path, raw: Path, minutes: int, sensor: bool):
        self.home = folder / "home"
        self.warehouse = folder / "warehouse" / "m.duckdb"
        (folder / "home").mkdir(parents=True)
        (folder / "home" / "dagster.yaml").write_text(CONFIG, encoding="utf-8")
        code = CODE.format(raw=str(raw), warehouse=str(self.warehouse), minutes=minutes, sensor=sensor)
        (folder / "location.py").write_text(code, encoding="utf-8")
        self.log = (folder / "daemon.log").open("w+")
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("dagster-daemon")), "run", "-f", str(folder / "location.py")],
            env=os.environ | {"DAGSTER_HOME": str(folder / "home"), "PYTHONPATH": str(PROJECT)},
            stdout=self.log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )

    def wait(self, for_what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not for_what():
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.5)

    def runs(self) -> dict[str, list[str]]:
        """Statuses of the runs so far, by what asked for them."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            told: dict[str, list[str]] = {"schedule": [], "sensor": []}
            for run in instance.get_runs():
                told["sensor" if "dagster/sensor_name" in run.tags else "schedule"].append(run.status.value)
        return told

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()[-5000:]

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture
def start(tmp_path):
    started = []

    def one(minutes: int = 0, sensor: bool = False) -> Daemon:
        raw = write_raw(tmp_path / "raw", summary=SUMMARY)
        started.append(Daemon(tmp_path / "daemon", raw, minutes, sensor))
        return started[-1]

    yield one
    for daemon in started:
        daemon.end()


def test_a_sensor_tick_publishes_and_so_does_the_next_change(start, tmp_path):
    daemon = start(sensor=True)
    daemon.wait(daemon.warehouse.exists)
    first, _ = published(daemon.warehouse)
    write_raw(tmp_path / "raw", plan=PLAN)
    daemon.wait(lambda: published(daemon.warehouse)[0] != first)
    assert len(published(daemon.warehouse)[1]["core.documents"]) == 2


def test_schedule_and_sensor_together_both_publish_and_none_of_their_runs_fails(start, tmp_path):
    daemon = start(minutes=2, sensor=True)
    files = 1

    def standing() -> bool:
        return daemon.warehouse.exists() and len(published(daemon.warehouse)[1]["core.documents"]) == files

    def both() -> bool:
        """Whether each has published; until then there is always something new, for either to find."""
        nonlocal files
        if standing():
            write_raw(tmp_path / "raw", **{f"more{files}": PLAN.replace("2024", str(2000 + files))})
            files += 1
        return all("SUCCESS" in statuses for statuses in daemon.runs().values())

    daemon.wait(both)
    daemon.wait(standing)
    assert not any(status in ("FAILURE", "CANCELED") for runs in daemon.runs().values() for status in runs)
