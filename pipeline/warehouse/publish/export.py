"""Writes the published tables as files for other programs: Parquet, CSV and XLSX for Excel, .dta for Stata.

Parquet holds every table as it is. The other formats hold what analysts work with, the marts and the
vocabulary, and bend to their programs: lists become text, long names are shortened for Stata, tables too
long for a sheet are left out of the workbook and named there. Nothing that a report says can act as a
formula. The workings of the checks (`audit`) are written on request only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import duckdb
import polars as pl

from pipeline.contracts.ddl import quoted
from pipeline.settings import EXPORT_MARK
from pipeline.warehouse.publish.names import Words, chinese_headers, in_words, stata_names, unique

FORMATS = ("parquet", "csv", "xlsx", "stata")
FOR_PEOPLE = ("marts", "audit", "ref", "meta")
BATCH_ROWS = 100_000
SHEET_ROWS = 1_048_575  # rows of an Excel sheet below its header
SHEET_NAME = 31
CELL_CHARACTERS = 32_767
WORKBOOK_ROWS = 200_000  # a longer table is no reading matter and makes a workbook of hundreds of megabytes
STATA_LABEL = 80
NO_WORDS: Words = {}
WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "nan_inf_to_errors": True,
}
# Excel takes text that begins like a formula for one, and long runs of digits for rounded numbers.
ACTS = r"^[=+\-@\t\r]|^[0-9]{12,}$|^[0-9]+[eE][0-9]+$"


def export_tables(
    published: Path,
    to: Path,
    formats: Sequence[str] = FORMATS,
    audit: bool = False,
    chinese: bool = False,
    words: Words = NO_WORDS,
) -> list[Path]:
    """Write the tables of `published` below `to`, a folder a format; returns the files written.

    `audit` asks for the tables of that schema too, in every format; `chinese` for Chinese headers in CSV and
    XLSX, where people read them, and there for `words` in place of the codes of the marts.

    Raises ValueError for an unknown format and FileNotFoundError where nothing is published.
    """
    with opened(published, formats) as con:
        tables = [table for table in _tables(con) if audit or table.schema != "audit"]
        if chinese:
            for table in tables:
                table.headers = list(chinese_headers(con, table.headers).values())
                table.words = words if table.schema == "marts" else NO_WORDS
        writers = {"parquet": _parquet, "csv": _csv, "xlsx": _xlsx, "stata": _stata}
        return [path for name in formats for path in writers[name](con, tables, folder_at(to / name))]


@contextmanager
def opened(published: Path, formats: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, opened to be read. Raises ValueError, FileNotFoundError as `export_tables`."""
    if unknown := set(formats) - set(FORMATS):
        raise ValueError(f"no format {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    if not published.is_file():
        raise FileNotFoundError(f"nothing is published at {published}")
    con = duckdb.connect(str(published), read_only=True)
    try:
        con.execute("SET TimeZone = 'UTC'")
        yield con
    finally:
        con.close()


class _Table:
    """A published table: `schema.name`, rows, comment, and its columns with their comments."""

    def __init__(self, name: str, rows: int, comment: str, columns: list[tuple[str, str]]):
        self.name, self.rows, self.comment, self.columns = name, rows, comment, columns
        self.headers = [column for column, _ in columns]
        self.words: Words = NO_WORDS

    @property
    def schema(self) -> str:
        return self.name.partition(".")[0]

    @property
    def for_people(self) -> bool:
        return self.schema in FOR_PEOPLE

    @property
    def short(self) -> str:
        schema, _, name = self.name.partition(".")
        return name if schema == "marts" else f"{schema}_{name}"


def _tables(con: duckdb.DuckDBPyConnection) -> list[_Table]:
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, comment in con.execute(
        """SELECT schema_name || '.' || table_name, column_name, coalesce(comment, '') FROM duckdb_columns()
           WHERE NOT internal ORDER BY schema_name, table_name, column_index"""
    ).fetchall():
        columns.setdefault(table, []).append((column, comment))
    found = con.execute(
        """SELECT schema_name || '.' || table_name, coalesce(comment, '') FROM duckdb_tables()
           WHERE NOT internal ORDER BY schema_name <> 'marts', schema_name, table_name"""
    ).fetchall()
    return [
        _Table(name, con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0], comment, columns[name])
        for name, comment in found
    ]


def folder_at(path: Path) -> Path:
    """The folder, made where it is missing, and marked as ours where it holds nothing else: among raw files
    it is then no folder of reports."""
    path.mkdir(parents=True, exist_ok=True)
    if not holds_others(path):
        (path / EXPORT_MARK).write_text("Written by `minzheng export`.\n", encoding="utf-8")
    return path


def holds_others(path: Path) -> bool:
    """Whether a folder that is to be written to holds something else than an export."""
    return path.is_dir() and any(path.iterdir()) and not (path / EXPORT_MARK).is_file()


def _frames(con: duckdb.DuckDBPyConnection, table: _Table) -> Iterator[pl.DataFrame]:
    """The table in batches, lists as text; one empty batch where it has no rows."""
    reader = con.sql(f"SELECT * FROM {table.name}").to_arrow_reader(BATCH_ROWS)
    empty = True
    for batch in reader:
        empty = False
        yield _flat(pl.DataFrame(batch))
    if empty:
        yield _flat(pl.DataFrame(reader.schema.empty_table()))


def _read_by_people(con: duckdb.DuckDBPyConnection, table: _Table) -> Iterator[pl.DataFrame]:
    return (in_words(frame, table.words) for frame in _frames(con, table))


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists)


def _parquet(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], folder: Path) -> Iterator[Path]:
    for table in tables:
        path = folder / f"{table.name}.parquet"
        con.execute(f"COPY {table.name} TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        yield path


def _csv(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], folder: Path) -> Iterator[Path]:
    """UTF-8 with a byte-order mark, without which Excel takes Chinese for garbage."""
    for table in tables:
        if not table.for_people:
            continue
        path = folder / f"{table.name}.csv"
        with path.open("wb") as file:
            write_csv(
                file,
                (
                    frame.rename(dict(zip(frame.columns, table.headers, strict=True)))
                    for frame in _read_by_people(con, table)
                ),
            )
        yield path


def write_csv(file: BinaryIO, frames: Iterable[pl.DataFrame]) -> None:
    """Frames of one shape as CSV that Excel opens rightly: with a mark, and no text that acts."""
    file.write("\ufeff".encode())
    for number, frame in enumerate(frames):
        _counts(_harmless(frame)).write_csv(file, include_header=number == 0, line_terminator="\r\n")


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that Excel would act on gets a tab in front, which it takes as text and does not show."""
    text = pl.col(pl.String)
    return frame.with_columns(pl.when(text.str.contains(ACTS)).then("\t" + text).otherwise(text).name.keep())


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Fractions as text, those that are whole without `.0`: 18737 people, not 18737.0."""
    return frame.with_columns(pl.col(pl.Float64).cast(pl.String).str.strip_suffix(".0"))


def _xlsx(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], folder: Path) -> Iterator[Path]:
    """One workbook: a sheet of contents, then a sheet a table."""
    import xlsxwriter

    path = folder / "minzheng.xlsx"
    shown = [t for t in tables if t.for_people]
    with xlsxwriter.Workbook(str(path), WORKBOOK) as book:
        bold = book.add_format({"bold": True})
        _contents(book, shown, bold)
        for table in shown:
            if table.rows <= min(WORKBOOK_ROWS, SHEET_ROWS):
                name = unique(table.short, SHEET_NAME, {s.get_name().lower() for s in book.worksheets()})
                write_sheet(book, name, table.headers, _read_by_people(con, table), table.rows, bold)
    yield path


def _contents(book, tables: Sequence[_Table], bold) -> None:
    sheet = book.add_worksheet("contents")
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 120)
    rows: list[tuple[str | int, ...]] = [("table", "column", "rows", "what it holds")]
    for table in tables:
        left_out = table.rows > min(WORKBOOK_ROWS, SHEET_ROWS)
        note = " (too long for a sheet: see the Parquet file)" if left_out else ""
        rows.append((table.name, "", table.rows, table.comment + note))
        rows += [(table.name, column, "", comment) for column, comment in table.columns]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, bold if number == 0 or row[1] == "" else None)
    sheet.freeze_panes(1, 0)


def write_sheet(
    book, name: str, headers: Sequence[str], frames: Iterable[pl.DataFrame], rows: int, bold
) -> None:
    """A sheet of frames of one shape, its first row fixed and with filters."""
    sheet = book.add_worksheet(name)
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    times = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(headers) - 1)
    sheet.set_column(0, len(headers) - 1, 16)
    sheet.write_row(0, 0, headers, bold)
    row = 0
    for frame in frames:
        forms = [
            dates if kind == pl.Date else times if kind == pl.Datetime else None for kind in frame.dtypes
        ]
        for cells in frame.iter_rows():
            row += 1
            for column, (cell, form) in enumerate(zip(cells, forms, strict=True)):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell[:CELL_CHARACTERS])
                elif cell is not None:
                    sheet.write(row, column, cell.replace(tzinfo=None) if form is times else cell, form)


def _stata(con: duckdb.DuckDBPyConnection, tables: Sequence[_Table], folder: Path) -> Iterator[Path]:
    """One file a table in the format of Stata 14 and later, with the comments of the columns as labels."""
    for table in tables:
        if table.for_people:
            path = folder / f"{table.short}.dta"
            write_stata(path, pl.concat(list(_frames(con, table))), table.comment, dict(table.columns))
            yield path


def write_stata(
    path: Path,
    frame: pl.DataFrame,
    comment: str,
    labels: Mapping[str, str],
    value_labels: Mapping[str, dict[int | float, str]] | None = None,
) -> None:
    """The frame as `.dta`: `labels` and `value_labels` by its own names, which `stata_names` makes fit."""
    import pyreadstat

    names = stata_names(frame.columns)
    pyreadstat.write_dta(
        frame.rename(names).with_columns(
            pl.col(pl.Boolean).cast(pl.Int8),
            pl.col(pl.Datetime).dt.replace_time_zone(None),
            # Stata has no other missing text, and the library fails over null beside a text of 2,046 bytes.
            pl.col(pl.String).fill_null(""),
        ),
        str(path),
        file_label=comment[:STATA_LABEL],
        column_labels={names[column]: label[:STATA_LABEL] for column, label in labels.items()},
        variable_value_labels={names[column]: words for column, words in (value_labels or {}).items()},
    )
