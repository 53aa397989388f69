"""Learns from labelled texts how likely each subject is what a number counts (subjects/habits.csv).

    make weights                               # learn, report what held out texts say of it, and write
    python -m pipeline.tools.fit_habits --dry  # report alone

Candidates of a number are weighed by where their word stands (weights.csv). Habits add what labels say of
each subject, and of each with each class of unit, beyond that: a conditional logit like that of fit_weights,
on top of today's score, whose points are drawn to 0 (`RIDGE`). It goes by subjects and not by words, for
what is learned of one word of a subject holds for its others; points of single words gained nothing on
texts that they weren't learned from. A subject, or a subject with a class, that stands in fewer than `FEWEST`
texts gets no points. `other` never does: what it counts differs from text to text.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from pipeline.extraction.subjects.habits import ANY
from pipeline.extraction.subjects.score import weights
from pipeline.tools.fit_weights import LABELLED, hits, labelled_candidates, pairs_of, shares, told_apart
from pipeline.tools.rows import write_rows
from pipeline.vocabulary import FOLDER

HABITS = FOLDER / "subjects" / "habits.csv"
FEWEST = 3  # texts that a habit is learned from
RIDGE = {True: 8.0, False: 2.0}  # of a subject with any class, and with one
LEAST = 0.1  # points; fewer change nothing
FOLDS = 10  # parts of the texts that are held out in turn
KEY = ["subject", "class"]


def candidates(folder: Path, reviewed: Path | None = None) -> pl.DataFrame:
    """The candidates of labelled numbers that labels tell apart, a row each: document, number, is_right,
    subject, class and `score`, what the features but their habit weigh."""
    names = [name for name in weights() if name != "habit"]
    rows = told_apart(labelled_candidates(folder, names, reviewed, others=True))
    score = pl.sum_horizontal(pl.col(name) * weights()[name] for name in names)
    return rows.select("document", "number", "is_right", "subject", score=score, **{"class": "unit_class"})


def learn(rows: pl.DataFrame) -> pl.DataFrame:
    """The habits of `candidates`: subject, class (or `ANY`), points, numbers and texts with such pairs."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    named = rows.select("document", "number", *KEY, pair=pl.int_range(pl.len()))
    named = named.filter(pl.col("subject") != "other")
    any_class = named.with_columns(pl.lit(ANY).alias("class"))
    named = pl.concat([named, any_class]).drop_nulls("class")
    told = named.group_by(KEY).agg(numbers=pl.col("number").n_unique(), texts=pl.col("document").n_unique())
    told = told.filter(pl.col("texts") >= FEWEST).sort(KEY).with_row_index("habit")
    if told.is_empty():
        return told.select(*KEY, "numbers", "texts", points=pl.lit(0.0))
    named = named.join(told.select(*KEY, "habit"), on=KEY)
    places = (named["pair"].to_numpy(), named["habit"].to_numpy())
    has = csr_matrix((np.ones(len(named)), places), shape=(len(rows), len(told)))
    pairs = pairs_of(rows, ["score"])
    pull = np.array([RIDGE[kind == ANY] for kind in told["class"]])

    def loss(points: np.ndarray) -> tuple[float, np.ndarray]:
        chances, right, likely = shares(pairs.x[:, 0] + has @ points, pairs)
        slope = has.T @ (chances - right) + pull * points
        return float(-np.log(likely).sum() + (pull * points**2).sum() / 2), slope

    points = minimize(loss, np.zeros(len(told)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return told.select(*KEY, "numbers", "texts", points=pl.Series(points.round(2)))


def points_of(rows: pl.DataFrame, habits: pl.DataFrame) -> np.ndarray:
    """What habits give each of `candidates`, as `extraction.subjects.habits` adds it up."""
    own = rows.join(habits, on=KEY, how="left", maintain_order="left")["points"]
    of_any = habits.filter(pl.col("class") == ANY)
    common = rows.join(of_any, on="subject", how="left", maintain_order="left")["points"]
    return (own.fill_null(0.0) + common.fill_null(0.0)).to_numpy()


def right_by(rows: pl.DataFrame, points: np.ndarray, weight: float) -> np.ndarray:
    """For each number, whether its best candidate is right when habits weigh so much."""
    weighed = rows.with_columns(habit=pl.Series(points))
    return hits(pairs_of(weighed, ["score", "habit"]), np.array([1.0, weight]))


def held_out(rows: pl.DataFrame) -> np.ndarray:
    """What habits give each candidate, learned from other texts than its own."""
    points = np.zeros(len(rows))
    texts = rows["document"].unique().sort().sample(fraction=1.0, shuffle=True, seed=0)
    for some in np.array_split(texts.to_numpy(), min(FOLDS, len(texts))):
        left_out = rows["document"].is_in(some.tolist())
        points[left_out.to_numpy()] = points_of(rows.filter(left_out), learn(rows.filter(~left_out)))
    return points


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="folder of labelled sets")
    parser.add_argument("--corrections", type=Path, help="a raw folder whose reviewed subjects count too")
    parser.add_argument("--dry", action="store_true", help="report, but write nothing")
    options = parser.parse_args()
    rows = candidates(options.labelled, options.corrections)
    weight = weights()["habit"]
    old = right_by(rows, np.zeros(len(rows)), weight)
    new = right_by(rows, held_out(rows), weight)
    moved = f"{(new & ~old).sum()} gained, {(old & ~new).sum()} lost"
    print(f"{len(old)} numbers in {rows['document'].n_unique()} documents; right without habits: {old.sum()}")
    print(f"right by habits that were learned from other texts: {new.sum()} ({moved})")
    habits = learn(rows).filter(pl.col("points").abs() >= LEAST)
    print(f"{len(habits)} habits")
    if not options.dry:
        write_rows(habits.select(*KEY, "points", "numbers", "texts").cast(pl.String).to_dicts(), HABITS)


if __name__ == "__main__":
    main()
