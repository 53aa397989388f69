"""Files that hold several reports are split; what belongs together stays together."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_together import Together

from pipeline.reading.reports.find import find_reports

PROSE = (
    "干部们挨家挨户走访，把符合条件的人家都纳入保障，把不再符合条件的及时退出，做到有进有出、账目清楚。\n"
    "厨房换了新的灶具，院子里添了健身器材，冬天的暖气也提前烧了起来，老人们都说日子比往年舒坦多了。\n"
    "社区一年办了好几十场活动，有教老人用手机的，有陪孩子写作业的，邻里之间走动得比从前更勤快了。\n"
    "婚姻登记大厅新添了颁证台，周末也照常办理，外地的新人不必来回跑，办完手续当场就能拿到证书。\n"
)
CHAPTERS = f"一、主要工作\n{PROSE}二、下一步打算\n{PROSE}"


def split_all(*texts: str) -> list[pl.DataFrame]:
    """The reports of each text, read in one go, with their texts; they tile it."""
    ids = [f"{i:016x}" for i in range(len(texts))]
    found = find_reports(pl.DataFrame({"document_id": ids, "text": list(texts)}))
    parts = []
    for i, text in zip(ids, texts, strict=True):
        reports = found.filter(pl.col("document_id") == i)
        spans = list(reports.select("span_start", "span_end").iter_rows())
        assert "".join(text[start:end] for start, end in spans) == text
        assert reports["ordinal"].to_list() == list(range(1, len(reports) + 1))
        parts.append(reports.with_columns(text=pl.Series([text[start:end] for start, end in spans])))
    return parts


parts = Together(lambda texts: split_all(*texts))


SEVERAL = {
    "pieces": (
        f"民政局工作总结（精选3篇）\n篇一：柳县民政局2022年工作总结\n{PROSE}篇二：安县民政局2023年工作总结\n{PROSE}"
        f"篇三：清县民政局2021年工作总结\n{PROSE}",
        ["柳县民政局2022年工作总结", "安县民政局2023年工作总结", "清县民政局2021年工作总结"],
    ),
    "pieces in brackets": (
        f"【篇一】柳县2023年民政工作总结\n{PROSE}【篇二】安县2023年民政工作总结\n{PROSE}",
        ["柳县2023年民政工作总结", "安县2023年民政工作总结"],
    ),
    "第N篇 with titles, also on the next line": (
        f"工作总结三篇\n第一篇：柳县民政局2022年工作总结\n{PROSE}第二篇\n安县民政局2023年工作总结\n{PROSE}",
        ["柳县民政局2022年工作总结", "安县民政局2023年工作总结"],
    ),
    "list of contents before the pieces": (
        "目录\n篇一:柳县2022年民政工作总结\n篇二:安县2023年民政工作总结\n"
        f"篇一:柳县2022年民政工作总结\n{PROSE}篇二:安县2023年民政工作总结\n{PROSE}",
        ["柳县2022年民政工作总结", "安县2023年民政工作总结"],
    ),
    "titles with numbers": (
        f"民政局工作总结 篇1\n{PROSE}民政局工作总结 篇2\n{PROSE}民政局工作总结 篇3\n{PROSE}",
        ["民政局工作总结 篇1", "民政局工作总结 篇2", "民政局工作总结 篇3"],
    ),
    "titles with their own dates": (
        f"柳县民政局2022年工作总结\n发布时间：2022-12-30 来源：柳县民政局\n{PROSE}"
        f"安县民政局2023年工作总结\n发布时间：2023-12-28 来源：安县民政局\n{PROSE}",
        ["柳县民政局2022年工作总结", "安县民政局2023年工作总结"],
    ),
    "offices whose chapters begin anew": (
        f"柳县民政局2023年工作总结\n{CHAPTERS}柳县民政局2024年工作要点\n{CHAPTERS}",
        ["柳县民政局2023年工作总结", "柳县民政局2024年工作要点"],
    ),
    "one office over the years": (
        f"2021年民政工作总结\n{CHAPTERS}2022年民政工作总结\n{CHAPTERS}2023年民政工作总结\n{CHAPTERS}",
        ["2021年民政工作总结", "2022年民政工作总结", "2023年民政工作总结"],
    ),
    "index headers": (
        f"索引号: | A001 | 发布机构: | 柳县民政局 |\n2022年民政工作总结\n{PROSE}"
        f"索引号: | A002 | 发布机构: | 安县民政局 |\n2023年民政工作总结\n{PROSE}",
        ["2022年民政工作总结", "2023年民政工作总结"],
    ),
    "signature before the next title": (
        f"柳县民政局2022年工作总结\n{PROSE}柳县民政局\n2022年12月30日\n安县民政局2023年工作总结\n{PROSE}",
        ["柳县民政局2022年工作总结", "安县民政局2023年工作总结"],
    ),
    "letter with two reports": (
        "关于报送2023年工作总结和2024年工作要点的函\n"
        f"附件1\n柳县民政局2023年工作总结\n{CHAPTERS}附件2\n柳县民政局2024年工作要点\n{CHAPTERS}",
        ["柳县民政局2023年工作总结", "柳县民政局2024年工作要点"],
    ),
}


LATE = {
    "an excerpt that begins with a later piece": (
        f"篇四：柳县2022年民政工作总结\n{PROSE}篇五：安县2023年民政工作总结\n{PROSE}",
        [2022, 2023],
    ),
    "an excerpt that begins with the end of a piece": (
        f"{PROSE}清县民政局\n2021年12月30日\n篇四：柳县2022年民政工作总结\n{PROSE}篇五：安县2023年民政工作总结\n{PROSE}",
        [2021, 2022, 2023],
    ),
    "the end of a piece and one more": (
        f"{PROSE}清县民政局\n2021年12月30日\n【篇四】柳县2022年民政工作总结\n{PROSE}",
        [2021, 2022],
    ),
    "bulletins that begin with office and date alone": (
        f"柳市2023年民政事业统计公报\n柳市民政局\n2024年3月\n2023年，全市民政系统尽责。\n一、社会救助\n{PROSE}"
        "注：部分数据为初步统计数。\n"
        f"柳市民政局\n2023年4月\n2022年，全市民政系统扎实工作。\n一、社会救助\n{PROSE}"
        f"柳市民政局\n2022年3月\n2021年，全市民政系统起好步。\n一、社会救助\n{PROSE}",
        [2023, 2022, 2021],
    ),
    "years that follow one another without chapters": (
        f"柳市2021年民政事业统计公报\n{PROSE}柳市2022年民政事业统计公报\n{PROSE}柳市2023年民政事业统计公报\n{PROSE}",
        [2021, 2022, 2023],
    ),
}
SHORT = "全市城市低保对象{}户608人，发放低保金1230万元。养老机构12家，床位1860张。\n".format
LATE |= {
    "short bulletins with a title each": (
        f"柳市2020年民政事业统计公报\n{SHORT(312)}柳市2021年民政事业统计公报\n{SHORT(302)}"
        f"2022年统计公报\n地区 | 户数 |\n东镇 | 31户 |\n西镇 | 42户 |\n南镇 | 53户 |\n",
        [2020, 2021, 2022],
    ),
    "short bulletins that are signed": (
        f"柳市民政事业统计公报\n2021年，{SHORT(302)}柳市民政局\n2022年3月1日\n2020年，{SHORT(312)}柳市民政局\n"
        f"2021年3月1日\n",
        [2021, 2020],
    ),
    "short bulletins below their years": (
        f"柳市历年民政统计公报\n2020年\n{SHORT(312)}2021年\n{SHORT(302)}",
        [2020, 2021],
    ),
}


@parts.of(*(text for text, _ in LATE.values()))
def test_several_years(*files):
    found = {case: reports["year"].to_list() for case, reports in zip(LATE, files, strict=True)}
    assert found == {case: years for case, (_, years) in LATE.items()}


@pytest.fixture(scope="module")
def several() -> dict[str, pl.DataFrame]:
    return dict(zip(SEVERAL, split_all(*(text for text, _ in SEVERAL.values())), strict=True))


def test_a_file_of_several_reports_is_cut_between_them(several, subtests):
    for case in SEVERAL:
        with subtests.test(case):
            reports, titles = several[case], SEVERAL[case][1]
            assert reports["title"].to_list() == titles
            for body, title in reports.select("text", "title").iter_rows():
                assert title in body


@parts.of(
    f"柳县民政局2022年工作总结\n2022年12月30日\n{PROSE}"
    f"======\n安县民政局2023年工作总结\n2023年12月28日\n{PROSE}"
)
def test_a_lead_in_belongs_to_the_report_that_it_stands_before(reports):
    assert reports["text"][1].startswith("======")


@parts.of(
    "民政局总结范文\n发布时间：2024-05-06 来源：某网\n"
    f"篇一：柳县2022年工作总结\n{PROSE}篇二：安县2023年工作总结\n{PROSE}"
)
def test_what_the_page_of_a_collection_says_is_not_said_of_its_first_piece(reports):
    assert reports["published_on"].to_list() == [None, None]


@parts.of(f"民政工作总结（通用2篇）\n篇一\n{PROSE}篇二\n{PROSE}")
def test_pieces_without_a_title_are_called_after_their_page(reports):
    assert reports["title"].to_list() == ["民政工作总结"] * 2
    assert reports["genre"].to_list() == ["summary"] * 2


TOLD = "农村低保对象1204户。新建幸福院12所。结婚登记1820对。"
PAID = f"2022年,发放低保金512.6万元。{PROSE}"


@parts.of(f"青田县民政局2021年工作总结\n{PROSE}{TOLD}\n2022年工作总结\n{PROSE}{TOLD}\n")
def test_summaries_of_several_years_may_leave_out_the_office_below_the_first(reports):
    assert reports["title"].to_list() == ["青田县民政局2021年工作总结", "青田县民政局2022年工作总结"]


@parts.of(f"青田县民政局\n2021年12月30日\n{PAID}\n青田县民政局\n2022年12月28日\n{PAID}\n")
def test_reports_that_begin_with_office_and_day_have_no_title(reports):
    assert reports["title"].to_list() == [None, None]


@parts.of(f"柳市2020年民政统计公报\n{SHORT(312)}2021年统计公报\n{SHORT(302)}")
def test_later_bulletins_without_a_title_are_called_after_the_first_with_their_own_year(reports):
    assert reports["title"].to_list() == ["柳市2020年民政统计公报", "柳市2021年民政统计公报"]
    assert reports["genre"].to_list() == ["bulletin"] * 2


ONE = {
    "links to other years": (
        f"柳市2023年民政事业统计公报\n{SHORT(312)}相关文章\n柳市2022年民政事业统计公报\n2023-03-01\n"
        "柳市2021年民政事业统计公报\n2022-03-01\n"
    ),
    "yearly chapters of a review": (
        f"柳市民政局三年工作总结\n{SHORT(9)}2021年工作总结\n{SHORT(312)}2022年工作总结\n{SHORT(302)}"
    ),
    "years as heads of columns": (
        "柳市2022年民政事业统计公报\n指标\n2021年\n2022年\n低保对象\n312户\n302户\n特困人员\n97人\n96人\n床位\n90张\n"
    ),
    "years below what is told of all": (
        f"柳市民政局工作总结\n{SHORT(312)}2021年\n{SHORT(302)}2022年\n{SHORT(292)}"
    ),
    "year of the comparison below the signature": (
        f"柳市2022年民政事业统计公报\n{SHORT(312)}柳市民政局\n2023年3月1日\n2021年，{SHORT(302)}"
    ),
    "chapters of a joint report": (
        f"柳县民政局2023年工作总结及2024年工作计划\n2023年工作总结\n{CHAPTERS}2024年工作计划\n{CHAPTERS}"
    ),
    "parts without an office": f"2023年工作总结\n{CHAPTERS}2024年工作计划\n{CHAPTERS}",
    "parts of a long plan": (
        f"丰市发展规划纲要\n第一篇 开启新征程\n{PROSE}第二篇 夯实基础\n{PROSE}第三篇 保障实施\n{PROSE}"
    ),
    "running heads": "".join(f"柳县民政局2023年工作总结\n{n}、这一年的{n}件事\n{PROSE}" for n in "一二三四"),
    "notice and what it issues": (
        f"柳县民政局关于印发《2024年全县民政工作要点》的通知\n柳民发〔2024〕2号\n{PROSE}柳县民政局\n2024年2月1日\n"
        f"2024年全县民政工作要点\n{CHAPTERS}"
    ),
    "notice without quotation marks": (
        f"柳县民政局关于印发2024年工作要点的通知\n{PROSE}柳县民政局\n2024年2月1日\n2024年民政工作要点\n{CHAPTERS}"
    ),
    "plan with its table": (
        f"柳县民政局2024年工作要点\n{CHAPTERS}附件\n2024年民政工作要点任务分解表\n2024年2月1日\n"
        f"序号 | 工作任务 | 责任科室 |\n1 | {PROSE.strip()} | 救助科 |\n"
    ),
    "links to other reports": (
        f"柳县民政局2023年工作总结\n{CHAPTERS}相关文章\n柳县民政局2022年工作总结\n2022-12-30\n"
    ),
    "signature of the notice before what it issues": (
        f"柳县民政局\n2024年2月1日\n2024年，全县民政工作要抓好救助。\n{CHAPTERS}柳县民政局\n2024年2月1日\n"
    ),
    "yearly chapters of a plan": (
        f"柳县民政事业三年行动计划\n2023年重点任务\n{PROSE}2024年重点任务\n{PROSE}2025年重点任务\n{PROSE}"
    ),
    "title given thrice at the head": (
        "柳县2023年民政工作总结\n首页 > 总结\n柳县2023年民政工作总结\n来源：柳县\n"
        f"柳县2023年民政工作总结\n{CHAPTERS}"
    ),
}


@pytest.fixture(scope="module")
def single() -> dict[str, pl.DataFrame]:
    return dict(zip(ONE, split_all(*ONE.values()), strict=True))


def test_a_single_report_is_never_cut(single, subtests):
    for case in ONE:
        with subtests.test(case):
            assert len(single[case]) == 1


@parts.of("".join(f"民政局工作总结{n}\n{PROSE}" for n in range(1, 120)))
def test_more_pieces_than_identifiers_stay_in_the_last(reports):
    assert len(reports) <= 99
    assert reports["report_id"].str.contains("^[0-9a-f]{16}-[0-9]{2}$").all()


SCRAPS = [*"一二三\n。：|（", "篇一", "第二篇", "工作总结", "2023年", "索引号: | A", PROSE]


@settings(max_examples=2, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=30), min_size=15, max_size=40))
def test_any_text_is_tiled(texts):
    split_all(*("".join(parts) for parts in texts))
