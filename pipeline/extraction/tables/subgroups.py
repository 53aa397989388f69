"""The group that a figure of a table is told of, by the names that name no subject."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.said import NONE, PLAIN, WEAK, group_of
from pipeline.vocabulary import pattern

TWINS = (
    "subject", "measure", "residence", "change", "status", "place", "year", "period_end", "unit", "subgroup",
)  # fmt: skip
TAKES = (
    "table", "part", "row", "column", *TWINS, "place_code", "period_start", "row_labels", "column_labels",
    "column_subjects", "row_has", "column_has", "row_group", "column_group", "of_which_group", "leads",
    "total", "column_of_which", "column_of_own_kind", "column_whole", "column_ratio",
)  # fmt: skip


def subgroups(rows: pl.DataFrame) -> pl.Series:
    """`subgroup` of each figure, a row a row: a name that names no subject is a group of the one that its
    table or the rows above it name; so are names that tell figures apart which are alike in everything else.
    `rows`: `TAKES`."""
    ratio = pl.when(pl.col("column_ratio").is_not_null()).then(pl.col("column_labels").list.last())
    of_which = pl.col("column_of_which") & ~pl.col("column_of_own_kind").fill_null(False)
    of_which = pl.when(of_which).then(pl.col("column_labels").list.last())
    # 集中 under 特困人员
    inner = pl.when(
        (pl.col("column_labels").list.len() > 1)
        & (pl.col("column_has") == PLAIN)
        & (pl.col("column_subjects").list.last() == NONE)
        & (pl.col("column_labels").list.last() == pl.col("column_group"))
    ).then("column_group")
    row = pl.when(pl.col("row_has") < PLAIN).then("row_group")
    named = pl.coalesce("of_which_group", of_which, row, inner, ratio)
    # 其中:民族乡 says more than 乡
    more = pl.col("of_which_group").str.ends_with(pl.col("subgroup")).fill_null(False)
    said = pl.when(more).then("of_which_group").otherwise("subgroup")
    rows = rows.with_columns(subgroup=pl.coalesce(said, named))
    # what leads the rows below it is the whole of them; 社会福利 and 社会救助 of one sum are parts of it
    leads = pl.col("leads").fill_null(False)
    whole = leads & (leads.cum_sum().over(_key("table", "column")) == 1)
    # 小计 below 城市低保 is all of it
    whole = whole | pl.col("total").fill_null(False)
    open_ = ~whole & pl.col("place").is_null() & pl.col("subgroup").is_null() & _twins("table", "column")
    rows = rows.with_columns(subgroup=pl.when(open_).then(_told_apart(open_)).otherwise("subgroup"))
    bare = ~pl.col("column_whole").fill_null(False) & (pl.col("column_subjects").list.last() < WEAK)
    open_ = pl.col("subgroup").is_null() & bare & _twins("table", "row", "place_code", "period_start")
    # 一类 over 户数; 数量 names none
    last = pl.col("column_labels").list.last()
    label = pl.when(group_of(last).is_not_null()).then(last)
    inner = pl.when(pl.col("column_labels").list.len() > 1).then("column_group")
    # 救助人次 and 户次 below 急难型救助 are of that
    upper = group_of(pl.col("column_labels").list.get(-2, null_on_oob=True))
    said = group_of(last).str.contains(pattern("generic_group"))
    outer = pl.when(said.fill_null(True)).then(upper)
    group = pl.coalesce(outer, inner, label)
    rows = rows.with_columns(subgroup=pl.when(open_).then(group).otherwise("subgroup"))
    # 初婚 and 再婚 under 结婚登记 name it as well
    below = pl.col("column_of_which") | (pl.col("column_labels").list.len() > 1)
    below = below.fill_null(False) & ~pl.col("column_whole").fill_null(False)
    open_ = pl.col("subgroup").is_null() & below & _twins("table", "row", "place_code", "period_start")
    rows = rows.with_columns(subgroup=pl.when(open_).then(pl.coalesce(outer, last)).otherwise("subgroup"))
    return rows.select(subgroup=pl.when(pl.col("subgroup") != "").then("subgroup")).to_series()


def _told_apart(open_: pl.Expr) -> pl.Expr:
    """The names of rows that are alike in all else; of 孤儿 above A有身份信息的孤儿 and B无身份信息的孤儿 the
    first is the whole, and the others are what stands before its name."""
    name = pl.col("row_labels").list.last()
    key = _key("table", "column")
    whole = name.filter(open_).first().over(key)
    # 非常补 is no part of 常补
    longer = name.str.len_chars() - whole.str.len_chars() != 1
    of_it = (~open_ | (name.str.ends_with(whole) & longer)).all().over(key) & (whole.str.len_chars() > 1)
    one, several = (open_ & (name == whole)).sum() == 1, open_.sum() > 1
    # 每千名老年人拥有养老床位数 is no part of 养老床位数
    one = one & ~(open_ & name.str.contains("^每")).any()
    of_it = of_it & (one & several).over(key)
    rest = name.str.strip_suffix(whole).str.replace(pattern("enumerated_group"), "").str.strip_suffix("的")
    return pl.when(of_it.fill_null(False)).then(rest).otherwise(name)


def _twins(*beside: str) -> pl.Expr:
    """Whether a figure has the same in all fields as another one beside it."""
    return pl.len().over(_key(*beside)) > 1


def _key(*beside: str) -> list[pl.Expr]:
    """What figures are alike in that have the same in all fields."""
    return [pl.col(k).cast(pl.String).fill_null("") for k in (*beside, *TWINS)]
