"""Reports that are mostly about what is no business of civil affairs, such as a government's own.

In them a word counts only where it names its subject by itself, and nothing is carried from one sentence
into the next, which is as likely to be about ports or schools.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.words import subjects_of

ENOUGH, MOSTLY = 8, 0.4  # plain words, and the share of other things among them, that make a report foreign


def in_foreign_reports(words: pl.DataFrame) -> pl.Series:
    """Whether each word stands in such a report. `words`: subject words with document_id, subject and
    strength."""
    named = words.filter(pl.col("strength") >= 2).group_by("document_id")
    shares = named.agg(other=(pl.col("subject") == "other").mean(), size=pl.len())
    foreign = shares.filter((pl.col("size") >= ENOUGH) & (pl.col("other") >= MOSTLY))["document_id"]
    return words.select(pl.col("document_id").is_in(foreign.implode())).to_series()


def too_vague_there() -> pl.Expr:
    """Whether a word (subject, strength, foreign) says too little to count in such a report."""
    of_offices = (pl.col("strength") == 2) & pl.col("subject").is_in(subjects_of("administration"))
    vague = (pl.col("strength") == 1) | of_offices
    return pl.col("foreign") & vague & (pl.col("subject") != "other")
