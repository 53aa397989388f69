"""Which subject each measured quantity belongs to: every candidate word near it, scored.

A quantity counts the nearest thing that fits it: the noun after it (`4所日间照料中心`), else the noun
before it (`高龄津贴411.8万元`), else what the sentence, the paragraph or the heading is about. The weights
are in vocabulary/subjects/weights.csv.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.sequence import DOCUMENT, Stream
from pipeline.extraction.subjects.compounds import settle_compounds
from pipeline.extraction.subjects.foreign import mark_foreign
from pipeline.extraction.words import SEPARATORS, subject_words
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

CANDIDATE = ("q", "subject", "word", "head", "at_t", "rule", "score")
NUMBERED = 8  # characters between a word and the number that is its own (低保对象增加到220户)
FAR = 6  # lines over which a subject is carried


@cache
def _weights() -> dict[str, float]:
    return {r["feature"]: float(r["weight"]) for r in vocabulary("subjects/weights.csv")}


@cache
def _fits() -> dict[str, float]:
    return {f"{r['head']}/{r['class']}": float(r["points"]) for r in vocabulary("subjects/head_fit.csv")}


@cache
def _unit_classes() -> dict[str, str]:
    return {r["unit"]: r["class"] for r in vocabulary("numbers/unit_measures.csv") if r["class"]}


def unit_class(unit: pl.Expr) -> pl.Expr:
    """The class of a unit, null where it has none.

    people, things, beds, couples, money, rate, events, area, time, share or rank.
    """
    return (
        pl.when(unit.str.starts_with("元/"))
        .then(pl.lit("rate"))
        .otherwise(unit.replace_strict(_unit_classes(), default=None, return_dtype=pl.String))
    )


def subject_tokens(stream: Stream, quantities: pl.DataFrame) -> pl.DataFrame:
    """The subject words of a stream in order, ambiguous ones read by the subject before them in their line.

    `quantities`: q (running number), at, in order. Returns the stream's columns of words with subject,
    strength, head, depth (open brackets), sep_at (the separator before it), the cues portion_* and verb_*,
    verb_before (whether a verb of doing stands before it in its clause) and qs_before (how many quantities
    stand before it).
    """
    tokens = stream.words.join(subject_words(), on="word", how="inner", maintain_order="left")
    tokens = mark_foreign(settle_compounds(tokens))
    seps = stream.words.filter(pl.col("word").is_in(list(SEPARATORS)))
    seps = seps.select(sep_at=pl.col("at").set_sorted())
    tokens = tokens.join_asof(seps, left_on="at", right_on="sep_at", strategy="backward")
    tokens = tokens.filter(~_ends_a_name(stream, tokens))
    colons = stream.words.filter(pl.col("word") == ":").select(colon_at=pl.col("at").set_sorted())
    tokens = tokens.join_asof(
        colons, left_on="end_at", right_on="colon_at", strategy="forward", check_sortedness=False
    )
    tokens = stream.last_cue(stream.with_depth(tokens), "portion", "sentence")
    before = quantities.select(pl.col("at").set_sorted(), qs_before=pl.col("q") + 1, q_end="end_at")
    tokens = tokens.join_asof(before, on="at", strategy="backward", check_sortedness=False)
    behind = quantities.select(next_q=pl.col("at").set_sorted())
    tokens = tokens.join_asof(
        behind, left_on="end_at", right_on="next_q", strategy="forward", check_sortedness=False
    )
    # 为30户低保对象、5人…: a word that follows its number leaves the next one to others
    led = pl.col("q_end") > pl.col("sep_at")
    tokens = tokens.with_columns(
        pl.col("qs_before").fill_null(0),
        titled=(pl.col("colon_at") - pl.col("end_at") <= 2).fill_null(False),
        # 救助570人,发放临时救助金36万元: but money can say whom it was paid to
        lends=(pl.col("head") == "money") & pl.col("portion_at").is_null(),
        owned=((pl.col("next_q") - pl.col("end_at") <= NUMBERED) & ~led.fill_null(False)).fill_null(False),
    ).drop("q_end", "next_q", "colon_at")
    return stream.last_cue(tokens, "verb").with_columns(verb_before=pl.col("verb").is_not_null())


def _ends_a_name(stream: Stream, tokens: pl.DataFrame) -> pl.Series:
    """Whether a weak word (街道, 村, 社区) is the end of a proper name: 北山街道 counts no streets."""
    clauses = stream.clauses.select("clause", "text", clause_at="at")
    at = tokens.select("clause", "at", "strength", "word").join(
        clauses, on="clause", how="left", maintain_order="left"
    )
    before = pl.col("text").str.slice((pl.col("at") - pl.col("clause_at") - 2).clip(0), 2)
    place = pl.col("word").str.contains(pattern("place_word")) & (pl.col("strength") == 1)
    ends = place & before.str.contains(pattern("ends_a_name"))
    return at.select(ends.fill_null(False)).to_series()


def candidates(stream: Stream, quantities: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Every pair of a quantity and a subject word that may be meant by it, with its score.

    `quantities`: q (running number), at, end_at, line, sentence, clause, right (text follows), class, depth,
    exists, the quantity before it (prev_end_at, prev_class), the heading above it (heading_subject, …_word,
    …_head, …_strength) and the cues of its clause: toward (为/对 … N …), share_of (the place of 占),
    portion (the place of 其中). `tokens`: see `subject_tokens`. Returns `CANDIDATE`: at_t is the place of
    the word (null for a heading), rule says how the word was found.
    """
    plain = tokens.filter(pl.col("strength") >= 2).select(
        pl.col("at").set_sorted(), own_clause="clause", own_at="at", own_end="end_at"
    )
    quantities = quantities.join_asof(plain, on="at", strategy="backward", check_sortedness=False)
    own = _in_sentence(quantities, tokens)
    # A sentence that names a subject before the number is less likely to go on about an earlier one.
    led = own.filter("led").select("q").unique()["q"].implode()
    quantities = quantities.with_columns(led=pl.col("q").is_in(led))
    # What stands in brackets or behind 其中 is not what the next sentence is about.
    main = (
        (pl.col("strength") >= 2)
        & (pl.col("depth") == 0)
        & pl.col("portion_at").is_null()
        & ~pl.col("foreign")
    )
    themes = tokens.filter(main).select(
        "word", "subject", "strength", "head", at_t=pl.col("at").set_sorted(), line_t="line"
    )
    found = (
        own,
        _carried(stream, quantities, themes),
        _paragraph_topic(quantities, themes),
        _heading(quantities),
    )
    return pl.concat([f.select(CANDIDATE) for f in found])


def _in_sentence(quantities: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """The words of each quantity's sentence: `CANDIDATE` and led (a plain word before the number)."""
    words = tokens.select(
        "at", "end_at", "word", "subject", "strength", "head", "sentence", "clause", "qs_before",
        "verb_before", "verb_word", "verb_end_at", "sep_at", "depth", "owned", "lends", "titled", "foreign",
    )  # fmt: skip
    numbers = quantities.select(
        "q", "at", "end_at", "sentence", "clause", "right", "class", "depth", "exists", "toward", "share_of",
        "portion", "prev_end_at", "prev_class", "own_clause", "own_at", "own_end",
    )  # fmt: skip
    is_left = pl.col("at_t") < pl.col("at")
    within = pl.col("clause") == pl.col("clause_t")
    rule = (
        pl.when(is_left & within).then(pl.lit("noun before")).when(is_left).then(pl.lit("earlier clause"))
        .when(within).then(pl.lit("noun after")).otherwise(pl.lit("later clause"))
    )  # fmt: skip
    pairs = numbers.lazy().join(
        words.lazy(), on="sentence", how="inner", suffix="_t", maintain_order="left_right"
    )
    pairs = pairs.filter(~pl.col("foreign") | within | is_left)
    return pairs.select(
        *CANDIDATE[:-2],
        rule=rule,
        score=_weigh(_features(is_left, within)),
        led=is_left & (pl.col("strength") >= 2),
    ).collect()


def _carried(stream: Stream, quantities: pl.DataFrame, themes: pl.DataFrame) -> pl.DataFrame:
    """The last theme before each quantity's sentence, at most `FAR` lines above."""
    starts = stream.clauses.select("sentence", sentence_at="at").unique(
        "sentence", keep="first", maintain_order=True
    )
    rows = quantities.select("q", "line", "class", "sentence", "led").join(
        starts, on="sentence", how="left", maintain_order="left"
    )
    rows = rows.join_asof(
        themes,
        left_on="sentence_at",
        right_on="at_t",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    lines = pl.col("line") - pl.col("line_t")
    score = _weigh({"carried": pl.lit(1.0), "carried_lines": lines, "fit": _fit(), "led": pl.col("led")})
    same_text = pl.col("at_t") // DOCUMENT == pl.col("sentence_at") // DOCUMENT
    return rows.filter(same_text & (lines <= FAR)).with_columns(rule=pl.lit("carried over"), score=score)


def _paragraph_topic(quantities: pl.DataFrame, themes: pl.DataFrame) -> pl.DataFrame:
    """The first theme of each quantity's line, where it stands before the quantity."""
    first = themes.unique("line_t", keep="first", maintain_order=True).rename({"line_t": "line"})
    rows = quantities.select("q", "at", "line", "class", "led").join(first, on="line")
    score = _weigh({"topic": pl.lit(1.0), "fit": _fit(), "led": pl.col("led")})
    return rows.filter(pl.col("at_t") < pl.col("at")).with_columns(rule=pl.lit("topic"), score=score)


def _heading(quantities: pl.DataFrame) -> pl.DataFrame:
    """The subject that the heading above each quantity names."""
    rows = quantities.filter(pl.col("heading_subject").is_not_null()).select(
        "q",
        "class",
        "led",
        subject="heading_subject",
        word="heading_word",
        head="heading_head",
        strength="heading_strength",
        at_t=pl.lit(None, pl.Int64),
    )
    score = _weigh({"heading": pl.lit(1.0), "fit": _fit(), "led": pl.col("led")})
    return rows.with_columns(rule=pl.lit("heading"), score=score)


def _fit() -> pl.Expr:
    """How well the kind of thing that a word names goes with the quantity's class (head_fit.csv)."""
    key = pl.concat_str(pl.col("head"), pl.lit("/"), pl.col("class").fill_null(""))
    return key.replace_strict(_fits(), default=0.0, return_dtype=pl.Float64)


def _features(is_left: pl.Expr, within: pl.Expr) -> dict[str, pl.Expr]:
    """What speaks for and against a pair of a sentence; the names and weights are those of weights.csv.

    `is_left`: the word stands before the number; `within`: in its clause. Columns that end in `_t` are the
    word's.
    """
    clauses = (pl.col("clause") - pl.col("clause_t")).abs().clip(0, 6)
    q, at, end_at = pl.col("q"), pl.col("at"), pl.col("end_at")
    between = pl.when(is_left).then(q - pl.col("qs_before")).otherwise(pl.col("qs_before") - q - 1)
    gap = pl.when(is_left).then(at - pl.col("end_at_t")).otherwise(pl.col("at_t") - end_at)
    weak, right = pl.col("strength") == 1, pl.col("right")
    follows = ~is_left & within
    done = follows & pl.col("toward") & pl.col("verb_before") & (between == 0)
    taken_in = pl.col("verb_word").str.contains(pattern("into")) & (
        (pl.col("at_t") - pl.col("verb_end_at")) <= 4
    )
    beside_last = (pl.col("at_t") - pl.col("prev_end_at")).is_between(0, 8) & (
        pl.col("prev_end_at") > pl.col("sep_at")
    ).fill_null(True)
    return {
        "right": follows & right,
        "right_bare": follows & ~right,
        "later": ~is_left & ~within,
        "left": is_left & ~right,
        "left_bare": is_left & right,
        "char": gap.clip(0, 60),
        "clause_left": pl.when(is_left).then(clauses).otherwise(0),
        "clause_right": pl.when(is_left).then(0).otherwise(clauses),
        "number_left": pl.when(is_left).then(between.clip(0, 8)).otherwise(0),
        "number_right": pl.when(is_left).then(0).otherwise(between.clip(0, 8)),
        "fit": pl.when(weak).then(_fit().clip(None, 0)).otherwise(_fit()),
        # 5个社会组织、3个…: a noun behind a comma or bracket does not belong to the number before it
        "over_list": follows & ~right & (pl.col("sep_at") >= pl.col("end_at")),
        "into": follows & taken_in & (between <= 1),
        # 发放款物13万元,走访低保对象220户: a word with a number of its own has none before it
        "owned": ~is_left & pl.col("owned") & ~(pl.col("lends") & (pl.col("class") == "people")),
        # 低保标准738元,医保补助标准640元: the number's own clause names another subject before it
        "passed": is_left & ~within & (pl.col("own_clause") == pl.col("clause")),
        # 特困供养金120万元、孤儿养育金86万元: the number has a noun of its own right before it
        "beside_own": is_left
        & (between >= 1)
        & (pl.col("at_t") < pl.col("own_at"))
        & (at - pl.col("own_end") <= 2),
        # 社会组织:新登记26家,变更38家,…: a title holds through its sentence
        "titled": is_left & ~within & pl.col("titled"),
        "inside": pl.col("depth_t") > pl.col("depth"),
        "exists": is_left & pl.col("exists") & right,
        "weak_far": weak & ~within,
        # 为30户困难家庭实施适老化改造 counts the work, 发放低保金 rather its receivers
        "weak_money": weak & pl.col("class").is_in(["money", "rate"]),
        "done_to": done & (pl.col("head") != "money"),
        "paid_to": done & (pl.col("head") == "money"),
        # 占…的10% speaks of what stands before 占
        "of_whole": is_left & (pl.col("at_t") > pl.col("share_of")) & (pl.col("class") == "share"),
        "sibling": is_left & ~within & (pl.col("at_t") > pl.col("portion")),
        "weak_portion": is_left & (pl.col("at_t") > pl.col("portion")) & (pl.col("strength") <= 2),
        # 286名志愿者帮扶382户: the noun is taken by the number before it
        "used": is_left & (between == 0) & (pl.col("prev_class") == pl.col("class")) & beside_last,
    }


def _weigh(features: dict[str, pl.Expr]) -> pl.Expr:
    """The score of a pair: its strength and features (null is 0), each times its weight."""
    weights = _weights()
    points = {1: weights["weak"], 2: weights["plain"], 3: weights["telling"]}
    strength = pl.col("strength").replace_strict(points, return_dtype=pl.Float64)
    weighed = (e.cast(pl.Float64).fill_null(0.0) * weights[name] for name, e in features.items())
    return pl.sum_horizontal(strength, *weighed)


def best(pairs: pl.DataFrame) -> pl.DataFrame:
    """The subject of each quantity: `CANDIDATE` and margin, its lead over other subjects, if any."""
    # Of equal scores the earlier pair is taken.
    ranked = pairs.sort("q", "score", descending=[False, True], maintain_order=True)
    first = (pl.col("q") != pl.col("q").shift(1)).fill_null(True)
    ranked = ranked.with_columns(first=first, place=first.cum_sum() - 1)
    top = ranked.filter("first").drop("first", "place")
    others = ranked.filter(pl.col("subject") != top["subject"].gather(ranked["place"]))
    second = others.filter(first).select("q", second_score="score")
    top = top.join(second, on="q", how="left", maintain_order="left")
    return top.with_columns(margin=pl.col("score") - pl.col("second_score")).drop("second_score")
