"""What a number is: the rules of `vocabulary/number_rules.csv`, the first that fits decides.

A rule names the script of the number, the classes of the unit behind it (`-`: none), and patterns that must
end its left context, be the whole number, and begin its right context. A kind `drop` would be no mention;
Chinese numerals that no rule knows are none either.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.extraction.units import VOCABULARY

KINDS = ("measurement", "range_end", "date", "list_marker", "document_no", "identifier", "name", "condition")


class Rule(NamedTuple):
    kind: str
    script: str
    classes: tuple[str, ...]
    left: str
    written: str
    right: str

    def fits(self) -> pl.Expr:
        """Whether the rule fits a row with `chinese`, `cls`, `left`, `written` and `right`."""
        tests = []
        if self.script:
            tests.append(pl.col("chinese") if self.script == "chinese" else ~pl.col("chinese"))
        if self.classes:
            tests.append(pl.col("cls").is_in(["" if c == "-" else c for c in self.classes]))
        if self.written:
            tests.append(pl.col("written").str.contains(f"^(?:{self.written})$"))
        if self.right:
            tests.append(pl.col("right").str.contains(f"^(?:{self.right})"))
        if self.left:
            tests.append(pl.col("left").str.contains(f"(?:{self.left})$"))
        return pl.all_horizontal(tests) if tests else pl.lit(True)


@cache
def rules() -> tuple[Rule, ...]:
    """number_rules.csv in its order."""
    with (VOCABULARY / "number_rules.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Rule(r["kind"], r["script"], tuple(r["classes"].split()), r["left"], r["written"], r["right"])
            for r in csv.DictReader(handle)
        )


def tell_kinds(rows: pl.DataFrame) -> pl.Series:
    """The kind of each row by the first rule that fits; null where none does."""
    chain = pl
    for rule in rules():
        chain = chain.when(rule.fits()).then(pl.lit(rule.kind))
    return rows.select(kind=chain.otherwise(pl.lit(None, pl.String))).to_series()
