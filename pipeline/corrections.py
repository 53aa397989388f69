"""Reviewed corrections: a list kept by people, met with the values that were read.

`raw/corrections.csv` has the columns `document, span, key, action, field, value, expect, reason, who, when`,
of which `field` may be left out. A line names one reading of one document, by its span (`120-128`, code
points of the text) or by a key: an observation id, or an indicator with what tells it apart
(`dibao.persons; year=2023; residence=urban`). `override` puts `value` in the place of what was read in
`field` (the value itself, where `field` is empty), `drop` leaves the reading out, `flag` marks it, `confirm`
says that it is right as read. `expect` is what was read when the line was written: where something else is
read now, the source has changed and the line must be looked at again.

Core tables keep saying what the documents say. What this module resolves is stored as `core.corrections`
and applied by `models/marts/facts.sql`, so that every mart shows it.
"""

from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts.registry import get_table, polars_schema
from pipeline.vocabulary.lists import read_lines, stands
from pipeline.vocabulary.problem import near
from pipeline.vocabulary.reference import load_reference

FILE_NAME = "corrections.csv"
COLUMNS = ("document", "span", "key", "action", "field", "value", "expect", "reason", "who", "when")
OPTIONAL = ("field",)
ACTIONS = ("override", "drop", "flag", "confirm")
VALUE = "value"  # the field that is meant where none is named
FIELDS = (
    VALUE, "subject", "measure", "unit", "change", "status", "residence", "scope", "comparator", "subgroup",
    "place", "region_code", "year", "period_start", "period_end",
)  # fmt: skip
KNOWN = {
    "subject": "ref.subjects",
    "measure": "ref.measures",
    "unit": "ref.units",
    "region_code": "ref.regions",
}
KEY_FIELDS = ("change", "residence", "subgroup", "status", "scope", "place", "unit", "year")


class CorrectionError(ValueError):
    """The list cannot be used; the message names the line and says what to write."""


def read_corrections(raw: Path) -> pl.DataFrame:
    """The list of `raw/corrections.csv`, one row a line, all text but `line`; empty where there is no file.

    Raises CorrectionError for what is no file, for missing columns, for lines that lack a document, target,
    action, reason, who or when, and for fields and values that do not exist.
    """
    path = raw / FILE_NAME
    schema = {"line": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)}
    if not stands(path, CorrectionError):
        return pl.DataFrame(schema=schema)
    needed = [name for name in COLUMNS if name not in OPTIONAL]
    lines = read_lines(path, CorrectionError, needed, OPTIONAL, others=True)
    rows = [{"line": line} | cells for line, cells in lines]
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
    # Several fields of one reading may be settled, each once; what is said of the whole reading stands alone.
    first: dict[tuple[str, str | None], str] = {}
    for row in rows:
        reading = row["observation_id"]
        if not reading:
            continue
        others = {field for at, field in first if at == reading}
        clash = others if row["field"] is None else others & {row["field"], None}
        if clash:
            other = first[(reading, next(iter(clash)))]
            row |= {"state": "ambiguous", "observation_id": None}
            row["message"] = f"{row['file_name']} {row['target']}: {other} corrects the same value; keep one"
        else:
            first[(reading, row["field"])] = row["correction_id"]
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
    if row["action"] == "override":
        _check_override(where, row)
    elif row["field"]:
        raise CorrectionError(f"{where}: {row['action']} is said of the whole reading; leave `field` empty")
    if (row["field"] or VALUE) == VALUE:
        for name in ("value", "expect"):
            if row[name] and _number(row[name]) is None:
                raise CorrectionError(
                    f"{where}: {name} {row[name]!r} is no number (write base units: 12303500, not 1230.35万)"
                )
    if row["span"] and _span(row["span"]) is None:
        raise CorrectionError(f"{where}: span {row['span']!r} is not written start-end")
    if row["key"]:
        _of_key(row["key"], row["line"])
    try:
        date.fromisoformat(row["when"])
    except ValueError:
        raise CorrectionError(f"{where}: when {row['when']!r} is not written 2025-06-30") from None


def _check_override(where: str, row: dict[str, Any]) -> None:
    """Raises CorrectionError where an override names no field, or no value that the field can have."""
    field, value = row["field"] or VALUE, row["value"]
    if field not in FIELDS:
        raise CorrectionError(f"{where}: field {field!r}{near(field, FIELDS)}; there are {', '.join(FIELDS)}")
    column = next(c for c in get_table("core.observations").columns if c.name == field)
    if not (column.nullable and field != "unit") and not (value and row["expect"]):
        raise CorrectionError(f"{where}: an override needs `value` and `expect`, the value read until now")
    if not value or field == VALUE:
        return
    if column.allowed and value not in column.allowed:
        raise CorrectionError(f"{where}: {field} {value!r}; there are {', '.join(column.allowed)}")
    if field in KNOWN:
        known = load_reference(KNOWN[field]).to_series().to_list()
        if value not in known and (field, value) != ("subject", "other"):
            raise CorrectionError(
                f"{where}: {field} {value!r} is not in {KNOWN[field]}{near(value, known)}; look it up there"
            )
    if column.type == "integer" and not (value.isdecimal() and 1949 <= int(value) <= 2100):
        raise CorrectionError(f"{where}: {field} {value!r} is none; write four digits, such as 2023")
    if column.type == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise CorrectionError(f"{where}: {field} {value!r} is not written 2025-06-30") from None


def _resolved(row: dict[str, Any], observed: pl.DataFrame) -> dict[str, Any]:
    target = row["span"] or row["key"]
    met = observed.filter(pl.col("file_name") == row["document"])
    known = met.height > 0
    met = met.filter(_at_span(row["span"]) if row["span"] else _of_key(row["key"], row["line"]))
    field = (row["field"] or VALUE) if row["action"] == "override" else None
    numeric = (field or VALUE) == VALUE
    found = _read(met.row(0, named=True), field or VALUE) if met.height == 1 else None
    expected = _number(row["expect"]) if numeric else row["expect"]
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
    elif _differs(expected, found, numeric):
        state = "stale"
        message = (
            f"{where}: {_shown(expected)} was expected, {_shown(found)} is read now; "
            "the source or the reading has changed, review the line"
        )
    return {
        "correction_id": f"{FILE_NAME}:{row['line']}",
        "file_name": row["document"],
        "target": target,
        "observation_id": met["observation_id"][0] if state == "applied" else None,
        "action": row["action"],
        "field": field,
        "value": _number(row["value"]) if numeric else None,
        "text": None if numeric else row["value"] or "",
        "expected": expected if numeric else None,
        "found": found if numeric else None,
        "reason": row["reason"],
        "author": row["who"],
        "reviewed_on": date.fromisoformat(row["when"]),
        "state": state,
        "message": message,
    }


def _read(row: dict[str, Any], field: str) -> Any:
    """What is read in a field; a part that is a division is a region of its own, as in `marts.facts`."""
    if field == VALUE:
        return row[VALUE]
    found = row["place_code"] or row["region_code"] if field == "region_code" else row[field]
    return None if found is None else str(found)


def _differs(expected: Any, found: Any, numeric: bool) -> bool:
    if numeric:
        return expected is not None and found is not None and not isclose(found, expected, abs_tol=1e-9)
    return bool(expected != found)


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _at_span(span: str) -> pl.Expr:
    start, end = _span(span) or (0, 0)
    return (pl.col("span_start") <= start) & (pl.col("span_end") >= end)


def _of_key(key: str, line: int) -> pl.Expr:
    """Which observations a key names. Raises CorrectionError where it is not written as one."""
    first, *conditions = [part.strip() for part in key.split(";") if part.strip()] or [""]
    if not first:
        raise CorrectionError(f"{FILE_NAME} line {line}: the key {key!r} names nothing")
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
