"""Rows whose number, name and one figure run together below heads that do: 序号县区金额 ⏎ 1汉台区5.6.

Where the heads tell of more than one figure nothing says where the first of them ends: such rows are left
alone.
"""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables import words
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.vocabulary import pattern

FEWEST = 3  # rows
ROW = rf"^([0-9]{{1,3}})[、.]?(\p{{Han}}[\p{{Han}}()·、]*?)\s?({words.NUMBER})$"


def numbered_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`): number (column 0), name (1) and figure (2), heads in row 0.

    `lines`: as `cutting.cut_lines` gives them.
    """
    held = bare_lines(lines).select("document_id", "text", "start")
    row = pl.col("text").str.extract_groups(ROW).struct
    summed = pl.col("text").str.extract_groups(rf"^({_totals()})\s?({words.NUMBER})$").struct
    heads = pl.col("text").str.extract_groups(_heads()).struct
    held = held.with_columns(
        number=row.field("1").fill_null(""),
        name=pl.coalesce(row.field("2"), summed.field("1"), heads.field("2")),
        figure=pl.coalesce(row.field("3"), summed.field("2"), heads.field("3")),
        head=heads.field("1"),
    )
    count = pl.col("number").cast(pl.Int64, strict=False)
    bare = pl.col("figure").str.replace(r"\([^()]*\)$", "")
    another = bare.str.replace(pattern("cell_measure"), "").str.contains(pattern("cell_measure"))
    held = held.with_columns(count=count, opens=(pl.col("head").is_not_null() & ~another).fill_null(False))
    held = held.with_columns(grid=pl.col("opens").cum_sum().over("document_id"))
    key = ("document_id", "grid")
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    held = held.filter(pl.col("grid") > 0).with_columns(row=place)
    # rows count from 1 on, a total closes them
    runs = (pl.col("count") == pl.col("row")).fill_null(False) | (pl.col("row") == 0)
    last = runs.cast(pl.Int64).cum_prod().over(key) == 1
    closes = last.shift(1).over(key) & pl.col("count").is_null() & pl.col("figure").is_not_null()
    held = held.with_columns(last=last).filter(last | closes.fill_null(False))
    held = held.filter((pl.len() > FEWEST).over(key)) if not held.is_empty() else held
    end = pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)
    size = pl.col("figure").str.len_chars().cast(pl.Int64)
    number = pl.coalesce("head", "number")
    before = pl.coalesce("head", pl.col("text").str.extract(r"^([0-9]{1,3}[、.]?)").fill_null(""))
    cells = (
        (number, pl.col("start")),
        (pl.col("name"), pl.col("start") + before.str.len_chars().cast(pl.Int64)),
        (pl.col("figure"), end - size),
    )
    grid = pl.struct(*key).rank("dense").cast(pl.Int64)
    return pl.concat(
        held.select(
            "document_id", "row", grid=grid, shape=pl.lit("glued"), column=pl.lit(n, pl.Int64),
            start=start, text=text, indent=pl.lit(0, pl.Int64),
        ).select(list(RAW_CELLS))
        for n, (text, start) in enumerate(cells)
    ).sort("grid", "row", "column")  # fmt: skip


def _heads() -> str:
    """A line of heads: 序号, what the rows are, what their figures are."""
    numbers = words.either(words.frame_words("row_number"))
    stubs = words.either(words.frame_words("stub"))
    return rf"^({numbers})(.*(?:{stubs})(?:\([^()]*\))?)([^()]{{1,10}}(?:\([^()]*\))?)$"


def _totals() -> str:
    return "|".join(map(re.escape, [*words.frame_words("total"), *words.frame_words("subtotal")]))
