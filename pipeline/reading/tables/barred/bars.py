"""Grids whose cells stand between bars or tabs: a row a line, or a cell a line with a bar behind it.

| 地区 | 户数 |      地区⇥户数      | 1 |
| 东镇 | 12 |        东镇⇥12       东镇 |
                                    12 |
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import nth, so_far
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.tables.barred.lone_headings import with_lone_headings
from pipeline.reading.tables.barred.ruled import with_ruled_rows
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.words import WIDE, continued

BORDER = r"[|\t]"
DASHED = r"[-=─━═┄┅—]"
# | --- | --- | under a head; ├─┼─┤ and +-+-+ between rows
RULER = rf"^[\s|:+=─━═┄┅—-]*(?:[-=─━═—]{{2,}}|\+{DASHED}\+)[\s|:+=─━═┄┅—-]*$"
RULED = r"^(?::?-{2,}:?|:-+:?|-+:)$"
BOLD = r"^(?:\*{1,3}[^*]+\*{1,3}|_{1,3}[^_]+_{1,3}|~~[^~]+~~|`[^`]+`|\\[*#][0-9.,%+-]+)$"  # in Markdown
MARKS = "*_~`#\\"
DRAWN = r"[+][─━═]+[+]"
BETWEEN = 3  # lines between two rows of one table that say nothing
STACKED = 4  # lines of one cell that make a stack


def bar_cells(lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells between bars and tabs, and the cells of stacks whose rows no bar tells apart.

    `lines`: as `cutting.cut_lines` gives them. The first frame has the columns of `RAW_CELLS`: `grid` tells
    tables apart within the frame, `text` is without the blanks around it, `indent` counts those before it,
    and a blank cell has an empty text. The second has document_id, run, line, start and text, a row a cell in
    order, blank ones too: `stacks.stack_cells` finds their rows.
    """
    rows = _blocks(lines)
    if rows.is_empty():
        return pl.DataFrame(schema=RAW_CELLS), _loose(rows)
    stacked = rows.filter("stacked")
    marked = pl.col("opens").sum().over("grid") >= 2
    plain = _split(rows.filter(~pl.col("stacked")))
    return pl.concat([plain, _stacked(stacked.filter(marked))]), _loose(stacked.filter(~marked))


def _blocks(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with borders, numbered by `grid`: neighbours of one kind that only silent lines divide."""
    lines = lines.with_columns(text=_without_borders(pl.col("text")))
    text = pl.col("text")
    barred = text.str.contains("|", literal=True)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    lines = with_lone_headings(lines.with_columns(tab=~barred), BORDER)
    silent = (text.str.strip_chars() == "") | text.str.contains(RULER) | text.str.contains(continued())
    lines = lines.with_columns(
        ruler=text.str.contains(RULER),
        rulers=text.str.contains(RULER).cum_sum().cast(pl.Int64),
        spoken=(~silent & ~text.str.contains(BORDER)).cum_sum(),
    )
    rows = lines.filter(text.str.contains(BORDER) & ~pl.col("ruler") & ~text.str.contains(continued()))
    cells = text.str.count_matches(BORDER)
    rows = rows.with_columns(
        cells=cells,
        single=~text.str.contains(r"[^|\t ].*[|\t].*[^|\t ]")
        & barred
        & (text.str.count_matches("|", literal=True) <= 2),
        lone=text.str.contains(r"^[\s|]*$"),
        opens=text.str.contains(r"^\s*\|.*\|\s*$") & (text.str.strip_chars() != "|"),
    )
    gap = pl.col("line") - pl.col("line").shift(1) - 1 - (pl.col("rulers") - pl.col("rulers").shift(1))
    alike = (pl.col("cells") == pl.col("cells").shift(1)) | (pl.col("single") & pl.col("single").shift(1))
    apart = (
        other
        | (pl.col("tab") != pl.col("tab").shift(1))
        | (pl.col("spoken") != pl.col("spoken").shift(1))
        | ((gap > 0) & ~alike)
        | (gap > BETWEEN)
    )
    rows = rows.with_columns(grid=apart.fill_null(True).cum_sum().cast(pl.Int64))
    stacked = (pl.col("single").mean() > 0.5) & (pl.col("single").sum() >= STACKED)
    return rows.with_columns(stacked=stacked.over("grid"))


def _without_borders(text: pl.Expr) -> pl.Expr:
    """Blanks and bars for the borders between some cells of a line that has words in others:
    `|    +----+----+ 金额 |` is `|    |    |    | 金额 |`."""
    mixed = (
        text.str.contains(r"^\s*[|+].*[|+]\s*$") & text.str.contains(DRAWN) & text.str.contains(r"\p{Han}")
    )
    bare = text.str.replace_all(r"[─━═]", " ").str.replace_all("+", "|", literal=True)
    return pl.when(mixed).then(bare).otherwise(text)


def _split(rows: pl.DataFrame) -> pl.DataFrame:
    """A row a line. An opening bar opens no column, where most of the table's lines have one."""
    line = pl.col("text")
    cells = rows.select(
        "document_id",
        "grid",
        "tab",
        band="rulers",
        row=pl.int_range(pl.len(), dtype=pl.Int64).over("grid"),
        offset="start",
        opening=_opens(line),
        cell=line.str.replace_all(BORDER, MARK).str.split(MARK),
    )
    # a bar behind the last cell closes it
    closing = (pl.col("cell").list.last().str.strip_chars() == "").all().over("grid")
    cells = cells.with_columns(closing=closing, count=pl.col("cell").list.len().cast(pl.Int64)).explode(
        "cell", empty_as_null=False
    )
    size = pl.col("cell").str.len_chars().cast(pl.Int64) + 1
    place = nth("grid", "row")
    cells = cells.with_columns(place=place, at=pl.col("offset") + so_far(size, "grid", "row") - size).filter(
        ~(pl.col("closing") & (pl.col("place") == pl.col("count") - 1) & (pl.col("count") > 1))
    )
    cells = _drawn(cells)
    cells = cells.with_columns(column=pl.col("place") - pl.col("opening").cast(pl.Int64))
    shape = pl.when("tab").then(pl.lit("tabs")).otherwise(pl.lit("bars"))
    trimmed = _trimmed(cells.filter(pl.col("column") >= 0).with_columns(shape=shape), "band")
    return with_ruled_rows(trimmed).select(list(RAW_CELLS))


def _opens(line: pl.Expr) -> pl.Expr:
    """Whether a border before the first cell of most lines of a table opens their rows; where lines without
    one have as many borders it is the end of a blank cell (|指标|合计 above 低保|人数|12)."""
    begins = line.str.contains(rf"^\s*{BORDER}")
    many = line.str.count_matches(BORDER)
    usual = many.filter(begins).mode().max().over("grid")
    blank = (many.filter(~begins).mode().max().over("grid") == usual).fill_null(False)
    most = begins.mean().over("grid") > pl.when("tab").then(0.999).otherwise(0.5)
    return most & ~blank


def _drawn(cells: pl.DataFrame) -> pl.DataFrame:
    """Set `place` in rows with fewer cells by where their bars stand, where all whole rows have theirs at the
    same places: a head whose cell is merged stands over the first of its columns. A bar is as wide as a
    letter, or as a Chinese character."""
    most = pl.col("count").max().over("grid")
    uneven = cells.filter((pl.col("count").min().over("grid") < most) & ~pl.col("tab"))
    if uneven.is_empty():
        return cells
    places = [_under_bars(uneven, wide) for wide in (1, 2)]
    moved = pl.concat([places[0], places[1].join(places[0], on=["grid", "row"], how="anti")])
    cells = cells.join(moved, on=["grid", "row", "place"], how="left", maintain_order="left")
    return cells.with_columns(place=pl.coalesce("moved", "place")).drop("moved")


def _under_bars(uneven: pl.DataFrame, bar: int) -> pl.DataFrame:
    """grid, row, place, moved: the cells of shorter rows whose bars all stand below those of whole rows."""
    most = pl.col("count").max().over("grid")
    wide = (pl.col("cell").str.len_chars() + pl.col("cell").str.count_matches(WIDE) + bar).cast(pl.Int64)
    uneven = uneven.with_columns(x=so_far(wide, "grid", "row") - wide)
    whole = uneven.filter(pl.col("count") == most)
    bars = whole.group_by("grid", "place").agg(pl.col("x").first(), alike=pl.col("x").n_unique() == 1)
    bars = bars.filter(pl.col("alike").all().over("grid")).select("grid", "x", moved="place")
    short = uneven.filter(pl.col("count") < most).select("grid", "row", "place", "x")
    short = short.join(bars, on=["grid", "x"], how="left")
    short = short.filter(pl.col("moved").is_not_null().all().over("grid", "row"))
    return short.select("grid", "row", "place", "moved")


def _trimmed(cells: pl.DataFrame, *further: str) -> pl.DataFrame:
    """Cells without the blanks around their text (`cell`, which begins at `at`)."""
    bare = pl.col("cell").str.strip_chars()
    indent = (pl.col("cell").str.len_chars() - pl.col("cell").str.strip_chars_start().str.len_chars()).cast(
        pl.Int64
    )
    indent = pl.when(bare == "").then(0).otherwise(indent)
    # **合计**, *3* and \*6 in a page written in Markdown
    bold = bare.str.contains(BOLD)
    text = pl.when(bare.str.contains(RULED)).then(pl.lit("")).otherwise(bare)
    text = pl.when(bold).then(text.str.strip_chars(MARKS)).otherwise(text)
    marks = bare.str.len_chars() - bare.str.strip_chars_start(MARKS).str.len_chars()
    start = pl.col("at") + indent + pl.when(bold).then(marks.cast(pl.Int64)).otherwise(0)
    return cells.with_columns(start=start, text=text, indent=indent).select(*RAW_CELLS, *further)


def _stacked(rows: pl.DataFrame) -> pl.DataFrame:
    """A cell a line; a bar before it begins a row."""
    first = (pl.col("grid") != pl.col("grid").shift(1)).fill_null(True)
    rows = rows.with_columns(row=(pl.col("opens") | first).cum_sum().cast(pl.Int64))
    rows = rows.with_columns(row=pl.col("row") - pl.col("row").min().over("grid"))
    lead = pl.col("text").str.len_chars() - pl.col("text").str.strip_chars_start("| ").str.len_chars()
    bare = pl.col("text").str.strip_chars("| ")
    # a whole row on one of the lines
    cells = rows.with_columns(
        cell=bare.str.split("|"),
        at=pl.col("start") + pl.when(bare == "").then(0).otherwise(lead).cast(pl.Int64),
    ).explode("cell", empty_as_null=False)
    size = pl.col("cell").str.len_chars().cast(pl.Int64) + 1
    cells = cells.with_columns(at=pl.col("at") + so_far(size, "document_id", "line") - size)
    return _trimmed(
        cells.with_columns(
            shape=pl.lit("cell_lines"), column=pl.int_range(pl.len(), dtype=pl.Int64).over("grid", "row")
        )
    )


def _loose(rows: pl.DataFrame) -> pl.DataFrame:
    lead = pl.col("text").str.len_chars() - pl.col("text").str.strip_chars_start("| ").str.len_chars()
    return (
        rows.select(
            "document_id",
            run="grid",
            line="line",
            start=pl.col("start") + lead.cast(pl.Int64),
            text=pl.col("text").str.strip_chars("| "),
        )
        if not rows.is_empty()
        else pl.DataFrame(
            schema={
                "document_id": pl.String,
                "run": pl.Int64,
                "line": pl.Int64,
                "start": pl.Int64,
                "text": pl.String,
            }
        )
    )
