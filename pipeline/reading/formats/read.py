"""One document's bytes → its text: finds the format by content and hands over to its module."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from pipeline.reading.formats.csvtable import csv_text
from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sniff import (
    CSV,
    DOC,
    DOCX,
    EML,
    HTML,
    MHTML,
    ODS,
    ODT,
    OFD,
    PDF,
    RTF,
    TEXT,
    XLS,
    XLSX,
    media_type_of,
)  # fmt: skip

WORD = re.compile(r"[^\W_]")
MAX_BYTES = 64 * 2**20
MAX_CHARS = 10_000_000
# What takes a parser, and its module (loaded when the first such file comes). Its function NAME_text gives
# from bytes a text, or (text, notes), (text, notes, pages that are pictures), or (text, encoding, notes).
PARSERS = {
    DOCX: "docx", DOC: "doc", RTF: "rtf", XLSX: "xlsx", XLS: "xls", ODS: "ods", ODT: "odt",
    PDF: "pdf", OFD: "ofd", HTML: "webpage", MHTML: "mhtml", EML: "eml",
}  # fmt: skip
PARSES = {"webpage": "page_text"}
PLAIN = frozenset({TEXT, "text/markdown", CSV})


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: `text` as TABLES.md has it, the encoding that was used, and remarks on reading it.

    `recognised` is how sure the recognition of each of its lines is, None where it was no picture. `pictures`
    are the pages that show text and hold none, where they have not been recognised.
    """

    text: str
    encoding: str
    media_type: str
    notes: str | None = None
    recognised: list[float | None] | None = None
    pictures: list[int] = field(default_factory=list)


def read_plain(data: bytes, media_type: str) -> Document:
    """Read a text file: its characters as they are, or a table's rows as `|` lines. Raises Refusal."""
    decoded = decode(data)
    text = csv_text(decoded.text) if media_type == CSV else decoded.text
    return checked(Document(text, decoded.encoding, media_type, decoded.notes))


def read_parsed(data: bytes, media_type: str) -> Document:
    """Read a document of a format that takes a parser; `worker` runs this in a process of its own."""
    name = PARSERS[media_type]
    parser = getattr(import_module(f"pipeline.reading.formats.{name}"), PARSES.get(name, f"{name}_text"))
    read = parser(data)
    text, *others = (read,) if isinstance(read, str) else read
    pictures = others.pop() if others and isinstance(others[-1], list) else []
    encoding = others[0] if len(others) == 2 else "utf-8"
    notes = others[-1] if others else None
    if notes is None and (lost := text.count("\ufffd")):
        notes = f"{lost} characters were lost before or in reading and stand as U+FFFD"
    return checked(Document(text, encoding, media_type, notes, pictures=pictures))


def read_scan(data: bytes, media_type: str, done: Callable[[int, int], None], pictures: bool) -> Document:
    """Recognise the text of pictures of pages, of a PDF's `pictures` alone or of all its pages; `done` is
    told each page. For the worker; raises Refusal."""
    from pipeline.reading.formats.scans import scan_text

    text, scores, notes = scan_text(data, done, pictures)
    return checked(Document(text, "utf-8", media_type, notes, scores))


def checked(document: Document) -> Document:
    """The document itself. Raises Refusal where it has no text or too much of it."""
    if not WORD.search(document.text):
        raise Refusal("no_text")
    if len(document.text) > MAX_CHARS:
        found = f"{len(document.text) / 1e6:.0f} million characters"
        raise Refusal("text_too_long", found=found, limit=f"{MAX_CHARS / 1e6:.0f} million characters")
    return document


__all__ = ["MAX_BYTES", "PLAIN", "Document", "media_type_of", "read_parsed", "read_plain", "read_scan"]
