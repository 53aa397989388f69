"""What each number counts: its candidates, the best of them, and what numbers say to each other."""

from __future__ import annotations

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.collocations import surroundings
from pipeline.extraction.subjects.features import features
from pipeline.extraction.subjects.pairs import pairs
from pipeline.extraction.subjects.readings import likely_subjects
from pipeline.extraction.subjects.score import best, score
from pipeline.extraction.subjects.words import find_subject_words
from pipeline.vocabulary import pattern

BEHIND = 400  # characters of a clause in which a word that parts two nouns is looked for
BEFORE = 14  # characters before a number that say that people left or came in
AT_ONCE = 20_000  # numbers whose pairs are held at once


def find_subjects(
    stream: Stream, numbers: pl.DataFrame, asked: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The subject of each asked number that has one (`frame.chosen`), and the words of the stream that name
    subjects (`frame.subject_words`).

    `numbers`: with `frame.placed_numbers`, in order; `asked`: those of them whose subject is asked for, all
    without it. The stream must hold no word that is part of a number.
    """
    numbers, asked = _taken(numbers), None if asked is None else _taken(asked)
    words = find_subject_words(stream, numbers)
    marked = mark(stream, numbers if asked is None else asked)
    chosen = [_chosen(stream, part, words) for part in marked.iter_slices(AT_ONCE)]
    return pl.concat(chosen or [_chosen(stream, marked, words)]), words


def _taken(numbers: pl.DataFrame) -> pl.DataFrame:
    return numbers.select(columns("frame.placed_numbers"))


def _chosen(stream: Stream, numbers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    candidates = score(pairs(stream, numbers, words))
    chosen = best(candidates).join(likely_subjects(candidates), on="q", how="left", maintain_order="left")
    return chosen.select(columns("frame.chosen"))


def weigh_candidates(stream: Stream, numbers: pl.DataFrame, chosen: list[int] | None = None) -> pl.DataFrame:
    """Every candidate of numbers with its features and score, the best first: `frame.features`, score, and
    what stands around the number (before, behind).

    `chosen`: running numbers (q); without it, all. What `find_subjects` decides by, laid open.
    """
    numbers = _taken(numbers)
    marked = mark(stream, numbers)
    found = pairs(stream, marked, find_subject_words(stream, numbers))
    if chosen is not None:
        found = found.filter(pl.col("q").is_in(chosen))
    weighed = features(found).with_columns(score=score(found)["score"])
    weighed = weighed.join(marked.select("q", "before", "behind"), on="q", how="left", maintain_order="left")
    return weighed.sort("q", "score", descending=[False, True], maintain_order=True)


def mark(stream: Stream, numbers: pl.DataFrame) -> pl.DataFrame:
    """Add to `frame.placed_numbers` what the words before them say of their pairs: `frame.marked_numbers`.

    toward: 为 or 对 opens their clause's deed; share_of, portion: the places of 占 and 其中; depth: open
    brackets; put_in: money put into what follows; covers: a share of a whole that something reaches;
    has_at: the word behind them that parts their noun from another; before, behind: what is beside.
    """
    text_behind = pl.col("quote").str.slice((pl.col("end_at") - pl.col("quote_at")).clip(0), BEHIND)
    until = text_behind.str.extract(f"^([^0-9]*?){pattern('has')}").str.len_chars().cast(pl.Int64)
    begins = pl.col("at") - pl.col("quote_at")
    text_before = pl.col("quote").str.slice((begins - BEFORE).clip(0), begins.clip(0, BEFORE))
    moved = text_before.str.contains(pattern("moved"))
    # 投入260万元对3所敬老院进行改造
    into = text_before.str.contains(pattern("put_in")) & text_behind.str.contains(pattern("put_into"))
    into &= pl.col("unit_class") == "money"
    covers = text_before.str.contains(pattern("covers_share")) & (pl.col("unit_class") == "share")
    rows = numbers.with_columns(moved=moved, put_in=into, covers=covers, has_at=pl.col("end_at") + until)
    rows = rows.hstack(surroundings(rows, stream.clauses))
    rows = stream.with_depth(stream.cues.beside(rows, "toward", "share_of_at", "portion_at"))
    return rows.with_columns(
        toward=pl.col("toward").is_not_null(), share_of="share_of_at", portion="portion_at"
    ).select(columns("frame.marked_numbers"))
