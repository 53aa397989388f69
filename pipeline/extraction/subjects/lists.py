"""Numbers of a list that go on with what it began with, or that have nothing to do with it.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.subjects.features import PLACES
from pipeline.extraction.subjects.in_order import (
    FROM_AFAR,
    SUBJECT,
    taking,
    taking_the_next,
    taking_the_one_before,
)
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import ever
from pipeline.vocabulary import pattern

LARGEST_OF_A_FAMILY = 1_000_000  # 元; more is spent by no family


def kinds_in_list(rows: pl.DataFrame) -> pl.DataFrame:
    """社会团体112个,其中:文化类40个、体育类55个、其他9个: kinds are of what was counted before."""
    kind = pl.col("quote_before").str.contains(pattern("kind_in_list"))
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "unit_written"))
    kind &= alike & ~pl.col("subject").shift(1).is_in(["other"])
    rest = pl.col("quote_before").str.contains(pattern("rest_of_list")) & alike & kind.shift(1)
    organisations = pl.col("subject").shift(1).is_in(subjects_with("organisation")) | kind.shift(1)
    told = ((kind | rest) & (pl.col("unit_class") == "things") & organisations).fill_null(False)
    return taking_the_one_before(rows, told)


def purposes_unnamed(rows: pl.DataFrame) -> pl.DataFrame:
    """殡葬改革经费30万元;档案整理项目4万元: a purpose that names nothing known is not the last one."""
    before = pl.col("quote_before")
    item = (pl.col("unit_class") == "money") & before.str.contains(pattern("purpose_of_money"))
    list_ = item & ((pl.col("unit_class") == "money") & before.str.contains(pattern("purpose_before"))).shift(
        1
    )
    apart = pl.col("sentence") != pl.col("sentence").shift(1)  # behind a semicolon
    apart &= pl.col("line") == pl.col("line").shift(1)
    told = (list_ & apart & pl.col("rule").is_in(FROM_AFAR)).fill_null(False)
    return rows.with_columns(subject=pl.when(told).then(pl.lit("other")).otherwise("subject"))


def done_of_those(rows: pl.DataFrame) -> pl.DataFrame:
    """服务老人2100人,完成年度任务的105%: what share of its aim was reached is told of the number before."""
    before = pl.col("quote_before")
    told = (pl.col("unit_class") == "share") & before.str.contains(pattern("share_of_aim"))
    told &= pl.col("line") == pl.col("line").shift(1)
    named = (pl.col("rule") == "noun before") & ~pl.col("subject").is_in([*subjects_with("work"), "other"])
    return taking_the_one_before(rows, (told & ~named).fill_null(False))


def traits_in_list(rows: pl.DataFrame) -> pl.DataFrame:
    """当选委员312人,其中党员90人,大专以上41人: people with a trait are of those who were counted before."""
    people = pl.col("unit_class").is_in(["people", "share"])
    trait = (people | (pl.col("unit") == "岁")) & pl.col("quote_before").str.contains(
        pattern("trait_of_people")
    )
    share = (pl.col("unit_class") == "share") & pl.col("quote_before").str.contains(pattern("share_of_trait"))
    share &= trait.shift(1)
    goes_on = trait.shift(1) | share.shift(1)
    same = (pl.col("statement") == pl.col("statement").shift(1)) | goes_on
    same &= pl.col("line") == pl.col("line").shift(1)
    counted = ~pl.col("subject").shift(1).is_in(["party_study", "other"]) | goes_on
    counted &= pl.col("unit_class").shift(1).is_in(["people", "share"]) | (pl.col("unit").shift(1) == "岁")
    party = pl.col("subject").is_in(["party_study", "other"]) | pl.col("rule").is_in(FROM_AFAR)
    told = (trait & same & counted & party).fill_null(False)
    # 党员804人,占69.2%: and so is their share
    share &= (
        told.shift(1)
        & pl.col("subject").is_in(["party_study", "other"])
        & (pl.col("sentence") == pl.col("sentence").shift(1))
    )
    return taking_the_one_before(rows, told | share.fill_null(False))


def raised_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """生活补贴和护理补贴由70元和80元提高到90元和100元: the second pair is of what the first is of."""
    of = rows.select(pl.col(*SUBJECT, "rule", "sentence", "unit_class", "end_at").shift(2).name.prefix("of_"))
    told = (
        (pl.col("run") == 2) & pl.col("respectively").is_null() & (pl.col("of_rule") == "respectively")
        & (pl.col("of_sentence") == pl.col("sentence")) & (pl.col("of_unit_class") == pl.col("unit_class"))
        & (pl.col("rule") != "respectively") & (pl.col("at_t") < pl.col("of_end_at"))
    ).fill_null(False)  # fmt: skip
    return taking(rows, of, told, "respectively")


def population_of_all(rows: pl.DataFrame) -> pl.DataFrame:
    """辖27个行政村、96个居民小组,共3.1万户12.4万人: all who live there are of no village or community."""
    places = (pl.col("unit_class") == "people") & pl.col("subject").is_in(PLACES)
    places &= pl.col("rule").is_in(FROM_AFAR)
    opens = places & pl.col("quote_before").str.contains(pattern("in_all"))
    told = (ever(opens, "sentence") & places).fill_null(False)
    return rows.with_columns(subject=pl.when(told).then(pl.lit("other")).otherwise("subject"))


def of_one_family(rows: pl.DataFrame) -> pl.DataFrame:
    """某户全家4口人,治病花去11万元: what is told of one family is nothing that was given or counted."""
    before = pl.col("quote_before")
    members = (pl.col("unit_class") == "people") & before.str.contains(pattern("family_members"))
    spent = (pl.col("unit_class") == "money") & before.str.contains(pattern("spent_by_family"))
    spent &= pl.col("value") < LARGEST_OF_A_FAMILY  # 临时救助花了820万元
    told = (members | spent).fill_null(False)
    return rows.with_columns(subject=pl.when(told).then(pl.lit("other")).otherwise("subject"))


def money_for_people(rows: pl.DataFrame) -> pl.DataFrame:
    """下拨资金190万元,资助了512名孤儿: money that names nothing is of the people whom it served."""
    next_ = {
        c: pl.col(c).shift(-1)
        for c in ("sentence", "clause", "unit_class", "subject", "rule", "quote_before")
    }
    told = (
        (pl.col("unit_class") == "money") & pl.col("rule").is_in(FROM_AFAR)
        & pl.col("quote_before").str.contains(pattern("money_set_aside"))
        & (next_["sentence"] == pl.col("sentence")) & (next_["clause"] - pl.col("clause") == 1)
        & (next_["unit_class"] == "people") & (next_["rule"] == "noun after") & (next_["subject"] != "other")
        & next_["quote_before"].str.contains(pattern("serves_people"))
    ).fill_null(False)  # fmt: skip
    return taking_the_next(rows, told)
