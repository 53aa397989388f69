"""The raw folder: what is listed, what is read, what is refused and why."""

import hashlib
import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.engine.remote import list_raw
from pipeline.reading.files.listing import list_files, read_files
from pipeline.settings import Settings

SENTENCE = "截至12月底,全县共有城乡低保对象1204户、2310人。"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def read(raw):
    return read_files(raw, list_files(raw))


def reasons(rejected):
    return dict(rejected.select("file_name", "reason").iter_rows())


def test_the_text_is_the_file_but_for_mark_and_carriage_returns(raw):
    (raw / "a.txt").write_bytes(b"\xef\xbb\xbf" + f"{SENTENCE}\r\n\f一行\r又\n\n".encode())
    documents, rejected = read(raw)
    assert rejected.is_empty()
    row = documents.row(0, named=True)
    assert row["text"] == f"{SENTENCE}\n\f一行\r又\n\n"
    assert (row["file_name"], row["media_type"]) == ("a.txt", "text/plain")
    assert row["sha256"] == hashlib.sha256((raw / "a.txt").read_bytes()).hexdigest()
    assert row["document_id"] == hashlib.sha256(f"a.txt\0{row['sha256']}".encode()).hexdigest()[:16]
    assert row["size_bytes"] == (raw / "a.txt").stat().st_size


def test_files_are_found_in_folders_and_by_any_name(raw):
    (raw / "省" / "市").mkdir(parents=True)
    (raw / "省" / "市" / "二〇二三 年.TXT").write_text(SENTENCE)
    os.close(os.open(os.fsencode(raw) + b"/\xc3\xf1\xd5\xfe.txt", os.O_CREAT | os.O_WRONLY))
    with open(os.fsencode(raw) + b"/\xc3\xf1.txt", "w") as file:
        file.write(SENTENCE)
    documents, rejected = read(raw)
    assert documents["file_name"].to_list() == ["\\xc3\\xf1.txt", "省/市/二〇二三 年.TXT"]
    assert reasons(rejected) == {"\\xc3\\xf1\\xd5\\xfe.txt": "empty"}


def test_what_is_no_document_is_not_listed(raw):
    for name in (".hidden.txt", "~$报告.docx", ".~lock.报告.docx#", "corrections.csv", "Thumbs.db"):
        (raw / name).write_text(SENTENCE)
    (raw / ".git").mkdir()
    (raw / ".git" / "a.txt").write_text(SENTENCE)
    assert list_files(raw).is_empty()
    documents, rejected = read(raw)
    assert documents.is_empty() and rejected.is_empty()
    assert documents.columns[:2] == ["document_id", "file_name"]


def test_nothing_outside_the_folder_is_read(raw, tmp_path):
    (tmp_path / "secret.txt").write_text("别处的文字")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text("别处的文字")
    (raw / "in.txt").write_text(SENTENCE)
    (raw / "link.txt").symlink_to(raw / "in.txt")
    (raw / "out.txt").symlink_to(tmp_path / "secret.txt")
    (raw / "folder").symlink_to(tmp_path / "other")
    (raw / "loop").symlink_to(raw)
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    os.mkfifo(raw / "pipe.txt")
    documents, rejected = read(raw)
    assert documents["file_name"].to_list() == ["in.txt", "link.txt"]
    assert reasons(rejected) == {
        "folder": "link_outside",
        "gone.txt": "unreadable",
        "out.txt": "link_outside",
        "pipe.txt": "not_a_file",
    }
    assert "别处" not in str(documents.rows())


def test_empty_and_blank_files_are_refused_with_advice_and_the_others_go_on(raw):
    (raw / "a.txt").write_bytes(b"")
    (raw / "b.txt").write_text("\ufeff \n\t\u3000\n")
    (raw / "c.txt").write_text(SENTENCE)
    documents, rejected = read(raw)
    assert reasons(rejected) == {"a.txt": "empty", "b.txt": "no_text"}
    assert documents["file_name"].to_list() == ["c.txt"]
    assert all(len(detail) > 20 for detail in rejected["detail"])


def test_a_file_over_the_limit_is_refused_unread(raw):
    with open(raw / "a.txt", "wb") as file:
        file.truncate(100 * 2**20)
    _, rejected = read(raw)
    assert reasons(rejected) == {"a.txt": "too_large"}
    assert "105 MB" in rejected["detail"][0]


def test_an_older_manifest_spares_the_digest_only_where_size_and_time_agree(raw):
    (raw / "a.txt").write_text(SENTENCE)
    first = list_files(raw)
    forged = first.with_columns(sha256=pl.lit("0" * 64))
    assert list_files(raw, forged)["sha256"].to_list() == ["0" * 64]
    os.utime(raw / "a.txt", ns=(1, 1))
    assert list_files(raw, forged)["sha256"].to_list() == first["sha256"].to_list()


def test_a_file_changed_after_it_was_listed_carries_the_digest_of_what_was_read(raw):
    (raw / "a.txt").write_text("旧")
    manifest = list_files(raw)
    (raw / "a.txt").write_text(SENTENCE)
    documents, _ = read_files(raw, manifest)
    assert documents["text"].to_list() == [SENTENCE]
    assert documents["sha256"].to_list() == [hashlib.sha256(SENTENCE.encode()).hexdigest()]


def test_a_folder_that_is_not_there_is_an_error_that_names_it(tmp_path):
    with pytest.raises(NotADirectoryError, match="nowhere"):
        list_files(tmp_path / "nowhere")


def test_links_in_a_circle_are_refused_and_the_others_go_on(raw):
    (raw / "a.txt").symlink_to(raw / "b.txt")
    (raw / "b.txt").symlink_to(raw / "a.txt")
    (raw / "c.txt").write_text(SENTENCE)
    documents, rejected = read(raw)
    assert documents["file_name"].to_list() == ["c.txt"]
    assert reasons(rejected) == {"a.txt": "unreadable", "b.txt": "unreadable"}


@pytest.fixture
def deep(raw) -> Iterator[Path]:
    """The raw folder, to be nested deeper than pytest could tidy away."""
    yield raw
    subprocess.run(["rm", "-rf", raw], check=True)


def test_folders_nested_deeper_than_calls_can_be_are_read(deep):
    raw = deep
    here = os.open(raw, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    assert reasons(read(raw)[1]) == {"d/" * 1_100 + "a.txt": "empty"}


def test_a_folder_whose_path_is_too_long_is_told(deep):
    raw, name, here = deep, "d" * 200, os.open(deep, os.O_RDONLY)
    for _ in range(25):
        os.mkdir(name, dir_fd=here)
        inner = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    (raw / "a.txt").write_text(SENTENCE)
    documents, rejected = read(raw)
    assert documents["file_name"].to_list() == ["a.txt"]
    assert set(rejected["reason"]) == {"unreadable"} and "too long" in rejected["detail"][0]


def test_names_that_print_alike_are_two_files(raw):
    for name in (rb"bad\xff.txt", b"bad\xff.txt", rb"bad\x5cxff.txt", rb"bad\x41.txt"):
        with open(os.fsencode(raw) + b"/" + name, "wb") as file:
            file.write(name + SENTENCE.encode())
    documents, rejected = read(raw)
    assert rejected.is_empty()
    assert documents["file_name"].to_list() == [
        r"bad\x41.txt", r"bad\x5cx5cxff.txt", r"bad\x5cxff.txt", r"bad\xff.txt",
    ]  # fmt: skip
    assert documents["text"].n_unique() == 4


@contextmanager
def as_nobody(raw: Path) -> Iterator[None]:
    """Without the rights of root, in a folder that anybody may come to."""
    for folder in (raw, *raw.parents):
        folder.chmod(folder.stat().st_mode | 0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_cannot_be_looked_into_is_a_row_with_the_reason(raw):
    (raw / "a.txt").write_text(SENTENCE)
    (raw / "shut").mkdir()
    (raw / "shut" / "b.txt").write_text(SENTENCE)
    (raw / "shut").chmod(0)
    with as_nobody(raw):
        manifest = list_files(raw)
        documents, rejected = read_files(raw, manifest.filter(pl.col("file_name") == "shut/"))
    assert manifest["file_name"].to_list() == ["a.txt", "shut/"] and documents.is_empty()
    assert reasons(rejected) == {"shut/": "unreadable"} and "Permission denied" in rejected["detail"][0]
    with as_nobody(raw / "shut"), pytest.raises(NotADirectoryError, match="Permission denied"):
        os.seteuid(0)
        (raw / "shut").chmod(0)
        os.seteuid(65534)
        list_files(raw / "shut")


def test_sockets_and_devices_are_refused_unopened(raw):
    (raw / "a.txt").write_text(SENTENCE)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(os.path.relpath(raw / "s.txt"))
    if os.getuid() == 0:
        os.mknod(raw / "zero.txt", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    documents, rejected = read(raw)
    assert documents["file_name"].to_list() == ["a.txt"]
    assert set(rejected["reason"]) == {"not_a_file"}


def test_the_size_of_a_file_is_looked_at_before_its_bytes(raw, monkeypatch):
    with open(raw / "huge.txt", "wb") as file:
        file.truncate(10 * 2**30)
    monkeypatch.setattr("pipeline.reading.files.listing._digest", lambda path: pytest.fail("digested"))
    assert reasons(read(raw)[1]) == {"huge.txt": "too_large"}


def test_what_minzheng_writes_itself_is_no_report(raw):
    settings = Settings(raw, raw / "out" / "m.duckdb", site=raw / "site")
    for name in ("m.duckdb", "m.duckdb.wal", "m.work.duckdb", "m.work.duckdb.lock", "m.work.duckdb.broken"):
        (raw / "out").mkdir(exist_ok=True)
        (raw / "out" / name).write_text(SENTENCE)
    (raw / "site").mkdir()
    (raw / "site" / "index.html").write_text(SENTENCE)
    (raw / "site-report.txt").write_text(SENTENCE)
    (raw / "out" / "m.txt").write_text(SENTENCE)
    assert list_raw(settings)["file_name"].to_list() == ["out/m.txt", "site-report.txt"]
    beside = Settings(raw, raw / "m.db")
    (raw / "m.db.work").write_text(SENTENCE)
    assert "m.db.work" not in list_raw(beside)["file_name"]


def test_what_other_runs_of_minzheng_left_among_the_reports_is_no_report(raw):
    settings = Settings(raw, raw.parent / "m.duckdb")
    con = duckdb.connect(str(raw / "theirs.db"))  # by its content, whatever its name
    con.execute("CREATE SCHEMA meta")
    con.execute(
        "CREATE TABLE meta.release (release_id VARCHAR, corpus_sha256 VARCHAR, extractor_version VARCHAR)"
    )
    con.close()
    con = duckdb.connect(str(raw / "somebody.duckdb"))
    con.execute("CREATE TABLE release (name VARCHAR)")
    con.close()
    for name in ("theirs.db.wal", "theirs.db.work.lock", "old.work.duckdb", "old.work.duckdb.lock"):
        (raw / name).write_text(SENTENCE)
    folders = {
        "files/csv/.minzheng-export",
        "pages/.minzheng-site",
        "home/dagster.yaml",
        "other/history/runs.db",
    }
    for name in folders:
        (raw / name).parent.mkdir(parents=True)
        (raw / name).write_text("")
        (raw / name).with_name("made.csv").write_text(SENTENCE)
    (raw / "dagster.yaml").write_text("a: 1")  # at the top it hides nothing
    (raw / "files" / "a.txt").write_text(SENTENCE)
    listed = list_raw(settings)
    assert listed["file_name"].to_list() == ["dagster.yaml", "files/a.txt", "somebody.duckdb"]
    assert list_files(raw, listed)["file_name"].to_list() == listed["file_name"].to_list()


def test_a_database_that_is_cut_short_or_emptied_is_a_file_like_any(raw):
    (raw / "cut.duckdb").write_bytes(b"12345678DUCK")
    (raw / "long.duckdb").write_bytes(b"12345678DUCK" + b"x" * 100)
    assert list_files(raw).height == 2


def test_no_two_warehouses_share_a_work_file(raw):
    names = ("m.duckdb", "m.db", "m", "m.db.duckdb", "m.work", "m.duckdb.duckdb")
    assert len({Settings(raw, raw / name).work for name in names}) == len(names)
