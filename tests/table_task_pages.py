"""Tables whose cells hold words with figures: what is to be done, and how far it has come."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
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
            "2310 other.count 2310 个 year=2022",
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
}
