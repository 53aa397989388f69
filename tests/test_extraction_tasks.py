"""Work items of task lists and plans."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_together import Together

from pipeline.contracts.registry import polars_schema
from pipeline.contracts.validate import validate
from pipeline.extraction.tasks.find import find_tasks
from pipeline.reading.reports.find import find_reports
from pipeline.reading.sections.tree import find_sections

A = "干部们挨家挨户走访，把符合条件的人家都纳入保障，把不再符合条件的及时退出，做到有进有出、账目清楚。"
B = "厨房换了新的灶具，院子里添了健身器材，冬天的暖气也提前烧了起来，老人们都说日子比往年舒坦多了。"
C = "社区一年办了好几十场活动，有教老人用手机的，有陪孩子写作业的，邻里之间走动得比从前更勤快了。"
LIST = "白石区民政局2024年重点工作任务清单\n"


def tasks_of(*texts: str) -> list[pl.DataFrame]:
    """The work items of each text, read in one go."""
    ids = [f"{i:016x}" for i in range(len(texts))]
    documents = pl.DataFrame({"document_id": ids, "text": list(texts)})
    reports = find_reports(documents)
    found = find_tasks(documents, reports, find_sections(documents, reports))
    assert found.schema == polars_schema("core.tasks")
    written = dict(zip(ids, texts, strict=True))
    for document, title, start, end in found.select(
        "document_id", "title", "span_start", "span_end"
    ).iter_rows():
        assert title.replace(" ", "") in "".join(written[document][start:end].split())
    return [found.filter(pl.col("document_id") == i) for i in ids]


items = Together(lambda texts: tasks_of(*texts))


def rows(found: pl.DataFrame, *columns: str) -> list[tuple]:
    return list(found.select(columns).iter_rows())


TABLES = {
    "a line a row": (
        "序号 | 重点任务 | 具体措施 | 牵头领导 | 责任科室 | 完成时限 |\n"
        "1 | 提标 | 每月800元 | 李某 | 救助科 | 6月底 |\n2 | 食堂 | 新建10家 | 王某 | 养老科 | 年底 |\n",
        [("提标", "每月800元", "李某", "救助科"), ("食堂", "新建10家", "王某", "养老科")],
    ),
    "bars before and behind": (
        "| 序号 | 工作任务 | 目标 | 责任单位 |\n| --- | :---: | --- | --- |\n"
        "| 1 | 提标 | 800元 | 救助科 |\n| 2 | 食堂 | 10家 | 养老科 |\n",
        [("提标", "800元", None, "救助科"), ("食堂", "10家", None, "养老科")],
    ),
    "no numbers, no bar at the end": (
        "工作任务 | 工作目标 | 责任科室\n提标 | 800元 | 救助科\n食堂 | 10家 | 养老科\n",
        [("提标", "800元", None, "救助科"), ("食堂", "10家", None, "养老科")],
    ),
    "rows broken over lines, header on each page": (
        "序号 | 工作内容 | 工作目标 | 责任人 | 责任科室 |\n1 | 提标 | 1.城市800元。\n"
        "2.农村700元。 |\n李某 |\n救助科 |\n"
        "序号 | 工作内容 | 工作目标 | 责任人 | 责任科室 |\n2 | 食堂 | 10家 | 王某 赵某 |\n"
        "养老科\n老龄科 |\n备注：年底考核。\n",
        [
            ("提标", "1.城市800元。 2.农村700元。", "李某", "救助科"),
            ("食堂", "10家", "王某 赵某", "养老科 老龄科"),
        ],
    ),
    "a cell a line": (
        "序号 |\n工作任务 |\n工作目标 |\n责任 单位 |\n1 |\n提标 |\n800元 |\n救助科 |\n2 |\n"
        "食堂 |\n10家 |\n养老科 |\n",
        [("提标", "800元", None, "救助科"), ("食堂", "10家", None, "养老科")],
    ),
    "tabs": (
        "序号\t工作任务\t责任科室\n1\t提标\t救助科\n2\t食堂\t养老科\n",
        [("提标", None, None, "救助科"), ("食堂", None, None, "养老科")],
    ),
    "merged cells below each other": (
        "序号 | 工作任务 | 工作目标 | 责任科室 |\n1 | 提标 | 城市800元 | 救助科 |\n"
        " | | 农村700元 | |\n2 | 食堂 | 10家 | 养老科 |\n",
        [("提标", "城市800元 农村700元", None, "救助科"), ("食堂", "10家", None, "养老科")],
    ),
    "two tables": (
        "附件1\n序号 | 工作任务 | 责任科室 |\n1 | 提标 | 救助科 |\n附件2\n"
        "序号 | 项目名称 | 建设内容 | 牵头单位 |\n1 | 福利院 | 200张床 | 福利科 |\n",
        [("提标", None, None, "救助科"), ("福利院", "200张床", None, "福利科")],
    ),
    "a cell a line without bars, some in several": (
        "序号\n\n民生实事\n\n责任单位\n\n完成时限\n\n1\n\n治理河道。\n\n县水务局\n\n县住建局\n\n12月底前\n\n"
        "2\n\n新建天桥2座。\n\n县住建局\n\n9月前\n\n3\n\n建养老楼。\n\n县民政局\n\n5月底前\n\n分享到:\n",
        [
            ("治理河道。", None, None, "县水务局 县住建局"),
            ("新建天桥2座。", None, None, "县住建局"),
            ("建养老楼。", None, None, "县民政局"),
        ],
    ),
    "other words and Traditional characters": (
        "編號 | 重點工作 | 年度目標 | 分管局領導 | 責任股室 |\n一 | 提標 | 800元 | 李某 | 救助股 |\n",
        [("提標", "800元", "李某", "救助股")],
    ),
}


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return dict(zip(TABLES, tasks_of(*(LIST + text for text, _ in TABLES.values())), strict=True))


def test_rows_of_task_tables(tables, subtests):
    for case, (_, expected) in TABLES.items():
        with subtests.test(case):
            found = tables[case].select("title", "goal", "lead", "department")
            assert list(found.iter_rows()) == expected


PARTED = (
    "类别 | 序号 | 任务名称 | 责任单位 |\n一、救助 | 1 | 提标 | 救助科 |\n"
    " | 2 | 核对 | 救助科 |\n二、养老 | 3 | 食堂 | 养老科 |\n",
    "序号 | 任务名称 | 责任单位 |\n一、救助 | | |\n1 | 提标 | 救助科 |\n"
    "2 | 核对 | 救助科 |\n二、养老 | | |\n1 | 食堂 | 养老科 |\n",
    "序号 | 任务名称 | 责任单位 |\n一、救助 | 一、救助 | 一、救助 |\n1 | 提标 | 救助科 |\n"
    "2 | 核对 | 救助科 |\n"
    "二、养老 | 二、养老 | 二、养老 |\n1 | 食堂 | 养老科 |\n",
)


@items.of(*(LIST + text for text in PARTED))
def test_sections_of_task_tables(*tables):
    expected = [("一、救助", "提标"), ("一、救助", "核对"), ("二、养老", "食堂")]
    assert [rows(found, "section", "title") for found in tables] == [expected] * len(PARTED)


NO_TASKS = (
    "某区2024年民政计划\n指标 | 单位 | 2024年目标 |\n新建食堂 | 家 | 10 |\n",
    "某区2024年民政计划\n项目 | 计量单位 | 目标值 |\n新建食堂 | 家 | 10 |\n",
    "2023年某市民政统计季报\n指标名称 | 单位 | 数量 |\n低保人数 | 人 | 1234 |\n",
    f"某区民政局2023年工作总结\n1.提标。{A}\n2.扩面。{B}\n",
)


@items.of(*NO_TASKS)
def test_figures_and_summaries_hold_no_tasks(*pages):
    assert [rows(found, "title") for found in pages] == [[]] * len(NO_TASKS)


@items.of(
    f"某区民政局2024年工作要点\n一、工作思路\n{A}\n二、主要任务\n（一）救助\n"
    f"1.提高标准。{A}\n2.扩大范围。{B}\n"
    f"（二）养老\n3.新建食堂。{C}\n三、保障\n4.加强领导。{A}\n"
)
def test_numbered_items_of_a_plan(found):
    assert rows(found, "section", "title", "goal") == [
        ("（一）救助", "提高标准", A),
        ("（一）救助", "扩大范围", B),
        ("（二）养老", "新建食堂", C),
        ("三、保障", "加强领导", A),
    ]
    document, (task, year, section) = found["document_id"][0], rows(found, "task_id", "year", "section_id")[0]
    assert (task, year, section) == (f"{document}-01-t001", 2024, f"{document}-01-s004")


@items.of(
    f"某区民政局2024年工作计划\n一、总体要求\n{A}\n二、重点任务\n（一）强化救助。{A}\n"
    f"（二）优化养老。{B}\n三、加强领导\n{C}\n"
)
def test_headed_sections_of_a_plan_without_numbered_items(found):
    assert rows(found, "section", "title") == [
        ("二、重点任务", "强化救助"),
        ("二、重点任务", "优化养老"),
        (None, "加强领导"),
    ]


@items.of(
    f"某区2024年民政工作要点\n一、救助\n{A}{B}{C}\n二、养老\n{A}{B}\n1.食堂。\n2.床位。\n"
    f"三、殡葬\n{C}{A}{B}\n"
)
def test_a_few_numbered_points_do_not_make_the_sections_around_them_vanish(found):
    assert [title for (title,) in rows(found, "title")] == ["救助", "养老", "殡葬"]


@items.of(
    f"某区民政局2024年工作计划\n一、2023年工作回顾\n1.提标。{A}\n二、2024年工作任务\n"
    f"1.扩面。{B}\n2.增效。{C}\n"
)
def test_a_looking_back_part_of_a_plan_holds_no_tasks(found):
    assert [title for (title,) in rows(found, "title")] == ["扩面", "增效"]


YEAR = (
    f"某区民政局2023年工作总结及2024年工作计划\n一、2023年工作总结\n（一）救助\n{A}\n（二）养老\n{B}\n"
    f"二、下一步工作计划\n（一）提标\n{C}\n（二）扩面\n{A}\n"
)
HALF = YEAR.replace("2023年工作总结及2024年工作计划", "2023年上半年工作总结及下半年工作计划", 1)


@items.of(YEAR, HALF)
def test_tasks_of_a_summary_come_from_its_plan_and_its_year(year, half):
    assert rows(year, "title", "year") == [("提标", 2024), ("扩面", 2024)]
    assert rows(half, "year") == [(2023,), (2023,)]


@items.of(
    "某区民政局2024年工作要点\n1.提高低保标准。城市每月800元。（责任科室：救助科；分管领导：李某）\n"
    "2.新建食堂10家。（养老服务科、老龄科）\n3.开展核对。牵头单位：核对中心\n"
)
def test_offices_and_leaders_named_in_items(found):
    assert rows(found, "title", "lead", "department") == [
        ("提高低保标准", "李某", "救助科"),
        ("新建食堂10家", None, "养老服务科、老龄科"),
        ("开展核对", None, "核对中心"),
    ]
    assert found["goal"][0] == "城市每月800元。"


def test_regions_of_reports_are_handed_on():
    documents = pl.DataFrame(
        {"document_id": ["0" * 16], "text": [f"某区2024年民政计划\n一、救助\n{A}\n二、养老\n{B}"]}
    )
    reports = find_reports(documents).with_columns(region_code=pl.lit("330503"))
    found = find_tasks(documents, reports, find_sections(documents, reports))
    assert found["region_code"].to_list() == ["330503", "330503"]


def broken(text: str) -> str:
    indented = f"\u3000\u3000{text}"
    return "".join(indented[i : i + 22] + "\n" for i in range(0, len(indented), 22))


@items.of(
    "某区民政局2024年工作要点\n"
    + "".join(
        broken(f"{n}.{work}把工作做到群众的心坎上去。{body}")
        for n, work, body in (
            (1, "推进救助扩围增效并且", A + B),
            (2, "推进养老提质增量并且", B + C),
            (3, "推进殡葬移风易俗并且", C + A),
        )
    )
)
def test_items_broken_over_lines_by_a_page(found):
    assert rows(found, "title")[0] == ("推进救助扩围增效并且把工作做到群众的心坎上去",)
    assert [goal.replace(" ", "") for (goal,) in rows(found, "goal")] == [A + B, B + C, C + A]


SCRAPS = [
    *("一、", "（一）", "1.", "2、", "①", "# ", "\n", "|", "\t", "\f", "\x1e", "\u200b", "《", "。", "，"),
    *(
        "序号",
        "工作任务",
        "责任科室",
        "1921年",
        "2023年",
        "工作总结",
        "工作计划",
        "下一步",
        "存在问题",
        "民政局",
        A,
    ),
]


@settings(max_examples=2, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=40), min_size=20, max_size=40))
def test_any_text_keeps_the_contracts(parts):
    texts = ["".join(part) for part in parts]
    documents = pl.DataFrame({"document_id": [f"{i:016x}" for i in range(len(texts))], "text": texts})
    reports = find_reports(documents).drop("page")
    sections = find_sections(documents, reports)
    unknown = polars_schema("core.reports").keys() - set(reports.columns)
    whole = reports.with_columns(pl.lit(None, pl.String).alias(name) for name in unknown)
    validate(whole, "core.reports", whole=False)
    validate(sections, "core.sections", whole=False)
    validate(find_tasks(documents, reports, sections), "core.tasks", whole=False)


def test_no_documents():
    documents = pl.DataFrame(schema={"document_id": pl.String, "text": pl.String})
    reports = find_reports(documents)
    assert find_tasks(documents, reports, find_sections(documents, reports)).schema == polars_schema(
        "core.tasks"
    )
