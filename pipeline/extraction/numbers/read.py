"""Documents to quantities: every number once, what it is, and for a measurement its value and unit."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.contracts.registry import columns
from pipeline.extraction.numbers.bounds import read_bounds
from pipeline.extraction.numbers.find import find_numbers
from pipeline.extraction.numbers.fractions import read_fractions
from pipeline.extraction.numbers.implied_units import settle_units
from pipeline.extraction.numbers.kinds import tell_kinds
from pipeline.extraction.numbers.numerals import read_numeral
from pipeline.extraction.numbers.places import in_name_of_place
from pipeline.extraction.numbers.portions import share_units_of_wholes
from pipeline.extraction.numbers.ranges import pair_ranges, share_units
from pipeline.extraction.numbers.rates import read_rates
from pipeline.extraction.numbers.units import read_phrases
from pipeline.reading.layout.compute import compute_where, in_parts
from pipeline.vocabulary import pattern

SKIPPED = {
    "document_id": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
    "text": pl.String,
    "kind": pl.String,
}
UNREAD = {"": "identifier", "、": "list_marker"}  # by what follows the digits
VALUES = {
    "written": pl.String,
    "value": pl.Float64,
    "value_high": pl.Float64,
    "own_unit": pl.String,
    "vague": pl.Boolean,
}
SIGN = r"[-−—负]\s?$"
EXACT = 1e9  # above it a double cannot be rounded to six places
ROUND = "^[十百千万亿]+$"  # 上百户, 上万人次


def skipped_numbers(documents: pl.DataFrame, skipped: pl.DataFrame) -> pl.DataFrame:
    """The digits in spans that are not read: page numbers as identifiers, those of segments (2、) as markers.

    `document_id`, `span_start`, `span_end`, `text`, `kind`; spans in the documents' texts.
    """
    texts = dict(documents.select("document_id", "text").iter_rows())
    spans = skipped.select("document_id", "start", "end").unique().sort("document_id", "start")
    found = [
        (document_id, start + digits.start(), start + digits.end(1), digits[1], UNREAD[digits[2]])
        for document_id, start, end in spans.iter_rows()
        for digits in re.finditer(r"(\d+)(、?)", texts[document_id][start:end])
    ]
    frame = pl.DataFrame(found, schema=SKIPPED, orient="row")
    return frame.unique(["document_id", "span_start"], maintain_order=True)


def numbers_in(readings: pl.DataFrame, cells: pl.DataFrame | None = None) -> pl.DataFrame:
    """`frame.numbers`: every number of each reading (`document_id`, `reading`), in order.

    `cells`: what the tables of the readings say of the numbers in them (`frame.cell_numbers`).
    """
    return pl.concat(in_parts(readings, "reading", lambda part: _numbers_in(part, cells)))


def _numbers_in(readings: pl.DataFrame, cells: pl.DataFrame | None) -> pl.DataFrame:
    return in_base_units(tell(with_units(find_numbers(readings), cells), cells))


def with_units(found: pl.DataFrame, cells: pl.DataFrame | None = None) -> pl.DataFrame:
    """`frame.numbers_found` → `frame.numbers_with_units`."""
    rows = settle_units(read_phrases(_with_values(found)))
    above = pl.col("chinese") & pl.col("left").str.ends_with("上") & pl.col("written").str.contains(ROUND)
    vague = (pl.col("vague") | above) & (pl.col("comparator") == "")
    rows = rows.with_columns(comparator=pl.when(vague).then(pl.lit("~")).otherwise("comparator"))
    rows = read_fractions(_with_table_units(rows, cells))
    return rows.select(columns("frame.numbers_with_units"))


def tell(rows: pl.DataFrame, cells: pl.DataFrame | None = None) -> pl.DataFrame:
    """`frame.numbers_with_units` → `frame.numbers_told`; numerals that are no number are left out."""
    rows = share_units_of_wholes(_apart_in_cells(share_units(rows), cells))
    rows = _of_cells(rows.with_columns(tell_kinds(rows)), cells).filter(pl.col("kind").is_not_null())
    # what cannot be read as a value (万万) is accounted for, but measures nothing
    unread = (pl.col("kind") == "measurement") & pl.col("value").is_null()
    place = in_name_of_place(rows, pl.col("chinese") & (pl.col("kind") != "name"))
    rows = rows.with_columns(kind=pl.when(unread | place).then(pl.lit("name")).otherwise("kind"))
    return pair_ranges(_chain_identifiers(rows)).select(columns("frame.numbers_told"))


def _apart_in_cells(rows: pl.DataFrame, cells: pl.DataFrame | None) -> pl.DataFrame:
    """No number in a cell leads to one in the next: 741 — 4656 are two figures and a blank between them."""
    if cells is None or cells.is_empty():
        return rows
    spans = cells.select("document_id", start="start", cell_end="end").sort("start")
    told = rows.select("document_id", "start", "end", behind=pl.col("end") + pl.col("gap_length"))
    told = told.join_asof(spans, on="start", by="document_id", check_sortedness=False)
    out = (told["end"] <= told["cell_end"]) & (told["behind"] >= told["cell_end"])
    joint = pl.when(pl.lit(out.fill_null(False))).then(None).otherwise("joint")
    return rows.with_columns(joint=joint)


def in_base_units(told: pl.DataFrame) -> pl.DataFrame:
    """`frame.numbers_told` → `frame.numbers`."""
    return _finish(read_bounds(read_rates(told))).select(columns("frame.numbers"))


def _with_values(rows: pl.DataFrame) -> pl.DataFrame:
    written = rows["written"].unique()
    values = pl.DataFrame(
        [(text, *read_numeral(text)) for text in written.to_list()], schema=VALUES, orient="row"
    )
    return rows.join(values, on="written", how="left", maintain_order="left")


def _with_table_units(rows: pl.DataFrame, cells: pl.DataFrame | None) -> pl.DataFrame:
    """A bare figure in a table takes the unit that its row or column names."""
    if cells is None or cells.is_empty():
        return rows
    names = ("unit", "factor", "unit_class", "rate", "scaled")
    given = cells.filter(pl.col("digits").is_not_null())
    given = given.select("document_id", *names, start="digits", cell_end="end")
    rows = rows.join(given, on=["document_id", "start"], how="left", suffix="_given", maintain_order="left")
    # 451    社区居委会: a unit does not begin in the next cell
    outside = (pl.col("end") + pl.col("length") > pl.col("cell_end")).fill_null(False)
    # what the words around it imply is less than what its heads say
    implied = (pl.col("length") == 0) & (pl.col("unit_class_given") != "figure")
    # 188元 below 标准(元/人·月): for whom and how long its heads say
    unrated = (pl.col("unit_class") == "money") & (pl.col("rate") == "") & (pl.col("rate_given") != "")
    unrated &= pl.all_horizontal(pl.col(n) == pl.col(f"{n}_given") for n in ("unit", "factor"))
    bare = (pl.col("unit_class") == "") | outside | implied | unrated.fill_null(False)
    bare &= pl.col("unit_class_given").is_not_null()
    # 331.5元 beside 月人均补助水平, which states no unit itself
    money = (pl.col("unit_class") == "money") & ~pl.col("scaled") & ~outside
    only = money & (pl.col("rate") == "") & (pl.col("unit_class_given") == "figure")
    rate = pl.when(only.fill_null(False)).then("rate_given").otherwise("rate")
    own = pl.when(pl.col("unit_class_given") != "figure").then("rate_given").otherwise(pl.lit(""))
    rows = rows.with_columns(rate=rate, rate_given=own)
    return rows.with_columns(
        *(pl.when(bare).then(f"{name}_given").otherwise(name).alias(name) for name in names),
        length=pl.when(outside).then(0).otherwise("length"),
        phrase=pl.when(outside).then(pl.lit("")).otherwise("phrase"),
    ).drop("cell_end", *(f"{name}_given" for name in names))


def _of_cells(rows: pl.DataFrame, cells: pl.DataFrame | None) -> pl.DataFrame:
    """What stands in a cell is what the table says: a figure, a code, the number of a row."""
    if cells is None or cells.is_empty():
        return rows
    spans = cells.select("document_id", "digits", start="start", cell_end="end", cell_kind="kind").sort(
        "start"
    )
    told = rows.select("document_id", "start", "kind", "value")
    told = told.join_asof(spans, on="start", by="document_id", check_sortedness=False)
    inside = (pl.col("start") < pl.col("cell_end")) & (
        pl.col("digits").is_null() | (pl.col("digits") == pl.col("start"))
    )
    kind = pl.when(inside.fill_null(False)).then("cell_kind").otherwise("kind")
    return rows.with_columns(told.select(kind=kind).to_series())


def _chain_identifiers(rows: pl.DataFrame) -> pl.DataFrame:
    """What is tied to a code by a stroke is part of it: (0563)3027267, 202308-00030."""
    loose = (
        (pl.col("unit_class") == "")
        & ~pl.col("chinese")
        & ~pl.col("kind").is_in(["list_marker", "identifier"])
        & (pl.col("document_id") == pl.col("document_id").shift(1))
    )
    rows = rows.with_columns(before=pl.col("gap").shift(1, fill_value="\n"))
    tied = compute_where(rows, loose, pl.col("before").str.contains(pattern("identifier_joint"))).fill_null(
        False
    )
    # what the chain begins with that each number is tied into
    begins = pl.when(tied).then(None).otherwise("kind").forward_fill()
    joined = pl.lit(tied) & (begins == "identifier")
    return rows.with_columns(kind=pl.when(joined).then(pl.lit("identifier")).otherwise("kind")).drop("before")


@cache
def _change(sign: str) -> str:
    """What stands before a number by which something rose (1) or fell (-1)."""
    return vocabulary.either(vocabulary.words("numbers/change_words.csv", sign=sign, use="change")) + pattern(
        "behind_change"
    )


def _without_dust(value: pl.Expr) -> pl.Expr:
    """To the hundredth of a unit where it is large: floating point adds dust to 285.6亿, and rounding twelve
    digits to six places adds more."""
    return pl.when(pl.col("scaled") | (value.abs() >= EXACT)).then(value.round(2)).otherwise(value.round(6))


def _finish(rows: pl.DataFrame) -> pl.DataFrame:
    measured, left = pl.col("kind") == "measurement", pl.col("left")
    percent = measured & (pl.col("unit_class") == "percent")
    below = {
        "minus": percent,
        "below_zero": measured & (pl.col("unit_class") == "size"),
        "minus_of_balance": measured & (pl.col("unit_class") == "money"),  # 收支相抵结余-3.2万元
    }
    signs = [compute_where(rows, of, left.str.contains(pattern(name))) for name, of in below.items()]
    minus = pl.any_horizontal(sign.fill_null(False) for sign in signs).alias("minus")
    signed = left.str.extract(SIGN, 0).str.len_chars().fill_null(0)
    turn = (
        pl.when(left.str.contains(_change("-1")))
        .then(-1)
        .when(left.str.contains(_change("1")))
        .then(1)
        .cast(pl.Int64)
    )
    factor = pl.col("factor") * pl.when(minus).then(-1.0).otherwise(1.0)
    high_factor = pl.when("lower").then(pl.col("factor").shift(-1)).otherwise("factor")
    end = pl.col("end") + pl.col("length")
    rate = (pl.col("unit_class") == "money") & (pl.col("rate") != "")
    unit = pl.when(rate).then(pl.concat_str("unit", pl.lit("/"), "rate")).otherwise("unit")
    fields: dict[str, pl.Expr | pl.Series] = {
        "q_start": pl.col("start")
        - pl.max_horizontal("cue_length", "rate_length", pl.when(minus).then(signed).otherwise(0)),
        "q_end": pl.when("lower").then(end.shift(-1)).otherwise(end),
        "value": _without_dust(pl.col("value") * factor),
        "value_high": _without_dust(pl.col("value_high") * high_factor),
        "unit": pl.when(unit != "").then(unit),
        "unit_written": pl.when("lower").then(pl.col("phrase").shift(-1)).otherwise("phrase"),
        "comparator": pl.col("comparator"),
        "rate": rate,
        "change_sign": compute_where(rows, measured, turn).alias("change_sign"),
    }
    return rows.select(
        "document_id",
        pl.col("start").alias("span_start"),
        pl.col("end").alias("span_end"),
        "written",
        "kind",
        *(pl.when(measured).then(value).alias(name) for name, value in fields.items()),
    )
