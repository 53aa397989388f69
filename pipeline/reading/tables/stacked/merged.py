"""Grids copied cell by cell, a line each, in which a name stands once for several rows.

类别 ⏎ 对象 ⏎ 原标准 ⏎ 现标准 ⏎ 单位 ⏎ 低保 ⏎ 城镇 ⏎ 700 ⏎ 760 ⏎ 元 ⏎ 农村 ⏎ 530 ⏎ 580 ⏎ 元 ⏎ 孤儿 ⏎ 集中 ⏎ …

All rows hold a name, as many figures and as many words behind them; the first of several has the outer name
before it, and its number if rows are numbered.
"""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, LOWER, names_rows
from pipeline.reading.tables.words import ends_in, frame_words, total, unit_cell

MOST_CELLS, WIDEST, MOST_BEHIND = 4000, 16, 2
FEWEST = 2  # rows with an outer name, and those that go on with one
CELLS = {"document_id": pl.String, "run": pl.Int64, "row": pl.Int64, "column": pl.Int64, "start": pl.Int64,
         "text": pl.String}  # fmt: skip
Rows = list[list[int]]  # the columns of the cells of each row


def merged_stacks(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids: `CELLS`. `tokens`: document_id, run, start, text, kind (F, Y or T)."""
    likely = (pl.col("kind") == "F").sum().over("run").is_between(2 * FEWEST, MOST_CELLS)
    found: list[tuple[str, int, int, int, int, str]] = []
    for (run,), cells in tokens.filter(likely).group_by("run", maintain_order=True):
        texts, starts = cells["text"].to_list(), cells["start"].to_list()
        kinds = "".join("T" if kind == "T" else "F" for kind in cells["kind"])
        placed = _placed(texts, kinds)
        if placed is None:
            continue
        document, (first, begins, rows) = cells["document_id"][0], placed
        found += [(document, run, LOWER, n - first, starts[n], texts[n]) for n in range(first, begins)]
        at = begins
        for row, columns in enumerate(rows, FIRST_ROW):
            found += [
                (document, run, row, column, starts[at + n], texts[at + n])
                for n, column in enumerate(columns)
            ]
            at += len(columns)
    return pl.DataFrame(found, schema=CELLS, orient="row")


def _placed(texts: list[str], kinds: str) -> tuple[int, int, Rows] | None:
    """Where the heads and the rows begin, and the columns of the rows; None where no one way fits."""
    figure = kinds.find("F")
    numbered = figure >= 0 and texts[figure] == "1"
    begins = figure if numbered else figure - 2
    opening = range(max(begins - WIDEST, 0), max(begins - 2, 0))
    counted = [texts[n] in frame_words("row_number") for n in range(begins)]
    firsts = [n for n in opening if counted[n] == numbered and "F" not in kinds[n:begins]]
    # 科室 事项名称: the inner names may tell alone
    named = [n for n in firsts if names_rows(texts[n])]
    for first in [*named, *(n for n in firsts if n not in named and names_rows(texts[n + 1]))]:
        remarked = bool(re.search(ends_in("aside"), texts[begins - 1]))
        for remarks, behind in [(0, n) for n in range(MOST_BEHIND + 1)] + [(1, 0)] * remarked:
            figures = begins - first - 2 - numbered - behind - remarks
            rows = _rows(texts, kinds, begins, figures, behind, numbered, remarks) if figures > 0 else None
            if rows and not _united(texts[begins:], rows, 1 + numbered):
                return first, begins, rows
    return None


def _united(texts: list[str], rows: Rows, inner: int) -> bool:
    """Whether units stand where inner names would: 低保人数 ⏎ 万人 ⏎ 2242.3 ⏎ 低保户数 ⏎ 万户 ⏎ 1036.5."""
    at, units = 0, 0
    for columns in rows:
        if inner in columns:
            units += bool(re.search(unit_cell(), texts[at + columns.index(inner)]))
        at += len(columns)
    return units * 2 > len(rows)


def _rows(
    texts: list[str], kinds: str, begins: int, figures: int, behind: int, numbered: bool, remarks: int
) -> Rows | None:
    """The columns of the cells of each row, where all that follows up to the last figure makes such rows.
    `remarks`: 1 where the last column has remarks: a word before the two that the next row begins with."""
    outer = "FT" if numbered else "T"
    core = f"T{'F' * figures}{'T' * behind}"
    rows: Rows = []
    at, last = begins, kinds.rfind("F")
    led = going_on = 0
    while at <= last:
        summed = bool(re.search(total(), re.sub(r"\s", "", texts[at])))
        whole = kinds.startswith(outer + core, at) and (at == begins or not kinds.startswith(core, at))
        if whole:
            rows.append(list(range(len(outer + core))))
            led += 1
        elif kinds.startswith(core, at):
            rows.append([n + len(outer) for n in range(len(core))])
            going_on += not summed
        elif summed and kinds.startswith("T" + "F" * figures, at):
            rows.append([n + len(outer) for n in range(figures + 1)])
        else:
            return None
        at += len(rows[-1])
        if remarks and kinds.startswith("TTT", at) and kinds[at + 3 : at + 4] == "F":
            rows[-1].append(len(outer + core))
            at += 1
    return rows if led >= FEWEST and going_on >= FEWEST else None
