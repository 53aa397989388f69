"""What cells look like: figures with and without a unit, marks, dates, units, and the words of a table's
frame.

Patterns are made of the vocabulary: `tables/layout_words.csv` for the frame, `units.csv` and
`denominators.csv` for what may stand behind a figure.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.layout.written import ANY_YEAR, LIST_NUMERAL
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary import words as vocabulary_words

WIDE = r"[\p{Han}“”‘’—…·（）【】《》]"  # as wide as two letters
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
SCALE = "(?:[十百千万]亿|[十百千]?[万亿]|[十百千])"
YEAR = r"^(?:19[5-9]|20[0-4])[0-9]$"
YEAR_MONTH = r"^(?:19[5-9]|20[0-4])[0-9][年.](?:0?[1-9]|1[0-2])月?$"
YEARS = r"^(?:19[5-9]|20[0-4])[0-9]年?\s?[-—~至]\s?(?:19[5-9]|20[0-4])[0-9]年?$"
MARK = r"^(?:[-—–―−]+|…+|\.{3,}|/|\\|[xX×]|\*+|#|N/?A)$"
DATE = (
    f"^(?:{ANY_YEAR} ?年(?:度|[0-9]{{1,2}}月(?:份|底|末|[0-9]{{1,2}}日)?)?|"
    "[0-9]{1,2}月(?:份|底|末|[0-9]{1,2}日)?|"
    f"(?:{ANY_YEAR}年)?[0-9]{{1,2}}月?[-—~至][0-9]{{1,2}}月份?|"
    r"(?:19[5-9]|20[0-4])[0-9]年?\s?[-—~至]\s?(?:19[5-9]|20[0-4])[0-9]年?|"
    f"{ANY_YEAR}[-/](?:0?[1-9]|1[0-2])|{ANY_YEAR}[-./](?:0?[1-9]|1[0-2])[-./][0-3]?[0-9])$"
)
RULE = r"^\s*[-=─━═┄┅—_*+]{4}[-=─━═┄┅—_*+\s]*$"  # drawn across a page
CODE = r"^(?:[A-Za-z]{1,6}-?[0-9][0-9A-Za-z-]{2,}|[0-9]{12,}|1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|0[0-9]+)$"
# the number or sign that a heading begins with: 一、 (一) 1. 1、 (1) ①
HEADING = rf"^(?:{LIST_NUMERAL}[、.]|\({LIST_NUMERAL}\))"
COUNTED = r"^\(?[0-9]{1,2}[.、)]\s?[^\x00-\x7f][^0-9]*$"  # 1.最低生活保障, alone on its line
MEASURES = {"count", "money", "percent", "size", "span"}
BEHIND_DIGITS = MEASURES | {"day", "hour", "month", "week", "year", "rank"}  # 80-89岁 names a group


def either(words: list[str]) -> str:
    """A pattern of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def frame_words(role: str) -> list[str]:
    """The words of layout_words.csv with a role."""
    return vocabulary_words("tables/layout_words.csv", role=role)


def unit_words() -> tuple[dict[str, str], ...]:
    """The rows of unit_words.csv: word, behind_digits and behind_numerals (its classes)."""
    return vocabulary("numbers/unit_words.csv")


@cache
def words_for_people() -> str:
    """The words of units that count people or money, as one pattern."""
    classes = {row["unit"]: row["class"] for row in vocabulary("numbers/units.csv")}
    return either([r["word"] for r in unit_words() if classes.get(r["unit"]) in ("people", "money")])


@cache
def measure_words() -> list[str]:
    """Units that stand behind digits: 人, 万元 without their scale, %, 平方米."""
    return [row["word"] for row in unit_words() if row["behind_digits"] in BEHIND_DIGITS]


@cache
def bare_units() -> list[str]:
    """Units that fill a cell of their own; 街道 and 乡, which count too, are what is counted there."""
    measures = (r for r in unit_words() if r["behind_digits"] in MEASURES)
    return [r["word"] for r in measures if r["behind_numerals"] or r["behind_digits"] == "percent"]


@cache
def rate() -> str:
    """/人·月, 每人每月, /(人·年): what makes a rate of a unit."""
    words = either([row["word"] for row in vocabulary("numbers/denominators.csv")])
    return rf"(?: ?/ ?|每|\(每|·)\(?每?(?:{words})(?:[/·•∙.*、 每]{{0,3}}(?:{words})){{0,2}}\)?"


@cache
def unit() -> str:
    """A unit with its scale and rate: 万元/人·年."""
    return rf"(?:{SCALE}?(?:{either(bare_units())})(?:{rate()})?)"


@cache
def unit_cell() -> str:
    """A cell that is nothing but a unit."""
    return rf"^\(?{unit()}\)?$"


@cache
def name_alone() -> str:
    """A name alone on a line among rows, with or without the unit of what stands below it: 社会救助,
    孤儿养育标准(元/人·月)."""
    return rf"^{pattern('row_name')}(?:\({unit()}\))?:?$"


@cache
def figure() -> str:
    """A cell that is a figure, with or without its sign, unit and bound, or a range of two."""
    named = rf"(?:{SCALE}?\s?(?:{either(measure_words())})(?:{rate()})?|{SCALE})"
    bound = pattern("figure_bound")
    # 24-8 alone is the number of a table, 600-700元 a range
    upper = r"\s?[-—~至]\s?[1-9][0-9]{0,5}(?:\.[0-9]+)?"
    # 1850-4600 below 收费标准(元/月); 2019-2020 are years
    far = r"[1-9][0-9]{2,4}\s?[-—~至]\s?[1-9][0-9]{2,4}"
    noted = rf"\s?{pattern('figure_note')}?"
    one = rf"{NUMBER}(?:{upper}\s?{named}|\s?[余多]?{named}?){bound}{noted}"
    return rf"^{pattern('figure_sign')}{{0,2}}\s?(?:{one}|{far})$"


@cache
def phrase() -> str:
    """Words with a figure that measures: 新建5处,覆盖率达到90%; 80周岁 and 6月 measure nothing."""
    behind = [row["word"] for row in unit_words() if row["behind_digits"] in MEASURES]
    return rf"{NUMBER}\s?[余多]?{SCALE}?(?:{either(behind)})"


@cache
def furniture() -> str:
    """A cell of the line above or below a table: 填报单位:…, 单位:户、人."""
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in frame_words("furniture"))
    return rf"^[\((]?\s?(?:{words})\s?:"


@cache
def form() -> str:
    """What only forms of the statistical system state above their tables: 表号:…, 制定机关:…."""
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in frame_words("form"))
    return rf"(?:{words})\s?:"


@cache
def continued() -> str:
    """A line that says that a table goes on: 续表…, 表1(续), …统计表(续二)."""
    return rf"^[\s(]*(?:{either(frame_words('continued'))})|{pattern('continued_behind')}"


@cache
def note() -> str:
    """The beginning of what stands below a table."""
    return rf"^(?:{either(frame_words('note'))})\s?[:0-9]"


@cache
def total() -> str:
    """The name of a row or column of totals: 合计, 全省合计, 总 计; 社会组织总数 names what it counts."""
    words = "|".join(r"\s*".join(word) for word in frame_words("total") + frame_words("subtotal"))
    alone = "|".join(r"\s*".join(word) for word in frame_words("total_alone"))
    return rf"(?:(?:{words})(?:数)?|^(?:{alone}))(?:\([^()]*\))?$"


@cache
def tasks() -> str:
    """A head over words that say what is to be done or was done: 目标任务, 进展情况."""
    return rf"(?:{either(frame_words('task'))})(?:\([^()]*\))?$"


@cache
def ends_in(role: str) -> str:
    """A head that ends in one of the words of a role, with or without a unit in brackets."""
    return rf"(?:{either(frame_words(role))}){pattern('role_word_behind')}(?:\([^()]*\))?$"


@lru_cache(maxsize=REMEMBERED)
def goes_with(lower: str, upper: str) -> bool:
    """Whether a manner of keeping people is one of those that a head names."""
    return bool(re.search(pattern("manner_of_group"), f"{lower} {upper}"))
