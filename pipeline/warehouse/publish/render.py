"""Rows of a query as text for a terminal or another program, a piece at a time."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

SHOWN = 2_000  # rows of a table on a terminal; the other forms print all
# What could move the cursor or speak to the terminal is shown by its picture.
VISIBLE = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: "␡", 0x0A: "⏎"}
    | dict.fromkeys(range(0x80, 0xA0), "�")
)


def render(names: list[str], rows: Iterable[tuple], form: str) -> Iterator[str]:
    """The rows as pieces of text: `csv`, `json` (one object a line), or `table`."""
    if form == "json":
        for row in rows:
            line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
            yield f"{line}\n"
    elif form == "csv":
        yield _csv_line(names)
        yield from map(_csv_line, rows)
    else:
        yield from _table(names, rows)


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _table(names: list[str], rows: Iterable[tuple]) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = iter(rows)
    table = Table()
    for name in names:
        table.add_column(Text(visible(name)))
    shown = list(islice(rows, SHOWN))
    for row in shown:
        table.add_row(*(Text("" if cell is None else visible(str(cell))) for cell in row))
    more = sum(1 for _ in rows)
    out = io.StringIO()
    width = Console(width=100_000).measure(table).maximum
    Console(file=out, width=max(width, 20), highlight=False).print(table)
    yield out.getvalue()
    yield f"{len(shown) + more:,} row{'' if len(shown) + more == 1 else 's'}"
    yield f", of which the first {SHOWN:,} are shown: --format csv prints all\n" if more else "\n"


def visible(text: str) -> str:
    """The text on one line, without control characters: for names and words that come from files."""
    return text.translate(VISIBLE)


def visible_lines(text: str) -> str:
    """The same, with its line ends."""
    return "\n".join(map(visible, text.split("\n")))
