"""`minzheng query` takes text from anyone: none may make it write, reach out, or never end."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cli import main


@pytest.fixture
def published(tmp_path) -> Path:
    """A published file whose owner may write it, with the folder beside it that DuckDB would spill to."""
    path = tmp_path / "minzheng.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE t AS SELECT 1 AS a, '[/b] [bold]x[/bold]' AS b; CREATE SEQUENCE s")
    Path(f"{path}.tmp").mkdir()
    return path


def ask(path: Path, sql: str, *options: str):
    return CliRunner().invoke(main, ["query", "--warehouse", str(path), *options, sql])


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ATTACKS = """\
COPY (SELECT 1) TO '{file}' (FORMAT csv, USE_TMP_FILE false)
COPY (SELECT 1) TO '{file}.wal' (FORMAT csv, USE_TMP_FILE false)
COPY (SELECT 1) TO '{file}.tmp/x' (FORMAT csv, USE_TMP_FILE false)
EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}.wal'
EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{file}.wal'
EXPLAIN /* a note */ ANALYZE COPY (SELECT 1) TO '{file}.wal'
WITH x AS (COPY (SELECT 1) TO '{file}.wal') SELECT 1
EXPLAIN ANALYZE WITH x AS (COPY (SELECT 1) TO '{file}.wal') SELECT 1
WITH x AS (COPY t TO '{file}.wal') PIVOT t ON b USING sum(a)
WITH x AS (INSERT INTO t VALUES (2, '') RETURNING *) FROM x
INSERT INTO t VALUES (2, '')
DELETE FROM t
CREATE TABLE x AS SELECT 1
CREATE TEMP TABLE x AS SELECT 1
CHECKPOINT
VACUUM
SELECT nextval('s')
EXPORT DATABASE '{folder}/out'
IMPORT DATABASE '{folder}'
ATTACH '{folder}/other.duckdb'
ATTACH '{folder}/other.duckdb' AS o; COPY FROM DATABASE minzheng TO o
INSTALL httpfs
LOAD httpfs
UPDATE EXTENSIONS
SET enable_external_access = true
RESET disabled_filesystems
PRAGMA memory_limit = '9GB'
PRAGMA enable_profiling
CALL enable_logging(storage = 'file', storage_path = '{file}.tmp/log')
FROM enable_logging(storage = 'file', storage_path = '{file}.tmp/log')
FROM enable_profiling(save_location = '{file}.wal')
FROM read_text('{folder}/secret.txt')
FROM read_blob('{file}')
FROM glob('/*')
SELECT 1; DROP TABLE t
SELECT 1; SELECT 2
BEGIN""".splitlines()


def test_a_query_neither_writes_nor_reaches_out(published, tmp_path, subtests):
    for attack in ATTACKS:
        with subtests.test(attack):
            (tmp_path / "secret.txt").write_text("a secret")
            before = everything_in(tmp_path)
            done = ask(published, attack.format(file=published, folder=tmp_path))
            assert done.exit_code == 1 and done.output.startswith("Error: "), done.output
            assert everything_in(tmp_path) == before


READING = """\
FROM t
SELECT a FROM t UNION ALL SELECT 2 ORDER BY a
WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r WHERE x < 3) FROM r
VALUES (1), (2)
PIVOT t ON b USING sum(a)
PIVOT t ON b IN ('x') USING sum(a)
UNPIVOT t ON a
DESCRIBE t
SUMMARIZE t
SHOW ALL TABLES
EXPLAIN FROM t
EXPLAIN ANALYZE FROM t
EXPLAIN (ANALYZE, FORMAT json) SELECT (1)
FROM pragma_table_info('t')
SELECT '"type":"COPY_QUERY_NODE"; DELETE FROM t'""".splitlines()


def test_every_way_of_reading_is_answered(published, subtests):
    for sql in [*READING, "-- a note; and\nSELECT 1;"]:
        with subtests.test(sql):
            done = ask(published, sql)
            assert done.exit_code == 0, done.output


@pytest.mark.parametrize("sql", ["", "  ", ";", " ; ;", "-- nothing"])
def test_an_empty_query_is_told_what_a_query_is(sql, published):
    done = ask(published, sql)
    assert done.exit_code == 1
    assert done.output == (
        'Error: a query is exactly one statement, as "FROM marts.panel" is one, and here is none\n'
    )


def test_a_query_in_gbk_is_told_what_to_do(published, tmp_path):
    """On standard input and as an argument it ended in a traceback."""
    (tmp_path / "ask.sql").write_bytes("SELECT 1 AS 民政".encode("gbk"))
    argument = os.fsdecode((tmp_path / "ask.sql").read_bytes())
    for done in (ask(published, argument), ask(published, "-", "--file", str(tmp_path / "ask.sql"))):
        assert done.exit_code == 1 and "is no text in UTF-8; save the statement as such" in done.output, (
            done.output
        )


def test_several_statements_are_refused_by_their_number(published):
    assert "and here are 3 statements" in ask(published, "FROM t;FROM t;FROM t").output


def test_words_in_square_brackets_are_printed_as_they_stand(published):
    assert "[/b] [bold]x[/bold]" in ask(published, "FROM t").output
    assert "[/b]" in ask(published, 'SELECT 1 AS "[/b]"').output


def test_a_text_cannot_speak_to_the_terminal(published):
    told = ask(published, "SELECT 'red ' || chr(27) || '[31m' || chr(10) || chr(155) AS \"\x1b[2J\"").output
    assert "\x1b" not in told and "\x9b" not in told
    assert "red ␛[31m⏎�" in told


def test_a_query_without_end_is_stopped_and_told_how_to_get_more(published):
    done = ask(published, "SELECT count(*) FROM range(10000000000) a, range(1000) b", "--timeout", "0.3")
    assert done.exit_code == 1
    assert "longer than 0.3 seconds; allow more with --timeout SECONDS" in done.output


def test_rows_without_end_are_stopped_too(published, tmp_path):
    """DuckDB makes rows as they are fetched, long after it has answered."""
    for form in (["--format", "csv"], ["--format", "parquet"]):
        sql = "SELECT a.range + b.range FROM range(200000) a, range(200000) b"
        done = ask(published, sql, *form, "--to", str(tmp_path / "out"), "--timeout", "0.05")
        assert done.exit_code == 1 and "longer than 0.05 seconds" in done.output


def test_a_query_of_too_much_memory_is_stopped_and_told_how_to_get_more(published):
    sql = "SELECT list(range) FROM range(3000000)"
    done = ask(published, sql, "--memory", "20MB")
    assert done.exit_code == 1
    assert "more memory than 20MB; allow more with --memory" in done.output
    assert ask(published, f"SELECT len(x) FROM ({sql}) AS _(x)", "--memory", "500MB").exit_code == 0
    assert "Error: " in ask(published, "FROM t", "--memory", "much").output


def test_a_long_table_is_cut_and_says_so_and_the_other_forms_print_all(published):
    sql = "FROM range(2002)"
    assert ask(published, sql).output.endswith(
        "2,002 rows, of which the first 2,000 are shown: --format csv prints all\n"
    )
    assert len(ask(published, sql, "--format", "csv").output.splitlines()) == 2003


def test_a_publication_while_a_query_runs_does_not_disturb_it(published, tmp_path):
    from pipeline.warehouse.publish.query import query_published

    shutil.copy(published, tmp_path / "next")
    with query_published(published, "FROM t", 60, "1GB") as (names, rows):
        (tmp_path / "next").replace(published)
        assert names == ["a", "b"] and len(list(rows)) == 1
