"""Whether a value flowed in some months or was there on a day, which says what periods it can speak of."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "sentence", "unit", "unit_class", "subject", "measure", "change", "quote_before",
    "quote_after",
)  # fmt: skip
FLOWS = {"expenditure", "investment", "cases", "couples", "person_times", "household_times"}  # measures
KINDS = {"standard": "standard", "average": "average", "ratio": "share", "ranking": "share"}  # by measure


def spoken_kinds(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """flow, stock, standard, limit, average or share: which periods a number can speak of (see cues.csv), a
    row a row. `rows`: `TAKES`, in the order of the text."""
    measure, change = pl.col("measure"), pl.col("change")
    flows = measure.is_in(list(FLOWS)) | change.is_in(["added", "removed"])
    flows = flows | pl.col("subject").is_in(subjects_with("flow"))
    flows = flows | pl.col("quote_before").str.contains(pattern("flows"))
    flows = flows | (pl.col("unit_class") == "people") & pl.col("quote_before").str.contains(
        pattern("given_to")
    )
    # 为90岁以上老人1287人发放高龄津贴
    flows = flows | (pl.col("unit_class") == "people") & pl.col("quote_after").str.contains(pattern("given"))
    # 对8家养老机构开展检查, 将4家并入中心: something was done with so many
    acted_on = pl.col("quote_before").str.contains(pattern("acted_on"))
    acted_on &= pl.col("quote_after").str.contains(pattern("done_with_them"))
    flows = flows | (pl.col("unit_class").is_in(["people", "things"]) & acted_on)
    # 7个乡镇遭受冰雹袭击
    befallen = pl.col("quote_after").str.contains(pattern("befallen"))
    flows = flows | (pl.col("unit_class").is_in(["people", "things"]) & befallen)
    # 重度残疾人护理补贴862人、77.58万元: who was paid in those months
    flows = flows | (pl.col("unit_class") == "people") & pl.col("quote_after").str.contains(
        pattern("money_behind")
    )
    named = measure.replace_strict(KINDS, default=None, return_dtype=pl.String)
    # 资产总额58.7亿元, 每万人拥有社会组织4.4家: what there is
    named = (
        pl.when((measure == "ratio") & (pl.col("unit_class") != "share") & (change == "level"))
        .then(pl.lit("stock"))
        .otherwise(named)
    )
    # 审批时限压缩到5个工作日 is in force, whatever months a title names
    limit = (pl.col("unit") == "工作日") | pl.col("quote_before").str.contains(pattern("time_limit"))
    named = pl.when((measure == "duration") & limit).then(pl.lit("limit")).otherwise(named)
    flows &= ~pl.col("quote_before").str.contains(pattern("assets"))
    kind = pl.coalesce(named, pl.when(flows).then(pl.lit("flow")).otherwise(pl.lit("stock")))
    # 办理结婚登记1391对,同比下降19.4%: a growth is of the same months as what grew
    grew = (measure == "ratio") & (change == "delta")
    part = cues.decide(rows, "portion_at")["portion_at"].is_not_null()
    rows = rows.select("sentence", "unit", kind=pl.when(~grew).then(kind)).with_columns(part=part)
    last = latest(pl.col("kind"), "sentence")
    rows = rows.with_columns(kind=pl.coalesce("kind", last, pl.lit("flow")))
    # 筛出疑点2147条,其中涉及直系亲属的312条: a part of what flowed did
    whole = pl.when(~pl.col("part")).then("kind").forward_fill().over("sentence", "unit")
    drawn = pl.col("part") & (pl.col("kind") == "stock") & (whole == "flow").fill_null(False)
    return rows.select(pl.when(drawn).then(pl.lit("flow")).otherwise("kind")).to_series()
