"""Folding brings texts to one script and keeps every offset."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading.layout.folding import fold_script, with_folded


def fold(text: str) -> str:
    return fold_script(pl.Series([text], dtype=pl.String))[0]


def test_a_batch_that_was_folded_is_not_folded_again():
    written = pl.DataFrame({"document_id": ["a"], "text": ["縣"]})
    assert with_folded(written)["folded"].to_list() == ["县"]
    assert with_folded(written.with_columns(folded=pl.lit("县里")))["folded"].to_list() == ["县里"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("發放補貼１２３．５萬元", "发放补贴123.5万元"),
        ("顯著提高", "显著提高"),
        ("٣٤٥户、१२३人、𝟙𝟚𝟛户、௧௨", "345户、123人、123户、12"),
        ("显著提高,著力推进", "显著提高,著力推进"),  # Simplified text is left alone
        ("一、（一）：；！？", "一、(一):;!?"),
        ("⼯作⼀览", "工作一览"),  # Kangxi radicals of converted PDFs
        ("低\u3000保\u00a0金", "低 保 金"),
        ("1230。35萬元", "1230。35万元"),
        (
            "迚行救劣,补 劣金1-3月仹叏消",
            "进行救助,补 助金1-3月份取消",
        ),  # a font that numbers characters wrongly
        ("优劣不等", "优劣不等"),
        ("", ""),
    ],
)
def test_a_text_is_folded_to_what_a_reader_takes_it_for(written, folded):
    assert fold(written) == folded


def test_series_and_expression_agree_and_nulls_stay():
    texts = pl.Series("text", ["縣民政局", None, "县民政局", "Ａ級"])
    by_series = fold_script(texts)
    by_expr = pl.DataFrame({"text": texts}).select(fold_script(pl.col("text")))["text"]
    assert by_series.to_list() == by_expr.to_list() == ["县民政局", None, "县民政局", "A级"]
    assert by_series.name == by_expr.name == "text"


def test_an_empty_column():
    assert fold_script(pl.Series("text", [], dtype=pl.String)).to_list() == []


@settings(deadline=None)  # the first text waits for the tables
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_length_is_kept_and_folding_twice_changes_nothing(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert len(fold(folded)) == len(folded)
