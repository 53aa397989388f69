"""Web archives (.mhtml, .mht): the page inside, its pictures and styles left alone.

The standard library's email parser, which is what the format is made for.
"""

import email
from email.policy import compat32

from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.webpage import page_text


def mhtml_text(data: bytes) -> tuple[str, str, str | None]:
    """(text, encoding, notes) of the first web page in an archive."""
    message = email.message_from_bytes(data.lstrip(), policy=compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                text, encoding, notes = page_text(payload, part.get_content_charset())
                cut = "the archive is cut short" if message.defects or part.defects else None
                return text, encoding, "; ".join(filter(None, (notes, cut))) or None
    raise Refusal("damaged", found="a web archive without a page")
