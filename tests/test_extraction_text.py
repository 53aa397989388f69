"""Readings: folded and mended texts, whose offsets lead back to the texts as they were written."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading.layout.cutting import cut_clauses, cut_lines
from pipeline.reading.layout.mending import read_text


def documents(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"document_id": [str(i) for i in range(len(texts))], "text": list(texts)},
        schema={"document_id": pl.String, "text": pl.String},
    )


def reading(text: str) -> str:
    return read_text(documents(text)).frame["reading"][0]


def test_script_width_and_decimal_stops_are_folded_at_equal_length():
    assert reading("保障１２３戶，支出9。5萬元（含補助）") == "保障123户,支出9.5万元(含补助)"
    assert reading("升至97。2%；共120。2025年起") == "升至97.2%;共120。2025年起"


def test_dates_and_numbered_items_are_no_decimals():
    assert reading("2024.3.1 印发") == "2024-3-1 印发"
    assert reading("\n2.2023年新建") == "\n2、2023年新建"


def test_thousands_are_joined_and_lists_are_not():
    assert reading("共1,234,567元") == "共1234567元"
    assert reading("分别为120,350,410人") == "分别为120,350,410人"
    assert reading("分别为120，350，410人") == "分别为120,350,410人"
    assert reading("编号1234,567") == "编号1234,567"


def test_blanks_and_line_ends_inside_numbers_go_only_where_the_text_breaks_its_numbers():
    assert reading("2 02 3 年救助1 2 3人") == "2023 年救助123人"
    assert reading("城关 12 34\n河口 5 6") == "城关 12 34\n河口 5 6"
    assert (
        reading("这一年全县先后投入各类救助资金共56\n7.8万元") == "这一年全县先后投入各类救助资金共567.8万元"
    )
    assert reading("床位\n56\n78张") == "床位\n56\n78张"


def test_a_point_for_a_full_stop_ends_a_sentence_but_no_number_of_an_item():
    assert reading("发放补贴312万元.农村低保206户.\n") == "发放补贴312万元。农村低保206户。\n"
    assert reading("增长9.5%.新建3所") == "增长9.5%。新建3所"
    for left in ("十一.加强培训", "1.救助23.4万人", "网址www.example.cn"):
        assert reading(left) == left


def test_a_blank_for_the_thousands_in_a_text_with_blanks_around_its_numbers():
    assert reading("护理补贴 2 318 人、 43万 元") == "护理补贴 2318 人、 43万 元"
    assert reading("村名 3 120人") == "村名 3 120人"


def test_blanks_around_numbers_go_but_never_before_what_would_multiply_them():
    assert reading("全县有福利院 12 所,床位 860 张。") == "全县有福利院12所,床位860张。"
    assert reading("全市有福利院 61 十分紧张,床位860张。") == "全市有福利院61 十分紧张,床位860张。"


def test_signs_for_arrows_and_blanks_for_dots_that_lead_to_figures():
    assert reading("同比↓4.2%,环比↑1.5%") == "同比-4.2%,环比+1.5%"
    assert reading("养老机构(个)……112\n其中:公办…………64") == "养老机构(个)  112\n其中:公办    64"
    # of a table of contents
    assert reading("一、基本情况……4\n二、主要工作……7") == "一、基本情况……4\n二、主要工作……7"
    assert reading("石城镇  4。28  71\n共3。另有5") == "石城镇  4.28  71\n共3。另有5"


def test_skipped_spans_are_left_out_and_offsets_lead_around_them():
    frame = documents("共发放\n第3页\n资金12万元", "无")
    read = read_text(frame, pl.DataFrame({"document_id": ["0"], "start": [3], "end": [8]}))
    assert read.frame["reading"].to_list() == ["共发放资金12万元", "无"]
    spans = pl.DataFrame({"document_id": ["0", "0", "1"], "from": [0, 5, 0], "the_end": [3, 7, 1]})
    moved = read.to_written(spans, ["from", "the_end"])
    assert moved.rows() == [("0", 0, 3), ("0", 10, 12), ("1", 0, 1)]


def test_readings_hold_no_control_characters():
    assert reading("一\x00二\x1f三\x7f\n\t四") == "一 二 三 \n\t四"


def test_segments_are_clauses_that_tile_the_reading():
    text = "一、救助。城市12户,农村3户;合计15户\n|名称|数量|\n完"
    rows = cut_clauses(documents(text).rename({"text": "reading"}))
    assert "".join(rows["text"]) == text
    assert rows["start"].to_list() == [0, *rows["end"].to_list()[:-1]] and rows["end"][-1] == len(text)
    clause = rows.filter(pl.col("text").str.starts_with("农村")).row(0, named=True)
    assert (clause["line"], clause["sentence"], text[clause["start"] : clause["end"]]) == (0, 1, "农村3户;")


CHARACTERS = "0123456789,，。. \n年万元人戶萬共計救助ＡＢ１２、\x00"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from(CHARACTERS), max_size=80), min_size=1, max_size=5), st.data())
def test_every_character_of_a_reading_leads_back_to_the_one_it_was_read_from(texts, data):
    frame = documents(*texts)
    cuts = [
        (str(i), *sorted(data.draw(st.tuples(st.integers(0, len(t)), st.integers(0, len(t))))))
        for i, t in enumerate(texts)
    ]
    skipped = pl.DataFrame(cuts, schema=["document_id", "start", "end"], orient="row")
    schema = {"document_id": pl.String, "at": pl.Int64}
    read = read_text(frame, skipped)
    for (name, text), (_, folded) in zip(frame.iter_rows(), read.frame.iter_rows(), strict=True):
        at = pl.DataFrame({"document_id": [name] * len(folded), "at": range(len(folded))}, schema=schema)
        places = at.with_columns(an_end=pl.col("at") + 1)
        moved = read.to_written(places, ["at", "an_end"])
        assert moved["at"].is_sorted() and (moved["an_end"] - moved["at"] == 1).all()
        for char, place in zip(folded, moved["at"], strict=True):
            folds = char.isdigit() == text[place].isdigit() and not char.isspace()
            assert char == text[place] or folds or text[place] == "\x00"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from(CHARACTERS + ";!?|\t\f:"), max_size=80), min_size=1, max_size=5))
def test_lines_and_clauses_lose_no_character_and_stand_where_they_say(texts):
    frame = documents(*texts)
    lines = cut_lines(frame, "text", same="text")
    clauses = cut_clauses(frame.rename({"text": "reading"}))
    for number, text in enumerate(texts):
        own = lines.filter(pl.col("doc") == number)
        assert own["text"].to_list() == text.split("\n") == own["same"].to_list()
        assert own["line"].to_list() == list(range(own.height))
        own_clauses = clauses.filter(pl.col("doc") == number)
        assert "".join(own_clauses["text"]) == text
        for rows in (own, own_clauses):
            for start, end, piece in rows.select("start", "end", "text").iter_rows():
                assert text[start:end] == piece
    for outer, inner in (("doc", "line"), ("line", "sentence"), ("sentence", "clause")):
        assert clauses.group_by(inner).agg(pl.col(outer).n_unique() == 1)[outer].all()
