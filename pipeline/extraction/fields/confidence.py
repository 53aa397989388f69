"""How sure an observation is, and what an analyst should know about it."""

from __future__ import annotations

import polars as pl

# Points of doubt (logits), fitted by eye to 1,500 labelled numbers: of the rows above 0.9, more than nine in
# ten are right in every field.
DOUBTS = {"later clause": 1.8, "topic": 2.5, "none": 1.5, "carried over": 0.6, "respectively": 0.4}  # by rule
OTHER = 2.5  # a subject outside the vocabulary: its measure and its fields are read as well as may be
UNKNOWN = 1.5  # no unit, or one that no class is known of; no year
SURE_LEAD = 6.0  # the lead of a subject that no other one competes with
CLOSE_LEAD = 0.6  # below it the second subject might as well be meant
LOW = (
    0.6  # of labelled rows below it hardly more than half are right in every field, of the others nine in ten
)


def confidence(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `confidence` (0 to 1, three decimals) and `flags` (list of codes, empty where there is no doubt).

    `rows`: score (of the subject; null without one), margin (its lead over the next; null without a next),
    rule, unit, class (of the unit), year, subject. The flags are low_confidence, ambiguous_subject,
    no_subject, no_year, no_unit and unit_without_class (what it measures is not known).
    """
    margin = pl.col("margin").fill_null(SURE_LEAD).clip(0, SURE_LEAD)
    doubt = pl.col("rule").replace_strict(DOUBTS, default=0.0)
    doubt = doubt + (pl.col("unit_class").is_null() * UNKNOWN) + (pl.col("year").is_null() * UNKNOWN)
    doubt = doubt + (pl.col("subject") == "other") * OTHER
    points = -doubt + 0.9 * pl.col("score").fill_null(-6.0).clip(-6, 10) / 4 + margin / 2 - 2.2
    sure = 1 / (1 + (-points).exp())
    codes = {
        "low_confidence": sure.round(3) < LOW,
        "ambiguous_subject": margin < CLOSE_LEAD,
        "no_subject": pl.col("subject") == "other",
        "no_year": pl.col("year").is_null(),
        "no_unit": pl.col("unit").is_null(),
        "unit_without_class": pl.col("unit").is_not_null() & pl.col("unit_class").is_null(),
    }
    # Every set of flags is made once: the bits of a number say which of them a row has.
    bits = [test.fill_null(False).cast(pl.UInt32) * 2**n for n, test in enumerate(codes.values())]
    which = rows.select(pl.sum_horizontal(bits)).to_series()
    sets = [[code for n, code in enumerate(codes) if k >> n & 1] for k in range(2 ** len(codes))]
    flags = pl.Series(sets, dtype=pl.List(pl.String)).gather(which)
    return rows.with_columns(confidence=sure.round(3), flags=flags)
