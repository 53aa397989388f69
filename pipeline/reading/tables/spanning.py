"""Heads of a spaced table over several columns: over which, told by place and by what repeats below."""

from __future__ import annotations

import polars as pl


def over_several(heads: pl.DataFrame, bounds: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """Heads that are fewer than the columns: each column is under the nearest, each head over its first.

    `leaves`: the heads that stand over one column each.
    """
    middle = pl.col("x") + pl.col("width") / 2
    pairs = heads.join(bounds, on="grid", how="inner", maintain_order="left")
    # what stands over the names stays there
    over_names = pl.col("x") < pl.col("right").filter(pl.col("column") == 0).first().over("grid")
    pairs = pairs.with_columns(over=over_names, far=(middle - (pl.col("left") + pl.col("right")) / 2).abs())
    pairs = pairs.filter(pl.col("over") == (pl.col("column") == 0))
    nearest = pairs.sort("grid", "row", "column", "far", maintain_order=True).unique(
        ["grid", "row", "column"], keep="first", maintain_order=True
    )
    nearest = nearest.sort("grid", "row", "order", "column").unique(
        ["grid", "row", "order"], keep="first", maintain_order=True
    )
    starts = _groups(leaves)
    if starts.is_empty():
        return nearest
    # over leaves that repeat themselves each head stands over one round of them
    group = pl.int_range(pl.len(), dtype=pl.Int64).over("grid", "row")
    tops = nearest.filter(~pl.col("over")).with_columns(
        group=group, tops=pl.len().over("grid", "row").cast(pl.Int64)
    )
    tops = tops.join(starts, on=["grid", "group"], how="left", maintain_order="left")
    fits = (pl.col("tops") == pl.col("groups")) & pl.col("starts_at").is_not_null()
    tops = tops.with_columns(column=pl.when(fits).then("starts_at").otherwise("column"))
    return pl.concat([nearest.filter("over"), tops.select(nearest.columns)])


def by_rounds(tops: pl.DataFrame, leaves: pl.DataFrame) -> pl.DataFrame:
    """The upper heads of grids with the `column` of the round of lower heads that each stands over.

    `tops`, `leaves`: grid, row, column, text, tops in order of column. 乡镇 农村低保 城市低保 over 户数 人数
    户数 人数: as many heads as there are rounds, or one more where the first stands over the names; others
    are left out, as nothing tells what they stand over.
    """
    starts = _groups(leaves)
    place = pl.int_range(pl.len(), dtype=pl.Int64).over("grid")
    tops = tops.with_columns(group=place, tops=pl.len().over("grid").cast(pl.Int64))
    rounds = starts.group_by("grid").agg(rounds=pl.col("groups").first())
    tops = tops.join(rounds, on="grid", how="inner", maintain_order="left")
    named = (pl.col("tops") == pl.col("rounds") + 1).cast(pl.Int64)
    tops = tops.filter((pl.col("tops") - named == pl.col("rounds")) & (pl.col("rounds") > 1))
    tops = tops.with_columns(group=pl.col("group") - named)
    tops = tops.join(starts, on=["grid", "group"], how="left", maintain_order="left")
    return tops.with_columns(column=pl.col("starts_at").fill_null(0))


def _groups(leaves: pl.DataFrame) -> pl.DataFrame:
    """Where the leaf heads of each grid begin anew (户数 人数 | 户数 人数): grid, group, groups,
    starts_at.
    """
    found = []
    lowest = leaves.filter(pl.col("row") == pl.col("row").max().over("grid")).filter(pl.col("column") > 0)
    for (grid,), row in lowest.partition_by("grid", as_dict=True, maintain_order=True).items():
        starts: list[int] = []
        seen: set[str] = set()
        for column, text in row.sort("column").select("column", "text").iter_rows():
            if text in seen or not starts:
                starts, seen = [*starts, column], set()
            seen.add(text)
        found += [(grid, group, len(starts), column) for group, column in enumerate(starts)]
    schema = {"grid": pl.Int64, "group": pl.Int64, "groups": pl.Int64, "starts_at": pl.Int64}
    return pl.DataFrame(found, schema=schema, orient="row")
