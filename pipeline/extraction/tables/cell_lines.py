"""Tables that were copied cell by cell, a line each: a head of some lines, and as many lines a row.

    镇名 ⏎ 户数 ⏎ 人数 ⏎ 东镇 ⏎ 12 ⏎ 31 ⏎ 西镇 ⏎ 9 ⏎ 20

Only what repeats without a flaw is a table; anything else stays lines.
"""

from __future__ import annotations

import polars as pl

FIGURE_LINE = r"\n[ ]*[-−+]?[0-9][0-9.]*[ ]*[%‰]?[ ]*(?:\n|$)"
CELL = r"^[-−+]?[0-9][0-9.]*\s?[%‰]?$"
PROSE = r"[|\t。;!?]|[,:、]$"
LONGEST_CELL = 16
FEWEST_FIGURES = 4
LINE_CELLS = {
    "document_id": pl.String,
    "block": pl.Int64,
    "row": pl.Int64,
    "column": pl.Int64,
    "start": pl.Int64,
    "text": pl.String,
}


def line_cells(reading: pl.DataFrame) -> pl.DataFrame:
    """The cells of such tables in readings (`document_id`, `reading`).

    `block` tells tables apart within the frame, `row` 0 is the head; `start` is where the cell's text begins.
    """
    several = pl.col("reading").str.count_matches(FIGURE_LINE) * 2 >= FEWEST_FIGURES
    texts = reading.filter(several)
    if texts.is_empty():
        return pl.DataFrame(schema=LINE_CELLS)
    lines = _short_lines(texts)
    shape = _shapes(lines)
    cells = (
        lines.join(shape, on="block")
        .filter(pl.col("i") >= pl.col("head"))
        .with_columns(at=pl.col("i") - pl.col("head"))
        .with_columns(row=pl.col("at") // pl.col("width"), column=pl.col("at") % pl.col("width"))
    )
    # every row has its figures where the first has them
    first = cells.filter(pl.col("row") == 1).select("block", "column", like="figure")
    alike = (
        cells.filter(pl.col("row") > 0)
        .join(first, on=["block", "column"], how="left")
        .group_by("block")
        .agg(sound=(pl.col("figure") == pl.col("like")).fill_null(False).all())
        .filter("sound")
    )
    return cells.join(alike, on="block", how="semi").sort("block", "i").select(list(LINE_CELLS))


def _short_lines(texts: pl.DataFrame) -> pl.DataFrame:
    """Runs of short lines (blank ones left out), numbered by `block`, and within it by `i`."""
    lines = texts.select("document_id", text=pl.col("reading").str.split("\n")).explode(
        "text", empty_as_null=False
    )
    size = pl.col("text").str.len_chars().cast(pl.Int64) + 1
    blank = size - 1 - pl.col("text").str.strip_chars_start().str.len_chars()
    start = (size.cum_sum() - size).over("document_id") + blank
    lines = lines.select("document_id", text=pl.col("text").str.strip_chars(), start=start)
    lines = lines.filter(pl.col("text") != "")
    prose = (pl.col("text").str.len_chars() > LONGEST_CELL) | pl.col("text").str.contains(PROSE)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    return (
        lines.with_columns(prose=prose, block=(prose | other.fill_null(True)).cum_sum().cast(pl.Int64))
        .filter(~pl.col("prose"))
        .with_columns(
            i=pl.int_range(pl.len(), dtype=pl.Int64).over("block"),
            figure=pl.col("text").str.contains(CELL),
        )
    )


def _shapes(lines: pl.DataFrame) -> pl.DataFrame:
    """Where the head of each block begins (`head`) and how many cells are a row (`width`)."""
    i, figure = pl.col("i"), pl.col("figure")
    lines = lines.with_columns(first=i.filter(figure).min().over("block"))
    words = i.filter(~figure & (i > pl.col("first")))
    shapes = lines.group_by("block").agg(
        first=pl.col("first").first(),
        length=pl.len().cast(pl.Int64),
        figures=figure.sum(),
        word=words.min(),
        next_word=words.bottom_k(2).max(),
        words=words.len(),
    )
    width = (
        pl.when(pl.col("words") > 1)
        .then(pl.col("next_word") - pl.col("word"))
        .otherwise(pl.col("word") - pl.col("first") + 1)
    )
    shapes = shapes.with_columns(width=width).filter(
        (pl.col("figures") >= FEWEST_FIGURES) & (pl.col("width") > 1) & (pl.col("words") > 0)
    )
    # a row begins with its name, or with its number before the name
    begins = [
        shapes.with_columns(head=pl.col("first") - 1 - pl.col("width"), order=0),
        shapes.with_columns(head=pl.col("first") - pl.col("width"), order=1),
    ]
    whole = (pl.col("length") - pl.col("head")) % pl.col("width") == 0
    numbered = (pl.col("order") == 0) | (pl.col("word") == pl.col("first") + 1)
    return (
        pl.concat(begins)
        .filter((pl.col("head") >= 0) & whole & numbered)
        .sort("block", "order")
        .unique("block", keep="first", maintain_order=True)
        .select("block", "head", "width")
    )
