"""Forms whose rows hold labels and their figures by turns, set as tables of one column of figures each.

预算(万元) | 320 | 支出(万元) | 298        预算(万元) |  | 320        支出(万元) |  | 298
省级 | 200 | 省级 | 190                                省级 | 200                 省级 | 190
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.words import unit

FEWEST = 2  # labels of a row
APART = 1 << 60  # more than grids are numbered
SHAPES = ("bars", "tabs")
KEY = ("grid", "row")


def with_labels_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, text, shape and others) with the rows of such forms as grids of their
    own: one for each label of a first row, all of whose labels state a unit, and of the rows below that
    have as many or a blank in their place."""
    held = pl.col("kind") != "blank"
    label = (pl.col("kind") == "text") & (pl.col("column") % 2 == 0)
    figure = pl.col("kind").is_in(["figure", "mark"]) & (pl.col("column") % 2 == 1)
    stated = pl.col("text").str.replace_all(r"\s", "").str.contains(rf"\({unit()}\)$")
    rows = cells.filter(pl.col("shape").is_in(SHAPES) & held).group_by(KEY).agg(
        turns=(label | figure).all(),
        labels=label.sum(),
        figures=figure.sum(),
        wide=pl.col("column").max() + 1,
        states=stated.filter(label).all(),
        # 其中: under each label, without figures
        same=(pl.col("kind") == "text").all() & (pl.col("text").n_unique() == 1) & (pl.len() >= FEWEST),
    ).sort(KEY)  # fmt: skip
    whole = pl.col("turns") & (pl.col("labels") >= FEWEST) & (pl.col("figures") > 0)
    opens = whole & pl.col("states") & (pl.col("figures") == pl.col("labels"))
    rows = rows.with_columns(whole=whole, block=pl.when(opens).then("row"))
    if not rows["block"].is_not_null().any():
        return cells
    # the rows below, up to the first that is none of them
    below = rows.with_columns(
        run=((~pl.col("whole") & ~pl.col("same")) | pl.col("block").is_not_null()).cum_sum().over("grid"),
    )
    first = pl.col("block").first().over("grid", "run")
    most = pl.col("labels").first().over("grid", "run")
    below = below.filter(first.is_not_null() & (pl.col("labels") == most) & ~pl.col("same"))
    below = below.select(*KEY, block=pl.col("block").first().over("grid", "run"))
    told = cells.join(below, on=KEY, how="left", maintain_order="left")
    inside = pl.col("block").is_not_null() & held
    pair = pl.col("column") // 2
    moved = told.filter(inside).with_columns(
        grid=APART + pl.struct("grid", "block", pair.alias("pair")).rank("dense").cast(pl.Int64),
        # what stands below a label is a name of the second column
        column=pl.when(pl.col("column") % 2 == 1)
        .then(2)
        .otherwise((pl.col("row") > pl.col("block")).cast(pl.Int64)),
    )
    rest = told.filter(pl.col("block").is_null())
    return pl.concat([rest, moved]).drop("block").sort("grid", "row", "column")
