"""The last steps of a run, whose work is done ahead: what they get, and what stands if it goes wrong."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from conftest import PLAN, SUMMARY, write_raw

from pipeline.orchestration.ahead import Made, Steps, soon
from pipeline.runs.refresh import execute
from pipeline.settings import Settings
from pipeline.warehouse.store.work import WorkFile, open_work


@pytest.fixture
def work(tmp_path) -> Iterator[WorkFile]:
    with open_work(tmp_path / "m.work.duckdb", "test") as opened:
        yield opened


@dataclass
class Copy:
    """As what is prepared for publication."""

    gone: threading.Event = field(default_factory=threading.Event)

    def discard(self) -> None:
        self.gone.set()


def who(work: WorkFile) -> str:
    return threading.current_thread().name


def failed(severity: dg.AssetCheckSeverity) -> dg.MaterializeResult:
    check = dg.AssetCheckResult(
        passed=False, asset_key=["marts", "one"], check_name="rules", severity=severity
    )
    return dg.MaterializeResult(check_results=[check])


def test_steps_are_done_ahead_once_what_they_read_is_stored(work):
    here, order = threading.current_thread().name, []

    def second(work: WorkFile) -> Made:
        order.append(work.con.execute("SELECT current_setting('TimeZone')").fetchall()[0][0])
        return Made(lambda work: (order.append("looked"), who(work))[1])

    steps = Steps()
    steps.add("marts.one", ["core.reports"], who)
    steps.add("marts.two", ["marts.one", "core.tasks"], second)
    work.ahead = steps.ahead(work, ["other", "marts__one", "marts__two"])
    try:
        assert soon(work, who)() != here
        work.ahead.stored("core.reports")
        assert steps.done(work, "marts.one") != here
        work.ahead.stored("core.tasks")
        assert steps.done(work, "marts.two") != here and order == ["UTC", "looked"]
        assert steps.done(work, "marts.two") == here, "asked again, it is done again"
    finally:
        work.ahead.stop()


def test_a_step_that_is_not_waited_for_is_done_where_it_is_asked(work):
    here = threading.current_thread().name
    steps = Steps()
    steps.add("marts.one", ["core.reports"], who)
    steps.add("marts.two", ["marts.one"], who)
    work.ahead = steps.ahead(work, None)
    try:
        assert steps.done(work, "marts.one") == here, "nobody said that its table is stored"
        assert steps.done(work, "marts.two") != here
    finally:
        work.ahead.stop()


def broken(work: WorkFile) -> None:
    raise duckdb.ConversionException("no number")


@pytest.mark.parametrize("goes_wrong", ["an error", "a check that blocks", "a check that warns"])
def test_behind_what_goes_wrong_nothing_is_done_ahead_and_what_was_is_let_go(work, goes_wrong):
    copy, done = Copy(), []
    do = {
        "an error": broken,
        "a check that blocks": lambda work: failed(dg.AssetCheckSeverity.ERROR),
        "a check that warns": lambda work: failed(dg.AssetCheckSeverity.WARN),
    }[goes_wrong]
    steps = Steps()
    steps.add("marts.zero", [], lambda work: copy)
    steps.add("marts.one", ["marts.zero"], do)
    steps.add("marts.two", ["marts.one"], lambda work: done.append(who(work)))
    work.ahead = steps.ahead(work, None)
    work.ahead.stored("core.reports")
    if goes_wrong == "an error":
        with pytest.raises(duckdb.ConversionException, match="no number"):
            steps.done(work, "marts.one")
    else:
        assert not steps.done(work, "marts.one").check_results[0].passed
    steps.done(work, "marts.two")
    here = threading.current_thread().name
    assert (done == [here]) == (goes_wrong != "a check that warns"), "Dagster says whether it is done"
    assert not copy.gone.is_set()
    work.ahead.stop()
    assert copy.gone.is_set(), "what nobody took is not left behind"


def test_a_run_that_ends_early_ends_what_is_done_ahead(work):
    """In the middle of a query: the connection is let go of, and the work file can be closed."""
    begun = threading.Event()

    def long(work: WorkFile) -> None:
        begun.set()
        work.con.execute("SELECT sum(a.range * b.range) FROM range(10_000_000) AS a, range(1_000_000) AS b")

    steps = Steps()
    steps.add("marts.one", [], long)
    work.ahead = steps.ahead(work, None)
    work.ahead.stored("core.reports")
    assert begun.wait(60)
    work.ahead.stop()
    assert work.con.execute("SELECT 1").fetchall() == [(1,)]


YML = """
description: Reports
grain: [report_id]
columns:
  - {{name: report_id, description: The report}}
checks:
  - {{name: few, description: Few, severity: {severity}, sql: FROM marts.people}}
"""


def test_a_check_that_blocks_leaves_the_last_publication_and_no_copy(dagster_home, tmp_path):
    models = tmp_path / "models"
    (models / "marts").mkdir(parents=True)
    (models / "marts" / "people.sql").write_text("select report_id from core.reports")
    described: Path = models / "marts" / "people.yml"
    described.write_text(YML.format(severity="warn"))
    raw = write_raw(tmp_path / "raw", plan=PLAN)
    settings = Settings(raw, tmp_path / "warehouse" / "m.duckdb", models, lock_wait=0)
    assert execute(settings).published
    before = settings.warehouse.stat().st_ino
    described.write_text(YML.format(severity="error"))
    write_raw(raw, more=SUMMARY)
    outcome = execute(settings)
    assert not outcome.published and "few" in " ".join(outcome.reasons)
    assert settings.warehouse.stat().st_ino == before
    names = {path.name for path in settings.warehouse.parent.iterdir()}
    assert names == {"m.duckdb", "m.work.duckdb", "m.work.duckdb.lock"}
    described.write_text(YML.format(severity="warn"))
    assert execute(settings).published
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM marts.people").fetchall() == [(2,)]
