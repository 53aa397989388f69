"""Quantities that share a subject with the quantities before them, whatever words stand near.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.by_kind import by_class, by_unit, villages_and_communities
from pipeline.extraction.words import subject_words
from pipeline.vocabulary import rows as vocabulary

BESIDE = 3  # characters between a group's number and a sum of its own
SUBJECT = ("subject", "subject_word", "head")
BEFORE = ("respectively", "respectively_at", "delta_at", "portion_at")  # cues asked


@cache
def _combined() -> dict[str, str]:
    """The subject that two subjects make together, by `first+second` (combined.csv)."""
    return {f"{r['first']}+{r['second']}": r["together"] for r in vocabulary("subjects/combined.csv")}


@cache
def _turned() -> list[str]:
    """The words that name two subjects in the other order than combined.csv (事实无人抚养儿童、孤儿)."""
    words = subject_words()
    named = {subject: tuple(found) for subject, found in words.group_by("subject").agg("word").iter_rows()}
    halves = {together: pair.split("+") for pair, together in reversed(_combined().items())}
    found = words.filter(pl.col("subject").is_in(list(halves))).select("word", "subject")
    return [
        word
        for word, (first, second) in ((word, halves[together]) for word, together in found.iter_rows())
        if word.startswith(named.get(second, ())) and not word.startswith(named.get(first, ()))
    ]


@cache
def _ambiguous() -> list[str]:
    """The words that stand for several subjects (compounds.csv)."""
    words = subject_words()
    return words.filter(pl.col("subject").str.starts_with("*"))["word"].to_list()


def chains(stream: Stream, rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Let chained quantities take the subject of the quantities that they continue.

    `rows`: quantities in order with q, at, unit, unit_class, right, pair, prev_gap, sentence, clause,
    subject, subject_word, head, at_t, rule. `tokens`: see `subjects.words.find_subject_words`. Changes
    subject, subject_word, head, at_t and rule (`respectively` where a pair takes up two others) and adds the
    cue columns `BEFORE`.
    """
    rows = stream.cues.beside(_households_and_members(by_unit(rows)), *BEFORE)
    rows = _growths(_parts_of_a_whole(rows))
    rows = _quantities_in_order(_subjects_in_order(rows, tokens))
    rows = _behind_all_parts(_first_of_two_benefits(_own_half(rows, tokens), tokens))
    return by_class(villages_and_communities(_paid_to_both(rows)))


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


def _parts_of_a_whole(rows: pl.DataFrame) -> pl.DataFrame:
    """What 其中 opens, counted as its whole is, and no subject of its own, is of the whole's.

    审批地名87条,其中道路39条、住宅小区31条; 乡级行政区划1316个,其中镇973个,乡17个
    """
    place, portion = pl.int_range(pl.len(), dtype=pl.Int64), pl.col("portion_at")
    opens = (portion != portion.shift(1)).fill_null(portion.is_not_null())
    before = pl.when(portion.is_not_null() & opens).then(place - 1).forward_fill()
    whole = rows.select(whole=before)["whole"].fill_null(0).clip(0)
    told = (*SUBJECT, "unit_written", "unit_class", "sentence", "value", "end_at")
    of = rows.select(pl.col(told).name.prefix("of_"))[whole]
    unnamed = (pl.col("subject") == "other") | pl.col("rule").is_in(["carried over", "topic", "heading"])
    part = (
        portion.is_not_null() & unnamed & (pl.col("of_end_at") <= portion) & (pl.col("of_subject") != "other")
        & (pl.col("value") <= pl.col("of_value")) & (pl.col("of_sentence") == pl.col("sentence"))
        & ((pl.col("of_unit_written") == pl.col("unit_written"))
           | ((pl.col("of_unit_class") == "things") & (pl.col("unit_class") == "things")))
    ).fill_null(False)  # fmt: skip
    rows = rows.hstack(of)
    return rows.with_columns(pl.when(part).then(f"of_{c}").otherwise(c).alias(c) for c in SUBJECT).drop(
        of.columns
    )


def _growths(rows: pl.DataFrame) -> pl.DataFrame:
    """桥梁17条,与2010年的64条相比增长35.9%: a growth with no word of its own is of the number before it."""
    grown = (pl.col("unit_class") == "share") & (pl.col("delta_at") >= pl.col("prev_end_at"))
    named = pl.col("at_t") >= pl.col("prev_end_at")
    alike = (pl.col("sentence") == pl.col("sentence").shift(1)) & (pl.col("unit_class").shift(1) != "share")
    of_it = (grown & ~named.fill_null(False) & alike & (pl.col("rule") != "respectively")).fill_null(False)
    return rows.with_columns(pl.when(of_it).then(pl.col(c).shift(1)).otherwise(c).alias(c) for c in SUBJECT)


def _quantities_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """A row of shares, rates or sums speaks of as many quantities before it, in their order.

    城市低保312人、农村低保2011人,分别增长2%和3%; 为孤儿12人、事实无人抚养儿童30人发放20万元、50万元,
    or 按每人每月1510元、1208元发放; 结婚1391对、离婚604对,分别增加88对和37对
    """
    kind, row = pl.col("unit_class"), pl.col("q") - pl.col("nth")
    place = pl.int_range(pl.len()) - pl.col("run")
    fits = pl.col("run").is_not_null() & (place >= 0)
    answered = rows.select(place=pl.when(fits).then(place))["place"]
    said = rows.select(pl.col(*SUBJECT, "unit_class", "sentence").name.prefix("of_"))
    rows = rows.hstack(said[answered.fill_null(0)])
    of_kind = pl.col("of_unit_class")
    taken_up = pl.col("respectively").is_not_null() & kind.is_in(["share", "rate"])
    paid = kind.is_in(["money", "rate"]) & (of_kind == "people")
    changes = (pl.col("respectively_at") < pl.col("delta_at")) & (of_kind == kind)
    answers = (
        fits & ((taken_up | paid) & (of_kind != kind) | changes) & (pl.col("rule") != "respectively")
        & (of_kind.n_unique().over(row) == 1)
        & (pl.col("of_sentence") == pl.col("sentence"))
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(
        *(pl.when(answers).then(f"of_{c}").otherwise(c).alias(c) for c in SUBJECT),
        rule=pl.when(answers).then(pl.lit("respectively")).otherwise("rule"),
    ).drop(said.columns)


def _subjects_in_order(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """A row of numbers behind 分别 takes as many subjects named before it, in their order.

    孤儿、困境儿童标准分别为1600元和1200元
    """
    listed = rows.filter(pl.col("run").is_not_null() & pl.col("respectively").is_not_null())
    if listed.is_empty():
        return rows
    words = _neighbouring_subjects(tokens)
    listed = listed.select(
        "q", "pair", "nth", "run", "sentence", "subject", "subject_word", key="respectively_at"
    )
    listed = listed.sort("key").join_asof(words, left_on="key", right_on="t_at", strategy="backward")
    # one word that names both (残疾人两项补贴) comes apart; else words beside each other
    halves = {together: pair.split("+") for pair, together in reversed(_combined().items())}
    half = [
        pl.col("subject").replace_strict(
            {together: pair[i] for together, pair in halves.items()}, default=None, return_dtype=pl.String
        )
        for i in (0, 1)
    ]
    is_first_half = (pl.col("pair") == 1) != pl.col("subject_word").is_in(_turned())
    beside = (pl.col("t_sentence") == pl.col("sentence")) & (pl.col("beside") >= pl.col("run"))
    place = pl.when(beside).then(pl.col("t_place") - pl.col("run") + pl.col("nth"))
    named = listed.select(place=place)["place"]
    listed = listed.with_columns(named=words["t_subject"][named.cast(pl.UInt32)])
    several = pl.col("named").n_unique().over(pl.col("q") - pl.col("nth")) > 1
    ordered = pl.coalesce(
        pl.when(pl.col("run") == 2).then(pl.when(is_first_half).then(half[0]).otherwise(half[1])),
        pl.when(several).then("named"),
    )
    rows = rows.join(
        listed.select("q", ordered=ordered).drop_nulls(), on="q", how="left", maintain_order="left"
    )
    taken = pl.col("ordered").is_not_null()
    return rows.with_columns(
        subject=pl.coalesce("ordered", "subject"),
        rule=pl.when(taken).then(pl.lit("respectively")).otherwise("rule"),
    ).drop("ordered")


def _neighbouring_subjects(tokens: pl.DataFrame) -> pl.DataFrame:
    """The subject words in order, and how many stand in one row up to each: t_at, t_place (its running
    number), t_sentence, subject, beside.

    A row ends where another number or more than a conjunction lies between.
    """
    words = tokens.filter(pl.col("strength") >= 2).unique("at", keep="first", maintain_order=True)
    # 孤儿、事实无人抚养儿童 is one word that names two
    halves = {together: pair.split("+") for pair, together in reversed(_combined().items())}
    two = pl.col("subject").replace_strict(halves, default=None, return_dtype=pl.List(pl.String))
    two = pl.when(pl.col("word").str.contains("[、和及与]")).then(two)
    two = pl.when(pl.col("word").is_in(_turned())).then(two.list.reverse()).otherwise(two)
    words = words.with_columns(subject=pl.coalesce(two, pl.concat_list("subject"))).explode("subject")
    beside = (
        (pl.col("sentence").shift(1) == pl.col("sentence"))
        & (pl.col("qs_before").shift(1) == pl.col("qs_before"))
        & (pl.col("at") - pl.col("end_at").shift(1) <= 2)
    ).fill_null(False)
    place = pl.int_range(pl.len())
    words = words.with_columns(begins=pl.when(~beside).then(place).forward_fill())
    return words.select(
        t_at=pl.col("at").set_sorted(),
        t_place=pl.int_range(pl.len()),
        t_sentence="sentence",
        t_subject="subject",
        beside=place - pl.col("begins") + 1,
    )


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
    both = pair.replace_strict(_combined(), default=None, return_dtype=pl.String)
    follows = (
        (kind == "money") & kind.shift(1).is_in(["people", "rate"]) & (kind.shift(2) == kind.shift(1))
        & (sentence.shift(2) == sentence) & (pl.col("prev_gap") > BESIDE) & pl.col("pair").is_null()
        # 困境儿童26名、留守儿童63名,发放困境儿童生活费9万元 says whose it is
        & ~own
    ).fill_null(False)  # fmt: skip
    return rows.with_columns(subject=pl.when(follows & both.is_not_null()).then(both).otherwise(subject))


def _own_half(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """3120名重度残疾人发放两项补贴: those right behind the number receive the one that they name."""
    halves = {half: both for pair, both in _combined().items() for half in pair.split("+")}
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
    """基本生活费和照料护理费746万元: a sum of two goes to the first, or to what both make together."""
    beside = (
        (pl.col("sentence").shift(1) == pl.col("sentence")) & (pl.col("head") == "money")
        & (pl.col("head").shift(1) == "money") & (pl.col("qs_before").shift(1) == pl.col("qs_before"))
        & (pl.col("at") - pl.col("end_at").shift(1) == 1) & (pl.col("sep_at") < pl.col("at") - 1)
    ).fill_null(False)  # fmt: skip
    words = tokens.with_columns(
        first=pl.col("subject").shift(1), first_word=pl.col("word").shift(1), beside=beside
    )
    words = words.filter("beside").select("at", "first", "first_word", second="subject").unique("at")
    rows = rows.join(words, left_on="at_t", right_on="at", how="left", maintain_order="left")
    summed = (
        (pl.col("unit_class") == "money") & (pl.col("rule") == "noun before") & pl.col("run").is_null()
        & (pl.col("subject") == pl.col("second")) & (pl.col("first") != pl.col("second"))
    ).fill_null(False)  # fmt: skip
    pair = pl.concat_str("first", pl.lit("+"), "second")
    both = pair.replace_strict(_combined(), default=pl.col("first"), return_dtype=pl.String)
    return rows.with_columns(
        subject=pl.when(summed).then(both).otherwise("subject"),
        subject_word=pl.when(summed).then("first_word").otherwise("subject_word"),
    ).drop("first", "first_word", "second")


def _behind_all_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """What follows parts that add up to their whole, and names nothing itself, is said of the whole again.

    社会组织418家,其中社会团体132家、民办非企业单位286家,年内新成立19家: 19 social organisations
    """
    value, kind, sentence = pl.col("value"), pl.col("unit_class"), pl.col("sentence")
    place, whole = pl.int_range(pl.len(), dtype=pl.Int64), pl.lit(None, pl.Int64)
    for parts in (2, 3, 4):
        total = pl.sum_horizontal(value.shift(i) for i in range(parts))
        alike = (kind.shift(parts) == kind) & (kind.shift(1) == kind) & (sentence.shift(parts) == sentence)
        adds_up = ((total - value.shift(parts)).abs() < 0.5) & (total > parts) & alike
        whole = pl.when(adds_up).then(place - parts).otherwise(whole)
    rows = rows.with_columns(whole=whole, parts_to=pl.when(whole.is_not_null()).then("end_at"))
    said = rows.select("whole", "parts_to", _of=pl.when(pl.col("whole").is_not_null()).then("sentence"))
    said = said.select(pl.all().forward_fill().shift(1))
    same = said["_of"] == rows["sentence"]
    rows = rows.with_columns(pl.when(same).then(said[c]).alias(c) for c in ("whole", "parts_to"))
    of = rows.select(pl.col(*SUBJECT, "unit_class", "end_at").name.prefix("of_"))[rows["whole"].fill_null(0)]
    taken = (
        (pl.col("rule") == "earlier clause") & (pl.col("unit_class") == pl.col("of_unit_class"))
        & (pl.col("at_t") > pl.col("of_end_at")) & (pl.col("at_t") < pl.col("parts_to"))
    ).fill_null(False)  # fmt: skip
    rows = rows.hstack(of)
    return rows.with_columns(pl.when(taken).then(f"of_{c}").otherwise(c).alias(c) for c in SUBJECT).drop(
        "whole", "parts_to", *of.columns
    )
