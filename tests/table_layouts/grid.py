"""A filled table and a layout → its cells in a rectangle, and the lines around it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from random import Random

from table_layouts.choices import Layout
from table_layouts.known import Filled, Name

FIRST_MARK = 0xF0000  # a private character before each value that has a label: FIRST_MARK + its number
NUMERALS = "一二三四五六七八九十"
OFFICES = ("社会救助科", "养老服务科", "社会事务科", "区划地名科")
MARKS = {"dash": "—", "blank": ""}


@dataclass
class Cell:
    """Text, and whether it is covered by the cell to its left or above it."""

    text: str = ""
    covered: bool = False
    indent: int = 0
    wide: int = 1
    tall: int = 1


@dataclass
class Page:
    """The lines above the table, its rows (the first `heads` of them head it), and the lines below."""

    above: list[str]
    rows: list[list[Cell]]
    heads: int
    stubs: int
    below: list[str]


def page_of(table: Filled, layout: Layout, rng: Random, area: str, first: int = 0) -> Page:
    """Lay the table of an area out; its labels are numbered from `first`, row by row."""
    known = table.known
    rows, columns, stub_heads = table.rows, known.columns, known.stubs
    values = [
        [_value(table, r, c, layout, first + r * len(columns) + c) for c in range(len(columns))]
        for r in range(len(rows))
    ]
    if layout.turned:
        rows, columns, stub_heads = columns, rows, known.across
        values = [list(row) for row in zip(*values, strict=True)]
    by_rows = any(name.unit for name in rows) and not all(name.unit for name in columns)
    unit_of = [name.unit for name in (rows if by_rows else columns)]
    head_names, row_names = list(columns), list(rows)
    if layout.units in ("brackets", "slash", "dash"):
        joined = {"brackets": "({})", "slash": "/{}", "dash": "-{}"}[layout.units]
        head_names, row_names = ([_with_unit(n, joined) for n in names] for names in (head_names, row_names))
    else:  # per cent is said where it stands, whatever else is
        head_names, row_names = (
            [_with_unit(n, "({})") if n.unit == "%" and layout.units != "cells" else n for n in names]
            for names in (head_names, row_names)
        )
    grid, stubs = _heads(head_names, row_names, stub_heads, layout, table)
    body = _body(row_names, values, layout, stubs)
    if layout.units == "row":
        grid.append([Cell() for _ in range(stubs)] + [Cell(unit) for unit in unit_of])
    if layout.units == "column":
        heads_of_units = "单位" if rng.random() < 0.5 else "计量单位"
        for row in grid:
            row.insert(stubs, Cell("", covered=True))
        grid[0][stubs] = Cell(heads_of_units, tall=len(grid))
        at = iter(unit_of)
        for row in body:
            row.insert(stubs, Cell(next(at) if any(c.text for c in row[stubs:]) else ""))
    _numbered(grid, body, layout, stubs, row_names)
    extra = len(grid[0]) - len(body[0]) if body else 0
    assert extra == 0, (layout, len(grid[0]), [len(r) for r in body])
    for called, said in [("责任科室", OFFICES)] * layout.offices:
        for n, row in enumerate(grid + body):
            figures = any(c.text for c in row[stubs + 1 :])
            row.append(Cell(called, tall=len(grid)) if n == 0 else Cell("", covered=n < len(grid)))
            if n >= len(grid) and figures:
                row[-1].text = said[n % len(said)]
    if layout.remarks:
        for n, row in enumerate(grid + body):
            row.append(Cell("备注", tall=len(grid)) if n == 0 else Cell("", covered=n < len(grid)))
        rng.choice(body)[-1].text = "含开发区"
    n_stubs = (
        len(grid[0])
        - len(columns)
        - int(layout.remarks)
        - int(layout.offices)
        - int(layout.units == "column")
    )
    if layout.column_numbers:
        letters = ["甲", "乙", "丙", "丁", "戊"][:n_stubs]
        wide = len(grid[0]) - n_stubs
        grid.append([Cell(c) for c in letters] + [Cell(str(n + 1)) for n in range(wide)])
    if layout.wide_heads:
        for row in grid:
            for cell in row:
                cell.text = (
                    f"{cell.text[0]}  {cell.text[1]}"
                    if len(cell.text) == 2 and cell.text.isalpha()
                    else cell.text
                )
    above, below = _around(
        table, layout, rng, area, sorted({name.unit for name in (*table.rows, *known.columns)} - {"", "%"})
    )
    return Page(above, grid + body, len(grid), n_stubs, below)


def _with_unit(name: Name, joined: str) -> Name:
    if not name.unit:
        return name
    return replace(name, path=(*name.path[:-1], name.path[-1] + joined.format(name.unit)))


def _value(table: Filled, r: int, c: int, layout: Layout, number: int) -> str:
    value = table.values[r][c]
    if value is None:
        return MARKS.get(layout.blanks, "")
    row, column = table.rows[r], table.known.columns[c]
    unit = column.unit or row.unit
    digits = 1 if value % 1 else 0
    text = f"{abs(value):{',' if layout.thousands else ''}.{digits}f}"
    said = unit if layout.units == "cells" else ""
    return ("-" if value < 0 else "") + chr(FIRST_MARK + number) + text + said


def _heads(
    names: list[Name], rows: list[Name], stub_heads: tuple[str, ...], layout: Layout, table: Filled
) -> tuple[list[list[Cell]], int]:
    stubs = max(len(n.path) for n in rows) if layout.stubs in ("merged", "repeated") else 1
    named = (
        list(stub_heads[-stubs:]) if len(stub_heads) >= stubs else [*stub_heads, *["项目"] * stubs][:stubs]
    )
    paths = [n.path if layout.heads != "joined" else ("".join(n.path),) for n in names]
    if layout.dated == "head":
        paths = [(date_of(table, "head"), *path) for path in paths]
    deep = max(map(len, paths))
    bare = layout.corner == "blank" and layout.numbering != "column"
    grid = [
        [
            Cell("" if bare and s == 0 else named[s], tall=deep) if d == 0 else Cell(covered=True)
            for s in range(stubs)
        ]
        for d in range(deep)
    ]
    for c, path in enumerate(paths):
        for d in range(deep):
            if d >= len(path):
                grid[d].append(Cell(covered=True))
                grid[len(path) - 1][-1].tall = deep - len(path) + 1 if d == deep - 1 else 1
                continue
            same = c > 0 and d < deep - 1 and paths[c - 1][: d + 1] == path[: d + 1]
            if same and layout.heads != "repeated":
                grid[d].append(Cell(covered=True))
                at = next(k for k in range(len(grid[d]) - 2, -1, -1) if not grid[d][k].covered)
                grid[d][at].wide += 1
            else:
                grid[d].append(Cell(path[d]))
    return grid, stubs


def _body(rows: list[Name], values: list[list[str]], layout: Layout, stubs: int) -> list[list[Cell]]:
    body: list[list[Cell]] = []
    last: tuple[str, ...] = ()
    for name, row in zip(rows, values, strict=True):
        cells = [Cell(v) for v in row]
        path = name.path
        if layout.stubs == "joined":
            head = [Cell("".join(path))]
        elif layout.stubs in ("sections", "indented"):
            if len(path) > 1 and path[:-1] != last:
                body.append([Cell(path[0])] + [Cell() for _ in cells])
            inner = len(path) > 1
            head = [Cell(path[-1], indent=2 if inner and layout.stubs == "indented" else 0)]
        else:
            same = bool(path[:-1]) and path[:-1] == last
            head = [Cell(p) for p in path] + [Cell(covered=True)] * (stubs - len(path))
            if same and layout.stubs == "merged":
                head[0] = Cell(covered=True)
                up = next(r for r in reversed(body) if not r[0].covered)
                up[0].tall += 1
            if len(path) < stubs:
                head[0].wide = stubs - len(path) + 1
        last = path[:-1]
        body.append(head + cells)
    return body


def _numbered(
    grid: list[list[Cell]], body: list[list[Cell]], layout: Layout, stubs: int, names: list[Name]
) -> None:
    totals = {"".join(n.path) for n in names if n.total}
    counted = [row for row in body if row[0].text and row[0].text not in totals]
    if layout.numbering in ("arabic", "chinese") and layout.stubs == "joined":
        for n, row in enumerate(counted):
            row[0].text = (f"{n + 1}." if layout.numbering == "arabic" else f"{NUMERALS[n]}、") + row[0].text
    if layout.codes:
        at = [str(511802101 + n) for n in range(len(body))]
        for n, row in enumerate(grid):
            row.insert(stubs, Cell("代码", tall=len(grid)) if n == 0 else Cell(covered=True))
        for n, row in enumerate(body):
            row.insert(stubs, Cell(at[n] if row in counted else ""))
    if layout.numbering == "column":
        for n, row in enumerate(grid):
            row.insert(0, Cell("序号", tall=len(grid)) if n == 0 else Cell(covered=True))
        k = 0
        for row in body:
            k += row in counted
            row.insert(0, Cell(str(k) if row in counted else ""))


def date_of(table: Filled, where: str, written: str = "plain") -> str:
    """The date of a table as it is written in a title, a line, a head, a note or a sentence."""
    y, m, kind = table.year, table.month, table.known.dated
    if kind == "year":
        return f"{y}年" if where != "note" else f"{y}年底"
    if kind == "month" and written != "plain":
        return {
            "dotted": f"{y}.{m:02d}",
            "dashed": f"{y}-{m:02d}",
            "full": f"截至{y}年{m}月{monthrange(y, m)[1]}日",
        }[written]
    if where == "title":
        return f"{y}年{m}月" if kind == "month" else f"{y}年1-{m}月"
    if where == "head":
        return f"{y}年{m}月末" if kind == "month" else f"{y}年1-{m}月"
    if where in ("note", "prose"):
        return f"{y}年{m}月底"
    return f"{y}年{m}月" if kind == "month" else f"{y}年1-{m}月"


def _around(
    table: Filled, layout: Layout, rng: Random, area: str, units: list[str]
) -> tuple[list[str], list[str]]:
    known = table.known
    dated = date_of(table, "title") if layout.dated == "title" else ""
    title = area + ("" if layout.beside == "headed" else dated) + known.title
    said = "、".join(units)
    if layout.units == "caption":
        title += f"({said})" if rng.random() < 0.3 else f"(单位:{said})"
    above = [f"{area}{dated}民政工作有关情况"] if layout.beside == "headed" and dated else []
    if layout.before:
        above.append(
            rng.choice(
                [
                    "为进一步做好民政工作,保障好困难群众基本生活,根据有关规定,现将有关情况予以公布,请社会各界监督。",
                    f"近年来,我{known.area}民政部门坚持以人民为中心的发展思想,各项工作稳步推进。有关数据见下表。",
                    f"索引号:ZFXX-A12{chr(10)}来源:{area}民政局",
                ]
            )
        )
    if layout.dated == "prose":
        above.append(
            f"截至{date_of(table, 'prose')},{'全' + known.area}有关情况如下:"
            if known.dated != "year"
            else f"现将{date_of(table, 'prose')}有关情况公布如下:"
        )
    above.append(title)
    if layout.dated == "line":
        above.append(rng.choice(["({})", "{}"]).format(date_of(table, "line", layout.written)))
    line = []
    if layout.office:
        line.append(f"填报单位:{area}民政局")
    if layout.dated == "furniture":
        line.append(("统计时间:" if rng.random() < 0.5 else "") + date_of(table, "line", layout.written))
    if layout.units == "line":
        line.append(f"单位:{said}")
    if line:
        above.append(rng.choice(["    ", "  ", "\t"]).join(line))
    below = []
    if layout.dated == "note":
        below.append(f"注:以上数据截至{date_of(table, 'note')}。")
    elif layout.note == "note":
        below.append("注:本表数据不含经济开发区。")
    elif layout.note == "source":
        below.append("数据来源:全国民政信息系统")
    elif layout.note == "signed":
        below.append("填表人:王某    审核人:李某")
    if layout.behind:
        below.append(
            rng.choice(
                [
                    "下一步,将继续完善工作机制,规范资金管理,确保各项政策落实到位。",
                    f"以上情况,特此公示。如有异议,请向{known.area}民政局反映。",
                ]
            )
        )
    return above, below
