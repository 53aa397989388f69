"""Every grid of a text, whatever it is written with, as one frame of cells.

Here: which finder's grid holds where two claim the same lines, what kind of thing stands in a cell, whole
rows that stand inside one cell, and tables that stand side by side. What a cell is to its table is for
`roles`.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.cutting import with_gaps
from pipeline.reading.tables import words
from pipeline.reading.tables.barred.bars import bar_cells
from pipeline.reading.tables.barred.bars_below import with_bars_behind
from pipeline.reading.tables.barred.broken_rows import with_headings_apart, with_whole_rows
from pipeline.reading.tables.barred.closing_bars import without_closing_bars
from pipeline.reading.tables.barred.ruled import with_whole_heads
from pipeline.reading.tables.listed.items import ITEM_CELLS, item_cells
from pipeline.reading.tables.listed.records import record_cells
from pipeline.reading.tables.listed.rows import listed_cells
from pipeline.reading.tables.loose.cell_runs import cell_runs
from pipeline.reading.tables.loose.glued_rows import glued_rows
from pipeline.reading.tables.loose.numbered import numbered_cells
from pipeline.reading.tables.loose.one_line import lines_apart
from pipeline.reading.tables.loose.together import together_cells
from pipeline.reading.tables.placed.by_totals import by_totals
from pipeline.reading.tables.placed.counted_years import counted_no_years
from pipeline.reading.tables.placed.dropped_blanks import with_dropped_blanks
from pipeline.reading.tables.placed.labelled_values import with_labels_apart
from pipeline.reading.tables.placed.merged import with_merged
from pipeline.reading.tables.placed.paired import with_pairs_apart
from pipeline.reading.tables.placed.totals import in_their_places
from pipeline.reading.tables.proven import in_place_of
from pipeline.reading.tables.spaced.broken_heads import with_joined_heads
from pipeline.reading.tables.spaced.closed_words import JOINER, with_closed_words
from pipeline.reading.tables.spaced.coded import coded_cells
from pipeline.reading.tables.spaced.double_blanks import with_tabs
from pipeline.reading.tables.spaced.even import even_cells
from pipeline.reading.tables.spaced.single_blanks import with_figures_apart
from pipeline.reading.tables.spaced.spaces import space_cells
from pipeline.reading.tables.stacked.aim_rows import aim_rows
from pipeline.reading.tables.stacked.broken_cells import with_whole_cells
from pipeline.reading.tables.stacked.counted_rows import counted_rows
from pipeline.reading.tables.stacked.stacks import stack_cells
from pipeline.vocabulary import pattern

CELLS = {**ITEM_CELLS, "end": pl.Int64, "kind": pl.String, "year": pl.Boolean}
BORDER = r"[|\t]"
FRAMED = r"^\s*\|?[^|\t]*\S\s+\S[^|\t]*\|?\s*$"
APART = 1 << 40  # more grids than a finder numbers
MOST_ROWS_INSIDE = 40  # of one cell


def grid_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of all grids that hold a figure, in order: columns as in `CELLS`.

    `lines`: as `cutting.cut_lines` gives them. `kind` is figure, text, mark (—, …, ×), date, code or blank;
    `year` says that a figure looks like one. Rows and columns count from 0 without gaps in rows.
    """
    lines = with_tabs(lines_apart(with_figures_apart(with_bars_behind(without_closing_bars(lines)))))
    lines = _unframed(with_whole_rows(with_closed_words(lines)))
    barred, loose = bar_cells(with_whole_cells(lines))
    barred = with_headings_apart(barred)
    plain = lines.filter(~pl.col("text").str.contains(rf"{BORDER}|{words.RULE}"))
    found = [barred]
    for cells in (
        counted_rows(plain),
        aim_rows(plain),
        stack_cells(plain, loose),
        record_cells(plain),
        listed_cells(plain),
        even_cells(plain),
        space_cells(plain),
        numbered_cells(plain),
        together_cells(plain),
    ):
        found.append(_unclaimed(_once(cells), found))
    for cells in (coded_cells(plain), glued_rows(plain), cell_runs(lines)):
        found = in_place_of(cells, found)
    items = item_cells(lines)
    if items.is_empty() and all(cells.is_empty() for cells in found):
        return pl.DataFrame(schema=CELLS)
    items = tell_kinds(items.with_columns(grid=pl.col("grid") + len(found) * APART))
    grid = pl.col("grid")
    gridded = pl.concat(
        each.with_columns(counted=pl.lit(None, pl.String), grid=grid.abs() * 2 + (grid < 0) + n * APART)
        for n, each in enumerate(found)
    )
    gridded = tell_kinds(gridded.with_columns(pl.col("text").str.replace_all(JOINER, " ")))
    known = items.join(gridded.filter(pl.col("kind") == "figure"), on=["document_id", "start"], how="semi")
    items = items.join(known, on=["grid", "row"], how="anti")
    whole = tell_kinds(rows_inside(pl.concat([gridded.select(list(CELLS)), items.select(list(CELLS))])))
    whole = with_labels_apart(with_pairs_apart(with_dittos(counted_no_years(whole))))
    worded = (pl.col("kind") == "text") & pl.col("text").str.contains(words.phrase())
    # whatever claimed a cell in whatever shape by then, it stands in one grid: a number is read once
    whole = _once(whole.filter(((pl.col("kind") == "figure") | worded).any().over("grid")))
    return side_by_side(
        with_whole_heads(
            with_joined_heads(in_their_places(with_merged(with_dropped_blanks(by_totals(whole)))))
        )
    )


def _unframed(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with blanks for the bars around whole rows of aligned words (`| 甲区 812 1021 |`).

    Bars that only frame their lines divide nothing; lines next to others with bars inside keep theirs.
    """
    barred = pl.col("text").str.contains("|", literal=True)
    framed = pl.col("text").str.contains(FRAMED)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    run = ((barred != barred.shift(1)) | other).fill_null(True)
    lines = lines.with_columns(_run=run.cum_sum())
    rows = (framed & pl.col("text").str.contains(r"[0-9%]\s+[-—0-9]")).sum().over("_run")
    whole = (framed.all().over("_run") & (rows > 1)).fill_null(False)
    bare = pl.col("text").str.replace_all("|", " ", literal=True)
    lines = lines.with_columns(text=pl.when(whole).then(bare).otherwise("text")).drop("_run")
    # a tab before each cell that stands on a line of its own
    tabbed = pl.col("text").str.contains("\t", literal=True)
    lines = lines.with_columns(_run=((tabbed != tabbed.shift(1)) | other).fill_null(True).cum_sum())
    alone = tabbed & ~pl.col("text").str.contains(r"[^\t ][^\t]*\t+[^\t]*[^\t ]")
    bare = pl.when(alone.all().over("_run")).then(pl.col("text").str.replace_all("\t", " ", literal=True))
    return lines.with_columns(text=bare.fill_null(pl.col("text"))).drop("_run")


def _once(cells: pl.DataFrame) -> pl.DataFrame:
    """The grids without those that hold a cell of a larger one: of bars on lines of their own, the lines
    between them are cells behind bars, and lines without any. Nor one that has a cell in two places, which
    is misread."""
    claims = cells.filter(pl.col("text") != "").with_columns(size=pl.len().over("grid"))
    claims = claims.sort("size", "grid", descending=[True, False], maintain_order=True)
    held = pl.struct("document_id", "start")
    lost = claims.filter(~held.is_first_distinct()).select("grid").unique()
    return cells.join(lost, on="grid", how="anti", maintain_order="left")


def _unclaimed(cells: pl.DataFrame, found: list[pl.DataFrame]) -> pl.DataFrame:
    """The grids none of whose cells another finder has."""
    if cells.is_empty():
        return cells
    for other in found:
        taken = cells.join(other.filter(pl.col("text") != ""), on=["document_id", "start"], how="semi")
        cells = cells.join(taken, on="grid", how="anti", maintain_order="left")
    return cells


def tell_kinds(cells: pl.DataFrame) -> pl.DataFrame:
    """Add end, kind and year."""
    text = pl.col("text")
    kind = (
        pl.when(text == "")
        .then(pl.lit("blank"))
        .when(text.str.contains(words.MARK) | text.is_in(words.frame_words("mark")))
        .then(pl.lit("mark"))
        .when(text.str.contains(words.CODE))
        .then(pl.lit("code"))
        .when(text.str.contains(words.DATE))
        .then(pl.lit("date"))
        .when(text.str.contains(words.figure()))
        .then(pl.lit("figure"))
        .otherwise(pl.lit("text"))
    )
    return cells.with_columns(
        end=pl.col("start") + text.str.len_chars(), kind=kind, year=text.str.contains(words.YEAR)
    )


def with_dittos(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells, those that hold a sign for what stands above them (〃) with the words that do."""
    ditto = pl.col("text").str.contains(pattern("ditto"))
    if not cells.select(ditto.any()).item():
        return cells
    cells = cells.sort("grid", "column", "row").with_columns(ditto=ditto)
    key = ("grid", "column")
    last = pl.when(~pl.col("ditto") & (pl.col("kind") != "blank"))
    words_above = pl.col("ditto") & (last.then("kind").forward_fill().over(key) == "text")
    return (
        cells.with_columns(
            pl.when(words_above.fill_null(False))
            .then(last.then(pl.col(name)).forward_fill().over(key))
            .otherwise(name)
            .alias(name)
            for name in ("text", "kind")
        )
        .drop("ditto")
        .sort("grid", "row", "column")
    )


def rows_inside(cells: pl.DataFrame) -> pl.DataFrame:
    """Whole rows that stand inside one cell each (`甲 乙 丙 | 1 2 3`) as rows of their own.

    All cells of such a row part at their blanks into as many pieces, and but for the names these are figures.
    """
    several = pl.col("text").str.contains(rf"^{words.NUMBER}%?(?: +(?:{words.NUMBER}%?|[-—]+))+$")
    cells = cells.with_columns(parts=pl.col("text").str.count_matches(r"\S+").cast(pl.Int64), several=several)
    key = ("grid", "row")
    held = pl.col("kind") != "blank"
    figures = pl.col("parts").filter("several")
    alike = (
        (pl.col("several").sum() > 0)
        & (figures.min() == figures.max())
        & (pl.col("parts").filter(held) == figures.first()).all()
        & (figures.first() <= MOST_ROWS_INSIDE)
    )
    cells = cells.with_columns(inside=alike.over(key).fill_null(False))
    if not cells["inside"].any():
        return cells.select(list(CELLS))
    apart = cells.filter("inside").with_columns(piece=with_gaps(pl.col("text"), " +"))
    apart = apart.with_row_index("cell").explode("piece", empty_as_null=False)
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    apart = apart.with_columns(start=pl.col("start") + (size.cum_sum() - size).over("cell"), text="piece")
    apart = apart.filter(~pl.col("piece").str.contains("^ +$"))
    apart = apart.with_columns(
        sub=pl.int_range(pl.len(), dtype=pl.Int64).over("cell"), indent=pl.lit(0, pl.Int64)
    )
    # a blank cell is one of each row
    subs = apart.filter(pl.col("piece") != "").select("grid", "row", "sub").unique()
    blank = apart.filter(pl.col("piece") == "").drop("sub").join(subs, on=key, how="inner")
    apart = pl.concat([apart.filter(pl.col("piece") != ""), blank.select(apart.columns)])
    whole = cells.filter(~pl.col("inside")).with_columns(sub=pl.lit(0, pl.Int64))
    names = [*CELLS, "sub"]
    both = pl.concat([whole.select(names), apart.select(names)])
    both = both.with_columns(row=pl.struct("row", "sub").rank("dense").over("grid").cast(pl.Int64) - 1)
    return both.sort("grid", "row", "column").select(list(CELLS))


def side_by_side(cells: pl.DataFrame) -> pl.DataFrame:
    """Tables that stand beside each other under the same heads as tables of their own.

    指标 | 单位 | 数量 | 指标 | 单位 | 数量: the head of the names comes again, over names.
    """
    stub = pl.col("text").str.replace_all(r"\s", "").str.contains(rf"^(?:.{{0,8}})?{words.ends_in('stub')}")
    # 殡仪馆 | 火化数 | 殡仪馆 | 火化数: the first head comes again
    opening = pl.col("text") == pl.col("text").filter((pl.col("column") == 0) & (pl.col("row") == 0)).first()
    opening = (opening & (pl.col("row") == 0)).over("grid").fill_null(False)
    # 登记情况 | 数量 | 年检情况 | 数量: other names, each before the same head
    leads = cells.filter((pl.col("row") == pl.col("row").min().over("grid")) & (pl.col("kind") == "text"))
    leads = leads.sort("grid", "column").with_columns(twice=pl.len().over("grid", "text") > 1)
    leads = leads.filter(~pl.col("twice") & pl.col("twice").shift(-1).over("grid").fill_null(False))
    cells = cells.join(
        leads.select("grid", "row", "column", lead=True),
        on=["grid", "row", "column"],
        how="left",
        maintain_order="left",
    )
    paired = pl.col("lead").fill_null(False)
    heads = cells.filter((stub | opening | paired) & (pl.col("kind") == "text"))
    cells = cells.drop("lead")
    heads = heads.drop("lead")
    heads = heads.filter(pl.col("row") == pl.col("row").min().over("grid"))
    same = pl.len().over("grid", "row", pl.col("text").str.replace_all(r"\s", "")) > 1
    counted = cells.filter(pl.col("text").str.replace_all(r"\s", "").is_in(words.frame_words("row_number")))
    # 收入项目 | 金额 | 支出项目 | 金额: another name of names, behind a column of figures (not 序号)
    figures = (
        cells.filter(~pl.col("kind").is_in(["blank", "mark"]))
        .join(counted, on=["grid", "column"], how="anti")
        .group_by("grid", "column")
        .agg(figure=(pl.col("kind") == "figure").mean() > 1 / 2)
        .sort("column")
        .with_columns(past=pl.col("figure").cum_sum().over("grid"))
    )
    heads = heads.join(figures, on=["grid", "column"], how="left").sort("grid", "column")
    led = (pl.col("past") > 0) & (pl.col("past") > pl.col("past").shift(1).over("grid"))
    first = pl.col("column") == pl.col("column").min().over("grid")
    another = (led | first) & ~pl.col("figure") & (led.any().over("grid"))
    again = heads.filter(same | another.fill_null(False))
    if again.is_empty():
        return cells
    panels = again.select("grid", "column", panel=pl.int_range(pl.len(), dtype=pl.Int64).over("grid"))
    named = cells.filter(pl.col("kind").is_in(["text", "date"]) | pl.col("year"))
    named = named.group_by("grid", "column").agg(n=pl.len())
    sound = panels.join(named.filter(pl.col("n") > 1), on=["grid", "column"], how="semi")
    # 执行时间 | 文件依据 behind the figures hold none of their own
    held = figures.filter("figure").join_asof(
        sound.rename({"column": "begins"}).sort("begins"),
        left_on="column",
        right_on="begins",
        by="grid",
        check_sortedness=False,
    )
    held = held.select("grid", column="begins").drop_nulls()
    sound = sound.join(held, on=["grid", "column"], how="semi", maintain_order="left")
    whole = sound.group_by("grid").agg(n=pl.len()).filter(pl.col("n") > 1)
    panels = sound.join(whole, on="grid", how="semi").sort("grid", "column")
    # 序号 before the names begins the panel
    counted = counted.select("grid", pl.col("column") + 1, lead=pl.lit(1, pl.Int64)).unique()
    panels = panels.join(counted, on=["grid", "column"], how="left", maintain_order="left")
    panels = panels.with_columns(column=pl.col("column") - pl.col("lead").fill_null(0)).drop("lead")
    cells = cells.sort("grid", "column").join_asof(
        panels, on="column", by="grid", check_sortedness=False, strategy="backward"
    )
    apart = pl.col("panel").fill_null(0) > 0
    offset = pl.col("column").min().over("grid", pl.col("panel").fill_null(0))
    cells = cells.with_columns(
        column=pl.when(apart).then(pl.col("column") - offset).otherwise("column"),
        grid=pl.when(apart).then(-(pl.col("grid") * 16 + pl.col("panel"))).otherwise("grid"),
    )
    return cells.sort("grid", "row", "column").select(list(CELLS))
