"""The unit of money that nothing states: 户数 | 人数 | 发放金额 over 21 | 24 | 19200.

Another column of the table may state one. Else the people of the same row tell: no one is paid a few 元, and
no one is paid millions. A column of totals that is the sum of the money before it is money too.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.money import names_money
from pipeline.extraction.tables.neighbours import UNIT
from pipeline.reading.tables.words import NUMBER, total

LEAST_EACH = 30  # of 元 for each person, or household, in a row
MOST_EACH = 2  # of 万元
FEWEST, MOSTLY = 2, 0.8  # rows that add up; of all rows
HALF = 0.51  # of the last digit
ROW, COLUMN = ("part", "row"), ("part", "column")


def with_plain_money(
    figures: pl.DataFrame, yuan: tuple[str, float, str, str, bool], myriads: tuple[str, float, str, str, bool]
) -> pl.DataFrame:
    """`figures` (table, part, row, column, text, column_said, row_said and `UNIT`), those of money without a
    unit (class `figure`) with `yuan` or `myriads` (values of `UNIT`) where the table tells which."""
    open_ = pl.col("unit_class") == "figure"
    heads = figures["column_said"].str.split("\x1e").list.first().unique().drop_nulls()
    money = [head for head in heads.to_list() if names_money(head)]
    head = pl.col("column_said").str.split("\x1e").list.first()
    bare = head.str.replace_all(r"\s", "")
    figures = figures.with_columns(
        value=pl.col("text").str.replace_all(",", "").str.extract(f"^({NUMBER})$").cast(pl.Float64),
        plain=open_ & head.is_in(money),
        summing=open_ & bare.str.contains(f"^(?:{total()})"),
    )
    figures = _summed(figures)
    if not figures.select(pl.col("plain").any()).item():
        return figures.drop("value", "plain", "summing")
    factor = pl.when("plain").then(pl.coalesce(_stated(), _each(yuan[1], myriads[1])))
    figures = figures.with_columns(told=factor)
    for unit in (yuan, myriads):
        taken = (pl.col("told") == unit[1]).fill_null(False)
        said = zip(UNIT, unit, strict=True)
        figures = figures.with_columns(
            pl.when(taken).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in said
        )
    return figures.drop("value", "plain", "summing", "told")


def _stated() -> pl.Expr:
    """The factor of the one unit that other columns of the table state for sums of money."""
    stated = pl.when((pl.col("unit_class") == "money") & (pl.col("rate") == "")).then("factor")
    told = stated.drop_nulls().unique()
    return pl.when(told.len().over("table") == 1).then(stated.max().over("table"))


def _each(yuan: float, myriads: float) -> pl.Expr:
    """The factor that the people, or households, of the rows tell: the most of a row against its money."""
    people = pl.col("value").filter(pl.col("unit").is_in(["人", "户", "人次", "户次"])).max().over(ROW)
    paid = pl.when("plain").then(pl.col("value") / people)
    each = paid.filter((people > 0) & (pl.col("value") > 0)).median().over("part")
    return pl.when(each >= LEAST_EACH).then(yuan).when(each <= MOST_EACH).then(myriads)


def _summed(figures: pl.DataFrame) -> pl.DataFrame:
    """`figures` with `plain` for columns of totals that are the sum of the money right before them."""
    if not figures.select(pl.col("summing").any()).item():
        return figures
    figures = figures.sort(*ROW, "column")
    money = pl.col("plain") | ((pl.col("unit_class") == "money") & (pl.col("rate") == ""))
    run = (~money | ~money.shift(1, fill_value=False)).cum_sum().over(ROW)
    figures = figures.with_columns(run=run)
    so_far = pl.when(money).then("value").cum_sum().over(*ROW, "run")
    many = money.cum_sum().over(*ROW, "run")
    figures = figures.with_columns(made=so_far.shift(1).over(ROW), many=many.shift(1).over(ROW))
    asked = pl.col("summing") & pl.col("value").is_not_null() & (pl.col("many") > 1)
    right = asked & ((pl.col("made") - pl.col("value")).abs() < HALF)
    enough = (right.sum() >= FEWEST) & (right.sum() >= MOSTLY * pl.col("summing").sum())
    plain = pl.col("plain") | (pl.col("summing") & enough.over(COLUMN))
    return figures.with_columns(plain=plain).drop("run", "made", "many")
