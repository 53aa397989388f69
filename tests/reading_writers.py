"""One report written in every format that is read, by a real writer of each, for the tests of reading.

The libraries are imported where they write: most tests need none of them.
"""

import io
import zipfile
from email.message import EmailMessage
from functools import cache
from pathlib import Path

TITLE = "云溪县民政局2023年工作总结和2024年工作计划"
TABLE = [
    ["序号", "地区", "低保户数(户)", "低保人数(人)", "发放金额(万元)"],
    ["1", "城关镇", "312", "608", "321.5"],
    ["2", "白石乡", "205", "377", "198.72"],
    ["3", "大河口镇", "687", "1325", "710.13"],
    ["", "合计", "1204", "2310", "1230.35"],
]
REPORT: list[str | list[list[str]]] = [
    TITLE,
    "一、2023年工作情况",
    "(一)社会救助更加有力。截至12月底,全县共有城乡低保对象1204户、2310人,累计发放低保金1230.35万元,比上年增长9.5%;"
    "城市低保标准由每人每月700元提高至780元,农村低保标准提高至每人每年6380元。全年共核查3652人次,"
    "清退不符合条件的对象57户、96人,做到应保尽保、应退尽退。",
    TABLE,
    "(二)养老服务稳步推进。全县建成养老机构12家,床位1860张,为297户特殊困难老年人家庭实施适老化改造,投入资金115.83万元。"
    "新建乡镇敬老院2所,改造提升5所,护理型床位占比达到58.6%。",
    "(三)儿童福利保障到位。孤儿集中供养标准为每人每月1850元,散居孤儿为每人每月1350元,全年发放基本生活费63.4万元,惠及46人。",
    "二、存在的问题",
    "基层力量不足,乡镇民政工作人员平均每个乡镇只有1.5人,部分养老机构入住率不到四成,服务半径过大的问题仍然存在。",
    "三、2024年工作计划",
    "1.完成特殊困难老年人家庭适老化改造不少于300户,新增护理型床位150张,建成县级养老服务指导中心1个。",
    "2.城市低保标准提高到每人每月820元,农村低保标准提高到每人每年6800元。",
    "云溪县民政局",
    "2023年12月28日",
]


def lines() -> list[str]:
    """The report as every format should give it."""
    out: list[str] = []
    for part in REPORT:
        if isinstance(part, str):
            out.append(part)
        else:
            out.extend("".join(f"{cell} | " if cell else "| " for cell in row).rstrip() for row in part)
    return out


def txt(encoding: str = "utf-8") -> bytes:
    return ("\r\n".join(lines()) + "\r\n").encode(encoding)


def html(encoding: str = "utf-8") -> bytes:
    body = ""
    for part in REPORT[1:]:
        if isinstance(part, str):
            body += f"<p style='text-indent:2em'><span>{part}</span></p>\n"
        else:
            rows = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in part)
            body += "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{TITLE}-政府网</title></head>
    <body>    <div class="nav"><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul></div>
    <div>您的位置:<a>首页</a> > <a>民政局</a> > <a>工作总结</a></div>
    <div class="main"><h1>{TITLE}</h1><div class="tools">字号:<a>大</a> <a>中</a> <a>小</a> <a>打印</a></div>
    <div class="TRS_Editor">{body}</div></div>
    <div class="share">分享到:<a>微信</a></div><div>下一篇:<a>云溪县2022年工作总结</a></div>
    <div class="footer">主办:云溪县人民政府 电话:0563-1234567 皖ICP备05000001号</div></body></html>""".encode(
        encoding
    )


def docx() -> bytes:
    from docx import Document
    from docx.enum.text import WD_BREAK

    document = Document()
    document.sections[0].header.paragraphs[0].text = "云溪县民政局文件"
    document.sections[0].footer.paragraphs[0].text = "— 7 —"
    for part in REPORT:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            table = document.add_table(len(part), len(part[0]))
            for row, texts in zip(table.rows, part, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    return _saved(document.save)


def pdf(size: float = 16) -> bytes:
    """Set with ruled tables, running heads, page numbers and a watermark, over two pages or more."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=size,
        leading=size * 1.8,
        firstLineIndent=size * 2,
        wordWrap="CJK",
    )
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 11)]

    def edges(canvas, document):
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, "云溪县民政局文件")
        canvas.drawCentredString(A4[0] / 2, 40, f"— {document.page} —")
        canvas.saveState()
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, 0, "内部资料第9999份")
        canvas.restoreState()

    flow = [Paragraph(part, style) if isinstance(part, str) else Table(part, style=ruled) for part in REPORT]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4).build(flow, onFirstPage=edges, onLaterPages=edges)
    return target.getvalue()


def xlsx() -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    money = book.add_format({"num_format": "0.00"})
    row = 0
    for part in REPORT:
        if isinstance(part, str):
            sheet.merge_range(row, 0, row, 4, part)
            row += 1
            continue
        for texts in part:
            for column, text in enumerate(texts):
                if text.isdecimal():
                    sheet.write_number(row, column, int(text))
                elif text.replace(".", "").isdecimal():
                    sheet.write_number(
                        row, column, float(text), money if len(text.split(".")[1]) == 2 else None
                    )
                else:
                    sheet.write(row, column, text)
            row += 1
    book.close()
    return target.getvalue()


def csv() -> bytes:
    quoted = ([f'"{part}"'] if isinstance(part, str) else [",".join(row) for row in part] for part in REPORT)
    return "\r\n".join(line for group in quoted for line in group).encode("gb18030")


def mhtml() -> bytes:
    page = "".join(f"={byte:02X}" for byte in html("gbk"))
    folded = "=\r\n".join(page[i : i + 72] for i in range(0, len(page), 72))
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{folded}\r\n--b--\r\n"
    ).encode("ascii")


def eml() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "办公室 <a@example.org>", "b@example.org", TITLE
    message.set_content(txt().decode().replace("\r\n", "\n"), charset="gb18030", cte="base64")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="附件.pdf")
    return message.as_bytes()


def ofd(size: float = 5.6) -> bytes:
    """Laid out as OFD programs do it: a text object a line, ruled tables, a running head, a watermark."""
    pages, objects, y = [], [], 30.0

    def text(x: float, y: float, words: str, extra: str = "", size: float = size) -> str:
        steps = " ".join(str(size if c > "\u2e80" else size / 2) for c in words[:-1])
        return (
            f'<ofd:TextObject Font="2" Size="{size}" Boundary="{x} {y - size} 190 {size * 1.3}"{extra}>'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
        )

    def rule(x0: float, y0: float, x1: float, y1: float) -> str:
        return (
            f'<ofd:PathObject Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}" Stroke="true">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def turn_page(least: float) -> None:
        nonlocal y
        if y > least:
            pages.append("".join(objects))
            objects.clear()
            y = 30.0

    for part in REPORT:
        if isinstance(part, str):
            broken, wide = [""], 0.0
            for c in "\u3000\u3000" + part:
                wide += size if c > "\u2e80" else size / 2
                if wide > 160:
                    broken.append("")
                    wide = size
                broken[-1] += c
            for line in broken:
                turn_page(262)
                objects.append(text(25, y, line))
                y += size * 1.8
            continue
        turn_page(262 - 9 * len(part))
        for row, texts in enumerate(part):
            objects += [
                text(27 + 32 * column, y + 9 * row, each, size=3.7)
                for column, each in enumerate(texts)
                if each
            ]
        objects += [rule(25, y - 6 + 9 * row, 185, y - 6 + 9 * row) for row in range(len(part) + 1)]
        objects += [
            rule(25 + 32 * column, y - 6, 25 + 32 * column, y - 6 + 9 * len(part)) for column in range(6)
        ]
        y += 9 * len(part)
    pages.append("".join(objects))
    ns, box = 'xmlns:ofd="http://www.ofdspec.org/2016"', "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    parts = {
        "OFD.xml": f'<ofd:OFD {ns} DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {ns}><ofd:CommonData><ofd:PageArea>{box}</ofd:PageArea>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    layer = "<ofd:Content><ofd:Layer ID='8'>{}</ofd:Layer></ofd:Content>".format
    parts["Doc_0/Tpls/Tpl_0/Content.xml"] = (
        f"<ofd:Page {ns}>{layer(text(80, 15, '云溪县民政局文件'))}</ofd:Page>"
    )
    across = text(60, 150, "内部资料第9999份", ' CTM="0.7 0.7 -0.7 0.7 0 0"')
    for i, content in enumerate(pages):
        content += across + text(100, 285, f"— {i + 1} —")
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f'<ofd:Page {ns}><ofd:Template TemplateID="9"/>{layer(content)}</ofd:Page>'
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return target.getvalue()


def by_libreoffice(name: str) -> bytes:
    """A file that LibreOffice 7.4 made (`soffice --convert-to`).

    `report.*` of `docx()` and `xlsx()`, `rich.*` of a .docx with numbered headings, changes and merged cells,
    `lists.odt` of one with lists that go on behind other lists and in a cell, `shown.*` of a workbook with
    number formats.
    """
    with zipfile.ZipFile(Path(__file__).parent / "data" / "libreoffice.zip") as archive:
        return archive.read(name)


def wps() -> bytes:
    """The .doc with a class id in its header, as WPS writes it."""
    return (data := by_libreoffice("report.doc"))[:8] + b"\x06\x09\x02\0" * 4 + data[24:]


@cache
def all_formats() -> dict[str, bytes]:
    """File name → content: the report in every format and encoding."""
    return {
        "utf8.txt": txt(), "bom.txt": txt("utf-8-sig"), "gb.txt": txt("gb18030"), "utf16.txt": txt("utf-16"),
        "page.html": html(), "gbk.htm": html("gbk"), "saved.mhtml": mhtml(), "report.docx": docx(),
        "report.pdf": pdf(), "report.xlsx": xlsx(), "report.csv": csv(), "report.ofd": ofd(),
        "mail.eml": eml(), "report.doc": by_libreoffice("report.doc"), "report.wps": wps(),
        "report.rtf": by_libreoffice("report.rtf"),
        "report.et": by_libreoffice("report.xls"), "report.ods": by_libreoffice("report.ods"),
        "report.odt": by_libreoffice("report.odt"),
    }  # fmt: skip


def _saved(save) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
