"""Saved messages (.eml): subject and body; attachments are named in the notes and left alone.

The standard library's email parser. Outlook's own .msg is refused: its bodies may be compressed rich
text.
"""

import email
from email.message import EmailMessage
from email.policy import default

from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.webpage import page_text


def eml_text(data: bytes) -> tuple[str, str, str | None]:
    """(text, encoding, notes) of a message: its subject, then its plain text or its page. Raises Refusal."""
    message = email.message_from_bytes(data.lstrip(), policy=default)
    if not isinstance(message, EmailMessage):
        raise Refusal("damaged", found="no message")
    body = message.get_body(preferencelist=("plain", "html"))
    payload = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(payload, bytes) or not payload.strip():
        raise Refusal("no_text")
    if body.get_content_type() == "text/html":
        text, encoding, notes = page_text(payload, body.get_content_charset())
    else:
        decoded = decode(payload, body.get_content_charset())
        text, encoding, notes = decoded.text, decoded.encoding, decoded.notes
    subject = str(message.get("subject", "")).strip()
    if subject and subject not in text[:500]:
        text = f"{subject}\n{text}"
    left = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    said = f"attachments not read: {', '.join(left[:5])}" if left else None
    cut = "the message is cut short" if message.defects or body.defects else None
    return text, encoding, "; ".join(filter(None, (notes, said, cut))) or None
