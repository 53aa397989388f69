"""What is said of each figure of a table: by the heads of its row and column, and above the table.

Of the heads of a row or column the innermost that says something of a field decides; between both axes the
column decides on time, status and change, the row on place, and either on residence. What no head says the
title rows, notes, caption and the report's own title say, the nearest first.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.extraction.tables.above import report_titles, said_above, with_leading_lines
from pipeline.extraction.tables.going_on import columns_going_on, rows_going_on
from pipeline.extraction.tables.inside import inside, numbered
from pipeline.extraction.tables.leading import leading, subtotals
from pipeline.extraction.tables.places import named_homes, named_places
from pipeline.extraction.tables.said import NONE, PLAIN
from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import NUMBER, either, ends_in, frame_words, phrase, unit_cell
from pipeline.vocabulary import pattern

INNERMOST = (
    "status", "change", "period", "residence", "ratio", "money", "per", "year", "shift", "first", "last",
)  # fmt: skip
PLACED = ("place", "place_code", "place_kind")
MOSTLY = 0.5  # of the names of a column that name places


def figures_of(tables: Tables, placed: pl.DataFrame) -> pl.DataFrame:
    """The measured numbers that stand in cells: the rows of `placed` (`frame.quantities`) that do, with
    `frame.figures`, in their order.
    """
    key = ("table", "row")
    cells = tables.cells.with_columns(
        row_start=pl.col("start").min().over(key), row_end=pl.col("end").max().over(key)
    )
    # 530元/月 among words is read as they are
    worded = (pl.col("column_role") == "phrase") & pl.col("text").str.contains(phrase())
    cells = cells.filter((pl.col("role") == "body") & (pl.col("kind") == "figure") & ~worded)
    cells = cells.select(
        "document_id",
        "table",
        "part",
        "row",
        "column",
        "row_start",
        "row_end",
        cell_start="start",
        cell_end="end",
        cell_text="text",
    )
    return inside(numbered(placed), cells, "cell_start", "cell_end").sort("q_row")


def headless(tables: Tables) -> pl.DataFrame:
    """The parts with several columns of bare figures and not one head over them: part."""
    figure = (pl.col("role") == "body") & (pl.col("kind") == "figure")
    bare = pl.col("text").str.contains(f"^[-−]?{NUMBER}$")
    held = tables.cells.filter(figure).group_by("part", "column").agg(bare=bare.mean())
    held = held.join(tables.columns, on=["part", "column"], how="left")
    bare = (pl.col("heads").list.len().fill_null(0) == 0) & (pl.col("bare") > MOSTLY)
    return (
        held.group_by("part")
        .agg(several=pl.len() > 1, bare=bare.all())
        .filter("several", "bare")
        .select("part")
    )


def told_texts(tables: Tables, reports: pl.DataFrame, further: Sequence[pl.Series] = ()) -> pl.Series:
    """Every text that speaks of the figures of tables, for `said.heads_said`: heads, titles, notes, captions
    and what leads to them, the titles of reports, and `further` ones. To ask once costs less than for each.
    """
    heads = (frame["heads"].explode(empty_as_null=False) for frame in (tables.rows, tables.columns))
    lists = (tables.titles["title"], tables.tables["notes"], tables.tables["leads"])
    return pl.concat(
        [
            *(found.struct.field("text").rename("text") for found in heads),
            *(found.explode(empty_as_null=False).rename("text") for found in lists),
            tables.tables["caption"].rename("text"),
            report_titles(reports)["report_title"].rename("text"),
            *(found.rename("text") for found in further),
        ]
    )


def said_of(tables: Tables, figures: pl.DataFrame, reports: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """The figures with what their heads and their surroundings say, `frame.said_of_figures`.

    `figures`: those of `figures_of`; `said`: `heads_said` of `told_texts`.
    """
    parts = figures.select("part", "table", "region_code", "report_id").unique("part", keep="first")
    axes = (("row", rows_going_on(tables, said)), ("column", tables.columns))
    heads = {axis: _heads(frame, axis, parts) for axis, frame in axes}
    stubs = tables.cells.filter(pl.col("column_role") == "stub").select("part", "column").unique()
    names = tables.columns.join(stubs, on=["part", "column"], how="semi", maintain_order="left")
    listed = pl.col("heads").list.last().struct.field("text").str.replace_all(r"\s", "")
    # 序号 机构名称 in one cell
    listed = listed.str.replace(rf"^(?:{either(frame_words('row_number'))})(.)", "${1}")
    names = names.select("part", "column", listed=listed)
    starred = parts.join(tables.tables.select("table", "starred"), on="table").select("part", "starred")
    for axis in heads:
        head = heads[axis].join(said, on="text", how="left", maintain_order="left")
        head = _with_places(_under(head, tables, names, axis), names, axis)
        head = head.join(starred, on="part", how="left", maintain_order="left").with_columns(
            period=pl.when("starred", pl.col("text").str.contains(r"\*$"))
            .then(pl.lit("to_date"))
            .otherwise("period")
        )
        heard = _innermost(head, axis)
        heard = columns_going_on(heard) if axis == "column" else heard
        figures = figures.join(heard, on=["part", axis], how="left", maintain_order="left")
    for told in (leading(tables), subtotals(tables)):
        figures = figures.join(told, on=["part", "row"], how="left", maintain_order="left")
    above = said_above(tables, figures, reports, said)
    figures = figures.join(above, on="part", how="left", maintain_order="left")
    # 其中:流浪乞讨人员救助 of what is shared out for all aid
    own = pl.any_horizontal("column_of_own_kind", pl.col("column_programme") & pl.col("caption_all"))
    figures = figures.with_columns(column_of_own_kind=own).drop("column_programme", "caption_all")
    return with_leading_lines(figures)


def _heads(paths: pl.DataFrame, axis: str, parts: pl.DataFrame) -> pl.DataFrame:
    """A row a head of a path: part, row (or column), level, text, region_code."""
    more = ("total", "of_which") if axis == "row" else ()
    rows = paths.join(parts.select("part", "region_code"), on="part", how="inner", maintain_order="left")
    rows = rows.explode("heads", empty_as_null=True, keep_nulls=False).drop_nulls("heads")
    return rows.select(
        "part",
        axis,
        *more,
        "region_code",
        text=pl.col("heads").struct.field("text"),
        start=pl.col("heads").struct.field("start"),
        level=pl.int_range(pl.len(), dtype=pl.Int64).over("part", axis),
    )


def _under(head: pl.DataFrame, tables: Tables, names: pl.DataFrame, axis: str) -> pl.DataFrame:
    """Add what the head of its own column calls a name: recipient (补贴对象, a group that something is paid
    to), institution (机构名称) and attribute (what stands behind such a name: 民办, 五级)."""
    if axis == "column":
        return head.with_columns(recipient=pl.lit(False), institution=pl.lit(False), attribute=pl.lit(False))
    cells = tables.cells.filter(pl.col("row_role") == "body").select("part", "column", "start")
    cells = cells.join(names, on=["part", "column"]).unique(["part", "start"])
    homes = names.filter(_of_institutions(pl.col("listed")))
    homes = homes.group_by("part").agg(home=pl.col("column").min())
    cells = cells.join(homes, on="part", how="left", maintain_order="left")
    cells = cells.with_columns(attribute=pl.col("column") > pl.col("home")).drop("column", "home")
    head = head.join(cells, on=["part", "start"], how="left", maintain_order="left")
    under = pl.col("listed").fill_null("")
    paid = pl.col("text").str.contains(pattern("paid_to_groups"))
    named = _of_institutions(under) & ~pl.col("whole") & (pl.col("label") != "")
    return head.with_columns(
        pl.col("attribute").fill_null(False),
        recipient=under.is_in(frame_words("recipient")) & ~paid,
        institution=named,
    ).drop("listed")


def _of_institutions(head: pl.Expr) -> pl.Expr:
    """Whether a head stands over names of institutions: 机构名称, 中心名称."""
    return head.is_in(frame_words("institution_list")) | head.str.contains(pattern("head_of_institutions"))


def _with_places(head: pl.DataFrame, names: pl.DataFrame, axis: str) -> pl.DataFrame:
    """Add the place of each head; a name that only looks like one counts where most names beside it do."""
    listed, of_places = pl.lit(named_homes(head)), pl.lit(False)
    if axis == "row":
        places, things = (either(frame_words(role)) for role in ("place_list", "thing_list"))
        named = pl.col("listed").str.contains(places) & ~pl.col("listed").str.contains(things)
        # below 乡镇 alone all names are of places, whatever they end in
        sure = pl.col("listed").str.contains(pattern("head_of_places")) & (pl.len().over("part") == 1)
        stub = names.with_columns(of_places=sure).filter(named)
        stub = stub.group_by("part").agg(pl.col("of_places").any(), listed=pl.lit(True))
        head = head.join(stub, on="part", how="left", maintain_order="left")
        listed = pl.col("listed").fill_null(False) | listed
        of_places = pl.col("of_places").fill_null(False)
    head = head.with_columns(listed=listed, of_places=of_places)
    known = named_places(head.select("text", "region_code", "listed").unique())
    head = head.join(
        known, on=["text", "region_code", "listed"], how="left", maintain_order="left", nulls_equal=True
    )
    sure = pl.col("place_code").is_not_null()
    like = pl.col("place").is_not_null() | pl.col("whole")
    alike = (like.mean().over("part", "level") >= MOSTLY) | pl.col("listed")
    # 新建乡镇养老服务中心 is no institution yet
    done = (pl.col("place_kind") != "institution") | (pl.col("change") == "added").fill_null(False)
    plain = (pl.col("subject") == PLAIN) & done
    # 宜城路街道 below 地区 is a town, whatever 路街 may count
    town = pl.col("listed") & pl.col("place_kind").is_in(["town", "village"])
    keep = (sure | town | (alike & ~plain)).fill_null(False)
    head = head.with_columns(pl.when(keep).then(pl.col(c)).alias(c) for c in (*PLACED, "own"))
    institution = pl.col("institution") & pl.col("place").is_null()
    # 新堤办 among 乡镇, where most of them have names that tell
    named = pl.col("place").is_not_null().mean().over("part", "level") >= MOSTLY
    other = (
        pl.col("listed")
        & (named | pl.col("of_places"))
        & ~pl.col("whole")
        & ~pl.col("total" if axis == "row" else "listed")
    )
    other = other & pl.all_horizontal(pl.col("change", "period", "status", "year").is_null())
    other = other & pl.col("place").is_null() & (pl.col("subject") == NONE) & (pl.col("label") != "")
    institution = institution.fill_null(False)
    head = head.with_columns(
        place=pl.when(institution | other).then("label").otherwise("place"),
        place_kind=pl.when(institution).then(pl.lit("institution")).otherwise("place_kind"),
    )
    # 所在乡镇 behind the name of an institution is where that stands
    head = head.with_columns(pl.when(~pl.col("attribute")).then(pl.col(c)).alias(c) for c in PLACED)
    # 韩城镇 and 运城市 are names
    head = head.with_columns(
        pl.when(pl.col("place").is_null()).then(pl.col(c)).alias(c) for c in ("residence", "status", "change")
    )
    return head.with_columns(
        place=pl.when(pl.col("own_level") & pl.col("place").is_null()).then("label").otherwise("place")
    )


def _innermost(head: pl.DataFrame, axis: str) -> pl.DataFrame:
    """One row a path: what its innermost heads say."""
    own = pl.col("own").fill_null(False)
    placed = pl.col("place").is_not_null() | own
    # the unit of a row is none of its names
    unit = pl.col("label").str.contains(unit_cell()) & (axis == "row")
    named = pl.col("group").is_not_null() | (pl.col("subject") > 0) | (_telling() & ~unit)
    kept = (
        (pl.col("label") != "")
        & ~placed
        & ~pl.col("attribute")
        & named
        & ~(pl.col("whole") & (pl.col("subject") == 0))
    )
    # what stands inside the innermost name of the subject: 行政区划, 街道
    path = ("part", axis)
    most = pl.col("subject").filter(kept).max().over(path)
    named_at = pl.col("level").filter(kept & (pl.col("subject") == most)).max().over(path)
    bare = kept & ((most == NONE) | (pl.col("level") > named_at))
    head = head.with_columns(bare=bare.fill_null(False))
    bare = pl.col("bare")
    rows = ("total", "of_which") if axis == "row" else ("column_of_which",)
    # 其中 and 对象类别 stand over groups
    kinds = pl.col("text").str.replace_all(r"[\s:]", "").str.contains(ends_in("kinds"))
    under = (kinds & (pl.col("level") < pl.col("level").max().over(path))).any().over(path)
    # 其中:本月新增 names no group
    part = pl.col("text").str.contains(pattern("part_column")) & kept.fill_null(False)
    head = head.with_columns(column_of_which=under | part)
    of_axis = {
        "row": {
            "row_residence_of": _home_of(path).filter(pl.col("residence").is_not_null()).last(),
            "row_recipient": pl.col("recipient").filter(kept).last(),
            # what an institution is named after is no name of its row, but says what it is
            "row_home": pl.col("label")
            .filter((pl.col("place_kind") == "institution") & (pl.col("subject") == PLAIN))
            .last(),
        },
        "column": {
            "column_sums": pl.col("whole").any(),
            "column_programme": pl.col("programme").filter(kept).last(),
        },
    }
    return head.group_by("part", axis, maintain_order=True).agg(
        *(pl.col(c).drop_nulls().last().alias(f"{axis}_{c}") for c in (*INNERMOST, *PLACED)),
        pl.col("as_of").any().alias(f"{axis}_as_of"),
        (pl.col("whole") | own).last().alias(f"{axis}_whole"),
        pl.col("text").str.extract(pattern("wide_area")).drop_nulls().last().alias(f"{axis}_wide"),
        pl.col("label").filter(kept).alias(f"{axis}_labels"),
        # 其中:最低生活保障 of all that is spent, or of 社会救助, is a subject of its own
        (
            pl.col("of_own_kind")
            | (pl.col("programme") & ((pl.col("of_all") & kept).any() | _bare_whole(kept)))
        )
        .filter(kept)
        .last()
        .alias(f"{axis}_of_own_kind"),
        pl.col("subject").filter(kept).alias(f"{axis}_subjects"),
        pl.col("group").filter(bare).drop_nulls().last().alias(f"{axis}_group"),
        *(pl.col(c).last() for c in rows),
        **of_axis[axis],
    )


def _bare_whole(kept: pl.Expr) -> pl.Expr:
    """Whether several names stand on a path and all but the innermost name no subject plainly."""
    subject = pl.col("subject").filter(kept)
    return (subject.len() > 1) & (subject.head(subject.len() - 1).max() < PLAIN)


def _home_of(path: tuple[str, str]) -> pl.Expr:
    """The subject that an outer head names: of it alone is what the head says of town and country."""
    outer = pl.col("level") < pl.col("level").max().over(path)
    return pl.when(outer).then("names")


def _telling() -> pl.Expr:
    """Whether a label tells an aspect: 标准, 支出, 人数."""
    return pl.col("label").str.contains(either(frame_words("aspect")))
