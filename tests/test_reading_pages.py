"""Pages as offices set them: in columns, with footnotes, on their heads, pictures among those with text."""

import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.formats.pdf import pdf_text

FONT, SIZE, LEADING = "STSong-Light", 12, 20
PARAGRAPHS = [
    "全县新建农村幸福院9所、社区助餐点14个,年末共有养老床位1860张,其中护理型床位912张,占比达到49.0%。",
    "全年救助流浪乞讨人员217人次,护送返乡63人,落户安置11人,支出救助资金38.6万元,未发生责任事故。",
    "登记社会团体121家、民办非企业单位147家,年检268家,年检率97.3%,责令整改9家,依法撤销5家。",
]


def drawn(*pages):
    """A PDF of pages: each a list of (x, y, text, size); without an x, behind the one before."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in pages:
        at = 0.0
        for x, y, text, size in page:
            canvas.setFont(FONT, size)
            canvas.drawString(at if x is None else x, y, text)
            at = (at if x is None else x) + canvas.stringWidth(text, FONT, size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def broken(width):
    """The paragraphs in lines as wide as so many characters, with how far each is indented."""
    for paragraph in PARAGRAPHS * 2:
        indent, line, room = 2 * SIZE, "", width - 2.0
        for char in paragraph:
            room -= 1 if char > "\u2e80" else 0.5
            if room < 0:
                yield indent, line
                indent, line, room = 0, "", width - 1.0
            line += char
        yield indent, line


def columns(across):
    """A page in two columns with a head and a number: written row by row, or a column at a time."""
    lines = list(broken(17))
    half = len(lines) // 2
    left = [(72 + dx, 720 - LEADING * i, text, SIZE) for i, (dx, text) in enumerate(lines[:half])]
    right = [(306 + dx, 720 - LEADING * i, text, SIZE) for i, (dx, text) in enumerate(lines[half:])]
    both = sorted(left + right, key=lambda line: (-line[1], line[0])) if across else left + right
    edges = [(72, 30, "7", 10), (72, 800, "云溪县民政局2023年工作总结", 10)]
    return drawn([*edges, *both]), [text for _, text in lines]


@pytest.mark.parametrize("across", [True, False])
def test_columns_are_read_one_behind_the_other_however_they_were_written(across):
    data, expected = columns(across)
    first, *read, last = pdf_text(data)[0].strip().split("\n")
    assert (first, last) == ("云溪县民政局2023年工作总结", "7")
    assert [line.strip("\u3000") for line in read] == expected
    begins = [line.strip("\u3000")[:4] for line in read if line.startswith("\u3000")]
    assert begins == [paragraph[:4] for paragraph in PARAGRAPHS * 2]  # in the right column, too


def test_a_mark_of_a_footnote_is_no_digit_and_the_note_cuts_no_sentence():
    first = [
        (72, 160, "年末全县共有养老床位1860", SIZE), (None, 165, "2", 7),
        (None, 160, "张,其中护理型床位", SIZE), (72, 90, "2 不含民办机构的420张。", 9),
    ]  # fmt: skip
    head = [(72, 700 - LEADING * i, "全县民政工作稳步推进,各项任务如期完成。", SIZE) for i in range(5)]
    second = [(72, 700, "912张。全年新增床位150张。", SIZE)]
    lines = [line for line in pdf_text(drawn(head + first, second))[0].split("\n") if line.strip("\f")]
    assert lines[-3:] == [
        "年末全县共有养老床位1860张,其中护理型床位", "912张。全年新增床位150张。",
        "[2] 不含民办机构的420张。",
    ]  # fmt: skip


def test_a_power_behind_a_unit_stays():
    page = [(72, 700, "总建筑面积12000m", SIZE), (None, 705, "2", 7), (None, 700, "以上,其余如前。", SIZE)]
    assert "12000m2" in pdf_text(drawn(page))[0].replace(" ", "")


def test_a_page_that_is_shown_on_its_head_is_read_from_its_beginning():
    data, _ = columns(across=False)
    pdf = pypdfium2.PdfDocument(data)
    pdf[0].set_rotation(180)
    target = io.BytesIO()
    pdf.save(target)
    assert pdf_text(target.getvalue())[0] == pdf_text(data)[0]


def test_pages_that_are_pictures_among_others_are_told_if_not_recognised(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.reading.files.listing.available", lambda: False)
    data, _ = columns(across=False)
    pdf = pypdfium2.PdfDocument(data)
    picture = io.BytesIO()
    pdf[0].render(scale=0.5).to_pil().save(picture, "PDF", resolution=36)
    pdf.import_pages(pypdfium2.PdfDocument(picture.getvalue()))
    pdf.save(tmp_path / "a.pdf")
    documents, _ = read_files(tmp_path, list_files(tmp_path))
    assert documents["notes"].to_list() == ["not read: pages 2, pictures without text"]
