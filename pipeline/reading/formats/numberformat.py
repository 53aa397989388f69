"""Cell values as a spreadsheet shows them: 0.972 under the format `0.0%` is 97.2%.

A format is followed as far as it changes which number a reader sees: per cents, decimals, scaling by
thousands, dates, words around the number. Colours, alignment and separators are not; what a format does
beyond that leaves the value as it is stored.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

QUOTED = re.compile(r'"([^"]*)"|\\(.)|!(.)')
NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
DIGITS = re.compile(r"[#0?][#0?,.]*")
DATE_WORDS = re.compile(r"y+|m+|d+|年|月|日", re.I)


def shown(value: object, number_format: str | None) -> str:
    """The text of a cell. Dates are written as the format orders them, to the day or the month."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, datetime | date):
        return _date(value, number_format or "")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        return str(value)
    text = str(value)
    return "" if text.startswith("#") and text.rstrip("!?").isupper() else text.replace("_x000D_", "")


def _number(value: float, number_format: str) -> str:
    try:
        exact = Decimal(repr(value))
    except InvalidOperation:
        return ""
    if not exact.is_finite():
        return ""
    positive, *others = number_format.split(";")
    section = others[0] if exact < 0 and others and others[0].strip() else positive
    before, form, after = _parts(section)
    if form is None or "E" in section or "/" in NOT_SHOWN.sub("", section):
        return _plain(exact)
    shown_digits = form.rstrip(",")
    scaled = exact.scaleb(-3 * (len(form) - len(shown_digits)))
    if "%" in QUOTED.sub("", section):
        scaled = scaled.scaleb(2)
    decimals = len(shown_digits.partition(".")[2].replace(",", ""))
    optional = "#" in shown_digits.partition(".")[2]
    if decimals > 15 or scaled.adjusted() > 25:  # more digits than a Decimal keeps
        return _plain(exact)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = _plain(rounded) if optional else format(abs(rounded) if section is not positive else rounded, "f")
    zeros = len(shown_digits.partition(".")[0].replace("#", "").replace("?", "").replace(",", ""))
    if zeros > 1 and rounded >= 0:  # codes such as 000123
        whole, dot, rest = text.partition(".")
        text = whole.zfill(zeros) + dot + rest
    if exact < 0 and section is not positive and "-" not in before:
        text = f"-{text}"
        if "(" in before and ")" in after:  # (3.2) is how accountants write -3.2
            before, after = before.replace("(", ""), after.replace(")", "")
    return f"{before}{text}{after}".strip()


@lru_cache(maxsize=500)
def _parts(section: str) -> tuple[str, str | None, str]:
    """(words before, digit places, words after) of one section of a number format."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return f"\ue000{chr(0xE100 + len(literals) - 1)}"

    bare = NOT_SHOWN.sub("", QUOTED.sub(keep, section))
    if bare.strip().lower() in ("general", "g/通用格式", "@", ""):
        return "", None, ""
    found = DIGITS.search(bare)
    if found is None:
        return "", None, ""

    def words(text: str) -> str:
        return re.sub("\ue000(.)", lambda match: literals[ord(match[1]) - 0xE100], text)

    form, rest = found[0], bare[found.end() :]
    if "\ue000" in rest and DIGITS.search(rest):  # 0!.0,"万": a literal point inside the digits
        return "", None, ""
    return words(bare[: found.start()]), form, words(rest)


def _plain(number: Decimal) -> str:
    """A number as "General" shows it: at most eleven significant digits, no trailing zeros, no exponent."""
    if number == 0:
        return "0"
    places = max(0, 10 - number.adjusted())
    rounded = round(number, places) if places < 30 else number
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: datetime | date, number_format: str) -> str:
    order = [
        word[0].lower()
        for word in DATE_WORDS.findall(QUOTED.sub(r"\1\2\3", NOT_SHOWN.sub("", number_format)))
    ]
    chinese = "年" in order or "月" in order
    year, month, day = f"{value.year}", f"{value.month}", f"{value.day}"
    if "d" not in order and "日" not in order and ("y" in order or "年" in order):
        if "m" not in order:
            return f"{year}年" if chinese else year
        return f"{year}年{month}月" if chinese else f"{year}-{value.month:02d}"
    if chinese:
        return f"{year}年{month}月{day}日" if "y" in order else f"{month}月{day}日"
    return f"{year}-{value.month:02d}-{value.day:02d}"
