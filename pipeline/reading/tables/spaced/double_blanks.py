"""Lines whose cells two blanks divide, where a blank cell leaves four.

科目编码  科目名称  合计  基本支出  项目支出
2080201  行政运行  618.42  618.42
2080207  地名管理  46.00    46.00          nothing below 基本支出

Such lines have as many cells as their heads whatever their words; columns that are set by place have not.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import beside

DIVIDED = r"^\s*\S+(?: \S+)*(?:(?:  )+\S+(?: \S+)*)+\s*$"
FEWEST_CELLS, FEWEST_LINES = 3, 4
WHOLE = 0.6  # of the rows that have as many cells as the heads, where blanks at their ends were lost


def with_tabs(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (document_id, text …), those of such tables with tabs between their cells."""
    text = pl.col("text")
    divided = text.str.contains(DIVIDED)
    blank_cell = divided & text.str.contains(r"\S {4}(?: {2})*\S")
    if not lines.select(blank_cell.any()).item():
        return lines
    bare = text.str.strip_chars_start()
    told = lines.with_row_index("at").with_columns(
        n=pl.when(divided).then(bare.str.count_matches("  ").cast(pl.Int64) + 1),
        gapped=blank_cell,
        heads=~text.str.contains("[0-9]"),
    )
    run = (divided != beside(divided, 1, "document_id")).fill_null(True) | (divided & pl.col("heads"))
    told = told.with_columns(run=run.cum_sum())
    first = pl.col("n").first()
    sound = (
        (pl.col("heads").first() & (first >= FEWEST_CELLS) & (pl.len() >= FEWEST_LINES))
        & (pl.col("n").max() == first)
        & ((pl.col("n") == first).mean() >= WHOLE)
        & pl.col("gapped").any()
    )
    told = told.with_columns(sound=sound.over("run").fill_null(False))
    lead = text.str.slice(0, text.str.len_chars() - bare.str.len_chars())
    tabbed = pl.concat_str(lead, bare.str.replace_all("  ", " \t", literal=True))
    return told.with_columns(text=pl.when("sound").then(tabbed).otherwise("text")).select(lines.columns)
