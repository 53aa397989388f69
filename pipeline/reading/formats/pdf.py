"""PDFs with a text layer: lines as they are set, ruled tables as `|` lines, a form feed line between pages.

pypdfium2 5 (BSD/Apache, PDFium inside, monthly releases) rather than pdfplumber, pdfminer.six (pure Python,
slow), pypdf (weak on Chinese fonts) or PyMuPDF (AGPL). PDFium finds no tables: `pdftables` does, from the
ruling lines. Lines stay broken as they are on the page; `pagelines` says which breaks a sentence runs over.
"""

import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pypdfium2
import pypdfium2.raw as raw

from pipeline.reading.formats.pdftables import Grid, grids
from pipeline.reading.formats.tables import squeezed, table_lines
from pipeline.reading.plausible import PLAUSIBLE, plausibility
from pipeline.reading.refusal import Refusal

MAX_PAGES = 3_000
MAX_CHARS = 10_000_000
SMALL_GAP = 0.6  # of the height of the characters: the air that programs set between Chinese and digits


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box on the page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    made_up: bool  # a space or line end that PDFium put in where there was a gap


def pdf_text(data: bytes) -> tuple[str, str | None]:
    """(text, notes) of a PDF. Raises Refusal where it has no text that can be read."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refusal("password") from None
        raise Refusal("damaged", found=str(error)[:100]) from None
    count = len(pdf)
    if count > MAX_PAGES:
        raise Refusal("text_too_long", found=f"{count} pages", limit=f"{MAX_PAGES} pages")
    pages, pictures, failed, size = [], [], [], 0
    for index in range(count):
        try:
            lines, picture = _page(pdf, index)
        except pypdfium2.PdfiumError:
            failed.append(index + 1)
            continue
        if picture and not lines:
            pictures.append(index + 1)
        pages.append("\n".join(lines))
        size += len(pages[-1])
        if size > MAX_CHARS:
            raise Refusal("text_too_long", found="over 10 million characters", limit="10 million characters")
    text = "\n\f\n".join(pages).strip("\n\f") + "\n"
    if not text.strip():
        raise Refusal("scanned_pdf" if pictures else "no_text")
    score = plausibility(text)
    if score is not None and score < PLAUSIBLE and sum(c > "\x7f" for c in text) > 50:
        raise Refusal("garbled_pdf", found="they come out as rare or private characters")
    notes = [
        f"no text but a picture on pages {_listed(pictures)}" if pictures else "",
        f"pages {_listed(failed)} are damaged" if failed else "",
    ]
    return text, "; ".join(filter(None, notes)) or None


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[list[str], bool]:
    """The lines of a page, and whether a picture is on it."""
    page = pdf[index]
    try:
        text_page = page.get_textpage()
        chars = list(_chars(text_page))
        tables = grids(page) if chars else []
        picture = not chars and any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        text_page.close()
    finally:
        page.close()
    return _lines(chars, tables), picture


def _chars(text_page: pypdfium2.PdfTextPage) -> Iterator[Char]:
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
        text = "-" if code == 2 else chr(code)
        raw.FPDFText_GetCharBox(handle, i, byref(left), byref(right), byref(bottom), byref(top))
        made_up = text in " \r\n" and raw.FPDFText_IsGenerated(handle, i) == 1
        yield Char(standing.get(text, text), left.value, bottom.value, right.value, top.value, made_up)


@cache
def _standing() -> dict[str, str]:
    """Radicals that PDF fonts give for the characters that look the same: ⺠政⼯作 is 民政工作."""
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    source = files("pipeline.vocabulary") / "radicals.csv"
    rows = (line.split(",") for line in source.read_text(encoding="utf-8").split()[1:])
    return kangxi | {radical: character for radical, character in rows}


def _lines(chars: list[Char], tables: list[Grid]) -> list[str]:
    """Characters in reading order → lines; a table stands where its first character comes."""
    lines: list[str] = []
    current: list[Char] = []
    cells: dict[int, dict[tuple[int, int], list[list[Char]]]] = {}

    def flush() -> None:
        if text := squeezed(_joined(current)):
            lines.append(text)
        current.clear()

    for char in chars:
        if char.text in "\r\n":
            flush()
            for grid in cells.values():
                for rows in grid.values():
                    rows.append([])
            continue
        place = None if char.made_up else _cell(char, tables)
        if char.made_up or place is None:
            current.append(char)
            continue
        number, cell = place
        if number not in cells:
            flush()
            lines.append(f"\0{number}")
            cells[number] = {}
        cells[number].setdefault(cell, [[]])[-1].append(char)
    flush()
    out = []
    for line in lines:
        if line.startswith("\0"):
            number = int(line[1:])
            out.extend(table_lines(tables[number].rows({c: _cell_text(p) for c, p in cells[number].items()})))
        else:
            out.append(line)
    return out


def _cell(char: Char, tables: list[Grid]) -> tuple[int, tuple[int, int]] | None:
    x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
    for number, grid in enumerate(tables):
        if (cell := grid.cell_at(x, y)) is not None:
            return number, cell
    return None


def _cell_text(parts: list[list[Char]]) -> str:
    """The lines of a cell as one: joined where a line is full, apart where it ends early."""
    filled = [part for part in parts if part]
    widest = max((part[-1].right for part in filled), default=0.0)
    text = ""
    for part in filled:
        text += _joined(part)
        height = max(part[-1].top - part[-1].bottom, 5.0)
        text += "" if widest - part[-1].right < height * 1.5 else " "
    return text


def _joined(chars: list[Char]) -> str:
    """One line's characters; made-up spaces stay only where the gap is wider than type needs."""
    out, previous = "", None
    space = False
    for char in chars:
        if char.made_up:
            space = True
            continue
        if previous is not None:
            gap = char.left - previous.right
            height = max(previous.top - previous.bottom, char.top - char.bottom, 4.0)
            wide = gap > height * SMALL_GAP or (previous.text < "\u2e80" and char.text < "\u2e80" and space)
            if (space and wide) or gap > height * 2:
                out += " "
        out += char.text
        previous, space = char, False
    return out
