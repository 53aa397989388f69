"""Cells → text, parted as officials part them."""

from __future__ import annotations

from table_layouts.grid import FIRST_MARK, Cell, Page


def text_of(page: Page, parted: str) -> str:
    """The page as text; values still bear their marks."""
    lines = [*page.above, *WRITERS[parted](page), *page.below]
    return "\n".join(lines) + "\n"


def _texts(page: Page, again: bool = False) -> list[list[str]]:
    return [[" " * c.indent + c.text for c in row] for row in page.rows]


def _held(row: list[Cell]) -> list[str]:
    return [c.text for c in row if not c.covered and c.text]


def _joined(sep: str, before: str = "", behind: str = ""):
    def write(page: Page) -> list[str]:
        return [before + sep.join(row) + behind for row in _texts(page)]

    return write


def _markdown(page: Page) -> list[str]:
    rows = _joined(" | ", "| ", " |")(page)
    return [*rows[: page.heads], "|" + " --- |" * len(page.rows[0]), *rows[page.heads :]]


def _width(text: str) -> int:
    return sum(0 if ord(a) >= FIRST_MARK else 1 + (a > "\u2e80") for a in text)


def _aligned(right: bool):
    def write(page: Page) -> list[str]:
        rows = _texts(page)
        wide = [0] * len(rows[0])
        for row, cells in zip(rows, page.rows, strict=True):
            for c, text in enumerate(row):
                if cells[c].wide == 1 or not cells[c].text:
                    wide[c] = max(wide[c], _width(text))
        lines = []
        for row, cells in zip(rows, page.rows, strict=True):
            line, at, end = "", 0, 0
            for c, text in enumerate(row):
                size = wide[c]
                if cells[c].text and cells[c].wide > 1:  # over several: in their middle
                    size = sum(wide[c : c + cells[c].wide]) + 3 * (cells[c].wide - 1)
                    place = at + max(0, (size - _width(text)) // 2)
                else:
                    place = at + (wide[c] - _width(text) if right and c >= page.stubs else 0)
                if text.strip():
                    gap = max(place - end, 1 if line else 0)
                    line += " " * gap + text
                    end += gap + _width(text)
                at += wide[c] + 3
            lines.append(line.rstrip())
        return lines

    return write


def _close(sep: str):
    def write(page: Page) -> list[str]:
        return [sep.join(_held(row)) for row in page.rows]

    return write


def _lines(page: Page) -> list[str]:
    return [text for row in page.rows for text in _held(row)]


def _lines_apart(page: Page) -> list[str]:
    """A blank line for each blank cell, and between rows."""
    return [text for row in page.rows for text in [*(c.text for c in row if not c.covered), ""]]


def _lines_barred(page: Page) -> list[str]:
    lines = []
    for row in page.rows:
        for n, cell in enumerate(c for c in row if not c.covered):
            lines.append(("| " if n == 0 else "") + (f"{cell.text} |" if cell.text else "|"))
    return lines


def _filled(behind: str, end: str, kept: bool):
    """As readers of pages write: what closes each cell, merged cells once, bars for what a row has less."""

    def write(page: Page) -> list[str]:
        lines = []
        for row in page.rows:
            cells = [c.text for c in row if not c.covered and (c.text or kept)]
            text = "".join(f"{cell}{behind}" for cell in cells)
            lines += (text + "|" * (len(row) - len(cells))).rstrip(end).split("\n")
        return [line for line in lines if line]

    return write


def _html(page: Page) -> list[str]:
    lines = ['<table border="1" cellspacing="0">']
    for row in page.rows:
        cells = ""
        for cell in row:
            if cell.covered:
                continue
            wide = f' colspan="{cell.wide}"' if cell.wide > 1 else ""
            tall = f' rowspan="{cell.tall}"' if cell.tall > 1 else ""
            cells += f"<td{wide}{tall}>{cell.text}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return [*lines, "</table>"]


def _boxed(page: Page) -> list[str]:
    rows = _texts(page)
    wide = [max(_width(row[c]) for row in rows) for c in range(len(rows[0]))]

    def ruled(a: str, b: str, c: str) -> str:
        return a + b.join("─" * w for w in wide) + c

    lines = [ruled("┌", "┬", "┐")]
    for n, row in enumerate(rows):
        lines.append("│" + "│".join(t + " " * (w - _width(t)) for t, w in zip(row, wide, strict=True)) + "│")
        if n == page.heads - 1:
            lines.append(ruled("├", "┼", "┤"))
    return [*lines, ruled("└", "┴", "┘")]


def _columns_first(page: Page) -> list[str]:
    return [row[c].text for c in range(len(page.rows[0])) for row in page.rows if row[c].text]


def _records(page: Page) -> list[str]:
    heads = page.rows[page.heads - 1]
    return [
        " ".join(f"{h.text}:{c.text}" for h, c in zip(heads, row, strict=True) if c.text)
        for row in page.rows[page.heads :]
    ]


def _sentences(page: Page) -> list[str]:
    heads = page.rows[page.heads - 1]
    return [
        "".join(c.text for c in row[: page.stubs])
        + ":"
        + ",".join(h.text + c.text for h, c in list(zip(heads, row, strict=True))[page.stubs :] if c.text)
        + ";"
        for row in page.rows[page.heads :]
    ]


WRITERS = {
    "bars": _joined(" | ", "| ", " |"),
    "bars_inner": _joined(" | "),
    "bars_tight": _joined("|"),
    "markdown": _markdown,
    "tabs": _joined("\t"),
    "aligned": _aligned(False),
    "aligned_right": _aligned(True),
    "one_blank": _close(" "),
    "two_blanks": _close("  "),
    "lines": _lines,
    "lines_apart": _lines_apart,
    "lines_barred": _lines_barred,
    "filled": _filled(" | ", "\n", False),
    "filled_lines": _filled(" |\n", "\n", False),
    "filled_alone": _filled("\n|\n", "\n", False),
    "filled_kept": _filled(" |\n", "\n", True),
    "html": _html,
    "boxed": _boxed,
    "dunhao": _joined("、"),
    "semicolon": _joined(";"),
    "slash": _joined("/"),
    "records": _records,
    "columns_first": _columns_first,
    "sentences": _sentences,
}
