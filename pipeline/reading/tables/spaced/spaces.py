"""Grids whose columns are set apart by blanks: pages typed at fixed width, converted PDFs, yearbooks.

    指标名称        单位    本月数         项目 Item 2021 2022
    临时救助        人次    1905           城镇低保人数 Urban Recipients 4310 4220

Where the cells of a line are two or more blanks apart, each stands under the head that it is nearest to;
where one blank divides everything, the figures at the end of a line stand under the last heads.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import beside, compute_where, nth, so_far
from pipeline.reading.layout.cutting import with_gaps
from pipeline.reading.layout.written import COUNT
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.spaced.columns import by_order, by_place
from pipeline.reading.tables.words import (
    CODE,
    COUNTED,
    DATE,
    HEADING,
    WIDE,
    YEAR,
    bare_units,
    figure,
    frame_words,
    furniture,
    name_alone,
    note,
    total,
)
from pipeline.reading.tables.words import MARK as NOTHING
from pipeline.vocabulary import pattern

PROSE = r"[|\t。;!?]|[,、]$"
ITEM = rf"^[(\[]?[0-9{COUNT}]+[.、)]\s?[^ ]{{12,}}"  # of a list, where no figures stand behind it
LONGEST = 160  # characters of a line
LONGEST_HEADING = 16
FIGURES = r"[\p{Han})]\s+(?:[^|。;]*\s)?[-−+]?[0-9][0-9.,]*%?\s+(?:[-−+]?[0-9][0-9.,]*%?|[-—…]+)(?:\s|$)"
FOREIGN_ROW = r"^[A-Za-z]+(?:\s+[-−]?[0-9][0-9.,]*%?){2,}$"  # Item 2021 2022, Total 310 298
FEWEST_ROWS = 2
UNEVEN = 8  # characters that the last cells of rows with even blanks are apart, where places tell nothing
ALIKE = 0.6  # of the rows that wide blanks part
FEWEST_TAILED = 3  # rows that end with a word
PARTED = 4  # cells of a row that needs no figure at its end
REST = r"^\p{Han}{1,2}$"  # of a name that was broken over two lines, alone among rows
FAR_IN = 12  # blanks before the rest of a head alone on its line
MOST_LETTERS = 3  # columns that are numbered
HEAD_LINES, MOST_HEAD_LINES = 3, 5  # above the first figures that can be heads; where all hold several words
FEWEST_HEADS = 3  # words of such a line


def space_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`). `lines`: as `cutting.cut_lines` gives them, without borders."""
    fields = _fields(lines)
    if fields.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    rows = _blocks(fields)
    if rows.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    cells = fields.drop("spoken").join(rows, on=["document_id", "line"], how="inner", maintain_order="left")
    apart, counts = pl.col("apart"), pl.col("counts")
    numbers, cells = cells.filter(counts), cells.filter(~counts)
    cells = pl.concat([by_place(cells.filter(apart)), by_order(cells.filter(~apart))])
    cells = pl.concat([cells, _numbers(numbers, cells)])
    return (
        cells.with_columns(shape=pl.lit("spaces"))
        .sort("grid", "row", "column", "start")
        .select(list(RAW_CELLS))
    )


def _numbers(numbers: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The rows that number the columns, to the last of them."""
    last = cells.group_by("grid").agg(last=pl.col("column").max())
    numbers = numbers.join(last, on="grid", how="inner", maintain_order="left")
    back = pl.int_range(pl.len(), dtype=pl.Int64).reverse().over("grid", "row")
    numbers = numbers.with_columns(column=pl.col("last") - back).filter(pl.col("column") >= 0)
    return numbers.select(cells.columns)


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
        # 1.最低生活保障 is one where rows of figures stand around it and around other headings
        counted=bare.str.contains(COUNTED) & (size <= LONGEST_HEADING),
        # the rest of a head may stand alone far into its line
        named=bare.str.contains(name_alone())
        | (text.str.contains(rf"^\s{{{FAR_IN},}}\S+\s*$") & (size <= LONGEST_HEADING)),
        foreign=bare.str.contains(r"^[A-Za-z(][^\p{Han}]*$")
        & bare.str.contains("[A-Za-z]{3}")
        & ~bare.str.contains(FOREIGN_ROW),
    )
    spoken = bare.str.contains(f"{PROSE}|{pattern('table_caption_line')}|{pattern('masthead')}|{note()}")
    listed = bare.str.contains(ITEM) & ~bare.str.contains(FIGURES)
    # nothing else is asked of what is no row anyway, which most lines are
    may_be = pl.any_horizontal("several", "heading", "named", "counted")
    prose = compute_where(lines, may_be, (size > LONGEST) | spoken | listed)
    lines = lines.with_columns(prose=prose.fill_null(True))
    figures = bare.str.contains(FIGURES) & ~pl.col("prose")
    lines = lines.with_columns(figures=compute_where(lines, pl.col("several"), figures).fill_null(False))
    among = _among_rows()
    many = pl.any_horizontal("several", "heading", among & (pl.col("named") | pl.col("counted")))
    # 镇 below 云雾山 is the rest of that name
    foreign = pl.col("foreign") | (among & bare.str.contains(REST))
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
        piece=with_gaps(text, r"[ \f]+"),
    ).explode("piece", empty_as_null=False)
    key = ("document_id", "line")
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    width = size + pl.col("piece").str.count_matches(WIDE).cast(pl.Int64)
    pieces = pieces.with_columns(
        start=pl.col("at") + so_far(size, *key) - size,
        x=so_far(width, *key) - width,
        width=width,
        blanks=pl.when(pl.col("piece").str.contains(r"^[ \f]*$")).then(size),
    )
    pieces = pieces.with_columns(wide=beside(pl.col("blanks"), 1, *key).fill_null(0))
    words = pieces.filter(pl.col("blanks").is_null() & (pl.col("piece") != ""))
    word = pl.col("piece")
    first = nth(*key) == 0
    # 合    计: a name set wide
    single = word.str.contains(r"^\p{Han}$") & ~word.is_in([*frame_words("column_letter"), "男", "女"])
    further = (
        (pl.col("wide") > pl.col("wide").shift(1)) & single.shift(1) & single.shift(2)
    )  # 全  市     市  区
    spread = single & beside(single, 1, *key) & ~further.over(key).fill_null(False)
    number = word.str.contains(figure()) | word.str.contains(NOTHING)
    # 户 人 万元: units below the heads; 床  位 before figures is a name
    unit = word.is_in(bare_units()) & ~number.any().over(key)
    spread = (spread & ~(unit & beside(unit, 1, *key))).fill_null(False)
    # a year before a row names it, 000 is of (10 000 units)
    number = number & ~(first & word.str.contains(YEAR)) & ~word.str.contains("^0[0-9]")
    return words.select(
        *key,
        "spoken",
        "start",
        "x",
        "width",
        text="piece",
        indent=pl.when(first).then("x").otherwise(0),
        wide=pl.when(first).then(9).when(spread).then(1).otherwise("wide"),
        goes_on=~first & spread,
        gap="wide",
        figure=number & ~word.str.contains(DATE),
        year=word.str.contains(YEAR) | word.str.contains(DATE),
    )


def _counted() -> pl.Expr:
    """Whether a line does nothing but number the columns: 甲 乙 1 2 3 4."""
    text = pl.col("text")
    number = pl.when(text.str.contains(r"^[0-9]{1,2}$")).then(text).cast(pl.Int64, strict=False)
    letter = text.is_in(frame_words("column_letter"))
    running = (number.drop_nulls().diff().drop_nulls() == 1).all() & (number.min() <= 2)
    return (number.is_not_null() | letter).all() & running & (number.count() >= MOST_LETTERS)


def _among_rows() -> pl.Expr:
    """Whether the next line that holds more than a heading is a row of figures, and the one before one, or a
    head."""
    rows = pl.col("figures")
    like = rows | (pl.col("several") & ~pl.col("prose"))
    held = (pl.col("bare") != "") & ~pl.col("heading") & ~pl.col("counted")
    behind = pl.when(held).then(rows).shift(-1).backward_fill().over("document_id")
    before = pl.when(held).then(like).shift(1).forward_fill().over("document_id")
    return (behind & before).fill_null(False)


def _blocks(fields: pl.DataFrame) -> pl.DataFrame:
    """The lines that make grids: document_id, line, grid, row, body, apart (whether blanks tell the cells
    apart) and figures (the usual number in a row)."""
    figure, wide = pl.col("figure"), pl.col("wide")
    # 12月 before a row names it
    is_year = pl.col("year") & figure
    headed = pl.col("year") & ~figure & (nth("document_id", "line") > 0)
    rows = fields.group_by("document_id", "line", "spoken", maintain_order=True).agg(
        n=(~pl.col("goes_on")).sum().cast(pl.Int64),
        figures=figure.sum().cast(pl.Int64),
        years=is_year.sum().cast(pl.Int64) + headed.sum().cast(pl.Int64),
        groups=((wide >= 2) | (figure & ~figure.shift(1).fill_null(False)) | figure).sum().cast(pl.Int64),
        aparts=(wide >= 2).sum().cast(pl.Int64),
        close=((wide == 1) & figure).sum().cast(pl.Int64),
        # a telephone number behind the figures is in place of one
        ends=(figure | (pl.col("text").str.contains(CODE) & (figure.sum() >= 2))).last(),
        counts=_counted(),
        tailed=figure.slice(-2, 1).first(),
        framed=pl.col("text").str.contains(furniture()).any(),
        ends_at=pl.col("x").last(),
        nearest=wide.filter(~pl.col("goes_on")).slice(1).min(),
        farthest=wide.filter(~pl.col("goes_on")).slice(1).max(),
        opening=pl.col("text").slice(0, 1 + pl.col("goes_on").slice(1, 1).sum()).str.join(""),
    )
    # years alone head a table
    # a telephone number, words or remarks may stand behind the figures of a row that wide blanks part
    parted = (pl.col("figures") >= 2) & (pl.col("aparts") >= PARTED)
    # or one word behind those of several rows that are made alike
    tailed = (pl.col("figures") >= 2) & ~pl.col("ends") & pl.col("tailed")
    # or behind one of several rows that are alike but for it (a remark)
    like = (pl.col("ends").sum().over("spoken", pl.col("n") - tailed.cast(pl.Int64), "figures")) > 0
    like = like | pl.col("opening").str.contains(total())
    tailed = tailed & ((tailed.sum().over("spoken", "n", "figures") >= FEWEST_TAILED) | like)
    parted = parted | tailed
    body = (
        (pl.col("figures") > 0)
        & (pl.col("ends") | parted)
        & ((pl.col("years") < pl.col("figures")) | (pl.col("figures") < 2))
        & (pl.col("n") > pl.col("figures"))
        & ~pl.col("counts")
    )
    several = (
        (pl.col("figures") >= 2) | (pl.col("aparts") >= 3) | ((pl.col("aparts") >= 2) & (pl.col("n") == 2))
    )
    # 合计 6500, where the other columns have no sum
    summed = pl.col("opening").str.contains(total()) & (pl.col("figures") > 0)
    summed = summed & (pl.col("n") == pl.col("figures") + 1) & body
    rows = rows.with_columns(body=body & several, summed=summed)
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
        # as many blanks everywhere tell no places
        even=(pl.col("nearest").filter("body").min() == pl.col("farthest").filter("body").max())
        & (pl.col("nearest").filter("body").min() > 1)
        & ((pl.col("ends_at").filter("body").max() - pl.col("ends_at").filter("body").min()) > UNEVEN),
    )
    kept = kept.filter((pl.col("bodies") >= FEWEST_ROWS) & (pl.col("usual") > 0))
    kept = kept.with_columns(apart=(pl.col("alike") > ALIKE) & (pl.col("crowded") < 0.4) & ~pl.col("even"))
    rows = rows.join(kept, on="block", how="inner", maintain_order="left")
    # of the lines above the first figures only the nearest can be heads
    above = ((pl.col("line") < pl.col("first")) & ~pl.col("counts")).cast(pl.Int64)
    back = (above.reverse().cum_sum().reverse()).over("block")
    behind = pl.col("summed") & (pl.col("line").shift(1) == pl.col("last")) & ~pl.col("apart")
    inside = (pl.col("line") <= pl.col("last")) | behind.over("block").fill_null(False)
    rows = rows.with_columns(body=pl.col("body") | pl.col("summed"))
    # heads broken over more lines: each of those further up has several words that wide blanks part
    full = (pl.col("n") >= FEWEST_HEADS) & (pl.col("aparts") >= FEWEST_HEADS) & (pl.col("figures") == 0)
    full = full & pl.col("apart") & ~pl.col("framed")
    rows = rows.with_columns(back=back, inside=inside, short=(back > HEAD_LINES) & ~full)
    short = pl.col("short").cast(pl.Int64).reverse().cum_sum().reverse().over("block")
    near = (pl.col("back") <= HEAD_LINES) | ((pl.col("back") <= MOST_HEAD_LINES) & (short == 0))
    rows = rows.filter(near & pl.col("inside"))
    return rows.select(
        "document_id",
        "line",
        "body",
        grid="block",
        row=pl.int_range(pl.len(), dtype=pl.Int64).over("block"),
        apart="apart",
        usual="usual",
        counts="counts",
        even="even",
    )
