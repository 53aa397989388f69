"""The cells of grids that were copied cell by cell, before their rows are told: short lines in runs."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import beside, compute_where
from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables.words import (
    DATE,
    MARK,
    YEAR,
    ends_in,
    figure,
    frame_words,
    furniture,
    note,
    unit_cell,
)
from pipeline.vocabulary import pattern

PROSE = r"[|\t。;!?]|[,:、]$"
LONGEST_CELL = 24
FOREIGN = r"^[A-Za-z(][A-Za-z0-9 .,'’()&/%:-]*$"
UNIT_BELOW = r"^[(（\[][\p{Han}%/·]{1,8}[)）\]]$"
NUMBERED = r"^[0-9]{6,}$"
FEWEST = 2  # figures of a run
FEWEST_NUMBERS = 3  # of columns
FEWEST_YEARS = 3  # that name rows


def stack_tokens(lines: pl.DataFrame, loose: pl.DataFrame) -> pl.DataFrame:
    """The cells of runs that hold figures: document_id, run, line, start, text and kind (F, Y or T).

    `lines`: as `cutting.cut_lines` gives them; `loose`: cells behind bars whose rows nothing tells
    (`bars.bar_cells`) with their kind, of runs below 0; blank cells are among theirs alone.
    """
    tokens = _worth(pl.concat([with_kinds(_tokens(lines)), loose]))
    if tokens.is_empty():
        return tokens
    tokens = _worth(_without_rests(_coded(_without_numbers(tokens))))
    return _bilingual(_with_units(_year_names(tokens)))


def _worth(tokens: pl.DataFrame) -> pl.DataFrame:
    """The runs with figures enough."""
    return tokens.filter((pl.col("kind") == "F").sum().over("run") >= FEWEST)


def _tokens(lines: pl.DataFrame) -> pl.DataFrame:
    """Runs of short lines (blank ones left out), numbered by `run`."""
    lines = bare_lines(lines).select("document_id", "line", "text", "start")
    prose = (pl.col("text").str.len_chars() > LONGEST_CELL) | pl.col("text").str.contains(PROSE)
    foreign = pl.col("text").str.contains(FOREIGN)
    lines = lines.with_columns(prose=prose & ~foreign)
    other = pl.col("text").str.contains(rf"{note()}|{furniture()}|{pattern('stack_caption')}")
    prose = pl.col("prose") | compute_where(lines, ~pl.col("prose"), other).fill_null(False)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    # (单位:元) below each of several heads is of these
    lines = lines.with_columns(unit=pl.col("text").str.contains(pattern("unit_line")))
    prose = prose & ~_every_other("unit", "document_id")
    lines = lines.with_columns(prose=prose, run=(prose | other.fill_null(True)).cum_sum().cast(pl.Int64))
    return lines.filter(~pl.col("prose")).select("document_id", "run", "line", "start", "text")


def with_kinds(tokens: pl.DataFrame) -> pl.DataFrame:
    """Add kind to `tokens` (text): F figure (or what stands in its place), Y a year, T words."""
    text = pl.col("text")
    kind = (
        pl.when(text.str.contains(YEAR)).then(pl.lit("Y"))
        .when(text.str.contains(DATE)).then(pl.lit("T"))
        .when((text == "") | text.str.contains(MARK) | text.str.contains(figure())).then(pl.lit("F"))
        .otherwise(pl.lit("T"))
    )  # fmt: skip
    return tokens.with_columns(kind=kind)


def _coded(tokens: pl.DataFrame) -> pl.DataFrame:
    """Codes before the names of rows, in runs with a head before that of the names that says so, as
    words: 2081901 below 项目编码."""
    text = pl.col("text").str.replace_all(r"\s", "")
    head = (pl.col("kind") == "T") & text.str.contains(ends_in("code"))
    code = pl.lit(False)
    # before the names or right behind them
    for step in (-1, 1):
        stub = beside(text, step, "run").str.contains(ends_in("stub"))
        coded = (head & stub).any().over("run")
        named = (pl.col("kind").shift(step) == "T").over("run")
        code = code | (coded & named.fill_null(False) & text.str.contains(NUMBERED))
    return tokens.with_columns(kind=pl.when(code).then(pl.lit("T")).otherwise("kind"))


def _without_numbers(tokens: pl.DataFrame) -> pl.DataFrame:
    """Tokens without those that number the columns: 甲 ⏎ 乙 ⏎ 1 ⏎ 2 ⏎ 3."""
    text = pl.col("text")
    letter = text.is_in(frame_words("column_letter"))
    number = pl.when(text.str.contains(r"^[0-9]{1,2}$")).then(text).cast(pl.Int64, strict=False)
    led = beside(letter, 1, "run").fill_null(False) & (number == 1).fill_null(False)
    tokens = tokens.with_columns(letter=letter, led=led, step=number - beside(number, 1, "run"))
    # from 1 behind a letter on as long as they count on
    goes_on = (pl.col("step") == 1).fill_null(False)
    tokens = tokens.with_columns(broken=(~goes_on | pl.col("led")).cum_sum().over("run"))
    counted = pl.col("led").first().over("run", "broken") & (pl.len().over("run", "broken") >= FEWEST_NUMBERS)
    letters = pl.col("letter") & (counted.shift(-1) | (pl.col("letter") & counted.shift(-2)).fill_null(False))
    return tokens.filter(~(counted | letters.fill_null(False))).drop("letter", "led", "step", "broken")


def _year_names(tokens: pl.DataFrame) -> pl.DataFrame:
    """Years that follow each other with figures behind each of them named as words, which begin rows."""
    place = pl.int_range(pl.len(), dtype=pl.Int64).over("run")
    tokens = tokens.with_columns(place=place, figured=(pl.col("kind").shift(-1) == "F").over("run"))
    years = tokens.filter(pl.col("kind") == "Y").with_columns(year=pl.col("text").cast(pl.Int64))
    step, apart = pl.col("year").diff(), pl.col("place").diff()
    told = years.group_by("run").agg(
        n=pl.len(),
        steady=(step.drop_nulls().n_unique() == 1) & (step.drop_nulls().abs() == 1).all(),
        even=(apart.drop_nulls().n_unique() == 1) & (apart.min() > 1),
        figured=pl.col("figured").all(),
    )
    named = told.filter("steady", "even", "figured", pl.col("n") >= FEWEST_YEARS)
    tokens = tokens.join(named.select("run", named=True), on="run", how="left", maintain_order="left")
    is_name = (pl.col("kind") == "Y") & pl.col("named")
    kind = pl.when(is_name.fill_null(False)).then(pl.lit("T")).otherwise("kind")
    return tokens.with_columns(kind=kind).drop("place", "figured", "named")


def _without_rests(tokens: pl.DataFrame) -> pl.DataFrame:
    """Blank cells above all figures left out, as the rests of wide heads, and the line of units with them."""
    blank = pl.col("text") == ""
    figures = ((pl.col("kind") == "F") & ~blank).cum_sum().over("run")
    rest = blank | ((pl.col("run") < 0) & pl.col("text").str.contains(furniture()))
    return tokens.filter(~(rest & (figures == 0)))


def _with_units(tokens: pl.DataFrame) -> pl.DataFrame:
    """Units on a line of their own below their head joined to it: 养老机构床位数 ⏎ (张)."""
    text, same = pl.col("text"), pl.col("run") == pl.col("run").shift(1)
    below = (pl.col("kind") == "T") & (pl.col("kind").shift(1) == "T") & same
    framed = (text.str.contains(UNIT_BELOW) | text.str.contains(pattern("unit_line"))) & below
    # without brackets only where each of several heads has one: 低保标准 ⏎ 元/月 ⏎ 临时救助 ⏎ 人次
    head = (pl.col("kind") == "F").cum_sum().over("run") == 0
    tokens = tokens.with_columns(bare=text.str.contains(unit_cell()) & below & head)
    bare = _every_other("bare", "run")
    unit = framed.fill_null(False)
    # (户) (户) (%): a row of heads by itself
    alone = ~unit.shift(1).fill_null(False) & ~unit.shift(-1).fill_null(False)
    said = pl.concat_str(
        pl.lit("("), text.str.replace(pattern("unit_line"), "${1}").str.strip_chars("()[]"), pl.lit(")")
    )
    tokens = tokens.with_columns(unit=(unit & alone) | bare, said=said)
    below = pl.when(pl.col("unit").shift(-1)).then(pl.col("said").shift(-1)).fill_null("")
    return tokens.with_columns(text=text + below).filter(~pl.col("unit")).drop("unit", "bare", "said")


def _every_other(unit: str, key: str) -> pl.Expr:
    """Whether a line is a unit, and so is the one after the next or before the last, but none beside it."""
    near, far = (
        (pl.col(unit).shift(n).fill_null(False) | pl.col(unit).shift(-n).fill_null(False)).over(key)
        for n in (1, 2)
    )
    return pl.col(unit).fill_null(False) & far & ~near


def _bilingual(tokens: pl.DataFrame) -> pl.DataFrame:
    """Foreign words below Chinese ones left out: Homes for the Aged, (unit)."""
    text, same = pl.col("text"), pl.col("run") == pl.col("run").shift(1)
    foreign = text.str.contains(FOREIGN) & text.str.contains("[A-Za-z]{2}")
    words = (pl.col("kind").shift(1) == "T") & same
    return tokens.filter(~(foreign & words).fill_null(False))
