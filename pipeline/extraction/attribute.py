"""What each measured quantity measures: first its subject, then its fields, each on those before it."""

from __future__ import annotations

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.change import change
from pipeline.extraction.fields.flags import flags
from pipeline.extraction.fields.measure import measure
from pipeline.extraction.fields.places import with_places
from pipeline.extraction.fields.residence import residence
from pipeline.extraction.fields.residence_lists import residence_in_lists
from pipeline.extraction.fields.scope import scope
from pipeline.extraction.fields.status import status, told_beside
from pipeline.extraction.fields.subgroup import subgroup
from pipeline.extraction.fields.time import times
from pipeline.extraction.numbers.units import unit_classes
from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.find import find_subjects
from pipeline.extraction.subjects.shared import chains
from pipeline.extraction.windows import in_windows
from pipeline.vocabulary import pattern

PAIR_GAP = 8  # characters between the two numbers of a pair
AROUND = 400  # characters of a clause on each side of a number; few clauses are half as long
EDGE = 2  # quantities beside others that these are read with
NOWHERE = 1 << 62  # behind every place


def attribute(stream: Stream, quantities: pl.DataFrame) -> pl.DataFrame:
    """Say of each quantity what it measures.

    `quantities`: `frame.quantities`; what is found here of those with `told_elsewhere` is not asked for.
    Each step adds its own frame to them: `frame.places`, `frame.subjects`, `frame.fields`. Returns in the
    order of the text what is known of them and asked for later (`frame.attributed`), with value, value_high
    and unit as the fields need them: a fall is negative, people counted with 个 are 人; subject is `other`
    where none fits. Of those that are told elsewhere only the place may be said.
    """
    stream, placed = place_numbers(stream, quantities)
    asked = asked_for(placed)
    rows = placed.filter(asked) if not asked.all() else placed
    rows, words = with_subjects(stream, placed, rows)
    told = columns("frame.attributed")
    rows = with_fields(speaking(stream.cues, rows), rows, words).select("q", *told)
    if rows.height < placed.height:
        others = placed.select("q", *(name for name in told if name in placed.columns)).filter(~asked)
        rows = pl.concat([rows, others], how="diagonal").sort("q")
    return rows.drop("q")


def with_subjects(
    stream: Stream, placed: pl.DataFrame, rows: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The asked `rows` of placed numbers with `frame.subjects`, and the words that name subjects."""
    chosen, words = find_subjects(stream, placed, rows)
    chosen = chosen.select(pl.exclude("word", "score"), subject_word="word")
    rows = rows.join(chosen, on="q", how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("subject").fill_null("other"), pl.col("rule").fill_null("none"))
    rows = _with_after_word(rows)
    return rows.with_columns(chains(stream, rows, words)), words


def speaking(cues: Cues, rows: pl.DataFrame) -> Cues:
    """The cues that fields are told by: those of a stream, and the names of places near its numbers."""
    return with_places(cues, rows).reach()


def with_fields(cues: Cues, rows: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Numbers whose subject is known (see `tell_fields`) with `frame.fields`."""
    return rows.with_columns(tell_fields(cues, rows, words))


def asked_for(rows: pl.DataFrame) -> pl.Series:
    """Which placed quantities are to be read: all but those of lines that are told elsewhere as a whole. What
    stands at the edge of such lines stays, for the next ones look at it.
    """
    asked = rows.select((~pl.col("told_elsewhere")).any().over("line")).to_series()
    beside = [asked.shift(n, fill_value=True) for n in (-EDGE, 1 - EDGE, EDGE - 1, EDGE)]
    return asked | beside[0] | beside[1] | beside[2] | beside[3]


def tell_fields(cues: Cues, rows: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """What each step of `fields` says of numbers whose subject is known: `frame.fields`, a row a row.

    `cues`: those that are `speaking`. `rows`: `frame.quantities`, `frame.places` and `frame.subjects`.
    `words`: those of the stream that name subjects. Each step takes the columns that its module names
    (`TAKES`), those of the steps before it among them, and gives columns of `frame.fields`.
    """
    for step in (measure, change, status, times, scope):
        rows = rows.with_columns(step(cues, rows))
    rows = rows.with_columns(told_beside(rows))
    rows = rows.with_columns(residence(cues, rows, words))
    rows = rows.with_columns(residence_in_lists(cues, rows))
    rows = rows.with_columns(subgroup(cues, rows), flags(rows))
    return rows.select(columns("frame.fields"))


def _unit_class(unit: pl.Expr) -> pl.Expr:
    """The class of a unit (units.csv), `rate` for money by something (元/人), null where it has none."""
    money = [name for name, kind in unit_classes().items() if kind == "money"]
    return (
        pl.when(unit.str.extract("^([^/]+)/", 1).is_in(money))
        .then(pl.lit("rate"))
        .otherwise(unit.replace_strict(unit_classes(), default=None, return_dtype=pl.String))
    )


def place_numbers(stream: Stream, quantities: pl.DataFrame) -> tuple[Stream, pl.DataFrame]:
    """Put quantities into their stream, in the order of the text, with what stands beside them.

    `quantities`: `frame.quantities`. Returns the stream without the words that are part of a quantity, and
    the quantities with `frame.places`.
    """
    rows = _with_neighbours(stream, stream.place(quantities, "q_start", "q_end"))
    return stream.without_words_in(rows), rows


def _with_neighbours(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Number the quantities; add their class, the quantities and the text beside them (`frame.places`).

    q (running number), unit_class, prev_end_at, prev2_end_at, next_q_at, prev_class, prev_gap (the quantities
    beside it), pair (1 or 2 in a pair, else null), nth and run (the place in a row of joined numbers of one
    class, and how many they are; null outside), quote (the clause's text, see `in_windows`), quote_at, q_text
    (the number's own text), quote_before (the clause up to it, at most `AROUND`), quote_after (what follows
    at once), exists (有, 共 … right before it) and right (a noun can follow).
    """
    rows = rows.with_row_index("q").with_columns(
        pl.col("q").cast(pl.Int64),
        unit_class=_unit_class(pl.col("unit")),
        prev_end_at=pl.col("end_at").shift(1),
        prev2_end_at=pl.col("end_at").shift(2),
        next_q_at=pl.col("at").shift(-1),
    )
    rows = rows.with_columns(
        prev_class=pl.col("unit_class").shift(1), prev_gap=pl.col("at") - pl.col("prev_end_at")
    )
    clauses = stream.clauses.select("clause", quote_at="at", quote="text")
    rows = in_windows(rows, clauses, pl.col("at"), "quote", "quote_at")
    # a number that begins in the clause before has a negative offset
    start = (pl.col("at") - pl.col("quote_at")).clip(0)
    end = (pl.col("end_at") - pl.col("quote_at")).clip(0)
    last = (pl.col("at") - pl.col("quote_at") - 1).clip(0)
    quote = pl.col("quote")
    behind = quote.str.slice(end, 3)
    follows = behind.str.contains(pattern("noun_begins")) & ~behind.str.contains(pattern("verb_begins"))
    # 4.2万人的吃饭问题 are no problems
    follows &= ~((pl.col("unit_class") == "people") & behind.str.starts_with("的"))
    rows = rows.with_columns(
        q_text=quote.str.slice(start, pl.col("end_at") - pl.col("at")),
        quote_before=quote.str.slice((start - AROUND).clip(0), pl.min_horizontal(start, AROUND)),
        quote_after=quote.str.slice(end, 8),
        exists=quote.str.slice(last, 1).str.contains(pattern("exists")),
        right=follows & (pl.col("next_q_at").fill_null(NOWHERE) > pl.col("end_at")),
        joined=quote.str.slice(end, PAIR_GAP).str.contains(pattern("joined_number")),
    )
    return _number_pairs(rows)


def _number_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Turn `joined` into pair, nth and run: 835元和620元 are 1 and 2; of three the pair is 1, null, 2."""
    # 提高50元、40元,达到每人每月…: of the second alone the unit says for whom
    kind = pl.col("unit_class").replace("rate", "money")
    paired = (
        pl.col("joined") & (kind == kind.shift(-1)) & ((pl.col("next_q_at") - pl.col("end_at")) <= PAIR_GAP)
    ).fill_null(False)
    first, second = paired, paired.shift(1).fill_null(False)
    pair = pl.when(first & ~second).then(1).when(second & ~first).then(2)
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    opens = pl.when(~second).then(place)
    rows = rows.with_columns(
        pair=pair, opens=opens.forward_fill(), closes=opens.shift(-1).backward_fill().fill_null(pl.len())
    )
    run = pl.col("closes") - pl.col("opens")
    in_row = pl.when(run > 1)
    return rows.with_columns(nth=in_row.then(place - pl.col("opens") + 1), run=in_row.then(run)).drop(
        "joined", "opens", "closes"
    )


def _with_after_word(rows: pl.DataFrame) -> pl.DataFrame:
    """Add after_word, two characters behind the subject word where it follows the number in its clause, and
    leave of the quote what fields look at.
    """
    behind = (pl.col("at_t") - pl.col("quote_at") + pl.col("subject_word").str.len_chars()).cast(pl.Int64)
    inside = (pl.col("at_t") >= pl.col("end_at")).fill_null(False)
    quote = pl.col("quote")
    start = (pl.col("at") - pl.col("quote_at") - AROUND).clip(0)
    return rows.with_columns(
        after_word=pl.when(inside).then(quote.str.slice(behind.clip(0), 2)),
        quote=quote.str.slice(start, 2 * AROUND),
    )
