"""What stands around a number beside the word that names its subject speaks for it, too (collocations.csv).

The same clauses come back in thousands of offices: 经民主评议 before those who draw an allowance, 星级 beside
homes. Which pieces of one to three characters stand near what subject, and what a subject counts with which
class of unit, is learned from labels with the other weights (pipeline/tools/fit_weights.py). It asks for no
order and no distance, so it holds where the words stand otherwise than our rules expect.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl

from pipeline.extraction.numbers.units import unit_classes
from pipeline.vocabulary import rows as vocabulary

BEFORE, BEHIND = 25, 15  # characters of the sentence on each side of the number that are looked at
LONGEST = 3  # characters of a piece
ANY = "*"  # a row for numbers of every class
AT_ONCE = 20_000  # pairs whose points are summed at once
BITS = 21  # of a character; a piece with its side is a number of 64 bits
NUMERAL, BLANKS = r"[0-9][0-9.,]*", r"\s+"


class Pieces(NamedTuple):
    """Pieces of the text around numbers: `number` (its row) and `code`, which holds side and characters."""

    number: np.ndarray
    code: np.ndarray


class Learned(NamedTuple):
    """`codes`: pieces, sorted; `points`: a row a piece, a column a subject; `of_class`: a row a class;
    `subjects` and `classes`: their places. Subjects that nothing was learned of share the last column."""

    codes: np.ndarray
    points: np.ndarray
    of_class: np.ndarray
    subjects: dict[str, int]
    classes: dict[str, int]


def surroundings(rows: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """`before` and `behind` of placed numbers (quote, quote_at, at, end_at, clause), a row a row: what stands
    in their sentence on each side, without blanks, each number in it as 0."""
    text, sentence = pl.col("text"), pl.col("sentence")
    near = clauses.select(
        lead=pl.concat_str(
            pl.when(sentence.shift(n) == sentence).then(text.shift(n).str.tail(BEFORE)).otherwise(pl.lit(""))
            for n in (2, 1)
        ),
        trail=pl.when(sentence.shift(-1) == sentence)
        .then(text.shift(-1).str.head(BEHIND))
        .otherwise(pl.lit("")),
    )
    place = rows["clause"] - (clauses["clause"].first() or 0)
    near = near.select(pl.all().gather(place))
    start = (pl.col("at") - pl.col("quote_at")).clip(0)
    end = (pl.col("end_at") - pl.col("quote_at")).clip(0)
    before = pl.col("quote").str.slice((start - BEFORE).clip(0), pl.min_horizontal(start, BEFORE))
    behind = pl.col("quote").str.slice(end, BEHIND)
    said = {"before": pl.col("lead") + before, "behind": behind + pl.col("trail")}
    plain = {side: e.str.replace_all(BLANKS, "").str.replace_all(NUMERAL, "0") for side, e in said.items()}
    return rows.hstack(near).select(
        before=plain["before"].str.tail(BEFORE), behind=plain["behind"].str.head(BEHIND)
    )


def pieces(numbers: pl.DataFrame) -> Pieces:
    """The pieces of `before` and `behind` of each row."""
    found = [_cut(numbers["before"], 0), _cut(numbers["behind"], 1)]
    return Pieces(np.concatenate([f.number for f in found]), np.concatenate([f.code for f in found]))


def _cut(texts: pl.Series, side: int) -> Pieces:
    # All texts end to end, parted by a character that no piece holds.
    whole = "\0".join(texts.fill_null("")) + "\0" * LONGEST
    chars = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    number = np.cumsum(chars == 0) - (chars == 0)
    code, fits = np.zeros(len(chars) - LONGEST, np.uint64), np.ones(len(chars) - LONGEST, bool)
    cut = []
    for n in range(LONGEST):
        step = chars[n : n + len(code)]
        fits &= step != 0
        code = code | step << np.uint64(BITS * n)
        cut.append(Pieces(number[: len(code)][fits], code[fits] | np.uint64(side << 63)))
    return Pieces(np.concatenate([c.number for c in cut]), np.concatenate([c.code for c in cut]))


def code_of(piece: str, side: str) -> int:
    """The code of a piece as `pieces` gives it; side: before or behind."""
    return sum(ord(c) << BITS * n for n, c in enumerate(piece)) | (side == "behind") << 63


def piece_of(code: int) -> tuple[str, str]:
    """The side and the piece that a code stands for."""
    chars = [code >> BITS * n & (1 << BITS) - 1 for n in range(LONGEST)]
    return "behind" if code >> 63 else "before", "".join(chr(c) for c in chars if c)


@cache
def _learned() -> Learned:
    rows = vocabulary("subjects/collocations.csv")
    subjects = {s: n for n, s in enumerate(dict.fromkeys(r["subject"] for r in rows))}
    kinds = dict.fromkeys([*unit_classes().values(), "rate", ""])
    classes = {kind: n for n, kind in enumerate(kinds)}
    coded = [(code_of(r["piece"], r["side"]), r) for r in rows if r["side"] != "class"]
    codes = np.unique(np.array([code for code, _ in coded], np.uint64))
    points = np.zeros((len(codes), len(subjects) + 1), np.float32)
    at = np.searchsorted(codes, np.array([code for code, _ in coded], np.uint64))
    points[at, [subjects[r["subject"]] for _, r in coded]] = [float(r["points"]) for _, r in coded]
    of_class = np.zeros((len(classes), len(subjects) + 1), np.float32)
    for row in rows:
        if row["side"] == "class":
            place = slice(None) if row["piece"] == ANY else classes[row["piece"]]
            of_class[place, subjects[row["subject"]]] += float(row["points"])
    return Learned(codes, points, of_class, subjects, classes)


def collocation(numbers: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """What the surroundings of its number say for the subject of each pair (q, subject).

    `numbers`: q (ascending), unit_class, before, behind. The points of the pieces, by the root of how many
    known ones stand there (for those of one word speak as one), and those of the class of the unit.
    """
    learned = _learned()
    subject = pairs["subject"].replace_strict(
        learned.subjects, default=len(learned.subjects), return_dtype=pl.Int64
    )
    row, of = numbers["q"].search_sorted(pairs["q"]).to_numpy(), subject.to_numpy()
    kind = numbers["unit_class"].fill_null("").replace_strict(learned.classes, return_dtype=pl.Int64)
    sums = _sums(numbers, row, of, learned) + learned.of_class[kind.to_numpy()[row], of]
    return pl.Series("collocation", sums.astype(np.float64)).round(6)


def _sums(numbers: pl.DataFrame, row: np.ndarray, subject: np.ndarray, learned: Learned) -> np.ndarray:
    """The points of the pieces around the number of each pair (its row, its subject)."""
    found = pieces(numbers)
    at = np.searchsorted(learned.codes, found.code)
    known = np.flatnonzero(np.append(learned.codes, np.uint64(0))[at] == found.code)
    known = known[np.argsort(found.number[known], kind="stable")]
    held = np.bincount(found.number[known], minlength=len(numbers))
    begin, count = (np.cumsum(held) - held)[row], held[row]
    points, place = learned.points.ravel(), at[known] * learned.points.shape[1]
    sums = np.zeros(len(row), np.float32)
    for some in np.split(np.flatnonzero(count), range(AT_ONCE, len(row), AT_ONCE)):
        # the pieces of each pair, one pair behind the other
        opens = np.cumsum(count[some]) - count[some]
        piece = np.repeat(begin[some] - opens, count[some])
        piece += np.arange(len(piece))
        told = points[place[piece] + np.repeat(subject[some], count[some])]
        sums[some] = np.add.reduceat(told, opens) if len(some) else 0
    return sums / np.sqrt(count.clip(1)).astype(np.float32)
