"""Units: what stands behind a number, read by the vocabulary.

A number's phrase is what follows it up to the end of its unit: `余万元/人/月以上`. The phrases of a whole
column are few, so each is parsed once, by `parse_phrase`, and joined back.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.vocabulary import rows as vocabulary

SCALES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
SCALE = "(?:[十百千万]亿|[十百千]?[万亿]|[十百千])"
SEPARATOR = "[/·•∙.*、 每]"
TIME_CLASSES = {"span", "week", "day", "year", "hour"}


class Unit(NamedTuple):
    """A word of a unit: canonical unit, factor, and class behind digits and behind Chinese numerals."""

    unit: str
    factor: float
    arabic: str
    chinese: str


class Phrase(NamedTuple):
    """What a phrase says: factor to base units, unit, class, approximation, bound, and where the unit ends.

    `rate` is the denominator (`人/月`), empty where there is none; `length` counts the characters of the
    phrase that belong to the number.
    """

    written: str
    factor: float
    scaled: bool
    unit: str
    arabic: str
    chinese: str
    rate: str
    comparator: str
    bound: str
    length: int


@cache
def units() -> dict[str, Unit]:
    """Units by word: unit_words.csv, currencies, and the words of not_units.csv, which are no units."""
    known = {
        row["word"]: Unit(row["unit"], float(row["factor"]), row["behind_digits"], row["behind_numerals"])
        for row in vocabulary("numbers/unit_words.csv")
    }
    money = {
        row["word"]: Unit(row["unit"], 1.0, "money", "money")
        for row in vocabulary("numbers/currency_words.csv")
        if row["side"] == "both"
    }
    none = {
        row["word"]: Unit(row["word"], 1.0, row["behind_digits"], row["behind_numerals"])
        for row in vocabulary("numbers/not_units.csv")
    }
    return known | money | none


@cache
def unit_classes() -> dict[str, str]:
    """The class of each unit that measures: people, things, money … (units.csv)."""
    return {r["unit"]: r["class"] for r in vocabulary("numbers/units.csv") if r["class"] != "none"}


@cache
def unit_measures() -> dict[str, str]:
    """The measure of each unit that says it by itself (units.csv)."""
    return {r["unit"]: r["measure"] for r in vocabulary("numbers/units.csv") if r["measure"]}


@cache
def currencies() -> dict[str, str]:
    """The unit of each word or sign of a currency that may stand before a sum or behind it."""
    return {row["word"]: row["unit"] for row in vocabulary("numbers/currency_words.csv")}


@cache
def denominators() -> dict[str, tuple[int, str]]:
    """denominators.csv by written form: rank (persons before times) and canonical form."""
    return {row["word"]: (int(row["rank"]), row["unit"]) for row in vocabulary("numbers/denominators.csv")}


def alternatives(words: list[str]) -> str:
    """A pattern of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def measure_beginnings() -> str:
    """The first characters of the words that may stand behind a Chinese numeral."""
    return "".join(sorted({word[0] for word, unit in units().items() if unit.chinese}))


@cache
def rate_pattern() -> str:
    """`/人/月`, ` / 人 / 月`, `/(人·月)`, `每人每月`, `/户`: up to three denominators behind a unit."""
    words = alternatives(list(denominators()))
    return rf"(?: ?/ ?|每|\(每|·)\(?每?(?:{words})(?:{SEPARATOR}{{0,3}}(?:{words})){{0,2}}\)?"


@cache
def phrase_pattern() -> str:
    """What may follow a number and belong to it; matches nothing where no unit follows."""
    words = alternatives(list(units()))
    unit = rf"({SCALE})??([余多来])?[ ]{{0,2}}({words})({rate_pattern()})?"
    return (
        rf"^[ ]{{0,2}}([余多来几+])?(?:{unit}|({SCALE})[余多]?)"
        rf"(\s?(?:\(含\))?[及或]?(?:{alternatives(list(bounds_behind()))}))?"
    )


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(phrase_pattern())


@cache
def bounds_behind() -> dict[str, str]:
    """What bound_words.csv has behind a number, with the comparator; empty where it says nothing."""
    rows = vocabulary("numbers/bound_words.csv")
    return {row["word"]: row["comparator"] for row in rows if row["side"] == "behind"}


@cache
def parse_phrase(phrase: str) -> Phrase:
    """Parse the text that `phrase_pattern` matched."""
    found = _compiled().match(phrase)
    if not found:
        return Phrase("", 1.0, False, "", "", "", "", "", "", 0)
    before, scale, after, word, rate, bare_scale, post = found.groups()
    unit = units()[word] if word else Unit("", 1.0, "", "")
    scale = scale or bare_scale or ""
    factor = 1.0
    for char in scale:
        factor *= SCALES[char]
    length = found.end()
    bound = (post or "").strip().removeprefix("(含)").lstrip("及或")
    if (bound == "内" and unit.arabic not in TIME_CLASSES) or (bound in ("以外", "余", "多") and not word):
        length -= len(post)
        bound = ""
    if bound in ("余", "多"):
        length -= 0 if unit.arabic == "money" else len(post)
        bound = ""
    approximate = before or after or "多" in (word or "") or "余" in (word or "")
    return Phrase(
        written=(scale + (word or "") + (rate or "")),
        factor=factor * unit.factor,
        scaled=bool(scale),
        unit=unit.unit,
        arabic=unit.arabic,
        chinese=unit.chinese,
        rate=denominator(rate or ""),
        comparator=">=" if before == "+" else "~" if approximate else "",
        bound=bounds_behind().get(bound, ""),
        length=length,
    )


@cache
def _denominator() -> re.Pattern[str]:
    return re.compile(alternatives(list(denominators())))


def denominator(written: str) -> str:
    """`/月·人` and `每人每月` are both 人/月; an empty text gives none."""
    parts = {denominators()[word] for word in _denominator().findall(written)}
    return "/".join(name for _, name in sorted(parts))


PHRASES = {
    "phrase": pl.String,
    "factor": pl.Float64,
    "scaled": pl.Boolean,
    "unit": pl.String,
    "arabic": pl.String,
    "han": pl.String,
    "rate": pl.String,
    "comparator": pl.String,
    "bound": pl.String,
    "length": pl.Int64,
}


def read_phrases(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what the text behind each number says of its unit (see `Phrase`), and its class as `unit_class`.

    Takes `right` and `chinese`. The class is empty where there is no unit, `scale` where there is only a
    scale (支出3347万).
    """
    phrases = rows["right"].str.extract(phrase_pattern(), 0).alias("phrase")
    parsed = [(phrase, *parse_phrase(phrase)[1:]) for phrase in phrases.unique().drop_nulls().to_list()]
    known = pl.DataFrame(parsed, schema=PHRASES, orient="row")
    rows = rows.with_columns(phrases).join(known, on="phrase", how="left", maintain_order="left")
    unit_class = (
        pl.when(pl.col("unit") == "").then(pl.when("scaled").then(pl.lit("scale")).otherwise(pl.lit("")))
        .when("chinese").then("han").otherwise("arabic")
    )  # fmt: skip
    return rows.with_columns(
        *(pl.col(name).fill_null("") for name in ("unit", "rate", "comparator", "bound")),
        unit_class=unit_class.fill_null(""),
        factor=pl.col("factor").fill_null(1.0),
        scaled=pl.col("scaled").fill_null(False),
        length=pl.col("length").fill_null(0),
    ).drop("arabic", "han")
