"""Cells of several lines with a bar behind the last of them, joined: 结婚登记 ⏎ 对数 ⏎ Marriages |; and rows
whose first cell stands on a line of its own: 临时救助* 五、残疾人福利 | ⏎ 人次 | 15,620 | 13,894."""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.tables.stack_tokens import FOREIGN
from pipeline.reading.tables.words import HEADING, furniture, note
from pipeline.vocabulary import pattern

CLOSED = r"^[^|]*\|\s*$"
PROSE = r"[。;!?]|[,、]$"
LONGEST_LINE = 14  # a cell is broken where it is narrow
BEHIND_NAME = r"(?<=\S)\s+(?=(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)))"
FEWEST_BARS = 3  # of a row
FEWEST = 12  # cells of a run, with a bar behind each


def with_whole_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (document_id, line, start, end, text) with the lines of one cell joined to one, in runs of
    lines with nothing but a bar at their end; what stands in another language below Chinese is left out.

    `line` counts on without gaps for those that went.
    """
    text = pl.col("text")
    closed = text.str.contains(CLOSED)
    prose = text.str.contains(rf"{PROSE}|{note()}|{furniture()}|{HEADING}|{pattern('stack_caption')}")
    foreign = text.str.contains(FOREIGN)
    prose = prose | (~foreign & (text.str.strip_chars().str.len_chars() > LONGEST_LINE))
    open_ = ~text.str.contains("|", literal=True) & (text.str.strip_chars() != "") & ~prose
    other = (pl.col("document_id") != pl.col("document_id").shift(1)).fill_null(True)
    lines = lines.with_columns(closed=closed, run=(other | ~(closed | open_)).cum_sum())
    many = (pl.col("closed").sum() >= FEWEST).over("run")
    begun = (pl.col("closed").cum_sum() > 0).over("run")
    ends = pl.col("closed").any().over("run", pl.col("closed").cum_sum(reverse=True).over("run"))
    inside = many & begun & ends & (pl.col("closed") | open_)
    lines = lines.with_columns(inside=inside.fill_null(False))
    if not lines.select((pl.col("inside") & ~pl.col("closed")).any()).item():
        return lines.drop("closed", "run", "inside")
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
        pl.exclude("text", "line", "closed", "run", "inside").first(),
        pl.col("line").first(),
        last=pl.col("end").last(),
        gone=pl.len().cast(pl.Int64) - 1,
        text=pl.when(pl.len() > 1).then(joined + " |").otherwise(joined),
    )
    gone = pl.col("gone").cum_sum().over("document_id") - pl.col("gone")
    return whole.with_columns(line=pl.col("line") - gone, end="last").select(
        *(name for name in lines.columns if name not in ("closed", "run", "inside", "cell"))
    )


def with_whole_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (document_id, line, start, end, text) with the first cell of a row joined to the rest of it on
    the next line, where both together have as many bars as most lines around them.

    A heading behind the name in that cell, which leads the rows below, gets a line of its own below the row;
    `line` then counts anew.
    """
    bars = pl.col("text").str.count_matches("|", literal=True)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    run = (((bars > 0) != (bars > 0).shift(1)) | other).fill_null(True).cum_sum()
    lines = lines.with_columns(bars=bars, run=run)
    usual = pl.col("bars").mode().max().over("run")
    near = (pl.col("run") == pl.col("run").shift(-1)) & (pl.col("start").shift(-1) == pl.col("end") + 1)
    opens = pl.col("text").str.contains(r"^[^|]*[^|\s][^|]*\|\s*$") & near & (usual >= FEWEST_BARS)
    opens = opens & (pl.col("bars").shift(-1) == usual - 1)
    lines = lines.with_columns(opens=opens.fill_null(False))
    if not lines["opens"].any():
        return lines.drop("bars", "run", "opens")
    rows: list[dict] = []
    names = ("document_id", "line", "start", "end", "text")
    kept = lines.with_columns(rest=pl.col("text").shift(-1), rest_end=pl.col("end").shift(-1))
    joined = pl.col("opens").shift(1).fill_null(False)
    kept = kept.filter(~joined).with_columns(
        text=pl.when("opens").then(pl.concat_str("text", pl.lit(" "), "rest")).otherwise("text"),
        end=pl.when("opens").then("rest_end").otherwise("end"),
        place=pl.int_range(pl.len(), dtype=pl.Int64).cast(pl.Float64),
    )
    for row in kept.filter("opens").iter_rows(named=True):
        cell, behind = row["text"].split("|", 1)
        headings = re.search(BEHIND_NAME, cell)
        if headings:
            size = headings.start()
            rows.append(row | {"text": cell[:size].ljust(len(cell)) + "|" + behind})
            for n, piece in enumerate(re.finditer(r"\S+", cell[size:]), 1):
                at = row["start"] + size + piece.start()
                own = {"text": piece[0] + " |", "start": at, "end": at + len(piece[0])}
                rows.append(row | own | {"place": row["place"] + n / 100})
    if rows:
        told = pl.DataFrame(rows, schema=kept.schema)
        kept = pl.concat([kept.join(told, on="place", how="anti"), told]).sort("place")
    # nothing stands between the rows
    kept = kept.with_columns(line=pl.int_range(pl.len(), dtype=pl.Int64))
    return kept.select(names)
