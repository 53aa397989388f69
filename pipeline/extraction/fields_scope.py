"""Whose value it is: which group, and whether of the whole region, a part of it or elsewhere."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.vocabulary import pattern

OF_A_PROJECT = ("floor_area", "investment", "beds", "capacity")  # measures that describe one building


def scope(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `scope` (region, part, outside) and `place` (the named part, or null).

    `rows`: the quantities with at, clause, quote, quote_before, measure and own (how the report speaks of
    its own area: 县, 区, 市, 旗, 省, 州, 国 or null).
    """
    rows = stream.last_cue(rows, "outside")
    place = pl.coalesce(
        _name("quote", "named_place", "no_named_place"), _name("quote_before", "named_town", "no_named_town")
    )
    project = pl.col("quote").str.contains(pattern("one_project")) & pl.col("measure").is_in(OF_A_PROJECT)
    project = project & ~pl.col("quote_before").str.contains(pattern("of_all_projects"))
    part = place.is_not_null() | project
    kind = pl.when(_is_outside()).then(pl.lit("outside")).when(part).then(pl.lit("part"))
    return rows.with_columns(scope=kind.otherwise(pl.lit("region")), place=place)


def _is_outside() -> pl.Expr:
    """全国共有养老机构4.1万家 in the report of a county; but 全市 in that of a city is its own area."""
    wider = {
        "nation": pl.col("own") != "国",
        "province": ~pl.col("own").is_in(["省", "国"]),
        "city": pl.col("own").is_in(["县", "区", "旗"]),
    }
    levels = ((pl.col("outside") == level) & test for level, test in wider.items())
    whole = pl.col("outside_word").str.contains(pattern("all_of_wider_area")).fill_null(False)
    near = (pl.col("at") - pl.col("outside_end_at")) <= 16
    # 全省第3 ranks the region itself, 高于全省平均水平8元 compares it
    return pl.any_horizontal(*levels).fill_null(False) & (
        (pl.col("measure") != "ranking") & (pl.col("change") != "delta") & whole & near
    )


def _name(text: str, named: str, generic: str) -> pl.Expr:
    """What a pattern finds in a column, but null where it is no proper name (各乡镇敬老院)."""
    found = pl.col(text).str.extract(pattern(named))
    return pl.when(~found.str.contains(pattern(generic))).then(found)


def subgroup(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `subgroup`: the last breakdown named before the number in its clause (quote_before), or null."""
    return rows.with_columns(subgroup=pl.col("quote_before").str.extract_all(pattern("subgroup")).list.last())
