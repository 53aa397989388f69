"""Finds the number that somebody asks about, reads its text again and says why it was read as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import RenderableType

from pipeline.contracts.registry import polars_schema
from pipeline.engine.batch import extractor_version, parse_documents
from pipeline.extraction.confidence import reasons
from pipeline.extraction.explain import explain
from pipeline.extraction.extract import extract
from pipeline.reading.files.listing import read_files
from pipeline.reading.reports.given import SCHEMA, read_given
from pipeline.runs.explanation import explanation, list_numbers, set_aside
from pipeline.warehouse.publish.query import open_published

ID = re.compile(r"([0-9a-f]{16})-\d+")


def explain_number(warehouse: Path, asked: tuple[str, ...], long: bool = False) -> RenderableType:
    """What to print of a number: of an observation's id, or of a file and the number as written.

    The file may be one on disk or one that the published file holds, by the end of its name, and the number
    an observation_id too. `long`: with every cue and what the names of signs mean. Raises ValueError, with
    what to do, where there is no such file or number.
    """
    if len(asked) == 1:
        found = ID.fullmatch(asked[0])
        if not found:
            like = "(`0123456789abcdef-466` would be one)"
            raise ValueError(
                f"{asked[0]!r} is no observation_id {like}; or give FILE and the number as written"
            )
        documents = _published(warehouse, "document_id = ?", found[1])
        if documents.is_empty():
            raise ValueError(f"{warehouse} holds no document {found[1]}")
        return _explained(warehouse, documents, asked[0], None, _published_given(warehouse, documents), long)
    file, number = asked
    path = Path(file)
    documents = _on_disk(path) if path.is_file() else _published(warehouse, "file_name = ?", file)
    if documents.is_empty():
        documents = _published(warehouse, "ends_with(file_name, ?)", file)
    if documents.height != 1:
        many = ", ".join(documents["file_name"].head(5))
        raise ValueError(
            f"{file} means {many}: name one" if many else f"there is no file {file}, nor in {warehouse}"
        )
    given = _given_beside(path) if path.is_file() else _published_given(warehouse, documents)
    by_id = ID.fullmatch(number) is not None
    return _explained(warehouse, documents, number if by_id else None, None if by_id else number, given, long)


def _explained(
    warehouse: Path,
    documents: pl.DataFrame,
    observation_id: str | None,
    number: str | None,
    given: pl.DataFrame,
    long: bool,
) -> RenderableType:
    parsed = parse_documents(documents, given)
    read = extract(*parsed)
    name, text = documents["file_name"][0], documents["text"][0]
    rows = read.observations
    if number is not None:
        places = [m.start() for m in re.finditer(rf"(?<![0-9.]){re.escape(number)}(?![0-9])", text)]
        rows = _at(rows, places, len(number))
        if rows.is_empty():
            mentions = _at(read.mentions, places, len(number))
            if mentions.is_empty():
                raise ValueError(f"{name} holds no number {number!r}")
            return set_aside(name, text, mentions.to_dicts())
        if rows.height > 1:
            return list_numbers(name, rows.to_dicts())
        observation_id = rows["observation_id"][0]
    found = rows.filter(pl.col("observation_id") == observation_id)
    if found.is_empty():
        raise ValueError(
            f"today's code reads no observation {observation_id} in {name}, which other code published: "
            "give FILE and the number as written"
        )
    row = found.row(0, named=True)
    signs = read.signs.filter(pl.col("observation_id") == observation_id).row(0, named=True)
    outdated = _outdated(warehouse, row["observation_id"])
    return explanation(name, row, explain(row, *parsed), reasons(signs), outdated, long)


def _at(rows: pl.DataFrame, places: list[int], length: int) -> pl.DataFrame:
    """The rows whose span meets one of some places in the text."""
    meets = [(pl.col("span_start") < place + length) & (pl.col("span_end") > place) for place in places]
    return rows.filter(pl.any_horizontal(meets)) if meets else rows.clear()


def _published(warehouse: Path, where: str, value: str) -> pl.DataFrame:
    if not warehouse.is_file():
        raise ValueError(
            f"nothing is published at {warehouse}; run `minzheng refresh`, or name a file on disk"
        )
    con = open_published(warehouse)
    try:
        sql = f"SELECT * FROM core.documents WHERE {where} LIMIT 6"
        rows = con.sql(sql, params=[value]).to_arrow_table()
    finally:
        con.close()
    documents: Any = pl.from_arrow(rows)
    return documents


def _published_given(warehouse: Path, documents: pl.DataFrame) -> pl.DataFrame:
    """The regions and years that the user gave for the reports of a published document, as `read_given`."""
    con = open_published(warehouse)
    try:
        sql = """
            SELECT ordinal AS part,
                if(region_method = 'given', region_code, NULL) AS region_code,
                if(year_method = 'given', year, NULL) AS year
            FROM core.reports WHERE document_id = ?
        """
        rows: Any = pl.from_arrow(con.sql(sql, params=[documents["document_id"][0]]).to_arrow_table())
    finally:
        con.close()
    said = rows.filter(pl.any_horizontal(pl.col("region_code", "year").is_not_null()))
    said = said.with_columns(file_name=pl.lit(documents["file_name"][0]))
    missing = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in said.columns]
    return said.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _given_beside(path: Path) -> pl.DataFrame:
    """What the list of reports in the folder of a file says of it. Raises GivenError for a bad line."""
    return read_given(path.parent).filter(pl.col("file_name") == path.name)


def _on_disk(path: Path) -> pl.DataFrame:
    """The file as a row of `core.documents`. Raises ValueError where it can't be used."""
    status = path.stat()
    row = {"file_name": path.name, "size": status.st_size, "mtime_ns": status.st_mtime_ns}
    manifest = pl.DataFrame([row], schema=polars_schema("frame.files"))
    documents, refused = read_files(path.parent, manifest)
    if documents.is_empty():
        raise ValueError(f"{path}: {refused['detail'][0]}")
    return documents


def _outdated(warehouse: Path, observation_id: str) -> bool:
    """Whether the published file holds this number, read by other code than today's."""
    if not warehouse.is_file():
        return False
    con = open_published(warehouse)
    try:
        sql = "SELECT extractor_version FROM meta.release SEMI JOIN core.observations ON observation_id = ?"
        versions = con.execute(sql, [observation_id]).fetchall()
    finally:
        con.close()
    return any(version != extractor_version() for (version,) in versions)
