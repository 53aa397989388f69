"""Whose value it is: which group, and whether of the whole region, a part of it or elsewhere."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.stream import Stream


TOWN = r"(?:^|[,、:;(和及]|其中:?)([\p{Han}]{2,3}(?:镇|乡|街道))(?:[^村镇街,、:;][^,、:;]*)?$"
GENERIC_TOWN = "个|各|全|乡镇|城镇|集镇|村镇|本|该|每|点|中心|所有|部分|我|区|县|市|新|农|设|置|建|推|创|村|建制|特色|小城|示范|等|多|几|两|家|在|为|对|与|及|和|向|了|的"


def scope(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `scope` and `place`.

    `own` is how the report speaks of its own area (县, 区, 市, 旗, 省, 州 or null).
    """
    rows = stream.last_cue(rows, "outside")
    wider = {
        "nation": pl.col("own") != "国",
        "province": ~pl.col("own").is_in(["省", "国"]),
        "city": pl.col("own").is_in(["县", "区", "旗"]),
    }
    outside = pl.any_horizontal(
        *((pl.col("outside") == level) & test for level, test in wider.items())
    ).fill_null(False)
    outside = (
        outside
        & ~pl.col("measure").is_in(["ranking"])
        & pl.col("outside_word").str.contains("^全|^我国").fill_null(False)
        & (pl.col("at") - pl.col("outside_end_at") <= 16)
    )
    named = r"(?:^|[,、;:为在对是和及将如])([\p{Han}]{2,3}(?:镇|乡|街道|村|社区)[\p{Han}]{0,4}?(?:敬老院|福利院|养老院|养老服务中心|养老中心|公墓|幸福院|日间照料中心))"
    project = r"建筑面积|占地面积|总投资|项目位于|该项目"
    place = pl.col("quote").str.extract(named)
    place = pl.when(~place.str.contains("个|各|乡镇|城镇|农村|等|新建|镇级|村级|社区服务|所|全")).then(place)
    town = pl.col("quote_before").str.extract(TOWN)
    town = pl.when(~town.str.contains(GENERIC_TOWN)).then(town)
    place = pl.coalesce(place, town)
    part = place.is_not_null() | (
        pl.col("quote").str.contains(project)
        & pl.col("measure").is_in(["floor_area", "investment", "beds", "capacity"])
    )
    return rows.with_columns(
        scope=pl.when(outside)
        .then(pl.lit("outside"))
        .when(part)
        .then(pl.lit("part"))
        .otherwise(pl.lit("region")),
        place=place,
    )


SUBGROUPS = (
    r"([0-9]{2,3}\s*[-—~至到]\s*[0-9]{2,3}周?岁)|([0-9]{2,3}周?岁(?:及?以上|至|以下)?)|(集中供养|分散供养|集中养育|社会散居|全护理|半护理|全自理|"
    r"全失能|半失能|失能|[一二三四]级|男性|女性|集中|分散|重度|中度|轻度|重病|重残|持证|高龄|空巢|独居)"
)  # fmt: skip


def subgroup(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `subgroup`: the last breakdown named before the number in its clause, in short."""
    before = pl.col("quote_before")
    found = before.str.extract_all(SUBGROUPS).list.last()
    return rows.with_columns(subgroup=found)
