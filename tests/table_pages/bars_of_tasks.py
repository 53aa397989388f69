"""Tables between bars of what is to be done, what was paid and what it costs."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
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
    "tasks_of_a_year.txt": (
        """怀宁县民政局2021年重点工作任务分解表
序号 | 工作任务 | 2020年完成情况 | 2021年目标任务 | 责任科室 | 完成时限
一、社会救助 | | | | |
1 | 城市低保提标 | 每人每月612元 | 提高到每人每月655元 | 救助科 | 7月底前
2 | 孤儿保障 | 发放基本生活费86.4万元 | 保障孤儿41名 | 儿童科 | 11月底前
二、养老服务 | | | | |
3 | 日间照料中心 | 建成32个 | 新建8个,覆盖率达到90% | 养老科 | 10月底前
4 | 婚姻登记 | 办理结婚登记2113对 | 登记合格率99% | 婚登处 | 全年
""",
        [
            "612 dibao.standard 612 元/人/月 status=actual year=2020 residence=urban",
            "655 dibao.standard 655 元/人/月 status=target year=2021 period_end=2021-07-31",
            "86.4 orphan.expenditure 864000 元 status=actual year=2020",
            "32 day_care_center.count 32 个 status=actual year=2020 change=level",
            "8 day_care_center.count 8 个 status=target year=2021 change=added period_end=2021-10-31",
            "90 day_care_center.ratio 90 % status=target year=2021",
            "2113 marriage.couples 2113 对 status=actual year=2020",
            "99 marriage_registration.ratio 99 % status=target year=2021 period_end=None",
        ],
    ),
    "progress_of_projects.txt": (
        """岳西县2022年民生实事进展情况表
| 项目名称 | 年度目标 | 进展情况 | 责任单位 |
| 老年食堂建设 | 新建老年食堂15家 | 已建成13家,力争11月底前再建2家 | 县民政局 |
| 残疾人两项补贴 | 补贴4200人 | 惠及4310人,发放补贴资金586万元 | 县残联 |
""",
        [
            "15 meal_point.count 15 个 status=target year=2022",
            "13 meal_point.count 13 个 status=actual",
            "2 meal_point.count 2 个 status=target",
            "4200 disability_subsidies.persons 4200 人 status=target",
            "586 disability_subsidies.expenditure 5860000 元 status=actual",
        ],
    ),
    "duties_alone.txt": (
        """望江县民政局2024年工作目标责任书
| 目标任务 | 分值 | 责任股室 | 完成时间 |
| 新增养老床位120张 | 10 | 养老股 | 2024年11月 |
| 培训养老护理员800人次 | 5 | 养老股 | 2024年10月 |
""",
        [
            "120 elder_bed.beds 120 张 status=target change=added period_end=2024-11-30",
            "800 caregiver.person_times 800 人次 status=target period_end=2024-10-31",
        ],
    ),
    "shares_of_towns.txt": (
        """太湖县各乡镇2020年殡葬改革目标任务分解表
乡镇 | 目标任务 | 备注
弥陀镇 | 新建公益性公墓3处 |
北中镇 | 新建公益性公墓2处 |
""",
        ["3 cemetery.count 3 个 status=target place=弥陀镇", "2 cemetery.count 2 个 place=北中镇"],
    ),
    "accounts.txt": (
        """宿松县2020年困难群众救助资金收支情况表
单位:万元
项目 | 上年结转 | 本年收入 | 本年支出 | 年末结余
城市低保 | 21 | 310 | 295 | 36
临时救助 | 5 | 212 | 203 | 14
""",
        [
            "21 other.expenditure 210000 元",
            "310 fund_raising.expenditure 3100000 元 subgroup=城市低保",
            "295 dibao.expenditure 2950000 元 residence=urban subgroup=None",
            "36 other.expenditure 360000 元",
            "203 temporary_assistance.expenditure 2030000 元 year=2020",
        ],
    ),
    "this_year_and_last.txt": (
        """枞阳县2022年养老服务主要指标
指标名称 | 本年实际 | 上年实际
养老机构(个) | 31 | 33
床位数(张) | 3300 | 3210
#年末收养人数 | 1260 | 1203
村(居)民小组(个) | 2310 | 2298
""",
        [
            "31 elder_institution.count 31 个 status=actual year=2022 subgroup=None",
            "33 elder_institution.count 33 个 status=prior year=2021",
            "2310 village.count 2310 个 year=2022",
        ],
    ),
    "aims_name_their_rows.txt": (
        """潜山市民政局2023年目标任务进展表
序号 | 类别 | 年度目标任务 | 截至6月完成情况 | 完成率 | 责任科室
1 | 养老服务 | 新建乡镇区域养老服务中心5个 | 已建成2个 | 40% | 养老科
2 | 养老服务 | 新增护理型床位240张 | 新增150张 | 62.5% | 养老科
3 | 社会救助 | 提高救助水平4% | 支出186万元 | 50% | 救助科
4 | 社会事务 | 新建农村公益性公墓12处 | 完成8处 | 66.7% | 社会事务科
""",
        [
            "240 nursing_bed.beds 240 张 status=target change=added",
            "150 nursing_bed.beds 150 张 change=added period_start=2023-01-01 period_end=2023-06-30",
            "62.5 nursing_bed.ratio 62.5 % status=actual change=level",
            "12 cemetery.count 12 个 status=target",
            "66.7 cemetery.ratio 66.7 % residence=rural",
        ],
    ),
    "groups_paid.txt": (
        """会同县2022年9月份价格临时补贴发放情况表
单位：户、人、万元
补贴对象 | 户数 | 人数 | 补贴标准（元/人） | 发放金额
城市低保对象 | 802 | 1203 | 35 | 4.21
农村低保对象 | 4105 | 9012 | 35 | 31.54
特困人员 | 1510 | 1562 | 35 | 5.47
孤儿（含事实无人抚养儿童） | - | 181 | 35 | 0.63
合计 | 6417 | 11958 | | 41.85
""",
        [
            "1203 price_subsidy.persons 1203 人 subgroup=城市低保对象",
            "4.21 price_subsidy.expenditure 42100 元 subgroup=城市低保对象",
            "11958 price_subsidy.persons 11958 人 scope=region",
        ],
    ),
    "units_behind.txt": (
        """运城市2023年社会福利保障标准表
| 项目 | 对象 | 2022年 | 2023年 | 增加额 | 计量单位 |
| 孤儿基本生活费 | 集中养育 | 1,750 | 1,840 | 90 | 元/人·月 |
|  | 社会散居 | 1,250 | 1,310 | 60 | 元/人·月 |
| 困难残疾人生活补贴 | 低保家庭残疾人 | 65 | 72 | 7 | 元/人·月 |
| 高龄津贴 | 80-89周岁 | 55 | 55 | — | 元/人·月 |
""",
        [
            "1,840 orphan.standard 1840 元/人/月 subgroup=集中养育 residence=total year=2023",
            "60 orphan.standard 60 元/人/月 change=delta",
            "72 disability_living_subsidy.standard 72 元/人/月 subgroup=低保家庭残疾人",
            "55 old_age_allowance.standard 55 元/人/月",
        ],
    ),
    "fees_of_homes.txt": (
        """洞头区养老机构信息公示
现将截至2023年9月底我区正常运营的养老机构情况公示如下，供居民查询。

| 序号 | 机构名称 | 性质 | 床位数（张） | 入住老人（人） | 收费区间（元/月） | 联系电话 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 北岙颐乐园 | 民办 | 120 | 71 | 1650-3900 | 0577-63480012 |
| 2 | 东屏康乐护理院 | 公建民营 | 86 | 60 | 1480-4200 | 139****2210 |
| | 合计 | | 206 | 131 | | |
""",
        [
            "120 elder_institution.beds 120 张 place=北岙颐乐园 scope=part period_end=2023-09-30",
            "1650 elder_institution.standard 1650 元/月 value_high=3900.0",
            "60 elder_institution.persons 60 人 place=东屏康乐护理院",
            "206 elder_institution.beds 206 张 scope=region",
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
            "60 columbarium.standard 60 元/个/年",
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
    "shares_of_what_was_built.txt": (
        """西海市2019年民生实事进展情况（截至10月底）
县区 | 新建农村老饭桌（个） | | | 新建城市社区日间照料中心（个） | | |
| 年度目标 | 已完成 | 完成率 | 年度目标 | 已完成 | 完成率 |
全市 | 60 | 52 | 86.7% | 12 | 9 | 75% |
东州区 | 18 | 17 | 94.4% | 5 | 4 | 80% |
西吉县 | 42 | 35 | 83.3% | 7 | 5 | 71.4% |
""",
        [
            "94.4 meal_point.ratio 94.4 % change=level residence=rural place=东州区",
            "17 meal_point.count 17 个 change=added status=actual",
        ],
    ),
    "ranks_and_aims_alone.txt": (
        """襄安市2023年1—11月民政领域民生实事完成情况
序号 | 项目 | 目标任务 | 完成情况 | 位次
1 | 城市低保标准 | 700元/月 | 720元/月 | 3
2 | 村级养老服务站 | 新建20个 | 建成22个 | 5
3 | 特困人员基本生活标准 | 城市1400元/月 | 城市1440元/月 | 2
""",
        [
            "700 dibao.standard 700 元/月 status=target",
            "720 dibao.standard 720 元/月 status=actual",
            "22 village_elder_station.count 22 个 status=actual",
        ],
    ),
}
