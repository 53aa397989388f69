"""Line ends inside sentences, page numbers and running heads: found where they are sure, else left alone."""

import re

import polars as pl
import pytest

from pipeline.reading.layout.page_furniture import skipped_spans

PARAGRAPHS = [
    "(一)社会救助更加有力。截至12月底全县共有城乡低保对象1204户、2310人,累计发放低保金1230.35万元,比上年增长9.5%"
    "城市低保标准由每人每月700元提高至780元、农村低保标准提高至每人每年6380元全年共核查3652人次清退不符合条件的对象57户。",
    "(二)养老服务稳步推进。全县建成养老机构12家,床位1860张为297户特殊困难老年人家庭实施适老化改造,投入资金115.83万元"
    "新建乡镇敬老院2所、改造提升5所,护理型床位占比达到58.6%新增床位全部用于失能老年人的集中照护服务。",
    "(三)儿童福利保障到位。孤儿集中供养标准为每人每月1850元,散居孤儿为每人每月1350元全年发放基本生活费63.4万元惠及46人。",
]


def wrapped(paragraph, width=30.0, indent="\u3000\u3000", whole=True):
    """A paragraph broken at a width in ems, as a converted PDF has it; `whole` numbers are not broken."""
    lines, line = [], indent
    for piece in re.findall(r"[\d.%]+|.", paragraph) if whole else paragraph:
        if sum(0.5 if c.isascii() else 1 for c in line + piece) > width:
            lines.append(line)
            line = ""
        line += piece
    return "\n".join([*lines, line])


def spans(text):
    return skipped_spans(pl.DataFrame({"document_id": ["d"], "text": [text]}))


def read(text):
    """The text without what is to be skipped; line ends that stay are shown as /."""
    out, at = "", 0
    for start, end in spans(text).select("start", "end").iter_rows():
        out += text[at : max(start, at)]
        at = max(end, at)
    return (out + text[at:]).replace("\n", "/").replace("\u3000", "")


def why(text):
    return [
        (reason, text[start:end])
        for start, end, reason in spans(text).select("start", "end", "why").iter_rows()
    ]


def test_sentences_broken_at_the_width_of_the_page_are_joined_again():
    text = (
        "县民政局工作总结\n一、主要工作\n"
        + "\n".join(map(wrapped, PARAGRAPHS))
        + "\n县民政局\n2023年12月28日\n"
    )
    assert read(text) == "县民政局工作总结/一、主要工作/" + "/".join(PARAGRAPHS) + "/县民政局/2023年12月28日/"


def test_a_number_split_by_a_line_end_is_one_number_again():
    text = "\n".join(wrapped(paragraph, 27, whole=False) for paragraph in PARAGRAPHS)
    assert re.search(r"\d\n\d", text)
    assert read(text) == "/".join(PARAGRAPHS)


def test_a_break_over_a_page_takes_the_number_and_the_head_between_with_it():
    lines = wrapped("".join(PARAGRAPHS)).split("\n")
    pages = [lines[i : i + 4] for i in range(0, len(lines), 4)]
    text = "\n\f\n".join("\n".join(["县民政局文件", *page, f"- {i + 1} -"]) for i, page in enumerate(pages))
    assert read(text) == "县民政局文件/" + "".join(PARAGRAPHS) + "/"
    assert [reason for reason, _ in why(text)].count("page_number") == len(pages)
    assert [reason for reason, _ in why(text)].count("running_head") == len(pages) - 1


@pytest.mark.parametrize("form", ["{}", "— {} —", "第 {} 页", "第{}页 共3页"])
def test_page_numbers_at_the_edge_of_pages_are_named_in_every_form(form):
    pages = [f"一、第{i}部分。\n全年办理{i * 37}件。\n{form.format(i)}" for i in (1, 2, 3)]
    found = why("\n\f\n".join(pages))
    assert found == [("page_number", form.format(i)) for i in (1, 2, 3)]


def test_the_only_page_number_of_a_text_is_one_where_it_cuts_a_sentence():
    halves = "一、社会救助。全县共有农村低保对象", "5120户7310人,支出2806万元。"
    assert read(f"{halves[0]}\n- 3 -\n{halves[1]}\n") == "".join(halves) + "/"
    assert why("全年支出98万元。\n- 3 -\n特困供养86人。\n") == []


def test_bare_numbers_that_follow_no_pages_are_figures():
    table = "地区\n户数\n" + "\n".join(f"第{i}镇\n{i}" for i in range(1, 30))
    assert why(table) == []
    assert why("低保\n1204\n\f\n特困\n327\n\f\n临时救助\n15\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS * 4),
        "\n".join(f"{i}.{p}" for i, p in enumerate(PARAGRAPHS * 3)),
        "\n".join(f"{i} | {p[:40]} | 张三 | 救助科 |" for i, p in enumerate(PARAGRAPHS * 3)),
        "\n".join(f"城关镇{i} 312 608 321.5 198.72 687 1325 710" for i in range(20)),
        "\n".join(f"{n}、持续推进基层民政服务能力提升工作任务" for n in "一二三四五六七八九"),
        "\n".join(["推进养老服务体系建设", "加强困境儿童关爱保护", "深化殡葬改革移风易俗"] * 3),
        "\n".join(f"云溪县城关镇{name}社区居家养老服务中心改造提升" for name in "东西南北前后左右"),
        "",
        "\n\n\f\n",
    ],
)
def test_texts_whose_lines_are_whole_are_left_alone(text):
    assert why(text) == []


def test_headings_items_and_tables_inside_a_broken_text_stay_lines_of_their_own():
    table = "序号 | 事项 | 数量 |\n1 | 低保 | 1204 |"
    text = "\n".join(
        [
            wrapped(PARAGRAPHS[0]),
            table,
            "二、下一步工作打算",
            wrapped(PARAGRAPHS[1]),
            "1.新建敬老院2所",
            wrapped(PARAGRAPHS[2]),
        ]
    )
    table_line = table.replace("\n", "/")
    assert read(text) == "/".join(
        [PARAGRAPHS[0], table_line, "二、下一步工作打算", PARAGRAPHS[1], "1.新建敬老院2所", PARAGRAPHS[2]]
    )


def test_each_document_is_judged_by_itself():
    frame = pl.DataFrame(
        {
            "document_id": ["a", "b", "c"],
            "text": ["\n".join(PARAGRAPHS), "\n".join(map(wrapped, PARAGRAPHS)), "\ufeff"],
        }
    )
    assert skipped_spans(frame)["document_id"].unique().to_list() == ["b"]


def test_no_documents_give_an_empty_frame_of_the_same_columns():
    empty = skipped_spans(pl.DataFrame(schema={"document_id": pl.String, "text": pl.String}))
    assert empty.is_empty() and empty.columns == ["document_id", "start", "end", "why"]


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "第3页"])
def test_a_sentence_that_a_page_number_cuts_in_a_word_document_goes_on_behind_it(number):
    lines = [
        "各项工作稳步推进,截至12月底,全县共有城乡低保对象12",
        number,
        "04户、2310人。",
        "二、养老",
        "— 4 —",
        "床位9张。",
    ]
    text = "\n".join(lines)
    documents = pl.DataFrame({"document_id": ["a"], "text": [text]})
    spans = skipped_spans(documents).filter(why="line_end")
    assert [text[start:end] for start, end in spans.select("start", "end").iter_rows()] == [f"\n{number}\n"]


def test_bare_numbers_that_cut_sentences_of_a_word_document_a_page_apart_number_its_pages():
    filling = "各项工作稳步推进,群众满意。" * 15
    cut = (
        ["截至12月底,全县共有城乡低保对象12", "04户、2310人。"],
        ["全年新建敬老院2所,改造提升", "养老服务中心3个。"],
    )
    first, second = (f"{filling}{before}\n{{}}\n{after}" for before, after in cut)
    counted = f"{filling}全年新建敬老院2所,改造提升\n5\n个村级服务站。"
    texts = ["\n".join(each) for each in ((first.format(3), second.format(4)), (first.format(3), counted))]
    documents = pl.DataFrame({"document_id": ["a", "b"], "text": texts})
    numbers = skipped_spans(documents).filter(why="page_number")
    assert [texts[0][start:end] for start, end in numbers.select("start", "end").iter_rows()] == ["3", "4"]
    assert numbers["document_id"].unique().to_list() == ["a"]


def test_one_line_of_full_width_digits_is_no_page_number_and_no_harm():
    documents = pl.DataFrame({"document_id": ["a"], "text": ["１\n全县共有城乡低保对象1204户。\n２"]})
    assert skipped_spans(documents).is_empty()


def test_a_sentence_broken_by_hand_among_indented_paragraphs_goes_on_in_the_line_that_is_not():
    told = "一季度救助困难群众{}户次,支出{}万元。"
    lines = [
        *(f"　　{told.format(31 + i, 12 + i)}" for i in range(4)),
        "　　为全县2207名",
        "80岁以上老人发放津贴,共61万元。",
        "　　现有公办养老机构3所,床位",
        "共计410张,入住236人。",
        "　　新增助餐点4个,",
        "下一步打算",
    ]
    text = "\n".join(lines).replace("为全县", "实施养老补贴,为全县")
    spans = skipped_spans(pl.DataFrame({"document_id": ["a"], "text": [text]}))
    joined = [text[start - 2 : end + 2] for start, end in spans.select("start", "end").iter_rows()]
    assert joined == ["7名\n80", "床位\n共计"]


def test_a_sentence_broken_once_goes_on_where_the_words_on_both_sides_say_so():
    lines = [
        "一季度救助困难群众31户次,支出12万元。城乡低保标准由每人每月260元、110元提高",
        "到300元、135元,月人均补差达到205元。",
        "二季度新建助餐点8个,原打算再建",
        "30个,结果建成35个。",
        "一、工作开展情况",
        "全县现有公办养老机构3所,床位410张,入住236人",
        "全县新增助餐点4个,全部投用。",
    ]
    text = "\n".join(lines)
    spans = skipped_spans(pl.DataFrame({"document_id": ["a"], "text": [text]}))
    joined = [text[start - 2 : end + 2] for start, end in spans.select("start", "end").iter_rows()]
    assert joined == ["提高\n到3", "再建\n30"]
