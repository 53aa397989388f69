"""The year and the period that a value speaks of."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.sequence import DOCUMENT
from pipeline.vocabulary import pattern

TAKES = (
    "document_id", "at", "end_at", "line", "statement", "sentence", "clause", "change", "status",
    "default_year", "report_year",
)  # fmt: skip
FUTURE = 12  # years behind that of the report, up to which a year can be meant


def times(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `year` (Int32), `period_start` and `period_end` (Date), a row a row.

    `rows`: `TAKES`, in the order of the text. The year is said beside the number or before it in its
    statement, or is that of the section or report (`default_year`). Without a word on months the period stays
    null.
    """
    rows = rows.select(TAKES)
    rows = rows.with_columns(year=_year(cues, rows))
    return _period(cues, rows)


def _told(cues: Cues, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The cue of a field before each number, else the one behind it: value, word, at, year, first, last."""
    hits = cues.of(name)
    before, after = cues.choose(rows, name), cues.choose(rows, name, "after")
    chosen = before.zip_with(before.is_not_null(), after)
    return hits.select(pl.col("value", "word", "at", "year", "first", "last").gather(chosen))


def _year(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """The year that each number speaks of."""
    rows = cues.beside(rows, "from", "to", "prior_year", within="clause").with_columns(
        said=_told(cues, rows, "year")["year"],
        base=_told(cues, rows, "base_year")["year"],
        shift=_told(cues, rows, "shift")["value"].cast(pl.Int32),
    )
    # a report without a year speaks of the last one that it named
    named = cues.of("year").select("year", year_at="at", doc=pl.col("at") // DOCUMENT)
    rows = rows.join_asof(
        named.select(pl.col("year_at").set_sorted(), "doc", last_named="year"),
        left_on="at", right_on="year_at", strategy="backward", check_sortedness=False,
    )  # fmt: skip
    last_named = pl.when(pl.col("doc") == pl.col("at") // DOCUMENT).then("last_named")
    said, from_report = pl.col("said"), pl.col("report_year").cast(pl.Int32)
    possible = (said <= from_report + FUTURE).fill_null(True)
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    # 由去年的610元提高到650元: the first is of last year, the second of this; but 去年由610元提高到650元
    from_last_year = pl.col("from_word").str.contains(pattern("from_last_year"))
    from_last_year = (from_last_year | (pl.col("prior_year_at") > from_at)).fill_null(False)
    moved_on = (
        pl.when(from_at.is_not_null())
        .then(from_last_year & (to_at > from_at))
        .otherwise(to_at > pl.col("prior_year_at"))
    ).fill_null(False)
    shift = pl.when(~moved_on & (pl.col("change") != "delta")).then("shift")
    is_said = said.is_not_null() & possible
    year = (
        pl.when(is_said).then(said)
        .when(shift.is_not_null()).then(from_report + shift)
        .otherwise(pl.coalesce(pl.col("default_year").cast(pl.Int32), last_named))
    )  # fmt: skip
    dated = said.is_not_null() | (from_last_year & shift.is_not_null())
    prior = pl.col("status") == "prior"
    year = pl.when(prior & ~dated).then(year - 1).otherwise(year)
    return rows.select(pl.when(prior).then(pl.coalesce("base", year)).otherwise(year)).to_series()


def _period(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`year`, `period_start` and `period_end` in it: whole months, or the whole year where it is said."""
    told = _told(cues, rows, "period").with_columns(rows["year"].alias("of"))
    kind = pl.col("value")
    part = kind.str.extract_groups("^([0-9]+)-([0-9]+)$").struct
    first = pl.coalesce("first", part.field("1").cast(pl.Int32))
    last = pl.coalesce("last", part.field("2").cast(pl.Int32))
    whole = (kind == "whole").fill_null(False)
    start = (
        pl.when(first.is_between(1, 12)).then(pl.date("of", first, 1))
        .when(whole).then(pl.date("of", 1, 1))
    )  # fmt: skip
    end = (
        pl.when(last.is_between(1, 12)).then(pl.date("of", last, 1).dt.month_end())
        .when(whole).then(pl.date("of", 12, 31))
    )  # fmt: skip
    return told.select(year="of", period_start=start, period_end=end)
