"""The year that each number speaks of: said beside it, counted from the report's own, or the section's."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.near import nearest_cue, periods, with_told
from pipeline.extraction.fields.report_years import PERIOD
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.compute import latest
from pipeline.reading.layout.written import ANY_YEAR
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "report_id", "line", "sentence", "clause", "statement", "unit", "unit_class",
    "measure", "change",
    "status", "quote_before", "quote_after", "default_year", "report_year", "now_year", "plan_year",
    "year_before", "head_period",
    "head_first",
)  # fmt: skip
CLAUSE = (
    "from_at",
    "from_word",
    "to_at",
    "prior_year_at",
    "respectively",
)  # cues asked in the clause of a number
WHOLE_BEHIND = 6  # characters up to which 全年 belongs to the year before it: 2021年的全年
FUTURE = 12  # years behind that of the report, up to which a year can be meant


def years(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """The year that each number speaks of: `frame.years`, a row a row.

    `rows`: `TAKES`, in the order of the text, with default_year as heads leave it.
    """
    rows = rows.select(TAKES)
    rows = _by_report(cues, _said_years(cues, rows))
    # what several rules ask for is found once
    rows = rows.with_columns(_possible=_possible(), _from_last_year=_from_last_year())
    rows = rows.with_columns(_moved_on=_moved_on(), _planned=_planned())
    rows = rows.with_columns(_shift=_shifted()).with_columns(_is_said=_is_said())
    # 城市由2015年的380元提高到560元;农村由220元提高到360元: the base of one raise is that of the next
    prior = pl.col("status") == "prior"
    rows = rows.with_columns(_shared=latest(pl.when(prior).then("base"), "statement"))
    shifted = pl.col("_shift").is_not_null()
    year = (
        pl.when("_is_said").then("said")
        .when(shifted).then(pl.col("now_year").cast(pl.Int32) + pl.col("_shift"))
        .otherwise(pl.coalesce("default_year", "last_named"))
    )  # fmt: skip
    return rows.select(
        "at",
        year=pl.when(prior).then(_base(year)).otherwise(year),
        year_told=(pl.col("_is_said") | shifted).fill_null(False),
        year_at=pl.when("_is_said").then("said_at"),
    )


def _said_year(prefix: str) -> pl.Expr:
    """The year written in a cue, or that which its row stands for (“十三五”末: 2020); 22年底 is of 2022 and
    98年底 of 1998."""
    year = pl.coalesce(f"{prefix}year", pl.col(f"{prefix}value").cast(pl.Int32, strict=False))
    return pl.when(year < 50).then(year + 2000).when(year < 100).then(year + 1900).otherwise(year)


def _said_years(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with what words beside each number say of its year.

    Added: the cues of `CLAUSE`; said, said_at and said_sentence (a year that is named), base (that of an
    earlier value), shift and shift_at (so many years from that of the report), now and present_at (目前) and
    review (the first of the years that are looked back on).
    """
    near, shifts = nearest_cue(cues, rows, "year"), nearest_cue(cues, rows, "shift")
    told = with_told(rows, near_=near, shift_=shifts, base_=nearest_cue(cues, rows, "base_year"))
    told = cues.beside(told, *CLAUSE, within="clause")
    now = cues.decide(rows.with_columns(unit_class=pl.lit("stock")), "period", "period_at", within="clause")
    from_report = pl.col("report_year").cast(pl.Int32)
    told = told.hstack([now["period"], now["period_at"].alias("present_at"), *_reviewed(cues, rows)])
    # 规划目标70%, in a review of a plan period, is of its end, 基期31% of the year before it
    # but 占规划总数500户的65.2% is so far
    so_much = (pl.col("unit_class") == "share") & pl.col("quote_before").str.ends_with("的")
    aimed = _on_a_period() & (pl.col("near_value") == "plan_end") & ~so_much.fill_null(False)
    period_end = pl.when(aimed).then(pl.col("year_before") + PERIOD)
    base = pl.when(_on_a_period() & (pl.col("base_value") == "plan_base")).then("year_before")
    in_turn = _in_turn()
    turned = pl.col("near_word").str.contains(pattern("up_to_now")) & (in_turn < from_report)
    said = pl.coalesce(in_turn, period_end, _said_year("near_"))
    # “十四五”以来累计新建6所, said in 2022, is of the years until then
    planned_to = pl.col("near_year").is_null() & pl.col("near_word").str.contains("五")
    so_far = planned_to & (said > from_report) & (pl.col("status") == "actual")
    return told.with_columns(
        said=pl.when(so_far.fill_null(False)).then(from_report).otherwise(said),
        # 2021年、2022年和今年上半年分别为…: the half year is of this year alone
        said_at=pl.when(turned.fill_null(False)).then("at").otherwise("near_at"),
        said_sentence="near_sentence",
        base=pl.coalesce(base, _said_year("base_")),
        shift=pl.col("shift_value").cast(pl.Int32),
        now=pl.when(pl.col("period") == "now").then("period"),
    )


def _on_a_period() -> pl.Expr:
    """Whether a report is on a plan period of several years, or a part of it."""
    several = (pl.col("report_year") - pl.col("year_before") > 1) | (
        pl.col("plan_year") - pl.col("report_year") > 1
    )
    return several.fill_null(False)


def _by_report(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with last_named, the last year named before each number in its report (a report without a year
    speaks of that), and now_at, where 今年 stood last."""
    named = _in_reports(cues.of("year"), rows).select(
        of="report_id", named_at=pl.col("at").set_sorted(), last_named="year"
    )
    nows = cues.of("shift").filter(pl.col("value") == "0").select(now_at=pl.col("at").set_sorted())
    rows = rows.join_asof(named, left_on="at", right_on="named_at", check_sortedness=False)
    rows = rows.join_asof(nows, left_on="at", right_on="now_at", check_sortedness=False)
    return rows.with_columns(last_named=pl.when(pl.col("of") == pl.col("report_id")).then("last_named"))


def _in_reports(named: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The cues of years with report_id, that of the number which stands next in their line, else that of the
    one before them: of several sample texts in a file each speaks of its own years."""
    numbers = rows.select("report_id", own_at="at", own_line="line")
    named = named.select("at", "line", "year")
    ahead, before = (
        named.join_asof(numbers, left_on="at", right_on="own_at", strategy=way, check_sortedness=False)
        for way in ("forward", "backward")
    )
    beside = pl.when(ahead["own_line"] == ahead["line"]).then(ahead["report_id"])
    same_text = before["own_at"] // DOCUMENT == before["at"] // DOCUMENT
    behind = pl.when(same_text).then(before["report_id"])
    return named.with_columns(report_id=pl.coalesce(beside, behind, ahead["report_id"]))


def _possible() -> pl.Expr:
    """Whether the year that is named beside a number (said) can be its own."""
    said, said_at, from_report = pl.col("said"), pl.col("said_at"), pl.col("report_year").cast(pl.Int32)
    status, now = pl.col("status"), pl.col("now").is_not_null()
    next_ = pl.col("quote_after").str.contains(pattern("of_the_next"))
    elsewhere = (pl.col("said_sentence") != pl.col("sentence")) & (pl.col("measure") != "standard")
    ahead = said > from_report
    inside = said_at >= pl.col("at") - pl.col("quote_before").str.len_chars()
    wrong = (
        (said > from_report + FUTURE).fill_null(False),
        ((status == "prior") & ahead).fill_null(False),
        # 占比达到60%(2022年为56%): the year is of what follows it
        (said_at >= pl.col("end_at")) & next_,
        # 距2025年55%的目标还差6.4个百分点: so far it is now
        ((pl.col("change") == "delta") & pl.col("quote_before").str.contains(pattern("off_target")) & inside),
        # 到2025年达到1500人,现有860人: what is there now is of no year to come
        (ahead & now).fill_null(False),
        # 2020年为31%,现已达到63%: nor of one that was named before
        ((pl.col("present_at") > said_at) & now).fill_null(False),
        # 2021年480万元,今年1至8月350万元;1至8月1802人: 今年 ends what an earlier year reaches
        ((pl.col("now_at") > said_at) & (said < from_report)).fill_null(False),
        # 2021年初梳理了台账:全年新登记11家, in a summary of 2020: the whole year is its own
        (ahead & (pl.col("whole_at") > said_at + WHOLE_BEHIND) & (status == "actual")).fill_null(False),
        # nor does a year to come that another sentence names date what has been done
        (ahead & elsewhere & (status == "actual")).fill_null(False),
    )
    return ~pl.any_horizontal(wrong)


def _from_last_year() -> pl.Expr:
    """Whether the start of a raise is that of last year.

    由去年的610元提高到650元: the first is of last year, the second of this; but 去年由610元提高到650元.
    """
    from_at = pl.col("from_at")
    said = pl.col("from_word").str.contains(pattern("from_last_year"))
    # 由三年前的41.5%提升到63.6%
    years_ago = (pl.col("shift") < -1) & (pl.col("shift_at") >= from_at)
    return (said | (pl.col("prior_year_at") > from_at) | years_ago).fill_null(False)


def _moved_on() -> pl.Expr:
    """Whether a number is what a raise led to since last year."""
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    raised = pl.when(from_at.is_not_null()).then(pl.col("_from_last_year") & (to_at > from_at))
    return raised.otherwise(to_at > pl.col("prior_year_at")).fill_null(False)


def _planned() -> pl.Expr:
    """Whether 今年 is but the section's year: it is the report's own, except in what the report plans."""
    past = (pl.col("default_year") < pl.col("now_year").cast(pl.Int32)).fill_null(False)
    return (pl.col("status") == "target") & (pl.col("shift") == 0) & ~past


def _shifted() -> pl.Expr:
    """How many years from that of the report a number is by 去年, 今年 … beside it; null where by none."""
    shift = pl.col("shift")
    # 比去年增长 is no value of last year, 今年增长 one of this
    own = (pl.col("change") != "delta") | (shift == 0)
    # 持证社工1500人,是五年前的3.6倍: so many times what there was then
    own &= ~((shift < -1) & (pl.col("unit") == "倍")).fill_null(False)
    return pl.when(~pl.col("_planned").fill_null(False) & ~pl.col("_moved_on") & own).then(shift)


def _is_said() -> pl.Expr:
    """Whether a number is of the year that is named beside it, and not of a 今年 that stands nearer."""
    shift_at, said_at = pl.col("shift_at"), pl.col("said_at")
    counts = pl.col("_shift").is_not_null() | (pl.col("_planned") & ~pl.col("_moved_on"))
    # 2022年改造1240户;今年计划改造900户
    nearer = counts & (shift_at > said_at)
    # 2021年3610万元、今年1795万元: what follows a number that has its year is of the next
    nearer &= ~((shift_at > pl.col("at")) & (said_at < pl.col("at")))
    return pl.col("said").is_not_null() & pl.col("_possible") & ~nearer.fill_null(False)


def _base(year: pl.Expr) -> pl.Expr:
    """The year of an earlier value: that of its base, or the one before that of what it is compared with.
    `year`: that which any other number would be of."""
    # 2023年1月起,标准由640元提高到680元: the year is that of the new standard
    of_the_new = (pl.col("said_at") < pl.col("from_at")).fill_null(False)
    dated = pl.col("said").is_not_null() & pl.col("_possible") & ~of_the_new
    dated |= pl.col("_from_last_year") & pl.col("_shift").is_not_null()
    no_raise = pl.col("from_at").is_null()
    moved = (pl.col("_shift") == -1).fill_null(False) & ~pl.col("_is_said") & no_raise
    open_ = ~dated & ~moved
    # “十三五”期间,由6830张增加到11640张: from before the years that are looked back on
    of_report = (year == pl.col("report_year")) & _on_a_period()
    before = pl.coalesce(pl.col("review") - 1, pl.when(of_report).then("year_before"), year - 1)
    before = pl.when(open_).then(before).otherwise(year)
    # 至2019年末1236家,较上年末的1179家增长4.8%: the year before is that of 2019
    of_last = pl.col("quote_before").str.contains(pattern("of_last_year"))
    of_last &= (pl.col("said_sentence") == pl.col("sentence")) & (pl.col("said_at") < pl.col("at"))
    before = (
        pl.when((of_last & pl.col("_possible")).fill_null(False)).then(pl.col("said") - 1).otherwise(before)
    )
    return pl.coalesce("base", pl.when(open_ & ~no_raise).then("_shared"), before)


def _reviewed(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """`review`: the first of the years that the text around a number looks back on (“十三五”期间); and
    `whole_at`: where 全年 stands beside it."""
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    told = nearest_cue(cues, flow, "period", hits=periods(cues))
    value = pl.col("flow_value")
    # 近五年,标准从444元增长到605元
    past = pl.col("report_year").cast(pl.Int32) - pl.col("flow_last") + 1
    near = pl.when(value == "years").then("flow_first").when(value == "past").then(past)
    headed = pl.when(pl.col("head_period") == "years").then("head_first")
    rows = with_told(rows.select("report_year", "head_period", "head_first"), flow_=told)
    whole = pl.when(pl.col("flow_value") == "whole").then("flow_at")
    return rows.select(review=pl.coalesce(near, headed), whole_at=whole)


def _in_turn() -> pl.Expr:
    """The year of each of as many numbers as years were named: 2021年、2022年和今年分别为12人、15人、9人."""
    years = pl.col("near_word").str.extract_all(f"{ANY_YEAR}")
    own = pl.concat_list(pl.col("report_year").cast(pl.String))
    running = pl.col("near_word").str.contains(pattern("up_to_now")) & pl.col("report_year").is_not_null()
    years = pl.when(running).then(years.list.concat(own)).otherwise(years)
    same = ["near_at", "unit_class", "measure"]
    nth, count = pl.int_range(pl.len()).over(same), pl.len().over(same)
    listed = (years.list.len() > 1) & (count == years.list.len()) & pl.col("respectively").is_not_null()
    listed &= pl.col("near_at") < pl.col("at")
    return pl.when(listed).then(years.list.get(nth, null_on_oob=True).cast(pl.Int32))
