"""Cutting texts at offsets: the pieces are what Python's slices are, whatever characters the texts hold."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.evidence import cut, evidence, pieces_of
from pipeline.extraction.sequence import DOCUMENT, open_stream
from pipeline.reading.layout.mending import read_text

# one to four bytes a character: ASCII, Latin, Chinese, its extensions B and G, an emoji and its joiner
CHARACTERS = "a9\né元床\u3000𠮷𰻞🏡\u200d"
CUTS = {"document_id": pl.String, "start": pl.Int64, "end": pl.Int64}


@st.composite
def cut_texts(draw):
    """Texts, and for each of those that are named the bounds of pieces that tile it."""
    texts = draw(st.lists(st.text(CHARACTERS, max_size=12), min_size=1, max_size=5))
    tiles = []
    for i, text in enumerate(texts):
        if draw(st.booleans()):
            inner = draw(st.lists(st.integers(0, len(text)), max_size=4))
            bounds = [0, *sorted(inner), len(text)]
            tiles += [(f"d{i}", *bound) for bound in pairwise(bounds)]
    return texts, tiles


@settings(max_examples=60, deadline=None)
@given(cut_texts())
def test_pieces_are_slices_and_join_to_the_text(case):
    texts, tiles = case
    documents = pl.DataFrame({"document_id": [f"d{i}" for i in range(len(texts))], "text": texts})
    found = cut(documents, pl.DataFrame(tiles, schema=CUTS, orient="row"))
    assert found.columns == [*CUTS, "written"]
    for document, start, end, written in found.iter_rows():
        assert written == texts[int(document[1:])][start:end]
    joined = found.group_by("document_id").agg(pl.col("written").str.join(""))
    assert dict(joined.iter_rows()) == {d: texts[int(d[1:])] for d, *_ in tiles}


def test_documents_that_are_a_slice_of_a_larger_frame_are_cut_by_their_own_offsets():
    documents = pl.DataFrame({"document_id": ["a", "b", "c"], "text": ["一二三", "𠮷元", "🏡四"]}).slice(1)
    pieces = pl.DataFrame({"document_id": ["b", "b", "c"], "start": [0, 1, 0], "end": [1, 2, 2]})
    assert cut(documents, pieces)["written"].to_list() == ["𠮷", "元", "🏡四"]


@pytest.fixture(scope="module")
def stream():
    texts = [
        "现有养老机构17家,床位2000张。\n全年发放高龄津贴511.2万元;惠及4102人。",
        "",
        "𠮷村敬老院12所🏡。",
    ]
    readings = pl.DataFrame({"document_id": ["a", "empty", "c"], "reading": texts})
    return readings, open_stream(readings)


def test_place_gives_each_offset_its_clause(stream):
    readings, opened = stream
    texts = dict(readings.iter_rows())
    numbers = [("c", "12"), ("a", "4102"), ("a", "17"), ("a", "2000"), ("a", "511.2")]
    spans = [(d, texts[d].index(n), texts[d].index(n) + len(n), n) for d, n in numbers]
    rows = pl.DataFrame(spans, schema=["document_id", "start", "end", "number"], orient="row")
    placed = opened.place(rows, "start", "end")
    assert placed["number"].to_list() == ["17", "2000", "511.2", "4102", "12"]  # in the order of the batch
    assert placed["at"].is_sorted()
    assert (placed["end_at"] - placed["at"]).to_list() == placed["number"].str.len_chars().to_list()
    assert placed.filter(pl.col("document_id") == "c")["at"].item() == 2 * DOCUMENT + texts["c"].index("12")
    clauses = dict(opened.clauses.select("clause", "text").iter_rows())
    for number, clause in placed.select("number", "clause").iter_rows():
        assert number in clauses[clause]
    assert placed["line"].n_unique() == 3
    assert placed["sentence"][0] == placed["sentence"][1] != placed["sentence"][2]


def test_place_drops_rows_of_other_documents(stream):
    rows = pl.DataFrame({"document_id": ["a", "z"], "start": [4, 0], "end": [6, 1]})
    assert stream[1].place(rows, "start", "end")["document_id"].to_list() == ["a"]


def test_words_are_where_they_say_and_never_overlap(stream):
    readings, opened = stream
    texts = dict(readings.iter_rows())
    for document, start, end, word in opened.words.select("document_id", "start", "end", "word").iter_rows():
        assert texts[document][start:end] == word
    assert (opened.words["at"].shift(-1) >= opened.words["end_at"]).drop_nulls().all()
    assert {"养老机构", "床位", "高龄津贴", "敬老院"} <= set(opened.words["word"])


def test_depth_counts_open_brackets_of_the_sentence():
    readings = pl.DataFrame({"document_id": ["a"], "reading": ["床位(含护理型床位(新增))床位。床位"]})
    opened = open_stream(readings)
    depths = opened.with_depth(opened.words.filter(~pl.col("word").is_in(["(", ")"])))
    assert [d for w, d in depths.select("word", "depth").iter_rows() if "床位" in w] == [0, 1, 0, 0]


def test_clauses_as_written_tile_the_texts_and_hold_their_evidence():
    texts = [
        "全县低保对象2147户,\n3390人。",
        "\ufeff现有床位２０００张",
        "",
        "發放高齡津貼５１１．２萬元。\n🏡",
    ]
    documents = pl.DataFrame({"document_id": list("abcd"), "text": texts})
    reading = read_text(documents)
    opened = open_stream(reading.frame)
    pieces = pieces_of(documents, opened, reading)
    rows = opened.clauses.select("document_id", "clause").join(pieces, on="clause", maintain_order="left")
    joined = dict(rows.group_by("document_id").agg(pl.col("piece").str.join("")).iter_rows())
    assert joined == {d: t for d, t in documents.iter_rows() if d in joined} and len(joined) >= 3
    # a span that runs over the end of its clause is still the text's
    first = rows.filter(pl.col("document_id") == "a").head(1).with_columns(start=6, end=len(texts[0]) - 1)
    assert evidence(documents, first, "start", "end")["written"].item() == texts[0][6:-1]
