"""What stands above a table and is said of all its figures."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.folding import with_folded_names
from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import either, form, frame_words, furniture
from pipeline.vocabulary import pattern

MONTHS = ("year", "first", "last")
LEAD, REPORT = 3, 4  # ranks, behind title rows, notes and caption


def report_titles(reports: pl.DataFrame) -> pl.DataFrame:
    """report_id and report_title, folded."""
    named = with_folded_names(reports)
    return named.select("report_id", report_title=pl.col("folded_title").fill_null(""))


def said_above(
    tables: Tables, figures: pl.DataFrame, reports: pl.DataFrame, said: pl.DataFrame
) -> pl.DataFrame:
    """What title rows, notes, caption, what leads to a table and the report's title say, the nearest first.

    Of `figures` (part, table, report_id) a row a part; `said`: `said.heads_said` of all these texts. Gives
    part, above_year, above_first, above_last, above_residence, above_as_of, above_standard (it names
    standards), above_aims (it is a form of aims, or a budget), above_plan (it says which aims bind: 约束性,
    预期性), above_form, above_periodic, caption_label and title_label (what names a subject) with caption_has
    and title_has (how plainly), caption_all (the table is of money for all kinds of aid).
    """
    notes = tables.tables.select("table", "notes", "caption", "leads")
    titles = tables.titles.select("part", "title")
    parts = figures.select("part", "table", "report_id").unique("part", keep="first")
    parts = parts.join(notes, on="table", how="left").join(titles, on="part", how="left")
    parts = parts.join(report_titles(reports), on="report_id", how="left")
    order = (
        pl.concat(
            [
                parts.select("part", text="title", rank=pl.lit(0)).explode("text", empty_as_null=True),
                parts.select("part", text="notes", rank=pl.lit(1)).explode("text", empty_as_null=True),
                parts.select("part", text="caption", rank=pl.lit(2)),
                parts.select("part", text="leads", rank=pl.lit(LEAD)).explode("text", empty_as_null=True),
                parts.select("part", text="report_title", rank=pl.lit(REPORT)),
            ]
        )
        .drop_nulls("text")
        .join(said, on="text", how="left")
        .sort("part", "rank", maintain_order=True)
    )
    # 填报单位:省民政厅 2021年3月10日 is when that was, but a month ends as of its last day
    filed = pl.col("text").str.contains(pattern("filed_on")) & ~pl.col("as_of").fill_null(False)
    order = order.with_columns(pl.when(~filed).then(pl.col(c)).alias(c) for c in MONTHS)
    # what leads to a table dates it and says no more
    order = order.with_columns(residence=pl.when(pl.col("rank") != LEAD).then("residence"))
    # 农村低保、特困和残疾人补贴: town and country of the first are not those of all
    # 云和县 lists nothing
    # nor do the units of a caption: 农村低保金发放汇总表(户、人、元)
    bare = pl.col("text").str.replace(r"^\p{Han}{1,6}?[省市县区州旗]", "").str.replace_all(r"\([^()]*\)", "")
    several = (pl.col("rank") >= 2) & bare.str.contains("[、和及与]")
    order = order.with_columns(residence=pl.when(~several).then("residence"))
    # a month goes with its year where one line says both
    monthly = pl.col("last").is_not_null()
    names = (pl.col("rank") < LEAD) & ~pl.col("text").str.contains(furniture())
    told_by = names & (pl.col("subject") > 0)
    aims = pl.col("text").str.contains(pattern("form_of_aims"))
    order = _within_periods(order)
    told = order.group_by("part", maintain_order=True).agg(
        *(pl.col(c).drop_nulls().first().alias(f"above_{c}") for c in ("year", "first", "last", "residence")),
        above_as_of=pl.col("as_of").filter(monthly).first(),
        above_standard=(
            (pl.col("rank") < LEAD) & pl.col("text").str.contains(pattern("standards_named"))
        ).any(),
        above_aims=(aims | pl.col("text").str.contains(pattern("budget_table"))).any(),
        above_form=pl.col("text").str.contains(form()).any(),
        above_periodic=pl.col("text").str.contains(either(frame_words("periodic"))).any(),
        month_year=pl.col("year").filter(monthly).first(),
        # 项目名称… says more than 项目绩效目标表 above it
        caption_label=pl.coalesce(
            pl.col("label").filter(told_by & ~aims).first(), pl.col("label").filter(told_by).first()
        ),
        caption_has=pl.col("subject").filter(names).max(),
        caption_all=pl.col("of_all").filter(names).any(),
        title_label=pl.col("label").filter(pl.col("rank") == REPORT).first(),
        title_has=pl.col("subject").filter(pl.col("rank") == REPORT).first(),
    )
    binding = pl.col("text").str.replace_all(r"\s", "").str.contains(pattern("binding_or_expected"))
    plans = tables.cells.filter(binding).select("part", above_plan=pl.lit(True)).unique()
    told = told.join(plans, on="part", how="left", maintain_order="left")
    return told.with_columns(
        pl.col("above_plan").fill_null(False), above_year=pl.coalesce("month_year", "above_year")
    ).drop("month_year")


def _within_periods(order: pl.DataFrame) -> pl.DataFrame:
    """The lines; a day that ends the quarter or half year of another one begins with that: 2022年第三季度
    above (截至2022年9月30日).

    `order`: part, text, year, first, last and as_of of the lines, the nearest first.
    """
    day = pl.col("as_of").fill_null(False) & (pl.col("first") == pl.col("last"))
    span = pl.when(pl.col("first") < pl.col("last")).then(pl.struct("year", "first", "last"))
    other = span.drop_nulls().first().over("part").struct
    same = (other.field("last") == pl.col("last")) & (other.field("year") == pl.col("year")).fill_null(True)
    return order.with_columns(
        first=pl.when((day & same).fill_null(False)).then(other.field("first")).otherwise("first")
    )


def with_leading_lines(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures with the months of a line that leads all below it (截至8月31日), where nothing
    nearer says any.

    `figures`: above_last, above_first, above_as_of, and head_period, head_first, head_last (see
    `fields.time.head_times`).
    """
    led = pl.col("above_last").is_null() & pl.col("head_last").is_between(1, 12)
    led = (led & pl.col("head_period").is_in(["as_of", "span", "month"])).fill_null(False)
    first = pl.when(pl.col("head_period") == "span").then("head_first").otherwise("head_last")
    return figures.with_columns(
        above_last=pl.when(led).then("head_last").otherwise("above_last"),
        above_first=pl.when(led).then(first).otherwise("above_first"),
        above_as_of=pl.when(led).then(pl.col("head_period") == "as_of").otherwise("above_as_of"),
    )
