"""Columns that blanks set apart under years under broken heads."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "old_beside_new_standards.txt": (
        """2022年吉林全省城乡低保和特困人员基本生活标准一览表
（自2022年9月1日起执行）                           单位：元/人·月

        城市低保标准      农村低保标准         农村特困人员
序号 地区                                     基本生活标准
        2021年   2022年   2021年   2022年   2021年   2022年
 1  长春市   660   705   480   520   1001   1085
 2  吉林市   590   630   430-450   460-490   915   966
 3  四平市   570   600   415   450   900   940

— 2 —

 4  辽源市   560   590   400   440   890   930
 5  白山市   550   585   395   430   880   915
 全省平均   586   622   424   462   917   967

说明：吉林市农村低保标准按涉农区、县（市）分档。

— 3 —
""",
        [
            "660 dibao.standard 660 元/人/月 residence=urban year=2021 place=长春市",
            "630 dibao.standard 630 元/人/月 residence=urban year=2022 place=吉林市",
            "440 dibao.standard 440 元/人/月 residence=rural year=2022 place=辽源市",
            "1001 tekun.standard 1001 元/人/月 residence=rural year=2021",
            "967 tekun.standard 967 元/人/月 residence=rural year=2022",
        ],
    ),
}
