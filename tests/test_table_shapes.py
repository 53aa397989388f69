"""One table saved in every shape and format says the same."""

from __future__ import annotations

import io

import pytest
from docx import Document
from files_read import FilesRead
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from xlsxwriter import Workbook

TITLE = "雅安市2023年9月城乡低保情况统计表"
HEADS = [["地区", "城市低保", "", "农村低保", ""], ["", "户数(户)", "人数(人)", "户数(户)", "人数(人)"]]
BODY = [
    ["雨城区", "1430", "2310", "3120", "6120"],
    ["名山区", "512", "810", "2610", "5230"],
    ["荥经县", "204", "316", "1890", "3975"],
    ["合计", "2146", "3436", "7620", "15325"],
]
ROWS = HEADS + BODY
SAYS = (
    "value", "unit", "indicator_id", "residence", "status", "change", "scope", "place", "place_code", "year",
    "period_start", "period_end",
)  # fmt: skip


def lines(cells: list[list[str]], separator: str, before: str = "", behind: str = "") -> str:
    return TITLE + "\n" + "".join(f"{before}{separator.join(row)}{behind}\n" for row in cells)


def spaced() -> str:
    """Columns at fixed width, a Chinese character as wide as two."""
    widths = (12, 12, 12, 12, 12)

    def cell(text: str, size: int) -> str:
        return " " * (size - sum(1 + (char > "\u2e80") for char in text)) + text

    rows = [HEADS[0], ["", *HEADS[1][1:]], *BODY]
    return TITLE + "\n" + "".join("".join(map(cell, row, widths)).rstrip() + "\n" for row in rows)


def stacked(behind: str = "") -> str:
    cells = ["地区", "城市低保", "农村低保", *HEADS[1][1:], *(cell for row in BODY for cell in row)]
    return TITLE + "\n" + "".join(f"{cell}{behind}\n" for cell in cells)


def barred() -> str:
    """A cell a line with a bar behind it, and one before each row."""
    return (
        TITLE
        + "\n"
        + "".join(
            "".join(f"{'| ' if i == 0 else ''}{c} |\n" if c or i == 0 else "|\n" for i, c in enumerate(row))
            for row in ROWS
        )
    )


def inside() -> str:
    """All rows in one cell of each column, as pages turned into documents have them."""
    columns = [" ".join(row[i] for row in BODY) for i in range(5)]
    return lines([*HEADS, columns], " | ", "| ", " |")


def beside() -> str:
    """The last rows beside the first ones, under the same heads."""
    heads = [row + row for row in HEADS]
    return lines([*heads, BODY[0] + BODY[2], BODY[1] + BODY[3]], " | ", "| ", " |")


def pages() -> str:
    """The heads again on a second page."""
    page = lines([*HEADS, *BODY[:2]], " | ", "| ", " |") + "\n- 1 -\n\n"
    return page + lines([*HEADS, *BODY[2:]], " | ", "| ", " |").replace(TITLE, "续表") + "\n- 2 -\n"


def together() -> str:
    """Heads that run together, and names and figures that do, each with its unit."""
    rows = (
        "".join(f"{cell}{unit}" for cell, unit in zip(row, ["", *"户人户人"], strict=True)) for row in BODY
    )
    return f"{TITLE}\n地区城市低保户数城市低保人数农村低保户数农村低保人数\n" + "\n".join(rows) + "\n"


def compact(blank: str, head: str = "", word: str = "") -> str:
    """Cells so far apart and blank ones left out; with a number before each row and a word behind it."""
    rows = [[cell for cell in row if cell] for row in ROWS]
    if head:
        rows[0] = ["序号", *rows[0]]
        rows[2:] = [[str(n), *row] for n, row in enumerate(rows[2:], 1)]
    if word:
        rows[0].append("责任科室")
        rows[2:] = [[*row, word] for row in rows[2:]]
    return lines(rows, blank)


def written_out(behind: str = "") -> str:
    """A cell a line, merged heads in each of their cells."""
    heads = ["地区", *["城市低保"] * 2, *["农村低保"] * 2, "地区", *HEADS[1][1:]]
    cells = [*heads, *(cell for row in BODY for cell in row)]
    return TITLE + "\n" + "".join(f"{cell}{behind}\n" for cell in cells)


def remarked() -> str:
    """A column of remarks that one row has."""
    rows = [[cell for cell in row if cell] for row in ROWS]
    rows[0].append("备注")
    rows[3].append("含农场")
    return lines(rows, " ")


def boxed(every: bool) -> str:
    """Drawn with single strokes, a border between all rows or below the heads alone."""
    border = "├" + "┼".join("─" * 5) + "┤\n"
    rows = ["│" + "│".join(row) + "│\n" for row in ROWS]
    body = border.join(rows) if every else "".join(rows[:2]) + border + "".join(rows[2:])
    return TITLE + "\n" + border.translate(str.maketrans("├┼┤", "┌┬┐")) + body


def wrapped() -> str:
    """Drawn with a border between all rows, and cells broken after four letters."""
    border = "├" + "┼".join(["────"] * 5) + "┤\n"
    text = ""
    for row in ROWS:
        pieces = [[cell] if cell.isdigit() else [cell[at : at + 3] for at in (0, 3)] for cell in row]
        text += border
        for n in range(2):
            text += "│" + "│".join(piece[n] if n < len(piece) else "" for piece in pieces) + "│\n"
    return TITLE + "\n" + text + border


def spans_alone() -> str:
    """At fixed width, with nothing over the names in the line of upper heads."""
    heads = [["", *HEADS[0][1:]], ["地区", *HEADS[1][1:]]]

    def line(cells: list[str]) -> str:
        return "".join(c + " " * (14 - sum(1 + (a > "\u2e80") for a in c)) for c in cells).rstrip() + "\n"

    return TITLE + "\n" + "".join(map(line, [*heads, *BODY]))


def in_broken_text(table: str) -> str:
    """Between paragraphs whose lines are broken as pages are."""
    said = "全县民政系统认真贯彻落实上级部署,扎实推进社会救助、养老服务等各项工作,兜底能力持续增强,"
    text = said * 5 + "现将情况汇总如下。"
    broken = "\n".join(text[at : at + 34] for at in range(0, len(text), 34))
    return f"{broken}\n{table}\n{broken}\n"


def docx() -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(ROWS), 5)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for first, last in (((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 0), (1, 0))):
        text = table.cell(*first).text
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, TITLE)
        for i, row in enumerate(ROWS, 1):
            sheet.write_row(i, 0, row)
        sheet.merge_range(1, 1, 1, 2, "城市低保")
        sheet.merge_range(1, 3, 1, 4, "农村低保")
    return out.getvalue()


def html() -> bytes:
    head = (
        "<tr><th rowspan=2>地区</th><th colspan=2>城市低保</th><th colspan=2>农村低保</th></tr>"
        "<tr>" + "".join(f"<th>{cell}</th>" for cell in HEADS[1][1:]) + "</tr>"
    )
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in BODY)
    page = f"<head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    page = f"<html>{page}<table>{head}{body}</table></body></html>"
    return page.encode()


def pdf(ruled: bool) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = [("FONT", (0, 0), (-1, -1), "STSong-Light", 10), ("ALIGN", (1, 0), (-1, 1), "CENTER"),
             ("ALIGN", (1, 2), (-1, -1), "RIGHT"), ("VALIGN", (0, 0), (0, 1), "MIDDLE"),
             ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 0), (0, 1))]  # fmt: skip
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    title = Paragraph(TITLE, ParagraphStyle("title", fontName="STSong-Light", fontSize=14, leading=22))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([title, Table(ROWS, style=style, colWidths=80)])
    return out.getvalue()


SAVED: dict[str, str | bytes] = {
    "bars.md": lines([*HEADS, *BODY], " | ", "| ", " |"),
    "ruler.md": lines(ROWS[:2], " | ", "| ", " |") + lines(BODY, " | ", "| ", " |").split("\n", 1)[1],
    "bare_bars.txt": lines(ROWS, " | "),
    "tabs.txt": lines(ROWS, "\t"),
    "spaces.txt": spaced(),
    "cell_lines.txt": stacked(),
    "cell_lines_apart.txt": stacked().replace("\n", "\n\n"),
    "cell_lines_behind_tabs.txt": stacked().replace("\n", "\n\t"),
    "bars_behind_cells.txt": barred(),
    "rows_inside_cells.txt": inside(),
    "side_by_side.txt": beside(),
    "over_two_pages.txt": pages(),
    "run_together.txt": together(),
    "one_blank.txt": compact(" "),
    "one_wide_blank.txt": compact("\u3000"),
    "four_blanks.txt": compact("    "),
    "numbered.txt": compact(" ", head="序号"),
    "before_words.txt": compact(" ", word="救助科"),
    "remarked.txt": remarked(),
    "written_out.txt": written_out(),
    "written_out_behind_bars.txt": written_out(" |"),
    "all_cells_behind_bars.txt": TITLE + "\n" + "".join(f"{cell} |\n" for row in ROWS for cell in row),
    "semicolons.txt": lines(ROWS, ";"),
    "enumeration_commas.txt": lines(ROWS, "、"),
    "strokes.txt": lines(ROWS, "丨"),
    "drawn_in_broken_text.txt": in_broken_text(lines(ROWS, "│").replace("1430", "1,430")),
    "cells_in_broken_text.txt": in_broken_text(stacked()),
    "commas_in_broken_text.txt": in_broken_text(lines(ROWS, ",")),
    "boxed.txt": boxed(every=False),
    "boxed_all.txt": boxed(every=True),
    "wrapped_in_boxes.txt": wrapped(),
    "spans_alone.txt": spans_alone(),
    "table.csv": lines(ROWS, ","),
    "table.docx": docx(),
    "table.xlsx": xlsx(),
    "table.html": html(),
    "ruled.pdf": pdf(ruled=True),
    "unruled.pdf": pdf(ruled=False),
}


BLANKS = ("one_blank.txt", "four_blanks.txt", "spaces.txt", "numbered.txt", "remarked.txt")  # guess columns


READ = FilesRead(SAVED)


@pytest.fixture
def read():
    return READ


def said(read: FilesRead, name: str) -> list[tuple]:
    return sorted(tuple(str(row[field]) for field in SAYS) for row in read.rows("core.observations", name))


def test_a_table_says_the_same_in_every_shape(read, subtests):
    for name in SAVED:
        with subtests.test(name):
            assert len(said(read, name)) == 16
            assert said(read, name) == said(read, "bars.md")


@pytest.mark.parametrize("name", [BLANKS[0], *(pytest.param(n, marks=pytest.mark.slow) for n in BLANKS[1:])])
def test_what_a_table_says_does_not_hang_on_what_is_read_beside_it(read, name):
    beside = said(read, name)
    assert said(FilesRead({name: SAVED[name]}), name) == beside


def test_what_it_says_is_what_its_heads_say(read):
    wanted = ("6120.0", "人", "dibao.persons", "rural", "actual", "level", "part", "雨城区", "511802", "2023",
              "None", "2023-09-30")  # fmt: skip
    assert wanted in said(read, "bars.md")
