"""OFD documents (GB/T 33190): lines as they are set, ruled tables as `|` lines, a form feed line between
pages.

Own reading, for the format is a zip of XML in which every text object says its characters and their
places; the rest is what is done with a PDF. easyofd 2026 draws pages through PyMuPDF (AGPL) and
reportlab, ofdkit 0.2 is weeks old; neither gives tables.
"""

import math
import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from pipeline.reading.formats.container import Container
from pipeline.reading.formats.pdflayout import Char, indented, set_lines
from pipeline.reading.formats.pdforder import SetLine, listed
from pipeline.reading.formats.pdftables import Stroke, grids_of
from pipeline.reading.formats.placed import in_lines
from pipeline.reading.formats.plausible import PLAUSIBLE, plausibility
from pipeline.reading.formats.refusal import Refusal

POINTS = 72 / 25.4  # OFD measures in millimetres
ASCENT, DESCENT = 0.8, 0.2  # of the size: how far type stands above and below its base line
MAX_PAGES, MAX_CHARS, MAX_STROKES = 3_000, 10_000_000, 20_000
STROKE = re.compile(r"([MLCQBAS])((?:\s+-?[\d.eE+-]+)*)")
UPRIGHT = 0.1  # radians

Matrix = tuple[float, float, float, float, float, float]


def ofd_text(data: bytes) -> tuple[str, str | None]:
    """(text, notes) of an OFD document. Raises Refusal where it has no text that can be read."""
    container = Container(data)
    names = {name.lstrip("/").lower(): name for name in container.names}
    if any(
        name.rpartition("/")[2] in ("encryptions.xml", "decyptseed.dat", "decryptseed.dat") for name in names
    ):
        raise Refusal("password")
    pages: list[list[SetLine]] = []
    size, pictures = 0, []
    for part in _documents(container, names):
        document = _part(container, names, part)
        box = _numbers(_first_text(document, "PhysicalBox"))
        forms = {
            page.get("ID"): normpath(join(dirname(part), page.get("BaseLoc", "")))
            for page in _named(document, "TemplatePage")
        }
        named = list(_named(document, "Page"))
        if len(pages) + len(named) > MAX_PAGES:  # before any of them is read
            raise Refusal("text_too_long", found=f"over {MAX_PAGES} pages", limit=f"{MAX_PAGES} pages")
        for page in named:
            lines, picture = _page(
                container, names, normpath(join(dirname(part), page.get("BaseLoc", ""))), forms, box
            )
            pages.append(lines)
            if picture and not lines:
                pictures.append(len(pages))
            size += sum(len(line.text) + 1 for line in lines)
            if size > MAX_CHARS:
                raise Refusal(
                    "text_too_long", found="over 10 million characters", limit="10 million characters"
                )
    text = "\n\f\n".join(indented(pages)).strip("\n\f") + "\n"
    if not text.strip():
        raise Refusal("scanned_ofd" if pictures else "no_text")
    score = plausibility(text)
    if score is not None and score < PLAUSIBLE and sum(c > "\u2e80" for c in text) > 50:
        raise Refusal("garbled_pdf", found="they come out as rare or private characters")
    told = f"not read: pages {listed(pictures)}, pictures without text; a PDF of them can be recognised"
    return text, told if pictures else None


def _documents(container: Container, names: dict[str, str]) -> Iterator[str]:
    """Paths of the document parts that the entry file names, newest version of each."""
    entry = next((name for name in names if name.rpartition("/")[2] == "ofd.xml"), "ofd.xml")
    for root in _named(_part(container, names, entry), "DocRoot"):
        yield normpath(join(dirname(entry), (root.text or "").strip().lstrip("/")))


def _page(
    container: Container, names: dict[str, str], part: str, forms: dict[str | None, str], box: list[float]
) -> tuple[list[SetLine], bool]:
    """The lines of a page with those of its form, and whether a picture is on it."""
    page = _part(container, names, part)
    own = _numbers(_first_text(page, "PhysicalBox"))
    box = own if len(own) == 4 else box if len(box) == 4 else [0.0, 0.0, 210.0, 297.0]
    height = box[1] + box[3]
    parts = [page]
    for form in _named(page, "Template"):
        path = forms.get(form.get("TemplateID"))
        if path is not None and path.lower() in names:
            parts.insert(0, _part(container, names, path))
    chars: list[Char] = []
    strokes: list[Stroke] = []
    picture = False
    for element in (element for each in parts for element in each.iter()):
        kind = _kind(element)
        if kind in ("TextObject", "PathObject", "ImageObject") and element.get("Visible") != "false":
            picture |= kind == "ImageObject"
            if kind == "TextObject":
                chars += _text(element, height)
            elif kind == "PathObject" and len(strokes) < MAX_STROKES:
                strokes += _path(element, height)
            if len(chars) > MAX_CHARS:
                raise Refusal(
                    "text_too_long", found="over 10 million characters", limit="10 million characters"
                )
    tables = grids_of(strokes[:MAX_STROKES]) if chars else []
    return set_lines(list(in_lines(chars)), tables, box[2] * POINTS), picture


def _text(element: etree._Element, height: float) -> Iterator[Char]:
    size = _number(element.get("Size", ""), 4.0)
    x0, y0 = [*_numbers(element.get("Boundary", "")), 0.0, 0.0][:2]
    a, b, c, d, e, f = _matrix(element)
    if abs(math.atan2(b, a)) > UPRIGHT:
        return  # a watermark across the page, or type on its side
    x = y = 0.0
    for code in (child for child in element if _kind(child) == "TextCode"):
        x, y = _number(code.get("X", ""), x), _number(code.get("Y", ""), y)
        text = (code.text or "").replace("\n", "")
        steps, downs = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
        at, down = x, y
        for i, char in enumerate(text):
            wide = size if char > "\u2e80" else size / 2
            step = steps[i] if i < len(steps) else (0.0 if downs else wide)
            left, base = a * at + c * down + e + x0, b * at + d * down + f + y0
            right = left + abs(a) * (min(step, wide) if step > 0 else wide)
            tall = abs(d) * size
            if not char.isspace():
                yield Char(
                    char, left * POINTS, (height - base - DESCENT * tall) * POINTS,
                    right * POINTS, (height - base + ASCENT * tall) * POINTS, False,
                )  # fmt: skip
            at += step
            down += downs[i] if i < len(downs) else 0.0


def _path(element: etree._Element, height: float) -> Iterator[Stroke]:
    x0, y0 = [*_numbers(element.get("Boundary", "")), 0.0, 0.0][:2]
    a, b, c, d, e, f = _matrix(element)
    data = next((child.text or "" for child in element if _kind(child) == "AbbreviatedData"), "")

    def placed(x: float, y: float) -> tuple[float, float]:
        return (a * x + c * y + e + x0) * POINTS, (height - (b * x + d * y + f + y0)) * POINTS

    last = start = None
    for operator, written in STROKE.findall(data[:20_000]):
        numbers = _numbers(written)
        if operator in "MS" and len(numbers) >= 2:
            last = start = placed(*numbers[:2])
        elif operator == "L" and len(numbers) >= 2 and last is not None:
            point = placed(*numbers[:2])
            yield *last, *point
            last = point
        elif len(numbers) >= 2:
            last = placed(*numbers[-2:])
    if "C" in re.sub(r"[^A-Z]", "", data[-3:]) and last is not None and start is not None:
        yield *last, *start


def _steps(written: str) -> list[float]:
    """Distances between characters; `g 3 2.5` is three of 2.5."""
    out: list[float] = []
    words = iter(written.split()[:100_000])
    for word in words:
        if word == "g":
            count, step = _number(next(words, ""), 0.0), _number(next(words, ""), 0.0)
            out += [step] * int(min(max(count, 0), 100_000))
        else:
            out.append(_number(word, 0.0))
        if len(out) > 100_000:
            break
    return out


def _part(container: Container, names: dict[str, str], path: str) -> etree._Element:
    name = names.get(path.lstrip("/").lower())
    if name is None:
        raise Refusal("damaged", found=f"{path} is missing")
    return container.xml(name)


def _kind(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if _kind(element) == name]


def _first_text(root: etree._Element, name: str) -> str:
    return next((element.text or "" for element in _named(root, name)), "")


def _matrix(element: etree._Element) -> Matrix:
    numbers = _numbers(element.get("CTM", ""))
    return tuple(numbers) if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # type: ignore[return-value]


def _numbers(written: str) -> list[float]:
    return [_number(word, 0.0) for word in written.split()[:100]]


def _number(written: str, otherwise: float) -> float:
    try:
        number = float(written)
    except ValueError:
        return otherwise
    return number if abs(number) < 1e6 else otherwise
