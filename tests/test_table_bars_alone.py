"""Tables copied with each bar on a line of its own: every figure stands in one table, once."""

from __future__ import annotations

from files_read import FilesRead

ROWS = [
    ("指 标", "单 位", "数 量"),
    ("1.社会救助", "", ""),
    ("城市最低生活保障人数", "万人", "21.4"),
    ("城市最低生活保障户数", "万户", "12.8"),
    ("农村最低生活保障人数", "万人", "43.9"),
    ("2.养老服务", "", ""),
    ("养老机构", "个", "318"),
    ("其中：农村敬老院", "个", "205"),
    ("养老机构床位", "万张", "4.6"),
    ("3.婚姻登记", "", ""),
    ("结婚登记", "万对", "3.1"),
    ("离婚登记", "万对", "1.2"),
]


def page() -> str:
    cells = [line for row in ROWS for cell in row for line in ([cell] if cell else []) + ["|"]]
    return "\n".join(["2011年3月份民政事业统计月报", *cells]) + "\n"


def test_each_figure_is_read_once():
    read = FilesRead({"bars.txt": page()})
    rows = read.rows("core.mentions", "bars.txt")
    starts = [row["span_start"] for row in rows]
    assert len(starts) == len(set(starts))
    figures = [row for row in read.rows("core.observations", "bars.txt") if row["table_id"]]
    assert sorted(row["value"] for row in figures) == sorted(
        [214_000, 128_000, 439_000, 318, 205, 46_000, 31_000, 12_000]
    )


def test_names_with_codes_and_no_figures_are_no_table():
    """The numbers of rows are all the figures there are: 1, name, code, kind; 2, name, code, kind."""
    codes = ("51440300MJL1234567", "52440300MJL2345678", "53440300MJL3456789")
    names = ("向阳县棋类协会", "向阳县朝霞养老院", "向阳县善行基金会")
    kinds = ("社会团体", "民办非企业单位", "基金会")
    rows = [("序号", "名称", "代码", "类型", "结论", "备注"), ("",)]
    rows += [
        (str(n), name, code, kind, "合格", "")
        for n, (name, code, kind) in enumerate(zip(names, codes, kinds, strict=True), 1)
    ]
    cells = [line for row in rows for cell in row for line in ([cell] if cell else []) + ["|"]]
    read = FilesRead({"codes.txt": "\n".join(["2016年度社会组织年检结果", "|", *cells]) + "\n"})
    assert [row for row in read.rows("core.observations", "codes.txt") if row["value"] in (1, 2, 3)] == []
