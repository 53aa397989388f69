"""Lines of cells that would be misread as running text: commas between cells, blanks inside their numbers.

    乡镇,户数,人数          指标⇥2022年⇥2023年
    江口镇,512,903          床位数⇥12 345⇥13 020

Only texts that hold such lines are gone through line by line, and few do.
"""

from __future__ import annotations

import re
from itertools import groupby

import polars as pl

FEWEST_ROWS = 3  # with the row of heads
FEWEST_COMMAS = 2
LONGEST_CELL = 24  # characters of a cell, on the average of a row
NUMBERS = 1 / 4  # of the cells below the heads
NUMERIC = re.compile(r"[-−+]?[0-9]+(?:\.[0-9]+)?[%‰]?")
SPOKEN = re.compile(r"[。;；!！?？]")
LISTED = r"(?m)^(?:[^,\n。；;]*,){2,}[^,\n。；;]*\r?\n(?:[^,\n]*,){2,}"
GROUPED = r"[\t| ][1-9][0-9]{0,2} [0-9]{3}(?:[ .\t|]|\n|$)"
THOUSANDS = re.compile(r"([1-9][0-9]{0,2})((?: [0-9]{3})+)((?:\.[0-9]+)?[%‰]?)")
BARS, WIDE = re.compile(r"([\t|])"), re.compile(r"( {2,})")


def with_cells_apart(texts: pl.Series) -> pl.Series:
    """Texts as they were written, with tabs for the commas between the cells of rows; no length changes.

    Rows are neighbouring lines with as many commas each, the first of them without numbers; what stands in
    quotation marks is one cell, and these become blanks.
    """
    return _changed(texts, LISTED, _apart)


def with_numbers_whole(texts: pl.Series, gone: str) -> pl.Series:
    """Folded texts with `gone` for the blanks inside numbers that fill a cell (12 345)."""
    return _changed(texts, GROUPED, lambda text: _whole(text, gone))


def _changed(texts: pl.Series, holds: str, change) -> pl.Series:
    hit = texts.str.contains(holds).fill_null(False)
    if not hit.any():
        return texts
    done = pl.Series([change(text) for text in texts.filter(hit)], dtype=pl.String)
    return texts.scatter(hit.arg_true(), done)


def _apart(text: str) -> str:
    lines = [(line, _cells(line)) for line in text.split("\n")]
    done: list[str] = []
    for commas, run in groupby(lines, lambda pair: pair[1].count("\t")):
        rows = list(run)
        like = commas >= FEWEST_COMMAS and _are_rows([cells.split("\t") for _, cells in rows])
        done += [cells if like else line for line, cells in rows]
    return "\n".join(done)


def _cells(line: str) -> str:
    """A line with tabs for its commas; what is said, or has tabs already, as it is."""
    if "\t" in line or SPOKEN.search(line):
        return line.replace("\t", " ")
    pieces = line.split('"')
    if len(pieces) % 2 == 0:  # an open quotation mark
        return line.replace(",", "\t")
    return " ".join(p if n % 2 else p.replace(",", "\t") for n, p in enumerate(pieces))


def _are_rows(rows: list[list[str]]) -> bool:
    """Whether these are a row of heads and rows of names and numbers."""
    if len(rows) < FEWEST_ROWS or any(NUMERIC.fullmatch(cell.strip()) for cell in rows[0]):
        return False
    below = [cell.strip() for row in rows[1:] for cell in row]
    numbers = sum(bool(NUMERIC.fullmatch(cell.replace(",", ""))) for cell in below)
    return numbers >= NUMBERS * len(below) and sum(map(len, below)) <= LONGEST_CELL * len(below)


def _whole(text: str, gone: str) -> str:
    lines = text.split("\n")
    gaps = [len(WIDE.findall(line.strip())) for line in lines]
    for n, line in enumerate(lines):
        if not THOUSANDS.search(line):
            continue
        barred = BARS.search(line)
        # one column in blanks is as wide as its neighbours above or below
        alike = gaps[n] > 1 and gaps[n] in gaps[max(n - 1, 0) : n] + gaps[n + 1 : n + 2]
        if barred or alike:
            lines[n] = _joined((BARS if barred else WIDE).split(line), gone)
    return "\n".join(lines)


def _joined(pieces: list[str], gone: str) -> str:
    cells = [piece.strip() for piece in pieces[::2]]
    # 甲 乙 | 120 345: whole rows inside one cell each part their names as well
    if not any(cell and " " not in cell and not cell[0].isdigit() for cell in cells):
        return "".join(pieces)
    whole = (
        piece.replace(cell, cell.replace(" ", gone)) if THOUSANDS.fullmatch(cell) else piece
        for piece, cell in zip(pieces[::2], cells, strict=True)
    )
    return "".join(a + b for a, b in zip(whole, [*pieces[1::2], ""], strict=True))
