"""Shared fixtures: small raw folders in our own words, and one refresh of them through Dagster."""

import os
import re
import shutil
import sys
import tempfile
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.settings import Settings

if typing.TYPE_CHECKING:
    from pipeline.warehouse.store.work import WorkFile

os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")  # those of libraries of ours, which import trio
if "PYTEST_XDIST_WORKER" in os.environ:  # as many tests run at a time as there are cores
    os.environ.setdefault("POLARS_MAX_THREADS", "1")

SUMMARY = """\
青田县民政局2023年工作总结

一、社会救助
全县共有城乡低保对象3012人，全年发放低保金1230.35万元。城市低保标准提高到每人每月780元。
为297户特殊困难老年人家庭开展适老化改造。

二、社会事务
全年办理结婚登记1200对，离婚登记310对。
"""
PLAN = """\
青田县民政局2024年工作计划

一、社会救助
1.提高低保标准，城市低保标准达到每人每月800元。
2.新建养老机构2家，新增护理型床位不少于150张。
"""

# Files that share what is made once a session, such as `refreshed`, run one after another in one process.
SHARING = [
    {
        "test_automation.py",
        "test_cli.py",
        "test_commands.py",
        "test_definitions.py",
        "test_warehouse_models.py",
    },
    {"test_readme.py", "test_docs_readers.py"},
    {"test_explain.py", "test_site_build.py", "test_site_browser.py", "test_site_browser_pages.py"},
    {"test_logs.py", "test_damage.py", "test_unchanged.py", "test_dagster_home.py", "test_faults.py"},
]
# What takes longest begins first, so that no process is left alone with it at the end; the second waits for
# nothing that the first reads.
LONG = ["test_cli.py", "test_explain.py", "test_logs.py", "test_warehouse_marts.py", "test_incremental.py",
        "test_engine.py", "test_reading_hostile.py"]  # fmt: skip


def shared(name: str) -> str:
    """The file, or the first of those that it runs together with."""
    return next((min(names) for names in SHARING if name in names), name)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Some libraries keep what they imported beyond the end of the process. From the overloads of `typing`,
    and from every module that pytest rewrote, a way leads to its session, to our tests and to DuckDB's
    classes, which were told as leaks line by line."""
    _reading.undo()
    typing.clear_overloads()
    for finder in [each for each in sys.meta_path if hasattr(each, "mark_rewrite")]:
        sys.meta_path.remove(finder)
        finder.config = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {shared(name): place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: first.get(shared(item.path.name), len(LONG)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """For `--dist loadfile`: a process takes files that share something together, in the order above."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return shared(super()._split_scope(nodeid).rpartition("/")[2])

    config.option.loadscopereorder = False
    return Together(config, log)


@dataclass(frozen=True)
class Refreshed:
    """A raw folder, where it was published, and what the run said."""

    settings: Settings
    run_id: str
    said: dict


def write_raw(folder: Path, **files: str) -> Path:
    """A raw folder with these files, named without their `.txt`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def without_stages(said: str) -> list[str]:
    """Lines on standard error but for those that tell how far a slow run has come."""
    return [line for line in said.splitlines() if not re.match(r" *[0-9]+\.[0-9] s  ", line)]


@pytest.fixture(scope="session")
def dagster_home() -> Iterator[Path]:
    """A Dagster instance of the test session's own, in memory where there is such a folder: it writes to disk
    for every event."""
    from pipeline.orchestration.instance import CONFIG

    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        (home / "dagster.yaml").write_text(CONFIG, encoding="utf-8")
        patch.setenv("DAGSTER_HOME", str(home))
        yield home


_reading = pytest.MonkeyPatch()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refreshes in this process read the same bytes once, but for slow tests and those marked `processes`;
    so do those of the fixtures that a test is the first to ask for."""
    _reading.undo()
    if any(item.get_closest_marker(name) for name in ("slow", "processes")):
        return
    from read_once import read_once, shared_by

    from pipeline.engine import local
    from pipeline.engine.bounded import BatchReader

    shared_by(item.config)
    _reading.setattr(BatchReader, "read_whole", lambda _, raw, batch: read_once(raw, batch))
    _reading.setattr(local, "make_ready", lambda *_: None)  # a process that would not be asked


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder of two small reports."""
    return write_raw(tmp_path / "raw", summary=SUMMARY, plan=PLAN)


@pytest.fixture
def settings(raw: Path, tmp_path: Path) -> Settings:
    """Settings of the small raw folder, with a warehouse of its own."""
    return Settings(raw=raw, warehouse=tmp_path / "warehouse" / "minzheng.duckdb", lock_wait=0)


@pytest.fixture(scope="session")
def empty_work_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work file without a row: to describe its 600 columns takes longer than what most tests do with it."""
    from pipeline.warehouse.store.work import open_work

    path = tmp_path_factory.mktemp("empty") / "work.duckdb"
    with open_work(path, "none"):
        pass
    return path


@pytest.fixture
def work(empty_work_file: Path, tmp_path: Path) -> "Iterator[WorkFile]":
    """A work file of the test's own, held by `run-1`."""
    from pipeline.warehouse.store.work import open_work

    shutil.copy(empty_work_file, tmp_path / "work.duckdb")
    with open_work(tmp_path / "work.duckdb", "run-1") as work:
        yield work


@pytest.fixture(scope="session")
def refreshed(dagster_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """The small raw folder and an empty file beside it, refreshed once through Dagster."""
    from pipeline.runs.refresh import execute

    folder = tmp_path_factory.mktemp("refreshed")
    raw = write_raw(folder / "raw", summary=SUMMARY, plan=PLAN, empty="")
    settings = Settings(raw=raw, warehouse=folder / "minzheng.duckdb", lock_wait=0)
    outcome = execute(settings)
    assert outcome.published, outcome.reasons
    return Refreshed(settings, outcome.run_id, outcome.said)


@pytest.fixture(scope="session")
def sample_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file of the sample reports in `raw/`, as far as core and marts go; only to be read."""
    from marts_lab import PROJECT, Lab

    from pipeline.engine.batch import read_batch
    from pipeline.reading.files.listing import list_files
    from pipeline.vocabulary.reference import load_reference

    path = tmp_path_factory.mktemp("sample") / "minzheng.duckdb"
    lab = Lab(path)
    for name, frame in read_batch(PROJECT / "raw", list_files(PROJECT / "raw")).items():
        if name.startswith("core."):
            lab.insert(name, frame)
    lab.con.execute("DELETE FROM ref.regions")
    lab.insert("ref.regions", load_reference("ref.regions"))
    lab.build()
    lab.con.close()
    return path
