"""What is read of each report: title, issuer, numbers and dates."""

import datetime as dt

import polars as pl
from read_together import Together
from reports_read import PROSE, one_of_each, read

from pipeline.engine.batch import parse_documents
from pipeline.reading.reports.find import REPORTS, find_reports

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


@reports.of(
    "丰县民政局2013年上半年工作总结和下半年工作计划"
    "一、上半年工作总结1、扎实推进低保年审，" + PROSE.replace("\n", "")
)
def test_title_that_runs_into_the_first_heading(report):
    assert report["title"] == "丰县民政局2013年上半年工作总结和下半年工作计划"


@reports.of("第1页共7页某县政府民政工作总结上半年,我局在县委领导下," + PROSE.replace("\n", ""))
def test_title_that_runs_into_the_first_sentence(report):
    assert (report["title"], report["genre"]) == ("某县政府民政工作总结", "summary")


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
