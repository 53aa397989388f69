"""What Dagster knows: the graph from raw files to the published file, and what a run says of each asset."""

import importlib
from pathlib import Path

import dagster as dg
import pytest
import yaml

from pipeline.contracts.ddl import MODEL_SCHEMAS
from pipeline.contracts.registry import tables_of
from pipeline.definitions import build_defs
from pipeline.orchestration.keys import FETCHED, asset_key
from pipeline.settings import PROJECT, Settings
from pipeline.warehouse.marts.models import load_models

SNAPSHOT = Path(__file__).parent / "data" / "assets.txt"
MODELS = load_models(PROJECT / "models")


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    return build_defs(Settings(raw=Path("raw"), warehouse=Path("warehouse/minzheng.duckdb")))


@pytest.fixture(scope="module")
def graph(defs):
    return defs.resolve_asset_graph()


def written(graph) -> str:
    """The graph as text: group, asset, and what it is made from. Marts come and go with the folder of models,
    and are looked at below."""
    lines = []
    for key in graph.toposorted_asset_keys:
        node = graph.get(key)
        parents = sorted(k.to_user_string() for k in node.parent_keys if k.path[0] not in MODEL_SCHEMAS)
        if node.group_name not in MODEL_SCHEMAS:
            lines.append(
                f"{node.group_name:10} {key.to_user_string():22} <- {' '.join(parents)}".rstrip(" <-")
            )
    return "\n".join(sorted(lines)) + "\n"


def test_the_graph_of_assets_is_the_one_agreed(graph):
    found = written(graph)
    assert found == SNAPSHOT.read_text(encoding="utf-8"), (
        f"if this is meant, write it to {SNAPSHOT.name}:\n{found}"
    )


def test_each_model_is_an_asset_made_from_what_its_sql_reads(graph):
    """By arrows from the nearest: where a longer way leads from a table to a mart there is no other."""
    arrows = 0
    for model in MODELS.values():
        node = graph.get(asset_key(model.table))
        above = {key: graph.get_ancestor_asset_keys(key) for key in node.parent_keys}
        assert {".".join(key.path) for key in node.parent_keys} <= set(model.reads)
        assert {asset_key(name) for name in model.reads} <= node.parent_keys.union(*above.values())
        assert not node.parent_keys & set().union(*above.values()), model.name
        arrows += len(node.parent_keys)
    assert arrows < sum(len(model.reads) for model in MODELS.values()) / 2
    read = {name for model in MODELS.values() for name in model.reads}
    last = graph.get(dg.AssetKey(["published", "warehouse"])).parent_keys
    assert not {".".join(key.path) for key in last} & read


def test_every_asset_is_described(graph):
    for key in graph.toposorted_asset_keys:
        node = graph.get(key)
        assert node.description and node.group_name and node.kinds and node.owners, key
    published = graph.get(dg.AssetKey(["published", "warehouse"]))
    assert published.freshness_policy is not None
    above = {".".join(key.path) for key in graph.get_ancestor_asset_keys(published.key)}
    assert above >= {model.table for model in MODELS.values()} | set(stored_tables())


def stored_tables():
    return [table.name for schema in ("core", "ref") for table in tables_of(schema)]


def test_groups_are_schemas_and_checks_say_what_they_look_at(graph):
    for key in graph.toposorted_asset_keys:
        assert graph.get(key).group_name == key.path[0]
    names = {key.name for key in graph.asset_check_keys}
    assert "keys_references_spans" in names and not names & {"must_hold", "should_hold"}


def test_what_opens_the_network_or_calls_a_program_ships_stopped(defs):
    states = {one.name: one.default_status.value for one in (*defs.schedules, *defs.sensors)}
    assert states["daily_fetch"] == states["tell_of_failed_runs"] == "STOPPED"
    assert (
        dg.AssetKey(["raw", "fetched"])
        not in defs.resolve_job_def("refresh").asset_layer.executable_asset_keys
    )


def test_every_stored_table_has_a_check_that_blocks(graph):
    blocking = {key.asset_key for key in graph.asset_check_keys if graph.get(key).blocking}
    tables = {
        key for key in graph.toposorted_asset_keys if key.path[0] in ("core", "ref", "meta", *MODEL_SCHEMAS)
    }
    assert blocking == tables


def test_workspace_yaml_names_what_can_be_loaded():
    (entry,) = yaml.safe_load((PROJECT / "workspace.yaml").read_text("utf-8"))["load_from"]
    entry = entry["python_module"]
    loaded = getattr(importlib.import_module(entry["module_name"]), entry["attribute"])
    assert entry["location_name"] == "pipeline"  # as runs of the command line are tagged
    assert isinstance(loaded, dg.Definitions)
    assert loaded.resolve_job_def("refresh").executor_def is dg.in_process_executor


def test_a_run_leaves_rows_schema_and_lineage_of_each_table(refreshed, graph):
    said = refreshed.said
    of_refresh = set(graph.toposorted_asset_keys) - {FETCHED}
    assert set(said) == {"/".join(key.path) for key in of_refresh}
    for name, metadata in said.items():
        if name.split("/")[0] in ("core", "ref", *MODEL_SCHEMAS):
            assert metadata["dagster/table_name"] == name.replace("/", ".")
            assert isinstance(metadata["dagster/row_count"], int)
            assert len(metadata["dagster/column_schema"].columns) > 1
        if name.split("/")[0] in ("core", *MODEL_SCHEMAS) and name != "core/corrections":
            lineage = metadata["dagster/column_lineage"].deps_by_column
            columns = {column.name for column in metadata["dagster/column_schema"].columns}
            assert lineage and set(lineage) <= columns
    assert said["core/documents"]["new_files"] == 3
    assert said["core/documents"]["dagster/row_count"] == 2
    assert said["core/rejected_files"]["dagster/row_count"] == 1
    assert said["published/warehouse"]["file"] == str(refreshed.settings.warehouse)


def test_a_run_shows_in_the_instance_under_the_job(refreshed):
    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(refreshed.run_id)
        assert run.job_name == "refresh" and run.status == dg.DagsterRunStatus.SUCCESS
        assert run.tags[".dagster/repository"] == "__repository__@pipeline"
        assert run.remote_job_origin.location_name == "pipeline"  # else the UI's first page leaves it out
        assert run.tags["minzheng/raw"] == str(refreshed.settings.raw)
        logged = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        assert {"/".join(entry.dagster_event.asset_key.path) for entry in logged} == set(refreshed.said)
