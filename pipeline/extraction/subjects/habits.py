"""How likely a subject is what a number of a class counts, whatever stands between them (habits.csv).

提质增效 before 312人 is seldom what those people are; 低保 is. Such habits are learned from labels
(pipeline/tools/fit_habits.py): what they add to what the other features say, in log odds.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.numbers.units import unit_classes
from pipeline.vocabulary import rows as vocabulary

ANY = "*"  # a row for numbers of every class


@cache
def _points() -> dict[str, float]:
    """The points of each subject with each class, by `subject/class`: those of every class and its own."""
    habits = {(r["subject"], r["class"]): float(r["points"]) for r in vocabulary("subjects/habits.csv")}
    classes = [*dict.fromkeys(unit_classes().values()), "rate", ""]
    subjects = dict.fromkeys(subject for subject, _ in habits)
    return {
        f"{subject}/{kind}": habits.get((subject, ANY), 0.0) + habits.get((subject, kind), 0.0)
        for subject in subjects
        for kind in classes
    }


def habit() -> pl.Expr:
    """The points of a pair's subject with the class of its number's unit; 0 where nothing was learned."""
    key = pl.concat_str("subject", pl.lit("/"), pl.col("unit_class").fill_null(""))
    return key.replace_strict(_points(), default=0.0, return_dtype=pl.Float64)
