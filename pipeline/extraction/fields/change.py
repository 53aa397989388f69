"""Whether a quantity is a stock, an inflow, an outflow or a difference."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.reading.layout.written import PERCENTAGE_POINT
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "sentence", "clause", "prev_end_at", "prev2_end_at", "next_q_at", "prev_class",
    "prev_gap", "unit_class", "unit", "measure", "right", "quote_before", "quote_after", "q_text", "value",
    "value_high", "subject", "nth",
)  # fmt: skip
BEFORE = (
    "change", "change_at", "change_word", "delta", "delta_at", "delta_end_at", "delta_word", "to_at",
    "verb_at", "portion_at", "respectively",
)  # fmt: skip
COUNTED = ("things", "people")
POINTS = (PERCENTAGE_POINT, f"个{PERCENTAGE_POINT}", "千分点", "个千分点")
PEOPLE = ("户", "人", "户次", "人次")
ROOM = ("beds", "capacity")  # measures of what there is room for
NOWHERE = 1 << 62  # behind every place
GROUPS = 3  # of those who left or came, in a row


def change(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `change` (level, added, removed, delta), `value` and `value_high` (a fall is negative) and
    `measure` (a difference is of what it changes), a row a row.

    `rows`: `TAKES`, in the order of the text.
    """
    rows = cues.beside(rows.select(TAKES), *BEFORE)
    rows = cues.behind(rows, "change", "change_at")
    rows = rows.with_columns(
        kind=pl.when(_is_delta()).then(pl.lit("delta"))
        .when(_is_removed()).then(pl.lit("removed"))
        .when(_is_added()).then(pl.lit("added"))
        .otherwise(pl.lit("level"))
    )  # fmt: skip
    kind, before = pl.col("kind"), pl.col("kind").shift(1)
    # 新增床位260张,其中护理型210张: a part of what was added was added, and so is the part beside it
    alike = (pl.col("prev_class") == pl.col("unit_class")) & (kind == "level")
    first = pl.col("portion_at") >= pl.col("prev_end_at")
    next_ = (pl.col("clause") == pl.col("clause").shift(1)) & (
        pl.col("portion_at") == pl.col("portion_at").shift(1)
    )
    for part in (first, next_, next_):
        is_part = (part & alike & before.is_in(["added", "removed"])).fill_null(False)
        rows = rows.with_columns(kind=pl.when(is_part).then(before).otherwise(kind))
    # 新建敬老院12所,其中石坝乡3所,青岗镇2所,…: and so on through all its places
    place = pl.col("quote_before").str.contains(pattern("place_of_a_part"))
    place &= pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "portion_at", "unit"))
    listed = (place & (kind == "level")).fill_null(False)
    last = latest(pl.when(~listed).then(kind), "sentence")
    rows = rows.with_columns(
        kind=pl.when(listed & last.is_in(["added", "removed"])).then(last).otherwise(kind)
    )
    # 取消城市低保74人,农村低保1023人: of the other half, whom no verb of its own comes before
    half = pl.col("quote_before").str.contains(pattern("other_half"))
    # or of a part: 清退2864户,其中城市412户776人,农村2452户3737人
    in_part = pl.col("portion_at") == pl.col("portion_at").shift(1)
    half &= pl.col("quote_before").shift(1).str.contains(pattern("half_changed")) | in_part.fill_null(False)
    half &= (pl.col("clause") - pl.col("clause").shift(1) == 1) & (
        pl.col("subject") == pl.col("subject").shift(1)
    )
    of_half = rows.select((half & alike & before.is_in(["added", "removed"])).fill_null(False)).to_series()
    # and of its members: 农村低保35户51人
    members = (
        half.shift(1, fill_value=False)
        & rows.select(((pl.col("prev_gap") <= 1) & alike).fill_null(False)).to_series()
    )
    for told in (of_half, members):
        rows = rows.with_columns(kind=pl.when(told).then(before).otherwise(kind))
    # 新建敬老院3所,社区服务站6个; 新建公墓8处,墓穴5600个: what is built beside it
    built = pl.col("quote_before").str.contains(pattern("next_built")) & pl.col("portion_at").is_null()
    built &= (pl.col("unit_class") == "things") & pl.col("measure").is_in(["count", "capacity"])
    built &= pl.col("sentence") == pl.col("sentence").shift(1)
    built &= (pl.col("clause") - pl.col("clause").shift(1) == 1) & (pl.col("measure").shift(1) == "count")
    beside = (built & alike & (before == "added")).fill_null(False)
    rows = rows.with_columns(kind=pl.when(beside).then(before).otherwise(kind))
    # 清退有车辆的83户214人,经商的46户131人: each group of those who left
    group = pl.col("quote_before").str.contains(pattern("of_a_group")) & pl.col("change").is_null()
    group &= pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "subject"))
    named = rows.select((group & alike & (pl.col("unit_class") == "people")).fill_null(False)).to_series()
    touching = rows.select(((pl.col("prev_gap") <= 1) & alike).fill_null(False)).to_series()
    with_them = named.shift(1, fill_value=False) & touching
    for _ in range(GROUPS):
        for those in (named, with_them):
            gone = those & rows.select(before.is_in(["added", "removed"]).fill_null(False)).to_series()
            rows = rows.with_columns(kind=pl.when(gone).then(before).otherwise(kind))
    # 扩面120户260人: households and their members came together
    glued = (
        (pl.col("prev_gap") <= 1) & pl.col("unit").is_in(PEOPLE) & (pl.col("unit") != pl.col("unit").shift(1))
    )
    glued &= alike & before.is_in(["added", "removed"]) & (pl.col("quote_before").shift(1) != "")
    glued &= pl.col("clause") == pl.col("clause").shift(1)
    rows = rows.with_columns(kind=pl.when(glued.fill_null(False)).then(before).otherwise(kind))
    # 85户130人低保对象退保: the households left with their members
    behind = (kind == "level") & (kind.shift(-1) == "removed") & (pl.col("unit") == "户")
    behind &= (pl.col("prev_gap").shift(-1) <= 1) & (pl.col("unit").shift(-1) == "人")
    behind &= (pl.col("change").is_null() | (pl.col("change") == "removed")).shift(-1)
    rows = rows.with_columns(kind=pl.when(behind.fill_null(False)).then(pl.lit("removed")).otherwise(kind))
    # 分别增加5家、9家、1家: and so on through the row
    row = (pl.col("nth") > 2) & pl.col("respectively").is_not_null() & pl.col("delta").is_not_null()
    row &= (kind == "level") & (kind.gather(_place() - (pl.col("nth") - 2).clip(0).fill_null(0)) == "delta")
    rows = rows.with_columns(kind=pl.when(row.fill_null(False)).then(pl.lit("delta")).otherwise(kind))
    # 新增312户、减少289户: those who left, beside those who came
    left = (
        (kind == "delta") & (before == "added") & pl.col("delta_word").str.contains(pattern("fewer"))
        & (pl.col("unit") == pl.col("unit").shift(1)) & (pl.col("prev_gap") <= 4)
    ).fill_null(False)  # fmt: skip
    rows = rows.with_columns(kind=pl.when(left).then(pl.lit("removed")).otherwise(kind))
    fall = pl.when((kind == "delta") & (pl.col("delta") == "-1")).then(-1.0).otherwise(1.0)
    # 下降-4.1% says it twice
    value, high = (
        pl.when(pl.col(v) < 0).then(pl.col(v)).otherwise(pl.col(v) * fall) for v in ("value", "value_high")
    )
    return rows.select(change="kind", value=value, value_high=high, measure=_of_what_changed())


def _place() -> pl.Expr:
    return pl.int_range(pl.len(), dtype=pl.Int64)


def _of_what_changed() -> pl.Expr:
    """人均补助水平达到310元,同比提高30元: the 30 are of the average, not of a standard."""
    measure, amount = pl.col("measure"), pl.col("measure").is_in(["standard", "average"])
    differs = pl.col("kind") == "delta"
    last = latest(pl.when(amount & ~differs).then(measure), "sentence")
    # 每千名老人拥有床位34张,比2015年多11张
    ratio = pl.when(~differs & (measure == "ratio")).then(pl.col("unit")).shift(1)
    same = (ratio == pl.col("unit")) & (pl.col("sentence").shift(1) == pl.col("sentence"))
    return (
        pl.when(amount & differs).then(pl.coalesce(last, measure))
        .when(differs & same.fill_null(False)).then(pl.lit("ratio"))
        .otherwise(measure)
    )  # fmt: skip


def _is_delta() -> pl.Expr:
    """同比增长6.3%, 提高25元, 减少保障金额0.74万元; but 提高到655元 is a level."""
    delta_at, gap = pl.col("delta_at"), pl.col("at") - pl.col("delta_end_at")
    word, share = pl.col("delta_word"), pl.col("unit_class") == "share"
    turned = (pl.col("to_at") >= delta_at).fill_null(False) & ~word.str.contains(pattern("width_of_change"))
    # only the first quantity behind the cue, or the second of a pair: 分别增长9.4%和14.9%
    first = (pl.col("prev_end_at").fill_null(0) <= delta_at).fill_null(True)
    close_by = (pl.col("prev_gap") <= 2) | pl.col("quote_before").str.contains(r"[%元人户] ?[和、与及] $")
    paired = close_by & (pl.col("prev_class") == pl.col("unit_class"))
    # 减少102户、224人 names the unit of each
    of_people = pl.col("unit").is_in(PEOPLE) & (pl.col("unit") != pl.col("unit").shift(1))
    paired = paired | ((pl.col("prev_gap") <= 2) & pl.col("respectively").is_not_null())
    # 比上年增加25元、20元
    amounts = (pl.col("unit_class") == "rate") & pl.col("quote_before").str.contains(r"[0-9]元[、和与及]$")
    second = (paired & (pl.col("prev2_end_at").fill_null(0) <= delta_at)).fill_null(False)
    # 高于全省平均水平12元: what it is compared with stands between
    compared = (gap <= 14) & (gap >= 2) & ~pl.col("right")
    close = (gap <= 2) | (word.str.contains(pattern("compared")) & (gap <= 6)) | (share & (gap <= 4))
    # 高于上年同期的87.2%: that is how much it was then
    compared &= ~pl.col("quote_before").str.contains(pattern("over_another"))
    close = pl.when(word.str.contains(pattern("over_or_under"))).then(compared).otherwise(close)
    # 比上年多97人次、30.4万元: what was paid to them differs with them
    touching = (pl.col("prev_gap") <= 1) & pl.col("quote_before").str.ends_with("、")
    second |= (touching & (pl.col("prev2_end_at").fill_null(0) <= delta_at)).fill_null(False)
    said, in_turn = pl.col("delta").is_not_null(), pl.col("respectively").is_not_null()
    amount = pl.col("quote_before").str.contains(pattern("changed_amount")) & said & first
    # 提高补差标准30户、55人: no more than the households before them
    of_people &= (first & close).shift(1)
    touching &= (first & close).shift(1).fill_null(False)
    placed = (first & close) | (second & (share | in_turn | of_people.fill_null(False) | amounts | touching))
    itself = pl.col("unit").is_in(POINTS) | pl.col("q_text").str.contains(pattern("grown_by"))
    # 每年以1.6万人的速度递增
    itself |= pl.col("quote_after").str.contains(pattern("speed_of_change"))
    # 同比分别-6.2%、+3.1%: its own sign says so
    itself |= share & pl.col("quote_before").str.contains(pattern("signed_against"))
    return itself | (amount | (said & ~turned & placed)) & ~(_is_more_room() & ~share)


def _is_more_room() -> pl.Expr:
    """增加床位150张, 格位增加8000个: new ones, where nothing is compared."""
    said = pl.col("delta_word").str.contains(pattern("more_room")) & pl.col("measure").is_in(ROOM)
    return said & ~pl.col("quote_before").str.contains(pattern("compared"))


def _reaches() -> pl.Expr:
    """No 到 between the cue and the number, and behind another number no other verb.

    新增床位120张,总数达2000张; 新纳入低保286户、实施临时救助437户
    """
    level = (pl.col("to_at") > pl.col("change_at")).fill_null(False)
    turned = (pl.col("prev_end_at") > pl.col("change_at")) & (pl.col("verb_at") >= pl.col("prev_end_at"))
    return ~level & ~turned.fill_null(False)


def _is_removed() -> pl.Expr:
    """注销9家; 9家社会组织注销."""
    counted = pl.col("unit_class").is_in(COUNTED)
    # 注销登记62件
    counted |= (pl.col("unit_class") == "events") & pl.col("change_word").str.contains(pattern("struck_off"))
    # 受灾9.4万人、死亡3人: no one left a list
    lost = pl.col("change_word").str.contains(pattern("death_word")) & pl.col("subject").is_in(
        subjects_with("loss")
    )
    counted &= ~lost.fill_null(False)
    before = (pl.col("change") == "removed") & _reaches() & counted
    behind = (
        (pl.col("next_change") == "removed")
        & (pl.col("next_change_at") < pl.col("next_q_at").fill_null(NOWHERE))
        & counted
        & pl.col("right")
    )
    return before | behind.fill_null(False)


def _is_added() -> pl.Expr:
    """新增床位120张; what is built (建设幸福院24个), done or planned, is a level like any other."""
    word = pl.col("change_word")
    new = word.str.contains(pattern("newly")) & ~word.str.contains(pattern("new_type"))
    fits = new & ~pl.col("unit_class").is_in(["share", "time"])
    # 对新建民办养老机构按每张床位1万元给予补助: what is paid for it is set
    fits &= ~pl.col("measure").is_in(["standard", "average", "ratio"])
    # 每所新建院床位不少于80张: what each new one has is no inflow
    fits &= ~pl.col("quote_before").str.contains(pattern("of_each_new"))
    room = _is_more_room() & (pl.col("at") - pl.col("delta_end_at") <= 6)
    return ((pl.col("change") == "added") & _reaches() & fits) | room.fill_null(False)
