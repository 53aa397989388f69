"""The units that heads, and the lines above a table, state or suggest by their words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.extraction.numbers.units import parse_phrase
from pipeline.reading.tables.words import HEADING, frame_words, unit_cell
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

TIMES = re.compile(r"(?:\(([人户])\)|([人户])数?)\(次\)数?")  # 人数(次)
LISTED = re.compile(r"\(([^()]{3,24})\)")
STROKES = "-—–−/"  # between a head and its unit: 户数/户
LABELS = 4096  # labels kept in memory


@cache
def _endings() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """label_units.csv: pattern, unit, and whether the label states it."""
    return tuple(
        (re.compile(r["pattern"]), r["unit"], r["strength"] == "strong")
        for r in vocabulary("tables/label_units.csv")
    )


@lru_cache(maxsize=LABELS)
def stated_unit(label: str) -> str:
    """The unit that a head states in brackets or behind 单位: 床位数(万张), 单位:元/人·月; or empty."""
    label = TIMES.sub(r"(\1\2次)", label)
    for bracketed, named in reversed(re.findall(pattern("bracketed_unit"), label)):
        # 增长(±%)
        word = re.sub(pattern("unit_led"), "", bracketed or named).strip().lstrip("±+-−/、")
        if _is_unit(word):
            return word
    word = tied_unit(label)
    return word or (label.strip() if _is_unit(label.strip()) else "")


@lru_cache(maxsize=LABELS)
def tied_unit(label: str) -> str:
    """The unit that a stroke ties to the end of a head: 户数/户, 月标准-元/人·月; or empty."""
    for at in (n for n, sign in enumerate(label) if sign in STROKES and n):
        word = label[at + 1 :].strip()
        if _is_unit(word) and not _is_unit(label[:at].strip()):
            return word
    return ""


@lru_cache(maxsize=LABELS)
def _is_unit(word: str) -> bool:
    """Whether a word is nothing but a unit; 市 and 乡, which count too, are what is counted, and 项目 names
    the rows."""
    whole = bool(re.match(unit_cell(), word)) and parse_phrase(word).length == len(word)
    return whole and word not in frame_words("stub")


@lru_cache(maxsize=LABELS)
def suggested_unit(label: str, strong: bool) -> str:
    """The unit that the end of a head suggests: 参检率, 惠及人次; empty where it suggests none."""
    bare = re.sub(rf"{HEADING}|\([^()]*\)\s*$", "", label.strip()).strip()
    for ending, unit, sure in _endings():
        if (sure or not strong) and ending.search(bare):
            return unit
    return ""


@lru_cache(maxsize=LABELS)
def units_above(above: str) -> tuple[str, ...]:
    """The units that the lines above a table state: 单位:户、人、万元."""
    for named in re.findall(pattern("named_unit"), above):
        # 元/人·月(农村低保为元/人·年): what one group has instead stands behind it
        whole = named if _is_unit(named) else named.split("(")[0]
        # 元/人·月、% before 户/人/万元
        listed = re.split(r"[、,]", whole)
        listed = listed if all(map(_is_unit, listed)) else re.split(r"[、,/]", whole)
        words = (whole,) if _is_unit(whole) else tuple(filter(_is_unit, listed))
        if words:
            return words
    # 低保资金发放情况表(户、人、万元)
    for listed in LISTED.findall(above):
        words = tuple(re.split("[、,]", listed))
        if len(words) > 1 and all(map(_is_unit, words)):
            return words
    return tuple(filter(None, [stated_unit(above)]))


@lru_cache(maxsize=LABELS)
def unit_of_home(above: str, heads: tuple[str, ...]) -> str:
    """The unit that the lines above a table state for the homes that a head names; empty where they state
    none.

    单位:城市 元/人·月,农村 元/人·年; 单位:元/人·月(农村低保为元/人·年) beside 农村 below 最低生活保障.
    """
    homes = [home for head in heads for home in re.findall(r"([城农])[市镇村]", head)]
    if not homes:
        return ""
    stated = [
        (home[0], of, unit)
        for home, of, unit in re.findall(pattern("unit_by_residence"), above)
        if _is_unit(unit)
    ]
    every = "".join(reversed(heads))
    for home, of, unit in stated:
        named = re.search(".*".join(map(re.escape, re.sub(pattern("standard_end"), "", of))), every)
        if home == homes[0] and named and (len(stated) > 1 or units_above(above)):
            return unit
    return ""
