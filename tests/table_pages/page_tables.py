"""Tables as pages of offices hold them: merged heads a cell a line, totals, results beside aims."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    # two rows of heads a cell a line: both groups make the same total, money stands over one column each
    "stacked_heads_proven_by_sums.txt": (
        """某县2024年一季度高龄津贴发放公示
序号
乡镇
发放人数（人）
年龄段（人）
发放金额（元）
合计
男
女
80-89周岁
90-99周岁
100周岁以上
1
梅城镇
1204
561
643
1035
160
9
289500
2
源潭镇
876
402
474
760
112
4
206400
3
余井镇
655
298
357
571
80
4
155700

合计
2735
1261
1474
2366
352
17
651600
""",
        [
            "1204 old_age_allowance.persons 1204 人 subgroup=None scope=part",
            "643 old_age_allowance.persons 643 人 subgroup=女",
            "160 old_age_allowance.persons 160 人 subgroup=90-99周岁",
            "289500 old_age_allowance.expenditure 289500 元",
            "2366 old_age_allowance.persons 2366 人 subgroup=80-89周岁 scope=region",
            "651600 old_age_allowance.expenditure 651600 元 scope=region",
        ],
    ),
    # who joins and leaves is no money, though the head above says 补贴
    "who_joins_is_no_money.txt": (
        """2025年3月残疾人两项补贴发放情况（单位：人、元）

| 街道 | 困难残疾人生活补贴 | | | 重度残疾人护理补贴 | | |
| --- | --- | --- | --- | --- | --- | --- |
| | 享受人数 | 其中：本月新增 | 发放金额 | 享受人数 | 本月退出 | 发放金额 |
| 中山街道 | 742 | 11 | 264,152 | 871 | 12 | 318,250 |
| 人民街道 | 486 | 5 | 173,016 | 603 | 4 | 211,875 |
| 和平街道 | 571 | 8 | 203,276 | 764 | 9 | 276,500 |
""",
        [
            "11 disability_living_subsidy.persons 11 人 change=added",
            "264,152 disability_living_subsidy.expenditure 264152 元",
            "12 disability_nursing_subsidy.persons 12 人 change=removed",
        ],
    ),
    # 合计 over the number and the name of its row
    "total_over_two_names.txt": (
        """某县2023年11月农村低保统计表
单位:户、人、元
序号\t乡镇\t户数\t人数\t其中:女性\t残疾人\t当月发放金额
1\t田园镇\t812\t1603\t790\t206\t513200
2\t漭水镇\t602\t1210\t588\t151\t386700
3\t柯街镇\t455\t932\t441\t120\t298800
合计\t1869\t3745\t1819\t477\t1198700
""",
        [
            "1869 dibao.households 1869 户 scope=region",
            "3745 dibao.persons 3745 人 scope=region subgroup=None",
            "477 dibao.persons 477 人 subgroup=残疾人",
            "1198700 dibao.expenditure 1198700 元",
        ],
    ),
    # a result counts what its aim does, and as the aim is scaled
    "results_count_as_their_aims.txt": (
        """附件 民生实事进度表(截至2023年6月底)
序号 项目名称 责任单位 年度目标任务 已完成 完成率(%) 已拨付资金(万元)
1 农村低保 县民政局 全年保障0.62万人 6131 98.9 2466.3
2 适老化改造 县民政局 改造420户 283 67.4 68
3 养老护理员培训 县民政局 培训260人次 137 52.7 8.2
4 家庭养老床位 县民政局 建成150张 96 64.0 27
""",
        [
            "6131 dibao.persons 6131 人 residence=rural",
            "283 home_adaptation.households 283 户",
            "96 home_care_bed.beds 96 张",
        ],
    ),
    # heads of an allocation broken over two lines, whose parts are subjects of their own
    "broken_heads_of_an_allocation.txt": (
        """附件
2024年困难群众救助补助资金分配表
单位：万元
地区 全年合计 已提前下达 此次下达 其中：流浪乞讨 其中：孤儿基本
人员救助 生活保障
合计 238292 166820 71472 2084 5877
甲市 41263 28900 12363 614 1385
乙市 38914 27240 11674 287 962
丙市 158115 110680 47435 1183 3530
""",
        [
            "614 vagrant_assistance.expenditure 6140000 元 scope=part",
            "5877 orphan.expenditure 58770000 元 scope=region",
        ],
    ),
}
