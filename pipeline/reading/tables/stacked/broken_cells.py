"""Cells of several lines with a bar behind the last of them, joined: 结婚登记 ⏎ 对数 ⏎ Marriages |."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import compute_where
from pipeline.reading.tables.stacked.tokens import FOREIGN
from pipeline.reading.tables.words import HEADING, furniture, note
from pipeline.vocabulary import pattern

CLOSED = r"^[^|]*\|\s*$"
PROSE = r"[。;!?]|[,、]$"
LONGEST_LINE = 14  # a cell is broken where it is narrow
FEWEST = 12  # cells of a run, with a bar behind each


def with_whole_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (document_id, line, start, end, text) with the lines of one cell joined to one, in runs of
    lines with nothing but a bar at their end; what stands in another language below Chinese is left out.

    `line` counts on without gaps for those that went.
    """
    text = pl.col("text")
    lines = lines.with_columns(closed=text.str.contains(CLOSED))
    may = (pl.col("closed").sum() >= FEWEST).over("document_id")
    other = (pl.col("document_id") != pl.col("document_id").shift(1)).fill_null(True)
    unbarred = ~text.str.contains("|", literal=True) & (text.str.strip_chars() != "")
    open_ = lines.select(may & unbarred).to_series()
    if not open_.any():
        return lines.drop("closed")
    prose = text.str.contains(rf"{PROSE}|{note()}|{furniture()}|{HEADING}|{pattern('stack_caption')}")
    long = text.str.strip_chars().str.len_chars() > LONGEST_LINE
    open_ &= ~compute_where(lines, pl.lit(open_), prose | (long & ~text.str.contains(FOREIGN)))
    lines = lines.with_columns(open=open_.fill_null(False))
    lines = lines.with_columns(run=(other | ~(pl.col("closed") | pl.col("open"))).cum_sum())
    many = (pl.col("closed").sum() >= FEWEST).over("run")
    # Region | ends the cell that 地区 above it begins
    rest = pl.col("closed") & ~text.str.contains(r"\p{Han}") & text.str.contains(r"[^|\s]")
    begun = ((pl.col("closed") | rest.shift(-1).fill_null(False)).cum_sum() > 0).over("run")
    ends = pl.col("closed").any().over("run", pl.col("closed").cum_sum(reverse=True).over("run"))
    inside = many & begun & ends & (pl.col("closed") | pl.col("open"))
    lines = lines.with_columns(inside=inside.fill_null(False))
    if not lines.select((pl.col("inside") & ~pl.col("closed")).any()).item():
        return lines.drop("closed", "open", "run", "inside")
    # a line begins a cell unless the one before it is open
    before = (pl.col("inside") & ~pl.col("closed")).shift(1).fill_null(False)
    lines = lines.with_columns(cell=(~(pl.col("inside") & before)).cum_sum())
    bare = pl.col("text").str.strip_chars("| ")
    foreign = bare.str.contains(FOREIGN) & bare.str.contains("[A-Za-z]{2}")
    chinese = bare.str.contains(r"\p{Han}").any().over("cell")
    kept = pl.when(foreign & chinese).then(pl.lit("")).otherwise(bare)
    several = pl.len().over("cell") > 1
    lines = lines.with_columns(text=pl.when(several & pl.col("inside")).then(kept).otherwise("text"))
    joined = pl.col("text").str.join("")
    whole = lines.group_by("cell", maintain_order=True).agg(
        pl.exclude("text", "line", "closed", "open", "run", "inside").first(),
        pl.col("line").first(),
        last=pl.col("end").last(),
        gone=pl.len().cast(pl.Int64) - 1,
        text=pl.when(pl.len() > 1).then(joined + " |").otherwise(joined),
    )
    gone = pl.col("gone").cum_sum().over("document_id") - pl.col("gone")
    return whole.with_columns(line=pl.col("line") - gone, end="last").select(
        *(name for name in lines.columns if name not in ("closed", "open", "run", "inside", "cell"))
    )
