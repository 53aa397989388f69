"""Figures that look like years and count what their row names: 护理补贴人数(人) | 2038."""

from __future__ import annotations

import polars as pl

from pipeline.vocabulary import pattern

ROW = ["grid", "row"]


def counted_no_years(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells, where `year` is false of numbers in a row below the first of its grid whose first words say
    that it counts something; but numbers that go up by one from cell to cell are years (人数 | 2021 | 2022).

    `cells`: as `grids.tell_kinds` leaves them, in order.
    """
    with_years = cells.filter("year").select(ROW).unique()
    if with_years.is_empty():
        return cells
    kind, text = pl.col("kind"), pl.col("text")
    number = text.filter(pl.col("year")).cast(pl.Int64, strict=False)
    rows = (
        cells.join(with_years, on=ROW, how="semi", maintain_order="left")
        .group_by(ROW, maintain_order=True)
        .agg(
            names=text.filter(kind == "text").first(),
            single=number.len() == 1,
            steps=(number.diff().drop_nulls().abs() == 1).all(),
        )
    )
    top = cells.group_by("grid").agg(top=pl.col("row").filter(kind != "blank").min())
    names = pl.col("names").str.replace_all(r"\s", "")
    rows = rows.join(top, on="grid", how="left").filter(
        (pl.col("row") > pl.col("top"))
        & names.str.contains(pattern("counted_row"))
        & (pl.col("single") | ~pl.col("steps"))
    )
    counted = rows.select(*ROW, counts=pl.lit(True))
    cells = cells.join(counted, on=ROW, how="left", maintain_order="left")
    return cells.with_columns(year=pl.col("year") & pl.col("counts").is_null()).drop("counts")
