"""Damage: bytes that went wrong on the disk, in any block, cost neither the next publication nor a hand."""

import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from conftest import PLAN
from faults_lab import refresh_here
from read_once import expect
from rich.console import Console

import pipeline.warehouse.store.work as work_files
from pipeline.cli import main
from pipeline.contracts.registry import load_tables
from pipeline.runs import refresh
from pipeline.runs.refresh import Outcome, execute
from pipeline.runs.status import describe_status
from pipeline.settings import Settings, project_settings
from pipeline.warehouse.publish.publish import PublishRefused, check_target
from pipeline.warehouse.store.damage import Damaged, damage_note, is_damage, is_sound, note_damage
from pipeline.warehouse.store.places import BESIDE
from pipeline.warehouse.store.work import open_work

BLOCK = 256 * 2**10
HEADERS = 12 * 2**10
ADDED = "3.再新建1家。\n"


@pytest.fixture
def published(settings, dagster_home, tmp_path):
    """The small raw folder, published without marts, and without Dagster, which takes most of the time."""
    (tmp_path / "models").mkdir()
    small = replace(settings, models=tmp_path / "models")
    refresh_here(small)
    return small


def damage(path, found: bytes | None = None) -> None:
    """Turn bits of every block of a file, or only of those that hold some bytes."""
    os.chmod(path, 0o644)
    whole = bytearray(path.read_bytes())
    blocks = range(HEADERS, len(whole), BLOCK)
    for start in (at for at in blocks if found is None or found in whole[at : at + BLOCK]):
        for at in range(start + 64, min(start + BLOCK, len(whole)), 4096):
            whole[at] ^= 0xFF
    path.write_bytes(whole)


def change(settings) -> None:
    expect(plan=PLAN + ADDED)
    with (settings.raw / "plan.txt").open("a", encoding="utf-8") as file:
        file.write(ADDED)


@pytest.mark.slow
def test_a_work_file_damaged_through_and_through_is_made_anew(published):
    damage(published.work)
    change(published)
    assert execute(published).published
    assert published.work.with_name(f"{published.work.name}.broken").exists()


@pytest.mark.slow
def test_a_work_file_damaged_where_texts_stand_heals_with_the_next_refresh(published):
    damage(published.work, "全年办理结婚登记".encode())
    change(published)
    first = execute(published)
    if not first.published:
        assert "The work file is damaged: refresh again" in first.reasons[0]
        assert execute(published).published


@pytest.mark.slow
def test_a_damaged_publication_is_told_and_does_not_block_the_next_one(published):
    damage(published.warehouse)
    told = describe_status(published)
    assert not told[0] and f"{published.warehouse} cannot be read" in told[1]
    change(published)
    assert execute(published).published
    assert describe_status(published)[0]


@pytest.fixture
def alone(published) -> tuple[Settings, bytes]:
    """The small folder with a table that no run reads, and bytes that stand in a block of it."""
    with open_work(published.work, "r") as work:
        work.con.execute("CREATE TABLE core.alone AS SELECT hash(range) AS a FROM range(200_000)")
        work.con.execute("COMMENT ON TABLE core.alone IS 'One'; COMMENT ON COLUMN core.alone.a IS 'One'")
        (number,) = work.con.execute("SELECT a FROM core.alone LIMIT 1 OFFSET 100_000").fetchall()[0]
    return published, number.to_bytes(8, "little")


@pytest.mark.landing
def test_damage_in_a_publication_is_told_whoever_meets_it_and_noted_for_the_next(alone):
    """`status` was 0, and `query` told of a block and of nothing to do."""
    settings, inside = alone
    refresh_here(settings)
    note = damage_note(settings.warehouse)
    assert describe_status(settings)[0] and not note.exists()
    damage(settings.warehouse, inside)
    there, said = describe_status(settings)
    assert not there and note.exists(), said
    assert f"published  {settings.warehouse} " in said and "refresh again, and it is replaced" in said
    note.unlink()
    asked = ["query", "--warehouse", str(settings.warehouse)]
    assert CliRunner().invoke(main, [*asked, "SELECT 1"]).exit_code == 0
    told = CliRunner().invoke(main, [*asked, "SELECT bit_xor(a) FROM core.alone"])
    assert told.exit_code == 1 and "Corrupt database file" in told.output
    assert f"{settings.warehouse} is damaged: the next refresh replaces it" in told.output and note.exists()
    refresh_here(settings)
    assert describe_status(settings)[0] and not note.exists()


@pytest.mark.landing
def test_damage_in_a_table_that_a_run_does_not_read_is_not_published(alone):
    """The work file was copied as it stood, and the copy opened and no more."""
    settings, inside = alone
    before = settings.warehouse.read_bytes()
    damage(settings.work, inside)
    change(settings)
    with pytest.raises(Damaged, match=rf"{settings.work} lost .* The work file is damaged: refresh again"):
        refresh_here(settings)
    assert settings.warehouse.read_bytes() == before
    assert is_damage(Damaged("so that the hook notes it"))


@pytest.mark.slow
def test_a_refresh_that_meets_damage_in_the_work_file_heals_it_by_itself(alone, capsys):
    settings, inside = alone
    damage(settings.work, inside)
    change(settings)
    assert refresh.run_refresh(settings)
    told = " ".join(capsys.readouterr().err.split())
    assert f"{settings.work} is damaged: it is set aside, and all files are read again" in told
    assert settings.work.with_name(f"{settings.work.name}.broken").exists() and describe_status(settings)[0]


def test_a_run_is_tried_again_once_and_only_for_damage_that_it_met(settings, monkeypatch):
    settings.work.parent.mkdir(parents=True, exist_ok=True)
    runs: list[bool] = []

    def tried(meets_damage: bool) -> int:
        def execute(*_):
            runs.append(meets_damage)
            if meets_damage:
                note_damage(settings.work)
            return Outcome("id", False, [], {})

        runs.clear()
        monkeypatch.setattr(refresh, "execute", execute)
        refresh._execute_until_sound(settings, "CRITICAL", Console(quiet=True))
        return len(runs)

    assert tried(False) == 1 and tried(True) == 2
    assert tried(True) == 1, "it was known, so that this run did not come to the work file"


def test_a_block_in_which_nothing_stands_may_hold_anything(tmp_path):
    """It is looked at closer: a run that was killed may have torn it."""
    path = tmp_path / "m.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE a AS SELECT hash(range) AS a FROM range(100_000)")
    assert is_sound(path)
    with path.open("ab") as file:
        file.write(b"torn" * 100_000)
    assert is_sound(path)
    damage(path)
    assert not is_sound(path) and not is_sound(tmp_path / "none")


@pytest.mark.landing
def test_a_target_that_is_a_link_a_folder_or_a_device_is_refused_before_anything_is_read(settings, tmp_path):
    settings.warehouse.parent.mkdir()
    target = tmp_path / "target.duckdb"
    settings.warehouse.symlink_to(target)
    outcome = execute(settings)
    assert "is a link and would be replaced" in outcome.reasons[0]
    assert settings.warehouse.is_symlink() and not settings.work.exists()
    for place, words in (
        (tmp_path, "is a folder"),
        (Path("/dev/null"), "is a device or pipe"),
        (tmp_path / "m.work.duckdb", "a private work file"),
    ):
        with pytest.raises(PublishRefused, match=words):
            check_target(place, tmp_path / "none")


@pytest.mark.landing
def test_a_file_of_somebody_else_is_not_replaced(published, tmp_path):
    """A report named in the place of the warehouse was lost, and so was any other database."""
    report, other = tmp_path / "report.docx", tmp_path / "other.duckdb"
    report.write_bytes(b"PK" * 100)
    with duckdb.connect(str(other)) as con:
        con.execute("CREATE TABLE mine AS SELECT 1 AS a")
    for place in (report, other):
        before = place.read_bytes()
        outcome = execute(replace(published, warehouse=place))
        assert "is no warehouse of minzheng" in outcome.reasons[0], outcome.reasons
        assert place.read_bytes() == before and not replace(published, warehouse=place).work.exists()
    published.warehouse.chmod(0o644)
    published.warehouse.write_bytes(b"no database" * 1000)  # was ours: a work file stands beside it
    check_target(published.warehouse, published.work)


def test_a_database_of_somebody_else_where_the_work_file_goes_is_kept(tmp_path):
    path = tmp_path / "mine.work.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA core; CREATE TABLE core.mine AS SELECT 42 AS answer")
    with open_work(path, "run-1") as work:
        assert work.con.execute("SELECT count(*) FROM core.documents").fetchall() == [(0,)]
    with duckdb.connect(f"{path}.broken") as con:
        assert con.execute("FROM core.mine").fetchall() == [(42,)]


@pytest.mark.parametrize("ending", BESIDE)
@pytest.mark.parametrize("what", ["a folder", "a link", "a device or pipe"])
def test_what_stands_where_a_run_keeps_its_files_is_told_and_left(tmp_path, what, ending):
    """A pipe in the place of the work file was waited for without end, a link shared somebody else's, and
    folders ended in `Is a directory` and no more."""
    work, letter = tmp_path / "m.work.duckdb", tmp_path / "letter.txt"
    place = tmp_path / f"m.work.duckdb{ending}"
    letter.write_text("mine")
    make = {"a folder": place.mkdir, "a link": lambda: place.symlink_to(letter)}
    make.get(what, lambda: os.mkfifo(place))()
    with pytest.raises(OSError, match=rf"{place.name} is {what}, .*move it away"), open_work(work, "r"):
        pass
    assert letter.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["letter.txt", place.name])


def test_a_name_that_no_database_can_have_is_told_before_anything_is_written(tmp_path):
    with pytest.raises(OSError, match=r"holds a \?, .*name another"), open_work(tmp_path / "a?.duckdb", "r"):
        pass
    bytes_of_gbk = tmp_path / os.fsdecode("民政".encode("gbk"))
    for given in ({"raw": bytes_of_gbk}, {"warehouse": bytes_of_gbk / "m.duckdb"}):
        told = CliRunner().invoke(main, ["refresh", *(f"--{name}={path}" for name, path in given.items())])
        assert told.exit_code and "holds bytes that are not UTF-8: give the folder" in told.output, (
            told.output
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.landing
def test_a_work_file_that_is_hollow_is_made_compact_once_and_keeps_all(published, monkeypatch):
    """After a new version had read everything again, each publication was copied a second time."""
    monkeypatch.setattr(work_files, "LARGE", 0)
    with open_work(published.work, "r") as work:
        work.con.execute("CREATE TABLE state.ballast AS SELECT random() AS a FROM range(1_200_000)")
        work.con.execute("CREATE TABLE state.behind AS SELECT random() AS a FROM range(300_000)")
        work.con.execute("CHECKPOINT")
        work.con.execute("DROP TABLE state.ballast")
        work.con.execute("CHECKPOINT")
        stored = [name for name, table in load_tables().items() if table.stored]
        tables = {name: work.con.execute(f"FROM {name}").fetchall() for name in stored}
        assert work_files._is_hollow(work.con)
    size = published.work.stat().st_size
    with open_work(published.work, "r") as work:
        assert not work_files._is_hollow(work.con)
        assert tables == {name: work.con.execute(f"FROM {name}").fetchall() for name in tables}
        assert work_files.storage_version(work.con).startswith(work_files.STORAGE_VERSION)
        comments = "SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL"
        assert work.con.execute(comments).fetchall()[0][0]
    assert published.work.stat().st_size < size / 2
    assert not [*published.work.parent.glob("*.compact*")]
    change(published)
    refresh_here(published)


def test_no_two_warehouses_share_a_work_file(tmp_path):
    names = ("m", "m.db", "m.duckdb", "m.work2", "m.duckdb.db", "m.db.duckdb")
    places = [project_settings(tmp_path, tmp_path / name, env={}) for name in names]
    both = [path for settings in places for path in (settings.warehouse, settings.work)]
    assert len(set(both)) == len(both)


@pytest.mark.landing
def test_a_warehouse_copied_by_hard_links_has_a_work_file_of_its_own(published, tmp_path):
    """Both wrote into one; and what is published anew leaves the older one to whoever kept a link to it."""
    copied = replace(published, warehouse=tmp_path / "copied" / published.warehouse.name)
    copied.warehouse.parent.mkdir()
    for path in (published.warehouse, published.work):
        os.link(path, copied.warehouse.parent / path.name)
    before = [path.read_bytes() for path in (published.warehouse, published.work)]
    change(published)
    refresh_here(copied)
    assert before == [path.read_bytes() for path in (published.warehouse, published.work)]
    assert copied.warehouse.read_bytes() != before[0] and copied.work.stat().st_nlink == 1


HOSTILE = "\x1b]0;owned\x07\x1b[31m\n\u009bred\u202egnp"


@pytest.mark.slow
def test_no_name_or_text_of_a_file_speaks_to_the_terminal(settings, dagster_home, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    small = replace(settings, models=tmp_path / "models")
    monkeypatch.setattr("pipeline.cli.project_settings", lambda *_, **__: small)
    (settings.raw / f"{HOSTILE}.txt").write_text("")
    (settings.raw / f"{HOSTILE}").mkdir()
    (settings.raw / f"{HOSTILE}" / "a.txt").write_text(
        f"青田县民政局2023年工作总结\n低保对象{HOSTILE}230人。\n"
    )
    where = ["--warehouse", str(settings.warehouse)]
    raw = ["--raw", str(settings.raw)]
    query = "SELECT file_name, text FROM core.documents"
    for command in (
        ["refresh", *raw, *where],
        ["refresh", *raw, *where],
        ["status", *raw, *where],
        ["query", *where, query],
        ["query", *where, f"SELECT '{HOSTILE}' FROM nothing"],
        ["explain", *where, str(settings.raw / HOSTILE / "a.txt"), "230"],
        ["explain", *where, HOSTILE],
    ):
        told = CliRunner().invoke(main, command)
        assert not set(told.output) & {"\x1b", "\x07", "\u009b", "\u202e"}, (command[0], told.output)
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception


@pytest.mark.slow
def test_a_stop_after_the_publication_does_not_say_that_nothing_was_published(published, monkeypatch, capsys):
    from pipeline.runs.refresh import run_refresh

    change(published)

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.site.build_site", stopped)
    assert not run_refresh(replace(published, site=published.warehouse.parent / "site"))
    told = " ".join(capsys.readouterr().err.split())
    assert "A new release was published, and then the run ended early." in told
    assert f"{published.warehouse} is the new release." in told


@pytest.mark.landing
def test_a_damaged_block_is_not_taken_for_a_lock(published):
    damage(published.work)
    with open_work(published.work, "run-1") as work:
        assert work.con.execute("SELECT count(*) FROM core.documents").fetchall() == [(0,)]
