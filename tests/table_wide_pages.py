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
}
