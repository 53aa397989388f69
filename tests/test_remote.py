"""Raw files behind an address: the rows of a folder, and patience with a network that comes and goes."""

import random

import fsspec
import pytest
from conftest import PLAN, SUMMARY
from faults_lab import report_text

import pipeline.engine.remote as remote
from pipeline.engine.remote import AddressUnreachable, fetch_files, list_address, list_raw
from pipeline.reading.files.listing import list_files
from pipeline.settings import project_settings


@pytest.fixture
def store(monkeypatch):
    """An address in memory with two reports, and no waiting between tries."""
    fs = fsspec.filesystem("memory")
    fs.pipe({"/reports/summary.txt": SUMMARY.encode(), "/reports/deep/plan.txt": PLAN.encode()})
    monkeypatch.setattr(remote, "PAUSES", (0.0, 0.0))
    yield fs
    fs.rm("/reports", recursive=True)


def fail(monkeypatch, fs, method: str, times: int, error: Exception) -> list[int]:
    """The next calls of a method of the store fail; the list grows by each call."""
    works, calls = getattr(fs, method), []

    def flaky(*args, **kwargs):
        calls.append(len(calls))
        if len(calls) <= times:
            raise error
        return works(*args, **kwargs)

    monkeypatch.setattr(fs, method, flaky)
    return calls


def test_an_address_lists_what_a_folder_with_the_same_files_does(store, tmp_path):
    fetch_files("memory://reports", ["summary.txt", "deep/plan.txt"], tmp_path)
    names = ["file_name", "size", "sha256"]
    assert list_address("memory://reports").select(names).equals(list_files(tmp_path).select(names))


def test_a_store_that_answers_at_the_third_try_is_listed_and_fetched(store, monkeypatch, tmp_path):
    calls = fail(monkeypatch, store, "find", 2, TimeoutError("no answer"))
    assert list_address("memory://reports").height == 2 and len(calls) == 3
    calls = fail(monkeypatch, store, "get_file", 2, ConnectionResetError("went away"))
    fetch_files("memory://reports", ["summary.txt"], tmp_path)
    assert (tmp_path / "summary.txt").read_text(encoding="utf-8") == SUMMARY and len(calls) == 3


def test_a_store_that_does_not_answer_fails_the_run_and_refuses_no_file(store, monkeypatch, tmp_path):
    fail(monkeypatch, store, "get_file", 99, TimeoutError("no answer"))
    with pytest.raises(AddressUnreachable, match=r"summary.txt cannot be reached .*refresh again"):
        fetch_files("memory://reports", ["summary.txt"], tmp_path)
    fail(monkeypatch, store, "open", 99, TimeoutError("no answer"))
    with pytest.raises(AddressUnreachable):
        list_address("memory://reports")


@pytest.mark.parametrize("error", [FileNotFoundError("gone"), PermissionError("not yours")])
def test_what_time_does_not_mend_is_not_tried_again(store, monkeypatch, tmp_path, error):
    calls = fail(monkeypatch, store, "get_file", 99, error)
    fetch_files("memory://reports", ["summary.txt"], tmp_path)
    assert len(calls) == 1 and not list(tmp_path.iterdir())


def test_a_changed_file_of_the_same_size_is_seen_where_the_store_marks_nothing(store):
    first = list_address("memory://reports")
    text = report_text(random.Random(1))
    store.pipe("/reports/summary.txt", text.encode())
    second = list_address("memory://reports", first)
    store.pipe("/reports/summary.txt", text[::-1].encode())
    third = list_address("memory://reports", second)
    assert len({frame["sha256"][1] for frame in (first, second, third)}) == 3


def test_a_store_without_marks_has_its_digests_taken_each_time(store, monkeypatch):
    monkeypatch.setattr(remote, "_mark", lambda about: 0)
    first = list_address("memory://reports")
    store.pipe("/reports/summary.txt", SUMMARY[::-1].encode())
    assert list_address("memory://reports", first)["sha256"][1] != first["sha256"][1]


def test_corrections_come_along(store, tmp_path):
    store.pipe("/reports/corrections.csv", b"document,span\n")
    settings = project_settings("memory://reports", tmp_path / "m.duckdb")
    assert list_raw(settings).height == 2
    assert (settings.raw / "corrections.csv").read_bytes() == b"document,span\n"
