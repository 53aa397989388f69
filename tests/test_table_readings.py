"""What tables say by their layout, their heads and the lines around them, each in a table of its own."""

from __future__ import annotations

import pytest
from files_read import FilesRead

NUMBERED = """曲河市2020年3季度社会救助情况表
地区 代码 城市低保 农村低保
户数 人数 支出 户数 人数 支出
户 人 万元 户 人 万元
甲 乙 1 2 3 4 5 6
全市合计 210400 460 754 220.2 950 1558 599.8
平山县 210421 123 284 71.6 304 482 198.2
河口县 210422 337 470 148.6 646 1076 401.6
"""
INSTITUTIONS = """沙河县2022年养老机构名录
乡镇 序号 机构名称 运营方式 床位数(张) 在院老人(人) 联系电话
城关镇 1 沙河县社会福利中心 公办 320 176 0596-3107000
2 沙河康颐养老院 民办 160 92 0596-3115000
3 沙河夕阳红老年公寓 民办 85 41 0596-3123000
新桥镇 4 新桥镇敬老院 公建民营 60 33 0596-3131000
"""
STANDARDS = """临汾市2021年困难群众救助标准
单位:元/人·月(农村低保为元/人·年)
县区 最低生活保障标准 特困人员护理标准 孤儿基本生活养育标准
城市 农村 全护理 半护理 集中养育 社会散居
尧都区 690 5040 966 580 1840 1270
曲沃县 670 5000 938 560 1840 1270
全省平均 665 5021 930 555 1838 1268
"""
SUMS = """罗山县民政局公示
| 乡镇 | 城市低保 | | 农村低保 | | 合计 | |
| | 户数(户) | 人数(人) | 户数(户) | 人数(人) | 户数(户) | 人数(人) |
| 东镇 | 12 | 31 | 20 | 44 | 32 | 75 |
| 西镇 | 10 | 21 | 30 | 64 | 40 | 85 |
"""
PROGRESS = """浦河县2020年民政工作进度表
| 项目 | 单位 | 全年目标 | 1-9月完成 | 完成率 |
| 新增养老床位 | 张 | 600 | 548 | 91.3% |
| 适老化改造 | 户 | 300 | 150 | 50% |
"""
DATED = """浦河县城乡低保情况统计表
| 乡镇 | 户数(户) | 人数(人) |
| 东镇 | 12 | 31 |
| 西镇 | 10 | 21 |
注:1.以上数据截至2021年3月底。
"""
PAID = """铜河市2023年三季度残疾人两项补贴发放情况表
| 区县 | 发放人数(人) | 发放资金(万元) |
| 东区 | 231 | 5.8 |
| 西县 | 140 | 3.5 |
"""
RAISED = """浦河县低保标准调整情况
| 类别 | 2022年标准(元/月) | 2023年标准(元/月) | 提高(元) |
| 城市低保 | 700 | 760 | 60 |
| 农村低保 | 500 | 560 | 61 |
"""
LISTED = """漳河县养老机构名录
| 乡镇 | 序号 | 机构名称 | 床位数(张) |
| 东镇 | 1 | 漳河福利中心 | 320 |
| | 2 | 漳河康颐养老院 | 160 |
| 西镇 | 3 | 西镇敬老院 | 85 |
| 合计 | | | 565 |
"""
SEXES = """龙泉市民政对象情况
对象类别      人数     男    女    60岁以上
特困人员      611      402   209   488
孤儿          38       20    18    —
事实孤儿      52       25    27    —
"""
BY_HOMES = """龙泉市2021年残疾人两项补贴发放情况
单位：人、万元
| 补贴 | 等级 | 城镇 | 农村 | 小计 | 金额 |
| 困难残疾人生活补贴 | 一级 | 81 | 302 | 383 | 38.3 |
| | 二级 | 112 | 405 | 517 | 51.7 |
| 重度残疾人护理补贴 | 一级 | 204 | 611 | 815 | 97.8 |
"""
DONE = """龙泉市2022年重点工作进度
截至5月31日
工作事项\t全年任务\t已完成\t进度
适老化改造（户）\t240\t121\t50.4%
助餐点（个）\t15\t8\t53.3%
"""
STROKES = """2022年全省各市指标排名情况
地区 每千名老年人床位数（张） 排名 火化率（%） 排名
东湖市 37.1 1 97.0 2
西山市 34.2 2 98.3 1
全省平均 33.8 - 94.6 -
"""
ACROSS = """龙泉市村级组织和人口情况
乡镇 安仁镇 住龙镇 全市
行政村 18 15 33
社区 2 1 3
户数 9870 7650 17520
人口 31200 25110 56310
"""
MONTHS = """2021年龙泉市农村低保月报
月份:1月
户数:4011
人数:7320

月份:2月
户数:4020
人数:7344

月份:3月
户数:4036
人数:7361
"""


TITLE, *ROWS = NUMBERED.splitlines()
A_CELL_A_LINE = "\n".join([TITLE, *" ".join(ROWS).split(" ")]) + "\n"
UNFITTED = """2022年低保情况
地区 城市低保 户数(户) 人数(人) 农村低保 户数(户) 人数(人)
东镇 612 455 401 233 西镇 598 441 388 219
南镇 577 430 379 207 北镇 566 421 365 203
""".replace(" ", "\n")
FEES = """荥经县2023年公益性公墓收费标准
| 公墓名称 | 墓穴价格 | 管理费 |
| 青龙山公墓 | 单穴2800元/座，双穴4600元/座 | 50元/年 |
| 花滩公墓 | 2000-3500元/座 | 40元/年 |
"""
TASKS = """睢宁县民政局2023年重点任务进展表
| 序号 | 任务 | 目标 | 进展 | 完成率 |
| 1 | 建设镇街综合养老服务中心 | 4处 | 建成并投入使用3处 | 75% |
| 2 | 改造农村敬老院 | 6所 | 完成5所 | 83% |
"""
UNITS_BELOW = [
    f"""桥头县2022年救助情况
乡镇 低保标准 {left}元/人·月{right} 临时救助 {left}人次{right} 救助资金 {left}万元{right}
东镇 612 455 40.1 西镇 598 441 38.8 合计 1210 896 78.9
""".replace(" ", "\n")
    for left, right in ("()", "[]", ("", ""), ("(单位:", ")"))
]
TABLES = {
    f"{number}.txt": text
    for number, text in enumerate(
        (
            NUMBERED,
            A_CELL_A_LINE,
            INSTITUTIONS,
            STANDARDS,
            SUMS,
            PROGRESS,
            DATED,
            PAID,
            RAISED,
            LISTED,
            SEXES,
            BY_HOMES,
            DONE,
            STROKES,
            ACROSS,
            MONTHS,
            UNFITTED,
            FEES,
            TASKS,
            *UNITS_BELOW,
        )
    )
}
NAMES = {text: name for name, text in TABLES.items()}


READ = FilesRead(TABLES)


@pytest.fixture
def files():
    return READ


@pytest.fixture
def read(files):
    """For the text of each table, its observations by the figure as it is written."""
    return lambda text: files.figures(NAMES[text])


def months(row: dict) -> tuple[str, str]:
    return str(row["period_start"])[:7], str(row["period_end"])[:7]


def test_numbers_of_columns_and_rows_of_units_are_no_figures(read):
    found = read(NUMBERED)
    assert len(found) == 18
    assert (found["754"]["unit"], found["754"]["residence"]) == ("人", "urban")
    assert (found["599.8"]["value"], found["599.8"]["residence"]) == (5998000, "rural")


def test_the_same_a_cell_a_line(read):
    found = read(A_CELL_A_LINE)
    assert (len(found), found["482"]["unit"], found["482"]["residence"]) == (18, "人", "rural")


def test_a_row_whose_town_stands_further_up_and_that_ends_with_a_telephone(read):
    found = read(INSTITUTIONS)
    assert {n: found[n]["place"] for n in ("320", "92")} == {
        "320": "沙河县社会福利中心", "92": "沙河康颐养老院"
    }  # fmt: skip
    assert (found["41"]["unit"], found["41"]["measure"]) == ("人", "persons")


def test_words_tell_what_upper_heads_stand_over_and_homes_their_units(read):
    found = read(STANDARDS)
    assert [found[n]["subject"] for n in ("690", "966", "1270")] == ["dibao", "tekun_nursing", "orphan"]
    assert [found[n]["unit"] for n in ("690", "5040", "966")] == ["元/人/月", "元/人/年", "元/人/月"]
    assert [found[n]["scope"] for n in ("690", "665")] == ["part", "outside"]


def test_sums_beside_town_and_country_are_of_the_same(read):
    found = read(SUMS)
    assert (found["75"]["subject"], found["75"]["residence"]) == ("dibao", "total")


def test_shares_of_what_was_done_are_of_its_months(read):
    found = read(PROGRESS)
    assert months(found["91.3%"]) == months(found["548"]) == ("2020-01", "2020-09")


def test_a_note_below_a_table_dates_it(read):
    row = read(DATED)["31"]
    assert (row["year"], str(row["period_end"])) == (2021, "2021-03-31")


def test_who_was_paid_in_a_quarter_was_so_in_all_of_it(read):
    assert months(read(PAID)["231"]) == ("2023-07", "2023-09")


def test_a_rise_beside_standards_is_one_of_standards(read):
    row = read(RAISED)["61"]
    assert (row["measure"], row["change"], row["residence"]) == ("standard", "delta", "rural")


def test_rows_numbered_behind_their_town_are_one_table(read):
    found = read(LISTED)
    assert (found["160"]["place"], found["565"]["scope"]) == ("漳河康颐养老院", "region")


def test_heads_of_one_character_stand_apart(read):
    found = read(SEXES)
    assert [found[n]["subgroup"] for n in ("402", "209", "488")] == ["男", "女", "60岁以上"]


def test_rows_of_benefits_count_people_beside_a_column_of_money(read):
    found = read(BY_HOMES)
    assert [(found[n]["value"], found[n]["unit"]) for n in ("302", "383", "38.3")] == [
        (302, "人"), (383, "人"), (383000, "元")
    ]  # fmt: skip


def test_progress_in_per_cent_is_of_what_was_done(read):
    row = read(DONE)["50.4%"]
    assert (row["measure"], row["status"], row["change"]) == ("ratio", "actual", "level")


def test_the_stroke_of_a_blank_cell_is_no_sign(read):
    assert [row["value"] for row in read(STROKES).values() if row["value"] < 0] == []


def test_rows_of_counts_are_no_places_where_columns_are(read):
    found = read(ACROSS)
    assert [found[n]["place"] for n in ("18", "25110", "56310")] == ["安仁镇", "住龙镇", None]


def test_records_may_be_named_by_their_months(read):
    row = read(MONTHS)["7344"]
    assert (row["subject"], row["unit"], str(row["period_end"])) == ("dibao", "人", "2021-02-28")


def test_a_figure_a_cell_a_line_is_read_once(files):
    starts = [row["span_start"] for row in files.rows("core.observations", NAMES[UNFITTED])]
    assert len(starts) == len(set(starts)) == 16


@pytest.mark.parametrize("brackets", range(len(UNITS_BELOW)))
def test_units_on_a_line_below_each_head_are_of_it(read, brackets):
    found = read(UNITS_BELOW[brackets])
    assert [(found[n]["unit"], found[n]["value"]) for n in ("612", "455", "40.1")] == [
        ("元/人/月", 612), ("人次", 455), ("元", 401000)
    ]  # fmt: skip


def test_a_range_in_a_cell_has_its_unit_once_and_words_in_a_row_its_place(read):
    found = read(FEES)
    assert [found["2000-3500元/座"][n] for n in ("value", "value_high", "unit")] == [2000, 3500, "元/个"]
    assert {row["place"] for row in found.values()} == {"青龙山公墓", "花滩公墓"}


def test_a_task_that_ends_like_the_name_of_a_home_is_no_place(read):
    found = read(TASKS)
    assert {row["scope"] for row in found.values()} == {"region"}
    assert [found[n]["subject"] for n in ("4处", "75%", "6所")] == ["elder_center"] * 2 + [
        "elder_institution"
    ]
