"""The genre of each report, and the year that it is of."""

import datetime as dt

import pytest
from read_together import Together
from reports_read import PROSE, one_of_each

reports = Together(one_of_each)

TITLES = [
    ("把“清单”办成“答卷”——丰县民政局2022年工作回眸及2023年工作打算", "summary_and_plan", 2022),
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
    ("2023年民生实事项目(截至9月底)进展情况", "summary", 2023),
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
    ("丰县加快2024年实事工程落地", "other", 2024),
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


@reports.of(
    f"丰县民政局工作情况报告\n现将2015年前三季度民政工作情况报告如下:\n{PROSE}",
    "丰县民政工作会议召开\n2022-02-20\n今年，我县将新建敬老院2所。\n会议指出，2021年全县发放低保金2300万元。\n",
)
def test_the_year_of_a_line_that_leads_in_and_of_what_is_to_come(reported, ahead):
    assert (reported["year"], ahead["year"]) == (2015, 2022)


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


@reports.of("丰县民政局2019年工作总结及2023年工作计划\n" + PROSE)
def test_years_that_do_not_go_together_are_no_year(report):
    assert report["year"] is None


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


BEGUN = [
    ("3、丰县“十三五”老龄规划总结 近几年，", "丰县“十三五”老龄规划总结", 2020),
    ("2、2015 社会救助工作总结 5篇 一年来，", "2015 社会救助工作总结", 2015),
    ("下载后可自由编辑丰县民政局2021年目标任务总结今年，", "丰县民政局2021年目标任务总结", 2021),
    ("给各位搜集的丰县2022年养老服务工作总结，欢迎借鉴。", "丰县2022年养老服务工作总结", 2022),
    ("我们替您准备了一份丰县2020年慈善工作计划模板。", "丰县2020年慈善工作计划", 2020),
    (
        "丰县福利院年工作小结\n丰县福利院2019年工作小结及明年打算 院里，",
        "丰县福利院2019年工作小结及明年打算",
        2019,
    ),
    ("根据丰县2021年工作安排，我局", None, None),
]


def test_titles_that_run_into_the_text(subtests):
    found = one_of_each([f"{begun}{PROSE}" for begun, _, _ in BEGUN])
    for (begun, title, year), report in zip(BEGUN, found, strict=True):
        with subtests.test(begun):
            assert (report["title"], report["year"]) == (title, year)


SITES = [
    ("丰县2017年民政工作总结", "_社会_丰县频道"),
    ("丰县2018年民政工作总结", " - 某某文库"),
    ("丰县2019年民政工作总结", ".docx"),
]


def test_titles_end_before_what_a_site_adds(subtests):
    found = one_of_each([f"{title}{added}\n{PROSE}" for title, added in SITES])
    for (title, added), report in zip(SITES, found, strict=True):
        with subtests.test(added):
            assert report["title"] == title


OPENED = {
    # the month in which one who reports on a year wrote it, early in the next
    "述职报告\n(2019年2月)\n2018年,本人分管养老服务、社会事务工作,联系北山镇、东河镇两个民政所。\n": 2018,
    "述职报告\n(2019年11月)\n2018年,本人分管养老服务、社会事务工作,联系北山镇、东河镇两个民政所。\n": 2019,
    # news of what is to come this year, though last year's value is named below
    "2022-02-11 09:30:12\n日前从丰市了解到,今年该市将新建驿站30个,并把上年度结余善款用于助学。\n": 2022,
    # an honour and a meeting are told of by their years, a reply by that of the paper
    "社会组织工作汇报\n(2014年5月6日)\n"
    "全县有登记的社会组织93家,从业人员超过812名。2009年,丰县获评省级先进县称号。\n": 2014,
    "护理床位增加\n2020年1月8日\n在2020年全省老龄工作会议上了解到,2019年,丰省新增护理床位610张。\n": 2019,
    "南山镇人民政府:\n你镇来文(南府〔2018〕7号)收悉。同意新建公墓2处。\n": 2018,
    # of two years the one that is compared with the other
    "2016年,丰县慈善总会募集善款310万元,帮助了困难学生和重病患者等多个群体。\n"
    "2017年,募集善款420万元,较2016年增加110万元。\n": 2017,
    # news on statistics, whatever years these are compared with
    "近日,民政厅网站公布了《2021年3季度民政统计数据》。今年前三季度,全省结婚登记4.7万对。2020年前三季度为5.6万对,\n"
    "2020年全年为7.1万对,而2019年为8.2万对。\n": 2021,
}


def test_years_by_how_the_text_opens(subtests):
    for (text, year), report in zip(OPENED.items(), one_of_each([t + PROSE for t in OPENED]), strict=True):
        with subtests.test(text):
            assert report["year"] == year
