"""Workbooks (.xlsx): the rows of every visible sheet, each value as the sheet shows it.

openpyxl 3.1 (MIT, pure Python, read-only mode) rather than the faster python-calamine or fastexcel (Rust):
those give 0.972 where the sheet shows 97.2%, for they don't hand over number formats. Values of formulas are
those that the last program to save the file worked out; nothing is computed.
"""

import io
import re
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pipeline.reading.formats.container import Container
from pipeline.reading.formats.numberformat import shown
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sheets import MAX_COLUMNS, workbook_text

# What carries a format and nothing else; of a cell that does not name its place the next one asks for it.
BLANK = re.compile(rb'<c r="[^"<>]*"[^<>]*(?:/>|></c>)')
BLANK_ROW = re.compile(rb"<row(?:\s[^<>]*)?(?:/>|></row>)")
NO_VALUE = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")


def xlsx_text(data: bytes) -> tuple[str, str | None]:
    """(text, notes) of a workbook: a line a row, a form feed line between sheets, the name of a named sheet.

    The notes say how many formulas came without a value, because nothing has worked them out yet.
    """
    container = Container(data)
    unknown = 0
    for name in container.names:
        if name.startswith("xl/") and name.endswith(".xml") and "/media/" not in name:
            content = container.read(name)  # within bounds, before openpyxl unpacks it without any
            if name.startswith("xl/worksheets/"):
                unknown += len(NO_VALUE.findall(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _text(data, container), f"{unknown} formulas hold no value" if unknown else None
    except (Refusal, MemoryError, RecursionError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts meet in a damaged file
        raise Refusal("damaged", found=f"{type(error).__name__}: {str(error)[:100]}") from None


def _text(data: bytes, container: Container) -> str:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return workbook_text(((sheet.title, _rows(sheet, container)) for sheet in sheets), len(book.worksheets))


def _rows(sheet: ReadOnlyWorksheet, container: Container) -> Iterator[list[str]]:
    """The rows that hold something, each as wide as it is: a million blank ones, or one value at the foot of
    a sheet, took longer than a file may."""
    source = BLANK_ROW.sub(b"", BLANK.sub(b"", container.read(sheet._worksheet_path)))
    sheet._get_source = lambda: io.BytesIO(source)
    sheet.reset_dimensions()
    for row in filter(None, sheet.iter_rows()):
        yield [
            shown(cell.value, cell.number_format) if cell.value is not None else ""
            for cell in row[:MAX_COLUMNS]
        ]
