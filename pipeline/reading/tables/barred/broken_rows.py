"""Rows that a copied page broken over lines, with a bar behind each cell, joined to one line each.

街道 | 个 | 74 | ⏎ 三、民政机构 | ⏎ | ⏎ | ⏎ 养老机构 | 个 | 34 |: the heading and the two bars
below it are a row.
"""

from __future__ import annotations

from itertools import accumulate

import polars as pl

from pipeline.reading.layout.written import LIST_NUMERAL
from pipeline.reading.tables.barred.even_rows import even_rows
from pipeline.reading.tables.barred.filled_rows import ROWS, filled_rows

NARROWEST = 3  # bars of a row
FEWEST = 3  # rows of one line, which tell how many bars a row has
BARRED = r"\|\s*$"
NEXT_HEADING = rf"^(.*\p{{Han}}.*?\s+)({LIST_NUMERAL}、\p{{Han}}.*)$"


def with_whole_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (`cutting.cut_lines`) with the lines of one row joined to one, in runs of lines with a bar at
    their end whose bars sum up to as many for each row; `line` counts on without gaps for those that went.

    Offsets hold: blanks stand for the line feeds between.
    """
    joined = pl.DataFrame(schema=ROWS)
    for find in (filled_rows, even_rows, _broken):
        rest = lines.join(joined, on=["doc", "line"], how="anti", maintain_order="left")
        found = find(rest).with_columns(pl.col("row") + joined.height)
        joined = pl.concat([joined, found])
    if joined.is_empty():
        return lines
    lines = lines.join(joined, on=["doc", "line"], how="left", maintain_order="left")
    size = pl.col("start").shift(-1) - pl.col("start")
    last = pl.col("row").ne_missing(pl.col("row").shift(-1))
    lines = lines.with_row_index("place").with_columns(size=size, last=last)
    padded = pl.col("text").str.pad_end(pl.col("size").fill_null(0).clip(0))
    parts = lines.filter(pl.col("row").is_not_null())
    parts = parts.with_columns(text=pl.when("last").then("text").otherwise(padded))
    whole = parts.group_by("row", maintain_order=True).agg(
        pl.exclude("text", "end").first(), pl.col("end").last(), text=pl.col("text").str.join(""),
        gone=pl.len().cast(pl.Int64) - 1,
    )  # fmt: skip
    alone = lines.filter(pl.col("row").is_null()).with_columns(gone=pl.lit(0, pl.Int64))
    lines = pl.concat([whole.select(alone.columns), alone]).sort("place")
    gone = pl.col("gone").cum_sum().over("doc") - pl.col("gone")
    return lines.with_columns(line=pl.col("line") - gone).drop("row", "place", "size", "last", "gone")


def with_headings_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (`grid`, `row`, `column`, `start`, `text` and others, in order) with the heading of the rows
    below that a broken page left in the name of the row above as a row of its own:
    离婚登记 七、社会组织 | 对 | 4621."""
    parts = pl.col("text").str.extract_groups(NEXT_HEADING)
    led = cells.filter(pl.col("column") == 0).with_columns(parts=parts)
    led = led.filter(pl.col("parts").struct.field("2").is_not_null())
    if led.is_empty():
        return cells
    name, heading = (pl.col("parts").struct.field(n) for n in ("1", "2"))
    behind = led.with_columns(start=pl.col("start") + name.str.len_chars(), text=heading, sub=1).drop("parts")
    shorter = led.select("grid", "row", "column", "start", name=name.str.strip_chars_end())
    cells = cells.join(shorter, on=["grid", "row", "column", "start"], how="left", maintain_order="left")
    cells = cells.with_columns(text=pl.coalesce("name", "text"), sub=0).drop("name")
    both = pl.concat([cells, behind.select(cells.columns)])
    both = both.with_columns(row=pl.struct("row", "sub").rank("dense").over("grid").cast(pl.Int64) - 1)
    return both.sort("grid", "row", "column").drop("sub")


def _broken(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, line and row (counted from 0) of the lines that are parts of rows."""
    text = pl.col("text")
    barred = text.str.contains(BARRED)
    other = (pl.col("doc") != pl.col("doc").shift(1)) | (barred != barred.shift(1))
    told = lines.select(
        "doc", "line", barred=barred, bars=text.str.count_matches("|", literal=True).cast(pl.Int64),
        lead=text.str.contains(r"^\s*\|.*[^|\s]"), padding=text.str.contains(r"^\s*\|{2,}\s*$"),
        run=other.fill_null(True).cum_sum(),
    ).filter("barred")  # fmt: skip
    width = pl.col("bars").filter(pl.col("bars") >= NARROWEST, ~pl.col("padding")).mode().max().over("run")
    whole = (pl.col("bars") == width).sum().over("run")
    padded = pl.col("padding").sum().over("run")
    broken = (pl.col("bars") != width.fill_null(0)).any().over("run")
    led = pl.col("lead").any().over("run")
    told = told.with_columns(width=width)
    told = told.filter((whole.fill_null(0) >= FEWEST) | (padded >= FEWEST), broken & ~led)
    rows: list[tuple[int, int, int]] = []
    row = 0
    for _, run in told.group_by("run", maintain_order=True):
        bars, padding = run["bars"].to_list(), run["padding"].to_list()
        found = _rows(bars, run["width"][0] or 0) or _padded(bars, padding)
        if found is None:
            continue
        docs, numbers = run["doc"].to_list(), run["line"].to_list()
        rows += [(docs[n], numbers[n], row + at) for n, at in enumerate(found)]
        row = rows[-1][2] + 1
    return pl.DataFrame(rows, ROWS, orient="row")


def _rows(bars: list[int], width: int) -> list[int] | None:
    """The row of each line, or None where bars do not sum up or most rows are broken."""
    rows, count, broken = _summed(bars, width)
    return rows if count >= FEWEST and 0 < broken <= count / 2 else None


def _padded(bars: list[int], padding: list[bool]) -> list[int] | None:
    """The same where bars alone (`|||||`) fill up the rows: the first of them ends the first row, and each
    other one a row of as many bars."""
    so_far = list(accumulate(bars))
    ends = [so_far[n] for n, fills in enumerate(padding) if fills]
    if len(ends) < FEWEST or ends[0] < NARROWEST or any(end % ends[0] for end in ends):
        return None
    rows, count, _ = _summed(bars, ends[0])
    return rows if count >= FEWEST else None


def _summed(bars: list[int], width: int) -> tuple[list[int], int, int]:
    """The row of each line, how many rows there are and how many of them are broken over lines. Lines behind
    the last whole row, and all from where bars are too many for one (notes below), are rows of their own."""
    rows, row, held, broken = [], 0, 0, 0
    for count in bars:
        held += count
        if held > width:
            break
        rows.append(row)
        if held == width:
            broken += count < width
            row, held = row + 1, 0
    whole = len(rows) - rows.count(row)
    return [*rows[:whole], *range(row, row + len(bars) - whole)], row, broken
