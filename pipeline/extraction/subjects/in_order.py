"""Numbers and subjects that answer each other in their order: behind 分别, as 前者 and 后者.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.words import subject_words
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

SUBJECT = ("subject", "subject_word", "head")
FROM_AFAR = ("earlier clause", "carried over", "topic", "heading")  # rules of words that no own clause holds
BESIDE_A_PAIR = 10  # characters between two subjects and the two numbers that answer them
WITHIN = 4  # characters of a word of change that 分别 can stand within


def since_the_last(before: pl.Expr, where: pl.Expr) -> pl.Expr:
    """The text before a number in its clause, `where` from the number before it on."""
    return pl.when(where.fill_null(False)).then(before.str.tail(pl.col("prev_gap").clip(0))).otherwise(before)


def own_words() -> pl.Expr:
    """The text before a number in its clause, from the number before it on where that stands there too."""
    return since_the_last(pl.col("quote_before"), pl.col("clause") == pl.col("clause").shift(1))


def its_place(in_turn: pl.Expr) -> pl.Expr:
    """Which of the words before a row of numbers is a number's, counted from the last (-1): `in_turn` the one
    at its place in the row, else the last."""
    return pl.when(in_turn.fill_null(False)).then(pl.col("nth") - 1 - pl.col("run")).otherwise(-1)


def unnamed() -> pl.Expr:
    """Whether no word right before a number, in its clause, names what it is of."""
    return pl.col("at_t").fill_null(-1) < pl.col("at") - pl.col("quote_before").str.len_chars()


@cache
def combined() -> dict[str, str]:
    """The subject that two subjects make together, by `first+second` (combined.csv)."""
    return {f"{r['first']}+{r['second']}": r["together"] for r in vocabulary("subjects/combined.csv")}


@cache
def _turned() -> list[str]:
    """The words that name two subjects in the other order than combined.csv (事实无人抚养儿童、孤儿)."""
    words = subject_words()
    named = {subject: tuple(found) for subject, found in words.group_by("subject").agg("word").iter_rows()}
    halves = {together: pair.split("+") for pair, together in reversed(combined().items())}
    found = words.filter(pl.col("subject").is_in(list(halves))).select("word", "subject")
    return [
        word
        for word, (first, second) in ((word, halves[together]) for word, together in found.iter_rows())
        if word.startswith(named.get(second, ())) and not word.startswith(named.get(first, ()))
    ]


def taking(rows: pl.DataFrame, of: pl.DataFrame, told: pl.Expr, rule: str | None = None) -> pl.DataFrame:
    """The quantities with the subject of another one, where `told`, and there by this `rule`.

    `of`: what stands of that one, a row a row, in columns of_NAME that `told` may ask for and that are left
    out again.
    """
    both = rows.hstack(of)
    taken = both.select(told=told)["told"]
    if not taken.any():
        return rows
    chosen = [pl.when(taken).then(f"of_{c}").otherwise(c).alias(c) for c in SUBJECT]
    if rule:
        chosen.append(pl.when(taken).then(pl.lit(rule)).otherwise("rule").alias("rule"))
    return both.with_columns(chosen).drop(of.columns)


def taking_the_one_before(rows: pl.DataFrame, told: pl.Expr) -> pl.DataFrame:
    """The quantities with the subject of the quantity before them, where `told`; several in a row, such as a
    share and by how much it is above another, with that of the last one before them all.
    """
    itself = rows.select(itself=~told)["itself"]
    if itself.all(ignore_nulls=False):
        return rows
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    of = rows.select(at=pl.when(itself).then(place).forward_fill().fill_null(0))["at"]
    return rows.with_columns(rows.select(SUBJECT)[of])


def taking_the_last(rows: pl.DataFrame, named: pl.Expr, within: str, told: pl.Expr) -> pl.DataFrame:
    """The quantities with the subject of the last one so far that is `named` and has the same `within` (its
    sentence, say), where `told`, which may ask for of_NAME as in `taking`; where there is none, as they are.
    """
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    at = rows.select(at=latest(pl.when(named).then(place), within))["at"]
    of = rows.select(pl.col(SUBJECT).name.prefix("of_"))[at.fill_null(0)]
    return taking(rows, of, (pl.lit(at).is_not_null() & told).fill_null(False))


def taking_the_next(rows: pl.DataFrame, told: pl.Expr) -> pl.DataFrame:
    """The quantities with the subject of the quantity behind them, where `told`."""
    taken = rows.select(told=told)["told"]
    if not taken.any():
        return rows
    return rows.with_columns(pl.when(taken).then(pl.col(c).shift(-1)).otherwise(c).alias(c) for c in SUBJECT)


def subjects_in_order(rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """A row of numbers behind 分别 takes as many subjects named before it, in their order.

    孤儿、困境儿童标准分别为1600元和1200元; of two right behind two 分别 need not be said:
    发放低保和特困供养资金120万元和50万元
    """
    rows = rows.with_columns(bare=_bare_pair())
    listed = rows.filter(
        pl.col("run").is_not_null() & (pl.col("respectively").is_not_null() | pl.col("bare"))
    )
    if listed.is_empty():
        return rows.drop("bare")
    words = _neighbouring_subjects(tokens)
    first_at = pl.when(pl.col("nth") == 1).then("at").otherwise(pl.col("at").shift(1))
    listed = listed.select(
        "q", "pair", "nth", "run", "sentence", "subject", "subject_word", "bare",
        key=pl.when("bare").then(first_at).otherwise("respectively_at"),
    )  # fmt: skip
    listed = listed.sort("key").join_asof(words, left_on="key", right_on="t_at", strategy="backward")
    listed = listed.filter(~pl.col("bare") | (pl.col("key") - pl.col("t_end") <= BESIDE_A_PAIR))
    # one word that names both (残疾人两项补贴) comes apart; else words beside each other
    halves = {together: pair.split("+") for pair, together in reversed(combined().items())}
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
    ).drop("ordered", "bare")


def _bare_pair() -> pl.Expr:
    """Whether a number is one of two of one class that a conjunction joins, without 分别 before them."""
    joins = pl.col("quote_before").str.contains("[和与及]$") & (pl.col("clause") == pl.col("clause").shift(1))
    second = (pl.col("run") == 2) & (pl.col("nth") == 2) & joins & pl.col("respectively").is_null()
    second &= (pl.col("rule") != "noun after") & (pl.col("rule").shift(1) != "noun after")
    return (second | second.shift(-1)).fill_null(False)


def _neighbouring_subjects(tokens: pl.DataFrame) -> pl.DataFrame:
    """The subject words in order, and how many stand in one row up to each: t_at, t_place (its running
    number), t_end, t_sentence, subject, beside.

    A row ends where another number or more than a conjunction lies between.
    """
    words = tokens.filter(pl.col("strength") >= 2).unique("at", keep="first", maintain_order=True)
    # 孤儿、事实无人抚养儿童 is one word that names two
    halves = {together: pair.split("+") for pair, together in reversed(combined().items())}
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
        t_end="end_at",
        t_place=pl.int_range(pl.len()),
        t_sentence="sentence",
        t_subject="subject",
        beside=place - pl.col("begins") + 1,
    )


def quantities_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """A row of shares, rates or sums speaks of as many quantities before it, in their order.

    城市低保312人、农村低保2011人,分别增长2%和3%; 为孤儿12人、事实无人抚养儿童30人发放20万元、50万元,
    or 按每人每月1510元、1208元发放; 结婚1391对、离婚604对,分别增加88对和37对
    """
    kind, row = pl.col("unit_class"), pl.col("q") - pl.col("nth")
    place = pl.int_range(pl.len()) - pl.col("run") - _to_one()
    fits = pl.col("run").is_not_null() & (place >= 0)
    answered = rows.select(place=pl.when(fits).then(place))["place"]
    if answered.null_count() == len(answered):
        return rows
    said = rows.select(pl.col(*SUBJECT, "unit_class", "sentence").name.prefix("of_"))
    of_kind = pl.col("of_unit_class")
    taken_up = pl.col("respectively").is_not_null() & (
        # 生活补贴标准80元、护理补贴标准90元,分别有4021人、7130人享受
        kind.is_in(["share", "rate"]) | (kind == "people") & (of_kind == "rate")
    )
    paid = kind.is_in(["money", "rate"]) & (of_kind == "people")
    # 同比分别减少1873对和254对
    changes = (pl.col("respectively_at") < pl.col("delta_at") + WITHIN) & (of_kind == kind)
    # 城市标准提高5%、6%,农村标准分别提高8%、9%: no growth is said of a growth
    changes &= (kind != "share") | (pl.col("rule") != "noun before")
    # 结婚4384对、离婚1743对,上年同期为4415对和1802对
    again = pl.col("quote_before").str.contains(pattern("again")).first().over(row) & (of_kind == kind)
    # 护理型床位占比达到55%、月探访率达到100%,目前分别为66.8%和98%
    reached = pl.col("respectively").is_not_null() & (of_kind == kind) & (pl.col("rule") == "earlier clause")
    reached &= (pl.col("of_subject").n_unique() == pl.len()).over(row)
    answers = (
        fits & ((taken_up | paid) & (of_kind != kind) | changes | again | reached)
        & (pl.col("rule") != "respectively")
        & (of_kind.n_unique().over(row) == 1)
        & (pl.col("of_sentence") == pl.col("sentence"))
    ).fill_null(False)  # fmt: skip
    return taking(rows, said[answered.fill_null(0)], answers, "respectively")


def _to_one() -> pl.Expr:
    """1 where one number stands between a pair and those that answer it, else 0.

    由500元、250元提高到650元,分别提高30%、160%
    """
    told = pl.lit(False)
    for nth in (1, 2):
        before = [pl.col("pair").shift(n) for n in (nth + 2, nth + 1, nth)]
        alone = (before[0] == 1) & (before[1] == 2) & before[2].is_null()
        alone &= pl.col("unit_class").shift(nth) == pl.col("unit_class").shift(nth + 1)
        told |= (alone & (pl.col("nth") == nth) & (pl.col("run") == 2)).fill_null(False)
    return told.cast(pl.Int64)


def done_in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """改造中心6家,新增床位60张,改造240户,已分别完成4家、30张和151户: each is of what was counted so before.

    Takes numbers of several kinds; rows of one kind are told by `quantities_in_order`.
    """
    opened = pl.col("respectively_at").is_not_null()
    goes_on = opened & (pl.col("prev_gap") <= 1) & (pl.col("respectively_at") < pl.col("prev_end_at"))
    if not rows.select(opened.any()).item():
        return rows
    rows = rows.with_columns(chain=(~goes_on.fill_null(False)).cum_sum())
    size = pl.len().over("chain").cast(pl.Int64)
    place = pl.int_range(pl.len(), dtype=pl.Int64) - size
    at = rows.select(at=pl.when(opened & (size > 1) & (place >= 0)).then(place))["at"]
    of = rows.select(pl.col(*SUBJECT, "unit", "sentence").name.prefix("of_"))[at.fill_null(0)]
    # 151户 of 240户, in the same sentence or the one before
    near = pl.col("sentence") - pl.col("of_sentence") <= 1
    same = (pl.col("of_unit") == pl.col("unit")) & near & pl.lit(at).is_not_null()
    told = rows.hstack(of).select(same=same.fill_null(False), chain="chain", unit="unit")
    several = pl.col("unit").n_unique().over("chain") > 1
    answers = pl.lit(told.select(pl.col("same").all().over("chain") & several).to_series())
    return taking(rows.drop("chain"), of, answers, "respectively")


def former_and_latter(rows: pl.DataFrame) -> pl.DataFrame:
    """结婚5.8万对、离婚2.6万对,前者下降3.6%,后者上升4.5%: each is of one of the two numbers before them."""
    before = pl.col("quote_before")
    former, latter = before.str.contains(pattern("former")), before.str.contains(pattern("latter"))
    after_former = latter & former.shift(1).fill_null(False)
    back = pl.when(former & ~latter | after_former).then(2).when(latter).then(1)
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    at = rows.select(at=pl.when(place >= back).then(place - back))["at"]
    if at.null_count() == len(at):
        return rows
    of = rows.select(pl.col(*SUBJECT, "sentence").name.prefix("of_"))[at.fill_null(0)]
    told = (pl.lit(at).is_not_null() & (pl.col("of_sentence") == pl.col("sentence"))).fill_null(False)
    return taking(rows, of, told, "respectively")
