"""Rows that stand in one line one behind the other, or below a line of heads a cell a line, set a row a line.

    低保情况 乡镇 户数 人数 东镇 12 31 西镇 9 20 南镇 7 15        乡镇 户数 人数 ⏎ 东镇 ⏎ 12 ⏎ 31 ⏎ 西镇 ⏎ …

Blanks and line ends stand for each other: no length changes.
"""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.layout.compute import each_changed_where
from pipeline.reading.layout.known_heads import starts_heads

FEWEST_ROWS, FEWEST_CELLS, MOST_CELLS = 3, 3, 16
LONGEST = 24  # characters of a cell
NAMES = (1, 2)  # words that name a row
UNIFORM = 0.8  # of the cells of a column
WORD = re.compile(r"\S+")
FIGURE = re.compile(r"[-−+]?[0-9][0-9,\x00]*(?:\.[0-9]+)?[%‰]?|[-—–]+")
SPOKEN = re.compile(r"[。;|\t]")
LINED = r"(?m)^[^\n|\t。]*(?: [^ \n|\t。]+(?: [-0-9.,%]+){2,}){3}"
STACKED = r"(?m)^[^\n|\t。0-9]+ [^\n|\t。0-9]+\n\s*\S+\n\s*[0-9]\S*\n\s*[0-9]"


def with_rows_on_lines(texts: pl.Series) -> pl.Series:
    """Folded texts with a line for each row of such tables."""
    return each_changed_where(texts, f"{LINED}|{STACKED}", _changed)


def _changed(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(map(_parted, lines)) if re.search(LINED, text) else "\n".join(_gathered(lines))


def _parted(line: str) -> str:
    """A line that holds a whole table, with line ends before its rows and its heads."""
    words = list(WORD.finditer(line))
    kinds = [bool(FIGURE.fullmatch(word[0])) for word in words]
    if SPOKEN.search(line) or kinds.count(True) < 2 * FEWEST_ROWS:
        return line
    first = kinds.index(True)
    for names in NAMES:
        start = first - names
        size = names + next((n for n, told in enumerate(kinds[first:]) if not told), 0)
        rows = _rows(kinds[start:], size, names) if start >= size else 0
        if rows >= FEWEST_ROWS and size >= FEWEST_CELLS and starts_heads(words[start - size][0]):
            breaks = [words[start - size].start(), *(words[start + n * size].start() for n in range(rows))]
            end = start + rows * size
            breaks += [words[end].start()] if end < len(words) else []
            for at in breaks:
                line = line[: at - 1] + "\n" + line[at:] if at else line
            return line
    return line


def _rows(kinds: list[bool], size: int, names: int) -> int:
    """How many rows of so many cells there are, each of as many names and else figures."""
    whole = [False] * names + [True] * (size - names)
    rows = 0
    while kinds[rows * size : (rows + 1) * size] == whole:
        rows += 1
    return rows


def _gathered(lines: list[str]) -> list[str]:
    """The lines with cells that stand a line each below a line of heads joined to rows."""
    at = 0
    while at < len(lines):
        size = _heads(lines[at])
        cells = _cells(lines, at + 1) if size else []
        cells = cells[: len(cells) - len(cells) % max(size, 1)]
        kinds = [bool(FIGURE.fullmatch(lines[n].strip())) for n in cells]
        share = [sum(kinds[n::size]) * size / len(cells) for n in range(size)] if cells else []
        sound = len(cells) >= size * (FEWEST_ROWS - 1) and share and share[0] == 0 and max(share) == 1
        if sound and all(part >= UNIFORM or part <= 1 - UNIFORM for part in share):
            lines = _joined(lines, cells, size)
            lines[at] = lines[at].replace(" ", "\t")
        at += 1
    return lines


def _heads(line: str) -> int:
    """How many heads a line holds; 0 where it is no line of heads."""
    heads = line.split()
    likely = FEWEST_CELLS <= len(heads) <= MOST_CELLS and not re.search("[0-9]", line)
    return len(heads) if likely and not SPOKEN.search(line) and starts_heads(heads[0]) else 0


def _cells(lines: list[str], at: int) -> list[int]:
    """Which lines from one on hold one word each, up to the first that holds more."""
    cells: list[int] = []
    for n in range(at, len(lines)):
        words = lines[n].split()
        if len(words) > 1 or len(lines[n].strip()) > LONGEST or SPOKEN.search(lines[n]):
            break
        cells += [n] * len(words)
    return cells


def _joined(lines: list[str], cells: list[int], size: int) -> list[str]:
    """The lines with those of each row as one, tabs for the line ends between."""
    done, at = list(lines[: cells[0]]), cells[0]
    for n in range(0, len(cells), size):
        first, last = cells[n], cells[n + size - 1]
        done += [*lines[at:first], "\t".join(lines[first : last + 1])]
        at = last + 1
    return [*done, *lines[at:]]
