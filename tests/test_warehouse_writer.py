"""The writer: rows land under their names, whole or not at all; the work file belongs to one run."""

import duckdb
import polars as pl
import pytest

from pipeline.contracts.registry import load_tables, polars_schema
from pipeline.contracts.validate import ContractError
from pipeline.warehouse.store.work import WorkFile, WorkFileHeld, open_work, storage_version
from pipeline.warehouse.store.writer import replace_files, replace_rows, replace_table


def measures(**change: object) -> pl.DataFrame:
    row = {
        "measure": "persons",
        "name_zh": "人数",
        "canonical_unit": "人",
        "typical_units": "人",
        "meaning": "people",
    }
    return pl.DataFrame([row | change], schema=polars_schema("ref.measures"))


def file_rows(name: str, number: str, mentions: int) -> dict[str, pl.DataFrame]:
    """Rows of one file with some mentions, as a batch hands them over."""
    document = number * 16
    spans = pl.DataFrame({"span_start": range(mentions)}, schema={"span_start": pl.Int64})
    return {
        "core.mentions": spans.select(
            document_id=pl.lit(document),
            report_id=pl.lit(f"{document}-01"),
            span_start="span_start",
            span_end=pl.col("span_start") + 1,
            text=pl.lit("5"),
            kind=pl.lit("measurement"),
            flags=pl.lit([], pl.List(pl.String)),
        ),
        "state.files": pl.DataFrame(
            [{"file_name": name, "sha256": number * 64, "document_id": document, "extractor_version": "v"}],
            schema=polars_schema("state.files"),
        ),
    }


def rows(work: WorkFile, sql: str) -> list[tuple]:
    return work.con.execute(sql).fetchall()


def test_a_reordered_frame_lands_under_its_names(work):
    frame = measures()
    assert replace_table(work.con, "ref.measures", frame.select(reversed(frame.columns))) == 1
    assert rows(work, "SELECT measure, name_zh, meaning FROM ref.measures") == [("persons", "人数", "people")]


def test_a_column_that_the_contract_does_not_know_is_refused_and_the_old_rows_stay(work):
    replace_table(work.con, "ref.measures", measures())
    with pytest.raises(ContractError):
        replace_table(work.con, "ref.measures", measures().with_columns(extra=pl.lit(1)))
    assert rows(work, "SELECT measure FROM ref.measures") == [("persons",)]


def test_a_write_that_fails_half_way_keeps_the_old_rows(work, monkeypatch):
    replace_table(work.con, "ref.measures", measures())
    monkeypatch.setattr(
        "pipeline.warehouse.store.writer.ddl.comments", lambda table: ["COMMENT ON TABLE no.table IS ''"]
    )
    with pytest.raises(duckdb.Error):
        replace_table(work.con, "ref.measures", measures(measure="households"))
    assert rows(work, "SELECT measure FROM ref.measures") == [("persons",)]


def test_tables_are_typed_and_commented(work):
    kinds = dict(
        rows(work, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'observations'")
    )
    assert kinds["flags"] == "VARCHAR[]" and kinds["value"] == "DOUBLE" and kinds["period_end"] == "DATE"
    bare = rows(work, "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT internal")
    assert bare == []


def test_a_file_is_replaced_in_all_tables_and_its_neighbours_stay(work):
    replace_files(work.con, ["a.txt"], file_rows("a.txt", "a", 3))
    replace_files(work.con, ["b.txt"], file_rows("b.txt", "b", 2))
    replace_files(work.con, ["a.txt"], file_rows("a.txt", "c", 1))
    assert rows(work, "SELECT left(document_id, 1), count(*) FROM core.mentions GROUP BY 1 ORDER BY 1") == [
        ("b", 2),
        ("c", 1),
    ]
    replace_files(work.con, ["a.txt", "b.txt"], {})
    assert (
        rows(work, "SELECT count(*) FROM core.mentions")
        == rows(work, "SELECT count(*) FROM state.files")
        == [(0,)]
    )


def test_a_batch_with_one_bad_frame_changes_nothing(work):
    replace_files(work.con, ["a.txt"], file_rows("a.txt", "a", 3))
    bad = file_rows("a.txt", "b", 2)
    bad["core.mentions"] = bad["core.mentions"].with_columns(kind=pl.lit("guess"))
    with pytest.raises(ContractError):
        replace_files(work.con, ["a.txt"], bad)
    assert rows(work, "SELECT count(*) FROM core.mentions WHERE document_id = repeat('a', 16)") == [(3,)]


def test_rows_change_by_their_key_and_a_bad_row_changes_nothing(work):
    replace_table(work.con, "ref.measures", pl.concat([measures(), measures(measure="beds")]))
    gone = pl.Series(["beds"])
    replace_rows(work.con, "ref.measures", "measure", gone, measures(measure="couples"))
    there = [("couples",), ("persons",)]
    assert rows(work, "SELECT measure FROM ref.measures ORDER BY ALL") == there
    with pytest.raises(ContractError, match="name_zh"):
        replace_rows(work.con, "ref.measures", "measure", pl.Series(["couples"]), measures(name_zh=None))
    assert rows(work, "SELECT measure FROM ref.measures ORDER BY ALL") == there


def test_all_stored_tables_are_there(work):
    found = {f"{s}.{t}" for s, t in rows(work, "SELECT schema_name, table_name FROM duckdb_tables()")}
    assert found == {t.name for t in load_tables().values() if t.stored}


def test_a_second_run_is_told_who_holds_the_file(work):
    told = r"work\.duckdb is held by run run-1 \(process \d+, since "
    with pytest.raises(WorkFileHeld, match=told), open_work(work.path, "run-2"):
        pass


def test_a_second_run_that_waits_goes_on_when_the_first_has_ended(tmp_path, monkeypatch):
    path = tmp_path / "work.duckdb"
    first = open_work(path, "run-1")
    first.__enter__()
    monkeypatch.setattr(
        "pipeline.warehouse.store.work.time.sleep", lambda _: first.__exit__(None, None, None)
    )
    with open_work(path, "run-2", wait_seconds=60) as work:
        assert rows(work, "SELECT count(*) FROM core.mentions") == [(0,)]


def test_rows_are_there_again_after_reopening(tmp_path):
    path = tmp_path / "work.duckdb"
    with open_work(path, "run-1") as work:
        replace_table(work.con, "ref.measures", measures())
    with open_work(path, "run-2") as work:
        assert rows(work, "SELECT measure FROM ref.measures") == [("persons",)]


def test_a_file_of_another_registry_is_emptied(tmp_path):
    path = tmp_path / "work.duckdb"
    with open_work(path, "run-1") as work:
        replace_table(work.con, "ref.measures", measures())
        work.con.execute("UPDATE state.settings SET value = 'older'")
    with open_work(path, "run-2") as work:
        assert rows(work, "SELECT count(*) FROM ref.measures") == [(0,)]


def test_a_file_of_another_format_is_made_anew(tmp_path):
    path = tmp_path / "work.duckdb"
    config = {"storage_compatibility_version": "v1.5.0"}
    with duckdb.connect(str(path), config=config) as con:
        con.execute("CREATE TABLE old AS SELECT 1")
    with open_work(path, "r") as work:
        assert storage_version(work.con) == "v1.2.0+"
        assert rows(work, "SELECT count(*) FROM core.documents") == [(0,)]


def test_a_broken_work_file_is_set_aside(tmp_path):
    path = tmp_path / "work.duckdb"
    path.write_bytes(b"no database" * 1000)
    with open_work(path, "run-1") as work:
        assert rows(work, "SELECT count(*) FROM core.documents") == [(0,)]
    assert (tmp_path / "work.duckdb.broken").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.warehouse.store.work.os.access", lambda path, mode: False)
    with pytest.raises(PermissionError, match=r"is not writable; nothing was published"):
        open_work(tmp_path / "work.duckdb", "run-1").__enter__()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="cannot make the folder of the warehouse"):
        open_work(tmp_path / "file" / "work.duckdb", "run-1").__enter__()


def test_a_closed_work_file_holds_no_connection_that_the_binding_would_tell_of_at_the_end(tmp_path):
    with pytest.raises(KeyboardInterrupt), open_work(tmp_path / "closed.duckdb", "run-1") as closed:
        assert closed.con.execute("SELECT 1").fetchall()
        raise KeyboardInterrupt
    assert not hasattr(closed, "con")
