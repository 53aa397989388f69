"""Headings alone on a line among rows whose cells bars or tabs divide, without the borders behind them.

指标⇥单位⇥数量 ⏎ 一、社会救助 ⏎ 城市低保⇥人⇥1842: the heading is a row of the table and does not end it.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import HEADING, name_alone

LONGEST = 20  # characters
FEWEST = 2  # borders of a row


def with_lone_headings(lines: pl.DataFrame, border: str) -> pl.DataFrame:
    """`lines` (document_id, text, tab) with a border behind each heading that stands alone between rows of
    several cells, of which the lower holds figures and none begins with a border."""
    text = pl.col("text")
    bare = text.str.strip_chars()
    held = lines.select("document_id", "tab", bare=bare, text="text").with_row_index("n").filter(bare != "")
    count = text.str.count_matches(border)
    alone = pl.col("bare").str.contains(f"{HEADING}|{name_alone()}") & (
        pl.col("bare").str.len_chars() <= LONGEST
    )
    held = held.with_columns(alone=alone & (count == 0), rows=count >= FEWEST)
    # headings below one another stand between the same rows
    known = ~pl.col("alone")
    row = {
        "row": pl.col("rows"),
        "led": text.str.contains(rf"^\s*{border}"),
        "barred": ~pl.col("tab"),
        "figures": text.str.contains("[0-9]"),
    }
    held = held.with_columns(pl.when(known).then(value).alias(name) for name, value in row.items())
    over = {n: pl.col(n).forward_fill().over("document_id").fill_null(False) for n in row}
    below = {n: pl.col(n).backward_fill().over("document_id").fill_null(False) for n in row}
    between = over["row"] & below["row"] & (over["barred"] == below["barred"]) & below["figures"]
    between = between & ~over["led"] & ~below["led"]
    found = held.filter(pl.col("alone") & between).select("n") if held.height else held.select("n")
    if found.is_empty():
        return lines
    barred = held.select("n", like=over["barred"]).join(found, on="n")
    lines = lines.with_row_index("n").join(barred, on="n", how="left", maintain_order="left")
    sign = pl.when("like").then(pl.lit("|")).otherwise(pl.lit("\t"))
    told = pl.col("like").is_not_null()
    return lines.with_columns(
        text=pl.when(told).then(pl.concat_str("text", sign)).otherwise("text"),
        tab=pl.when(told).then(~pl.col("like")).otherwise("tab"),
    ).drop("n", "like")
