"""OpenDocument texts (.odt): paragraphs, tables and automatic numbers as the reader of the page sees them.

Own reading of the XML, as of .docx and .ods: odfpy and odfdo leave out automatic numbers (一、 1.) and the
order of paragraphs and tables, and give text that is hidden, odfpy also what was deleted.
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.reading.formats.odtnumbers import Lists
from pipeline.reading.formats.opendocument import (
    BOXES,
    CELLS,
    FO,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    opened,
    times,
    words,
)
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sheets import MAX_CELLS, MAX_COLUMNS
from pipeline.reading.formats.tables import listed, squeezed, table_lines

PARAGRAPHS = (TEXT + "p", TEXT + "h")
LISTS = (TEXT + "list", TEXT + "numbered-paragraph")
ITEMS = (TEXT + "list-item", TEXT + "list-header")
SKIPPED = {
    TEXT + "tracked-changes", TEXT + "sequence-decls", TEXT + "variable-decls", TEXT + "user-field-decls",
    TEXT + "note-citation", OFFICE + "forms", OFFICE + "annotation", OFFICE + "scripts",
}  # fmt: skip
PAGE = "\f"


def odt_text(data: bytes) -> str:
    """The text of an .odt: a line a paragraph or table row, a form feed line at each set page break, notes
    at the end. Raises Refusal."""
    container = opened(data)
    content = container.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Refusal("damaged", found="no document body")
    roots = [container.xml("styles.xml"), content] if "styles.xml" in container.names else [content]
    reader = _Reader(roots)
    lines = list(reader.blocks(body))
    for note in body.iter(TEXT + "note-body"):
        if next(note.iterancestors(TEXT + "tracked-changes"), None) is None:
            lines.extend(reader.blocks(note))
    return "\n".join(lines) + "\n"


class _Reader:
    def __init__(self, roots: list[etree._Element]) -> None:
        self._lists = Lists(roots)
        styles = [style for root in roots for style in root.iter(STYLE + "style")]
        self._hidden = frozenset(
            style.get(STYLE + "name", "")
            for style in styles
            for part in style
            if part.get(TEXT + "display") == "none"
        )
        self._breaks = {
            style.get(STYLE + "name")
            for style in styles
            for part in style
            if part.get(FO + "break-before") == "page"
        }
        self._cells = 0

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Lines of the paragraphs, lists and tables below `parent`, whatever they are wrapped in."""
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str) or tag in SKIPPED:
                continue
            if child.get(TEXT + "display") == "none" or child.get(TEXT + "is-hidden") == "true":
                continue
            if tag in PARAGRAPHS:
                yield from self._paragraph(child)
            elif tag in LISTS:
                with self._lists.inside(child):
                    yield from self.blocks(child)
            elif tag in ITEMS:
                self._lists.item(child)
                yield from self.blocks(child)
            elif tag == TABLE + "table":
                yield from table_lines(self._rows(child))
            else:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        style = paragraph.get(TEXT + "style-name", "")
        if style in self._breaks:
            yield PAGE
        if style not in self._hidden:
            text = "".join(words(paragraph, self._hidden))
            number = self._lists.label(paragraph) if text.strip() else ""
            for i, line in enumerate(text.split("\n")):
                if plain := squeezed(("" if i else number) + line):
                    yield plain
        for box in paragraph.iter(BOXES):
            if next(box.iterancestors(*PARAGRAPHS)) is paragraph:
                yield from self.blocks(box)

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        for row in table.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not table:
                continue
            cells: list[str] = []
            for cell in row.iterchildren(*CELLS):
                text = listed(self.blocks(cell)) if cell.tag == CELLS[0] else ""
                cells += [text] * min(times(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells))
            repeated = times(row, "number-rows-repeated") if any(cells) else 1
            self._cells += repeated * len(cells)
            if self._cells > MAX_CELLS:
                found = f"over {MAX_CELLS:,} cells"
                raise Refusal("text_too_long", found=found, limit=f"{MAX_CELLS:,} cells")
            for _ in range(repeated):
                yield cells
