"""Grids that were copied cell by cell with a bar behind each, blank cells of merged heads among them.

年份 | ⏎ 结婚 | ⏎ | ⏎ | ⏎ 离婚 | ⏎ | ⏎ 内地 | ⏎ 涉外 | ⏎ | ⏎ 2005 | ⏎ 912 | ⏎ 900 | ⏎ 12 | ⏎ 88 | ⏎ |

Whole rows repeat at one distance. The lower heads have no blanks before them: they stand under the blanks of
the upper row, or under these and the heads before them, whichever they are as many as.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, LOWER, UPPER, names_rows

FEWEST_ROWS = 3
NARROWEST, WIDEST = 3, 40  # cells of a row
MOST_STARTS = 60  # cells that a body may begin at: heads are few, however long the run
CELLS = {
    "document_id": pl.String, "run": pl.Int64, "row": pl.Int64, "column": pl.Int64, "start": pl.Int64,
    "text": pl.String,
}  # fmt: skip
Body = tuple[int, int, int, int]  # first cell, distance of rows, cells of a row, how many rows


def barred_rows(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids: `CELLS`. Where nothing places the heads, the body has none.

    `tokens`: document_id, run, start, text (blank ones too) and kind (F figures, Y years, T words), in order.
    """
    found: list[tuple[str, int, int, int, int, str]] = []
    for (run,), cells in tokens.group_by("run", maintain_order=True):
        texts, kinds = cells["text"].to_list(), cells["kind"].to_list()
        # notes may stand below the last figures
        held = (n for n, kind in enumerate(kinds) if kind == "F" and texts[n])
        last = max(held, default=-1) + 1
        body = _body(texts, kinds) or _body(texts[:last], kinds[:last])
        if body is None:
            continue
        first, pitch, width, rows = body
        heads = _heads(texts[:first], pitch, width)
        if heads is None:
            continue
        places = dict(heads)
        for row in range(rows):
            places |= {
                first + row * pitch + n: (FIRST_ROW + row, n)
                for n in range(width)
                if first + row * pitch + n < len(texts)
            }
        name, starts = cells["document_id"][0], cells["start"].to_list()
        found += [(name, run, row, column, starts[n], texts[n]) for n, (row, column) in places.items()]
    return pl.DataFrame(found, schema=CELLS, orient="row")


def _body(texts: list[str], kinds: list[str]) -> Body | None:
    """Where rows begin that repeat to the end of a run, with a blank between them or without."""
    size = len(texts)
    opens = [bool(text) and kind in "TY" for text, kind in zip(texts, kinds, strict=True)]
    starts = [n for n in range(1, size - 1) if opens[n] and texts[n + 1] and kinds[n + 1] == "F"]
    starts = starts[:MOST_STARTS]
    for parted in (1, 0):
        for first in starts:
            for pitch in range(NARROWEST, min(WIDEST, (size - first + parted) // FEWEST_ROWS) + 1):
                width = pitch - parted
                whole = (size - first) % pitch in (0, width % pitch) and not (parted and texts[first - 1])
                if not whole:
                    continue
                begun = range(first, size, pitch)
                apart = not parted or not any(texts[n - 1] for n in begun)
                if apart and all(opens[n] and "T" not in kinds[n + 1 : n + width] for n in begun):
                    return first, pitch, width, len(begun)
    return None


def _heads(texts: list[str], pitch: int, width: int) -> dict[int, tuple[int, int]] | None:
    """Row and column of each head by its place; empty where nothing tells; None where no blank does."""
    end = len(texts) - (pitch - width)
    plain = texts[max(end - width, 0) : end]
    if (
        pitch > width
        and len(plain) == width
        and all(plain)
        and names_rows(plain[0])
        and not "".join(texts[max(end - width - 1, 0) : end - width])
    ):
        return {end - width + n: (LOWER, n) for n in range(width)}
    whole = _whole_rows(texts[:end], width) if pitch == width else {}
    if whole:
        return whole
    for lower in range(1, width):
        at = end - lower - pitch
        upper = texts[at : at + width] if at >= 0 else []
        if not upper or not all(texts[end - lower : end]) or any(texts[at + width : end - lower]):
            continue
        blank = [n for n, text in enumerate(upper) if not text]
        wide = [n for n, text in enumerate(upper[:-1]) if text and not upper[n + 1]]
        if not names_rows(upper[0]) or not blank or 0 in wide:
            continue
        under = blank if lower == len(blank) else sorted([*blank, *wide])
        if lower == len(under):
            tops = {at + n: (UPPER, n) for n, text in enumerate(upper) if text}
            return tops | {end - lower + n: (LOWER, column) for n, column in enumerate(under)}
    named = [n for n, text in enumerate(texts) if text and names_rows(text)]
    return {} if named and not all(texts[named[-1] : end]) else None


def _whole_rows(texts: list[str], width: int) -> dict[int, tuple[int, int]]:
    """The heads of rows that have all their cells, blank ones too; none where no such rows are seen."""
    for levels in (3, 2):
        at = len(texts) - levels * width
        rows = [texts[n : n + width] for n in range(max(at, 0), len(texts), width)]
        if at < 0 or not rows[0][0] or not names_rows(rows[0][0]) or any(row[0] for row in rows[1:]):
            continue
        # each column has a head, and what is merged is blank behind it or below
        if all(any(cells) for cells in zip(*rows, strict=True)) or all(rows[-1][1:]):
            places = {at + n: (LOWER - levels + 1 + n // width, n % width) for n in range(levels * width)}
            return {n: place for n, place in places.items() if texts[n]}
    return {}
