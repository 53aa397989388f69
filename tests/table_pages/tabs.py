"""Tables whose cells tabs set apart, and lists whose cells run together."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
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
    "groups_of_what_the_title_names.txt": (
        """绩溪县2017年5月农村居民最低生活保障情况表
制表单位：绩溪县民政局								单位：户、人、万元
乡镇	保障户数	保障人数	其中：			资金发放		当月人均补助水平（元）
			老年人	未成年人	残疾人	当月	1—5月累计
临溪镇	612	1285	418	236	173	25.83	128.77	201.01
长安镇	497	1064	352	201	140	21.62	107.92	203.20
合  计	1109	2349	770	437	313	47.45	236.69	202.00
""",
        [
            "236 dibao.persons 236 人 subgroup=未成年人 residence=rural place=临溪镇",
            "437 dibao.persons 437 人 subgroup=未成年人 scope=region",
        ],
    ),
    "commas_between_cells.txt": (
        """平昌县2023年8月城乡低保发放情况
乡镇,城市低保户数,城市低保人数,农村低保户数,农村低保人数,发放资金(元)
江口街道,512,903,321,640,"486,000"
驷马镇,103,188,911,1873,"523,500"
合计,615,1091,1232,2513,"1,009,500"
""",
        [
            "903 dibao.persons 903 人 residence=urban place=江口街道",
            "911 dibao.households 911 户 residence=rural place=驷马镇",
            "523,500 dibao.expenditure 523500 元 place=驷马镇",
            "2513 dibao.persons 2513 人 residence=rural scope=region",
        ],
    ),
    "blanks_for_thousands.txt": (
        """郎溪县社会福利与社会救助情况（2018年）
指标	计量单位	2017年	2018年
养老机构数	个	56	58
床位数	张	12 345	13 020
农村居民最低生活保障人数	人	48 960	46 115
最低生活保障资金支出	万元	15 360.5	16 204.8
""",
        [
            "13 elder_bed.beds 13020 张 year=2018",
            "48 dibao.persons 48960 人 year=2017 residence=rural",
            "15 dibao.expenditure 153605000 元 year=2017",
        ],
    ),
    "last_year_behind_a_sum.txt": (
        """湘平市2023年6月份社会福利和社会救助统计数据
指标	6月份	1-6月	上年同期	增长%
城市低保对象（人）	25410		27120	-6.3
农村低保对象（人）	38120		39210	-2.8
城市低保资金支出（万元）	1210.5	7302.1	7510.6	-2.8
临时救助人次	812	4120	3980	3.5
婚姻登记结婚对数	1203	6820	6012	13.4
火化遗体数（具）	610	4012	4890	-18.0
""",
        [
            "25410 dibao.persons 25410 人 period_start=None period_end=2023-06-30",
            "7510.6 dibao.expenditure 75106000 元 period_start=2022-01-01 period_end=2022-06-30 status=prior",
            "13.4 marriage.ratio 13.4 % change=delta period_start=2023-01-01",
        ],
    ),
    "units_said_below.txt": (
        """雷东县2023年城乡居民最低生活保障
（2023年10月）
镇（街道）	城市			农村			合计		
	户数	人数	保障金额	户数	人数	保障金额	户数	人数	保障金额
丹江镇	412	803	45.21	1203	3120	102.3	1615	3923	147.51
西江镇	33	60	3.4	980	2611	85.2	1013	2671	88.6
合计	445	863	48.61	2183	5731	187.5	2628	6594	236.11
注：保障金额单位为万元
""",
        [
            "45.21 dibao.expenditure 452100 元 residence=urban",
            "236.11 dibao.expenditure 2361100 元 scope=region",
        ],
    ),
}
