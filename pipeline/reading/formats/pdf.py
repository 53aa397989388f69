"""PDFs with a text layer: lines as they are set, ruled tables as `|` lines, a form feed line between pages.

pypdfium2 5 (BSD/Apache, PDFium inside, monthly releases) rather than pdfplumber, pdfminer.six (pure Python,
slow), pypdf (weak on Chinese fonts) or PyMuPDF (AGPL). PDFium finds no tables: `pdftables` does, from the
ruling lines. Lines stay broken as they are on the page; `layout.page_furniture` says which breaks a sentence
runs over.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from math import pi

import pypdfium2
import pypdfium2.raw as raw

from pipeline import vocabulary
from pipeline.reading.formats.pdffonts import use_own_fonts
from pipeline.reading.formats.pdflayout import Char, indented, set_lines
from pipeline.reading.formats.pdfnotes import notes_apart
from pipeline.reading.formats.pdforder import SetLine, listed
from pipeline.reading.formats.pdftables import grids_of, strokes_of
from pipeline.reading.formats.placed import in_lines
from pipeline.reading.formats.plausible import PLAUSIBLE, plausibility
from pipeline.reading.formats.refusal import Refusal

use_own_fonts()

MAX_PAGES = 3_000
QUARTER, ASKEW = pi / 2, 0.1  # a right angle, and how far from one a character still stands straight
MAX_CHARS = 10_000_000
STAMPED, COVERED = 30, 0.5  # characters on a scanned page, and the share of it that the scan covers
DRAWN = 200  # shapes on a page without type: characters that were drawn
LATIN = 0.2  # share of characters beyond ASCII up to which a text is taken for one in a Latin script


@dataclass(slots=True)
class Pages:
    """The lines of the pages of a PDF; numbers of those that are pictures or can't be opened."""

    lines: list[list[SetLine]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    def text(self) -> str:
        """The text of all pages."""
        return "\n\f\n".join(indented(notes_apart(self.lines))).strip("\n\f") + "\n"


def pdf_text(data: bytes) -> tuple[str, str | None, list[int]]:
    """(text, notes, pages) of a PDF, with the pages that are pictures of text. Raises Refusal where none can
    be read."""
    pages = pdf_pages(data)
    text = pages.text()
    if not text.strip():
        raise Refusal("scanned_pdf" if pages.pictures else "no_text")
    score, beyond = plausibility(text), sum(c > "\x7f" for c in text)
    if score is not None and score < PLAUSIBLE and beyond > max(50, LATIN * len(text)):
        raise Refusal("garbled_pdf", found="they come out as rare or private characters")
    notes = [
        f"not read: pages {listed(pages.pictures)}, pictures without text" if pages.pictures else "",
        f"pages {listed(pages.failed)} are damaged" if pages.failed else "",
    ]
    return text, "; ".join(filter(None, notes)) or None, pages.pictures


def pdf_pages(data: bytes) -> Pages:
    """The pages of a PDF. Raises Refusal where it can't be opened or is too long."""
    if data.rfind(b"%%EOF") < len(data) // 2:  # a PDF for the web has an end mark near its start, too
        raise Refusal("damaged", found="its end is missing")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refusal("password") from None
        raise Refusal("damaged", found=str(error)[:100]) from None
    count = len(pdf)
    if count > MAX_PAGES:
        raise Refusal("text_too_long", found=f"{count} pages", limit=f"{MAX_PAGES} pages")
    pages, size = Pages(), 0
    for index in range(count):
        try:
            lines, picture = _page(pdf, index)
        except pypdfium2.PdfiumError:
            pages.failed.append(index + 1)
            lines, picture = [], False
        if picture:
            pages.pictures.append(index + 1)
        pages.lines.append(lines)
        size += sum(len(line.text) + 1 for line in lines)
        if size > MAX_CHARS:
            raise Refusal("text_too_long", found="over 10 million characters", limit="10 million characters")
    return pages


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[list[SetLine], bool]:
    """The lines of a page, and whether it is a picture. Type that is turned comes behind what is upright,
    unless it is most of the page."""
    page = pdf[index]
    try:
        if (
            page.get_rotation()
        ):  # how it is shown; PDFium would read the lines of a page on its head from behind
            page.set_rotation(0)
        text_page = page.get_textpage()
        turned = list(_chars(text_page))
        strokes = strokes_of(page) if turned else []
        width, height = page.get_width(), page.get_height()
        written = sum(not char.made_up and not char.text.isspace() for _, char in turned)
        picture = written <= STAMPED and _is_picture(page, bool(turned), width * height)
        text_page.close()
    finally:
        page.close()
    quarters = Counter(quarter for quarter, char in turned if not char.made_up)
    most = quarters.most_common(1)[0][0] if quarters else 0
    if set(quarters) <= {0}:
        return set_lines([char for _, char in turned], grids_of(strokes), width), picture
    lines: list[SetLine] = []
    for quarter in (most, *(each for each in sorted(quarters) if each != most)):
        chars = [_turned(char, quarter) for each, char in turned if each == quarter and not char.made_up]
        grids = grids_of((*_corner(x0, y0, quarter), *_corner(x1, y1, quarter)) for x0, y0, x1, y1 in strokes)
        if quarter:
            chars = list(in_lines([char for char in chars if not char.text.isspace()]))
        else:
            chars = [char for each, char in turned if each == 0]
        lines += set_lines(chars, grids, height if quarter % 2 else width)
    return lines, picture


def _is_picture(page: pypdfium2.PdfPage, stamped: bool, area: float) -> bool:
    """Whether pictures, or characters drawn as shapes, are what a page shows; one with a stamped line of type
    on it (a page number) has to be covered by them."""
    covered = 0.0
    for picture in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if not stamped:
            return True
        left, bottom, right, top = picture.get_bounds()
        covered += max(right - left, 0.0) * max(top - bottom, 0.0)
    if stamped:
        return covered > COVERED * area
    return sum(1 for _ in islice(page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=2), DRAWN)) == DRAWN


def _corner(x: float, y: float, quarter: int) -> tuple[float, float]:
    """A point of a page that is turned back by quarters of a circle."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _turned(char: Char, quarter: int) -> Char:
    (x0, y0), (x1, y1) = _corner(char.left, char.bottom, quarter), _corner(char.right, char.top, quarter)
    return Char(char.text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), char.made_up)


def _chars(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, Char]]:
    """Characters in the order of the page, each with the quarters of a circle by which it is turned."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    standing, handle = _standing(), text_page.raw
    high = 0
    for i in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code in (0, 0xFFFE, 0xFFFF, 0xAD) or not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            continue
        angle = raw.FPDFText_GetCharAngle(handle, i)
        if abs(angle % QUARTER - QUARTER / 2) < QUARTER / 2 - ASKEW:
            continue  # a watermark across the page
        text = "-" if code == 2 else chr(code)
        raw.FPDFText_GetCharBox(handle, i, byref(left), byref(right), byref(bottom), byref(top))
        made_up = text in " \r\n" and raw.FPDFText_IsGenerated(handle, i) == 1
        char = Char(standing.get(text, text), left.value, bottom.value, right.value, top.value, made_up)
        yield -round(angle / QUARTER) % 4, char


@cache
def _standing() -> dict[str, str]:
    """Radicals that PDF fonts give for the characters that look the same: ⺠政⼯作 is 民政工作."""
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | {r["radical"]: r["character"] for r in vocabulary.rows("formats/radicals.csv")}
