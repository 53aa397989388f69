"""The one unit of those above a table that no head claims: 单位:户、人、人次 over 户数, 人数 and 临时救助."""

from __future__ import annotations

import polars as pl


def units_left(figures: pl.DataFrame) -> pl.DataFrame:
    """part, column, left: the unit of the columns that say none, where one head is over them and one unit is
    left for them.

    `figures`: part, column, column_said (the heads, the innermost first), said (the unit that is said of each
    figure, empty where none is) and given (the units above the table, a list).
    """
    several = figures.filter(pl.col("given").list.len() > 1)
    columns = several.group_by("part", "column").agg(
        pl.col("given").first(),
        said=pl.col("said").unique(),
        silent=(pl.col("said") == "").all(),
        head=pl.col("column_said").str.split("\x1e").list.last().first(),
    )
    claimed = columns.group_by("part").agg(
        claimed=pl.col("said").explode(empty_as_null=False).unique(),
        heads=pl.col("head").filter("silent").n_unique(),
    )
    columns = columns.filter("silent").join(claimed.filter(pl.col("heads") == 1), on="part")
    columns = columns.with_columns(left=pl.col("given").list.unique().list.set_difference("claimed"))
    columns = columns.filter((pl.col("left").list.len() == 1) & (pl.col("head") != ""))
    return columns.select("part", "column", pl.col("left").list.first())
