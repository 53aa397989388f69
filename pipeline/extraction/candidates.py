"""Which subject each measured quantity belongs to: every candidate word near it, scored.

A quantity counts the nearest thing that fits it: the noun after it (`4所日间照料中心`), else the noun before it
(`高龄津贴411.8万元`), else what the sentence, the paragraph or the heading is about. The weights are in vocabulary/weights.csv.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.extraction.words import SEPARATORS, subject_words
from pipeline.vocabulary import rows as vocabulary

INTO = ["纳入", "享受", "认定为", "列为", "列入"]


@cache
def _compounds() -> pl.DataFrame:
    rows = [(n, r["token"], r["gives"]) for r in vocabulary("compounds.csv") for n in r["near"].split("/")]
    return pl.DataFrame(rows, schema=["near", "subject", "gives"], orient="row")


@cache
def _weights() -> dict[str, float]:
    return {r["feature"]: float(r["weight"]) for r in vocabulary("weights.csv")}


@cache
def _fits() -> dict[str, float]:
    return {f"{r['head']}/{r['class']}": float(r["points"]) for r in vocabulary("head_fit.csv")}


@cache
def _unit_classes() -> dict[str, str]:
    return {r["unit"]: r["class"] for r in vocabulary("unit_measures.csv") if r["class"]}


def unit_class(unit: pl.Expr) -> pl.Expr:
    """people, things, beds, couples, money, rate, events, area, time, share, rank or null."""
    return (
        pl.when(unit.str.starts_with("元/"))
        .then(pl.lit("rate"))
        .otherwise(unit.replace_strict(_unit_classes(), default=None, return_dtype=pl.String))
    )


def subject_tokens(stream: Stream, quantities: pl.DataFrame) -> pl.DataFrame:
    """The subject words of a stream, ambiguous ones read by the subject before them in the sentence.

    Adds qs_before (how many quantities stand before the word) and verb_before (a verb of doing in its clause).
    """
    tokens = stream.words.join(subject_words(), on="word", how="inner", maintain_order="left")
    clear = pl.when((pl.col("strength") >= 2) & ~pl.col("subject").str.starts_with("*")).then("subject")
    tokens = tokens.with_columns(near=clear.forward_fill().shift(1).over("line"))
    tokens = tokens.join(_compounds(), on=["near", "subject"], how="left", maintain_order="left")
    default = _compounds().filter(pl.col("near") == "*").select("subject", otherwise="gives")
    tokens = tokens.join(default, on="subject", how="left", maintain_order="left")
    tokens = tokens.with_columns(subject=pl.coalesce("gives", "otherwise", "subject")).drop(
        "gives", "near", "otherwise"
    )
    tokens = tokens.filter(~pl.col("subject").str.starts_with("*"))
    seps = stream.words.filter(pl.col("word").is_in(list(SEPARATORS))).select(
        pl.col("at").alias("sep_at").set_sorted()
    )
    tokens = tokens.join_asof(seps, left_on="at", right_on="sep_at", strategy="backward")
    tokens = stream.last_cue(stream.inner(tokens), "portion", "sentence").filter(~_named(stream, tokens))
    before = quantities.select(pl.col("at").set_sorted(), qs_before=pl.col("q") + 1)
    tokens = tokens.join_asof(before, on="at", strategy="backward").with_columns(
        pl.col("qs_before").fill_null(0)
    )
    return stream.last_cue(tokens, "verb").with_columns(verb_before=pl.col("verb").is_not_null())


def _named(stream: Stream, tokens: pl.DataFrame) -> pl.Series:
    """Whether a weak word (街道, 村, 社区) is the end of a proper name: 北山街道 counts no streets."""
    at = tokens.select("clause", "at", "strength", "word").join(
        stream.clauses.select("clause", clause_at="at", text="text"),
        on="clause",
        how="left",
        maintain_order="left",
    )
    before = pl.col("text").str.slice((pl.col("at") - pl.col("clause_at") - 2).clip(0), 2)
    place = pl.col("word").is_in(["街道", "镇", "乡", "村", "社区"]) & (pl.col("strength") == 1)
    return at.select(
        (
            place & before.str.contains(r"[\p{Han}][^个各全多每该本和、及与在城对的有为到农共区县市\P{Han}]$")
        ).fill_null(False)
    ).to_series()


def candidates(stream: Stream, quantities: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Every (quantity, subject word) pair of a sentence, and what is carried over from before it, with its score.

    `quantities`: q (running number), at, end_at, line, sentence, clause, right (text follows), class, depth, exists, the
    quantity before it (prev_end_at, prev_class) and the cues of its clause: toward (为/对 … N …), share_of (the place
    of 占), portion (the place of 其中). Returns q, subject, word, head, at_t, rule, score.
    """
    t = tokens.select(
        "at", "end_at", "word", "subject", "strength", "head", "sentence", "clause", "line", "qs_before", "verb_before",
        "verb_word", "verb_end_at", "sep_at", "depth", portion_t="portion_at",
    )  # fmt: skip
    q = quantities.select(
        "q", "at", "end_at", "line", "sentence", "clause", "right", "class", "depth", "exists", "toward", "share_of",
        "portion", "prev_end_at", "prev_class",
    )  # fmt: skip
    pairs = q.lazy().join(t.lazy(), on="sentence", how="inner", suffix="_t")
    is_left = pl.col("at_t") < pl.col("at")
    within = pl.col("clause") == pl.col("clause_t")
    rule = (
        pl.when(is_left & within).then(pl.lit("noun before")).when(is_left).then(pl.lit("earlier clause"))
        .when(within).then(pl.lit("noun after")).otherwise(pl.lit("later clause"))
    )  # fmt: skip
    kept = ("q", "subject", "word", "head", "at_t")
    own = pairs.select(
        *kept, rule=rule, score=_weigh(_features(is_left, within)), led=is_left & (pl.col("strength") >= 2)
    ).collect()
    led = own.filter("led").select("q").unique()["q"].implode()
    # what stands in brackets or behind 其中 is not what the next sentence is about
    strong = t.filter((pl.col("strength") >= 2) & (pl.col("depth") == 0) & pl.col("portion_t").is_null())
    strong = strong.select(
        t_at=pl.col("at").set_sorted(),
        word="word",
        subject="subject",
        strength="strength",
        head="head",
        line_t="line",
    )
    starts = stream.clauses.select("sentence", sent_at="at").unique(
        "sentence", keep="first", maintain_order=True
    )
    before = q.select("q", "line", "class", "sentence", "at").join(
        starts, on="sentence", how="left", maintain_order="left"
    )
    carried = before.join_asof(
        strong, left_on="sent_at", right_on="t_at", strategy="backward", check_sortedness=False
    )
    lines = pl.col("line") - pl.col("line_t")
    further = {"carried": pl.lit(1.0), "carried_lines": lines, "fit": _fit(), "led": pl.col("q").is_in(led)}
    carried = carried.filter(lines <= 6).select(
        "q", "subject", "word", "head", at_t="t_at", rule=pl.lit("carried over"), score=_weigh(further)
    )
    first = strong.unique("line_t", keep="first", maintain_order=True).rename({"line_t": "line"})
    about = {"topic": pl.lit(1.0), "fit": _fit(), "led": pl.col("q").is_in(led)}
    topic = before.join(first, on="line").filter(pl.col("t_at") < pl.col("at")).select(
        "q", "subject", "word", "head", at_t="t_at", rule=pl.lit("topic"), score=_weigh(about)
    )  # fmt: skip
    under = quantities.filter(pl.col("heading_subject").is_not_null()).select(
        "q", "class", subject="heading_subject", word="heading_word", head="heading_head", strength="heading_strength"
    )
    over = {"heading": pl.lit(1.0), "fit": _fit(), "led": pl.col("q").is_in(led)}
    heading = under.select(
        "q", "subject", "word", "head", at_t=pl.lit(None, pl.Int64), rule=pl.lit("heading"), score=_weigh(over)
    )
    return pl.concat([own.drop("led"), carried, topic, heading])


def _fit() -> pl.Expr:
    key = pl.concat_str(pl.col("head"), pl.lit("/"), pl.col("class").fill_null(""))
    return key.replace_strict(_fits(), default=0.0, return_dtype=pl.Float64)


def _features(is_left: pl.Expr, within: pl.Expr) -> dict[str, pl.Expr]:
    """What speaks for and against a pair of a sentence; the names are those of weights.csv."""
    clauses = (pl.col("clause") - pl.col("clause_t")).abs().clip(0, 6)
    between = (
        pl.when(is_left)
        .then(pl.col("q") - pl.col("qs_before"))
        .otherwise(pl.col("qs_before") - pl.col("q") - 1)
    )
    gap = (
        pl.when(is_left).then(pl.col("at") - pl.col("end_at_t")).otherwise(pl.col("at_t") - pl.col("end_at"))
    )
    done = ~is_left & within & pl.col("toward") & pl.col("verb_before") & (between == 0)
    weak, right = pl.col("strength") == 1, pl.col("right")
    beside = (pl.col("at_t") - pl.col("prev_end_at")).is_between(0, 8)
    return {
        "right": ~is_left & within & right,
        "right_bare": ~is_left & within & ~right,
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
        "over_list": ~is_left & within & ~right & (pl.col("sep_at") >= pl.col("end_at")),
        "into": ~is_left & within & pl.col("verb_word").is_in(INTO) & ((pl.col("at_t") - pl.col("verb_end_at")) <= 4) & (between <= 1),
        "inside": pl.col("depth_t") > pl.col("depth"),
        "exists": is_left & pl.col("exists") & right,
        "weak_far": weak & ~within,
        # 为30户困难家庭实施适老化改造 counts the work, 发放低保金 rather its receivers
        "done_to": done & (pl.col("head") != "money"),
        "paid_to": done & (pl.col("head") == "money"),
        # 占…的10% speaks of what stands before 占
        "of_whole": is_left & (pl.col("at_t") > pl.col("share_of")) & (pl.col("class") == "share"),
        "sibling": is_left & ~within & (pl.col("at_t") > pl.col("portion")),
        "weak_portion": is_left & (pl.col("at_t") > pl.col("portion")) & (pl.col("strength") <= 2),
        # 286名志愿者帮扶382户: the noun is taken by the number before it
        "used": is_left & (between == 0) & (pl.col("prev_class") == pl.col("class")) & beside
        & (pl.col("prev_end_at") > pl.col("sep_at")).fill_null(True),
    }  # fmt: skip


def _weigh(features: dict[str, pl.Expr]) -> pl.Expr:
    points = {1: _weights()["weak"], 2: _weights()["plain"], 3: _weights()["telling"]}
    strength = pl.col("strength").replace_strict(points, return_dtype=pl.Float64)
    return pl.sum_horizontal(
        strength, *(e.cast(pl.Float64).fill_null(0.0) * _weights()[name] for name, e in features.items())
    )


def best(pairs: pl.DataFrame) -> pl.DataFrame:
    """The subject of each quantity: q, subject, word, head, at_t, rule, score, and margin (its lead over other subjects)."""
    top = pairs.filter(pl.col("score") == pl.col("score").max().over("q")).unique(
        "q", keep="first", maintain_order=True
    )
    others = (
        pairs.select("q", "subject", "score")
        .join(top.select("q", chosen="subject"), on="q")
        .filter(pl.col("subject") != pl.col("chosen"))
    )
    second = others.group_by("q").agg(second_score=pl.col("score").max())
    return (
        top.join(second, on="q", how="left")
        .with_columns(margin=pl.col("score") - pl.col("second_score"))
        .drop("second_score")
    )
