"""Cells with the bar that closes them on the line below: 指标 ⏎ | ⏎ 单位 ⏎ | ⏎ 数量 ⏎ |, set before it."""

from __future__ import annotations

import polars as pl

FEWEST = 12  # cells of a run
LONE = r"^\s*\|\s*$"


def with_bars_behind(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (`cutting.cut_lines`) with each such bar on the line of its cell; a second bar below is a
    blank cell. `line` counts on without gaps for those that went.

    Offsets hold: a blank stands for the line feed between.
    """
    text = pl.col("text")
    alone = text.str.contains(LONE)
    if not lines.select(alone.any()).item():
        return lines
    near = pl.col("doc") == pl.col("doc").shift(-1)
    bare = ~text.str.contains("|", literal=True) & (text.str.strip_chars() != "")
    lines = lines.with_columns(alone=alone, cell=(bare & alone.shift(-1) & near).fill_null(False))
    inside = pl.col("alone") | pl.col("cell")
    other = (pl.col("doc") != pl.col("doc").shift(1)) | (inside != inside.shift(1))
    lines = lines.with_columns(run=other.fill_null(True).cum_sum())
    closed = pl.col("cell") & (pl.col("cell").sum() >= FEWEST).over("run")
    lines = lines.with_columns(closed=closed).with_columns(gone=pl.col("closed").shift(1).fill_null(False))
    behind = pl.concat_str("text", pl.lit(" "), pl.col("text").shift(-1))
    lines = lines.with_columns(
        text=pl.when("closed").then(behind).otherwise("text"),
        end=pl.when("closed").then(pl.col("end").shift(-1)).otherwise("end"),
        line=pl.col("line") - pl.col("gone").cum_sum().over("doc").cast(pl.Int64),
    )
    return lines.filter(~pl.col("gone")).drop("alone", "cell", "run", "closed", "gone")
