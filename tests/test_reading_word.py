"""Texts of Word and its like are read as people see them: numbers, changes, notes, cells."""

import io
import zipfile

import pytest
import reading_writers as writers
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.engine.batch import extract_documents
from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.formats.doc import doc_text
from pipeline.reading.formats.docx import docx_text
from pipeline.reading.formats.odt import odt_text
from pipeline.reading.formats.rtf import rtf_text


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


@pytest.mark.landing
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
