"""Tables whose second line of heads stands below some of the first alone, one blank between all cells."""

from __future__ import annotations

import pytest
from files_read import FilesRead

ROWS = ((118, 24, 37, 3), (127, 31, 33, 9), (109, 22, 48, 2), (136, 29, 35, 6))
STUBS = {
    "季度": ("一季度", "二季度", "三季度", "四季度"),
    "月份": ("1月", "2月", "3月", "4月"),
    "年份": ("2018年", "2019年", "2020年", "2021年"),
    "乡镇": ("桥头镇", "东山镇", "西河乡", "南岭镇"),
}
KINDS = {
    ("结婚登记 离婚登记 补发证书", "结婚证 离婚证"): (2, "marriage_reissue", "marriage_reissue"),
    ("补发证书 结婚登记 离婚登记", "结婚证 离婚证"): (0, "marriage_reissue", "marriage_reissue"),
    ("离婚登记 补领婚姻登记证 结婚登记", "初婚 再婚"): (2, "marriage", "marriage"),
    ("低保人数 低保户数 特困人员", "集中 分散"): (2, "tekun", "tekun"),
    ("社会组织 社区 行政村", "社会团体 基金会"): (0, "social_group", "foundation"),
}


def page(stub: str, upper: str, lower: str) -> str:
    rows = [f"{name} {' '.join(map(str, row))}" for name, row in zip(STUBS[stub], ROWS, strict=True)]
    return "\n".join(["桥头县2021年情况统计", f"{stub} {upper}", lower, *rows]) + "\n"


PAGES = {f"{n}.txt": page("季度", *heads) for n, heads in enumerate(KINDS)} | {
    f"{stub}.txt": page(stub, *next(iter(KINDS))) for stub in STUBS
}


READ = FilesRead(PAGES)


@pytest.fixture
def files():
    return READ


def subjects(files: FilesRead, name: str) -> list[str]:
    rows = sorted(files.rows("core.observations", name), key=lambda row: row["span_start"])
    return [row["subject"] for row in rows]


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_a_kind_stands_below_the_one_head_that_it_is_of(files, number):
    column, *both = list(KINDS.values())[number]
    found = subjects(files, f"{number}.txt")
    assert len(found) == len(ROWS) * 4
    assert found[column : column + 2] == both


@pytest.mark.parametrize("stub", STUBS)
def test_whatever_the_rows_are_told_by(files, stub):
    found = subjects(files, f"{stub}.txt")
    assert found == ["marriage", "divorce", "marriage_reissue", "marriage_reissue"] * len(ROWS)


def test_rows_of_quarters_are_of_their_months(files):
    rows = sorted(files.rows("core.observations", "季度.txt"), key=lambda row: row["span_start"])
    assert {str(row["period_start"])[5:7] for row in rows[4:8]} == {"04"}
