"""Publishing: readers see the last whole file or the next one, and what cannot be done safely is refused."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest

import pipeline.warehouse.publish.publish as publishing
from pipeline.contracts.registry import polars_schema
from pipeline.settings import PROJECT
from pipeline.warehouse.publish.dictionary import Release
from pipeline.warehouse.publish.publish import PublishRefused, publish
from pipeline.warehouse.store.work import open_work
from pipeline.warehouse.store.writer import replace_table


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "published").mkdir()
    return tmp_path / "published" / "minzheng.duckdb"


def release(number: int = 1) -> Release:
    return Release(f"r{number}", datetime(2026, 1, number, tzinfo=UTC), "0" * 64, "v1", "run-1", 1)


def set_rows(work, number: int) -> None:
    """Give two tables the same number of rows, so that a torn read would show."""
    subjects = [(f"s{i}", "d", "名", "name", None, False) for i in range(number)]
    measures = [(f"m{i}", "名", "人", None, "what") for i in range(number)]
    for name, values in (("ref.subjects", subjects), ("ref.measures", measures)):
        replace_table(work.con, name, pl.DataFrame(values, polars_schema(name), orient="row"))


def read(path: Path, sql: str) -> list[tuple]:
    con = duckdb.connect(str(path), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_the_published_file_is_read_only_described_and_without_private_tables(work, target):
    set_rows(work, 2)
    done = publish(work, target, release(), {})
    assert done.rows["ref.subjects"] == 2 and done.path == target
    assert target.stat().st_mode & 0o777 == 0o444
    assert read(target, "SELECT release_id, raw_files, documents FROM meta.release") == [("r1", 1, 0)]
    schemas = {name for (name,) in read(target, "SELECT DISTINCT schema_name FROM duckdb_tables()")}
    assert schemas == {"core", "ref", "meta"}
    counted = read(target, "SELECT table_schema || '.' || table_name, row_count FROM meta.tables")
    assert dict(counted) == done.rows
    assert read(target, "SELECT count(*) FROM meta.columns WHERE comment = '' OR source LIKE '%state.%'") == [
        (0,)
    ]
    assert os.listdir(target.parent) == ["minzheng.duckdb"]


def test_the_published_file_can_be_opened_by_older_versions(work, target):
    set_rows(work, 1)
    publish(work, target, release(), {})
    # The header of a DuckDB file: 8 bytes of checksum, DUCK, the number of its format. DuckDB 1.2 and 1.3
    # read up to 65, 1.4 up to 67, 1.5 up to 68.
    header = target.read_bytes()[:20]
    assert (header[8:12], int.from_bytes(header[12:20], "little")) == (b"DUCK", 65)
    comments = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert read(target, comments) == [(0,)]


def test_indicators_that_nothing_can_be_are_not_published(work, target):
    from pipeline.vocabulary.reference import load_reference

    for name in ("ref.subjects", "ref.measures", "ref.indicators"):
        replace_table(work.con, name, load_reference(name))
    publish(work, target, release(), {})
    left = {name for (name,) in read(target, "SELECT indicator_id FROM ref.indicators")}
    assert {"dibao.persons", "dibao.standard", "nursing_bed.ratio", "price_subsidy.persons"} <= left
    assert not left & {"elder_institution.couples", "marriage.beds", "low_income.beds", "adoption.length"}
    assert load_reference("ref.indicators").height > 4 * len(left), "the work file keeps them all"


OPEN = "import json, select, sys, time, duckdb; path = sys.argv[1]\n"
LOOP = """
pairs = "SELECT (SELECT count(*) FROM ref.subjects), (SELECT count(*) FROM ref.measures)"
seen, told = set(), False
while not told or not select.select([sys.stdin], [], [], 0)[0]:
    con = duckdb.connect(path, read_only=True)
    seen.update(con.execute(pairs).fetchall())
    con.close()
    time.sleep(0.03)  # else it would take a processor for itself
    if not told:
        print("ready", flush=True)
    told = True
print(json.dumps(sorted(seen)))
"""
HOLD = """
con = duckdb.connect(path)
print("ready", flush=True)
sys.stdin.readline()
"""


def another_process(code: str, path: Path) -> subprocess.Popen:
    """A Python process with a session of its own, once it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN + code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.landing
@pytest.mark.parametrize(
    ("many", "publications"), [(2, 4), pytest.param(10, 20, marks=pytest.mark.slow)], ids=["few", "ten"]
)
def test_readers_in_loops_never_meet_half_a_refresh(work, target, many, publications):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    readers = [another_process(LOOP, target) for _ in range(many)]
    for number in range(2, publications + 2):
        set_rows(work, number)
        publish(work, target, release(number), {})
    for reader in readers:
        told, errors = reader.communicate("stop\n", timeout=120)
        pairs = json.loads(told)
        assert reader.returncode == 0, errors
        assert pairs and all(subjects == measures for subjects, measures in pairs)
    assert read(target, "SELECT release_id FROM meta.release") == [(f"r{publications + 1}",)]


def test_an_open_session_keeps_what_it_opened(work, target):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    con = duckdb.connect(str(target), read_only=True)
    set_rows(work, 2)
    publish(work, target, release(2), {})
    assert con.execute("SELECT count(*) FROM ref.subjects").fetchall() == [(1,)]
    con.close()
    assert read(target, "SELECT count(*) FROM ref.subjects") == [(2,)]


def refuse(work, target: Path, reason: str) -> None:
    with pytest.raises(PublishRefused, match=reason):
        publish(work, target, release(2), {})
    leftovers = [name for name in os.listdir(target.parent) if "publishing" in name]
    assert leftovers == []


def test_a_stale_wal_is_refused_with_the_reason(work, target):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    wal = target.with_name(target.name + ".wal")
    wal.write_bytes(b"left by a session that died")
    refuse(work, target, r"minzheng\.duckdb\.wal lies beside the published file")
    wal.unlink()
    assert read(target, "SELECT release_id FROM meta.release") == [("r1",)]


def test_a_full_disk_is_refused_and_leaves_nothing_behind(work, target, monkeypatch):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    with monkeypatch.context() as patch:
        patch.setattr(
            "pipeline.warehouse.publish.publish.shutil.disk_usage", lambda _: SimpleNamespace(free=0)
        )
        refuse(work, target, "has 0 MB left and the copy needs")

    def fill(source, copy):
        Path(copy).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.warehouse.publish.publish.shutil.copyfile", fill)
    refuse(work, target, "No space left on device; the last publication stands")
    assert read(target, "SELECT release_id FROM meta.release") == [("r1",)]


def test_what_fails_behind_the_rename_does_not_say_that_nothing_was_published(work, target, monkeypatch):
    """A file system that syncs no folders, as some of the network's: the release stands, and is noted."""
    sync = publishing._sync

    def no_folders(path: Path) -> None:
        if path.is_dir():
            raise OSError(22, "Invalid argument")
        sync(path)

    monkeypatch.setattr(publishing, "_sync", no_folders)
    set_rows(work, 1)
    assert publish(work, target, release(1), {}).release_id == "r1"
    assert read(target, "SELECT release_id FROM meta.release") == [("r1",)]
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_folder_that_cannot_be_written_is_refused(work, target, monkeypatch):
    monkeypatch.setattr("pipeline.warehouse.publish.publish.os.access", lambda path, mode: False)
    refuse(work, target, "is not a folder that can be written to")


def test_a_folder_in_the_place_of_the_file_is_refused(work, target):
    target.mkdir()
    refuse(work, target, "is a folder; name a file")


@pytest.mark.landing
def test_a_session_that_writes_is_refused(work, target):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    target.chmod(0o644)
    writer = another_process(HOLD, target)
    refuse(work, target, "someone has .* open for writing; close that session")
    writer.communicate("done\n", timeout=60)
    publish(work, target, release(2), {})
    assert read(target, "SELECT release_id FROM meta.release") == [("r2",)]


KILLED = """
import os, signal, sys
from pathlib import Path
import pipeline.warehouse.publish.publish as publishing
from test_warehouse_publish import release, set_rows
from pipeline.warehouse.store.work import open_work

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

target, moment = Path(sys.argv[1]), sys.argv[2]
sync = publishing._sync
if moment == "before the rename":
    os.replace = kill
elif moment == "between rename and sync":
    publishing._sync = lambda path: kill() if path.is_dir() else sync(path)
else:
    publishing.note_publication = kill
with open_work(target.parent.parent / "killed.duckdb", "run-2") as work:
    set_rows(work, 2)
    publishing.publish(work, target, release(2), {})
"""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before the rename", "between rename and sync", "before it is noted"])
def test_a_publisher_killed_about_the_rename_leaves_a_whole_file_and_the_next_publishes(work, target, moment):
    set_rows(work, 1)
    publish(work, target, release(1), {})
    paths = os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])
    command = [sys.executable, "-c", KILLED, str(target), moment]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    stands = 1 if moment == "before the rename" else 2
    assert read(target, "SELECT release_id FROM meta.release") == [(f"r{stands}",)]
    assert read(target, "SELECT count(*) FROM ref.subjects") == [(stands,)]
    with open_work(target.parent.parent / "killed.duckdb", "run-3") as after:
        assert after.con.execute("SELECT count(*) FROM ref.subjects").fetchall() == [(2,)]
        publish(after, target, release(3), {})
    assert read(target, "SELECT release_id FROM meta.release") == [("r3",)]
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_what_a_killed_run_left_is_cleaned_up(work, target):
    leftover = target.with_name(".minzheng.duckdb.4711.publishing")
    leftover.write_bytes(b"half a copy")
    set_rows(work, 1)
    publish(work, target, release(1), {})
    assert not leftover.exists()


def test_the_published_file_holds_no_room_that_nothing_stands_in(work, target):
    set_rows(work, 2)
    work.con.execute("CREATE TABLE state.big AS SELECT range, md5(range::VARCHAR) FROM range(300_000)")
    publish(work, target, release(), {})
    assert target.stat().st_size < work.path.stat().st_size * 0.7
    ((free, total),) = read(target, "SELECT free_blocks, total_blocks FROM pragma_database_size()")
    assert free <= 0.2 * total
    assert read(target, "SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL") == [(0,)]
    assert [path.name for path in target.parent.iterdir()] == [target.name]
