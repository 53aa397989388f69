"""Tables whose cells stand between bars."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "standards_by_city.txt": (
        """四川省2024年社会救助保障标准一览表
单位：元/人·月
市（州） | 城市低保标准 | 农村低保标准 | 特困人员基本生活标准 |  | 孤儿养育标准 |
 | | | 城市 | 农村 | 集中养育 | 社会散居
成都市 | 940 | 941 | 1222 | 1223 | 2100 | 1500
凉山州 | 740 | 590 | 962 | 767 | 1800 | 1300
""",
        [
            "941 dibao.standard 941 元/人/月 residence=rural place_code=510100 year=2024",
            "767 tekun.standard 767 元/人/月 residence=rural place=凉山州 place_code=513400",
            "1300 orphan.standard 1300 元/人/月 subgroup=社会散居",
        ],
    ),
    "nested.txt": (
        """四川省2019年5月民政事业统计月报
| 指标 | 代码 | 计量单位 | 数量 |
| --- | --- | --- | --- |
| 甲 | 乙 | 丙 | 1 |
| 一、社会救助 | | | |
| （一）最低生活保障 | | | |
| 1.城市最低生活保障人数 | 101 | 人 | 815,204 |
| 其中：女性 | 102 | 人 | 360,118 |
| 老年人 | 103 | 人 | 150,972 |
| （二）特困人员救助供养 | | | |
| 1.农村特困人员 | 106 | 人 | 421,330 |
| （1）集中供养 | 107 | 人 | 98,240 |
""",
        [
            "360,118 dibao.persons 360118 人 residence=urban subgroup=女性",
            "150,972 dibao.persons 150972 人 residence=urban subgroup=老年人",
            "98,240 tekun.persons 98240 人 residence=rural subgroup=集中供养 period_end=2019-05-31",
        ],
    ),
    # a name of a disaster by its day
    "disaster.txt": (
        """贡县“6·23”特大洪灾情况统计表
乡镇 | 受灾人口（人） | 倒塌房屋（间） | 直接经济损失（万元）
北山镇 | 5123 | 41 | 812
东河镇 | 3307 | 17 | 540
填报日期：2016年6月25日
""",
        ["3307 disaster_relief.persons 3307 人 period_end=2016-06-30 place=东河镇"],
    ),
    "institutions.txt": (
        """雅安市2023年养老机构信息公示
序号 | 机构名称 | 机构地址 | 核定床位（张） | 入住老人（人） | 备案编号 | 联系电话
1 | 雨城区社会福利院 | 雨城区文化路21号 | 180 | 126 | 5118020001 | 0835-2240011
2 | 蒙山颐养苑 | 名山区平桥路88号 | 260 | 201 | 5118030002 | 13908160001
合计 | | | 440 | 327 | |
""",
        [
            "260 elder_institution.beds 260 张 scope=part place=蒙山颐养苑",
            "327 elder_institution.persons 327 人 scope=region place=None",
        ],
    ),
    "changes.txt": (
        """雨城区2023年末低保对象变动情况
类别 | 上年末人数 | 本年新增 | 本年退出 | 年末人数 | 比上年末增减
城市低保 | 2,420 | 130 | 240 | 2,310 | -110
农村低保 | 6,200 | 310 | 390 | 6,120 | -80
""",
        [
            "2,420 dibao.persons 2420 人 status=prior year=2022",
            "130 dibao.persons 130 人 change=added residence=urban",
            "390 dibao.persons 390 人 change=removed residence=rural",
            "110 dibao.persons -110 人 change=delta",
        ],
    ),
    "rows_in_cells.txt": (
        """湖南省2020年各市州低保对象人数
| 地区 | 城市低保（万人） | 农村低保（万人） |
| --- | --- | --- |
| 长沙 株洲 湘潭 | 2.8 2.3 2.1 | 7.6 8.4 5.2 |
| 永州 湘西州 | 2.7 1.6 | 14.2 8.7 |
""",
        [
            "8.4 dibao.persons 84000 人 residence=rural place=株洲 place_code=430200",
            "1.6 dibao.persons 16000 人 place_code=433100",
        ],
    ),
    "broken_over_pages.txt": (
        """荥经县2023年高龄津贴发放汇总表
| 乡镇 | 80-89岁人数 | 金额（元） |
| 严道镇 | 512 | 41,200 |
续表
| 乡镇 | 80-89岁人数 | 金额（元） |
| 龙苍沟镇 | 180 | 13,200 |
| 合计 | 692 | 54,400 |
""",
        [
            "13,200 old_age_allowance.expenditure 13200 元 place=龙苍沟镇",
            "692 old_age_allowance.persons 692 人 scope=region subgroup=80-89岁",
        ],
    ),
    "form.txt": (
        """民政统计季报表
| 表 号:JBZH0001 表 | | | | |
| 编制单位:邵阳市 | 制表机关:民 政 部 | | | |
| 地区编码:430500000000 | 2021年9月 | 批转机关:国 家 统 计 局 | | |
| 指标名称 | 单位 | 代码 | 数量 | 上季度 | 环比 |
| 甲 | 乙 | 丙 | 1 | 2 | 3 |
| 一、综合 | | JZH011000000 | | | |
| (一)行政区划 | | JZH011100000 | | | |
| 1.镇 | 个 | JZH011111000 | 122 | 120 | 1.67 |
| 2.乡小计 | 个 | JZH011112000 | 46 | 48 | -4.17 |
| 其中:民族乡 | 个 | JZH011112100 | 22 | 22 | |
| 3.街道 | 个 | JZH011113000 | 30 | 31 | -3.23 |
| (二)民政事业费累计支出 | 万元 | JZH011310000 | 131,420.5 | 88,310.2 | 48.82 |
| 二、社会服务 | | JZH012000000 | | | |
| 1.结婚登记 | 对 | JZH012320000 | 21,204 | 14,890 | 42.41 |
""",
        [
            "21,204 marriage.couples 21204 对 period_start=2021-01-01 period_end=2021-09-30",
            "14,890 marriage.couples 14890 对 period_start=2021-01-01 period_end=2021-06-30",
            "42.41 marriage.ratio 42.41 % change=delta",
            "48.82 civil_affairs_total.ratio 48.82 %",
            "30 admin_division.count 30 个 subgroup=街道 scope=region",
            "22 admin_division.count 22 个 subgroup=民族乡 scope=region",
        ],
    ),
    "heads_without_their_width.txt": (
        """宁波市2023年10月份婚姻登记情况统计表
登记机关 | 结婚登记 | 离婚登记 | 婚前辅导(人次)
 | 本月 | 累计 | 本月 | 累计 | 本月
海曙区 | 310 | 3402 | 102 | 1120 | 210
慈溪市 | 402 | 4510 | 160 | 1702 | 305
""",
        [
            "3402 marriage.couples 3402 对 place=海曙区 place_code=330203 period_start=2023-01-01",
            "160 divorce.couples 160 对 place=慈溪市 period_start=2023-10-01",
        ],
    ),
    "changes_by_arithmetic.txt": (
        """泾县2022年民政统计
指标 | 单位 | 2022年 | 2021年 | 增减
城市低保人数 | 人 | 8210 | 8640 | -4.98
农村低保人数 | 人 | 30120 | 29810 | 1.04
结婚登记 | 对 | 3100 | 3300 | -6.06
""",
        ["1.04 dibao.ratio 1.04 % change=delta residence=rural", "6.06 marriage.ratio -6.06 %"],
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
    "columns_that_go_on.txt": (
        """内江市2022年上半年婚姻和社会组织登记情况表
表1 婚姻登记情况（1-6月累计）
地区 | 结婚登记（对） | 上年同期（对） | 同比（%） | 离婚登记（对） | 上年同期（对） | 同比（%）
全市 | 5,412 | 5,930 | -8.7 | 1,730 | 1,661 | 4.2
市中区 | 1,204 | 1,388 | -13.3 | 402 | 377 | 6.6
东兴区 | 1,517 | 1,606 | -5.5 | 451 | 446 | 1.1

表2 社会组织登记情况（截至6月30日）
单位：个
登记机关 | 社会团体 | 社会服务机构 | 本年新成立 | 本年注销
全市 | 611 | 702 | 31 | 12
市本级 | 208 | 141 | 9 | 5
市中区 | 117 | 164 | 7 | 2
""",
        [
            "5,930 marriage.couples 5930 对 status=prior year=2021 scope=region",
            "-13.3 marriage.ratio -13.3 % change=delta place_code=511002",
            "377 divorce.couples 377 对 status=prior period_start=2021-01-01 period_end=2021-06-30",
            "1.1 divorce.ratio 1.1 % change=delta place=东兴区",
            "31 social_org.count 31 个 change=added scope=region",
        ],
    ),
    "month_beside_the_last.txt": (
        """2023年5月份民政统计月报表
| 指标名称 | 单位 | 代码 | 本月末 | 上期 | 环比(%) |
| 甲 | 乙 | 丙 | 1 | 2 | 3 |
| (一)民政事业费累计支出 | 万元 | YZH01120 | 18,204.6 | 14,311.9 | 27.20 |
| 其中:最低生活保障 | 万元 | YZH01122 | 9,640.2 | 7,605.0 | 26.76 |
| A 城市低保累计支出 | 万元 | YZH01123 | 2,114.8 | 1,690.3 | 25.11 |
| B 农村低保累计支出 | 万元 | YZH01124 | 7,525.4 | 5,914.7 | 27.23 |
| 临时救助支出 | 万元 | YZH01125 | 633.7 | 502.6 | 26.08 |
| (二)老年人福利 |  | YZH01210 | | | |
| 1.享受高龄补贴的老年人数 | 人 | YZH01211 | 21,540 | 21,483 | 0.27 |
| 2.农村敬老院 | 个 | YZH01212 | 64 | 65 | -1.54 |
""",
        [
            "9,640.2 dibao.expenditure 96402000 元 status=actual",
            "1,690.3 dibao.expenditure 16903000 元 residence=urban status=prior period_end=2023-04-30",
            "633.7 temporary_assistance.expenditure 6337000 元 residence=total",
            "26.08 temporary_assistance.ratio 26.08 % change=delta",
            "21,483 old_age_allowance.persons 21483 人 status=prior year=2023",
        ],
    ),
    "month_beside_that_of_last_year.txt": (
        """2023年5月份民政统计月报
| 指标名称 | 单位 | 本期 | 上期 | 同比(%) |
| 结婚登记 | 对 | 412 | 430 | -4.2 |
| 火化遗体 | 具 | 96 | 90 | 6.7 |
""",
        ["430 marriage.couples 430 对 status=prior period_end=2022-05-31"],
    ),
    "units_below_the_heads.txt": (
        """桂东县2021年第三季度救助情况表
填报单位：桂东县民政局 | 数据截止时间：2021年9月30日
| 乡镇 | 城市低保 | 城市低保 | 临时救助 | 临时救助 |
| 乡镇 | 保障人数 | 1-9月累计支出 | 累计救助 | 累计支出 |
| 计量单位 | 人 | 万元 | 人次 | 万元 |
| 沤江镇 | 416 | 203.4 | 112 | 26.3 |
| 沙田镇 | 140 | 98.2 | 65 | 11.7 |
""",
        [
            "98.2 dibao.expenditure 982000 元 residence=urban scope=part place=沙田镇",
            "112 temporary_assistance.person_times 112 人次 place=沤江镇",
        ],
    ),
    "rows_that_end_what_is_below_one.txt": (
        """2022年前三季度民政事业主要统计指标
| 指标名称 | 计量单位 | 本期 | 上年同期 | 增减(%) |
| 一、乡级行政区划 | | | | |
| 合计 | 个 | 848 | 789 | 7.48 |
| 　镇 | 个 | 631 | 581 | 8.61 |
| 　街道 | 个 | 217 | 208 | 4.33 |
| 二、社会救助 | | | | |
| 特困人员 | 人 | 128,917 | 131,406 | -1.89 |
| 　其中：集中供养 | 人 | 19,352 | 20,118 | -3.81 |
| 临时救助 | 人次 | 146,208 | 139,770 | 4.63 |
| 　其中：非本地户籍 | 人次 | 1,184 | 990 | 19.6 |
""",
        [
            "848 admin_division.count 848 个 year=2022",
            "8.61 admin_division.ratio 8.61 % change=delta subgroup=镇",
            "20,118 tekun.persons 20118 人 subgroup=集中供养 status=prior",
            "4.63 temporary_assistance.ratio 4.63 % change=delta",
            "1,184 temporary_assistance.person_times 1184 人次 subgroup=非本地户籍",
        ],
    ),
    "small_things.txt": (
        """青神县2021年民政资金支出公示
时间：2021年6月
| **资金项目** | 类别 | 人数(次) | 一类户数 | 三类 | | 金额(元) |
| | | | | 户数 | 女 | |
| **城市低保** | 常补 | 1203 | 21 | 33 | 14 | 612450 |
| | 非常补 | 880 | 20 | 31 | 12 | 120360 |
| | 小计 | 2083 | 41 | 64 | 26 | 732810 |
""",
        [
            "1203 dibao.person_times 1203 人次 period_start=2021-06-01 period_end=2021-06-30 subgroup=常补",
            "33 dibao.households 33 户 residence=urban",
            "732810 dibao.expenditure 732810 元 subgroup=None",
        ],
    ),
    "drawn_boxes_with_merged_heads.txt": (
        """洪川市2020年度城乡低保资金发放汇总表
填报单位（盖章）：洪川市民政局                                   单位：户、人、元
┌──────┬────────────┬────────────┬──────┐
│ 乡镇 │  城市低保  │  农村低保  │ 合计 │
│      ├─────┬──────┼─────┬──────┤ 金额 │
│      │人数 │金额  │人数 │金额  │      │
├──────┼─────┼──────┼─────┼──────┼──────┤
│新堤办│1203 │612450│ 80  │ 28000│640450│
│螺山镇│ 210 │ 98000│1120 │392000│490000│
│汊河镇│ 105 │ 49000│ 900 │315000│364000│
│合计  │1518 │759450│2100 │735000│1494450│
└──────┴─────┴──────┴─────┴──────┴──────┘
""",
        [
            "1203 dibao.persons 1203 人 residence=urban place=新堤办 scope=part",
            "392000 dibao.expenditure 392000 元 residence=rural place=螺山镇",
            "490000 dibao.expenditure 490000 元 residence=total",
        ],
    ),
}
