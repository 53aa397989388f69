"""The year and the period that a value speaks of."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import Stream
from pipeline.vocabulary import pattern

PERIOD = ("first_month", "last_month", "as_of", "from_month", "whole_year")
PARTS_OF_YEAR = {"to_june": 6, "to_march": 3, "to_september": 9}  # by pattern, the month with which they end
REACH = 12  # clauses of a sentence over which a year or a month holds
FUTURE = 12  # years behind that of the report, up to which a year can be meant


def times(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `year` (Int32), `period_start` and `period_end` (Date).

    `rows`: the quantities with document_id, sentence, clause, change, status, default_year and report_year
    (Int32) and the cue columns to_at, from_* and prior_year_at. The year is said in the clause, in an earlier
    clause of the sentence, or is that of the section or report (`default_year`). Without a word on months
    the period stays null.
    """
    statements = _statements(stream)
    said = clause_times(stream)
    said = said.with_columns(statement=statements.gather(said["clause"]))
    rows = rows.with_columns(statement=statements.gather(rows["clause"]))
    return _with_period(_with_year(rows, said), said).drop("statement")


def _statements(stream: Stream) -> pl.Series:
    """The running number of each clause's statement: sentences of a line that only a semicolon divides."""
    text = pl.col("text")
    goes_on = text.str.ends_with(";") | (pl.col("sentence").shift(-1) == pl.col("sentence"))
    return stream.clauses.select((~goes_on).shift(1, fill_value=False).cum_sum()).to_series()


def clause_times(stream: Stream) -> pl.DataFrame:
    """What each clause says of time, one row a clause that says anything, in order.

    document_id, clause, sentence, said_year and base_year (Int32; the latter is that of an earlier value),
    shift (years from that of the report: -1, 0, 1), first_month and last_month (Int8, 1-10月), as_of (Int8,
    截至9月底), from_month (Int8, 从7月1日起), whole_year (bool).
    """
    text = pl.col("text")
    timed = stream.clauses.filter(text.str.contains(pattern("clause_of_time"))).select(
        "document_id", "clause", "sentence", text=text.str.replace_all(pattern("cited_document"), "")
    )
    value_text = text.str.replace_all(pattern("base_year"), "")
    base = text.str.extract(pattern("base_year"), 0).str.extract("([0-9]{4})")
    months = text.str.extract_groups(pattern("months")).struct
    part = pl.coalesce(
        pl.when(text.str.contains(pattern(name))).then(pl.lit(last, pl.Int8))
        for name, last in PARTS_OF_YEAR.items()
    )
    last_year, next_year = (text.str.contains(pattern(name)) for name in ("last_year", "coming_year"))
    return timed.select(
        "document_id",
        "clause",
        "sentence",
        said_year=value_text.str.extract_all(pattern("year"))
        .list.last()
        .str.head(4)
        .cast(pl.Int32, strict=False),
        base_year=base.cast(pl.Int32, strict=False),
        shift=pl.when(last_year).then(-1).when(next_year).then(1).otherwise(0),
        first_month=pl.coalesce(
            _month(months.field("1")), pl.when(part.is_not_null()).then(pl.lit(1, pl.Int8))
        ),
        last_month=pl.coalesce(_month(months.field("2")), part),
        as_of=pl.coalesce(
            _month(text.str.extract(pattern("as_of_month"))),
            _month(text.str.extract(pattern("end_of_month"))),
        ),
        from_month=_month(text.str.extract(pattern("from_month"))),
        whole_year=text.str.contains(pattern("whole_year")),
    )


def _month(digits: pl.Expr) -> pl.Expr:
    return digits.cast(pl.Int8, strict=False)


def _with_year(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Add `year`."""
    years = said.filter(pl.col("said_year").is_not_null()).select(
        "said_year", year_clause="clause", year_sentence="statement", year_document="document_id"
    )
    rows = rows.join_asof(
        years, left_on="clause", right_on="year_clause", strategy="backward", check_sortedness=False
    )
    shifts = said.filter((pl.col("shift") != 0) | pl.col("base_year").is_not_null())
    shifts = shifts.select("clause", "base_year", shift=pl.col("shift").replace(0, None))
    rows = rows.join(shifts, on="clause", how="left", maintain_order="left")
    said_year, from_report = pl.col("said_year"), pl.col("report_year").cast(pl.Int32)
    same_sentence = pl.col("year_sentence") == pl.col("statement")
    near = same_sentence & (pl.col("clause") - pl.col("year_clause") <= REACH)
    possible = (said_year <= from_report + FUTURE).fill_null(True)
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
    # a report without a year speaks of the last one that it named
    same_document = (pl.col("year_document") == pl.col("document_id")).fill_null(False)
    year = (
        pl.when(near & possible).then(said_year)
        .when(shift.is_not_null()).then(from_report + shift)
        .otherwise(pl.coalesce(pl.col("default_year").cast(pl.Int32), pl.when(same_document).then(said_year)))
    )  # fmt: skip
    dated = near.fill_null(False) | (from_last_year & shift.is_not_null())
    prior = pl.col("status") == "prior"
    year = pl.when(prior & ~dated).then(year - 1).otherwise(year)
    year = pl.when(prior).then(pl.coalesce("base_year", year)).otherwise(year)
    rows = rows.with_columns(year=year.cast(pl.Int32))
    used = ("said_year", "base_year", "year_clause", "year_sentence", "year_document", "shift")
    return rows.drop(used, strict=False)


def _with_period(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Add `period_start` and `period_end` in `year`: whole months, or the whole year where it is said."""
    spoken = pl.any_horizontal(pl.col(*PERIOD[:-1]).is_not_null(), pl.col("whole_year"))
    periods = said.filter(spoken).select(*PERIOD, month_clause="clause", month_sentence="statement")
    rows = rows.join_asof(
        periods, left_on="clause", right_on="month_clause", strategy="backward", check_sortedness=False
    )
    near = (
        (pl.col("month_sentence") == pl.col("statement"))
        & (pl.col("clause") - pl.col("month_clause") <= REACH)
        & pl.col("year").is_not_null()
    ).fill_null(False)
    rows = rows.with_columns(pl.when(near).then(pl.col(c)).alias(c) for c in PERIOD)
    first, as_of, whole = pl.col("first_month"), pl.col("as_of"), pl.col("whole_year")
    last = pl.coalesce("last_month", "as_of")
    start = (
        pl.when(first.is_between(1, 12)).then(pl.date("year", first, 1))
        .when(pl.col("from_month").is_between(1, 12)).then(pl.date("year", "from_month", 1))
        .when(whole).then(pl.date("year", 1, 1))
    )  # fmt: skip
    end = (
        pl.when(last.is_between(1, 12)).then(pl.date("year", last, 1).dt.month_end())
        .when(whole & pl.col("from_month").is_null()).then(pl.date("year", 12, 31))
    )  # fmt: skip
    # 截至9月底: the state on a day has no beginning
    started = as_of.is_null() | first.is_not_null()
    rows = rows.with_columns(period_start=pl.when(started).then(start), period_end=end)
    return rows.drop(*PERIOD, "month_clause", "month_sentence", strict=False)
