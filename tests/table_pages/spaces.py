"""Tables whose columns blanks set apart."""

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
    "dots_lead_to_figures.txt": (
        """湖州市2022年三季度民政统计数据
（截至9月底）
指　标　　　　　　　　　　　　　　数　量
一、社会救助
  城市低保人数（人）…………………………8460
  农村低保人数（万人）………………………1.37
二、养老服务
  养老机构（个）………………………………112
  　其中：公办……………………………………64
  养老床位（张）………………………………20350
""",
        [
            "8460 dibao.persons 8460 人 residence=urban scope=region period_end=2022-09-30",
            "1.37 dibao.persons 13700 人 residence=rural",
            "112 elder_institution.count 112 个",
            "20350 elder_bed.beds 20350 张",
        ],
    ),
    "arrows_and_stops_in_figures.txt": (
        """2019年上半年福利彩票销售情况
县（市、区） | 销量（万元） | 同比（%）
安吉县 | 1208。5 | ↑6.4
德清县 | 1530。2 | ↓3.1
""",
        [
            "1208。5 welfare_lottery.expenditure 12085000 元 place=安吉县",
            "6.4 welfare_lottery.ratio 6.4 % change=delta",
            "3.1 welfare_lottery.ratio -3.1 % change=delta",
        ],
    ),
    "two_rows_of_heads_one_blank.txt": (
        """怀宁县2023年8月份城乡低保、特困供养资金发放公示表
制表单位:怀宁县民政局　　制表时间:2023年8月10日　　单位:户、人、元
乡镇 农村低保 城市低保 特困供养
户数 人数 金额 户数 人数 金额 人数 金额
高河镇 812 1421 652300 95 140 88200 210 195300
石牌镇 905 1602 731880 120 171 110320 255 237150
月山镇 640 1104 503420 60 83 52910 180 167400
""",
        [
            "652300 dibao.expenditure 652300 元 residence=rural place=高河镇 period_start=2023-08-01",
            "171 dibao.persons 171 人 residence=urban place=石牌镇",
            "167400 tekun.expenditure 167400 元 place=月山镇",
        ],
    ),
    "names_between_rows.txt": (
        """24-6 岳西县民政事业基本情况
                                           单位:个、人、张
                         2021      2022      2023
社会救助
  城市低保人数            7655      7210      6904
  农村低保人数           29004     28110     27655
    #残疾人               9305      9280      9301
社会福利
  养老机构                 66        70        72
    床位数               6902      7305      7544
婚姻登记
  结婚登记(对)          7744      7012      7480
""",
        [
            "27655 dibao.persons 27655 人 residence=rural year=2023",
            "9280 dibao.persons 9280 人 residence=rural year=2022 subgroup=残疾人",
            "7744 marriage.couples 7744 对 year=2021",
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
    "two_blanks_and_telephones_behind.txt": (
        """旌德县养老机构备案信息一览表
（截至2023年6月30日）
制表：旌德县民政局养老服务股        监督电话：0563-8602116

序号  机构名称  性质  备案时间  核定床位  其中护理型床位  入住老人  护理员数  收费标准（元/月）  电话
1  旌德县社会福利院  公办  2019.5  230  160  141  35  1400—2900  0563-8601234
2  三溪镇中心敬老院  公办  2018.11  96  40  52  11  免费  0563-8021235
3  晚晴养老公寓  民办  2022.4  75  —  31  7  1100—1900  —
合计  —  —  —  401  200  224  53  —  —
""",
        [
            "230 elder_institution.beds 230 张 place=旌德县社会福利院 scope=part",
            "52 elder_institution.persons 52 人 place=三溪镇中心敬老院",
            "11 caregiver.persons 11 人 place=三溪镇中心敬老院",
            "1100 elder_institution.standard 1100 元/月 place=晚晴养老公寓",
            "401 elder_institution.beds 401 张 scope=region",
        ],
    ),
    "filed_on_a_day.txt": (
        """江北省2021年城乡低保和特困人员基本生活标准

  填报单位：江北省民政厅社会救助处                              2021年3月10日

  地    区        城市低保标准    农村低保标准    城市特困人员    农村特困人员
                  （元/月）       （元/年）       基本生活标准    基本生活标准
                                                  （元/月）       （元/年）
  东宁市          695             5,640           1,045           7,740
  西平市          612             4,764           920             6,560
  南和市          605             4,800           910             6,600
""",
        [
            "612 dibao.standard 612 元/月 residence=urban period_start=2021-01-01 period_end=2021-12-31",
            "6,600 tekun.standard 6600 元/年 residence=rural period_end=2021-12-31",
        ],
    ),
    "remarks_behind_some_rows.txt": (
        """歙县殡仪馆2022年殡葬基本服务收费公示
序号 服务项目 计价单位 收费标准（元） 备注
1 遗体接运 次 260 含抬运
2 遗体火化 具 950
3 骨灰寄存 年 100 首年免收
""",
        ["950 cremation.standard 950 元/具 year=2022", "100 columbarium.standard 100 元/年"],
    ),
    "a_total_below_what_it_sums.txt": (
        """康宁县临时救助对象公示（2023年5月）
序号 姓名 所在村 家庭人口 救助原因 救助金额（元）
1 张某某 城关镇东坝村 4 因病 3000
2 李某 长坝镇花桥村 3 因灾 2000
3 王某某 平洛镇团庄村 5 因学 1500
合计 6500
""",
        [
            "3000 temporary_assistance.expenditure 3000 元 place=城关镇东坝村 scope=part",
            "6500 temporary_assistance.expenditure 6500 元 scope=region",
        ],
    ),
    "heads_that_blanks_moved.txt": (
        """江北区2022年第二季度高龄津贴发放统计表
镇街  80—89周岁            90—99周岁            100周岁以上           合计
      人数  金额(元)       人数  金额(元)       人数  金额(元)        人数    金额(元)
几江街道  3120  936000  402  241200  8  14400  3530  1191600
德感街道  2011  603300  260  156000  5  9000  2276  768300
合计  5131  1539300  662  397200  13  23400  5806  1959900
""",
        [
            "3120 old_age_allowance.persons 3120 人 subgroup=80—89周岁 place=几江街道",
            "156000 old_age_allowance.expenditure 156000 元 subgroup=90—99周岁",
            "1959900 old_age_allowance.expenditure 1959900 元 subgroup=None scope=region",
        ],
    ),
    "years_of_building.txt": (
        """赤岩市“十四五”民政事业发展规划重点项目
表4-2 民政项目投资情况表
项目名称 建设性质 建设规模 总投资（万元） 建设年限
县社会福利中心 新建 床位300张 4500 2021-2023
北乡区域敬老院 改扩建 床位120张 980 2021-2022
县殡仪馆迁建 迁建 占地50亩 6800 2022-2024
合计 12280
""",
        [
            "300 elder_institution.beds 300 张",
            "12280 civil_affairs_total.investment 122800000 元",
        ],
    ),
}
