"""Grids copied with one blank between all cells: as many words a line as there are heads.

    序号 机构名称 性质 核定床位数(张) 联系人
    1 某镇敬老院 公办 98 李某

Only remarks behind all others may be missing.

Lines whose figures stand at their end are for `spaces`.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.cutting import with_gaps
from pipeline.reading.tables import words
from pipeline.reading.tables.placed.totals import sums
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.vocabulary import pattern

PROSE = r"[|\t。;!?]|[,、:]$"
TAIL = r"^[\p{Han}()、“”]{1,14}$"  # of a name that was broken over two lines
PAGE = r"^第 ?[0-9]+ ?页"
FEWEST_CELLS, FEWEST_ROWS = 4, 2
LONGEST = 160  # characters of a line
ALIKE = 0.9  # of the cells of a column that are figures, or are none


def even_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them, without borders."""
    bare = pl.col("text").str.strip_chars()
    page = bare.str.contains(rf"{PAGE}|{pattern('table_page_line')}")
    held = lines.filter((bare != "") & ~page)
    held = _unbroken(held.with_columns(n=bare.str.count_matches(r"\S+").cast(pl.Int64)))
    prose = pl.col("text").str.contains(PROSE) | (pl.col("text").str.len_chars() > LONGEST)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    held = held.with_columns(remarked=_below_remarks(bare, other))
    like = (pl.col("n") == pl.col("n").shift(1)) | (pl.col("remarked") & pl.col("remarked").shift(1))
    apart = prose | prose.shift(1) | other | ~like
    held = held.with_columns(prose=prose, grid=apart.fill_null(True).cum_sum().cast(pl.Int64))
    # a row of totals below has fewer cells
    last = pl.col("grid").shift(1)
    total = bare.str.contains(rf"^(?:{words.either(words.frame_words('total'))})(?: +[0-9.]+)+$") & ~other
    held = held.with_columns(
        total=total.fill_null(False), grid=pl.when(total.fill_null(False)).then(last).otherwise("grid")
    )
    rows = (~pl.col("total")).sum().over("grid")
    held = held.filter(~pl.col("prose") & (pl.col("n").first().over("grid") >= FEWEST_CELLS))
    held = held.filter(rows > FEWEST_ROWS)
    if held.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    return _sound(_cells(held))


def _unbroken(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines without heads that come again on another page, and without the rest of a name below its
    row; adds tail (that rest): 3 困难老人适老化 户 560 541 ⏎ 改造 ⏎ 4 新建 …"""
    bare = pl.col("text").str.strip_chars()
    heads = (pl.col("n") >= FEWEST_CELLS) & ~bare.str.contains("[0-9]")
    again = heads & ~bare.is_first_distinct().over("document_id")
    number = bare.str.extract(r"^([0-9]{1,3}) ").cast(pl.Int64, strict=False)
    lines = lines.filter(~again.fill_null(False)).with_columns(number=number, tail=pl.lit(""))
    alone = (pl.col("n") == 1) & bare.str.contains(TAIL) & pl.col("number").is_null()
    near = pl.col("document_id") == pl.col("document_id").shift(1)
    before, behind = pl.col("number").shift(1), pl.col("number").shift(-1)
    # what stands between two numbered rows of as many words
    rest = alone & near & (behind == before + 1) & (pl.col("n").shift(1) == pl.col("n").shift(-1))
    lines = lines.with_columns(rest=rest.fill_null(False))
    # (独居、高龄老年人) is a remark
    goes_on = pl.col("rest").shift(-1) & ~bare.shift(-1).str.starts_with("(")
    tail = pl.when(goes_on).then(bare.shift(-1)).fill_null("")
    return lines.with_columns(tail=tail).filter(~pl.col("rest")).drop("number", "rest")


def _below_remarks(bare: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether a line is one of heads of which the last is of remarks (备注), or stands below such a
    line and has as many words or one less."""
    aside = bare.str.contains(rf"\s\S*{words.ends_in('aside')}") & ~bare.str.contains("[0-9]")
    run = (aside | other.fill_null(True)).cum_sum()
    heads = pl.when(aside).then("n").first().over(run)
    fits = (pl.col("n") <= heads) & (pl.col("n") >= heads - 1)
    return fits.fill_null(False)


def _cells(lines: pl.DataFrame) -> pl.DataFrame:
    """Every word a cell, in order: those of the heads are row 0."""
    lines = lines.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64).over("grid"))
    pieces = lines.select(
        "document_id",
        "grid",
        "row",
        "total",
        "tail",
        at="start",
        text=with_gaps(pl.col("text"), r"\s+"),
    ).explode("text", empty_as_null=False)
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    pieces = pieces.with_columns(start=pl.col("at") + (size.cum_sum() - size).over("grid", "row"))
    pieces = pieces.filter(pl.col("text").str.strip_chars() != "")
    # the name is what is broken: the longest of the words behind the number
    size, word = pl.col("text").str.len_chars(), pl.int_range(pl.len()).over("grid", "row")
    name = (pl.col("tail") != "") & (word == 1) & (size == size.max().over("grid", "row"))
    pieces = pieces.with_columns(text=pl.when(name).then(pl.concat_str("text", "tail")).otherwise("text"))
    figure = pl.col("text").str.contains(words.figure()) | pl.col("text").str.contains(words.MARK)
    return pieces.with_columns(
        column=pl.int_range(pl.len(), dtype=pl.Int64).over("grid", "row"),
        figure=figure & ~pl.col("text").str.contains(f"{words.CODE}|{words.DATE}"),
    )


def _sound(cells: pl.DataFrame) -> pl.DataFrame:
    """The grids with a line of heads without figures and, below it, columns that are figures or are none,
    words behind the first of figures."""
    body = cells.filter((pl.col("row") > 0) & ~pl.col("total"))
    columns = body.group_by("grid", "column").agg(share=pl.col("figure").mean())
    columns = columns.sort("grid", "column").with_columns(figures=pl.col("share") >= ALIKE)
    year = pl.col("text").str.contains(words.YEAR)
    heads = cells.filter(pl.col("row") == 0).group_by("grid").agg(
        headed=(~pl.col("figure") | year).all() & (pl.col("text").str.contains(r"\p{Han}") | year).all()
    )  # fmt: skip
    counted = pl.col("figures") & (pl.col("column") > 0)
    first = pl.col("column").filter(counted).min()
    told = columns.group_by("grid").agg(
        even=((pl.col("share") >= ALIKE) | (pl.col("share") <= 1 - ALIKE)).mean() >= ALIKE,
        behind=(pl.col("column").filter(pl.col("share") <= 1 - ALIKE).max() > first),
    )
    sound = heads.join(told, on="grid").filter("headed", "even", "behind")
    cells = cells.join(sound, on="grid", how="semi", maintain_order="left")
    # totals stand under the columns of figures, where they are as many
    places = columns.filter(counted).select(
        "grid", under="column", column=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("grid")
    )
    totals = cells.filter("total").join(places, on=["grid", "column"], how="left", maintain_order="left")
    many = places.group_by("grid").agg(many=pl.len().cast(pl.Int64))
    totals = totals.join(many, on="grid", how="left", maintain_order="left")
    fits = pl.col("column").max().over("grid", "row") == pl.col("many")
    summed = sums(totals.filter(~fits), cells.filter((pl.col("row") > 0) & ~pl.col("total")))
    totals = totals.filter(fits).with_columns(column=pl.coalesce("under", "column"))
    held = (cells.filter(~pl.col("total")), totals.select(cells.columns), summed.select(cells.columns))
    return (
        pl.concat(held)
        .sort("grid", "row", "column")
        .with_columns(shape=pl.lit("spaces"), indent=pl.lit(0, pl.Int64))
        .select(list(RAW_CELLS))
    )
