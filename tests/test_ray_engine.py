"""The Ray engine: the same rows as the local one, from a folder and from an address; skipped without Ray."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from conftest import PLAN, SUMMARY, write_raw
from faults_lab import contents, differences

import pipeline.engine.local as engine
from pipeline.cli import main
from pipeline.engine.remote import list_raw
from pipeline.settings import PROJECT, Settings, project_settings
from pipeline.warehouse.store import state
from pipeline.warehouse.store.work import open_work

ray = pytest.importorskip("ray", reason="the Ray engine is tested where the extra `ray` is installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def cluster():
    try:
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    except Exception as error:  # Ray raises nothing narrower
        if "timed out during startup" not in str(error):
            raise
        pytest.skip("this machine is too busy to start Ray within the 30 seconds that Ray waits")
    yield
    ray.shutdown()


@pytest.fixture
def small_batches(monkeypatch):
    split = engine.split_batches
    monkeypatch.setattr(engine, "split_batches", lambda pending: split(pending, batch_files=2))


def corpus(raw: Path) -> Path:
    files = {f"r{i}": SUMMARY.replace("3012", str(3000 + i)) for i in range(5)}
    return write_raw(raw, **files, plan=PLAN, copy=PLAN, empty="")


def rows(settings: Settings, drive=None) -> dict[str, list[str]]:
    with open_work(settings.work, "run") as work:
        state.store_manifest(work.con, list_raw(settings, state.load_manifest(work.con)))
        engine.refresh_core(work, settings.raw, drive)
        assert not engine.refresh_core(work, settings.raw, drive).anything
        return contents(work.con)


def test_ray_and_local_give_the_same_rows(tmp_path, small_batches):
    from pipeline.engine.ray import read_on_ray

    raw = corpus(tmp_path / "raw")
    local = Settings(raw, tmp_path / "local.duckdb")
    on_ray = Settings(raw, tmp_path / "ray.duckdb", engine="ray")
    found = rows(on_ray, read_on_ray(on_ray))
    assert len(found["core.documents"]) == 7 and len(found["core.rejected_files"]) == 1
    assert found == rows(local)
    assert not list(tmp_path.glob("*.staging"))


def test_an_address_gives_the_rows_of_the_folder(tmp_path, small_batches):
    from pipeline.engine.ray import read_on_ray

    raw = corpus(tmp_path / "raw")
    behind = project_settings(
        f"file://{raw}", tmp_path / "address.duckdb", staging=f"file://{tmp_path}/staging"
    )
    assert behind.engine == "ray"
    found = rows(behind, read_on_ray(behind))
    assert found == rows(Settings(raw, tmp_path / "local.duckdb"))


def test_a_worker_of_another_version_refuses(tmp_path, monkeypatch):
    import pipeline.engine.ray as ray_engine

    monkeypatch.setattr(ray_engine, "extractor_version", lambda: "another")
    settings = Settings(corpus(tmp_path / "raw"), tmp_path / "m.duckdb", engine="ray")
    with pytest.raises(Exception, match="install the same version on all machines"):
        rows(settings, ray_engine.read_on_ray(settings))


def refreshed(warehouse: Path, *args: object) -> Path:
    done = CliRunner().invoke(main, ["refresh", "--warehouse", str(warehouse), *map(str, args)])
    assert done.exit_code == 0, done.output
    return warehouse


def test_the_whole_command_publishes_the_same_tables_with_either_engine(
    tmp_path, small_batches, dagster_home
):
    raw = PROJECT / "raw"
    local = refreshed(tmp_path / "local.duckdb", "--raw", raw)
    with duckdb.connect(str(local), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM marts.facts").fetchall()[0][0] > 100
    for name, address in (("folder", raw), ("address", f"file://{raw}")):
        on_ray = refreshed(tmp_path / f"{name}.duckdb", "--raw", address, "--engine", "ray")
        assert not any(differences(local, on_ray).values())


def test_a_cluster_that_cannot_be_reached_is_named(monkeypatch):
    from pipeline.engine import ray as ray_engine

    def unreachable(**_):
        raise RuntimeError("Traceback of many lines\n  no token")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", unreachable)
    with pytest.raises(ray_engine.ClusterUnreachable, match=r"\(far:1\) cannot be reached: no token\. See"):
        ray_engine._start("far:1")
