"""What the other figures of its table say of one whose own heads leave it open: sums, growth, differences."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.said import NONE, PLAIN


def sums(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of 合计 beside those of town and country are of the same: 城市低保 农村低保 合计."""
    above = (pl.col("caption_has") == PLAIN).fill_null(False)
    bare = (pl.col("row_has") == NONE) & (pl.col("column_has") == NONE) & pl.col("column_sums") & ~above
    told = rows.filter((pl.col("column_has") == PLAIN) & (pl.col("measure") != "ratio"))
    told = told.group_by("part").agg(
        pl.col("subject", "subject_word", "head").first().name.prefix("beside_"),
        kinds=pl.col("subject").n_unique(),
        homes=pl.col("column_residence").drop_nulls().n_unique(),
    )
    told = told.filter((pl.col("kinds") == 1) & (pl.col("homes") == 2)).drop("homes")
    rows = rows.join(told, on="part", how="left", maintain_order="left")
    taken = bare.fill_null(False) & pl.col("beside_subject").is_not_null()
    return rows.with_columns(
        pl.when(taken).then(f"beside_{name}").otherwise(name).alias(name)
        for name in ("subject", "subject_word", "head")
    ).drop("kinds", "^beside_.*$")


def shares(rows: pl.DataFrame) -> pl.DataFrame:
    """By how many per cent something grew says of it what the other figures of its row do: 增减(%)."""
    grown = (pl.col("measure") == "ratio") & (pl.col("change") == "delta") & (pl.col("column_has") == NONE)
    path = ["part", "row"]
    plain = rows.filter((pl.col("measure") != "ratio") & (pl.col("column_has") == NONE))
    plain = plain.group_by(path).agg(
        pl.col("subject", "subject_word", "head").first().name.prefix("row_own_"),
        kinds=pl.col("subject").n_unique(),
    )
    rows = rows.join(plain.filter(pl.col("kinds") == 1), on=path, how="left", maintain_order="left")
    taken = grown & pl.col("row_own_subject").is_not_null()
    return rows.with_columns(
        pl.when(taken).then(f"row_own_{name}").otherwise(name).alias(name)
        for name in ("subject", "subject_word", "head")
    ).drop("kinds", "^row_own_.*$")


def differences(rows: pl.DataFrame) -> pl.DataFrame:
    """A difference in money measures what the other sums of its row do: 提高额(元) beside 原标准(元/月)."""
    money = pl.col("unit").str.starts_with("元").fill_null(False)
    plain = (
        rows.filter(money & (pl.col("change") != "delta"))
        .group_by("part", "row")
        .agg(
            own_measure=pl.col("measure").first(),
            own_unit=pl.col("unit").first(),
            kinds=pl.col("measure").n_unique(),
        )
    )
    plain = plain.filter(pl.col("kinds") == 1).drop("kinds")
    rows = rows.join(plain, on=["part", "row"], how="left", maintain_order="left")
    taken = money & (pl.col("change") == "delta") & pl.col("own_measure").is_not_null()
    return rows.with_columns(
        measure=pl.when(taken).then("own_measure").otherwise("measure"),
        unit=pl.when(taken).then("own_unit").otherwise("unit"),
    ).drop("own_measure", "own_unit")
