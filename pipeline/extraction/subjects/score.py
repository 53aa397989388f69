"""The weights of what speaks for and against a pair, and the subject that wins.

A number counts the nearest thing that fits it: the noun after it (`4所日间照料中心`), else the noun before it
(`高龄津贴411.8万元`), else what the sentence, the paragraph or the heading is about.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from pipeline.contracts.registry import columns, empty_frame
from pipeline.extraction.subjects.features import expressions
from pipeline.vocabulary import rows as vocabulary


@cache
def weights() -> dict[str, float]:
    """What each feature weighs (weights.csv)."""
    return {r["feature"]: float(r["weight"]) for r in vocabulary("subjects/weights.csv")}


@cache
def _weighed() -> list[pl.Expr]:
    """Each feature times its weight."""
    asked = expressions()
    kinds = empty_frame("frame.pairs").select(**asked).schema
    return [
        # what holds or does not is weighed in one step
        pl.when(e).then(weights()[name]).otherwise(0.0)
        if kinds[name] == pl.Boolean
        else e.cast(pl.Float64).fill_null(0.0) * weights()[name]
        for name, e in asked.items()
    ]


def score(pairs: pl.DataFrame) -> pl.DataFrame:
    """Weigh pairs: `frame.pairs` in, `frame.candidates` out, in the same order.

    The score of a pair is the sum of its features, each times its weight.
    """
    # Rounded, for the last bits of a sum would part what weighs the same.
    # Lazily, for what several features ask is then computed once.
    scored = pairs.lazy().with_columns(score=pl.sum_horizontal(_weighed()).round(6))
    return scored.select(columns("frame.candidates")).collect()


def by_number(candidates: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The places of candidates in the order of their numbers (q), where each number begins in that order, and
    of which number, counted from 0, each of them is."""
    q = candidates["q"].to_numpy()
    order = np.argsort(q, kind="stable")
    first = np.diff(q[order], prepend=-1) != 0
    return order, np.flatnonzero(first), np.cumsum(first) - 1


def best(candidates: pl.DataFrame) -> pl.DataFrame:
    """The subject of each number: `frame.candidates` and margin, its lead over other subjects, if any."""
    if candidates.is_empty():
        return candidates.with_columns(margin=pl.lit(None, pl.Float64))
    order, begins, number = by_number(candidates)
    score = candidates["score"].to_numpy()[order]
    highest = np.flatnonzero(score == np.maximum.reduceat(score, begins)[number])
    # Of equal scores the earlier pair is taken.
    top = order[highest[np.diff(number[highest], prepend=-1) != 0]]
    subject = candidates["subject"]
    other = (subject.gather(order) != subject.gather(top[number])).to_numpy()
    second = np.maximum.reduceat(np.where(other, score, -np.inf), begins)
    margin = pl.Series(candidates["score"].to_numpy()[top] - second).round(6)
    return candidates[top].with_columns(margin=margin.set(pl.Series(np.isinf(second)), None))
