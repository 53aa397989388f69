"""Words with figures in the cells of a table: read as the prose they are, under what their heads say.

A cell (新建5处,覆盖率达到90%) is read by itself, behind the name of its row; the head of its column says
whether it was done or is to be done, and of which year; a column of deadlines dates what is to be done.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.fields.flags import flags_of_year
from pipeline.extraction.tables.above import said_above
from pipeline.extraction.tables.inside import inside, numbered
from pipeline.extraction.tables.read import Asked, fields, read_columns
from pipeline.extraction.tables.said import PLAIN
from pipeline.extraction.tables.times import adds_up
from pipeline.reading.layout.dates import day, month_end
from pipeline.reading.tables import words
from pipeline.reading.tables.find import Tables
from pipeline.vocabulary import pattern

PHRASES = ("frame.quantities", "frame.figures", "frame.asked_phrases")  # side by side, before they are read
TAKES_OF_TIMES = (
    "status", "subject", "measure", "change", "year", "period_start", "period_end", "column_last",
    "above_year", "above_last",
)  # fmt: skip
CELL = ("document_id", "table", "part", "row", "column", "row_start", "row_end")


def phrases_of(tables: Tables, placed: pl.DataFrame) -> pl.DataFrame:
    """The measured numbers that stand in cells of words: the rows of `placed` (`frame.quantities`) that do,
    with `frame.figures`, in their order. Names of rows count where no column holds figures.
    """
    key = ("table", "row")
    cells = tables.cells.with_columns(
        row_start=pl.col("start").min().over(key),
        row_end=pl.col("end").max().over(key),
        plain=(pl.col("column_role") == "figure").any().over("part"),
    )
    figure = (pl.col("kind") == "figure") & pl.col("text").str.contains(words.phrase())
    worded = (pl.col("kind") == "text") & pl.col("text").str.contains("[0-9]")
    worded = (worded | figure) & (pl.col("row_role") == "body")
    # also where the other cells of their column are figures
    mixed = (pl.col("column_role") == "figure") & (pl.col("kind") == "text")
    body = (pl.col("role") == "body") & ((pl.col("column_role") == "phrase") | mixed)
    named = (pl.col("role") == "stub") & ~pl.col("plain")
    cells = cells.filter(worded & (body | named))
    cells = cells.select(*CELL, cell_start="start", cell_end="end", cell_text="text")
    return inside(numbered(placed), cells, "cell_start", "cell_end").sort("q_row")


def ask_phrases(
    tables: Tables,
    rows: pl.DataFrame,
    due: pl.DataFrame,
    reports: pl.DataFrame,
    said: pl.DataFrame,
) -> Asked | None:
    """The measured numbers that stand in cells of words (`PHRASES`), and these as texts; None where there are
    none.

    `rows`: `phrases_of` quantities; `due`: `deadlines_of`; `said`: `said.heads_said` of `context.told_texts`
    and of the texts of both.
    """
    if rows.is_empty():
        return None
    rows = _deadlines(due, _headed(tables, _named(tables, rows, said), said), said)
    told = pl.coalesce("head_said", pl.lit(""))
    shift = pl.when(told == "prior").then(-1).otherwise(0)
    year = pl.coalesce("column_year", pl.col("default_year").cast(pl.Int32) + shift)
    planned = pl.when(told == "target").then(True).when(told != "").then(False).otherwise("planned")
    rows = rows.with_columns(default_year=year, planned=planned)
    above = said_above(tables, rows, reports, said).select("part", "above_year", "above_last")
    return _as_prose(rows.join(above, on="part", how="left", maintain_order="left"))


def read_phrases(rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """What is read of the numbers that stand in cells of words: `frame.read_cells`.

    `rows`: those of `ask_phrases`; `said`: what `attribute` says of its numbers, with place_code, in the
    order of the rows.
    """
    told = said.select(pl.col(name).alias(f"prose_{name}") for name in fields())
    return _under_heads(rows.hstack(told))


def with_places_of_rows(rows: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """`rows` (of `read_phrases`) that name no place with that which all `figures` of their row are of.

    A house | 120 | 单人间800元/月,双人间450元/月: what it charges is its own, as its beds are.
    """
    key = ["table", "row_start"]
    home = figures.group_by(key).agg(
        pl.col("place", "place_code").first(),
        one=(pl.col("place").n_unique() == 1) & (pl.col("scope") == "part").all(),
    )
    home = home.filter(pl.col("one") & pl.col("place").is_not_null()).drop("one")
    found = rows.join(home, on=key, how="left", suffix="_beside", maintain_order="left")
    open_ = pl.col("place").is_null() & pl.col("place_beside").is_not_null() & (pl.col("scope") != "outside")
    taken = {name: pl.when(open_).then(f"{name}_beside").otherwise(name) for name in ("place", "place_code")}
    scope = pl.when(open_).then(pl.lit("part")).otherwise("scope")
    return found.with_columns(**taken, scope=scope).select(rows.columns)


def _named(tables: Tables, rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Add label (the names of the row, but for the cell itself; its headings where no name says a subject),
    label_home (town or country, where the cell names no subject of its own)."""
    key = ("part", "cell_start")
    cells = rows.select("part", "row", "cell_start", "cell_text").unique(key, maintain_order=True)
    heads = cells.join(tables.rows, on=["part", "row"], how="inner", maintain_order="left")
    heads = heads.explode("heads", empty_as_null=True, keep_nulls=False).unnest("heads")
    heads = heads.filter(pl.col("start") != pl.col("cell_start"))
    own = tables.cells.filter(pl.col("row_role") == "body").select("part", "row", "start", here=pl.lit(True))
    heads = heads.join(own, on=["part", "row", "start"], how="left", maintain_order="left")
    known = said.select("text", "label", "subject", "residence")
    heads = heads.join(known, on="text", how="left", maintain_order="left")
    plain, here = pl.col("subject") == PLAIN, pl.col("here").fill_null(False)
    nearest = plain & (plain.cum_sum(reverse=True).over(key) == 1)
    heads = heads.filter(here | (nearest & ~(here & plain).any().over(key)))
    named = heads.filter(pl.col("label") != "").group_by(key, maintain_order=True)
    labels = named.agg(
        label=pl.col("label").unique(maintain_order=True).str.join(","),
        label_home=pl.col("residence").drop_nulls().last(),
    )
    alone = said.select(cell_text="text", alone=pl.col("subject") < PLAIN)
    labels = (
        cells.select(*key, "cell_text")
        .join(labels, on=key, how="left")
        .join(alone, on="cell_text", how="left")
    )
    labels = labels.with_columns(
        pl.col("label").fill_null(""), label_home=pl.when("alone").then("label_home")
    )
    return rows.join(labels.drop("cell_text", "alone"), on=key, how="left", maintain_order="left")


def _headed(tables: Tables, rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Add head_said (the status that the heads of a column say), head_standard (they name standards),
    column_year and column_last (the last month that they name)."""
    heads = tables.columns.join(rows.select("part", "column").unique(), on=["part", "column"], how="semi")
    heads = heads.explode("heads", empty_as_null=True, keep_nulls=False).unnest("heads")
    known = said.select("text", "status", "year", "last")
    heads = heads.join(known, on="text", how="left", maintain_order="left")
    # 目标任务及完成情况 holds both
    aimed = pl.col("text").str.contains(pattern("head_of_aims"))
    both = aimed & pl.col("text").str.contains(pattern("head_of_results"))
    heads = heads.group_by("part", "column", maintain_order=True).agg(
        head_standard=pl.col("text").str.contains(pattern("standards_named")).any(),
        head_said=pl.when(~both).then("status").drop_nulls().last(),
        column_year=pl.col("year").drop_nulls().last(),
        column_last=pl.col("last").drop_nulls().last(),
    )
    return rows.join(heads, on=["part", "column"], how="left", maintain_order="left")


def deadlines_of(tables: Tables) -> pl.DataFrame:
    """The cells below heads of deadlines (完成时限): part, row and text."""
    heads = tables.columns.select("part", "column", head=pl.col("heads").list.last().struct.field("text"))
    bare = pl.col("head").str.replace_all(r"\s", "")
    heads = heads.filter(bare.str.contains(words.ends_in("deadline")))
    cells = tables.cells.filter(pl.col("row_role") == "body").join(heads, on=["part", "column"], how="semi")
    return cells.filter(~pl.col("text").str.contains("起")).select("part", "row", "text")


def _deadlines(due: pl.DataFrame, rows: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Add until: the month by whose end what the row names is to be done."""
    known = said.select("text", until_year="year", until="last")
    cells = due.join(known, on="text", how="left").unique(["part", "row"], keep="last", maintain_order=True)
    return rows.join(
        cells.select("part", "row", "until", "until_year"),
        on=["part", "row"],
        how="left",
        maintain_order="left",
    )


def _as_prose(rows: pl.DataFrame) -> Asked:
    """Each cell as a text of its own behind the name of its row, and the numbers there."""
    bare = (pl.col("label") == "") | pl.col("cell_text").str.contains(
        rf"^{pattern('figure_sign')}{{0,2}}\s?[0-9]"
    )
    apart = pl.when(bare).then(pl.lit("")).otherwise(pl.lit(":"))
    lead = pl.concat_str("label", apart)
    key = pl.concat_str(pl.lit("phrases "), "document_id", pl.lit("-"), "cell_start")
    rows = rows.with_columns(key=key, lead=lead)
    texts = rows.unique("key", keep="first", maintain_order=True)
    texts = texts.select(document_id="key", reading=pl.concat_str("lead", "cell_text", pl.lit("\n")))
    moved = pl.col("lead").str.len_chars().cast(pl.Int64) - pl.col("cell_start")
    asked = rows.with_columns(
        document_id="key", q_start=pl.col("q_start") + moved, q_end=pl.col("q_end") + moved
    )
    return Asked(rows.select(columns(*PHRASES)), texts, asked.select(columns("frame.quantities")))


def _under_heads(rows: pl.DataFrame) -> pl.DataFrame:
    prose = pl.col("prose_status")
    # what is told as done among targets, or as yet to come among results, stays so
    plain = pl.col("head_said").is_in(["actual", "prior"]) & (prose == "actual")
    # 700元/月 alone below 目标任务 is aimed at
    alone = (pl.col("head_said") == "target") & pl.col("cell_text").str.contains(words.figure())
    status = pl.when(plain | alone).then("head_said")
    home = pl.when(pl.col("prose_residence") == "total").then("label_home")
    own_year = pl.col("cell_text").str.contains(pattern("own_year"))
    year = pl.when(pl.col("column_year").is_not_null() & ~own_year).then("column_year")
    # 月人均780元 below 标准 is one
    standard = pl.col("head_standard").fill_null(False) & (pl.col("prose_measure") == "average")
    rows = rows.with_columns(
        *(pl.col(f"prose_{name}").alias(name) for name in fields()),
    ).with_columns(
        measure=pl.when(standard).then(pl.lit("standard")).otherwise("prose_measure"),
        status=pl.coalesce(status, prose),
        year=pl.coalesce(year, "prose_year"),
        residence=pl.coalesce(home, "prose_residence"),
    )
    due = month_end(pl.coalesce("until_year", "year"), pl.col("until"))
    target = (
        (pl.col("status") == "target") & pl.col("until").is_between(1, 12) & pl.col("period_end").is_null()
    )
    rows = rows.with_columns(period_end=pl.when(target).then(due).otherwise("period_end"))
    return rows.with_columns(_done_by(rows), flags=flags_of_year()).select(read_columns())


def _done_by(rows: pl.DataFrame) -> pl.DataFrame:
    """period_start and period_end of words with figures, a row a row: those that were done by the month that
    stands in the head of their column or above their table (and say no other) have this, and what adds up has
    done so since January. `rows`: `TAKES_OF_TIMES`."""
    last, year = pl.coalesce("column_last", "above_last"), pl.col("year")
    opens = day(year, pl.lit(1))
    whole = (pl.col("period_start") == opens) & (pl.col("period_end") == month_end(year, pl.lit(12)))
    same = last.is_between(1, 12) & (pl.col("above_year").fill_null(year) == year)
    open_ = (pl.col("period_end").is_null() | whole) & (pl.col("status") == "actual")
    dated = (open_ & same).fill_null(False)
    return rows.select(
        period_start=pl.when(dated).then(pl.when(adds_up()).then(opens)).otherwise("period_start"),
        period_end=pl.when(dated).then(month_end(year, last)).otherwise("period_end"),
    )
