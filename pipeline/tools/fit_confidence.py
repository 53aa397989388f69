"""Fits the probability that a reading is right (vocabulary/confidence) to labelled texts.

    make weights                                        # writes the weights, prints what held-out texts say
    make weights CORRECTIONS=raw                        # what people reviewed in raw/ are labels too
    python -m pipeline.tools.fit_confidence DIR --dry   # other labels; prints only

A logistic regression on the signs of `extraction.signs` for prose and one for tables, with a ridge, in which
each sign may weigh only the way that it speaks (for, against): errors come by the text, and a few texts would
else teach that a doubt is none. What was met in two texts at least has a record (confidence/records.csv): in
how many texts a thing was met, and whether it was read right more or less often than its signs say. How
familiar wordings are is counted in these texts too (confidence/wording.csv). Each text is judged by weights
fitted to the others; by these judgements routes are set off from each other, and none promises more than they
bear out.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from pipeline.extraction.confidence import WHERE, in_text
from pipeline.extraction.signs import PROSE, RECORDS, with_text
from pipeline.extraction.wording import familiar, from_texts, runs
from pipeline.settings import PROJECT
from pipeline.tools.labelled_signs import labelled_signs, reviewed_signs, unseen_signs
from pipeline.tools.logit import (
    RIDGE,
    Array,
    Signs,
    at_least,
    chance,
    fit,
    held_out,
    ranks,
    shift_of,
    std_errors,
)
from pipeline.tools.rows import read_rows, write_rows
from pipeline.vocabulary import FOLDER

WEIGHTS, ROUTES, RECORDED, WORDING = (
    FOLDER / "confidence" / f"{name}.csv" for name in ("weights", "routes", "records", "wording")
)
LABELLED = PROJECT / "tests" / "labelled"
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.01)
SURE, CAPPED = 0.97, 0.969  # from which a row is sure; what is said where labels don't bear it out
LEAST, ENOUGH = 0.9, 149  # down to where what is sure is looked for; labels that bear it out
LEAST_UNSEEN = 0.91  # the same of unseen texts
ENOUGH_UNSEEN = 60  # labels of unseen texts that bear out what is sure
BOUND = 0.95  # below which the share of what is sure must not lie with 95 of 100
# The same of unseen texts, which may be three points less right. A level flatters the texts it was set by:
# one more is asked for, so that other texts hold what is said (`_on_halves`).
SURE_UNSEEN, BOUND_UNSEEN = 0.95, 0.9
HALVINGS = 20
RIDGE_OF_TEXTS = 5.0  # of what the text says
LEAST_TEXTS = 2  # in which what has a record was met
LEAST_OF_RUN = 3  # in which a run of characters stands that is counted


def borne_out(
    level: Array,
    right: Array,
    down_to: float = LEAST,
    enough: int = ENOUGH,
    promise: float = SURE,
    bound: float = BOUND,
) -> float:
    """The lowest level, from `down_to` on, above which `enough` rows are right as often as `promise` says
    (in whole hundredths), and surely as often as `bound`; 2 if none."""
    for least in np.arange(down_to, 1, 0.001):
        some = level >= least - 1e-9
        n, k = int(some.sum()), int(right[some].sum())
        if n >= enough and round(k / n, 2) >= promise and at_least(n, k) >= bound:
            return float(least)
    return 2.0


def records_of(frame: pl.DataFrame) -> pl.DataFrame:
    """What was met in two texts at least, as it is said by `RECORDS`: kind, key, texts, labels, right."""
    met = frame.unpivot(RECORDS, index=["document", "right"], variable_name="kind", value_name="key")
    told = met.group_by("kind", "key").agg(
        texts=pl.col("document").n_unique(), labels=pl.len(), right=pl.col("right").sum()
    )
    return told.filter(pl.col("texts") >= LEAST_TEXTS).sort("kind", "key")


def wording_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The runs of characters around numbers: run, and in how many texts each stands, three at least."""
    windows = frame.select("document", "words_around").drop_nulls().unique(maintain_order=True)
    of = windows.select("document").with_row_index("row").lazy()
    told = runs(windows["words_around"]).join(of, on="row").group_by("run")
    texts = told.agg(texts=pl.col("document").n_unique()).collect()
    return texts.filter(pl.col("texts") >= LEAST_OF_RUN).sort("run")


def with_wording(frame: pl.DataFrame, wording: pl.DataFrame, within: bool) -> pl.DataFrame:
    """Readings with the signs of how familiar the words around them are. `within`: as for `signs_of`."""
    known = wording.select("run", familiar=from_texts(pl.col("texts") - int(within)))
    told = familiar(frame["words_around"], known)
    return frame.with_columns(told).with_columns(with_text("document"))


def signs_of(frame: pl.DataFrame, rows: list[dict[str, str]], records: pl.DataFrame, within: bool) -> Signs:
    """The signs of readings in the order of weights.csv (`rows`), and which record each has.

    `within`: the readings are among those that `records` count, so that a text is left out of its own count.
    """
    from scipy.sparse import csr_matrix

    numbered = records.select("kind", "key", "texts", record=pl.int_range(pl.len()))
    places, frame = [], frame.with_columns()
    for kind in RECORDS:
        of = numbered.filter(pl.col("kind") == kind).select(pl.col("key").alias(kind), "texts", "record")
        frame = frame.join(of, on=kind, how="left", maintain_order="left")
        others = (pl.col("texts").cast(pl.Float64) - int(within)).clip(1).log().fill_null(0.0)
        places.append(frame["record"])
        frame = frame.with_columns(others.alias(f"met_{kind}")).drop("texts", "record")
    rows_of = np.concatenate([place.is_not_null().arg_true().to_numpy() for place in places])
    columns = np.concatenate([place.drop_nulls().to_numpy() for place in places])
    kinds = csr_matrix((np.ones(len(rows_of)), (rows_of, columns)), shape=(frame.height, records.height))
    speaks = np.array([1 if row["speaks"] == "for" else -1 for row in rows])
    x = frame.select(row["sign"] for row in rows).to_numpy().astype(float)
    return Signs(x, speaks, kinds)


def _on_unseen(
    frame: pl.DataFrame, route: str, unseen: Array, start: float, sure_from: float
) -> tuple[float, float]:
    """`start` and `sure_from` of a route as texts bear them out that no rule was made with.

    Texts that rules were made with are read better than others, so what they say of a sign holds, but not
    how often it is right in all. The higher of both levels counts; 2 where these texts bear none out. As
    they are few, a lower bound is asked of them. `unseen`: the log odds of the rows of `frame`.
    """
    here = frame["route"].to_numpy() == route
    if here.sum() < ENOUGH_UNSEEN:
        return start, sure_from
    odds, right = unseen[here], frame["right"].to_numpy()[here]
    moved = start + shift_of(odds + start, right.astype(float))
    level = chance(odds + moved)
    least = borne_out(level, right, LEAST_UNSEEN, ENOUGH_UNSEEN, SURE_UNSEEN, BOUND_UNSEEN)
    # the level of before on the scale of now
    before = 2.0 if sure_from > 1 else float(chance(np.log(sure_from / (1 - sure_from)) + moved - start))
    return moved, max(least, before)


def _on_halves(frame: pl.DataFrame, unseen: Array, levels: dict[str, tuple[float, float]]) -> str:
    """How right what is sure is on one half of the unseen texts where the other half sets the level.

    `levels`: `start` and `sure_from` of each route before unseen texts were asked.
    """
    document, by, right = (frame[name].to_numpy() for name in ("document", "route", "right"))
    texts, told = np.unique(document), []
    for seed in range(HALVINGS):
        drawn = np.random.default_rng(seed).permutation(texts)[: len(texts) // 2]
        setting = np.isin(document, drawn)
        half, sure = frame.filter(pl.Series(setting)), np.zeros(len(right), dtype=bool)
        for route, level in levels.items():
            start, sure_from = _on_unseen(half, route, unseen[setting], *level)
            sure |= ~setting & (by == route) & (chance(unseen + start) >= sure_from)
        told.append((sure.sum() / (~setting).sum(), right[sure].mean() if sure.any() else 1.0))
    share, ok = 100 * np.mean(told, axis=0)
    worst = 100 * min(ok for _, ok in told)
    return f"{HALVINGS} halvings of the unseen: {share:.0f} % sure, {ok:.1f} right, {worst:.1f} at worst"


def told_in_text(odds: Array, document: Array) -> Signs:
    """Log odds by the signs of each reading as signs of their own, beside those of its text."""
    from scipy.sparse import csr_matrix

    frame = pl.DataFrame({"odds": odds, "document": document}).select(in_text(pl.col("odds"), "document"))
    return Signs(frame.to_numpy(), np.ones(2), csr_matrix((frame.height, 0)))


def odds_of(signs: Signs, parts: list[tuple[str, Array]], weights: dict[str, Array]) -> Array:
    """The log odds of readings by the weights of prose and of tables."""
    odds = np.zeros(len(signs.x))
    for where, some in parts:
        odds[some] = signs.of(some).odds(weights[where])
    return odds


def reliability(right: Array, said: Array) -> list[str]:
    """Rows of a table: from, to, how many, what was said on average, how many per cent are right, and the
    lower bound of that share (95 of 100)."""
    lines = ["| confidence | labels | said % | right % | at least % |", "| --- | ---: | ---: | ---: | ---: |"]
    for low, high in pairwise(BINS):
        some = (said >= low) & (said < high)
        n, k = int(some.sum()), int(right[some].sum())
        if n:
            lines.append(
                f"| {low:.2f} to {min(1, high):.2f} | {n} | {100 * said[some].mean():.1f} |"
                f" {100 * k / n:.1f} | {100 * at_least(n, k):.1f} |"
            )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, nargs="*", default=[LABELLED])
    parser.add_argument("--corrections", type=Path, help="a raw folder whose reviewed readings count too")
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    rows, routes = read_rows(WEIGHTS), read_rows(ROUTES)
    frame = labelled_signs(options.labelled)
    if options.corrections:
        frame = pl.concat([frame, reviewed_signs(options.corrections)])
    records, wording = records_of(frame), wording_of(frame)
    frame = with_wording(frame, wording, within=True)
    right, document, by = (frame[name].to_numpy() for name in ("right", "document", "route"))
    right, signs = right.astype(float), signs_of(frame, rows, records, within=True)
    weights = {where: fit(signs.of(some), right[some], options.ridge) for where, some in _parts(frame)}
    odds, said = np.zeros(len(right)), np.zeros(len(right))
    for _, some in _parts(frame):
        odds[some] = held_out(signs.of(some), right[some], document[some], options.ridge)
    told = told_in_text(odds, document)
    wholes = {where: fit(told.of(some), right[some], RIDGE_OF_TEXTS) for where, some in _parts(frame)}
    odds = odds_of(told, _parts(frame), wholes)
    unseen = unseen_signs(options.labelled)
    if unseen is not None:
        unseen = with_wording(unseen, wording, within=False)
        of_unseen = odds_of(signs_of(unseen, rows, records, within=False), _parts(unseen), weights)
        told = told_in_text(of_unseen, unseen["document"].to_numpy())
        of_unseen = odds_of(told, _parts(unseen), wholes)
    levels = {}
    for row in routes:
        of = by == row["route"]
        # how much righter the route is than the signs say; few texts tell, so it is drawn to nothing
        start = shift_of(odds[of], right[of])
        level = chance(odds[of] + start)
        sure_from = borne_out(level, right[of])
        levels[row["route"]] = start, sure_from
        if unseen is not None:
            start, sure_from = _on_unseen(unseen, row["route"], of_unseen, start, sure_from)
            own = unseen.filter(pl.col("route") == row["route"])["right"]
            print(
                f"\n{row['route']}, unseen: {len(own)} labels, {own.sum()} right; sure from {sure_from:.3f}"
            )
            level = chance(odds[of] + start)
        said[of] = np.where(level < sure_from, np.minimum(level, CAPPED), np.maximum(level, SURE))
        where = PROSE if row["route"] == PROSE else "table"
        whole = wholes[where]
        row |= {
            "constant": f"{weights[where][0]:.3f}", "own": f"{whole[1]:.3f}", "of_text": f"{whole[2]:.3f}",
            "start": f"{start + whole[0]:.3f}", "sure_from": f"{sure_from:.3f}",
            "labels": str(int(of.sum())), "right": str(int(right[of].sum())),
        }  # fmt: skip
        print(
            f"\n{row['route']}: {row['labels']} labels, {row['right']} right,"
            f" AUC {ranks(right[of], said[of]):.3f}\n"
        )
        print("\n".join(reliability(right[of], said[of])))
    if unseen is not None:
        print(f"\n{_on_halves(unseen, of_unseen, levels)}")
    print(f"\nall: {len(right)} labels in {len(np.unique(document))} texts, AUC {ranks(right, said):.3f}\n")
    print("\n".join(reliability(right, said)))
    if not options.dry:
        for where, some in _parts(frame):
            _weigh(rows, where, signs.of(some), right[some], weights[where], options.ridge)
        write_rows(rows, WEIGHTS)
        write_rows(routes, ROUTES)
        # each record is of prose or of tables alone
        of_records = np.sum([of[1 + len(rows) :] for of in weights.values()], axis=0)
        written = pl.Series(of_records).map_elements("{:.2f}".format, pl.String)
        write_rows(records.with_columns(weight=written).cast(pl.String).to_dicts(), RECORDED)
        write_rows(wording.cast(pl.String).to_dicts(), WORDING)


def _parts(frame: pl.DataFrame) -> list[tuple[str, Array]]:
    """The readings of prose and those of tables, which are weighed apart: a mask of each."""
    prose = (frame["route"] == PROSE).to_numpy()
    return list(zip(WHERE, (prose, ~prose), strict=True))


def _weigh(
    rows: list[dict[str, str]], where: str, signs: Signs, right: Array, weights: Array, ridge: float
) -> None:
    """Note in the rows of weights.csv what signs weigh in prose or in tables."""
    errors, support = std_errors(signs, right, weights, ridge), (signs.x != 0).sum(axis=0)
    for row, weight, error, count in zip(rows, weights[1:], errors[1:], support, strict=False):
        row |= {
            f"in_{where}": f"{weight + 0:.3f}", f"{where}_support": str(int(count)),
            f"{where}_error": f"{error:.3f}",
        }  # fmt: skip


if __name__ == "__main__":
    main()
