"""Fractions in digits: of 4/5 the first number is 80 %, the second a part of its name."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.numbers.units import bounds_behind
from pipeline.vocabulary import either, pattern


def read_fractions(rows: pl.DataFrame) -> pl.DataFrame:
    """Make a share of the first of two numbers that a stroke joins (占4/5, 1/3以上).

    Takes and corrects the columns of `frame.numbers_with_units`. Dates and pages (2023/1/5, 1/2册) stay as
    they are: before a share stands a word that leads to it, behind it none that is counted.
    """
    strokes = pl.col("gap") == "/"
    parts = rows.select(
        "left", "written", "value", over=pl.col("written").shift(-1), base=pl.col("value").shift(-1),
        behind=pl.col("right").shift(-1), stroke=strokes & ~strokes.shift(1, fill_value=False),
    ).with_row_index("row").filter("stroke")  # fmt: skip
    parts = parts.filter(
        pl.col("written").str.contains("^[1-9][0-9]?$"),
        pl.col("over").str.contains("^[2-9]$|^1[0-9]$|^[1-9]00?$"),
        pl.col("value") < pl.col("base"),
        pl.col("left").str.contains(pattern("share_before"))
        | pl.col("behind").str.contains(pattern("share_behind")),
        ~pl.col("behind").str.contains(pattern("no_share_behind")),
    )
    if parts.is_empty():
        return rows
    at, bound = parts["row"], parts["behind"].str.extract(f"^({either(bounds_behind())})")
    share = {
        "value": (parts["value"] / parts["base"] * 100).round(6),
        "unit": pl.Series(["%"]).new_from_index(0, len(at)),
        "unit_class": pl.Series(["percent"]).new_from_index(0, len(at)),
        "bound": bound.replace_strict(bounds_behind(), default=""),
        "length": (parts["over"].str.len_chars() + bound.str.len_chars().fill_null(0) + 1).cast(pl.Int64),
        "right": parts["behind"],
    }
    return rows.with_columns(rows[name].scatter(at, value).alias(name) for name, value in share.items())
