"""The words of the vocabulary that stand in a text, with their offsets.

Here: finding words. What a word says about a number near it belongs to `candidates` and the `fields_*` modules.
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
    joined = ([p for pair in zip(parts, c + ("",), strict=True) for p in pair]
              for c in itertools.product(CONJUNCTIONS, repeat=len(parts) - 1))  # fmt: skip
    return ["".join(p) for p in joined]


@cache
def subject_words() -> pl.DataFrame:
    """Every word that names a subject: word, subject, strength (1 weak … 3 telling), head (what kind of thing)."""
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


# Cues that a subject word can hold (`新增床位`, `农村公墓`, `低保标准`): the longer word hides them from the search.
HELD = {
    "change": "新撤注停退",
    "residence": "农城乡",
    "standard": "标",
    "ratio_of": "每百",
    "average": "人户次平",
    "invest": "投",
}


@cache
def cue_words() -> pl.DataFrame:
    """Every cue: kind, value, word; a subject word that holds a cue counts as that cue too."""
    cues = [(r["kind"], r["value"], w) for r in vocabulary("cues.csv") for w in r["words"].split("/")]
    rows = list(cues)
    for word in subject_words()["word"].unique().to_list():
        for kind, value, cue in cues:
            if cue in word and cue != word and cue[0] in HELD.get(kind, ""):
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
    pieces = pieces.with_columns(
        pl.col("piece").str.splitn(CLOSE, 2).struct.rename_fields(["word", "rest"]).alias("parts"),
        length=pl.col("piece").str.len_chars().cast(pl.Int64),
    ).unnest("parts")
    # A piece is `word CLOSE rest`, but for the first of each text, which is all rest.
    ended = (pl.col("length") - pl.col("rest").is_not_null().cast(pl.Int64)).cum_sum().over("document_id")
    pieces = pieces.with_columns(
        start=ended - (pl.col("length") - pl.col("rest").is_not_null().cast(pl.Int64))
    )
    found = pieces.filter(pl.col("rest").is_not_null())
    return found.select(
        "document_id",
        "start",
        end=pl.col("start") + pl.col("word").str.len_chars().cast(pl.Int64),
        word="word",
    )
