"""A document reads the same alone as beside any others: no subject, year or cue crosses from text to text."""

import polars as pl
import pytest
from extraction_sentences import Understood
from polars.testing import assert_frame_equal

from pipeline.extraction.cues.stands import place_clauses

TEXTS = (
    "全县特困供养对象431人,全年发放供养金612万元。",
    "共发放资金96.4万元,惠及812人次。",  # names nothing: the text before it must not lend its subject
    "城市低保标准由每人每月610元提高到655元。",
    "明年将新建公益性公墓2处。",
    "同比下降6.3%,其中一季度办理38件。",
    "农村低保1204户2011人。",
    "支出3.2万元。",
    "全县孤儿12人。其中散居孤儿9人。",
)
TOGETHER = Understood.beside_others(TEXTS)
REVERSED = Understood.beside_others(reversed(TEXTS))  # each beside another than before
GREAT = ("经济总量突破万亿元大关,地方收入超千亿元。", "说了千千万万句。", "投资连跨2个万亿元台阶。")
IN_GREAT = Understood.beside_others(GREAT)


def assert_the_same(other: Understood) -> None:
    assert TOGETHER.observations.height  # read before it, with all that else waits to be
    for text, place in other.places.items():
        for table in ("mentions", "observations", "contexts"):
            drop = [c for c in getattr(other, table).columns if c.endswith(("_id", "_ids"))]
            mine = getattr(TOGETHER, table).filter(pl.col("document_id") == TOGETHER.places[text])
            its = getattr(other, table).filter(pl.col("document_id") == place)
            assert its.height
            assert_frame_equal(mine.drop(drop), its.drop(drop))


@pytest.mark.landing
def test_documents_do_not_lend_each_other_anything():
    assert_the_same(REVERSED)
    assert_the_same(Understood([TEXTS[1]]))


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_each_text_reads_the_same_alone(text):
    assert_the_same(Understood([text]))


def test_what_names_nothing_borrows_nothing():
    row = TOGETHER.row(TEXTS[1], "96.4")
    assert row["subject"] == "other" and "no_subject" in row["flags"]


def test_every_observation_has_a_value():
    assert IN_GREAT.observations["value"].is_not_null().all()
    assert IN_GREAT.row(GREAT[0], "万亿").get("value") == 1e12


def test_a_clause_longer_than_any_title_is_not_searched_for_in_titles():
    text = "民" * 350_000
    clauses = pl.DataFrame({"document_id": ["a"], "at": [0], "end_at": [len(text)], "text": [text]})
    span = {"document_id": ["a"], "span_start": [0], "span_end": [len(text)]}
    reports = pl.DataFrame(span | {"report_id": ["a-01"], "title": ["民政局工作总结"], "issuer": ["民政局"]})
    sections = pl.DataFrame(span | {"level": [1], "heading": [""]})
    assert place_clauses(clauses, pl.Series([0]), reports, sections)["stands"].to_list() == ["text"]
