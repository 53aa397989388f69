"""The same report in every format gives the same lines; what a format hides is read as people see it."""

import io
import time
import zipfile

import pytest
import reading_writers as writers
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from xlsxwriter import Workbook

from pipeline.engine.batch import extract_documents
from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.formats.csvtable import csv_text
from pipeline.reading.formats.formulas import Formulas
from pipeline.reading.formats.numberformat import shown
from pipeline.reading.formats.ods import ods_text
from pipeline.reading.formats.pdf import pdf_text
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.tables import unstacked
from pipeline.reading.formats.xls import xls_text
from pipeline.reading.formats.xlsx import xlsx_text
from pipeline.reading.layout.page_furniture import skipped_spans


def as_read(document_id, text, skipped):
    """The lines of a text as they are read: spans of the page left out, blanks gone."""
    out, at = "", 0
    for _, start, end, _ in skipped.filter(document_id=document_id).iter_rows():
        out += text[at : max(start, at)]
        at = max(end, at)
    lines = (line.strip(" \u3000\f") for line in (out + text[at:]).split("\n"))
    return [line.replace(" ", "") for line in lines if line]


@pytest.mark.landing
def test_the_same_report_reads_the_same_in_every_format(tmp_path):
    for name, content in writers.all_formats().items():
        (tmp_path / name).write_bytes(content)
    documents, rejected = read_files(tmp_path, list_files(tmp_path))
    assert rejected.is_empty()
    assert documents.height == len(writers.all_formats())
    skipped = skipped_spans(documents)
    expected = [line.replace(" ", "") for line in writers.lines()]
    for name, key, text in documents.select("file_name", "document_id", "text").iter_rows():
        got = as_read(key, text, skipped)
        if name.endswith((".pdf", ".ofd")):
            assert got.pop(0) == "云溪县民政局文件"
        assert got == expected, name


def test_a_format_is_known_by_its_content_and_not_by_its_name(tmp_path):
    formats = writers.all_formats()
    for name, content in (
        ("a.txt", "report.docx"),
        ("b.doc", "page.html"),
        ("c", "report.pdf"),
        ("d.pdf", "utf8.txt"),
    ):
        (tmp_path / name).write_bytes(formats[content])
    documents, _ = read_files(tmp_path, list_files(tmp_path))
    kinds = [kind.rpartition(".")[2].rpartition("/")[2] for kind in documents["media_type"]]
    assert kinds == ["document", "html", "pdf", "plain"]
    assert all("1230.35" in text for text in documents["text"])


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.972, "0.0%", "97.2%"), (0.97249, "0%", "97%"), (97.2, '0.0"%"', "97.2%"),
        (1204, '0"人"', "1204人"),
        (1234567.5, "#,##0.00", "1234567.50"), (0.1 + 0.2, "General", "0.3"), (1204.0, "General", "1204"),
        (-3.2, "0.0_);[Red](0.0)", "-3.2"), (-3.25, "0.0;-0.0", "-3.3"), (12, "000000", "000012"),
        (12345678, '0.00,,"百万"', "12.35百万"), (12345, '0!.0,"万"', "12345"),
        ("#DIV/0!", "General", ""),        (True, "General", "TRUE"), (float("inf"), "0", ""),
    ],
)  # fmt: skip
def test_cells_are_read_as_the_sheet_shows_them(value, number_format, text):
    assert shown(value, number_format) == text


def test_a_workbook_gives_its_visible_sheets_and_works_out_formulas_without_a_value():
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        first, hidden, second = (book.add_worksheet(name) for name in ("低保", "草稿", "特困"))
        first.write_row(0, 0, ["地区", "户数"])
        first.write_row(1, 0, ["城关镇", 312])
        first.write_formula(2, 1, "=B2*2", None, 624)
        first.write_formula(3, 1, "=SUM(B2:B3)-ROUND(B2/5,0)+特困!B1", None, "")
        first.write_formula(4, 1, '=IF(B2>1,"多","少")', None, "")
        hidden.write(0, 0, "不看")
        hidden.hide()
        second.write_row(0, 0, ["人数", 97])
    text, notes = xlsx_text(target.getvalue())
    assert text == "低保\n地区 | 户数 |\n城关镇 | 312 |\n| 624 |\n| 971 |\n\f\n特困\n人数 | 97 |\n"
    assert notes == "1 formulas held no value and were worked out; 1 formulas hold no value"


def test_a_line_more_in_the_first_cell_leads_the_rows_that_stand_in_one():
    assert unstacked(["城市低保\n户数\n人数", "\n612\n980"]) == [
        ["城市低保", ""],
        ["户数", "612"],
        ["人数", "980"],
    ]
    assert unstacked(["", "612", "980"]) == [["", "612", "980"]]
    assert unstacked(["城市\n低保", "612"]) == [["城市\n低保", "612"]]


def test_formulas_that_hang_on_themselves_or_on_words_have_no_value():
    cells = {
        ("a", 1, 1): "=B1+1",
        ("a", 1, 2): "=A1",
        ("a", 2, 1): "东镇",
        ("a", 2, 2): "=A2+1",
        ("a", 3, 1): "=1/0",
    }
    formulas = Formulas(cells)
    assert [formulas.value(place) for place in cells if str(cells[place]).startswith("=")] == [None] * 4


def test_long_chains_and_large_sums_of_formulas_are_bounded():
    chain = {("a", row, 1): f"=A{row + 1}+1" for row in range(1, 5000)} | {("a", 5000, 1): 1}
    assert Formulas(chain).value(("a", 1, 1)) is None
    sums = {("a", row, 2): f"=SUM(A1:A{row})" for row in range(1, 3000)}
    formulas = Formulas(sums | {("a", row, 1): 1 for row in range(1, 3000)})
    assert [formulas.value(place) for place in sums][:3] == [1, 2, 3]
    assert formulas.steps <= 500_001


def test_blank_rows_of_a_workbook_cost_next_to_nothing():
    """Each was filled up to 500 cells: one value in the last row of a sheet took longer than a file may."""
    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row in range(10_000):
            sheet.write(row, 0, "户数" if row == 1 else None, bold)
            sheet.write(row, 3, 312 if row == 7 else None, bold)
        sheet.write(1_048_575, 0, "城关镇")
        sheet.write(1_048_575, 16_383, "远")  # beyond the columns that are read
    began = time.process_time()
    assert xlsx_text(target.getvalue())[0] == "户数\n| 312 |\n城关镇\n"
    assert time.process_time() - began < 5


def test_old_and_open_workbooks_show_what_the_new_ones_show():
    expected = [
        "标准", "全县情况一览", "地区 | 低保 | | 日期 |", "| 占比 | 金额(万元) | |",
        "城关镇 | 97.2% | 1234.50 | 2023年12月31日 |", "白石乡 | 50% | 12人 | 2023-06-01 |", "| | 3 | |",
        "\f", "占比", "乡镇 | 编码 |", "甲乡 | 000123 |",
    ]  # fmt: skip
    assert xls_text(writers.by_libreoffice("shown.xls")).split("\n")[:-1] == expected
    assert ods_text(writers.by_libreoffice("shown.ods")).split("\n")[:-1] == expected


def test_a_message_gives_its_body_and_names_what_was_attached(tmp_path):
    (tmp_path / "a.eml").write_bytes(writers.eml())
    documents, _ = read_files(tmp_path, list_files(tmp_path))
    assert documents["notes"].to_list() == ["attachments not read: 附件.pdf"]
    assert documents["text"][0].startswith(writers.TITLE)


def test_pdf_tables_keep_merged_cells_and_pages_are_parted():
    text, notes, _ = pdf_text(writers.pdf(size=22))
    assert notes is None
    assert text.count("\f") == text.count("— ") - 1
    assert "| 合计 | 1204 | 2310 | 1230.35 |" in text


def test_office_files_that_lie_about_their_parts_are_read_or_refused_but_not_believed(tmp_path):
    content = io.BytesIO(writers.docx())
    broken = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>",
                    b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
                ).replace("惠及46人".encode(), "惠及46人&x;".encode())
            target.writestr(name, data)
    (tmp_path / "entity.docx").write_bytes(broken.getvalue())
    documents, rejected = read_files(tmp_path, list_files(tmp_path))
    assert documents.height + rejected.height == 1
    assert "root:" not in str(documents.rows())


FIELDS = (
    "value", "value_high", "unit", "subject", "measure", "change", "residence", "subgroup", "status",
    "comparator", "scope", "year",
)  # fmt: skip


@pytest.mark.landing
def test_the_same_report_gives_the_same_observations_in_every_format(tmp_path):
    for name, content in writers.all_formats().items():
        (tmp_path / name).write_bytes(content)
    documents, _ = read_files(tmp_path, list_files(tmp_path))
    different = documents.unique("text", maintain_order=True)  # files with one text can't differ
    everything = extract_documents(different)["core.observations"].sort("span_start")
    found = {}
    for key, name, text in different.select("document_id", "file_name", "text").iter_rows():
        observations = everything.filter(document_id=key)
        found[name] = observations.select(FIELDS).rows()
        spans = observations.select("span_start", "span_end", "written").rows()
        assert all(text[start:end] == written for start, end, written in spans)
    assert 2 <= len(found) <= documents.height
    expected = next(iter(found.values()))
    assert len(expected) > 30
    assert all(rows == expected for rows in found.values())


@pytest.mark.parametrize(("turn", "shift"), [(90, (595, 0)), (-90, (0, 842))])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_on_a_page_that_lies_on_its_side_is_read_as_it_was_set(turn, shift, ruled):
    rows = [
        ["地区", "低保户数", "低保人数"],
        ["城关镇", "312", "608"],
        ["白石乡", "205", "377"],
        ["合计", "517", "985"],
    ]
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page.translate(*shift)
    page.rotate(turn)
    style = [("FONT", (0, 0), (-1, -1), "STSong-Light", 12)]
    table = Table(rows, style=style + [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] * ruled)
    table.wrapOn(page, 600, 400)
    table.drawOn(page, 72, 350)
    page.showPage()
    page.save()
    assert pdf_text(target.getvalue())[0].split("\n")[:4] == [
        "".join(f"{c} | " for c in r)[:-1] for r in rows
    ]


def test_an_english_paper_is_not_taken_for_a_garbled_one():
    target = io.BytesIO()
    page = Canvas(target)
    for i in range(40):
        page.drawString(50, 800 - 18 * i, "The café’s naïve résumé of “social assistance” – a façade, señor.")
    page.save()
    assert "social assistance" in pdf_text(target.getvalue())[0]


@pytest.mark.landing
def test_a_wide_first_line_over_many_short_ones_is_read_in_passing():
    """Each column was looked for in every row: 200 kB took more than a minute, 1 MB half an hour."""
    size = 50_000
    text = csv_text("," * size + "\n" + "低保,2\n" * size)
    assert text.count("低保 | 2 |") == size
    with pytest.raises(Refusal, match="5,000,000 cells"):  # of bars alone it would be a gigabyte
        csv_text("12," * 20_000 + "\n" + "低保,2\n" * size)
