"""The same report in every format gives the same lines; what a format hides is read as people see it."""

import io
import zipfile

import polars as pl
import pytest
import reading_writers as writers
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
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
from pipeline.reading.formats.doc import doc_text
from pipeline.reading.formats.docx import docx_text
from pipeline.reading.formats.numberformat import shown
from pipeline.reading.formats.ods import ods_text
from pipeline.reading.formats.odt import odt_text
from pipeline.reading.formats.pdf import pdf_text
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.rtf import rtf_text
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


def docx_of(*paragraphs, numbering=None):
    document = Document()
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for part in numbering:
            root.append(parse_xml(part))
    body = document.element.body
    for xml in paragraphs:
        body.insert(len(body) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    target = io.BytesIO()
    document.save(target)
    return docx_text(target.getvalue()).split("\n")[:-1]


def paragraph(text, level=None):
    number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    return f"<w:p>{number if level is not None else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_automatic_numbers_of_word_are_part_of_the_text():
    ns = nsdecls("w")
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCountingThousand", "%1、") + level.format(1, "decimal", "%2.")
    numbering = [
        f'<w:abstractNum {ns} w:abstractNumId="3">{levels}</w:abstractNum>',
        f'<w:num {ns} w:numId="7"><w:abstractNumId w:val="3"/></w:num>',
    ]
    items = [
        paragraph("救助", 0),
        paragraph("低保", 1),
        paragraph("特困", 1),
        paragraph("正文"),
        paragraph("养老", 0),
    ]
    items += [paragraph("床位", 1)] + [paragraph(f"第{i}", 0) for i in range(3, 13)]
    got = docx_of(*items, numbering=numbering)
    assert got[:6] == ["一、救助", "1.低保", "2.特困", "正文", "二、养老", "1.床位"]
    assert [got[6], got[-3], got[-1]] == ["三、第3", "十、第10", "十二、第12"]


def test_inserted_text_counts_and_deleted_and_hidden_text_does_not():
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = (
        f"<w:p>{run.format('低保')}"
        "<w:del w:id='1' w:author='a'><w:r><w:delText>1100</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='a'>{run.format('1204')}</w:ins>{run.format('户')}"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>"
    )
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('控件里的12人')}</w:p></w:sdtContent></w:sdt>"
    )
    assert docx_of(changed, control) == ["低保1204户", "控件里的12人"]


def test_merged_cells_of_word_keep_the_columns():
    document = Document()
    table = document.add_table(3, 3)
    for i, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"{i}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "上"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "右"
    target = io.BytesIO()
    document.save(target)
    assert docx_text(target.getvalue()).split("\n")[:3] == ["上 | | 2 |", "3 | 4 | 右 |", "6 | 7 | |"]


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


def test_a_workbook_gives_its_visible_sheets_and_says_which_formulas_have_no_value():
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        first, hidden, second = (book.add_worksheet(name) for name in ("低保", "草稿", "特困"))
        first.write_row(0, 0, ["地区", "户数"])
        first.write_row(1, 0, ["城关镇", 312])
        first.write_formula(2, 1, "=B2*2", None, 624)
        first.write_formula(3, 1, "=B2*3", None, "")
        hidden.write(0, 0, "不看")
        hidden.hide()
        second.write_row(0, 0, ["人数", 97])
    text, notes = xlsx_text(target.getvalue())
    assert text == "低保\n地区 | 户数 |\n城关镇 | 312 |\n| 624 |\n\f\n特困\n人数 | 97 |\n"
    assert notes is None or "formulas" in notes


def test_old_and_open_workbooks_show_what_the_new_ones_show():
    expected = [
        "标准", "全县情况一览", "地区 | 低保 | | 日期 |", "| 占比 | 金额(万元) | |",
        "城关镇 | 97.2% | 1234.50 | 2023年12月31日 |", "白石乡 | 50% | 12人 | 2023-06-01 |", "| | 3 | |",
        "\f", "占比", "乡镇 | 编码 |", "甲乡 | 000123 |",
    ]  # fmt: skip
    assert xls_text(writers.by_libreoffice("shown.xls")).split("\n")[:-1] == expected
    assert ods_text(writers.by_libreoffice("shown.ods")).split("\n")[:-1] == expected


def test_old_word_and_rich_text_keep_numbers_merged_cells_and_changes():
    expected = [
        "一、城市低保工作", "1.保障1204户", "2.保障2310人", "二、养老服务", "低保1999户",
        "地区 | 低保 | | 103 |", "| 105 | 106 | 107 |",
        "108 | 109 | 110 | 甲项 乙项 |", "112 | 113 | 114 | 115 |",
    ]  # fmt: skip
    assert doc_text(writers.by_libreoffice("rich.doc")).split("\n")[:9] == expected
    assert rtf_text(writers.by_libreoffice("rich.rtf"))[0].split("\n")[:9] == expected
    assert odt_text(writers.by_libreoffice("rich.odt")).split("\n")[:9] == expected


def test_lists_of_an_open_text_go_on_behind_others_and_in_cells():
    assert odt_text(writers.by_libreoffice("lists.odt")).split("\n")[:-1] == [
        "一、救助", "1.低保1204户", "正文第一段", "2.特困97人", "(1)事项甲", "(2)事项乙", "① 细目",
        "二、养老", "1.床位1860张", "(3)事项丙", "上 | | 2 |", "3； (4)新建3所； (5)改造5所 | 4 | 右 |",
        "6 | 7 | |", "第二页前", "\f", "第二页",
    ]  # fmt: skip


def test_an_open_text_shows_its_notes_at_the_end_and_nothing_that_is_hidden():
    names = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in names.items()
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>不含企业</text:p>"
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    row = "<table:table-row{}>{}</table:table-row>".format
    body = (
        '<text:h text:outline-level="1">救助</text:h><text:p text:style-name="H">暗处99人</text:p>'
        f"<text:p>低保1204{note}</text:note-body></text:note>户<office:annotation><text:p>核对77</text:p>"
        "</office:annotation><text:ruby><text:ruby-base>特困</text:ruby-base><text:ruby-text>te</text:ruby-text>"
        "</text:ruby><draw:frame><draw:text-box><text:p>框里5人</text:p></draw:text-box></draw:frame></text:p>"
        '<text:section text:display="none"><text:p>隐藏88人</text:p></text:section>'
        f"<table:table><table:table-header-rows>{row('', cell('', '地区') + cell('', '户数'))}"
        f"</table:table-header-rows>{row('', cell('', '甲乡') + cell('', '312'))}</table:table>"
    )
    numbered = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:outline-style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(
            "styles.xml", f"<office:document-styles {spaces}>{numbered}</office:document-styles>"
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    expected = ["一、救助", "低保1204户特困", "框里5人", "地区 | 户数 |", "甲乡 | 312 |", "不含企业"]
    assert odt_text(target.getvalue()).split("\n")[:-1] == expected


def test_rich_text_of_other_writers_is_decoded_by_page_font_and_number():
    body = (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset136 M;}}"
        r"{\*\mmathPr{\mdefJc1}}\uc1\f0 \'b5\'cd\'b1\'a31204\u25143?{\v 9}\par"
        r"{\f1 \'a7\'43}{\pict\bin3 }}}}\par{\header \'b5\'cd 77\par}"
        r"{\footnote 3}\uc0\u20154 5\par}"
    )
    text, notes = rtf_text(body.encode("latin-1"))
    assert (text, notes) == ("低保1204户\n低\n人5\n3\n", None)


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


def test_the_same_report_gives_the_same_observations_in_every_format(tmp_path):
    for name, content in writers.all_formats().items():
        (tmp_path / name).write_bytes(content)
    documents, _ = read_files(tmp_path, list_files(tmp_path))
    found = {}
    for text in documents["text"].unique():  # files with one text can't differ
        alone = documents.filter(pl.col("text") == text)[:1]
        observations = extract_documents(alone)["core.observations"].sort("span_start")
        found[alone["file_name"].item()] = observations.select(FIELDS).rows()
        spans = observations.select("span_start", "span_end", "written").rows()
        assert all(text[start:end] == written for start, end, written in spans)
    assert 2 <= len(found) <= documents.height
    expected = next(iter(found.values()))
    assert len(expected) > 30
    assert all(rows == expected for rows in found.values())


def test_rows_that_stand_in_one_row_of_cells_are_rows_and_paragraphs_of_a_cell_are_not():
    document = Document()
    table = document.add_table(3, 3)
    texts = [["地区", "户数", "说明"], ["城关镇\n白石乡", "312\n205", ""], ["合计", "517", "含\n新增"]]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    target = io.BytesIO()
    document.save(target)
    lines = ["地区 | 户数 | 说明 |", "城关镇 | 312 | |", "白石乡 | 205 | |", "合计 | 517 | 含 新增 |"]
    assert docx_text(target.getvalue()).split("\n")[:4] == lines


def docx_with_cells(rows):
    """A .docx of a title and a table, a paragraph for each line of a cell."""
    document = Document()
    document.add_paragraph("云溪县民政局2023年工作总结")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text, *others = text.split("\n")
            for other in others:
                cell.add_paragraph(other)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_items_of_a_list_in_a_cell_of_word_do_not_run_together(tmp_path):
    rows = [
        ["项目", "完成情况", "责任\n科室"],
        ["社会救助", "保障城市低保对象312户\n保障特困人员97人", "救助科"],
        ["养老服务", "(1)新增护理型床位150张\n(2)改造敬老院5所，\n(3)为60岁\n以上老人体检", "养老科"],
    ]
    data = docx_with_cells(rows)
    assert docx_text(data).split("\n")[1:4] == [
        "项目 | 完成情况 | 责任 科室 |",
        "社会救助 | 保障城市低保对象312户； 保障特困人员97人 | 救助科 |",
        "养老服务 | (1)新增护理型床位150张； (2)改造敬老院5所， (3)为60岁 以上老人体检 | 养老科 |",
    ]
    (tmp_path / "a.docx").write_bytes(data)
    found = extract_documents(read_files(tmp_path, list_files(tmp_path))[0])
    assert found["core.tables"].height == 1
    read = {(row[0], f"{row[1]}.{row[2]}", row[3]) for row in found["core.observations"].select(
        "value", "subject", "measure", "residence").iter_rows()}  # fmt: skip
    assert {(312, "dibao.households", "urban"), (97, "tekun.persons", "total")} <= read


def test_a_report_that_is_set_in_a_frame_of_one_cell_keeps_its_lines():
    lines = docx_text(docx_with_cells([["一、社会救助\n全县共有低保对象1204户。\n二、养老服务"]])).split("\n")
    assert lines[1:4] == ["一、社会救助", "全县共有低保对象1204户。", "二、养老服务"]


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


def test_a_wide_first_line_over_many_short_ones_is_read_in_passing():
    """Each column was looked for in every row: 200 kB took more than a minute, 1 MB half an hour."""
    size = 100_000
    text = csv_text("," * size + "\n" + "低保,2\n" * size)
    assert text.count("低保 | 2 |") == size
    with pytest.raises(Refusal, match="5,000,000 cells"):  # of bars alone it would be a gigabyte
        csv_text("12," * 20_000 + "\n" + "低保,2\n" * size)
