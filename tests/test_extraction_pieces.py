"""A text too long to be read at once is read in pieces: the rows are the same, the memory is bounded."""

import polars as pl
import pytest
from conftest import PLAN, SUMMARY
from polars.testing import assert_frame_equal

import pipeline.extraction.pieces as pieces
from pipeline.engine.batch import parse_documents
from pipeline.extraction.extract import extract

TABLES = """\
青田县民政局2022年工作总结

各乡镇低保情况表
乡镇 | 户数（户） | 人数（人）
城东镇 | 45 | 78
城西镇 | 50 | 91

二、养老服务
全县建成幸福院12个,床位260张。

补贴发放情况表
项目 | 人数（人） | 金额（万元）
高龄津贴 | 1200 | 86.5
残疾人两项补贴 | 830 | 120.4
"""
COUNTED = ("line_no", "paragraph_no", "item_no", "sentence_no")


def cuts(text: str, reports: list[int], sections: list[tuple[int, int]]) -> list[str]:
    found = list(pieces._cuts(text, reports, sections))
    assert [0, *(end for _, end in found)] == [*(start for start, _ in found), len(text)], "tiles the text"
    return [text[start:end] for start, end in found]


@pytest.mark.landing
def test_pieces_give_the_rows_of_one_go_with_offsets_into_the_whole_text(monkeypatch):
    texts = {"1" * 16: SUMMARY + "\n" + TABLES + "\n" + PLAN, "0" * 16: SUMMARY}
    rows = [(document_id, text, f"{document_id[0]}.txt") for document_id, text in texts.items()]
    parsed = parse_documents(pl.DataFrame(rows, schema=["document_id", "text", "file_name"], orient="row"))
    whole = extract(*parsed)
    monkeypatch.setattr(pieces, "AT_ONCE", 300)
    monkeypatch.setattr(pieces, "PIECE", len(TABLES) + 10)
    groups = [(texts.documents.height, texts.start > 0) for texts in pieces._groups(pieces.Texts(*parsed))]
    assert groups == [(1, False), (1, False), (1, True), (1, True)]
    read = pieces.extract_in_pieces(*parsed)
    for name in ("mentions", "observations", "readings", "contexts", "tables", "cells"):
        one, other = getattr(whole, name), getattr(read, name)
        assert one.height or name == "readings"  # where there is doubt
        keys = [key for key in ("document_id", "span_start", "observation_id", "rank") if key in one.columns]
        # signs are counted over a piece, lines only told apart
        columns = pl.exclude("confidence", "flags", *COUNTED)
        assert_frame_equal(*(frame.sort(keys).select(columns) for frame in (one, other)))
    order = read.contexts.sort("document_id", "position")
    assert (
        order.select((pl.col("sentence_no").diff() >= 0).over("document_id")).to_series().drop_nulls().all()
    )
    for row in read.observations.iter_rows(named=True):
        assert texts[row["document_id"]][row["span_start"] : row["span_end"]] == row["written"]


def test_a_long_text_is_cut_where_a_report_begins_else_a_section_else_a_line(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 10)
    text = "abcdefg\nhij。\nklm\nnop\nqrs\n" + "x" * 30 + "\nend"
    assert cuts(text, [0, 7], [(1, 8)])[0] == text[:7]
    assert cuts(text, [0], [(1, 8), (2, 9)])[0] == text[:8]
    assert cuts(text, [0], []) == ["abcdefg\n", "hij。\nklm\n", "nop\nqrs\n", "x" * 30 + "\n", "end"]
    assert cuts("x" * 30, [0], []) == ["x" * 30]
    # no row of a table is parted from its heads
    table = "镇|户数\n东镇|12\n西镇|30\n"
    assert cuts(f"总结\n{table}说明\n{table}", [0], []) == [f"总结\n{table}", f"说明\n{table}"]


def test_figures_take_room_beside_their_characters(monkeypatch):
    monkeypatch.setattr(pieces, "AT_ONCE", 40)
    texts = pl.DataFrame({"text": ["没有一个数的一句话,只有字。" * 2, "1 2 3 4 5 6 7 8 9 "]})
    assert texts.select(pieces._size() > pieces.AT_ONCE).to_series().to_list() == [False, True]


def test_a_line_that_no_office_writes_is_cut_behind_a_clause_but_never_a_row(monkeypatch):
    """A million numbers in one line were read in one go, in over a gigabyte."""
    monkeypatch.setattr(pieces, "PIECE", 10)
    monkeypatch.setattr(pieces, "LONGEST_LINE", 10)
    assert cuts("1234人、" * 5, [0], []) == ["1234人、", "1234人、", "1234人、1234人、1234人、"]
    assert cuts("12|34、" * 5, [0], []) == ["12|34、" * 5]
