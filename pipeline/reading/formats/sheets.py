"""The sheets of a workbook → its text, the same for every kind of workbook."""

from collections.abc import Iterable

from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.tables import sheet_lines

MAX_CELLS = 2_000_000  # cells with content, all sheets together
MAX_COLUMNS = 500
DEFAULT_NAMES = ("sheet", "工作表")


def workbook_text(sheets: Iterable[tuple[str, Iterable[list[str]]]], count: int) -> str:
    """(title, rows of texts) of each sheet that is seen, of `count` sheets → a line a row.

    A form feed line parts sheets; the name of a sheet stands above it where there are several and it was
    named. Raises Refusal for too many cells.
    """
    texts, cells = [], 0
    for title, all_rows in sheets:
        rows = []
        for row in all_rows:
            filled = sum(map(bool, row))
            cells += filled
            if cells > MAX_CELLS:
                raise Refusal(
                    "text_too_long", found=f"over {MAX_CELLS:,} cells", limit=f"{MAX_CELLS:,} cells"
                )
            if filled:
                rows.append(row)
        if rows:
            named = count > 1 and not title.lower().startswith(DEFAULT_NAMES)
            texts.append("\n".join([title] * named + list(sheet_lines(rows))))
    return "\n\f\n".join(texts) + "\n"
