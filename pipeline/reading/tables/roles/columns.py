"""What each column of a table holds: names, figures, units, codes, numbers of rows, or words aside."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words
from pipeline.vocabulary import pattern

PHRASED = 0.3  # of the cells of a column that hold words with figures
FOREIGN = r"^[#(]?[A-Za-z]{2}[^\p{Han}]*$"


def column_roles(cells: pl.DataFrame) -> pl.DataFrame:
    """One row a column of a part: part, column, column_role, first_figure (the first column of figures)."""
    columns = _counted(cells)
    # a column half of words holds names
    texty = (pl.col("texts") * 2 > pl.col("n")).fill_null(False)
    columns = columns.with_columns(texty=texty)
    first_text = pl.col("column").filter("texty").min().over("part")
    columns = columns.with_columns(first_text=first_text).with_columns(role=_held())
    columns = columns.with_columns(role=pl.when(_phrased()).then(pl.lit("phrase")).otherwise("role"))
    figures = pl.col("role").is_in(["figure", "phrase"])
    return columns.with_columns(first_figure=pl.col("column").filter(figures).min().over("part")).select(
        "part", "column", column_role=_in_its_place(), first_figure="first_figure"
    )


def _counted(cells: pl.DataFrame) -> pl.DataFrame:
    """Each column with its head and how many of its cells (n) look like what: figures, texts, codes …"""
    text, kind = pl.col("text"), pl.col("kind")
    head = (
        cells.filter(pl.col("row_role") == "head")
        .group_by("part", "column", maintain_order=True)
        .agg(
            head=text.filter(text != "").last().str.replace_all(r"\s", ""),
            # what the first row of heads says of the first column, though heads below it be set there
            outer=text.filter(text != "").first().str.replace_all(r"\s", ""),
        )
    )
    told = cells.filter((pl.col("row_role") == "body") & ~kind.is_in(["blank", "mark"]))
    integer = text.str.contains("^[0-9]+$")
    number = pl.when(integer & (text.str.len_chars() <= 6)).then(text).cast(pl.Int64, strict=False)
    size = text.str.len_chars()
    # 合计 may stand among the numbers of the rows
    numbered = ~text.str.replace_all(r"\s", "").str.contains(words.total())
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
            numbers=integer.filter(numbered).all(),
            distinct=text.n_unique() == pl.len(),
            shortest=size.min(),
            longest=size.max(),
            led=text.str.slice(0, 2).n_unique() == 1,
            running=((number.diff() == 1) | (number == 1)).sum() >= 0.9 * numbered.sum(),
        )
    )
    columns = columns.join(head, on=["part", "column"], how="full", coalesce=True).sort("part", "column")
    return columns.with_columns(pl.col("head", "outer").fill_null(""), pl.col("n").fill_null(0))


def _held() -> pl.Expr:
    """What the cells of a column are, by themselves: the first of these that is so, null of an empty one."""
    roles = {
        "row_number": _row_number(),
        "code": _code(),
        "aside": _aside(),
        "unit": _unit(),
        "date": _years() & ((pl.col("column") == 0) | _times_of_rows()),
        # a column half of words before the first of figures holds names
        "figure": (pl.col("figures") > 0) & ~pl.col("texty"),
        "text": pl.col("n") > 0,
    }
    return pl.coalesce(pl.when(mask).then(pl.lit(role)) for role, mask in roles.items())


def _row_number() -> pl.Expr:
    """Whether a column numbers the rows: it is called so, or runs on before the first one of words."""
    counts = pl.col("running") & pl.col("numbers") & (pl.col("n") > 1)
    before_names = pl.col("texty").shift(-1).over("part").fill_null(False)
    before_names &= pl.col("column") <= pl.col("first_text")
    named = words.frame_words("row_number")
    called = pl.col("head").is_in(named)
    # 序号 over 户数, where lower heads begin at the edge
    called |= pl.col("outer").is_in(named) & counts
    return (called | (counts & before_names & ~pl.col("head").str.contains("数|\\("))).fill_null(False)


def _code() -> pl.Expr:
    """Whether a column holds codes: it is called so, or has distinct numbers of four digits and more before
    the first one of words, or of as many digits each that begin alike."""
    alike = pl.col("led") & (pl.col("shortest") == pl.col("longest")) & (pl.col("shortest") >= 6)
    numbers = pl.col("integers") & pl.col("distinct") & (pl.col("n") >= 2) & (pl.col("shortest") >= 4)
    numbers &= (pl.col("column") < pl.col("first_text")) | (alike & (pl.col("n") >= 3))
    called = pl.col("head").str.contains(words.ends_in("code"))
    return (called | (pl.col("codes") * 2 > pl.col("n")) | numbers).fill_null(False)


def _aside() -> pl.Expr:
    """Whether a column says something aside: notes, deadlines, dates, names in another language."""
    head = pl.col("head").str
    # the names in another language beside them
    other = (pl.col("foreign") * 2 > pl.col("n")) & (pl.col("column") > pl.col("first_text"))
    # 备案时间 over 2020.6, 投用年份 over 2012
    dated = pl.col("months") + pl.col("dates") >= pl.col("n")
    dates = head.contains(pattern("date_column")) & dated & (pl.col("n") > 0)
    dates &= ~_times_of_rows() & (pl.col("column") > pl.col("first_text"))
    aside = head.contains(words.ends_in("aside")) | head.contains(words.ends_in("deadline"))
    return aside | other.fill_null(False) | dates.fill_null(False)


def _years() -> pl.Expr:
    return (pl.col("dates") == pl.col("n")) & (pl.col("n") > 0)


def _times_of_rows() -> pl.Expr:
    """Whether the head of a column says that it holds the times of which the rows speak: 年份, 统计时间."""
    return pl.col("head").str.contains(pattern("times_of_rows"))


def _unit() -> pl.Expr:
    """Whether a column holds the units of figures."""
    # 计价单位 names units whatever they are
    called = pl.col("head").is_in(words.frame_words("unit_head")) & pl.col("texty")
    called &= pl.col("column") > pl.col("first_text")
    unit = (called | (pl.col("units") >= 0.8 * pl.col("n"))) & (pl.col("n") > 0) & (pl.col("figures") == 0)
    return unit.fill_null(False)


def _phrased() -> pl.Expr:
    """Whether a column holds words with figures: what the rows are about leads, behind it they say how much
    of it."""
    behind = (pl.col("role") == "text") & (pl.col("column") > pl.col("first_text"))
    worded = (pl.col("phrases") >= PHRASED * pl.col("n")) | pl.col("head").str.contains(words.tasks())
    return behind & worded & (pl.col("phrases") > 0) & (pl.col("head") != "")


def _in_its_place() -> pl.Expr:
    """The role of a column among the others of its part: words before the first figures name the rows (where
    none do, the first words), others stand aside."""
    role, column = pl.col("role"), pl.col("column")
    stub = role.is_in(["text", "date"]) & (column < pl.col("first_figure"))
    first = column == column.filter(role == "text").min().over("part")
    fallback = (role == "text") & ~(stub.any().over("part")) & first
    return (
        pl.when(stub | fallback)
        .then(pl.lit("stub"))
        .when(role.is_in(["text", "date"]))
        .then(pl.lit("aside"))
        .otherwise(role.fill_null("figure"))
    )
