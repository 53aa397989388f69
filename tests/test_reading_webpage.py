"""Saved web pages → the report, its index header and its tables, without the page around them."""

import pytest

from pipeline.reading.formats.mhtml import mhtml_text
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.webpage import page_text

BODY = """<p>  今年以来,我局认真落实县委部署,现将有关情况总结如下。</p><p><b>一、社会救助</b></p>
<p>截至12月底,全县共有低保对象<span>1204</span>户、<span>2310</span>人,累计发放低保金<b>1230.35</b>万
元。</p><p>云溪县民政局</p><p>2023年12月28日</p>"""
BODY_LINES = [
    "今年以来,我局认真落实县委部署,现将有关情况总结如下。",
    "一、社会救助",
    "截至12月底,全县共有低保对象1204户、2310人,累计发放低保金1230.35万元。",
    "云溪县民政局",
    "2023年12月28日",
]
TITLE = "云溪县民政局2023年工作总结"


def lines(html, encoding="utf-8", charset=None):
    return page_text(html.encode(encoding), charset)[0].rstrip("\n").split("\n")


def page(body, head=""):
    head = f"<meta charset=utf-8><title>{TITLE}-云溪县政府网</title>{head}"
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_the_page_around_the_report_is_left_out():
    html = page(
        f"""<div class="top"><a>登录</a> 长者模式</div><div class=nav><a>首页</a><a>政务公开</a></div>
        <div>当前位置:<a>首页</a> > <a>政务公开</a> > <a>工作总结</a></div>
        <div class=article><h1>{TITLE}</h1>
        <div>发布时间:2024-01-05 10:20 来源:县民政局 浏览次数:1024 次
        字体:[<a>大</a> <a>中</a> <a>小</a>] <a>打印</a></div>
        <div id=zoom>{BODY}</div>
        <div class=share>分享到:<a>微信</a></div><div>【<a>打印本页</a>】【<a>关闭窗口</a>】</div>
        <div>上一篇:<a>云溪县2022年工作总结</a></div></div>
        <div><h3>相关文章</h3><ul><li><a>敬老月活动服务老人3000人次</a> 2023-10-20</li></ul></div>
        <div class=footer>主办:云溪县人民政府 网站标识码:3417020001 皖ICP备05000001号</div>
        <div style="display: none">隐藏的9999人。</div><script>var a = "低保777户";</script>""",
        "<style>p{margin:12px}</style>",
    )
    assert lines(html) == [TITLE, "发布时间: | 2024-01-05 10:20 | 来源: | 县民政局 |", *BODY_LINES]


@pytest.mark.parametrize(
    "header",
    [
        "<table><tr><td>索 引 号:</td><td>0012/2024</td></tr><tr><td>发布机构:</td><td>县民政局</td></tr>"
        "<tr><td>有效性:</td><td>有效</td></tr></table>",
        "<ul><li><b>索 引 号:</b>0012/2024</li>"
        "<li><b>发布机构:</b>县民政局</li><li><b>有效性:</b>有效</li></ul>",
        "<p>索 引 号:0012/2024</p><p>发布机构\uff1a县民政局</p><p>有效性:有效</p>",
        "<dl><dt>索 引 号</dt><dd>0012/2024</dd>"
        "<dt>发布机构</dt><dd>县民政局</dd><dt>有效性</dt><dd>有效</dd></dl>",
    ],
)
def test_the_index_header_is_kept_as_fields_however_it_is_made(header):
    got = lines(page(f"<div class=head>{header}</div><h1>{TITLE}</h1><div>{BODY}</div>"))
    fields = [line.replace("索 引 号", "索引号") for line in got[:3]]
    assert fields == ["索引号: | 0012/2024 |", "发布机构: | 县民政局 |", "有效性: | 有效 |"]
    assert got[3:] == [TITLE, *BODY_LINES]


def test_a_page_laid_out_with_tables_reads_like_one_without():
    html = f"""<table><tr><td><a>首页</a>|<a>机构</a></td></tr></table><table><tr><td><table>
    <tr><td>栏目导航</td></tr><tr><td><a>通知公告</a></td></tr></table></td><td><table><tr><td>您现在的位置:<a>首页</a>&gt;&gt;正文</td></tr>
    <tr><td align=center><font size=5>{TITLE}</font></td></tr><tr><td>{BODY}</td></tr></table></td></tr>
    </table><table><tr><td>版权所有:云溪县民政局 电话:0563-3027267</td></tr></table>"""
    assert lines(page(html)) == [TITLE, *BODY_LINES]


def test_tables_keep_their_rows_and_columns_under_merged_headers():
    table = """<table><tr><th rowspan=2>地区</th><th colspan=2>低保</th><th rowspan=2>金额</th></tr>
    <tr><th>户数</th><th>人数</th></tr><tr><td>城关镇</td><td>312</td><td>608</td><td>321.5</td></tr>
    <tr><td><p>白石</p><p>乡</p></td><td>205</td><td></td><td>198.72</td></tr></table>"""
    assert lines(page(BODY + table))[len(BODY_LINES) :] == [
        "地区 | 低保 | | 金额 |",
        "| 户数 | 人数 | |",
        "城关镇 | 312 | 608 | 321.5 |",
        "白石 乡 | 205 | | 198.72 |",
    ]


def test_list_items_carry_the_numbers_that_a_browser_shows():
    items = "<ol start=3><li>加强救助</li><li>4.完成改造300户</li><li>新建2所</li></ol>"
    assert lines(page(BODY + items))[len(BODY_LINES) :] == ["3.加强救助", "4.完成改造300户", "5.新建2所"]


@pytest.mark.parametrize(
    ("declared", "actual"),
    [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("gb2312", "gb18030"), ("gbk", "utf-16")],
)
def test_a_page_is_decoded_by_what_it_is_and_a_wrong_declaration_is_noted(declared, actual):
    html = page(BODY).replace("charset=utf-8", f"charset={declared}")
    text, encoding, notes = page_text(html.encode(actual))
    assert text.rstrip("\n").split("\n") == BODY_LINES
    assert encoding == actual
    assert (notes is None) == (declared == "gb2312" and actual == "gb18030")


def test_a_page_nested_beyond_reason_is_refused_at_once():
    with pytest.raises(Refusal, match="too_deep"):
        page_text(("<div>" * 200_000 + BODY).encode())


def test_a_page_nested_deeply_but_within_reason_is_read():
    assert lines(page("<div>" * 900 + BODY + "</div>" * 900)) == BODY_LINES


def test_a_web_archive_is_read_for_its_page_alone():
    quoted = "".join(f"={byte:02X}" for byte in page(BODY).encode("gbk"))
    folded = "=\r\n".join(quoted[i : i + 72] for i in range(0, len(quoted), 72))
    archive = (
        "From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'
        '----b\r\nContent-Type: text/html; charset="gbk"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{folded}\r\n----b\r\nContent-Type: image/png\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----b--\r\n"
    )
    text, encoding, _ = mhtml_text(archive.encode("ascii"))
    assert text.rstrip("\n").split("\n") == BODY_LINES
    assert encoding == "gb18030"


def test_paragraphs_that_only_blanks_part_and_what_word_left_in_a_page():
    html = page(
        "<div>\u3000\u3000今年以来,我局认真落实县委部署,现将有关情况总结如下。"
        "\u3000\u3000一、社会救助\u3000\u3000截至<st1:chsdate w:st='on'>12月底"
        "</st1:chsdate>,全县共有低保对象1204户、2310人,累计发放低保金1230.35万元<o:p></o:p>。</div>"
    )
    assert lines(html) == BODY_LINES[:3]


def test_what_only_the_head_of_a_page_says_is_kept_once():
    meta = '<meta name="PubDate" content="2024-01-05 10:20"><meta name="ContentSource" content="市政府网">'
    assert lines(page(f"<h1>{TITLE}</h1>{BODY}", meta)) == [
        TITLE, "发布日期: | 2024-01-05 |", "来源: | 市政府网 |", *BODY_LINES,
    ]  # fmt: skip
    shown = f"<h1>{TITLE}</h1><p>发布时间:2024-01-05 来源:市政府网</p>{BODY}"
    assert lines(page(shown, meta))[1] == "发布时间: | 2024-01-05 | 来源: | 市政府网 |"
    assert lines(page(shown, meta))[2:] == BODY_LINES


def test_counts_of_visits_are_no_figures_of_the_report():
    extra = "<p>阅读 1024 赞 12 在看 3</p><p>【字号\uff1a大 中 小】 点击数: 88</p>"
    assert lines(page(BODY + extra)) == BODY_LINES
