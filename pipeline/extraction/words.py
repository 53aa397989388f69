"""The words of the vocabulary that stand in a text, with their offsets.

Here: finding words. What a word says about a number near it belongs to `candidates` and the `fields_*`
modules.
"""

from __future__ import annotations

import itertools
from functools import cache

import polars as pl

from pipeline.vocabulary import rows as vocabulary

SEPARATORS = frozenset("\n\f\t|。;!?,:、()")
CONJUNCTIONS = ("和", "及", "与", "、", "以及", "或", "")
OPEN, CLOSE = "\x01", "\x02"  # text.py leaves no control characters in a reading


def _expand(word: str) -> list[str]:
    """`孤儿~困境儿童` stands for the two joined by any conjunction."""
    parts = word.split("~")
    joints = itertools.product(CONJUNCTIONS, repeat=len(parts) - 1)
    return ["".join(p + c for p, c in zip(parts, (*joint, ""), strict=True)) for joint in joints]


@cache
def subject_words() -> pl.DataFrame:
    """Every word that names a subject, one row a word and subject: subject, strength, head, word.

    strength is 1 (weak) to 3 (telling); head says what kind of thing the word names (head_fit.csv). A subject
    that begins with `*` is decided by the subject named before it (compounds.csv).
    """
    rows = [
        (r["subject"], 2, "", w)
        for r in vocabulary("subjects.csv")
        for w in (r.get("words") or "").split("/")
        if w
    ]
    for r in vocabulary("subject_words.csv"):
        rows += [
            (r["subject"], int(r["strength"]), r["head"], e)
            for w in r["words"].split("/")
            for e in _expand(w)
        ]
    schema = {"subject": pl.String, "strength": pl.Int8, "head": pl.String, "word": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.unique(["word", "subject"], keep="last", maintain_order=True)


@cache
def _held() -> dict[str, str]:
    """The first characters of cues, by kind, that count even inside a longer subject word."""
    return {r["kind"]: r["initials"] for r in vocabulary("held_cues.csv")}


@cache
def cue_words() -> pl.DataFrame:
    """Every cue: kind, value, word.

    A subject word can hold a cue (`新增床位`, `农村公墓`, `低保标准`) and, being longer, hide it from the
    search: such a word counts as that cue too.
    """
    cues = [(r["kind"], r["value"], w) for r in vocabulary("cues.csv") for w in r["words"].split("/")]
    rows = list(cues)
    for word in subject_words()["word"].unique().to_list():
        for kind, value, cue in cues:
            if cue in word and cue != word and cue[0] in _held().get(kind, ""):
                rows.append((kind, value, word))
    frame = pl.DataFrame(rows, schema=["kind", "value", "word"], orient="row")
    return frame.unique(["kind", "word"], keep="first", maintain_order=True)


@cache
def _alternatives() -> tuple[str, ...]:
    words = set(subject_words()["word"]) | set(cue_words()["word"]) | set(SEPARATORS)
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def find_words(readings: pl.DataFrame) -> pl.DataFrame:
    """The vocabulary's words and the separators in texts; the longest at each place, none overlapping.

    `readings`: document_id, reading. Returns document_id, start, end (code points into the reading), word.
    """
    words = list(_alternatives())
    readings = readings.rechunk()  # the automaton is built once a chunk
    marked = pl.col("reading").str.replace_many(words, [OPEN + w + CLOSE for w in words], leftmost=True)
    pieces = readings.select("document_id", piece=marked.str.split(OPEN)).explode("piece")
    # A piece is `word CLOSE rest`, but for the first of each text, which is all rest.
    parts = pl.col("piece").str.splitn(CLOSE, 2).struct.rename_fields(["word", "rest"])
    pieces = pieces.with_columns(parts.alias("parts")).unnest("parts")
    is_word = pl.col("rest").is_not_null()
    size = pl.col("piece").str.len_chars().cast(pl.Int64) - is_word.cast(pl.Int64)
    pieces = pieces.with_columns(start=size.cum_sum().over("document_id") - size)
    end = pl.col("start") + pl.col("word").str.len_chars().cast(pl.Int64)
    return pieces.filter(is_word).select("document_id", "start", end=end, word="word")
