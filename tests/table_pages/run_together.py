"""Tables whose rows stand in one line, or below a line of heads a cell a line."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "all_rows_in_one_line.txt": (
        "龙泉市2021年社会救助统计\n单位：户、人 乡镇 低保户数 低保人数 特困人数 龙渊街道 402 711 63 "
        "安仁镇 335 598 81 "
        "住龙镇 290 477 52 合计 1027 1786 196\n",
        [
            "711 dibao.persons 711 人 place=龙渊街道",
            "290 dibao.households 290 户 place=住龙镇",
            "196 tekun.persons 196 人 scope=region place=None",
        ],
    ),
    "cells_below_a_line_of_heads.txt": (
        "龙泉市2020年孤儿和特困人员情况\n\n乡镇 孤儿人数 特困人数\n\n龙渊街道\n7\n63\n\n"
        "安仁镇\n4\n81\n\n住龙镇\n9\n52\n",
        ["81 tekun.persons 81 人 place=安仁镇", "9 orphan.persons 9 人 place=住龙镇"],
    ),
    "wide_commas_in_cells.txt": (
        "龙泉市2022年农村低保金发放表\n| 乡镇 | 人数 | 金额（元） |\n| 安仁镇 | 1，207 | 301，750 |\n"
        "| 住龙镇 | 988 | 1，240，060 |\n",
        [
            "1，207 dibao.persons 1207 人 place=安仁镇",
            "1，240，060 dibao.expenditure 1240060 元 place=住龙镇",
        ],
    ),
    "one_figure_in_brackets_behind_another.txt": (
        "龙泉市2022年城市低保情况\n乡镇\t户数（人数）\t当年新增户数（人数）\n安仁镇\t81（133）\t6（9）\n"
        "住龙镇\t64（102）\t3（5）\n八都镇\t40（71）\t2（4）\n",
        ["133 dibao.persons 133 人 place=安仁镇", "3 dibao.households 3 户 change=added place=住龙镇"],
    ),
}
