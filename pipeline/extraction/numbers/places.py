"""Numerals in the names of places: 三台县, 七星关区, 五里桥镇, 十里铺村, 五台山 count nothing.

Names come from the tables of regions; mountains and the like from `numbers/place_words.csv`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.numbers.numerals import COUNTING, NUMERALS
from pipeline.extraction.numbers.units import measure_beginnings
from pipeline.vocabulary import FOLDER, either, pattern, table, words

BEFORE = 4  # characters of a name before its numeral: 四方台区, 北七家镇


@cache
def _names() -> pl.Series:
    """The names of places in which a numeral stands before a measure word."""
    counted = f"[{COUNTING}][{NUMERALS}]*[{measure_beginnings()}]"
    villages = pl.read_parquet(FOLDER / "regions" / "villages.parquet")["name"].unique()
    villages = villages.filter(villages.str.contains(counted))
    villages = villages.filter(
        (villages.str.len_chars() > 2) | ~villages.str.contains(pattern("counted_village"))
    )
    regions = table("regions/region_names.csv")["word"]
    names = pl.concat(
        [
            regions.filter(regions.str.len_chars() > 2),
            _towns(),
            villages + "村",
            villages + pattern("community"),
            pl.Series(words("numbers/place_words.csv"), dtype=pl.String),
        ]
    ).unique()
    # 三家镇卫生院, 八家乡镇: towns of such names are few, and clinics and homes are counted in every report
    return names.filter(names.str.contains(counted) & ~names.str.contains(pattern("counted_towns")))


def _towns() -> pl.Series:
    """The names of towns, each as a town, a township and a street too: they are raised and merged."""
    towns = pl.read_parquet(FOLDER / "regions" / "townships.parquet")["name"].unique()
    stems = towns.str.extract(r"^(.{2,})(?:镇|乡|街道)$").drop_nulls().unique()
    return pl.concat([towns, *(stems + kind for kind in ("镇", "乡", "街道"))])


@cache
def _rest() -> str:
    """How a name can go on behind its numeral: up to the first word for a kind of place, or its own end."""
    names = _names()
    ends = either(words("regions/region_words.csv", kind="counted_place"))
    own = names.filter(~names.str.contains(f"{ends}$")).str.extract(f"[{NUMERALS}]+([^{NUMERALS}]+)$")
    return rf"^({either(own.drop_nulls().to_list())}|\p{{Han}}{{0,6}}?{ends})"


def in_name_of_place(rows: pl.DataFrame, asked: pl.Expr) -> pl.Series:
    """Whether each number (`left`, `written`, `right`) that is `asked` for is a numeral of a place's name."""
    part = rows.select("left", "written", "right", asked=asked).with_row_index("row").filter("asked")
    rest = pl.col("right").str.extract(_rest())
    part = part.with_columns(name=pl.concat_str("written", rest)).filter(pl.col("name").is_not_null())
    starts = pl.concat_list(pl.concat_str(pl.col("left").str.tail(n), "name") for n in range(BEFORE + 1))
    begun = part.select("row", name=starts).explode("name")
    found = begun.filter(pl.col("name").is_in(_names().implode()))["row"].unique()
    return pl.repeat(False, rows.height, eager=True).scatter(found, True).alias("in_name")
