"""Forms of statistics copied with one blank between cells, each row with its code: where that stands tells
the cells before it from the figures behind it, although units and last figures are left out.

指标名称 单位 代码 数量 上季度 环比
1.镇 JZH011111000 2016 2016
(二)民政事业费累计支出 万元 JZH011310000 1750824.6 1142713.9 53.22
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import so_far
from pipeline.reading.layout.cutting import with_gaps
from pipeline.reading.tables.placed.by_change import places
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.words import CODE, MARK, ends_in, figure, unit_cell

FEWEST_ROWS = 3
FEWEST_HEADS, MOST_HEADS = 3, 16
FARTHEST = 30  # lines from one row to the next, or from the heads to the first
FORM_CODE = r"\s[A-Za-z]{1,6}[0-9]{4,}(?:\s|$)"
COUNTED = r"^(?:[甲乙丙]\s+){0,3}1(?:\s+[2-9]|\s+1[0-9])+$"  # the line below the heads that numbers them


def coded_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them, without borders."""
    text = pl.col("text")
    bare = text.str.strip_chars()
    heads = bare.str.contains(rf"\s\S*{ends_in('code').removesuffix('$')}\s") & ~bare.str.contains("[0-9]")
    held = lines.filter(bare != "").with_columns(head=heads, row=text.str.contains(FORM_CODE) & ~heads)
    counted = bare.str.contains(COUNTED) & pl.col("head").shift(1)
    held = held.with_columns(grid=pl.col("head").cum_sum().over("document_id"), counted=counted)
    held = held.filter(pl.any_horizontal("head", "row", "counted"), pl.col("grid") > 0)
    key = ("document_id", "grid")
    far = (pl.col("line") - pl.col("line").shift(1).over(key)).fill_null(0) > FARTHEST
    held = held.filter(far.cum_sum().over(key) == 0, pl.len().over(key) > FEWEST_ROWS)
    if held.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    words = _words(held.with_columns(grid=pl.struct(*key).rank("dense").cast(pl.Int64)))
    return _placed(words)


def _words(held: pl.DataFrame) -> pl.DataFrame:
    """The words of heads and rows: document_id, grid, row, head, counted, start, text, order (from the code
    on, which is 0; of numbers of columns from the end, of which the last is -1), coded (the column of codes)
    and columns (as many as heads)."""
    row = pl.int_range(pl.len(), dtype=pl.Int64).over("grid")
    pieces = held.select(
        "document_id", "grid", "head", "counted", row=row, at="start", text=with_gaps(pl.col("text"), r"\s+")
    ).explode("text", empty_as_null=False)
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    pieces = pieces.with_columns(start=pl.col("at") + so_far(size, "grid", "row") - size)
    pieces = pieces.filter(pl.col("text").str.strip_chars() != "")
    place = pl.int_range(pl.len(), dtype=pl.Int64).over("grid", "row")
    called, is_code = (pl.col("text").str.contains(pattern) for pattern in (ends_in("code"), CODE))
    coded = place.filter(pl.when("head").then(called).otherwise(is_code)).min().over("grid", "row")
    # numbers of columns end below the last head
    back = pl.len().over("grid", "row").cast(pl.Int64) - place
    pieces = pieces.with_columns(order=pl.when("counted").then(-back).otherwise(place - coded))
    head = pl.col("head")
    return pieces.with_columns(
        coded=(-pl.col("order").filter(head).min()).over("grid"),
        columns=head.sum().cast(pl.Int64).over("grid"),
    )


def _placed(words: pl.DataFrame) -> pl.DataFrame:
    """The cells of grids whose heads are a name, maybe a unit, the code and what the figures are."""
    order, head, text = pl.col("order"), pl.col("head"), pl.col("text")
    words = words.filter(
        pl.col("coded").is_between(1, 2), pl.col("columns").is_between(FEWEST_HEADS, MOST_HEADS)
    )
    number = text.str.contains(figure()) | text.str.contains(MARK)
    # a row whose words behind the code are no figures, or too many, is none
    wrong = (order > 0) & (~number | (order + pl.col("coded") >= pl.col("columns")))
    words = words.filter(~(wrong & ~head).any().over("grid", "row"))
    unit = (order == -1) & text.str.contains(unit_cell()) & (pl.col("coded") == 2)
    column = pl.when(head | (order >= 0)).then(order + pl.col("coded")).when(unit).then(1).otherwise(0)
    words = words.with_columns(column=pl.when("counted").then(pl.col("columns") + order).otherwise(column))
    words = _with_blanks(words)
    cells = words.group_by("document_id", "grid", "coded", "row", "column", maintain_order=True).agg(
        pl.col("start").first(), end=(pl.col("start") + text.str.len_chars()).last(), text=text.str.join(" ")
    )
    rows = (pl.col("row") > 0) & (pl.col("column") > pl.col("coded"))
    cells = cells.filter(pl.col("row").filter(rows).n_unique().over("grid") >= FEWEST_ROWS)
    # blanks between words of a name are one each, or the name's places would not be those of the text
    whole = pl.col("end") - pl.col("start") == pl.col("text").str.len_chars()
    cells = cells.filter(whole.all().over("grid", "row"))
    return (
        cells.with_columns(shape=pl.lit("spaces"), indent=pl.lit(0, pl.Int64))
        .sort("grid", "row", "column")
        .select(list(RAW_CELLS))
    )


def _with_blanks(words: pl.DataFrame) -> pl.DataFrame:
    """The words with the figures of rows that have fewer than there are heads below those that they are of;
    where nothing tells, these stay out."""
    order, columns = pl.col("order"), pl.col("columns") - pl.col("coded") - 1
    figures = (~pl.col("head") & ~pl.col("counted") & (order > 0)).fill_null(False)
    heads = words.filter("head", order > 0).group_by("grid", maintain_order=True).agg(heads="text")
    short = words.filter(figures).filter(pl.len().over("grid", "row") < columns)
    rows = short.group_by("grid", "row", maintain_order=True).agg("order", "text", "coded")
    rows = rows.join(heads, on="grid", maintain_order="left")
    told = [
        (grid, row, at, coded[0] + 1 + way)
        for grid, row, orders, texts, coded, over in rows.iter_rows()
        for at, way in zip(orders, places(over, texts), strict=False)
    ]
    schema = {name: words.schema[name] for name in ("grid", "row", "order", "column")}
    moved = pl.DataFrame(told, schema=schema, orient="row").rename({"column": "moved"})
    left_out = short.select("grid", "row", "order", out=True)
    words = words.join(left_out, on=["grid", "row", "order"], how="left", maintain_order="left")
    words = words.join(moved, on=["grid", "row", "order"], how="left", maintain_order="left")
    words = words.with_columns(column=pl.coalesce("moved", "column"))
    return words.filter(pl.col("out").is_null() | pl.col("moved").is_not_null()).drop("out", "moved")
