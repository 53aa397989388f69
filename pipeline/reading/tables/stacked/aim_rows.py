"""Aims of a form of self-evaluation copied cell by cell, a line each: a name, its aim, its value, its points.

二级指标 ⏎ 三级指标 ⏎ 指标值 ⏎ 完成值 ⏎ 分值 ⏎ 得分 ⏎ 偏差原因
数量指标 ⏎ 低保人数 ⏎ ≥900 ⏎ 912 ⏎ 10 ⏎ 10 ⏎ 临时救助人次 ⏎ …

Names of groups stand before the first of their rows alone, reasons behind some rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables.raw_cells import RAW_CELLS, RawCell
from pipeline.reading.tables.words import NUMBER, either, frame_words
from pipeline.vocabulary import pattern

FEWEST_ROWS = 2
MOST_HEADS = 10
MOST_BEFORE = 4  # names of groups, and the reason of the row before
SIGNED = r"^[-+≥≤><=~0-9.%]"
LONGEST = 60  # characters of a cell
Line = tuple[str, int]  # text, start


def aim_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`).

    `lines`: as `cutting.cut_lines` gives them.
    """
    held = bare_lines(lines).select("document_id", "text", "start")
    aims = pl.col("text").is_in(frame_words("aim_head"))
    held = held.filter(aims.any().over("document_id"))
    cells: list[RawCell] = []
    for grid, ((document,), part) in enumerate(held.group_by("document_id", maintain_order=True)):
        found = [*_rows([*part.select("text", "start").iter_rows()])]
        if len(found) > FEWEST_ROWS:
            cells += [
                (str(document), grid, row, column, start, text)
                for row, line in enumerate(found)
                for column, text, start in line
            ]
    schema = {name: RAW_CELLS[name] for name in ("document_id", "grid", "row", "column", "start", "text")}
    frame = pl.DataFrame(cells, schema=schema, orient="row")
    return frame.with_columns(shape=pl.lit("cell_lines"), indent=pl.lit(0, pl.Int64)).select(list(RAW_CELLS))


def _rows(lines: list[Line]) -> Iterator[list[tuple[int, str, int]]]:
    """The row of heads and each row below it: column, text and start of its cells."""
    at = next((n for n in range(len(lines)) if _is_group(lines[n][0])), None)
    if at is None:
        return
    end = at
    while end < len(lines) and end - at < MOST_HEADS and re.search(pattern("form_head"), lines[end][0]):
        end += 1
    heads = [text for text, _ in lines[at:end]]
    names = sum(map(_is_group, heads))
    points = [n for n, text in enumerate(heads) if re.search(pattern("points_head"), text)]
    # the name of the row, what it aims at and what it is worth
    if names < 2 or len(points) < 1 or points[0] < names + 1:
        return
    yield [(n, text, start) for n, (text, start) in enumerate(lines[at:end])]
    size = points[-1] - names + 2
    while end < len(lines):
        begin = next(
            (n for n in range(end, end + MOST_BEFORE + 1) if _is_row(lines[n : n + size], len(points))), None
        )
        if begin is None:
            return
        yield [*_groups(lines[end:begin], names)] + [
            (names - 1 + n, text, start) for n, (text, start) in enumerate(lines[begin : begin + size])
        ]
        end = begin + size


def _is_group(text: str) -> bool:
    return bool(re.search(rf"^(?:{_levels()})$", text))


@cache
def _levels() -> str:
    return either([word for word in frame_words("aim_head") if re.search(pattern("aim_level"), word)])


def _is_row(row: list[Line], points: int) -> bool:
    """Whether lines are a name, words or figures, and points."""
    texts = [text for text, _ in row]
    if not texts or len(texts) < points + 2 or any(len(text) > LONGEST for text in texts):
        return False
    worth = all(re.search(f"^{NUMBER}$", text) for text in texts[-points:])
    return worth and not re.search(SIGNED, texts[0]) and not re.search(pattern("aim_group"), texts[0])


def _groups(before: list[Line], names: int) -> Iterator[tuple[int, str, int]]:
    """The cells of the names of groups before a row; reasons are none."""
    held = [line for line in before if re.search(pattern("aim_group"), line[0])][-(names - 1) :]
    worth = [n for n, (text, _) in enumerate(held) if re.search(r"[0-9]", text)]
    for n, (text, start) in enumerate(held):
        # 效益指标(30分) is of the first level
        first = len(held) == names - 1 or bool(worth and worth[-1] == n == 0)
        yield (n if first else names - 1 - len(held) + n), text, start
