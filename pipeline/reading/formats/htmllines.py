"""A page's elements → its lines, each with what tells the report from the page around it.

Here: which elements show text, where lines break, which tables are tables and which only lay out the page.
Which lines belong to the report is decided in `webpage`. Nothing here recurses: pages may nest as they like.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline import vocabulary
from pipeline.reading.formats.htmlshape import HEADINGS, events, main_element, measure
from pipeline.reading.formats.tables import squeezed, table_lines
from pipeline.reading.layout.written import COUNT

INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
     "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr")
)  # fmt: skip
LANDMARKS = frozenset(("nav", "footer", "aside"))
SOURCE_BREAK = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
PARAGRAPHS = re.compile("\u3000{2,}")  # how pages without any markup begin a paragraph
MAX_SPAN = 60
PLAIN, SOFT, HARD = 0, 1, 2  # how surely an element is furniture, by its name


@dataclass(slots=True)
class Line:
    """A line of a page: its text, how much of it is link text, and where it stands."""

    text: str
    linked: int = 0
    zone: int = PLAIN
    heading: bool = False
    row: bool = False
    inside: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still covers
    linked: int = 0
    text: list[str] = field(default_factory=list)
    cell: LexborNode | None = None


def page_lines(body: LexborNode) -> list[Line]:
    """The lines of a page in order, empty ones left out."""
    weights, data_tables = measure(body)
    return _Writer(
        weights, data_tables, main_element(body, weights, data_tables), weights.get(body.mem_id, 0)
    ).lines(body)


class _Writer:
    def __init__(self, weights: dict[int, int], data_tables: set[int], main: LexborNode, total: int) -> None:
        self._weights, self._data_tables, self._total = weights, data_tables, total
        self._main = main.mem_id
        self._hard = frozenset(vocabulary.words("formats/page_words.csv", kind="hard"))
        self._soft = frozenset(vocabulary.words("formats/page_words.csv", kind="soft"))
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._linked = self._links = self._inside = self._pre = 0
        self._heading = False
        self._zones = [PLAIN]
        self._tables: list[_Table] = []
        self._counters: list[int | None] = []

    def lines(self, body: LexborNode) -> list[Line]:
        for event, node in events(body):
            if event == "text":
                self._add(node.text_content or "")
            elif event == "enter":
                self._enter(node, node.tag or "")
            else:
                self._exit(node, node.tag or "")
        self._flush()
        return self._lines

    def _add(self, text: str) -> None:
        if self._pre and "\n" in text and not self._tables:
            for piece in text.split("\n"):
                self._text.append(piece)
                self._flush()
            return
        target = self._tables[-1].text if self._tables else self._text
        target.append(text)
        if self._links:
            size = len(text.strip())
            self._linked += size
            if self._tables:
                self._tables[-1].linked += size

    def _enter(self, node: LexborNode, tag: str) -> None:
        if not _inline(tag):
            self._break()
        self._zones.append(max(self._zones[-1], self._zone(node, tag)))
        self._links += tag == "a"
        self._pre += tag == "pre"
        self._inside += node.mem_id == self._main
        if tag in HEADINGS:
            self._heading = True
        elif tag in ("ol", "ul"):
            start = node.attributes.get("start") or "1"
            plain = tag == "ol" and (node.attributes.get("type") or "1") == "1"
            styled = "none" in (node.attributes.get("style") or "")
            self._counters.append(int(start) if plain and not styled and start.isdecimal() else None)
        elif tag == "li" and self._counters and self._counters[-1] is not None:
            self._item(node)
        elif tag == "table" and (node.mem_id in self._data_tables or self._tables):
            self._tables.append(_Table())
        elif self._tables:
            self._enter_table(node, tag)

    def _item(self, node: LexborNode) -> None:
        """Number an item of an ordered list, unless it starts with a number of its own."""
        head = (node.text(deep=True) or "").strip()[:4]
        number = self._counters[-1] or 0
        self._counters[-1] = number + 1
        if head and not re.match(rf"[\d(\uff08①-⑳{COUNT}第]", head):
            self._add(f"{number}.")

    def _enter_table(self, node: LexborNode, tag: str) -> None:
        table = self._tables[-1]
        if tag == "tr":
            table.rows.append([])
        elif tag in ("td", "th"):
            table.text, table.cell = [], node
            if not table.rows:
                table.rows.append([])

    def _exit(self, node: LexborNode, tag: str) -> None:
        if not _inline(tag):
            self._break()
        if tag in HEADINGS:
            self._heading = False
        elif tag in ("ol", "ul") and self._counters:
            self._counters.pop()
        elif tag == "table" and self._tables:
            self._exit_table()
        elif tag == "tr" and self._tables and self._tables[-1].rows:
            _cover(self._tables[-1], len(self._tables[-1].rows[-1]) + MAX_SPAN)
        elif tag in ("td", "th") and self._tables and self._tables[-1].cell is not None:
            self._exit_cell(self._tables[-1])
        self._links -= tag == "a"
        self._pre -= tag == "pre"
        self._zones.pop()
        self._inside -= node.mem_id == self._main

    def _exit_cell(self, table: _Table) -> None:
        assert table.cell is not None
        row, attributes = table.rows[-1], table.cell.attributes
        _cover(table, len(row) + MAX_SPAN)
        wide, tall = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        for column in range(len(row), len(row) + wide):
            if tall > 1:
                table.covered[column] = tall - 1
        row.extend([_clean("".join(table.text))] + [""] * (wide - 1))
        table.text, table.cell = [], None

    def _exit_table(self) -> None:
        table = self._tables.pop()
        if self._tables:  # a table in a cell is that cell's text
            self._tables[-1].text.append(" ".join(" ".join(filter(None, row)) for row in table.rows))
            return
        lines = table_lines(table.rows)
        size = sum(map(len, lines)) or 1
        for text in lines:
            linked = table.linked * len(text) // size
            self._lines.append(
                Line(text, linked, self._zones[-1], row=text.endswith("|"), inside=self._inside > 0)
            )

    def _break(self) -> None:
        if self._tables:
            self._tables[-1].text.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        if not self._text:
            return
        raw = "".join(self._text)
        for piece in PARAGRAPHS.split(raw):
            if text := _clean(piece):
                linked = self._linked * len(piece) // len(raw)
                self._lines.append(
                    Line(text, linked, self._zones[-1], self._heading, inside=self._inside > 0)
                )
        self._text.clear()
        self._linked = 0

    def _zone(self, node: LexborNode, tag: str) -> int:
        """How surely an element is furniture; never one that holds much of the text."""
        if self._weights.get(node.mem_id, 0) > 0.3 * self._total:
            return PLAIN
        if tag in LANDMARKS:
            return HARD
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
        if any(name in self._hard for name in names):
            return HARD
        return SOFT if any(name in self._soft for name in names) else PLAIN


def _inline(tag: str) -> bool:
    """Whether an element stands inside a line: also what Word leaves in pages, such as st1:chsdate."""
    return tag in INLINE or ":" in tag


def _cover(table: _Table, limit: int) -> None:
    """Go past the columns that cells of rows above reach down to."""
    row = table.rows[-1]
    while len(row) < limit and table.covered.get(len(row), 0):
        table.covered[len(row)] -= 1
        row.append("")


def _clean(text: str) -> str:
    """One line of a page; a line end of the source between two Chinese characters is no blank."""
    return squeezed(SOURCE_BREAK.sub("", text) if "\n" in text else text)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), MAX_SPAN) if value and value.strip().isdecimal() else 1
