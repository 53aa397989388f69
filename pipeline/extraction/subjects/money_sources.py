"""Sums of money told by where they come from: 到位资金1120万元,由省级补助360万元、县财政760万元构成."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.subjects.in_order import SUBJECT, taking
from pipeline.vocabulary import pattern

MOST_SOURCES = 6
ROUNDED = 0.002  # of the whole: what rounding its parts leaves


def whole_before(rows: pl.DataFrame) -> pl.Series:
    """How many numbers before each the whole stands of which it is one of several sources, else null.

    `rows`: sentence, unit_class, value and quote_before, in the order of the text. The parts stand right
    behind the whole in its sentence, or behind what else it counts, each named as a source, and add up to it.
    """
    money = (pl.col("unit_class") == "money") & (pl.col("value") > 0)
    source = money & pl.col("quote_before").str.contains(pattern("money_source"))
    rows = rows.select("sentence", "value", money=money, source=source)
    told = pl.lit(None, pl.Int64)
    for parts in range(2, MOST_SOURCES + 1):
        total = pl.sum_horizontal(pl.col("value").shift(-n) for n in range(1, parts + 1))
        named = pl.all_horizontal(pl.col("source").shift(-n) for n in range(1, parts + 1))
        same = pl.col("sentence").shift(-parts) == pl.col("sentence")
        whole = pl.col("money") & named & same & ((total - pl.col("value")).abs() <= ROUNDED * total)
        for n in range(1, parts + 1):
            told = pl.when(whole.shift(n)).then(n).otherwise(told)
        # 投资1870万元对6家敬老院实施改造,其中省级620万元、县财政1250万元
        over = pl.col("money") & ~pl.col("money").shift(-1) & named.shift(-1)
        over &= pl.col("sentence").shift(-parts - 1) == pl.col("sentence")
        over &= (total.shift(-1) - pl.col("value")).abs() <= ROUNDED * pl.col("value")
        for n in range(2, parts + 2):
            told = pl.when(over.shift(n)).then(n).otherwise(told)
    return rows.select(told.alias("back")).to_series()


def by_sources(rows: pl.DataFrame) -> pl.DataFrame:
    """The quantities with parts of a sum of money that name where it comes from said of what the sum is: it
    stands `back` numbers before them (`whole_before`)."""
    if rows["back"].null_count() == rows.height:
        return rows
    place = pl.int_range(pl.len(), dtype=pl.Int64) - pl.col("back").fill_null(0)
    of = rows.select(pl.col(SUBJECT).gather(place).name.prefix("of_"))
    return taking(rows, of, pl.col("back").is_not_null() & (pl.col("of_subject") != "other"))
