"""The months that words near a number say, with those taken back that are of something else.

Which number a cue stands near is `near`'s; here is which of these cues a number may not have: 年末保障2217人;
标准由640元提高到660元 raises nothing at the end of the year. What heads above say is `months_headed`'s.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.near import TOLD, in_frames, nearest_cue, with_told
from pipeline.extraction.fields.period_dates import OVER_YEARS, since_january
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "sentence", "clause", "unit_class", "unit_written", "quote_before", "quote_after",
    "status", "year", "year_at", "report_year", "head_period", "head_last",
)  # fmt: skip

QUARTERS = dict(zip("一二三四", "1234", strict=True))


def months_near(cues: Cues, rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The months that a cue near each number says of it, null where none does, and what later steps ask for
    as well: `frame.months_near`, a row a row.

    `rows`: `TAKES`, in the order of the text; unit_class is one of `flows_and_stocks.spoken_kinds`. `told`:
    the cues of periods in order (`near.periods`). What was built over years flowed in them: its unit_class
    becomes flow.
    """
    rows = _with_signs(cues, rows.select(TAKES))
    rows = _in_turn(_with_near_or_framed(cues, rows, told))
    looks_back = pl.coalesce("near_value", "head_period").is_in(OVER_YEARS)
    flowed = pl.when(pl.col("built") & looks_back).then(pl.lit("flow")).otherwise("unit_class")
    # 截至9月底,18项指标已完成11项: how many of a list are done by then, whenever each was
    of_list = (pl.col("near_value") == "as_of") & pl.col("listed")
    flowed = pl.when(of_list.fill_null(False)).then(pl.lit("stock")).otherwise(flowed)
    # 上半年,保障低保对象1204户 is of all of it, but 上半年,全县有低保对象1204户 is what there is at its end
    spanned = (pl.col("near_value") == "span") & (pl.col("unit_class") == "stock") & ~pl.col("listed")
    words = pl.col("quote_before").str
    led = pl.col("near_at") >= pl.min_horizontal(
        pl.col("at") - words.len_chars(), pl.col("at").shift(1, fill_value=0)
    )
    spanned &= (led | words.contains(pattern("cared_for"))) & ~words.contains(pattern("there_now"))
    flowed = pl.when(spanned.fill_null(False)).then(pl.lit("flow")).otherwise(flowed)
    rows = rows.with_columns(unit_class=flowed).with_columns(**since_january())
    return _without_wrong_days(cues, rows, told).select(columns("frame.months_near"))


def _with_signs(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with what several rules ask of each number."""
    words, unit_class = pl.col("quote_before").str, pl.col("unit_class")
    # 养老床位5836张,护理型床位占47%
    of = latest(pl.when(unit_class != "share").then("unit_class"), "sentence")
    of_stock = (unit_class == "share") & (of == "stock").fill_null(False)
    same = pl.col("prior_year_word").str.contains(pattern("same_period")).fill_null(False)
    return cues.beside(rows, "prior_year_word", "to_date_at").with_columns(
        built=words.contains(pattern("built_so_far")),
        listed=_of_a_list(),
        of_stock=of_stock & ~words.contains(pattern("share_of_task")),
        # 1-6月发放21.9万元,去年同期为19.4万元: of the same months
        same=(pl.col("status") == "prior") & same,
        # 投资1200万元的敬老院扩建工程 as well
        in_all=words.contains(pattern("whole_project"))
        | (words.contains(pattern("invested")) & pl.col("quote_after").str.contains(pattern("of_a_project"))),
    )


def _of_a_list() -> pl.Expr:
    """Whether a number counts tasks, indicators or faults of a list: 18项指标, 审计指出的问题已整改11个."""
    counted = pl.col("unit_class") != "share"
    named = pl.col("quote_before").str.contains(pattern("of_a_list"))
    named |= (pl.col("unit_written") == "项") | pl.col("quote_after").str.contains(pattern("list_behind"))
    return (counted & named).fill_null(False)


def _with_near_or_framed(cues: Cues, rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The rows with the cue that stands nearest to each number, that which its item is framed by, or, where
    one speaks of stocks too, that of what flowed."""
    near = nearest_cue(cues, rows, "period", hits=told)
    # 1-11月,救助3862人次。送医193人次: on in their item
    framed = in_frames(cues, rows, told)
    # 上半年,全县有低保对象1204户: what runs from January on ends at the date of a stock
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    flows = nearest_cue(cues, flow, "period", within="sentence", hits=told)
    beside = nearest_cue(cues, flow, "period", within="clause", hits=told)["value"]
    rows = with_told(rows, near_=near, framed_=framed, flow_=flows)
    held = {
        c: pl.when(pl.col("near_value").is_null()).then(f"framed_{c}").otherwise(f"near_{c}") for c in TOLD
    }
    # 1-9月累计,离婚登记876对,离结比39.6%: a share of what flowed is not of the months of the title
    share = (pl.col("unit_class") == "share") & ~pl.col("of_stock") & (pl.col("status") == "actual")
    # 火化率从24%提升至38.2% reached it by then
    raised = (pl.col("status").shift(1) == "prior") & (pl.col("sentence").shift(1) == pl.col("sentence"))
    share &= ~raised.fill_null(False)
    # 9月末,低保1206户;前三季度发放835万元,占全年计划的74.6%: not of the day that another sentence names
    open_to = held["value"].is_null() | (share & (held["sentence"] != pl.col("sentence")))
    # 上半年开工率达到70%, whether it is planned or done
    own = (pl.col("unit_class") == "share") & ~pl.col("of_stock") & pl.lit(beside).is_in(["span", "month"])
    ended = _ends_with_flows(share).fill_null(False) & open_to
    rows = rows.with_columns(_flows=ended | (own & held["value"].is_null()).fill_null(False))
    return rows.with_columns(
        pl.when("_flows").then(f"flow_{c}").otherwise(said).alias(f"near_{c}") for c, said in held.items()
    )


def _in_turn(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the month or quarter of each of as many numbers as were named: 4月、5月分别发放18万元、
    19万元."""
    turn = (pl.col("near_value") == "turn").fill_null(False)
    if not rows.select(turn.any()).item():
        return rows
    named = pl.col("near_word").str.extract_all(pattern("months_in_turn"))
    same = ["near_at", "unit_class", "unit_written"]
    nth, count = pl.int_range(pl.len()).over(same), pl.len().over(same)
    size = named.list.len().cast(pl.Int64)
    # 5月、6月分别为36具、41具,去年同期为33具、45具
    own = pl.when(count % size == 0).then(named.list.get(nth % size, null_on_oob=True))
    quarter = ~own.str.ends_with("月")
    number = own.str.extract(r"^([0-9一二三四]+)").replace(QUARTERS).cast(pl.Int32, strict=False)
    last = pl.when(quarter).then(number * 3).otherwise(number)
    value = pl.when(quarter).then(pl.lit("span")).when(number.is_not_null()).then(pl.lit("month"))
    first = pl.when(quarter).then(last - 2)
    told = {"near_value": value, "near_first": first, "near_last": last}
    return rows.with_columns(pl.when(turn).then(v).otherwise(name).alias(name) for name, v in told.items())


def _ends_with_flows(share: pl.Expr) -> pl.Expr:
    """Whether a number can end the months in which something flowed. `share`: whether it is one of flows."""
    stock, value = pl.col("unit_class") == "stock", pl.col("flow_value")
    ending = stock & (value == "span") & (pl.col("flow_first") == 1)
    # 五年来,建成敬老院12所: what was built in some years
    ending |= stock & pl.col("built") & value.is_in(OVER_YEARS)
    return ending | (share & pl.col("head_period").is_not_null() & value.is_not_null())


def _without_wrong_days(cues: Cues, rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The rows without the cues that speak of something else, and with dated."""
    summed = cues.decide(rows, "restated_at", within="clause")
    rows = rows.hstack([summed["restated_at"], _several_months(told, rows)])
    keeps = ~pl.any_horizontal(_wrong_days().values())
    return rows.with_columns(
        *(pl.when(keeps).then(f"near_{c}").alias(f"near_{c}") for c in TOLD),
        dated=(keeps & pl.col("near_value").is_not_null()).fill_null(False),
    )


def _wrong_days() -> dict[str, pl.Expr]:
    """Whether the cue near a number (near_value, near_word, …) is of something else, by what that is."""
    value, near_at, status, year = (pl.col(name) for name in ("near_value", "near_at", "status", "year"))
    other_sentence = pl.col("near_sentence") != pl.col("sentence")
    own_year = year + pl.col("same").cast(pl.Int32)
    behind = near_at + pl.col("near_word").str.len_chars()
    past_plan = (year < pl.col("report_year")).fill_null(False)
    stock = pl.col("unit_class") == "stock"
    wrong = {
        # 2020年底320户,今年减少到300户: the day of another year is not this number's
        "other_year": value.is_in(["month", "span", "as_of"]) & (pl.col("near_year") != own_year),
        # 年末保障2217人;标准由640元提高到660元: a raise is of no day that another sentence names
        "apart": (value == "as_of") & other_sentence & (pl.col("unit_class") == "standard"),
        # 截至5月底已完成275户;计划新建3个: what is there on a day is no plan's
        # but 截至去年底 in a plan is no part of it
        "planned": (status == "target") & pl.col("near_word").str.starts_with("截") & ~past_plan,
        # 上半年销售1460万元,完成全年任务2600万元的56.2%
        "of_year": (status == "target")
        & (value != "whole")
        & pl.col("quote_before").str.contains(pattern("of_whole_plan")),
        # 四季度普查一遍;2023年投入680万元: nor does a month outlast another year that is named behind it
        "past": other_sentence & (pl.col("year_at") > near_at) & value.is_in(["month", "span"]),
        # 去年捐资117万元、今年前9个月84.5万元
        "of_next": (near_at > pl.col("at"))
        & past_plan
        & pl.col("quote_after").str.contains(pattern("this_year_next")),
        # 上月发放182万元,比上月增加4万元: how much more is of this month
        "of_last": pl.col("near_word").str.contains(pattern("month_before"))
        & pl.col("quote_before").str.contains(pattern("than_month_before")),
        # 2021年、2022年和今年上半年分别为12人、15人、9人
        "in_turn": (pl.col("year_at") == pl.col("at")) & value.is_in(["month", "span"]),
        # 2021年6月试点以来办理6934对,其中2022年4412对: a year of its own goes before the years looked back on
        "own_year": value.is_in(OVER_YEARS) & (pl.col("year_at") >= behind),
        # 一季度312人次,二季度286人次,合计598人次: a sum is of no one of them, what is there on a day is
        "summed": (pl.col("restated_at") > near_at) & pl.col("several") & (value != "whole") & ~stock,
    }
    # 总投资1200万元 is no flow of the month in which building began
    return {"in_all": pl.col("in_all")} | {name: mask.fill_null(False) for name, mask in wrong.items()}


def _several_months(told: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """`several`: whether the sentence of each number names more than one stretch of months, of the cues of
    periods."""
    named = told.filter(pl.col("value").is_in(["span", "month"]))
    if named.is_empty():
        return pl.repeat(False, rows.height, eager=True).alias("several")
    many = named.group_by("sentence").agg(several=pl.struct("first", "last").n_unique() > 1)
    found = rows.select("sentence").join(many, on="sentence", how="left", maintain_order="left")
    return found["several"].fill_null(False)
