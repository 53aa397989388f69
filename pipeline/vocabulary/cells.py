"""Whether the columns and cells of one table are what the schema says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

import polars as pl

from pipeline.vocabulary.loader import REFERENCE
from pipeline.vocabulary.problem import Problem, lower, near
from pipeline.vocabulary.schema import Column, File

CODE = r"[a-z][a-z0-9_]*"
REACH = "cell|clause|sentence|statement|item|paragraph|heading|caption|section|title|report"
FORMS = {
    "code": (CODE, "small letters, digits and _"),
    "token": (rf"\*?{CODE}", "small letters, digits and _, with a * before a token"),
    "integer": (r"-?[0-9]+", "a whole number"),
    "number": (r"-?[0-9]+(?:\.[0-9]+)?", "a number"),
    "region": (r"[0-9]{6}", "a region code of six digits"),
    "reach": (rf"(?:{REACH})(?:/(?:{REACH}))?", f"one of {REACH.replace('|', ', ')}, or two with / between"),
    "indicator": (rf"(?:{CODE}|\*)\.(?:{CODE}|\*)", "subject.measure, with * for any"),
}
NO_WORD = re.compile(r"[\\\[\]{}^$|~]|\(\?|[.)][*+?]")
Fold = Callable[[pl.Series], pl.Series]
Lines = list[tuple[int, dict[str, str]]]


def read_lines(file: File, text: str) -> tuple[Lines, list[Problem]]:
    """The rows of a table with the line that each ends on, or what is wrong with its columns."""
    reader = csv.DictReader(io.StringIO(text))
    names = [column.name for column in file.columns]
    header = list(reader.fieldnames or ())
    required = [column.name for column in file.columns if column.required]
    required = [column.name for column in file.columns if column.required]
    unknown = [name for name in header if name not in names]
    missing = [name for name in required if name not in header]
    if unknown or missing:
        what = [f"there is no column {name!r}{near(name, names)}" for name in unknown]
        what += [f"the column {name!r} is missing" for name in missing]
        more = [name for name in names if name not in required]
        said = f"its first line must name {', '.join(required) or 'one of them'}"
        said += f" and may name {', '.join(more)}" if more else ""
        return [], [Problem(file.name, 1, f"{'; '.join(what)}; {said}.")]
    lines = []
    for row in reader:
        if None in row or None in row.values():
            counted = f"this line has more or fewer cells than the {len(header)} columns"
            wrong = f"{counted}; put cells that hold a comma in double quotes."
            return [], [Problem(file.name, reader.line_num, wrong)]
        if any(row.values()):
            lines.append((reader.line_num, {name: row.get(name, "") for name in names}))
    return lines, []


def wrong_cells(file: File, lines: Lines, fold: Fold) -> Iterator[Problem]:
    """Cells that are not what their column says."""
    for column in file.columns:
        values = [row[column.name] for _, row in lines]
        folded = fold(pl.Series(values, dtype=pl.String)).to_list() if column.kind == "word" else values
        for (line, _), value, as_read in zip(lines, values, folded, strict=True):
            if not value:
                if column.required:
                    yield Problem(file.name, line, f"{column.name} is empty; give {lower(column.meaning)}.")
            elif wrong := _wrong(column, value, as_read):
                yield Problem(file.name, line, f"{column.name} {value!r} {wrong}.")


def _wrong(column: Column, value: str, as_read: str) -> str:
    """What is wrong with a cell, empty where nothing is."""
    if value != value.strip():
        return "has blanks around it; take them away"
    if value in column.allowed:
        return ""
    if column.kind == "codes":
        odd = [part for part in value.split("|") if part not in column.allowed]
        return f"holds {odd[0]!r}, which is none of {', '.join(column.allowed)}" if odd else ""
    if column.allowed and not column.refers:
        return f"is none of {', '.join(column.allowed)}"
    if column.kind == "word":
        if NO_WORD.search(value):
            return "holds signs of a regular expression or a list; write one plain word a line"
        return f"is never found: texts are read in simplified script, write {as_read!r}" * (as_read != value)
    if column.kind in FORMS:
        form, said = FORMS[column.kind]
        return "" if re.fullmatch(form, value) else f"must be {said}"
    if column.kind in ("pattern", "expression"):
        return _no_pattern(value, column.kind)
    return ""


def _no_pattern(value: str, kind: str) -> str:
    try:
        if kind == "pattern":
            pl.Series([""]).str.contains(REFERENCE.sub("x", value))
        else:
            re.compile(value)
    except (pl.exceptions.PolarsError, re.error) as error:
        return f"is no regular expression: {str(error).splitlines()[-1].strip()}"
    return ""


def repeated_rows(file: File, lines: Lines) -> Iterator[Problem]:
    """Rows whose key another row of the table has."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in lines:
        key = tuple(row[part] for part in file.key)
        if key in first:
            said = ", ".join(filter(None, key))
            yield Problem(file.name, line, f"{said!r} stands in line {first[key]} too; keep one of them.")
        first.setdefault(key, line)
