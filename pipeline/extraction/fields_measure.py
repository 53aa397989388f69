"""Which aspect of its subject a quantity measures, and whether it is a stock, an inflow, an outflow or a difference."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.vocabulary import rows as vocabulary

BUILT_CLASSES = ("things", "beds", "area")


def _near(cue_end: str, at: str = "at", reach: int = 2) -> pl.Expr:
    return ((pl.col(at) - pl.col(cue_end)) <= reach).fill_null(False)


def _measures() -> dict[str, str]:
    return {r["unit"]: r["measure"] for r in vocabulary("unit_measures.csv") if r["measure"]}


def measure(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `measure`; a person counted with 个 becomes 人.

    `rows`: the quantities with unit, unit_written, class, subject, head, rule.
    """
    for kind in ("invest", "expend", "average", "standard", "ratio_of", "capacity"):
        rows = stream.last_cue(rows, kind)
    # 低保标准统一,由738元提高至763元
    raised = pl.col("quote_before").str.contains(
        r"(?:由|从|提高[至到]|调整[为至到]|增加到|达到?)[^0-9]{0,4}$"
    ) & (pl.col("value") < 20_000)
    in_sentence = stream.last_cue(rows.select("q", "at", "sentence"), "standard", "sentence").select(
        "q", told="standard"
    )
    rows = rows.join(in_sentence, on="q", how="left", maintain_order="left")
    rows = rows.with_columns(raised=raised & pl.col("told").is_not_null()).drop("told")
    rows = stream.next_cue(stream.last_cue(rows, "build", "sentence"), "build", "sentence")
    unit, subject = pl.col("unit"), pl.col("subject")
    money_at = pl.max_horizontal("invest_at", "expend_at", "standard_at", "average_at")
    invested = (pl.col("invest_at") == money_at).fill_null(False) | (
        pl.col("invest_at").is_not_null()
        & (pl.col("expend_at").is_null() | (pl.col("expend_word") == "资金"))
    )
    # 投入 is investment where something is built or bought with it
    built = pl.col("build").is_not_null() | (pl.col("next_build_at") - pl.col("end_at") <= 40).fill_null(
        False
    )
    invested = invested & (built | ~pl.col("invest_word").str.contains("^(?:共|累计)?投入"))
    of_each = pl.col("q_text").str.contains("均")  # 户均1850元: the number itself holds the word
    level = pl.col("average_word").str.contains("补差|补助|救助|水平")
    averaged = (pl.col("average_at").is_not_null() & (level | pl.col("standard_at").is_null())).fill_null(
        False
    )
    money = (
        pl.when((of_each & pl.col("standard").is_null()) | averaged & ((pl.col("at") - pl.col("average_end_at")) <= 12)).then(pl.lit("average"))
        .when((pl.col("standard_at") == money_at) & (pl.col("value") < 200_000)).then(pl.lit("standard"))
        .when(pl.col("raised") & money_at.is_null()).then(pl.lit("standard"))
        .when(invested).then(pl.lit("investment"))
        .otherwise(pl.lit("expenditure"))
    )  # fmt: skip
    rate = (
        pl.when(averaged | (of_each & pl.col("standard").is_null())).then(pl.lit("average"))
        .when(unit.is_in(["元/人次", "元/件", "元/户次", "元/次", "元/例"])).then(pl.lit("average"))
        .otherwise(pl.lit("standard"))
    )  # fmt: skip
    per = (
        pl.col("ratio_of").is_not_null()
        & ((pl.col("at") - pl.col("ratio_of_end_at")) <= 30)
        & (pl.col("class") != "share")
    )
    person = (
        (pl.col("head") == "person")
        & pl.col("unit_written").is_in(["个", "位"])
        & (pl.col("rule") == "noun after")
    )
    person = (
        person
        & ((pl.col("at_t") - pl.col("end_at")) <= 4)
        & ~pl.col("after_word").str.contains(
            "^(?:点|站|中|室|基|队|平|品|项|之|服|关|活|组|联|协|观|示|阵|驿|成|照|养|食|床)"
        )
    )
    by_unit = unit.replace_strict(_measures(), default="count", return_dtype=pl.String)
    chosen = (
        pl.when(pl.col("class") == "money").then(money)
        .when(pl.col("class") == "rate").then(rate)
        .when(per & pl.col("class").is_in(["things", "people", "beds", "area"])).then(pl.lit("ratio"))
        .when((pl.col("class") == "beds") & (subject.is_in([r["subject"] for r in vocabulary("bed_subjects.csv")]) | (pl.col("unit_written") == "张床"))).then(pl.lit("beds"))
        .when((pl.col("class") == "couples") & ~subject.is_in(["marriage", "divorce", "marriage_reissue", "marriage_registration", "adoption"])).then(pl.lit("count"))
        .when(pl.col("capacity").is_not_null() & pl.col("class").is_in(["things"])).then(pl.lit("capacity"))
        .when(person).then(pl.lit("persons"))
        .otherwise(by_unit)
    )  # fmt: skip
    # 13664个低保户 are households, 283个儿童主任 people
    family = person & pl.col("subject_word").str.contains("(?:户|家庭)$")
    goods = (pl.col("unit_written") == "件") & pl.col("quote_before").str.contains(
        "(?:衣|被|物资|用品|器材|服|物)$"
    )
    graves = (pl.col("class") == "things") & pl.col("subject_word").str.contains("墓穴|墓位|格位").fill_null(
        False
    )
    rows = rows.with_columns(
        measure=pl.when(family)
        .then(pl.lit("households"))
        .when(graves)
        .then(pl.lit("capacity"))
        .when(goods)
        .then(pl.lit("count"))
        .otherwise(chosen),
        unit=pl.when(family)
        .then(pl.lit("户"))
        .when(person)
        .then(pl.lit("人"))
        .when(goods)
        .then(pl.lit("个"))
        .otherwise(unit),
    )
    return stream.drop_cues(rows, "invest", "expend", "average", "ratio_of", "capacity", "build", "next_build")


def change(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `change`; a fall turns value and value_high negative.

    Needs measure and the `to` cue (…提高到 N is a level, 提高 N a difference).
    """
    rows = stream.last_cue(rows, "change")
    rows = stream.last_cue(rows, "delta")
    rows = stream.next_cue(rows, "change")
    rows = stream.last_cue(rows, "to")
    after_to = (pl.col("to_at") >= pl.col("delta_at")).fill_null(False) & ~pl.col("delta_word").str.contains(
        "幅"
    )
    share = pl.col("class") == "share"
    compared = pl.col("delta_word").str.contains("比|较")
    gap = pl.col("at") - pl.col("delta_end_at")
    # 分别增长9.4%和14.9%
    paired = (pl.col("prev_gap") <= 2) & (pl.col("prev_class") == pl.col("class"))
    first = (pl.col("prev_end_at").fill_null(0) <= pl.col("delta_at")).fill_null(True)
    second = (paired & (pl.col("prev2_end_at").fill_null(0) <= pl.col("delta_at"))).fill_null(False)
    over = pl.col("delta_word").is_in(["高于", "低于", "超出"])
    close = (
        pl.when(over)
        .then((gap <= 14) & (gap >= 2) & ~pl.col("right"))
        .otherwise((gap <= 2) | (compared & (gap <= 6)) | (share & (gap <= 4)))
    )
    points = pl.col("unit").is_in(["百分点", "个百分点", "千分点", "个千分点"])
    # 减少保障金额0.74万元
    amount = (
        pl.col("quote_before").str.contains(
            r"(?:增加|减少|提高|降低)了?[\p{Han}]{0,4}(?:金额|资金|人数|支出|经费|户数)$"
        )
        & pl.col("delta").is_not_null()
        & first
    )
    delta = (
        points | amount | (pl.col("delta").is_not_null() & ~after_to & ((first & close) | (second & share)))
    )
    # 新建幸福院24个、照料中心3个; 新增床位120张, 总数达2000张
    reach = (pl.col("to_at") < pl.col("change_at")).fill_null(True)
    new = pl.col("change_word").str.contains("新|增|调进|调入|转入") & ~pl.col("change_word").str.contains(
        "新型"
    )
    built = pl.col("class").is_in(BUILT_CLASSES)
    added = (
        (pl.col("change") == "added")
        & reach
        & pl.when(new).then(~share).otherwise(built & pl.col("planned") & (pl.col("measure") != "floor_area"))
    )
    things = pl.col("class").is_in(["things", "people"])
    removed = (pl.col("change") == "removed") & reach & things
    taken_off = (
        (pl.col("next_change") == "removed")
        & (pl.col("next_change_at") < pl.col("next_q_at").fill_null(1 << 62))
        & things
        & pl.col("right")
    )
    value = (
        pl.when(delta).then(pl.lit("delta")).when(removed | taken_off.fill_null(False)).then(pl.lit("removed"))
        .when(added).then(pl.lit("added")).otherwise(pl.lit("level"))
    )  # fmt: skip
    # 新增床位260张,其中护理型210张
    part = (
        (pl.col("portion_at") >= pl.col("prev_end_at"))
        & (pl.col("prev_class") == pl.col("class"))
        & value.shift(1).is_in(["added", "removed"])
    )
    value = pl.when(part.fill_null(False) & (value == "level")).then(value.shift(1)).otherwise(value)
    fall = pl.when((value == "delta") & (pl.col("delta") == "-1")).then(-1.0).otherwise(1.0)
    rows = rows.with_columns(
        kind_of_change=value, value=pl.col("value") * fall, value_high=pl.col("value_high") * fall
    )
    return stream.drop_cues(rows, "change", "next_change").rename({"kind_of_change": "change"})
