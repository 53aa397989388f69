"""Units: what stands behind a number, read by the vocabulary.

A number's phrase is what follows it up to the end of its unit: `余万元/人/月以上`. The phrases of a whole
column are few, so each is parsed once, by `parse_phrase`, and joined back.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl

from pipeline.extraction.numbers.numerals import SCALES
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

SCALE = "(?:[十百千万]亿|万万|[十百千]?[万亿]|[十百千])"
SEPARATOR = "[/·•∙.*、 每]"
# a unit in Latin letters is as long as its letters: 500ml is no metre, 10000 households no hour
# and 5kg1200袋 are 1200 bags
LATIN = "(?:[kcm]m[23²³]|kg|KG|m[lL]|ML|mg|km|cm|mm|[A-Za-zμ]+[0-9²³]*)(?:/[A-Za-z]+[0-9²³]*)?"
REMEMBERED = 1 << 14  # phrases
INCLUSIVE = r"\(不?含(?:[0-9.]+[^()0-9]{0,3})?\)"  # 5万元(含5万元)以下
TIME_CLASSES = {"span", "week", "day", "year", "hour"}
# 两年半, 一个半小时, 三成半; households and persons come whole
HALVED = {"span", "week", "year", "size", "percent"}
# 增长三倍多, 两年多; behind a Han character 多 begins a word (3天多次)
MORE = {"span", "week", "year", "size", "percent", "money"}
TIME = 2  # the rank of lengths of time among denominators


class Unit(NamedTuple):
    """A word of a unit: canonical unit, factor, and class behind digits and behind Chinese numerals.

    `half` where the writing adds half a unit.
    """

    unit: str
    factor: float
    arabic: str
    chinese: str
    half: bool = False


class Phrase(NamedTuple):
    """What a phrase says: factor to base units, unit, class, approximation, bound, and where the unit ends.

    `rate` is the denominator (`人/月`), empty where there is none; `length` counts the characters of the
    phrase that belong to the number. `half` adds half a unit (两年半); `more` says that 多 or 余 stands last,
    which is no part of the number where it begins a word.
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
    half: bool = False
    more: bool = False


NO_PHRASE = Phrase("", 1.0, False, "", "", "", "", "", "", 0)


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
def _words() -> dict[str, Unit]:
    """The units with their halves: 年半 beside 年, 个半月 beside 个月."""
    halves: dict[str, Unit] = {}
    for word, unit in units().items():
        if unit.arabic in HALVED and not word[-1].isascii():
            half = unit._replace(half=True)
            halves |= {f"{word}半": half} | ({f"个半{word[1:]}": half} if word[0] == "个" else {})
    return halves | units()


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
    # only behind 人 nothing need stand between: 元/人月, but 亿方/年天然气
    words = f"(?:[人户][年月天次]|{alternatives(list(denominators()))})"
    # 不低于3700元/年、月人均…: behind one length of time stands no other
    time = alternatives([word for word, (rank, _) in denominators().items() if rank == TIME])
    thing = alternatives([word for word, (rank, _) in denominators().items() if rank != TIME])
    further = rf"(?:(?:{time})(?:{SEPARATOR}{{1,3}}(?:{thing}))?|{words}(?:{SEPARATOR}{{1,3}}{words}){{0,2}})"
    # 620元(每人每年7440元) is of no year
    return rf"(?:(?: ?/ ?|每|·)\(?每?{further}\)?|\(每{further}\))"


@cache
def phrase_pattern() -> str:
    """What may follow a number and belong to it; matches nothing where no unit follows.

    Groups: approximation, scale, approximation, unit, rate; a scale alone and what approximates it; bound.
    """
    words = f"{alternatives([word for word in _words() if not re.fullmatch(LATIN, word)])}|{LATIN}"
    unit = rf"({SCALE})??[ ]?([余多来])?[ ]{{0,2}}({words})({rate_pattern()})?"
    return (
        rf"^[ ]{{0,2}}([百千]?[余多来几]|\+)?(?:{unit}|({SCALE})([余多])?)"
        rf"([^\S\n]?(?:{INCLUSIVE})?[及或]?(?:{alternatives(list(bounds_behind()))})|[^\S\n]?{INCLUSIVE})?"
    )


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(phrase_pattern())


@cache
def bounds_behind() -> dict[str, str]:
    """What bound_words.csv has behind a number, with the comparator; empty where it says nothing."""
    rows = vocabulary("numbers/bound_words.csv")
    return {row["word"]: row["comparator"] for row in rows if row["side"] != "before"}


@lru_cache(maxsize=REMEMBERED)  # of texts, which never end in a daemon
def parse_phrase(phrase: str) -> Phrase:
    """Parse the text that `phrase_pattern` matched."""
    found = _compiled().match(phrase)
    if not found:
        return NO_PHRASE
    before, scale, after, word, rate, bare_scale, behind_scale, post = found.groups()
    unit = _words().get(word or "", Unit("", 1.0, "", ""))
    scale = scale or bare_scale or ""
    foreign = word and not unit.unit  # 10000 households
    # 20 十四五, 38 百姓: a blank multiplies nothing, nor does it lead to a word that is no unit
    if foreign or (phrase.startswith(" ") and (scale.startswith("十") or unit.arabic == "none")):
        return NO_PHRASE
    factor = SCALES.get((before or "")[:1], 1.0)  # 5百余万元
    for char in scale:
        factor *= SCALES[char]
    length = found.end()
    bound = re.sub(INCLUSIVE, "", post or "").strip().lstrip("及或")
    # 2所封顶: buildings that got their roofs have no upper limit
    roofed = unit.arabic == "count" and bool(re.search(pattern("bound_or_roof"), bound))
    if (
        (bound == "内" and unit.arabic not in TIME_CLASSES)
        or roofed
        or (re.search(pattern("no_bound_alone"), bound) and not word)
    ):
        length -= len(post)
        bound = ""
    more = bound in ("余", "多") and unit.arabic in MORE
    if bound in ("余", "多"):
        length -= 0 if more else len(post)
        bound = ""
    told = before or after or behind_scale or more or any(sign in (word or "") for sign in "多余来")
    return Phrase(
        written=(scale + (word or "") + (rate or "")),
        factor=factor * unit.factor,
        scaled=bool(scale) or factor > 1,
        unit=unit.unit,
        arabic=unit.arabic,
        chinese=unit.chinese,
        rate=denominator(rate or ""),
        comparator=">=" if before == "+" else "~" if told else "",
        bound=bounds_behind().get(bound, ""),
        length=length,
        half=unit.half,
        more=more,
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
    "half": pl.Boolean,
    "more": pl.Boolean,
}


def read_phrases(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what the text behind each number says of its unit (see `Phrase`), and its class as `unit_class`.

    Takes `right`, `chinese`, `value`. The class is empty where there is no unit, `scale` where there is only
    a scale (支出3347万). Half a unit more (两年半) is added to `value`.
    """
    # without groups the search is many times as fast
    phrases = (
        rows["right"].str.extract(re.sub(r"(?<!\\)\((?!\?)", "(?:", phrase_pattern()), 0).alias("phrase")
    )
    parsed = [(phrase, *parse_phrase(phrase)[1:]) for phrase in phrases.unique().drop_nulls().to_list()]
    known = pl.DataFrame(parsed, schema=PHRASES, orient="row")
    rows = rows.with_columns(phrases).join(known, on="phrase", how="left", maintain_order="left")
    if known["half"].any() or known["more"].any():
        rows = _end_of_unit(rows)
    unit_class = (
        pl.when(pl.col("unit") == "").then(pl.when("scaled").then(pl.lit("scale")).otherwise(pl.lit("")))
        .when("chinese").then("han").otherwise("arabic")
    )  # fmt: skip
    # 从3.5提高到4.2: a word that is no unit is no part of the number
    no_unit = (unit_class == "none").fill_null(False)
    return rows.with_columns(
        *(pl.col(name).fill_null("") for name in ("rate", "comparator", "bound")),
        unit=pl.when(no_unit).then(pl.lit("")).otherwise(pl.col("unit").fill_null("")),
        phrase=pl.when(~no_unit).then("phrase"),
        unit_class=unit_class.fill_null(""),
        factor=pl.col("factor").fill_null(1.0),
        scaled=pl.col("scaled").fill_null(False),
        length=pl.when(no_unit).then(0).otherwise(pl.col("length").fill_null(0)),
    ).drop("arabic", "han", "half", "more")


def _end_of_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """半 and 多 behind a unit belong to it unless they begin a word (5公里半程, 3天多次,
    比上年的128元多25元)."""
    behind = pl.col("right").str.slice(pl.col("length"))
    other = (pl.col("half") & behind.str.contains(pattern("no_half"))) | (
        pl.col("more") & behind.str.contains(pattern("no_more"))
    )
    apart = compute_where(rows, pl.col("half") | pl.col("more"), other).fill_null(False)
    return rows.with_columns(
        value=pl.col("value") + 0.5 * (pl.col("half").fill_null(False) & ~apart),
        length=pl.col("length") - apart.cast(pl.Int64),
        comparator=pl.when(apart & pl.col("more")).then(pl.lit("")).otherwise("comparator"),
    )
