"""Rows that leave out the cells which merged ones cover, set under their columns again.

| 类别 | 地区 | 城市低保 || 农村低保 ||       大连市 stands under 沈阳市, since 一类 is of both rows;
| 原标准 | 现标准 | 原标准 | 现标准 |         原标准 stands under 城市低保, not under 类别
| 一类 | 沈阳市 | 665 | 691 | 5760 | 6120 |
| 大连市 | 740 | 770 | 7080 | 7560 |
"""

from __future__ import annotations

from collections import Counter

import polars as pl

from pipeline.reading.tables.words import ends_in, total, unit_cell

MOST_OUT = 3  # cells that a row leaves out
KEY = ("grid", "row")
Row = list[str]  # F figures, T words, M strokes for figures, blank nothing, from column 0 on


def with_merged(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, kind, text) with `column` set in rows that are shorter
    than most rows with figures.

    Such a row moves to the right where only so each of its cells is of its column's kind, at one place alone;
    a total keeps its first cell.
    """
    barred = pl.col("shape").is_in(["bars", "tabs", "cell_lines", "spaces"])
    held = pl.col("kind") != "blank"
    sized = cells.filter(barred).group_by(*KEY, maintain_order=True)
    rows = sized.agg(
        n=pl.col("column").filter(held).max() + 1,
        size=pl.col("column").max() + 1,
        figures=(pl.col("kind") == "figure").sum(),
    ).drop_nulls("n")
    rows = rows.join(_widths(rows), on="grid", how="inner", maintain_order="left")
    short = (pl.col("n") < pl.col("width")) & (pl.col("n") > 1)
    uneven = rows.filter(short.any().over("grid"))
    if uneven.is_empty():
        return cells
    moved: list[tuple[int, int, int, int]] = []
    kind = pl.when(pl.col("kind") == "figure").then(pl.lit("F")).when(held).then(pl.lit("T"))
    stroke = pl.when(pl.col("kind") == "mark").then(pl.lit("M"))
    kinds = pl.when(pl.col("kind") != "blank").then(stroke.otherwise(kind)).fill_null("")
    inside = cells.join(uneven.select(*KEY, "n", "width", "first"), on=KEY, maintain_order="left")
    grouped = inside.sort(*KEY, "column").group_by(*KEY, "n", "width", "first", maintain_order=True)
    lines = grouped.agg(
        "column",
        kinds=kinds,
        summed=pl.col("text").first().str.contains(total()),
        words=held,
        units=pl.col("text").filter(held).str.contains(unit_cell()).all(),
        named=pl.col("text").first().str.replace_all(r"\s", "").str.contains(ends_in("stub")),
    )
    for (grid,), part in lines.group_by("grid", maintain_order=True):
        moved += [(grid, *place) for place in _moved(part)]
    schema = {"grid": pl.Int64, "row": pl.Int64, "column": pl.Int64, "to": pl.Int64}
    places = pl.DataFrame(moved, schema=schema, orient="row")
    # the blanks that a row ends with would stand where its cells do now
    lines = places.select(*KEY, ends=pl.col("to").max().over(KEY)).unique()
    cells = cells.join(places, on=[*KEY, "column"], how="left", maintain_order="left")
    cells = cells.join(lines, on=KEY, how="left", maintain_order="left")
    cells = cells.filter(pl.col("ends").is_null() | pl.col("to").is_not_null())
    return cells.with_columns(column=pl.coalesce("to", "column")).drop("to", "ends")


def _widths(rows: pl.DataFrame) -> pl.DataFrame:
    """grid, width (the cells of its longest rows with figures, where these are two or as long as a row
    above them) and first (of the rows with figures)."""
    figured = rows.filter(pl.col("figures") > 0)
    longest = figured.group_by("grid").agg(
        width=pl.col("n").max(), first=pl.col("row").min(), many=(pl.col("n") == pl.col("n").max()).sum()
    )
    above = rows.join(longest, on="grid").filter(pl.col("row") < pl.col("first"))
    whole = above.group_by("grid").agg(whole=(pl.col("size") == pl.col("width")).any())
    longest = longest.join(whole, on="grid", how="left")
    return longest.filter((pl.col("many") > 1) | pl.col("whole")).select("grid", "width", "first")


def _moved(part: pl.DataFrame) -> list[tuple[int, int, int]]:
    """row, column and the column that it ought to be, of the rows of a grid that are too short."""
    rows = part.to_dicts()
    width, first = rows[0]["width"], rows[0]["first"]
    counts = [Counter[str]() for _ in range(width)]
    for row in rows:
        if row["row"] >= first and row["n"] == width:
            for column, kind in zip(row["column"], row["kinds"], strict=True):
                if kind not in ("", "M") and column < width:
                    counts[column][kind] += 1
    columns = [count.most_common(1)[0][0] if count else "" for count in counts]
    # the numbers of the longest rows may be lost
    if not columns[0] and any(row["row"] >= first and row["kinds"][0] == "F" for row in rows):
        columns[0] = "F"
    found: list[tuple[int, int, int]] = []
    heads = [at for at, row in enumerate(rows) if row["row"] < first and 1 < row["n"] < width]
    spread = any(_before_figures(rows, at, columns, first) for at in heads)
    for at, row in enumerate(rows):
        if not 1 < row["n"] < width or row["column"] != list(range(len(row["column"]))):
            continue
        if not spread and _own_heads(rows[:at], row["n"]):
            continue
        if row["row"] >= first:
            gap = _gap(row["kinds"][: row["n"]], columns, row["summed"])
        else:
            gap = (
                _over_figures(row, columns)
                or _beside_corner(rows, at, columns, first)
                or _before_figures(rows, at, columns, first)
            )
            over = _under(rows[at - 1], width) if at and all(row["words"][: row["n"]]) else []
            if len(over) == row["n"]:
                found += [(row["row"], n, column) for n, column in enumerate(over)]
        if gap:
            place, out = gap
            found += [(row["row"], n, n + out * (n >= place)) for n in range(row["n"])]
    return found


def _own_heads(above: list[dict], size: int) -> bool:
    """Whether the rows above are all as long and begin with heads: 资金 | 预算数 | 执行数 above a row of
    sums, before the wider rows of the same form."""
    sized = [row for row in above if row["n"] > 1]
    return bool(sized) and all(row["n"] == size for row in sized) and set(sized[0]["kinds"][:size]) == {"T"}


def _gap(row: Row, columns: Row, summed: bool) -> tuple[int, int] | None:
    """Before which cell how many were left out; None where nothing was, or more than one way fits."""
    if _fits(row, columns):
        return None
    if summed and columns[:2] == ["F", "T"] and row[1:2] == ["F"]:
        return _behind_names(row, columns)
    for out in range(1, min(MOST_OUT, len(columns) - len(row)) + 1):
        places = [
            n for n in range(int(summed), len(row)) if _fits([*row[:n], *[""] * out, *row[n:]], columns)
        ]
        # 1 | 救助人次 | 86 beside 2 | 低保人数 | 城市 | 310: what stands behind a number is an outer name
        if (
            row[0] in ("F", "")
            and columns[0] == "F"
            and set(columns[1 : out + 2]) == {"T"}
            and 1 + out in places
        ):
            return 1 + out, out
        # the outer of several names is the one over several rows
        if places and (len(places) == 1 or set(columns[: places[-1] + 1]) == {"T"}):
            return places[0], out
    return None


def _behind_names(row: Row, columns: Row) -> tuple[int, int] | None:
    """The gap of a total that stands for the number and all names: 合计 | 12 | 31 below 1 | 东镇 | 5 | 9;
    none where it has another figure than one for each column."""
    out = _first_figures(columns[1:])
    figures = [n for n, kind in enumerate(columns) if kind == "F"]
    moved = ["", *[""] * out, *row[1:]]
    whole = out and all(n < len(moved) and moved[n] in ("F", "M") for n in figures[1:])
    return (1, out) if whole and _fits(moved, columns) else None


def _first_figures(columns: Row) -> int:
    """The first column of figures behind the first of all, 0 where there is none."""
    return next((n for n in range(1, len(columns)) if columns[n] == "F"), 0)


def _over_figures(row: dict, columns: Row) -> tuple[int, int] | None:
    """The gap before a row of units, as many as there are columns of figures: 户 | 人 over 甲镇 | 3 | 7."""
    figures = [n for n in range(1, len(columns)) if columns[n] == "F"]
    together = bool(figures) and figures == list(range(figures[0], figures[-1] + 1))
    return (0, figures[0]) if together and row["units"] and row["n"] == len(figures) else None


def _beside_corner(rows: list[dict], at: int, columns: Row, first: int) -> tuple[int, int] | None:
    """The gap before the one row of heads, where the names have none: 户数 | 人数 over 甲镇 | 3 | 7."""
    row = rows[at]
    figures = _first_figures(columns)
    several = [other for other in rows if other["row"] < first and other["n"] > 1]
    fits = figures and set(columns[:figures]) == {"T"} and row["n"] == len(columns) - figures
    if not fits or len(several) > 1 or row["named"] or not all(row["words"][: row["n"]]):
        return None
    return 0, figures


def _before_figures(rows: list[dict], at: int, columns: Row, first: int) -> tuple[int, int] | None:
    """The gap in the one row of heads of which one stands over several columns of names: 序号 | 指标 | 2020年
    over 1 | 低保人数 | 城市 | 310."""
    row = rows[at]
    several = [other for other in rows[:at] if other["n"] > 1]
    below = rows[at + 1]["row"] if at + 1 < len(rows) else first
    figures = _first_figures(columns)
    place = row["n"] - (len(columns) - figures)
    alone = below == first and not several and all(row["words"][: row["n"]])
    told = set(row["kinds"][: row["n"]]) <= {"T", "F"} and columns[figures : figures + 2] == ["F", "F"]
    return (place, len(columns) - row["n"]) if alone and told and figures > place >= 1 else None


def _fits(row: Row, columns: Row) -> bool:
    pairs = zip(row, columns, strict=False)
    return all(not kind or not usual or usual == ("F" if kind == "M" else kind) for kind, usual in pairs)


def _under(above: dict, width: int) -> list[int]:
    """The columns under the heads of a row that blanks behind them make wide; none where the only blanks end
    the row, which may as well fill it up."""
    words = [*above["words"], *[False] * width][:width]
    blank = [n for n in range(1, width) if not words[n]]
    last = max((n for n in range(width) if words[n]), default=0)
    if not words[0] or all(n > last for n in blank):
        return []
    return [n for n in range(width) if not words[n] or (n + 1 < width and not words[n + 1])]
