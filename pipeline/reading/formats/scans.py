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
from statistics import fmean, median
from typing import TYPE_CHECKING

from pipeline.reading.formats.pdflayout import SetLine, indented
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
UPRIGHT = 1.5  # times as high as wide: a line of several characters that stands on its end


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def scan_text(
    data: bytes, done: Callable[[int, int], None] = lambda page, pages: None
) -> tuple[str, list[float | None]]:
    """(text, scores) of pictures of pages: a score for each line of the text (cut at line ends), null for
    what is no line of a page. `done` is told each page that is done, of how many. Raises Refusal.
    """
    count, images = _images(data)
    if count > MAX_PAGES:
        raise Refusal(
            "text_too_long", found=f"{count} pages of pictures", limit=f"{MAX_PAGES} pages of pictures"
        )
    pages: list[list[SetLine]] = []
    scores: list[list[float]] = []
    for image in images:
        lines, sure = _page(image)
        pages.append(lines)
        scores.append(sure)
        done(len(pages), count)
    kept = [(page, sure) for page, sure in zip(pages, scores, strict=True) if page]
    text = "\n\f\n".join(indented([page for page, _ in kept])) + "\n"
    told: list[float | None] = []
    for _, sure in kept:
        told += ([None] if told else []) + [round(score, 3) for score in sure]
    return text, [*told, None]


def _images(data: bytes) -> tuple[int, Iterator[np.ndarray]]:
    """How many pages there are, and the picture of each as an array, made when its turn comes."""
    if b"%PDF-" in data[:1024]:
        return _pdf_pages(data)
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


def _pdf_pages(data: bytes) -> tuple[int, Iterator[np.ndarray]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)

    def pages() -> Iterator[np.ndarray]:
        for number in range(len(pdf)):
            page = pdf[number]
            scale = min(DPI / 72, LONGEST / max(page.get_width(), page.get_height(), 1.0))
            yield page.render(scale=scale).to_numpy()
            page.close()

    return len(pdf), pages()


@cache
def _engine() -> Callable:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    single = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": LONGEST, **single})


def _page(image: np.ndarray) -> tuple[list[SetLine], list[float]]:
    """The lines of a page and their scores; the page is turned if most of its lines stand on their ends."""
    import numpy as np

    boxes, standing, lean = _boxes(image)
    if standing:
        turned = [np.ascontiguousarray(np.rot90(image, times)) for times in (1, 3)]
        read = [(_boxes(each), each) for each in turned]
        (boxes, _, lean), image = max(
            read, key=lambda each: fmean([box.score for box in each[0][0]] or [0.0])
        )
    points = 595 / image.shape[1]  # as if the page were as wide as A4
    return page_lines([_scaled(box, points) for box in boxes], grids_of(_rules(image, lean, points)), 595.0)


def _scaled(box: Box, points: float) -> Box:
    return Box(box.text, box.score, *(side * points for side in box[2:]))


def _boxes(image: np.ndarray) -> tuple[list[Box], bool, float]:
    """Lines with places on the page made straight; whether most stand on their ends; how the page leans."""
    found = _engine()(image)
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
