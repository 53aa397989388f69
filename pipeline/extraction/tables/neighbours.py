"""The unit of a figure that nothing states: that of the figures beside it in its row or column."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.compute import beside, latest
from pipeline.reading.tables.words import either
from pipeline.reading.tables.words import total as total_words
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

FEWEST_PARTS = 3  # rows in which a column is nowhere more than another
HALF, MOSTLY = 0.51, 0.7  # of the last digit; of the rows
UNIT = ("unit", "factor", "unit_class", "rate", "scaled")


def with_units_beside(figures: pl.DataFrame, percent: tuple[str, float, str, str, bool]) -> pl.DataFrame:
    """`figures` (table, part, row, column, text, column_said, total and `UNIT`), those without a unit (class
    `figure`) with that of their neighbours, changes that are per cent with `percent` (a value of `UNIT`)."""
    return _compared(_of_wholes(_beside(figures)), percent)


def _beside(figures: pl.DataFrame) -> pl.DataFrame:
    """本年新增 | 年末人数 | 合计: a change or a column of totals without a unit counts what the other figures
    of its row count, a row of totals what those of its column do."""
    open_ = pl.col("unit_class") == "figure"
    summed = pl.col("column_said").str.replace_all(r"\s", "").str.contains(rf"^(?:{total_words()})")
    change = open_ & (pl.col("column_said").str.contains(words_of("change")) | summed)
    figures = _taken(figures, change, ("part", "row"), pl.col("unit_class") == "count")
    # #再婚 counts what the column before it does, so do 站内 and 站外 below 其中
    part = pl.col("column_said").str.replace_all("\x1e", "\n").str.contains(f"(?m){pattern('part_column')}")
    open_ = (pl.col("unit_class") == "figure") & part
    figures = figures.sort("part", "row", "column")
    figures = figures.with_columns(
        latest(pl.when(open_).then(None).otherwise(pl.col(n)), "part", "row").alias(n) for n in UNIT
    )
    total = (pl.col("unit_class") == "figure") & pl.col("total").fill_null(False)
    return _as_above(_taken(figures, total, ("part", "column"), pl.col("unit_class") != "figure"), total)


def _of_wholes(figures: pl.DataFrame) -> pl.DataFrame:
    """Columns that state nothing behind one that counts, nowhere more than that does, count the same:
    救助人次 | 站内 | 站外, 村总数 | 已完成."""
    open_ = (pl.col("unit_class") == "figure").all().over("part", "column")
    held = figures.filter((open_ & pl.col("column_said").ne("")).any().over("part"))
    if held.is_empty():
        return figures
    whole = pl.col("text").str.contains("^[0-9]+$").all() & (pl.len() >= FEWEST_PARTS)
    counts = ((pl.col("unit_class") == "count") & (pl.col("rate") == "")).all()
    columns = held.group_by("part", "column").agg(
        open=(pl.col("unit_class") == "figure").all() & whole & pl.col("column_said").first().ne("")
        & ~pl.col("column_said").first().str.contains(pattern("uncounted_head")),
        counts=counts & whole & (pl.struct("unit", "factor").n_unique() == 1),
    )  # fmt: skip
    columns = columns.sort("part", "column")
    # the nearest column before that counts, nothing else between
    other = ~pl.col("open")
    at = pl.when(other).then(pl.when("counts").then("column").otherwise(-1)).forward_fill().over("part")
    columns = columns.with_columns(at=at).filter("open", pl.col("at") >= 0)
    number = pl.col("text").cast(pl.Float64, strict=False)
    parts = held.join(columns.select("part", "column", "at"), on=["part", "column"], how="inner")
    of = held.select("part", "row", at="column", whole=number, **{f"{n}_of": n for n in UNIT})
    parts = parts.join(of, on=["part", "row", "at"], how="left")
    proved = parts.group_by("part", "column").agg(
        ((number <= pl.col("whole")).fill_null(False).all() & (number < pl.col("whole")).any()).alias(
            "within"
        ),
        *(pl.col(f"{n}_of").drop_nulls().first() for n in UNIT),
    )
    figures = figures.join(proved.filter("within"), on=["part", "column"], how="left", maintain_order="left")
    return figures.with_columns(pl.when("within").then(f"{n}_of").otherwise(n).alias(n) for n in UNIT).drop(
        "within", *(f"{n}_of" for n in UNIT)
    )


def _as_above(figures: pl.DataFrame, open_: pl.Expr) -> pl.DataFrame:
    """小计 below 分散供养(人), 集中供养(人): as the two rows above it, whatever other rows count."""
    if not figures.select(open_.any()).item():
        return figures
    figures = figures.sort("part", "column", "row")
    above = [pl.struct(beside(pl.col(n), back, "part", "column") for n in UNIT) for back in (1, 2)]
    told = beside(pl.col("unit_class"), 1, "part", "column") != "figure"
    alike = (open_ & told & (above[0] == above[1])).fill_null(False)
    return figures.with_columns(
        pl.when(alike).then(beside(pl.col(n), 1, "part", "column")).otherwise(n).alias(n) for n in UNIT
    )


def _compared(figures: pl.DataFrame, percent: tuple[str, float, str, str, bool]) -> pl.DataFrame:
    """A column of changes whose heads state no unit is per cent where its figures are so many per cent of the
    two before them, whichever of these is the later: 本年 8210, 上年 8640, 增减 -4.98."""
    said = pl.col("column_said")
    open_ = said.str.contains(words_of("change")) & ~said.str.contains("[(%]")
    held = figures.filter(open_.any().over("part")).sort("part", "row", "column")
    if held.is_empty():
        return figures
    number = pl.col("text").str.replace("−", "-").str.extract(r"^(-?[0-9]+(?:\.[0-9]+)?)$")
    digits = number.str.extract(r"\.([0-9]+)").str.len_chars().fill_null(0).cast(pl.Float64)
    held = held.with_columns(number=number.cast(pl.Float64), digit=pl.lit(10.0) ** -digits, open=open_)
    one, other = (beside(pl.col("number"), n, "part", "row") for n in (2, 1))
    grown = [
        ((now - then) / then * 100 - pl.col("number")).abs() <= pl.col("digit") * HALF
        for now, then in ((one, other), (other, one))
    ]
    held = held.with_columns(before=grown[0], behind=grown[1]).filter("open").drop_nulls("before")
    share = held.group_by("part", "column").agg(pl.col("before", "behind").mean(), n=pl.len())
    fits = pl.max_horizontal("before", "behind") > MOSTLY
    share = share.filter(fits & (pl.col("n") > 1)).select("part", "column", cent=True)
    figures = figures.join(share, on=["part", "column"], how="left", maintain_order="left")
    return figures.with_columns(
        pl.when("cent").then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in zip(UNIT, percent, strict=True)
    ).drop("cent")


def _taken(figures: pl.DataFrame, open_: pl.Expr, beside: tuple[str, str], told: pl.Expr) -> pl.DataFrame:
    """The figures that are open with the unit of those beside them, where these have one only."""
    one = (
        figures.filter(told)
        .group_by(beside)
        .agg(*(pl.col(n).first() for n in UNIT), units=pl.struct("unit", "factor", "rate").n_unique())
    )
    one = one.filter(pl.col("units") == 1).drop("units")
    figures = figures.join(one, on=beside, how="left", suffix="_beside", maintain_order="left")
    taken = open_ & pl.col("unit_class_beside").is_not_null()
    return figures.with_columns(pl.when(taken).then(f"{n}_beside").otherwise(n).alias(n) for n in UNIT).drop(
        f"{n}_beside" for n in UNIT
    )


@cache
def words_of(field: str) -> str:
    """The words of a field of head_cues.csv as a pattern."""
    return either([r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] == field])
