"""The weights of what speaks for and against a pair, and the subject that wins.

A number counts the nearest thing that fits it: the noun after it (`4所日间照料中心`), else the noun before it
(`高龄津贴411.8万元`), else what the sentence, the paragraph or the heading is about.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.subjects.features import expressions
from pipeline.vocabulary import rows as vocabulary


@cache
def weights() -> dict[str, float]:
    """What each feature weighs (weights.csv)."""
    return {r["feature"]: float(r["weight"]) for r in vocabulary("subjects/weights.csv")}


def score(pairs: pl.DataFrame) -> pl.DataFrame:
    """Weigh pairs: `frame.pairs` in, `frame.candidates` out, in the same order.

    The score of a pair is the sum of its features, each times its weight.
    """
    weighed = (e.cast(pl.Float64).fill_null(0.0) * weights()[name] for name, e in expressions().items())
    # Rounded, for the last bits of a sum would part what weighs the same.
    # Lazily, for what several features ask is then computed once.
    scored = pairs.lazy().with_columns(score=pl.sum_horizontal(*weighed).round(6))
    return scored.select(columns("frame.candidates")).collect()


def best(candidates: pl.DataFrame) -> pl.DataFrame:
    """The subject of each number: `frame.candidates` and margin, its lead over other subjects, if any."""
    # Of equal scores the earlier pair is taken.
    ranked = candidates.sort("q", "score", descending=[False, True], maintain_order=True)
    first = (pl.col("q") != pl.col("q").shift(1)).fill_null(True)
    ranked = ranked.with_columns(first=first, place=first.cum_sum() - 1)
    top = ranked.filter("first").drop("first", "place")
    others = ranked.filter(pl.col("subject") != top["subject"].gather(ranked["place"]))
    second = others.filter(first).select("q", second_score="score")
    top = top.join(second, on="q", how="left", maintain_order="left")
    return top.with_columns(margin=(pl.col("score") - pl.col("second_score")).round(6)).drop("second_score")
