"""Heads of several lines whose cells blanks set apart, where blanks tell no places: by their words.

Here too: how many columns of words frame the figures, and heads of remarks over columns that are
mostly blank.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import names_rows
from pipeline.reading.tables.heads.sums import Figures, summed
from pipeline.reading.tables.heads.trees import place_heads
from pipeline.reading.tables.placed.found import at_columns
from pipeline.reading.tables.values import value
from pipeline.reading.tables.words import ends_in


def without_asides(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` without the head of remarks behind all others and what stands below it, where most rows have
    none and end with a figure: 乡镇 户数 备注 ⏎ 东镇 12 ⏎ 西镇 9 含农场."""
    key = ("grid", "row")
    place, last = pl.int_range(pl.len()).over(key), pl.len().over(key) - 1
    ends = (place == last) & (last > 0)
    body, figure = pl.col("body"), pl.col("figure")
    aside = ends & ~body & pl.col("text").str.contains(ends_in("aside"))
    figures = figure.filter(ends & body).mean().over("grid") > 1 / 2
    remarked = aside.any().over("grid") & figures.fill_null(False)
    behind = ends & body & ~figure & figure.shift(1).over(key).fill_null(False)
    return cells.filter(~(remarked & (aside | behind)))


def framing(cells: pl.DataFrame) -> pl.DataFrame:
    """grid, lead and tail: how many columns of words (and numbers of rows before them) stand before the
    figures of the usual rows, and behind them."""
    full = cells.filter((pl.col("count") == pl.col("columns")) & pl.col("body"))
    size = pl.col("text").str.len_chars()
    # numbers of divisions behind their names are no figures
    code = pl.col("text").str.contains(r"^[1-9][0-9]{5,11}$").all() & (pl.len() > 2)
    code = code & (pl.col("text").str.slice(0, 2).n_unique() == 1) & (size.n_unique() == 1)
    columns = full.group_by("grid", "order", "columns").agg(figures=(pl.col("figure").mean() > 1 / 2) & ~code)
    columns = columns.sort("grid", "order")
    n, word = pl.col("order"), ~pl.col("figures")
    first = pl.coalesce(n.filter(pl.col("figures") & (n > n.filter(word).min())).min(), n.max() + 1)
    last = pl.coalesce(n.filter("figures").max(), n.max())
    found = columns.group_by("grid").agg(lead=first, tail=pl.col("columns").first() - 1 - last)
    return found.with_columns(pl.col("lead", "tail").cast(pl.Int64))


def shifted(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` with the heads of grids set over columns by their words (see `on_levels`) of which a lower line
    begins at the edge, where the names of the rows stand: blanks tell no places there."""
    first = pl.col("row").filter("body").min().over("grid")
    above = ~pl.col("body") & (pl.col("row") < first)
    top = pl.col("row").filter(above).min().over("grid")
    edge = pl.col("names").is_not_null() & (pl.col("x") <= pl.col("names"))
    begun = above & (pl.col("row") > top) & (pl.col("count") < pl.col("columns")) & (pl.col("order") == 0)
    at_edge = (begun & edge).any().over("grid").fill_null(False)
    loose = cells.filter(at_edge)
    if loose.is_empty():
        return cells
    return pl.concat([cells.filter(~at_edge), on_levels(loose, first)])


def on_levels(cells: pl.DataFrame, first: pl.Expr) -> pl.DataFrame:
    """`cells` with the heads of several lines, of which none has all columns below it or more than one stands
    above one that has, set over the columns that their words tell; `fits` is set for them.

    乡镇 低保 特困 ⏎ 户数 其中: 人数 ⏎ 一类 二类 ⏎ 东镇 12 3 4 31
    """
    heads = cells.filter(~pl.col("body") & (pl.col("row") < first))
    lines = heads.sort("grid", "row", "order").group_by("grid", "row", maintain_order=True).agg(
        "text", "start", "leaf", pl.col("columns", "lead", "tail").first(),
    )  # fmt: skip
    placed: list[tuple[int, int, int]] = []
    several = lines.filter(pl.len().over("grid") > 1)
    figures = bodies(cells.filter("body", "fits").join(several, on="grid", how="semi"))
    for (grid,), rows in lines.group_by("grid", maintain_order=True):
        if rows.height < 2:
            continue
        columns, lead, tail = rows.select("columns", "lead", "tail").row(0)
        texts, starts = rows["text"].to_list(), rows["start"].to_list()
        # what stands above the line that names the rows is no head
        opening = next((n for n, line in enumerate(texts) if names_rows(line[0])), 0)
        texts, starts = texts[opening:], starts[opening:]
        whole = rows["leaf"].list.all().to_list()[-1] and len(texts) == 2
        if whole or len(texts) < 2:
            continue
        set_over = words_over(texts, columns, lead, tail)
        set_over = set_over or words_over(texts, columns, lead, tail, figures.get(grid, ()))
        placed += [(grid, starts[level][n], column) for level, n, column in set_over]
    schema = {"grid": pl.Int64, "start": pl.Int64, "told": pl.Int64}
    told = pl.DataFrame(placed, schema=schema, orient="row")
    cells = cells.join(told, on=["grid", "start"], how="left", maintain_order="left")
    fits = pl.col("fits") | pl.col("told").is_not_null()
    return cells.with_columns(column=pl.coalesce("told", "column"), fits=fits).drop("told")


def by_words(tops: pl.DataFrame, leaves: pl.DataFrame, body: pl.DataFrame | None = None) -> pl.DataFrame:
    """The upper heads of grids (grid, order, text, columns, lead, tail) with the `column` that words tell
    beside the one line of lower heads; none where more than one way makes sense. Of what is told with a
    `body` (grid, row, column, text) sums of its figures are the proof, and none are told without it.

    县区 低保标准 护理标准 孤儿养育标准 over 城市 农村 全护理 半护理 集中养育 社会散居
    """
    lower = leaves.sort("column").group_by("grid", maintain_order=True).agg(lower="text")
    firsts = pl.col("columns", "lead", "tail").first()
    lines = tops.sort("grid", "order").group_by("grid", maintain_order=True).agg("text", "order", firsts)
    lines = lines.join(lower, on="grid", maintain_order="left")
    known = {} if body is None else bodies(body.join(lines, on="grid", how="semi"))
    placed: list[tuple[int, int, int]] = []
    for grid, texts, orders, columns, lead, tail, leaf in lines.iter_rows():
        figures = known.get(grid, ())
        if body is not None and not figures:
            continue
        set_over = words_over([texts, leaf], columns, lead, tail, figures)
        placed += [(grid, orders[n], column) for level, n, column in set_over if level == 0]
    return at_columns(tops, placed, "grid", "order")


def bodies(body: pl.DataFrame) -> dict[int, Figures]:
    """The figures of each column, by grid."""
    body = body.with_columns(value=value()).sort("grid", "row", "column")
    wide = pl.col("column").max().over("grid")
    rows = body.with_columns(wide=wide).group_by("grid", "row", maintain_order=True).agg(
        "column", "value", pl.col("wide").first()
    )  # fmt: skip
    found: dict[int, list[list[float | None]]] = {}
    for grid, _, columns, values, last in rows.iter_rows():
        line = dict(zip(columns, values, strict=True))
        into = found.setdefault(grid, [[] for _ in range(last + 1)])
        for column, held in enumerate(into):
            held.append(line.get(column))
    return {grid: columns for grid, columns in found.items()}


def words_over(
    lines: list[list[str]], columns: int, lead: int | None, tail: int | None, figures: Figures = ()
) -> list[tuple[int, int, int]]:
    """Where words set the heads of lines, the first of which begins with those over the names: line, place in
    it, column; none where no names stand there, or more than one way makes sense. Where `figures` (of each
    column) are known, none that no sum of theirs bears out."""
    top, tail = lines[0], tail or 0
    if not lead or len(top) <= lead or not names_rows(top[0]):
        return []
    last = len(top) - (tail if len(top) > lead + tail else 0)
    width = columns - lead - tail
    # 9月末 9月末 above 户数 人数: of lines that have a head for each column the last tells
    above = next((n for n, line in enumerate(lines) if n and len(line) == width), len(lines))
    each = lines[above:] if all(len(line) == width for line in lines[above:]) else []
    if len(each) > 1:
        leaves = ["".join(texts) for texts in zip(*each, strict=True)]
        told = words_over([*lines[:above], leaves], columns, lead, tail, figures)
        under = [(above + n, at, lead + at) for n in range(len(each)) for at in range(width)]
        return [place for place in told if place[0] < above] + under if told else []
    levels = [top[lead:last], *lines[1:]]
    own = figures[lead : lead + width]
    found = place_heads(levels, width, (), own)
    if found is None or found.unsure:
        return []
    trees = [[column for column in level if column is not None] for level in found.heads]
    if own and not summed(levels, trees, width, own):
        return []
    over_names = [(0, n, n) for n in range(lead)]
    return over_names + [
        (level, n if level else lead + n, lead + column)
        for level, places in enumerate(found.heads)
        for n, column in enumerate(places)
        if column is not None
    ]
