"""Workbooks (.xlsx): the rows of every visible sheet, each value as the sheet shows it.

openpyxl 3.1 (MIT, pure Python, read-only mode) rather than the faster python-calamine or fastexcel (Rust):
those give 0.972 where the sheet shows 97.2%, for they don't hand over number formats. Values of formulas are
those that the last program to save the file worked out; only where it left them out are they worked out here.
"""

import io
import re
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pipeline.reading.formats.container import Container
from pipeline.reading.formats.formulas import Formulas, Place
from pipeline.reading.formats.numberformat import shown
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sheets import MAX_COLUMNS, workbook_text

# What carries a format and nothing else; of a cell that does not name its place the next one asks for it.
BLANK = re.compile(rb'<c r="[^"<>]*"[^<>]*(?:/>|></c>)')
BLANK_ROW = re.compile(rb"<row(?:\s[^<>]*)?(?:/>|></row>)")
NO_VALUE = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")


def xlsx_text(data: bytes) -> tuple[str, str | None]:
    """(text, notes) of a workbook: a line a row, a form feed line between sheets, the name of a named sheet.

    The notes say how many formulas came without a value and were worked out here, or could not be.
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
            values = _worked_out(data, container) if unknown else {}
            return _text(data, container, values), _notes(unknown, len(values))
    except (Refusal, MemoryError, RecursionError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts meet in a damaged file
        raise Refusal("damaged", found=f"{type(error).__name__}: {str(error)[:100]}") from None


def _notes(unknown: int, worked_out: int) -> str | None:
    told = [f"{worked_out} formulas held no value and were worked out"] * bool(worked_out)
    told += [f"{unknown - worked_out} formulas hold no value"] * (unknown > worked_out)
    return "; ".join(told) or None


def _text(data: bytes, container: Container, values: dict[Place, float | int]) -> str:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    rows = ((sheet.title, _shown(sheet, container, values)) for sheet in sheets)
    return workbook_text(rows, len(book.worksheets))


def _worked_out(data: bytes, container: Container) -> dict[Place, float | int]:
    """What the formulas come to that hold no value, by their places."""
    told, written = (
        {
            (sheet.title, cell.row, cell.column): cell.value
            for sheet in load_workbook(
                io.BytesIO(data), read_only=True, data_only=only, keep_links=False
            ).worksheets
            for row in _rows(sheet, container)
            for cell in row
            if cell.value is not None
        }
        for only in (True, False)
    )
    formulas = Formulas(written | told)
    open_ones = [place for place, value in written.items() if place not in told and str(value)[:1] == "="]
    values = {place: formulas.value(place) for place in open_ones}
    return {place: value for place, value in values.items() if value is not None}


def _shown(
    sheet: ReadOnlyWorksheet, container: Container, values: dict[Place, float | int]
) -> Iterator[list[str]]:
    for row in _rows(sheet, container):
        told = [cell.value for cell in row]
        if values:
            told = [
                values.get((sheet.title, cell.row, cell.column))
                if value is None and isinstance(cell, ReadOnlyCell)
                else value
                for cell, value in zip(row, told, strict=True)
            ]
        yield [
            shown(value, cell.number_format) if value is not None else ""
            for cell, value in zip(row, told, strict=True)
        ]


def _rows(sheet: ReadOnlyWorksheet, container: Container) -> Iterator[tuple[ReadOnlyCell, ...]]:
    """The rows that hold something, each as wide as it is: a million blank ones, or one value at the foot of
    a sheet, took longer than a file may."""
    source = BLANK_ROW.sub(b"", BLANK.sub(b"", container.read(sheet._worksheet_path)))
    sheet._get_source = lambda: io.BytesIO(source)
    sheet.reset_dimensions()
    for row in filter(None, sheet.iter_rows()):
        yield row[:MAX_COLUMNS]
