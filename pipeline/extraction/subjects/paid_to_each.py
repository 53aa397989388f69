"""What each of a group gets: people of an age, those who need nursing, those who bury without a grave."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.in_order import FROM_AFAR, taking_the_one_before
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

GRADES = 3  # of nursing, in a row
HIGHEST_BY_AGE = 3_000  # 元; more was spent on all of an age
AT_ONCE = 6  # characters between people and what they are paid
LARGEST_RATE = 10_000  # 元; more is no rate of nursing


def _paid_to_each() -> pl.Expr:
    """Whether a sum is small enough to be what one gets."""
    return pl.col("unit_class").is_in(["rate", "money"]) & (pl.col("value") < LARGEST_RATE)


def nursing(rows: pl.DataFrame) -> pl.DataFrame:
    """全护理由每人每月855元提高到900元, 半护理450元: what nursing costs, by how much is needed."""
    graded = pl.col("quote_before").str.contains(pattern("care_grade"))
    told = ((pl.col("subject") == "tekun") & _paid_to_each() & graded).fill_null(False)
    # 护理补贴一档(全失能)人数28人: those of a grade of it
    drawn = pl.col("quote_before").str.contains(pattern("nursing_grade"))
    told |= (drawn & (pl.col("subject") == "tekun") & (pl.col("unit_class") == "people")).fill_null(False)
    rows = rows.with_columns(subject=pl.when(told).then(pl.lit("tekun_nursing")).otherwise("subject"))
    for _ in range(GRADES):  # 二档(半失能)人数90人
        next_ = pl.col("quote_before").str.contains(pattern("further_grade")) & (pl.col("subject") == "tekun")
        next_ &= (pl.col("subject").shift(1) == "tekun_nursing") & (pl.col("line") == pl.col("line").shift(1))
        next_ &= (pl.col("unit_class") == "people") & (pl.col("unit") == pl.col("unit").shift(1))
        told = next_.fill_null(False)
        rows = rows.with_columns(subject=pl.when(told).then(pl.lit("tekun_nursing")).otherwise("subject"))
    return rows


def for_burials(rows: pl.DataFrame) -> pl.DataFrame:
    """采用节地生态葬的奖励3000元: what each gets who is buried so is no sum of a cemetery."""
    granted = pl.col("quote_before").str.contains(pattern("granted_for_burial"))
    buried = pl.col("subject").is_in(["cemetery", "columbarium", "cremation"])
    told = (buried & _paid_to_each() & granted).fill_null(False)
    # 已兑现64户9.2万元: so is what was paid of it in all
    paid = pl.col("quote_before").str.contains(pattern("grants_paid")) & pl.col("rule").is_in(FROM_AFAR)
    since = latest(pl.when(told).then(pl.col("sentence")), pl.col("at") // DOCUMENT)
    told |= (buried & paid & (since == pl.col("sentence"))).fill_null(False)
    return rows.with_columns(subject=pl.when(told).then(pl.lit("funeral_benefit")).otherwise("subject"))


def paid_of_an_age(rows: pl.DataFrame) -> pl.DataFrame:
    """People of an age behind an allowance who are paid at once are of it.

    80岁以上老人发放高龄津贴310万元,百岁老人9人,每人每月300元
    """
    same = pl.col("sentence") == pl.col("sentence").shift(1)
    paid = pl.col("unit_class").shift(-1).is_in(["rate", "money"]) & (
        pl.col("sentence").shift(-1) == pl.col("sentence")
    )
    paid &= pl.col("prev_gap").shift(-1) <= AT_ONCE
    told = (
        (pl.col("subject") == "elder_population") & (pl.col("unit_class") == "people") & same & paid
        & pl.col("subject").shift(1).is_in(subjects_with("allowance"))
    ).fill_null(False)  # fmt: skip
    rows = taking_the_one_before(rows, told)
    # 按80-89岁300元、90岁以上500元的标准: what those of an age are paid, where nothing else is named
    rate = (pl.col("subject") == "elder_population") & pl.col("unit_class").is_in(["money", "rate"])
    rate &= pl.col("quote_before").str.contains(pattern("by_age")) & (pl.col("value") < HIGHEST_BY_AGE)
    rate |= _paid_to_the_aged()
    # 为62名80岁以上老人发放健康补贴3.1万元
    given = (pl.col("subject") == "elder_population") & (pl.col("unit_class") == "people")
    given &= pl.col("quote_before").str.contains(pattern("given_toward"))
    given &= (pl.col("clause") == pl.col("clause").shift(-1)) & rate.shift(-1)
    allowance = pl.when((rate | given).fill_null(False)).then(pl.lit("old_age_allowance"))
    return rows.with_columns(subject=allowance.otherwise("subject"))


def _paid_to_the_aged() -> pl.Expr:
    """Whether a number is what people of an age are paid under a name that says no more.

    80岁以上老人发放健康补贴3.1万元; 90岁以上老人31人,生活津贴为每人每月60元
    """
    paid = pl.col("unit_class").is_in(["money", "rate"])
    paid &= pl.col("subject").fill_null("other").is_in(["other", "elder_population"])
    beside = (pl.col("subject").shift(1) == "elder_population") & (pl.col("unit_class").shift(1) == "people")
    beside &= pl.col("sentence") == pl.col("sentence").shift(1)
    beside &= pl.col("quote_before").str.contains(pattern("allowance_alone"))
    return paid & (pl.col("quote_before").str.contains(pattern("paid_to_the_aged")) | beside.fill_null(False))
