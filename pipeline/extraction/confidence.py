"""How likely an observation is right in all its fields, subject to place and time: a fitted probability."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from pipeline.extraction.signs import PROSE
from pipeline.vocabulary import rows as vocabulary

SURE, CAPPED = 0.97, 0.969  # from which a row is sure; what it gets where labels don't bear that out
WHERE = (PROSE, "table")  # what signs weigh is told apart by
ODDS = (-4.0, 8.0)  # log odds by signs that are told apart
WORST = 0.2  # of the readings of a text
UNNAMED = 0.69  # what a reading without a known subject gets at most
LOW = 0.7  # of labelled rows below it two in three are right, of those above it nine in ten


@cache
def weights() -> dict[str, dict[str, float]]:
    """What each sign weighs, in prose and in tables (confidence/weights.csv)."""
    rows = vocabulary("confidence/weights.csv")
    return {where: {r["sign"]: float(r[f"in_{where}"]) for r in rows} for where in WHERE}


@cache
def records() -> dict[str, dict[str, float]]:
    """What it weighs of what a reading is, by `signs.RECORDS` and key: how rightly such ones were read in
    labelled texts, and in how many texts they stood (confidence/records.csv)."""
    found: dict[str, dict[str, float]] = {}
    for row in vocabulary("confidence/records.csv"):
        where = row["key"].split(" ", 1)[0]
        met = math.log(int(row["texts"])) * weights()[where][f"met_{row['kind']}"]
        found.setdefault(row["kind"], {})[row["key"]] = float(row["weight"]) + met
    return found


@cache
def _said() -> dict[str, str]:
    return {r["sign"]: r["meaning"] for r in vocabulary("confidence/weights.csv")}


@cache
def _read_so_far() -> dict[tuple[str, str], str]:
    rows = vocabulary("confidence/records.csv")
    return {(r["kind"], r["key"]): f"{r['right']} of {r['labels']} labelled ones" for r in rows}


def reasons(weighed: Mapping[str, Any]) -> list[tuple[str, float]]:
    """What speaks for a reading (above 0) and against it, in words and log odds, the weightiest first.

    `weighed`: its row of `signs.signs`. What weighs nothing is left out.
    """
    where = PROSE if weighed["route"] == PROSE else "table"
    found = [
        (f"{_said()[sign]}{_much(weighed[sign])}", weight * weighed[sign])
        for sign, weight in weights()[where].items()
        if sign in weighed
    ]
    for kind, of in records().items():
        key = weighed[kind]
        if key in of:
            found.append((f"{_read_so_far()[kind, key]} were right of what is read as {key}", of[key]))
    return sorted(((said, told) for said, told in found if told), key=lambda one: -abs(one[1]))


def _much(value: float) -> str:
    return "" if value == 1 else f": {value:.2g}"


@cache
def _routes() -> dict[str, dict[str, float]]:
    rows = vocabulary("confidence/routes.csv")
    names = ("constant", "own", "of_text", "start", "sure_from")
    return {name: {r["route"]: float(r[name]) for r in rows} for name in names}


def in_text(odds: pl.Expr, text: str) -> list[pl.Expr]:
    """The log odds of a reading by its own signs, and those that four in five readings of its text exceed: a
    text, and above all a table, is read right or wrong as a whole."""
    own = odds.clip(*ODDS)
    return [own.alias("own"), own.quantile(WORST).over(text).alias("of_text")]


def confidence(rows: pl.DataFrame, weighed: pl.DataFrame) -> pl.DataFrame:
    """Add `confidence` (0 to 1, three decimals), and the flag low_confidence where it is below `LOW`.

    `rows`: observations with document_id and flags; `weighed`: their `signs.signs`, in the same order. The
    log odds are what the signs weigh and what they weigh for others of the text, from where the route starts;
    a row is sure only above what labels bear out.
    """
    points = np.zeros(weighed.height)
    of_prose = (weighed["route"] == PROSE).to_numpy()
    in_prose, in_tables = weights().values()
    for name, weight in in_prose.items():  # column by column: a matrix of all would be as large as the rest
        if name in weighed.columns:  # how often such a thing was met is said by its record
            points += weighed[name].to_numpy() * np.where(of_prose, weight, in_tables[name])
    for kind, of in records().items():
        points += weighed[kind].replace_strict(of, default=0.0, return_dtype=pl.Float64).to_numpy()
    constant, own, of_text, start, sure_from = (
        pl.col("route").replace_strict(values, return_dtype=pl.Float64) for values in _routes().values()
    )
    placed = weighed.select("route", "other", rows["document_id"], odds=constant + pl.lit(pl.Series(points)))
    weighed = placed.with_columns(in_text(pl.col("odds"), "document_id"))
    level = 1 / (1 + (-(start + own * pl.col("own") + of_text * pl.col("of_text"))).exp())
    promised = (
        pl.when(level >= sure_from).then(level.clip(SURE, None)).otherwise(level.clip(None, CAPPED))
    )  # fmt: skip
    # what the vocabulary has no word for is never sure, however clear it looks
    promised = pl.when(pl.col("other") > 0).then(pl.min_horizontal(promised, UNNAMED)).otherwise(promised)
    told = weighed.select(promised.round(3)).to_series()
    low = pl.when(told < LOW).then(pl.col("flags").list.concat(pl.lit(["low_confidence"])))
    return rows.with_columns(confidence=told, flags=low.otherwise("flags"))
