"""The unit of a result that nothing but the aim beside it states: 保障0.62万人 | 6131, 改造420户 | 283."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.tables.money import names_money
from pipeline.extraction.tables.stated import stated_unit, suggested_unit
from pipeline.reading.tables import words
from pipeline.reading.tables.find import Tables
from pipeline.vocabulary import pattern

MOST = 3  # times the aim that a result is


def aimed_units(tables: Tables) -> pl.DataFrame:
    """part, row, column, aimed: of figures below a head of results that states no unit that of the one
    figure which the aim of their row holds. A result as large as the number of the aim is of its scale:
    1.2万人 | 0.9.
    """
    heads = tables.columns.select("part", "column", over=pl.col("heads").list.last().struct.field("text"))
    texts = heads["over"].drop_nulls().unique()
    aims = texts.filter(
        texts.str.contains(pattern("head_of_aims")) & ~texts.str.contains(pattern("head_of_done"))
    )
    done = [
        text
        for text in texts.filter(texts.str.contains(pattern("head_of_done"))).to_list()
        if not (names_money(text) or stated_unit(text) or suggested_unit(text, False))
    ]
    body = tables.cells.filter(pl.col("row_role") == "body").join(heads, on=["part", "column"])
    said = body.filter(pl.col("over").is_in(aims.to_list()), pl.col("kind").is_in(["text", "figure"]))
    phrase = words.phrase()
    said = said.filter(pl.col("text").str.count_matches(phrase) == 1).unique(["part", "row"], keep="none")
    number = rf"({words.NUMBER})\s?[余多]?({words.SCALE}?)"
    told = pl.col("text").str.extract(f"({phrase})")
    said = said.select(
        "part",
        "row",
        aim=told.str.extract(number, 1).cast(pl.Float64, strict=False),
        scale=told.str.extract(number, 2),
        unit=told.str.replace(number, ""),
    )
    if said.is_empty() or not done:
        return pl.DataFrame(
            schema={"part": pl.Int64, "row": pl.Int64, "column": pl.Int64, "aimed": pl.String}
        )
    figures = body.filter(pl.col("over").is_in(done), pl.col("kind") == "figure").join(
        said, on=["part", "row"]
    )
    value = pl.col("text").str.extract(rf"^({words.NUMBER})$").cast(pl.Float64, strict=False)
    scale = pl.when(value <= pl.col("aim") * MOST).then("scale").otherwise(pl.lit(""))
    figures = figures.with_columns(aimed=pl.concat_str(scale, "unit")).filter(value.is_not_null())
    return figures.select("part", "row", "column", "aimed")
