"""Tables with two figures in a cell."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "households_and_persons_in_a_cell.txt": (
        """桑植县2022年6月社会救助情况统计表
| 乡镇 | 城市低保(户/人) | 农村低保(户/人) | 临时救助人次 | 特困人员救助供养人数 |
| 澧源镇 | 812/1340 | 1530/3205 | 96 | 118 |
| 瑞塔铺镇 | 77/121 | 940/1877 | 31 | 84 |
| 官地坪镇 | — | 655/1290 | 22 | 57 |
| 合计 | 889/1461 | 3125/6372 | 149 | 259 |
""",
        [
            "812 dibao.households 812 户 residence=urban place=澧源镇",
            "1340 dibao.persons 1340 人 residence=urban place=澧源镇",
            "1877 dibao.persons 1877 人 residence=rural",
            "655 dibao.households 655 户 place=官地坪镇",
            "96 temporary_assistance.person_times 96 人次",
            "259 tekun.persons 259 人 scope=region",
            "6372 dibao.persons 6372 人 scope=region",
        ],
    ),
    "words_for_both_figures.txt": (
        """桑植县2021年农村低保情况
镇名\t低保户数/人数\t月支出（万元）
澧源镇\t1530/3205\t61.2
瑞塔铺镇\t940/1877\t38.4
""",
        [
            "1530 dibao.households 1530 户 residence=rural",
            "1877 dibao.persons 1877 人 place=瑞塔铺镇",
            "38.4 dibao.expenditure 384000 元",
        ],
    ),
}
