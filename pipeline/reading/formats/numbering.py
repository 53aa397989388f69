"""Automatic numbers of Word paragraphs (一、 1. ① 第一章), which stand in no run of the document's text."""

from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital",
    "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "taiwaneseDigital",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int


class Numbering:
    """The lists of a document, counted as its paragraphs come by in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, tuple[str | None, str | None, int | None]] = {}
        self._default_style: str | None = None
        if numbering is not None:
            self._load_lists(numbering)
        if styles is not None:
            self._load_styles(styles)

    def label(self, paragraph: etree._Element) -> str:
        """The number before `paragraph`, with its punctuation; empty where it has none."""
        list_id, depth = self._place(paragraph)
        abstract = self._lists.get(list_id or "")
        levels = self._levels.get(abstract or "", {})
        if abstract is None or depth not in levels:
            return ""
        restart = self._restarts.pop((list_id or "", depth), None)
        counts = self._counts[abstract]
        counts[depth] = restart if restart is not None else counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        text = levels[depth].text
        for other, level in levels.items():
            if f"%{other + 1}" in text:
                text = text.replace(f"%{other + 1}", spelled(counts.get(other, level.start), level.form))
        return text if not text or text[-1] in "、.,):\uff0e\uff0c\uff09\uff1a" else f"{text} "

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """(list, level) of a paragraph: its own, or else those of its style or of what that is based on."""
        list_id, depth = _numbered(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val") if style is not None else self._default_style
        for _ in range(20):
            if list_id is not None or name not in self._styles:
                break
            name, list_id, styled = self._styles[name]
            depth = styled if depth is None else depth
        return list_id, depth or 0

    def _load_lists(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            levels = {}
            for level in abstract.iter(W + "lvl"):
                form = _attribute(level, "numFmt") or "decimal"
                text = "" if form in ("bullet", "none") else _attribute(level, "lvlText") or ""
                levels[_number(level.get(W + "ilvl"), 0)] = Level(
                    form, text, _number(_attribute(level, "start"), 1)
                )
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for item in numbering.iter(W + "num"):
            name = item.get(W + "numId", "")
            self._lists[name] = _attribute(item, "abstractNumId") or ""
            for override in item.iter(W + "lvlOverride"):
                start = _attribute(override, "startOverride")
                if start is not None:
                    self._restarts[name, _number(override.get(W + "ilvl"), 0)] = _number(start, 1)

    def _load_styles(self, styles: etree._Element) -> None:
        for style in styles.iter(W + "style"):
            list_id, depth = _numbered(style)
            name = style.get(W + "styleId", "")
            self._styles[name] = (_attribute(style, "basedOn"), list_id, depth)
            if style.get(W + "default") == "1" and style.get(W + "type") == "paragraph":
                self._default_style = name


def _numbered(element: etree._Element) -> tuple[str | None, int | None]:
    properties = element.find(f"{W}pPr/{W}numPr")
    if properties is None:
        return None, None
    depth = _attribute(properties, "ilvl")
    return _attribute(properties, "numId"), _number(depth, 0) if depth is not None else None


def _attribute(element: etree._Element, child: str) -> str | None:
    found = element.find(W + child)
    return found.get(W + "val") if found is not None else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def spelled(number: int, form: str) -> str:
    """`number` in one of Word's forms; in digits where the form is not one that Chinese offices use."""
    if form in CHINESE:
        return _chinese(number, DIGITS, "十百千") if form != "ideographDigital" else _positional(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, FORMAL, "拾佰仟")
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x245F + number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form == "ideographTraditional" and 1 <= number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    return str(number)


def _positional(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _chinese(number: int, digits: str, powers: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for i, digit in enumerate(str(number)):
        place = len(str(number)) - i - 1
        if digit == "0":
            gap = True
            continue
        zero = "零" if gap and text else ""
        gap = False
        text += zero + digits[int(digit)] + (powers[place - 1] if place else "")
    return text[1:] if digits is DIGITS and 10 <= number < 20 else text


def _roman(number: int) -> str:
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    text = ""
    for value, letters in pairs:
        text += letters * (number // value)
        number %= value
    return text
