"""Layouts that only what a table holds in itself tells: sums, parts, kinds of figures, names of its rows."""

from __future__ import annotations

import polars as pl
import pytest
from files_read import FilesRead

from pipeline.reading.tables.spaced.by_values import by_values

# a cell of each: its digits, its place where digits come again, and what is read of it
CASES = {
    "below_blanks.txt": (
        "青河县2022年社会组织统计\n| 地区 | 社会团体 | 民办非企业单位 | 基金会 |\n"
        "| | 总数 | 其中: | 总数 | 其中: | |\n| | | 新登记 | 注销 | | 新登记 | 注销 | |\n"
        "| 东区 | 164 | 12 | 11 | 487 | 19 | 16 | 5 |\n| 西区 | 97 | 21 | 13 | 126 | 22 | 18 | 1 |\n",
        {"487": ("private_nonenterprise", "level"), "13": ("social_group", "removed")},
    ),
    "page_head.txt": (
        "某县2021年救助资金表\n信息分类:财政资金|社会救助 公开方式:主动公开 生成日期:2022-01-22\n||||\n"
        "|序号|项目|支出(万元)|人数|\n|1|城市低保|1246.2|1683|\n|2|临时救助|496.9|2318|\n",
        {"1246.2": ("dibao", 2021), "1683": ("dibao", 2021)},
    ),
    "shares.txt": (
        "| 领域 | 社会团体 | 占比(%) | 民办非企业单位 | 占比(%) |\n"
        "| 教育 | 96 | 9.6 | 917 | 45.9 |\n| 卫生 | 904 | 90.4 | 1083 | 54.1 |\n",
        {"9.6": ("social_group", "ratio"), "54.1": ("private_nonenterprise", "ratio")},
    ),
    "blank_cells.txt": (
        "平川县2020年救助月报\n月份 低保户数 低保资金(万元) 临时救助人次 孤儿人数\n"
        "1月 2936 193.06 35 44\n2月 2921 192.11 127 44\n3月 2917 191.7 41 45\n4月 2890 189.57 45\n"
        "5月 2884 188.9 52 46\n",
        {"2890": ("dibao", "户"), "189.57": ("dibao", "元")},
    ),
    "outer_names.txt": (
        "2023年11月救助资金发放\n"
        "项目          保障户数     保障人数\n城市低保                214         301\n"
        "农村低保               2906        4517\n特困供养  集中          183         190\n"
        "          分散          972         985\n临时救助                 26          61\n",
        {"183": ("tekun", "户"), "985": ("tekun", "人"), "61": ("temporary_assistance", "人")},
    ),
    "short_total.txt": (
        "高龄津贴发放情况\n"
        "年龄段      标准(元/月)      人数      金额(元)\n80-89周岁      50      4120      206000\n"
        "90-99周岁      100      655      65500\n合计                4775      271500\n",
        {"4775": ("old_age_allowance", "人"), "271500": ("old_age_allowance", "元")},
    ),
    "parts.txt": (
        "2023年救助管理工作量\n| 站名 | 救助人次 | 站内 | 站外 |\n| 市救助站 | 812 | 690 | 122 |\n"
        "| 甲县救助站 | 206 | 170 | 36 |\n| 乙县救助站 | 133 | 101 | 32 |\n",
        {"690": ("vagrant_assistance", "人次"), "32": ("vagrant_assistance", "人次")},
    ),
    "homes.txt": (
        "2024年重点工程推进表\n| 工程名称 | 床位数(张) | 总投资(万元) |\n| 盛泽镇敬老院 | 96 | 3650 |\n"
        "| 七都镇公墓 | 40 | 2100 |\n",
        {"3650": ("elder_institution", "part"), "2100": ("cemetery", "part")},
    ),
}
READ = FilesRead({name: text for name, (text, _) in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_what_a_table_holds_tells_its_layout(name):
    text, wanted = CASES[name]
    rows = {row["span_start"]: row for row in READ.rows("core.observations", name)}
    for digits, said in wanted.items():
        row = rows[text.index(digits)]
        held = {row[field] for field in ("subject", "change", "unit", "measure", "scope", "year")}
        assert set(said) <= held, (digits, row)


def test_whole_rows_of_words_alone_place_no_other_row():
    words = [(1, 0, column, text) for column, text in enumerate(("甲镇", "已建", "在建"))]
    short = [(1, 1, column, text) for column, text in enumerate(("乙镇", "12"))]
    held, rows = (
        pl.DataFrame(cells, ["grid", "row", "column", "text"], orient="row") for cells in (words, short)
    )
    assert by_values(rows, held).is_empty()
