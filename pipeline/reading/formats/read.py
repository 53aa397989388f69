"""One document's bytes → its text: finds the format by content and hands over to its module."""

import re
from dataclasses import dataclass

from pipeline.reading.formats.csvtable import csv_text
from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sniff import CSV, DOCX, HTML, MHTML, PDF, TEXT, XLSX, media_type_of

WORD = re.compile(r"[^\W_]")
MAX_BYTES = 64 * 2**20
MAX_CHARS = 10_000_000
PLAIN = frozenset({TEXT, "text/markdown", CSV})


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: `text` as TABLES.md has it, the encoding that was used, and remarks on reading it."""

    text: str
    encoding: str
    media_type: str
    notes: str | None = None


def read_plain(data: bytes, media_type: str) -> Document:
    """Read a text file: its characters as they are, or a table's rows as `|` lines. Raises Refusal."""
    decoded = decode(data)
    text = csv_text(decoded.text) if media_type == CSV else decoded.text
    return checked(Document(text, decoded.encoding, media_type, decoded.notes))


def read_parsed(data: bytes, media_type: str) -> Document:
    """Read a document of a format that takes a parser; `worker` runs this in a process of its own."""
    encoding, notes = "utf-8", None
    if media_type == DOCX:
        from pipeline.reading.formats.docx import docx_text

        text = docx_text(data)
    elif media_type == XLSX:
        from pipeline.reading.formats.xlsx import xlsx_text

        text, notes = xlsx_text(data)
    elif media_type == PDF:
        from pipeline.reading.formats.pdf import pdf_text

        text, notes = pdf_text(data)
    elif media_type == MHTML:
        from pipeline.reading.formats.mhtml import mhtml_text

        text, encoding, notes = mhtml_text(data)
    elif media_type == HTML:
        from pipeline.reading.formats.webpage import page_text

        text, encoding, notes = page_text(data)
    else:
        raise ValueError(f"no reader for {media_type}")
    return checked(Document(text, encoding, media_type, notes))


def checked(document: Document) -> Document:
    """The document itself. Raises Refusal where it has no text or too much of it."""
    if not WORD.search(document.text):
        raise Refusal("no_text")
    if len(document.text) > MAX_CHARS:
        found = f"{len(document.text) / 1e6:.0f} million characters"
        raise Refusal("text_too_long", found=found, limit=f"{MAX_CHARS / 1e6:.0f} million characters")
    return document


__all__ = ["MAX_BYTES", "PLAIN", "Document", "media_type_of", "read_parsed", "read_plain"]
