"""Readings → the tables in them: cells with their roles, and the heads of each row and column."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.reading.layout.cutting import cut_lines, without_crowds
from pipeline.reading.tables.captions import with_captions
from pipeline.reading.tables.grids import grid_cells
from pipeline.reading.tables.heads.collapsed import spread_heads
from pipeline.reading.tables.heads.paths import PATH, column_heads, row_heads
from pipeline.reading.tables.heads.whole_sums import without_groups
from pipeline.reading.tables.page_heads import without_page_heads
from pipeline.reading.tables.roles.tell import tell_roles
from pipeline.reading.tables.unread import unread_regions

SET_WIDE = r"^\p{Han}(?:\s+\p{Han})+\s*(?:\([^()]*\))?$"
CELL = (
    "document_id", "table", "part", "row", "column", "row_span", "column_span", "start", "end", "text",
    "kind", "year", "role", "row_role", "column_role", "counted",
)  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """The tables of a batch of readings.

    `tables`: document_id, table (a running number), shape, start, end (of its first and last cell),
    caption, caption_start (the line or cell that names it, null where none does), notes (what is said
    above it of units and dates), leads (what further up dates it: 截至8月31日), starred (by a note below
    what bears a star is a sum since January), n_rows, n_columns. `cells`: a cell a row that holds
    anything (`CELL`). `rows` and `columns`: by part and row (column) the heads, outermost first (list
    of start and text); rows also total and of_which, columns also carried (a head that stands over
    another column), runner_up (the next head, which may be meant) and unsure (which heads stand over it two
    ways tell differently: it has none). `titles`: part, title (list of
    what stands in the part's own rows of titles and of units). `unread`: what looks like a table and is
    no grid (`unread.REGION`). Offsets are into the readings.
    """

    tables: pl.DataFrame
    cells: pl.DataFrame
    rows: pl.DataFrame
    columns: pl.DataFrame
    titles: pl.DataFrame
    unread: pl.DataFrame


def find_tables(readings: pl.DataFrame) -> Tables:
    """The tables of readings (`document_id`, `reading`); in a line that is a crowd none is looked for."""
    lines = without_crowds(cut_lines(readings.filter(pl.col("reading").str.contains(r"[0-9]"))))
    lines = without_page_heads(lines)
    cells = grid_cells(lines)
    cells = tell_roles(cells) if not cells.is_empty() else cells
    if cells.is_empty():
        return _nothing(lines)
    cells = spread_heads(cells)
    rows, columns = (_closed(heads) for heads in (row_heads(cells), column_heads(cells)))
    columns = without_groups(columns, cells)
    unsure = cells.filter("unsure").select("part", "column", unsure=True).unique()
    columns = columns.join(unsure, on=["part", "column"], how="left", maintain_order="left")
    columns = columns.with_columns(pl.col("unsure").fill_null(False)).with_columns(
        heads=pl.when("unsure").then(pl.lit([], PATH)).otherwise("heads")
    )
    row, column = pl.col("row"), pl.col("column")
    cells = _spans(cells).with_columns(row=row.rank("dense").over("table").cast(pl.Int64) - 1, grid_row="row")
    rows = rows.join(
        cells.select("part", "grid_row", n="row").unique(),
        left_on=["part", "row"],
        right_on=["part", "grid_row"],
    )
    rows = rows.select("part", "heads", "total", "of_which", row="n").sort("part", "row")
    tables = cells.group_by("document_id", "table", maintain_order=True).agg(
        shape=pl.col("shape").first(),
        start=pl.col("start").filter(pl.col("kind") != "blank").min(),
        end=pl.col("end").filter(pl.col("kind") != "blank").max(),
        n_rows=row.max() + 1,
        n_columns=column.max() + 1,
    )
    tables = with_captions(tables, cells, lines)
    notes = pl.col("row_role").is_in(["title", "furniture"]) & (pl.col("kind") != "blank")
    titles = cells.filter(notes).group_by("part", maintain_order=True).agg(title=pl.col("text"))
    titles = _of_whole_grids(titles, cells)
    held = cells.filter(pl.col("kind") != "blank").sort("document_id", "start")
    return Tables(tables, held.select(CELL), rows, columns, titles, unread_regions(lines, tables))


def _of_whole_grids(titles: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`titles` (part, title) with those of the part above for parts of its grid that have none."""
    parts = cells.select("grid", "part").unique().sort("part")
    parts = parts.join(titles, on="part", how="left", maintain_order="left")
    return parts.select("part", pl.col("title").forward_fill().over("grid")).drop_nulls("title")


def _closed(paths: pl.DataFrame) -> pl.DataFrame:
    """Paths of heads without the blanks of words that were set wide: 户  数, 资  金(元)."""
    text = pl.element().struct.field("text")
    bare = pl.when(text.str.contains(SET_WIDE)).then(text.str.replace_all(r"\s", "")).otherwise(text)
    start = pl.element().struct.field("start").alias("start")
    return paths.with_columns(heads=pl.col("heads").list.eval(pl.struct(start, bare.alias("text"))))


def _nothing(lines: pl.DataFrame) -> Tables:
    text, number = pl.String(), pl.Int64()
    whole = {
        "document_id": text,
        "table": number,
        "shape": text,
        "start": number,
        "end": number,
        "n_rows": number,
        "n_columns": number,
        "caption": text,
        "caption_start": number,
        "notes": pl.List(pl.String),
        "leads": pl.List(pl.String),
        "starred": pl.Boolean(),
    }
    numbers = ("table", "part", "row", "column", "row_span", "column_span", "start", "end")
    cell = {name: number if name in numbers else pl.Boolean() if name == "year" else text for name in CELL}
    heads = {"part": number, "heads": PATH, "total": pl.Boolean(), "of_which": pl.Boolean(), "row": number}
    above = {"part": number, "column": number, "heads": PATH, "carried": pl.Boolean(), "runner_up": number,
             "unsure": pl.Boolean()}  # fmt: skip
    titles = {"part": number, "title": pl.List(pl.String)}
    tables, *others = (pl.DataFrame(schema=schema) for schema in (whole, cell, heads, above, titles))
    cells, rows, columns, named = others
    return Tables(tables, cells, rows, columns, named, unread_regions(lines, tables))


def _spans(cells: pl.DataFrame) -> pl.DataFrame:
    """Add column_span of heads and row_span of names: the blank cells that they cover."""
    blank = pl.col("kind") == "blank"
    across = (~blank).cum_sum().over("grid", "row")
    wide = pl.len().over("grid", "row", across).cast(pl.Int64)
    is_head = (pl.col("row_role") == "head") & (pl.col("column") >= pl.col("first_figure").fill_null(0))
    title = pl.col("row_role") == "title"
    cells = cells.with_columns(column_span=pl.when((is_head | title) & ~blank).then(wide).otherwise(1))
    down = (~blank).cum_sum().over("part", "column")
    tall = pl.len().over("part", "column", down).cast(pl.Int64)
    named = (pl.col("column_role") == "stub") & (pl.col("row_role") == "body") & ~blank
    last = pl.col("column").filter(pl.col("column_role") == "stub").max().over("part")
    outer = named & (pl.col("column") < last)
    return cells.sort("grid", "row", "column").with_columns(row_span=pl.when(outer).then(tall).otherwise(1))
