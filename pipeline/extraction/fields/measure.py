"""Which aspect of its subject a quantity measures."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.counted import (
    are_beds,
    are_cases,
    are_families,
    are_goods,
    are_graves,
    are_papers,
    are_persons,
    are_sheets,
    of_each_worker,
)
from pipeline.extraction.fields.measured_alike import (
    COUNTED,
    HIGHEST_RAISED,
    as_the_ratio_before,
    as_the_whole,
    part_of_investment,
    raised_alike,
    unspent,
)
from pipeline.extraction.fields.paid_by import paid_by, shared_among
from pipeline.extraction.numbers.units import unit_measures
from pipeline.extraction.subjects.paid_to_each import HIGHEST_BY_AGE
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import pattern
from pipeline.vocabulary.indicators import load_indicators

TAKES = (
    "at", "end_at", "statement", "sentence", "clause", "value", "unit", "unit_written", "unit_class",
    "subject", "subject_word", "head", "rule", "at_t", "after_word", "q_text", "quote_before",
    "quote_after", "report_year", "back", "pair",
)  # fmt: skip
CUES = (
    "invest_at", "invest_word", "expend_at", "expend_word", "average", "average_at", "average_end_at",
    "average_word", "standard", "standard_at", "ratio_of", "ratio_of_end_at", "ratio_of_word", "capacity",
)  # fmt: skip
PER_CASE = ("元/人次", "元/件", "元/户次", "元/次", "元/例")  # what was paid a case is no standard
HIGHEST_STANDARD = 200_000  # 元; more is a sum
HIGHEST_GRANT = 500_000  # 元; more is given to no single house
SUM_OF_SEVERAL = 20_000  # 元; more that so many people get at once is given to all of them
HIGHEST_ONCE = 100_000  # 元; more is given to no single person

# texts and patterns that say what each is given, and from what sum on it is none
EACH_GETS = (
    ("quote_before", "given_once", HIGHEST_ONCE),  # 一次性给予奖补2.1万至4万元, 一次性奖励500元
    ("quote_before", "granted_to_each", HIGHEST_GRANT),  # 对验收合格的互助点一次性给予5万元
    ("quote_before", "by_grade", HIGHEST_RAISED),  # 重度残疾人护理补贴按一级90元
    ("quote_before", "by_age", HIGHEST_BY_AGE),  # 80-89岁50元、90岁以上100元
    ("quote_before", "granted_for_burial", HIGHEST_RAISED),  # 节地生态葬的奖励3000元
    ("quote_before", "by_schooling", HIGHEST_RAISED),  # 本科6000元、专科4000元
    ("quote_before", "may_grant", HIGHEST_RAISED),  # 乡镇可直接审批800元以内的救助
    ("q_text", "own_limit", HIGHEST_STANDARD),  # 给予最高3万元
    ("quote_before", "each_a_year", HIGHEST_STANDARD),  # 每个驿站每年6万元
)


def measure(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `measure` (a code of measures.csv) and `unit` (a person counted with 个 becomes 人), a row a row.

    `rows`: `TAKES`, in the order of the text.
    """
    rows = cues.beside(rows.select(TAKES), *CUES, within="clause")
    rows = cues.beside(rows, "portion_at")
    rows = cues.behind(cues.beside(rows, "build"), "build_at")
    said = cues.decide(rows, "standard")["standard"].is_not_null()
    rows = rows.with_columns(standard_said=said).with_columns(raised=_in_a_raise())
    unit = pl.col("unit")
    # each is told once, whatever is asked of it then
    rows = rows.with_columns(
        persons=are_persons(), cases=are_cases().fill_null(False), sheets=are_sheets(), paid=_paid(rows)
    )
    persons, cases, sheets = pl.col("persons"), pl.col("cases"), pl.col("sheets")
    # 13664个低保户 are households, 283个儿童主任 people
    families = persons & pl.col("subject_word").str.contains(pattern("family_word"))
    rows = rows.with_columns(families=(families | are_families()).fill_null(False))
    families, beds = pl.col("families"), are_beds()
    measured = rows.with_columns(
        measure=pl.when(families).then(pl.lit("households"))
        .when(cases).then(pl.lit("cases"))
        .when(are_graves()).then(pl.lit("capacity"))
        .when(are_goods()).then(pl.lit("count"))
        .when(beds).then(pl.lit("beds"))
        .otherwise(_by_class(persons, sheets)),
        unit=pl.when(families).then(pl.lit("户"))
        .when(persons).then(pl.lit("人"))
        .when(cases).then(pl.lit("件"))
        .when(sheets | are_goods() | are_papers()).then(pl.lit("个"))
        .when(beds).then(pl.lit("张"))
        .when(of_each_worker()).then(pl.lit("人"))
        .otherwise(unit),
    )  # fmt: skip
    return (
        measured.with_columns(as_the_whole())
        .with_columns(part_of_investment())
        .with_columns(raised_alike())
        .with_columns(as_the_ratio_before())
        .with_columns(unit=paid_by())
        # 城镇标准378元,农村标准227元: the second is paid as the first, of which only its size told it
        .with_columns(unit=paid_by())
        .select("measure", unit=shared_among())
    )


def without_impossible(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with subject, measure, rule and flags, where no subject stands in a measure that it cannot have:
    50 beds that seem to be of 最低生活保障 are of something that is not known (`other`, flag no_subject)."""
    odd = ~(pl.col("subject") + "." + pl.col("measure")).is_in(_possible())
    flags = pl.col("flags").list.concat(pl.lit(["no_subject"])).list.unique(maintain_order=True)
    return rows.with_columns(
        subject=pl.when(odd).then(pl.lit("other")).otherwise("subject"),
        rule=pl.when(odd).then(pl.lit("none")).otherwise("rule"),
        flags=pl.when(odd).then(flags).otherwise("flags"),
    )


@cache
def _possible() -> tuple[str, ...]:
    return tuple(load_indicators()["indicator_id"])


def _in_a_raise() -> pl.Expr:
    """Whether a number is an end of a raise in a sentence on a standard.

    低保标准统一,由738元提高至763元; 生活补贴由70元提至80元 is one by itself
    """
    before = pl.col("quote_before")
    raised = before.str.contains(pattern("new_level")) & pl.col("standard_said") | before.str.contains(
        pattern("raise_pair")
    )
    return raised & (pl.col("value") < HIGHEST_RAISED)


def _by_class(persons: pl.Expr, sheets: pl.Expr) -> pl.Expr:
    """The measure by the quantity's class, then by its unit (units.csv)."""
    kind, subject = pl.col("unit_class"), pl.col("subject")
    per = (
        pl.col("ratio_of").is_not_null()
        & ((pl.col("at") - pl.col("ratio_of_end_at")) <= 30)
        & kind.is_in(COUNTED)
        # 每个乡镇至少建成1处, 每所床位不少于100张: what each has or shall have; 平均每个社区11个 is a density
        & ~(
            pl.col("ratio_of_word").str.contains(pattern("each_place"))
            & ~pl.col("quote_before").str.contains(pattern("on_average"))
        )
        # 平均每个工作日接待60对: what a day brings is by no thing
        & ~pl.col("quote_before").str.contains(pattern("by_the_day"))
    )
    # 城市社区平均有10个以上
    per |= (kind == "things") & pl.col("quote_before").str.contains(pattern("mean_of_each_place"))
    of_beds = subject.is_in(subjects_with("beds")) | (pl.col("unit_written") == "张床")
    by_unit = pl.col("unit").replace_strict(unit_measures(), default=None, return_dtype=pl.String)
    proportion = pl.col("quote_before").str.contains(pattern("proportion"))
    unclassed = pl.col("unit").is_not_null() & kind.is_null()
    holds = pl.col("quote_before").str.contains(pattern("holds"))
    return (
        pl.when(kind.is_in(["money", "rate"])).then("paid")
        .when(per).then(pl.lit("ratio"))
        .when((kind == "beds") & of_beds & ~sheets).then(pl.lit("beds"))
        .when((kind == "couples") & ~subject.is_in(subjects_with("couples"))).then(pl.lit("count"))
        .when(kind.is_null() & proportion).then(pl.lit("ratio"))
        .when(pl.col("capacity").is_not_null() & kind.is_in(["things", "goods"])).then(pl.lit("capacity"))
        .when((kind == "people") & holds).then(pl.lit("capacity"))
        .when(persons).then(pl.lit("persons"))
        .when((pl.col("unit") == "岁") & ~pl.col("quote_before").str.contains("最")).then(pl.lit("average"))
        .otherwise(pl.coalesce(by_unit, pl.when(unclassed).then(pl.lit("quantity")), pl.lit("count")))
    )  # fmt: skip


def _paid(rows: pl.DataFrame) -> pl.Series:
    """The measure of money, and of money by something."""
    kind = pl.col("unit_class")
    money = compute_where(rows, kind == "money", _money())
    return money.zip_with(money.is_not_null(), compute_where(rows, kind == "rate", _rate()))


def _of_each() -> pl.Expr:
    """户均1850元: the number itself holds the word of an average, and nothing says that it is a standard."""
    return pl.col("q_text").str.contains(pattern("own_average")) & pl.col("standard").is_null()


def _averaged() -> pl.Expr:
    """人均救助1260元, 人均补差标准300元; but 人均住房标准 is a standard."""
    level = pl.col("average_word").str.contains(pattern("average_level"))
    return (pl.col("average_at").is_not_null() & (level | pl.col("standard_at").is_null())).fill_null(False)


def _money() -> pl.Expr:
    """average, standard, investment or expenditure: what the last of the cues before the number says."""
    last = pl.max_horizontal("invest_at", "expend_at", "standard_at", "average_at")
    # 低保标准城乡统筹,全市平均为712元
    named = pl.col("subject_word").str.contains(pattern("standard_word")) & (pl.col("value") < HIGHEST_RAISED)
    only_mean = pl.col("average_word").str.contains(pattern("only_mean")) & ~pl.col(
        "quote_before"
    ).str.contains(pattern("average_level"))
    named = named.fill_null(False) & (last.is_null() | only_mean)
    is_average = _of_each() | _averaged() & ((pl.col("at") - pl.col("average_end_at")) <= 12) & ~named
    is_standard = (pl.col("standard_at") == last) & (pl.col("value") < HIGHEST_STANDARD)
    for text, name, highest in EACH_GETS:
        is_standard |= (pl.col("value") < highest) & pl.col(text).str.contains(pattern(name))
    # 为46人一次性发放补助9.2万元
    several = pl.col("quote_before").str.contains(pattern("several_at_once"))
    is_standard &= ~(several & (pl.col("value") > SUM_OF_SEVERAL))
    return (
        pl.when(is_average).then(pl.lit("average"))
        .when(is_standard).then(pl.lit("standard"))
        .when(named | (pl.col("raised") & last.is_null())).then(pl.lit("standard"))
        .when(_invested(last)).then(pl.lit("investment"))
        .otherwise(pl.lit("expenditure"))
    )  # fmt: skip


def _invested(last: pl.Expr) -> pl.Expr:
    """总投资2300万元; 投入 alone is investment where something is built or bought with it."""
    said = (pl.col("invest_at") == last).fill_null(False) | (pl.col("invest_at").is_not_null() & unspent())
    soon_built = (pl.col("next_build_at") - pl.col("end_at") <= 40).fill_null(False)
    houses = pl.col("subject").is_in([*subjects_with("house"), *subjects_with("built")])
    built = pl.col("build").is_not_null() | soon_built | houses
    # 公益性公墓建设860万元
    works = houses & pl.col("quote_before").str.contains(pattern("works_for")) & unspent()
    return works | (said & (built | ~pl.col("invest_word").str.contains(pattern("invested_only"))))


def _rate() -> pl.Expr:
    """average or standard for 元/人/月 and its like."""
    # 保障标准方面,城市平均每人每月408元
    only_mean = pl.col("average_word").str.contains(pattern("mean_led")) & pl.col("standard_said")
    # 每例补助4000元 is set, 每例630元 a mean
    mean = pl.col("unit").is_in(PER_CASE) & ~pl.col("quote_before").str.contains(pattern("each_is_paid"))
    is_average = (_averaged() & ~only_mean.fill_null(False)) | _of_each() | mean
    # 孤儿月人均600元: all are paid the same
    flat = pl.col("subject").is_in(subjects_with("flat")) & pl.col("unit").str.contains("/[月年]")
    # 特困人员补助水平月人均1060元
    flat &= ~pl.col("quote_before").str.contains(pattern("level_paid"))
    is_average &= ~flat.fill_null(False)
    # 低保执行月人均330元, 月人均520元的标准
    is_average &= ~pl.col("quote_before").str.contains(pattern("mean_in_force"))
    is_average &= ~pl.col("quote_after").str.contains(pattern("mean_as_standard"))
    # 新标准城市由月人均676元提至709元; but 月人均补差由…
    only_rate = pl.col("average_word").str.contains(pattern("mean_rate")).fill_null(True)
    for text in ("quote_before", "q_text"):
        only_rate &= ~pl.col(text).str.contains(pattern("average_level"))
    is_average &= ~(pl.col("raised") & only_rate).fill_null(False)
    return pl.when(is_average).then(pl.lit("average")).otherwise(pl.lit("standard"))
