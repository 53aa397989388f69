"""Numbers that take the subject of one beside them: compared with it, paid at its rate, drawn by its people.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.subjects.in_order import taking_the_next, taking_the_one_before
from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern

LISTED = 16  # characters between the numbers of a list by grade or age


def of_those_before(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are said of those before them: what they are compared with (与摸底时的18.62万人相比), what
    became of them (议题67件,办结63件), further grades and ages (一类2716人、二类14903人), the largest of them
    (单笔最高1.2万元), some of them (7处设施中,2个为…).
    """
    before, behind = pl.col("quote_before"), pl.col("quote_after")
    alike = pl.col("unit_class") == pl.col("unit_class").shift(1)
    compared = before.str.contains(pattern("compared_before"))
    compared &= behind.str.contains(pattern("compared_behind"))
    graded = before.str.contains(pattern("further_grade")) & (pl.col("prev_gap") <= LISTED)
    some = (before == "") & behind.str.contains(pattern("part_of_those"))
    some &= (pl.col("unit_class") == "things") & (pl.col("clause") - pl.col("clause").shift(1) == 1)
    told = alike & (compared | before.str.contains(pattern("result_of_those")) | graded | some)
    told |= (pl.col("unit_class") == "money") & before.str.contains(pattern("highest_of_those"))
    same = pl.col("sentence") == pl.col("sentence").shift(1)
    return taking_the_one_before(rows, (told & same).fill_null(False))


def paid_at_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """低保、特困老人每餐5元,累计兑现补贴71万元: what was paid at a rate is of what the rate is of."""
    kind, sentence = pl.col("unit_class"), pl.col("sentence")
    told = (
        (kind == "money") & (kind.shift(1) == "rate") & (sentence == sentence.shift(1))
        & (pl.col("at_t") < pl.col("prev_end_at")) & (pl.col("rule") == "earlier clause")
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def those_who_draw(rows: pl.DataFrame) -> pl.DataFrame:
    """58位百岁老人每月可领取营养补贴500元: people of an age who draw something are of it."""
    next_subject, next_class, next_sentence = (
        pl.col(c).shift(-1) for c in ("subject", "unit_class", "sentence")
    )
    draws = (
        (pl.col("subject") == "elder_population") & (pl.col("unit_class") == "people")
        & pl.col("quote_after").str.contains(pattern("draws"))
        & next_class.is_in(["rate", "money"]) & next_subject.is_in(subjects_with("allowance"))
        & (next_sentence == pl.col("sentence"))
    ).fill_null(False)  # fmt: skip
    return taking_the_next(rows, draws)


def joined(rows: pl.DataFrame) -> pl.DataFrame:
    """发放价格补贴38.7万元、2506人次: what stands right behind a number, in another unit, is of the same."""
    kind, sentence, rule = pl.col("unit_class"), pl.col("sentence"), pl.col("rule")
    told = (
        (pl.col("prev_gap") <= 1) & (sentence == sentence.shift(1)) & (kind != kind.shift(1))
        & kind.is_in(["people", "money", "events"]) & kind.shift(1).is_in(["people", "money", "events"])
        & (rule != "noun after") & (rule.shift(1) != "noun after")
        & (pl.col("subject").shift(1) != "other")
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def beneficiaries(rows: pl.DataFrame) -> pl.DataFrame:
    """发放居家养老服务补贴1620万元,受益老人6105名: those who got it are of what they got."""
    kind, sentence = pl.col("unit_class"), pl.col("sentence")
    told = (
        (kind == "people") & pl.col("quote_before").str.contains(pattern("beneficiaries"))
        & (pl.col("at_t").fill_null(-1) >= pl.col("prev_end_at")) & (sentence.shift(1) == sentence)
        & kind.shift(1).is_in(["money", "things", "beds", "events"])
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)
