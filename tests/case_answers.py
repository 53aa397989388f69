"""Small inputs with known answers, each of a kind of failure, and how many of them are read right.

A folder holds `files/` and `cases.jsonl`, a line a case: id, file, number (the digits as they stand in the
text; null: the report is asked for), occurrence (1: the first), expected (fields of `core.observations`, of
`core.reports` where number is null; kind: of `core.mentions`; a list: each of its values is right),
kind_of_failure. `python tests/case_answers.py FOLDER` prints what is wrong, and how many are right.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.engine.batch import read_batch
from pipeline.reading.files.listing import list_files

CASES = Path(__file__).parent / "cases"
Rows = Mapping[str, list[dict[str, Any]]]  # of a table, by document


def cases_of(folder: Path) -> list[dict[str, Any]]:
    """The cases of a folder, but for those about audit findings, which marts make."""
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if "audit" not in case["expected"]]


def wrong_answers(folder: Path) -> dict[str, dict[str, tuple[object, object]]]:
    """By id of each case that is read otherwise: its wrong fields, with what is right and what was read."""
    frames = read_batch(folder / "files", list_files(folder / "files"))
    texts = {
        row["file_name"]: row
        for row in frames["core.documents"].select("file_name", "document_id", "text").iter_rows(named=True)
    }
    tables = {name: _by_document(frames[f"core.{name}"]) for name in ("mentions", "observations", "reports")}
    answers = {case["id"]: dict(_wrong(case, texts, tables)) for case in cases_of(folder)}
    return {name: wrong for name, wrong in answers.items() if wrong}


def _by_document(frame: pl.DataFrame) -> Rows:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in frame.sort("document_id", "span_start").iter_rows(named=True):
        rows.setdefault(row["document_id"], []).append(row)
    return rows


def _wrong(
    case: dict[str, Any], texts: Mapping[str, dict[str, Any]], tables: Mapping[str, Rows]
) -> Iterator[tuple[str, tuple[object, object]]]:
    document = texts.get(case["file"])
    if document is None:
        yield "file", ("read", "refused")
        return
    of = {name: rows.get(document["document_id"], []) for name, rows in tables.items()}
    number, times = case["number"], case.get("occurrence", 1)
    if number is None:
        found = dict(enumerate(of["reports"], 1)).get(times, {})
    else:
        start = -1
        for _ in range(times):
            start = document["text"].find(number, start + 1)
        if start < 0:
            yield "number", (number, "not in the text")
            return
        found = {"kind": None}
        for row in of["mentions"] + of["observations"]:  # the later tells more
            if row["span_start"] < start + len(number) and row["span_end"] > start:
                found = {"kind": "measurement"} | row
    for name, right in case["expected"].items():
        if not _agrees(name, right, found.get(name)):
            yield name, (right, found.get(name))


def _agrees(name: str, right: object, read: object) -> bool:
    if isinstance(right, list):
        return any(_agrees(name, one, read) for one in right)
    if isinstance(right, int | float) and isinstance(read, int | float):
        return abs(right - read) <= 1e-6 * max(1.0, abs(right))
    if name == "subgroup" and right and read:  # it may be told more shortly
        return str(right) in str(read) or str(read) in str(right)
    nothing = (None, "")
    return (right in nothing and read in nothing) or str(right) == str(read)


if __name__ == "__main__":
    asked, wrong = cases_of(Path(sys.argv[1])), wrong_answers(Path(sys.argv[1]))
    for name, fields in wrong.items():
        print(
            name, *(f"{field}: {right!r}, read {read!r}" for field, (right, read) in fields.items()), sep="  "
        )
    print(f"{len(asked) - len(wrong)} of {len(asked)} right")
