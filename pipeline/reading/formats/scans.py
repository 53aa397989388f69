"""Pictures of pages (images, PDFs without text): recognised page by page, tables as far as positions tell.

RapidOCR 3 on onnxruntime (Apache-2.0 and MIT; PP-OCRv6 models, 31 MB, in its package, so that nothing is
fetched) is the extra `ocr`, some 300 MB installed. Text is never taken as if it had been typed: each line
keeps the score of its recognition, and `extraction.recognised` trusts its numbers no further than that.
Lines that lean are left out (watermarks, seals), pages that lie on their side are turned.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from math import atan2, cos, pi, sin
from statistics import median
from typing import TYPE_CHECKING

from pipeline.reading.formats.pdflayout import indented
from pipeline.reading.formats.pdfnotes import notes_apart
from pipeline.reading.formats.pdforder import SetLine, listed
from pipeline.reading.formats.pdftables import Stroke, grids_of
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.scanlayout import Box, page_lines

if TYPE_CHECKING:
    import numpy as np

MAX_PAGES = 100
DPI = 200
LONGEST = 3_400  # pixels of the longer side; what is larger is made smaller
MAX_PIXELS = 60_000_000  # of a picture as it comes
LEANING = 0.08  # radians by which a line may lean away from the lines of its page
STRAIGHT = 0.002  # radians: a page that leans less is not turned to find its rules
THICK, MAX_RULES = 6.0, 3_000  # points and number of rules
ASKED = 7  # lines that are asked whether a page stands on its head
UPRIGHT = 1.5  # times as high as wide: a line of several characters that stands on its end


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def scan_text(
    data: bytes, done: Callable[[int, int], None] = lambda page, pages: None, pictures: bool = False
) -> tuple[str, list[float | None], str]:
    """(text, scores, notes) of pictures of pages: a score for each line of the text (cut at line ends), null
    for what is no line of a picture. Of a PDF whose pages have text but for some (`pictures`), those are
    recognised and the others read. `done` is told each page that is done, of how many. Raises Refusal.
    """
    pages: list[list[SetLine]] = []
    chosen = None
    notes = "the text was recognised from pictures"
    if pictures:
        from pipeline.reading.formats.pdf import pdf_pages

        read = pdf_pages(data)
        chosen = read.pictures
        pages = notes_apart([[] if number in chosen else page for number, page in enumerate(read.lines, 1)])
        notes = f"pages {listed(chosen)} were recognised from pictures"
    count, images = _images(data, chosen)
    if count > MAX_PAGES:
        raise Refusal(
            "text_too_long", found=f"{count} pages of pictures", limit=f"{MAX_PAGES} pages of pictures"
        )
    for number, image in enumerate(images):
        if chosen is None:
            pages.append(_page(image))
        else:
            pages[chosen[number] - 1] = _page(image)
        done(number + 1, count)
    kept = [page for page in pages if page]
    text = "\n\f\n".join(indented(kept)) + "\n"
    told: list[float | None] = []
    for page in kept:
        told += ([None] if told else []) + [line.score and round(line.score, 3) for line in page]
    return text, [*told, None], notes


def _images(data: bytes, chosen: list[int] | None) -> tuple[int, Iterator[np.ndarray]]:
    """How many pages there are, and the picture of each as an array, made when its turn comes; of a PDF those
    that are `chosen`, or all."""
    if b"%PDF-" in data[:1024]:
        return _pdf_pages(data, chosen)
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MAX_PIXELS:
            raise Refusal("bomb", found=f"a picture of {picture.width} by {picture.height} points")
        count = getattr(picture, "n_frames", 1)
    except Image.DecompressionBombError as error:
        raise Refusal("bomb", found=str(error)[:80]) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refusal("damaged", found=str(error)[:80]) from None

    def frames() -> Iterator[np.ndarray]:
        import numpy as np

        for number in range(count):
            try:
                picture.seek(number)
                frame = ImageOps.exif_transpose(picture).convert("RGB")
            except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
                raise Refusal("damaged", found=f"page {number + 1}: {str(error)[:80]}") from None
            frame.thumbnail((LONGEST, LONGEST))
            yield np.asarray(frame)[:, :, ::-1]

    return count, frames()


def _pdf_pages(data: bytes, chosen: list[int] | None) -> tuple[int, Iterator[np.ndarray]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    numbers = chosen or range(1, len(pdf) + 1)

    def pages() -> Iterator[np.ndarray]:
        for number in numbers:
            page = pdf[number - 1]
            scale = min(DPI / 72, LONGEST / max(page.get_width(), page.get_height(), 1.0))
            yield page.render(scale=scale).to_numpy()
            page.close()

    return len(numbers), pages()


@cache
def _engine() -> Callable:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    single = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": LONGEST, **single})


def _page(image: np.ndarray) -> list[SetLine]:
    """The lines of a page, each with its score; one that lies on its side or stands on its head is turned."""
    import numpy as np

    boxes, standing, lean = _boxes(image)
    if standing:
        image = np.ascontiguousarray(np.rot90(image))
        boxes, _, lean = _boxes(image)
    if _on_its_head(image, boxes):
        image = np.ascontiguousarray(np.rot90(image, 2))
        boxes, _, lean = _boxes(image)
    points = 595 / image.shape[1]  # as if the page were as wide as A4
    return page_lines([_scaled(box, points) for box in boxes], grids_of(_rules(image, lean, points)), 595.0)


def _on_its_head(image: np.ndarray, boxes: list[Box]) -> bool:
    """Whether the classifier of RapidOCR, by which it turns lines, says so of the widest of them."""
    widest = sorted(boxes, key=lambda box: box.left - box.right)[:ASKED]
    turned = 0
    for box in widest:
        top, bottom = max(int(-box.top), 0), int(-box.bottom) + 1
        line = image[top:bottom, max(int(box.left), 0) : int(box.right) + 1]
        told = _engine()(line, use_det=False, use_cls=True, use_rec=False).cls_res if line.size else []
        turned += any(direction == "180" for direction, _ in told or [])
    return turned * 2 > len(widest)


def _scaled(box: Box, points: float) -> Box:
    return Box(box.text, box.score, *(side * points for side in box[2:]))


def _boxes(image: np.ndarray) -> tuple[list[Box], bool, float]:
    """Lines with places on the page made straight; whether most stand on their ends; how the page leans."""
    found = _engine()(image, use_det=True, use_cls=True, use_rec=True)  # it remembers what it was told last
    if found.boxes is None or found.txts is None or found.scores is None:
        return [], False, 0.0
    quads = [[(float(x), float(y)) for x, y in quad] for quad in found.boxes]
    angles = [atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0]) for quad in quads]
    tall = [
        quad[3][1] - quad[0][1] > UPRIGHT * (quad[1][0] - quad[0][0])
        for quad, text in zip(quads, found.txts, strict=True)
        if len(text) > 2
    ]
    long = [a for a, text in zip(angles, found.txts, strict=True) if len(text) > 8 and abs(a) < pi / 8]
    lean = median(long or [0.0])
    c, s = cos(-lean), sin(-lean)
    boxes = []
    for quad, angle, text, score in zip(quads, angles, found.txts, found.scores, strict=True):
        if abs(angle - lean) > LEANING or not text.strip():
            continue
        xs, ys = [x * c - y * s for x, y in quad], [-(x * s + y * c) for x, y in quad]
        boxes.append(Box(text.strip(), float(score), min(xs), min(ys), max(xs), max(ys)))
    return boxes, sum(tall) * 2 > len(tall), lean


def _rules(image: np.ndarray, lean: float, points: float) -> list[Stroke]:
    """The ruling lines of a page made straight, in points."""
    import cv2
    import numpy as np

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    if abs(lean) > STRAIGHT:
        c, s = cos(-lean), sin(-lean)
        turn = np.array([[c, -s, 0.0], [s, c, 0.0]])
        gray = cv2.warpAffine(gray, turn, gray.shape[::-1], borderValue=255)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    least = max(24, image.shape[1] // 40)
    strokes: list[Stroke] = []
    for shape in ((least, 1), (1, least)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))  # what a scan broke is mended
        _, _, parts, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, wide, high, _ in parts[1:MAX_RULES].tolist():
            if max(wide, high) >= 2 * least and min(wide, high) * points < THICK:
                middle = x + wide / 2, y + high / 2
                ends = (
                    (x, middle[1], x + wide, middle[1])
                    if wide > high
                    else (middle[0], y, middle[0], y + high)
                )
                x0, y0, x1, y1 = (side * points for side in ends)
                strokes.append((x0, -y0, x1, -y1))
    return strokes
