"""Heads that stand over several columns, or close together: over which, told by place and by what repeats."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.placed.found import at_columns
from pipeline.reading.tables.spaced.head_places import by_place
from pipeline.reading.tables.words import unit_cell


def heads_apart(cells: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """Set `opens` at every word of the lines of heads that only so have as many cells as the rows below.

    集中供养 分散供养: heads that fill their columns stand one blank apart.
    """
    single = pl.col("text").str.contains(r"^\p{Han}$") & (pl.int_range(pl.len()).over(key) > 0)
    every = ~single
    rows = cells.group_by(*key, "body").agg(cells=pl.col("opens").sum(), words=every.sum())
    usual = rows.filter("body").group_by("grid").agg(columns=pl.col("cells").mode().max())
    rows = rows.filter(~pl.col("body")).join(usual, on="grid", how="left")
    whole = (pl.col("cells") < pl.col("columns")) & (pl.col("words") == pl.col("columns"))
    # 户数(户) 人数(人) 户数(户): close together, with none over the names
    close = (pl.col("cells") * 2 <= pl.col("words")) & (pl.col("columns") - pl.col("words")).is_between(1, 2)
    apart = rows.filter(whole | close)
    cells = cells.join(apart.select(*key, every=True), on=key, how="left", maintain_order="left")
    opens = pl.when("every").then(every).otherwise("opens")
    return cells.with_columns(opens=opens).drop("every")


def over_several(heads: pl.DataFrame, bounds: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """Heads that are fewer than the columns, each over the first of its columns (`head_places.by_place`).

    `bounds`: grid, column, left, right; `leaves`: the heads that stand over one column each.
    """
    # what stands over the names stays there
    leading = heads.group_by("grid").agg(lead=pl.col("lead").first().fill_null(1).clip(1))
    bounds = bounds.join(leading, on="grid", how="inner")
    edge = bounds.filter(pl.col("column") == pl.col("lead") - 1).select("grid", edge="right")
    heads = heads.join(edge, on="grid", how="inner", maintain_order="left")
    over = pl.col("x") < pl.col("edge")
    names = heads.filter(over & (pl.col("order") < pl.col("lead").fill_null(1).clip(1)))
    names = names.with_columns(column="order")
    others = heads.filter(~over).sort("grid", "row", "order")
    columns = bounds.filter(pl.col("column") >= pl.col("lead")).sort("grid", "column")
    columns = columns.group_by("grid", maintain_order=True).agg("column", "left", "right")
    leaves = _named(leaves)
    lowest = leaves.filter(
        (pl.col("row") == pl.col("row").max().over("grid")) & (pl.col("column") >= _behind_names())
    )
    lowest = lowest.sort("grid", "column").group_by("grid", maintain_order=True).agg(lower="text")
    rows = others.group_by("grid", "row", maintain_order=True).agg(
        "order", "x", "text", end=pl.col("x") + pl.col("width")
    )
    rows = rows.join(columns, on="grid", how="inner").join(lowest, on="grid", how="left")
    placed = []
    for grid, row, order, x, texts, end, at, left, right, lower in rows.iter_rows():
        known = lower if lower and len(lower) == len(at) else []
        spans = list(zip(x, end, strict=True)), list(zip(left, right, strict=True))
        starts = by_place(*spans, known, texts) or []
        placed += [(grid, row, n, at[start]) for n, start in zip(order, starts, strict=False)]
    others = at_columns(others, placed, "grid", "row", "order")
    return pl.concat([names.select(others.columns), others])


def _named(leaves: pl.DataFrame) -> pl.DataFrame:
    """The lower heads without a row of nothing but units below them, which tells nothing apart."""
    unit = pl.col("text").str.strip_chars("()").str.contains(unit_cell())
    units = (unit | (pl.col("column") == 0)).all().over("grid", "row")
    return leaves.filter(~units | units.all().over("grid"))


def by_rounds(tops: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """The upper heads of grids with the `column` of the round of lower heads that each stands over.

    `tops`, `leaves`: grid, row, column, text, tops in order of column and with columns (of the grid) and, if
    known, lead and tail (`levels.framing`) and beyond (the first stands past the names).
    乡镇 农村低保 城市低保 over 户数 人数 户数 人数: as many heads as there are rounds, beside
    those over the names and over the words behind the figures; others are left out, as nothing tells what
    they stand over.
    """
    place = pl.int_range(pl.len(), dtype=pl.Int64).over("grid")
    tops = tops.with_columns(group=place, tops=pl.len().over("grid").cast(pl.Int64))
    for name in {"lead", "tail"} - set(tops.columns):
        tops = tops.with_columns(pl.lit(None, pl.Int64).alias(name))
    starts = _groups(leaves, tops)
    rounds = starts.group_by("grid").agg(rounds=pl.col("groups").first())
    tops = tops.join(rounds, on="grid", how="inner", maintain_order="left")
    extra = pl.col("tops") - pl.col("rounds")
    beyond = pl.col("beyond").first().over("grid") if "beyond" in tops.columns else pl.lit(False)
    # what begins past the names stands over none of them
    lead = pl.when(beyond).then(0).otherwise(pl.col("lead").fill_null(1))
    tail = pl.col("tail").fill_null(0)
    framing = (extra == lead) | ((extra == 1) & ~beyond)
    named = pl.when(extra == lead + tail).then(lead).when(framing).then(extra)
    tops = tops.with_columns(named=pl.when(extra == 0).then(0).otherwise(named).cast(pl.Int64))
    tops = tops.filter(pl.col("named").is_not_null() & (pl.col("rounds") > 1))
    tops = tops.with_columns(place="group", group=pl.col("group") - pl.col("named"))
    tops = tops.join(starts, on=["grid", "group"], how="left", maintain_order="left")
    # what stands behind all rounds is over the last columns
    behind = pl.col("columns") - pl.col("tops") + pl.col("place")
    outer = pl.when(pl.col("group") < 0).then("place").otherwise(behind)
    return tops.with_columns(column=pl.coalesce("starts_at", outer)).drop("place", "named")


def even(rounds: pl.DataFrame) -> pl.DataFrame:
    """The grids of which all upper heads that `by_rounds` gives stand over as many columns: grid."""
    firsts = (
        rounds.filter(pl.col("column") >= _behind_names())
        .group_by("grid")
        .agg(pl.col("column").sort(), end=_end().first())
    )
    ends = pl.concat_list("column", "end")
    steps = ends.list.diff(null_behavior="drop").list.n_unique()
    return firsts.filter(steps <= 1).select("grid")


def over_rounds(tops: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """The upper heads of grids with the `column` that `by_rounds` gives to one row of them; the other rows
    stand where they overlap it (城市特困人员 ⏎ 基本生活标准 over 2022年 2023年), or over the names.

    `tops`: grid, row, order, x, width, names and names_end (where the names begin and end).
    """
    first = pl.col("row").filter(pl.len().over("grid", "row") == pl.len().over("grid", "row").max()).min()
    edge = pl.coalesce("names_end", "names")
    beyond = (pl.col("x").min().over("grid", "row") > edge).fill_null(False)
    tops = tops.with_columns(main=pl.col("row") == first.over("grid"), beyond=beyond)
    rounds = by_rounds(tops.filter("main"), leaves)
    others = tops.filter(~pl.col("main")).with_columns(end=pl.col("x") + pl.col("width"))
    # where nothing comes again, nothing is told of the other rows either
    others = others.join(rounds, on="grid", how="semi", maintain_order="left")
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


def _end() -> pl.Expr:
    """The first column behind those of figures."""
    return pl.col("columns") - pl.col("tail").fill_null(0)


def _behind_names() -> pl.Expr:
    """The first column behind those of names."""
    return pl.col("lead").fill_null(1).clip(1)


def _groups(leaves: pl.DataFrame, tops: pl.DataFrame) -> pl.DataFrame:
    """Where the leaf heads of each grid begin anew (户数 人数 | 户数 人数): grid, group, groups,
    starts_at. `tops`: grid and tops, how many upper heads there are, which decides between several ways.
    """
    found = []
    leaves = _named(leaves)
    lowest = leaves.filter(pl.col("row") == pl.col("row").max().over("grid"))
    lowest = lowest.filter(pl.col("column") >= _behind_names())
    rows = lowest.group_by("grid", maintain_order=True).agg(pl.col("column", "text").sort_by("column"))
    framing = pl.col("lead").fill_null(1) + pl.col("tail").fill_null(0)
    uppers = tops.select("grid", "tops", framing=framing).unique("grid")
    rows = rows.join(uppers, on="grid", how="inner", maintain_order="left")
    for grid, columns, texts, many, outer in rows.iter_rows():
        ways = [starts for together in (True, False) if (starts := _rounds(texts, together))]
        if ways:
            apart = (0, 1, outer)
            starts = next((way for way in ways if many - len(way) in apart), ways[-1])
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
