"""What a number is: the rules of `vocabulary/numbers/number_kinds.csv`, the first that fits decides.

A rule names the script of the number, the classes of the unit behind it (`-`: none), and patterns that must
end its left context, be the whole number, and begin its right context (blanks beside the number left out).
The kind `none` is that of numerals that are no mention, as are those that no rule knows (万元 over a column).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.vocabulary import rows as vocabulary

KINDS = ("measurement", "range_end", "date", "list_marker", "document_no", "identifier", "name", "condition")
NONE = len(KINDS)
FEW = 800  # rows to which all tests are put in one go, which costs less than to ask only those left
DECIDED = 0.15  # the share of rows whose kind is known at which they are put aside


class Rule(NamedTuple):
    """A row of number_kinds.csv; an empty field asks nothing."""

    kind: str
    script: str
    classes: tuple[str, ...]
    left: str
    written: str
    right: str

    def concerns(self, chinese: bool, unit_class: str) -> bool:
        """Whether the rule speaks of numbers of this script and class at all."""
        return self.script in ("", "chinese" if chinese else "arabic") and (
            not self.classes or (unit_class or "-") in self.classes
        )

    def asked(self) -> pl.Expr:
        """Whether the rule `concerns` a row."""
        script = pl.lit(True) if not self.script else pl.col("chinese") == (self.script == "chinese")
        classes = [*self.classes, *([""] if "-" in self.classes else [])]
        named = pl.col("unit_class").fill_null("").is_in(classes) if classes else pl.lit(True)
        return script & named

    @cache  # noqa: B019  # rules live as long as the vocabulary
    def tests(self) -> list[pl.Expr]:
        """What must hold of a row's `written`, `right` and `left`.

        Plain comparisons come before patterns, and what must not stand behind, which most rows pass, last.
        """
        plain: list[pl.Expr] = []
        patterns: list[pl.Expr] = []
        last: list[pl.Expr] = []
        if self.written:
            words = self.written.split("|")
            if all(word.isalnum() for word in words):
                plain.append(pl.col("written").is_in(words))
            else:
                patterns.append(pl.col("written").str.contains(f"^(?:{self.written})$"))
        if self.right.isalnum():
            plain.append(pl.col("right").str.starts_with(self.right))
        elif self.right:
            end = last if self.right.startswith("(?:[^") else patterns
            end.append(pl.col("right").str.contains(f"^(?:{self.right})"))
        if self.left.isalnum():
            plain.append(pl.col("left").str.ends_with(self.left))
        elif self.left:
            patterns.append(pl.col("left").str.contains(f"(?:{self.left})$"))
        return plain + patterns + last


@cache
def rules() -> tuple[Rule, ...]:
    """number_kinds.csv in its order."""
    return tuple(
        Rule(
            r["kind"],
            r["script"],
            tuple(filter(None, r["classes"].split("|"))),
            r["left"],
            r["written"],
            r["right"],
        )
        for r in vocabulary("numbers/number_kinds.csv")
    )


@cache
def _concerning(chinese: bool, unit_class: str) -> tuple[Rule, ...]:
    """The rules for numbers of one script and class, up to one that asks nothing more."""
    concerned = []
    for rule in rules():
        if rule.concerns(chinese, unit_class):
            concerned.append(rule)
            if not rule.tests():
                break
    return tuple(concerned)


def tell_kinds(rows: pl.DataFrame) -> pl.Series:
    """The kind of each row (`chinese`, `unit_class`, `left`, `written`, `right`) by the first rule that fits.

    Null where none does.
    """
    beside = (pl.col("left").str.strip_chars_end(" "), pl.col("right").str.strip_chars_start(" "))
    narrow = rows.select("chinese", "unit_class", "written", *beside).with_row_index("row")
    few = narrow.height <= FEW
    told = narrow.select(_first(rules())).to_series() if few else _by_class(narrow)
    return pl.Series("kind", [*KINDS, None], dtype=pl.String).gather(told)


def _by_class(narrow: pl.DataFrame) -> pl.Series:
    """The number of each row's kind; rows of each script and class are asked only what concerns them."""
    told = pl.Series([NONE], dtype=pl.UInt8).new_from_index(0, narrow.height)
    for (chinese, unit_class), part in narrow.partition_by("chinese", "unit_class", as_dict=True).items():
        concerned = _concerning(chinese, unit_class)
        if part.height <= FEW:
            told = told.scatter(part["row"], part.select(_first(concerned)).to_series())
            continue
        # the last rule first: an earlier one overwrites it
        for kind, taken in reversed(_takings(part, concerned)):
            told = told.scatter(taken, _number(kind))
    return told


def _number(kind: str) -> int:
    return NONE if kind == "none" else KINDS.index(kind)


@cache
def _first(rules: tuple[Rule, ...]) -> pl.Expr:
    """The number of the kind of the first of some rules that fits, `NONE` where none does."""
    fits = (
        pl.when(pl.all_horizontal(rule.asked(), *rule.tests())).then(pl.lit(_number(rule.kind), pl.UInt8))
        for rule in rules
    )
    return pl.coalesce(*fits, pl.lit(NONE, pl.UInt8))


def _takings(part: pl.DataFrame, concerned: tuple[Rule, ...]) -> list[tuple[str, pl.Series]]:
    """Kind and rows of each rule that fits any; a test is put only to rows that passed the one before it."""
    takings, fresh = [], 0
    part = part.with_row_index("at")
    open_ = pl.repeat(True, part.height, dtype=pl.Boolean, eager=True)
    for rule in concerned:
        hits = part
        for test in rule.tests():
            hits = hits.filter(test)
            if hits.is_empty():
                break
        else:
            takings.append((rule.kind, hits["row"]))
            open_ = open_.scatter(hits["at"], False)
            fresh += hits.height
        if fresh > part.height * DECIDED:
            part = part.drop("at").filter(open_).with_row_index("at")
            open_, fresh = open_.filter(open_), 0
    return takings
