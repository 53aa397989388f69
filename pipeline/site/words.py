"""How codes and values are said to a reader: labels in Chinese and English, numbers with their units."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

FOLDER = Path(__file__).parent


class Label(NamedTuple):
    """What stands on a page in either language; false where it has no words."""

    zh: str
    en: str
    note: str = ""
    note_en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh)


@cache
def labels() -> dict[str, dict[str, Label]]:
    """`labels.csv` as group → code → label."""
    found: dict[str, dict[str, Label]] = {}
    with (FOLDER / "labels.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["group"], {})[row["code"]] = Label(
                row["zh"], row["en"], row["note"], row["note_en"]
            )
    return found


def label(group: str, code: str | None) -> Label:
    """The label of a code; a code that `labels.csv` does not know is its own label."""
    if not code:
        return Label("", "")
    return labels().get(group, {}).get(code, Label(code, code))


def both(zh: object, en: object = "") -> Markup:
    """Both languages, of which the page shows the chosen one; what has no English stands in both."""
    if not en or en == zh:
        return Markup("{}").format(zh)
    return Markup('<span class="zh">{}</span><span lang="en">{}</span>').format(zh, en)


def said(label: Label) -> Markup:
    """A label in both languages."""
    return both(label.zh, label.en)


def counted(count: int, zh: str, en: str) -> Markup:
    """How many there are of something; `en` in the singular."""
    number = plain_number(count)
    return both(f"{number} {zh}", f"{number} {en}" if count == 1 else f"{number} {en}s")


def attribute(name: str, zh: object, en: object) -> Markup:
    """An attribute in Chinese with its English beside, which `base.js` puts in its place."""
    return Markup('{0}="{1}" data-en-{0}="{2}"').format(Markup(name), zh, en)


def joined(labels: Iterable[Label], between: str = " · ") -> Label:
    """Labels in a row, those without words left out."""
    kept = [each for each in labels if each.zh]
    return Label(between.join(each.zh for each in kept), between.join(each.en or each.zh for each in kept))


def plain_number(value: float | None, decimals: int = 4) -> str:
    """A value with thousands separators and no more decimals than it has (at most `decimals`)."""
    if value is None:
        return ""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return "0" if text == "-0" else text


def spoken_value(
    value: float | None, unit: str | None, high: float | None = None, comparator: str | None = None
) -> Label:
    """A value as an official would write it: `≥ 1,230.35 万元`, `≥ 12.3035 million yuan`. Only plain yuan are
    scaled.

    What was divided (a yearly standard by its months) ends at the fen.
    """
    if value is None:
        return Label("", "")
    size, unit = max(abs(value), abs(high or 0)), unit or ""
    sign = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", ">": "> ", "<": "< "}.get(comparator or "", "")

    def said(scale: float, name: str) -> str:
        decimals = 2 if scale == 1 and size >= 100 else 4
        number = plain_number(value / scale, decimals)
        if high is not None:
            number += "–" + plain_number(high / scale, decimals)
        return f"{sign}{number}{'' if name in ('%', '‰', '') else ' '}{name}"

    return Label(said(*_scale(size, unit)), said(*_english_scale(size, unit, high is None and value == 1)))


def spoken_unit(unit: str | None) -> Label:
    """`元/人/月`, `yuan per person per month`; things that are only counted have no English unit."""
    unit = unit or ""
    return Label(unit, _english_unit(unit))


@cache
def _units() -> dict[str, tuple[str, str]]:
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as lines:
        return {row["unit"]: (row["en"], row["en_one"]) for row in csv.DictReader(lines)}


def _english_unit(unit: str, one: bool = False, beside_value: bool = False) -> str:
    first, *others = unit.split("/")
    names = [_units().get(first, (first, first))[one], *(_units().get(per, (per, per))[1] for per in others)]
    if len(names) > 1 and not names[0]:
        names[0] = "items"
    return ("/" if beside_value and len(names) > 2 else " per ").join(names)  # it stands in every cell


def one_piece(spoken: Label) -> Markup:
    """A spoken value whose unit stands back; no line end cuts a Chinese one."""
    number, gap, unit = spoken.zh.rpartition(" ")
    zh = Markup('{}{}<span class="unit">{}</span>').format(number, gap, unit)
    at = next((at for at, char in enumerate(spoken.en) if char.isalpha()), len(spoken.en))
    return both(zh, Markup('{}<span class="unit">{}</span>').format(spoken.en[:at], spoken.en[at:]))


def _scale(size: float, unit: str) -> tuple[float, str]:
    if unit == "元" and size >= 1e8:
        return 1e8, "亿元"
    if unit == "元" and size >= 1e4:
        return 1e4, "万元"
    return 1, unit


def _english_scale(size: float, unit: str, one: bool) -> tuple[float, str]:
    if unit == "元" and size >= 1e9:
        return 1e9, "billion yuan"
    if unit == "元" and size >= 1e6:
        return 1e6, "million yuan"
    # Of things that are only counted nothing is said but their number.
    return 1, "" if unit == "个" else _english_unit(unit, one, beside_value=True)


def spoken_period(year: int | None, start: date | None, end: date | None) -> Label:
    """The period: 2023年1–10月 (Jan–Oct 2023); where only the end is known 截至2023年9月 (to Sep 2023)."""
    if end is None:
        if year:
            return Label(f"{year}年", f"{year}")
        return Label(f"自{start.year}年{start.month}月", f"from {start:%b %Y}") if start else Label("", "")
    whole_months = (end + timedelta(days=1)).day == 1
    if start is None:
        if whole_months:
            return Label(f"截至{end.year}年{end.month}月", f"to {end:%b %Y}")
        return Label(f"截至{end.year}年{end.month}月{end.day}日", f"to {end.day} {end:%b %Y}")
    if start.day == 1 and whole_months:
        if (start.month, end.month) == (1, 12):
            years = f"{end.year}" if start.year == end.year else f"{start.year}–{end.year}"
            return Label(f"{years}年", years)
        if (start.year, start.month) == (end.year, end.month):
            return Label(f"{end.year}年{end.month}月", f"{end:%b %Y}")
        if start.year == end.year:
            return Label(f"{end.year}年{start.month}–{end.month}月", f"{start:%b}–{end:%b %Y}")
    days = f"{start.isoformat()} – {end.isoformat()}"
    return Label(days, days)


def machine_time(when: date | datetime) -> str:
    """ISO 8601 for a `datetime` attribute; times of the published file are UTC and stored bare."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return when.isoformat()
