"""What offices write in several ways that mean the same, in one of them: no pattern need know the others.

Nothing becomes longer: what is written shorter keeps its length with marks for what is left out.
"""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.layout.compute import changed_where, each_changed_where, each_line
from pipeline.reading.layout.dates import all_arabic_years, written_years
from pipeline.reading.layout.written import LIST_NUMERAL
from pipeline.vocabulary import pattern

# 全县共有 12 家养老机构,床位 860 张: blanks that set numbers off in lines of prose, not between cells
SET_OFF = (
    r"(\p{Han}|、) ([0-9])",
    r"([0-9][万亿余多]{0,2}|%) ([%[\p{Han}&&[^十百千]]])",  # 61 十分紧张
    r"([0-9][万亿]?) ([万亿]?元|[人户名个])",
)
# 护理 员, 增加 了: blanks inside sentences, often for the end of a line; 元 / 户
IN_SENTENCE = r"(\p{Han}) ([\p{Han}&&[^一二三四五六七八九十第]])"
IN_RATE = (r"([元人户月年]) (/)", r"(/) ([人户月年])")
PROSE = r"[。;]|[^0-9][,，]|[,，][^0-9]"
CELLS = r"[|\t]|\S {2,}\S|[0-9%] +[-—0-9]"
# 2023年年底, 今年年末: the end of that year; 去年年底 is known as it is
END_OF_YEAR = r"([0-9今本当]年)年([底末])"
# (一)布点建设  2021年以来,…: what opens a line as its heading, and what parts it from its text
MARK = rf"(?:\({LIST_NUMERAL}\)|{LIST_NUMERAL}、|[0-9]{{1,2}}[.、])"
HEAD = rf"((?:^|\n) *{MARK} ?[\p{{Han}}、“”]{{4,14}})"
TEXT = r"( *[0-9\p{Han}][^\n|\t ]{10,}[,。;])"
PARTS = ((" ", "。"), ("——", "。{gone}"))
# ↓4.2 and ↑18.4 are growth with its sign, 1─6月 a span, though its stroke is one that tables are drawn with
ARROWS = (("↓([0-9])", "-${1}"), ("↑([0-9])", "+${1}"), ("([0-9%月日年元人户张])[─━]([0-9])", "${1}—${2}"))
# 养老机构(个)………………1538: what leads the eye from a name to its figure, in a text where units stand before it;
# 一、基本职能………4 is of a table of contents
LEADS = r"\)(?:[…·‥]{2,}|\.{4,}) *[0-9]"
LEAD = re.compile(r"(?<=[\u4e00-\u9fff)])(?:[…·‥]{2,}|\.{4,})(?= *[0-9])")
DAYS = 4  # in a row: 9月21号、22号、23号、24号


def in_one_way(texts: pl.Series, gone: str) -> pl.Series:
    """The texts (folded) with years in Arabic digits, no blanks around numbers in prose, 2023年底 for
    2023年年底, 前八个月 for 头八个月, 9月21日 for 9月21号, 及 for 以及, ∶ in ratios, signs for arrows, blanks
    for dots that lead to figures, and a full stop behind what opens a line as its heading.

    `gone` stands for each character that is left out.
    """
    texts = changed_where(texts, written_years(), all_arabic_years)
    texts = _replaced(texts, END_OF_YEAR, f"${{1}}{gone}${{2}}")
    texts = _replaced(texts, pattern("first_months"), "${1}前${2}")
    texts = changed_where(texts, pattern("day_by_number"), _days)
    texts = _replaced(texts, pattern("as_well_as"), f"${{1}}{gone}及${{2}}")
    for sign, stop in PARTS:
        texts = _replaced(texts, f"{HEAD}{sign}{TEXT}", f"${{1}}{stop.format(gone=gone)}${{2}}")
    texts = _replaced(texts, pattern("ratio_by_colon"), "${1}∶${2}")
    for arrow, sign in ARROWS:
        texts = _replaced(texts, arrow, sign)
    texts = each_changed_where(texts, LEADS, _without_leads)
    return changed_where(texts, f"{SET_OFF[0]}|{IN_SENTENCE}|{IN_RATE[0]}", lambda s: _closed_up(s, gone))


def _days(texts: pl.Series) -> pl.Series:
    """The texts with 日 for 号 behind a day; each of a row follows one that has it."""
    for _ in range(DAYS):
        texts = texts.str.replace_all(pattern("day_by_number"), "${1}日${2}")
    return texts


def _without_leads(text: str) -> str:
    """The text with blanks for dots that lead to figures."""
    return LEAD.sub(lambda dots: " " * len(dots[0]), text)


def _replaced(texts: pl.Series, pattern: str, value: str) -> pl.Series:
    return changed_where(texts, pattern, lambda some: some.str.replace_all(pattern, value))


def _closed_up(texts: pl.Series, gone: str) -> pl.Series:
    """The texts without the blanks that set numbers off, in each line that is prose."""
    line, closed = pl.col("line"), pl.col("line")
    for found in (*SET_OFF, *IN_RATE, IN_SENTENCE, IN_SENTENCE):
        closed = closed.str.replace_all(found, f"${{1}}{gone}${{2}}")
    is_prose = line.str.contains(PROSE) & ~line.str.contains(CELLS)
    return each_line(texts, pl.when(is_prose).then(closed).otherwise(line))
