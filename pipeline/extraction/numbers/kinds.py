"""What a number is: the rules of `vocabulary/numbers/number_kinds.csv`, the first that fits decides.

A rule names the script of the number, the classes of the unit behind it (`-`: none), and patterns that must
end its left context, be the whole number, and begin its right context (blanks beside the number left out).
The kind `none` is that of numerals that are no mention, as are those that no rule knows (万元 over a column).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.reading.layout.compute import passing
from pipeline.vocabulary import rows as vocabulary

KINDS = ("measurement", "range_end", "date", "list_marker", "document_no", "identifier", "name", "condition")
NONE = len(KINDS)
DECIDED = 0.1  # the share of rows that a rule takes at which they are put aside


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


def tell_kinds(rows: pl.DataFrame) -> pl.Series:
    """The kind of each row (`chinese`, `unit_class`, `left`, `written`, `right`) by the first rule that fits.

    Null where none does.
    """
    right = pl.col("right").str.strip_chars_start(" ")
    # 护理员526 十佳护理员: what a blank sets apart on one side alone begins anew, unlike 136工作体系
    anew = (
        ~pl.col("chinese")
        & pl.col("unit_class").is_in(["", "none"])
        & pl.col("written").str.contains("^[0-9]{2}")
    )
    anew = anew & pl.col("left").str.contains(r"\p{Han}$") & pl.col("right").str.contains(r"^ +\p{Han}")
    right = pl.when(anew).then("," + right).otherwise(right).alias("right")
    beside = (pl.col("left").str.strip_chars_end(" "), right)
    asked = rows.select("chinese", "unit_class", "written", *beside).with_row_index("row")
    told = pl.repeat(NONE, rows.height, dtype=pl.UInt8, eager=True)
    # the last rule first: an earlier one overwrites it
    for kind, taken in reversed(_takings(asked)):
        told = told.scatter(taken, NONE if kind == "none" else KINDS.index(kind))
    return pl.Series("kind", [*KINDS, None], dtype=pl.String).gather(told)


def _takings(rows: pl.DataFrame) -> list[tuple[str, pl.Series]]:
    """Kind and `row` of each rule that fits any, in their order.

    Each rule is put once to the rows of all scripts and classes that it concerns, so that its patterns are
    made ready once.
    """
    parts = rows.partition_by("chinese", "unit_class", as_dict=True, include_key=False)
    open_ = pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True)
    takings = []
    for rule in rules():
        concerned = [key for key in parts if rule.concerns(*key)]
        if not concerned:
            continue
        asked = pl.concat(parts[key] for key in concerned)
        hits = passing(asked, *rule.tests())
        if not hits.is_empty():
            takings.append((rule.kind, hits["row"]))
            if hits.height > asked.height * DECIDED:
                open_ = open_.scatter(hits["row"], False)
                for key in concerned:
                    parts[key] = parts[key].filter(open_[parts[key]["row"]])
                parts = {key: part for key, part in parts.items() if not part.is_empty()}
    return takings
