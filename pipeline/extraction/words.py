"""The words of the vocabulary that stand in a text, with their offsets.

Here: finding words. What a word says about a number near it belongs to `subjects` and the `fields_*`
modules.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.cues.rows import EVERYWHERE, cue_rows
from pipeline.reading.layout.cutting import MARK
from pipeline.vocabulary.equals import subject_words as named_by

SHORT = 400_000  # bytes of all texts that are looked up sooner than an automaton of all words is built
FOUND = {"doc": pl.Int64(), "start": pl.Int64(), "end": pl.Int64(), "word": pl.String()}
SEPARATORS = frozenset("\n\f\t|。;!?,:、()】")


@cache
def subject_words() -> pl.DataFrame:
    """Every word that names a subject, one row a word and subject: subject, strength, head, word.

    strength is 1 (weak) to 3 (telling); head says what kind of thing the word names (head_fit.csv). A subject
    that begins with `*` is decided by the subject named before it (compounds.csv).
    """
    columns = ("subject", "strength", "head", "word")
    words = pl.DataFrame({name: [row[name] for row in named_by()] for name in columns})
    return words.cast({"strength": pl.Int8})


@cache
def subjects_with(trait: str) -> list[str]:
    """The subjects with a trait of subject_traits.csv: beds, couples, flow."""
    return [r["subject"] for r in vocabulary.rows("subjects/subject_traits.csv") if r["trait"] == trait]


@cache
def subjects_of(domain: str) -> list[str]:
    """The subjects of a domain (subjects.csv); of `administration` those on a bureau's own work."""
    return [r["subject"] for r in vocabulary.rows("subjects/subjects.csv") if r["domain"] == domain]


@cache
def _domains() -> dict[str, str]:
    return {r["subject"]: r["domain"] for r in vocabulary.rows("subjects/subjects.csv")}


def domain(column: str) -> pl.Expr:
    """The domain of the subject in a column (subjects.csv)."""
    return pl.col(column).replace_strict(_domains(), default=None, return_dtype=pl.String)


@cache
def cue_words() -> pl.DataFrame:
    """Every word that is a cue: word, cue (a row of `cues.rows`).

    A subject word can hold a cue (`新增床位`, `农村公墓`, `低保标准`) and, being longer, hide it from the
    search: such a word counts as that cue too, where the cue's row says so (held).
    """
    cues = cue_rows().filter(pl.col("word").is_not_null()).select("word", "cue", "field", "held", "decoy")
    held = cues.filter("held").select("cue", "field", part="word")
    words = pl.DataFrame(pl.concat([subject_words()["word"], cues["word"]]).unique())
    sought = pl.lit(held["part"].unique().to_list(), dtype=pl.List(pl.String))  # of none, too
    parts = pl.col("word").str.extract_many(sought, overlapping=True)
    inside = words.with_columns(part=parts).explode("part").filter(pl.col("part") != pl.col("word"))
    inside = inside.join(held, on="part").sort("word", "cue")
    # what a word is itself goes before what it holds: 桐城市 keeps 城市 from speaking of towns
    own = cues.select("word", field=pl.concat_list("field", "decoy")).explode("field")
    everywhere = own.filter(pl.col("field") == EVERYWHERE)["word"].implode()
    inside = inside.join(own, on=["word", "field"], how="anti", maintain_order="left")
    inside = inside.filter(~pl.col("word").is_in(everywhere))
    # of two cues of a field in one word the one that stands first in the file counts
    names = ("word", "cue", "field")
    both = pl.concat([cues.select(names), inside.select(names)])
    return both.unique(["word", "field"], keep="first", maintain_order=True).select("word", "cue")


@cache
def _alternatives() -> tuple[str, ...]:
    words = set(subject_words()["word"]) | set(cue_words()["word"]) | set(SEPARATORS)
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def _marked() -> pl.DataFrame:
    """All words and each between marks, as one row of lists: word, marked."""
    words = pl.DataFrame({"word": _alternatives()}, schema={"word": pl.String})
    return words.select(pl.col("word").implode(), marked=(MARK + pl.col("word") + MARK).implode())


@cache
def _lengths() -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """How long the words are that begin with two characters (or are one), longest first; and all words."""
    words, lengths = frozenset(_alternatives()), dict[str, set[int]]()
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    for begin in lengths:
        if begin[0] in words:
            lengths[begin].add(1)
    return {begin: tuple(sorted(some, reverse=True)) for begin, some in lengths.items()}, words


def find_words(readings: pl.DataFrame) -> pl.DataFrame:
    """The vocabulary's words and the separators in texts; the longest at each place, none overlapping.

    `readings`: document_id, reading. Returns document_id, doc (its place among them), start, end (code points
    into the reading), word.
    """
    if (readings["reading"].str.len_bytes().sum() or 0) <= SHORT:
        return _look_up(readings)
    readings = readings.rechunk()  # the automaton is built once a chunk
    words = _marked()
    marked = pl.col("reading").str.replace_many(words["word"], words["marked"], leftmost=True)
    # Text and word take turns; what ends each document is no word.
    pieces = pl.concat_str(marked, pl.lit(MARK)).str.split(MARK)
    texts = readings.select("document_id", pieces=pieces, size=pl.col("reading").str.len_chars())
    flat = texts["pieces"].explode(empty_as_null=False)
    rows = pl.DataFrame({"text": flat.gather_every(2, 0), "word": flat.gather_every(2, 1)})
    # The readings lie end to end; each has its own beginning.
    size = pl.col("size").cast(pl.Int64)
    owner = texts.select(
        "document_id", base=size.cum_sum() - size, count=(pl.col("pieces").list.len() // 2).cast(pl.Int64)
    )
    index = pl.int_range(pl.len(), dtype=pl.UInt32).repeat_by("count").explode(empty_as_null=False)
    owners = owner.select(index).to_series()
    length = pl.col("word").str.len_chars().cast(pl.Int64)
    rows = rows.with_columns(length=length, before=pl.col("text").str.len_chars().cast(pl.Int64))
    end = (pl.col("before") + pl.col("length")).cum_sum() - owner["base"].gather(owners)
    rows = rows.select(
        document_id=owner["document_id"].gather(owners),
        doc=owners.cast(pl.Int64),
        start=end - pl.col("length"),
        end=end,
        word="word",
    )
    return rows.filter(pl.col("word") != "")


def _look_up(readings: pl.DataFrame) -> pl.DataFrame:
    """`find_words` in short texts, place by place: that is done before an automaton of all words is built."""
    (lengths, words), found = _lengths(), []
    for doc, (name, text) in enumerate(readings.select("document_id", "reading").iter_rows()):
        at, end = 0, len(text or "")
        while at < end:
            for length in lengths.get(text[at : at + 2]) or lengths.get(text[at]) or ():
                if (word := text[at : at + length]) in words:
                    found.append((name, doc, at, at + length, word))
                    at += length
                    break
            else:
                at += 1
    schema = pl.Schema({"document_id": readings.schema["document_id"], **FOUND})
    return pl.DataFrame(found, schema=schema, orient="row")
