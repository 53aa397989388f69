"""Numbers that take the subject of one beside them: compared with it, paid at its rate, drawn by its people.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.features import PLACES
from pipeline.extraction.subjects.in_order import (
    FROM_AFAR,
    SUBJECT,
    taking,
    taking_the_next,
    taking_the_one_before,
)
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

UNNAMED = ["carried over", "topic", "heading", "title", "none"]  # rules of what no word near a number names
HOUSES = ["所", "座", "栋", "幢"]  # units of houses
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


def first_in_row(rows: pl.DataFrame) -> pl.DataFrame:
    """80至89岁、90岁以上老人每月50元、100元高龄津贴: a row whose first amounts name nothing is of what stands
    behind its last."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    last = rows.select(last=pl.coalesce(place + pl.col("run") - pl.col("nth"), place))["last"]
    of = rows.select(pl.col(*SUBJECT, "rule", "clause").name.prefix("of_"))[
        last.clip(0, max(len(rows) - 1, 0))
    ]
    told = (
        (pl.col("nth") < pl.col("run")) & pl.col("unit_class").is_in(["money", "rate"])
        & (pl.col("rule").is_in(UNNAMED) | (pl.col("subject") == "elder_population"))
        & (pl.col("of_rule") == "noun after")
        & (pl.col("of_head") == "money") & (pl.col("of_clause") == pl.col("clause"))
    ).fill_null(False)  # fmt: skip
    return taking(rows, of, told)


def houses_unnamed(rows: pl.DataFrame) -> pl.DataFrame:
    """建设敬老院5所,集中供养率达40%。完成情况:已竣工4所: houses not named again are those of their
    line or the one before, never those who draw something."""
    text, place = pl.col("at") // DOCUMENT, pl.int_range(pl.len(), dtype=pl.Int64)
    housed = pl.col("unit_written").is_in(HOUSES)
    unnamed = housed & pl.col("subject").is_in(subjects_with("recipients")) & pl.col("rule").is_in(UNNAMED)
    named = housed & pl.col("head").is_in(["thing", "org"]) & ~pl.col("subject").is_in([*PLACES, "other"])
    at = rows.select(at=latest(pl.when(named & ~unnamed).then(place), text).fill_null(0))["at"]
    of = rows.select(pl.col(*SUBJECT, "line").name.prefix("of_"))[at]
    near = (pl.lit(at) < place) & (pl.col("line") - pl.col("of_line")).is_between(0, 1)
    near &= pl.col("of_head").is_in(["thing", "org"])
    return taking(rows, of, (unnamed & near).fill_null(False))


def checked_in_list(rows: pl.DataFrame) -> pl.DataFrame:
    """年检社会团体17个、民办非企业单位63个: the second of a list was inspected like the first."""
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("unit_written", "clause"))
    told = (
        alike & (pl.col("subject").shift(1) == "social_org_inspection")
        & pl.col("subject_word").shift(1).str.contains(pattern("checked_organisations"))
        & pl.col("subject").is_in(subjects_with("organisation")) & (pl.col("rule") == "noun before")
        & pl.col("quote_before").str.contains(pattern("next_of_list"))
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def items_of_all(rows: pl.DataFrame) -> pl.DataFrame:
    """15个幸福院已完成8个,常态化开展的有3项: items that nothing before counts as such are none of it."""
    item = (pl.col("unit_written") == "项").fill_null(False)
    first = item & (item.cast(pl.Int64).cum_sum().over("sentence") == 1)
    carried = pl.col("rule").is_in(FROM_AFAR)
    told = first & carried & pl.col("quote_before").str.contains(pattern("items_that_are"))
    return rows.with_columns(subject=pl.when(told).then(pl.lit("other")).otherwise("subject"))
