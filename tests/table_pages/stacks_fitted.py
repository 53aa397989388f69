"""Tables with a cell a line whose rows leave cells out."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "stacked_with_merged_names.txt": (
        """永顺县2019年民生实事完成情况公示表
考核指标 |
计量单位 |
工作目标 |
已完成数 |
占年度任务 |
养老服务设施建设 |
张 |
敬老院新增床位260张 |
274 |
105.4% |
个 |
新建农村幸福院12个 |
12 |
100% |
|
个 |
新建老年助餐点8个 |
9 |
112.5% |
|
社会救助提标 |
元 |
城市低保月人均救助水平不低于360元 |
371.5 |
103.2% |
元 |
农村特困人员年集中供养标准不低于5800元 |
6100 |
105.2% |
|
困境儿童保障 |
个 |
建设儿童之家15个 |
16 |
106.7% |
备注：完成数截至2019年11月底。
""",
        [
            "274 elder_institution.beds 274 张 status=actual change=added",
            "105.4 elder_institution.ratio 105.4 % status=actual change=level",
            "9 meal_point.count 9 个 status=actual",
            "371.5 dibao.average 371.5 元/人/月 residence=urban",
            "6100 tekun.standard 6100 元/年 residence=rural",
            "16 child_home.count 16 个",
        ],
    ),
    "stacked_with_words_for_figures.txt": (
        """霍山县养老机构基本信息公示
（截至2023年6月30日）
序号
机构名称
机构性质
地址
床位数（张）
入住老人（人）
收费标准（元/人·月）
联系电话
1
衡山镇夕阳红老年公寓
民办
衡山镇迎驾路26号
140
88
1200-3000
0564-5021133
2
诸佛庵镇敬老院
公办
诸佛庵镇桃花村
90
51
特困免费
0564-5021144
3
磨子潭镇敬老院
公办
磨子潭镇胡家河村
60
33
特困免费
0564-5021155
4
霍山县社会福利院
公办
衡山镇文峰路8号
210
160
1500-2800
0564-5021166
合计
/
/
500
332
/
/
扫一扫在手机打开当前页
""",
        [
            "140 elder_institution.beds 140 张 place=衡山镇夕阳红老年公寓 scope=part",
            "33 elder_institution.persons 33 人 place=磨子潭镇敬老院",
            "500 elder_institution.beds 500 张 scope=region",
            "1500 elder_institution.standard 1500 元/人/月 value_high=2800.0",
        ],
    ),
    "stacked_under_years_over_aims.txt": (
        """“十四五”时期万载县民政事业发展主要指标
序号
|
指标
|
2020年
基期值
|
2025年
目标值
|
属性
|
||
1
|
养老机构护理型床位占比（%）
|
38.5
|
≥60
|
约束性
|
||
2
|
火化率（%）
|
97.2
|
100
|
约束性
|
||
3
|
城市社区老年助餐点（个）
|
14
|
40
|
预期性
|
||
4
|
社会组织数（个）
|
312
|
360
|
预期性
|
||
""",
        [
            "38.5 nursing_bed.ratio 38.5 % status=actual year=2020",
            "60 nursing_bed.ratio 60 % status=target",
            "360 social_org.count 360 个 status=target year=2025",
        ],
    ),
    "stacked_with_a_short_total.txt": (
        """靖州县养老机构基本情况公示（2022年9月底）

序号

机构名称

性质

核定床位
(张)

入住老人
(人)

护理员
(人)

月收费标准
(元)

咨询电话

1

靖州县社会福利院

公办

180

121

22

1600-3000

82241186

2

渠阳镇敬老院

公办

64

40

7

兜底供养

82247105

3

甘棠镇夕阳红养老院

民办

52

35

5

1300-2100

13987041716

合计

296

196

34

备注：收费标准含床位费、护理费，不含伙食费。
""",
        [
            "121 elder_institution.persons 121 人 place=靖州县社会福利院",
            "7 caregiver.persons 7 人 place=渠阳镇敬老院",
            "52 elder_institution.beds 52 张",
            "296 elder_institution.beds 296 张 scope=region",
            "34 caregiver.persons 34 人 scope=region",
        ],
    ),
}
