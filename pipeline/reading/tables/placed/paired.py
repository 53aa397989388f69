"""Two figures in a cell, below a head that names both: 低保对象(户/人) over 3210/5102,
户数(人数) over 312(498)."""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.tables import words
from pipeline.vocabulary import pattern

PAIR = rf"^({words.NUMBER})\s*(?:/|\()\s*({words.NUMBER})\)?$"
UNITS = re.compile(r"^(.*?)\(([^()/]+)/([^()/]+)\)$")
WORDS = re.compile(r"^([^/()]+)(?:/|\()([^/()]+)\)?$")
MOSTLY = 0.6  # of the cells of a column that hold two figures
KEY = ("grid", "column")


def with_pairs_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, start, end, text, kind, others) with columns of two figures a cell as two
    columns, each under its half of the head; where the head names no two things they stay as they are."""
    pair = pl.col("text").str.contains(PAIR)
    told = ~pl.col("kind").is_in(["blank", "mark"])
    first = pl.col("row").filter(pair).min().over(KEY)
    held = told & (pl.col("row") >= first)
    likely = cells.filter(pair.any().over(KEY)).group_by(KEY, maintain_order=True).agg(
        share=pair.filter(held).mean(),
        head=pl.col("text").filter(told & (pl.col("row") < first)).last(),
        at=pl.col("row").filter(told & (pl.col("row") < first)).last(),
    )  # fmt: skip
    rows = likely.filter(pl.col("share") >= MOSTLY).drop_nulls("head").iter_rows(named=True)
    found = [
        (row["grid"], row["column"], row["at"], *halves) for row in rows if (halves := _halves(row["head"]))
    ]
    if not found:
        return cells
    schema = {"grid": pl.Int64, "column": pl.Int64, "at": pl.Int64, "left": pl.String, "right": pl.String}
    apart = pl.DataFrame(found, schema=schema, orient="row")
    cells = cells.join(apart, on=KEY, how="left", maintain_order="left")
    # each column that parts moves those behind it
    steps = apart.sort("column").with_columns(by=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("grid"))
    cells = cells.sort("column").join_asof(
        steps.select("grid", "by", past=pl.col("column") + 1).sort("past"),
        left_on="column", right_on="past", by="grid", check_sortedness=False,
    ).drop("past")  # fmt: skip
    cells = cells.with_columns(column=pl.col("column") + pl.col("by").fill_null(0)).drop("by")
    parts = pl.col("text").str.extract_groups(PAIR).struct
    head = (pl.col("row") == pl.col("at")).fill_null(False)
    two = pl.col("at").is_not_null() & (head | (pair & (pl.col("row") > pl.col("at"))))
    figure = pl.when(head).then("kind").otherwise(pl.lit("figure"))
    left = pl.when(head).then("left").otherwise(parts.field("1"))
    right = pl.when(head).then("right").otherwise(parts.field("2"))
    behind = pl.col("text").str.extract(r"^([^/(]*[/(]\s*)").str.len_chars().cast(pl.Int64)
    second = cells.filter(two).with_columns(
        text=right, column=pl.col("column") + 1, start=pl.col("start") + behind, kind=figure
    )
    cells = cells.with_columns(
        text=pl.when(two).then(left).otherwise("text"), kind=pl.when(two).then(figure).otherwise("kind")
    )
    both = pl.concat([cells, second.select(cells.columns)]).drop("at", "left", "right")
    end = pl.col("start") + pl.col("text").str.len_chars()
    return both.with_columns(end=end).sort("grid", "row", "column")


def _halves(head: str) -> tuple[str, str] | None:
    """The heads of both figures; None where a head names no two things."""
    bare = re.sub(r"\s", "", head)
    units = UNITS.match(bare)
    if units and all(re.match(words.unit_cell(), units[n]) for n in (2, 3)):
        return f"{units[1]}({units[2]})", f"{units[1]}({units[3]})"
    named = WORDS.match(bare)
    if named and all(re.search(pattern("cell_measure"), named[n]) for n in (1, 2)):
        # 低保户数/人数: both are of 低保
        return named[1], re.sub(pattern("cell_measure"), "", named[1]) + named[2]
    return None
