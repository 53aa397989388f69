"""Tables as pages of many offices write them, each with what some of its cells say (invented figures).

A page is its text and a list of cells: the digits as written, then
indicator, value, unit and further fields of `core.observations` that are told by heads.
"""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "monthly_spaces.txt": (
        """兰州市民政局2021年12月城乡社会救助情况统计表
填表单位：兰州市民政局                 2021年12月                单位：户、人、万元
               城市低保                         农村低保                 特困供养
县  区     户数     人数   累计支出     户数     人数   累计支出     人数   累计支出
合  计   15,580   24,448   16,813.3   11,382   34,890   11,312.1   4,457    3,861.3
城关区    9,120   14,305    9,842.1      312      805      301.2     640      560.3
七里河区  4,310    6,842    4,710.5    1,230    3,960    1,290.4     712      610.8
永登县    2,150    3,301    2,260.7    9,840   30,125    9,720.5   3,105    2,690.2
注：累计支出为1-12月累计数。
""",
        [
            "24,448 dibao.persons 24448 人 residence=urban scope=region period_end=2021-12-31",
            "805 dibao.persons 805 人 residence=rural scope=part place=城关区 place_code=620102",
            "610.8 tekun.expenditure 6108000 元 place=七里河区 period_start=2021-01-01 period_end=2021-12-31",
        ],
    ),
    "month_and_sum.txt": (
        """雅安市民政局2023年9月份主要业务统计
指标名称\t计量单位\t本月\t本年累计\t上年同期\t同比增减(%)
结婚登记\t对\t402\t4,310\t4,508\t-4.4
城市低保资金支出\t万元\t198.6\t1,790.2\t1,702.8\t5.1
城市低保人数\t人\t4,220\t—\t4,311\t-2.1
""",
        [
            "402 marriage.couples 402 对 status=actual period_start=2023-09-01 period_end=2023-09-30",
            "4,310 marriage.couples 4310 对 period_start=2023-01-01 period_end=2023-09-30 year=2023",
            "4,508 marriage.couples 4508 对 status=prior period_start=2022-01-01 period_end=2022-09-30",
            "4.4 marriage.ratio -4.4 % change=delta",
            "4,220 dibao.persons 4220 人 residence=urban period_end=2023-09-30",
            "4,311 dibao.persons 4311 人 status=prior year=2022",
        ],
    ),
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
    "targets.txt": (
        """石棉县民政局2023年重点任务完成情况
任务 | 年度目标 | 完成情况 | 完成率
新增养老床位 | 300张 | 326张 | 108.7%
残疾人两项补贴发放资金 | 260万元 | 271.5万元 | 104.4%
""",
        [
            "300 elder_bed.beds 300 张 status=target change=added",
            "326 elder_bed.beds 326 张 status=actual change=added",
            "271.5 disability_subsidies.expenditure 2715000 元 status=actual",
            "104.4 disability_subsidies.ratio 104.4 % subgroup=完成率",
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
    "yearbook_halves.txt": (
        """岳阳市统计年鉴（2022） 19-3 民政事业基本情况
指标            单位     2021年     2022年     指标            单位     2021年     2022年
社会福利院       个        12        13       结婚登记         对       31205     28764
福利院床位数     张       2310      2450      离婚登记         对        9120      8876
城市低保人数     人      40120     38875      火化率           %        61.2      65.8
""",
        [
            "38875 dibao.persons 38875 人 residence=urban year=2022",
            "31205 marriage.couples 31205 对 year=2021",
            "65.8 cremation.ratio 65.8 % year=2022",
        ],
    ),
    "years_as_rows.txt": (
        """19-5 主要年份婚姻登记情况
Marriage Registration in Main Years
单位：对                                             (couple)
年  份      结婚登记       #再婚      离婚登记      补发婚姻证件(件)
Year       Marriages    Remarriages   Divorces     Certificates
2012         58,120       7,210        13,402        2,110
2013         57,903       7,540        14,120        2,405
""",
        [
            "57,903 marriage.couples 57903 对 year=2013",
            "7,210 marriage.couples 7210 对 year=2012 subgroup=再婚",
            "2,405 marriage_reissue.cases 2405 件",
        ],
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
    "budget.txt": (
        """宝兴县民政局2024年部门预算支出表
单位：万元
功能科目编码\t科目名称\t合计\t基本支出\t项目支出
20802\t  民政管理事务\t710.3\t610.3\t100.0
20819\t  最低生活保障\t3,210.0\t\t3,210.0
2081901\t    城市最低生活保障金支出\t410.0\t\t410.0
""",
        [
            "410.0 dibao.expenditure 4100000 元 residence=urban",
            "610.3 civil_affairs_total.expenditure 6103000 元",
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
    "provinces.txt": (
        """2023年4季度民政统计季报 分省数据
地区  Region   城市低保人数(万人)  农村低保人数(万人)  结婚登记(万对)
全  国        663.6      3399.7      768.2
北  京          6.9         4.1       11.5
内蒙古         25.8       126.7       12.7
""",
        [
            "126.7 dibao.persons 1267000 人 residence=rural place=内蒙古 place_code=150000",
            "768.2 marriage.couples 7682000 对 scope=region",
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
}
