"""The words for town and country in the order of the text, each with what it stands before or in."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.vocabulary import pattern

CUE = (
    "cue_at", "cue_end", "cue", "cue_clause", "cue_sentence", "cue_joint", "cue_subject", "cue_both",
    "cue_before", "cue_of_both", "cue_of",
)  # fmt: skip
FAR = 10  # characters between a cue and the word that it speaks of: 城市全年新增低保对象


def residence_cues(cues: Cues, tokens: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The cues in order (`CUE`, cue_next_q), each with the subject word that it stands before or in.

    cue is what it says, cue_before what the one before it in the sentence says; cue_joint: it says both
    (城乡); cue_both: another one stands before it; cue_between: the class of the last number between these;
    cue_paired, cue_changes: all classes and changes there; cue_next_q: the place of the next quantity;
    cue_until: where the bracket closes that it stands in; cue_led: whether it stands behind 的; cue_of: the
    subject named behind it in its clause.
    """
    words = tokens.select(word_at=pl.col("at").set_sorted(), near_subject="subject", word_clause="clause")
    words = words.unique("word_at", keep="first", maintain_order=True)
    said = cues.of("residence").select(
        cue_at="at",
        cue_end="end_at",
        cue="value",
        cue_clause="clause",
        cue_line="line",
        cue_sentence="sentence",
        cue_word="word",
    )
    said = said.join_asof(words, left_on="cue_at", right_on="word_at", strategy="forward", coalesce=False)
    before, value = pl.col("cue").shift(1), pl.col("cue")
    same_sentence = pl.col("cue_sentence").shift(1) == pl.col("cue_sentence")
    differs = (before != value) & same_sentence
    # 城镇社区和农村: one after the other, without a number between
    touching = differs & (pl.col("cue_at") - pl.col("cue_end").shift(1)).is_between(1, 2)
    # 分城乡看,城市812万元
    touching &= pl.col("cue_clause") == pl.col("cue_clause").shift(1)
    touching = touching.fill_null(False)
    near = pl.col("word_at") - pl.col("cue_end") <= FAR
    said = said.with_columns(
        cue_subject=pl.when(pl.col("word_at") - pl.col("cue_end") <= 3).then("near_subject"),
        cue_of=pl.when(near & (pl.col("word_clause") == pl.col("cue_clause"))).then("near_subject"),
        cue_joint=touching | pl.col("cue_word").str.contains(pattern("town_and_country")),
        cue_both=(differs & (before != "total")).fill_null(False),
        cue_before=pl.when(same_sentence).then(before),
        cue_of_both=(value.n_unique() > 1).over("cue_line"),
        before_at=pl.when(same_sentence).then(pl.col("cue_at").shift(1)),
        cue=pl.when(touching).then(pl.lit("total")).otherwise("cue"),
    ).select(pl.col("cue_at").set_sorted(), *CUE[1:], "before_at", "cue_line")
    last = rows.select(number_at=pl.col("at").set_sorted(), number_class="unit_class")
    said = said.join_asof(last, left_on="cue_at", right_on="number_at", strategy="backward", coalesce=False)
    between = pl.col("number_at") > pl.col("before_at")
    said = said.with_columns(cue_between=pl.when(between).then("number_class"))
    told = rows.select(pl.col("at").set_sorted(), "unit_class", "change").join_asof(
        said.select("cue_at"), left_on="at", right_on="cue_at", strategy="backward", coalesce=False
    )
    told = (
        told.drop_nulls("cue_at")
        .group_by(before_at="cue_at")
        .agg(cue_paired=pl.col("unit_class").unique(), cue_changes=pl.col("change").unique())
    )
    said = said.join(told, on="before_at", how="left", maintain_order="left")
    numbers = rows.select(cue_next_q=pl.col("at").sort())
    said = said.join_asof(
        numbers,
        left_on="cue_end",
        right_on="cue_next_q",
        strategy="forward",
        coalesce=False,
        check_sortedness=False,
    )
    return _in_clauses(said, cues.clauses)


def _in_clauses(said: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Add what the clause of each cue tells: cue_until (特困人员870人(城市26人),集中供养…), cue_led, and
    cue_heads, whether it stands in a label (2、农村低保:)."""
    texts = clauses.select(cue_clause="clause", from_at="at", text="text")
    said = said.join(texts, on="cue_clause", how="left", maintain_order="left")
    begins, ends = pl.col("cue_at") - pl.col("from_at"), pl.col("cue_end") - pl.col("from_at")
    before, behind = pl.col("text").str.head(begins), pl.col("text").str.slice(ends)
    opened = before.str.contains(r"\([^()]*$")
    # also where the bracket opens in a clause before: 特困人员870人(城市26人,农村844人),…
    until = pl.col("cue_end") + behind.str.extract(r"^([^()]*)\)").str.len_chars()
    return said.with_columns(
        cue_until=pl.when(opened & until.is_null())
        .then(until.backward_fill().over("cue_sentence"))
        .otherwise(until),
        cue_led=before.str.ends_with("的"),
        cue_heads=before.str.contains(pattern("label_before")) & behind.str.contains(pattern("label_behind")),
    ).drop("from_at", "text")


def cues_in_words(cues: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The cue right before or in the word that decided the subject: q, beside, beside_line (its line)."""
    words = rows.select("q", "subject", word_at="at_t").drop_nulls().sort("word_at")
    near = cues.select("cue_at", "cue_end", "cue_subject", beside="cue", beside_line="cue_line")
    found = words.join_asof(near, left_on="word_at", right_on="cue_at", strategy="backward")
    own = pl.col("cue_subject").is_null() | (pl.col("cue_subject") == pl.col("subject"))
    held = pl.col("word_at") == pl.col("cue_at")
    touching = (pl.col("word_at") - pl.col("cue_end")).is_between(0, 2)
    joined = pl.col("word_at") == pl.col("cue_end")  # 城市社区 before 日间照料中心
    return found.filter(((held | touching) & own) | joined).select("q", "beside", "beside_line")


def cues_behind(cues: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """What is said of people right behind their number: 走访40名农村低保对象, 25户就医难的农村低保户."""
    near = cues.select("cue_at", "cue_end", "cue", "cue_clause", "cue_led", "cue_next_q")
    found = rows.select("end_at", "clause", "unit_class", next_at=pl.col("at").shift(-1)).join_asof(
        near, left_on="end_at", right_on="cue_at", strategy="forward", check_sortedness=False, coalesce=False
    )
    gap = pl.col("cue_at") - pl.col("end_at")
    holds = (pl.col("unit_class") == "people") & (pl.col("clause") == pl.col("cue_clause"))
    holds &= (pl.col("next_at") > pl.col("cue_at")).fill_null(True)
    holds &= (gap == 0) | (pl.col("cue_led") & (gap <= FAR))
    # 城镇312户486人农村420户: the next one's, without a comma
    holds &= (pl.col("cue_next_q") - pl.col("cue_end") > 2).fill_null(True)
    return found.select(behind=pl.when(holds).then("cue")).to_series()
