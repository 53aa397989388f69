"""Which months the figures of a table are of, by what stands above it and beside them (our own tables)."""

from __future__ import annotations

import pytest
from files_read import FilesRead

MONTHLY = """永安县2023年11月民政统计月报
来源：永安县民政局
时间：2023-12-06
指标 | 单位 | 本期 | 上年同期 | 增减(%)
城市低保人数 | 人 | 1562 | 1640 | -4.8
养老机构床位 | 张 | 2180 | 2236 | -2.5
结婚登记 | 对 | 1794 | 1866 | -3.9
"""
BOTH_BEFORE = """永安县2023年民政月报（5月）
指标 | 单位 | 本期 | 上期 | 环比（%） | 上年同期 | 同比（%）
城市低保人数 | 人 | 1206 | 1214 | -0.66 | 1298 | -7.09
"""
QUARTERS = """永安县2022年殡葬情况
时间 | 火化遗体（具） | 火化率（%） | 减免户数（户） | 减免金额（万元）
一季度 | 1204 | 63.6 | 812 | 97.44
二季度 | 1011 | 66.1 | 690 | 82.8
三季度 | 998 | 68.0 | 671 | 80.52
"""
SUMMED = """永安县2020年殡仪馆月度情况
月份 | 1月 | 2月 | 3月 | 4月 | 合计
火化遗体（具） | 201 | 163 | 155 | 149 | 668
"""
SAME_MONTHS = """永安县婚姻登记情况统计表
2019年8月 单位：对
镇 | 本月 | 累计 | 同期
东河镇 | 12 | 305 | 356
西河镇 | 14 | 187 | 199
"""
MADE = """永安县2023年救助资金收支表
信息分类：资金 公开方式：主动公开 生成日期：2024-01-22
项目 | 实际支出（万元） | 年末人数
城市低保 | 1214.6 | 1683
农村低保 | 4866.2 | 10947
"""
TASKS = """永安县民政局2023年民生实事进展（截至10月底）
序号 | 任务 | 单位 | 年度目标 | 已完成 | 完成率（%）
1 | 建设老年助餐点 | 个 | 20 | 17 | 85
2 | 培训持证护理员 | 人 | 120 | 91 | 75.8
3 | 护理型床位占比 | % | 60 | 57 | —
"""
PAID = """永安县2022年城乡低保情况表
镇 | 9月末保障人数（人） | 1-9月累计支出（万元） | 月人均补差（元/人·月）
东河镇 | 1432 | 768.4 | 418
西河镇 | 1687 | 913.6 | 422
"""
READ = FilesRead(
    {
        "monthly.txt": MONTHLY,
        "both_before.txt": BOTH_BEFORE,
        "quarters.txt": QUARTERS,
        "summed.txt": SUMMED,
        "same_months.txt": SAME_MONTHS,
        "made.txt": MADE,
        "tasks.txt": TASKS,
        "paid.txt": PAID,
    }
)


def months(name: str, figure: str) -> tuple[str, str]:
    row = READ.figures(name)[figure]
    return str(row["period_start"]), str(row["period_end"])


@pytest.mark.parametrize("figure", ["1562", "2180", "-4.8", "-2.5"])
def test_a_stock_and_its_growth_are_of_the_month_of_the_title(figure):
    assert months("monthly.txt", figure) == ("None", "2023-11-30")


def test_the_last_period_is_another_than_the_same_time_of_last_year_beside_it():
    assert months("both_before.txt", "1214") == ("None", "2023-04-30")
    assert months("both_before.txt", "1298") == ("None", "2022-05-31")


def test_growth_of_what_flowed_is_of_the_same_months():
    assert months("monthly.txt", "-3.9") == months("monthly.txt", "1794") != ("None", "2023-11-30")


@pytest.mark.parametrize("figure", ["1011", "66.1", "690", "82.8"])
def test_who_was_paid_in_a_quarter_and_rates_of_what_was_done_in_it_are_of_the_quarter(figure):
    assert months("quarters.txt", figure) == ("2022-04-01", "2022-06-30")


def test_a_column_of_sums_is_of_all_months_beside_it():
    assert months("summed.txt", "668") == ("2020-01-01", "2020-04-30")


def test_the_same_months_lie_a_year_back():
    row = READ.figures("same_months.txt")["356"]
    assert (row["year"], row["status"]) == (2018, "prior")
    assert months("same_months.txt", "356") == ("2018-01-01", "2018-08-31")


def test_the_day_on_which_a_table_was_made_dates_no_figure():
    assert READ.figures("made.txt")["1214.6"]["year"] == 2023


@pytest.mark.parametrize("figure", ["17", "91", "75.8"])
def test_what_is_done_of_a_task_was_done_since_the_year_began(figure):
    assert months("tasks.txt", figure) == ("2023-01-01", "2023-10-31")


def test_a_rate_among_tasks_is_what_there_is():
    assert months("tasks.txt", "57") == ("None", "2023-10-31")


def test_what_each_got_is_of_the_months_of_what_was_paid():
    assert months("paid.txt", "418") == ("2022-01-01", "2022-09-30")
