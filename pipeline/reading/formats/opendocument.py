"""What OpenDocument workbooks and texts share: their container, names, and the words of a paragraph."""

from collections.abc import Iterator

from lxml import etree

from pipeline.reading.formats.container import Container
from pipeline.reading.formats.refusal import Refusal

OFFICE, TABLE, TEXT, STYLE, FO, DRAW = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "text", "style", "xsl-fo-compatible", "drawing")
)
CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
MAX_REPEATED = 10_000  # rows alike; what stands there more often is a bomb or a mistake
BOXES = (DRAW + "text-box", DRAW + "custom-shape", DRAW + "rect")  # of text beside that of its paragraph
# What a paragraph holds and the page does not show in its place; text:note holds the mark of a note too.
ASIDE = {
    OFFICE + "annotation", TEXT + "note", TEXT + "tracked-changes", TEXT + "ruby-text", TEXT + "hidden-text",
    TEXT + "hidden-paragraph", DRAW + "frame", DRAW + "g", *BOXES,
}  # fmt: skip


def opened(data: bytes) -> Container:
    """The container of an OpenDocument file. Raises Refusal where it is locked or damaged."""
    container = Container(data)
    manifest = "META-INF/manifest.xml"
    if manifest in container.names and b"encryption-data" in container.read(manifest):
        raise Refusal("password")
    if "content.xml" not in container.names:
        raise Refusal("damaged", found="content.xml is missing")
    return container


def words(parent: etree._Element, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    """Pieces of the text of a paragraph, without what stands in a style of `hidden`."""
    yield parent.text or ""
    for child in parent:
        if child.tag in (TEXT + "s", TEXT + "tab"):
            yield " "
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif (
            isinstance(child.tag, str)
            and child.tag not in ASIDE
            and child.get(TEXT + "style-name") not in hidden
        ):
            yield from words(child, hidden)
        yield child.tail or ""


def times(element: etree._Element, name: str) -> int:
    """How often a row or a cell is repeated. Raises Refusal for rows without end."""
    text = element.get(TABLE + name, "1")
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
    if count > MAX_REPEATED and name == "number-rows-repeated" and any(element.itertext()):
        raise Refusal("bomb", found=f"a row that is repeated {count} times")
    return count
