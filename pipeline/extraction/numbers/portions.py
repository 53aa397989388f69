"""Parts of a whole that say no unit of their own: 低保对象6612人(城市913,农村5699), 其中公办12、民办9."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import compute_where, put_back
from pipeline.vocabulary import pattern

GIVEN = ("unit", "factor", "unit_class", "rate", "scaled")
WHOLES = ("count", "money")  # classes of numbers that are given with their parts


def share_units_of_wholes(rows: pl.DataFrame) -> pl.DataFrame:
    """Give parts of a whole the unit of the whole, as long as none is larger than it is.

    Takes the columns of `units.read_phrases` beside `gap`, `right` and `document_id`. The first part stands
    in a bracket or behind 其中, the others follow it in a row, each behind its own name.
    """
    bare = (
        (pl.col("unit_class") == "") & ~pl.col("chinese") & pl.col("right").str.contains(pattern("part_ends"))
    )
    near = bare & (pl.col("document_id") == pl.col("document_id").shift(1))
    own = pl.when(pl.col("unit_class") == "").then(0).otherwise("length")
    between = pl.col("gap").str.slice(own).shift(1)
    told = rows.select("document_id", "unit_class", "chinese", "right", near=near, between=between)
    first = compute_where(told, pl.col("near"), pl.col("between").str.contains(pattern("first_part")))
    next_ = compute_where(told, pl.col("near"), pl.col("between").str.contains(pattern("next_part")))
    index = pl.int_range(pl.len(), dtype=pl.Int64)
    whole = pl.col("unit_class").is_in(WHOLES).shift(1, fill_value=False)
    told = rows.with_columns(first=first.fill_null(False), next=next_.fill_null(False)).with_columns(
        first=pl.col("first") & whole
    )
    told = told.with_columns(
        giver=pl.when("first").then(index - 1).forward_fill(),
        since=pl.when(~pl.col("next") | pl.col("first")).then(index).forward_fill(),
        row=index,
    )
    parts = told.filter(pl.col("first") | (pl.col("next") & (pl.col("since") == pl.col("giver") + 1)))
    if parts.is_empty():
        return rows
    given = rows.select(*GIVEN, "value")[parts["giver"]].rename(lambda name: f"{name}_given")
    parts = parts.hstack(given)
    fits = (pl.col("value") <= pl.col("value_given")).all().over("giver")
    parts = parts.filter(fits).with_columns(pl.col(f"{name}_given").alias(name) for name in GIVEN)
    return put_back(rows, parts, GIVEN)
