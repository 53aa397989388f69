"""Fits to labelled texts what speaks for and against a subject: vocabulary/subjects/weights.csv and
collocations.csv.

    make weights                                    # fit, report, and write both
    make weights CORRECTIONS=raw                    # subjects that people reviewed in raw/ are labels too
    python -m pipeline.tools.fit_weights --dry      # report alone

A conditional logit: of the candidates of a number the one with the highest score is taken, and the weights
are chosen so that the labelled subject is likely to be it: those of the features, and in the same go the
points of what stands around the number and of the class of its unit for each subject, for what the one
explains the other needn't. Few labels say little of a rare feature, so each weight is drawn to what we gave
it (`prior`) and points to 0 (`RIDGE`, `RIDGES`). A piece of text that stands beside a subject in fewer than
`FEWEST` texts, or whose points are under `LEAST`, has none; `other` never has, for what it counts differs
from text to text. What points count for in all stays as given: rules and points were made from the same
texts, which would speak for any weight. What is held out is some documents at a time. `support` counts the
pairs in which a feature could tell a right candidate from a wrong one; `std_error` is that of the fit.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from pipeline.extraction.subjects.collocations import ANY, piece_of, pieces
from pipeline.settings import PROJECT
from pipeline.tools.labelled import labelled_candidates
from pipeline.tools.rows import read_rows, write_rows
from pipeline.vocabulary import FOLDER

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WEIGHTS = FOLDER / "subjects" / "weights.csv"
COLLOCATIONS = FOLDER / "subjects" / "collocations.csv"
LABELLED = PROJECT / "tests" / "labelled"
FOLDS = 10  # parts of the documents that are held out in turn
LEARNED = "collocation"  # the feature that the points make
RIDGE = 2.0  # of the weights of features
RIDGES = {"class": 2.0, "piece": 0.02}  # of points: of a class of units, and of a piece
FEWEST = 6  # texts in which a piece stands beside a subject
LEAST = {"class": 0.1, "piece": 0.5}  # points; fewer change next to nothing
FEW = 5  # pairs; what a weight with less support says is a guess


@dataclass(frozen=True)
class Pairs:
    """Candidates of labelled numbers: a row a pair, sorted by number.

    `x`: features; `said`: what of `keys` (a row a column: subject, side, piece, code, texts) stands around
    the number. The side of a key is `class`, with the class of a unit as piece, or `piece`, whose `code` says
    what stands on which side (`collocations.pieces`). `right`: whether the pair has the labelled subject;
    `starts`: the first row of each number; `document`: the document of each number.
    """

    names: list[str]
    x: np.ndarray
    said: csr_array
    keys: pl.DataFrame
    right: np.ndarray
    starts: np.ndarray
    document: np.ndarray

    def of(self, numbers: np.ndarray) -> Pairs:
        """Only these numbers (a mask)."""
        sizes = np.diff([*self.starts, len(self.x)])
        rows = np.repeat(numbers, sizes)
        kept = sizes[numbers]
        return replace(
            self,
            x=self.x[rows],
            said=self.said[rows],
            right=self.right[rows],
            starts=np.cumsum(kept) - kept,
            document=self.document[numbers],
        )


@dataclass(frozen=True)
class Fit:
    """Weights by the order of `Pairs.names`, the standard error of each, and points by that of `keys`."""

    weights: np.ndarray
    std_error: np.ndarray
    points: np.ndarray


def pairs_of(frame: pl.DataFrame, names: Sequence[str], keys: pl.DataFrame | None = None) -> Pairs:
    """`frame`: document, number (an id), is_right (bool), subject, unit_class, before, behind and the
    features `names`, a row a pair. `keys`: those that are looked for, else all that stand in enough texts."""
    rows = told_apart(frame)
    starts = rows.select(pl.col("number").is_first_distinct().arg_true()).to_series().to_numpy().astype(int)
    x = rows.select(pl.col(names).cast(pl.Float64)).to_numpy()
    documents = rows["document"].gather(starts).to_numpy()
    said, keys = _said(rows, starts, keys)
    return Pairs(list(names), x, said, keys, rows["is_right"].to_numpy(), starts, documents)


def told_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `pairs_of` by number, without those of numbers whose candidates are all right or all wrong,
    which say nothing."""
    some = pl.col("is_right").any().over("number") & ~pl.col("is_right").all().over("number")
    return frame.filter(some).sort("number", maintain_order=True)


def _said(
    rows: pl.DataFrame, starts: np.ndarray, keys: pl.DataFrame | None
) -> tuple[csr_array, pl.DataFrame]:
    """What stands around each pair, a column a key: a piece counts by the root of how many known ones stand
    around its number, as `collocation` has it."""
    from scipy.sparse import csr_array

    numbers = rows[starts]
    found = pieces(numbers)
    around = pl.DataFrame({"n": found.number, "code": found.code})
    around = around.join(numbers.select("document", n=pl.int_range(pl.len(), dtype=pl.Int64)), on="n")
    texts = pl.col("document").n_unique()
    if keys is None:
        often = around.group_by("code").agg(texts).filter(pl.col("document") >= FEWEST)
        around = around.join(often.select("code"), on="code", how="semi")
    else:
        around = around.join(keys.select("code").unique(), on="code", how="semi")
    around = around.with_columns(share=1 / pl.len().over("n").sqrt())
    number = pl.Series("n", np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)])))
    pairs = rows.select("document", "subject", "unit_class", number, pair=pl.int_range(pl.len()))
    pairs = pairs.filter(pl.col("subject") != "other")
    met = around.select("n", "document", "code", "share").join(pairs.drop("document"), on="n")
    met = met.select("document", "subject", "code", "share", "pair", side=pl.lit("piece"), piece=pl.lit(""))
    classed = [
        pairs.select("document", "subject", "pair", piece=kind, side=pl.lit("class"))
        for kind in (pl.lit(ANY), pl.col("unit_class").fill_null(""))
    ]
    kinds = (
        pl.concat(classed).filter(pl.col("piece") != "").with_columns(share=1.0, code=pl.lit(0, pl.UInt64))
    )
    met = pl.concat([met, kinds.select(met.columns)])
    key = ["subject", "side", "piece", "code"]
    if keys is None:
        keys = met.group_by(key).agg(texts=texts).filter(pl.col("texts") >= FEWEST).sort(key)
    met = met.join(keys.with_row_index("key"), on=key)
    at = (met["pair"].to_numpy(), met["key"].to_numpy())
    return csr_array((met["share"].to_numpy(), at), shape=(len(rows), len(keys))), keys


def fit(pairs: Pairs, prior: np.ndarray, ridge: float = RIDGE) -> Fit:
    """The weights and points that make the right subjects likely, weights drawn to `prior` the more, the
    larger `ridge`, points to 0.

    A feature counts by its usual size, so that one in characters is drawn as strongly as one that is yes or
    no.
    """
    from scipy.optimize import minimize

    sizes = np.ma.median(np.ma.masked_equal(np.abs(pairs.x), 0), axis=0).filled(1.0)
    pull = np.concatenate([ridge * sizes**2, [RIDGES[side] for side in pairs.keys["side"]]])
    begin = np.concatenate([prior, np.zeros(len(pairs.keys))])
    transposed = pairs.said.T.tocsr()

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        chances, right, likely = shares(_scores(pairs, found), pairs)
        gap, moved = chances - right, found - begin
        slope = np.concatenate([pairs.x.T @ gap, transposed @ gap]) + pull * moved
        return float(-np.log(likely).sum() + (pull * moved**2).sum() / 2), slope

    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    chances, right, _ = shares(_scores(pairs, found), pairs)
    own = pull[: len(sizes)]
    hessian = _spread_within(pairs, chances) - _spread_within(pairs, right) + np.diag(own)
    error = np.sqrt(np.clip(np.diag(np.linalg.pinv(hessian)), 0, None))
    return Fit(found[: len(sizes)], error, found[len(sizes) :])


def _scores(pairs: Pairs, found: np.ndarray) -> np.ndarray:
    width = pairs.x.shape[1]
    return pairs.x @ found[:width] + pairs.said @ found[width:]


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


def hits(pairs: Pairs, fitted: Fit) -> np.ndarray:
    """For each number, whether its best candidate is right; of equal scores the first is taken."""
    scores = np.round(_scores(pairs, np.concatenate([fitted.weights, fitted.points])), 6)
    ends = [*pairs.starts[1:], len(scores)]
    best = [start + int(np.argmax(scores[start:end])) for start, end in zip(pairs.starts, ends, strict=True)]
    return pairs.right[best].astype(bool)


def held_out(pairs: Pairs, prior: np.ndarray) -> np.ndarray:
    """For each number, whether it is right by weights that were fitted to documents without its own: of many,
    a part of them is left out at a time, so that the time of all fits grows with the documents alone."""
    right = np.zeros(len(pairs.starts), dtype=bool)
    documents = np.unique(pairs.document)
    for some in np.array_split(documents, min(FOLDS, len(documents))):
        left_out = np.isin(pairs.document, some)
        right[left_out] = hits(pairs.of(left_out), fit(pairs.of(~left_out), prior))
    return right


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


def worth(pairs: Pairs, fitted: Fit) -> pl.DataFrame:
    """The keys whose points are worth a row, each with its points."""
    keys = pairs.keys.with_columns(points=pl.Series(fitted.points.round(2)))
    return keys.filter(pl.col("points").abs() >= pl.col("side").replace_strict(LEAST))


def features() -> tuple[list[str], np.ndarray]:
    """The features that are weighed, in the order of weights.csv, and the prior of each."""
    rows = [row for row in read_rows(WEIGHTS) if row["feature"] != LEARNED]
    return [row["feature"] for row in rows], np.array([float(row["prior"]) for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="folder of labelled sets")
    parser.add_argument("--corrections", type=Path, help="a raw folder whose reviewed subjects count too")
    parser.add_argument("--dry", action="store_true", help="report, but write nothing")
    options = parser.parse_args()
    names, prior = features()
    candidates = labelled_candidates(options.labelled, names, options.corrections)
    pairs = pairs_of(candidates, names)
    pairs = pairs_of(candidates, names, worth(pairs, fit(pairs, prior)).drop("points"))
    fitted = fit(pairs, prior)
    learned = worth(pairs, fitted)
    counts = support(pairs)
    print(f"{len(pairs.starts)} numbers in {len(np.unique(pairs.document))} documents, {len(pairs.x)} pairs")
    right, new = hits(pairs, fitted).sum(), held_out(pairs, prior).sum()
    print(f"right by what was fitted to all of them: {right}; to others: {new}")
    print(f"{len(learned)} collocations")
    rows = read_rows(WEIGHTS)
    today = {row["feature"]: row for row in rows}
    print(f"{'feature':15s} {'prior':>7s} {'fitted':>7s} {'error':>6s} {'support':>7s}")
    for name, weight, error, count in zip(names, fitted.weights, fitted.std_error, counts, strict=True):
        row, little = today[name], "  little support" if count < FEW else ""
        print(f"{name:15s} {float(row['prior']):7.2f} {weight:7.2f} {error:6.2f} {count:7d}{little}")
        row |= {"weight": f"{weight:.2f}", "support": str(count), "std_error": f"{error:.2f}"}
    if not options.dry:
        write_rows(rows, WEIGHTS)
        write_rows(written(learned), COLLOCATIONS)


def written(learned: pl.DataFrame) -> list[dict[str, str]]:
    """The rows of collocations.csv."""
    rows = []
    for row in learned.iter_rows(named=True):
        side, piece = ("class", row["piece"]) if row["side"] == "class" else piece_of(row["code"])
        rows.append((row["subject"], side, piece, f"{row['points']:g}", str(row["texts"])))
    return [
        dict(zip(("subject", "side", "piece", "points", "texts"), row, strict=True)) for row in sorted(rows)
    ]


if __name__ == "__main__":
    main()
