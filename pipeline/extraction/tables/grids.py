"""Tables pasted as text: cells between `|`, tabs or line ends, with the words that head their row and column.

Here: where the cells are and how they are labelled, and the unit that a label gives to a bare figure. What
a cell measures is for attribution to say.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline.extraction.numbers.units import alternatives, parse_phrase, rate_pattern, units
from pipeline.extraction.tables.cell_lines import line_cells
from pipeline.extraction.tables.item_lines import item_cells
from pipeline.reading.layout.cutting import MARK
from pipeline.vocabulary import rows as vocabulary

BORDER = r"[|\t]"
FIGURE = r"^[-−+]?[0-9][0-9.]*\s?[%‰]?$"
YEAR = r"^(?:19[5-9]|20[0-4])[0-9]年?度?$"
RULER = r"^:?-{2,}:?$"  # | --- | --- | under a head
BESIDE = 1 << 32  # more rows than a frame holds
NEARBY = 2  # lines between two rows of one table
CAPTION = re.compile(r"单位\s?:\s?([^\s|)。]{1,16})")
MONEY_LABEL = r"[金款费]|支出|投入|收入|产值|预算|投资"
CELLS = {
    "document_id": pl.String,
    "table": pl.Int64,
    "row": pl.Int64,
    "column": pl.Int64,
    "start": pl.Int64,
    "end": pl.Int64,
    "text": pl.String,
    "figure": pl.Boolean,
    "row_label": pl.String,
    "column_label": pl.String,
    "unit_label": pl.String,
    "caption": pl.String,
}


def read_tables(reading: pl.DataFrame) -> pl.DataFrame:
    """The cells of each reading's tables (`document_id`, `reading`) that hold figures; columns as in `CELLS`.

    `row_label` joins the words to the left of the cell in its row (the first column carried down where it is
    blank), `column_label` the heads above it from the top down (a blank head takes its left neighbour's),
    `unit_label` is a cell of the row that is nothing but a unit, `caption` the line before the table where it
    names a unit (单位:万元). Offsets are into the reading and leave out the blanks around a cell's text.
    """
    barred = reading.filter(pl.col("reading").str.contains(BORDER))
    tables = [pl.DataFrame(schema=CELLS)]
    if not barred.is_empty():
        lines = _lines(barred)
        rows = _number_tables(lines)
        cells = _tell_figures(_split_cells(rows))
        cells = _label_columns(_label_rows(cells.filter(pl.col("figure").any().over("table"))))
        cells = cells.join(_captions(lines, rows), on="table", how="left", maintain_order="left")
        tables.append(cells.select(list(CELLS)))
    stacked = line_cells(reading)
    if not stacked.is_empty():
        # numbered apart from the others
        apart = pl.col("block") * BESIDE + BESIDE
        cells = stacked.with_columns(table=apart, row=apart + pl.col("row")).drop("block")
        cells = _label_columns(_label_rows(_tell_figures(cells)))
        tables.append(cells.with_columns(caption=pl.lit(None, pl.String)).select(list(CELLS)))
    items = item_cells(reading)
    if not items.is_empty():
        known = items.join(pl.concat(tables).filter("figure"), on=["document_id", "start"], how="semi")
        items = items.join(known, on=["block", "row"], how="anti")
        apart = -(pl.col("block") + 1) * BESIDE
        cells = items.with_columns(table=apart, row=apart + pl.col("row"), caption=pl.lit(None, pl.String))
        cells = _label_columns(_label_rows(_tell_figures(cells.drop("block"))))
        # what a row says of itself goes before what its head says
        own = pl.coalesce("unit_label", "counted", _own_units(cells["row_label"]))
        tables.append(cells.with_columns(unit_label=own).select(list(CELLS)))
    return pl.concat(tables)


def _lines(reading: pl.DataFrame) -> pl.DataFrame:
    lines = reading.select("document_id", line=pl.col("reading").str.split("\n")).explode(
        "line", empty_as_null=False
    )
    size = pl.col("line").str.len_chars().cast(pl.Int64) + 1
    return lines.with_columns(
        number=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"),
        offset=(size.cum_sum() - size).over("document_id"),
    )


def _number_tables(lines: pl.DataFrame) -> pl.DataFrame:
    """Rows of one table follow each other, but for cells that are broken over lines."""
    blank = (pl.col("line").str.strip_chars() == "").cum_sum()
    rows = lines.with_columns(blanks=blank).filter(pl.col("line").str.contains(BORDER))
    apart = (
        (pl.col("number") - pl.col("number").shift(1) > NEARBY)
        | (pl.col("blanks") != pl.col("blanks").shift(1))
        | (pl.col("document_id") != pl.col("document_id").shift(1))
        | (
            pl.col("line").str.contains("|", literal=True)
            != pl.col("line").str.contains("|", literal=True).shift(1)
        )
    )
    return rows.with_columns(
        table=apart.fill_null(True).cum_sum().cast(pl.Int64), row=pl.int_range(pl.len(), dtype=pl.Int64)
    )


def _split_cells(rows: pl.DataFrame) -> pl.DataFrame:
    cells = rows.select(
        "document_id",
        "table",
        "row",
        "offset",
        # an opening border opens no column, where the table's lines have one
        opening=(pl.col("line").str.contains(rf"^\s*{BORDER}").mean() > 0.5).over("table"),
        cell=pl.col("line").str.replace_all(BORDER, MARK).str.split(MARK),
    ).explode("cell", empty_as_null=False)
    size = pl.col("cell").str.len_chars().cast(pl.Int64) + 1
    blank = size - 1 - pl.col("cell").str.strip_chars_start().str.len_chars()
    cells = cells.with_columns(
        column=pl.int_range(pl.len(), dtype=pl.Int64).over("row")
        - pl.col("opening").fill_null(False).cast(pl.Int64),
        start=pl.col("offset") + (size.cum_sum() - size).over("row") + blank,
        text=pl.col("cell").str.strip_chars().str.replace(RULER, ""),
    )
    return cells.filter(pl.col("column") >= 0).drop("offset", "opening", "cell")


def _tell_figures(cells: pl.DataFrame) -> pl.DataFrame:
    """Which cells are figures, and which nothing but a unit."""
    text, leading = pl.col("text"), pl.col("column") == 0
    figure, year = text.str.contains(FIGURE), text.str.contains(YEAR)
    # a row of years is a head, a year before a row its label, and a number before its name the row's own
    years = ((year | ~figure).all() & (year.sum() > 1)).over("row")
    counts = leading & text.str.contains(r"^[0-9]{1,3}$") & (~figure & (text != "")).any().over("row")
    return cells.with_columns(
        end=pl.col("start") + text.str.len_chars(),
        figure=figure & ~years & ~counts & ~(year & leading),
        is_unit=text.is_in(_bare_units()) | text.str.contains(_unit_rate()),
    )


def _label_rows(cells: pl.DataFrame) -> pl.DataFrame:
    words = (pl.col("text") != "") & ~pl.col("figure") & ~pl.col("is_unit")
    leftmost = pl.col("column").filter(pl.col("figure")).min().over("row")
    cells = cells.with_columns(
        word=pl.when(words & (pl.col("column") < leftmost).fill_null(True)).then("text"),
        # a first column that is blank belongs to the row above it
        first=pl.when((pl.col("column") == 0) & words).then("text"),
    ).with_columns(first=pl.col("first").forward_fill().over("table"))
    labels = cells.group_by("row", maintain_order=True).agg(
        words=pl.col("word").drop_nulls().str.join(" "),
        carried=pl.col("first").first(),
        figures=pl.col("figure").any(),
        unit_label=pl.col("text").filter(pl.col("is_unit")).first(),
    )
    row_label = pl.when(pl.col("words") == "").then("carried").otherwise("words").fill_null("")
    labels = labels.with_columns(row_label=row_label).drop("words", "carried")
    return cells.join(labels, on="row", how="left", maintain_order="left")


def _label_columns(cells: pl.DataFrame) -> pl.DataFrame:
    """The head of a table is its rows before the first row with figures."""
    body = pl.col("row").filter(pl.col("figures")).min().over("table")
    cells = cells.with_columns(head=(pl.col("row") < body).fill_null(True))
    heads = cells.filter("head").with_columns(
        pl.when(pl.col("text") != "").then("text").forward_fill().over("row").alias("text")
    )
    labels = heads.group_by("table", "column", maintain_order=True).agg(
        column_label=pl.col("text").drop_nulls().unique(maintain_order=True).str.join(" ")
    )
    cells = cells.join(labels, on=["table", "column"], how="left", maintain_order="left")
    return cells.with_columns(
        column_label=pl.when("head").then(pl.lit("")).otherwise("column_label").fill_null("")
    )


def _captions(lines: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """单位:万元 on one of the three lines above a table."""
    tops = rows.group_by("document_id", "table", maintain_order=True).agg(top=pl.col("number").min())
    said = lines.filter(pl.col("line").str.contains(r"单位\s?[::]")).select(
        "document_id", "number", caption="line"
    )
    return (
        tops.join(said, on="document_id")
        .filter(pl.col("number").is_between(pl.col("top") - 3, pl.col("top") + 1))
        .sort("number")
        .group_by("table", maintain_order=True)
        .agg(pl.col("caption").last())
    )


@cache
def _bare_units() -> list[str]:
    """Units that fill a cell of their own; 街道 and 乡, which count too, are what is counted there."""
    measures = {"count", "money", "percent", "size", "span"}
    words = [w for w, u in units().items() if u.arabic in measures and (u.chinese or u.arabic == "percent")]
    return words + [scale + w for scale in ("百", "千", "万", "百万", "亿") for w in words]


@cache
def _unit_rate() -> str:
    """万元/人·年 in a cell of its own."""
    money = alternatives([word for word, unit in units().items() if unit.arabic == "money"])
    return rf"^[百千万亿]{{0,2}}(?:{money})(?:{rate_pattern()})$"


@cache
def _label_words() -> list[tuple[str, str]]:
    return [(row["pattern"], row["unit"]) for row in vocabulary("tables/label_units.csv")]


@cache
def label_unit(label: str) -> str:
    """The unit that a head names: 床位数(万张), 单位:元/人·月, 参检率; empty where it names none."""
    for bracketed, named in reversed(re.findall(r"\(([^()]{1,12})\)|单位\s?:\s?([^\s|),。]{1,12})", label)):
        word = bracketed or named
        if parse_phrase(word).length == len(word):
            return word
    for ending, unit in _label_words():
        if re.search(ending, label):
            return unit
    return ""


def _own_units(labels: pl.Series) -> pl.Series:
    """The unit that each label names, null where it names none."""
    named = {label: label_unit(label) or None for label in labels.unique().to_list()}
    return labels.replace_strict(list(named), list(named.values()), return_dtype=pl.String)


GIVEN = {
    "label": pl.String,
    "unit": pl.String,
    "factor": pl.Float64,
    "unit_class": pl.String,
    "rate": pl.String,
    "scaled": pl.Boolean,
}


def figure_units(cells: pl.DataFrame) -> pl.DataFrame:
    """The unit that each figure of `read_tables` has from its row, column or caption.

    `document_id`, `start` (of the figure's digits), and `unit`, `factor`, `unit_class`, `rate`, `scaled` as
    `units.read_phrases` gives them; the class is `figure` where nothing names a unit.
    """
    parts = ("unit_label", "column_label", "row_label", "caption")
    labelled = cells.filter("figure").with_columns(
        label=pl.concat_str(*(pl.col(part).fill_null("") for part in parts), separator=MARK),
        start=pl.col("start") + pl.col("text").str.contains(r"^[^0-9]").cast(pl.Int64),
    )
    known = [(label, *_given(label)) for label in labelled["label"].unique().to_list()]
    return labelled.join(
        pl.DataFrame(known, schema=GIVEN, orient="row"), on="label", how="left", maintain_order="left"
    ).select("document_id", "start", *list(GIVEN)[1:])


def _caption_unit(caption: str, label: str) -> str:
    """单位:万元 is the unit of a table; of 单位:户、人、万元 the sum of money is the column of money's."""
    named = CAPTION.search(caption)
    words = re.split(r"[、,]", named.group(1)) if named else []
    if len(words) < 2:
        return label_unit(caption)
    money = [word for word in words if parse_phrase(word).arabic == "money"]
    return money[0] if money and re.search(MONEY_LABEL, label) else ""


def _given(label: str) -> tuple[str, float, str, str, bool]:
    cell, column, row, caption = label.split(MARK)
    phrase = parse_phrase(
        cell or label_unit(column) or label_unit(row) or _caption_unit(caption, column + row)
    )
    return phrase.unit, phrase.factor, phrase.arabic or "figure", phrase.rate, phrase.scaled
