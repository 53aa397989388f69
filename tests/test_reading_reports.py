"""What is read of each report: title, issuer, numbers, dates, genre, year."""

import datetime as dt

import polars as pl
import pytest
from read_together import Together

from pipeline.engine.batch import parse_documents
from pipeline.reading.reports.find import REPORTS, find_reports

PROSE = (
    "干部们挨家挨户走访，把符合条件的人家都纳入保障，把不再符合条件的及时退出，做到有进有出、账目清楚。\n"
    "厨房换了新的灶具，院子里添了健身器材，冬天的暖气也提前烧了起来，老人们都说日子比往年舒坦多了。\n"
    "社区一年办了好几十场活动，有教老人用手机的，有陪孩子写作业的，邻里之间走动得比从前更勤快了。\n"
)


def read(*texts: str) -> list[dict]:
    documents = pl.DataFrame({"document_id": [f"{i:016x}" for i in range(len(texts))], "text": list(texts)})
    return find_reports(documents).to_dicts()


def one_of_each(texts: list[str]) -> list[dict]:
    """The one report of each text."""
    found = read(*texts)
    assert [report["document_id"] for report in found] == [f"{i:016x}" for i in range(len(texts))]
    return found


reports = Together(one_of_each)


@reports.of(
    (
        "索引号: | 1152/202403-00007 | 主题分类: | 民政 |\n发布机构: | 青禾县民政局 | 文号: | 无 |\n"
        "名称: | 青禾县民政局2024年工作要点 | 发布日期: | 2024-03-05 |\n"
        "索引号: | 1152/202403-00007 |\n发布机构: | 青禾县民政局 |\n发布日期: | 2024-03-05 |\n"
    )
    + "青禾县民政局2024年工作要点\n"
    + PROSE
)
def test_index_header_in_table_cells_given_twice(report):
    assert report["index_no"] == "1152/202403-00007"
    assert report["issuer"] == "青禾县民政局"
    assert report["document_no"] is None
    assert report["published_on"] == dt.date(2024, 3, 5)
    assert (report["title"], report["genre"], report["year"]) == ("青禾县民政局2024年工作要点", "plan", 2024)


HEADERS = [
    "索引号：MZ/2024-31\n发文机关：青禾县民政局\n成文日期：2024年01月16日\n发文字号：青民发〔2024〕3号\n",
    "索 引 号:MZ/2024-31  发布单位:青禾县民政局\n文 号:青民发〔2024〕3号  发布时间:2024-01-16 09:30\n",
    "索引号:\nMZ/2024-31\n发布机构:\n青禾县民政局\n文号:\n青民发[2024]3号\n发布日期:\n2024/1/16\n",
    "索引号|MZ/2024-31|发布机构|青禾县民政局|\n文号|青民发【2024】3号|发文日期|2024.01.16|\n",
    "【索引号】MZ/2024-31 【发布机构】青禾县民政局\n【文号】青民发(2024)3号 【发布日期】2024-01-16\n",
]


@reports.of(*(header + "关于印发2024年民政工作计划的通知\n" + PROSE for header in HEADERS))
def test_index_header_layouts(*found):
    for report in found:
        assert report["index_no"] == "MZ/2024-31"
        assert report["issuer"] == "青禾县民政局"
        assert report["document_no"][:3] == "青民发" and report["document_no"].endswith("3号")
        assert report["published_on"] == dt.date(2024, 1, 16)


@reports.of("索引号: | | 文号: | 统一编号: |\n发布机构: | -- |\n2024年民政工作计划\n" + PROSE)
def test_empty_header_values_are_null(report):
    assert (report["index_no"], report["document_no"], report["issuer"]) == (None, None, None)


@reports.of(
    "首页 > 政务公开 > 总结\n白石区民政局2022年工作总结\n"
    "发布时间：2022-12-20 15:33　来源：白石区民政局　浏览次数：88　字号：【大 中 小】\n" + PROSE
)
def test_line_of_fields_under_the_title(report):
    assert report["title"] == "白石区民政局2022年工作总结"
    assert report["published_on"] == dt.date(2022, 12, 20)
    assert report["issuer"] == "白石区民政局"


@reports.of(
    *(
        f"丰县民政局2023年工作总结\n{line}\n{PROSE}"
        for line in ("2023-12-25 16:30  丰县民政局", "（2023年12月25日）", "2023年12月25日")
    )
)
def test_bare_dates_under_the_title(*found):
    for report in found:
        assert report["published_on"] == dt.date(2023, 12, 25)


ISSUERS = [
    ("丰县民政局“十四五”工作总结", "丰县民政局"),
    ("2023年丰县民政局年终总结", "丰县民政局"),
    ("红旗镇民政办2023年工作总结", "红旗镇民政办"),
    ("红旗街道办事处社会事务科2023年工作总结", "红旗街道办事处社会事务科"),
    ("丰县人民政府关于2023年民生实事完成情况的报告", "丰县人民政府"),
    ("民政部发布2023年民政事业发展统计公报", "民政部"),
    ("全县民政工作服务大局工作总结", None),
    ("2023年民政工作总结", None),
]


@reports.of(*(f"{title}\n{PROSE}" for title, _ in ISSUERS))
def test_issuer_by_title(*found):
    assert [report["issuer"] for report in found] == [issuer for _, issuer in ISSUERS]


@reports.of("2023年民政工作总结\n来源：松江日报\n时间：2024-01-09\n" + PROSE)
def test_a_newspaper_is_no_issuer(report):
    assert report["issuer"] is None
    assert report["published_on"] == dt.date(2024, 1, 9)


@reports.of(
    "松江岭市民政局文件\n松民〔2021〕8号\n松江岭市民政局\n"
    "关于2020年工作总结及2021年工作安排的报告\n市人民政府：\n" + PROSE + "松江岭市民政局\n2021年1月12日\n"
)
def test_red_head_title_over_two_lines_and_signature(report):
    assert report["title"] == "松江岭市民政局关于2020年工作总结及2021年工作安排的报告"
    assert report["issuer"] == "松江岭市民政局"
    assert report["document_no"] == "松民〔2021〕8号"
    assert report["published_on"] == dt.date(2021, 1, 12)
    assert (report["genre"], report["year"]) == ("summary_and_plan", 2020)


@reports.of(
    "丰县2021年养老服务主要指标\n指标 单位 本年 上年\n养老机构 个 12 11\n护理型床位 张 640 590\n"
    "丰县民政局规划财务科 2022.1.18\n"
)
def test_an_office_that_signs_with_its_day_is_no_title(report):
    assert (report["title"], report["genre"], report["year"]) == ("丰县2021年养老服务主要指标", "other", 2021)


DATES = ("二〇二三年十二月二十八日", "二○二三年十二月二十八日", "2023年12月28日", "（2023-12-28）")


@reports.of(*(f"丰县民政局年度工作总结\n{PROSE}丰县民政局\n{date}\n" for date in DATES))
def test_dates_at_the_end(*found):
    for report in found:
        assert report["published_on"] == dt.date(2023, 12, 28)


@reports.of(
    f"在2014年全县民政工作会议上的讲话\n丰县民政局局长　（2014年3月18日）\n同志们：\n{PROSE}",
    f"丰县2023年社会救助保障标准\n{PROSE}丰县民政局办公室　　　2023年7月12日印发\n",
    "丰县人民政府关于印发丰县“十三五”民政事业发展规划的通知\n各乡镇人民政府：\n现印发给你们，请遵照执行。"
    f"\n2016年8月19日\n（此件公开发布）\n丰县“十三五”民政事业发展规划\n{PROSE}",
)
def test_the_day_stands_beside_who_speaks_who_printed_and_what_is_for_the_public(spoken, printed, issued):
    assert spoken["published_on"] == dt.date(2014, 3, 18)
    assert printed["published_on"] == dt.date(2023, 7, 12)
    assert issued["published_on"] == dt.date(2016, 8, 19)


@reports.of(
    f"丰县“十四五”民政事业发展规划\n执行情况中期评估报告\n丰县民政局 2023年8月11日\n{PROSE}",
    f"丰县民政局2023年上半年工作\n总结及下半年工作计划\n{PROSE}",
    f"丰 县 民 政 局\n2016 年 工 作 总 结 及 明 年 打 算\n{PROSE}",
    f"述 职 报 告\n丰县民政局党组书记、局长\n（2015年1月20日）\n{PROSE}",
)
def test_titles_over_two_lines_set_in_spaced_characters_or_without_more_words(review, half, spaced, own):
    assert review["title"] == "丰县“十四五”民政事业发展规划执行情况中期评估报告"
    assert (review["genre"], review["year"]) == ("summary", 2023)
    assert half["title"] == "丰县民政局2023年上半年工作总结及下半年工作计划"
    assert spaced["title"].endswith("2016年工作总结及明年打算")
    assert (own["title"], own["genre"]) == ("述职报告", "summary")


@reports.of(
    "发布机构: | 区民政局 | 发布日期: | 2024-02-01 |\n"
    "临江市白石区民政局关于印发《2024年工作要点》的通知\n" + PROSE
)
def test_an_issuer_cut_short_is_given_in_full(report):
    assert report["issuer"] == "临江市白石区民政局"


@reports.of("2023年民政工作总结\n根据云民发〔2020〕5号文件，" + PROSE + "另有丰民〔2019〕7号文件。\n")
def test_papers_cited_in_the_text_are_not_the_reports_own(report):
    assert report["document_no"] is None


@reports.of(f"丰县民政局2023年工作总结\n{PROSE}相关文章\n丰县民政局2021年工作总结\n2021-12-30\n")
def test_dates_of_links_below_the_report_are_not_its_own(report):
    assert report["published_on"] is None


@reports.of("青禾縣民政局二○二三年工作總結\n" + PROSE)
def test_traditional_titles_stay_as_written(report):
    assert (report["title"], report["genre"], report["year"]) == (
        "青禾縣民政局二○二三年工作總結",
        "summary",
        2023,
    )


TITLES = [
    ("丰县民政局2023年工作总结", "summary", 2023),
    ("丰县2023年民政工作总结及2024年工作计划", "summary_and_plan", 2023),
    ("丰县民政局2025年工作计划和2024年工作总结", "summary_and_plan", 2024),
    ("2023年度总结暨2024年计划", "summary_and_plan", 2023),
    ("丰县民政局2024年上半年工作总结及下半年工作打算", "summary_and_plan", 2024),
    ("丰县民政局2024年一季度工作情况汇报", "summary", 2024),
    ("全区2024年民政工作要点", "plan", 2024),
    ("丰县民政局2024年工作思路", "plan", 2024),
    ("丰县2024年养老服务实施方案", "plan", 2024),
    ("关于印发《丰县民政局2024年重点工作任务分解表》的通知", "task_list", 2024),
    ("2024年全县民政系统重点任务清单", "task_list", 2024),
    ("2023年民政重点工作任务完成情况", "summary", 2023),
    ("2024年民政工作计划执行情况", "summary", 2024),
    ("丰县民政局长2023年度述职述廉报告", "summary", 2023),
    ("2022年丰省民政事业发展统计公报", "bulletin", 2022),
    ("丰市2023年第三季度社会服务统计季报", "bulletin", 2023),
    ("丰县民政局权力和责任清单", "other", None),
    ("丰县民政局2023年部门决算", "other", 2023),
    ("丰县民政局召开2024年第一季度新闻发布会", "other", 2024),
    ("丰市“十四五”民政事业发展规划", "plan", 2025),
    ("丰区养老服务三年行动计划（2023—2025年）", "plan", 2025),
    ("丰县民政局工作总结", "summary", None),
    ("丰县民政局“十四五”工作总结及“十五五”工作思路", "summary_and_plan", 2025),
    ("丰县2024年1-9月民政工作总结及四季度打算", "summary_and_plan", 2024),
    ("丰县民政局2024年前三季度重点工作推进情况", "summary", 2024),
    ("丰县2024年为民办实事项目", "task_list", 2024),
    ("丰县2024年民政事业发展目标责任书", "task_list", 2024),
    ("2023年4季度民政统计分省数据", "bulletin", 2023),
    ("市民政局20XX年度工作总结和2024年工作计划", "summary_and_plan", 2023),
    ("丰县民政局2023年度法治政府建设年度报告", "summary", 2023),
    ("关于召开2024年民政工作会议的通知", "other", 2024),
    ("《丰县养老服务“十四五”规划》实施情况中期评估报告", "summary", None),
    ("丰县民政局2023年1-8月主要指标运行分析", "bulletin", 2023),
    ("丰县民政局2023年度工作述要", "summary", 2023),
    ("丰县2024年重点工作任务推进进度表", "task_list", 2024),
    ("丰县2024年1-6月残疾人补贴发放进度表", "bulletin", 2024),
]


@pytest.fixture(scope="module")
def by_title() -> dict[str, dict]:
    read_so = one_of_each([f"{title}\n{PROSE}" for title, _, _ in TITLES])
    return {case[0]: report for case, report in zip(TITLES, read_so, strict=True)}


def test_genre_and_year_by_title(by_title, subtests):
    for title, genre, year in TITLES:
        with subtests.test(str(title)):
            assert (by_title[title]["genre"], by_title[title]["year"]) == (genre, year)


@reports.of(
    "民政局工作总结\n2019年，在县委领导下，" + PROSE,
    f"丰县民政局年度工作总结\n今年以来，{PROSE}2023年发放补贴。2023年登记。2023年全县。\n"
    "丰县民政局\n2024年1月8日\n",
)
def test_year_of_a_summary_without_one_in_its_title(report, late):
    assert report["year"] == 2019
    assert late["year"] == 2023


@reports.of(f"青禾民政这一年\n2023-01-12 08:10 来源：青禾发布\n当月发放低保金81万元。今年7月提标。\n{PROSE}")
def test_the_year_of_a_title_that_looks_back_in_january(report):
    assert report["year"] == 2022


@reports.of(f"青禾县民政局1-5月业务运行分析\n县统计局:\n对2019年1—5月数据分析如下,供参考。\n{PROSE}")
def test_the_year_that_figures_are_explained_of(report):
    assert report["year"] == 2019


@reports.of(
    f"丰县民政局年度工作总结\n{PROSE}2015年建成。2015年启用。2015年扩建。\n丰县民政局\n2024年1月8日\n"
)
def test_the_year_named_most_often_is_not_taken(report):
    assert (report["year"], report["year_method"]) == (2023, "published")


@reports.of("全市民政工作要点\n2020年全市民政工作要以人民为中心，" + PROSE)
def test_year_of_a_plan_without_one_in_its_title(report):
    assert report["year"] == 2020


@reports.of("丰省民政厅统计信息\n民政事业统计季报表 | |\n2020年3月 | |\n指标 | 单位 | 数量 |\n")
def test_year_below_the_title(report):
    assert report["year"] == 2020


@reports.of(
    "2021年政府工作报告\n——2021年2月3日在丰县第十七届人民代表大会第五次会议上\n"
    "丰县人民政府县长 王某\n各位代表：\n"
    f"一、过去五年和2020年工作回顾\n{PROSE}二、2021年主要目标任务\n{PROSE}"
)
def test_government_report_named_after_the_year_of_its_delivery(report):
    assert (report["genre"], report["year"]) == ("summary_and_plan", 2020)
    assert report["published_on"] == dt.date(2021, 2, 3)


@reports.of(f"在2024年民政工作会议上的讲话\n一、2023年民政工作回顾\n{PROSE}二、2024年工作重点\n{PROSE}")
def test_speech_is_judged_by_its_parts(report):
    assert (report["genre"], report["year"]) == ("summary_and_plan", 2023)


BEGUN = f"丰县民政局2023年工作总结\n一、主要工作\n{PROSE}{PROSE}二、存在问题\n{PROSE}"


@reports.of(f"{BEGUN}三、2024年工作计划\n{PROSE}{PROSE}", f"{BEGUN}三、下一步打算\n把该做的都做好。\n")
def test_a_summary_with_a_large_part_on_next_year_is_also_a_plan(large, small):
    assert (large["genre"], small["genre"]) == ("summary_and_plan", "summary")


@reports.of(
    "丰县民政局2013年上半年工作总结和下半年工作计划"
    "一、上半年工作总结1、扎实推进低保年审，" + PROSE.replace("\n", "")
)
def test_title_that_runs_into_the_first_heading(report):
    assert report["title"] == "丰县民政局2013年上半年工作总结和下半年工作计划"


@reports.of("第1页共7页某县政府民政工作总结上半年,我局在县委领导下," + PROSE.replace("\n", ""))
def test_title_that_runs_into_the_first_sentence(report):
    assert (report["title"], report["genre"]) == ("某县政府民政工作总结", "summary")


@reports.of("丰县民政局2019年工作总结及2023年工作计划\n" + PROSE)
def test_years_that_do_not_go_together_are_no_year(report):
    assert report["year"] is None


BULLETS = "".join(
    f"  • {label}:\n\n    {value}\n"
    for label, value in {
        "索引号": "61070/2024-5",
        "来源": "",
        "发文机构": "丰县民政局",
        "发布日期": "2024年04月07日 16:34",
    }.items()
)


@reports.of(f"返回顶部\n\n丰县民政局2024年工作要点\n\n{BULLETS}\n{PROSE}")
def test_header_with_bullets_and_values_below(report):
    assert (report["index_no"], report["issuer"]) == ("61070/2024-5", "丰县民政局")
    assert report["published_on"] == dt.date(2024, 4, 7)


def test_frames_without_rows_and_texts_without_words():
    assert find_reports(pl.DataFrame(schema={"document_id": pl.String, "text": pl.String})).schema == REPORTS
    reports = read("\n", "无", " \u3000\n")
    assert [(r["span_start"], r["genre"], r["title"]) for r in reports] == [(0, "other", None)] * 3


REVIEW = "{head}\n2022-12-20 来源：青禾县民政局\n2018年，全县{first}，{rest}\n" + PROSE


@reports.of(
    REVIEW.format(
        head="青禾民政五年工作回眸",
        first="养老床位只有300张",
        rest="如今达到1200张。2020年新建2所敬老院。今年再建1所。",
    ),
    # what was put up years later and speaks of nothing later keeps the year of its opening
    REVIEW.format(head="青禾县民政局工作总结", first="低保对象2103户", rest="发放资金620万元。"),
)
def test_the_year_that_a_review_begins_with_is_not_that_of_its_report(late, old):
    assert (late["year"], late["year_method"]) == (2022, "published")
    assert old["year"] == 2018


LAST_YEAR = (
    "去年我市养老床位增加\n2019-01-22 08:10 来源：某日报\n去年，全市新增床位210张。今年将建养老院4所。\n"
)


@reports.of(LAST_YEAR + PROSE, LAST_YEAR.replace("今年将", "今年以来已") + PROSE)
def test_last_year_told_in_spring_is_the_year_before_whatever_is_planned_for_this_one(planned, done):
    assert (planned["year"], done["year"]) == (2018, 2019)


@reports.of(
    "全县民政工作情况\n2022-08-03 来源：青禾县民政局\n2021年，全县发放低保金810万元。\n" + PROSE,
    "青禾县民政局2021年工作总结\n2022-03-01\n2021年，全县发放低保金810万元。\n" + PROSE,
)
def test_a_year_says_what_else_the_page_speaks_for(report, agreed):
    assert (report["year"], report["year_against"]) == (2021, "published 2022")
    assert (agreed["year"], agreed["year_against"]) == (2021, None)


@reports.of(
    "青禾民函〔2022〕34号                                 A类\n\n青禾县民政局\n"
    "对县十五届人大二次会议第87号建议的答复\n\n王代表:\n您的建议收悉,现答复如下:\n"
    "2020年全县有老年人12万人。今年新建食堂3个。\n" + PROSE + "青禾县民政局\n2022年8月16日\n"
)
def test_an_answer_to_a_motion_is_of_its_day_whatever_stands_beside_its_number(report):
    assert report["title"] == "青禾县民政局对县十五届人大二次会议第87号建议的答复"
    assert (report["genre"], report["year"]) == ("other", 2022)


def test_the_bureau_that_a_note_names_without_its_place_is_that_of_the_region():
    notes = ("资料来源：区民政局", "注：本表由区民政局提供。", "（供稿：区民政局办公室）")
    texts = [f"虹口区2023年养老机构情况\n{PROSE}{note}\n" for note in notes]
    documents = pl.DataFrame(
        {
            "document_id": [f"{i:016x}" for i in range(3)],
            "file_name": [f"{i}.txt" for i in range(3)],
            "text": texts,
        }
    )
    assert parse_documents(documents).reports["issuer"].to_list() == ["虹口区民政局"] * 3


@reports.of(
    "宣城民政工作简报\n第17期\n宣城市民政局办公室编 2023年11月8日\n\n旌德县：织密老年人助餐服务网\n" + PROSE
)
def test_what_a_number_of_a_series_is_on_is_its_title(report):
    assert report["title"] == "旌德县：织密老年人助餐服务网"


@reports.of(
    "丰县养老服务情况\n指标    2018    2019    2020    2021\n养老机构(个)    18    18    19    21",
    "丰县社会组织情况\n年份 | 社会团体 | 民非\n2014 | 97 | 170\n2015 | 102 | 181\n2016 | 104 | 195",
    "丰县保障标准调整表\n类别|调整前（2024年）|调整后（2025年）|\n低保标准|730|760|\n",
    "丰县养老服务基本情况\n指标    2018    2021    2024\n养老机构(个)    18    21    22\n",
)
def test_the_year_of_a_table_that_runs_through_several_is_the_last(columns, rows, raised, alone):
    assert [r["year"] for r in (columns, rows, raised, alone)] == [2021, 2016, 2025, None]
    assert columns["year_method"] == rows["year_method"] == "figures"


@reports.of(
    "丰县民政局\n关于2021年度困难群众救助资金专项审计查出问题整改情况的报告\n丰民〔2022〕88号\n" + PROSE
)
def test_what_an_audit_looked_at_is_not_the_year_of_what_was_put_right(report):
    assert report["year"] == 2022
