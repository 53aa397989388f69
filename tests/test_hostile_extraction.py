"""Hostile texts: whatever they hold costs only themselves, within the bounds of a file."""

import time

import polars as pl
import pytest
from conftest import SUMMARY
from extraction_hostile import hostile_texts
from reading_hostile import hostile_files

import pipeline.engine.bounded as bounded
import pipeline.reading.layout.glued_figures as glued_figures
from pipeline.contracts.validate import validate
from pipeline.engine.batch import extract_documents, split_batches
from pipeline.engine.bounded import BatchReader
from pipeline.engine.child import Limits
from pipeline.reading.files.listing import list_files
from pipeline.reading.layout.run_together import with_rows_apart


def read_all(folder, files, limits: Limits):
    """All files beside a good one, read as a refresh reads them."""
    folder.mkdir()
    for name, content in files:
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(SUMMARY, encoding="utf-8")
    manifest = list_files(folder)
    reader = BatchReader(folder, limits)
    frames = bounded._joined([reader.read(batch) for batch in split_batches(manifest)])
    for name, frame in frames.items():
        validate(frame, name, whole=False)
    read, refused = (frames[f"core.{name}"]["file_name"] for name in ("documents", "rejected_files"))
    assert sorted([*read, *refused]) == manifest["file_name"].to_list()
    assert "good.txt" in read
    reasons = dict(frames["core.rejected_files"].select("file_name", "reason").rows())
    assert "extraction_failed" not in reasons.values(), reasons
    return {name for name, reason in reasons.items() if reason == "too_costly"}


@pytest.mark.landing
@pytest.mark.processes
def test_small_hostile_texts_are_all_read(tmp_path):
    assert read_all(tmp_path / "raw", hostile_texts(2_000), Limits()) == set()


@pytest.mark.slow
@pytest.mark.processes
def test_a_line_of_nothing_but_numbers_is_read_within_its_memory(tmp_path):
    numbers = "12人" * 12_500  # of 50 kB; each once carried all of it along
    texts = [("numbers.txt", f"甲县民政局2023年工作总结\n\n{numbers}。\n".encode())]
    assert read_all(tmp_path / "raw", texts, Limits(700, 60)) == set()


@pytest.mark.landing
def test_a_line_beyond_all_measure_is_accounted_for_and_measures_nothing():
    text = "甲县民政局2023年工作总结\n低保对象1204户。\n" + "12人、" * 10_100 + "\n"
    names = {"document_id": "0" * 16, "file_name": "crowd.txt", "text": text}
    read = extract_documents(pl.DataFrame([names]))
    assert read["core.observations"]["value"].to_list() == [1204]
    assert read["core.mentions"].height > 10_100


@pytest.mark.slow
def test_a_line_of_barred_names_costs_little_more_than_the_names_without_bars():
    """Each column of names was a step of its own: 6,000 of them took ten times as long."""

    def taken(text: str) -> float:
        names = {"document_id": "0" * 16, "file_name": "names.txt", "text": text}
        began = time.process_time()
        extract_documents(pl.DataFrame([names]))
        return time.process_time() - began

    taken("低保对象1户。\n" * 100)
    assert taken("低保对象|1" * 6_000) < 4 * taken("低保对象1户。" * 6_000)


@pytest.mark.parametrize("between", ["", ","])
def test_rows_that_run_together_are_searched_in_bounded_steps(monkeypatch, between):
    """Rows of figures that add up in many ways had not been read in ten minutes."""
    spent: list[int] = []
    searched = glued_figures._Summing.ways

    def ways(search: glued_figures._Summing):
        found = searched(search)
        spent.append(search.steps)
        return found

    monkeypatch.setattr(glued_figures._Summing, "ways", ways)
    rows = [f"城关镇{n + 1111}{between}{n * 37 + 122}{between}{n * 911 + 12345}\n" for n in range(15)]
    table = (
        "乡镇户数人数金额(元)\n" + "".join(rows) + f"合计23232{between}12345{between}345678\n各地按时发放。\n"
    )
    steps = []
    for tables in (10, 20, 200):
        spent.clear()
        with_rows_apart(pl.Series([table * tables]))
        steps.append(sum(spent))
        assert max(spent) <= 2 * glued_figures.MOST_STEPS
    assert 0 < steps[0] == steps[1] == steps[2]


@pytest.mark.slow
@pytest.mark.demand
@pytest.mark.parametrize("size", [20_000, 200_000])
def test_larger_hostile_texts_cost_only_themselves(tmp_path, size, monkeypatch):
    monkeypatch.setattr(bounded, "_idle", [])
    files = [*hostile_files(), *hostile_texts(size)]
    costly = read_all(tmp_path / "raw", files, Limits(1000, 60))
    print(f"{len(files)} files, too costly: {', '.join(sorted(costly)) or 'none'}")
    bounded._end_all()
