"""The figures of tables read by their heads: the subject as a sentence made of the heads is read, everything
else from what each head says by its own level.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.contracts.registry import columns, polars_schema
from pipeline.extraction.fields.flags import flags_of_year
from pipeline.extraction.subjects.readings import LISTS as READINGS
from pipeline.extraction.tables.context import headless, said_of
from pipeline.extraction.tables.money import money_heads
from pipeline.extraction.tables.others import differences, shares, sums
from pipeline.extraction.tables.said import NONE
from pipeline.extraction.tables.sentences import in_sentences, sentences
from pipeline.extraction.tables.subgroups import subgroups
from pipeline.extraction.tables.times import cell_times
from pipeline.reading.layout.written import PERCENTAGE_POINT
from pipeline.reading.tables.find import Tables
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

# side by side: what is known of a figure before its sentence is read
CELLS = (
    "frame.quantities", "frame.figures", "frame.said_of_figures", "frame.sentences", "frame.asked_cells",
)  # fmt: skip
PLACE = ("q_row", "table", "row_start", "row_end", "cell_start", "cell_end")  # where a number stands
SAID = (
    "subject", "subject_word", "head", "measure", "change", "residence", "subgroup", "status", "rule",
    "flags", "unit",
    *READINGS,
)  # fmt: skip
RAISED = "fund_raising"  # money that came in
LARGE = (20_000, 200_000)  # beyond which a sum is no rate
ALIKE = (
    "sentence", "unit", "unit_written", "comparator", "size", "planned", "default_year", "report_year",
    "own", "heading_subject", "heading_word", "heading_head", "heading_strength", "region_code",
)  # fmt: skip


def fields() -> list[str]:
    """What is said of a number of a table: the columns of `frame.read_cells` but for its place."""
    return [name for name in columns("frame.read_cells") if name not in PLACE]


def read_columns() -> list[pl.Expr]:
    """The columns of `frame.read_cells`, with their types."""
    return [pl.col(name).cast(kind) for name, kind in polars_schema("frame.read_cells").items()]


class Asked(NamedTuple):
    """Numbers of tables that are read as texts of their own: `rows`, as `read_cells` and `read_phrases` take
    them, `texts` (document_id, reading) and the `numbers` in them (`frame.quantities`)."""

    rows: pl.DataFrame
    texts: pl.DataFrame
    numbers: pl.DataFrame


def ask_cells(
    tables: Tables, figures: pl.DataFrame, reports: pl.DataFrame, said: pl.DataFrame
) -> Asked | None:
    """The measured numbers that stand in cells under heads that say enough of them (`CELLS`), and the
    sentences that their heads make, alike ones once; None where there are none.

    `figures`: `context.figures_of` quantities; `said`: `said.heads_said` of `context.told_texts`.
    """
    if figures.is_empty():
        return None
    rows = sentences(said_of(tables, figures, reports, said))
    # nothing tells columns without heads apart
    rows = rows.join(
        headless(tables).with_columns(headless=True), on="part", how="left", maintain_order="left"
    )
    # how many 元 or 万元 a 金额 is nothing says
    over = pl.col("heads").list.last().struct.field("text")
    rows = rows.join(
        tables.columns.select("part", "column", "unsure", over=over),
        on=["part", "column"],
        how="left",
        maintain_order="left",
    )
    whole = pl.concat_str(pl.col("over").fill_null(""), pl.col("row_labels").list.last().fill_null(""))
    money = pl.col("unit").is_null() & whole.str.contains(money_heads())
    rows = rows.filter(pl.col("headless").is_null() & ~money & ~pl.col("unsure").fill_null(False))
    if rows.is_empty():
        return None
    size = sum((pl.col("value").abs() >= limit).cast(pl.Int8) for limit in LARGE)
    below = pl.col("cell_text").str.contains(r"^[-−▲△▼↓⬇]\s?[0-9]")
    rows = rows.with_columns(size=size, sign=pl.when(below).then(-1.0).otherwise(1.0))
    rows = rows.with_columns(key=pl.lit("cell ") + pl.struct(ALIKE).rank("dense").cast(pl.String))
    rows = rows.select(columns(*CELLS))
    first = rows.unique("key", keep="first", maintain_order=True)
    return Asked(rows, *in_sentences(first))


def read_cells(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """What the heads say of the numbers of cells.

    `rows`: those of `ask_cells`; `said`: what `attribute` says of its numbers. Returns
    `frame.read_cells`.
    """
    told = said.select(pl.col("document_id").alias("key"), *(pl.col(n).alias(f"said_{n}") for n in SAID))
    rows = rows.join(told, on="key", how="left", maintain_order="left")
    rows = differences(shares(sums(_fields(rows))))
    rows = rows.with_columns(cell_times(rows))
    return _judged(rows.with_columns(subgroups(rows))).sort("q_row")


@cache
def of_both_homes() -> list[str]:
    """The subjects of which town and country are told apart, and of which a caption says so for its table."""
    return [r["subject"] for r in vocabulary("fields/residence_rules.csv") if r["rule"] == "carries"]


def _last_year() -> pl.Expr:
    year = pl.col("column_year")
    return (year == year.max().over("part")) & (year > year.min().over("part"))


def _fields(rows: pl.DataFrame) -> pl.DataFrame:
    """Set change, status, residence, scope, place and the measure by the heads."""
    unit = pl.col("said_unit")
    change = pl.coalesce("column_change", "row_change")
    share = unit.is_in(["%", "‰", PERCENTAGE_POINT])
    # 完成率 of 新增床位 was not added
    rated = share & pl.col("column_ratio").is_not_null() & (change != "delta")
    change = pl.when(rated).then(pl.lit("level")).otherwise(pl.coalesce(change, pl.lit("level")))
    # 增加 beside 2020年 2021年 of what is paid for each is a difference
    rates = pl.col("said_measure").is_in(["standard", "average"])
    change = pl.when(rates & (pl.col("column_change") == "added")).then(pl.lit("delta")).otherwise(change)
    # 提高幅度 under 目标值 is aimed at
    aimed = (pl.col("column_status") == "target") & (pl.col("column_change") != "delta").fill_null(True)
    months = pl.col("column_last").is_not_null()
    grown = (pl.col("column_change") == "delta").any().over("part")
    compared = (grown & months.any().over("part")).fill_null(False)
    # 2020年 | 2025年 | 属性: the last year of a plan's table is that of its aims
    planned = pl.col("above_plan") & _last_year()
    status = (
        pl.when(_compared())
        .then(pl.lit("prior"))
        .when((change == "delta") & ~aimed.fill_null(False))
        .then(pl.lit("actual"))
        .otherwise(
            pl.coalesce(
                "column_status",
                pl.when(planned.fill_null(False)).then(pl.lit("target")),
                # 进度(%) is of what was done
                pl.when(share & pl.col("column_ratio").is_not_null()).then(pl.lit("actual")),
                "row_status",
                # what is compared with what was before is no plan: 6月末 | 5月末 | 环比增减
                pl.when(pl.col("planned") & ~compared & pl.col("column_status").is_null()).then(
                    "said_status"
                ),
                pl.when(pl.col("above_aims")).then(pl.lit("target")),
                pl.lit("actual"),
            )
        )
    )
    column_home = pl.when(pl.col("column_has") > NONE).then("column_residence")
    above = pl.when(pl.col("said_subject").is_in(of_both_homes())).then("above_residence")
    # 临时救助 among the rows below 城市最低生活保障
    other = (pl.col("row_residence_of") != pl.col("said_subject")).fill_null(False)
    row_home = pl.when(~other).then("row_residence")
    residence = pl.coalesce(column_home, row_home, "column_residence", above, pl.lit("total"))
    # 户数 below 乡镇 is none where the columns are of towns
    across = pl.col("column_place_kind").is_not_null().any().over("part")
    row_place = pl.when(~(across & pl.col("row_place_kind").is_null())).then("row_place")
    place = pl.coalesce(row_place, "column_place")
    code = pl.when(row_place.is_not_null()).then("row_place_code").otherwise("column_place_code")
    whole = (pl.col("row_whole").fill_null(False) & pl.col("column_place").is_null()) | (
        pl.col("column_whole").fill_null(False) & row_place.is_null()
    )
    # 小计 of the towns of one side
    summed = pl.col("summed").fill_null(False) & pl.col("row_place").is_not_null().any().over("part")
    part = (place.is_not_null() & ~whole) | summed
    scope = pl.when(_of_wider_area()).then(pl.lit("outside")).when(part).then(pl.lit("part"))
    delta = change == "delta"
    value = pl.col("value") * pl.when((pl.col("sign") < 0) & (pl.col("value") > 0)).then(-1.0).otherwise(1.0)
    # the stroke of a blank cell before it is no sign
    value = pl.when(pl.col("cell_text").str.contains("^[0-9]")).then(value.abs()).otherwise(value)
    ratio = pl.coalesce("column_ratio", "row_ratio").is_not_null() & share
    # what came in or is left was not spent
    spent = pl.col("said_measure") == "expenditure"
    money = pl.when(spent).then(pl.coalesce("column_money", "row_money"))
    subject = pl.when(money == "balance").then(pl.lit("other")).when(money == "income").then(pl.lit(RAISED))
    # 平均标准变动情况: 城市低保(月) | 698
    labels = pl.concat_list("row_labels", "column_labels").list.join(" ")
    # 分类补助水平 in a table of standards is one of them
    rate = (
        (spent | (pl.col("said_measure") == "average"))
        & pl.col("above_standard").fill_null(False)
        & ~labels.str.contains(pattern("paid_head"))
    )
    rate = rate & (pl.col("value").abs() < LARGE[0])
    timed = pl.coalesce("column_per", "row_per")
    by = pl.when(rate & (unit == "元") & timed.is_not_null()).then(pl.concat_str(pl.lit("元/人/"), timed))
    said = pl.when(rate).then(pl.lit("standard")).otherwise("said_measure")
    return rows.with_columns(
        value=value,
        unit=pl.coalesce(by, unit),
        subject=pl.coalesce(subject, "said_subject"),
        subject_word="said_subject_word",
        head="said_head",
        measure=pl.when(share & (delta | ratio)).then(pl.lit("ratio")).otherwise(said),
        change=change,
        status=status,
        residence=residence,
        scope=scope.otherwise(pl.lit("region")),
        place=pl.when(part).then(place),
        place_code=pl.when(part).then(code),
        subgroup=pl.coalesce(
            "said_subgroup", pl.when(subject.is_not_null()).then(pl.col("row_labels").list.last())
        ),
        rule=pl.lit("table heads"),
        flags="said_flags",
        **{name: f"said_{name}" for name in READINGS},
    )


def _of_wider_area() -> pl.Expr:
    """全省平均 in the table of a county or city; 全市 in that of a city is its own area."""
    city = pl.when(pl.col("region_code").is_not_null()).then(pl.lit("市"))
    wide, own = pl.coalesce("row_wide", "column_wide"), pl.coalesce("own", city)
    nation = (wide == pattern("nation")) & (own != "国")
    province = wide.str.contains(pattern("whole_province")) & ~own.is_in(["省", "国"])
    return (
        nation | province | (wide.str.contains(pattern("whole_city")) & own.is_in(["县", "区", "旗"]))
    ).fill_null(False)


def _compared() -> pl.Expr:
    """Whether a figure is of the former of two years beside their difference: 2019年 2018年 增长%."""
    grown = pl.col("column_change") == "delta"
    year = pl.when(grown.fill_null(False)).then(None).otherwise("column_year")
    two = year.drop_nulls().n_unique().over("part") == 2
    former = (year == year.min().over("part")) & (year.max().over("part") == year + 1)
    return (grown.any().over("part") & two & former).fill_null(False)


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Set rule and flags: a figure whose heads name no subject says so."""
    unplaced, flags = pl.col("subject") == "other", flags_of_year()
    flags = pl.when(unplaced).then(flags.list.concat(pl.lit(["unplaced_cell"]))).otherwise(flags)
    rule = pl.when(unplaced).then(pl.lit("unplaced cell")).otherwise("rule")
    return rows.with_columns(rule=rule, flags=flags).select(read_columns())
