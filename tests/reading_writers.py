"""One report written in every format that is read, by a real writer of each, for the tests of reading."""

import io
from functools import cache

from docx import Document
from docx.enum.text import WD_BREAK
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from xlsxwriter import Workbook

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


@cache
def all_formats() -> dict[str, bytes]:
    """File name → content: the report in every format and encoding."""
    return {
        "utf8.txt": txt(), "bom.txt": txt("utf-8-sig"), "gb.txt": txt("gb18030"), "utf16.txt": txt("utf-16"),
        "page.html": html(), "gbk.htm": html("gbk"), "saved.mhtml": mhtml(), "report.docx": docx(),
        "report.pdf": pdf(), "report.xlsx": xlsx(), "report.csv": csv(),
    }  # fmt: skip


def _saved(save) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
