"""One document's bytes → its text: finds the format by content and hands over to its module."""

from dataclasses import dataclass

from pipeline.reading.decoding import decode
from pipeline.reading.refusal import Refusal

MAX_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: `text` as TABLES.md has it, the encoding that was used, and remarks on reading it."""

    text: str
    encoding: str
    media_type: str
    notes: str | None = None


def read_document(data: bytes, file_name: str) -> Document:
    """Read the document in `data`. `file_name` only breaks ties. Raises Refusal."""
    if not data:
        raise Refusal("empty")
    decoded = decode(data)
    if not decoded.text.strip():
        raise Refusal("no_text")
    kind = "text/markdown" if file_name.lower().endswith(".md") else "text/plain"
    return Document(decoded.text, decoded.encoding, kind, decoded.notes)
