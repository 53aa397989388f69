"""Sums so small that one person gets them: what nursing costs by its grade, awards for burials."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.in_order import FROM_AFAR
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

GRADES = 3  # of nursing, in a row
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
