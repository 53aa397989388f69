"""What a publication added, removed and changed, and the losses and jumps that block it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from marts_lab import Lab

from pipeline.contracts.registry import polars_schema
from pipeline.contracts.validate import validate
from pipeline.warehouse.marts.checks import run_check
from pipeline.warehouse.publish.release_diff import compare_releases, last_release, release_checks

VERSION = "code-1"
BEST = "indicators_by_region_year"
TWELVE = [f"全年登记结婚{{{1000 + n}对|marriage.couples year={2001 + n}}}。" for n in range(12)]


def published(path: Path, *texts: str) -> Path:
    lab = Lab(path)
    for text in texts:
        lab.report(text)
    lab.build(BEST)
    lab.con.execute(
        "INSERT INTO meta.release BY NAME SELECT 'r1' AS release_id, now()::TIMESTAMP AS built_at, "
        "repeat('0', 64) AS corpus_sha256, ? AS extractor_version, 1 AS raw_files, 1 AS documents, "
        "0 AS rejected_files, '0' AS minzheng_version, '0' AS duckdb_version, '0' AS polars_version",
        [VERSION],
    )
    lab.con.close()
    return path


@pytest.fixture(scope="module")
def twelve(tmp_path_factory) -> Path:
    return published(tmp_path_factory.mktemp("last") / "last.duckdb", *TWELVE)


def now(*texts: str, of: dict[str, Any] | None = None, **correction: str) -> Lab:
    """The marts of texts, all with the heads `of`, and a correction: action, target, field and text."""
    lab = Lab()
    for text in texts:
        lab.report(text, **(of or {}))
    if correction:
        lab.add(
            "core.corrections", correction_id="c1", file_name="1.txt", observation_id=correction["target"],
            reason="other town", author="Li", reviewed_on=date(2025, 6, 30), state="applied", **correction,
        )  # fmt: skip
    return lab.build(BEST)


def broken(lab: Lab, last: Path, version: str = VERSION) -> dict[str, list[str]]:
    with last_release(lab.con, last) as attached:
        assert attached
        return {c.name: list(run_check(lab.con, c).rows) for c in release_checks(lab.con, version)}


def test_rows_added_removed_and_changed_with_their_values(tmp_path):
    last = published(tmp_path / "last.duckdb", "低保对象{1200人|dibao.persons}，孤儿{12人|orphan.persons}。")
    lab = now("低保对象{1300人|dibao.persons}，特困人员{80人|tekun.persons}。")
    with last_release(lab.con, last):
        diff = validate(compare_releases(lab.con, {BEST: lab.models[BEST]}), "meta.release_diff")
    best = diff.filter(table_name="marts.indicators_by_region_year")
    rows = {(r["change"], r["row_key"].split("indicator_id=")[1].split(",")[0]): r for r in best.to_dicts()}
    assert set(rows) == {
        ("changed", "dibao.persons"),
        ("removed", "orphan.persons"),
        ("added", "tekun.persons"),
    }
    changed = rows["changed", "dibao.persons"]
    assert json.loads(changed["before"]) == {"value": 1200.0, "written": "1200人"}
    assert json.loads(changed["after"]) == {"value": 1300.0, "written": "1300人"}
    assert json.loads(rows["added", "tekun.persons"]["after"])["value"] == 80.0
    assert rows["added", "tekun.persons"]["before"] is None
    assert rows["removed", "orphan.persons"]["after"] is None


def test_the_same_release_again_differs_in_nothing(tmp_path):
    texts = ("低保对象{1200人|dibao.persons}，其中城市{1300人|dibao.persons residence=urban}。",)
    last = published(tmp_path / "last.duckdb", *texts)
    lab = now(*texts)
    with last_release(lab.con, last):
        assert compare_releases(lab.con, {BEST: lab.models[BEST]}).is_empty()
    assert broken(lab, last) == {"coverage_not_shrunk": [], "magnitudes_not_jumped": []}


def test_without_a_last_release_there_is_nothing_to_compare(tmp_path):
    lab = now("低保对象{1200人|dibao.persons}。")
    with last_release(lab.con, tmp_path / "none.duckdb") as attached:
        assert not attached
    (tmp_path / "broken.duckdb").write_bytes(b"no database")
    with last_release(lab.con, tmp_path / "broken.duckdb") as attached:
        assert not attached


@pytest.mark.landing
def test_a_last_release_without_the_marts_is_not_compared(tmp_path):
    last = published(tmp_path / "last.duckdb", "低保对象{1200人|dibao.persons}。")
    import duckdb

    with duckdb.connect(str(last)) as con:
        con.execute("DROP TABLE marts.indicators_by_region_year")
    lab = now("低保对象{1300人|dibao.persons}。")
    with last_release(lab.con, last):
        assert release_checks(lab.con, VERSION) == []
        diff = compare_releases(lab.con, {BEST: lab.models[BEST]})
    assert diff.schema == polars_schema("meta.release_diff")
    assert "marts.indicators_by_region_year" not in diff["table_name"].to_list()


@pytest.mark.landing
def test_coverage_that_shrinks_though_the_file_is_there_blocks(tmp_path):
    last = published(tmp_path / "last.duckdb", "低保对象{1200人|dibao.persons}，孤儿{12人|orphan.persons}。")
    lab = now("低保对象{1200人|dibao.persons}。")
    assert len(broken(lab, last)["coverage_not_shrunk"]) == 1
    assert "orphan.persons" in broken(lab, last)["coverage_not_shrunk"][0]


@pytest.mark.landing
def test_a_reviewed_drop_is_a_reason(tmp_path):
    text = "低保对象{1200人|dibao.persons}，孤儿{12人|orphan.persons}。"
    last = published(tmp_path / "last.duckdb", text)
    lab = now(text, action="drop", target=f"{1:016x}:001")
    assert lab.all("SELECT count(*) FROM marts.facts") == [(1,)]
    assert broken(lab, last)["coverage_not_shrunk"] == []


@pytest.mark.landing
@pytest.mark.parametrize(("field", "text"), [("year", "2022"), ("residence", "urban"), ("subject", "tekun")])
def test_a_reviewed_correction_may_move_a_value_and_move_it_back(tmp_path, field, text):
    said = "低保对象{1200人|dibao.persons}，孤儿{12人|orphan.persons}。"
    last = published(tmp_path / "last.duckdb", said)
    lab = now(said, action="override", target=f"{1:016x}:000", field=field, text=text)
    assert broken(lab, last)["coverage_not_shrunk"] == []
    lab.con.execute(f"ATTACH '{tmp_path / 'next.duckdb'}' AS next")
    lab.con.execute("COPY FROM DATABASE memory TO next")
    lab.con.execute("DETACH next")
    back = now(said)
    assert broken(back, tmp_path / "next.duckdb")["coverage_not_shrunk"] == []


@pytest.mark.landing
def test_what_reports_csv_says_of_a_report_may_move_its_values(tmp_path):
    last = published(tmp_path / "last.duckdb", "低保对象{1200人|dibao.persons}。")
    assert (
        broken(now("低保对象{1200人|dibao.persons}。", of={"year": 2022}), last)["coverage_not_shrunk"] == []
    )


@pytest.mark.landing
def test_new_code_may_lose_a_little(twelve):
    less = now(TWELVE[0].replace("2001", "2001 scope=outside"), *TWELVE[1:])
    assert broken(less, twelve)["coverage_not_shrunk"]
    assert broken(less, twelve, "code-2")["coverage_not_shrunk"] == []
    lost = [text.replace("year=", "scope=outside year=") for text in TWELVE[:4]] + TWELVE[4:]
    assert broken(now(*lost), twelve, "code-2")["coverage_not_shrunk"]


@pytest.mark.landing
@pytest.mark.parametrize(("jumped", "blocks"), [(1, False), (4, True)])
def test_values_that_jump_by_a_power_of_ten_block(twelve, jumped, blocks):
    high = [text.replace("对|", "万对|") for text in TWELVE[:jumped]] + TWELVE[jumped:]
    assert bool(broken(now(*high), twelve)["magnitudes_not_jumped"]) is blocks


@pytest.mark.landing
def test_values_of_new_and_changed_files_may_jump_as_they_will(twelve):
    high = [text.replace("对|", "万对|") for text in TWELVE]
    lab = now(*["全县民政工作取得新成绩。"] * len(TWELVE), *high)  # other documents
    assert lab.one("SELECT count(*), min(value) FROM marts.indicators_by_region_year") == (12, 1e7)
    assert broken(lab, twelve) == {"coverage_not_shrunk": [], "magnitudes_not_jumped": []}


@pytest.mark.landing
def test_a_reviewed_drop_may_bring_another_value_forward(tmp_path):
    keys = [f"{subject}.persons year={year}" for subject in ("dibao", "tekun") for year in (2021, 2022, 2023)]
    said = "".join(f"共有{{9万人|{key}}}。其中{{12人|{key}}}。" for key in keys)
    last = published(tmp_path / "last.duckdb", said)
    lab = Lab()
    lab.report(said)
    for n in range(0, 2 * len(keys), 2):
        at = f"{1:016x}:{n:03d}"
        lab.add(
            "core.corrections", correction_id=at, file_name="1.txt", target=at, observation_id=at,
            action="drop", reason="slip", author="Li", reviewed_on=date(2025, 6, 30), state="applied",
        )  # fmt: skip
    lab.build(BEST)
    assert lab.one("SELECT count(*), max(value) FROM marts.indicators_by_region_year") == (6, 12)
    assert broken(lab, last)["magnitudes_not_jumped"] == []
