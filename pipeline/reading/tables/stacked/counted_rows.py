"""Tables of words copied cell by cell, a line each, whose rows count from 1 on below 序号 and its heads.

序号 ⏎ 实事名称 ⏎ 任务 ⏎ 进展 ⏎ 1 ⏎ 建设食堂 ⏎ 5处 ⏎ 建成4处,另1处年底开放 ⏎ 2 ⏎ …

Each row has as many lines as there are heads, however long they are.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.stacked.tokens import LONGEST_CELL, PROSE
from pipeline.reading.tables.words import frame_words

FEWEST_ROWS = 3
NARROWEST, WIDEST = 3, 12  # cells of a row


def counted_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`), of which a cell is longer than those of figures or a sentence.

    `lines`: as `cutting.cut_lines` gives them.
    """
    held = bare_lines(lines).select("document_id", "text", "start")
    text = pl.col("text")
    opens = text.is_in(frame_words("row_number"))
    held = held.with_columns(grid=opens.cum_sum().over("document_id").cast(pl.Int64)).filter(
        pl.col("grid") > 0
    )
    key = ("document_id", "grid")
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    held = held.with_columns(place=place)
    width = pl.col("place").filter(text == "1").min().over(key)
    held = held.with_columns(width=width).filter(pl.col("width").is_between(NARROWEST, WIDEST))
    held = held.with_columns(row=pl.col("place") // pl.col("width"), column=pl.col("place") % pl.col("width"))
    # as far as each row begins with its number and has all its cells
    begins = text.filter(pl.col("column") == 0).first().over(*key, "row") == pl.col("row").cast(pl.String)
    whole = pl.len().over(*key, "row") == pl.col("width")
    sound = (begins | (pl.col("row") == 0)) & whole
    held = held.with_columns(sound=sound)
    broken = pl.col("row").filter(~pl.col("sound")).min().over(key)
    held = held.filter(broken.is_null() | (pl.col("row") < broken))
    worded = ((text.str.len_chars() > LONGEST_CELL) | text.str.contains(PROSE)) & (pl.col("row") > 0)
    held = held.filter((pl.col("row").max() >= FEWEST_ROWS).over(key), worded.any().over(key))
    grid = pl.struct(*key).rank("dense").cast(pl.Int64)
    return held.select(
        "document_id", grid=grid, shape=pl.lit("cell_lines"), row="row", column="column", start="start",
        text="text", indent=pl.lit(0, pl.Int64),
    ).select(list(RAW_CELLS)).sort("grid", "row", "column")  # fmt: skip
