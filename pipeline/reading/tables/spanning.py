"""Heads that stand over several columns, or close together: over which, told by place and by what repeats."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.grouping import by_place, stacked


def heads_apart(cells: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """Set `opens` at every word of the lines of heads that only so have as many cells as the rows below.

    集中供养 分散供养: heads that fill their columns stand one blank apart.
    """
    single = pl.col("text").str.contains(r"^\p{Han}$") & (pl.int_range(pl.len()).over(key) > 0)
    every = ~single
    rows = cells.group_by(*key, "body").agg(cells=pl.col("opens").sum(), words=every.sum())
    usual = rows.filter("body").group_by("grid").agg(columns=pl.col("cells").mode().max())
    rows = rows.filter(~pl.col("body")).join(usual, on="grid", how="left")
    apart = rows.filter((pl.col("cells") < pl.col("columns")) & (pl.col("words") == pl.col("columns")))
    cells = cells.join(apart.select(*key, every=True), on=key, how="left", maintain_order="left")
    opens = pl.when("every").then(every).otherwise("opens")
    return cells.with_columns(opens=opens).drop("every")


def over_several(heads: pl.DataFrame, bounds: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """Heads that are fewer than the columns, each over the first of its columns (`grouping.by_place`).

    `bounds`: grid, column, left, right; `leaves`: the heads that stand over one column each.
    """
    # what stands over the names stays there
    edge = bounds.filter(pl.col("column") == 0).select("grid", edge="right")
    heads = heads.join(edge, on="grid", how="inner", maintain_order="left")
    over = pl.col("x") < pl.col("edge")
    names = heads.filter(over).unique(["grid", "row"], keep="first", maintain_order=True)
    names = names.with_columns(column=pl.lit(0, pl.Int64))
    others = heads.filter(~over).sort("grid", "row", "order")
    columns = bounds.filter(pl.col("column") > 0).sort("grid", "column")
    columns = columns.group_by("grid", maintain_order=True).agg("column", "left", "right")
    lowest = leaves.filter((pl.col("row") == pl.col("row").max().over("grid")) & (pl.col("column") > 0))
    lowest = lowest.sort("grid", "column").group_by("grid", maintain_order=True).agg(lower="text")
    rows = others.group_by("grid", "row", maintain_order=True).agg(
        "order", "x", end=pl.col("x") + pl.col("width")
    )
    rows = rows.join(columns, on="grid", how="inner").join(lowest, on="grid", how="left")
    placed = []
    for grid, row, order, x, end, at, left, right, lower in rows.iter_rows():
        known = lower if lower and len(lower) == len(at) else []
        spans = list(zip(x, end, strict=True)), list(zip(left, right, strict=True))
        starts = by_place(*spans, known) or []
        placed += [(grid, row, n, at[start]) for n, start in zip(order, starts, strict=False)]
    schema = {"grid": pl.Int64, "row": pl.Int64, "order": pl.Int64, "column": pl.Int64}
    places = pl.DataFrame(placed, schema=schema, orient="row")
    others = others.join(places, on=["grid", "row", "order"], how="inner", maintain_order="left")
    return pl.concat([names.select(others.columns), others])


def by_rounds(tops: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """The upper heads of grids with the `column` of the round of lower heads that each stands over.

    `tops`, `leaves`: grid, row, column, text, tops in order of column. 乡镇 农村低保 城市低保 over 户数 人数
    户数 人数: as many heads as there are rounds, or one more where the first stands over the names; others
    are left out, as nothing tells what they stand over.
    """
    place = pl.int_range(pl.len(), dtype=pl.Int64).over("grid")
    tops = tops.with_columns(group=place, tops=pl.len().over("grid").cast(pl.Int64))
    starts = _groups(leaves, tops)
    rounds = starts.group_by("grid").agg(rounds=pl.col("groups").first())
    tops = tops.join(rounds, on="grid", how="inner", maintain_order="left")
    named = (pl.col("tops") == pl.col("rounds") + 1).cast(pl.Int64)
    tops = tops.filter((pl.col("tops") - named == pl.col("rounds")) & (pl.col("rounds") > 1))
    tops = tops.with_columns(group=pl.col("group") - named)
    tops = tops.join(starts, on=["grid", "group"], how="left", maintain_order="left")
    return tops.with_columns(column=pl.col("starts_at").fill_null(0))


def over_rounds(tops: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """The upper heads of grids with the `column` that `by_rounds` gives to one row of them; the other rows
    stand where they overlap it (城市特困人员 ⏎ 基本生活标准 over 2022年 2023年), or over the names.

    `tops`: grid, row, order, x, width, names and names_end (where the names begin and end).
    """
    first = pl.col("row").filter(pl.len().over("grid", "row") == pl.len().over("grid", "row").max()).min()
    tops = tops.with_columns(main=pl.col("row") == first.over("grid"))
    rounds = by_rounds(tops.filter("main"), leaves)
    others = tops.filter(~pl.col("main")).with_columns(end=pl.col("x") + pl.col("width"))
    if others.is_empty() or rounds.is_empty():
        return rounds
    # 序号 地区 stand over the names
    over_names = pl.col("x") < pl.coalesce("names_end", "names").fill_null(0)
    named = others.filter(over_names).with_columns(column=pl.col("order"))
    above = rounds.select("grid", "column", top=pl.col("x") + pl.col("width") / 2)
    beside = others.filter(~over_names).join(above, on="grid", how="inner")
    beside = beside.with_columns(far=((pl.col("x") + pl.col("end")) / 2 - pl.col("top")).abs())
    beside = beside.sort("grid", "row", "order", "far").unique(["grid", "row", "order"], keep="first")
    lone = beside.filter(pl.len().over("grid", "row", "column") == 1)
    names = [name for name in lone.columns if name in rounds.columns]
    return pl.concat(each.select(names) for each in (rounds, named, lone))


def spread_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with roles, upper heads that lost their width set over the rounds of the heads below them.

    登记机关 | 结婚 | 离婚 ⏎ | 本月 | 累计 | 本月 | 累计: where the upper row ends before the lower does and
    its heads stand side by side, a merged cell was written once. Where the rounds don't tell, they name
    the table only.
    """
    cells = _without_blanks(cells)
    heads = cells.filter((pl.col("row_role") == "head") & (pl.col("kind") != "blank"))
    rows = heads.group_by("part", "row").agg(
        first=pl.col("column").min(), last=pl.col("column").max(), n=pl.len().cast(pl.Int64)
    )
    ends = cells.group_by("part", "row").agg(end=pl.col("column").max())
    rows = rows.join(ends, on=["part", "row"], how="left")
    rows = rows.sort("part", "row").with_columns(
        below=pl.col("row").shift(-1).over("part"),
        wide=pl.col("last").shift(-1).over("part"),
        many=pl.col("n").shift(-1).over("part"),
    )
    packed = (pl.col("n") == pl.col("last") - pl.col("first") + 1) & (pl.col("first") < 2) & (pl.col("n") > 1)
    rows = rows.filter(packed & (pl.col("end") < pl.col("wide")) & (pl.col("n") < pl.col("many")))
    if rows.is_empty():
        return cells
    top = heads.join(rows.select("part", "row"), on=["part", "row"], how="semi", maintain_order="left")
    low = heads.join(rows.select("part", row="below"), on=["part", "row"], how="semi", maintain_order="left")
    low = low.drop("grid").rename({"part": "grid"}).filter(pl.col("column") > 0)
    placed = by_rounds(top.drop("grid").rename({"part": "grid"}).sort("grid", "column"), low)
    moved = placed.select(part="grid", row="row", start="start", moved="column")
    cells = cells.join(moved, on=["part", "row", "start"], how="left", maintain_order="left")
    known = placed.select(part="grid", row="row").unique().with_columns(spread=pl.lit(True))
    cells = cells.join(known, on=["part", "row"], how="left", maintain_order="left")
    spread = pl.col("spread").fill_null(False)
    cells = cells.filter(~(spread & pl.col("moved").is_null()))
    # of the others nothing tells what they stand over
    lost = rows.select("part", "row").join(known, on=["part", "row"], how="anti").with_columns(lost=True)
    cells = cells.join(lost, on=["part", "row"], how="left", maintain_order="left")
    cells = cells.with_columns(
        pl.when(pl.col("lost").fill_null(False) & (pl.col("column") > 0) & (pl.col("kind") != "blank"))
        .then(pl.lit("title"))
        .otherwise("row_role")
        .alias("row_role")
    ).drop("lost")
    return cells.with_columns(pl.coalesce("moved", "column").alias("column")).drop("moved", "spread")


def _without_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """Two rows of heads that were written without the blanks of merged cells, over the columns that they
    stand over (`grouping.stacked`).

    地区 | 户数 | 类别(人) | 金额 ⏎ 老年人 | 成年人: the second row begins at the edge, and both together are
    more than the columns.
    """
    heads = cells.filter((pl.col("row_role") == "head") & (pl.col("kind") != "blank")).sort(
        "part", "row", "column"
    )
    rows = heads.group_by("part", "row", maintain_order=True).agg(
        "text",
        "start",
        packed=(pl.col("column").max() == pl.len() - 1) & (pl.col("column").min() == 0),
        n=pl.len().cast(pl.Int64),
        names=pl.col("first_figure").first(),
    )
    width = cells.filter(pl.col("row_role") == "body").group_by("part").agg(width=pl.col("column").max() + 1)
    fewer = pl.col("n").max().over("part") < pl.col("width")
    more = pl.col("n").sum().over("part") > pl.col("width")
    two = (pl.len().over("part") == 2) & pl.col("packed").all().over("part")
    rows = rows.join(width, on="part").filter(two & fewer & more)
    placed: list[tuple[int, int, int]] = []
    lost: list[int] = []
    pairs = rows.group_by("part", maintain_order=True).agg("text", "start", pl.col("width", "names").first())
    for part, texts, starts, wide, names in pairs.iter_rows():
        top, low = len(texts[0]), len(texts[1])
        found = stacked([*texts[0][names or 0 :], *texts[1]], top + low - wide, top - (names or 0))
        if names is None or found is None:
            lost.append(part)
            continue
        column, below = names, 0
        placed += [(part, starts[0][n], n) for n in range(names)]
        for n, size in enumerate(found[1], names):
            placed.append((part, starts[0][n], column))
            if size > 1:
                placed += [(part, starts[1][below + m], column + m) for m in range(size)]
                below += size
            column += size
    schema = {"part": pl.Int64, "start": pl.Int64, "moved": pl.Int64}
    moved = pl.DataFrame(placed, schema=schema, orient="row")
    cells = cells.join(moved, on=["part", "start"], how="left", maintain_order="left")
    cells = cells.with_columns(column=pl.coalesce("moved", "column"))
    # what each column holds goes with the body
    roles = (
        cells.filter(pl.col("row_role") == "body")
        .unique(["part", "column"])
        .select("part", "column", kept="column_role")
    )
    cells = cells.join(roles, on=["part", "column"], how="left", maintain_order="left")
    placed_head = pl.col("moved").is_not_null()
    return cells.with_columns(
        column_role=pl.when(placed_head).then(pl.coalesce("kept", "column_role")).otherwise("column_role")
    ).drop("moved", "kept")


def _groups(leaves: pl.DataFrame, tops: pl.DataFrame) -> pl.DataFrame:
    """Where the leaf heads of each grid begin anew (户数 人数 | 户数 人数): grid, group, groups,
    starts_at. `tops`: grid and tops, how many upper heads there are, which decides between several ways.
    """
    found = []
    lowest = leaves.filter(pl.col("row") == pl.col("row").max().over("grid")).filter(pl.col("column") > 0)
    rows = lowest.group_by("grid", maintain_order=True).agg(pl.col("column", "text").sort_by("column"))
    rows = rows.join(tops.select("grid", "tops").unique("grid"), on="grid", how="left")
    for grid, columns, texts, many in rows.iter_rows():
        ways = [starts for together in (True, False) if (starts := _rounds(texts, together))]
        if ways:
            starts = next((way for way in ways if many in (len(way), len(way) + 1)), ways[-1])
            found += [(grid, group, len(starts), columns[at]) for group, at in enumerate(starts)]
    schema = {"grid": pl.Int64, "group": pl.Int64, "groups": pl.Int64, "starts_at": pl.Int64}
    return pl.DataFrame(found, schema=schema, orient="row")


def _rounds(texts: list[str], together: bool) -> list[int]:
    """Where rounds of heads begin; empty where they are none. Words that no round before held stand together
    (户数 人数 | 户数 人数 | 人次 资金) or each for itself."""
    rounds: list[list[str]] = []
    starts: list[int] = []
    for at, text in enumerate(texts):
        new = len(rounds) > 1 and text not in rounds[0] and not (together and rounds[0][0] not in rounds[-1])
        if not rounds or text in rounds[-1] or new:
            rounds, starts = [*rounds, []], [*starts, at]
        rounds[-1].append(text)
    # a round may leave words out (人数 金额), or hold no others than new ones
    longest = max(len(words) for words in rounds)
    whole = next(set(words) for words in rounds if len(words) == longest)
    sound = all(whole.issuperset(words) or whole.isdisjoint(words) for words in rounds)
    return starts if sound else []
