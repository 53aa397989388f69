"""Fits the weights of subjects (vocabulary/subjects/weights.csv) to labelled texts.

    make weights                                    # fit, report, and write support and std_error
    make weights CORRECTIONS=raw                    # subjects that people reviewed in raw/ are labels too
    python -m pipeline.tools.fit_weights --adopt    # the fitted weights too, if they do better held out

A conditional logit: of the candidates of a number the one with the highest score is taken, and the weights
are chosen so that the labelled subject is likely to be it. Few labels say little of a rare feature, so each
weight is drawn to today's value (`--ridge`: how strongly). What is held out is some documents at a time.
`support` counts the pairs in which a feature could tell a right candidate from a wrong one; `std_error` is
that of the fit (0.5 where labels say nothing: 1 over the root of the ridge). The weight of habits stays as it
is: their points were learned from the same labels (fit_habits.py), which would speak for any weight.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from pipeline.settings import PROJECT
from pipeline.tools.labelled import labelled_candidates
from pipeline.tools.rows import read_rows, write_rows
from pipeline.vocabulary import FOLDER

WEIGHTS = FOLDER / "subjects" / "weights.csv"
LABELLED = PROJECT / "tests" / "labelled"
CHANCE = 0.05
FOLDS = 20  # parts of the documents that are held out in turn
HELD = ("habit",)  # weights that stay as they are
FEW = 5  # pairs; what a weight with less support says is a guess


@dataclass(frozen=True)
class Pairs:
    """Candidates of labelled numbers: a row a pair, sorted by number.

    `x`: features; `right`: whether the pair has the labelled subject; `starts`: the first row of each number;
    `document`: the document of each number.
    """

    names: list[str]
    x: np.ndarray
    right: np.ndarray
    starts: np.ndarray
    document: np.ndarray

    def of(self, numbers: np.ndarray) -> Pairs:
        """Only these numbers (a mask)."""
        sizes = np.diff([*self.starts, len(self.x)])
        rows = np.repeat(numbers, sizes)
        kept = sizes[numbers]
        return Pairs(
            self.names, self.x[rows], self.right[rows], np.cumsum(kept) - kept, self.document[numbers]
        )


@dataclass(frozen=True)
class Fit:
    """Weights by the order of `Pairs.names`, with the standard error of each."""

    weights: np.ndarray
    std_error: np.ndarray


def pairs_of(frame: pl.DataFrame, names: Sequence[str]) -> Pairs:
    """`frame`: document, number (an id), is_right (bool) and the features `names`, a row a pair."""
    rows = told_apart(frame)
    starts = rows.select(pl.col("number").is_first_distinct().arg_true()).to_series().to_numpy()
    x = rows.select(pl.col(names).cast(pl.Float64)).to_numpy()
    documents = rows["document"].gather(starts).to_numpy()
    return Pairs(list(names), x, rows["is_right"].to_numpy(), starts.astype(int), documents)


def told_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `pairs_of` by number, without those of numbers whose candidates are all right or all wrong,
    which say nothing."""
    some = pl.col("is_right").any().over("number") & ~pl.col("is_right").all().over("number")
    return frame.filter(some).sort("number", maintain_order=True)


def fit(pairs: Pairs, prior: np.ndarray, ridge: float = 4.0) -> Fit:
    """The weights that make the right subjects likely, drawn to `prior` the more, the larger `ridge`.

    A feature counts by its usual size, so that one in characters is drawn as strongly as one that is yes or
    no. A feature that no pair has keeps its prior.
    """
    from scipy.optimize import minimize

    sizes = np.ma.median(np.ma.masked_equal(np.abs(pairs.x), 0), axis=0).filled(1.0)
    pull = ridge * sizes**2

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chances, right, likely = shares(pairs.x @ weights, pairs)
        gap = weights - prior
        slope = pairs.x.T @ (chances - right) + pull * gap
        return float(-np.log(likely).sum() + (pull * gap**2).sum() / 2), slope

    bounds = [
        (today, today) if name in HELD else (None, None)
        for name, today in zip(pairs.names, prior, strict=True)
    ]
    weights = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    chances, right, _ = shares(pairs.x @ weights, pairs)
    hessian = _spread_within(pairs, chances) - _spread_within(pairs, right) + np.diag(pull)
    return Fit(weights, np.sqrt(np.clip(np.diag(np.linalg.pinv(hessian)), 0, None)))


def shares(scores: np.ndarray, pairs: Pairs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each pair's share among its number's pairs, its share among the right ones (0 if wrong), and the share
    of all right ones of each number."""
    sizes = np.diff([*pairs.starts, len(scores)])
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, pairs.starts), sizes))
    all_odds = np.add.reduceat(odds, pairs.starts)
    right_odds = np.maximum(np.add.reduceat(odds * pairs.right, pairs.starts), 1e-300)
    chances = odds / np.repeat(all_odds, sizes)
    return chances, odds * pairs.right / np.repeat(right_odds, sizes), right_odds / all_odds


def _spread_within(pairs: Pairs, shares: np.ndarray) -> np.ndarray:
    """The covariance of the features within numbers, each pair counted by its share, summed."""
    weighed = pairs.x * shares[:, None]
    means = np.add.reduceat(weighed, pairs.starts, axis=0)
    return pairs.x.T @ weighed - means.T @ means


def hits(pairs: Pairs, weights: np.ndarray) -> np.ndarray:
    """For each number, whether its best candidate is right; of equal scores the first is taken."""
    scores = np.round(pairs.x @ weights, 6)
    ends = [*pairs.starts[1:], len(scores)]
    best = [start + int(np.argmax(scores[start:end])) for start, end in zip(pairs.starts, ends, strict=True)]
    return pairs.right[best].astype(bool)


def held_out(pairs: Pairs, prior: np.ndarray, ridge: float) -> np.ndarray:
    """For each number, whether it is right by weights that were fitted to documents without its own: of many,
    a part of them is left out at a time, so that the time of all fits grows with the documents alone."""
    right = np.zeros(len(pairs.starts), dtype=bool)
    documents = np.unique(pairs.document)
    for some in np.array_split(documents, min(FOLDS, len(documents))):
        left_out = np.isin(pairs.document, some)
        right[left_out] = hits(pairs.of(left_out), fit(pairs.of(~left_out), prior, ridge).weights)
    return right


def surely_better(new: np.ndarray, old: np.ndarray) -> bool:
    """Whether more numbers are right only by `new` than only by `old`, and by more than chance gives."""
    from scipy.stats import binomtest

    gained, lost = int((new & ~old).sum()), int((old & ~new).sum())
    return gained > lost and binomtest(gained, gained + lost, alternative="greater").pvalue < CHANCE


def support(pairs: Pairs) -> np.ndarray:
    """For each feature, in how many pairs it differs from what a pair of the other kind (right or wrong) of
    the same number has: the pairs that speak for or against its weight."""
    counts = np.zeros(len(pairs.names), dtype=int)
    for start, end in zip(pairs.starts, [*pairs.starts[1:], len(pairs.x)], strict=True):
        x, right = pairs.x[start:end], pairs.right[start:end].astype(bool)
        for mine, others in ((right, ~right), (~right, right)):
            differs = (x[mine][:, None, :] != x[others][None, :, :]).any(axis=1)
            counts += (differs & (x[mine] != 0)).sum(axis=0)
    return counts


def labelled_pairs(folder: Path, names: Sequence[str], reviewed: Path | None = None) -> Pairs:
    """The candidates of the labelled numbers below a folder, as this pipeline finds them.

    `reviewed`: a raw folder whose corrections are labels too: a subject that people settled, and those of
    readings that they confirmed. Left out are numbers whose subject is none (`other`) or is told by another
    number (541户647人).
    """
    return pairs_of(labelled_candidates(folder, names, reviewed), names)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="folder of labelled sets")
    parser.add_argument("--corrections", type=Path, help="a raw folder whose reviewed subjects count too")
    parser.add_argument("--ridge", type=float, default=4.0)
    parser.add_argument("--adopt", action="store_true", help="write the fitted weights, if they are better")
    options = parser.parse_args()
    rows = read_rows(WEIGHTS)
    names = [row["feature"] for row in rows]
    today = np.array([float(row["weight"]) for row in rows])
    pairs = labelled_pairs(options.labelled, names, options.corrections)
    fitted = fit(pairs, today, options.ridge)
    counts = support(pairs)
    old, new = hits(pairs, today), held_out(pairs, today, options.ridge)
    from_zero = held_out(pairs, np.zeros(len(names)), options.ridge)
    print(f"{len(old)} numbers in {len(np.unique(pairs.document))} documents, {len(pairs.x)} pairs")
    print(f"right by today's weights: {old.sum()}")
    moved = f"{(new & ~old).sum()} gained, {(old & ~new).sum()} lost"
    print(f"right held out, fitted around today's: {new.sum()} ({moved})")
    print(f"right held out, fitted from zero: {from_zero.sum()}")
    print(f"{'feature':15s} {'weight':>7s} {'fitted':>7s} {'error':>6s} {'support':>7s}")
    for name, weight, new, error, count in zip(
        names, today, fitted.weights, fitted.std_error, counts, strict=True
    ):
        little = "  little support" if count < FEW else ""
        print(f"{name:15s} {weight:7.2f} {new:7.2f} {error:6.2f} {count:7d}{little}")
    adopt = options.adopt and surely_better(new, old)
    if options.adopt and not adopt:
        print("The weights stay: held out, those that were fitted are not surely better.")
    for row, new, error, count in zip(rows, fitted.weights, fitted.std_error, counts, strict=True):
        row |= {"support": str(count), "std_error": f"{error:.2f}"}
        if adopt:
            row["weight"] = f"{new:.2f}"
    write_rows(rows, WEIGHTS)


if __name__ == "__main__":
    main()
