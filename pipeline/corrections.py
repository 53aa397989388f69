"""Reviewed corrections: a list kept by people, met with the values that were read.

`raw/corrections.csv` has the columns `document, span, key, action, value, expect, reason, who, when`. A
line names one value of one document, by its span (`120-128`, code points of the text) or by a key: an
observation id, or an indicator with what tells it apart (`dibao.persons; year=2023; residence=urban`).
`override` puts `value` in its place, `drop` leaves it out, `flag` marks it. `expect` is the value that was
read when the line was written: where another one is read now, the source has changed and the line must be
looked at again.

Core tables keep saying what the documents say. What this module resolves is stored as `core.corrections`
and applied by `models/marts/facts.sql`, so that every mart shows it.
"""

import csv
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.reading.files.lists import open_list

FILE_NAME = "corrections.csv"
COLUMNS = ("document", "span", "key", "action", "value", "expect", "reason", "who", "when")
ACTIONS = ("override", "drop", "flag")
KEY_FIELDS = ("change", "residence", "subgroup", "status", "scope", "place", "unit", "year")


class CorrectionError(ValueError):
    """The list cannot be used; the message names the line and says what to write."""


def read_corrections(raw: Path) -> pl.DataFrame:
    """The list of `raw/corrections.csv`, one row a line, all text but `line`; empty where there is no file.

    Raises CorrectionError for missing columns and for lines that lack a document, target, action, reason, who
    or when.
    """
    path = raw / FILE_NAME
    schema = {"line": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)}
    if not path.is_file():
        return pl.DataFrame(schema=schema)
    with open_list(path, CorrectionError) as lines:
        reader = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise CorrectionError(f"{FILE_NAME}: the header lacks {', '.join(missing)}")
        rows = [
            {"line": reader.line_num} | {name: (row[name] or "").strip() or None for name in COLUMNS}
            for row in reader
            if any((cell or "").strip() for cell in row.values() if not isinstance(cell, list))
        ]
    for row in rows:
        _check_line(row)
    return pl.DataFrame(rows, schema=schema)


def resolve_corrections(
    corrections: pl.DataFrame, observations: pl.DataFrame, documents: pl.DataFrame
) -> pl.DataFrame:
    """`core.corrections`: each line with the observation that it meets, and whether it can be applied.

    `observations` and `documents` are frames of `core.observations` and `core.documents` (at least
    document_id, file_name, and the columns that keys name). A line that meets nothing, several values, or
    another value than it expects is `unmatched`, `ambiguous` or `stale`, with a message that says what to do.
    """
    observed = observations.join(documents.select("document_id", "file_name"), on="document_id")
    rows = [_resolved(row, observed) for row in corrections.iter_rows(named=True)]
    twice: dict[str | None, str] = {}
    for row in rows:
        first = twice.setdefault(row["observation_id"], row["correction_id"])
        if row["observation_id"] and first != row["correction_id"]:
            row |= {"state": "ambiguous", "observation_id": None}
            row["message"] = f"{row['file_name']} {row['target']}: {first} corrects the same value; keep one"
    return pl.DataFrame(rows, schema=polars_schema("core.corrections"))


def _check_line(row: dict[str, Any]) -> None:
    where = f"{FILE_NAME} line {row['line']}"
    for name in ("document", "action", "reason", "who", "when"):
        if not row[name]:
            raise CorrectionError(f"{where}: `{name}` is empty")
    if row["action"] not in ACTIONS:
        raise CorrectionError(f"{where}: action {row['action']!r}; there are {', '.join(ACTIONS)}")
    if bool(row["span"]) == bool(row["key"]):
        raise CorrectionError(f"{where}: give a span (start-end) or a key, one of the two")
    if row["action"] == "override" and not (row["value"] and row["expect"]):
        raise CorrectionError(f"{where}: an override needs `value` and `expect`, the value read until now")
    for name in ("value", "expect"):
        if row[name] and _number(row[name]) is None:
            raise CorrectionError(
                f"{where}: {name} {row[name]!r} is no number (write base units: 12303500, not 1230.35万)"
            )
    if row["span"] and _span(row["span"]) is None:
        raise CorrectionError(f"{where}: span {row['span']!r} is not written start-end")
    try:
        date.fromisoformat(row["when"])
    except ValueError:
        raise CorrectionError(f"{where}: when {row['when']!r} is not written 2025-06-30") from None


def _resolved(row: dict[str, Any], observed: pl.DataFrame) -> dict[str, Any]:
    target = row["span"] or row["key"]
    met = observed.filter(pl.col("file_name") == row["document"])
    known = met.height > 0
    met = met.filter(_at_span(row["span"]) if row["span"] else _of_key(row["key"], row["line"]))
    expected, found = _number(row["expect"]), met["value"][0] if met.height == 1 else None
    state, message = "applied", None
    where = f"{row['document']} {target}"
    if not known:
        state, message = (
            "unmatched",
            f"{where}: no values were read from this document; was it renamed or removed?",
        )
    elif met.is_empty():
        state, message = (
            "unmatched",
            f"{where}: no value is read there any more; look it up again or remove the line",
        )
    elif met.height > 1:
        state, message = "ambiguous", f"{where}: {met.height} values fit; name one by its span"
    elif expected is not None and found is not None and not isclose(found, expected, abs_tol=1e-9):
        state = "stale"
        message = (
            f"{where}: {expected:.12g} was expected, {found:.12g} is read now; "
            "the source or the reading has changed, review the line"
        )
    return {
        "correction_id": f"{FILE_NAME}:{row['line']}",
        "file_name": row["document"],
        "target": target,
        "observation_id": met["observation_id"][0] if state == "applied" else None,
        "action": row["action"],
        "value": _number(row["value"]),
        "expected": expected,
        "found": found,
        "reason": row["reason"],
        "author": row["who"],
        "reviewed_on": date.fromisoformat(row["when"]),
        "state": state,
        "message": message,
    }


def _at_span(span: str) -> pl.Expr:
    start, end = _span(span) or (0, 0)
    return (pl.col("span_start") <= start) & (pl.col("span_end") >= end)


def _of_key(key: str, line: int) -> pl.Expr:
    first, *conditions = [part.strip() for part in key.split(";") if part.strip()]
    wanted = (pl.col("observation_id") == first) | (pl.col("indicator_id") == first)
    for condition in conditions:
        field, equals, value = (part.strip() for part in condition.partition("="))
        if not equals or field not in KEY_FIELDS:
            raise CorrectionError(
                f"{FILE_NAME} line {line}: {condition!r} is not FIELD=VALUE with FIELD one of "
                f"{', '.join(KEY_FIELDS)}"
            )
        column = pl.col(field).cast(pl.String)
        wanted &= column.is_null() if value == "" else column.eq_missing(pl.lit(value))
    return wanted


def _span(text: str) -> tuple[int, int] | None:
    start, _, end = text.partition("-")
    if not (start.strip().isdecimal() and end.strip().isdecimal()):
        return None
    return int(start), int(end)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
