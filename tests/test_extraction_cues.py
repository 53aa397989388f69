"""Cues and their reach: which of several a number hears, and what ends a cue's say. Cues of our own."""

from __future__ import annotations

import polars as pl
import pytest
from extraction_sentences import Understood

from pipeline.contracts.validate import validate
from pipeline.extraction import attribute, extract
from pipeline.extraction.cue_examples import tied_cues, wrong_examples
from pipeline.extraction.cues import rows
from pipeline.extraction.cues.explain import explain_cues
from pipeline.extraction.cues.find import tied
from pipeline.extraction.cues.rows import cue_rows
from pipeline.extraction.sequence import open_stream
from pipeline.vocabulary.loader import forget

FIELD = {
    "side": "before",
    "reach": "clause",
    "as_head": "",
    "stops": "",
    "allow": "",
    "deny": "",
    "pairing": "",
}
ROW = dict.fromkeys(
    ("field", "value", "word", "pattern", "trigger", "held", "side", "reach", "as_head", "stops", "allow",
     "deny", "gap", "pairing", "priority", "decoy", "yes", "no"), "",
)  # fmt: skip


@pytest.fixture
def ask(monkeypatch):
    """Say what a field's cues tell the number written N in a text, with a vocabulary of these cues only."""

    def with_cues(*cues: dict, **fields: dict):
        tables = {
            "fields/cues.csv": tuple(ROW | cue for cue in cues),
            "fields/cue_fields.csv": tuple(
                {"field": name, **FIELD, **fields.get(name, {})} for name in {c.get("field") for c in cues}
            ),
        }
        monkeypatch.setattr(rows, "vocabulary", tables.__getitem__)
        forget()

        def told(text: str, name: str, side: str = "before", unit_class: str | None = None):
            stream = open_stream(pl.DataFrame({"document_id": ["a"], "reading": [text]}))
            at = text.index("N")
            numbers = pl.DataFrame({"document_id": ["a"], "start": [at], "end": [at + 1], "q": [0]})
            numbers = stream.place(numbers, "start", "end").with_columns(
                unit_class=pl.lit(unit_class, pl.String)
            )
            told.explained = explain_cues(stream.cues, numbers, (name,))
            return stream.cues.decide(numbers, name, side=side)[name][0]

        return told

    yield with_cues
    forget()


def test_a_cue_is_heard_as_far_as_its_row_says_and_no_farther(ask):
    told = ask(
        {"field": "f", "value": "here", "word": "甲"},
        {"field": "g", "value": "wide", "word": "乙", "reach": "sentence"},
    )
    assert told("甲有N户", "f") == "here"
    assert told("甲,有N户", "f") is None
    assert told("乙,有N户", "g") == "wide"
    assert told("乙。有N户", "g") is None


def test_a_cue_behind_the_number_counts_only_where_its_row_says_so(ask):
    told = ask(
        {"field": "f", "value": "x", "word": "甲"},
        {"field": "g", "value": "y", "word": "乙", "side": "after"},
    )
    assert told("N户甲", "f", "after") is None
    assert told("N户乙", "g", "after") == "y"
    assert told("N户,乙", "g", "after") is None


def test_the_narrower_reach_goes_before_the_nearer_cue(ask):
    told = ask(
        {"field": "f", "value": "clause", "word": "甲"},
        {"field": "f", "value": "sentence", "word": "乙", "reach": "sentence"},
    )
    assert told("乙,甲有N户", "f") == "clause"
    assert told("甲,乙,有N户", "f") == "sentence"


def test_of_equal_reach_the_nearer_cue_is_heard_and_cuts_the_other(ask):
    told = ask({"field": "f", "value": "one", "word": "甲"}, {"field": "f", "value": "two", "word": "乙"})
    assert told("甲乙有N户", "f") == "two"
    shown = told.explained.sort("at")
    assert shown["decides"].to_list() == [False, True]
    assert shown["cut_by"].to_list() == [1, None]  # the other cue's place


def test_another_field_stops_a_cue_that_names_it(ask):
    told = ask(
        {"field": "f", "value": "x", "word": "甲", "stops": "g"}, {"field": "g", "value": "y", "word": "乙"}
    )
    assert told("甲有N户", "f") == "x"
    assert told("甲乙N户", "f") is None
    assert told.explained["cut_field"].to_list() == ["g"]


def test_a_cue_speaks_only_of_the_classes_that_it_may_speak_of(ask):
    told = ask(
        {"field": "f", "value": "money", "word": "甲", "allow": "money|rate"},
        {"field": "f", "value": "any", "word": "乙"},
    )
    assert told("乙甲N元", "f", unit_class="money") == "money"
    assert told("乙甲N户", "f", unit_class="people") == "any"


def test_a_cue_with_a_gap_is_heard_no_farther(ask):
    told = ask({"field": "f", "value": "x", "word": "甲", "gap": "2"})
    assert told("甲有共N户", "f") == "x"
    assert told("甲有共计N户", "f") is None


def test_of_overlapping_matches_the_longest_counts(ask):
    told = ask(
        {"field": "f", "value": "year", "pattern": "(?P<year>20[0-9]{2})年", "trigger": "年"},
        {"field": "g", "value": "base", "pattern": "比20[0-9]{2}年", "trigger": "比", "decoy": "f"},
    )
    assert told("2020年,2021年有N户", "f") == "year"
    assert told("比2021年多N户", "f") is None
    assert told("比2021年多N户", "g") == "base"


def test_a_decoy_hides_the_cue_inside_it_and_cuts_nothing(ask):
    told = ask(
        {"field": "f", "value": "plan", "pattern": "计划", "trigger": "计划"},
        {"pattern": "计划财务科", "trigger": "计划", "decoy": "*"},
    )
    assert told("计划N户", "f") == "plan"
    assert told("计划财务科N人", "f") is None
    assert told("计划由计划财务科用N元", "f") == "plan"


def test_a_cue_around_its_number_speaks_of_what_stands_inside(ask):
    told = ask(
        {"field": "f", "value": "prior", "pattern": "由[^。]*?调至", "trigger": "由", "side": "around"}
    )
    assert told("由N元,统一调至9元", "f") == "prior"
    assert told("由8元,统一调至N元", "f") is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"field": "f", "word": "甲", "pattern": "甲"}, "a word or a pattern"),
        ({"field": "f", "pattern": "甲"}, "needs a trigger"),
        ({"field": "f", "word": "甲", "reach": "page"}, "reach is 'page'"),
        ({"field": "f", "word": "甲", "side": "left"}, "side is 'left'"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_line(ask, row, says):
    with pytest.raises(ValueError, match="fields/cues.csv, line 2: .*" + says):
        ask(row)("N", "f")


def test_two_rows_on_one_word_of_a_field_are_refused(ask):
    with pytest.raises(ValueError, match="twice in one field"):
        ask({"field": "f", "value": "1", "word": "甲"}, {"field": "f", "value": "2", "word": "甲"})("N", "f")


def test_every_cue_of_the_vocabulary_matches_its_examples_and_not_its_counterexamples():
    assert wrong_examples() == []


def test_no_two_cues_of_the_vocabulary_say_different_things_of_the_same_words():
    assert tied_cues() == []


@pytest.mark.landing
def test_of_two_cues_that_mark_the_same_words_the_written_order_decides_and_the_check_is_told(ask):
    long, early, late = (
        {"field": "f", "value": value, "pattern": pattern, "trigger": "甲", "yes": "甲乙"}
        for value, pattern in (("long", "甲乙丙"), ("early", "甲[乙]"), ("late", "甲乙"))
    )
    word = {"field": "f", "value": "word", "word": "甲乙"}

    def decided(*cues: dict) -> tuple[str, set]:
        told = ask(*cues)("甲乙丙N户", "f")
        stream = open_stream(pl.DataFrame({"document_id": ["a"], "reading": ["甲乙,甲乙丙"]}))
        return told, set(tied(stream.words, stream.clauses).select("cue", "other").iter_rows())

    assert decided(early, late) == ("early", {(0, 1)})
    assert decided(late, early) == ("late", {(0, 1)})
    assert decided(late, word) == ("word", {(0, 1)})
    assert decided(early, late | {"priority": "1"}) == ("late", set())
    assert decided(early, late, long)[0] == "long"
    assert decided(early, late | {"value": "early"}) == ("early", set()), "they say the same"
    assert decided(early, {**late, "field": "", "decoy": "f"})[1] == {(0, 1)}


def test_what_a_word_is_itself_goes_before_what_it_holds(ask):
    """桐城市 is a city of that name and keeps 城市 from speaking of towns."""
    told = ask(
        {"field": "f", "value": "urban", "word": "城市", "held": "yes"},
        {"field": "", "decoy": "f", "word": "桐城市"},
        {"field": "g", "value": "x", "word": "大城市"},
    )
    assert told("城市N户", "f") == "urban"
    assert told("桐城市N户", "f") is None
    assert told("大城市N户", "f") == "urban"


def test_every_pattern_has_an_example():
    bare = [r["pattern"] for r in rows.vocabulary("fields/cues.csv") if r["pattern"] and not r["yes"]]
    assert bare == []


def test_cues_and_fields_keep_their_contracts():
    text = "截至9月底,农村低保对象1204户,城市低保标准由610元提高到655元,白地镇有12户。"
    table = "| 地区 | 低保户数(户) |\n| 白地镇 | 12 |\n| 黑山镇 | 15 |\n| 合计 | 27 |"
    found = Understood([text, table])  # read here, where each step is looked at
    reading = found.documents.select("document_id", reading="text")
    stream = open_stream(reading)
    for name in cue_rows()["field"].unique():
        if name:
            validate(stream.cues.of(name), "frame.cues", whole=False)
    validate(stream.cues.hits, "frame.cue_hits", whole=False)
    handed_on = {
        "frame.fields": (attribute, "tell_fields"),
        "frame.attributed": (extract, "attribute"),
        "frame.read_cells": (extract, "read_cells"),
    }
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        for frame, (module, name) in handed_on.items():
            step = getattr(module, name)
            patch.setattr(module, name, lambda *a, s=step, f=frame: seen.append((f, s(*a))) or seen[-1][1])
        assert found.observations.height
    for name, frame in seen:
        validate(frame, name, whole=False)
    assert {name for name, _ in seen} == {*handed_on}
