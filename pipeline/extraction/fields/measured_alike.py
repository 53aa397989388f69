"""What a number measures that goes on with those before it: parts of an investment, ends of a raise, what a
ratio is compared with."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

HIGHEST_RAISED = 20_000  # 元; of a number that only 提高至 stands before, more is a sum
# classes that can stand for each … (每百户拥有3张)
COUNTED = ("things", "people", "beds", "area", "couples", "events")


def part_of_investment() -> pl.Expr:
    """总投资3200万元,其中中央资金1500万元、自筹1700万元: parts of an investment are invested."""
    paid = (pl.col("unit_class") == "money") & (pl.col("measure") == "expenditure")
    at, subject = (
        latest(pl.when(pl.col("measure") == "investment").then(c), "statement") for c in ("at", "subject")
    )
    part = paid & (pl.col("portion_at") > at)
    # 完成投资2500万元,实际2640万元; 投入6830万元,2021年1950万元,2022年2260万元
    part |= paid & pl.col("quote_before").str.contains(pattern("investment_goes_on"))
    part &= unspent() & (pl.col("subject") == subject)
    return pl.when(part.fill_null(False)).then(pl.lit("investment")).otherwise("measure").alias("measure")


def as_the_whole() -> pl.Expr:
    """到位建设资金1120万元,由省级补助360万元、县财政760万元构成: the sources of what was invested were, too.

    Takes back: how many numbers before its whole stands (`money_sources.whole_before`).
    """
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    whole = pl.col("measure").gather(place - pl.col("back").fill_null(0))
    paid = pl.col("back").is_not_null() & whole.is_in(["investment", "expenditure"])
    return pl.when(paid).then(whole).otherwise("measure").alias("measure")


def raised_alike() -> pl.Expr:
    """城市低保月人均补助由135元提高到157元,农村低保由52元提高到62元: both are averages."""
    amount = pl.col("measure").is_in(["standard", "average"])
    own = pl.col("standard_at").is_not_null() | pl.col("subject_word").str.contains(pattern("standard_word"))
    level = pl.col("quote_before").str.contains(pattern("new_level")) & (pl.col("value") < HIGHEST_RAISED)
    # 低保标准调整为260元,月人均补差增加20元,达到165元: what was said last
    since = latest(pl.when(amount & (pl.col("measure") == "average")).then("at"), "sentence")
    own &= pl.max_horizontal("standard_at", "at_t") > since.fill_null(-1)
    # 补差水平城镇每月333元,农村每月147元,比去年同期多87元
    level |= pl.col("quote_before").str.contains(pattern("amount_goes_on")) & (
        pl.col("value") < HIGHEST_RAISED
    )
    # 月人均补差升到350元和205元
    level |= (pl.col("pair") == 2) & level.shift(1)
    bare = (pl.col("measure") == "standard") & level.fill_null(False) & ~own.fill_null(False)
    said = latest(pl.when(amount & ~bare).then("measure"), "sentence")
    # 每人每月80元、80-89岁100元: amounts by age or grade are of one kind
    unsaid = pl.col("expend_at").is_null() & pl.col("invest_at").is_null() & (pl.col("unit_class") == "money")
    graded = (
        unsaid & pl.col("quote_before").str.contains(pattern("graded")) & (pl.col("value") < HIGHEST_RAISED)
    ) & (pl.col("measure") != "average")
    # 月平均报酬4200元,较上年提高300元: by how much the amount before it grew
    before, amount_before = pl.col("measure").shift(1), pl.col("value").shift(1)
    grown = unsaid & (pl.col("unit") == "元") & pl.col("quote_before").str.contains(pattern("grew_by"))
    grown &= (pl.col("value") < amount_before) & (pl.col("sentence") == pl.col("sentence").shift(1))
    # 标准378元,较上年的340元提高11%: what it was
    value = pl.col("value")
    was = unsaid & (pl.col("unit") == "元") & pl.col("quote_before").str.contains(pattern("amount_goes_on"))
    was &= (value / amount_before).is_between(1 / 3, 3)
    grown |= was & (pl.col("sentence") == pl.col("sentence").shift(1))
    grown &= before.is_in(["standard", "average"]) & (pl.col("subject") == pl.col("subject").shift(1))
    return (
        pl.when(bare & (said == "average")).then(pl.lit("average"))
        .when(grown.fill_null(False)).then(before)
        .when(graded & (said == "standard")).then(pl.lit("standard"))
        .otherwise("measure").alias("measure")
    )  # fmt: skip


def as_the_ratio_before() -> pl.Expr:
    """每千名老人床位35.1张,去年底32.8张,省定目标35张: what the first is compared with is a ratio too."""
    counted = pl.col("measure").is_in(["beds", "persons", "count", "couples", "cases"])
    ratio = (pl.col("measure") == "ratio") & pl.col("unit_class").is_in(COUNTED)
    last = {
        name: latest(pl.when(ratio).then(name), "sentence") for name in ("unit", "value", "clause", "subject")
    }
    alike = (pl.col("unit") == last["unit"]) & (pl.col("value") / last["value"]).is_between(1 / 3, 3)
    alike &= (pl.col("subject") == last["subject"]) | pl.col("rule").is_in(["carried over", "topic", "none"])
    compared = pl.col("quote_before").str.contains(pattern("compared_ratio"))
    told = counted & alike & compared & (pl.col("clause") != last["clause"])
    return pl.when(told.fill_null(False)).then(pl.lit("ratio")).otherwise("measure").alias("measure")


def unspent() -> pl.Expr:
    """No cue says that the money is spent; 资金 alone doesn't."""
    return pl.col("expend_at").is_null() | pl.col("expend_word").str.contains(pattern("funds_alone"))
