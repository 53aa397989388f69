"""Numbers of another area told by its name: the province or city around that of the report, or one apart."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.compute import compute_where
from pipeline.reading.layout.folding import fold_script
from pipeline.reading.regions import gazetteer
from pipeline.reading.regions.direct import within
from pipeline.vocabulary import pattern

# What it counts or sets itself; money of its name may have come to the region: 安徽省福彩公益金80万元.
ITS_OWN = ("standard", "average", "persons", "households", "person_times")
THERE = ("count", "beds", "capacity", "floor_area", "cases", "couples", "expenditure")


@cache
def _wider() -> pl.DataFrame:
    """region_code with the names of the province and of the city around it, null where it has none."""
    level = pl.col("level")
    return gazetteer.regions().select(
        "region_code",
        province=fold_script(pl.when(level != "province").then("province")),
        city=fold_script(pl.when(level != "prefecture").then("city")),
    )


def of_wider_area(rows: pl.DataFrame) -> pl.Series:
    """Whether a number is of the whole province or city, whose name opens its clause right before what is
    counted: 安徽省城市低保标准为每人每月735元,农村690元 in the report of a county.

    `rows`: sentence, quote_before, subject, subject_word, measure and region_code, in order.
    """
    named = rows.join(_wider(), on="region_code", how="left", maintain_order="left")
    told = pl.col("quote_before").str.replace(pattern("led_by_a_date"), "")
    bare = told.str.strip_prefix(pl.col("province").fill_null("")).str.strip_prefix(
        pl.col("city").fill_null("")
    )
    named = named.select(
        "sentence", "subject", "measure", "quote_before", "subject_word", told=told, bare=bare
    )
    if named["told"].equals(named["bare"]):
        return pl.repeat(False, rows.height, eager=True).alias("wider")
    plain = pl.col("bare").str.replace(pattern("led_by_residence"), "")
    counted = pl.any_horizontal(
        each.str.starts_with(pl.col("subject_word")) for each in (pl.col("bare"), plain)
    )
    own = counted & pl.col("measure").is_in(ITS_OWN)
    # 宜春市共有养老机构120家 in the report of a county
    own |= pl.col("measure").is_in(THERE) & pl.col("told").str.contains(pattern("there_by_name"))
    own &= pl.col("told") != pl.col("bare")
    named = named.with_columns(own=own.fill_null(False))
    goes_on = pl.col("quote_before").str.contains(pattern("led_by_residence"))
    before = (
        pl.when(~goes_on | pl.col("own")).then("own").forward_fill().over("sentence", "subject", "measure")
    )
    return named.select(wider=before.fill_null(False)).to_series()


@cache
def _areas() -> pl.DataFrame:
    """The full names of counties, cities and provinces (word), each with the codes that it stands for."""
    full = gazetteer.names().filter((pl.col("form") == "full") & pl.col("region_code").is_not_null())
    return full.group_by("word").agg(codes=pl.col("region_code"))


def of_area_apart(rows: pl.DataFrame) -> pl.Series:
    """Whether a number is of a county, city or province that lies neither inside nor around the report's own
    area, and whose name opens its clause: 成都市每千名老人拥有床位41张 in the report of another city.

    `rows`: clause, quote_before, measure, change and region_code, in order.
    """
    own = pl.col("measure").is_in([*ITS_OWN, "ratio", *THERE]) & (pl.col("change") != "delta")
    own &= (pl.col("region_code") != gazetteer.COUNTRY).fill_null(False)
    word = compute_where(rows, own, pl.col("quote_before").str.extract(pattern("other_area")))
    if word.null_count() == len(word):
        return pl.repeat(False, len(word), eager=True).alias("apart")
    named = rows.select("region_code", "measure", "quote_before", word=word).with_row_index("i")
    named = named.join(_areas(), on="word", how="inner", maintain_order="left")
    # 浮梁县现有议事厅46个: things of its name may be ours where it does not say that they are there
    there = pl.col("quote_before").str.contains(pattern("there_by_name"))
    named = named.filter(~pl.col("measure").is_in(THERE) | there).explode("codes")
    same = pl.col("codes") == pl.col("region_code")
    near = same | within("codes", "region_code") | within("region_code", "codes")
    found = named.group_by("i").agg(apart=~near.any()).filter("apart")["i"]
    apart = pl.int_range(len(word), eager=True).is_in(found.implode())
    # 婺源县已建成服务站120个、老年食堂35家: and so on through the row
    goes_on = pl.col("quote_before").str.contains("^[、和及与]")
    goes_on &= pl.col("clause") == pl.col("clause").shift(1)
    told = rows.select(apart=pl.lit(apart), goes_on=goes_on.fill_null(False))
    first = pl.when(~pl.col("goes_on")).then("apart").forward_fill().fill_null(False)
    return told.select(apart=pl.col("apart") | (pl.col("goes_on") & first)).to_series()
