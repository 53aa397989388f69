"""The panel as files ready for a regression, with a twin that says where each cell comes from.

`panel` has a row for every region in every year from the first of the file to the last: balanced, so that a
program sees the gaps. `panel_sources` is `marts.panel_cells`, `panel_variables` says what each column means
and how it is called in Stata.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from pipeline.warehouse.publish import export
from pipeline.warehouse.publish.names import FOLDER, RESIDENCE, Words, chinese_headers, in_words, stata_names

GRID = """
    WITH places AS (SELECT region_code, any_value(region) AS region FROM marts.panel GROUP BY region_code),
    years AS (SELECT unnest(range(min(year), max(year) + 1))::INTEGER AS year FROM marts.panel)
    SELECT places.region_code, places.region_code::INTEGER AS region_id, places.region, divisions.level,
        divisions.province, divisions.city, divisions.county, years.year,
        coalesce(panel.n_values, 0) > 0 AS observed, coalesce(panel.n_values, 0) AS n_values,
        panel.* EXCLUDE (region_code, region, level, year, n_values)
    FROM places CROSS JOIN years
    LEFT JOIN marts.panel AS panel ON panel.region_code = places.region_code AND panel.year = years.year
    LEFT JOIN ref.regions AS divisions ON divisions.region_code = places.region_code
    ORDER BY places.region_code, years.year"""
Sheets = Mapping[str, pl.DataFrame]
NAMES = ("panel", "panel_sources", "panel_variables")


def export_panel(
    published: Path,
    to: Path,
    formats: Sequence[str] = export.FORMATS,
    chinese: bool = False,
    words: Words = export.NO_WORDS,
) -> list[Path]:
    """Write panel, sources and variables below `to`; returns the files written.

    One file each, but one workbook of three sheets. `chinese` asks for Chinese headers in CSV and XLSX, there
    for `words` in place of codes, and for Chinese labels in Stata. Raises ValueError and FileNotFoundError as
    `export_tables` does, and ValueError where no region reports on any year.
    """
    with export.opened(published, formats) as con:
        sheets = _sheets(con)
        labels = _labels(con, sheets["panel"].columns)
        headers = {name: chinese_headers(con, frame.columns) for name, frame in sheets.items()}
        read = sheets
        if chinese:
            said = _said_in_chinese(con)
            meant = pl.col("column_name").replace_strict(said, default=pl.col("comment"))
            read = {**sheets, "panel_variables": sheets["panel_variables"].with_columns(comment=meant)}
            read = {name: in_words(frame, words).rename(headers[name]) for name, frame in read.items()}
    to = export.folder_at(to)
    stata_labels = headers["panel"] if chinese else labels
    writers: dict[str, Callable[[], list[Path]]] = {
        "parquet": lambda: _parquet(sheets, to),
        "csv": lambda: _csv(read, to),
        "xlsx": lambda: [_workbook(read, to / "panel.xlsx")],
        "stata": lambda: _stata(sheets, stata_labels, to),
    }
    return [path for name in formats for path in writers[name]()]


def _sheets(con: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    panel = con.sql(GRID).pl()
    if panel.is_empty():
        raise ValueError("no region has a value for any year: there is no panel")
    labels = _labels(con, panel.columns)
    zh = chinese_headers(con, panel.columns)
    short = stata_names(panel.columns)
    variables = pl.DataFrame(
        [(name, short[name], labels[name], zh[name]) for name in panel.columns],
        schema=["column_name", "stata_name", "comment", "name_zh"],
        orient="row",
    )
    sources = con.sql("FROM marts.panel_cells ORDER BY region_code, year, column_name").pl()
    texts = pl.col("observation_ids").list.join("; ")
    return dict(zip(NAMES, (panel, sources.with_columns(texts), variables), strict=True))


def _labels(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, str]:
    """The meaning of each column, those of the marts by their comments."""
    said = con.execute(
        """SELECT column_name, coalesce(comment, column_name) FROM duckdb_columns()
           WHERE schema_name = 'marts' AND table_name = 'panel'"""
    ).fetchall()
    keys = dict(_keys().select("column_name", "comment").iter_rows())
    return {name: (dict(said) | keys)[name] for name in columns}


def _said_in_chinese(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The meaning of each column in Chinese: of a headline what is counted, and in which measure."""
    said = con.execute(
        """SELECT headline, concat_ws('：', measures.name_zh, subjects.covers) FROM ref.indicators
           JOIN ref.subjects AS subjects ON subjects.subject = split_part(indicator_id, '.', 1)
           JOIN ref.measures AS measures ON measures.measure = split_part(indicator_id, '.', 2)
           WHERE headline IS NOT NULL"""
    ).fetchall()
    ends = {f"{name}{end}": words for name, words in said for end in ("", *RESIDENCE)}
    return ends | dict(_keys().select("column_name", "comment_zh").iter_rows())


@cache
def _keys() -> pl.DataFrame:
    return pl.read_csv(FOLDER / "panel_keys.csv")


def _parquet(sheets: Sheets, to: Path) -> list[Path]:
    paths = {name: to / f"{name}.parquet" for name in sheets}
    for name, path in paths.items():
        sheets[name].write_parquet(path, compression="zstd")
    return list(paths.values())


def _csv(sheets: Sheets, to: Path) -> list[Path]:
    paths = {name: to / f"{name}.csv" for name in sheets}
    for name, path in paths.items():
        with path.open("wb") as file:
            export.write_csv(file, [sheets[name]])
    return list(paths.values())


def _workbook(sheets: Sheets, path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), export.WORKBOOK) as book:
        bold = book.add_format({"bold": True})
        for name, frame in sheets.items():
            export.write_sheet(book, name, frame.columns, [frame], frame.height, bold)
    return path


def _stata(sheets: Sheets, labels: Mapping[str, str], to: Path) -> list[Path]:
    panel, sources, _ = (sheets[name] for name in NAMES)
    names = {code: name for code, name in panel.select("region_id", "region").unique().iter_rows()}
    export.write_stata(to / "panel.dta", panel, "Regions by years, balanced", labels, {"region_id": names})
    keyed = sources.with_columns(pl.col("region_code").cast(pl.Int32).alias("region_id"))
    export.write_stata(to / "panel_sources.dta", keyed, "Where each cell of the panel comes from", {})
    return [to / "panel.dta", to / "panel_sources.dta"]
