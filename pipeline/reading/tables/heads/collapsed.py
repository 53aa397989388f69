"""Heads of grids whose merged cells were written once, without the blanks beside or below them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import names_rows
from pipeline.reading.tables.heads.grouping import is_aside
from pipeline.reading.tables.heads.trees import Figures, place_heads
from pipeline.reading.tables.heads.units import place_by_units
from pipeline.reading.tables.words import NUMBER

KEY = ["part", "start"]
MOST_ROWS = 60  # whose sums are tried


class _Row(NamedTuple):
    """Heads of one row: what stands where, and the last column of the row, blank or not."""

    texts: list[str]
    starts: list[int]
    columns: list[int]
    end: int

    @property
    def packed(self) -> bool:
        return self.columns == list(range(self.columns[0], self.columns[0] + len(self.columns)))

    @property
    def filled(self) -> tuple[list[str], list[int]]:
        """Its texts and where they start, with empty ones (at -1) for the blanks between."""
        columns = range(self.columns[0], self.columns[-1] + 1)
        at = dict(zip(self.columns, zip(self.texts, self.starts, strict=True), strict=True))
        cells = [at.get(column, ("", -1)) for column in columns]
        return [text for text, _ in cells], [start for _, start in cells]


def spread_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with roles (`roles.tell_roles`), heads of several rows set over the columns that they stand over,
    with `unsure` set in columns of which two ways tell different heads.

    登记机关 | 结婚 | 离婚 ⏎ 本月 | 累计 | 本月 | 累计: where rows of heads begin at the edge or end early and
    their heads stand side by side, merged cells were written once. Of rows of heads that nothing sets over
    columns the role is `lost`.
    """
    heads = cells.filter((pl.col("row_role") == "head") & (pl.col("kind") != "blank"))
    ends = cells.group_by("part", "row").agg(end=pl.col("column").max())
    rows = heads.sort("part", "row", "column").group_by("part", "row", maintain_order=True).agg(
        "text", "start", "column", names=pl.col("first_figure").first(),
    ).join(ends, on=["part", "row"], how="left", maintain_order="left")  # fmt: skip
    packed = (pl.col("column").list.last() - pl.col("column").list.first() + 1) == pl.col("column").list.len()
    early = packed & (
        (pl.col("column").list.first() == 0) | (pl.col("end") < pl.col("end").max().over("part"))
    )
    rows = rows.filter(pl.col("names").is_not_null() & (pl.len().over("part") > 1) & early.any().over("part"))
    body = cells.join(rows.select("part").unique(), on="part", how="semi", maintain_order="left")
    bodies = {part: found for (part,), found in _figures(body).partition_by("part", as_dict=True).items()}
    placed: list[tuple[int, int, int]] = []
    unsure: list[tuple[int, int]] = []
    lost: list[int] = []
    for (part,), found in rows.group_by("part", maintain_order=True):
        if part not in bodies:
            continue
        whole = [_Row(*row) for row in found.select("text", "start", "column", "end").iter_rows()]
        width = max(bodies[part]["column"].to_list()) + 1
        names = int(found["names"][0])
        ways = (
            _over_units(whole, names, width)
            or _above_blanks(whole, names, width, bodies[part])
            or _from_the_edge(whole, names, width, bodies[part])
            or _beside_totals(whole, names, width)
            or _ending_early(whole, names)
        )
        if ways is None:
            continue
        if not ways[0]:
            lost.append(part)
        placed += [(part, start, column) for start, column in ways[0].items()]
        unsure += [(part, column) for column in ways[1]]
    return _moved(cells, placed, unsure, lost)


Found = tuple[dict[int, int], list[int]]  # the column of each head by its start (-1: unknown), unsure columns


def _from_the_edge(rows: list[_Row], names: int, width: int, body: pl.DataFrame) -> Found | None:
    """Lower rows that begin at the edge, where the names of the rows of the body stand; None where the heads
    are no such rows."""
    first, *lower = rows
    columns = width - names
    # units that stand over the figures do so already
    lower = [
        row for row in lower if not (row.packed and row.columns[0] == names and len(row.texts) == columns)
    ]
    held = [n for n, column in enumerate(first.columns) if column >= names]
    short = all(row.columns[0] == 0 and len(row.texts) <= columns for row in lower)
    # 备注 over a column without anything
    figures = _by_column(body, names, width)
    empty = first.columns[-1] >= width - first.packed or (first.packed and _summable(figures))
    if held and is_aside(first.texts[held[-1]]) and empty:
        held = held[:-1]
    total = len(held) + sum(len(row.texts) for row in lower)
    if not (names and short and held) or total <= columns or len(held) >= columns:
        return None
    spans: list[int] = []
    if not first.packed and first.end + 1 >= width:
        edges = [first.columns[n] for n in held]
        spans = [after - start for start, after in zip(edges, [*edges[1:], width], strict=True)]
    upper = [first.texts[n] for n in held]
    # a blank below a head that goes on further down: 受灾 | 农作物 over 人口 | blank over 受灾 | 绝收
    filled = [row.filled for row in lower]
    found = place_by_units([upper, *(texts for texts, _ in filled)], columns)
    starts = [[first.starts[n] for n in held], *(at for _, at in filled)]
    if found is None:
        starts[1:] = [row.starts for row in lower]
        # spans are of the next level
        found = place_heads(
            [upper, *(row.texts for row in lower)], columns, spans if len(lower) == 1 else (), figures
        )
    if found is None:
        return {}, []
    at = {first.starts[n]: column for n, column in enumerate(first.columns) if column < names}
    # what remarks stand under is behind all that is there
    at |= {
        start: -1
        for start, column in list(zip(first.starts, first.columns, strict=True))[-1:]
        if first.packed and column < width - 1
    }
    for level, placed in zip(starts, found.heads, strict=True):
        at |= {
            start: -1 if column is None else names + column
            for start, column in zip(level, placed, strict=True)
            if start >= 0
        }
    return at, [names + column for column in found.unsure]


def _above_blanks(rows: list[_Row], names: int, width: int, body: pl.DataFrame) -> Found | None:
    """Rows that kept the blanks below heads which go on further down, and lost those beside wide ones; None
    where the rows are none such.

    登记机关 | 社团 | 合计 ⏎ | 总数 | 其中 | ⏎ | | 新增 | 注销 |: each row has a cell for each cell above it.
    """
    first, *lower = rows
    ends = [row.end for row in rows]
    short = first.packed and first.columns[0] == 0 and ends == sorted(ends) and first.end < width - 1
    inner = all(row.columns[0] >= names for row in lower) and len(first.texts) > names
    gaps = any(row.end - names + 1 > len(row.texts) for row in lower)
    if not (short and inner and gaps and rows[-1].end == width - 1):
        return None
    held = [[n for n, column in enumerate(row.columns) if column >= names] for row in rows]
    levels = [[row.texts[n] for n in at] for row, at in zip(rows, held, strict=True)]
    whole = [dict(zip(row.columns, row.texts, strict=True)) for row in rows]
    blanks = [
        [at.get(column, "") for column in range(names, row.end + 1)]
        for row, at in zip(rows, whole, strict=True)
    ]
    found = place_heads(levels, width - names, (), _by_column(body, names, width), blanks)
    if found is None:
        return None
    at = dict(zip(first.starts[:names], range(names), strict=True))
    for row, kept, placed in zip(rows, held, found.heads, strict=True):
        columns = zip(kept, placed, strict=True)
        at |= {row.starts[n]: -1 if column is None else names + column for n, column in columns}
    return at, [names + column for column in found.unsure]


def _over_units(rows: list[_Row], names: int, width: int) -> Found | None:
    """Rows above one of units over each column whose blanks are too many or too few; None where the blanks
    fit, or nothing tells."""
    *upper, units = rows
    columns = width - names
    above = [[n for n, column in enumerate(row.columns) if column >= names] for row in upper]
    whole = units.packed and units.columns[0] == names and len(units.texts) == columns
    if not whole or not upper or not all(above) or max(row.end for row in upper) + 1 <= width:
        return None
    levels = [[row.texts[n] for n in held] for row, held in zip(upper, above, strict=True)]
    own = [upper[0].columns[n] - names for n in above[0]]
    found = place_by_units([*levels, units.texts], columns, own)
    if found is None:
        return None
    at: dict[int, int] = {}
    for row, held, placed in zip(upper, above, found.heads, strict=False):
        columns_of = zip(held, placed, strict=True)
        at |= {row.starts[n]: -1 if column is None else names + column for n, column in columns_of}
    return at, []


def _beside_totals(rows: list[_Row], names: int, width: int) -> Found | None:
    """A row whose heads stand side by side above one that ends before the last columns, over which heads of
    the upper row stand alone: 生活补贴 | 护理补贴 | 合计 over 人数 | 金额 | 人数 | 金额 | blank."""
    if len(rows) != 2:
        return None
    upper, lower = rows
    early = upper.packed and upper.columns[0] == 0 and upper.end < lower.columns[-1] < width - 1
    if not early or not lower.packed or lower.columns[0] != names or len(upper.texts) <= names:
        return None
    behind = [*range(lower.columns[-1] + 1, width)]
    over = upper.texts[names : len(upper.texts) - len(behind)]
    found = place_heads([over, lower.texts], len(lower.texts)) if len(over) > 1 else None
    if found is None or found.unsure:
        return None
    at = {start: column for start, column in zip(upper.starts, upper.columns, strict=True) if column < names}
    placed = [names + (column or 0) for column in found.heads[0]]
    return at | dict(zip(upper.starts[names:], [*placed, *behind], strict=True)), []


def _ending_early(rows: list[_Row], names: int) -> Found | None:
    """A row whose heads stand side by side above one that goes on further; None where there is none."""
    for upper, lower in pairwise(rows):
        early = upper.packed and upper.columns[0] < 2 and upper.end < lower.columns[-1]
        if not early or not 1 < len(upper.texts) < len(lower.texts):
            continue
        low = [n for n, column in enumerate(lower.columns) if column > 0]
        below = [lower.texts[n] for n in low]
        for named in (1, 0) if upper.columns[0] == 0 or names_rows(upper.texts[0]) else (0,):
            found = place_heads([upper.texts[named:], below], len(low))
            if found and not found.unsure:
                at = {upper.starts[0]: 0} if named else {}
                columns = [lower.columns[low[column or 0]] for column in found.heads[0]]
                return at | dict(zip(upper.starts[named:], columns, strict=True)), []
        kept = upper.starts[0] if upper.columns[0] == 0 else None
        return {start: 0 if start == kept else -1 for start in upper.starts}, []
    return None


def _figures(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of bodies that hold anything: part, row, column, value (null but for figures)."""
    body = cells.filter((pl.col("row_role") == "body") & (pl.col("kind") != "blank"))
    value = pl.when(pl.col("kind") == "figure").then(pl.col("text").str.extract(f"^([-−]?{NUMBER})"))
    return body.select(
        "part", "row", "column", value=value.str.replace("−", "-").cast(pl.Float64, strict=False)
    )


def _summable(figures: Figures) -> bool:
    """Whether the last column holds figures, and no remarks."""
    return bool(figures) and any(value is not None for value in figures[-1])


def _by_column(body: pl.DataFrame, names: int, width: int) -> Figures:
    wide = body.filter(pl.col("column") >= names).sort("row")
    rows = wide["row"].unique(maintain_order=True).to_list()[:MOST_ROWS]
    at = {row: n for n, row in enumerate(rows)}
    figures: list[list[float | None]] = [[None] * len(rows) for _ in range(width - names)]
    for row, column, value in wide.select("row", "column", "value").iter_rows():
        if row in at:
            figures[column - names][at[row]] = value
    return figures


def _moved(
    cells: pl.DataFrame, placed: list[tuple[int, int, int]], unsure: list[tuple[int, int]], lost: list[int]
) -> pl.DataFrame:
    integer = pl.Int64
    moved = pl.DataFrame(placed, {"part": integer, "start": integer, "moved": integer}, orient="row")
    doubt = pl.DataFrame(unsure, {"part": integer, "column": integer}, orient="row").with_columns(unsure=True)
    cells = cells.join(moved, on=KEY, how="left", maintain_order="left")
    head = pl.col("row_role") == "head"
    gone = head & ((pl.col("moved") == -1) | (pl.col("part").is_in(lost) & (pl.col("kind") != "blank")))
    cells = cells.with_columns(
        row_role=pl.when(gone.fill_null(False)).then(pl.lit("lost")).otherwise("row_role"),
        column=pl.when(pl.col("moved") >= 0).then("moved").otherwise("column"),
    )
    # what each column holds goes with the body, and blanks with what is there now
    roles = cells.filter(pl.col("row_role") == "body").unique(["part", "column"])
    roles = roles.select("part", "column", kept="column_role")
    cells = cells.join(roles, on=["part", "column"], how="left", maintain_order="left")
    role = (
        pl.when(pl.col("moved").is_not_null())
        .then(pl.coalesce("kept", "column_role"))
        .otherwise("column_role")
    )
    taken = pl.col("moved").is_not_null().any().over("part", "row", "column")
    cells = cells.with_columns(column_role=role).filter(~(taken & (pl.col("kind") == "blank")))
    cells = cells.join(doubt, on=["part", "column"], how="left", maintain_order="left")
    return cells.with_columns(pl.col("unsure").fill_null(False)).drop("moved", "kept")
