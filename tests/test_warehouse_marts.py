"""Marts brought up to date by parts: which part is made anew, and that the rows are those of the whole."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from conftest import PLAN, SUMMARY, write_raw
from faults_lab import contents, read
from read_once import expect

import pipeline.warehouse.marts.refresh as marts
from pipeline.assets.corrections import _named
from pipeline.assets.ref import REFERENCES
from pipeline.contracts.registry import polars_schema
from pipeline.corrections import read_corrections, resolve_corrections
from pipeline.settings import PROJECT
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts import shared, slices
from pipeline.warehouse.marts.models import load_models, with_what_they_read
from pipeline.warehouse.marts.slices import whole_slices
from pipeline.warehouse.publish.publish import PublishRefused, publish
from pipeline.warehouse.store.changes import latest_change, note_corrections
from pipeline.warehouse.store.work import WorkFile, open_work
from pipeline.warehouse.store.writer import replace_table

MODELS = load_models(PROJECT / "models")
OTHER = SUMMARY.replace("青田县", "缙云县").replace("3012", "2950")
NEXT_YEAR = SUMMARY.replace("2023", "2024").replace("3012", "3120")
NOWHERE = SUMMARY.replace("青田县民政局", "") + "其中青田县城市低保对象301人，缙云县低保对象207人。\n"
CITY = "丽水市民政局2023年工作总结\n\n2023年，全市低保对象9120人，其中青田县3012人、龙泉市12人。\n"
FILES = dict(a=SUMMARY, b=PLAN, c=OTHER, d=NEXT_YEAR, e=NOWHERE, f=CITY)
COUNTIES = ("莲都区", "遂昌县", "松阳县", "云和县", "庆元县")  # beside 龙泉市
MOVED = OTHER.replace("2023", "2022")  # to another county and year
expect(**FILES)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> Path:
    """A folder with raw files and a work file, all marts made."""
    folder = tmp_path_factory.mktemp("made")
    write_raw(folder / "raw", **FILES)
    with open_work(folder / "work.duckdb", "test") as work:
        for name in REFERENCES:
            replace_table(work.con, name, load_reference(name))
        read(work, folder / "raw")
        assert made(make(work)) == {"all"}
    return folder


@pytest.fixture
def raw(made_once, tmp_path) -> Path:
    return shutil.copytree(made_once / "raw", tmp_path / "raw")


@pytest.fixture
def work(made_once, tmp_path) -> Iterator[WorkFile]:
    shutil.copy(made_once / "work.duckdb", tmp_path / "work.duckdb")
    with open_work(tmp_path / "work.duckdb", "test") as file:
        yield file


@pytest.fixture(autouse=True)
def by_parts(monkeypatch):
    """However small the corpus, a change of it is no reason to make everything anew."""
    monkeypatch.setattr(marts, "MOST_CHANGED", 9.0)


def make(work: WorkFile, models=MODELS) -> dict[str, marts.Built]:
    return {name: marts.refresh_mart(work.con, model, models) for name, model in models.items()}


def made(built: dict[str, marts.Built]) -> set[str]:
    return {one.made for one in built.values()}


def made_by_parts(built: dict[str, marts.Built]) -> set[int]:
    """How many documents each mart was made of, after seeing that all that can be cut were made by parts."""
    cut = {name: one for name, one in built.items() if MODELS[name].cut_by}
    assert len(built) - len(cut) <= 2 and made(cut) == {"part"}
    return {one.documents for one in cut.values()}


def whole(work: WorkFile) -> dict[str, list[str]]:
    """All rows after every mart was made anew in one piece."""
    work.con.execute("DELETE FROM state.marts")
    assert made(make(work)) == {"all"}
    return contents(work.con, MODELS)


def test_nothing_is_made_where_nothing_changed(work, raw):
    rows = contents(work.con, MODELS)
    assert rows["marts.facts"] and rows["marts.changes"]
    assert made(make(work)) == {"none"}
    assert contents(work.con, MODELS) == rows


def add(raw: Path) -> None:
    (raw / "g.txt").write_text(NEXT_YEAR.replace("1200对", "1300对"), encoding="utf-8")


def change(raw: Path) -> None:
    (raw / "a.txt").write_text(SUMMARY.replace("3012", "3100"), encoding="utf-8")


def move(raw: Path) -> None:
    expect(a=MOVED)
    (raw / "a.txt").write_text(MOVED, encoding="utf-8")


def remove(raw: Path) -> None:
    (raw / "d.txt").unlink()
    (raw / "e.txt").unlink()


def copy(raw: Path) -> None:
    (raw / "copy.txt").write_text(SUMMARY, encoding="utf-8")


@pytest.mark.landing
def test_changed_documents_make_their_parts_anew(work, raw):
    for alter in (move, remove):
        alter(raw)
        read(work, raw)
        assert made_by_parts(make(work)) <= {1, 2}
    rows = contents(work.con, MODELS)
    assert rows == whole(work)


@pytest.mark.slow
@pytest.mark.parametrize("alter", [move, remove, change, add, copy])
def test_a_changed_document_makes_its_part_anew(work, raw, alter):
    alter(raw)
    read(work, raw)
    built = make(work)
    assert made_by_parts(built) <= {1, 2}
    rows = contents(work.con, MODELS)
    assert rows == whole(work)


@pytest.mark.landing
def test_what_is_made_in_slices_gives_the_same_rows(work, monkeypatch):
    """Of marts cut by document, by region and not at all, above one another."""
    models = {model.name: model for model in with_what_they_read(MODELS, ["changes"])}
    assert {model.cut_by for model in models.values()} == {"document", "region", None}
    rows = contents(work.con, models)
    monkeypatch.setattr(marts, "SLICE", 2 * slices.LEAST)
    monkeypatch.setattr(slices, "FEW", 0)
    work.con.execute("DELETE FROM state.marts")
    assert made(make(work, models)) == {"all"}
    assert contents(work.con, models) == rows


@pytest.mark.landing
def test_what_all_others_speak_of_makes_no_part(work, raw, monkeypatch):
    """One report may name every county: the rows of its document are made, those of regions in slices."""
    models = {model.name: model for model in with_what_they_read(MODELS, ["changes"])}
    change(raw)
    read(work, raw)
    monkeypatch.setattr(marts, "SLICE", 1)
    built = make(work, models)
    for cut_by, how in (("document", "part"), ("region", "all"), (None, "all")):
        assert {built[name].made for name, model in models.items() if model.cut_by == cut_by} == {how}
    rows = contents(work.con, models)
    monkeypatch.setattr(marts, "SLICE", 1_000)
    work.con.execute("DELETE FROM state.marts")
    make(work, models)
    assert contents(work.con, models) == rows


@pytest.mark.slow
@pytest.mark.parametrize("copied", [0, 9], ids=["filtered", "copied"])
def test_all_made_in_slices_gives_the_same_rows(work, monkeypatch, copied):
    rows = contents(work.con, MODELS)
    monkeypatch.setattr(marts, "SLICE", 2 * slices.LEAST)
    monkeypatch.setattr(slices, "FEW", copied)
    assert whole(work) == rows


def test_slices_of_many_documents_are_kept_in_files_until_the_run_ends(made_once, tmp_path, monkeypatch):
    monkeypatch.setattr(marts, "SLICE", 2 * slices.LEAST)
    monkeypatch.setattr(slices, "FEW", 0)
    models = {model.name: model for model in with_what_they_read(MODELS, ["parts_and_wholes"])}
    file = Path(shutil.copy(made_once / "work.duckdb", tmp_path / "work.duckdb"))
    left = tmp_path / "work.duckdb.slice-0123"  # by a run that was killed
    left.touch()
    with open_work(file, "test") as work:
        assert not left.exists()
        work.con.execute("DELETE FROM state.marts")
        made_of = {name: marts.refresh_mart(work.con, model, models) for name, model in models.items()}
        assert made(made_of) == {"all"}
        kept = [path for path in tmp_path.glob("work.duckdb.slice-*") if path.suffix != ".wal"]
        assert len(kept) == 3  # all marts share them
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["work.duckdb"]


def test_slices_hold_each_document_and_region_once(work):
    cut = list(whole_slices(work.con, 2 * slices.LEAST))
    assert len(cut) == 3
    for found, query in (
        ([part.documents for part in cut], "SELECT document_id FROM core.documents"),
        (
            [part.regions for part in cut],
            "SELECT region_code FROM core.observations WHERE region_code IS NOT NULL"
            " UNION SELECT place_code FROM core.observations WHERE place_code IS NOT NULL",
        ),
    ):
        keys = work.con.execute(query).fetchall()
        assert sorted(pl.concat(found).rows()) == sorted(keys)


def test_a_new_query_makes_its_mart_and_those_above_anew(work):
    changed = dict(MODELS)
    changed["changes"] = replace(MODELS["changes"], sql=MODELS["changes"].sql + " -- otherwise")
    built = {name: one.made for name, one in make(work, changed).items()}
    assert {name for name, how in built.items() if how == "all"} == {"changes", "audit_findings"}
    assert set(built.values()) == {"all", "none"}


def test_another_vocabulary_makes_the_marts_that_read_it_anew(work):
    work.con.execute("INSERT INTO ref.domains VALUES ('new', '新', 'New')")
    built = {name: one.made for name, one in make(work).items()}
    assert {name for name, how in built.items() if how == "all"} == {"work_programme"}


@pytest.mark.slow
def test_a_correction_makes_the_part_of_its_document_anew(work, raw):
    (raw / "corrections.csv").write_text(
        "document,span,key,action,value,expect,reason,who,when\n"
        "a.txt,,marriage.couples,override,1100,1200,更正,Li,2024-05-01\n",
        encoding="utf-8",
    )
    lines = read_corrections(raw)
    resolved = resolve_corrections(lines, *_named(work.con, ["a.txt"]))
    assert resolved["state"].to_list() == ["applied"]
    note_corrections(work.con, resolved)
    replace_table(work.con, "core.corrections", resolved)
    built = make(work)
    assert made_by_parts(built) == {1}
    assert (1100.0,) in work.con.execute(
        "SELECT value FROM marts.indicators_by_region_year WHERE indicator_id = 'marriage.couples'"
    ).fetchall()
    rows = contents(work.con, MODELS)
    assert rows == whole(work)
    before = latest_change(work.con)
    note_corrections(work.con, resolved.select(list(polars_schema("core.corrections"))))
    assert latest_change(work.con) == before  # the same list again


def _counties(raw: Path, people: int, counties: Sequence[str]) -> None:
    """One report of each county, with about so many people on the allowance."""
    for more, county in enumerate(counties):
        text = f"{county}民政局2023年工作总结\n\n2023年，全县低保对象{people + more}人。\n"
        (raw / f"{county}.txt").write_text(text, encoding="utf-8")


@pytest.mark.landing
@pytest.mark.parametrize("many", [20_000, 0], ids=["in memory", "in a file"])
def test_a_figure_that_counts_in_a_place_of_its_own_comes_and_goes_with_its_document(
    work, raw, monkeypatch, many
):
    """What a city says of a county is of the county, which the report itself is not of. Of 青田县, which it
    names too, other reports say much."""
    monkeypatch.setattr(shared, "MANY", many)
    models = {m.name: m for m in with_what_they_read(MODELS, ["indicators_by_region_year"])}
    values = "SELECT value FROM marts.indicators_by_region_year WHERE region_code = '331181'"
    (raw / "f.txt").write_text(CITY.replace("12人", "15人"), encoding="utf-8")
    for expected in ([(15,)], []):
        read(work, raw)
        make(work, models)
        assert work.con.execute(values).fetchall() == expected
        assert bool(list(work.path.parent.glob("*.slice-*"))) == (not many)
        (raw / "f.txt").unlink(missing_ok=True)


@pytest.mark.landing
def test_what_looks_across_regions_makes_those_anew_in_which_it_changed(work, raw):
    """龙泉市 is doubted beside five counties, and no more when all of these have as few."""
    models = {m.name: m for m in with_what_they_read(MODELS, ["indicators_by_region_year"])}
    _counties(raw, 12, ["龙泉市"])
    doubted = """SELECT list_contains(doubts, 'unlike_neighbours') FROM marts.indicators_by_region_year
        WHERE region_code = '331181'"""
    for people, expected in ((900, True), (14, False)):
        _counties(raw, people, COUNTIES)
        read(work, raw)
        work.con.execute("UPDATE core.observations SET confidence = 0.9 WHERE region_code = '331181'")
        assert make(work, models)["indicators_by_region_year"].made == "part"
        assert work.con.execute(doubted).fetchall() == [(expected,)]
        assert made(make(work, models)) == {"none"}


@pytest.mark.slow
def test_a_mart_above_one_that_was_left_behind_is_made_again(work, raw):
    """As when somebody materializes a single asset in the UI."""
    (raw / "a.txt").write_text(SUMMARY.replace("3012", "3100"), encoding="utf-8")
    read(work, raw)
    assert marts.refresh_mart(work.con, MODELS["region_year_profile"], MODELS).made == "part"
    assert made_by_parts(make(work))
    rows = contents(work.con, MODELS)
    assert rows == whole(work)


@pytest.mark.landing
def test_a_mart_whose_making_broke_off_is_not_published_but_made_again(work, monkeypatch, tmp_path):

    def fail(con, model):
        raise duckdb.OutOfMemoryException("no room")

    broken = dict(MODELS)
    broken["quality"] = replace(MODELS["quality"], sql=MODELS["quality"].sql + " -- otherwise")
    with monkeypatch.context() as patch, pytest.raises(duckdb.Error):
        patch.setattr(marts, "build_model", fail)
        make(work, broken)
    assert marts.unfinished_marts(work.con, broken) == ["quality"]
    with pytest.raises(PublishRefused, match="quality"):
        publish(work, tmp_path / "published.duckdb", None, broken)
    assert make(work, broken)["quality"].made == "all"
    assert not marts.unfinished_marts(work.con, broken)


def test_a_slice_that_made_room_for_another_is_attached_anew(work, raw):
    """Where the marts are not made ahead, Dagster may compare with the last release in the midst of them."""
    move(raw)
    read(work, raw)
    memo: shared.Memo = {}
    built, names = {}, list(MODELS)
    for name in names:
        built[name] = marts.refresh_mart(work.con, MODELS[name], MODELS, memo=memo)
        if name == names[len(names) // 2]:
            with slices.marked(work.con, slices.changed_slice(work.con, 0)):
                shared.forget_slice(memo)
    assert made_by_parts(built) <= {1, 2}
    rows = contents(work.con, MODELS)
    assert rows == whole(work)
