"""Makes a corpus of any size from our own sentences, and the values that a right reading of it must find.

Each report has its own region, year, wordings and figures.

A region and year has a summary, which gives what was done, and a plan, which gives what is meant to be done.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

REGIONS = Path(__file__).parents[2] / "pipeline" / "vocabulary" / "regions" / "regions.csv"
SAMPLES = Path(__file__).parents[2] / "raw"
LONG, IN_A_THOUSAND = 10_000, 20  # characters of a long report, numbers in each thousand of them
FIRST_YEAR, LAST_YEAR = 2006, 2025
TRUTH = {
    "region_code": pl.String,
    "year": pl.Int32,
    "indicator_id": pl.String,
    "residence": pl.String,
    "status": pl.String,
    "value": pl.Float64,
}
SCALES = {"": 1, "万元": 10_000, "元": 1}


@dataclass(frozen=True)
class Figure:
    """One figure of a sentence: what it measures, between which bounds it lies, and in which unit."""

    indicator: str
    low: int
    high: int
    unit: str = ""
    residence: str = "total"


DONE = [
    ("社会救助", [
        (("全{area}共有低保对象{0}人。", "截至年底,全{area}低保对象{0}人。", "全{area}在册低保对象共{0}人。"),
         [Figure("dibao.persons", 800, 90_000)]),
        (("全年发放低保金{0}万元。", "全年累计发放低保金{0}万元。", "一年来发放低保资金{0}万元。"),
         [Figure("dibao.expenditure", 300, 60_000, "万元")]),
        (("城市低保标准提高到每人每月{0}元。", "城市低保标准为每人每月{0}元。"),
         [Figure("dibao.standard", 300, 1_200, "元", "urban")]),
        (("全{area}特困供养人员{0}人。", "全{area}现有特困供养人员{0}人。"),
         [Figure("tekun.persons", 60, 9_000)]),
        (("全年实施临时救助{0}人次,", "开展临时救助{0}人次,"),
         [Figure("temporary_assistance.person_times", 50, 20_000)]),
        (("支出临时救助资金{0}万元。", "发放临时救助金{0}万元。"),
         [Figure("temporary_assistance.expenditure", 20, 3_000, "万元")]),
        (("全年救助流浪乞讨人员{0}人次。", "救助站救助流浪乞讨人员{0}人次。"),
         [Figure("vagrant_assistance.person_times", 10, 4_000)]),
    ]),
    ("养老服务", [
        (("全{area}建有养老机构{0}家。", "全{area}现有养老机构{0}所。"),
         [Figure("elder_institution.count", 3, 90)]),
        (("全{area}共有养老床位{0}张。", "养老床位总数达到{0}张。"),
         [Figure("elder_bed.beds", 300, 20_000)]),
        (("为{0}户特殊困难老年人家庭实施了适老化改造。", "完成特殊困难老年人家庭适老化改造{0}户。"),
         [Figure("home_adaptation.households", 20, 2_500)]),
        (("全{area}享受高龄津贴的老人有{0}人。", "享受高龄津贴老人{0}人。"),
         [Figure("old_age_allowance.persons", 500, 60_000)]),
    ]),
    ("儿童福利和残疾人保障", [
        (("全{area}现有农村留守儿童{0}人。", "全{area}共有农村留守儿童{0}名。"),
         [Figure("left_behind_child.persons", 20, 9_000, residence="rural")]),
        (("全{area}事实无人抚养儿童{0}人。", "现有事实无人抚养儿童{0}名。"),
         [Figure("unattended_child.persons", 15, 900)]),
        (("享受困难残疾人生活补贴{0}人。", "全{area}困难残疾人生活补贴对象{0}人。"),
         [Figure("disability_living_subsidy.persons", 100, 20_000)]),
    ]),
    ("社会事务", [
        (("全年办理结婚登记{0}对,", "依法办理结婚登记{0}对,"), [Figure("marriage.couples", 200, 12_000)]),
        (("办理离婚登记{0}对。", "离婚登记{0}对。"), [Figure("divorce.couples", 90, 5_000)]),
        (("全年火化遗体{0}具。", "共火化遗体{0}具。"), [Figure("cremation.count", 100, 9_000)]),
    ]),
    ("社会组织和慈善", [
        (("全{area}登记的社会组织共{0}家。", "全{area}现有社会组织{0}个。"),
         [Figure("social_org.count", 30, 1_500)]),
        (("全年销售福利彩票{0}万元。", "全年福利彩票销售{0}万元。"),
         [Figure("welfare_lottery.expenditure", 200, 30_000, "万元")]),
    ]),
]  # fmt: skip
PLANNED = [
    ("社会救助", [
        (("城市低保标准达到每人每月{0}元。", "将城市低保标准提高到每人每月{0}元。"),
         [Figure("dibao.standard", 300, 1_200, "元", "urban")]),
    ]),
    ("养老服务", [
        (("新建养老机构{0}家。", "计划新建养老机构{0}所。"), [Figure("elder_institution.count", 1, 12)]),
        (("完成特殊困难老年人家庭适老化改造{0}户。", "力争完成特殊困难老年人家庭适老化改造{0}户。"),
         [Figure("home_adaptation.households", 20, 2_500)]),
    ]),
]  # fmt: skip
# What officials write between their figures: beginnings and ends that are joined at random.
WHEN = ("一年来", "年初以来", "工作中", "具体工作上", "在此基础上", "与此同时", "下半年以来", "各乡镇带头,")
WHO = ("局机关", "各乡镇", "村级组织", "窗口人员", "各个股室", "驻村干部", "社区干部", "服务站点")
WHERE = ("城乡", "基层", "村里", "社区", "山区", "街道", "乡镇", "偏远村庄")
OPENINGS = (
    "坚持把困难群众的事放在心上", "严格按照上级的部署安排", "紧盯年初定下的各项任务",
    "充分发挥基层干部的作用", "着力补上农村服务的短板", "不断完善部门之间的协作机制",
    "认真听取社区居民的意见", "积极争取财政部门的支持",
    "进一步规范窗口办事的流程", "依托乡镇的服务站点", "主动接受社会各界的监督", "结合本地山区多的实际",
)  # fmt: skip
MIDDLES = (
    "逐项分解到股室和个人", "完善了入户走访的办法", "把政策讲到田间地头", "对重点对象定期上门看望",
    "健全了早发现早介入的机制", "推动资源向基层一线倾斜", "改进了档案整理的做法", "联合有关部门开展排查",
    "压实了各级的工作责任", "优化了申请审核的环节", "培育了一批热心的志愿力量", "加强了资金使用的管理",
)  # fmt: skip
ENDINGS = (
    "群众的满意程度稳步提高", "各项工作有序推进", "基层的服务能力明显增强", "办事效率有了新的提升",
    "困难家庭的后顾之忧进一步减少", "工作基础更加牢固", "服务的覆盖面继续扩大", "队伍的作风进一步转变",
    "邻里之间的风气更加和睦", "制度的漏洞及时得到弥补", "老人和孩子得到了更好的照料", "下一步的方向更加清楚",
)  # fmt: skip


def make_corpus(folder: Path, first: int, last: int) -> pl.DataFrame:
    """Write reports `first` to `last - 1` below `folder`; returns the values that they tell (TRUTH).

    A report's text depends on nothing but its number, so that a corpus can be made in parts.
    """
    regions = _regions()
    rows: list[tuple] = []
    for number in range(first, last):
        code, name = regions[number // 2 % len(regions)]
        year = LAST_YEAR - number // 2 // len(regions)
        if year < FIRST_YEAR:
            raise ValueError(f"there are regions and years for {number} reports only")
        chance = random.Random(number)
        plan = bool(number % 2)
        text, told = _report(name, year + plan, PLANNED if plan else DONE, plan, chance)
        place = folder / code[:2]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{code}-{year}-{'plan' if plan else 'summary'}.txt").write_text(text, encoding="utf-8")
        status = "target" if plan else "actual"
        rows += [(code, year + plan, f.indicator, f.residence, status, value) for f, value in told]
    return pl.DataFrame(rows, schema=TRUTH, orient="row")


def make_long_corpus(folder: Path, first: int, last: int) -> pl.DataFrame:
    """Write summaries of `LONG` characters with as many numbers as real ones have, of the samples' sentences
    in ever other order, one for each region and year, then another of its half; none of their values is known
    (TRUTH, empty)."""
    regions = _regions()
    years = LAST_YEAR - FIRST_YEAR + 1
    for number in range(first, last):
        before, nth = divmod(number, len(regions))
        code, name = regions[nth]
        again, back = divmod(before, years)
        if again > 1:
            raise ValueError(f"there are regions and years for {number} reports only")
        place = folder / code[:2]
        place.mkdir(parents=True, exist_ok=True)
        year = LAST_YEAR - back
        text = f"{name}民政局{year}年{'上半年' * again}工作总结\n\n" + long_text(number)
        (place / f"{code}-{year}{'-half' * again}.txt").write_text(text, encoding="utf-8")
    return pl.DataFrame(schema=TRUTH)


def long_text(number: int) -> str:
    """`LONG` characters of the samples' sentences, `IN_A_THOUSAND` numbers in each thousand."""
    told, plain = _sentences()
    parts, size, numbers, at = [], 20, 2, number * 7
    while size < LONG:
        few = numbers * 1000 < IN_A_THOUSAND * size
        sentence = (told if few else plain)[at % len(told if few else plain)]
        at += 1
        parts.append(sentence + "\n" * (at % 5 == 0))
        size += len(sentence)
        numbers += len(re.findall("[0-9]+", sentence))
    return "".join(parts)


@cache
def _sentences() -> tuple[list[str], list[str]]:
    """Sentences of the samples with numbers and without."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt")))
    sentences = [
        s.strip() + "。" for s in re.split("[。\n]", text) if len(s) > 8 and not re.search("[|]|minzheng", s)
    ]
    told = [s for s in sentences if re.search("[0-9]", s)]
    return told, [s for s in sentences if not re.search("[0-9]", s)]


def _regions() -> list[tuple[str, str]]:
    regions = pl.read_csv(REGIONS, schema_overrides={"region_code": pl.String}).filter(
        (pl.col("level") == "county") & ~pl.col("statistical")
    )
    return list(regions.select("region_code", "full_name").iter_rows())


def _report(
    name: str, year: int, chapters: list, plan: bool, chance: random.Random
) -> tuple[str, list[tuple[Figure, float]]]:
    area = name[-1] if name[-1] in "市区县" else "县"
    lines = [f"{name}民政局{year}年工作{'计划' if plan else '总结'}", ""]
    told: list[tuple[Figure, float]] = []
    for heading, sentences in _numbered(chapters):
        lines += [heading, _filler(chance, 4)]
        written = ""
        for wordings, figures in sentences:
            values = [_value(figure, chance) for figure in figures]
            told += [(f, round(v * SCALES[f.unit], 2)) for f, v in zip(figures, values, strict=True)]
            written += chance.choice(wordings).format(*map(_written, values), area=area)
        lines += [written, _filler(chance, 6), ""]
    return "\n".join(lines), told


def _numbered(chapters: list) -> Iterator[tuple[str, list]]:
    for numeral, (heading, sentences) in zip("一二三四五", chapters, strict=False):
        yield f"{numeral}、{heading}", sentences


def _filler(chance: random.Random, sentences: int) -> str:
    pick = chance.choice
    return "".join(
        f"{pick(WHEN)}{pick(OPENINGS)},{pick(WHO)}{pick(MIDDLES)},{pick(WHERE)}{pick(ENDINGS)}。"
        for _ in range(sentences)
    )


def _value(figure: Figure, chance: random.Random) -> float:
    if figure.unit == "万元":
        return round(chance.uniform(figure.low, figure.high), 2)
    return float(chance.randint(figure.low, figure.high))


def _written(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
