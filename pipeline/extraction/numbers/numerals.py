"""The values of written numbers: digits, and Chinese numerals such as 三百余, 二〇二三, 三分之一, 两三."""

from __future__ import annotations

import re
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
COUNTING = "一二两三四五六七八九十百千万亿"
NUMERALS = COUNTING + "零〇○"  # a numeral does not begin with nought: 零部件
FRACTION = rf"[{NUMERALS}]+分之[{NUMERALS}]+(?:点[{NUMERALS}]+)?"
_ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MIXED = re.compile(r"([0-9]+)(亿|万)([0-9]+(?:\.[0-9]+)?)")


class Number(NamedTuple):
    """A written number's value; `high` where it names two neighbours (两三), `percent` for a fraction."""

    value: float | None
    high: float | None = None
    percent: bool = False


def read_numeral(written: str) -> Number:
    """Value of a run of digits or Chinese numerals; no value where the run is none (千万百)."""
    if _ARABIC.fullmatch(written):
        return Number(float(written))
    if mixed := _MIXED.fullmatch(written):
        # 1亿2500(万) in units of 万, 3万5(千) in units of 千
        high, scale, low = mixed.groups()
        return Number(float(high) * (10_000 if scale == "亿" else 10) + float(low))
    if "分之" in written:
        return _fraction(written)
    if all(c in DIGITS for c in written):
        return _digits(written)
    return Number(_sum(written))


def _digits(written: str) -> Number:
    values = [DIGITS[c] for c in written]
    if len(values) == 2 and "〇" not in written and values[1] == values[0] + 1:
        return Number(float(values[0]), float(values[1]))
    if written == "三五":
        return Number(3.0, 5.0)
    return Number(float("".join(map(str, values))))


def _fraction(written: str) -> Number:
    base, part = written.split("分之")
    whole, _, decimals = part.partition("点")
    part_value, base_value = read_numeral(whole).value, read_numeral(base).value
    if not base_value or part_value is None:
        return Number(None)
    if decimals:
        part_value += sum(DIGITS.get(c, 0) / 10**i for i, c in enumerate(decimals, 1))
    return Number(round(part_value / base_value * 100, 6), percent=True)


def _sum(written: str) -> float | None:
    """一千二百万 by places; a scale that is not smaller than the one before it makes no number."""
    total, section, digit = 0.0, 0.0, None
    small = large = float("inf")
    for char in written:
        if char in LARGE:
            section += digit or 0
            if char == "亿" and large == LARGE["万"] and not section:
                total, large = total * LARGE["亿"], LARGE["亿"]  # 二万亿, 万亿
                continue
            if LARGE[char] >= large:
                return None
            large, small = LARGE[char], float("inf")
            total += (section or 1) * large
            section, digit = 0.0, None
        elif char in SMALL:
            if SMALL[char] >= small:
                return None
            small = SMALL[char]
            section += (1 if digit is None else digit) * small
            digit = None
        elif digit:
            return None
        else:
            digit = DIGITS[char] or None  # 三万零十
    return total + section + (digit or 0)
