"""Lines of cells that would be misread as running text: commas (or semicolons, 、) between cells, blanks
inside their numbers.

    乡镇,户数,人数          指标⇥2022年⇥2023年
    江口镇,512,903          床位数⇥12 345⇥13 020

Only texts that hold such lines are gone through line by line, and few do.
"""

from __future__ import annotations

import re
from itertools import groupby

import polars as pl

from pipeline.reading.layout.compute import each_changed_where
from pipeline.reading.layout.pasted import PASTED, without_tags
from pipeline.vocabulary import pattern

FEWEST_ROWS = 3  # with the row of heads
FEWEST_COMMAS = 2
LONGEST_CELL = 24  # characters of a cell, on the average of a row
NUMBERS = 1 / 4  # of the cells below the heads
NUMERIC = re.compile(r"[-−+]?[0-9]+(?:\.[0-9]+)?[%‰]?")
GROUPED_BY_COMMAS = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")  # 1,287
NOTHING = re.compile(r"[-—–…]*")  # a cell that is blank, or as good as blank
MORE_NUMBERS = 1 / 2  # where the mark is one that parts the words of a sentence
# what parts cells, and what stands in lines that are said
SPOKEN = {
    ",": re.compile(r"[。;；!！?？]"),
    ";": re.compile(r"[。,，!！?？]"),
    "；": re.compile(r"[。,，!！?？]"),
    "、": re.compile(r"[。,，;；:：!！?？]"),
    "/": re.compile(r"[。;；:：!！?？]"),
}
# 元/人·月, (户/人): a stroke that parts no cells
TIED = re.compile(r"元/[人户月年次天日季](?:[·/](?:[月年次天日季]))?|\([^()\n]*\)|（[^（）\n]*）")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
OF_SEMICOLONS = r"(?m)^(?:[^;；\n。]*[;；]){2,}[^;；\n。]*\r?\n(?:[^;；\n]*[;；]){2,}"
ROWS_OF = {  # two lines that may be rows whose cells a mark parts
    ",": r"(?m)^(?:[^,\n。；;]*,){2,}[^,\n。；;]*\r?\n(?:[^,\n]*,){2,}",
    ";": OF_SEMICOLONS,
    "；": OF_SEMICOLONS,
    "、": r"(?m)^(?:[^、\n。；;,，]*、){2,}[^、\n。；;,，]*\r?\n"
    r"(?:[^、\n]*、)+(?:[-—0-9.,，]+(?:、|\r?\n|$)|、)",
    "/": r"(?m)^(?:[^/\n。；;]*/){2,}[^/\n]*\r?\n(?:[^/\n]*/){2,}",
}
LISTED = "|".join(dict.fromkeys(ROWS_OF.values()))
GROUPED = r"[\t| ][1-9][0-9]{0,2} [0-9]{3}(?:[ .\t|]|\n|$)"
THOUSANDS = re.compile(r"([1-9][0-9]{0,2})((?: [0-9]{3})+)((?:\.[0-9]+)?[%‰]?)")
STROKES = "│┃║┆┇┊┋丨¦∣❘︱￤"  # drawn between cells as bars
SET_APART = re.compile(rf"[\t|｜{STROKES}]")  # 17,997│7,462: what parts the cells is no comma
BARS, WIDE = re.compile(r"([\t|])"), re.compile(r"( {2,})")


def with_cells_apart(texts: pl.Series) -> pl.Series:
    """Texts as they were written, with tabs for the commas between the cells of rows; no length changes.

    Rows are neighbouring lines with as many commas each, the first of them without numbers; what stands in
    quotation marks is one cell, and these become blanks.
    """
    return each_changed_where(each_changed_where(texts, PASTED, without_tags), LISTED, _apart)


def with_numbers_whole(texts: pl.Series, gone: str) -> pl.Series:
    """Folded texts with `gone` for the blanks inside numbers that fill a cell (12 345)."""
    return each_changed_where(texts, GROUPED, lambda text: _whole(text, gone))


def _apart(text: str) -> str:
    for mark, spoken in SPOKEN.items():
        if mark in text and re.search(ROWS_OF[mark], text):
            text = _at(text, mark, spoken)
    return text


def _at(text: str, mark: str, spoken: re.Pattern[str]) -> str:
    """A text with tabs for a mark between the cells of rows."""
    lines = [(line, _cells(line, mark, spoken)) for line in text.split("\n")]
    least = NUMBERS if mark == "," else MORE_NUMBERS
    done: list[str] = []
    for marks, run in groupby(lines, lambda pair: pair[1].count("\t") if pair[0] != pair[1] else 0):
        rows = list(run)
        like = marks >= FEWEST_COMMAS and _are_rows([cells.split("\t") for _, cells in rows], least)
        done += [cells if like else line for line, cells in rows]
    return "\n".join(done)


def _cells(line: str, mark: str, spoken: re.Pattern[str]) -> str:
    """A line with tabs for its commas (or other marks); what is said, or is set apart already, as it is."""
    if SET_APART.search(line) or spoken.search(line if mark == "," else GROUPED_BY_COMMAS.sub("", line)):
        return line
    if mark == "/":
        tied = [found.span() for found in TIED.finditer(line)]
        return "".join(
            "\t" if a == "/" and not any(b <= n < e for b, e in tied) else a for n, a in enumerate(line)
        )
    pieces = line.split('"')
    if mark != "," or len(pieces) % 2 == 0:  # an open quotation mark
        return line.replace(mark, "\t")
    return " ".join(p if n % 2 else p.replace(mark, "\t") for n, p in enumerate(pieces))


def _are_rows(rows: list[list[str]], least: float) -> bool:
    """Whether these are a row of heads and rows of names and numbers."""
    heads = (cell.strip() for cell in rows[0])
    if len(rows) < FEWEST_ROWS or any(NUMERIC.fullmatch(head) and not YEAR.fullmatch(head) for head in heads):
        return False
    below = [cell.strip() for row in rows[1:] for cell in row]
    told = [cell for cell in below if not NOTHING.fullmatch(cell)]
    numbers = sum(bool(re.search(pattern("counted_cell"), GROUPED_BY_COMMAS.sub("", cell))) for cell in told)
    return numbers > 0 and numbers >= least * len(told) and sum(map(len, below)) <= LONGEST_CELL * len(below)


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
