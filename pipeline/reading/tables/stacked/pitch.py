"""Grids copied cell by cell whose rows nothing but their length tells: words stand behind figures.

    序号 ⏎ 指标 ⏎ 目标 ⏎ 实际 ⏎ 结果 ⏎ 1 ⏎ 床位 ⏎ 50 ⏎ 52 ⏎ 完成 ⏎ 2 ⏎ 机构 ⏎ 8 ⏎ 7 ⏎ 未完成

What comes again so many lines further down is of the same kind, word or figure: that many cells are a row.
Where blank lines stand for blank cells they count.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import head_places, names_rows

LONGEST_ROW = 40  # cells
FEWEST_ROWS = 3
ALIKE, WORDS_ALIKE = 0.95, 0.9  # of the cells one row apart; of those of words
ROW_ALIKE = 0.8  # of the cells of a row with those of its columns
PAIRS_AT_ONCE = 1_000_000  # of cells so far apart that are compared
CELLS = {"row": pl.Int64(), "column": pl.Int64()}


def pitched(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids: document_id, run, row (of heads from 998 on, of the body from 1000), column,
    start, text.

    `tokens`: document_id, run, start, text, kind (F, Y or T) and blanks (blank lines before it that may be
    cells), in order.
    """
    tokens = tokens.with_columns(
        order=pl.int_range(pl.len(), dtype=pl.Int64).over("run"),
        place=(pl.col("blanks") + 1).cum_sum().over("run") - 1,
    )
    first = pl.col("order").filter(pl.col("kind") == "F").min().over("run")
    tokens = tokens.with_columns(first=first, word=pl.col("kind") == "T").drop_nulls("first")
    found = [_set_out(tokens.with_columns(at=at)) for at in ("place", "order")]
    both = pl.concat([found[0], found[1].join(found[0], on="run", how="anti")])
    return both.select("document_id", "run", "row", "column", "start", "text")


def _set_out(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of the runs whose rows repeat by `at`, under heads that tell where these begin."""
    body = tokens.filter(pl.col("order") >= pl.col("first")).select("run", "at", "word")
    widths = _widths(body)
    tokens = tokens.join(widths, on="run", how="inner", maintain_order="left")
    cells = []
    for run in tokens.partition_by("run", maintain_order=True):
        begins = _begins(run)
        if begins is not None:
            cells.append(_cells(run, *begins))
    schema = {**tokens.schema, **CELLS}
    return pl.concat(cells) if cells else pl.DataFrame(schema=schema)


def _widths(body: pl.DataFrame) -> pl.DataFrame:
    """run, width: the shortest distance at which what stands in a run is alike."""
    if body.is_empty():
        return body.select("run", width=pl.lit(0, pl.Int64))
    other = body.select("run", later_at="at", later="word")
    found, at_once = [], max(1, PAIRS_AT_ONCE // body.height)
    for least in range(2, LONGEST_ROW + 1, at_once):
        widths = range(least, min(least + at_once, LONGEST_ROW + 1))
        pairs = body.join(pl.DataFrame({"width": widths}), how="cross")
        pairs = pairs.with_columns(later_at=pl.col("at") + pl.col("width"))
        pairs = pairs.join(other, on=["run", "later_at"], how="inner")
        same = pairs.group_by("run", "width").agg(
            n=pl.len(),
            alike=(pl.col("word") == pl.col("later")).mean(),
            worded=pl.col("later").filter("word").mean(),
        )
        enough = pl.col("n") >= pl.col("width") * (FEWEST_ROWS - 1) // 2
        sound = (pl.col("alike") >= ALIKE) & (pl.col("worded") >= WORDS_ALIKE) & enough
        found.append(same.filter(sound).select("run", "width"))
    return pl.concat(found).group_by("run").agg(pl.col("width").min())


def _begins(run: pl.DataFrame) -> tuple[int, int, dict[int, tuple[int, int]]] | None:
    """Where (`at`) the first row begins, how many cells a row has, and the places of the heads by `order`;
    None where the heads do not tell."""
    width, first = int(run["width"][0]), int(run["first"][0])
    ats, words, texts = run["at"].to_list(), run["word"].to_list(), run["text"].to_list()
    by_place = dict(zip(ats, range(len(ats)), strict=True))
    opening = ats[first]
    numbered = texts[first] == "1" and texts[by_place.get(opening + width, first)] == "2"
    # the words before the first figures of the second row may be of its beginning, or of the first one's end
    most = 0
    while most < min(first, width - 1) and not numbered:
        below = by_place.get(opening + width - most - 1)
        if below is not None and not words[below]:
            break
        most += 1
    held = {(at - opening) % width for at in ats[first:]}
    for lead in range(most, -1, -1):
        start = first - lead
        anchored = any(names_rows(text) for text in texts[:start])
        names = lead + (1 + _led(words, first + 1) if numbered else 0)
        # a last column without anything may have no head either
        blank = 0
        while (width - lead - 1 - blank) % width not in held and blank < width - 2:
            blank += 1
        for cells in dict.fromkeys((width, width - blank)):
            places = head_places(texts[:start], names, cells - names) if anchored and cells > names else {}
            # heads that end where the rows begin
            if places and max(places) == start - 1:
                return ats[start], width, places
    return None


def _led(words: list[bool], start: int) -> int:
    count = 0
    while start + count < len(words) and words[start + count]:
        count += 1
    return count


def _cells(run: pl.DataFrame, start: int, width: int, heads: dict[int, tuple[int, int]]) -> pl.DataFrame:
    """The cells of a run; rows that are not like the others are left out."""
    past = pl.col("at") - start
    body = run.filter(past >= 0).with_columns(row=past // width, column=past % width)
    mostly = (pl.col("word").mean() > 1 / 2).over("column")
    body = body.filter((pl.col("word") == mostly).mean().over("row") >= ROW_ALIKE)
    body = body.with_columns(row=pl.col("row") + 1000)
    places = [(order, row, column) for order, (row, column) in heads.items()]
    placed = pl.DataFrame(places, schema={"order": pl.Int64, **CELLS}, orient="row")
    above = run.join(placed, on="order", how="inner", maintain_order="left")
    return pl.concat([above.select(body.columns), body])
