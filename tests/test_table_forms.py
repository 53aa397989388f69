"""Forms of statistics as pages copy them: cells left out, bars below their cells, halves side by side."""

import polars as pl
import pytest
from files_read import FilesRead
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.layout.cutting import cut_lines
from pipeline.reading.tables.barred.bars_below import with_bars_behind
from pipeline.reading.tables.placed.by_change import places

CODED = """向阳县民政统计季报表
2021年06月
指标名称 单位 代码 数量 上季度 环比 上月
1 2 3 4
一、综合 XYH011000000
   (一)乡级行政区划 XYH011110000 31 31
       1.镇 XYH011111000 20 20
       2.苏木 XYH011112200
       3.街道 XYH011113000 11 11
(二)民政事业费累计支出 万元 XYH011310000 1320.0 1200.0 10.00
    1.社会福利 万元 XYH011211000 352.6 228.6 54.24 300.1
    2.社会救助 万元 XYH011212000 640.0 640.0 640.0
"""
HALVES = """向阳县统计年鉴(2021年)

        指标名称          单位   2020年  2019年     指标名称          单位   2020年  2019年

      一、救助对象总数      人                    五、婚姻情况

      城市低保人数            人     4410    4880   结婚登记              对     2460   2920

      农村低保人数            人     9850   10020       离婚登记            对      850    1580

      二、社会福利院                            火化遗体              具     6730   5430

      机构数                个      10      13    公益性公墓              个     25     33

      床    位               个     2240    2350  七、村民委员会数         个     137     138
"""
BARS_BELOW = ["向阳县2021年2月民政统计月报"] + [
    line
    for row in (
        ("指 标", "单 位", "数 量"),
        ("1.社会救济", "", ""),
        ("城市低保人数", "万人", "2.4"),
        ("城市低保户数", "万户", "1.3"),
        ("农村低保人数", "万人", "7.2"),
        ("2.社会事务", "", ""),
        ("结婚登记", "对", "812"),
    )
    for cell in row
    for line in ([cell] if cell else []) + ["|"]
]
NO_UNITS = """向阳县社会服务统计月报表
2021年7月
指标名称 单位 数量 上期 环比
1 2 3
一、综合
社会救助支出 万元 660.0 600.0 10.00
1.低保支出
城市低保支出 万元 222.0 200.0 11.00
(1)城市低保金 万元 200.0 180.0 11.11
(2)城市低保价格补贴 万元 22.0 20.0 10.00
农村低保支出 万元 400.0 380.0 5.26
二、社会工作
1.最低生活保障
(1)城市低保人数 7561 7591 -0.40
其中:当月新增城市低保人数 53
城市低保户数 4739 4759 -0.42
(二)社会捐赠
接收社会捐赠款 万元 81.0 81.0
"""


YEARS = """提供住宿的民政机构数
单位:个
项目 Item 2015 2016 2017 2018
合计  Total 44 43 45 36
儿童福利机构   Homes for Children 11 12    
精神卫生福利机构  Mental Hospitals 14 15 16 13
养老机构  Homes for the Aged     20 25
"""


def read(text: str) -> list[tuple]:
    names = ("value", "indicator_id", "residence", "subgroup", "change", "status")
    rows = FilesRead({"form.txt": text}).rows("core.observations", "form.txt")
    return [tuple(row[name] for name in names) for row in sorted(rows, key=lambda row: row["span_start"])]


def level(value, indicator, residence="total", subgroup=None, change="level", status="actual"):
    return (value, indicator, residence, subgroup, change, status)


def test_codes_tell_names_from_figures_where_units_and_changes_are_left_out():
    rows = read(CODED)
    divisions = [row[:4] for row in rows if row[1] == "admin_division.count" and row[5] == "actual"]
    assert divisions == [
        (31, "admin_division.count", "total", None),
        (20, "admin_division.count", "total", "镇"),
        (11, "admin_division.count", "total", "街道"),
    ]
    spent = [row for row in rows if row[1].startswith("civil_affairs_total")]
    of, share = "civil_affairs_total.expenditure", "civil_affairs_total.ratio"
    assert spent == [
        level(13_200_000, of), level(12_000_000, of, status="prior"), level(10, share, change="delta"),
        level(3_526_000, of, subgroup="社会福利"), level(2_286_000, of, subgroup="社会福利", status="prior"),
        level(54.24, share, subgroup="社会福利", change="delta"),
        level(3_001_000, of, subgroup="社会福利", status="prior"),
        level(6_400_000, of, subgroup="社会救助"), level(6_400_000, of, subgroup="社会救助", status="prior"),
        level(6_400_000, of, subgroup="社会救助", status="prior"),
    ]  # fmt: skip


def test_rows_of_two_halves_are_set_by_what_their_cells_are():
    told = {(row[0], row[1], row[2]) for row in read(HALVES)}
    assert told == {
        (4410, "dibao.persons", "urban"), (4880, "dibao.persons", "urban"),
        (9850, "dibao.persons", "rural"), (10020, "dibao.persons", "rural"),
        (2460, "marriage.couples", "total"), (2920, "marriage.couples", "total"),
        (850, "divorce.couples", "total"), (1580, "divorce.couples", "total"),
        (6730, "cremation.count", "total"), (5430, "cremation.count", "total"),
        (10, "elder_institution.count", "total"), (13, "elder_institution.count", "total"),
        (25, "cemetery.count", "total"), (33, "cemetery.count", "total"),
        (2240, "elder_institution.beds", "total"), (2350, "elder_institution.beds", "total"),
        (137, "village.count", "total"), (138, "village.count", "total"),
    }  # fmt: skip


@pytest.mark.parametrize("lines", [BARS_BELOW, [line for line in BARS_BELOW if line != "|"]])
def test_names_are_no_remarks_of_the_row_before(lines):
    told = [row[:3] for row in read("\n".join(lines))]
    assert told == [
        (24_000, "dibao.persons", "urban"), (13_000, "dibao.households", "urban"),
        (72_000, "dibao.persons", "rural"), (812, "marriage.couples", "total"),
    ]  # fmt: skip


def test_units_and_what_was_before_may_be_left_out():
    rows = read(NO_UNITS)
    urban, money = "dibao.persons", "dibao.expenditure"
    assert level(2_220_000, money, "urban") in rows
    assert level(2_000_000, money, "urban", "城市低保金") in rows
    assert [row for row in rows if row[1].startswith("dibao.persons")] == [
        level(7561, urban, "urban"), level(7591, urban, "urban", status="prior"),
        level(53, urban, "urban", "新增城市低保人数", "added"),
    ]  # fmt: skip
    assert [row[:2] for row in rows[-2:]] == [(810_000, "donation.expenditure")] * 2
    assert rows[-2][5] == "actual" and rows[-1][5] == "prior"
    assert sum(row[1].endswith(".ratio") for row in rows) == 7


def test_a_blank_cell_leaves_two_blanks_below_years():
    rows = FilesRead({"years.txt": YEARS}).rows("core.observations", "years.txt")
    told = {(row["year"], row["indicator_id"], row["value"]) for row in rows}
    assert told == {
        *((2015 + n, "residential_service.count", value) for n, value in enumerate((44, 43, 45, 36))),
        (2015, "child_institution.count", 11), (2016, "child_institution.count", 12),
        (2015, "mental_institution.count", 14), (2016, "mental_institution.count", 15),
        (2017, "mental_institution.count", 16), (2018, "mental_institution.count", 13),
        (2017, "elder_institution.count", 20), (2018, "elder_institution.count", 25),
    }  # fmt: skip


@given(st.integers(2, 5), st.data())
def test_a_change_stands_where_it_is_one(columns, data):
    heads = ["数量", *["上季度", "环比", "上月", "同期"][: columns - 1]]
    now, last = data.draw(st.integers(100, 9999)), data.draw(st.integers(100, 9999))
    grown = f"{(now / last - 1) * 100:.2f}"
    whole = [str(now), str(last), grown, str(last), str(last)][:columns]
    assert places(heads, whole) == tuple(range(columns))
    assert places(heads, whole[:1]) == (0,)
    assert places(heads[:2], whole[:2]) == (0, 1)
    if columns > 3 and abs(last - float(grown)) > 1:
        assert places(heads, [whole[0], whole[1], whole[3]]) == (0, 1, 3)
    assert places(["城市", "农村", "环比"], ["12", "13"]) == ()


def test_a_bar_below_its_cell_goes_before_it():
    text = "\n".join(BARS_BELOW)
    lines = cut_lines(pl.DataFrame({"document_id": ["a"], "reading": [text]}))
    moved = with_bars_behind(lines)
    assert moved["line"].to_list() == list(range(moved.height))
    for start, end, line in moved.select("start", "end", "text").iter_rows():
        assert text[start:end].replace("\n", " ") == line
