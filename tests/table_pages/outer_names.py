"""Names that stand once for several rows, where nothing but the making of the rows tells it."""

from __future__ import annotations

ROWS = [
    ["序号", "救助类别", "保障对象", "2020年标准", "2021年标准", "提标额", "提标幅度"],
    ["1", "最低生活保障", "城市", "640", "690", "50", "7.8%"],
    ["", "", "农村", "455", "505", "49", "11.0%"],
    ["2", "特困人员", "集中供养", "960", "1036", "76", "7.9%"],
    ["", "", "分散供养", "832", "897", "65", "7.8%"],
    ["3", "孤儿", "机构养育", "1710", "1820", "110", "6.4%"],
    ["", "", "散居", "1230", "1330", "100", "8.1%"],
]
TITLE = "龙泉市救助保障标准一览表（2021年度）\n单位：元/月\n"
SAYS = [
    "505 dibao.standard 505 元/月 residence=rural year=2021 status=actual",
    "49 dibao.standard 49 元/月 residence=rural change=delta",
    "832 tekun.standard 832 元/月 subgroup=分散供养 status=prior year=2020",
    "1330 orphan.standard 1330 元/月 year=2021",
]
OFFICES = (
    "龙泉市民政局办件量统计\n统计时段：2022年1月至12月\n科室\n事项名称\n受理（件）\n办结（件）\n"
    "社会救助科\n低保确认\n511\n509\n特困认定\n72\n71\n社会事务科\n收养登记\n4\n3\n婚姻登记\n2214\n2213\n"
)


def _fixed() -> str:
    wide = [max(len(row[n].encode("gb18030")) for row in ROWS) + 3 for n in range(len(ROWS[0]))]
    lines = (
        "".join(cell + " " * (wide[n] - len(cell.encode("gb18030"))) for n, cell in enumerate(row))
        for row in ROWS
    )
    return "\n".join(line.rstrip() for line in lines)


PAGES: dict[str, tuple[str, list[str]]] = {
    "outer_names_a_cell_a_line.txt": (TITLE + "\n".join(c for row in ROWS for c in row if c) + "\n", SAYS),
    "outer_names_one_blank_apart.txt": (
        TITLE + "\n".join(" ".join(c for c in row if c) for row in ROWS) + "\n",
        SAYS,
    ),
    "outer_names_at_fixed_width.txt": (TITLE + _fixed() + "\n", SAYS),
    "outer_names_of_offices.txt": (
        OFFICES,
        ["71 tekun.cases 71 件 year=2022", "2213 marriage_registration.cases 2213 件"],
    ),
}
