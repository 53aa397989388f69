"""The engine: only what is new or changed is read, a dead run is taken up, one odd file stops nobody."""

from pathlib import Path

import polars as pl
import pytest
from conftest import PLAN, SUMMARY, write_raw
from read_once import expect, read_once

import pipeline.engine.bounded as bounded
import pipeline.engine.child as child
import pipeline.engine.local as engine
from pipeline.contracts.registry import polars_schema, tables_of
from pipeline.contracts.validate import validate
from pipeline.engine.batch import Frames, extract_documents, extractor_version, read_batch, split_batches
from pipeline.engine.bounded import SAMPLE, BatchReader, ExtractionBroken
from pipeline.engine.child import Died, Failed, Limits
from pipeline.engine.local import refresh_core
from pipeline.reading.files.listing import list_files
from pipeline.warehouse.store import state
from pipeline.warehouse.store.work import open_work

MORE_PLANNED = PLAN + "3.新建社区食堂5个。\n"
expect(**{SAMPLE.name: SAMPLE.read_text("utf-8")})
expect(copy=SUMMARY, **dict.fromkeys(("third", "renamed", "bad", "worse", "blank"), PLAN))
CORE = [t.name for t in tables_of("core") if t.name != "core.corrections"]


@pytest.fixture
def reads(monkeypatch):
    """Names of the files that are read, in order."""
    seen: list[str] = []

    def noting(_, raw, manifest):
        seen.extend(manifest["file_name"])
        return read_once(raw, manifest)

    monkeypatch.setattr(engine.BatchReader, "read_whole", noting)
    return seen


def refresh(work, raw: Path, limits: Limits | None = None) -> engine.Refreshed:
    state.store_manifest(work.con, list_files(raw, state.load_manifest(work.con)))
    return refresh_core(work, raw, limits=limits)


def contents(work) -> dict[str, list[tuple]]:
    """All rows of `core`, without the times at which files were read."""
    leave_out = {"core.documents": "EXCLUDE (ingested_at)", "core.rejected_files": "EXCLUDE (rejected_at)"}
    return {
        name: sorted(map(str, work.con.execute(f"SELECT * {leave_out.get(name, '')} FROM {name}").fetchall()))
        for name in CORE
    }


@pytest.fixture(scope="module")
def read_here(tmp_path_factory) -> tuple[Path, Frames]:
    """A raw folder, and what is read of it in this process."""
    raw = write_raw(tmp_path_factory.mktemp("here"), summary=SUMMARY, plan=PLAN)
    return raw, read_batch(raw, list_files(raw))


def test_a_batch_gives_all_tables_within_their_contracts(read_here):
    _, frames = read_here
    assert set(frames) == {*CORE, "state.files", "state.sketches"}
    for name, frame in frames.items():
        validate(frame, name, whole=False)
    assert frames["core.documents"].height == frames["core.reports"].height == 2
    assert frames["core.observations"].height > 5


def test_no_documents_give_empty_tables():
    documents = pl.DataFrame(schema=polars_schema("core.documents"))
    assert {frame.height for frame in extract_documents(documents).values()} == {0}


@pytest.mark.landing
def test_only_what_is_new_or_changed_is_read(work, raw, reads):
    expect(plan=MORE_PLANNED)
    first = refresh(work, raw)
    assert (first.new, first.unchanged, sorted(reads)) == (2, 0, ["plan.txt", "summary.txt"])
    reads.clear()
    assert not refresh(work, raw).anything and reads == []
    write_raw(raw, plan=MORE_PLANNED, third=PLAN)
    done = refresh(work, raw)
    assert (done.new, done.changed, done.unchanged, sorted(reads)) == (1, 1, 1, ["plan.txt", "third.txt"])


@pytest.mark.landing
def test_what_is_removed_or_renamed_leaves_the_tables(work, raw, tmp_path):
    refresh(work, raw)
    (raw / "plan.txt").rename(raw / "renamed.txt")
    (raw / "summary.txt").unlink()
    done = refresh(work, raw)
    assert (done.new, done.removed) == (1, 2)
    with open_work(tmp_path / "other.duckdb", "run-2") as other:
        refresh(other, raw)
        assert contents(work) == contents(other)
    assert work.con.execute("SELECT file_name FROM core.documents").fetchall() == [("renamed.txt",)]


@pytest.mark.slow
def test_a_newer_extractor_reads_all_again(work, raw, reads, monkeypatch):
    refresh(work, raw)
    before = contents(work)
    reads.clear()
    for module in ("local", "batch"):
        monkeypatch.setattr(f"pipeline.engine.{module}.extractor_version", lambda: "newer")
    done = refresh(work, raw)
    assert (done.outdated, done.new, done.changed, len(reads)) == (2, 0, 0, 2)
    assert contents(work) == before


@pytest.mark.slow
def test_a_run_that_dies_is_taken_up_where_it_stopped(work, raw, reads, tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "split_batches", lambda manifest: split_batches(manifest, batch_files=1))
    replace = engine.replace_files

    def die(con, names, frames):
        if names == ["summary.txt"]:
            raise KeyboardInterrupt
        return replace(con, names, frames)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(engine, "replace_files", die)
        refresh(work, raw)
    reads.clear()
    refresh(work, raw)
    assert reads == ["summary.txt"]
    with open_work(tmp_path / "other.duckdb", "run-2") as other:
        refresh(other, raw)
        assert contents(work) == contents(other)


def test_a_file_that_is_refused_once_is_not_read_again_until_it_changes(work, raw, reads):
    write_raw(raw, blank="")
    refresh(work, raw)
    reads.clear()
    refresh(work, raw)
    assert reads == []
    assert work.con.execute("SELECT file_name FROM core.rejected_files").fetchall() == [("blank.txt",)]
    write_raw(raw, blank=PLAN)
    refresh(work, raw)
    assert work.con.execute("SELECT count(*) FROM core.rejected_files").fetchall() == [(0,)]


def test_copies_are_linked_and_come_free_when_the_first_is_gone(work, raw):
    write_raw(raw, copy=SUMMARY)
    refresh(work, raw)
    links = (
        "SELECT file_name, duplicate_of IS NOT NULL FROM core.reports JOIN core.documents USING (document_id)"
    )
    assert dict(work.con.execute(links).fetchall()) == {
        "copy.txt": False,
        "plan.txt": False,
        "summary.txt": True,
    }
    (raw / "copy.txt").unlink()
    refresh(work, raw)
    assert dict(work.con.execute(links).fetchall()) == {"plan.txt": False, "summary.txt": False}


def test_links_that_a_killed_run_left_open_are_made_up_for(work, raw, monkeypatch):
    write_raw(raw, copy=SUMMARY)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(engine, "store_links", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        refresh(work, raw)
    done = refresh(work, raw)
    assert not done.anything
    assert work.con.execute(
        "SELECT count(*) FROM core.reports WHERE duplicate_of IS NOT NULL"
    ).fetchall() == [(1,)]


def break_on(names: set[str], monkeypatch, error=None):
    def breaking(_, raw, manifest):
        if names & set(manifest["file_name"]):
            raise error or Failed("ZeroDivisionError: a sum of nothing", "")
        return read_once(raw, manifest)

    monkeypatch.setattr(engine.BatchReader, "read_whole", breaking)


def test_a_file_that_breaks_extraction_is_refused_and_the_others_go_on(work, raw, monkeypatch):
    write_raw(raw, third=PLAN)
    break_on({"summary.txt"}, monkeypatch)
    refresh(work, raw)
    refused = work.con.execute("SELECT file_name, reason, detail FROM core.rejected_files").fetchall()
    assert refused[0][:2] == ("summary.txt", "extraction_failed")
    assert refused[0][2].startswith("ZeroDivisionError: a sum of nothing.")
    assert work.con.execute("SELECT count(*) FROM core.documents").fetchall() == [(2,)]


@pytest.mark.landing
def test_a_file_that_could_not_be_read_for_want_of_room_is_tried_again(work, raw, monkeypatch):
    """A disk of temporary files that was full for a moment cost sound files for good."""
    full = Failed("OSError: [Errno 28] No space left", "", "No space left on device: /tmp")
    with monkeypatch.context() as patch:
        break_on({"summary.txt"}, patch, full)
        refresh(work, raw)
    refused = work.con.execute("SELECT file_name, reason, detail FROM core.rejected_files").fetchall()
    assert (
        refused[0][:2] == ("summary.txt", "unreadable") and "No space left on device: /tmp" in refused[0][2]
    )
    refresh(work, raw)
    assert work.con.execute("SELECT count(*) FROM core.rejected_files").fetchall() == [(0,)]
    assert work.con.execute("SELECT count(*) FROM core.documents").fetchall() == [(2,)]


@pytest.mark.landing
def test_two_bad_files_that_are_all_that_is_new_block_nothing(work, raw, monkeypatch):
    refresh(work, raw)
    write_raw(raw, bad=PLAN, worse=PLAN)
    break_on({"bad.txt", "worse.txt"}, monkeypatch)
    refresh(work, raw)
    assert sorted(work.con.execute("SELECT file_name FROM core.rejected_files").fetchall()) == [
        ("bad.txt",),
        ("worse.txt",),
    ]
    assert work.con.execute("SELECT count(*) FROM core.documents").fetchall() == [(2,)]


def test_where_even_the_sample_cannot_be_read_the_run_fails_and_no_file_is_refused(work, raw, monkeypatch):
    break_on({"plan.txt", SAMPLE.name}, monkeypatch)
    with pytest.raises(
        ExtractionBroken, match=r"even the built-in sample cannot be read \(ZeroDivisionError"
    ):
        refresh(work, raw)
    assert work.con.execute("SELECT count(*) FROM state.files").fetchall() == [(0,)]


def test_the_built_in_sample_is_read_whole():
    BatchReader(SAMPLE.parent)._try_sample(Failed("a fault", ""))
    frames = read_once(SAMPLE.parent, list_files(SAMPLE.parent).filter(pl.col("file_name") == SAMPLE.name))
    assert {name for name in CORE if frames[name].is_empty()} == {"core.rejected_files"}


HUNGRY = """
import pipeline.engine.child as child
def eat(raw, batch):
    names = batch["file_name"].to_list()
    if "hungry.txt" in names:
        held = [bytearray(b"x" * 10**8) for _ in range(50)]
    while "endless.txt" in names:
        pass
    if "deadly.txt" in names:
        import os; os.abort()
    return read(raw, batch)
read, child.read_batch = child.read_batch, eat
child.serve()
"""


@pytest.fixture
def hostile(monkeypatch):
    """Processes in which some file names take all memory, all time, or the process itself."""
    start = child.subprocess.Popen

    def popen(command, **more):
        told = [command[0], "-c", HUNGRY] if command[-1] == "pipeline.engine.child" else command
        return start(told, **more)

    monkeypatch.setattr(child.subprocess, "Popen", popen)
    monkeypatch.setattr(bounded, "_idle", [])
    yield
    bounded._end_all()


def seconds_that_suffice() -> int:
    """Processor seconds in which this machine, slow as it may be, reads a sound file in a new process."""
    process = child.BatchProcess(Limits())
    began = child._taken(process._process.pid).seconds
    process.read(SAMPLE.parent, list_files(SAMPLE.parent).filter(pl.col("file_name") == SAMPLE.name))
    taken = child._taken(process._process.pid).seconds - began
    process.end()
    return 3 + 2 * round(taken)


@pytest.mark.slow
def test_a_process_that_takes_all_memory_is_ended(raw, hostile):
    (raw / "summary.txt").rename(raw / "hungry.txt")
    process = child.BatchProcess(Limits(megabytes=700))
    with pytest.raises(Died) as death:
        process.read(raw, list_files(raw))
    assert death.value.kind == child.MEMORY and death.value.megabytes > 700 and not process.alive


def test_a_file_over_which_the_process_dies_is_refused_and_the_one_beside_it_is_read(raw, monkeypatch):
    break_on({"summary.txt"}, monkeypatch, Died(child.MEMORY, 1, 701))
    frames = BatchReader(raw, Limits(megabytes=700)).read(list_files(raw))
    assert frames["core.rejected_files"]["reason"].to_list() == ["too_costly"]
    assert frames["core.documents"]["file_name"].to_list() == ["plan.txt"]


@pytest.mark.slow
def test_files_that_take_too_much_are_found_and_refused_and_the_others_are_read(work, raw, hostile):
    seconds = seconds_that_suffice()
    write_raw(raw, hungry=PLAN, endless=PLAN, deadly=PLAN)
    refresh(work, raw, Limits(megabytes=700, seconds=seconds))
    refused = work.con.execute(
        "SELECT file_name, reason, detail FROM core.rejected_files ORDER BY file_name"
    ).fetchall()
    assert [row[:2] for row in refused] == [
        (f"{name}.txt", "too_costly") for name in ("deadly", "endless", "hungry")
    ]
    for (_, _, detail), why in zip(refused, ("broke down", "took too long", "too much memory"), strict=True):
        assert why in detail and f"{seconds} seconds and 700 MB" in detail, detail
    assert sorted(work.con.execute("SELECT file_name FROM core.documents").fetchall()) == [
        ("plan.txt",),
        ("summary.txt",),
    ]
    assert not refresh(work, raw, Limits(megabytes=700, seconds=seconds)).anything
    for name in ("endless", "deadly"):
        (raw / f"{name}.txt").unlink()
    again = refresh(work, raw, Limits(megabytes=600, seconds=seconds))
    assert again.outdated == 1, "limits changed: tried again"


@pytest.mark.landing
@pytest.mark.processes
def test_a_run_that_is_due_finds_a_process_at_work_already_which_gives_what_is_read_here(
    read_here, monkeypatch
):
    """Its start and what it makes once took the most of a refresh with one new report."""
    raw, here = read_here
    monkeypatch.setattr(bounded, "_idle", [])
    bounded.make_ready(Limits(), warm=True)
    bounded.make_ready(Limits())
    (process,) = bounded._idle
    assert process.alive
    frames = BatchReader(raw).read(list_files(raw))
    assert bounded._idle == [process], "the files were read by another one"  # it served the sample before
    for name, frame in here.items():
        times = [c for c in frame.columns if c.endswith("ed_at")]
        assert frames[name].drop(times).equals(frame.drop(times)), name
    bounded._end_all()
    assert not process.alive

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError("no process may be started")

    monkeypatch.setattr(child.subprocess, "Popen", refuses)
    bounded.make_ready(Limits())
    assert not bounded._idle, "the run says so when it comes to reading"


def test_batches_are_bounded_in_files_and_bytes():
    sizes = [5, 5, 50, 1, 1, 1, 1]
    manifest = pl.DataFrame({"file_name": [str(i) for i in range(7)], "size": sizes})
    cut = [batch["size"].to_list() for batch in split_batches(manifest, batch_bytes=10, batch_files=3)]
    assert cut == [[5, 5], [50], [1, 1, 1], [1]]
    assert list(split_batches(manifest.clear())) == []


def test_the_version_of_the_extractor_is_short_and_steady():
    assert extractor_version() == extractor_version() and len(extractor_version()) == 12
