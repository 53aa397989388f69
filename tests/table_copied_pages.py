"""Tables copied from pages or typed at fixed width (invented figures), as in `table_pages`."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
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
    "groups_paid.txt": (
        """会同县2022年9月份价格临时补贴发放情况表
单位：户、人、万元
补贴对象 | 户数 | 人数 | 补贴标准（元/人） | 发放金额
城市低保对象 | 802 | 1203 | 35 | 4.21
农村低保对象 | 4105 | 9012 | 35 | 31.54
特困人员 | 1510 | 1562 | 35 | 5.47
孤儿（含事实无人抚养儿童） | - | 181 | 35 | 0.63
合计 | 6417 | 11958 | | 41.85
""",
        [
            "1203 price_subsidy.persons 1203 人 subgroup=城市低保对象",
            "4.21 price_subsidy.expenditure 42100 元 subgroup=城市低保对象",
            "11958 price_subsidy.persons 11958 人 scope=region",
        ],
    ),
    "drawn_boxes.txt": (
        """三台县2020年孤儿保障情况
┌────────┬────────┬────────┐
│ 类别   │ 人数   │ 月标准(元) │
├────────┼────────┼────────┤
│ 集中养育 │ 42 │ 1400 │
│ 社会散居 │ 118 │ 900 │
│ 合计 │ 160 │ │
└────────┴────────┴────────┘
""",
        [
            "42 orphan.persons 42 人 subgroup=集中养育",
            "900 orphan.standard 900 元/月",
            "160 orphan.persons 160 人 scope=region",
        ],
    ),
    "offices.txt": (
        """焦作市2024年5月份婚姻登记情况月报表
登记机关	结婚登记		离婚登记		补领证件	
	本月	累计	本月	累计	结婚证	离婚证
解放区民政局	132	701	58	266	41	9
山阳区民政局	118	640	49	231	37	6
修武县民政局	76	402	22	118	15	2
全市合计	326	1743	129	615	93	17
""",
        [
            "132 marriage.couples 132 对 place=解放区 place_code=410802 scope=part period_start=2024-05-01",
            "701 marriage.couples 701 对 period_start=2024-01-01 period_end=2024-05-31",
            "1743 marriage.couples 1743 对 scope=region",
        ],
    ),
    "two_names_one_blank.txt": (
        """关于公布2024年城乡低保等救助保障标准的通知
类  别 保障对象 月人均保障标准（元） 年人均保障标准（元）
城乡低保 城镇居民 790 9480
 农村居民 610 7320
特困人员 集中供养 1190 14280
 分散供养 1027 12324
""",
        [
            "790 dibao.standard 790 元/人/月 residence=urban",
            "7320 dibao.standard 7320 元/人/年 residence=rural",
            "1027 tekun.standard 1027 元/人/月 subgroup=分散供养",
        ],
    ),
    "income_beside_spending.txt": (
        """2020年民政资金收支情况
收入项目 金额（万元） 支出项目 金额（万元）
上级补助 3210.5 城市低保 810.2
本级预算 1502.0 农村低保 2310.7
福彩公益金 302.1 特困供养 960.5
合计 5014.6 合计 4081.4
""",
        [
            "810.2 dibao.expenditure 8102000 元 residence=urban",
            "960.5 tekun.expenditure 9605000 元",
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
    "under_drawn_lines.txt": (
        """通辽市2021年三季度城乡低保情况
截止日期：2021年9月30日                                单位：人、万元
------------------------------------------------------------------
                 城市低保            农村低保           特困人员
旗 县 区        人数  1-9月支出     人数   1-9月支出  集中供养 分散供养
------------------------------------------------------------------
科尔沁区        4102     2310.5     5210      1402.6       88     410
开鲁县          1205      690.2    12034      3310.8      131     902
库伦旗           980      540.1    10422      2871.0      104     733
全市合计        6287     3540.8    27666      7584.4      323    2045
------------------------------------------------------------------
""",
        [
            "4102 dibao.persons 4102 人 residence=urban place_code=150502 period_end=2021-09-30",
            "3310.8 dibao.expenditure 33108000 元 residence=rural period_start=2021-01-01",
            "104 tekun.persons 104 人 subgroup=集中供养",
            "2045 tekun.persons 2045 人 subgroup=分散供养 scope=region",
        ],
    ),
    "units_behind.txt": (
        """运城市2023年社会福利保障标准表
| 项目 | 对象 | 2022年 | 2023年 | 增加额 | 计量单位 |
| 孤儿基本生活费 | 集中养育 | 1,750 | 1,840 | 90 | 元/人·月 |
|  | 社会散居 | 1,250 | 1,310 | 60 | 元/人·月 |
| 困难残疾人生活补贴 | 低保家庭残疾人 | 65 | 72 | 7 | 元/人·月 |
| 高龄津贴 | 80-89周岁 | 55 | 55 | — | 元/人·月 |
""",
        [
            "1,840 orphan.standard 1840 元/人/月 subgroup=集中养育 residence=total year=2023",
            "60 orphan.standard 60 元/人/月 change=delta",
            "72 disability_living_subsidy.standard 72 元/人/月 subgroup=低保家庭残疾人",
            "55 old_age_allowance.standard 55 元/人/月",
        ],
    ),
    "fees_of_homes.txt": (
        """洞头区养老机构信息公示
现将截至2023年9月底我区正常运营的养老机构情况公示如下，供居民查询。

| 序号 | 机构名称 | 性质 | 床位数（张） | 入住老人（人） | 收费区间（元/月） | 联系电话 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 北岙颐乐园 | 民办 | 120 | 71 | 1650-3900 | 0577-63480012 |
| 2 | 东屏康乐护理院 | 公建民营 | 86 | 60 | 1480-4200 | 139****2210 |
| | 合计 | | 206 | 131 | | |
""",
        [
            "120 elder_institution.beds 120 张 place=北岙颐乐园 scope=part period_end=2023-09-30",
            "1650 elder_institution.standard 1650 元/月 value_high=3900.0",
            "60 elder_institution.persons 60 人 place=东屏康乐护理院",
            "206 elder_institution.beds 206 张 scope=region",
        ],
    ),
    "numbered_long_names.txt": (
        """                          民政统计月报表
填报单位：静宁县民政局              2022年8月            单位：户、人
指标名称                              单位        代码          本月        上月
甲                                     乙          丙             1           2
一、社会救助                                   JZB1000
    1.城市特困人员救助供养人数          人     JZB1101            61          60
    2.农村特困人员救助供养对象人数      人     JZB1102         2,914       2,920
二、社会事务                                   JZB2000
    1.结婚登记                          对     JZB2101           204         188
""",
        [
            "61 tekun.persons 61 人 residence=urban period_end=2022-08-31",
            "2,920 tekun.persons 2920 人 residence=rural",
            "204 marriage.couples 204 对",
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
    "change_behind_each.txt": (
        """全省婚姻登记数据（2022年1-3季度）
地 区 结婚对数 比上年同期增减(%) 离婚对数 比上年同期增减(%)
全 省 210,412 -12.3 78,210 -5.2
太原市 21,050 -10.8 9,102 -4.1
大同市 14,320 -13.5 5,410 -6.6
""",
        [
            "12.3 marriage.ratio -12.3 % change=delta scope=region",
            "4.1 divorce.ratio -4.1 % change=delta place_code=140100",
        ],
    ),
    "wide_rows_are_few.txt": (
        """汝城县2015年社会组织登记情况
                                                  单位：个
类　别                        合计      市级      县级  当年新增  当年注销
社会组织总数                  1112       178       934        86        31
（一）社会团体                 486       105       381        32        12
　　行业性                     179        41       138
　　学术性                     107        25        82
　　联合性                     200        39       161
（二）民办非企业单位           626        73       553        54        19
　　教育类                     440        38       402
　　其他                       186        35       151
""",
        [
            "934 social_org.count 934 个",
            "86 social_org.count 86 个 change=added",
            "12 social_group.count 12 个 change=removed",
            "553 private_nonenterprise.count 553 个",
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
    "one_unit_is_left.txt": (
        """安岳县2022年上半年低保和临时救助情况
单位：户、人、万元、人次
乡镇 | 低保户数 | 低保人数 | 低保金支出 | 临时救助
龙台镇 | 604 | 911 | 175.2 | 33
石羊镇 | 718 | 1105 | 210.6 | 47
周礼镇 | 392 | 580 | 110.3 | 18
""",
        [
            "604 dibao.households 604 户 place=龙台镇",
            "210.6 dibao.expenditure 2106000 元 place=石羊镇",
            "47 temporary_assistance.person_times 47 人次 place=石羊镇",
        ],
    ),
    "several_heads_want_the_unit_left.txt": (
        """乐至县2022年上半年救助情况
单位：户、人、人次
乡镇 | 低保户数 | 低保人数 | 临时救助 | 特困供养
石佛镇 | 511 | 802 | 29 | 64
回澜镇 | 347 | 519 | 12 | 41
""",
        ["64 tekun.persons 64 人 place=石佛镇", "802 dibao.persons 802 人 place=石佛镇"],
    ),
}
