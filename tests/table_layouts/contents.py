"""What the tables hold: usual ones of civil affairs, each known in full, whatever they are written with."""

from __future__ import annotations

from itertools import product

from table_layouts.known import Known, Name

TOWNS = ("东源镇", "石坪镇", "双河乡", "城关街道", "白沙镇", "柳林乡", "青山镇")
COUNTIES = ("雨城区", "名山区", "荥经县", "汉源县", "石棉县", "天全县", "芦山县")
HOMES = ("东源镇敬老院", "康乐养老院", "夕阳红老年公寓", "县社会福利中心", "石坪镇敬老院")
WHOLE = ("合计", "总计", "合 计")


def places(names: tuple[str, ...], whole: tuple[str, ...] = WHOLE) -> tuple[Name, ...]:
    """Rows of places, which are parts, and the names that their sum may have."""
    return (
        *(Name((name,), {"scope": "part", "place": name}) for name in names),
        *(Name((name,), total=True) for name in whole),
    )


TOWN_ROWS = places(TOWNS, (*WHOLE, "全县合计"))
COUNTY_ROWS = places(COUNTIES, (*WHOLE, "全市合计"))


def _homes(*aspects: tuple[str, str, str, float, int]) -> tuple[Name, ...]:
    """城市低保 and 农村低保 by aspects: word, measure, unit, most, digits."""
    homes = (("城市低保", "urban"), ("农村低保", "rural"))
    return tuple(
        Name((name, word), {"subject": "dibao", "residence": home, "measure": measure}, unit, high=most,
             digits=digits)
        for (name, home), (word, measure, unit, most, digits) in product(homes, aspects)
    )  # fmt: skip


HOUSEHOLDS = ("户数", "households", "户", 2000, 0)
PERSONS = ("人数", "persons", "人", 5000, 0)
MONEY = ("资金", "expenditure", "万元", 400, 1)


def _aspects(
    subject: str, path: tuple[str, ...], *aspects: tuple[str, str, str, float, int]
) -> tuple[Name, ...]:
    return tuple(
        Name((*path, word), {"subject": subject, "measure": measure}, unit, high=most, digits=digits)
        for word, measure, unit, most, digits in aspects
    )


def _item(name: str, subject: str, measure: str, unit: str, most: float = 900, digits: int = 0,
          **says: object) -> Name:  # fmt: skip
    return Name((name,), {"subject": subject, "measure": measure, **says}, unit, high=most, digits=digits)


MONTHLY = (
    _item("结婚登记", "marriage", "couples", "对"), _item("离婚登记", "divorce", "couples", "对"),
    _item("临时救助人次", "temporary_assistance", "person_times", "人次", alt={"measure": ["persons"]}),
    _item("临时救助资金", "temporary_assistance", "expenditure", "万元", 90, 1),
    _item("城市低保资金支出", "dibao", "expenditure", "万元", 300, 1, residence="urban"),
    _item("农村低保资金支出", "dibao", "expenditure", "万元", 700, 1, residence="rural"),
    _item("火化遗体", "cremation", "count", "具"),
)  # fmt: skip
AIMS = (
    _item("新增养老床位", "elder_bed", "beds", "张", alt={"change": ["added"]}),
    _item("困难老年人家庭适老化改造", "home_adaptation", "households", "户"),
    _item("老年助餐点", "meal_point", "count", "个", 60), _item("乡镇社工站", "social_work_station", "count", "个", 40),
    _item("公益性公墓", "cemetery", "count", "个", 20),
    _item("农村特困人员供养", "tekun", "persons", "人", residence="rural"),
)  # fmt: skip
SPENT = (
    _item("城市最低生活保障金", "dibao", "expenditure", "万元", 800, 1, residence="urban"),
    _item("农村最低生活保障金", "dibao", "expenditure", "万元", 900, 1, residence="rural"),
    _item("临时救助", "temporary_assistance", "expenditure", "万元", 200, 1),
    _item("特困人员救助供养", "tekun", "expenditure", "万元", 600, 1),
    _item("孤儿基本生活费", "orphan", "expenditure", "万元", 90, 1),
    _item("高龄津贴", "old_age_allowance", "expenditure", "万元", 90, 1),
)  # fmt: skip
STOCKS = (
    _item("城市低保人数", "dibao", "persons", "人", 3000, residence="urban"),
    _item("农村低保人数", "dibao", "persons", "人", 9000, residence="rural"),
    _item("特困供养人数", "tekun", "persons", "人"), _item("养老机构数", "elder_institution", "count", "个", 60),
    _item("孤儿人数", "orphan", "persons", "人"), _item("社会组织数", "social_org", "count", "个"),
)  # fmt: skip
RATIO = {"measure": "ratio"}
PRIOR = {"status": "prior", "alt": {"status": ["actual"]}}


def _grown(values: list[list[float]], now: int, before: int, at: int) -> list[list[float]]:
    for row in values:
        row[before] = round(row[now] * (0.85 + (row[at] % 31) / 100), 1 if row[now] % 1 else 0)
        row[at] = round((row[now] / max(row[before], 1) - 1) * 100, 1)
    return values


def _part(values: list[list[float]], whole: int, done: int, at: int) -> list[list[float]]:
    for row in values:
        row[done] = round(row[whole] * (0.6 + (row[at] % 50) / 100), 1 if row[whole] % 1 else 0)
        row[at] = round(row[done] / max(row[whole], 1) * 100, 1)
    return values


STANDARD = {"measure": "standard"}
SEEN = (
    Known("dibao_towns", "城乡低保情况统计表", ("乡镇",), TOWN_ROWS, ("类别", "指标"),
          _homes(HOUSEHOLDS, PERSONS), "month"),
    Known("dibao_money", "城乡低保资金发放情况表", ("地区",), COUNTY_ROWS, ("类别", "项目"),
          _homes(HOUSEHOLDS, PERSONS, MONEY), "month", area="市"),
    Known("standards", "社会救助标准一览表", ("区县",), COUNTY_ROWS[:-4], ("标准",), (
        Name(("城市低保标准",), {"subject": "dibao", "residence": "urban", **STANDARD}, "元/人·月", low=600, adds=False),
        Name(("农村低保标准",), {"subject": "dibao", "residence": "rural", **STANDARD}, "元/人·月", low=400, adds=False),
        Name(("特困人员供养标准",), {"subject": "tekun", **STANDARD}, "元/人·月", low=800, high=1200, adds=False),
    ), "year", {"alt": {"period": [None]}}, area="市"),
    Known("monthly", "民政业务统计月报", ("指标名称",), MONTHLY, ("时间",), (
        Name(("本月",), when="month"), Name(("本年累计",), when="to_date"),
        Name(("上年同期",), {"status": "prior"}, when="last_to_date"),
        Name(("同比增减",), {"change": "delta", **RATIO}, "%", "to_date", digits=1, high=30),
    ), "month", corner=False, derive=lambda v: _grown(v, 1, 2, 3)),
    Known("aims", "民生实事完成情况表", ("项目",), AIMS, ("指标",), (
        Name(("目标任务",), {"status": "target"}, when="target"), Name(("完成数",), when="to_date"),
        Name(("完成率",), RATIO, "%", "to_date", high=100, digits=1),
    ), "months", corner=False, derive=lambda v: _part(v, 0, 1, 2)),
    Known("homes", "养老机构基本情况表", ("机构名称",), places(HOMES), ("指标",), (
        Name(("床位数",), {"subject": "elder_institution", "measure": "beds",
                        "alt": {"subject": ["elder_bed"]}}, "张", low=30, high=400),
        Name(("在院老人",), {"subject": "elder_institution"}, "人", high=300),
        Name(("建筑面积",), {"subject": "elder_institution", "measure": "floor_area"}, "平方米", low=800, high=9000),
        Name(("护理员",), {"subject": "caregiver"}, "人", high=60),
    ), "year"),
    Known("budget", "民政支出预算执行情况表", ("项目",), (*SPENT, Name(("合计",), {
        "subject": "civil_affairs_total", "measure": "expenditure", "alt": {"subject": ["other", "dibao"]}}, "万元",
        total=True)), ("指标",), (
        Name(("年初预算",), {"status": "target"}), Name(("实际支出",), {}),
        Name(("执行率",), RATIO, "%", high=100, digits=1, adds=False),
    ), "year", {"alt": {"period": [None]}}, derive=lambda v: _part(v, 0, 1, 2)),
    Known("quarters", "婚姻登记情况统计表", ("季度",), tuple(
        Name((f"{n}季度",), when=f"quarter{k}") for k, n in enumerate("一二三四", 1)
    ) + (Name(("全年合计",), when="year", total=True), Name(("合计",), when="year", total=True)), ("项目",), (
        Name(("结婚登记",), {"subject": "marriage", "measure": "couples"}, "对"),
        Name(("离婚登记",), {"subject": "divorce", "measure": "couples"}, "对"),
        Name(("补领结婚证",), {"subject": "marriage_reissue", "measure": "cases", "alt": {"measure": ["couples"]}}, "件"),
    ), "year", corner=False),
    Known("grown", "主要民政指标对比表", ("指标",), STOCKS, ("年度",), (
        Name(("上年",), PRIOR, when="last_year"), Name(("本年",), when="year"),
        Name(("增长",), {"change": "delta", **RATIO}, "%", "year", digits=1, high=30),
    ), "year", corner=False, derive=lambda v: _grown(v, 1, 0, 2)),
    Known("caption_alone", "最低生活保障资金发放情况表", ("类别",), (
        Name(("城市",), {"residence": "urban"}), Name(("农村",), {"residence": "rural"}),
        *(Name((name,), total=True) for name in WHOLE),
    ), ("指标",), _aspects("dibao", (), HOUSEHOLDS, PERSONS, MONEY), "month", named=False),
    Known("children", "困境儿童保障情况表", ("县区",), COUNTY_ROWS, ("类别", "方式"), (
        Name(("孤儿", "集中养育"), {"subject": "orphan"}, "人", high=80),
        Name(("孤儿", "社会散居"), {"subject": "orphan"}, "人", high=90),
        Name(("事实无人抚养儿童",), {"subject": "unattended_child"}, "人", high=300),
        Name(("农村留守儿童",), {"subject": "left_behind_child", "alt": {"residence": ["rural"]}}, "人", high=900),
    ), "month", area="市"),
    Known("disabled", "残疾人两项补贴发放情况表", ("乡镇(街道)",), TOWN_ROWS, ("补贴", "指标"), (
        *_aspects("disability_living_subsidy", ("困难残疾人生活补贴",), PERSONS, ("金额", "expenditure", "元", 90000, 0)),
        *_aspects("disability_nursing_subsidy", ("重度残疾人护理补贴",), PERSONS, ("金额", "expenditure", "元", 90000, 0)),
    ), "month"),
    Known("organisations", "社会组织登记情况表", ("类别",), (
        Name(("社会团体",), {"subject": "social_group"}), Name(("民办非企业单位",), {"subject": "private_nonenterprise"}),
        Name(("基金会",), {"subject": "foundation"}), Name(("合计",), {"subject": "social_org"}, total=True),
    ), ("指标",), (
        Name(("年末总数",), {"measure": "count"}, "个"), Name(("本年新登记",), {"measure": "count", "change": "added"}, "个", high=80),
        Name(("本年注销",), {"measure": "count", "change": "removed"}, "个", high=40),
    ), "year"),
    Known("relief", "临时救助情况表", ("镇街",), TOWN_ROWS, ("指标",), (
        Name(("救助人次",), {"subject": "temporary_assistance", "measure": "person_times"}, "人次"),
        Name(("救助资金",), {"subject": "temporary_assistance", "measure": "expenditure"}, "元", low=9000, high=90000),
    ), "months", named=False),
    Known("tekun", "特困人员救助供养情况表", ("乡镇",), TOWN_ROWS, ("方式", "指标"), (
        *_aspects("tekun", ("集中供养",), PERSONS, MONEY), *_aspects("tekun", ("分散供养",), PERSONS, MONEY),
    ), "month", named=False),
    Known("ages", "高龄津贴发放情况表", ("年龄段",), (
        Name(("80-89岁",)), Name(("90-99岁",)), Name(("100岁以上",)), Name(("合计",), total=True),
    ), ("指标",), _aspects("old_age_allowance", (), PERSONS, ("发放金额", "expenditure", "万元", 90, 1)), "month",
        named=False),
    Known("divisions", "乡级行政区划和基层组织情况表", ("县区",), COUNTY_ROWS, ("指标",), (
        Name(("镇",), {"subject": "admin_division", "measure": "count"}, "个", high=30),
        Name(("乡",), {"subject": "admin_division", "measure": "count"}, "个", high=20),
        Name(("村委会",), {"subject": "village", "measure": "count"}, "个", high=300),
        Name(("居委会",), {"subject": "community", "measure": "count"}, "个", high=80),
    ), "year", area="市"),
    Known("groups", "社会救助对象情况表", ("类别", "对象"), (
        Name(("最低生活保障", "城市"), {"subject": "dibao", "residence": "urban"}),
        Name(("最低生活保障", "农村"), {"subject": "dibao", "residence": "rural"}),
        Name(("特困人员", "集中供养"), {"subject": "tekun"}), Name(("特困人员", "分散供养"), {"subject": "tekun"}),
        Name(("低保边缘家庭",), {"subject": "dibao_borderline"}),
    ), ("指标",), (
        Name(("户数",), {"measure": "households"}, "户"), Name(("人数",), {}, "人"),
        Name(("月保障标准",), STANDARD, "元/人·月", low=400, adds=False),
    ), "month"),
)  # fmt: skip

HELD_OUT = (
    Known("funerals", "殡葬服务情况表", ("殡仪馆",), places(("东源殡仪馆", "石坪殡仪馆", "白沙殡仪馆")), ("项目",), (
        Name(("火化遗体数",), {"subject": "cremation", "measure": "count", "alt": {"subject": ["funeral_home"]}}, "具"),
        Name(("惠民殡葬补贴",), {"subject": "funeral_benefit", "measure": "expenditure"}, "万元", high=90, digits=1),
    ), "months"),
    Known("stations", "居家和社区养老服务设施情况表", ("街道(乡镇)",), TOWN_ROWS, ("设施",), (
        Name(("老年助餐点",), {"subject": "meal_point", "measure": "count"}, "个", high=30),
        Name(("日间照料中心",), {"subject": "day_care_center", "measure": "count"}, "个", high=20),
        Name(("家庭养老床位",), {"subject": "home_care_bed", "measure": "beds"}, "张", high=200),
    ), "year", {"alt": {"period": [None]}}),
    Known("allowances", "残疾儿童和孤儿保障标准表", ("对象", "方式"), (
        Name(("孤儿", "集中养育"), {"subject": "orphan"}), Name(("孤儿", "社会散居"), {"subject": "orphan"}),
        Name(("事实无人抚养儿童",), {"subject": "unattended_child"}),
    ), ("指标",), (
        Name(("人数",), {}, "人", high=300), Name(("月标准",), STANDARD, "元/人·月", low=800, high=1900, adds=False),
    ), "year", {"alt": {"period": [None]}}),
)  # fmt: skip
