"""Some 250 hostile files go through reading: each is read or refused, within bounds, and hurts no other."""

import os
import resource

import polars as pl
import pytest
import reading_hostile as hostile
import reading_writers as writers

from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.files.worker import Worker, _answer
from pipeline.reading.formats.refusal import Refusal, _details
from pipeline.reading.formats.sniff import HTML, PDF
from pipeline.reading.layout.page_furniture import skipped_spans

GROWTH = 300  # megabytes that this process may grow by; the parsers' process has a limit of its own
PARSERS = 1536
REASONS = {
    "old.doc": "damaged",
    "old.wps": "damaged",
    "old.xls": "damaged",
    "odd.doc": "binary",
    "word95.doc": "legacy_word",
    "locked.doc": "password",
    "locked.ods": "password",
    "locked.ofd": "password",
    "tall.ods": "bomb",
    "large.ods": "text_too_long",
    "bomb.ods": "bomb",
    "deep.ods": "damaged",
    "empty.ods": "no_text",
    "locked.odt": "password",
    "tall.odt": "bomb",
    "large.odt": "text_too_long",
    "bomb.odt": "bomb",
    "deep.odt": "damaged",
    "empty.odt": "no_text",
    "bodiless.odt": "damaged",
    "spreadsheet-in.odt": "damaged",
    "styles.odt": "damaged",
    "hollow.ofd": "no_text",
    "pages.ofd": "text_too_long",
    "ring.ofd": "no_text",
    "climbing.ofd": "damaged",
    "scan.ofd": "scanned_ofd",
    "page.rtf": "undecodable",
    "only-head.rtf": "no_text",
    "bodiless.eml": "no_text",
    "locked.docx": "password",
    "encrypted-member.docx": "password",
    "photo.webp": "image",
    "nested.zip": "archive",
    "many.zip": "bomb",
    "pack.rar": "archive",
    "slides.pptx": "slides",
    "bomb.docx": "bomb",
    "bomb.xlsx": "bomb",
    "deep.html": "too_deep",
    "empty.txt": "empty",
    "blank.txt": "no_text",
    "blank.pdf": "no_text",
    "empty.html": "no_text",
    "empty.docx": "no_text",
    "only-script.html": "no_text",
    "zeros.txt": "binary",
    "run.exe": "binary",
    "marks.txt": "no_text",
    "bars.txt": "no_text",
    "mojibake.txt": "garbled",
    "lost.txt": "garbled",
    "header-only.pdf": "damaged",
    "nested.docx": "damaged",
    "word2003.xml": "legacy_word",
    "open.odp": "open_document",
    "binary.xlsb": "legacy_excel",
}


def megabytes(who):
    """The most memory that this process, or the largest of its children, has held."""
    return resource.getrusage(who).ru_maxrss / 1024


@pytest.fixture(
    scope="module",
    params=[pytest.param("small", marks=pytest.mark.landing), pytest.param("whole", marks=pytest.mark.slow)],
)
def mixed(request, tmp_path_factory):
    """A folder of good and hostile files, read: (hostile names, documents, rejected_files, MB grown)."""
    raw = tmp_path_factory.mktemp("raw")
    names = []
    for name, content in hostile.hostile_files(request.param == "small"):
        (raw / name).write_bytes(content)
        names.append(name)
    for name, content in writers.all_formats().items():
        (raw / f"good-{name}").write_bytes(content)
    manifest = list_files(raw)
    before, peak = set(os.listdir(raw.parent)), megabytes(resource.RUSAGE_SELF)
    documents, rejected = read_files(raw, manifest)
    assert set(os.listdir(raw.parent)) == before
    return names, documents, rejected, megabytes(resource.RUSAGE_SELF) - peak


def test_every_hostile_file_is_read_or_refused_with_advice(mixed):
    names, documents, rejected, _ = mixed
    assert len(names) == len(set(names)) >= 200
    answered = documents["file_name"].to_list() + rejected["file_name"].to_list()
    assert sorted(answered) == sorted([*names, *(f"good-{name}" for name in writers.all_formats())])
    assert set(rejected["reason"]) <= set(_details())
    assert rejected["detail"].str.len_chars().min() > 30
    assert rejected["sha256"].null_count() == 0


def test_the_good_files_among_them_are_read_as_if_alone(mixed, tmp_path):
    _, documents, _, _ = mixed
    for name, content in writers.all_formats().items():
        (tmp_path / f"good-{name}").write_bytes(content)
    alone, _ = read_files(tmp_path, list_files(tmp_path))
    among = documents.filter(pl.col("file_name").str.starts_with("good-"))
    assert among.drop("ingested_at").equals(alone.drop("ingested_at"))


def test_the_reason_says_what_is_wrong(mixed):
    _, _, rejected, _ = mixed
    reasons = dict(rejected.select("file_name", "reason").iter_rows())
    assert {name: reasons.get(name) for name in REASONS} == REASONS


def test_nothing_is_expanded_fetched_or_taken_from_elsewhere(mixed):
    _, documents, _, _ = mixed
    assert not documents["text"].str.contains("root:|12041204120412041204").any()
    assert not documents["text"].str.contains("\ufffd").filter(documents["notes"].is_null()).any()


def test_memory_stays_within_bounds(mixed):
    _, _, _, growth = mixed
    assert growth < GROWTH
    assert megabytes(resource.RUSAGE_CHILDREN) < PARSERS


def test_the_lines_of_hostile_texts_are_judged_without_harm(mixed):
    _, documents, _, _ = mixed
    spans = skipped_spans(documents).join(documents.select("document_id", "text"), on="document_id")
    assert spans.filter(
        (pl.col("start") >= pl.col("end")) | (pl.col("end") > pl.col("text").str.len_chars())
    ).is_empty()


@pytest.mark.landing
def test_a_parser_that_hangs_is_stopped_and_the_next_file_is_read():
    page = b"<html><body><p " + b" ".join(b"a%d" % i for i in range(60_000)) + b">"
    with Worker(seconds=1.0) as worker:
        with pytest.raises(Refusal) as stopped:
            worker.read(page, HTML)
        assert stopped.value.reason == "too_slow"
        assert "1204" in worker.read(writers.html(), HTML).text


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError(28, "No space left on device"), "unreadable"), (OSError("not a compound file"), "damaged")],
)
def test_what_a_full_disk_says_is_no_damage_of_the_file(error, reason):
    def read():
        raise error

    answer, _ = _answer(read, 1536)
    assert answer["reason"] == reason
    assert error.args[-1] in Refusal(reason, **answer["facts"]).detail


@pytest.mark.landing
def test_a_parser_that_takes_too_much_memory_is_stopped_and_the_next_file_is_read():
    with Worker(megabytes=300) as worker:
        with pytest.raises(Refusal) as stopped:
            worker.read(b"<html><body>" + b"<p>1</p>" * 1_000_000, HTML)
        assert stopped.value.reason in ("too_much_memory", "crashed")
        assert "1204" in worker.read(writers.pdf(), PDF).text
