"""Rows whose figures one blank divides below a line of years, where a blank cell leaves two more.

项目 2017年 2018年 2019年
养老机构 117 123 202
光荣院 24 24␣␣                nothing in 2019
特困供养机构␣␣␣80 268          nothing in 2017
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import YEAR

FIGURE = r"[-−]?[0-9][0-9.,]*[%年]?"
ROW = rf"^(.*?[^0-9.,\s%-])((?:(?:  )* {FIGURE})+(?:  )*)$"
FEWEST_CELLS, FEWEST_LINES = 3, 4
WHOLE = 0.4  # of the rows that have a figure in each column


def with_figures_apart(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (document_id, text …), those of such tables with tabs before figures and blank cells."""
    tail = pl.col("text").str.extract(ROW, 2)
    lost = tail.str.contains(r"\S   |  $|^   ")
    if not lines.select(lost.any()).item():
        return lines
    figures = tail.str.count_matches(FIGURE).cast(pl.Int64)
    blanks = tail.str.count_matches(" ", literal=True).cast(pl.Int64)
    year = f"{YEAR.removesuffix('$')}年?$"
    years = tail.str.extract_all(r"\S+").list.eval(pl.element().str.contains(year)).list.all()
    told = lines.with_columns(tail=tail, n=(figures + blanks) // 2, whole=figures == blanks, years=years)
    row = pl.col("n").is_not_null()
    near = pl.col("document_id") == pl.col("document_id").shift(1)
    run = ~near | pl.col("years").fill_null(False) | (row != row.shift(1))
    told = told.with_columns(run=run.fill_null(True).cum_sum())
    first = pl.col("n").first()
    sound = pl.col("years").first() & (first >= FEWEST_CELLS) & (pl.len() >= FEWEST_LINES)
    sound &= (pl.col("n") == first).all() & (pl.col("whole").mean() >= WHOLE) & ~pl.col("whole").all()
    told = told.with_columns(sound=sound.over("run").fill_null(False))
    name = pl.col("text").str.extract(ROW, 1)
    apart = pl.col("tail").str.replace_all("  ", "\t ", literal=True).str.replace_all(r" ([-−0-9])", "\t${1}")
    text = pl.when("sound").then(pl.concat_str(name, apart)).otherwise("text")
    return told.with_columns(text=text).select(lines.columns)
