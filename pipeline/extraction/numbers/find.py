"""Where the numbers stand: every run of digits, and every Chinese numeral before a measure word.

Only finding; what a number is and means belongs to `units` and `kinds`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.numbers.numerals import COUNTING, FRACTION, NUMERALS
from pipeline.extraction.numbers.units import measure_beginnings
from pipeline.reading.layout.compute import compute_where
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.layout.mending import HAN

EDGE = "\n"  # closes each document, so that no context runs into the next
LEFT, RIGHT = 32, 28  # characters of the windows
ENOUGH_LEFT, ENOUGH_RIGHT = 20, 14  # so much text beside a number does without a look beyond the next one


@cache
def number_pattern() -> str:
    """Nine groups: digits with two scales and the lower one (1亿2500万); digits and their scale; a Chinese
    fraction or plan name; a numeral and its measure word; a numeral that needs none (排名第三)."""
    return (
        r"([0-9]+亿[0-9]{1,4}(?:\.[0-9]+)?|[0-9]+万[0-9](?:\.[0-9]+)?)(万|千)"
        r"|([0-9]+(?:\.[0-9]+)?)(\s?[余多来几]?[十百千万亿]*)"
        rf"|({FRACTION}|十[一二三四五六]五)"
        rf"|([{COUNTING}][{NUMERALS}]*)([余多来几]?[万亿]*[{measure_beginnings()}、)是至])"
        rf"|((?:排名?|位居|位列|名列){HAN}{{0,4}}第|每[月周季年])([{NUMERALS}]+)"
    )


def find_numbers(readings: pl.DataFrame) -> pl.DataFrame:
    """`frame.numbers_found`: every number of each reading (`document_id`, `reading`), in order."""
    rows = _windows(_pieces(readings))
    end = pl.col("total") - pl.col("origin")
    rows = rows.with_columns(
        start=end - pl.col("length"), end=end, chinese=~pl.col("written").str.contains("^[0-9]")
    )
    return rows.filter(~pl.col("edge")).select(columns("frame.numbers_found"))


def _pieces(readings: pl.DataFrame) -> pl.DataFrame:
    """A row a number (`written`) with the text `before` it, and a row more a document: its `edge`.

    `total` counts the characters of all readings up to the number's end, `origin` those of the documents
    before its own.
    """
    marked = pl.concat_str(
        pl.col("reading").str.replace_all(
            number_pattern(), f"${{8}}{MARK}${{1}}${{3}}${{5}}${{6}}${{9}}{MARK}${{2}}${{4}}${{7}}"
        ),
        pl.lit(f"{EDGE}{MARK}{EDGE}"),
    )
    pieces = readings.select("document_id", pieces=marked.str.split(MARK))
    # Text and number take turns, and each document ends with a number that is none: its edge.
    flat = pieces["pieces"].explode(empty_as_null=False)
    counts = pieces.select("document_id", count=pl.col("pieces").list.len() // 2)
    owners = counts.select(pl.col("document_id").repeat_by("count").explode(empty_as_null=False)).to_series()
    rows = pl.DataFrame(
        {"document_id": owners, "before": flat.gather_every(2, 0), "written": flat.gather_every(2, 1)}
    )
    rows = rows.with_columns(
        edge=pl.col("written") == EDGE,
        before_length=pl.col("before").str.len_chars().cast(pl.Int64),
        length=pl.col("written").str.len_chars().cast(pl.Int64),
    )
    total = (pl.col("before_length") + pl.col("length")).cum_sum()
    return rows.with_columns(
        total=total, origin=pl.when("edge").then(total).shift(1).forward_fill().fill_null(0)
    )


def _windows(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `gap`, `gap_length` and the windows `left` and `right`.

    The window is what rules may look at: LEFT characters before a number, RIGHT behind it. Most texts
    between numbers are long enough to fill it; where one is not, the window goes on over up to two numbers
    and the text beyond them, but never out of the document. A rule that would need more does not fit.
    """
    rows = rows.with_columns(tail=pl.col("before").str.tail(LEFT), head=pl.col("before").str.head(RIGHT))
    # the numbers and texts on both sides; beyond an edge there is none
    beside = [
        *(
            pl.col(name).shift(n, fill_value=EDGE).alias(f"{name}{n}")
            for name in ("written", "tail")
            for n in (1, 2)
        ),
        *(pl.col("head").shift(-n, fill_value=EDGE).alias(f"head{n}") for n in (1, 2)),
        *(pl.col("edge").shift(n, fill_value=True).alias(f"edge{n}") for n in (1, 2)),
        pl.col("written").shift(-1, fill_value=EDGE).alias("behind"),
        pl.col("edge").shift(-1, fill_value=True).alias("edge_behind"),
        pl.col("before").shift(-1, fill_value=EDGE).alias("gap"),
        pl.col("before_length").shift(-1, fill_value=1).alias("gap_length"),
    ]
    rows = rows.with_columns(beside)
    nothing = pl.lit("")
    farther = pl.when("edge2").then(pl.lit(EDGE)).otherwise(pl.concat_str("tail2", "written2"))
    left = pl.concat_str(
        pl.when("edge1").then(nothing).otherwise(pl.concat_str(farther, "tail1")), "written1", "tail"
    )
    right = pl.concat_str("head1", "behind", pl.when("edge_behind").then(nothing).otherwise("head2"))
    short_left, short_right = pl.col("before_length") < ENOUGH_LEFT, pl.col("gap_length") < ENOUGH_RIGHT
    return rows.with_columns(
        left=pl.coalesce(compute_where(rows, short_left, left.str.tail(LEFT)), "tail"),
        right=pl.coalesce(compute_where(rows, short_right, right.str.head(RIGHT)), "head1"),
    )
