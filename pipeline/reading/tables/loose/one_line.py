"""Whole tables that were pasted in one line: heads, then rows of as many words and figures each.

指标 单位 本月 累计 临时救助 人次 86 742 低保金支出 万元 203.4 2051.7
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.cutting import with_gaps
from pipeline.reading.tables import words

PROSE = r"[|\t。;!?,、]"
LEAST = r"(?:\s[-−]?[0-9][0-9.]*%?\s+[-−]?[0-9][0-9.]*%?\s.*){2}"  # figures side by side, twice
FEWEST_ROWS = 2
MOST_BEFORE = 3  # words of a title before the heads
KEY = ("document_id", "start")


def lines_apart(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (document_id, start, end, text …), those that hold a whole table as one of heads and one for
    each row of it."""
    text = pl.col("text")
    asked = lines.filter(text.str.contains(LEAST) & ~text.str.contains(PROSE))
    if asked.is_empty():
        return lines
    tokens = _tokens(asked)
    shapes = _shapes(tokens)
    if shapes.is_empty():
        return lines
    told = tokens.join(shapes, on=KEY, how="inner", maintain_order="left")
    word, first = pl.col("word"), pl.col("before") + pl.col("width")
    row = pl.when(word < pl.col("before")).then(0).when(word < first).then(1)
    told = told.with_columns(row=row.otherwise(2 + (word - first) // pl.col("width")))
    rows = told.group_by(*KEY, "row", maintain_order=True).agg(
        at=pl.col("at").min(), to=(pl.col("at") + pl.col("size")).max()
    )
    whole = asked.join(rows, on=KEY, how="inner", maintain_order="left")
    whole = whole.with_columns(text=text.str.slice(pl.col("at"), pl.col("to") - pl.col("at")))
    whole = whole.with_columns(end=pl.col("start") + pl.col("to"), start=pl.col("start") + pl.col("at"))
    rest = lines.join(shapes, on=KEY, how="anti", maintain_order="left")
    apart = pl.concat([rest, whole.select(lines.columns)]).sort("doc", "start")
    return apart.with_columns(line=pl.int_range(pl.len(), dtype=pl.Int64).over("doc"))


def _tokens(lines: pl.DataFrame) -> pl.DataFrame:
    """The words of lines: document_id, start (of the line), word, at (from there), size, figure."""
    pieces = lines.select(*KEY, piece=with_gaps(pl.col("text"), r"\s+")).explode("piece", empty_as_null=False)
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    pieces = pieces.with_columns(at=(size.cum_sum() - size).over(KEY), size=size)
    pieces = pieces.filter(pl.col("piece").str.strip_chars() != "")
    figure = pl.col("piece").str.contains(words.figure()) | pl.col("piece").str.contains(words.MARK)
    return pieces.with_columns(
        word=pl.int_range(pl.len(), dtype=pl.Int64).over(KEY),
        figure=figure & ~pl.col("piece").str.contains(f"{words.CODE}|{words.DATE}|{words.YEAR}"),
    )


def _shapes(tokens: pl.DataFrame) -> pl.DataFrame:
    """The lines that hold a table: document_id, start, before (words of a title) and width (words of a row,
    as many as heads)."""
    turn = (pl.col("figure") != pl.col("figure").shift(1)).fill_null(True).cum_sum().over(KEY)
    turned = tokens.with_columns(run=turn).group_by(*KEY, "run", maintain_order=True)
    runs = turned.agg(pl.col("figure").first(), n=pl.len().cast(pl.Int64))
    told = pl.col("n").filter("figure")
    names = pl.col("n").filter(~pl.col("figure")).slice(1)
    lines = runs.group_by(KEY, maintain_order=True).agg(
        opens=pl.col("n").first(),
        worded=~pl.col("figure").first() & pl.col("figure").last(),
        even=(told.n_unique() == 1) & (names.n_unique() == 1),
        rows=told.len(),
        width=told.first() + names.first(),
        names=names.first(),
    )
    before = pl.col("opens") - pl.col("width") - pl.col("names")
    sound = pl.col("worded") & pl.col("even") & (pl.col("rows") >= FEWEST_ROWS)
    lines = lines.with_columns(before=before)
    return lines.filter(sound, pl.col("before").is_between(0, MOST_BEFORE)).select(*KEY, "before", "width")
