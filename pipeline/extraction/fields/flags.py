"""What an analyst should know about a reading before using it."""

from __future__ import annotations

import polars as pl

from pipeline.reading.reports.years import LATEST

EARLIEST = 1821  # the first year of 道光, of which annals of counties still tell
TAKES = ("margin", "unit", "unit_class", "year", "subject")
SURE_LEAD = 6.0  # the lead of a subject that no other one competes with
CLOSE_LEAD = 0.6  # below it the second subject might as well be meant


def flags_of_year() -> pl.Expr:
    """`flags` of rows whose `year` was told anew: with no_year where there is none, and else without."""
    rest = pl.col("flags").list.set_difference(["no_year"])
    return pl.when(pl.col("year").is_null()).then(rest.list.concat(pl.lit(["no_year"]))).otherwise(rest)


def without_impossible_years(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with year and flags, where a year that no figure is of (2101年有烈士230名) is none: the figure
    stays, without a year, and says so."""
    year = pl.when(pl.col("year").is_between(EARLIEST, LATEST)).then("year")
    if rows.select((year.is_null() & pl.col("year").is_not_null()).any()).item():
        return rows.with_columns(year=year).with_columns(flags=flags_of_year())
    return rows


def flags(rows: pl.DataFrame) -> pl.Series:
    """`flags` (list of codes, empty where there is no doubt), a row a row.

    `rows`: `TAKES`; margin is the lead of the subject over the next, null without a next. The flags are
    ambiguous_subject, no_subject, no_year, no_unit and unit_without_class (what it measures is not known).
    """
    codes = {
        "ambiguous_subject": pl.col("margin").fill_null(SURE_LEAD) < CLOSE_LEAD,
        "no_subject": pl.col("subject") == "other",
        "no_year": pl.col("year").is_null(),
        "no_unit": pl.col("unit").is_null(),
        "unit_without_class": pl.col("unit").is_not_null() & pl.col("unit_class").is_null(),
    }
    # Every set of flags is made once: the bits of a number say which of them a row has.
    bits = [test.fill_null(False).cast(pl.UInt32) * 2**n for n, test in enumerate(codes.values())]
    which = rows.select(pl.sum_horizontal(bits)).to_series()
    sets = [[code for n, code in enumerate(codes) if k >> n & 1] for k in range(2 ** len(codes))]
    return pl.Series("flags", sets, dtype=pl.List(pl.String)).gather(which)
