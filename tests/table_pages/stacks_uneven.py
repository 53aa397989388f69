"""Tables with a cell a line whose upper heads are of different widths."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "stacked_uneven_heads.txt": (
        """盐源县民政事业基本情况
（2016年）

乡  镇
养老服务机构
特困人员救助供养人数(人)
儿童之家(个)
农村幸福院数(个)
机构数(个)
床位数(张)
年末入住人数(人)
集中供养
分散供养
盐井镇
3
210
145
61
184
5
9
卫城镇
2
126
77
40
203
4
12
梅雨镇
1
58
31
17
96
2
7
资料来源：县民政局
""",
        [
            "126 elder_institution.beds 126 张 place=卫城镇 scope=part",
            "77 elder_institution.persons 77 人 place=卫城镇",
            "61 tekun.persons 61 人 subgroup=集中供养 place=盐井镇",
            "203 tekun.persons 203 人 subgroup=分散供养 place=卫城镇",
        ],
    ),
    "stacked_rounds_cut_short.txt": (
        """平陆县2019年6月社会救助资金发放表
乡镇
农村低保
城市低保
合计金额（元）
户数
人数
金额（元）
人数
金额（元）
圣人涧镇
132
217
61380
58
27840
89220
常乐镇
204
351
98280
33
15840
114120
张店镇
97
168
47040
12
5760
52800
""",
        [
            "217 dibao.persons 217 人 residence=rural place=圣人涧镇",
            "33 dibao.persons 33 人 residence=urban place=常乐镇",
            "5760 dibao.expenditure 5760 元 residence=urban",
        ],
    ),
    "heads_without_the_blanks.txt": (
        """颍上县2021年7月城市低保对象综合统计表
填表单位：颍上县民政局 单位:人、元 填表日期:2021年8月3日
| 地 区 |
低保户数(户) |
当月低保对象人数(人) |
累计低保对象人数(人) |
低保对象类别(人) |
当月资金支出数(万元) |
累计资金支出数(万元) |
当月人均补助水平(元) |
低保标准(元) |
| 老年人 |
成年人 |
未成年人 |
| 城关镇 |
512 |
801 |
5621 |
233 |
421 |
147 |
42.1 |
291.3 |
526 |
697 |
| 毛集镇 |
88 |
140 |
990 |
41 |
72 |
27 |
7.2 |
50.6 |
514 |
697 |
| 合 计 |
600 |
941 |
6611 |
274 |
493 |
174 |
49.3 |
341.9 |
524 |
697 |
""",
        [
            "801 dibao.persons 801 人 place=城关镇",
            "233 dibao.persons 233 人 subgroup=老年人 residence=urban",
            "147 dibao.persons 147 人 subgroup=未成年人",
            "7.2 dibao.expenditure 72000 元 place=毛集镇 period_start=2021-07-01",
            "697 dibao.standard 697 元/人/月",
        ],
    ),
    "form_without_units.txt": (
        """社会服务统计季报表2018.09
| |
社会服务统计季报表 |
|
| 编制单位:龙川县民政局
|
| 地区编码:441622000000 |
2018年9月 |
|
| 指标名称 |
单位 |
数量 |
上季度 |
环比 |
上月 |
| 甲 |
乙 |
1 |
2 |
3 |
4 |
| (一)行政区划 |
|
|
|
|
|
| 乡镇级合计 |
个 |
21 |
21 |
|
|
| 1.镇 |
个 |
20 |
20 |
|
|
| (二)社会服务事业费累计支出 |
万元 |
12,532.1 |
8,022.9 |
56.20 |
11,087.6 |
| 1.社会救助 |
万元 |
6,276.7 |
4,099.8 |
53.10 |
5,624.9 |
| (1)最低生活保障 |
|
5,650.4 |
3,702.9 |
52.59 |
5,020.2 |
| A 城市低保累计支出 |
万元 |
517.5 |
359.9 |
43.79 |
460.3 |
| I 城市低保金 |
万元 |
480.1 |
322.5 |
48.87 |
422.9 |
| II 城市低保临时补助 |
万元 |
37.4 |
37.4 |
|
37.4 |
| B 农村低保累计支出 |
万元 |
5,132.9 |
3,343.0 |
53.54 |
4,559.9 |
| (2)特困人员救助供养支出 |
|
626.3 |
396.9 |
57.80 |
604.7 |
| 二、社会工作 |
|
|
|
|
|
| 孤儿数 |
人 |
142 |
144 |
-1.39 |
142 |
| 其中:社会散居 |
人 |
120 |
121 |
-0.83 |
120 |
| 结婚登记 |
对 |
2,310 |
1,602 |
44.19 |
2,044 |
""",
        [
            "5,650.4 dibao.expenditure 56504000 元 status=actual period_start=2018-01-01",
            "517.5 dibao.expenditure 5175000 元 residence=urban subgroup=None",
            "322.5 dibao.expenditure 3225000 元 residence=urban subgroup=城市低保金 status=prior",
            "626.3 tekun.expenditure 6263000 元 residence=total",
            "144 orphan.persons 144 人 status=prior year=2018",
        ],
    ),
    "three_levels.txt": (
        "古丈县2024年9月低保统计\n\n"
        "乡镇\n城市低保\n农村低保\n户数\n人数\n户数\n人数\n"
        "本月\n上月\n本月\n上月\n本月\n上月\n本月\n上月\n"
        "坪坝镇\n61\n62\n103\n104\n311\n315\n702\n709\n"
        "断龙山镇\n40\n41\n66\n68\n287\n290\n655\n660\n"
        "高峰镇\n25\n25\n39\n40\n198\n199\n441\n443\n",
        [
            "103 dibao.persons 103 人 residence=urban place=坪坝镇 period_end=2024-09-30",
            "290 dibao.households 290 户 residence=rural place=断龙山镇 period_end=2024-08-31",
        ],
    ),
    "a_row_of_units.txt": (
        "古丈县2024年民生项目完成情况\n\n"
        "乡镇\n居家适老化改造\n老年助餐点\n目标\n完成\n目标\n完成\n(户)\n(户)\n(个)\n(个)\n"
        "坪坝镇\n60\n45\n3\n2\n断龙山镇\n50\n50\n2\n2\n高峰镇\n30\n21\n1\n1\n",
        [
            "60 home_adaptation.households 60 户 status=target place=坪坝镇",
            "21 home_adaptation.households 21 户 status=actual place=高峰镇",
        ],
    ),
}
