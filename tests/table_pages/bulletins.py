"""Bulletins and yearly tables typed at fixed width, with the line that says who made them."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "number_of_a_bulletin_above_its_heads.txt": (
        "龙泉市民政统计月报\n(2022年8月)\n龙泉市民政局计财科编        总第68期        2022年9月5日\n\n"
        "                      计量                自年初累计             比上年同期\n"
        "  指 标 名 称         单位    本月     本年      上年同期         增减%\n"
        " 结婚登记              对     61       702         655           ↑7.2\n"
        " 离婚登记              对     23       214         233           ↓8.2\n"
        " 临时救助             人次    40       512         498           ↑2.8\n",
        [
            "61 marriage.couples 61 对 period_start=2022-08-01",
            "702 marriage.couples 702 对 period_start=2022-01-01 period_end=2022-08-31",
            "655 marriage.couples 655 对 status=prior change=level year=2021",
            "8.2 divorce.ratio -8.2 % change=delta year=2022",
        ],
    ),
    "units_behind_a_name_that_leads_rows.txt": (
        "龙泉市历年民政指标(2019—2021年)\n\n"
        "指      标                       2019年    2020年    2021年\n"
        "城市低保标准(元/人·月)          610       645       680\n"
        "特困供养护理标准(元/人·月)\n"
        "    全护理                       790       830       870\n"
        "    半护理                       395       415       435\n"
        "火化率(%)                       71.2      73.5      76.8\n",
        [
            "830 tekun_nursing.standard 830 元/人/月 year=2020 subgroup=全护理",
            "435 tekun_nursing.standard 435 元/人/月 year=2021",
            "71.2 cremation.ratio 71.2 % year=2019",
        ],
    ),
    "heads_over_two_lines_one_blank_apart.txt": (
        "龙泉市2024年养老服务项目任务表\n乡镇 新增家庭 困难老年人家庭 新建老年\n养老床位 适老化改造 助餐点\n"
        "(张) (户) (个)\n合计 95 210 12\n安仁镇 40 90 5\n八都镇 35 70 4\n住龙镇 20 50 3\n",
        [
            "95 home_care_bed.beds 95 张 place=None",
            "70 home_adaptation.households 70 户 place=八都镇",
            "3 meal_point.count 3 个 place=住龙镇",
        ],
    ),
    "standards_that_hold_from_a_day_on.txt": (
        "龙泉市社会救助标准调整表(2023年)\n根据上级文件,从9月1日起执行以下标准:\n"
        "对象\t原标准\t现标准\t单位\n城市低保\t820\t865\t元/人·月\n农村低保\t820\t865\t元/人·月\n"
        "孤儿集中养育\t2010\t2105\t元/人·月\n",
        [
            "865 dibao.standard 865 元/人/月 residence=urban status=actual year=2023 period_end=2023-12-31",
            "2010 orphan.standard 2010 元/人/月 status=prior",
        ],
    ),
}
