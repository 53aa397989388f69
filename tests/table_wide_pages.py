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
}
