"""What each column of a table holds: names, figures, units, codes, numbers of rows, or words aside."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words

PHRASED = 0.3  # of the cells of a column that hold words with figures
DATED = r"(?:时间|日期|年月|年份|年度)$"
FOREIGN = r"^[#(]?[A-Za-z]{2}[^\p{Han}]*$"


def column_roles(cells: pl.DataFrame) -> pl.DataFrame:
    """One row a column of a part: part, column, column_role."""
    text, kind = pl.col("text"), pl.col("kind")
    head = (
        cells.filter(pl.col("row_role") == "head")
        .group_by("part", "column", maintain_order=True)
        .agg(head=text.filter(text != "").last().str.replace_all(r"\s", ""))
    )
    told = cells.filter((pl.col("row_role") == "body") & ~kind.is_in(["blank", "mark"]))
    integer = text.str.contains("^[0-9]+$")
    number = pl.when(integer & (text.str.len_chars() <= 6)).then(text).cast(pl.Int64, strict=False)
    size = text.str.len_chars()
    columns = (
        told.sort("part", "row")
        .group_by("part", "column", maintain_order=True)
        .agg(
            n=pl.len(),
            figures=(kind == "figure").sum(),
            phrases=((kind == "text") & text.str.contains(words.phrase())).sum(),
            texts=(kind == "text").sum(),
            dates=((kind == "date") | pl.col("year")).sum(),
            codes=(kind == "code").sum(),
            months=text.str.contains(words.YEAR_MONTH).sum(),
            foreign=(text.str.contains(FOREIGN) & (kind == "text")).sum(),
            units=text.str.contains(words.unit_cell()).sum(),
            integers=integer.all(),
            distinct=text.n_unique() == pl.len(),
            shortest=size.min(),
            longest=size.max(),
            led=text.str.slice(0, 2).n_unique() == 1,
            running=((number.diff() == 1) | (number == 1)).sum() >= 0.9 * pl.len(),
        )
    )
    columns = columns.join(head, on=["part", "column"], how="full", coalesce=True).sort("part", "column")
    columns = columns.with_columns(pl.col("head").fill_null(""), pl.col("n").fill_null(0))
    texty = (pl.col("texts") * 2 > pl.col("n")).fill_null(False)
    named = pl.col("head")
    dated = (pl.col("dates") == pl.col("n")) & (pl.col("n") > 0) & (pl.col("column") == 0)
    next_texty = texty.shift(-1).over("part").fill_null(False)
    first_text = pl.col("column").filter(texty).min().over("part")
    code = (
        named.str.contains(words.ends_in("code"))
        | (pl.col("codes") * 2 > pl.col("n"))
        | (
            pl.col("integers")
            & pl.col("distinct")
            & (pl.col("n") >= 2)
            & (pl.col("shortest") >= 4)
            & (
                (pl.col("column") < first_text)
                | (
                    pl.col("led")
                    & (pl.col("shortest") == pl.col("longest"))
                    & (pl.col("shortest") >= 6)
                    & (pl.col("n") >= 3)
                )
            )
        )
    ).fill_null(False)
    row_number = (
        named.is_in(words.frame_words("row_number"))
        | (
            pl.col("running")
            & pl.col("integers")
            & next_texty
            & (pl.col("n") > 1)
            & ~named.str.contains("数|\\(")
            & (pl.col("column") <= pl.col("column").filter(texty).min().over("part"))
        )
    ).fill_null(False)
    # 计价单位 names units whatever they are
    called = named.is_in(words.frame_words("unit_head")) & texty & (pl.col("column") > first_text)
    unit = (called | (pl.col("units") >= 0.8 * pl.col("n"))) & (pl.col("n") > 0) & (pl.col("figures") == 0)
    unit = unit.fill_null(False)
    # the names in another language beside them
    other = (pl.col("foreign") * 2 > pl.col("n")) & (pl.col("column") > first_text)
    aside = named.str.contains(words.ends_in("aside")) | named.str.contains(words.ends_in("deadline"))
    # 备案时间 over 2020.6
    dates = named.str.contains(DATED) & (pl.col("months") == pl.col("n")) & (pl.col("n") > 0)
    aside = aside | other.fill_null(False) | dates.fill_null(False)
    role = (
        pl.when(row_number)
        .then(pl.lit("row_number"))
        .when(code)
        .then(pl.lit("code"))
        .when(aside)
        .then(pl.lit("aside"))
        .when(unit)
        .then(pl.lit("unit"))
        .when(dated)
        .then(pl.lit("date"))
        .when(pl.col("figures") > 0)
        .then(pl.lit("figure"))
        .when(pl.col("n") > 0)
        .then(pl.lit("text"))
    )
    columns = columns.with_columns(role=role)
    # a column half of words before the first of figures holds names
    mixed = (pl.col("role") == "figure") & texty
    columns = columns.with_columns(role=pl.when(mixed).then(pl.lit("text")).otherwise("role"))
    # what the rows are about leads; behind it words with figures say how much of it
    behind = (pl.col("role") == "text") & (pl.col("column") > first_text)
    worded = (pl.col("phrases") >= PHRASED * pl.col("n")) | pl.col("head").str.contains(words.tasks())
    phrase = behind & worded & (pl.col("phrases") > 0) & (pl.col("head") != "")
    columns = columns.with_columns(role=pl.when(phrase).then(pl.lit("phrase")).otherwise("role"))
    figures = pl.col("role").is_in(["figure", "phrase"])
    first_figure = pl.col("column").filter(figures).min().over("part")
    stub = pl.col("role").is_in(["text", "date"]) & (pl.col("column") < first_figure)
    lone = ~(stub.any().over("part"))
    fallback = (
        (pl.col("role") == "text")
        & lone
        & (pl.col("column") == pl.col("column").filter(pl.col("role") == "text").min().over("part"))
    )
    settled = (
        pl.when(stub | fallback)
        .then(pl.lit("stub"))
        .when(pl.col("role").is_in(["text", "date"]))
        .then(pl.lit("aside"))
        .otherwise(pl.col("role").fill_null("figure"))
    )
    return columns.select("part", "column", column_role=settled, first_figure=first_figure)
