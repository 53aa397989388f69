"""Quantities that share a subject with the quantities before them, whatever words stand near.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.by_kind import (
    aged_people,
    by_class,
    by_unit,
    looked_into,
    of_an_office,
    villages_and_communities,
)
from pipeline.extraction.subjects.going_on import goes_on, wages
from pipeline.extraction.subjects.in_order import (
    SUBJECT,
    combined,
    done_in_order,
    former_and_latter,
    quantities_in_order,
    subjects_in_order,
    unnamed,
)
from pipeline.extraction.subjects.lists import (
    done_of_those,
    kinds_in_list,
    money_for_people,
    of_one_family,
    population_of_all,
    purposes_unnamed,
    raised_in_order,
    traits_in_list,
)
from pipeline.extraction.subjects.money_sources import by_sources, whole_before
from pipeline.extraction.subjects.of_neighbours import (
    beneficiaries,
    checked_in_list,
    first_in_row,
    given_to_groups,
    houses_unnamed,
    items_of_all,
    joined,
    named_by_the_next,
    needy_helped,
    of_those_before,
    paid_at_rates,
    rooms,
    spent_on_those,
    those_who_draw,
)
from pipeline.extraction.subjects.paid_to_each import for_burials, nursing, paid_of_an_age
from pipeline.extraction.subjects.parts import (
    aid_by_organisations,
    among_all,
    behind_all_parts,
    further_in_row,
    growths,
    in_each_place,
    parts_of_a_whole,
    registered_again,
    room_for,
    source_for,
)
from pipeline.extraction.subjects.places import (
    given_to_places,
    in_named_homes,
    in_their_beds,
    named_in_list,
    niches,
)
from pipeline.extraction.subjects.sums import sum_of_all
from pipeline.extraction.words import subject_words, subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

BESIDE = 3  # characters between a group's number and a sum of its own
BEFORE = ("respectively", "respectively_at", "delta_at", "portion_at", "share_of_at")  # cues asked
SHARED = (*SUBJECT, "at_t", "rule", "respectively", "back")  # what the chain says of a number


@cache
def _ambiguous() -> list[str]:
    """The words that stand for several subjects (compounds.csv)."""
    words = subject_words()
    return words.filter(pl.col("subject").str.starts_with("*"))["word"].to_list()


def chains(stream: Stream, rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Let chained quantities take the subject of the quantities that they continue.

    `rows`: quantities in order, with what `frame.chained` has of places and chosen subjects. `tokens`:
    `frame.subject_words`. Returns `SHARED`, a row a row: subject, subject_word, head, at_t and rule
    (`respectively` where a pair takes up two others) as they are in the end.
    """
    rows = chained(stream, rows)
    for step in steps(tokens):
        rows = step(rows)
    return rows.select(SHARED)


def chained(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """What the steps of a chain take of quantities: `frame.chained`."""
    rows = rows.select(name for name in columns("frame.chained") if name not in (*BEFORE, "back"))
    return stream.cues.beside(rows, *BEFORE).with_columns(back=whole_before(rows))


def steps(tokens: pl.DataFrame) -> tuple[Callable[[pl.DataFrame], pl.DataFrame], ...]:
    """The steps of a chain in their order: each takes `frame.chained` and hands it on."""
    return (
        by_unit, _households_and_members, joined, of_those_before, among_all, aged_people,
        parts_of_a_whole, beneficiaries, in_each_place, given_to_places, niches, named_in_list, growths,
        partial(subjects_in_order, tokens=tokens), quantities_in_order, done_in_order, former_and_latter,
        raised_in_order, kinds_in_list, purposes_unnamed, traits_in_list,
        registered_again, aid_by_organisations, room_for, paid_at_rates, source_for, those_who_draw,
        paid_of_an_age,
        sum_of_all, first_in_row, named_by_the_next,
        houses_unnamed, partial(_own_half, tokens=tokens),
        partial(_first_of_two_benefits, tokens=tokens), behind_all_parts, in_their_beds, in_named_homes,
        _paid_to_both, villages_and_communities, nursing, for_burials, of_an_office, further_in_row,
        checked_in_list, done_of_those, looked_into, by_class, by_sources,
        items_of_all, population_of_all, of_one_family, money_for_people,
        partial(given_to_groups, tokens=tokens), rooms, needy_helped, spent_on_those, goes_on, wages,
    )  # fmt: skip


def _households_and_members(rows: pl.DataFrame) -> pl.DataFrame:
    """541户647人: households and their members are the same group."""
    unit, rule = pl.col("unit"), pl.col("rule")
    households, members = unit.is_in(["户", "户次"]), unit.is_in(["人", "人次"])
    touching = pl.col("prev_gap") <= 1
    goes_on = members & households.shift(1) & touching & (rule != "noun after")
    # 202户269人低保对象: the noun behind the second is the noun of both
    leads = (
        households & members.shift(-1) & touching.shift(-1)
        & (rule.shift(-1) == "noun after") & ~pl.col("right")
    )  # fmt: skip
    leads, goes_on = leads.fill_null(False), goes_on.fill_null(False)
    return rows.with_columns(
        pl.when(leads).then(pl.col(c).shift(-1))
        .when(goes_on & (c != "rule")).then(pl.col(c).shift(1))
        .otherwise(pl.col(c)).alias(c)
        for c in (*SUBJECT, "at_t", "rule")
    )  # fmt: skip


def _paid_to_both(rows: pl.DataFrame) -> pl.DataFrame:
    """Money that follows two groups with their numbers was paid to both.

    孤儿12人、事实无人抚养儿童30人,发放70万元; 为12名孤儿、30名事实无人抚养儿童发放70万元
    """
    subject, kind, sentence = pl.col("subject"), pl.col("unit_class"), pl.col("sentence")
    pair = pl.concat_str(subject.shift(2), pl.lit("+"), subject.shift(1))
    # 困境儿童26名、留守儿童63名,发放困境儿童补助费9万元 says whose it is
    apart = pl.col("prev_gap") > pl.col("quote_before").str.len_chars()
    named = (pl.col("rule") == "noun before") & ~pl.col("subject_word").is_in(_ambiguous())
    own = (apart & named).fill_null(False)
    both = pair.replace_strict(combined(), default=None, return_dtype=pl.String)
    follows = (
        kind.is_in(["money", "rate"]) & pl.col("run").is_null()
        & kind.shift(1).is_in(["people", "rate"]) & (kind.shift(2) == kind.shift(1))
        & (sentence.shift(2) == sentence) & pl.col("pair").is_null()
        & ((pl.col("prev_gap") > BESIDE) | (pl.col("clause") != pl.col("clause").shift(1)))
        # 困境儿童26名、留守儿童63名,发放困境儿童生活费9万元 says whose it is
        & ~own
    ).fill_null(False)  # fmt: skip
    rows = rows.with_columns(subject=pl.when(follows & both.is_not_null()).then(both).otherwise(subject))
    return _summed_for_both(rows)


def _summed_for_both(rows: pl.DataFrame) -> pl.DataFrame:
    """生活补贴6217人、护理补贴7045人,均为每人每月100元,共发放1591万元: so is money whose clause names neither
    of the two last groups of its statement, whatever else but money stands between."""
    people = rows.select("q", "statement", "unit_class", of="subject")
    people = people.filter((pl.col("unit_class") == "people") & (pl.col("of") != "other"))
    turned = (pl.col("of") != pl.col("of").shift(1)) & (pl.col("statement") == pl.col("statement").shift(1))
    turned = turned.fill_null(False)
    pair = pl.concat_str(pl.col("of").shift(1), pl.lit("+"), pl.col("of"))
    pair, first = (latest(pl.when(turned).then(told), "statement") for told in (pair, pl.col("q").shift(1)))
    people = people.select(pl.col("q").set_sorted(), "statement", "of", pair=pair, first=first)
    last = rows.select("q", "statement").join_asof(
        people, on="q", by="statement", strategy="backward", check_sortedness=False
    )
    both = last["pair"].replace_strict(combined(), default=None, return_dtype=pl.String)
    money = pl.col("unit_class") == "money"
    paid = latest(pl.when(money).then("q"), "statement").shift(1)
    told = (
        money & pl.col("run").is_null() & unnamed() & ~(paid > pl.lit(last["first"])).fill_null(False)
        & pl.col("quote_before").str.contains(pattern("summed_for_all"))
        & (pl.col("subject") == pl.lit(last["of"])) & pl.lit(both).is_not_null()
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(subject=pl.when(told).then(pl.lit(both)).otherwise("subject"))


def _own_half(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """3120名重度残疾人发放两项补贴: those right behind the number receive the one that they name."""
    halves = {half: both for pair, both in combined().items() for half in pair.split("+")}
    named = tokens.filter(pl.col("subject").is_in(list(halves)) & (pl.col("strength") == 3))
    named = named.select(end_at="at", half="subject", half_word="word").unique("end_at", keep="first")
    rows = rows.join(named, on="end_at", how="left", maintain_order="left")
    both = pl.col("half").replace_strict(halves, default=None, return_dtype=pl.String)
    own = ((pl.col("unit_class") == "people") & (pl.col("subject") == both)).fill_null(False)
    return rows.with_columns(
        subject=pl.when(own).then("half").otherwise("subject"),
        subject_word=pl.when(own).then("half_word").otherwise("subject_word"),
    ).drop("half", "half_word")


def _first_of_two_benefits(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """基本生活费和照料护理费746万元: a sum of two goes to the first, or to what both make together.

    So do people of two benefits that have one number: 低保、特困供养4633人.
    """
    next_to = (
        (pl.col("sentence").shift(1) == pl.col("sentence"))
        & (pl.col("at") - pl.col("end_at").shift(1) == 1)
        & (pl.col("qs_before").shift(1) == pl.col("qs_before"))
    )  # fmt: skip
    sums = (pl.col("head") == "money") & (pl.col("head").shift(1) == "money")
    sums &= pl.col("sep_at") < pl.col("at") - 1
    drawn = subjects_with("recipients")
    groups = pl.col("joined") & pl.col("subject").is_in(drawn) & pl.col("subject").shift(1).is_in(drawn)
    # of three the first is that of the second: 低保、特困供养、临时救助资金
    groups &= next_to
    third = groups & groups.shift(1)
    words = tokens.with_columns(
        first=pl.when(third).then(pl.col("subject").shift(2)).otherwise(pl.col("subject").shift(1)),
        first_word=pl.when(third).then(pl.col("word").shift(2)).otherwise(pl.col("word").shift(1)),
        sums=(next_to & sums).fill_null(False), groups=groups.fill_null(False),
    )  # fmt: skip
    words = words.filter(pl.col("sums") | pl.col("groups"))
    words = words.select("at", "first", "first_word", "sums", "groups", second="subject").unique("at")
    rows = rows.join(words, left_on="at_t", right_on="at", how="left", maintain_order="left")
    kind = pl.col("unit_class")
    summed = (
        (pl.col("sums") & (kind == "money") | pl.col("groups") & kind.is_in(["people", "money", "share"]))
        & (pl.col("rule") == "noun before") & pl.col("run").is_null()
        & (pl.col("subject") == pl.col("second")) & (pl.col("first") != pl.col("second"))
    ).fill_null(False)  # fmt: skip
    pair = pl.concat_str("first", pl.lit("+"), "second")
    both = pair.replace_strict(combined(), default=pl.col("first"), return_dtype=pl.String)
    return rows.with_columns(
        subject=pl.when(summed).then(both).otherwise("subject"),
        subject_word=pl.when(summed).then("first_word").otherwise("subject_word"),
    ).drop("first", "first_word", "second", "sums", "groups")
