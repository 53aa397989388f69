"""What headings and labels say of town and country to the numbers below and behind them."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary


def subjects_of_rule(rule: str) -> list[str]:
    """The subjects of a rule: carries (a cue holds on in its sentence), name (no cue counts: 城乡社区)."""
    return [r["subject"] for r in vocabulary("fields/residence_rules.csv") if r["rule"] == rule]


def labels(said: pl.DataFrame, cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """What lines say of town or country in a first sentence without a figure (农村低保。), in brackets
    before it (【农村低保】) or up to a colon (农村低保:), and what stands so further on in them: line,
    subject, label, label_at."""
    firsts = cues.clauses.unique("line", keep="first", maintain_order=True)
    bare = pl.col("cue_sentence").is_in(firsts["sentence"].implode())
    bare &= ~pl.col("cue_sentence").is_in(rows["sentence"].unique().implode())
    label = pl.coalesce(pl.col("text").str.extract(pattern(name)) for name in ("bracketed", "line_label"))
    ends = firsts.select(
        "clause",
        bracket=pl.col("at") + label.str.len_chars(),
        several=pl.col("text").str.contains(pattern("several_benefits")),
    )
    said = said.join(ends, left_on="cue_clause", right_on="clause", how="left", maintain_order="left")
    found = said.filter(
        (bare | pl.col("cue_heads") | (pl.col("cue_at") < pl.col("bracket")).fill_null(False))
        & pl.col("cue_subject").is_not_null()
        & (pl.col("cue") != "total")
        & ~pl.col("cue_joint")
    )
    # 城镇三无、低保部分。is of each benefit that it names
    carries = pl.lit(subjects_of_rule("carries"), pl.List(pl.String))
    subject = pl.when("several").then(carries).otherwise(pl.concat_list("cue_subject"))
    found = found.select(line="cue_line", subject=subject, label="cue", label_at="cue_at")
    return found.explode("subject").sort("label_at")


def headed_by(of_head: pl.DataFrame, said: pl.DataFrame, subjects: pl.DataFrame) -> pl.Series:
    """What a heading says of town or country, but not of another thing: 农村敬老院建设 over those in want, or
    城市低保 over 临时救助320人次, which names what it is of itself. `subjects`: subject and rule."""
    named = of_head.join(said, left_on="at", right_on="cue_at", how="left", maintain_order="left")
    named = named.hstack(subjects.select("subject", "rule"))
    groups = pl.col("cue_subject").is_in(subjects_of_rule("group")) & pl.col("subject").is_in(
        subjects_of_rule("carries")
    )
    # of one benefit to those who draw another
    benefit = pl.col("cue_subject").is_in(["dibao", "tekun"]) & pl.col("subject").is_in(
        subjects_of_rule("given")
    )
    groups &= ~(benefit & pl.col("rule").is_in(["noun before", "noun after"]))
    own = (pl.col("cue_subject") == pl.col("subject")) | pl.col("cue_subject").is_in(subjects_with("work"))
    return named.select(
        headed=pl.when((own | groups).fill_null(True)).then("value")  # no thing named
    ).to_series()
