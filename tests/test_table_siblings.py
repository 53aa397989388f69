"""Tables and lists as other offices write them: forms with a head for each block, rows of departments, kinds
of divisions, names of institutions, signs of growth."""

from __future__ import annotations

import pytest
from files_read import FilesRead

DISCLOSURE = """永安县民政局2023年政府信息公开工作年度报告
第二十条第（五）项
信息内容|本年处理决定数量
行政许可|126
第二十条第（八）项
信息内容|本年收费金额（单位：万元）
行政事业性收费|36.8
"""
DEPARTMENTS = """永安县民政局2023年信息采用情况
科室 | 上报(条) | 采用(条)
规划财务科 | 28 | 11
目标考核办公室 | 34 | 15
"""
DIVISIONS = """永安县2022年民政统计年报
指标 | 单位 | 数量
乡镇级区划合计 | 个 | 15
镇 | 个 | 10
民族乡 | 个 | 5
孤儿 | 人 | 83
A有身份信息的孤儿 | 人 | 79
B无身份信息的孤儿 | 人 | 4
"""
CENTRES = """永安县照料中心一览表(2024年)
序号 | 中心名称 | 所在位置 | 面积(平方米) | 电话
1 | 东河镇河口社区照料中心 | 河口路316号2幢 | 640 | 0575-87000001
2 | 西河镇坝上社区照料中心 | 坝上村3组12号 | 830 | 13800000021
合计 | | | 1470 |
"""
GROWN = """永安县2023年民政指标
指标 | 单位 | 本年 | 增减%
城市低保人数 | 人 | 402 | ↓6.7
临时救助 | 人次 | 390 | ↑6.6
"""
SO_FAR = """永安县2023年重点工作清单
工作任务 | 年度目标 | 截至10月进度
新建助餐点 | 20个 | 17个
福彩公益金投入 | 150万元 | 121.5万元
"""
YEARS = """青田县历年民政统计公报汇编
2019年
年末全县养老机构 21家。
2020年
年末全县养老机构 23家。
"""
CHILDREN = """永安县2022年儿童福利情况表
类别 | 养育方式 | 人数
孤儿 | 集中养育 | 9
事实无人抚养儿童 | 散居 | 40
"""
APART = """永安县2022年工作总结
年末全县共有养老护理员526 十佳护理员评选已结束。
登记社会组织312 百强社会组织评选启动。
"""
READ = FilesRead(
    {
        "apart.txt": APART,
        "disclosure.txt": DISCLOSURE,
        "departments.txt": DEPARTMENTS,
        "divisions.txt": DIVISIONS,
        "centres.txt": CENTRES,
        "grown.txt": GROWN,
        "so_far.txt": SO_FAR,
        "years.txt": YEARS,
        "children.txt": CHILDREN,
    }
)


@pytest.fixture
def read():
    """For the name of a table, its observations by the figure as it is written."""
    return READ.figures


def test_each_block_of_a_form_has_the_heads_that_its_first_name_opens(read):
    found = read("disclosure.txt")
    assert [(found[n]["value"], found[n]["unit"]) for n in ("126", "36.8")] == [(126, "件"), (368000, "元")]


def test_departments_of_plans_and_aims_plan_nothing(read):
    assert {row["status"] for row in read("departments.txt").values()} == {"actual"}


def test_rows_of_kinds_of_divisions_count_these(read):
    found = read("divisions.txt")
    assert {found[n]["subject"] for n in ("15", "10", "5")} == {"admin_division"}


def test_a_row_that_the_names_below_it_end_with_is_their_whole(read):
    found = read("divisions.txt")
    assert [found[n]["subgroup"] for n in ("83", "79", "4")] == [None, "有身份信息", "无身份信息"]


def test_names_of_institutions_below_any_head_of_such_are_places(read):
    found = read("centres.txt")
    assert list(found) == ["640", "830", "1470"]
    assert [(found[n]["scope"], found[n]["place"]) for n in ("830", "1470")] == [
        ("part", "西河镇坝上社区照料中心"), ("region", None)
    ]  # fmt: skip


def test_arrows_are_signs_of_growth(read):
    found = read("grown.txt")
    assert sorted(row["value"] for row in found.values() if row["unit"] == "%") == [-6.7, 6.6]


def test_what_was_done_by_a_month_was_so_since_january(read):
    found = read("so_far.txt")
    row = found["121.5万元"] if "121.5万元" in found else found["121.5"]
    assert row["status"] == "actual"
    assert (str(row["period_start"]), str(row["period_end"])) == ("2023-01-01", "2023-10-31")


def test_bulletins_of_several_years_below_one_title_are_of_one_place(read):
    found = read("years.txt")
    assert {row["region_code"] for row in found.values()} == {"331121"}
    assert [row["year"] for row in found.values()] == [2019, 2020]


def test_a_manner_of_keeping_children_is_of_those_that_its_row_names(read):
    assert [row["subject"] for row in read("children.txt").values()] == ["orphan", "unattended_child"]


def test_a_numeral_behind_a_blank_begins_anew(read):
    assert [row["value"] for row in read("apart.txt").values()] == [526, 312]
