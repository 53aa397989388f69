"""What the user knows of reports: `raw/reports.csv`, whose values win over what is read.

Columns `file, part, region, year, genre, issuer, title, published_on, url, licence`, all but `file` optional,
a line a report. `file` is the path below the raw folder, `part` which report of the file is meant (1, 2 …;
empty: all), `region` a code of GB/T 2260 or a name, `genre` as in `core.reports`. `url` and `licence` say
where a report came from and on what terms. A line travels with its file, so that a changed line has that file
read again and no other.
"""

import json
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts.registry import get_table
from pipeline.reading.files.listing import GIVEN as FILE_NAME
from pipeline.reading.layout.folding import fold_script
from pipeline.reading.regions.gazetteer import regions
from pipeline.reading.reports.years import LATEST
from pipeline.vocabulary.lists import read_lines, stands

COLUMNS = ("file", "part", "region", "year", "genre", "issuer", "title", "published_on", "url", "licence")
METHOD = "given"
FIRST_YEAR = 1949
SCHEMA: dict[str, type[pl.DataType]] = {
    "line": pl.Int64,
    "file_name": pl.String,
    "part": pl.Int64,
    "region_code": pl.String,
    "year": pl.Int32,
    "genre": pl.String,
    "issuer": pl.String,
    "title": pl.String,
    "published_on": pl.Date,
    "url": pl.String,
    "licence": pl.String,
}
SOURCE = ("url", "licence")


class GivenError(ValueError):
    """The list cannot be used; the message names the line and says what to write."""


def read_given(raw: Path) -> pl.DataFrame:
    """The list of `raw/reports.csv` in the columns of `SCHEMA`, a row a line; empty where there is no file.

    Raises GivenError for what is no file, for unknown columns, and for lines without a file or with a value
    that can't be meant.
    """
    path = raw / FILE_NAME
    if not stands(path, GivenError):
        return pl.DataFrame(schema=SCHEMA)
    rows = [_read_line(line, cells) for line, cells in read_lines(path, GivenError, COLUMNS[:1], COLUMNS[1:])]
    seen: dict[tuple[str, int | None], int] = {}
    for row in rows:
        first = seen.setdefault((row["file_name"], row["part"]), row["line"])
        if first != row["line"]:
            raise GivenError(f"{_at(row['line'])}: line {first} is on the same report; keep one")
    return pl.DataFrame(rows, schema=SCHEMA)


def with_given(manifest: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """A manifest (`frame.files`) with what `read_given` says of each file as `given` (JSON, else null).

    Raises GivenError for a line that names no file of the manifest.
    """
    files = manifest["file_name"].to_list()
    known = set(files)
    for line, name in given.select("line", "file_name").iter_rows():
        if name not in known:
            near = [file for file in files if file.endswith(f"/{name}")]
            near += get_close_matches(name, files, n=1, cutoff=0.6)
            hint = f"; is {near[0]} meant?" if near else "; write its path below the raw folder"
            raise GivenError(f"{_at(line)}: no file {name} stands in the raw folder{hint}")
    said: dict[str, list[dict[str, Any]]] = {}
    for row in given.with_columns(pl.col("published_on").cast(pl.String)).iter_rows(named=True):
        said.setdefault(row["file_name"], []).append(
            {
                key: value
                for key, value in row.items()
                if key not in ("line", "file_name") and value is not None
            }
        )
    texts = [json.dumps(said[name], ensure_ascii=False) if name in said else None for name in files]
    return manifest.with_columns(given=pl.Series(texts, dtype=pl.String))


def given_of(manifest: pl.DataFrame) -> pl.DataFrame:
    """What the column `given` of a manifest says, a row a line: `SCHEMA` without `line`."""
    columns = {name: kind for name, kind in SCHEMA.items() if name != "line"}
    if "given" not in manifest.columns:
        return pl.DataFrame(schema=columns)
    said = manifest.select("file_name", "given").drop_nulls().iter_rows()
    rows = [{"file_name": name} | row for name, text in said for row in json.loads(text)]
    dated = [row | {"published_on": _date(row.get("published_on"))} for row in rows]
    return pl.DataFrame(dated, schema=columns)


def check_parts(given: pl.DataFrame, reports: pl.DataFrame) -> None:
    """Raises GivenError where a line of `read_given` names a part that its file has not; `reports` has
    file_name and ordinal of all reports. Files that hold no report at all were refused and are let be."""
    counts = dict(reports.group_by("file_name").agg(pl.col("ordinal").max()).iter_rows())
    for line, name, part in given.select("line", "file_name", "part").drop_nulls("part").iter_rows():
        if name in counts and part > counts[name]:
            raise GivenError(
                f"{_at(line)}: {name} holds {counts[name]} reports and no part {part}; "
                "leave `part` empty for all of them"
            )


def override_heads(reports: pl.DataFrame, documents: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """`reports` (document_id, ordinal, title, issuer, published_on, and words, the title folded) with the
    heads that are given: before region, genre and year are taken from them."""
    lines = _by_report(reports, documents, given)
    if lines.is_empty():
        return reports
    found = reports.join(
        lines, on=["document_id", "ordinal"], how="left", maintain_order="left", suffix="_given"
    )
    changed = {name: pl.coalesce(f"{name}_given", name) for name in ("title", "issuer", "published_on")}
    if "words" in reports.columns:
        changed["words"] = pl.coalesce(fold_script(pl.col("title_given")), "words")
    return found.with_columns(**changed).select(reports.columns)


def override_genres(reports: pl.DataFrame, documents: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """`reports` (document_id, ordinal, genre) with the genres that are given: years follow from them."""
    lines = _by_report(reports, documents, given).select("document_id", "ordinal", told="genre")
    found = reports.join(lines, on=["document_id", "ordinal"], how="left", maintain_order="left")
    return found.with_columns(genre=pl.coalesce("told", "genre")).drop("told")


def override_placing(reports: pl.DataFrame, documents: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """`reports` with the regions and years that are given, with `given` as their method, and url and licence
    (null where nothing is said)."""
    lines = _by_report(reports, documents, given)
    found = reports.join(
        lines, on=["document_id", "ordinal"], how="left", maintain_order="left", suffix="_given"
    )
    evidence = pl.lit(FILE_NAME)
    changed: dict[str, pl.Expr] = {}
    for name, value in (("region", "region_code"), ("year", "year")):
        told = pl.col(f"{value}_given")
        changed |= {
            value: pl.coalesce(told, value),
            f"{name}_method": pl.when(told.is_not_null()).then(pl.lit(METHOD)).otherwise(f"{name}_method"),
            f"{name}_evidence": pl.when(told.is_not_null()).then(evidence).otherwise(f"{name}_evidence"),
            f"{name}_against": pl.when(told.is_null()).then(f"{name}_against"),
        }
    return found.with_columns(**changed).select(*reports.columns, *SOURCE)


def _by_report(reports: pl.DataFrame, documents: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """The values given for each report, the line on its part before that on its whole file."""
    values = [name for name in SCHEMA if name not in ("line", "file_name", "part")]
    if given.is_empty():
        keys = reports.select("document_id", "ordinal").clear()
        return keys.with_columns(pl.lit(None, SCHEMA[name]).alias(name) for name in values)
    files = documents.select("document_id", "file_name")
    lines = reports.select("document_id", "ordinal").join(files, on="document_id").join(given, on="file_name")
    lines = lines.filter(pl.col("part").is_null() | (pl.col("part") == pl.col("ordinal")))
    return (
        lines.sort("part", nulls_last=True, maintain_order=True)
        .group_by("document_id", "ordinal", maintain_order=True)
        .agg(pl.col(name).drop_nulls().first() for name in values)
    )


def _read_line(line: int, cells: dict[str, str | None]) -> dict[str, Any]:
    if cells["file"] is None:
        raise GivenError(f"{_at(line)}: `file` is empty")
    part, year = (_whole(line, name, cells[name]) for name in ("part", "year"))
    if part is not None and part < 1:
        raise GivenError(f"{_at(line)}: part {part}; the first report of a file is 1")
    if year is not None and not FIRST_YEAR <= year <= LATEST:
        raise GivenError(f"{_at(line)}: year {year} is not between {FIRST_YEAR} and {LATEST}")
    try:
        published_on = _date(cells["published_on"])
    except ValueError:
        raise GivenError(
            f"{_at(line)}: published_on {cells['published_on']!r} is not written 2025-06-30"
        ) from None
    if cells["genre"] and cells["genre"] not in genres():
        raise GivenError(f"{_at(line)}: genre {cells['genre']!r} is none of {', '.join(genres())}")
    if cells["url"] and "://" not in cells["url"]:
        raise GivenError(f"{_at(line)}: url {cells['url']!r} is no address (https://…)")
    return {
        "line": line,
        "file_name": cells["file"],
        "part": part,
        "region_code": _region_of(line, cells["region"]),
        "year": year,
        "genre": cells["genre"],
        "published_on": published_on,
        **{name: cells[name] for name in ("issuer", "title", "url", "licence")},
    }


def genres() -> tuple[str, ...]:
    """The genres that a report may have."""
    return next(c.allowed for c in get_table("core.reports").columns if c.name == "genre")


def _whole(line: int, name: str, cell: str | None) -> int | None:
    if cell is None:
        return None
    if not cell.isdecimal():
        raise GivenError(f"{_at(line)}: {name} {cell!r} is no whole number")
    return int(cell)


def _date(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _region_of(line: int, cell: str | None) -> str | None:
    try:
        return region_code(cell)
    except GivenError as error:
        raise GivenError(f"{_at(line)}: {error}") from None


def region_code(cell: str | None) -> str | None:
    """The code of a region given by its code, its full name or its name; None for None.

    Raises GivenError, without the place, for what is no division or names several.
    """
    if cell is None:
        return None
    name = fold_script(pl.Series([cell]))[0]
    known = regions().filter((pl.col("region_code") == name) | (pl.col("full_name") == name))
    if known.is_empty():
        known = regions().filter(pl.col("name") == name)
    if known.is_empty():
        near = get_close_matches(name, [*regions()["name"], *regions()["full_name"]], n=3, cutoff=0.5)
        hint = f" (is {'、'.join(near)} meant?)" if near else ""
        raise GivenError(
            f"region {cell!r} is no division of GB/T 2260{hint}; write its six digits or its full name"
        )
    if known.height > 1:
        choices = "、".join(
            f"{code} {full}" for code, full in known.select("region_code", "full_name").iter_rows()
        )
        raise GivenError(f"region {cell!r} names several; write one of {choices}")
    return str(known["region_code"][0])


def _at(line: int) -> str:
    return f"{FILE_NAME} line {line}"
