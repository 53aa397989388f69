"""The heading tree: which headings there are, how they nest, what they are about."""

import polars as pl
import pytest
from read_together import Together

from pipeline.contracts.registry import polars_schema
from pipeline.reading.reports.find import find_reports
from pipeline.reading.sections.tree import find_sections

A = "干部们挨家挨户走访，把符合条件的人家都纳入保障，把不再符合条件的及时退出，做到有进有出、账目清楚。"
B = "厨房换了新的灶具，院子里添了健身器材，冬天的暖气也提前烧了起来，老人们都说日子比往年舒坦多了。"
C = "社区一年办了好几十场活动，有教老人用手机的，有陪孩子写作业的，邻里之间走动得比从前更勤快了。"


def sections_of(*texts: str) -> list[pl.DataFrame]:
    """The sections of each text, read in one go and checked for their nesting."""
    ids = [f"{i:016x}" for i in range(len(texts))]
    documents = pl.DataFrame({"document_id": ids, "text": list(texts)})
    found = find_sections(documents, find_reports(documents))
    by_id = {row["section_id"]: row for row in found.iter_rows(named=True)}
    written = dict(zip(ids, texts, strict=True))
    for row in by_id.values():
        body = written[row["document_id"]][row["span_start"] : row["span_end"]]
        assert body.startswith(row["heading"])
        assert row["level"] == 1 or row["parent_id"]
        if row["parent_id"]:
            parent = by_id[row["parent_id"]]
            assert parent["span_start"] < row["span_start"] < row["span_end"] <= parent["span_end"]
            assert row["level"] == parent["level"] + 1
    return [found.filter(pl.col("document_id") == i) for i in ids]


headings = Together(lambda texts: sections_of(*texts))


def outline(found: pl.DataFrame) -> list[str]:
    return [
        f"{'-' * (level - 1)}{heading}" for level, heading in found.select("level", "heading").iter_rows()
    ]


def told(found: pl.DataFrame) -> dict[str, tuple[str | None, int | None]]:
    return {row["heading"]: (row["role"], row["year"]) for row in found.iter_rows(named=True)}


TREES = {
    "the usual order": (
        f"柳县民政局2023年工作总结\n一、社会救助\n（一）低保\n1.提标。{A}\n2、扩面。{B}\n"
        f"（1）城市\n{A}\n①东片\n{B}\n（二）特困\n{C}\n二、养老\n{C}",
        [
            "一、社会救助",
            "-（一）低保",
            "--1.提标",
            "--2、扩面",
            "---（1）城市",
            "----①东片",
            "-（二）特困",
            "二、养老",
        ],
    ),
    "chapters": (
        f"丰市发展规划\n第一章 基础\n第一节 成就\n{A}\n第二章 任务\n第一节 养老\n一、机构\n{B}\n"
        f"二、居家\n{C}",
        ["第一章 基础", "-第一节 成就", "第二章 任务", "-第一节 养老", "--一、机构", "--二、居家"],
    ),
    "numbers below chapters without a level between": (
        f"柳县2023年民政工作总结\n一、救助\n1.低保。{A}\n二、养老\n（一）机构\n1.公办。{B}\n（二）居家\n{C}",
        ["一、救助", "-1.低保", "二、养老", "-（一）机构", "--1.公办", "-（二）居家"],
    ),
    "1. above (一)": (
        f"柳县2024年民政计划\n1、救助\n（一）低保\n{A}\n（二）特困\n{B}\n2、养老\n（一）机构\n"
        f"{C}\n3、殡葬\n{A}",
        ["1、救助", "-（一）低保", "-（二）特困", "2、养老", "-（一）机构", "3、殡葬"],
    ),
    "parts without numbers": (
        f"柳县民政局2023年工作总结及2024年工作计划\n2023年工作总结\n一、救助\n{A}{B}\n二、养老\n"
        f"{B}\n存在的主要问题\n{A}\n2024年工作计划\n一、救助\n{C}\n二、养老\n{A}",
        ["一、救助", "二、养老", "存在的主要问题", "2024年工作计划", "-一、救助", "-二、养老"],
    ),
    "all in one line": (
        f"柳县民政局2023年工作总结和2024年工作计划一、2023年工作总结(一)救助。{A}(二)养老。{B}二、2024年工作计划(一)救助。{C}",
        ["一、2023年工作总结", "-(一)救助", "-(二)养老", "二、2024年工作计划", "-(一)救助"],
    ),
    "broken lines are no headings": (
        "柳县2023年民政总结\n一、残疾人福利\n发放护理补贴的有\n一、二级残疾人\n1200人，\n"
        f"2.5万元用于慰问，\n3.1%有所下降。\n二、救助\n{A}",
        ["一、残疾人福利", "二、救助"],
    ),
    "lists of contents are no headings": (
        f"柳县2024年民政工作计划\n目录\n一、救助........1\n二、养老……………2\n一、救助\n{A}\n二、养老\n{B}",
        ["一、救助", "二、养老"],
    ),
    "title rows of tables": (
        "柳县2024年任务清单\n序号 | 任务 | 责任科室 |\n一、救助 | | |\n1 | 提标 | 救助科 |\n"
        "二、养老 | | |\n1 | 食堂 | 养老科 |\n",
        ["一、救助", "二、养老"],
    ),
    "marks of markdown": (
        f"# 柳县民政局2024年工作要点\n\n## 一、救助\n\n{A}\n\n### 1. 提标\n\n{B}\n\n## 二、养老\n\n{C}",
        ["一、救助", "-1. 提标", "二、养老"],
    ),
    "一是 is no heading": (f"柳县2023年民政总结\n一、救助\n一是提标。{A}\n二是扩面。{B}", ["一、救助"]),
}


@pytest.fixture(scope="module")
def trees() -> dict[str, pl.DataFrame]:
    return dict(zip(TREES, sections_of(*(text for text, _ in TREES.values())), strict=True))


def test_headings_form_the_tree_that_a_reader_sees(trees, subtests):
    for case in TREES:
        with subtests.test(case):
            assert outline(trees[case]) == TREES[case][1]


@headings.of(
    f"柳县民政局2023年工作总结\n一、2023年工作开展情况\n（一）救助\n{A}\n"
    f"二、存在的问题和不足\n{B}\n三、2024年工作思路及打算\n（一）养老\n{C}"
)
def test_roles_and_years_of_a_summary(found):
    assert told(found) == {
        "一、2023年工作开展情况": ("results", 2023),
        "（一）救助": ("results", 2023),
        "二、存在的问题和不足": ("problems", None),
        "三、2024年工作思路及打算": ("plan", 2024),
        "（一）养老": ("plan", 2024),
    }


@headings.of(
    f"柳县民政局2024年工作计划\n一、2023年工作回顾\n{A}\n二、2024年重点任务\n（一）救助\n"
    f"{B}\n三、保障措施\n{C}"
)
def test_roles_of_a_plan_that_looks_back_first(found):
    assert told(found) == {
        "一、2023年工作回顾": ("results", 2023),
        "二、2024年重点任务": ("plan", 2024),
        "（一）救助": ("plan", 2024),
        "三、保障措施": ("plan", None),
    }


@headings.of(
    f"柳县民政局2023年度部门整体支出绩效自评报告\n一、组织保障\n{A}\n二、预算安排及执行\n{B}\n三、自评结论\n{C}"
)
def test_a_report_on_spending_plans_nothing(found):
    assert told(found) == {
        "一、组织保障": ("results", None),
        "二、预算安排及执行": ("results", None),
        "三、自评结论": ("results", None),
    }


@headings.of(f"柳县民政局2024年上半年工作总结及下半年打算\n一、上半年工作情况\n{A}\n二、下半年工作打算\n{B}")
def test_half_years(found):
    assert told(found) == {
        "一、上半年工作情况": ("results", 2024),
        "二、下半年工作打算": ("plan", 2024),
    }


@headings.of(
    f"在2019年全县民政工作会议上的讲话\n柳县民政局 2019年3月1日\n第一，去年的工作，成绩来之不易\n{A}\n"
    f"第二，今年的任务，一件一件要抓实\n{B}\n第三，要抓作风，{C}"
)
def test_the_parts_of_a_speech_look_back_and_ahead(found):
    assert told(found) == {
        "第一，去年的工作，成绩来之不易": ("results", 2018),
        "第二，今年的任务，一件一件要抓实": ("plan", 2019),
    }


@headings.of(
    f"柳县民政局2023年上半年工作小结\n1.救助\n{A}\n2.养老\n{B}\n【下半年要抓的】\n(1)提标\n{C}\n(2)扩面\n{A}",
    f"柳县民政局2023年工作总结与2024年工作思路\n1.救助\n{A}\n2024年主要指标:\n①床位,较2023年增加\n{B}",
)
def test_short_lines_that_look_ahead_open_plans(half, year):
    assert told(half) == {
        "1.救助": ("results", None),
        "2.养老": ("results", None),
        "【下半年要抓的】": ("plan", 2023),
        "(1)提标": ("plan", 2023),
        "(2)扩面": ("plan", 2023),
    }
    found = told(year)
    assert found["2024年主要指标:"] == ("plan", 2024)
    assert found["①床位,较2023年增加"] == ("plan", 2024)


@headings.of(
    f"柳县民政局2023年工作总结\n一、工作完成情况\n{A}\n二、存在的问题及下一步打算\n"
    f"（一）存在问题\n{B}\n（二）下一步打算\n{C}\n"
)
def test_a_heading_of_two_minds_has_no_role_but_its_parts_have(found):
    assert told(found) == {
        "一、工作完成情况": ("results", None),
        "二、存在的问题及下一步打算": (None, None),
        "（一）存在问题": ("problems", None),
        "（二）下一步打算": ("plan", None),
    }


@headings.of(
    f"2026年丰省政府工作报告\n一、2025年工作回顾\n{A}{B}\n二、“十五五”时期主要目标\n"
    f"（一）养老\n{B}\n三、2026年重点工作\n{C}{A}"
)
def test_plans_of_several_years_have_no_year(found):
    said = told(found)
    assert said["一、2025年工作回顾"] == ("results", 2025)
    assert said["（一）养老"] == ("plan", None)
    assert said["三、2026年重点工作"] == ("plan", 2026)


ROLES = [
    ("一、主要工作及成效", "results"),
    ("一、重点工作完成情况", "results"),
    ("一、特色亮点工作", "results"),
    ("一、取得的主要成绩", "results"),
    ("一、困难和问题", "problems"),
    ("一、工作中存在的薄弱环节", "problems"),
    ("一、下步工作打算", "plan"),
    ("一、明年工作安排", "plan"),
    ("一、今后努力方向", "plan"),
    ("一、下一步，重点抓好以下工作", "plan"),
    ("一、坚持问题导向，着力解决突出问题", "results"),
    ("一、总结推广试点经验，推动改革", "results"),
    ("一、聚焦重点任务，打好攻坚战", "results"),
    ("一、社会救助", "results"),
    ("一、养老服务如期完成年度目标任务", "results"),
]


@pytest.fixture(scope="module")
def by_heading() -> dict[str, list[str | None]]:
    texts = [f"柳县民政局工作总结\n{heading}\n{A}\n" for heading, _ in ROLES]
    return {case[0]: found["role"].to_list() for case, found in zip(ROLES, sections_of(*texts), strict=True)}


def test_roles_by_words_in_a_summary(by_heading, subtests):
    for heading, role in ROLES:
        with subtests.test(str(heading)):
            assert by_heading[heading] == [role]


SIGNED = (
    f"柳县民政局2023年工作总结\n一、救助\n{A}\n二、养老\n{B}\n柳县民政局\n2023年12月20日\n"
    "扫一扫在手机打开当前页\n"
)
TWO = (
    f"民政总结两篇\n篇一：柳县2022年工作总结\n一、救助\n{A}{B}{C}{A}\n篇二：安县2023年工作总结\n"
    f"一、养老\n{A}{B}{C}{A}\n"
)


@headings.of(SIGNED)
def test_sections_end_before_signatures_and_links(found):
    assert SIGNED[: found["span_end"].max()].endswith(f"{B}\n")


@headings.of(TWO)
def test_sections_of_each_report_stay_inside_it(found):
    document = found["document_id"][0]
    assert found["section_id"].to_list() == [f"{document}-01-s001", f"{document}-02-s001"]
    assert found["span_end"][0] == TWO.index("篇二")


@headings.of("柳县2023年民政工作总结\n" + A)
def test_no_documents_and_no_headings(found):
    documents = pl.DataFrame(schema={"document_id": pl.String, "text": pl.String})
    assert find_sections(documents, find_reports(documents)).schema == polars_schema("core.sections")
    assert found.is_empty()
