"""The subjects that were weighed for each number, as far as they might be meant: doubt as a number."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipeline.contracts.registry import empty_frame
from pipeline.extraction.subjects.score import by_number

KEPT = 3  # subjects of a number
LIKELY = 0.01  # share below which a subject is no reading
FAINT = 0.001  # odds against the best candidate below which one is not looked at
LISTS = ("reading_subject", "reading_word", "reading_score", "reading_share")


def likely_subjects(candidates: pl.DataFrame) -> pl.DataFrame:
    """Each number's likeliest subjects: q and, a list a number and an item a subject, `LISTS`.

    `candidates`: `frame.candidates`. The share of a subject is the softmax of the scores, summed over its
    candidates; score and word are those of its best one. The first stands in the list whatever its share.
    """
    if candidates.is_empty():
        return empty_frame("frame.chosen").select("q", *LISTS)
    order, begins, number = by_number(candidates)
    score = candidates["score"].to_numpy()[order]
    odds = np.exp(score - np.maximum.reduceat(score, begins)[number])
    likely = np.flatnonzero(odds >= FAINT)
    total = np.add.reduceat(odds, begins)[number[likely]]
    rows = candidates.select("q", "subject", "word", "score")[order[likely]].with_columns(
        odds=odds[likely], all=total, place=pl.int_range(pl.len())
    )
    # Of equal scores the earlier candidate is taken, as in `score.best`.
    rows = rows[np.lexsort((-score[likely], number[likely]))]
    subjects = rows.group_by("q", "subject", maintain_order=True).agg(
        pl.col("word", "score", "all").first(), pl.col("odds").sum(), pl.col("place").min()
    )
    ranked = np.lexsort((subjects["place"], -subjects["score"], subjects["q"]))
    subjects = subjects[ranked].select(
        "q", "subject", "word", "score", share=(pl.col("odds") / pl.col("all")).round(3)
    )
    q = subjects["q"].to_numpy()
    rank = np.arange(len(q)) - np.searchsorted(q, q)
    kept = subjects.filter((rank < KEPT) & ((rank == 0) | (subjects["share"].to_numpy() >= LIKELY)))
    names = dict(zip(("subject", "word", "score", "share"), LISTS, strict=True))
    return kept.group_by("q", maintain_order=True).agg(pl.col(c).alias(name) for c, name in names.items())


def unfold(rows: pl.DataFrame) -> pl.DataFrame:
    """`core.readings`: a row for each likely subject of those observations that have more than one.

    `rows`: observation_id, document_id and `LISTS` (null where no subject was found).
    """
    kept = rows.filter(pl.col(LISTS[0]).list.len() > 1)
    kept = kept.with_columns(rank=pl.int_ranges(1, pl.col(LISTS[0]).list.len() + 1, dtype=pl.Int32))
    flat = kept.select("observation_id", "document_id", "rank", *LISTS).explode("rank", *LISTS)
    return flat.rename({name: name.removeprefix("reading_") for name in LISTS})
