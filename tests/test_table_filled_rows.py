"""Tables of pages whose reader closed cells with bars and filled short rows up with more of them."""

from __future__ import annotations

import pytest
from files_read import FilesRead

SAYS = ("value", "unit", "indicator_id", "residence", "subgroup", "status", "scope", "place", "year")
TITLE = "清河县2022年社会救助情况统计表"


def inline(rows: list[list[str]], wide: int) -> str:
    """A row a line, the bars that fill it up behind it."""
    return "".join(" | ".join(row) + " | " + "|" * (wide - len(row)) + "\n" for row in rows)


def on_lines(rows: list[list[str]], wide: int) -> str:
    """A cell a line, its bar behind it."""
    lines = [[*(f"{cell} |" for cell in row), "|" * (wide - len(row))] for row in rows]
    return "".join(f"{line}\n" for row in lines for line in row if line)


def bars_alone(rows: list[list[str]], wide: int) -> str:
    """A cell a line, its bar on the next one."""
    lines = [[*(f"{cell}\n|" for cell in row), "|" * (wide - len(row))] for row in rows]
    return "".join(f"{line}\n" for row in lines for line in row if line)


WAYS = {"inline": inline, "on_lines": on_lines, "bars_alone": bars_alone}
TWO_ROWS_OF_HEADS = [
    ["乡镇", "城市低保", "农村低保"],
    ["户数(户)", "人数(人)", "户数(户)", "人数(人)"],
    ["东河镇", "132", "205", "612", "889"],
    ["西河镇", "87", "190", "143", "201"],
    ["合计", "219", "395", "755", "1090"],
]
WHOLE = [
    ["乡镇", "城市低保", "", "农村低保", ""],
    ["", "户数(户)", "人数(人)", "户数(户)", "人数(人)"],
    *TWO_ROWS_OF_HEADS[2:],
]
GROUP = ["户数", "人数", "供养金额", "按月照料补助", "补助合计金额(元)"]
# four rows of heads, 合计 over two of them
DEEP = [
    ["乡镇", "集中供养", "分散供养", "合计"],
    GROUP * 2,
    ["一级(900元/月)", "二级(400元/月)", "一级(200元/月)", "二级(70元/月)", "户数", "人数", "金额"],
    ["人数", "金额"] * 4,
]
DEEP_ROWS = """东河镇 12 13 11700 2 1800 5 2000 3800 21 23 16800 4 800 9 630 1430 33 36 33730
西河镇 20 22 19800 3 2700 7 2800 5500 30 31 23100 5 1000 8 560 1560 50 53 49960
南河镇 9 9 8100 1 900 4 1600 2500 17 18 13500 2 400 6 420 820 26 27 24920"""
PAGES = {f"{name}.txt": f"{TITLE}\n{write(TWO_ROWS_OF_HEADS, 5)}" for name, write in WAYS.items()}
PAGES["whole.txt"] = f"{TITLE}\n" + "".join("| " + " | ".join(row) + " |\n" for row in WHOLE)
BROKEN = [["项目", "受助\n人数", "支出\n(万元)"], ["城市\n低保", "61", "38.2"], ["临时救助", "14", "2.5"]]
PAGES["broken.txt"] = "石桥县2021年4月困难群众帮扶 | ||\n" + on_lines(BROKEN, 3)
PAGES["deep.txt"] = "石桥县2022年5月特困人员供养金明细\n" + inline(
    [*DEEP, *(line.split() for line in DEEP_ROWS.splitlines())], 20
)
PAID = [
    ["乡镇(办)", "户数", "人数", "五保供养金", "照料补贴", "合计"],
    ["山阳", "21", "23", "18400", "3600", "22000"],
    ["石桥", "30", "31", "24800", "5400", "30200"],
    ["合计", "51", "54", "43200", "9000", "52200"],
]
PAGES["paid.txt"] = "清河县2021年第二季度五保供养经费 | |||||\n" + inline(PAID, 6)
SMALL = [["乡镇", "人数", "发放金额"], ["东河镇", "310", "18.6"], ["西河镇", "205", "12.3"]]
PAGES["small.txt"] = "2021年6月农村低保金发放情况 | ||\n" + inline(SMALL, 3)
BLANK = [
    ["项目", "计量单位", "编码", "本年", "上年", "增减(%)"],
    ["一、社会组织", "", "SZ0100", "", "", ""],
    ["1.社会团体", "个", "SZ0101", "62", "60", "3.33"],
    ["2.基金会", "个", "SZ0102", "4", "4", ""],
    ["二、困难群众", "", "SZ0200", "", "", ""],
    ["1.城市低保支出", "万元", "SZ0201", "412.6", "400.4", "3.05"],
    ["2.农村低保支出", "万元", "SZ0202", "1530.2", "1497.0", "2.22"],
    ["3.临时救助支出", "万元", "SZ0203", "88.5", "91.0", "-2.75"],
    ["4.农村特困人员", "人", "SZ0204", "318", "", ""],
]
PAGES["blank.txt"] = "清河县2023年民政统计表\n" + "".join(
    f"{cell} |\n".lstrip() for row in BLANK for cell in row
)
PAGES["years.txt"] = """清河县农村低保

                 2015 年                  2020 年
    乡镇      户数        人数         户数        人数
             (户)        (人)         (户)        (人)
   东河镇      511         912          405         730
   西河镇      320         604          288         541
"""
SUMMED = [
    [
        "片区",
        "乡镇",
        "供养人数合计(人)",
        "特困人员(人)",
        "支出合计(万元)",
        "省级资金(万元)",
        "县级资金(万元)",
    ],
    ["集中供养", "分散供养"],
    ["东片", "石桥镇", "30", "12", "18", "26.4", "20.4", "6"],
    ["白水镇", "14", "14", "12.6", "12.6"],
    ["南山镇", "21", "21", "18.2", "14.2", "4"],
    ["合计", "65", "33", "32", "57.2", "47.2", "10"],
]
PAGES["summed.txt"] = "清河县2022年特困供养\n" + inline(SUMMED, 8)
AIMS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "全年实际值"],
    ["产出指标", "数量指标", "农村低保人数", ">=4200人", "4310人"],
    ["特困供养人数", ">=310人", "306人"],
    ["质量指标", "每户最高救助金额", "<=6000元", "5200元"],
]
PAGES["aims.txt"] = "清河县2020年困难群众救助绩效自评表 | ||||\n" + on_lines(AIMS, 5)
FORM = [
    ["一、项目基本情况"],
    ["负责人", "李明", "联系电话", "0834-2866001"],
    ["年初预算(万元)", "320", "到位资金(万元)", "310", "实际支出(万元)", "298.5"],
    ["其中:", "其中:", "其中:"],
    ["省级财政", "200", "省级财政", "200", "省级财政", "190"],
    ["县级财政", "120", "县级财政", "110", "县级财政", "108.5"],
    ["二、支出明细"],
    ["内容", "实际支出数(万元)", "凭证"],
    ["2020年1月农村低保", "61.4", "12号"],
    ["2020年2月农村低保", "60.8", "31号"],
]
PAGES["form.txt"] = "清河县2020年农村低保专项自评报告\n" + on_lines(FORM, 9)
READ = FilesRead(PAGES)


def said(name: str) -> list[tuple]:
    rows = sorted(READ.rows("core.observations", name), key=lambda row: row["span_start"])
    return [tuple(row[column] for column in SAYS) for row in rows]


@pytest.mark.parametrize("way", WAYS)
def test_rows_say_the_same_however_their_cells_are_closed(way):
    assert len(said("whole.txt")) == 12
    assert said(f"{way}.txt") == said("whole.txt")


def test_cells_go_on_over_lines():
    rows = said("broken.txt")
    assert [row[:3] for row in rows] == [
        (61, "人", "dibao.persons"), (382000, "元", "dibao.expenditure"),
        (14, "人", "temporary_assistance.persons"), (25000, "元", "temporary_assistance.expenditure"),
    ]  # fmt: skip
    assert {row[-1] for row in rows} == {2021}


def test_heads_over_heads_over_heads():
    rows = [row for row in READ.rows("core.observations", "deep.txt") if row["place"] == "东河镇"]
    found = [(row["value"], row["indicator_id"]) for row in sorted(rows, key=lambda row: row["span_start"])]
    people, money = "tekun_nursing.persons", "tekun_nursing.expenditure"
    assert found[3:7] == [(2, people), (1800, money), (5, people), (2000, money)]
    assert found[-3:] == [(33, "tekun.households"), (36, "tekun.persons"), (33730, "tekun.expenditure")]


def test_money_without_a_unit_is_told_by_the_people_beside_it():
    rows = sorted(READ.rows("core.observations", "paid.txt"), key=lambda row: row["span_start"])
    found = [(row["value"], row["unit"], row["scope"], row["place"]) for row in rows[:5]]
    money = [(value, "元", "part", "山阳") for value in (18400, 3600, 22000)]
    assert found == [(21, "户", "part", "山阳"), (23, "人", "part", "山阳"), *money]
    assert {row["unit"] for row in rows[-3:]} == {"元"}
    assert rows[-1]["scope"] == "region"


def test_money_far_too_small_for_its_people_is_in_tens_of_thousands():
    rows = sorted(READ.rows("core.observations", "small.txt"), key=lambda row: row["span_start"])
    assert [(row["value"], row["unit"]) for row in rows[:2]] == [(310, "人"), (186000, "元")]


def test_blank_cells_keep_their_columns():
    rows = sorted(READ.rows("core.observations", "blank.txt"), key=lambda row: row["span_start"])
    found = [(row["value"], row["indicator_id"], row["status"]) for row in rows]
    assert found[:2] == [(62, "social_group.count", "actual"), (60, "social_group.count", "prior")]
    assert (4126000, "dibao.expenditure", "actual") in found
    assert (3.05, "dibao.ratio", "actual") in found


def test_a_blank_before_the_sign_of_a_year_divides_no_cells():
    rows = sorted(READ.rows("core.observations", "years.txt"), key=lambda row: row["span_start"])
    assert [row["year"] for row in rows[:4]] == [2015, 2015, 2020, 2020]


def test_sums_tell_below_which_heads_a_row_lost_cells():
    rows = sorted(READ.rows("core.observations", "summed.txt"), key=lambda row: row["span_start"])
    found = {row["place"]: [] for row in rows}
    for row in rows:
        found[row["place"]].append((row["value"], row["measure"], row["subgroup"]))
    assert found["白水镇"][1] == (14, "persons", "分散供养")
    assert found["南山镇"][1] == (21, "persons", "集中供养")
    assert [row[:2] for row in found["白水镇"][2:]] == [(126000, "expenditure")] * 2


def test_bounds_written_with_two_signs():
    rows = sorted(READ.rows("core.observations", "aims.txt"), key=lambda row: row["span_start"])
    found = [(row["value"], row["comparator"], row["status"]) for row in rows]
    assert found == [
        (4200, ">=", "target"), (4310, "=", "actual"), (310, ">=", "target"), (306, "=", "actual"),
        (6000, "<=", "target"), (5200, "=", "actual"),
    ]  # fmt: skip


def test_labels_and_figures_by_turns_are_rows_of_their_own():
    rows = sorted(READ.rows("core.observations", "form.txt"), key=lambda row: row["span_start"])
    found = [(row["value"], row["unit"]) for row in rows]
    assert found == [
        (3200000, "元"), (3100000, "元"), (2985000, "元"), (2000000, "元"), (2000000, "元"), (1900000, "元"),
        (1200000, "元"), (1100000, "元"), (1085000, "元"), (614000, "元"), (608000, "元"),
    ]  # fmt: skip
