"""How familiar the words around a number are."""

import math

import polars as pl
import pytest

from pipeline.extraction.wording import familiar, from_texts, words_around

KNOWN = pl.DataFrame({"run": ["孤儿#", "儿#人"], "familiar": [2.0, 4.0]})


def around(quote: str, number: str, *, table: int | None = None) -> str | None:
    start = quote.index(number)
    row = {"quote": [quote], "span_start": [100 + start], "span_end": [100 + start + len(number)]}
    rows = pl.DataFrame(row | {"quote_start": [100], "table": [table]}, schema_overrides={"table": pl.Int64})
    return rows.select(words_around(pl.col("quote"))).item()


def test_the_words_around_a_number_are_those_of_its_clause_with_other_figures_alike():
    assert around("孤儿 12人", "12") == "孤儿#人"
    assert around("孤儿12人、共计3.5万元", "3.5") == "孤儿0人、共计#万元"
    assert around("12", "12") == "#"
    assert around("一" * 90 + "7" + "二" * 90, "7") == "一" * 14 + "#" + "二" * 5


def test_cells_of_tables_have_no_words_around_them():
    assert around("孤儿|12|人", "12", table=3) is None


def test_what_no_text_has_is_not_familiar_and_a_window_too_short_says_nothing():
    found = familiar(pl.Series(["孤儿#人", "孤儿#", "礼包#", "#", None]), KNOWN)
    assert found.to_list() == [3, 2, 0, None, None]


def test_the_more_texts_have_it_the_more_familiar_it_is():
    none, one, many = pl.select(from_texts(pl.Series([0, 1, 100]))).to_series()
    assert none == 0 < one < many == pytest.approx(math.log(101))
