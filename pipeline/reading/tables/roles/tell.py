"""What each row, column and cell of a grid is to its table: title, head, name, code, figure, total, note.

Rows that head come before the first figures; where heads come again further down, another part of the grid
begins, and with other heads another table.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words
from pipeline.reading.tables.roles.columns import column_roles
from pipeline.reading.tables.roles.form_rows import form_row, opened_alike
from pipeline.reading.tables.roles.over_figures import figure_columns, texts_over_figures
from pipeline.vocabulary import pattern

HEADISH = ("title", "furniture", "head", "numbers")
KEY = ("grid", "row")
FOREIGN = r"^\(?[A-Za-z][A-Za-z .,/-]*\)?$"
LABELLED = r"^\(?[\p{Han} ]{2,12}:"  # 批转机关:国家统计局, beside furniture that is known
NOTED = r"^\p{Han}[^()0-9]*\([^()]*[0-9][^()]*\)$"
NUMBERED = r"^[0-9]{1,2}[、.]\p{Han}"  # 1.行政区划, in a list of figures
FEWEST_ROWS = 2  # of a table of words with figures
MANY_HEADS = 5  # words in a row that begins with a head of names
FEWEST_AIMS = 3  # heads of a form of aims
SHORT_HEAD = 6  # characters of a first cell that may head its column alone


def tell_roles(cells: pl.DataFrame) -> pl.DataFrame:
    """Add `part` (rows below one block of heads, numbered over the frame), `table`, `row_role`, `column_role`
    and `role` to the cells of grids (`grids.grid_cells`).

    row_role: title, furniture, head, numbers, section, body or note. column_role: stub, figure, phrase (words
    with figures in them), unit, code, row_number or aside.
    role: title, unit_note, column_head, column_number, stub, section, body, total, note,
    code or row_number; null for a blank cell.
    """
    rows = _part_rows(_row_roles(cells))
    cells = cells.join(rows, on=KEY, how="inner", maintain_order="left")
    cells = cells.join(column_roles(cells), on=["part", "column"], how="left", maintain_order="left")
    cells = _cell_roles(cells)
    figure = (pl.col("role") == "body") & (pl.col("kind") == "figure")
    cells = cells.filter((figure | _worded()).any().over("table"))
    return cells


def _worded() -> pl.Expr:
    """The cells of words with figures, under heads that say what these are, in tables of several rows."""
    phrase = (pl.col("kind") == "text") & pl.col("text").str.contains(words.phrase())
    head = (pl.col("row_role") == "head") & (pl.col("kind") == "text")
    telling = (head & pl.col("text").str.replace_all(r"\s", "").str.contains(words.tasks())).any()
    rows = pl.col("row").filter(pl.col("row_role") == "body").n_unique()
    in_body = pl.col("column_role").is_in(["phrase", "stub"]) & (pl.col("row_role") == "body")
    return phrase & in_body & telling.over("part") & (rows.over("part") >= FEWEST_ROWS)


def _row_roles(cells: pl.DataFrame) -> pl.DataFrame:
    """One row a row of a grid: grid, row, row_role."""
    text, kind = pl.col("text"), pl.col("kind")
    cells = cells.join(_counting(cells), on=["grid", "column"], how="left", maintain_order="left")
    counting = pl.col("counting").fill_null(False)
    figure = (kind == "figure") & ~pl.col("year") & ~counting
    # where words with figures are more than bare ones, they tell the body from the heads
    phrase = (kind == "text") & text.str.contains(words.phrase())
    bare = (figure & (pl.col("column") > 0)).sum().over("grid")
    # 一级(900元/月) heads figures of its own
    phrase &= ~(text.str.contains(NOTED) & (bare > phrase.sum().over("grid")) & (figure.sum().over(KEY) == 0))
    furniture = text.str.contains(words.furniture())
    cells = cells.with_columns(told_in_words=phrase, furniture=furniture)
    phrase, furniture = pl.col("told_in_words"), pl.col("furniture")
    cells = cells.with_columns(phrase=phrase & (phrase.sum().over("grid") > bare))
    told = kind != "blank"
    bare_text = text.str.replace_all(r"\s|:$", "")
    integer = text.str.contains(r"^[0-9]{1,2}(?:=[0-9+\-×*/÷()]+)?$")
    letter = text.is_in(words.frame_words("column_letter")) | text.str.contains("^[A-Z]$")
    # 序号 | 1 | 2 | 3 below the heads
    label = text.str.replace_all(r"\s", "").is_in(words.frame_words("row_number"))
    number = pl.when(integer).then(text.str.extract("^([0-9]+)")).cast(pl.Int64, strict=False)
    rows = cells.group_by(KEY, maintain_order=True).agg(
        pl.col("document_id").first(),
        figures=figure.sum(),
        phrases=pl.col("phrase").sum(),
        in_words=pl.col("told_in_words").any(),
        years=((kind == "figure") & pl.col("year")).sum() + (kind == "date").sum(),
        texts=(kind == "text").sum(),
        told=told.sum(),
        marked=(kind == "mark").sum() > 1,
        codes=((kind == "code") | (counting & (kind == "figure"))).sum(),
        column=pl.col("column").filter(told).first(),
        first=text.filter(told).first(),
        kind=kind.filter(told).first(),
        framed=(furniture | text.str.contains(f"{LABELLED}|{FOREIGN}") | ~told | (kind == "date")).all()
        & furniture.any(),
        glued=(pl.col("shape") == "glued").first(),
        # a title and who filled it in, in one row
        furnished=furniture.any() & ((kind == "text").sum() - furniture.sum() <= 1),
        numbered=(
            (integer | letter | label | ~told).all()
            & (integer.sum() + letter.sum() >= 3)
            & ((integer.sum() >= 2) | ((integer.sum() == 1) & (letter.sum() >= 2)))
            & (number.drop_nulls().diff().drop_nulls() == 1).all()
            & (number.min() <= 2)
        ),
        key=text.str.replace_all(r"\s", "").str.join("|"),
        units=(text.str.contains(words.unit_cell()) | ~told).all(),
        # 一、社会救助 | 人, with nothing below the heads of figures
        counted_below=text.filter(told).slice(1).str.contains(words.unit_cell()).all() & (told.sum() == 2),
        # 一级指标 | 二级指标 | 指标值, below the sums of the same form
        aims=(bare_text.is_in(words.frame_words("aim_head")) | ~told).all() & (told.sum() >= FEWEST_AIMS),
        formed=form_row(bare_text, told),
    )
    # a line of words alone leads the table, or a part of it
    worded = (pl.col("phrases") > 0) & (pl.col("told") > 1)
    worded = worded & (
        pl.col("row") > pl.col("row").filter((pl.col("texts") > 1) & ~worded).min().over("grid")
    )
    # 城市低保 | 月人均780元 below a whole row of heads
    stub = pl.col("first").str.replace_all(r"\s", "").str.contains(words.ends_in("stub"))
    whole = stub & (pl.col("texts") > 1) & (pl.col("column") == 0) & ~pl.col("in_words")
    below = pl.col("row") > pl.col("row").filter(whole).min().over("grid")
    named = pl.col("in_words") & below & ~stub & (pl.col("column") == 0) & (pl.col("told") > 1)
    rows = rows.with_columns(worded=(worded | named).fill_null(False))
    body = ((pl.col("figures") > 0) | pl.col("worded")) & ~pl.col("numbered")
    rows = rows.with_columns(body=body).with_columns(
        start=pl.col("row").filter("body").min().over("grid"),
        heading=pl.col("first").str.contains(words.HEADING)
        | (pl.col("glued") & pl.col("first").str.contains(NUMBERED)),
    )
    # nothing but years: they are the figures
    rows = rows.with_columns(
        pl.col("start").fill_null(pl.col("row").filter(pl.col("years") > 1).min().over("grid"))
    )
    rows = rows.filter(pl.col("start").is_not_null() & (pl.col("told") > 0))
    rows = rows.join(figure_columns(cells, rows), on="grid", how="left", maintain_order="left")
    heads = texts_over_figures(cells)
    rows = rows.join(heads, on=KEY, how="left", maintain_order="left").with_columns(
        pl.col("over").fill_null(0)
    )
    return _named_rows(rows)


def _counting(cells: pl.DataFrame) -> pl.DataFrame:
    """The columns whose first cell calls them numbers of rows or codes, which count nothing: grid, column,
    counting."""
    held = cells.filter(pl.col("kind") == "text").sort("grid", "row", "column")
    firsts = held.group_by("grid", "column", maintain_order=True).agg(pl.col("text").first())
    bare = pl.col("text").str.replace_all(r"\s", "")
    told = bare.is_in(words.frame_words("row_number")) | bare.str.contains(pattern("row_codes"))
    return firsts.filter(told).select("grid", "column", counting=pl.lit(True))


def _named_rows(rows: pl.DataFrame) -> pl.DataFrame:
    early = pl.col("row") < pl.col("start")
    alone = pl.col("told") == 1
    is_note = pl.col("first").str.contains(words.note()) & (pl.col("told") <= 2)
    wordy = (pl.col("figures") == 0) & (pl.col("texts") + pl.col("years") >= 2)
    stub = pl.col("first").str.replace_all(r"\s", "").str.contains(words.ends_in("stub"))
    empty = pl.col("heading") & pl.col("counted_below")
    headed = early & wordy & (pl.col("codes") == 0) & ~pl.col("furnished") & ~empty
    # below the first head a row of one cell is a section
    seen = (headed.cum_sum().over("grid") > 0) | (pl.col("numbered").cum_sum().over("grid") > 0)
    title = (
        early & alone & ~seen & ~pl.col("heading") & ~(stub & (pl.col("first").str.len_chars() <= SHORT_HEAD))
    )
    over = (pl.col("over") >= 2) & (pl.col("over") * 2 >= pl.col("width"))
    first_heads = pl.col("key").filter(headed).first().over("grid")
    # 一级指标 | 二级指标 | 指标值 | 得分 below the sums of the same form
    row_of_heads = stub & (pl.col("texts") >= MANY_HEADS) & (pl.col("texts") == pl.col("told"))
    same = (pl.col("key") == first_heads).fill_null(False)
    # 信息内容 | 收费金额, below 信息内容 | 处理决定数量 and its rows
    same = same | opened_alike(headed, wordy).fill_null(False)
    again = ~early & (pl.col("figures") == 0) & ((wordy & over) | row_of_heads | same | pl.col("aims"))
    role = (
        pl.when("framed")
        .then(pl.lit("furniture"))
        .when(is_note)
        .then(pl.lit("note"))
        .when("numbered")
        .then(pl.lit("numbers"))
        .when("formed")
        .then(pl.lit("title"))
        .when(title | (early & ~seen & pl.col("furnished") & (pl.col("figures") == 0)))
        .then(pl.lit("title"))
        .when(headed | again)
        .then(pl.lit("head"))
        .when(early & alone & (pl.col("column") > 0))
        .then(pl.lit("head"))
        .when(early & alone & stub & ~seen & ~pl.col("heading"))
        .then(pl.lit("head"))
        .when(
            (pl.col("figures") == 0)
            & (pl.col("years") == 0)
            & ((pl.col("texts") <= 1) | empty)
            & ~pl.col("marked")
        )
        .then(pl.lit("section"))
        .otherwise(pl.lit("body"))
    )
    rows = rows.with_columns(row_role=role)
    # of rows of one cell right above heads that come again the words are a title
    behind = pl.col("row_role").shift(-1).over("grid")
    for _ in range(3):
        led = (
            (pl.col("row_role") == "section") & behind.is_in(["head", "title", "furniture"]) & ~early & alone
        )
        rows = rows.with_columns(
            row_role=pl.when(led & (pl.col("column") == 0)).then(pl.lit("title")).otherwise("row_role")
        )
    return rows


def _part_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Number the parts and the tables: grid, row, row_role, part, table."""
    headish = pl.col("row_role").is_in(HEADISH)
    new_grid = (pl.col("grid") != pl.col("grid").shift(1)).fill_null(True)
    opens = new_grid | (headish & ~headish.shift(1).fill_null(False))
    rows = rows.with_columns(run=opens.cum_sum(), new_grid=new_grid)
    # notes between rows leave the heads above them in force
    heads = (headish & (pl.col("row_role").is_in(["head", "numbers"]) | pl.col("formed"))).any().over("run")
    opens = pl.col("new_grid") | (opens & heads)
    rows = rows.with_columns(part=opens.cum_sum().cast(pl.Int64))
    keys = rows.group_by("part", maintain_order=True).agg(
        pl.col("grid").first(),
        heads=pl.col("key").filter(pl.col("row_role") == "head").str.join("/"),
        titles=pl.col("first").filter(pl.col("row_role") == "title").str.join("/"),
        bodies=(pl.col("row_role") == "body").sum(),
    )
    same_grid = pl.col("grid") == pl.col("grid").shift(1)
    goes_on = (
        same_grid
        & (pl.col("heads") == pl.col("heads").shift(1))
        & (
            (pl.col("titles") == "")
            | (pl.col("titles") == pl.col("titles").shift(1))
            | pl.col("titles").str.contains("续")
        )
    )
    keys = keys.with_columns(table=(~goes_on.fill_null(False)).cum_sum().cast(pl.Int64))
    rows = rows.join(
        keys.filter(pl.col("bodies") > 0).select("part", "table"),
        on="part",
        how="inner",
        maintain_order="left",
    )
    return rows.select("grid", "row", "row_role", "part", "table")


def _cell_roles(cells: pl.DataFrame) -> pl.DataFrame:
    row, column, text = pl.col("row_role"), pl.col("column_role"), pl.col("text")
    bare = text.str.replace_all(r"\s", "")
    named = column.is_in(["stub"]) & (row == "body")
    total = named & bare.str.contains(words.total())
    grand = (column == "row_number") & (row == "body") & bare.str.contains(words.total())
    role = (
        pl.when(pl.col("kind") == "blank")
        .then(None)
        .when(row == "title")
        .then(pl.lit("title"))
        .when(row == "furniture")
        .then(pl.lit("unit_note"))
        .when(row == "note")
        .then(pl.lit("note"))
        .when(row == "head")
        .then(pl.lit("column_head"))
        .when(row == "numbers")
        .then(pl.lit("column_number"))
        .when(grand)
        .then(pl.lit("total"))
        .when((column == "row_number") & (pl.col("kind") == "text") & (row == "body"))
        .then(pl.lit("note"))
        .when((column == "row_number") & (row == "body"))
        .then(pl.lit("row_number"))
        .when((column == "code") | (pl.col("kind") == "code"))
        .then(pl.lit("code"))
        .when(row == "section")
        .then(pl.lit("section"))
        .when(column == "unit")
        .then(pl.lit("unit_note"))
        .when(total)
        .then(pl.lit("total"))
        .when(column == "stub")
        .then(pl.lit("stub"))
        .when(column == "aside")
        .then(pl.lit("note"))
        .otherwise(pl.lit("body"))
    )
    return cells.with_columns(role=role)
