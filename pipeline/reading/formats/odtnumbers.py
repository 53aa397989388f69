"""Automatic numbers of OpenDocument paragraphs, which stand in their lists' styles and in no paragraph."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from pipeline.reading.formats.numbering import Level, spelled
from pipeline.reading.formats.opendocument import STYLE, TEXT

LEVELS = (TEXT + "list-level-style-number", TEXT + "outline-level-style")
FORMS = {  # of OpenDocument → of Word, which `spelled` knows
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle", "甲, 乙, 丙, ...": "ideographTraditional",
}  # fmt: skip
OUTLINE = ""
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass
class _Open:
    """A list that is being read: its style, how deep it lies, and the counts it shares with its parents."""

    style: str
    depth: int
    counts: dict[int, int] = field(default_factory=dict)
    number: bool = False  # whether the next paragraph begins an item


class Lists:
    """The lists and numbered headings of a document, counted as its paragraphs come by in order."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._styled: dict[str, str] = {}
        for root in roots:
            for style in root.iter(TEXT + "list-style", TEXT + "outline-style"):
                outline = style.tag == TEXT + "outline-style"
                name = OUTLINE if outline else style.get(STYLE + "name", "")
                self._levels[name] = {
                    _count(level, "level", 1) - 1: _level(level) for level in style.iter(*LEVELS)
                }
            for style in root.iter(STYLE + "style"):
                if (named := style.get(STYLE + "list-style-name")) is not None:
                    self._styled[style.get(STYLE + "name", "")] = named
        self._open: list[_Open] = []
        self._counts: dict[str, dict[int, int]] = {OUTLINE: {}}

    @contextmanager
    def inside(self, element: etree._Element) -> Iterator[None]:
        """While the list `element` is read."""
        outer = self._open[-1] if self._open else None
        style = element.get(TEXT + "style-name") or (outer.style if outer else self._of_first(element))
        depth = outer.depth + 1 if outer else _count(element, "level", 1) - 1
        inside = _Open(style, depth, outer.counts if outer else self._begun(element, style))
        inside.number = element.tag == TEXT + "numbered-paragraph"
        self._counts[style] = inside.counts
        if name := element.get(XML_ID) or element.get(TEXT + "list-id"):
            self._counts[f"#{name}"] = inside.counts
        self._open.append(inside)
        try:
            yield
        finally:
            self._open.pop()
            if outer:
                outer.number = False

    def item(self, element: etree._Element) -> None:
        """A new item of the list that is read begins: its first paragraph has its number."""
        if self._open:
            self._open[-1].number = element.tag == TEXT + "list-item"
            if (start := element.get(TEXT + "start-value")) and start.isdecimal():
                self._open[-1].counts[self._open[-1].depth] = min(int(start), 99_999) - 1

    def label(self, paragraph: etree._Element) -> str:
        """The number before `paragraph`, with its punctuation; empty where it has none."""
        if self._open:
            place = self._open[-1]
            numbered, place.number = place.number, False
            return self._next(place.style, place.depth, place.counts) if numbered else ""
        styled = self._styled.get(paragraph.get(TEXT + "style-name", ""))
        if paragraph.tag != TEXT + "h" or paragraph.get(TEXT + "is-list-header") == "true" or styled == "":
            return ""
        return self._next(OUTLINE, _count(paragraph, "outline-level", 1) - 1, self._counts[OUTLINE])

    def _next(self, style: str, depth: int, counts: dict[int, int]) -> str:
        levels = self._levels.get(style, {})
        if depth not in levels:
            return ""
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        text = levels[depth].text
        for other, level in levels.items():
            text = text.replace(f"%{other + 1}%", spelled(counts.get(other, level.start), level.form))
        return text if not text or text[-1] in "、.,):\uff0e\uff0c\uff09\uff1a" else f"{text} "

    def _begun(self, element: etree._Element, style: str) -> dict[int, int]:
        """The counts that a list goes on with: of the one that it continues, else new ones."""
        name = element.get(TEXT + "continue-list") or element.get(TEXT + "list-id")
        if before := self._counts.get(f"#{name}"):
            return before
        same = element.get(TEXT + "continue-numbering") == "true"
        return self._counts.get(style, {}) if same and style else {}

    def _of_first(self, element: etree._Element) -> str:
        first = next(element.iter(TEXT + "p", TEXT + "h"), None)
        return self._styled.get(first.get(TEXT + "style-name", ""), "?") if first is not None else "?"


def _level(element: etree._Element) -> Level:
    form = element.get(STYLE + "num-format", "")
    depth = _count(element, "level", 1)
    shown = range(max(depth - _count(element, "display-levels", 1), 0) + 1, depth + 1)
    number = ".".join(f"%{level}%" for level in shown)
    text = element.get(STYLE + "num-prefix", "") + number + element.get(STYLE + "num-suffix", "")
    text = next((said for name, said in element.items() if name.endswith("}num-list-format")), text)
    return Level(FORMS.get(form, "decimal"), text if form else "", _count(element, "start-value", 1))


def _count(element: etree._Element, name: str, default: int) -> int:
    text = element.get(TEXT + name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
