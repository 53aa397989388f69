"""Bounds and approximations beside a number: 不少于, 逾, 近, 约 before it, 以上, 余, 左右 behind it."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.numbers.units import alternatives, bounds_behind
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import pattern

LISTED = 3  # numbers that share the bound behind the last of them
APART = ("of", "floor", "verb", "paid")  # what stands between: bound_of, … of patterns.csv


@cache
def _cues() -> dict[str, str]:
    rows = vocabulary.rows("numbers/bound_words.csv")
    return {row["word"]: row["comparator"] for row in rows if row["side"] != "behind"}


@cache
def _apart() -> str:
    """A bound that stands apart: 不低于城乡低保人数的10%, 最高资助8万元, 至少核查1次."""
    between = {name: vocabulary.words("numbers/bound_words.csv", apart=name) for name in APART}
    ways = (vocabulary.either(words) + pattern(f"bound_{name}") for name, words in between.items())
    return rf"(?:{'|'.join(ways)})\s?$"


@cache
def _of_all() -> str:
    """A bound of every number that 分别 opens: 分别不低于1200元、600元."""
    return rf"{pattern('each_in_turn')}({alternatives(list(_cues()))}){pattern('bound_listed')}\s?$"


def _comparators(texts: pl.Series) -> pl.Series:
    """What the bound says that each text begins with."""
    words = re.compile(alternatives(list(_cues())))
    found = texts.unique().drop_nulls().to_list()
    parsed = {text: _cues()[word.group()] for text in found if (word := words.match(text))}
    return texts.replace_strict(parsed, default=None, return_dtype=pl.String)


def read_bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Settle `comparator` from the words before a measurement and the `bound` and approximation behind it.

    Takes `kind`, `left`, `lower` and the columns of `units.read_phrases`; adds `cue_length`, the characters
    before the number that belong to it.
    """
    beside = rf"(?:{alternatives(list(_cues()))})(?:了|为|在|到|至|达|于|有)?\s?$"
    measured = pl.col("kind") == "measurement"
    rows = rows.with_columns(cue=compute_where(rows, measured, pl.col("left").str.extract(beside, 0)))
    rows = rows.with_columns(before=_comparators(rows["cue"]))
    away = measured & pl.col("before").is_null() & pl.col("unit_class").is_in(["percent", "money", "count"])
    apart = compute_where(rows, away, pl.col("left").str.extract(_apart(), 0))
    listed = compute_where(rows, away, pl.col("left").str.extract(_of_all(), 1))
    # 高于上年同期的87.2%: that is how much it was then
    was = compute_where(
        rows, away & pl.lit(apart.is_not_null()), pl.col("left").str.extract(pattern("over_another"), 0)
    )
    apart = apart.set(was.is_not_null() & _comparators(apart).is_in([">", "<"]).fill_null(False), None)
    rows = rows.with_columns(before=pl.coalesce("before", _comparators(apart), _comparators(listed)))
    rows = rows.with_columns(before=pl.coalesce("before", _of_the_one_before()))
    # 比例缩小到1.45以内: a bound behind a number without a unit
    bare = measured & (pl.col("bound") == "") & (pl.col("unit") == "")
    words = [word for word, told in bounds_behind().items() if told and len(word) > 1]
    behind = compute_where(rows, bare, pl.col("right").str.extract(f"^({alternatives(words)})", 1))
    rows = rows.with_columns(bound=pl.coalesce(behind.replace_strict(bounds_behind(), default=None), "bound"))
    for _ in range(LISTED):
        rows = rows.with_columns(bound=_of_the_next())
    before = pl.col("before")
    upper = {
        name: pl.when("lower").then(pl.col(name).shift(-1)).otherwise(name)
        for name in ("bound", "comparator")
    }
    told = before.is_not_null() & (before != "=")
    return rows.select(
        pl.exclude("cue", "before", "comparator"),
        comparator=pl.when(told & (before != "~"))
        .then(before)
        .when(upper["bound"] != "")
        .then(upper["bound"])
        .when(told)
        .then(before)
        .when(upper["comparator"] != "")
        .then(upper["comparator"])
        .otherwise(pl.lit("=")),
        cue_length=pl.when(told).then(pl.col("cue").str.len_chars()).fill_null(0),
    )


def _of_the_one_before() -> pl.Expr:
    """不低于780元、625元: a bound of two sums or shares that nothing but a comma parts."""
    alike = pl.all_horizontal(
        pl.col(name) == pl.col(name).shift(1) for name in ("document_id", "unit", "rate", "kind")
    )
    joined = pl.col("gap").shift(1).str.contains(pattern("bound_pair"))
    kinds = pl.col("unit_class").is_in(["percent", "money"])
    before = pl.col("before").shift(1)
    return pl.when(joined & alike & kinds & before.is_in([">=", "<="])).then(before)


def _of_the_next() -> pl.Expr:
    """分别提高7%、9%左右: what stands behind the last of a row that 分别 opens is about each; 以上 bounds
    but the last."""
    opened = pl.col("left").str.contains(pattern("respectively_opens"))
    joined = pl.col("gap").str.contains(pattern("bound_joint")) & opened
    alike = pl.all_horizontal(
        pl.col(name) == pl.col(name).shift(-1) for name in ("document_id", "unit", "kind")
    )
    bare = (pl.col("bound") == "") & (pl.col("comparator") == "")
    about = pl.col("bound").shift(-1) == "~"
    # 控制在3600户、8200人以内
    members = (pl.col("unit") == "户") & (pl.col("unit").shift(-1) == "人")
    members &= pl.col("gap").str.contains(pattern("bound_pair")) & (pl.col("bound").shift(-1) == "<=")
    told = (joined & alike & bare & about) | (members & bare)
    return pl.when(told).then(pl.col("bound").shift(-1)).otherwise("bound")
