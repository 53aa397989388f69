"""Town or country of numbers that only their list tells: of places called so, of a pair raised to one sum, of
children who are left behind in the country.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "residence", "line", "sentence", "clause", "subject", "measure", "unit_class", "pair",
    "rule", "change", "quote", "quote_before", "quote_after",
)  # fmt: skip
OF_THE_COUNTRY = ["left_behind_child"]  # subjects that are of the country wherever their list says so once


def residence_in_lists(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`residence` as `fields.residence` told it, but as its list tells it where that says more, a row a row.

    `rows`: `TAKES`, in the order of the text.
    """
    rows = cues.beside(rows.select(TAKES), "portion_at")
    rows = rows.with_columns(residence=pl.coalesce(_called_so(), "residence"))
    rows = rows.with_columns(residence=pl.coalesce(_raised_to_one(), "residence"))
    rows = rows.with_columns(residence=pl.coalesce(_raised_in_turn(), "residence"))
    rows = rows.with_columns(residence=pl.coalesce(_part_of_a_sum(), "residence"))
    return rows.select(residence=pl.coalesce(_going_on(), "residence"))


def _called_so() -> pl.Expr:
    """31个城市社区、26个农村社区: communities that are counted under the one name or the other."""
    behind = pl.col("quote_after").str.extract(pattern("communities_behind"), 1)
    before = pl.col("quote_before").str.extract(pattern("communities_before"), 1)
    kind = pl.coalesce(behind, before)
    counted = (pl.col("subject") == "community") & (pl.col("measure") == "count") & kind.is_not_null()
    where = pl.when(kind.str.contains(pattern("of_the_country"))).then(pl.lit("rural"))
    return pl.when(counted.fill_null(False)).then(where.otherwise(pl.lit("urban")))


def _raised_to_one() -> pl.Expr:
    """城乡标准由500元、250元提高到650元,分别提高30%、160%: each share is of one of the pair."""
    told = pl.lit(None, pl.String)
    for nth in (1, 2):
        pair = [pl.col("pair").shift(n) for n in (nth + 2, nth + 1, nth)]
        alone = (pair[0] == 1) & (pair[1] == 2) & pair[2].is_null()
        alone &= pl.all_horizontal(pl.col(c) == pl.col(c).shift(nth + 2) for c in ("sentence", "subject"))
        alone &= (
            (pl.col("pair") == nth) & (pl.col("rule") == "respectively") & (pl.col("unit_class") == "share")
        )
        told = pl.when(alone.fill_null(False)).then(pl.col("residence").shift(3)).otherwise(told)
    return told


def _raised_in_turn() -> pl.Expr:
    """城市标准由720元、农村标准由560元分别提高到760元、600元: each is of the one that it was raised from."""
    was, same = pl.col("residence").shift(2), ("sentence", "clause", "subject", "unit_class")
    answers = pl.all_horizontal(pl.col(c) == pl.col(c).shift(2) for c in same)
    answers &= (was != "total") & (pl.col("residence") == pl.col("residence").shift(1))
    led = pl.col("quote_before").str.contains(pattern("raised_in_turn"))
    first = answers & led & (pl.col("pair") == 1) & (was != was.shift(-1))
    both = first | first.shift(1)
    return pl.when(both.fill_null(False)).then(was)


def _part_of_a_sum() -> pl.Expr:
    """农村低保金980万元,其中取暖补贴60万元: parts of a sum are paid where the sum was."""
    part = pl.col("portion_at").is_not_null() & (pl.col("measure") == "expenditure")
    before = pl.when(part | (pl.col("measure") != "expenditure")).then(None).otherwise("residence")
    whole = latest(before, "sentence")
    bare = (pl.col("residence") == "total") & ~pl.col("quote").str.contains(pattern("town_or_country"))
    return pl.when((part & bare & (whole != "total")).fill_null(False)).then(whole)


def _going_on() -> pl.Expr:
    """农村留守儿童940人,其中住校310人;随祖辈520人: they are of the country in all their list."""
    country = pl.col("subject").is_in(OF_THE_COUNTRY)
    bare = country & (pl.col("residence") == "total") & ~pl.col("quote").str.contains(pattern("of_the_town"))
    last = latest(pl.when(country & ~bare).then("residence"), "line")
    return pl.when((bare & (last == "rural")).fill_null(False)).then(last)
