"""Heads of several lines that blanks alone set apart, and tables in which blank lines are cells."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "three_lines_of_heads_one_blank_apart.txt": (
        """临沅县2023年10月社会救助情况表
单位：户、人、万元
乡镇 城市低保 农村低保 特困人员
户数 人数 当月支出 户数 人数 其中： 当月支出 人数 其中：集中供养 当月支出
一类 二类
甲 1 2 3 4 5 6 7 8 9 10 11
合计 90 151 8.3 405 805 102 703 30.5 68 14 6.9
东坪镇 61 98 5.2 211 402 51 351 16.4 31 9 3.2
西坪乡 29 53 3.1 194 403 51 352 14.1 37 5 3.7
""",
        [
            "98 dibao.persons 98 人 residence=urban place=东坪镇",
            "351 dibao.persons 351 人 residence=rural subgroup=二类",
            "16.4 dibao.expenditure 164000 元 residence=rural",
            "37 tekun.persons 37 人 place=西坪乡 scope=part",
            "14 tekun.persons 14 人 subgroup=集中供养 scope=region",
        ],
    ),
    "rows_with_numbers_and_an_office_behind.txt": (
        """南漪县2023年6月城乡低保情况
序号 乡镇 城市低保 农村低保 责任单位
户数 人数 户数 人数
1 东坪镇 61 98 211 402 民政所
2 西坪乡 29 53 194 403 民政所
3 南坪乡 17 31 88 160 便民中心
""",
        ["98 dibao.persons 98 人 residence=urban", "88 dibao.households 88 户 residence=rural place=南坪乡"],
    ),
    "heads_at_the_edge.txt": (
        """南漪县2023年6月社会救助情况
乡镇    最低生活保障    特困人员
城市    农村    集中供养    分散供养
户数(户)    人数(人)    户数(户)    人数(人)    人数(人)    人数(人)
东坪镇    61    98    211    402    7    45
西坪乡    29    53    194    403    9    38
""",
        ["98 dibao.persons 98 人 residence=urban", "45 tekun.persons 45 人 subgroup=分散供养 place=东坪镇"],
    ),
    "units_below_heads_that_come_again.txt": (
        """南漪市2023年社会救助标准表
县区      城市低保    农村低保    残疾人护理补贴        孤儿基本生活
          标准        标准        一级        二级      集中养育    分散养育
单位      元/月       元/年       元/月       元/月     元/月       元/月
东川区    698         5268        130         85        1850        1390
西川县    662         4956        120         80        1840        1380
北川县    650         4860        115         75        1830        1370
""",
        [
            "5268 dibao.standard 5268 元/年 residence=rural",
            "85 disability_nursing_subsidy.standard 85 元/月 subgroup=二级",
            "1830 orphan.standard 1830 元/月 subgroup=集中养育",
        ],
    ),
    "each_blank_line_a_cell.txt": (
        """南漪县2023年困难群众救助补助资金分配表
单位：万元
序号
乡镇
合计
农村低保
城市低保
特困人员
备注

全县总计
403.15
265.60
31.45
106.10

1
东坪镇
168.07
98.60
31.45
38.02
含农场
2
西坪乡
115.08
82.00

33.08

3
南坪乡
120.00
85.00

35.00

""",
        [
            "403.15 hardship_household.expenditure 4031500 元 scope=region",
            "33.08 tekun.expenditure 330800 元 place=西坪乡",
            "85.00 dibao.expenditure 850000 元 residence=rural place=南坪乡",
        ],
    ),
    "headings_between_numbered_rows.txt": (
        """南漪县2023年民生实事完成情况
序号
项目
单位
目标
完成
一、养老服务
1
新增家庭养老床位
张
120
126
2
新建老年助餐点
个
12
11
二、社会救助
3
困难老年人家庭适老化改造
户
200
212
""",
        [
            "126 home_care_bed.beds 126 张 status=actual",
            "200 home_adaptation.households 200 户 status=target",
        ],
    ),
    "all_items_in_a_line.txt": (
        """南漪县2023年民政统计公报
附表3 自治组织和社会组织
村民委员会个169社区居民委员会个64社会团体个138基金会个3持证社会工作者人427注册志愿者万人4.6
""",
        [
            "64 community.count 64 个",
            "138 social_group.count 138 个",
            "427 social_worker.persons 427 人",
            "4.6 volunteer.persons 46000 人",
        ],
    ),
    "household_counts_run_together.txt": (
        """南漪县2023年9月农村低保情况
乡镇户数人数金额
东坪镇312户484人27.06万元
西坪乡32户54人2.86万元
合计344户538人29.92万元
""",
        ["484 dibao.persons 484 人 place=东坪镇", "29.92 dibao.expenditure 299200 元 scope=region"],
    ),
    "this_year_beside_last_and_growth.txt": (
        """南漪县2022年民政事业统计表
指  标 | 计量单位 | 2022年 | 2021年 | 增长（±%）
城市低保人数 | 人 | 727 | 815 | -10.8
结婚登记 | 对 | 3102 | 3540 | -12.4
""",
        [
            "815 dibao.persons 815 人 status=prior year=2021",
            "-10.8 dibao.ratio -10.8 % change=delta year=2022",
            "727 dibao.persons 727 人 status=actual year=2022",
        ],
    ),
    "growth_in_the_last_row.txt": (
        """南漪县2022年婚姻登记情况
月份\t结婚登记(对)\t离婚登记(对)
1月\t688\t249
2月\t905\t215
全年合计\t1593\t464
增减(%)\t-6.7\t5.8
""",
        ["-6.7 marriage.ratio -6.7 % change=delta", "464 divorce.couples 464 对"],
    ),
    "last_month_and_things_among_people.txt": (
        """南漪县2022年9月社会组织情况                单位：个、人
地区\t社会团体\t民办非企业单位\t从业人员
东坪镇\t17\t38\t402
西坪乡\t12\t22\t305

南漪县2022年9月社会救助情况
指标\t单位\t本月末\t上月末
孤儿\t人\t131\t134
""",
        [
            "38 private_nonenterprise.count 38 个",
            "134 orphan.persons 134 人 status=prior",
        ],
    ),
    "subtotals_of_sides.txt": (
        """南漪县2022年10月高龄津贴发放情况
片区\t乡镇\t人数(人)\t金额(元)
城区\t东坪镇\t612\t61200
\t西坪乡\t122\t12200
\t小计\t734\t73400
北部\t南坪乡\t471\t47100
\t小计\t471\t47100
全县合计\t\t1205\t120500
""",
        [
            "734 old_age_allowance.persons 734 人 scope=part",
            "120500 old_age_allowance.expenditure 120500 元 scope=region",
        ],
    ),
    "set_wide_and_noted.txt": (
        """南漪县2022年10月城乡低保情况
| 乡  镇 | 户  数 | 人  数 | 资  金(元) |
| 东坪镇 | 312 | 484① | 95600 |
| 西坪乡 | 32 | 54(含农场) | 10800* |
""",
        [
            "312 dibao.households 312 户",
            "484 dibao.persons 484 人",
            "54 dibao.persons 54 人",
            "10800 dibao.expenditure 10800 元",
        ],
    ),
}
