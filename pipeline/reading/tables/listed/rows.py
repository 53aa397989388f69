"""Rows that are written as lists: a name, a colon, and the same words with their figures in each of them.

东镇:城市低保户数12户,城市低保人数31人;
西镇:城市低保户数9户,城市低保人数20人。
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

import polars as pl

from pipeline.reading.tables import words
from pipeline.reading.tables.raw_cells import RawCell, glued

NAME = r"(?:[0-9]{1,3}[.、]?)?\p{Han}[^:,;。0-9]{1,20}"
LIKELY = rf"^\s*{NAME}:\s*\p{{Han}}[^:;。]*[0-9][^:;。]*,[^:。]*[0-9][^:。]*[;,。]?\s*$"
ROW = re.compile(r"^(\s*(?:[0-9]{1,3}[.、]?)?)([^:]+?)(:\s*)(.*?)[;,。]?\s*$")
FEWEST_ROWS, FEWEST_FIGURES = 2, 2
LONGEST_WORDS = 20  # characters before a figure


def listed_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such rows (`RAW_CELLS`): names (column 0) and figures; the first row's words are heads.

    `lines`: as `cutting.cut_lines` gives them.
    """
    likely = lines.filter(pl.col("text").str.contains(LIKELY))
    cells: list[RawCell] = []
    rows = [
        (document, line, *row)
        for document, line, start, text in likely.select("document_id", "line", "start", "text").iter_rows()
        if (row := _row(text, start))
    ]
    alike = groupby(
        enumerate(rows), lambda one: (one[1][0], one[1][1] - one[0], tuple(w for w, *_ in one[1][4]))
    )
    for grid, (_, run) in enumerate(alike):
        held = [row for _, row in run]
        if len(held) < FEWEST_ROWS:
            continue
        cells += [(held[0][0], grid, 0, n, at, word) for n, (word, at, *_) in enumerate(held[0][4], 1)]
        for number, (document, _, name, name_at, items) in enumerate(held, 1):
            cells.append((document, grid, number, 0, name_at, name))
            cells += [(document, grid, number, n, at, text) for n, (*_, text, at) in enumerate(items, 1)]
    return glued(cells).sort("grid", "row", "column")


@cache
def _item() -> re.Pattern[str]:
    figure = (
        rf"[-−]?{words.NUMBER}{words.SCALE}?(?:{words.either(words.measure_words())})?(?:{words.rate()})?"
    )
    return re.compile(rf"\s*([^0-9,;、]{{1,{LONGEST_WORDS}}}?)({figure}|—+|-+)\s*(?=[,;、]|$)[,;、]?")


Item = tuple[str, int, str, int]  # words, where they begin, figure, where it begins


def _row(text: str, start: int) -> tuple[str, int, list[Item]] | None:
    """The name of a row with its place, and its items; None where it holds anything else."""
    found = ROW.match(text)
    if not found:
        return None
    items: list[Item] = []
    at, end = found.start(4), found.end(4)
    while at < end:
        item = _item().match(text, at, end)
        if not item:
            return None
        items.append((item[1], start + item.start(1), item[2], start + item.start(2)))
        at = item.end()
    return (found[2], start + found.start(2), items) if len(items) >= FEWEST_FIGURES else None
