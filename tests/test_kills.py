"""A hundred whole refreshes of a small folder, each ended by SIGKILL at a random moment.

    MINZHENG_KILLS=100 pytest -s -m demand tests/test_kills.py      # 25 unless told otherwise

MINZHENG_KILL_SECONDS ends it by the clock, MINZHENG_SEED has other moments, MINZHENG_KILL_MARTS=all makes all
marts instead of some. After each kill the published file is whole, and the last one or what the folder then
held; nothing stored is lost or read again. Every tenth time a refresh then runs to its end: it publishes what
the folder holds and leaves neither lock nor temporary file nor process behind.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import write_raw
from faults_lab import (
    change_folder,
    differences,
    last_run,
    nothing_lost,
    published,
    rebuilt,
    report_text,
    standing,
    stored,
    whole_after_kill,
)

from pipeline.settings import PROJECT, Settings
from pipeline.warehouse.marts.models import load_models, with_what_they_read

KILLS = int(os.environ.get("MINZHENG_KILLS", "25"))
FILES = 20
SECONDS = float(os.environ.get("MINZHENG_KILL_SECONDS", "inf"))
EVERY = 10  # so many kills before one refresh runs to its end
MARTS = ("benefit_standards", "work_programme")  # and what they read
LATE = 900.0  # seconds after which a refresh that was let go hangs


class Nursery:
    """A process that has imported everything and forks one for each refresh, of which imports are a third."""

    def __init__(self, settings: Settings, said: dict[str, str]):
        command = [sys.executable, str(Path(__file__).with_name("faults_lab.py"))]
        self.process = subprocess.Popen(
            [*command, str(settings.raw), str(settings.warehouse)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {"PYTHONPATH": str(PROJECT), "MODELS": str(settings.models), "SERVE": "1", "WITH_DAGSTER": "1"}
            | said,
        )
        assert self._line() == "ready"

    def refresh(self, seconds: float = LATE) -> int:
        """Its exit status, that of a kill if it was not done after so long."""
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        child = int(self._line())
        late = time.monotonic() + seconds
        while time.monotonic() < late and _works(child):
            time.sleep(0.01)
        os.kill(child, signal.SIGKILL)  # of one that has ended too: its parent waits until it is told to
        self.process.stdin.write("wait\n")
        self.process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate()


def _works(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"


def _processes_of(scratch: Path) -> set[int]:
    """Those whose temporary files go to `scratch`."""
    mark = f"TMPDIR={scratch}".encode()
    found = set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.add(int(path.parent.name))
        except OSError:
            continue
    return found


def _leftovers(settings: Settings) -> list[str]:
    known = {settings.warehouse.name, settings.work.name, f"{settings.work.name}.lock"}
    return sorted(path.name for path in settings.warehouse.parent.iterdir() if path.name not in known)


@pytest.mark.slow
@pytest.mark.demand
def test_a_hundred_killed_refreshes_lose_nothing(tmp_path, dagster_home):
    chance = random.Random(int(os.environ.get("MINZHENG_SEED", "7")))
    raw = write_raw(tmp_path / "raw", **{f"first{i}": report_text(chance) for i in range(FILES)})
    models = PROJECT / "models"
    if os.environ.get("MINZHENG_KILL_MARTS") != "all":
        models = tmp_path / "models"
        made = {model.name for model in with_what_they_read(load_models(PROJECT / "models"), MARTS)}
        for path in (PROJECT / "models").glob("*/*"):
            if path.stem in made:
                (models / path.parent.name).mkdir(parents=True, exist_ok=True)
                shutil.copy(path, models / path.parent.name)
    settings = Settings(raw, tmp_path / "warehouse" / "m.duckdb", models, lock_wait=0)
    told, scratch = tmp_path / "read.txt", tmp_path / "scratch"
    scratch.mkdir()
    said = {"TMPDIR": str(scratch)}
    nursery = Nursery(settings, said | {"TELL_READ": str(told)})
    began = time.monotonic()
    assert nursery.refresh() == 0
    change_folder(raw, chance)
    started = time.monotonic()
    assert nursery.refresh() == 0
    longest = time.monotonic() - started
    release, rows = published(settings.warehouse)
    counts, where, met = Counter(), Counter(), 0
    over = False
    while not over:
        change_folder(raw, chance)
        before, there = stored(settings), standing(settings)
        told.write_text("")
        code = nursery.refresh(chance.uniform(0, longest))
        killed = code == -signal.SIGKILL
        assert killed or code == 0
        longest *= 1.02 if killed else 0.9
        met += killed
        counts["met" if killed else "came too late"] += 1
        nothing_lost(settings, told, before, there)
        found, rows = whole_after_kill(settings, release, rows, tmp_path)
        counts["the last release stood" if found == release else "the new release stood"] += killed
        release = found
        if killed:
            status, step = last_run(settings)
            assert status in ("FAILURE", "SUCCESS"), status
            where[step] += 1
        over = met == KILLS or time.monotonic() - began > SECONDS
        if over or (killed and met % EVERY == 0):
            started = time.monotonic()
            assert nursery.refresh() == 0, "the next refresh is not clean"
            longest = time.monotonic() - started
            release, rows = published(settings.warehouse)
            assert rows == rebuilt(settings, tmp_path)
            assert stored(settings) == standing(settings)
            assert not _leftovers(settings) and not list(scratch.iterdir())
            counts["clean refreshes after kills"] += 1
    anew = replace(settings, warehouse=tmp_path / "anew" / "m.duckdb")
    other = Nursery(anew, said)
    assert other.refresh() == 0
    assert not any(differences(settings.warehouse, anew.warehouse).values()), "marts made by parts differ"
    for process in (nursery, other):
        process.end()
    time.sleep(3)  # readers look once a second whether their run is still there
    assert not _processes_of(scratch), "a process outlives its killed run"
    print(f"\n{met} of {KILLS} kills in {time.monotonic() - began:.0f} s: {dict(counts)}")
    print("\n".join(f"{times:4} in {step}" for step, times in where.most_common()))
