"""The words for town and country in the order of the text, each with what it stands before or in."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.vocabulary import pattern

CUE = (
    "cue_at", "cue_end", "cue", "cue_clause", "cue_sentence", "cue_joint", "cue_subject", "cue_both",
    "cue_before", "cue_of_both",
)  # fmt: skip


def residence_cues(cues: Cues, tokens: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The cues in order (`CUE`, cue_next_q), each with the subject word that it stands before or in.

    cue is what it says, cue_before what the one before it in the sentence says; cue_joint: it says both
    (城乡); cue_both: another one stands before it; cue_next_q: the place of the next quantity.
    """
    words = tokens.select(word_at=pl.col("at").set_sorted(), near_subject="subject")
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
    said = said.with_columns(
        cue_subject=pl.when(pl.col("word_at") - pl.col("cue_end") <= 3).then("near_subject"),
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
    numbers = rows.select(cue_next_q=pl.col("at").sort())
    return said.join_asof(
        numbers,
        left_on="cue_end",
        right_on="cue_next_q",
        strategy="forward",
        coalesce=False,
        check_sortedness=False,
    )


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
