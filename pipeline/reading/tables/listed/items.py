"""Tables of one item a line: its name, its unit and its figure run together, or stand on lines of their own.

    养老床位万张1.2 ⏎ 敬老院35 ⏎ 低保支出亿元0.4
    养老床位 ⏎ | ⏎ 万张 ⏎ | ⏎ 1.2 ⏎ | ⏎ 低保支出 ⏎ | ⏎ 亿元 ⏎ …
    养老床位万张 ⏎ 1.2 ⏎ 低保支出亿元 ⏎ 0.4
    养老床位张1200敬老院个35低保支出亿元0.4孤儿人12

A line alone is no table, unless all its items stand in it: several of them must follow each other, and name
units or nothing but things.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.compute import so_far
from pipeline.reading.layout.written import LIST_NUMERAL
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.words import MEASURES, either, rate, unit_words
from pipeline.vocabulary import pattern
from pipeline.vocabulary import words as vocabulary_words

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
CHAIN = rf"^\s*(?:\p{{Han}}[\p{{Han}}()、·“”%/]*{NUMBER}){{4,}}\s*$"  # all items of a table in one line
FIGURE_LINE = rf"^{NUMBER}$"
BAR = r"^[|\s]*$"
BORDERS = r"^\s*\|[|\s]*|[|\s]*\|\s*$"
PROSE = r"[|\t。;!?]|[,、]$"
LONGEST = 40
MARKED = rf"^(?:[\(]?{LIST_NUMERAL}[\)、.]|[\(]?[0-9]{{1,2}}[\)、.])"
YEAR = r"^(?:19[5-9]|20[0-4])[0-9]$"
NAME_END = r"[\p{Han})”》]$"
FEWEST, FEWEST_UNITS, FEWEST_BARE = 3, 2, 4
SPARSE = 3  # lines a figure, at most
ITEM_CELLS = {**RAW_CELLS, "counted": pl.String}


@cache
def words(role: str) -> str:
    """The words of item_words.csv with a role, as alternatives of a pattern."""
    return either(vocabulary_words("tables/item_words.csv", role=role))


@cache
def scaled_unit() -> str:
    """万人, 亿元, 万元/人·年: a unit with a scale, which no name ends in."""
    counted = either([r["word"] for r in unit_words() if r["behind_digits"] in MEASURES - {"percent"}])
    return rf"(?:[百千]?[万亿]|[百千])(?:{counted})(?:{rate()})?"


@cache
def unit_cell() -> str:
    """A unit that fills a line of its own."""
    alone = rf"(?:{words('unit')}|{words('ending')}|家|所|处|座|名)(?:{rate()})?"
    return rf"^(?:{scaled_unit()}|{alone})$"


@cache
def glued_item() -> str:
    """Name, unit (with a scale, or alone) and figure of a line; the shortest name that leaves a unit."""
    alone = rf"(?:{words('unit')})(?:{rate()})?"
    return rf"^(.+?)\s*(?:({scaled_unit()}|{alone})|({words('ending')}))?\s*({NUMBER})$"


def item_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such tables: name (column 0), unit (1) and figure (2), or a head alone (0).

    `lines`: as `cutting.cut_lines` gives them. Columns as in `RAW_CELLS` and `counted`, the unit of a row
    that names none, where its name tells it.
    """
    lines = _unchained(lines)
    glued = rf"[\p{{Han}})%][ ]*{NUMBER}[ ]*$"
    figures = pl.col("text").str.contains(rf"{glued}|^[ |]*{NUMBER}[ |]*$").sum().over("document_id")
    lines = _lines(lines.filter(figures >= FEWEST))
    rows = _rows(lines) if not lines.is_empty() else pl.DataFrame()
    if rows.is_empty() or not rows["is_row"].any():
        return pl.DataFrame(schema=ITEM_CELLS)
    return _cells(_heads(_tables(rows)))


def _unchained(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines, those that hold all items of a table as a line for each item."""
    chained = pl.col("text").str.contains(CHAIN)
    if not lines.select(chained.any()).item():
        return lines
    pieces = pl.when(chained).then(pl.col("text").str.extract_all(rf"^\s+|[^0-9]+{NUMBER}\s*"))
    lines = lines.with_row_index("_line").with_columns(
        text=pieces.otherwise(pl.concat_list("text"))
    ).explode("text", empty_as_null=False)  # fmt: skip
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    at = pl.col("start") + so_far(size, "_line") - size
    return lines.with_columns(start=at).drop("_line")


def _lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Short lines that hold anything, in runs (`run`) without prose between."""
    line = pl.col("text")
    lead = line.str.len_chars() - line.str.strip_chars_start("| \t\u3000").str.len_chars()
    lines = lines.filter(~line.str.contains(BAR)).select(
        "document_id",
        text=line.str.replace_all(BORDERS, "").str.strip_chars(),
        indent=lead.cast(pl.Int64),
        at="start",
    )
    prose = (pl.col("text").str.len_chars() > LONGEST) | pl.col("text").str.contains(PROSE)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    return (
        lines.with_columns(prose=prose, run=(prose | other.fill_null(True)).cum_sum())
        .filter(~pl.col("prose"))
        .select("document_id", "run", "text", "indent", start=pl.col("at") + pl.col("indent"))
        .with_columns(
            figure_line=pl.col("text").str.contains(FIGURE_LINE),
            unit_line=pl.col("text").str.contains(unit_cell()),
        )
    )


def _rows(lines: pl.DataFrame) -> pl.DataFrame:
    """Adds `is_row`, `name`, `unit`, `figure` with their places, and leaves out what belongs to a row."""
    parts = pl.col("text").str.extract_groups(glued_item()).struct
    lines = lines.with_columns(
        name=parts.field("1"), apart=parts.field("2"), ending=parts.field("3"), figure=parts.field("4")
    )
    name = pl.concat_str("name", pl.col("ending").fill_null(""))
    bare = pl.col("apart").is_null() & pl.col("ending").is_null()
    sound = (
        pl.col("name").str.contains(r"\p{Han}")
        & pl.col("name").str.contains(NAME_END)
        & ~((bare | pl.col("apart").is_not_null()) & pl.col("name").str.contains(pattern("item_numeral_end")))
        & ~((pl.col("apart") == "元").fill_null(False) & pl.col("name").str.contains("[单多公纪]$"))
        & ~(pl.col("apart").is_null() & name.str.contains(rf"(?:{words('number')})$"))
        & ~(bare & pl.col("figure").str.contains(rf"{YEAR}|^0[0-9]|^[0-9]{{8}}|\."))
        & ~(bare & name.str.contains(r"(?:[0-9][\p{Han}]{1,3}|[万亿])$"))
    ).fill_null(False)
    same = pl.col("run") == pl.col("run").shift(1)
    # a figure with another one below it is of a table with several columns
    goes_on = pl.col("figure_line").shift(-1) & (pl.col("run") == pl.col("run").shift(-1))
    alone = ~goes_on.fill_null(False)
    before = {c: pl.col(c).shift(1) for c in ("text", "start", "unit_line", "indent")}
    before2 = {c: pl.col(c).shift(2) for c in ("text", "start", "figure_line", "unit_line", "indent")}
    triple = (
        pl.col("figure_line")
        & alone
        & before["unit_line"]
        & ~before2["figure_line"]
        & ~before2["unit_line"]
        & before2["text"].str.contains(r"\p{Han}")
        & same
        & (pl.col("run") == pl.col("run").shift(2))
    ).fill_null(False)
    headed = pl.col("text").str.extract_groups(rf"^(.+?)\s*({scaled_unit()})$").struct
    lines = lines.with_columns(
        headed_name=headed.field("1"), headed_unit=headed.field("2"), triple=triple, sound=sound
    )
    triple, sound = pl.col("triple"), pl.col("sound")
    above = {c: pl.col(f"headed_{c}").shift(1) for c in ("name", "unit")}
    pair = (
        pl.col("figure_line")
        & alone
        & same
        & ~triple
        & above["name"].str.contains(NAME_END)
        & ~above["name"].str.contains(pattern("item_numeral_end"))
    ).fill_null(False)
    lines = lines.with_columns(pair=pair)
    pair = pl.col("pair")
    above_at = before["start"] + before["text"].str.len_chars().cast(pl.Int64)
    above_at = above_at - above["unit"].str.len_chars().cast(pl.Int64)
    end = pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)
    length = {c: pl.col(c).str.len_chars().cast(pl.Int64) for c in ("name", "figure")}
    unit = pl.coalesce("apart", "ending")
    lines = lines.with_columns(
        is_row=triple | pair | (sound & ~pl.col("figure_line")),
        indent=pl.when(triple).then(before2["indent"]).when(pair).then(before["indent"]).otherwise("indent"),
        name=pl.when(triple).then(before2["text"]).when(pair).then(above["name"]).when(sound).then(name),
        unit=pl.when(triple).then(before["text"]).when(pair).then(above["unit"]).when(sound).then(unit),
        figure=pl.when(triple | pair).then("text").when(sound).then("figure"),
        name_at=pl.when(triple).then(before2["start"]).when(pair).then(before["start"]).otherwise("start"),
        unit_at=pl.when(triple)
        .then(before["start"])
        .when(pair)
        .then(above_at)
        .otherwise(pl.col("start") + length["name"]),
        figure_at=pl.when(triple | pair).then("start").otherwise(end - length["figure"]),
    )
    used = (pl.col("triple").shift(-1, fill_value=False) | pl.col("triple").shift(-2, fill_value=False)) & ~(
        pl.col("triple")
    )
    # a row without its figure heads nothing
    empty = (
        pl.col("unit_line")
        | (pl.col("unit_line").shift(-1, fill_value=False) & ~pl.col("is_row"))
        | (~pl.col("is_row") & pl.col("text").str.contains(rf"{scaled_unit()}$|^[^\p{{Han}}]*$"))
    )
    return lines.filter(pl.col("is_row") | ~(used | empty)).drop("sound", "pair")


def _counts_things() -> pl.Expr:
    """敬老院35 and 镇12 count things; what 东镇敬老院35 and 东村12 count is not said."""
    name = pl.col("name").str.replace(MARKED, "").str.strip_chars()
    kind = name.str.replace_all(words("level"), "")
    thing = name.str.contains(rf"(?:{words('thing')})$") & ~kind.str.contains(pattern("item_named_place"))
    return thing | name.str.contains(rf"^(?:{words('place')})$")


def _tables(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines from one row's head to the last row of each run that is a table."""
    lines = lines.with_columns(i=pl.int_range(pl.len(), dtype=pl.Int64).over("run"))
    row, bare = pl.col("is_row"), pl.col("is_row") & pl.col("unit").is_null()
    i = pl.col("i").filter(row)
    told = pl.col("name").str.contains(pattern("item_told"))
    things = _counts_things() | told | ~row
    tables = lines.group_by("run").agg(
        first=i.min(),
        last=i.max(),
        rows=row.sum(),
        named=(row & (pl.col("unit").is_not_null() | told)).sum(),
        bare=bare.sum(),
        things=things.all(),
        indents=pl.col("indent").filter(row | pl.col("i").is_between(i.min(), i.max())).n_unique(),
    )
    dense = (pl.col("last") - pl.col("first") + 1) <= pl.col("rows") * SPARSE
    listed = (pl.col("named") >= FEWEST_UNITS) | (pl.col("things") & (pl.col("bare") >= FEWEST_BARE))
    tables = tables.filter((pl.col("rows") >= FEWEST) & dense & listed)
    lines = lines.join(tables, on="run", maintain_order="left")
    return lines.filter(pl.col("i").is_between(pl.col("first") - 1, pl.col("last")))


def _heads(lines: pl.DataFrame) -> pl.DataFrame:
    """Leaves only rows and what heads them."""
    deeper = (pl.col("indent").shift(-1) > pl.col("indent")).over("run").fill_null(False)
    marked = pl.col("text").str.contains(MARKED)
    head = ~pl.col("is_row") & pl.when(pl.col("indents") > 1).then(deeper).otherwise(
        marked | ~pl.col("text").str.contains(pattern("item_column_head"))
    )
    first = pl.col("i") >= pl.col("first")
    lines = lines.filter(pl.col("is_row") | (head & (first | marked | deeper)))
    below = pl.col("is_row").shift(-1) | (pl.col("indent").shift(-1) > pl.col("indent")) | marked
    followed = (pl.col("is_row") | below).over("run").fill_null(False)
    return lines.filter(followed)


def _cells(lines: pl.DataFrame) -> pl.DataFrame:
    thing = pl.col("unit").is_null() & _counts_things()
    lines = lines.with_columns(
        row=pl.int_range(pl.len(), dtype=pl.Int64).over("run"),
        counted=pl.when(pl.col("is_row") & thing).then(pl.lit("个")),
    )
    columns = (
        (pl.coalesce("name", "text"), pl.coalesce("name_at", "start")),
        (pl.col("unit").fill_null(""), pl.when("is_row").then("unit_at").otherwise("start")),
        (pl.col("figure").fill_null(""), pl.when("is_row").then("figure_at").otherwise("start")),
    )
    cells = [
        lines.select(
            "document_id",
            "row",
            "counted",
            text=text,
            start=start,
            column=pl.lit(column, pl.Int64),
            grid=pl.col("run").cast(pl.Int64),
            shape=pl.lit("glued"),
            indent=pl.when(pl.lit(column == 0)).then("indent").otherwise(0),
        )
        for column, (text, start) in enumerate(columns)
    ]
    return (
        pl.concat(c.select(list(ITEM_CELLS)) for c in cells)
        .filter(pl.col("text") != "")
        .sort("grid", "row", "column")
    )
