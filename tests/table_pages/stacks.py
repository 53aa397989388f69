"""Tables with a cell a line."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "by_town_stacked.txt": (
        """2023年8月城市低保金发放公示

单位：元

序号

社区

户数

人数

发放金额

备注

1

北门社区

35

52

28,340

2

南街社区

28

41

22,150

合计

63

93

50,490

""",
        [
            "35 dibao.households 35 户 residence=urban scope=part place=北门社区 period_end=2023-08-31",
            "22,150 dibao.expenditure 22150 元 residence=urban place=南街社区 period_start=2023-08-01",
            "93 dibao.persons 93 人 scope=region place=None",
        ],
    ),
    "town_rows_under_bars.txt": (
        """| 2020年6月份农村低保金发放汇总表 |
|
|
|
| 填报单位:通城县民政局 |
单位:户、人、元 |
|
|
| 乡镇 |
户数 |
发放金额 |
本月退出人数 |
| 麦市镇 |
612 |
331870 |
|
| 大坪乡 |
318 |
166930 |
2 |
""",
        [
            "612 dibao.households 612 户 residence=rural place=麦市镇 period_end=2020-06-30",
            "166930 dibao.expenditure 166930 元 place=大坪乡 period_start=2020-06-01",
            "2 dibao.persons 2 人 change=removed place=大坪乡",
        ],
    ),
    "wide_heads_among_narrow_ones.txt": (
        "榆中县2024年5月农村低保金发放公示\n乡镇\n户数(户)\n人数(人)\n一类\n二类\n发放资金(元)\n户数\n人数\n户数\n人数\n"
        "城关镇\n301\n720\n40\n71\n261\n649\n215600\n夏官营镇\n188\n462\n22\n40\n166\n422\n138200\n",
        [
            "720 dibao.persons 720 人 residence=rural place=城关镇",
            "40 dibao.households 40 户 subgroup=一类",
            "422 dibao.persons 422 人 subgroup=二类 place=夏官营镇",
            "138200 dibao.expenditure 138200 元",
        ],
    ),
    "blank_cell_on_a_line.txt": (
        "凤台县行政村和社区情况(2021年末)\n\n"
        "乡镇\n村委会(个)\n居委会(个)\n户数(户)\n古塔街道\n\n8\n9120\n松坡镇\n12\n2\n7701\n兴隆乡\n9\n1\n4120\n",
        ["8 community.count 8 个 place=古塔街道", "7701 village.households 7701 户 place=松坡镇"],
    ),
    "remarks_in_few_rows.txt": (
        """盐亭县2023年3月残疾人两项补贴发放情况公示
单位：人、元
乡镇
困难残疾人生活补贴
重度残疾人护理补贴
合计金额
备注
人数
金额
人数
金额
云溪街道
312
31200
405
36450
67650
玉龙镇
145
14500
201
18090
32590
富驿镇
98
9800
133
11970
21770
含补发对象
黄甸镇
201
20100
187
16830
36930
合计
756
75600
926
83340
158940
盐亭县民政局
2023年3月20日
""",
        [
            "145 disability_living_subsidy.persons 145 人 place=玉龙镇 scope=part period_end=2023-03-31",
            "18090 disability_nursing_subsidy.expenditure 18090 元 place=玉龙镇",
            "187 disability_nursing_subsidy.persons 187 人 place=黄甸镇",
            "756 disability_living_subsidy.persons 756 人 scope=region",
            "158940 disability_subsidies.expenditure 158940 元 scope=region",
        ],
    ),
    "words_behind_figures.txt": (
        """涪陵区“十三五”民政事业主要目标完成表
序号
指标
单位
2015年基数
2020年目标
2020年实际
评价
1
养老床位总数
张
3120
4800
5016
达到
2
护理型床位占比
%
12
30
27.5
未达到
3
火化率
%
48
55
56.2
达到
4
登记社会组织
个
180
260
274
达到
""",
        [
            "3120 elder_bed.beds 3120 张 year=2015",
            "4800 elder_bed.beds 4800 张 status=target year=2020",
            "27.5 nursing_bed.ratio 27.5 % status=actual",
            "274 social_org.count 274 个 status=actual year=2020",
        ],
    ),
    "two_wide_heads_and_a_narrow_one.txt": (
        """龙泽县2020年残疾人两项补贴发放统计（一季度）
镇别
困难残疾人生活补贴
重度残疾人护理补贴
合计金额（万元）
人数
标准（元/月）
金额（万元）
人数
标准（元/月）
金额（万元）
老隆镇
412
165
20.39
830
220
54.78
75.17
鹤市镇
208
165
10.30
350
220
23.10
33.40
合计
620

30.69
1180

77.88
108.57
""",
        [
            "412 disability_living_subsidy.persons 412 人 place=老隆镇",
            "220 disability_nursing_subsidy.standard 220 元/月",
            "108.57 disability_subsidies.expenditure 1085700 元 scope=region",
        ],
    ),
}
