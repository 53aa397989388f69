"""What a row of totals sums up, what a column of growth compares, and whose unit a note below states."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "totals_end_a_stack.txt": (
        "龙泉市养老机构基本信息\n序号\n机构名称\n性质\n核定床位（张）\n在院老人（人）\n联系电话\n"
        "1\n龙泉市福利院\n公办\n420\n287\n5501186\n2\n东镇敬老院\n公办\n96\n41\n5523078\n"
        "3\n西镇敬老院\n民办\n110\n73\n5781220\n合计\n626\n401\n",
        ["626 elder_institution.beds 626 张", "401 elder_institution.persons 401 人"],
    ),
    "growth_behind_ascending_years.txt": (
        "主要指标\n 指标                        2021     2022     2022年比2021年增长\n"
        "年末城镇低保人数（万人）    9.05     7.64     -15.6\n"
        "年末农村低保人数（万人）    30.18    27.95    -7.4\n"
        "年末养老机构（个）          104      111      6.7\n",
        [
            "15.6 dibao.ratio -15.6 % change=delta residence=urban",
            "6.7 elder_institution.ratio 6.7 % change=delta",
        ],
    ),
    "unit_in_a_note_below.txt": (
        "特困人员照料护理标准\n类别\t城市\t农村\n全自理\t188元\t125元\n半护理\t490元\t320元\n"
        "全护理\t980元\t640元\n注：本表单位为元/人/月；由市、县两级负担。\n",
        [
            "188 tekun_nursing.standard 188 元/人/月 residence=urban",
            "640 tekun_nursing.standard 640 元/人/月",
        ],
    ),
    "months_and_their_sum.txt": (
        "龙泉市2020年上半年殡葬服务数据\n月份 | 火化遗体（具） | 减免金额（万元）\n"
        "1月 | 812 | 91.54\n2月 | 745 | 84.07\n"
        "3月 | 768 | 86.83\n合计 | 2325 | 262.44\n",
        [
            "2325 cremation.count 2325 个 period_start=2020-01-01 period_end=2020-03-31",
            "84.07 funeral_benefit.expenditure 840700 元 period_start=2020-02-01",
        ],
    ),
    "subtotals_of_groups.txt": (
        "龙泉市2020年特困供养及临时救助资金发放情况表\n项目 | 类别 | 方式 | 年末对象 | 全年支出\n"
        "特困人员基本生活 | 城市 | 集中供养 | 96人 | 104.8万元\n | | 分散供养 | 143人 | 156.2万元\n"
        "小　计 | | | 239人 | 261.0万元\n临时救助 | 城乡 | — | 682人次 | 96.3万元\n",
        ["239 tekun.persons 239 人", "261.0 tekun.expenditure 2610000 元"],
    ),
    "remarks_beside_merged_names.txt": (
        "龙泉市2024年5月保障对象动态管理情况表\n救助类别\n口径\n上月\n本月新增\n本月退出\n本月末\n备注\n"
        "城市低保\n户数（户）\n286\n4\n2\n288\n人数（人）\n412\n6\n3\n415\n"
        "农村低保\n户数（户）\n2531\n18\n27\n2522\n人数（人）\n6874\n41\n66\n6849\n含死亡19人\n"
        "孤儿\n社会散居（人）\n21\n1\n2\n20\n机构养育（人）\n13\n2\n1\n14\n",
        [
            "412 dibao.persons 412 人 residence=urban",
            "2522 dibao.households 2522 户 residence=rural",
            "41 dibao.persons 41 人 change=added residence=rural",
        ],
    ),
    "rates_beside_sums.txt": (
        "特困人员供养金发放情况\n供养方式\t人数(人)\t基本生活标准(元/人·月)\t发放金额(元)\n集中供养\t5\t1,043\t5,215\n"
        "分散供养\t13\t1,043\t13,559\n小计\t18\t\t18,774\n",
        ["5,215 tekun.expenditure 5215 元", "13,559 tekun.expenditure 13559 元"],
    ),
}
