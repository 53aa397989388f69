"""Tables whose upper heads are of different widths, and those beside which lines look like prose (invented
figures), as in `table_pages`."""

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
    "spaced_uneven_heads.txt": (
        """2021年全市救助供养标准一览表
                                                          单位：元/人·月
县区             低保标准          特困人员        照料护理标准              孤儿基本生活费
              2020年    2021年    基本生活   全自理   半护理   全护理    集中养育    社会散居
翠屏区           600       640        832      128      320      640        1600        1200
南溪区           560       600        780      120      300      600        1500        1100
叙州区           580       620        806      124      310      620        1550        1150
""",
        [
            "600 dibao.standard 600 元/人/月 year=2020",
            "780 tekun.standard 780 元/人/月 year=2021",
            "310 tekun_nursing.standard 310 元/人/月 subgroup=半护理",
            "1500 orphan.standard 1500 元/人/月 subgroup=集中养育",
        ],
    ),
    "rows_that_end_in_figures.txt": (
        """开州区2020年民政主要指标完成情况
序号  指标名称              单位    上年实绩    全年目标    累计完成    完成率(%)   同比(%)
1     临时救助              人次    2,870       —           3,015       —          +5.1
2     新建农村互助养老点    个      40          60          66          110.0      +65.0
3     困难家庭适老化改造    户      220         300         309         103.0      +40.5
4     结婚登记              对      5,108       —           4,733       —          -7.3
5     离婚登记              对      2,016       —           1,954       —          -3.1
6     殡葬服务火化率        %       70.2        72.0        72.9        101.3      +2.7
""",
        [
            "4,733 marriage.couples 4733 对 status=actual year=2020",
            "-7.3 marriage.ratio -7.3 % change=delta",
            "2,016 divorce.couples 2016 对 status=prior year=2019",
            "309 home_adaptation.households 309 户 status=actual",
        ],
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
    "changes_behind_years.txt": (
        """湟源统计年鉴—2019
表12-3 社会福利和社会救助主要指标
指        标               Item                      2016      2017      2018     增减%
养老机构床位数(张)         Number of Beds             512       560       604      7.9
  年末在院人数(人)         Residents                  301       322       350      8.7
  #农村敬老院(个)          Rural Homes                  5         5         6     20.0
农村低保资金支出(万元)     Expenditure, Rural       2,104     2,310     2,288     -1.0
""",
        [
            "7.9 elder_bed.ratio 7.9 % change=delta year=2018",
            "-1.0 dibao.ratio -1 % change=delta year=2018 residence=rural",
            "20.0 elder_institution.ratio 20 % change=delta residence=rural",
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
    "rates_of_what_was_added.txt": (
        """长兴县2021年民生实事进展（截至9月30日）
| 任务名称 | 单位 | 年度任务 | 已完成 | 完成比例 |
| 新增护理型床位 | 张 | 300 | 264 | 88.0% |
| 新建老年食堂 | 家 | 16 | 18 | 112.5% |
""",
        [
            "264 nursing_bed.beds 264 张 change=added status=actual",
            "88.0 nursing_bed.ratio 88 % change=level status=actual",
        ],
    ),
    "a_title_above_the_heads.txt": (
        """内江市统计年鉴(2021) 社会救济情况
项目 Item 2019 2020
城镇居民最低生活保障人数(万人) Urban Recipients(10000 persons) 1.82 1.75
农村低保资金(万元) Rural Allowance 21044 22610
""",
        [
            "1.82 dibao.persons 18200 人 residence=urban year=2019",
            "22610 dibao.expenditure 226100000 元 residence=rural year=2020",
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
            "697 dibao.standard 697 元",
        ],
    ),
    "list_of_items_under_numbers.txt": (
        """社会服务统计季报
(2014年3季度)

指 标 单 位 数 量

一、综合

1.行政区划

镇 个 213

乡 个 96

街道办事处 个 44

2.社会服务业经费

1-9月社会服务费实际支出 亿元 31.9

其中:救灾支出 亿元 1.3

城镇最低生活保障支出 亿元 6.5

农村最低生活保障支出 亿元 8.9

农村五保集中供养支出 亿元 0.9

二、社会工作

(一)提供住宿的社会服务

社会服务床位数 万张 5.5

收养人数 万人 3.6

(二)不提供食宿的社会服务

孤儿数 万人 0.6

集中供养孤儿 万人 0.1

社会散居孤儿 万人 0.5

居民最低生活保障人数 万人 20.3

居民最低生活保障户数 万户 11.1
""",
        [
            "213 admin_division.count 213 个 subgroup=镇",
            "0.9 tekun.expenditure 90000000 元 residence=rural subgroup=集中供养",
            "8.9 dibao.expenditure 890000000 元 residence=rural period_end=2014-09-30",
            "11.1 dibao.households 111000 户",
        ],
    ),
    "prices_for_a_unit.txt": (
        """洪泽区殡仪馆基本服务收费标准表
2022年3月
单位:元
序号 | 收费项目 | 计价单位 | 收费标准 | 备注
1 | 遗体接运 | 具 | 270 | 城区范围
2 | 普通炉火化 | 具 | 300 | 儿童减半
3 | 骨灰寄存 | 格/年 | 60 |
""",
        [
            "270 funeral_home.standard 270 元/具",
            "300 cremation.standard 300 元/具",
            "60 columbarium.standard 60 元",
        ],
    ),
    "indented_rows_end_a_heading.txt": (
        """昌平区2022年社会服务统计3月份报表

指标名称单位数量
一、民政事业费累计支出亿元3.4
四、社会救助

      城市最低生活保障

         最低生活保障人数万人0.7
         最低生活保障平均标准元/人·月1,245.0
      农村最低生活保障

         最低生活保障人数万人0.4
         最低生活保障平均标准元/人·年14,940.0
      城市特困人员救助供养人数万人0.1
      临时救助万人次0.3
五、婚姻登记

        结婚登记对1,204
        离婚登记对312
""",
        [
            "0.3 temporary_assistance.person_times 3000 人次 residence=total",
            "14,940.0 dibao.standard 14940 元/人/年 residence=rural",
            "0.1 tekun.persons 1000 人 residence=urban",
            "312 divorce.couples 312 对",
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
    "groups_below_of_which.txt": (
        """泾川县社会组织登记情况统计表（截至2020年12月31日）
单位：个
类型	登记数	其中			本年新登记	本年注销	年检应检	实检	年检率(%)
		行业协会商会	公益慈善类	城乡社区服务类
社会团体	86	21	12	4	5	2	79	75	94.9
民办非企业单位	47	-	6	9	3	1	44	44	100
基金会	1	-	1	-	-	-	1	1	100
合计	134	21	19	13	8	3	124	120	96.8
""",
        [
            "86 social_group.count 86 个 subgroup=None",
            "19 social_org.count 19 个 subgroup=公益慈善类",
            "9 private_nonenterprise.count 9 个 subgroup=城乡社区服务类",
            "47 private_nonenterprise.count 47 个 change=level",
        ],
    ),
    "columns_of_dates_behind_figures.txt": (
        """永春县2023年第四季度社会救助标准一览表
类别	救助对象	标准	单位	执行时间	文件依据
最低生活保障	城乡低保对象	805	元/人·月	2023年1月起	德政文〔2022〕89号
特困人员	基本生活	1208	元/人·月	2023年1月起	德政文〔2022〕89号
	全自理照料护理	201	元/人·月
	半自理照料护理	603	元/人·月
	全失能照料护理	1005	元/人·月
孤儿	集中养育	2300	元/人·月
	社会散居	1800	元/人·月
残疾人两项补贴	困难残疾人生活补贴	一级135元/人·月
	重度残疾人护理补贴	120	元/人·月
高龄津贴	80-89周岁	50	元/人·月
	90-99周岁	100	元/人·月
	100周岁以上	500	元/人·月
""",
        [
            "1208 tekun.standard 1208 元/人/月 subgroup=基本生活",
            "2300 orphan.standard 2300 元/人/月 subgroup=集中养育",
        ],
    ),
    "aimed_at_by_how_much.txt": (
        """| 清流县2022年度民政重点工作目标任务分解表 |  |  |  |  |  |
| --- | --- | --- | --- | --- | --- |
| 序号 | 目标任务 | 计量单位 | 目标值 | 完成时限 | 责任科室 |
| 1 | 新增养老机构护理型床位 | 张 | 350 | 11月底 | 养老服务科 |
| 2 | 建设农村幸福院 | 个 | ≥20 | 10月底 | 养老服务科 |
| 3 | 特殊困难老年人家庭适老化改造 | 户 | 400 | 9月底 | 养老服务科 |
| 4 | 城乡低保标准提高幅度 | % | 5.5 | 7月1日前 | 社会救助科 |
| 5 | 社会组织年检率 | % | 90以上 | 6月底 | 社会组织管理科 |
| 6 | 婚姻登记合格率 | % | 100 | 全年 | 社会事务科 |
| 7 | 乡镇（街道）社工站建成数 | 个 | 18 | 12月底 | 慈善社工科 |
""",
        [
            "5.5 dibao.ratio 5.5 % change=delta status=target",
            "350 nursing_bed.beds 350 张 status=target change=added",
        ],
    ),
    "paid_this_month.txt": (
        """临夏州2023年城乡低保、特困供养资金发放情况统计表（12月）
填报单位：临夏州民政局                    单位：户、人、万元
县市 | 城市低保 |||| 农村低保 |||| 城乡特困供养 |||
 | 户数 | 人数 | 当月发放 | 累计发放 | 户数 | 人数 | 当月发放 | 累计发放 | 集中 | 分散 | 累计发放
临夏市 | 3210 | 7455 | 402.6 | 4688.1 | 1120 | 4012 | 88.4 | 1050.2 | 60 | 312 | 390.5
东乡县 | 690 | 1844 | 88.2 | 1020.4 | 12044 | 47120 | 1011.9 | 12003.6 | 88 | 1402 | 1502.1
积石山县 | 512 | 1203 | 60.2 | 702.6 | 6044 | 22012 | 480.1 | 5702.2 | 40 | 802 | 880.3
全州合计 | 4412 | 10502 | 551.0 | 6411.1 | 19208 | 73144 | 1580.4 | 18756.0 | 188 | 2516 | 2772.9
""",
        [
            "7455 dibao.persons 7455 人 residence=urban place_code=622901",
            "402.6 dibao.expenditure 4026000 元 residence=urban period_start=2023-12-01",
            "12003.6 dibao.expenditure 120036000 元 place_code=622926 period_start=2023-01-01",
        ],
    ),
    "kinds_of_couples.txt": (
        """新乡市2019年上半年婚姻登记情况统计表
                                                        单位：对、件
登记机关      结婚登记              离婚登记              补领证件
              初婚     再婚     合计   协议离婚   比上年同期%    结婚证   离婚证
红旗区        412      168      580       301        6.2          88       20
卫滨区        233      97       330       166       -1.8          41       12
原阳县       1204      202     1406       402       12.5         230       31
合计         1849      467     2316       869        7.0         359       63
""",
        [
            "168 marriage.couples 168 对 subgroup=再婚 place=红旗区",
            "580 marriage.couples 580 对 subgroup=None",
            "-1.8 divorce.ratio -1.8 % change=delta place=卫滨区",
            "31 marriage_reissue.cases 31 件",
        ],
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
    "one_blank_between_all_cells.txt": (
        """射洪县养老机构名册（2024年2月）
序号 机构名称 地址 性质 核定床位数（张） 入住老人数（人） 联系人 联系电话
1 射洪县中心敬老院 蓬莱镇江南路18号 公办 240 166 张某 0825-7820011
2 隆盛镇敬老院 隆盛镇文昌街2号 公办 98 61 李某 0825-7820012
3 大英康宁老年公寓 盐井街道滨河路56号 民办 150 72 王某 0825-7820013
合计 488 299
""",
        [
            "240 elder_institution.beds 240 张 place=射洪县中心敬老院 scope=part",
            "72 elder_institution.persons 72 人 period_end=2024-02-29",
            "488 elder_institution.beds 488 张 scope=region",
        ],
    ),
    "columns_of_totals.txt": (
        """宁乡片区2022年第二季度特困人员救助供养统计表（截至6月底）
县市区 集中供养人数 分散供养人数 合计 当季新增 当季退出 集中供养率
开福区 61 102 163 3 5 37.4%
长沙县 210 1504 1714 22 41 12.3%
浏阳市 630 6120 6750 66 150 9.3%
合计 901 7726 8627 91 196 10.4%
""",
        [
            "163 tekun.persons 163 人 place_code=430105",
            "8627 tekun.persons 8627 人 scope=region",
            "41 tekun.persons 41 人 change=removed",
        ],
    ),
    "standards_in_words.txt": (
        """2024年社会救助保障标准一览表
项目\t标准\t备注
城市低保\t月人均780元\t自1月1日起
农村低保\t年人均7,200元\t
特困供养（集中）\t1170元/月\t
孤儿（社会散居）\t1450元/人·月\t
""",
        [
            "780 dibao.standard 780 元/人/月 residence=urban",
            "7,200 dibao.standard 7200 元/人/年 residence=rural",
            "1450 orphan.standard 1450 元/人/月 subgroup=社会散居",
        ],
    ),
}
