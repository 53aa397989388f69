"""Bytes of a text → its characters, and the name of the encoding that was used.

A byte-order mark decides; then UTF-8, which other encodings hardly ever resemble; then whichever of UTF-16,
UTF-32, GB18030 (with GBK and GB2312 in it) and Big5 gives the most plausible Chinese. What a page declares
about itself only breaks ties, for pages are often wrong about it: a declaration that does not hold is noted.
Own scoring rather than charset-normalizer 3.5, which reads one in three GBK lines of ten characters
as something else (this: none of 300, nor of four characters) and is not faster.
"""

import codecs
import re
from dataclasses import dataclass

from pipeline.reading.formats.plausible import PLAUSIBLE, control_share, plausibility
from pipeline.reading.formats.refusal import Refusal

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
FAMILIES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "euc-cn": "gb18030",
    "x-gbk": "gb18030", "big5": "big5", "big5-hkscs": "big5", "big5hkscs": "big5", "cp950": "big5",
    "x-x-big5": "big5", "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8",
}  # fmt: skip
THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
MAX_BAD_SHARE = 0.002  # of the characters; more than that and the encoding is the wrong one


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its byte-order mark dropped and `\\r\\n` turned into `\\n`, and nothing else changed.

    `encoding` is the Python codec that was used; `notes` says what a reader of the text should know of it.
    """

    text: str
    encoding: str
    notes: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text; `declared` is the encoding that the text claims. Raises Refusal.

    A few undecodable bytes (a file cut in the middle of a character) become U+FFFD and are noted.
    """
    mark = next((codec for mark, codec in MARKS if data.startswith(mark)), None)
    if mark is None and b"\0" not in data and (text := _strict(data, "utf-8")) is not None:
        encoding, text = _utf8_or_short_legacy(data, text)
        _refuse_garbled(text)
    elif mark is not None:
        text, encoding = data.decode(mark, "replace"), mark
    else:
        text, encoding = _best(data, declared)
    if control_share(text) > 0.02:
        raise Refusal("binary", found="mostly control characters")
    notes = [_wrong_declaration(text, encoding, declared), _lost(text, data, encoding)]
    text = text.removeprefix("\ufeff")
    text = text.replace("\r\n", "\n") if "\r" in text else text
    return Decoded(text, encoding, "; ".join(filter(None, notes)) or None)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _utf8_or_short_legacy(data: bytes, text: str) -> tuple[str, str]:
    """A few GBK characters can be valid UTF-8 by chance, but then they are all of two bytes."""
    if not text.isascii() and not THREE_BYTES.search(text):
        legacy = _strict(data, "gb18030")
        if legacy is not None and (plausibility(legacy) or 0) > PLAUSIBLE:
            return "gb18030", legacy
    return "utf-8", text


def _best(data: bytes, declared: str | None) -> tuple[str, str]:
    """The most plausible decoding of bytes that are not UTF-8: (text, codec)."""
    family = FAMILIES.get((declared or "").strip().lower())
    tried = []
    for codec in ("gb18030", "big5", "cp950", "big5hkscs", "utf-8", *WIDE):
        text = _strict(data, codec) if b"\0" not in data or codec in WIDE else None
        if text is None and (codec not in WIDE or len(data) % 2):
            text = data.decode(codec, "replace")
        if text is None or "\0" in text:
            continue
        if codec in WIDE and b"\0" not in data and len(text) < 10:
            continue  # two bytes make a plausible character too easily
        lost = text.count("\ufffd")
        if lost > max(2, MAX_BAD_SHARE * len(text)):
            continue
        score = plausibility(text)
        if score is None:  # nothing but ASCII: only NULs between the characters tell of an encoding
            score = 0.5 if codec in WIDE else -1.0
        tried.append((score + (0.1 if FAMILIES.get(codec, codec) == family else 0.0), -lost, codec, text))
    best = max(tried, key=lambda each: each[:2], default=None)
    if best is None or best[0] < PLAUSIBLE:
        if b"\0" in data[:100_000]:
            raise Refusal("binary", found="zero bytes")
        raise Refusal("undecodable", found="neither UTF-8, UTF-16, GB18030 nor Big5")
    return best[3], best[2]


def _refuse_garbled(text: str) -> None:
    """Refuse text that was decoded wrongly and saved again before it came here."""
    if text.isascii() or (plausibility(text[:300]) or 0.0) >= PLAUSIBLE:
        return
    score = plausibility(text) or 0.0
    if score >= PLAUSIBLE:
        return
    for wrong, right in (
        ("gb18030", "utf-8"),
        ("cp1252", "utf-8"),
        ("latin-1", "utf-8"),
        ("latin-1", "gb18030"),
    ):
        again = text.encode(wrong, "ignore").decode(right, "ignore")
        if (plausibility(again) or 0.0) > max(PLAUSIBLE, score + 0.3) and len(again) * 4 > len(text):
            raise Refusal("garbled", found=f"{right} read as {wrong}")
    if text.count("\ufffd") > 0.01 * len(text) or text.count("锟斤拷") > 0.003 * len(text):
        raise Refusal("garbled", found="characters lost for good")


def _wrong_declaration(text: str, encoding: str, declared: str | None) -> str | None:
    if not declared or text.isascii():
        return None
    said = FAMILIES.get(declared.strip().lower(), declared.strip().lower())
    used = {"cp950": "big5", "big5hkscs": "big5"}.get(encoding, encoding).removesuffix("-sig")
    return (
        None
        if used.startswith(said.removesuffix("le").rstrip("-"))
        else f"declared {declared}, is {encoding}"
    )


def _lost(text: str, data: bytes, encoding: str) -> str | None:
    lost = text.count("\ufffd")
    if not lost:
        return None
    if lost > max(2, MAX_BAD_SHARE * len(text)) and _strict(data, encoding) is None:
        raise Refusal("undecodable", found=f"{lost} places do not fit {encoding}")
    return f"{lost} characters were lost before or in decoding and stand as U+FFFD"
