"""Bytes of a text file → its characters, and the name of the encoding that was used."""

import codecs
from dataclasses import dataclass

from pipeline.reading.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its byte-order mark dropped and `\\r\\n` turned into `\\n`, and nothing else changed."""

    text: str
    encoding: str
    notes: str | None = None


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file. Raises Refusal where no encoding fits."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal("undecodable", found=f"byte {error.start} is not UTF-8") from None
    return Decoded(_newlines(text), "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")


def _newlines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n") if "\r" in text else text
