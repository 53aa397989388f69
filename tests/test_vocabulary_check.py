"""The built-in vocabulary is what its schema says, and every example in it is read as it says."""

import re
from pathlib import Path

import polars as pl
import pytest

from pipeline import vocabulary
from pipeline.extraction.numbers.find import find_numbers
from pipeline.extraction.numbers.kinds import rules, tell_kinds
from pipeline.extraction.numbers.read import with_units
from pipeline.reading.layout.folding import fold_script
from pipeline.reading.layout.mending import read_text
from pipeline.vocabulary import schema
from pipeline.vocabulary.check import built_in, problems
from pipeline.vocabulary.schema import files


def test_nothing_is_wrong_with_the_built_in_tables():
    assert list(map(str, problems(built_in(), fold_script, alone=True))) == []


def test_every_table_has_a_schema_and_every_schema_a_table():
    tables = {path.relative_to(vocabulary.FOLDER).as_posix() for path in vocabulary.FOLDER.glob("*/*.csv")}
    assert tables == set(files())


@pytest.mark.parametrize("name, row", [("files.csv", "a/b.csv"), ("columns.csv", "a/b.csv, word")])
def test_a_schema_that_describes_a_table_or_column_twice_is_refused(monkeypatch, name, row):
    column = dict.fromkeys(("required", "allowed", "refers", "once", "meaning"), "")
    tables = {
        "files.csv": [
            {"file": "a/b.csv", "key": key, "order": "", "meaning": ""} for key in ("word", "kind")
        ],
        "columns.csv": [
            {"file": "a/b.csv", "column": "word", "type": kind, **column} for kind in ("word", "text")
        ],
    }
    others = {other: rows[:1] for other, rows in tables.items()}
    monkeypatch.setattr(schema, "_rows", (others | {name: tables[name]}).__getitem__)
    with pytest.raises(ValueError, match=f"{name}: described twice: {row}"):
        files.__wrapped__()


def test_a_subject_that_nothing_names_can_not_be_found():
    """What the check asks of a user's own subjects holds for the built-in ones."""
    named = {row["subject"] for row in vocabulary.rows("subjects/subject_words.csv")}
    named |= {row["gives"] for row in vocabulary.rows("subjects/compounds.csv")}
    assert [r["subject"] for r in vocabulary.rows("subjects/subjects.csv") if r["subject"] not in named] == []


def test_every_rule_for_a_kind_of_number_decides_on_its_example():
    table = vocabulary.rows("numbers/number_kinds.csv")
    texts = [row["example"].replace(r"\n", "\n").replace(r"\t", "\t") for row in table]
    documents = pl.DataFrame({"document_id": [f"{i:04d}" for i in range(len(texts))], "text": texts})
    readings = read_text(documents).frame
    rows = with_units(find_numbers(readings))
    bare = (pl.col("left").str.strip_chars_end(" "), pl.col("right").str.strip_chars_start(" "))
    rows = rows.with_columns(told=tell_kinds(rows)).with_columns(bare)
    wrong = []
    for number, (row, rule) in enumerate(zip(table, rules(), strict=True)):
        there = rows.filter(pl.col("document_id") == f"{number:04d}", pl.all_horizontal(True, *rule.tests()))
        told = {
            told or "none"
            for chinese, unit_class, told in there.select("chinese", "unit_class", "told").iter_rows()
            if rule.concerns(chinese, unit_class)
        }
        if rule.kind not in told:
            wrong.append((number + 2, row["kind"], row["example"]))
    assert wrong == []


def test_every_word_stands_in_its_example():
    told = [row | {"table": table} for table in files() for row in vocabulary.rows(table)]
    pairs = [(r["table"], r["word"], r["example"]) for r in told if r.get("word") and r.get("example")]
    assert len(pairs) > 300
    assert [pair for pair in pairs if "".join(pair[1].split()) not in "".join(pair[2].split())] == []


def test_every_pattern_is_used_and_matches_its_examples_and_not_its_counterexamples():
    """The examples stand in `tests/data/pattern_examples.csv`, one a row."""
    examples = pl.read_csv(Path(__file__).parent / "data" / "pattern_examples.csv", infer_schema=False)
    wrong = [
        row
        for name, of_one in examples.group_by("name")
        for row in of_one.filter(
            pl.col("text").str.contains(vocabulary.pattern(str(name[0]))) != (pl.col("matches") == "yes")
        ).rows()
    ]
    assert wrong == []
    tables = [file for file in files() if file.endswith("/patterns.csv")]
    names = {row["name"] for table in tables for row in vocabulary.rows(table)}
    assert names - set(examples.filter(pl.col("matches") == "yes")["name"]) == set()
    code = "".join(path.read_text(encoding="utf-8") for path in vocabulary.FOLDER.parent.rglob("*.py"))
    code += "".join(row["pattern"] for table in tables for row in vocabulary.rows(table))
    quoted = set(re.findall(r"(?<=[\"'{])\w+(?=[\"'}])", code))
    assert {name for name in names - quoted if not name.startswith("bound_")} == set()
