"""A real Dagster daemon on an instance of its own: a schedule tick and a sensor tick each publish.

Takes a minute or more, so it runs on demand: `MINZHENG_DAEMON=1 pytest tests/test_daemon.py`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PLAN, SUMMARY, write_raw
from faults_lab import published

from pipeline.instance import CONFIG
from pipeline.settings import PROJECT

PATIENCE = 600  # seconds that each publication may take on a busy machine
CODE = """
import dagster as dg
from pathlib import Path
from pipeline.definitions import build_defs
from pipeline.settings import Settings


def location():
    whole = build_defs(Settings(Path({raw!r}), Path({warehouse!r}), lock_wait=300))
    if not {every_minute}:
        return whole
    # The same job on another clock: a test cannot wait for six in the morning.
    ticking = dg.ScheduleDefinition(
        name="every_minute", job_name="refresh", cron_schedule="* * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return dg.Definitions(
        assets=whole.assets, jobs=whole.jobs, schedules=[ticking], resources=whole.resources,
        executor=whole.executor,
    )


defs = location()
"""

pytestmark = pytest.mark.skipif(
    not os.environ.get("MINZHENG_DAEMON"), reason="takes minutes; MINZHENG_DAEMON=1 runs it"
)


class Daemon:
    """`dagster-daemon run` on the code location of a raw folder, as a service would run it."""

    def __init__(self, folder: Path, raw: Path, every_minute: bool):
        self.warehouse = folder / "warehouse" / "m.duckdb"
        (folder / "home").mkdir(parents=True)
        (folder / "home" / "dagster.yaml").write_text(CONFIG, encoding="utf-8")
        code = CODE.format(raw=str(raw), warehouse=str(self.warehouse), every_minute=every_minute)
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

    def one(every_minute: bool) -> Daemon:
        raw = write_raw(tmp_path / "raw", summary=SUMMARY)
        started.append(Daemon(tmp_path / "daemon", raw, every_minute))
        return started[-1]

    yield one
    for daemon in started:
        daemon.end()


def test_a_schedule_tick_publishes(start):
    daemon = start(every_minute=True)
    daemon.wait(daemon.warehouse.exists)
    assert len(published(daemon.warehouse)[1]["core.documents"]) == 1


def test_a_sensor_tick_publishes_and_so_does_the_next_change(start, tmp_path):
    daemon = start(every_minute=False)
    daemon.wait(daemon.warehouse.exists)
    first, _ = published(daemon.warehouse)
    write_raw(tmp_path / "raw", plan=PLAN)
    daemon.wait(lambda: published(daemon.warehouse)[0] != first)
    assert len(published(daemon.warehouse)[1]["core.documents"]) == 2
