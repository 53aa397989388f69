"""Word documents (.docx): paragraphs, tables and automatic numbers as the reader of the page sees them.

lxml (BSD, alive, C speed) over the XML itself rather than python-docx 1.2, docx2python or mammoth:
python-docx leaves out inserted text, content controls, text boxes and every automatic number (一、 1.), which
are how many offices number their headings. Headers and footers are left out: page numbers and running heads.
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.reading.formats.container import Container, parse_xml
from pipeline.reading.formats.numbering import Numbering
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.tables import listed, squeezed, table_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")  # Word's "strict" variety
STRICT_MAIN = (b"wordprocessingml/main", b"wordprocessingml/2006/main")
SKIPPED = {
    W + name for name in ("del", "moveFrom", "rt", "pPr", "tblPr", "tcPr", "instrText", "delText", "sdtPr")
}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
PAGE, LINE = "\f", "\n"


def docx_text(data: bytes) -> str:
    """The text of a .docx: a line a paragraph or table row, a form feed line at each set page break."""
    container = Container(data)
    part = _main_part(container)
    body = _xml(container, part).find(W + "body")
    if body is None:
        raise Refusal("damaged", found="no document body")
    related = container.related(part)
    parts = {name.rpartition("/")[2]: name for name in related.values() if name in container.names}
    numbering = Numbering(
        _xml(container, parts["numbering.xml"]) if "numbering.xml" in parts else None,
        _xml(container, parts["styles.xml"]) if "styles.xml" in parts else None,
    )
    lines = list(_Reader(numbering).blocks(body))
    for notes in ("footnotes.xml", "endnotes.xml"):
        if notes in parts:
            for note in _xml(container, parts[notes]):
                if note.get(W + "type") is None:
                    lines.extend(_Reader(numbering).blocks(note))
    return "\n".join(lines) + "\n"


def _main_part(container: Container) -> str:
    related = container.related("").values()
    found = [name for name in related if name.startswith("word/document") and name in container.names]
    return found[0] if found else "word/document.xml"


def _xml(container: Container, name: str) -> etree._Element:
    if name not in container.names:
        raise Refusal("damaged", found=f"{name} is missing")
    data = container.read(name)
    if STRICT[0] + STRICT_MAIN[0] in data[:5000]:
        data = data.replace(STRICT[0] + STRICT_MAIN[0], STRICT[1] + STRICT_MAIN[1])
    return parse_xml(data, name)


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Lines of the paragraphs and tables below `parent`, whatever they are wrapped in."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from table_lines(self._rows(child))
            elif isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag != FALLBACK:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        boxes: list[etree._Element] = []
        text = "".join(_runs(paragraph, boxes))
        number = self._numbering.label(paragraph) if text.strip() else ""
        lines = [piece for part in text.split(PAGE) for piece in (*part.split(LINE), PAGE)][:-1]
        for i, line in enumerate(lines):
            if line == PAGE:
                yield PAGE
            elif plain := squeezed((number if i == 0 else "") + line):
                yield plain
        for box in boxes:
            yield from self.blocks(box)

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [""] * _value(row, f"{W}trPr/{W}gridBefore", 0)
            for cell in row.iter(W + "tc"):
                if next(cell.iterancestors(W + "tr")) is not row:
                    continue
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                covered = merge is not None and merge.get(W + "val", "continue") == "continue"
                cells.append("" if covered else listed(self.blocks(cell)))
                cells.extend([""] * (_value(cell, f"{W}tcPr/{W}gridSpan", 1) - 1))
            yield cells


def _runs(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Pieces of the text of a paragraph; text boxes anchored in it go into `boxes`."""
    for child in parent:
        tag = child.tag
        if tag in (W + "t", MATH_TEXT):
            yield child.text or ""
        elif tag == W + "tab":
            yield " "
        elif tag in (W + "br", W + "cr"):
            yield PAGE if child.get(W + "type") == "page" else LINE
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag == W + "txbxContent":
            boxes.append(child)
        elif tag == W + "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif isinstance(tag, str) and tag not in SKIPPED and tag != FALLBACK:
            yield from _runs(child, boxes)


def _value(element: etree._Element, path: str, default: int) -> int:
    found = element.find(path)
    text = found.get(W + "val", "") if found is not None else ""
    return min(int(text), 200) if text.isdigit() else default
