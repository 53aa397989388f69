"""The rows of task tables: lines of `|`-separated cells below a header row that names columns such as
重点工作事项, 工作目标, 分管领导, 责任科室.

Rows may be broken over several lines, tables over pages. The words of header cells stand in
`vocabulary/tasks/task_columns.csv`; what a table means for a report is decided in `tasks`.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.tasks.cell_lines import Line, find_loose_rows
from pipeline.extraction.tasks.columns import LONGEST_CELL, header_words, is_of_tasks, role_of
from pipeline.reading.layout.written import LIST_NUMERAL
from pipeline.vocabulary import pattern

ROWS = {
    "report_id": pl.String,
    "document_id": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
    "section": pl.String,
    "title": pl.String,
    "goal": pl.String,
    "lead": pl.String,
    "department": pl.String,
}
ORDINAL = re.compile(rf"\(?(?:\d{{1,3}}|{LIST_NUMERAL})\)?[.、]?")
LONGEST_SECTION, LONGEST_GAP = 60, 40


def find_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """Rows of the task tables in `lines` (document_id, report_id, start, end, text, raw; in order).

    Gives ROWS: one row a work item; `section` is the title row or section cell that it stands below.
    Texts are as written, blanks within cells made single.
    """
    text = pl.col("text")
    words = vocabulary.either(header_words())
    barred = text.str.contains("|", literal=True) | (text.str.count_matches("\t") > 1)
    header = barred & (text.str.len_chars() <= 200) & (text.str.count_matches(words) > 1)
    # A header may stand in a line, or with a cell a line.
    cell = text.str.contains(rf"^\|?\s*{words}\s*\|?$")
    able = lines.filter((header.any() | (cell.sum() > 2)).over("report_id"))
    rows = []
    every = able.select("report_id", "document_id", "start", "end", "text", "raw").iter_rows()
    for (report_id, document_id), group in groupby(every, key=lambda row: row[:2]):
        reader = _Reader(document_id)
        found = [row[2:] for row in group]
        rows += [(report_id, *row) for row in reader.read(found) or reader.read_loose(found)]
    return pl.DataFrame(rows, schema=ROWS, orient="row")


@dataclass
class _Item:
    """A work item as it is read: where it starts, its lines, and the bars that they hold."""

    start: int
    end: int
    raw: list[str] = field(default_factory=list)
    bars: int = 0
    waiting: list[tuple[int, str]] = field(
        default_factory=list
    )  # lines without bars, kept if the row goes on

    def add(self, end: int, raw: str, bars: int) -> None:
        if not bars:
            self.waiting.append((end, raw))
            return
        self.raw += [text for _, text in self.waiting] + [raw]
        self.waiting.clear()
        self.end, self.bars = end, self.bars + bars


def _join_headers(lines: list[Line]) -> list[Line]:
    """Lines with each header that has a cell a line (`序号 |`, `责任单位 |` …) made one."""
    joined, i = [], 0
    while i < len(lines):
        cells = 0
        if lines[i][2].endswith("|") and role_of(_cell(lines[i][2])) == "ordinal":
            while i + cells < len(lines) and _is_cell(lines[i + cells][2]):
                cells += 1
        if cells > 2:
            run = lines[i : i + cells]
            joined.append((run[0][0], run[-1][1], " ".join(r[2] for r in run), " ".join(r[3] for r in run)))
        else:
            joined.append(lines[i])
        i += cells if cells > 2 else 1
    return joined


def _cell(text: str) -> str:
    return "".join(text.rstrip("|").split())


def _is_cell(text: str) -> bool:
    """Whether a line is one short header cell with its bar."""
    cell = _cell(text)
    return (
        text.count("|") == 1
        and text.endswith("|")
        and 0 < len(cell) <= LONGEST_CELL
        and not ORDINAL.fullmatch(cell)
    )


class _Reader:
    """Reads the lines of one report, row by row."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self.roles: list[str | None] = []
        self.bars = 0
        self.leading = False
        self.section: str | None = None
        self.item: _Item | None = None
        self.rows: list[tuple] = []

    def read_loose(self, lines: list[Line]) -> list[tuple]:
        """The same where the cells stand on lines of their own, without bars."""
        for start, end, said in find_loose_rows(lines):
            self._store(start, end, {role: [text] for role, text in said.items()})
        return self.rows

    def read(self, lines: list[Line]) -> list[tuple]:
        """Rows of ROWS but for report_id, from lines (start, end, text, raw)."""
        for start, end, text, raw in _join_headers(lines):
            if "|" not in text and text.count("\t") > 1:
                text, raw = text.replace("\t", "|"), raw.replace("\t", "|")
            self._read(start, end, text, raw)
        self._close()
        return self.rows

    def _read(self, start: int, end: int, text: str, raw: str) -> None:
        bars = text.count("|")
        if bars and self._is_header(text, bars):
            return
        if not self.roles:
            return
        if not bars:
            self._go_on(start, end, raw, bars)
            return
        cells = self._cells(text)
        filled = {cell for cell in cells if cell}
        if not filled or all(re.fullmatch(r":?-{2,}:?", cell) for cell in filled):
            return
        section = cells[0] if filled == {cells[0]} else ""
        if section and self._is_section(section, bars):
            self._close()
            self.section = self._cells(raw)[cells.index(section)]
        elif self._begins(cells, bars):
            self._close()
            self.item = _Item(start, end)
            self.item.add(end, raw, bars)
        else:
            self._go_on(start, end, raw, bars)

    def _cells(self, text: str) -> list[str]:
        inner = text[1:] if self.leading and text.startswith("|") else text
        return [" ".join(cell.split()) for cell in inner.split("|")]

    def _is_header(self, text: str, bars: int) -> bool:
        """Whether the line names columns of work items."""
        cells = ["".join(cell.split()) for cell in text.strip().strip("|").split("|")]
        if any(len(cell) > LONGEST_CELL for cell in cells):
            return False
        roles = [role_of(cell) for cell in cells]
        known = [role for role in roles if role]
        if len(known) < 2 or len(known) * 2 <= sum(map(bool, cells)):
            return False
        if not is_of_tasks(set(known)):
            return False
        self._close()
        self.roles, self.bars, self.leading = roles, bars, text.startswith("|")
        return True

    def _is_section(self, text: str, bars: int) -> bool:
        whole = bars >= self.bars - 1 and (self.item is None or self.item.bars >= self.bars - 1)
        named = len(text) <= LONGEST_SECTION and not ORDINAL.fullmatch(text)
        return named and (whole or bool(re.search(pattern("chapter_of_list"), text)))

    def _begins(self, cells: list[str], bars: int) -> bool:
        """Whether a line starts a new item. One without a number in a numbered table does where it has
        a title.
        """
        full = bars >= self.bars
        if "ordinal" not in self.roles:
            return self.item is None or self.item.bars >= self.bars
        key = self.roles.index("ordinal")
        if key < len(cells) - 1 and ORDINAL.fullmatch(cells[key]):
            return True
        title = self.roles.index("title") if "title" in self.roles else None
        return full and title is not None and title < len(cells) and bool(cells[title]) and not cells[key]

    def _go_on(self, start: int, end: int, raw: str, bars: int) -> None:
        if self.item is None:
            return
        if len(self.item.waiting) > LONGEST_GAP:
            self._close()
            self.roles = []
            return
        self.item.add(end, raw, bars)

    def _close(self) -> None:
        """Store the open item, cell by column; a row that goes on in a full row below adds to its cells."""
        item, self.item = self.item, None
        if item is None:
            return
        said: dict[str, list[str]] = {}
        cells = self._cells(" ".join(item.raw))
        for place, cell in enumerate(cells):
            role = (
                self.roles[place % len(self.roles)]
                if len(cells) > self.bars + 1
                else (self.roles[place] if place < len(self.roles) else None)
            )
            if cell and role:
                said.setdefault(role, []).append(cell)
        self._store(item.start, item.end, said)

    def _store(self, start: int, end: int, said: dict[str, list[str]]) -> None:
        if "section" in said:
            self.section = said["section"][0]
        titles, goals = said.get("title", []), said.get("goal", [])
        named = titles[:1] or goals[:1]
        if not named:
            return
        rest = titles[1:] + (goals if titles else goals[1:])
        department = said.get("department") or said.get("support") or []
        texts = (" ".join(rest), " ".join(said.get("lead", [])), " ".join(department))
        self.rows.append(
            (self.document_id, start, end, self.section, named[0], *(text or None for text in texts))
        )
