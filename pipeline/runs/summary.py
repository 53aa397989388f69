"""What a publication holds, in words for a terminal: read from the published file itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from pipeline.runs.hints import named, program, ui_of
from pipeline.settings import Settings, project_settings
from pipeline.warehouse.publish.query import open_published
from pipeline.warehouse.publish.render import visible

SHOWN = 5  # files that are named for each reason
TABLES = ("reports", "mentions", "observations", "tasks")


def describe_publication(settings: Settings, said: Mapping[str, Mapping[str, Any]]) -> str:
    """The summary of a refresh: what was read, refused, extracted, flagged, published; where to look."""
    con = open_published(settings.warehouse)
    try:
        files = said.get("core/documents", {})
        lines = [
            _read_line(files),
            *refused_lines(con),
            *describe_tables(con),
            *_published_lines(con, settings.warehouse),
        ]
        if settings.site and (settings.site / "index.html").is_file():
            lines.append(f"browse     {settings.site / 'index.html'}")
    finally:
        con.close()
    return "\n".join(lines)


def refused_lines(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The refused files: a line for each, or for each reason that several share, with the first of them."""
    refused = con.execute(
        "SELECT reason, file_name, detail FROM core.rejected_files ORDER BY reason, file_name"
    ).fetchall()
    if not refused:
        return []
    refused = [(reason, visible(name), visible(detail)) for reason, name, detail in refused]
    lines = [f"refused    {count(len(refused), 'file')} (core.rejected_files)"]
    groups = [list(group) for _, group in groupby(refused, itemgetter(0))]
    for group in sorted(groups, key=len, reverse=True):
        names, details = [name for _, name, _ in group], [detail for _, _, detail in group]
        if len(group) == 1:
            lines.append(f"           {names[0]}: {details[0]}")
            continue
        lines.append(f"           {len(group):,} {group[0][0]}: {_advice(details)}")
        more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
        lines.append(f"             {', '.join(names[:SHOWN])}{more}")
    return lines


def _advice(details: Sequence[str]) -> str:
    """What the details of one reason have in common: without what was found in each file."""
    if len(set(details)) == 1:
        return details[0]
    return re.sub(r" ?\([^()]*\)", "", details[0])


def _read_line(files: Mapping[str, Any]) -> str:
    words = {
        "new_files": "new",
        "changed_files": "changed",
        "files_read_again": "read again: code, vocabulary or reports.csv changed",
        "removed_files": "removed",
        "unchanged_files": "unchanged",
    }
    parts = [f"{files[name]:,} {word}" for name, word in words.items() if files.get(name)]
    return f"files      {', '.join(parts) or 'none'}"


def describe_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What was extracted and flagged, and what could not be placed."""
    counts = dict(
        con.execute("SELECT table_name, row_count FROM meta.tables WHERE table_schema = 'core'").fetchall()
    )
    extracted = ", ".join(count(counts[name], name.removesuffix("s")) for name in TABLES)
    flags = con.execute(
        """SELECT flag, count(*) FROM (SELECT unnest(flags) AS flag FROM core.observations)
           GROUP BY flag ORDER BY 2 DESC, 1"""
    ).fetchall()
    flagged = ", ".join(f"{number:,} {flag}" for flag, number in flags) or "nothing"
    lines = [f"extracted  {extracted}", f"flagged    {flagged}"]
    lacking = con.execute(
        """SELECT count(*) FILTER (WHERE region_code IS NULL), count(*) FILTER (WHERE year IS NULL)
           FROM core.reports WHERE duplicate_of IS NULL"""
    ).fetchall()[0]
    for reports, what in zip(lacking, ("region", "year"), strict=True):
        if reports:
            lines.append(f"           {count(reports, 'report')} without a {what}")
    return [*lines, *table_lines(con), *unplaced_lines(con)]


def table_lines(con: duckdb.DuckDBPyConnection) -> list[str]:
    """How many tables were read, and where those stand that were not."""
    known = "SELECT 1 FROM meta.tables WHERE table_schema = 'core' AND table_name = 'tables'"
    if not con.execute(known).fetchall():
        return []
    states = dict(con.execute("SELECT state, count(*) FROM core.tables GROUP BY state").fetchall())
    if not states:
        return []
    told = ", ".join(
        f"{states[state]:,} {state}" for state in ("read", "partly", "unread") if state in states
    )
    lines = [f"tables     {told} (core.tables)"]
    unread = con.execute(
        """SELECT file_name, count(*), any_value(reason)
           FROM core.tables JOIN core.documents USING (document_id)
           WHERE state = 'unread' GROUP BY file_name ORDER BY 2 DESC, 1"""
    ).fetchall()
    for name, number, why in unread[:SHOWN]:
        lines.append(f"           {visible(name)}: {count(number, 'table')} not read ({why})")
    if len(unread) > SHOWN:
        lines.append(f"           and {len(unread) - SHOWN:,} more files")
    return lines


def unplaced_lines(con: duckdb.DuckDBPyConnection) -> list[str]:
    """How many observations reach no mart by region and year, and why."""
    known = "SELECT 1 FROM meta.tables WHERE table_schema = 'marts' AND table_name = 'unplaced'"
    if not con.execute(known).fetchall():
        return []
    reasons = con.execute(
        "SELECT reason, count(*) FROM marts.unplaced GROUP BY reason ORDER BY 2 DESC, 1"
    ).fetchall()
    if not reasons:
        return []
    why = ", ".join(f"{number:,} {reason}" for reason, number in reasons)
    return [
        f"unplaced   {count(sum(number for _, number in reasons), 'observation')} (marts.unplaced): {why}"
    ]


def _published_lines(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    release = con.execute("SELECT release_id FROM meta.release").fetchall()[0][0]
    marts = con.execute(
        "SELECT table_name, row_count FROM meta.tables WHERE table_schema = 'marts' ORDER BY 1"
    ).fetchall()
    return [
        f"marts      {', '.join(f'{name} {rows:,}' for name, rows in marts)}",
        f"published  {path} ({path.stat().st_size / 1e6:.1f} MB, release {release})",
        *_look_lines(path),
    ]


def _look_lines(path: Path) -> Iterator[str]:
    """Commands that run as they stand here."""
    where = named(None if project_settings().warehouse == path else path)
    name = program()
    yield f"look       {name} tables{where}"
    yield f'           {name} query{where} "FROM marts.region_year_profile"'
    yield f"           {ui_of(path)}"


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `1,200 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
