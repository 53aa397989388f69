"""Tables between bars whose rows were broken over lines, or lost merged cells, when a page was copied."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "blank_cells_on_lines_of_their_own.txt": (
        "龙泉市2021年3季度民政统计季报\n指 标 | 单 位 | 数 量 |\n一、行政区划 |\n|\n|\n街道 | 个 | 4 |\n"
        "镇 | 个 | 8 |\n"
        "二、社会救助 |\n|\n|\n城市最低生活保障 |\n|\n|\n城市低保人数 | 人 | 312 |\n"
        "城市低保户数 | 户 | 205 |\n"
        "临时救助 | 人次 | 96 |\n三、社会组织 |\n|\n|\n社会团体 | 个 | 118 |\n说明:社会组织含备案的。 |\n"
        "|\n|\n",
        [
            "4 admin_division.count 4 个 subgroup=街道",
            "205 dibao.households 205 户 residence=urban",
            "96 temporary_assistance.person_times 96 人次 residence=total",
            "118 social_group.count 118 个 subgroup=None",
        ],
    ),
    "next_heading_in_a_name.txt": (
        "龙泉市2024年1季度民政统计季报\n指标 | 单位 | 数量 | |||\n#乡 | 个 | 7 | |||\n"
        "养老机构 二、社会救助 城市最低生活保障 |\n"
        "个 | 21 | |||\n最低生活保障人数 | 人 | 298 | |||\n农村最低生活保障 |\n|||||\n"
        "最低生活保障人数 | 人 | 4,106 | |||\n"
        "孤儿 | 人 | 19 | |||\n离婚登记 三、社会组织 |\n对 | 77 | |||\n基金会 | 个 | 2 | |||\n"
        "注:数据不含备案的。 |\n",
        [
            "21 elder_institution.count 21 个 residence=total",
            "298 dibao.persons 298 人 residence=urban subgroup=None",
            "4,106 dibao.persons 4106 人 residence=rural subgroup=None",
            "77 divorce.couples 77 对",
            "2 foundation.count 2 个",
        ],
    ),
    "rows_filled_up_with_bars.txt": (
        "绩效目标自评表 (2022年度) |\n|||||\n项目名称 |\n临时救助 |\n||||\n主管部门 |\n云和县民政局 |\n||||\n"
        "一级指标 |\n二级指标 |\n三级指标 |\n分值 |\n年度指标值 |\n全年实际值 |\n产出指标 |\n数量指标 |\n"
        "临时救助人次 |\n10 |\n"
        "≥150人次 |\n163人次 |\n|\n|\n农村低保人数 |\n10 |\n≥2100人 |\n2088人 |\n效益指标 |\n社会效益 |\n"
        "满意度 |\n10 |\n≥90% |\n95% |\n",
        [
            "≥150人次 temporary_assistance.person_times 150 人次 status=target",
            "163人次 temporary_assistance.person_times 163 人次 status=actual",
            "2088人 dibao.persons 2088 人 status=actual residence=rural",
        ],
    ),
    "merged_names_dropped.txt": (
        "丽水市2022年城市低保标准和人数\n| 类别 | 地区 | 标准(元/人·月) | 人数(人) |\n"
        "| 一类 | 莲都区 | 886 | 1204 |\n"
        "| 龙泉市 | 861 | 640 |\n| 二类 | 云和县 | 830 | 312 |\n| 庆元县 | 830 | 287 |\n"
        "| 景宁畲族自治县 | 822 | 301 |\n",
        [
            "640 dibao.persons 640 人 place=龙泉市",
            "830 dibao.standard 830 元/人/月 place=云和县",
            "301 dibao.persons 301 人 place=景宁畲族自治县",
        ],
    ),
}
