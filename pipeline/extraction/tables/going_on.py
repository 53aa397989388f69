"""Names that go on with those before them: rows behind 其中, columns that say only when or how."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.said import DEPENDENT, NONE, PLAIN
from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import frame_words
from pipeline.vocabulary import pattern

SAYS = ("column_status", "column_period", "column_ratio", "column_year")


def rows_going_on(tables: Tables, said: pl.DataFrame) -> pl.DataFrame:
    """The rows (`Tables.rows`), those that go on with 其中 under the same whole: 其中:老年人, then 未成年人.

    A name alone that names no subject of its own, with the same unit, behind a row of 其中.
    """
    units = tables.cells.filter((pl.col("role") == "unit_note") & (pl.col("row_role") == "body"))
    units = units.group_by("part", "row").agg(unit=pl.col("text").first())
    rows = tables.rows.join(units, on=["part", "row"], how="left", maintain_order="left").sort("part", "row")
    last = pl.col("heads").list.last()
    rows = rows.with_columns(text=last.struct.field("text"))
    known = said.select("text", "subject", "group", "whole")
    rows = rows.join(known, on="text", how="left", maintain_order="left")
    manner = pl.col("group").is_in(frame_words("manner"))
    named = (pl.col("subject") < PLAIN) & ((pl.col("subject") != DEPENDENT) | manner)
    group = named & (pl.col("group") == pl.col("text"))
    open_ = (
        group & ~pl.col("whole") & ~pl.col("total") & ~pl.col("of_which") & (pl.col("heads").list.len() == 1)
    )
    breaks = ~open_.fill_null(False)
    # what the last row that is none of these is
    lead = pl.when(breaks).then("of_which").forward_fill().over("part")
    unit = pl.when(breaks).then("unit").forward_fill().over("part")
    whole = pl.when(breaks).then(pl.col("heads").list.head(pl.col("heads").list.len() - 1)).forward_fill()
    goes_on = open_ & lead & unit.eq_missing(pl.col("unit"))
    return rows.with_columns(
        heads=pl.when(goes_on).then(whole.over("part").list.concat("heads")).otherwise("heads"),
        of_which=pl.col("of_which") | goes_on,
    ).select(tables.rows.columns)


def columns_going_on(columns: pl.DataFrame) -> pl.DataFrame:
    """The columns, those that say only when, whether or how (上年同期, 完成, 增减%) with what the column
    before them names; a change that names no year is of the latest one before it.

    `columns`: part, column and what their heads say (`context.said_of`: column_labels, column_subjects, …).
    """
    columns = _parts_going_on(columns.sort("part", "column"))
    named = pl.col("column_subjects").list.max().fill_null(NONE)
    says = pl.any_horizontal(pl.col(name).is_not_null() for name in SAYS)
    # 本年新成立 is of all that the table counts
    flow = pl.col("column_change").is_in(["added", "removed"]).fill_null(False)
    open_ = says & ~flow & (named == NONE) & (pl.col("column_labels").list.len().fill_null(0) == 0)
    # 占比(%) names an aspect and no group
    rated = pl.col("column_ratio").is_not_null() & pl.col("column_group").is_null()
    rated = rated & (named == NONE) & (pl.col("column_labels").list.len() == 1)
    open_ = open_ | rated.fill_null(False)
    change = (pl.col("column_change") == "delta").fill_null(False)
    # 占总人口% is of what the column before it counts
    share = pl.col("column_labels").list.last().str.contains(pattern("share_of_whole")).fill_null(False)
    open_ = open_ | (change & (named == NONE)) | share
    # 其中:三星级以上 beside 农村幸福院
    part = pl.col("column_of_which") & (named == NONE) & (pl.col("column_labels").list.len() == 1)
    open_ = open_ | part.fill_null(False)
    columns = columns.with_columns(open=open_, share=share)
    for name in ("column_labels", "column_subjects"):
        before = pl.when("open").then(None).otherwise(name).forward_fill().over("part")
        columns = columns.with_columns(before.alias(f"{name}_before"))
    bare = pl.col("open") & (pl.col("column_subjects_before").list.max() == PLAIN).fill_null(False)
    columns = columns.with_columns(
        pl.when(bare & pl.col("share"))
        .then(f"{name}_before")
        .when(bare)
        .then(pl.concat_list(f"{name}_before", name))
        .otherwise(name)
        .alias(name)
        for name in ("column_labels", "column_subjects")
    )
    latest = pl.col("column_year").cum_max().forward_fill().over("part")
    # 同比 behind 2020年实绩 | 累计完成 is of what was done
    plain = pl.when(~change & pl.col("column_ratio").is_null()).then(pl.col("column_year").is_not_null())
    undated = change & pl.col("column_year").is_null() & plain.forward_fill().over("part")
    return columns.with_columns(column_year=pl.when(undated).then(latest).otherwise("column_year")).drop(
        "column_labels_before", "column_subjects_before", "open", "share"
    )


def _parts_going_on(columns: pl.DataFrame) -> pl.DataFrame:
    """The columns, those behind one of 其中 that name nothing but a group of people with `column_of_which` as
    well: 人数 | 其中:女性 | 残疾人."""
    people = pl.col("column_labels").list.last().str.contains(pattern("group_of_people"))
    alone = (pl.col("column_labels").list.len() == 1) & people
    says = pl.any_horizontal(
        pl.col(name).is_not_null() for name in (*SAYS, "column_change", "column_residence", "column_place")
    )
    own = pl.any_horizontal(pl.col(n).fill_null(False) for n in ("column_of_own_kind", "column_programme"))
    open_ = (alone & ~says & ~own & ~pl.col("column_whole")).fill_null(False) & ~pl.col("column_of_which")
    lead = pl.when(~open_).then("column_of_which").forward_fill().over("part")
    return columns.with_columns(column_of_which=pl.col("column_of_which") | (open_ & lead.fill_null(False)))
