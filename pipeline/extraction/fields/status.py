"""Whether a value is reached, planned or earlier."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.done import listed_as_done, to_be_done, told_after
from pipeline.extraction.fields.flows_and_stocks import FLOWS
from pipeline.extraction.fields.near import nearest_cue, periods
from pipeline.reading.layout.compute import ever
from pipeline.reading.layout.written import ANY_YEAR
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "line", "statement", "sentence", "clause", "unit_class", "change", "comparator",
    "quote_before", "quote_after", "planned", "default_year", "report_year", "genre", "subject", "value",
    "pair", "told_month",
)  # fmt: skip
TAKES_BESIDE = (
    "statement", "subject", "measure", "unit", "change", "status", "year", "default_year", "report_year",
    "told_month",
)  # fmt: skip
BEFORE = (
    "from", "from_at", "status", "aim", "task", "prior_year_word", "prior_year_at", "prior_base", "delta_at",
    "to", "to_at", "label", "label_at", "bracketed",
)  # fmt: skip
DONE = ["reached", "actual", "state"]  # what words say of what is there
MIDYEAR = 7  # the last month in which a report on the first half of a year is written
LONGEST_TURN = 14  # characters between the two ends of a raise: 爬到, 变成每人每月


def status(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `status` (actual, target, prior) and `default_year`, moved on where the text turns to the next
    year.

    `rows`: `TAKES`, in the order of the text; planned: the section or the genre is a plan.
    """
    own = cues.decide(rows, "status", "status_at", within="clause").select(own="status", own_at="status_at")
    rows = _after_plan_words(cues, rows.select(TAKES).hstack(own))
    rows = cues.beside(rows, *BEFORE)
    rows = cues.behind(cues.beside(rows, "standard", within="clause"), "to_at", "to_word")
    said = cues.decide(rows, "status", within="sentence")["status"].alias("said")
    year = cues.decide(rows, "year_word")["year_word"].str.extract(rf"({ANY_YEAR})\D*$", 1)
    said_year = year.cast(pl.Int32).alias("said_year")
    rows = rows.with_columns(said, said_year, to_be_done=to_be_done(cues, rows))
    rows = cues.behind(rows, "status").with_columns(to_come=_is_to_come(cues, rows))  # 其余4所预计年底前完工
    planned = pl.col("planned")
    ahead = (pl.col("status") == "future") | (pl.col("next_status") == "future").fill_null(False)
    ahead &= ~listed_as_done(cues, rows)
    met = (pl.col("task") == "met").fill_null(False)
    said_ahead = (ahead.fill_null(False) & ~met) | _is_set_task() | pl.col("to_be_done") | pl.col("to_come")
    aimed = (
        (pl.col("label") == "aim")
        & ~pl.col("own").is_in(DONE).fill_null(False)
        & ~told_after(rows, "label_at")
    )
    said_ahead |= aimed.fill_null(False)
    # 2023年,确保标准达到930元 in a report on 2022
    said_ahead |= (pl.col("said_year") > pl.col("default_year")) & pl.col("aim").is_not_null()
    # 比规划目标高3.4个百分点: how far it is from what was aimed at is so now
    off = (pl.col("change") == "delta") & pl.col("quote_before").str.contains(pattern("off_target"))
    # and so is how much of a plan is done: 为年度计划的105.6%
    off |= (pl.col("unit_class") == "share") & pl.col("quote_before").str.contains(pattern("share_of_plan"))
    said_ahead &= ~off.fill_null(False)
    # what is there already in a plan: 现有低保对象285户,特困供养对象31人
    unchanged = (pl.col("next_status") == "state") & (pl.col("unit_class") == "rate")  # …80元的标准不变
    state = (
        unchanged.fill_null(False)
        | (pl.col("own") == "state")
        | ((pl.col("said") == "state") & (pl.col("change") == "level"))
    )
    turned = (pl.col("to_at") > pl.col("own_at")).fill_null(False)  # 由目前的24张增加到40张
    # 现状:敬老院21所;床位1286张
    reached = (pl.col("own") == "reached") | (pl.col("status") == "stated")
    # 目标值:新建2个;完成值:新建3个
    labelled = pl.col("own") == "future"
    reached |= (pl.col("label") == "done") & ~labelled.fill_null(False)
    reached |= _is_there()
    # 1.建设食堂20家 ⏎ 现完成验收15家: so many of those that the line above plans
    below = pl.col("quote_before").str.contains(pattern("done_opens")) & pl.col("to_be_done").shift(1)
    reached |= below & (pl.col("sentence") != pl.col("sentence").shift(1))
    reached = (reached | (state & ~turned)).fill_null(False)
    in_force = _is_in_force()
    # 90岁以上每人每月50元,100岁以上200元: what goes on with a planned rate is planned
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "subject", "unit_class"))
    in_force &= ~(alike & planned & ~(reached | in_force).shift(1)).fill_null(False)
    value = (
        pl.when(_is_prior()).then(pl.lit("prior"))
        .when(planned & ~(reached | in_force)).then(pl.lit("target"))
        .when(said_ahead & ~planned).then(pl.lit("target"))
        .otherwise(pl.lit("actual"))
    )  # fmt: skip
    rows = rows.with_columns(_told=value)
    # 1月份已销售312万元,同比增长8.6%, in a plan: it grew by as much as was sold
    done = (pl.col("_told").shift(1) == "actual") & (pl.col("sentence") == pl.col("sentence").shift(1))
    grew = (pl.col("change") == "delta") & pl.col("quote_before").str.contains(pattern("grew_since"))
    grew &= done.fill_null(False) & pl.col("aim").is_null() & pl.col("comparator").is_in(["=", "~"])
    return rows.select("default_year", status=pl.when(grew).then(pl.lit("actual")).otherwise("_told"))


def _is_to_come(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """9月底前改造55户, said in July: a month that the report had still before it."""
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    due = nearest_cue(cues, flow, "deadline", within="clause")
    # 8月底前,红白理事会换届,宴席不超过15桌: the deadline that opens a sentence is that of all of it
    opened = cues.of("deadline").select("sentence", "value", "last", "year", due_at=pl.col("at").set_sorted())
    opened = rows.select("sentence", "at").join_asof(
        opened, left_on="at", right_on="due_at", by="sentence", strategy="backward", check_sortedness=False
    )
    due = due.select(
        pl.when(pl.col("value").is_null()).then(pl.lit(opened[c])).otherwise(c).alias(c)
        for c in ("value", "last", "year")
    )
    month = nearest_cue(cues, flow, "period", within="clause", hits=periods(cues))
    ends = due.select(pl.when(pl.col("value") == "year").then(12).otherwise("last")).to_series()
    dated = month["value"].is_in(["month", "as_of", "from"])
    # 12月底前已完工4座,新增格位268个
    over = ever(pl.col("quote_before").str.contains(pattern("by_then")), "sentence")
    done = pl.col("own").is_in(DONE) | (pl.col("said") == "reached")
    told = rows.select(
        open=~(done.fill_null(False) | over) & (pl.col("default_year") == pl.col("report_year")),
        due=_later(ends, due["year"]),
        month=_later(month["last"], month["year"]) & pl.lit(dated),
    )
    return told.select(
        pl.col("open").fill_null(False) & (pl.col("due").fill_null(False) | pl.col("month").fill_null(False))
    ).to_series()


def _later(month: pl.Series, year: pl.Series) -> pl.Expr:
    """Whether a month, of the report's year where none is said, comes after it was written."""
    own = year.is_null() | (pl.lit(year) == pl.col("report_year"))
    return (pl.lit(month) > pl.col("told_month")) & own


def _after_plan_words(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Set `planned` behind 下一步 in the line, 明年 in the sentence, or a line that leads to the work of a
    year to come; that year, or 明年, also moves `default_year` on."""
    led = cues.of("plan_lead").select("value", "at", "year")
    led = led.select(pl.all().gather(cues.choose(rows, "plan_lead")))
    rows = cues.beside(rows, "next_year").with_columns(led_year=led["year"], led_at=led["at"])
    # 下半年,要紧盯… is to come where it is told by July
    past = (led["value"] == "second_half") & (rows["told_month"] > MIDYEAR).fill_null(True)
    rows = rows.with_columns(
        led=pl.col("led_at").is_not_null() & ~told_after(rows, "led_at") & ~past.fill_null(False)
    )
    next_year = pl.col("next_year").is_not_null()
    to_come = pl.col("led_year").is_null() | (pl.col("led_year") > pl.col("default_year")).fill_null(False)
    # 2021年, in a bulletin that began with 2020 is the next one
    own = (pl.col("led") & to_come & (pl.col("genre") != "bulletin").fill_null(True)) | next_year
    ahead = own & ~pl.col("planned")
    # nor is a plan for next year one for this, whatever its report plans else
    still = (pl.col("default_year") == pl.col("report_year")) & (pl.col("genre") != "plan")
    next_one = pl.col("default_year") + (next_year & (ahead | still.fill_null(False))).cast(pl.Int32)
    return rows.with_columns(
        planned=pl.col("planned") | ahead,
        default_year=pl.when(pl.col("led_year") > pl.col("default_year"))
        .then("led_year")
        .otherwise(next_one),
    )


def _is_prior() -> pl.Expr:
    """由610元提高到655元: 610 is what was before; so is 去年同期为120人."""
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    turn = pl.col("next_to_at") - pl.col("end_at")
    opened = pl.col("from").is_not_null() & (to_at.is_null() | (to_at < from_at))
    # but 按低保标准的1.3倍提高到988元 says by what
    by = pl.col("quote_before").str.contains(pattern("by_so_many_times"))
    turned = (opened & (turn <= 40)) | ((turn <= 1) & (pl.col("next_to_word").str.len_chars() >= 3) & ~by)
    # 年检率从61%爬到95%, 床位由200张变成360张: whatever word stands between the two
    size = pl.col("at").shift(-1) - pl.col("end_at")
    onward = pl.col("quote_before").shift(-1).str.tail(size.clip(0, LONGEST_TURN))
    led = opened & onward.str.contains(pattern("led_on_to")) & (size <= LONGEST_TURN)
    led &= pl.col("clause") == pl.col("clause").shift(-1)
    # 法定时限60日,现已压缩为8个工作日
    moved = onward.str.contains(pattern("moved_on_to")) & (size <= LONGEST_TURN)
    led |= moved & (pl.col("sentence") == pl.col("sentence").shift(-1))
    turned = turned.fill_null(False) | (led & (pl.col("unit_class") == pl.col("unit_class").shift(-1)))
    told = pl.col("prior_base").is_not_null()
    # 较上年7412人净增448人
    compared = pl.col("quote_before").str.contains(pattern("compared_base"))
    told |= compared & pl.col("quote_after").str.contains(pattern("changed_behind"))
    # 在上年8.6万元的基础上增长7%
    told |= pl.col("quote_after").str.contains(pattern("on_the_basis"))
    # 结婚4.16万对(4.32万对), where a note says what brackets hold
    closed = pl.col("quote_before").str.ends_with("(") & pl.col("quote_after").str.starts_with(")")
    told |= pl.col("bracketed").is_not_null() & closed
    # 比2017年的5684对、1521对
    told |= told.shift(1) & (pl.col("pair") == 2) & (pl.col("sentence") == pl.col("sentence").shift(1))
    # 由去年同期的218元提高到243元: what it was raised to is of this year
    now = (pl.col("to_at") > pl.col("prior_year_at")) & (pl.col("from_at") < pl.col("to_at"))
    same = pl.col("prior_year_word").str.contains(pattern("same_period")) & pl.col("delta_at").is_null()
    then = told | (same & ~now.fill_null(False))
    return (turned.fill_null(False) | then.fill_null(False)) & (pl.col("change") != "delta")


def _is_in_force() -> pl.Expr:
    """城市低保标准为每人每月655元 in a plan says what is paid already."""
    aims = pl.col("aim").is_not_null() | (pl.col("own") == "future").fill_null(False)
    return (
        (pl.col("unit_class") == "rate").fill_null(False)
        & pl.col("to").is_null()
        & (pl.col("standard").is_not_null() | pl.col("quote_before").str.contains(pattern("paid_by_grade")))
        & ~aims
        & (pl.col("comparator") == "=")
        & ~pl.col("quote_before").str.contains(pattern("raised_to"))
    )


def _is_there() -> pl.Expr:
    """全县412家社会组织年检率达到90%, 在册对象5100人全部复核: as many are there before the plan is."""
    share = (pl.col("unit_class").shift(-1) == "share") & (pl.col("sentence").shift(-1) == pl.col("sentence"))
    there = pl.col("quote_before").str.contains(pattern("all_there"))
    there |= pl.col("quote_before").str.contains(pattern("all_of_area")) & share
    there |= pl.col("quote_after").str.contains(pattern("there_already"))
    counted = pl.col("unit_class").is_in(["things", "people"]) & (pl.col("change") == "level")
    return (there & counted).fill_null(False)


def _is_set_task() -> pl.Expr:
    """下达任务数120户 was set; 超额完成目标任务120户 was done."""
    # 为年度任务的109%: so much of it was done
    share_of_it = (pl.col("unit_class") == "share") & pl.col("quote_before").str.ends_with("的")
    named = (pl.col("task") == "set").fill_null(False) & ~share_of_it.fill_null(False)
    # 离市里要求的8个还差1个
    named |= (pl.col("task") == "short").fill_null(False)
    # 31项任务完成30项, and the 23 that were set (年初下达的23项目标任务) were worked on
    named &= ~pl.col("quote_before").str.contains(pattern("task_done"))
    named &= (pl.col("subject") != "reform_work").fill_null(True)
    # 完成任务1100万元的115%, 超额完成省定580户的任务
    before, after = pl.col("quote_before"), pl.col("quote_after")
    measured = before.str.contains(pattern("task_word")) & after.str.contains(pattern("of_which"))
    behind = after.str.contains(pattern("task_behind")) & (pl.col("subject") != "reform_work")
    return named | measured | behind.fill_null(False)


def told_beside(rows: pl.DataFrame) -> pl.DataFrame:
    """Correct `status` of what stands beside the same of the report's own year.

    结婚1204对(2022年1310对), 火化率62%,去年55%: the earlier value is there to be compared with. In 2022年发放
    310万元,2023年发放340万元 each is reported for itself; only a standard or a share is compared in either
    order. What is of a year after the one in which the report was written is planned. `rows`:
    `TAKES_BESIDE`, in the order of the text.
    """
    level = ((pl.col("status") == "actual") & (pl.col("change") != "delta")).fill_null(False)
    earlier = (level & (pl.col("year") < pl.col("default_year"))).fill_null(False)
    rows = rows.with_columns(level=level, earlier=earlier)
    # few statements tell of an earlier year
    may = rows["statement"].is_in(rows["statement"].filter(rows["earlier"]).unique().implode())
    before = pl.repeat(False, rows.height, eager=True).scatter(may.arg_true(), _told_before(rows.filter(may)))
    # 2025年投入800万元, written in October 2024
    ahead = level & pl.col("told_month").is_not_null() & (pl.col("year") > pl.col("report_year"))
    return rows.select(
        status=pl.when(before)
        .then(pl.lit("prior"))
        .when(ahead.fill_null(False))
        .then(pl.lit("target"))
        .otherwise("status")
    )


def _told_before(rows: pl.DataFrame) -> pl.Series:
    """Whether an `earlier` value is compared with the same of the report's own year."""
    same = ("statement", "subject", "measure", "unit")
    own = (pl.col("level") & (pl.col("year") == pl.col("default_year"))).fill_null(False)
    either = pl.col("measure").is_in(["standard", "ratio"]) & own.any().over(same)
    before = pl.col("earlier") & (own.cum_max().over(same) | either)
    # 三年共投入830万元,2021年250万元,2022年260万元: each year of a row is told of for itself
    year = pl.when(before.fill_null(False)).then("year")
    first, last, named = year.min(), year.max(), year.drop_nulls().n_unique()
    in_a_row = (named > 1) & (last - first == named - 1)
    in_a_row = in_a_row.over(same) & (last.over(same) == pl.col("default_year") - 1)
    before &= ~(pl.col("measure").is_in(sorted(FLOWS)) & in_a_row.fill_null(False))
    return rows.select(before.fill_null(False)).to_series()


def told_by_years(rows: pl.DataFrame) -> pl.DataFrame:
    """Correct `status` by the year of the value against that of its report.

    What a plan says of a year before its own is no target (a column 2020年 beside one of 2025年目标); what
    any report says of a year well after its own is one (到2025年,床位达到3000张). `rows`: status, year,
    report_year and year_before (the year before the report's own, or before its plan period).
    """
    status, year = pl.col("status"), pl.col("year")
    past = (status == "target") & (year <= pl.col("year_before"))
    ahead = (status == "actual") & (year > pl.col("report_year") + 1)
    told = (
        pl.when(past.fill_null(False))
        .then(pl.lit("actual"))
        .when(ahead.fill_null(False))
        .then(pl.lit("target"))
    )
    return rows.with_columns(status=told.otherwise(status))
