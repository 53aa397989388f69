"""What the head of all names says of units, and which heads keep what the names of rows say of money away."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.numbers.units import parse_phrase
from pipeline.extraction.tables.money import ends_in_money, last_words, names_money
from pipeline.extraction.tables.neighbours import words_of
from pipeline.extraction.tables.stated import stated_unit, suggested_unit
from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import frame_words, total


def beside_money(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures below heads of town and country, or of their total, without what their rows say of money
    where another column is of money: 护理补贴 below 城镇 | 农村 | 小计 | 金额."""
    own = pl.col("column_said").str.split("\x1e").list.first().str.replace_all(r"\s", "")
    counted = own.str.contains(f"^(?:{words_of('residence')}|{total()})$")
    money = own.str.contains(last_words())
    said = pl.when(counted & money.any().over("part")).then(pl.lit(""))
    return figures.with_columns(row_said=said.otherwise("row_said"))


def corners(tables: Tables) -> pl.DataFrame:
    """part, corner: the unit that stands behind the head of all names: 项目资金(万元) | 预算数."""
    names = tables.cells.filter(pl.col("role").is_in(["stub", "total"]))
    names = names.group_by("part").agg(last=pl.col("column").min())
    heads = tables.columns.join(names, on="part").filter(pl.col("column") <= pl.col("last"))
    heads = heads.select("part", head=pl.col("heads").list.last().struct.field("text"))
    # 乡镇(场) names the rows
    stubs = frame_words("stub")
    texts = heads["head"].drop_nulls().unique()
    named = [text for text in texts if text not in stubs and stated_unit(text)]
    return heads.filter(pl.col("head").is_in(named)).group_by("part").agg(corner=pl.col("head").first())


def without_paid_groups(columns: pl.DataFrame) -> pl.DataFrame:
    """`columns` (part, heads: outermost first), those whose own head says nothing of a unit without the heads
    above it that speak of money, where others below the same head count: 本月新增 beside 享受人数 below
    残疾人生活补贴 counts no 元."""
    own, upper = (pl.col("heads").list.get(n, null_on_oob=True).struct for n in (-1, -2))
    texts = columns.select(own.field("text")).to_series().drop_nulls().unique().to_list()
    units = {text: _unit_of_own(text) for text in texts}
    counted = [text for text, unit in units.items() if parse_phrase(unit).arabic == "count"]
    silent = [text for text, unit in units.items() if not unit and not names_money(text)]
    above = columns.select(upper.field("text")).to_series().drop_nulls().unique().to_list()
    money = [text for text in above if names_money(text) and not (stated_unit(text) or ends_in_money(text))]
    if not (counted and silent and money):
        return columns
    beside = own.field("text").is_in(counted).any().over("part", upper.field("start"))
    asked = beside & own.field("text").is_in(silent) & upper.field("text").is_in(money)
    kept = pl.col("heads").list.filter(~pl.element().struct.field("text").is_in(money))
    return columns.with_columns(heads=pl.when(asked.fill_null(False)).then(kept).otherwise("heads"))


def _unit_of_own(text: str) -> str:
    return stated_unit(text) or suggested_unit(text, True) or suggested_unit(text, False)
