"""The columns of lines whose cells blanks set apart: by where they stand, or by their order."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.placed.by_change import by_change
from pipeline.reading.tables.placed.totals import sums
from pipeline.reading.tables.spaced.broken_heads import brackets_apart
from pipeline.reading.tables.spaced.by_values import by_values
from pipeline.reading.tables.spaced.head_rests import with_rests
from pipeline.reading.tables.spaced.levels import by_words, framing, on_levels, shifted, without_asides
from pipeline.reading.tables.spaced.outer_names import outer_names, with_outer_names
from pipeline.reading.tables.spaced.row_kinds import by_kinds, in_halves, most_cells
from pipeline.reading.tables.spaced.spanning import by_rounds, even, heads_apart, over_rounds, over_several
from pipeline.reading.tables.spaced.told_heads import told_by_words
from pipeline.reading.tables.spaced.wrapped import a_word_a_cell, heads_whole, names_whole, without_wraps
from pipeline.reading.tables.words import (
    COUNTED,
    HEADING,
    ends_in,
    frame_words,
    name_alone,
    total,
    unit_cell,
)
from pipeline.vocabulary import pattern

FOREIGN_HEAD = r"^[A-Za-z][A-Za-z .,'’()&/-]+$"
FOREIGN_NAME = r"^[^\p{Han}]*[a-z]{2}[^\p{Han}]*$"
FOREIGN = r"^[A-Za-z(][A-Za-z0-9.,'’()&/%:-]*$"


def by_place(cells: pl.DataFrame) -> pl.DataFrame:
    """Words less than two blanks apart are one cell; cells under one another are a column."""
    key = ("grid", "row")
    cells = brackets_apart(without_asides(cells))
    figure = pl.col("figure")
    unit = pl.col("text").str.contains(unit_cell()) & figure.shift(-1).fill_null(False) & pl.col("body")
    # 序号 地区: two heads, each over names of its own
    number = pl.col("text").is_in(frame_words("row_number")).shift(1).over(key)
    stub = ~pl.col("body") & number & pl.col("text").str.contains(ends_in("stub"))
    opens = (pl.col("wide") >= 2) | figure | figure.shift(1).fill_null(False) | unit | stub.fill_null(False)
    cells = heads_apart(cells.with_columns(opens=opens), key)
    cells = cells.with_columns(cell=pl.col("opens").cum_sum().over(key))
    cells = _joined(cells, key)
    cells, outer = outer_names(_without_foreign(cells))
    # the usual row tells the columns; what has as many cells stands in their order
    count = pl.len().over(key)
    cells = cells.with_columns(
        count=count.cast(pl.Int64), order=pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    )
    cells = cells.join(_columns(cells), on="grid", how="inner", maintain_order="left")
    full = cells.filter((pl.col("count") == pl.col("columns")) & pl.col("body"))
    bounds = full.group_by("grid", "order").agg(
        left=pl.col("x").median(), right=(pl.col("x") + pl.col("width")).median()
    )
    # in order: of two columns that are as near the left one is taken
    bounds = bounds.rename({"order": "column"}).sort("grid", "column")
    # a row of heads without one over the names, or over these and their numbers
    edge = bounds.group_by("grid").agg(names=pl.col("left").min())
    edge = edge.join(_leading(cells, bounds), on="grid", how="left")
    cells = cells.join(edge, on="grid", how="left", maintain_order="left")
    missing = pl.col("columns") - pl.col("count")
    beyond = pl.col("x").min().over(key) > pl.when(missing == 1).then("names").otherwise("last_name")
    framed = (missing == pl.col("lead")) | (missing == pl.col("lead") + pl.col("tail"))
    leaf = ~pl.col("body") & ((missing == 1) | framed) & beyond
    moved = pl.when(missing == 1).then(1).otherwise("lead")
    column = pl.when(missing == 0).then("order").when(leaf).then(pl.col("order") + moved)
    # 合计 without the number of a row: its figures are as many as the columns behind the names
    summed = pl.col("text").first().over(key).str.contains(total()) & pl.col("body")
    summed &= (missing > 0) & (missing == pl.col("lead") - 1) & pl.col("figure").last().over(key)
    placed = pl.when(summed).then(pl.col("order") + missing).otherwise(column)
    cells = shifted(cells.with_columns(column=placed, leaf=leaf, fits=placed.is_not_null()))
    # a row of totals without all figures stands below what it sums up, wherever blanks have moved it
    summed = pl.col("text").first().over(key).str.contains(total()) & pl.col("body")
    short = cells.filter(summed & (pl.col("count") < pl.col("columns"))).with_columns(column="order")
    full = cells.filter(pl.col("body") & (pl.col("count") == pl.col("columns")))
    totals = sums(short, full)
    cells = cells.join(totals, on=key, how="anti", maintain_order="left")
    regular = cells.filter(pl.col("column").is_not_null())
    others = cells.filter(pl.col("column").is_null())
    leaves = regular.filter(~pl.col("body"))
    # what stands below a whole row of heads goes on with the nearest
    whole = leaves.group_by("grid").agg(whole=pl.col("row").min())
    others = others.join(whole, on="grid", how="left", maintain_order="left").drop("column")
    below = pl.col("body") | (pl.col("row") > pl.col("whole")).fill_null(False)
    others = others.with_columns(below=below).drop("whole")
    tops = others.filter(~pl.col("below"))
    heads = over_several(tops, bounds, leaves)
    # 人数 金额 人数 金额: what comes again tells more than places that blanks may have moved
    rounds = over_rounds(tops, leaves)
    heads = heads.join(rounds, on="grid", how="anti", maintain_order="left")
    # and what sums prove, or words alone tell where places leave it open, more than both
    told = told_by_words(tops, leaves, regular.filter("body"), bounds, rounds)
    heads, rounds = (
        each.join(told, on="grid", how="anti", maintain_order="left") for each in (heads, rounds)
    )
    near = others.filter("below")
    halves = in_halves(near, full)
    near = near.join(halves, on=key, how="anti", maintain_order="left")
    near = near.join(bounds, on="grid", how="inner", maintain_order="left")
    end = pl.col("x") + pl.col("width")
    middle = ((pl.col("x") + end) / 2 - (pl.col("left") + pl.col("right")) / 2).abs()
    far = pl.min_horizontal((pl.col("x") - pl.col("left")).abs(), (end - pl.col("right")).abs(), middle)
    near = near.with_columns(far=far).sort("grid", "row", "order", "far", maintain_order=True)
    near = near.unique(["grid", "row", "order"], keep="first", maintain_order=True)
    # two cells in one place tell that the places mean nothing
    near = near.filter(pl.len().over("grid", "row", "column") == 1)
    names = ("document_id", "grid", "row", "column", "start", "text", "indent")
    whole = pl.concat(each.select(names) for each in (regular, near, halves, heads, rounds, told, totals))
    return with_outer_names(whole, cells, outer)


def _leading(cells: pl.DataFrame, bounds: pl.DataFrame) -> pl.DataFrame:
    """grid, lead and tail (see `levels.framing`), last_name and names_end (where the last column of names
    begins and ends)."""
    last = bounds.select("grid", pl.col("column") + 1, last_name="left", names_end="right")
    return framing(cells).join(last, left_on=["grid", "lead"], right_on=["grid", "column"])


def _columns(cells: pl.DataFrame) -> pl.DataFrame:
    """grid, columns: as many as the cells of its usual row, or as its heads where some rows are as long."""
    usual = cells.filter("body").group_by("grid").agg(columns=pl.col("count").mode().max())
    long = cells.filter("body").select("grid", "count").unique()
    first = pl.col("row").filter("body").min().over("grid")
    heads = cells.filter(~pl.col("body") & (pl.col("row") < first)).select("grid", "count").unique()
    full = heads.join(long, on=["grid", "count"]).group_by("grid").agg(full=pl.col("count").max())
    usual = usual.join(full, on="grid", how="left", maintain_order="left")
    usual = usual.join(most_cells(cells), on="grid", how="left", maintain_order="left")
    return usual.select("grid", columns=pl.max_horizontal("columns", "full", "most"))


def _without_foreign(cells: pl.DataFrame) -> pl.DataFrame:
    """Heads and names in another language left out: 地区 Region 城市低保, 床位 Beds (10 000 units)."""
    text = pl.col("text")
    head = text.str.contains(FOREIGN_HEAD) & ~pl.col("body")
    named = text.shift(1).over("grid", "row").str.contains(r"\p{Han}").fill_null(False)
    name = text.str.contains(FOREIGN_NAME) & named & pl.col("body")
    return cells.filter(~(head | name))


def _joined(cells: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """The words of one cell as one text, blanks between them kept in number."""
    lead = pl.when(pl.col("start") > pl.col("start").min().over(*key, "cell")).then("gap").otherwise(0)
    piece = pl.concat_str(pl.lit(" ").repeat_by(lead).list.join(""), "text")
    return (
        cells.with_columns(piece=piece)
        .group_by("document_id", *key, "cell", maintain_order=True)
        .agg(
            pl.col("start", "x", "indent", "body", "usual").first(),
            width=(pl.col("x").last() + pl.col("width").last() - pl.col("x").first()),
            text=pl.col("piece").str.join(""),
            figure=pl.col("figure").last(),
        )
    )


def _names_apart(cells: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """Set `opens` at the second word of names, where the heads are one more than names and figures are; adds
    `inner` (the rows that have the second name only).

    类别 对象 月标准 年标准 ⏎ 低保 城镇居民 790 9480 ⏎ 农村居民 610 7320
    """
    figure, body = pl.col("figure"), pl.col("body")
    # the number of a row stands before its names
    number = (pl.int_range(pl.len()).over(key) == 0) & figure & ~figure.shift(-1).fill_null(True)
    leading = ((figure & ~number).cum_sum().over(key) == 0) & body & ~number
    counts = {"cells": pl.col("opens").sum(), "names": leading.sum()}
    rows = cells.group_by(*key, "body", maintain_order=True).agg(**counts)
    heads = rows.filter(~pl.col("body")).group_by("grid").agg(heads=pl.col("cells").last())
    usual = (
        rows.filter("body")
        .group_by("grid")
        .agg(columns=pl.col("cells").mode().max(), most=pl.col("names").max(), fewest=pl.col("names").min())
    )
    grids = heads.join(usual, on="grid").filter(
        (pl.col("heads") == pl.col("columns") + 1) & (pl.col("most") == 2) & (pl.col("fewest") == 1)
    )
    rows = rows.filter("body").join(grids, on="grid", how="semi").select(*key, "names")
    cells = cells.join(rows, on=key, how="left", maintain_order="left")
    second = leading & (leading.cast(pl.Int64).cum_sum().over(key) == 2) & (pl.col("names") == 2)
    return cells.with_columns(
        opens=pl.col("opens") | second.fill_null(False), inner=(pl.col("names") == 1).fill_null(False)
    ).drop("names")


def by_order(cells: pl.DataFrame) -> pl.DataFrame:
    """The words before the first figure are one cell, each figure is one; heads stand over the last columns.

    A line of two halves (name, figures, name, figures) has a name between its figures.
    """
    key = ("grid", "row")
    figure, body = pl.col("figure"), pl.col("body")
    cells = without_asides(cells)
    foreign = pl.col("text").str.contains(FOREIGN) & pl.col("text").str.contains("[A-Za-z]{2}")
    cells = names_whole(without_wraps(cells.filter(body | ~foreign)))
    # in a line of heads every word is a cell
    unit = pl.col("text").str.contains(unit_cell()) & figure.shift(-1).fill_null(False)
    opens = pl.when(body).then(figure | figure.shift(1).fill_null(True) | unit).otherwise(~pl.col("even"))
    single = pl.col("text").str.contains(r"^\p{Han}$")
    spread = single & (pl.col("wide") == 1) & single.shift(1).fill_null(False)
    # 户 人 万元 户 人 万元: units below the heads
    units = pl.col("text").str.contains(unit_cell()).mean().over(key) > 1 / 2
    spread = spread & ~units
    opens = (opens & ~(spread & ~unit & ~figure) & ~pl.col("wrapped")) | (
        pl.col("even") & (pl.col("wide") > 1)
    )
    first = pl.int_range(pl.len()).over(key) == 0
    cells = heads_whole(a_word_a_cell(cells.with_columns(opens=opens | first)))
    cells = _names_apart(cells, key)
    cells = cells.with_columns(cell=pl.col("opens").cum_sum().over(key))
    second = cells.filter("inner").select(key).unique().with_columns(inner=pl.lit(True))
    cells = _joined(cells, key).join(second, on=key, how="left", maintain_order="left")
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    cells = cells.with_columns(order=place, count=pl.len().over(key).cast(pl.Int64))
    cells = with_rests(cells.join(_columns(cells), on="grid", how="inner", maintain_order="left"))
    cells = cells.join(framing(cells), on="grid", how="left", maintain_order="left")
    # 2 康颐养老院 below 绥安镇 1 福利中心
    numbered = pl.col("body") & pl.col("figure").first().over(key)
    whole = pl.col("body") & (pl.col("count") == pl.col("columns"))
    led = (whole & ~numbered).any().over("grid") & ~(whole & numbered).any().over("grid")
    short = led & numbered & (pl.col("count") == pl.col("columns") - 1)
    cells = by_kinds(cells.with_columns(inner=pl.col("inner").fill_null(False) | short))
    heading = (
        (pl.col("count") == 1)
        & ~pl.col("body")
        & pl.col("text").str.contains(rf"{HEADING}|{COUNTED}|{name_alone()}")
    )
    # 合计 with fewer figures than there are columns
    summed = pl.col("text").first().over(key).str.contains(total()) & (pl.col("count") < pl.col("columns"))
    cells = cells.with_columns(sums=summed & pl.col("body"))
    fits = (pl.col("count") == pl.col("columns")) | heading
    # heads before the first figures, without one over the names
    first = pl.col("row").filter("body").min().over("grid")
    # a line above a whole row of heads names the table
    whole = ~pl.col("body") & (pl.col("row") < first) & (pl.col("count") == pl.col("columns"))
    lowest = (pl.col("row") > pl.col("row").filter(whole).max().over("grid")).fill_null(True)
    missing = pl.col("columns") - pl.col("count")
    frame = (missing == 1) | (missing == pl.col("lead")) | (missing == pl.col("lead") + pl.col("tail"))
    # 序号 地区 城市 农村 has as many as the line below it
    opening = pl.col("text").first().over(key)
    stub = rf"{ends_in('stub')}|{pattern('stub_alone')}"
    named = opening.is_in(frame_words("row_number")) | opening.str.contains(stub)
    several = (missing > 0) & ~named & ((missing == 1) | (pl.col("count") > 1))
    leaf = ~pl.col("body") & (pl.col("row") < first) & (frame & several).fill_null(False) & lowest
    # a row of which a name is missing, by what it has or by what was read of its names
    set_by = pl.col("told").is_not_null()
    inner = pl.col("inner") & (missing == 1) & ~set_by
    moved = pl.when(missing == 1).then(1).otherwise("lead")
    apart = pl.when((leaf & ~heading) | inner).then(moved).otherwise(0).cast(pl.Int64)
    column = pl.coalesce("told", pl.col("order") + apart)
    cells = cells.with_columns(column=column, fits=fits | leaf | inner | set_by, leaf=leaf).drop("told")
    cells = on_levels(cells, first)
    # units may stand below the heads
    cells = cells.with_columns(
        upper=pl.col("row").filter((leaf | whole) & ~heading & ~pl.col("sums")).min().over("grid"),
        # 当月新增 553, below rows that have what was before too
        lone=~body & (pl.col("row") > first) & figure.last().over(key),
    )
    tops = cells.filter(~pl.col("fits") & (pl.col("row") == pl.col("upper") - 1))
    names = ("document_id", *key, "column", "start", "text", "indent")
    held = cells.filter("fits")
    leaves = held.filter(~pl.col("body") & (pl.col("row") == pl.col("upper")))
    # what sums prove holds before what comes again
    proved = by_words(tops, leaves, held.filter("body")).select(names)
    rounds = by_rounds(tops.join(proved, on="grid", how="anti"), leaves)
    told = by_words(
        tops.join(pl.concat([proved.select("grid"), even(rounds)]), on="grid", how="anti"), leaves
    )
    placed = pl.concat(
        each.select(names) for each in (proved, rounds.join(told, on="grid", how="anti"), told)
    )
    # 人数 标准 人数 标准 below heads of which nothing says what they stand over
    lost = tops.filter(pl.len().over("grid") > 1).join(placed, on="grid", how="anti")
    twice = leaves.filter(pl.len().over("grid", "text") > 1).join(lost, on="grid", how="semi")
    unsure = (
        held.filter(~pl.col("body") & ~heading).join(twice, on="grid", how="semi").select("grid", "start")
    )
    held = held.join(unsure, on=["grid", "start"], how="anti")
    # what has blank cells, by what the columns hold
    open_ = cells.filter(~pl.col("fits") & (pl.col("count") < pl.col("columns"))).with_columns(column="order")
    full = held.filter("body")
    set_by_heads = by_change(open_.filter((body | pl.col("lone")) & ~pl.col("sums")), leaves)
    open_ = open_.join(set_by_heads, on=key, how="anti", maintain_order="left")
    set_by_values = by_values(open_.filter(pl.col("body") & ~pl.col("sums")), full.filter(~pl.col("sums")))
    totals = sums(open_.filter("sums"), pl.concat([full, set_by_values.select(full.columns)]))
    return pl.concat(each.select(names) for each in (held, placed, set_by_heads, set_by_values, totals))
