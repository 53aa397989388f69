"""Rows of words that one blank divides: which words are cells, and names that were broken over two lines.

序号 机构名称 所在乡镇 性质 床位 电话
1 县福利中心 城关镇 公办 260 74512026
2 县高山镇失能人员
集中照护中心 高山镇 公办 120 74661208
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import frame_words, total

A_WORD_A_CELL = 0.6  # of the rows that have a word a cell
KEY = ("grid", "row")


def _words(cells: pl.DataFrame) -> pl.DataFrame:
    """A row a line of `cells` (grid, row, body, figure): grid, row, body, words, heads (the words of the line
    above the first figures), figures, numbered (it begins with a figure)."""
    first = pl.col("row").filter("body").min().over("grid")
    lines = cells.with_columns(first=first).group_by(*KEY, "body", "first", maintain_order=True)
    rows = lines.agg(
        opening=pl.col("text").slice(0, 2).str.join(""), words=pl.len(),
        figures=pl.col("figure").sum(), numbered=pl.col("figure").first(),
        end=(pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)).last(),
    )  # fmt: skip
    heads = pl.col("words").filter(pl.col("row") == pl.col("first") - 1).first()
    return rows.with_columns(heads=heads.over("grid").fill_null(0)).drop("first")


def without_wraps(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, start, text, gap, figure, body), lines that break a name in two joined to the row
    that they begin; adds wrapped (the word goes on with the one before it).

    Both lines together have as many words as there are heads, with the broken one counted twice.
    """
    rows = _words(cells)
    behind = rows.select(
        "grid",
        row=pl.col("row") - 1,
        rest="words",
        whole="body",
        bare=~pl.col("numbered"),
        next=pl.col("row"),
    )
    rows = rows.join(behind, on=KEY, how="left", maintain_order="left")
    # nothing but its number stands before the name; a line without one may as well be a heading
    opens = ~pl.col("body") & pl.col("numbered") & (pl.col("figures") == 1) & pl.col("whole")
    sound = opens & pl.col("bare") & (pl.col("words") + pl.col("rest") == pl.col("heads") + 1)
    joined = rows.filter(sound.fill_null(False)).select(*KEY, "next", broken="end")
    if joined.is_empty():
        return cells.with_columns(wrapped=False)
    cells = cells.join(joined.select(*KEY, "next"), on=KEY, how="left", maintain_order="left")
    ends = joined.select("grid", row="next", broken="broken")
    cells = cells.join(ends, on=KEY, how="left", maintain_order="left")
    first = pl.int_range(pl.len()).over(KEY) == 0
    wrapped = first & pl.col("broken").is_not_null()
    return cells.with_columns(
        wrapped=wrapped,
        gap=pl.when(wrapped).then((pl.col("start") - pl.col("broken")).cast(pl.Int64)).otherwise("gap"),
        body=pl.col("body") | pl.col("next").is_not_null(),
        row=pl.coalesce("next", "row"),
    ).drop("next", "broken")


def names_whole(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (words in order), the heads over the names of rows that stand in two lines as the one above:
    序 镇 over 号 名 are 序号 and 镇名.
    """
    single = pl.col("text").str.contains(r"^\p{Han}$") & ~pl.col("body")
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(KEY)
    leading = (~single).cum_sum().over(KEY) == 0
    firsts = cells.with_columns(place=place).filter(leading)
    if firsts.is_empty():
        return cells
    lower = firsts.select("grid", pl.col("row") - 1, "place", rest="text", below="start")
    both = firsts.select(*KEY, "place", "text", "start").join(lower, on=[*KEY, "place"], how="inner")
    whole = pl.concat_str("text", "rest")
    numbered = (whole.is_in(frame_words("row_number")) & (pl.col("place") == 0)).any().over(KEY)
    both = both.with_columns(whole=whole).filter(numbered).sort(*KEY, "place")
    if both.is_empty():
        return cells
    cells = (
        cells.join(
            both.select("grid", below=pl.lit(True), start="below"),
            on=["grid", "start"],
            how="left",
            maintain_order="left",
        )
        .filter(pl.col("below").is_null())
        .drop("below")
    )
    named = both.select("grid", "start", "whole")
    cells = cells.join(named, on=["grid", "start"], how="left", maintain_order="left")
    return cells.with_columns(text=pl.coalesce("whole", "text")).drop("whole")


def a_word_a_cell(cells: pl.DataFrame) -> pl.DataFrame:
    """Set `opens` at every word of the rows with as many cells as there are heads, where most rows have."""
    words = cells.filter(~pl.col("wrapped"))
    opened = cells.group_by(KEY).agg(opened=pl.col("opens").sum())
    rows = _words(words).filter("body").join(opened, on=KEY, how="left")
    # 合 计 is one name
    summed = pl.col("opening").str.contains(total())
    whole = (pl.col("words") == pl.col("heads")) & ~summed
    # a row of which the first name stands further up begins with its number
    led = (whole & ~pl.col("numbered")).any() & ~(whole & pl.col("numbered")).any()
    inner = led.over("grid") & pl.col("numbered") & (pl.col("words") + 1 == pl.col("heads"))
    alike = whole | inner
    rows = rows.filter(
        (alike.mean() > A_WORD_A_CELL).over("grid") & alike & (pl.col("opened") < pl.col("heads"))
    )
    cells = cells.join(rows.select(*KEY, _each=True), on=KEY, how="left", maintain_order="left")
    each = pl.col("_each").fill_null(False) & ~pl.col("wrapped")
    return cells.with_columns(opens=pl.col("opens") | each).drop("_each")


def heads_whole(cells: pl.DataFrame) -> pl.DataFrame:
    """Set `opens` at every word of lines of heads that only so have as many cells as the rows below:
    县区 镇 乡 村委会, where 镇 乡 might be one word set wide."""
    counts = cells.group_by(*KEY, "body").agg(cells=pl.col("opens").sum(), words=pl.len())
    usual = counts.filter("body").group_by("grid").agg(columns=pl.col("cells").mode().max())
    rows = counts.filter(~pl.col("body")).join(usual, on="grid", how="inner")
    rows = rows.filter((pl.col("cells") < pl.col("columns")) & (pl.col("words") == pl.col("columns")))
    cells = cells.join(rows.select(*KEY, _each=True), on=KEY, how="left", maintain_order="left")
    return cells.with_columns(opens=pl.col("opens") | pl.col("_each").fill_null(False)).drop("_each")
