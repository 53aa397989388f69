"""Grids whose columns are set apart by blanks: pages typed at fixed width, converted PDFs, yearbooks.

    指标名称        单位    本月数         项目 Item 2021 2022
    临时救助        人次    1905           城镇低保人数 Urban Recipients 4310 4220

Where the cells of a line are two or more blanks apart, each stands under the head that it is nearest to;
where one blank divides everything, the figures at the end of a line stand under the last heads.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import compute_where
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.tables.bars import RAW_CELLS
from pipeline.reading.tables.spanning import by_rounds, over_several
from pipeline.reading.tables.words import DATE, HEADING, YEAR, figure, note, unit_cell
from pipeline.reading.tables.words import MARK as NOTHING
from pipeline.vocabulary import pattern

PROSE = r"[|\t。;!?]|[,、]$|^[(\[]?[0-9一二三四五六七八九十]+[.、)]\s?[^ ]{12,}"
LONGEST = 160  # characters of a line
LONGEST_HEADING = 16
NAME = r"^[#＃(]?(?:其中:?)?\p{Han}[\p{Han}()“”·、]{1,11}$"  # 社会救助, alone on a line among rows
FIGURES = r"[\p{Han})]\s+(?:[^|。;]*\s)?[-−+]?[0-9][0-9.,]*%?\s+(?:[-−+]?[0-9][0-9.,]*%?|[-—…]+)(?:\s|$)"
FEWEST_ROWS = 2
HEAD_LINES = 3  # lines above the first figures that can be heads
WIDE = r"[\p{Han}“”‘’—…·（）【】《》]"
FOREIGN_HEAD = r"^[A-Za-z][A-Za-z .,'’()&/-]+$"
FOREIGN = r"^[A-Za-z(][A-Za-z0-9.,'’()&/%:-]*$"


def space_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them, without borders."""
    fields = _fields(lines)
    if fields.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    rows = _blocks(fields)
    if rows.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    cells = fields.drop("spoken").join(rows, on=["document_id", "line"], how="inner", maintain_order="left")
    apart = pl.col("apart")
    cells = pl.concat([_by_place(cells.filter(apart)), _by_order(cells.filter(~apart))])
    return (
        cells.with_columns(shape=pl.lit("spaces"))
        .sort("grid", "row", "column", "start")
        .select(list(RAW_CELLS))
    )


def _fields(lines: pl.DataFrame) -> pl.DataFrame:
    """The words of each line that may be a row, a word a row of the frame: document_id, line, spoken, start,
    text, wide (blanks before it), x (where it begins at fixed width), indent, figure, year."""
    text = pl.col("text")
    lines = lines.with_columns(bare=text.str.strip_chars())
    bare = pl.col("bare")
    size = bare.str.len_chars()
    lines = lines.with_columns(
        several=bare.str.contains(r"\S\s+\S"),
        # a heading alone on its line (一、社会救助) is a row of the table around it
        heading=bare.str.contains(HEADING) & (size <= LONGEST_HEADING),
        named=bare.str.contains(NAME),
        foreign=bare.str.contains(r"^[A-Za-z(][^\p{Han}]*$") & bare.str.contains("[A-Za-z]{3}"),
    )
    spoken = bare.str.contains(f"{PROSE}|{pattern('table_caption_line')}|{note()}")
    prose = (size > LONGEST) | spoken
    # nothing else is asked of what is no row anyway, which most lines are
    may_be = pl.any_horizontal("several", "heading", "named")
    lines = lines.with_columns(prose=compute_where(lines, may_be, prose).fill_null(True))
    figures = bare.str.contains(FIGURES) & ~pl.col("prose")
    lines = lines.with_columns(figures=compute_where(lines, pl.col("several"), figures).fill_null(False))
    many = pl.any_horizontal("several", "heading", _among_rows() & pl.col("named"))
    foreign = pl.col("foreign")
    lines = lines.with_columns(
        row=many & ~pl.col("prose") & (bare != "") & ~foreign, blank=(bare == "") | foreign
    )
    # lines that are no rows part the tables
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    lines = lines.with_columns(spoken=((~pl.col("row") & ~pl.col("blank")) | other.fill_null(True)).cum_sum())
    rows = lines.filter("row")
    if rows.is_empty():
        return pl.DataFrame(schema={"spoken": pl.UInt32})
    pieces = rows.select(
        "document_id",
        "line",
        "spoken",
        at="start",
        piece=text.str.replace_all(r"[ \f]+", f"{MARK}${{0}}{MARK}").str.split(MARK),
    ).explode("piece", empty_as_null=False)
    key = ("document_id", "line")
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    width = size + pl.col("piece").str.count_matches(WIDE).cast(pl.Int64)
    pieces = pieces.with_columns(
        start=pl.col("at") + (size.cum_sum() - size).over(key),
        x=(width.cum_sum() - width).over(key),
        width=width,
        blanks=pl.when(pl.col("piece").str.contains(r"^[ \f]*$")).then(size),
    )
    pieces = pieces.with_columns(wide=pl.col("blanks").shift(1).over(key).fill_null(0))
    words = pieces.filter(pl.col("blanks").is_null() & (pl.col("piece") != ""))
    word = pl.col("piece")
    first = pl.int_range(pl.len()).over(key) == 0
    # 合    计: a name set wide
    single = word.str.contains(r"^\p{Han}$")
    further = (
        (pl.col("wide") > pl.col("wide").shift(1)) & single.shift(1) & single.shift(2)
    )  # 全  市     市  区
    spread = (single & single.shift(1).over(key) & ~further.over(key).fill_null(False)).fill_null(False)
    number = word.str.contains(figure()) | word.str.contains(NOTHING)
    number = number & ~(first & word.str.contains(YEAR))  # a year before a row names it
    return words.select(
        *key,
        "spoken",
        "start",
        "x",
        "width",
        text="piece",
        indent=pl.when(first).then("x").otherwise(0),
        wide=pl.when(first).then(9).when(spread).then(1).otherwise("wide"),
        gap="wide",
        figure=number & ~word.str.contains(DATE),
        year=word.str.contains(YEAR) | word.str.contains(DATE),
    )


def _among_rows() -> pl.Expr:
    """Whether the next line that holds anything is a row of figures, and the one before one, or a head."""
    rows = pl.col("figures")
    like = rows | (pl.col("several") & ~pl.col("prose"))
    held = pl.col("bare") != ""
    behind = pl.when(held).then(rows).shift(-1).backward_fill().over("document_id")
    before = pl.when(held).then(like).shift(1).forward_fill().over("document_id")
    return (behind & before).fill_null(False)


def _blocks(fields: pl.DataFrame) -> pl.DataFrame:
    """The lines that make grids: document_id, line, grid, row, body, apart (whether blanks tell the cells
    apart) and figures (the usual number in a row)."""
    figure, wide = pl.col("figure"), pl.col("wide")
    is_year = pl.col("year") & figure
    rows = fields.group_by("document_id", "line", "spoken", maintain_order=True).agg(
        n=pl.len().cast(pl.Int64),
        figures=figure.sum().cast(pl.Int64),
        years=is_year.sum().cast(pl.Int64) + (pl.col("year") & ~figure).sum().cast(pl.Int64),
        groups=((wide >= 2) | (figure & ~figure.shift(1).fill_null(False)) | figure).sum().cast(pl.Int64),
        aparts=(wide >= 2).sum().cast(pl.Int64),
        close=((wide == 1) & figure).sum().cast(pl.Int64),
        ends=figure.last(),
        sized=pl.col("text").last().str.contains(unit_cell()),
    )
    # years alone head a table
    body = (
        (pl.col("figures") > 0)
        & pl.col("ends")
        & ((pl.col("years") < pl.col("figures")) | (pl.col("figures") < 2))
        & (pl.col("n") > pl.col("figures"))
    )
    several = (
        (pl.col("figures") >= 2) | (pl.col("aparts") >= 3) | ((pl.col("aparts") >= 2) & (pl.col("n") == 2))
    )
    rows = rows.with_columns(body=body & several)
    gap = (pl.col("line") - pl.col("line").shift(1)).over("document_id")
    apart = (pl.col("spoken") != pl.col("spoken").shift(1)).fill_null(True)
    rows = rows.with_columns(block=apart.cum_sum().cast(pl.Int64), gap=gap)
    kept = rows.group_by("block", maintain_order=True).agg(
        bodies=pl.col("body").sum(),
        first=pl.col("line").filter("body").min(),
        last=pl.col("line").filter("body").max(),
        usual=pl.col("figures").filter("body").mode().max(),
        alike=(pl.col("aparts") >= 2).filter("body").mean(),
        crowded=(pl.col("close") > 0).filter("body").mean(),
    )
    kept = kept.filter((pl.col("bodies") >= FEWEST_ROWS) & (pl.col("usual") > 0))
    rows = rows.join(kept, on="block", how="inner", maintain_order="left")
    # of the lines above the first figures only the nearest can be heads
    above = (pl.col("line") < pl.col("first")).cast(pl.Int64)
    back = (above.reverse().cum_sum().reverse()).over("block")
    rows = rows.filter((back <= HEAD_LINES) & (pl.col("line") <= pl.col("last")))
    return rows.select(
        "document_id",
        "line",
        "body",
        grid="block",
        row=pl.int_range(pl.len(), dtype=pl.Int64).over("block"),
        apart=(pl.col("alike") > 0.6) & (pl.col("crowded") < 0.4),
        usual="usual",
    )


def _by_place(cells: pl.DataFrame) -> pl.DataFrame:
    """Words less than two blanks apart are one cell; cells under one another are a column."""
    key = ("grid", "row")
    figure = pl.col("figure")
    unit = pl.col("text").str.contains(unit_cell()) & figure.shift(-1).fill_null(False) & pl.col("body")
    opens = (pl.col("wide") >= 2) | figure | figure.shift(1).fill_null(False) | unit
    cells = cells.with_columns(opens=opens).with_columns(cell=pl.col("opens").cum_sum().over(key))
    cells = _joined(cells, key)
    # heads in another language are left out: 地区 Region 城市低保
    cells = cells.filter(pl.col("body") | ~pl.col("text").str.contains(FOREIGN_HEAD))
    # the usual row tells the columns; what has as many cells stands in their order
    count = pl.len().over(key)
    cells = cells.with_columns(
        count=count.cast(pl.Int64), order=pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    )
    usual = cells.filter("body").group_by("grid").agg(columns=pl.col("count").mode().max())
    cells = cells.join(usual, on="grid", how="inner", maintain_order="left")
    full = cells.filter((pl.col("count") == pl.col("columns")) & pl.col("body"))
    bounds = full.group_by("grid", "order").agg(
        left=pl.col("x").median(), right=(pl.col("x") + pl.col("width")).median()
    )
    bounds = bounds.rename({"order": "column"})
    # a row of heads without one over the names
    edge = bounds.group_by("grid").agg(names=pl.col("left").min())
    cells = cells.join(edge, on="grid", how="left", maintain_order="left")
    leaf = (
        ~pl.col("body")
        & (pl.col("count") == pl.col("columns") - 1)
        & (pl.col("x").min().over(key) > pl.col("names"))
    )
    column = pl.when(pl.col("count") == pl.col("columns")).then("order").when(leaf).then(pl.col("order") + 1)
    cells = cells.with_columns(column=column)
    regular = cells.filter(pl.col("column").is_not_null())
    others = cells.filter(pl.col("column").is_null())
    heads = over_several(
        others.filter(~pl.col("body")).drop("column"), bounds, regular.filter(~pl.col("body"))
    )
    near = others.filter("body").drop("column")
    near = near.join(bounds, on="grid", how="inner", maintain_order="left")
    end = pl.col("x") + pl.col("width")
    middle = ((pl.col("x") + end) / 2 - (pl.col("left") + pl.col("right")) / 2).abs()
    far = pl.min_horizontal((pl.col("x") - pl.col("left")).abs(), (end - pl.col("right")).abs(), middle)
    near = near.with_columns(far=far).sort("grid", "row", "order", "far", maintain_order=True)
    near = near.unique(["grid", "row", "order"], keep="first", maintain_order=True)
    # two cells in one place tell that the places mean nothing
    near = near.filter(pl.len().over("grid", "row", "column") == 1)
    names = ("document_id", "grid", "row", "column", "start", "text", "indent")
    return pl.concat([regular.select(names), near.select(names), heads.select(names)])


def _joined(cells: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """The words of one cell as one text, blanks between them kept in number."""
    lead = pl.when(pl.col("start") > pl.col("start").min().over(*key, "cell")).then("gap").otherwise(0)
    piece = pl.concat_str(pl.lit(" ").repeat_by(lead).list.join(""), "text")
    return (
        cells.with_columns(piece=piece)
        .group_by("document_id", *key, "cell", maintain_order=True)
        .agg(
            pl.col("start", "x", "indent", "body", "usual").first(),
            width=(pl.col("x").last() + pl.col("width").last() - pl.col("x").first()),
            text=pl.col("piece").str.join(""),
            figure=pl.col("figure").last(),
        )
    )


def _by_order(cells: pl.DataFrame) -> pl.DataFrame:
    """The words before the first figure are one cell, each figure is one; heads stand over the last columns.

    A line of two halves (name, figures, name, figures) has a name between its figures.
    """
    key = ("grid", "row")
    figure, body = pl.col("figure"), pl.col("body")
    foreign = pl.col("text").str.contains(FOREIGN) & pl.col("text").str.contains("[A-Za-z]{2}")
    cells = cells.filter(body | ~foreign)
    # in a line of heads every word is a cell
    unit = pl.col("text").str.contains(unit_cell()) & figure.shift(-1).fill_null(False)
    opens = pl.when(body).then(figure | figure.shift(1).fill_null(True) | unit).otherwise(True)
    single = pl.col("text").str.contains(r"^\p{Han}$") & (pl.col("wide") == 1)
    opens = opens & ~(single & single.shift(1).fill_null(False) & ~unit & ~figure)
    first = pl.int_range(pl.len()).over(key) == 0
    cells = cells.with_columns(opens=opens | first).with_columns(cell=pl.col("opens").cum_sum().over(key))
    cells = _joined(cells, key)
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(key)
    cells = cells.with_columns(order=place, count=pl.len().over(key).cast(pl.Int64))
    usual = cells.filter("body").group_by("grid").agg(columns=pl.col("count").mode().max())
    # the heads tell how many columns there are, where some rows are as long
    long = cells.filter("body").select("grid", "count").unique()
    first = pl.col("row").filter("body").min().over("grid")
    heads = cells.filter(~pl.col("body") & (pl.col("row") < first)).select("grid", "count").unique()
    full = heads.join(long, on=["grid", "count"]).group_by("grid").agg(full=pl.col("count").max())
    usual = usual.join(full, on="grid", how="left", maintain_order="left")
    usual = usual.select("grid", columns=pl.max_horizontal("columns", "full"))
    cells = cells.join(usual, on="grid", how="inner", maintain_order="left")
    heading = (
        (pl.col("count") == 1)
        & ~pl.col("body")
        & (pl.col("text").str.contains(HEADING) | pl.col("text").str.contains(NAME))
    )
    fits = (pl.col("count") == pl.col("columns")) | heading
    # heads before the first figures, without one over the names
    first = pl.col("row").filter("body").min().over("grid")
    leaf = ~pl.col("body") & (pl.col("row") < first) & (pl.col("count") == pl.col("columns") - 1)
    cells = cells.with_columns(column=pl.col("order") + (leaf & ~heading).cast(pl.Int64), fits=fits | leaf)
    tops = cells.filter(~pl.col("fits") & (pl.col("row") == first - 2))
    names = ("document_id", *key, "column", "start", "text", "indent")
    held = cells.filter("fits")
    leaves = held.filter(~pl.col("body") & (pl.col("row") == first - 1))
    return pl.concat([held.select(names), by_rounds(tops, leaves).select(names)])
