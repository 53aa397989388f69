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
from pipeline.reading.layout.compute import latest, so_far
from pipeline.vocabulary import pattern

UNNAMED = ["carried over", "topic", "heading", "title", "none"]  # rules of what no word near a number names
HOUSES = ["所", "座", "栋", "幢"]  # units of houses
PAID = ["money", "topic"]  # kinds of words for what is given
IN_A_LIST = 4  # groups of a list to whom one thing is given
GIVEN_WITHIN = 24  # characters between people and the name of what they are given
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
    # 其中教育类36个,文化体育类22个,其他7个: kinds of the organisations named before
    kinds = before.str.contains(pattern("next_kind")) & pl.col("rule").is_in([*UNNAMED, "earlier clause"])
    kinds &= pl.col("unit_class") == "things"
    # 312人,其中中共党员60人: members of a party are some of those counted
    members = before.str.contains(pattern("party_members")) & (pl.col("unit_class") == "people")
    members &= pl.col("subject") == "party_study"
    for _ in range(IN_A_LIST):  # 妇女40人, of whom no word tells more
        members |= (
            (pl.col("subject") == "party_study")
            & (pl.col("rule") == "earlier clause")
            & (members.shift(1).fill_null(False) & alike)
        )
    told = alike & (
        compared | before.str.contains(pattern("result_of_those")) | graded | some | kinds | members
    )
    told |= (pl.col("unit_class") == "money") & before.str.contains(pattern("highest_of_those"))
    # 16项指标完成15项
    done = before.str.contains(pattern("done_of_items")) & (pl.col("unit_written") == "项")
    told |= alike & done & (pl.col("clause") == pl.col("clause").shift(1))
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
    # 百岁老人14人每人每月500元
    at_once = (next_class == "rate") & (pl.col("prev_gap").shift(-1) <= 1)
    draws = (
        (pl.col("subject") == "elder_population") & (pl.col("unit_class") == "people")
        & (pl.col("quote_after").str.contains(pattern("draws")) | at_once)
        & next_class.is_in(["rate", "money"]) & next_subject.is_in(subjects_with("allowance"))
        & (next_sentence == pl.col("sentence"))
    ).fill_null(False)  # fmt: skip
    # 14名百岁老人享受补贴: though no sum follows
    named = (pl.col("subject") == "elder_population") & (pl.col("unit_class") == "people")
    named &= pl.col("quote_after").str.contains(pattern("draws_allowance"))
    allowance = pl.when(named.fill_null(False)).then(pl.lit("old_age_allowance")).otherwise("subject")
    return taking_the_next(rows, draws).with_columns(subject=allowance)


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


def given_to_groups(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """为312户低保户发放电价补贴: people of a benefit to whom something else is paid are of that."""
    named = (pl.col("head") == "money") | pl.col("word").str.contains(pattern("names_money"))
    money = tokens.filter(named).unique("at", keep="first", maintain_order=True)
    money = money.select(of_at=pl.col("at").set_sorted(), of_clause="clause", of_subject="subject")
    of = rows.select("end_at").join_asof(
        money, left_on="end_at", right_on="of_at", strategy="forward", check_sortedness=False, coalesce=False
    )
    given = (pl.col("unit_class") == "people") | pl.col("unit_written").is_in(["个", "位"])
    given &= pl.col("subject").is_in(subjects_with("recipients")) & (pl.col("head") == "person")
    given &= pl.col("quote_before").str.contains(pattern("given_toward"))
    given &= (pl.col("of_clause") == pl.col("clause")) & (pl.col("of_at") - pl.col("end_at") <= GIVEN_WITHIN)
    given &= (pl.col("at").shift(-1) > pl.col("of_at")).fill_null(True)
    given &= pl.col("of_subject").is_in(subjects_with("extra"))
    told = rows.hstack(of.drop("end_at")).select(
        subject=pl.when(given.fill_null(False)).then("of_subject").otherwise("subject"),
        told=given.fill_null(False),
    )
    rows = rows.with_columns(told)
    named = (pl.col("rule") == "noun after") & pl.col("subject").is_in(subjects_with("extra"))
    named &= (pl.col("unit_class") == "people") & pl.col("quote_before").str.contains(pattern("given_toward"))
    rows = rows.with_columns(told=pl.col("told") | named.fill_null(False))
    # 向低保对象312人、残疾人211人发放慰问金: and so are those listed before them
    for _ in range(IN_A_LIST):
        listed = (pl.col("clause") == pl.col("clause").shift(-1)) & (pl.col("unit_class") == "people")
        listed &= pl.col("told").shift(-1) & pl.col("quote_before").str.contains(pattern("given_toward"))
        listed &= ~pl.col("told")
        rows = rows.with_columns(
            subject=pl.when(listed.fill_null(False)).then(pl.col("subject").shift(-1)).otherwise("subject"),
            told=pl.col("told") | listed.fill_null(False),
        )
    # 为65名住院病人,发放医疗救助金48万元: people whom no word names, by what they are given
    unnamed = (pl.col("unit_class") == "people") & pl.col("rule").is_in(UNNAMED)
    unnamed &= pl.col("quote_before").str.contains(pattern("given_to"))
    unnamed &= (pl.col("rule").shift(-1) == "noun before") & pl.col("head").shift(-1).is_in(PAID)
    unnamed &= (pl.col("unit_class").shift(-1) == "money") & (
        pl.col("clause").shift(-1) - pl.col("clause") == 1
    )
    unnamed &= pl.col("sentence") == pl.col("sentence").shift(-1)
    return taking_the_next(rows.drop("told"), unnamed.fill_null(False))


def rooms(rows: pl.DataFrame) -> pl.DataFrame:
    """倒房重建120户,其中低保户18户、40间: rooms are of what their houses were built for, and so are the
    households beside them."""
    place, built = pl.int_range(pl.len(), dtype=pl.Int64), pl.col("subject").is_in(subjects_with("rebuilt"))
    at = rows.select(at=latest(pl.when(built).then(place), "line").fill_null(0))["at"]
    of = rows.select(pl.col(*SUBJECT, "line").name.prefix("of_"))[at]
    room = (pl.col("unit_written") == "间") & pl.col("subject").is_in(
        [*subjects_with("recipients"), *subjects_with("attribute")]
    )
    beside_room = room.shift(-1) & (pl.col("prev_gap").shift(-1) <= 1) & (pl.col("unit") == "户")
    known = (pl.lit(at) < place) & (pl.col("of_line") == pl.col("line")) & ~built
    known &= pl.col("of_subject").is_in(subjects_with("rebuilt"))
    return taking(rows, of, ((room | beside_room) & known).fill_null(False))


def needy_helped(rows: pl.DataFrame) -> pl.DataFrame:
    """主动发现并帮扶困难家庭260户: those helped are no cases of the work; what is paid to them next in a
    clause that names nothing is theirs."""
    helped = pl.col("quote_before").str.contains(pattern("needy_helped")) & (pl.col("unit_class") == "people")
    told = (helped & (pl.col("subject") == "assistance_process")).fill_null(False)
    rows = rows.with_columns(subject=pl.when(told).then(pl.lit("hardship_household")).otherwise("subject"))
    # 召开推进会,全县共支出680万元、救助5400人次: what was done for people is no meeting
    before, kind = pl.col("quote_before"), pl.col("unit_class")
    aided = (kind == "people") & before.str.contains(pattern("unnamed_aid"))
    aided |= (kind == "money") & (before.str.contains(pattern("unnamed_spent")))
    aided &= pl.col("subject").is_in(subjects_with("work")) & pl.col("rule").is_in(
        [*UNNAMED, "earlier clause"]
    )
    rows = rows.with_columns(
        subject=pl.when(aided.fill_null(False)).then(pl.lit("hardship_household")).otherwise("subject")
    )
    given = pl.col("subject").is_in(subjects_with("extra")) & (pl.col("unit_class") == "people")
    given |= helped & (pl.col("subject") == "hardship_household")
    paid = pl.col("quote_before").str.contains(pattern("unnamed_payment")) & given.shift(1)
    paid &= pl.col("unit_class") == "money"
    paid &= pl.col("sentence") == pl.col("sentence").shift(1)
    return taking_the_one_before(rows, paid.fill_null(False))


def spent_on_those(rows: pl.DataFrame) -> pl.DataFrame:
    """特困供养人员927人;全年支出1.98亿元: what was paid, of which nothing is said, was paid to those who were
    counted right before it, whatever their line began with."""
    told = (
        (pl.col("unit_class") == "money") & (pl.col("unit_class").shift(1) == "people")
        & (pl.col("rule") == "topic") & (pl.col("line") == pl.col("line").shift(1))
        & (pl.col("rule").shift(1) == "noun before") & (pl.col("clause") - pl.col("clause").shift(1) == 1)
        & pl.col("subject").shift(1).is_in([*subjects_with("recipients"), *subjects_with("monthly")])
        & pl.col("quote_before").str.contains(pattern("unnamed_spent"))
    ).fill_null(False)  # fmt: skip
    # and so is what each of them got by it: 全年支出498万元,人均每月678元
    same = (pl.col("rule") == "topic") & (pl.col("sentence") == pl.col("sentence").shift(1))
    told |= (same & pl.col("unit_class").is_in(["money", "rate"]) & told.shift(1)).fill_null(False)
    return taking_the_one_before(rows, told)


def named_by_the_next(rows: pl.DataFrame) -> pl.DataFrame:
    """对北山县4所、南河区3所敬老院: the noun is said once, behind the last of a list."""
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(-1) for c in ("unit_written", "clause"))
    lists = pl.col("quote_after").str.contains(pattern("goes_on_with_a_place"))
    told = (
        alike & lists & pl.col("unit_written").is_in([*HOUSES, "家", "处"]) & (pl.col("rule") != "noun after")
        & (pl.col("rule").shift(-1) == "noun after") & (pl.col("subject").shift(-1) != "other")
    ).fill_null(False)  # fmt: skip
    return taking_the_next(rows, told)


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
    of_any_kind = item & pl.col("quote_before").str.contains(pattern("items_that_are"))
    first = so_far((item & ~of_any_kind).cast(pl.Int64), "sentence") == 0
    told = pl.when(of_any_kind & first & pl.col("rule").is_in([*FROM_AFAR, "later clause"]))
    return rows.with_columns(subject=told.then(pl.lit("other")).otherwise("subject"))
