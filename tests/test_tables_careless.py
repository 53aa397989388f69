"""Tables as careless people leave them: rows run together, cells a line each, heads broken."""

import polars as pl
import pytest

from pipeline.reading.layout.cutting import cut_lines
from pipeline.reading.tables.find import find_tables
from pipeline.reading.tables.loose.cell_runs import cell_runs
from pipeline.reading.tables.loose.glued_rows import glued_rows

GLUED = """序号 指标名称 单位 年度目标 完成数
1 新增床位 张 200 168
2困难老人家
庭适老化改造户 320 310
(注:含上年结转)
3 孤儿助学人 22 19"""
WRAPPED = """乡镇 城乡低保 特困供养 临时救助
高龄津贴
合计 50 20 9 7
东乡街道 30 12 5
4
西溪镇20 8 4 3"""
CELLS = """序
号
乡镇
保障
户数
(户)
其 中
发放
资金
(元)
老年人
残疾人
1
东镇
12
310
5
3
2
西
镇
9
280
4
2
3
南镇
8
210
2
1"""
SHORT = """乡镇
集中供养
分散供养
失能
东镇
12
31
6
西镇
45
210
38
南镇
38
167
北镇
51
188
30
合计
146
596
74"""
BESIDE = """乡镇 新增户 新增人 乡镇 新增户 新增人
东镇12 20 西镇 6 11
南镇 7 9 北镇4 5"""


def _rows(text):
    cells = find_tables(pl.DataFrame({"document_id": ["a"], "reading": [text]})).cells
    rows = cells.filter(pl.col("row_role") == "body").sort("row", "column")
    return [
        dict(zip(row["column"], row["text"], strict=True))
        for row in rows.group_by("row", maintain_order=True).agg("column", "text").iter_rows(named=True)
    ]


def test_number_name_and_unit_may_run_together_and_break_over_lines():
    rows = _rows(GLUED)
    assert rows[1] == {0: "2", 1: "困难老人家庭适老化改造", 2: "户", 3: "320", 4: "310"}
    assert rows[2] == {0: "3", 1: "孤儿助学", 2: "人", 3: "22", 4: "19"}


def test_rows_may_go_on_in_the_next_line():
    assert _rows(WRAPPED)[1] == {0: "东乡街道", 1: "30", 2: "12", 3: "5", 4: "4"}


def test_numbers_prove_rows_of_a_cell_a_line_and_heads_are_joined():
    assert _rows(CELLS)[1] == {0: "2", 1: "西镇", 2: "9", 3: "280", 4: "4", 5: "2"}


def test_sums_tell_which_cell_is_blank():
    assert _rows(SHORT)[2] == {0: "南镇", 1: "38", 2: "167"}


def test_without_the_total_a_short_row_stays_out():
    rows = _rows(SHORT.split("合计")[0])
    assert "南镇" not in [row.get(0) for row in rows]


def test_tables_side_by_side_are_one_below_the_other():
    assert [row[0] for row in _rows(BESIDE)] == ["东镇", "西镇", "南镇", "北镇"]


@pytest.mark.parametrize("heads", ["指标 今年", "城市 农村 全市"])
def test_heads_that_are_not_as_many_as_the_columns_prove_nothing(heads):
    text = f"{heads}\n东镇12 20 31 5\n西镇6 11 9 8\n南镇7 9 1 2"
    lines = cut_lines(pl.DataFrame({"document_id": ["a"], "reading": [text]}))
    assert glued_rows(lines).is_empty()
    assert cell_runs(lines).is_empty()
