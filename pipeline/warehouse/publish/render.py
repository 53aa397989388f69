"""Rows of a query as text for a terminal or another program, a piece at a time."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

SHOWN = 2_000  # rows of a table on a terminal; the other forms print all
WHOLE = 1e15  # up to here a fraction holds every whole number, and is written out
PLAN = ["explain_key", "explain_value"]  # what EXPLAIN answers: a drawing
NARROW = 24  # of a terminal's cells: what a long text needs to be read in a column
# What could move the cursor, speak to the terminal or turn the way that a line runs is shown by its picture.
TURNING = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
VISIBLE = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: "␡", 0x0A: "⏎"}
    | dict.fromkeys((*range(0x80, 0xA0), *TURNING), "�")
)


def render(
    names: list[str],
    rows: Iterable[tuple],
    form: str,
    width: int | None = None,
    most: int | None = None,
) -> Iterator[str]:
    """The rows as pieces of text: `csv`, `json` (one object a line), `table`, or `vertical`.

    `width` is that of the terminal, None where there is none. A wider table has its long texts broken; where
    that does not help, each row stands by itself, a line a column, as with `vertical`. So it does where there
    is no terminal and the table is wider than `most`. The plan of an EXPLAIN stands as DuckDB draws it.
    """
    if form == "json":
        names = _told_apart(names)
        for row in rows:
            yield f"{_json(dict(zip(names, map(_whole, row), strict=True)))}\n"
    elif form == "csv":
        yield _csv_line(names)
        yield from (_csv_line(map(_whole, row)) for row in rows)
    elif names == PLAN:
        yield from (f"{visible_lines(str(drawn)).rstrip()}\n" for _, drawn in rows)
    else:
        yield from _shown(names, rows, form, width, most)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of columns, those that are there already with a number: an object has each once."""
    apart: list[str] = []
    for name in names:
        number, new = 1, name
        while new in apart:
            number += 1
            new = f"{name}_{number}"
        apart.append(new)
    return apart


def _json(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:  # infinity and NaN, which JSON has no words for
        return json.dumps(_finite(row), ensure_ascii=False, default=_plain, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else None
    return value.hex() if isinstance(value, bytes) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _whole(value: Any) -> Any:
    """A count without `.0`, though the column holds fractions too."""
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return int(value)
    return [_whole(part) for part in value] if isinstance(value, list) else value


def _cell(value: object) -> str:
    """A value as it is read: whole numbers without `.0`, others to the fourth place behind the point."""
    if value is None:
        return ""
    if isinstance(value, float) and 1e-3 <= abs(value) < WHOLE:
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if value == 0 and value is not False:
        return "0"
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return visible(str(value))


def _shown(
    names: list[str], rows: Iterable[tuple], form: str, width: int | None, most: int | None
) -> Iterator[str]:
    rows = iter(rows)
    shown = [[_cell(cell) for cell in row] for row in islice(rows, SHOWN)]
    more = sum(1 for _ in rows)
    heads = [visible(name) for name in names]
    narrow = (width and not _fits(heads, shown, width)) or (most and not _fits(heads, shown, most, most))
    if form == "vertical" or narrow:
        yield from _vertical(heads, shown, width)
        if any("" in row for row in shown):
            yield "Columns without a value are left out.\n"
    else:
        yield _table(heads, shown, width)
    total = len(shown) + more
    yield f"{total:,} row{'' if total == 1 else 's'}"
    yield f", of which the first {SHOWN:,} are shown: --format csv prints all\n" if more else "\n"


def _fits(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, unbroken: int = NARROW) -> bool:
    """Whether the columns stand side by side, texts longer than `unbroken` broken."""
    from rich.cells import cell_len

    needed = 1
    for number, head in enumerate(heads):
        longest = max((cell_len(row[number]) for row in rows), default=0)
        needed += max(cell_len(head), min(longest, unbroken)) + 3
    return needed <= width


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> str:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for number, head in enumerate(heads):
        longest = max((cell_len(row[number]) for row in rows), default=0)
        least = max(cell_len(head), min(longest, NARROW))
        table.add_column(Text(head), min_width=least, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    out = io.StringIO()
    whole = Console(width=100_000).measure(table).maximum
    Console(file=out, width=max(min(whole, width or whole), 20), highlight=False).print(table)
    return out.getvalue()


def _vertical(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Each row by itself: a line a column that has a value."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    wide = max(map(cell_len, heads), default=0)
    beside = not width or wide + NARROW <= width  # else each value stands below its name
    for number, row in enumerate(rows, start=1):
        yield f"── {number} ".ljust(min(width or 60, 60), "─") + "\n"
        grid = Table.grid(padding=(0, 2, 0, 0))
        for column in range(2 if beside else 1):
            grid.add_column(width=wide if beside and not column else None, overflow="fold")
        for head, cell in zip(heads, row, strict=True):
            for line in ((head, cell),) if beside else ((head,), (f"  {cell}",)):
                if cell:
                    grid.add_row(*map(Text, line))
        out = io.StringIO()
        Console(file=out, width=width or 100_000, highlight=False).print(grid)
        yield "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def visible(text: str) -> str:
    """The text on one line, without control characters: for names and words that come from files."""
    return text.translate(VISIBLE)


def visible_lines(text: str) -> str:
    """The same, with its line ends."""
    return "\n".join(map(visible, text.split("\n")))
