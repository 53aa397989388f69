"""Which grids hold where rows without borders were read in two ways."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words


def in_place_of(cells: pl.DataFrame, found: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """All grids, those of `cells` in place of others that hold some of their cells, where these have fewer
    figures below heads and beside names together."""
    if cells.is_empty():
        return [*found, cells]
    figure, row = pl.col("text").str.contains(words.figure()), pl.col("row")
    own = cells.group_by("grid").agg(own=figure.sum())
    key = ["document_id", "start"]
    lost = []
    for n, other in enumerate(found):
        own_cells = cells.filter(pl.col("text") != "").select(*key, mine="grid")
        shared = other.filter(pl.col("text") != "").join(own_cells, on=key).select("grid", "mine").unique()
        year = pl.col("text").str.contains(words.YEAR)
        # a grid whose first row holds figures has no heads, one whose rows begin with nothing no names
        bare = (figure & ~year).filter(row == row.min()).any()
        name = pl.col("text").str.contains(r"\p{Han}") & (pl.col("column") <= pl.col("column").min() + 1)
        named = row.filter(name).n_unique() * 2 > row.filter(figure).n_unique()
        size = figure.sum() - pl.when(bare | ~named).then(figure.sum() // 10 + 1).otherwise(0)
        sizes = other.join(shared, on="grid", how="semi").group_by("grid").agg(size=size)
        lost.append(shared.join(sizes, on="grid").with_columns(finder=pl.lit(n)))
    taken = pl.concat(lost)
    sizes = taken.group_by(grid="mine").agg(others=pl.col("size").sum())
    weak = own.join(sizes, on="grid").filter(pl.col("own") <= pl.col("others"))
    cells = cells.join(weak, on="grid", how="anti", maintain_order="left")
    taken = taken.join(weak, left_on="mine", right_on="grid", how="anti")
    kept = (
        other.join(taken.filter(pl.col("finder") == n), on="grid", how="anti", maintain_order="left")
        for n, other in enumerate(found)
    )
    return [*kept, cells]
