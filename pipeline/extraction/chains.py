"""Quantities that share a subject with the quantities before them, whatever words stand near."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.extraction.words import _rows



@cache
def _combined() -> dict[str, str]:
    return {f"{r['first']}+{r['second']}": r["together"] for r in _rows("combined.csv")}


def chains(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Let chained quantities (in order, with neighbours) take the subject of the quantities that they continue."""
    return _together(_respectively(stream, _same_group(rows)))


def _same_group(rows: pl.DataFrame) -> pl.DataFrame:
    """541户647人: households and their members are the same group."""
    unit = pl.col("unit")
    goes_on = (
        unit.is_in(["人", "人次"]) & unit.shift(1).is_in(["户", "户次"]) & (pl.col("prev_gap") <= 1)
        & (pl.col("rule") != "noun after")
    ).fill_null(False)  # fmt: skip
    # 202户269人低保对象: the noun behind the second is the noun of both
    leads = (
        unit.is_in(["户", "户次"]) & unit.shift(-1).is_in(["人", "人次"]) & (pl.col("prev_gap").shift(-1) <= 1)
        & (pl.col("rule").shift(-1) == "noun after") & ~pl.col("right")
    ).fill_null(False)  # fmt: skip
    names = ("subject", "subject_word", "head", "at_t", "rule")
    return rows.with_columns(
        pl.when(leads).then(pl.col(c).shift(-1)).when(goes_on & (c != "rule")).then(pl.col(c).shift(1)).otherwise(pl.col(c)).alias(c)
        for c in names
    )


def _respectively(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """A pair of shares behind 分别 speaks of the two quantities before it, in their order."""
    rows = stream.last_cue(rows, "respectively")
    other = pl.when(pl.col("pair") == 1).then(pl.col("class").shift(1)).otherwise(pl.col("class").shift(3))
    answers = (
        pl.col("pair").is_not_null() & pl.col("respectively").is_not_null() & pl.col("class").is_in(["share", "rate"])
        & (pl.col("class").shift(2) != pl.col("class")) & (pl.col("sentence").shift(2) == pl.col("sentence")) & (pl.col("class").shift(2) == other)
    ).fill_null(False)  # fmt: skip
    taken = [pl.when(answers).then(pl.col(c).shift(2)).otherwise(pl.col(c)).alias(c) for c in ("subject", "subject_word", "head")]
    return rows.with_columns(*taken, rule=pl.when(answers).then(pl.lit("respectively")).otherwise("rule"))


def _together(rows: pl.DataFrame) -> pl.DataFrame:
    """Money that follows two groups with their numbers was paid to both."""
    subject, kind = pl.col("subject"), pl.col("class")
    pair = pl.concat_str(subject.shift(2), pl.lit("+"), subject.shift(1)).replace_strict(_combined(), default=None, return_dtype=pl.String)
    follows = (
        (kind == "money") & kind.shift(1).is_in(["people", "rate"]) & (kind.shift(2) == kind.shift(1))
        & (pl.col("sentence").shift(2) == pl.col("sentence")) & (pl.col("clause") != pl.col("clause").shift(1))
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(subject=pl.when(follows & pair.is_not_null()).then(pair).otherwise(subject))
