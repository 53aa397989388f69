"""Tables whose rows run together, without anything between their cells."""

from __future__ import annotations

import pytest
from files_read import FilesRead

GLUED = """龙泉市2022年城乡低保发放汇总表
乡镇户数人数金额（元）
龙渊街道1,1042,087702,155
安仁镇1,3452,610899,030
住龙镇9871,764588,206
合计3,4366,4612,189,391
"""
PARTLESS = GLUED.replace(",", "").replace("合计", "柳溪镇")
WITH_UNITS = """龙泉市2021年养老机构名录
序号机构名称建筑面积床位数入住老人工作人员成立时间
合计3家5100㎡330张206人39人
1八都镇敬老院1200㎡80张—7人2004年
2住龙镇敬老院900㎡60张31人5人2009年5月
3龙泉市社会福利院3000㎡190张175人27人1996年
"""
LACKING = """龙泉市2021年婚姻登记情况
月份结婚登记离婚登记补领证件
1月210对31对18件
2月305对28对
3月188对40对9件
"""
SHARES = """龙泉市2021年老年人口情况
街镇户籍总人口60岁及以上80岁及以上60+占总人口(%)
合计84,99521,9253,42525.80
龙渊街道31,2206,4501,02320.66
西街街道28,4417,1121,60325.01
八都镇25,3348,36379933.01
"""
SHARES_ALONE = """龙泉市2020年老年人口情况
乡镇总人口60岁以上人口80岁以上人口老龄化率
安仁镇312206450102320.66%
住龙镇284417112160325.01%
八都镇25334836379933.01%
"""
TABLES = {
    f"{n}.txt": text for n, text in enumerate((GLUED, PARTLESS, WITH_UNITS, LACKING, SHARES, SHARES_ALONE))
}
NAMES = {text: name for name, text in TABLES.items()}


READ = FilesRead(TABLES)


@pytest.fixture
def read():
    """For the text of each table, its observations by the figure as it is written."""
    return lambda text: READ.figures(NAMES[text])


def test_figures_that_run_together_part_where_commas_and_sums_allow_one_way(read):
    found = read(GLUED)
    assert [(row["value"], row["unit"], row["place"]) for row in found.values()][3:9] == [
        (1345, "户", "安仁镇"), (2610, "人", "安仁镇"), (899030, "元", "安仁镇"),
        (987, "户", "住龙镇"), (1764, "人", "住龙镇"), (588206, "元", "住龙镇"),
    ]  # fmt: skip
    assert list(found)[-3:] == ["3,436", "6,461", "2,189,391"]


def test_figures_that_run_together_part_behind_their_units(read):
    found = read(WITH_UNITS)
    assert [(found[n]["value"], found[n]["unit"], found[n]["place"]) for n in ("5100㎡", "27人", "7人")] == [
        (5100, "平方米", None), (27, "人", "龙泉市社会福利院"), (7, "人", "八都镇敬老院"),
    ]  # fmt: skip
    assert {row["year"] for row in found.values()} == {2021}
    assert all(row["table_id"] for row in found.values())


def test_a_row_that_lacks_a_cell_lies_below_the_heads_of_its_units(read):
    found = read(LACKING)
    assert [(found[n]["subject"], found[n]["table_id"] is not None) for n in ("305对", "28对")] == [
        ("marriage", True), ("divorce", True),
    ]  # fmt: skip


def test_shares_do_not_add_up_where_figures_run_together(read):
    found = read(SHARES)
    assert [(row["value"], row["unit"], row["place"]) for row in found.values()][-4:] == [
        (25334, "人", "八都镇"), (8363, "人", "八都镇"), (799, "人", "八都镇"), (33.01, "%", "八都镇"),
    ]  # fmt: skip


def test_shares_tell_how_figures_part_that_have_no_sum(read):
    found = read(SHARES_ALONE)
    assert [row["value"] for row in found.values()][:4] == [31220, 6450, 1023, 20.66]


def test_figures_that_may_part_in_several_ways_stay_unread(read):
    assert not any(row["table_id"] for row in read(PARTLESS).values() if row["value"] < 10**6)
