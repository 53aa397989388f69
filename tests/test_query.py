"""`minzheng query` takes text from anyone: none may make it write, reach out, or never end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.warehouse.publish.query import QueryRefused, size_in_bytes
from pipeline.warehouse.store.places import BESIDE, BESIDE_PUBLISHED


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


def by_night(cases: dict[str, str], daily: str) -> list:
    """The cases by name, all but one of which wait for seconds and run by night."""
    night = {name: () if name == daily else pytest.mark.slow for name in cases}
    return [pytest.param(sql, id=name, marks=night[name]) for name, sql in cases.items()]


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


@pytest.mark.landing
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


@pytest.mark.landing
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


@pytest.mark.landing
def test_a_long_table_is_cut_and_says_so_and_the_other_forms_print_all(published):
    sql = "FROM range(2002)"
    assert ask(published, sql).output.endswith(
        "2,002 rows, of which the first 2,000 are shown: --format csv prints all\n"
    )
    assert len(ask(published, sql, "--format", "csv").output.splitlines()) == 2003


@pytest.mark.landing
def test_a_publication_while_a_query_runs_does_not_disturb_it(published, tmp_path):
    from pipeline.warehouse.publish.query import answer

    shutil.copy(published, tmp_path / "next")
    long = "SELECT range FROM range(200000)"
    with answer(published, long, "csv", None, 60, "1GB") as pieces:
        first = next(pieces)
        (tmp_path / "next").replace(published)
        assert len((first + b"".join(pieces)).splitlines()) == 200_001


ENDLESS = {
    "what becomes one cell": "SELECT range(20000000)",
    "what is one step of DuckDB": "SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))",
    "what is rendered": "SELECT unnest(range(1000000)), repeat('x', 1000)",
}


@pytest.mark.parametrize("sql", by_night(ENDLESS, "what is one step of DuckDB"))
def test_a_query_ends_in_time_whatever_it_is_at(published, sql):
    """An interrupt is heard between two vectors of DuckDB alone: these ran for up to 776 seconds."""
    began = time.monotonic()
    done = ask(published, sql, "--timeout", "0.5")
    assert done.exit_code == 1 and "longer than 0.5 seconds; allow more with --timeout" in done.output
    assert time.monotonic() - began < 20  # on a machine that has other things to do


LARGE = {
    "many texts": "SELECT repeat('x', 1000000) FROM range(10000)",
    "one text": "SELECT printf('%1500000000d', 1)",
    "one cell": "SELECT range(30000000)",
}


@pytest.mark.parametrize("form", ["table", pytest.param("parquet", marks=pytest.mark.slow)])
@pytest.mark.parametrize("sql", by_night(LARGE, "one text"))
def test_a_query_keeps_to_its_memory_whatever_takes_it(published, tmp_path, sql, form):
    """DuckDB counts neither long texts nor what Python and Arrow make of them: these took up to 6 GB."""
    to = tmp_path / "x"
    to.write_text("mine")
    done = ask(published, sql, "--memory", "30MB", "--format", form, "--to", str(to))
    assert done.exit_code == 1, done.output
    assert "needs more memory than 30MB; allow more with --memory" in done.output
    assert to.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"x", published.name, f"{published.name}.tmp"}


def test_a_parquet_file_takes_long_texts_in_groups_of_few(published, tmp_path):
    """Of 3,000 texts of 1 MB Arrow asked for a setting that is locked."""
    to = tmp_path / "x.parquet"
    setting = "current_setting('arrow_large_buffer_size')"
    sql = f"SELECT range AS n, repeat('x', 10000) AS long, {setting} AS large FROM range(5000)"
    assert ask(published, sql, "--format", "parquet", "--to", str(to)).exit_code == 0
    told = f"SELECT count(*), sum(n), sum(len(long)), typeof(any_value(long)), any_value(large) FROM '{to}'"
    assert duckdb.sql(told).fetchall() == [(5000, 12497500, 50_000_000, "VARCHAR", True)]
    assert duckdb.sql(f"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{to}')").fetchall() == [
        (3,)
    ]


def test_a_size_of_memory_is_read_as_duckdb_reads_it():
    for size in ("20MB", "1.5GB", "8 gb", "1GiB", "2g", "500000000", "300KiB"):
        with duckdb.connect(config={"memory_limit": f"{size_in_bytes(size)}B"}) as con:
            ours = con.execute("SELECT current_setting('memory_limit')").fetchall()
        written = size if size[-1].lower() == "b" else f"{size}b"
        with duckdb.connect(config={"memory_limit": written}) as con:
            assert con.execute("SELECT current_setting('memory_limit')").fetchall() == ours
    for size in ("much", "-1", "0", "GB", "9" * 30, "80%"):
        with pytest.raises(QueryRefused, match="is no size of memory; give one like 500MB or 8GB"):
            size_in_bytes(size)


@pytest.mark.landing
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_process_of_a_query_ends_with_the_command(published, number):
    command = [str(Path(sys.executable).with_name("minzheng")), "query", "--warehouse", str(published)]
    asked = subprocess.Popen([*command, ENDLESS["what is one step of DuckDB"]], stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{asked.pid}/task/{asked.pid}/children")
    if not children.exists():
        pytest.skip("the system does not tell who is whose child")
    wait_for(lambda: children.read_text().strip())
    (child,) = children.read_text().split()
    asked.send_signal(number)
    asked.wait()
    wait_for(lambda: not is_alive(int(child)))


def wait_for(what) -> None:
    late = time.monotonic() + 60
    while not what():
        assert time.monotonic() < late
        time.sleep(0.05)


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_where_no_process_can_be_started_a_query_says_so(published, monkeypatch):
    def refused():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    told = ask(published, "FROM t").output
    assert "runs in a process of its own" in told and "none can be started here: Resource temp" in told


def test_an_answer_goes_to_links_and_devices_as_they_stand(published, tmp_path):
    place, link = tmp_path / "place.csv", tmp_path / "link.csv"
    place.write_text("old")
    place.chmod(0o600)
    link.symlink_to(place)
    os.mkfifo(tmp_path / "pipe")
    for to in (link, Path(os.devnull)):
        assert ask(published, "SELECT 1 AS a", "--format", "csv", "--to", str(to)).exit_code == 0
    assert link.is_symlink() and place.read_text() == "a\n1\n" and place.stat().st_mode & 0o777 == 0o600
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        assert (
            ask(published, "SELECT 1 AS a", "--format", "csv", "--to", str(tmp_path / "pipe")).exit_code == 0
        )
        assert reader.stdout and reader.stdout.read() == b"a\n1\n"


def test_an_answer_takes_the_place_of_no_file_of_minzhengs_own(published, tmp_path):
    work = tmp_path / "minzheng.work.duckdb"
    work.write_text("mine")
    (tmp_path / "link").symlink_to(work)
    (tmp_path / "folder").symlink_to(tmp_path)
    os.link(work, tmp_path / "second name")
    own = [f"{work}{ending}" for ending in BESIDE] + [f"{published}{ending}" for ending in BESIDE_PUBLISHED]
    before = everything_in(tmp_path)
    for to in (
        *own,
        *(tmp_path / name for name in ("link", "second name", "folder/minzheng.work.duckdb.wal")),
    ):
        done = ask(published, "SELECT 1", "--to", str(to))
        assert done.exit_code == 1 and f"{to} is " in done.output and "; name another" in done.output
        assert everything_in(tmp_path) == before
