"""A logistic regression with a ridge whose signs weigh one way only, and how it is judged.

Two sorts of weights: signs (a column each, counted by their spread) may weigh only the way that they speak;
kinds (what a reading is of; a sparse column each) may weigh either way, each drawn to nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

RIDGE = 20.0  # of signs
PARTS = 20  # of the documents, held out in turn
RIDGE_OF_KINDS = 2.0  # as if of each kind some ten readings that are right as often as others were known

Array = np.ndarray


@dataclass(frozen=True)
class Signs:
    """Readings and what is said of each: `x`, a column a sign; `speaks`, 1 for or -1 against, for each sign;
    `kinds`, a sparse matrix with 1 where a reading is of a kind."""

    x: Array
    speaks: Array
    kinds: Any

    def of(self, some: Array) -> Signs:
        """Those of some readings (a mask)."""
        return Signs(self.x[some], self.speaks, self.kinds[some])

    def odds(self, weights: Array) -> Array:
        """The log odds by weights: the constant, those of signs, those of kinds."""
        n = 1 + self.x.shape[1]
        return weights[0] + self.x @ weights[1:n] + self.kinds @ weights[n:]


def chance(odds: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def fit(signs: Signs, right: Array, ridge: float = RIDGE, of_kinds: float = RIDGE_OF_KINDS) -> Array:
    """The weights of `Signs.odds` that make what was right likely."""
    from scipy.optimize import minimize

    mean, spread = signs.x.mean(axis=0), signs.x.std(axis=0) + 1e-9
    scaled = Signs((signs.x - mean) / spread, signs.speaks, signs.kinds)
    n_kinds = signs.kinds.shape[1]
    pull = np.r_[1e-3, np.full(len(mean), ridge), np.full(n_kinds, of_kinds)]

    def loss(w: Array) -> tuple[float, Array]:
        odds = scaled.odds(w)
        over = chance(odds) - right
        return (
            float(np.logaddexp(0, odds).sum() - right @ odds + (pull * w * w).sum() / 2),
            np.r_[over.sum(), scaled.x.T @ over, scaled.kinds.T @ over] + pull * w,
        )

    ways = {1: (0, None), -1: (None, 0)}
    either = [(None, None)]
    bounds = [*either, *(ways[int(way)] for way in signs.speaks), *either * n_kinds]
    w = minimize(loss, np.zeros(len(pull)), jac=True, method="L-BFGS-B", bounds=bounds).x
    of_signs = w[1 : len(mean) + 1] / spread
    return np.r_[w[0] - of_signs @ mean, of_signs, w[len(mean) + 1 :]]


def std_errors(signs: Signs, right: Array, weights: Array, ridge: float = RIDGE) -> Array:
    """The standard error of the constant and of each sign's weight, with the kinds as they are."""
    spread = signs.x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(right)), (signs.x - signs.x.mean(axis=0)) / spread])
    p = chance(signs.odds(weights))
    pull = np.diag(np.r_[1e-3, np.full(len(spread), ridge)])
    error = np.sqrt(np.diag(np.linalg.inv((z * (p * (1 - p))[:, None]).T @ z + pull)))
    return np.r_[error[0], error[1:] / spread]


def held_out(signs: Signs, right: Array, document: Array, ridge: float = RIDGE) -> Array:
    """For each reading the log odds by weights that were fitted to other documents: a part of them is held
    out at a time, so that a fit is made for each part and not for each of hundreds of documents."""
    odds = np.zeros(len(right))
    names, numbered = np.unique(document, return_inverse=True)
    for part in range(min(PARTS, len(names))):
        out = numbered % PARTS == part
        odds[out] = signs.of(out).odds(fit(signs.of(~out), right[~out], ridge))
    return odds


def shift_of(odds: Array, right: Array, ridge: float = RIDGE) -> float:
    """What is to be added to log odds so that they fit what was right, drawn to 0."""
    shift = 0.0
    for _ in range(20):
        p = chance(odds + shift)
        shift += ((right - p).sum() - ridge * shift) / ((p * (1 - p)).sum() + ridge)
    return float(shift)


def at_least(n: int, k: int) -> float:
    """The bound above which the share of right ones lies with 95 of 100, where k of n were right."""
    from scipy.stats import beta

    return float(beta.ppf(0.05, k, n - k + 1)) if k else 0.0


def ranks(right: Array, said: Array) -> float:
    """The chance that a right row is said to be likelier than a wrong one (AUC)."""
    from scipy.stats import rankdata

    n = int(right.sum())
    above = rankdata(said)[right == 1].sum() - n * (n + 1) / 2
    return float(above / max(1, n * (len(right) - n)))
