"""The values of written numbers: digits with scales (3亿5千万), Chinese numerals (三百零五, 二〇二三, 四五百,
零点八), financial capitals (贰万), fractions (三分之一, 一半, ½) and sums in 元角分.

Only what stands in the number itself: the unit behind it belongs to `units`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.vocabulary import pattern

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
ONES = "一二两三四五六七八九"
COUNTING = ONES + "十百千万亿廿卅"
NUMERALS = COUNTING + "零〇○"  # a numeral does not begin with nought: 零部件
FRACTION = rf"[{NUMERALS}]+分之[{NUMERALS}]+(?:点[{NUMERALS}]+)?"
UPPER_SHARE = rf"(?:[至到~—–]|--?)[{ONES}][{NUMERALS}]*(?:点[{NUMERALS}]+)?"  # 百分之四十至五十
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟毛块OoО圆", "一二三四五六七八九十百千角元〇〇〇元")
CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟零万亿"
VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
LONGEST = 30  # characters; 九千九百九十九亿九千九百九十九万九千九百九十九点九九 has 27
MOST_DIGITS = 18
ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff"  # strokes through digits and dots over them
OTHERS = "⁰¹²³⁴-⁹①-⒛⓪-⓿❶-➓Ⅰ-ⅿ㈠-㈩㊀-㊉㉑-㉟㊱-㊿"  # digits in circles and brackets, above the line, Roman
TENTHS = re.compile(f"[{ONES}]成[{ONES}]")  # 九成八

_UNREAD = re.compile(f"[{ACCENTS}{OTHERS}]")
_ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PART = re.compile(r"零?([0-9]+(?:\.[0-9]+)?)([十百千万亿]*)")
# 八块五 ends in its 角, unsaid
_MONEY = re.compile(r"(.+)元零?(?:(.)(?:角|$))?零?(?:(.)分)?")
_SECTION = re.compile(
    rf"(?:(?P<k>[{ONES}])?千)?零?(?:(?P<h>[{ONES}])?百)?零?(?:(?P<t>[{ONES}])?十)?零?(?P<o>[{ONES}])?"
)
_NEIGHBOURS = re.compile(rf"(?<![零〇○{ONES}])([{ONES}])([{ONES}])(?![零〇○{ONES}])")


class Number(NamedTuple):
    """A written number's value, None where the writing makes none; `high` of two neighbours (四五百).

    `unit` is the one that the writing itself holds: `%` of a fraction, 元 of a sum in 元角分, else empty.
    `vague` says that only the magnitude is told (数百, 几十万, 四五百).
    """

    value: float | None
    high: float | None = None
    unit: str = ""
    vague: bool = False


NONE = Number(None)


def read_numeral(written: str) -> Number:
    """Value of a number as it is written; no value where the writing makes none (千万百) or none that is told
    of in a report (thirty digits), nor where digits are struck through or are none of ours (⑫, Ⅳ)."""
    if len(written) > LONGEST or _UNREAD.search(written):
        return NONE
    plain = written.translate(PLAIN).replace(" ", "").replace("廿", "二十").replace("卅", "三十")
    if _ARABIC.fullmatch(plain):
        return Number(float(plain)) if len(plain) <= MOST_DIGITS else NONE
    if "分之" in plain or plain == "百分百":
        return _fraction(plain)
    if TENTHS.fullmatch(plain):
        return Number((_chinese(plain[0]) or 0) * 10 + (_chinese(plain[2]) or 0), unit="%")
    if re.fullmatch(pattern("half_in_words"), plain):
        return Number(50.0, unit="%")
    if plain[-1] in VULGAR:
        return Number(round(VULGAR[plain[-1]] * 100, 6), unit="%")
    if money := _MONEY.fullmatch(plain):
        return _money(money)
    if plain[0].isascii():
        exact = plain.replace("余", "").replace("多", "")
        return Number(_mixed(exact), vague=exact != plain)
    if plain[0] in "几数":
        return Number(_chinese(plain[1:]), vague=True)
    return _numeral(plain)


def _numeral(plain: str) -> Number:
    if plain == "半":
        return Number(0.5)
    neighbours = None if "点" in plain else _NEIGHBOURS.search(plain)
    if neighbours and DIGITS[neighbours[2]] in (DIGITS[neighbours[1]] + 1, 5 * (neighbours[1] == "三")):
        low, high = (
            _chinese(plain[: neighbours.start()] + d + plain[neighbours.end() :]) for d in neighbours.groups()
        )
        return NONE if low is None or high is None else Number(low, high, vague=True)
    if all(c in DIGITS for c in plain):
        # a year or a code read digit by digit, no quantity is longer
        return Number(float("".join(str(DIGITS[c]) for c in plain))) if len(plain) <= MOST_DIGITS else NONE
    return Number(_chinese(plain))


def _chinese(plain: str) -> float | None:
    """一千二百万 by its scales; None where they stand in no order (万百千)."""
    whole, point, decimals = plain.partition("点")
    if point:
        scale = decimals.lstrip("".join(DIGITS))
        places = [DIGITS[c] for c in decimals[: len(decimals) - len(scale)]]
        integer = _chinese(whole) if whole not in ("零", "〇") else 0.0
        if integer is None or not places or len(places) > 6:
            return None
        value = float(f"{integer:.0f}.{''.join(map(str, places))}")
        return round(value * _product(scale), 6)
    for name in "亿万":
        high, found, low = whole.rpartition(name)
        if found:
            above = _chinese(high) if high else 1.0
            below = _below(low, SCALES[name])
            apart = above is not None and (above < SCALES[name] or high.endswith("万"))  # 四万万
            if above is None or below is None or not apart or high.endswith("零"):
                return None
            return above * SCALES[name] + below
    return _section(whole)


def _below(low: str, scale: float) -> float | None:
    """What stands behind a scale: 三万五 is 35000, 三万零五 30005."""
    if not low:
        return 0.0
    if len(low) == 1 and low in DIGITS:
        return DIGITS[low] * scale / 10
    value = _chinese(low.lstrip("零〇"))
    return value if value is not None and value < scale else None


def _section(text: str) -> float | None:
    """Below ten thousand; 四百五 is 450, as it is spoken."""
    found = _SECTION.fullmatch(text.replace("〇", "零").replace("○", "零")) if text else None
    if not found:
        return None
    digit = {name: DIGITS[d] if d else None for name, d in found.groupdict().items()}
    value = sum(
        (digit[key] or 1) * SCALES[scale]
        for key, scale in (("k", "千"), ("h", "百"), ("t", "十"))
        if scale in text
    )
    last = digit["o"] or 0
    if last and len(text) > 1 and text[-2] in "百千":
        return value + last * SCALES[text[-2]] / 10
    return value + last


def _product(scales: str) -> float:
    value = 1.0
    for char in scales:
        value *= SCALES[char]
    return value


def _mixed(plain: str) -> float | None:
    """Digits with several scales: 3亿5千万, 1万600, 2千3百; None where a part is not below the one before."""
    total, section, largest = 0.0, 0.0, float("inf")
    smallest = float("inf")
    for digits, scales in _PART.findall(plain):
        small = scales.rstrip("万亿")
        part = float(digits) * _product(small)
        if part >= smallest:
            return None
        section += part
        smallest = _product(small) if small else 1.0
        if large := scales[len(small) :]:
            if section * _product(large) >= largest:
                return None
            largest = _product(large)
            total += section * largest
            section, smallest = 0.0, largest
    return total + section if section < largest else None


def _fraction(plain: str) -> Number:
    if plain == "百分百":
        return Number(100.0, unit="%")
    base, _, parts = plain.partition("分之")
    low, *high = re.split("[至到~—–-]+", parts)
    values = [_number(part) for part in (base, low, *high)]
    if None in values or not values[0]:
        return NONE
    shares = [round(value / values[0] * 100, 6) for value in values[1:] if value is not None]
    return Number(shares[0], shares[1] if len(shares) > 1 else None, unit="%")


def _number(plain: str) -> float | None:
    return float(plain) if _ARABIC.fullmatch(plain) else _numeral(plain).value


def _money(found: re.Match[str]) -> Number:
    yuan, jiao, fen = (0.0 if part is None else _number(part) for part in found.groups())
    if yuan is None or jiao is None or fen is None:
        return NONE
    return Number(round(yuan + jiao / 10 + fen / 100, 2), unit="元")


def shared_scale(low: str, high: str) -> float:
    """What the scale said once at the upper end of a range makes of the lower: of 二至三千元 1000; else 1."""
    if not (set(low) | set(high)) <= set(NUMERALS):
        return 1.0
    below = _chinese(low)
    coefficient = high.rstrip("".join(SCALES))
    for cut in range(len(coefficient), len(high)):
        tail = high[cut:]
        above = _chinese(high[:cut]) if cut else None
        if tail[0] != "十" and below and above and below < above and above < _product(tail) * 10:
            return _product(tail)
    return 1.0


def said_apart(low: str, high: str) -> float:
    """What the scale said once makes of the first of two neighbours: of 三、四十户 10; 0 if they are none."""
    scale = high[1:]
    if low not in DIGITS or not scale or not set(scale) <= set(SCALES) or high[0] not in DIGITS:
        return 0.0
    return _product(scale) if DIGITS[high[0]] == DIGITS[low] + 1 else 0.0
