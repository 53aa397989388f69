"""Tables with a cell a line as pages and bulletins lose them, with blank cells and bars."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "blank_lines_for_blank_cells.txt": (
        """梁河县2022年10月低保金发放公示
单位：户、人、元
序号
乡镇
城市低保
农村低保
备注
户数
人数
金额
户数
人数
金额
1
遮岛镇
118
170
71400
96
241
60250

2
河西乡



310
902
225500
无城市对象
3
芒东镇
14
19
7980
402
1130
282500

4
勐养镇
9
12
5040
288
811
202750


合计
141
201
84420
1096
3084
771000

""",
        [
            "170 dibao.persons 170 人 residence=urban place=遮岛镇",
            "902 dibao.persons 902 人 residence=rural place=河西乡",
            "225500 dibao.expenditure 225500 元 residence=rural",
            "84420 dibao.expenditure 84420 元 residence=urban scope=region",
        ],
    ),
    "stars_are_sums.txt": (
        """永定县2023年11月民政统计月报
指标名称
计量单位
本期
上年同期
一、社会救助
（一）最低生活保障
1.城市低保人数
人
1,204
1,310
2.城乡低保支出*
万元
4,102.5
3,980.1
（二）特困人员救助供养
1.集中供养
人
188
190
2.分散供养
人
1,210
1,244
注：带“*”的指标为年初至本期末累计数，其余为期末时点数。
""",
        [
            "1,204 dibao.persons 1204 人 residence=urban period_end=2023-11-30",
            "1,310 dibao.persons 1310 人 status=prior year=2022",
            "4,102.5 dibao.expenditure 41025000 元 period_start=2023-01-01 period_end=2023-11-30",
            "188 tekun.persons 188 人 subgroup=集中供养",
        ],
    ),
    "a_bar_before_each_cell.txt": (
        """中江县2021年第二季度特困供养和临时救助情况表

|填报单位：中江县民政局
|
|
|单位：户、人、元
|
|序号
|乡镇
|特困人员
|临时救助
|
|集中供养
|分散供养
|供养资金
|户数
|人数
|金额
|1
|辑庆镇
|14
|102
|233,160
|21
|52
|31,500
|2
|仓山镇
|27
|188
|431,990
|
|
|
|3
|永太镇
|9
|76
|170,850
|16
|35
|22,400
|
|合计
|50
|366
|836,000
|37
|87
|53,900
""",
        [
            "14 tekun.persons 14 人 place=辑庆镇 subgroup=集中供养",
            "431,990 tekun.expenditure 431990 元 place=仓山镇",
            "16 temporary_assistance.households 16 户 place=永太镇",
            "366 tekun.persons 366 人 scope=region subgroup=分散供养",
            "53,900 temporary_assistance.expenditure 53900 元 scope=region",
        ],
    ),
    "list_that_a_sentence_dates.txt": (
        """睢宁县养老机构基本信息公开
截至2017年8月底，全县养老机构的名单和基本情况如下：
睢宁县养老机构一览表
序号
机构名称
性质
核定床位（张）
在院老人（人）
联系电话
1
睢宁县社会福利院
公办
210
150
0516-80381120
2
岚山镇敬老院
公办
90
61
0516-80382206
3
睢宁县安康老年公寓
民办
120
83
0516-80384471
""",
        [
            "210 elder_institution.beds 210 张 period_end=2017-08-31 scope=part",
            "61 elder_institution.persons 61 人 period_end=2017-08-31 place=岚山镇敬老院",
        ],
    ),
    "codes_before_names.txt": (
        "龙泉市2020年社会救助支出情况\n\n项目编码\n救助项目\n2019年\n2020年\n人次\n（人次）\n金额\n（万元）\n"
        "人次\n（人次）\n金额\n（万元）\n2081901\n城市低保\n504\n30.6\n511\n31.2\n"
        "2081902\n农村低保\n580\n28.8\n602\n29.4\n2082001\n临时救助\n318\n60.6\n341\n63.9\n",
        [
            "30.6 dibao.expenditure 306000 元 residence=urban year=2019",
            "341 temporary_assistance.person_times 341 人次 year=2020",
        ],
    ),
}
