"""What stands around the figures of a table and tells of them: sentences above, parts that go on, indents,
heads of shares and of what is foreseen, each in a table of its own."""

from __future__ import annotations

import pytest
from files_read import FilesRead

UNIT_IN_A_SENTENCE = """清河县民政局2021年预算说明
各项资金安排见下表，单位：万元。
科目编码\t资金名称\t2020年执行数\t2021年预算数
2081001\t临时救助支出\t310.5\t340
2081002\t农村低保金支出\t2210\t2305.6
2081003\t特困人员供养支出\t820\t866
"""
TOTAL_AMONG_NUMBERS = """永安县2022年特困人员情况表
\t乡镇\t集中人数\t分散人数
1\t东河镇\t12\t61
2\t西河镇\t9\t44
3\t南河镇\t7\t38
合计\t\t28\t143
"""
GOES_ON = """永安县2023年养老服务设施统计
表1 设施建设情况（截至10月15日）
乡镇\t助餐点（个）\t养老床位（张）
东河镇\t3\t120
西河镇\t2\t86
表1（续）
乡镇\t助餐点（个）\t养老床位（张）
南河镇\t4\t77
北河镇\t5\t91
"""
QUARTER_AS_OF = """永安县2022年第二季度农村低保情况统计表
截至2022年6月30日
乡镇\t户数（户）\t发放资金（万元）
东河镇\t120\t31.5
西河镇\t96\t24.2
"""
DONE_BY_A_DAY = """永安县村民委员会换届进展情况
截至2021年3月10日17时,全县19个乡镇已完成选举96个,完成率87.3%。
部分乡镇进度:
乡镇\t村数(个)\t委员人数(人)
东河镇\t21\t117
西河镇\t14\t78
"""
SHARES = """永安县2020年老年人口情况
乡镇\t60岁以上老年人口（人）\t占总人口%\t养老床位（张）
东河镇\t5120\t18.3\t210
西河镇\t4411\t17.2\t160
"""
FORESEEN = """永安县2021年重点任务进度
任务\t单位\t全年目标\t1-10月完成\t全年预计
适老化改造\t户\t300\t248\t310
助餐点\t个\t12\t9\t14
"""
INDENTED = """永安县2019年残疾人两项补贴统计
项目              全县     东河镇    西河镇
生活补贴人数      810      450       360
  其中：成年人    735      412       323
护理补贴人数      940      520       420
  一级            433      230       203
  二级            507      290       217
"""
A_YEAR_EACH = """永安县民政事业主要指标
指标\t2020年\t2025年目标
农村低保年保障标准（元/人）\t4512\t6300
"""
DITTOS = """永安县2021年末老年人数据
口径\t单位\t数量
高龄老年人\t万人\t1.42
失能老年人\t〃\t0.38
百岁老年人\t人\t17
独居老年人\t〃\t3120
"""
BUDGET = """永安县民政局2022年项目支出预算表
单位：万元
项目\t合计\t财政拨款\t其他
城市低保金\t210\t200\t10
临时救助\t95\t95\t0
"""
OWN_UNITS = """永安县2020年救助资金绩效自评表
指标\t年度指标值\t实际完成值
农村低保月人均补助水平\t≥310元\t318.4元
农村低保人数\t≥4000人\t4126人
"""
ALL_YEAR = """永安县2018年孤儿补贴情况
乡镇\t人数\t全年补贴（元）
东河镇\t3\t43200
西河镇\t2\t28800
"""
RATES_OF_MONTHS = """永安县2023年1-6月福利彩票销售情况
乡镇	本年累计（万元）	年度任务完成（%）
东河镇	212.5	54.1
西河镇	180.3	47.7
"""
GLUED = """永安县2022年养老机构名录
序号 机构名称|核定床位（张）|入住老人（人）
1 永安县福利中心|210|155
2 丰和康养苑|96|60
"""
LEVELS = """永安县2022年农村低保标准表
乡镇	农村低保标准（元/年）	一类补助水平（元/月）	二类补助水平（元/月）
东河镇	5040	418	396
西河镇	5040	407	385
"""
SIGNED = """永安县2024年婚姻登记分季度数据（表 预览）
项目,一季度,二季度
结婚登记（对）,812,640
离婚登记（对）,203,188
永安县民政局规划财务科
"""
OF_WHICH = """永安县2021年居家养老服务设施分布表
乡镇\t日间照料中心（个）\t农村幸福院（个）\t其中：三星级以上（个）
东河镇\t2\t7\t3
西河镇\t1\t5\t4
"""
TABLES = {
    "of_which.txt": OF_WHICH,
    "rates_of_months.txt": RATES_OF_MONTHS,
    "glued.txt": GLUED,
    "levels.txt": LEVELS,
    "signed.txt": SIGNED,
    "dittos.txt": DITTOS,
    "budget.txt": BUDGET,
    "own_units.txt": OWN_UNITS,
    "all_year.txt": ALL_YEAR,
    "sentence.txt": UNIT_IN_A_SENTENCE,
    "numbers.txt": TOTAL_AMONG_NUMBERS,
    "goes_on.txt": GOES_ON,
    "quarter.txt": QUARTER_AS_OF,
    "done_by_a_day.txt": DONE_BY_A_DAY,
    "shares.txt": SHARES,
    "foreseen.txt": FORESEEN,
    "indented.txt": INDENTED,
    "rates.txt": A_YEAR_EACH,
}
READ = FilesRead(TABLES)


@pytest.fixture
def read():
    """For the name of a table, its observations by the figure as it is written."""
    return READ.figures


def test_a_sentence_that_leads_to_a_table_says_its_unit(read):
    found = read("sentence.txt")
    assert [(found[n]["value"], found[n]["subject"]) for n in ("310.5", "2305.6", "866")] == [
        (3105000, "temporary_assistance"), (23056000, "dibao"), (8660000, "tekun")
    ]  # fmt: skip


def test_a_total_among_the_numbers_of_rows_is_of_the_whole_table(read):
    found = read("numbers.txt")
    assert len(found) == 8
    assert [(found[n]["scope"], found[n]["place"]) for n in ("12", "143")] == [
        ("part", "东河镇"), ("region", None)
    ]  # fmt: skip


def test_a_table_that_goes_on_is_as_of_the_day_of_its_first_part(read):
    found = read("goes_on.txt")
    assert [str(found[n]["period_end"]) for n in ("86", "91")] == ["2023-10-31", "2023-10-31"]


def test_a_table_below_what_was_done_by_a_day_is_as_of_that_day(read):
    figures = read("done_by_a_day.txt")
    assert [str(figures[n]["period_end"]) for n in ("117", "78")] == ["2021-03-31"] * 2


def test_money_as_of_the_end_of_a_quarter_that_is_named_is_of_the_quarter(read):
    found = read("quarter.txt")
    assert (str(found["31.5"]["period_start"]), str(found["31.5"]["period_end"])) == (
        "2022-04-01", "2022-06-30"
    )  # fmt: skip
    assert (found["120"]["period_start"], str(found["120"]["period_end"])) == (None, "2022-06-30")


def test_a_share_of_the_whole_is_of_what_the_column_before_it_counts(read):
    row = read("shares.txt")["18.3"]
    assert (row["subject"], row["measure"]) == ("elder_population", "ratio")


def test_what_is_foreseen_for_the_year_is_yet_to_come(read):
    found = read("foreseen.txt")
    assert [found[n]["status"] for n in ("300", "248", "310")] == ["target", "actual", "target"]


def test_rows_further_in_are_of_the_row_above_them_however_long_their_names_are(read):
    found = read("indented.txt")
    assert [found[n]["subject"] for n in ("412", "230", "507")] == [
        "disability_living_subsidy", "disability_nursing_subsidy", "disability_nursing_subsidy"
    ]  # fmt: skip


def test_a_yearly_standard_for_each_is_one_in_every_column(read):
    found = read("rates.txt")
    assert [found[n]["unit"] for n in ("4512", "6300")] == ["元/人/年", "元/人/年"]


def test_a_sign_for_what_stands_above_says_the_same(read):
    found = read("dittos.txt")
    assert [(found[n]["value"], found[n]["unit"]) for n in ("0.38", "17", "3120")] == [
        (3800, "人"), (17, "人"), (3120, "人")
    ]  # fmt: skip


def test_what_a_budget_lists_is_yet_to_be_spent(read):
    found = read("budget.txt")
    assert [(found[n]["status"], found[n]["value"]) for n in ("200", "10")] == [
        ("target", 2000000), ("target", 100000)
    ]  # fmt: skip


def test_money_with_its_unit_takes_its_rate_from_the_name_of_its_row(read):
    found = read("own_units.txt")
    assert [row["unit"] for row in found.values()] == ["元/人/月", "元/人/月", "人", "人"]


def test_what_was_paid_all_year_is_no_yearly_rate(read):
    row = read("all_year.txt")["43200"]
    assert (row["measure"], row["unit"]) == ("expenditure", "元")


def test_how_much_of_a_task_was_done_is_of_the_months_in_which_it_was(read):
    row = read("rates_of_months.txt")["54.1"]
    assert (str(row["period_start"]), str(row["period_end"])) == ("2023-01-01", "2023-06-30")


def test_institutions_are_named_beside_their_numbers_in_one_cell(read):
    found = read("glued.txt")
    assert [found[n]["scope"] for n in ("155", "96", "60")] == ["part", "part", "part"]


def test_levels_of_payment_in_a_table_of_standards_are_standards(read):
    assert {row["measure"] for row in read("levels.txt").values()} == {"standard"}


def test_the_department_that_signed_makes_no_plan_of_a_table(read):
    assert {row["status"] for row in read("signed.txt").values()} == {"actual"}


def test_a_column_of_which_is_of_the_one_before_it(read):
    row = read("of_which.txt")["3"]
    assert (row["subject"], row["subgroup"]) == ("village_elder_station", "三星级以上")
