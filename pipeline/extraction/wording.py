"""How familiar the words around a number are, by runs of characters (confidence/wording.csv).

Errors come of wordings that no rule was made for. Such words are new, and so are the runs of characters that
they make with those beside them: of each run that stands before or behind a number it is asked in how many
labelled texts it stands beside one.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.vocabulary import table as vocabulary

BEFORE, BEHIND = 14, 5  # characters around a number that are looked at
RUN = 3  # characters in a row
READ = 60  # of the written text on each side, blanks and figures included


def words_around(quote: pl.Expr) -> pl.Expr:
    """What stands around a number of prose in its clause, `#` in its own place and 0 for other figures; null
    in tables. Takes table, span_start, span_end and quote_start; `quote`: as long as the quote."""
    at, end = (pl.col(place) - pl.col("quote_start") for place in ("span_start", "span_end"))
    before = quote.str.slice((at - READ).clip(0), at.clip(0, READ))
    sides = (before, quote.str.slice(end.clip(0), READ))
    before, behind = (side.str.replace_all(r"\s+", "").str.replace_all("[0-9.]+", "0") for side in sides)
    around = pl.concat_str(before.str.tail(BEFORE), pl.lit("#"), behind.str.head(BEHIND))
    return pl.when(pl.col("table").is_null()).then(around)


def runs(windows: pl.Series) -> pl.LazyFrame:
    """Every run of each window: row (its number), run."""
    window = pl.col("window")
    starts = pl.int_ranges(0, window.str.len_chars().cast(pl.Int64) - RUN + 1)
    frame = windows.alias("window").to_frame().lazy().with_row_index("row")
    every = frame.filter(window.str.len_chars() >= RUN).with_columns(at=starts).explode("at")
    return every.select("row", run=window.str.slice(pl.col("at"), RUN))


def familiar(windows: pl.Series, known: pl.DataFrame) -> pl.Series:
    """How familiar the runs of each window are, on average; null where there are none. `known`: run, and
    `familiar`, how much it is."""
    found = runs(windows).join(known.lazy(), on="run", how="left")
    told = found.group_by("row").agg(pl.col("familiar").fill_null(0.0).mean()).collect()
    rows = pl.repeat(None, len(windows), dtype=pl.Float64, eager=True)
    return rows.scatter(told["row"], told["familiar"]).alias("wording")


def from_texts(texts: pl.Expr) -> pl.Expr:
    """How familiar a run is that so many texts have."""
    return (texts.cast(pl.Float64) + 1).log()


@cache
def known_runs() -> pl.DataFrame:
    """The runs of labelled texts: run, familiar."""
    told = vocabulary("confidence/wording.csv")
    return told.select("run", familiar=from_texts(pl.col("texts")))
