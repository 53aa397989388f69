"""Quantities that share a subject with the quantities before them, whatever words stand near."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.vocabulary import rows as vocabulary


@cache
def _combined() -> dict[str, str]:
    return {f"{r['first']}+{r['second']}": r["together"] for r in vocabulary("combined.csv")}


def chains(stream: Stream, rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Let chained quantities (in order, with neighbours) take the subject of the quantities that they continue."""
    rows = stream.last_cue(_same_group(rows), "respectively")
    return _by_class(_together(_in_order(_respectively(rows), tokens)))


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
        pl.when(leads)
        .then(pl.col(c).shift(-1))
        .when(goes_on & (c != "rule"))
        .then(pl.col(c).shift(1))
        .otherwise(pl.col(c))
        .alias(c)
        for c in names
    )


def _respectively(rows: pl.DataFrame) -> pl.DataFrame:
    """A pair of shares, rates or sums speaks of the two quantities before it, in their order."""
    other = pl.when(pl.col("pair") == 1).then(pl.col("class").shift(1)).otherwise(pl.col("class").shift(3))
    answers = (
        pl.col("pair").is_not_null()
        & ((pl.col("respectively").is_not_null() & pl.col("class").is_in(["share", "rate"]))
           | ((pl.col("class") == "money") & (pl.col("class").shift(2) == "people")))
        & (pl.col("class").shift(2) != pl.col("class")) & (pl.col("sentence").shift(2) == pl.col("sentence")) & (pl.col("class").shift(2) == other)
    ).fill_null(False)  # fmt: skip
    taken = [
        pl.when(answers).then(pl.col(c).shift(2)).otherwise(pl.col(c)).alias(c)
        for c in ("subject", "subject_word", "head")
    ]
    return rows.with_columns(*taken, rule=pl.when(answers).then(pl.lit("respectively")).otherwise("rule"))


def _in_order(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """孤儿、困境儿童标准分别为A和B: a pair behind 分别 takes the two subjects named before it, in their order."""
    named = tokens.filter(pl.col("strength") >= 2).unique("at", keep="first", maintain_order=True).select(
        pl.col("at").alias("t_at").set_sorted(), t_sentence="sentence", second="subject",
        first=pl.when(
            (pl.col("sentence").shift(1) == pl.col("sentence")) & (pl.col("qs_before").shift(1) == pl.col("qs_before"))
            & (pl.col("at") - pl.col("end_at").shift(1) <= 2)
        ).then(pl.col("subject").shift(1)),
    )  # fmt: skip
    pairs = rows.filter(
        pl.col("pair").is_not_null()
        & pl.col("respectively").is_not_null()
        & (pl.col("rule") != "respectively")
    )
    if pairs.is_empty():
        return rows
    pairs = pairs.select("q", "pair", "sentence", "subject", key="respectively_at").sort("key")
    pairs = pairs.join_asof(named, left_on="key", right_on="t_at", strategy="backward")
    one = pl.col("pair") == 1
    two = (pl.col("t_sentence") == pl.col("sentence")) & (pl.col("first") != pl.col("second"))
    halves = {together: pair.split("+") for pair, together in reversed(_combined().items())}
    half = [
        pl.col("subject").replace_strict(
            {k: v[i] for k, v in halves.items()}, default=None, return_dtype=pl.String
        )
        for i in (0, 1)
    ]
    listed = pl.when(two).then(pl.when(one).then("first").otherwise("second"))
    chosen = pairs.select(
        "q", ordered=pl.coalesce(pl.when(one).then(half[0]).otherwise(half[1]), listed)
    ).drop_nulls()
    rows = rows.join(chosen, on="q", how="left", maintain_order="left")
    taken = pl.col("ordered").is_not_null()
    return rows.with_columns(
        subject=pl.coalesce("ordered", "subject"),
        rule=pl.when(taken).then(pl.lit("respectively")).otherwise("rule"),
    ).drop("ordered")


@cache
def _class_rules() -> dict[str, str]:
    return {f"{r['subject']}/{r['class']}": r["gives"] for r in vocabulary("by_class.csv")}


def _by_class(rows: pl.DataFrame) -> pl.DataFrame:
    """Money and people beside a charity belong to its projects."""
    key = pl.concat_str(pl.col("subject"), pl.lit("/"), pl.col("class").fill_null(""))
    return rows.with_columns(
        subject=pl.coalesce(
            key.replace_strict(_class_rules(), default=None, return_dtype=pl.String), "subject"
        )
    )


def _together(rows: pl.DataFrame) -> pl.DataFrame:
    """Money that follows two groups with their numbers was paid to both."""
    subject, kind = pl.col("subject"), pl.col("class")
    pair = pl.concat_str(subject.shift(2), pl.lit("+"), subject.shift(1)).replace_strict(
        _combined(), default=None, return_dtype=pl.String
    )
    follows = (
        (kind == "money") & kind.shift(1).is_in(["people", "rate"]) & (kind.shift(2) == kind.shift(1))
        & (pl.col("sentence").shift(2) == pl.col("sentence")) & (pl.col("clause") != pl.col("clause").shift(1))
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(subject=pl.when(follows & pair.is_not_null()).then(pair).otherwise(subject))
