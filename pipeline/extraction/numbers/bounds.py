"""Bounds and approximations beside a number: 不少于, 逾, 近, 约 before it, 以上, 余, 左右 behind it."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline.extraction.numbers.units import alternatives
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import rows as vocabulary

# the bound stands off: 不低于城乡低保人数的10%, 最高资助8万元, 至少核查1次
BOUND_OFF = (
    r"((?:不低于|不少于|不超过|不高于|超过|高于|低于|不足)[\p{Han}()、]{1,16}的|至少\p{Han}{1,3}|最多\p{Han}{1,3}|"
    r"最高(?:可|限额)?(?:资助|补助|补贴|奖励|给予|救助|报销|支付|不超过)?(?:额度|金额|限额|标准)?(?:为|达|可达)?)\s?$"
)

BOUNDS_OFF = {
    "不低": ">=", "不少": ">=", "至少": ">=", "不超": "<=", "不高": "<=", "最多": "<=", "最高": "<=",
    "超过": ">", "高于": ">", "低于": "<", "不足": "<",
}  # fmt: skip


@cache
def _cues() -> dict[str, str]:
    return {row["word"]: row["comparator"] for row in vocabulary("numbers/bound_words.csv")}


def read_bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Settle `comparator` from the words before a measurement and the `bound` and approximation behind it.

    Takes `kind`, `left`, `lower` and the columns of `units.read_phrases`; adds `cue_length`, the characters
    before the number that belong to it.
    """
    pattern = rf"(?:{alternatives(list(_cues()))})(?:了|为|在|到|至|达|于|有)?\s?$"
    measured = pl.col("kind") == "measurement"
    rows = rows.with_columns(cue=compute_where(rows, measured, pl.col("left").str.extract(pattern, 0)))
    words = re.compile(alternatives(list(_cues())))
    found = rows["cue"].unique().drop_nulls().to_list()
    parsed = {cue: _cues()[word.group()] for cue in found if (word := words.match(cue))}
    said = pl.col("cue").replace_strict(parsed, default=None, return_dtype=pl.String)
    rows = rows.with_columns(before=compute_where(rows, pl.col("cue").is_not_null(), said))
    away = measured & pl.col("before").is_null() & pl.col("unit_class").is_in(["percent", "money", "count"])
    off = compute_where(rows, away, pl.col("left").str.extract(BOUND_OFF).str.slice(0, 2))
    off = off.replace_strict(BOUNDS_OFF, default=None, return_dtype=pl.String).alias("off")
    rows = rows.with_columns(before=pl.coalesce("before", off))
    before = pl.col("before")
    upper = {
        name: pl.when("lower").then(pl.col(name).shift(-1)).otherwise(name)
        for name in ("bound", "comparator")
    }
    told = before.is_not_null() & (before != "=")
    return rows.with_columns(
        comparator=pl.when(told & (before != "~"))
        .then(before)
        .when(upper["bound"] != "")
        .then(upper["bound"])
        .when(told)
        .then(before)
        .when(upper["comparator"] != "")
        .then(upper["comparator"])
        .otherwise(pl.lit("=")),
        cue_length=pl.when(told).then(pl.col("cue").str.len_chars()).fill_null(0),
    )
