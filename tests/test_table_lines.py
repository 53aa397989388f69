"""Lines that are tables: which of their words are cells, and which heads stand over which columns."""

from __future__ import annotations

import pytest
from files_read import FilesRead

ONE_LINE = """永安县社会救助月报（2020年8月）
2020-09-06 10:21:40
指标 单位 本月 累计 临时救助 人次 61 488 临时救助支出 万元 9.4 77.2 流浪救助 人次 5 39
"""
ONE_BLANK = """永安县2012年农村低保统计
乡 镇　户 数　人 数　乡 镇　户 数　人 数
东河镇　３１２　６４４　西河镇　２８９　５４６
南河镇　２０８　４２１　合　计　８０９　１６１１
"""
TORN = """永安县2022年养老服务情况
地 区    年末农    全年助餐    全年财政
         村食堂    服务人次    补助资金
         （个）    （人次）    （万元）
东河镇   12        8410        35.6
西河镇   9         6120        27.8
"""
TWO_BLANKS = """永安县民政局2023年支出预算表
单位：万元
科目  合计  基本支出  项目支出
行政运行  510.25  510.25
社会组织管理  32.60    32.60
农村低保金支出  1420    1420
临时救助支出  188.4    188.4
"""
THREE_LINES = """永安县2022年1-9月城乡低保统计表
单位:户、人、万元
乡镇 城市低保 农村低保
9月末 9月末 1-9月累计 9月末 9月末 1-9月累计
保障户数 保障人数 支出资金 保障户数 保障人数 支出资金
东河镇 132 205 68.4 612 889 97.3
西河镇 187 290 93.6 143 201 46.8
"""
TABLES = {
    "one_line.txt": ONE_LINE,
    "one_blank.txt": ONE_BLANK,
    "torn.txt": TORN,
    "two_blanks.txt": TWO_BLANKS,
    "three_lines.txt": THREE_LINES,
}
READ = FilesRead(TABLES)


@pytest.fixture
def read():
    """For the name of a table, its observations by the figure as it is written."""
    return READ.figures


def test_a_table_in_one_line_is_read_by_its_heads_and_not_as_of_when_it_was_published(read):
    found = read("one_line.txt")
    assert len(found) == 6
    assert [(found[n]["value"], str(found[n]["period_end"])) for n in ("61", "77.2")] == [
        (61, "2020-08-31"), (772000, "2020-08-31")
    ]  # fmt: skip
    assert str(found["77.2"]["period_start"]) == "2020-01-01"


def test_one_blank_divides_cells_and_their_words(read):
    found = read("one_blank.txt")
    assert [(row["value"], row["unit"], row["place"]) for row in found.values()] == [
        (312, "户", "东河镇"), (644, "人", "东河镇"), (289, "户", "西河镇"), (546, "人", "西河镇"),
        (208, "户", "南河镇"), (421, "人", "南河镇"), (809, "户", None), (1611, "人", None),
    ]  # fmt: skip


def test_heads_with_one_below_each_are_whole_where_one_of_them_is_torn(read):
    row = read("torn.txt")["12"]
    assert (row["subject"], row["residence"]) == ("meal_point", "rural")


def test_four_blanks_are_a_blank_cell_where_two_divide(read):
    text = TABLES["two_blanks.txt"]
    columns = {cell["span_start"]: cell["column"] for cell in READ.rows("core.cells", "two_blanks.txt")}
    assert len(READ.rows("core.observations", "two_blanks.txt")) == 8
    assert [columns[text.rindex(n)] for n in ("510.25", "32.60", "188.4")] == [2, 3, 3]


def test_of_lines_with_a_head_for_each_column_the_last_tells_what_is_above_them(read):
    found = read("three_lines.txt")
    assert [(found[n]["unit"], found[n]["residence"]) for n in ("205", "93.6", "612", "46.8")] == [
        ("人", "urban"), ("元", "urban"), ("户", "rural"), ("元", "rural")
    ]  # fmt: skip
