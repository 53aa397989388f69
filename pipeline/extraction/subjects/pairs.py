"""The candidates: pairs of a number and a subject word that it may count.

A number meets the words near it in its sentence, the last theme before that sentence, the first theme of its
line, and the word of the heading above it. What speaks for and against a pair is said in `features`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.sequence import DOCUMENT, Stream
from pipeline.extraction.subjects.collocations import collocation
from pipeline.extraction.words import subjects_of

NEAR = 16  # words on each side of a number: pairs grow with the numbers, however long a sentence is
FAR = 6  # lines over which a subject is carried
TOLD = ("pair", "rule", "lines", "own_title", "collocation")  # how a pair was found
NAMED = ("word", "subject", "strength", "head", "off_title")  # what a word names; its other columns end in _t


@cache
def _taken() -> tuple[list[str], list[str]]:
    """What a pair takes of its number, and of its word (there: ending in _t)."""
    names = [name for name in columns("frame.pairs") if name not in (*NAMED, *TOLD)]
    of_word = [name.removesuffix("_t") for name in names if name.endswith("_t")]
    return [name for name in names if not name.endswith("_t")], of_word


def pairs(stream: Stream, numbers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Every pair of a number and a subject word that may be meant by it: `frame.pairs`.

    `numbers`: `frame.marked_numbers`, in order. `words`: `frame.subject_words`. The pairs of each number
    stand in the order of the text, and those of the sentence before the others.
    """
    numbers = _with_own_word(numbers, words)
    # What stands in brackets or behind 其中 is not what the next sentence is about.
    main = (
        (pl.col("strength") >= 2)
        & (pl.col("depth") == 0)
        & pl.col("portion_at").is_null()
        & ~pl.col("foreign")
        & ~pl.col("further")
    )
    themes = words.filter(main).select(
        *NAMED, at_t=pl.col("at").set_sorted(), line_t="line", clause_t="clause"
    )
    if "section_to" in stream.clauses.columns:
        ends = stream.clauses.select("section_to", own_title=pl.col("stands") == "heading")
        themes = themes.hstack(ends[themes["clause_t"] - stream.clauses["clause"].first()])
    else:
        themes = themes.with_columns(section_to=pl.lit(None, pl.Int64), own_title=pl.lit(False))
    found = (
        _in_sentence(numbers, words),
        _carried(stream, numbers, themes),
        _topic(numbers, themes),
        _heading(numbers),
        _title(stream, numbers, words),
    )
    rows = pl.concat(found, how="diagonal")
    around = collocation(numbers, rows)
    return rows.with_columns(around, pair=pl.int_range(pl.len())).select(columns("frame.pairs"))


def _with_own_word(numbers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the last plain word before each number (own_at, own_end, own_sep, own_clause) and `led`: it
    stands in the number's sentence, which is then less likely to go on about an earlier subject.
    """
    plain = words.filter(pl.col("strength") >= 2).select(
        own_clause="clause", own_at=pl.col("at").set_sorted(), own_end="end_at", own_sep="sep_at",
        own_sentence="sentence",
    )  # fmt: skip
    numbers = numbers.join_asof(
        plain, left_on="at", right_on="own_at", strategy="backward", coalesce=False, check_sortedness=False
    )
    behind = words.select(
        beside_at=pl.col("at").set_sorted(), beside_end="end_at",
        beside_person=(pl.col("strength") == 3) & (pl.col("head") == "person"),
    )  # fmt: skip
    numbers = numbers.join_asof(
        behind, left_on="end_at", right_on="beside_at", strategy="forward", check_sortedness=False
    )
    beside = pl.col("beside_at") - pl.col("end_at") <= 1
    numbers = numbers.with_columns(pl.when(beside).then(c).alias(c) for c in ("beside_end", "beside_person"))
    led = (pl.col("own_sentence") == pl.col("sentence")).fill_null(False)
    return numbers.with_columns(led=led)


def _in_sentence(numbers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The words of each number's sentence, at most `NEAR` on each side."""
    place = words["at"].search_sorted(numbers["at"], "left").cast(pl.Int64)
    opens = words["sentence"].search_sorted(numbers["sentence"], "left").cast(pl.Int64)
    closes = words["sentence"].search_sorted(numbers["sentence"], "right").cast(pl.Int64)
    spans = pl.DataFrame({"place": place, "opens": opens, "closes": closes})
    reach = spans.select(
        pl.int_range(len(numbers), dtype=pl.UInt32).alias("n"),
        pl.int_ranges(
            pl.max_horizontal("opens", pl.col("place") - NEAR),
            pl.min_horizontal("closes", pl.col("place") + NEAR),
            dtype=pl.UInt32,
        ).alias("w"),
    )
    reach = reach.explode("w", empty_as_null=False)
    of_number, of_word = _taken()
    near = words.select(*NAMED, "foreign", *(pl.col(c).alias(f"{c}_t") for c in of_word))
    met = pl.concat([numbers.select(of_number)[reach["n"]], near[reach["w"]]], how="horizontal")
    is_left = pl.col("at_t") < pl.col("at")
    within = pl.col("clause") == pl.col("clause_t")
    rule = (
        pl.when(is_left & within).then(pl.lit("noun before")).when(is_left).then(pl.lit("earlier clause"))
        .when(within).then(pl.lit("noun after")).otherwise(pl.lit("later clause"))
    )  # fmt: skip
    met = met.filter(~pl.col("foreign") | within | is_left).drop("foreign")
    return met.with_columns(rule=rule)


def _carried(stream: Stream, numbers: pl.DataFrame, themes: pl.DataFrame) -> pl.DataFrame:
    """The last theme before each number's sentence, at most `FAR` lines above."""
    opens = (pl.col("sentence") != pl.col("sentence").shift(1)).fill_null(True)
    starts = stream.clauses.filter(opens).select("sentence", sentence_at="at")
    rows = numbers.select("q", "line", "unit_class", "sentence", "led").join(
        starts, on="sentence", how="left", maintain_order="left"
    )
    rows = rows.join_asof(
        themes,
        left_on="sentence_at",
        right_on="at_t",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    rows = rows.with_columns(lines=pl.col("line") - pl.col("line_t"), rule=pl.lit("carried over"))
    same_text = pl.col("at_t") // DOCUMENT == pl.col("sentence_at") // DOCUMENT
    ended = (pl.col("section_to") <= pl.col("sentence_at")).fill_null(False)
    rows = rows.filter(same_text & (pl.col("lines") <= FAR) & ~ended)
    return rows.select("q", "unit_class", "led", *NAMED, "at_t", "lines", "own_title", "rule")


def _topic(numbers: pl.DataFrame, themes: pl.DataFrame) -> pl.DataFrame:
    """The first theme of each number's line, where it stands before the number."""
    first = themes.unique("line_t", keep="first", maintain_order=True).rename({"line_t": "line"})
    rows = numbers.select("q", "at", "line", "unit_class", "led").join(
        first, on="line", maintain_order="left"
    )
    rows = rows.filter(pl.col("at_t") < pl.col("at"))
    return rows.select("q", "unit_class", "led", *NAMED, "at_t", "own_title", rule=pl.lit("topic"))


def _heading(numbers: pl.DataFrame) -> pl.DataFrame:
    """The subject that the heading above each number names; it has no place among the words (at_t)."""
    rows = numbers.filter(pl.col("heading_subject").is_not_null())
    named = (pl.col(f"heading_{c}").alias(c) for c in NAMED if c != "off_title")
    return rows.select("q", "unit_class", "led", *named, rule=pl.lit("heading"), off_title=pl.lit(False))


def _title(stream: Stream, numbers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The first clear subject in the title of each number's report; what is in no report has none."""
    if "stands" not in stream.clauses.columns:
        return numbers.clear().select("q", "unit_class", "led")
    ends = stream.clauses.filter(pl.col("stands") == "title").select("clause", "report_to")
    dull = [*subjects_of("administration"), "other"]
    main = (pl.col("strength") >= 2) & ~pl.col("subject").is_in(dull)
    titles = words.join(ends, on="clause", maintain_order="left").filter(main)
    titles = titles.unique("report_to", keep="first", maintain_order=True)
    titles = titles.select(*NAMED, "report_to", at_t=pl.col("at").set_sorted())
    rows = numbers.select("q", "at", "unit_class", "led").join_asof(
        titles, left_on="at", right_on="at_t", strategy="backward", coalesce=False, check_sortedness=False
    )
    rows = rows.filter(pl.col("report_to") > pl.col("at"))
    return rows.select("q", "unit_class", "led", *NAMED, rule=pl.lit("title"))
