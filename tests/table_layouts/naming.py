"""Rows and columns that several tables share: places, benefits by aspects, items of reports."""

from __future__ import annotations

from itertools import product

from table_layouts.known import Name

TOWNS = ("东源镇", "石坪镇", "双河乡", "城关街道", "白沙镇", "柳林乡", "青山镇")
COUNTIES = ("雨城区", "名山区", "荥经县", "汉源县", "石棉县", "天全县", "芦山县")
HOMES = ("东源镇敬老院", "康乐养老院", "夕阳红老年公寓", "县社会福利中心", "石坪镇敬老院")
VILLAGES = ("东源村", "石桥村", "柳树沟村", "城南社区", "新民村")
SHORT = ("城关", "东源", "石坪", "新堤办", "开发区", "双河林场", "柳林")
SHORT_COUNTIES = ("雨城", "名山", "荥经", "汉源", "石棉", "市本级")
WHOLE = ("合计", "总计", "合 计")


def places(names: tuple[str, ...], whole: tuple[str, ...] = WHOLE) -> tuple[Name, ...]:
    """Rows of places, which are parts, and the names that their sum may have."""
    return (
        *(Name((name,), {"scope": "part", "place": name}) for name in names),
        *(Name((name,), total=True) for name in whole),
    )


TOWN_ROWS = places(TOWNS, (*WHOLE, "全县合计"))
COUNTY_ROWS = places(COUNTIES, (*WHOLE, "全市合计"))


def of_both_homes(*aspects: tuple[str, str, str, float, int]) -> tuple[Name, ...]:
    """城市低保 and 农村低保 by aspects: word, measure, unit, most, digits."""
    homes = (("城市低保", "urban"), ("农村低保", "rural"))
    return tuple(
        Name(
            (name, word),
            {"subject": "dibao", "residence": home, "measure": measure},
            unit,
            high=most,
            digits=digits,
        )
        for (name, home), (word, measure, unit, most, digits) in product(homes, aspects)
    )


HOUSEHOLDS = ("户数", "households", "户", 2000, 0)
PERSONS = ("人数", "persons", "人", 5000, 0)
MONEY = ("资金", "expenditure", "万元", 400, 1)


def aspects_of(
    subject: str, path: tuple[str, ...], *aspects: tuple[str, str, str, float, int]
) -> tuple[Name, ...]:
    return tuple(
        Name((*path, word), {"subject": subject, "measure": measure}, unit, high=most, digits=digits)
        for word, measure, unit, most, digits in aspects
    )


def item(
    name: str, subject: str, measure: str, unit: str, most: float = 900, digits: int = 0, **says: object
) -> Name:
    return Name((name,), {"subject": subject, "measure": measure, **says}, unit, high=most, digits=digits)


MONTHLY = (
    item("结婚登记", "marriage", "couples", "对"),
    item("离婚登记", "divorce", "couples", "对"),
    item("临时救助人次", "temporary_assistance", "person_times", "人次", alt={"measure": ["persons"]}),
    item("临时救助资金", "temporary_assistance", "expenditure", "万元", 90, 1),
    item("城市低保资金支出", "dibao", "expenditure", "万元", 300, 1, residence="urban"),
    item("农村低保资金支出", "dibao", "expenditure", "万元", 700, 1, residence="rural"),
    item("火化遗体", "cremation", "count", "具"),
)
AIMS = (
    item("新增养老床位", "elder_bed", "beds", "张", alt={"change": ["added"]}),
    item("困难老年人家庭适老化改造", "home_adaptation", "households", "户"),
    item("老年助餐点", "meal_point", "count", "个", 60),
    item("乡镇社工站", "social_work_station", "count", "个", 40),
    item("公益性公墓", "cemetery", "count", "个", 20),
    item("农村特困人员供养", "tekun", "persons", "人", residence="rural"),
)
SPENT = (
    item("城市最低生活保障金", "dibao", "expenditure", "万元", 800, 1, residence="urban"),
    item("农村最低生活保障金", "dibao", "expenditure", "万元", 900, 1, residence="rural"),
    item("临时救助", "temporary_assistance", "expenditure", "万元", 200, 1),
    item("特困人员救助供养", "tekun", "expenditure", "万元", 600, 1),
    item("孤儿基本生活费", "orphan", "expenditure", "万元", 90, 1),
    item("高龄津贴", "old_age_allowance", "expenditure", "万元", 90, 1),
)
STOCKS = (
    item("城市低保人数", "dibao", "persons", "人", 3000, residence="urban"),
    item("农村低保人数", "dibao", "persons", "人", 9000, residence="rural"),
    item("特困供养人数", "tekun", "persons", "人"),
    item("养老机构数", "elder_institution", "count", "个", 60),
    item("孤儿人数", "orphan", "persons", "人"),
    item("社会组织数", "social_org", "count", "个"),
)
RATIO = {"measure": "ratio"}
PRIOR = {"status": "prior", "alt": {"status": ["actual"]}}


def grown(values: list[list[float]], now: int, before: int, at: int) -> list[list[float]]:
    for row in values:
        row[before] = round(row[now] * (0.85 + (row[at] % 31) / 100), 1 if row[now] % 1 else 0)
        row[at] = round((row[now] / max(row[before], 1) - 1) * 100, 1)
    return values


def part_done(values: list[list[float]], whole: int, done: int, at: int) -> list[list[float]]:
    for row in values:
        row[done] = round(row[whole] * (0.6 + (row[at] % 50) / 100), 1 if row[whole] % 1 else 0)
        row[at] = round(row[done] / max(row[whole], 1) * 100, 1)
    return values


STANDARD = {"measure": "standard"}
