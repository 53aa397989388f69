"""Looks a vocabulary through and says in plain words what is wrong, where, and what to do.

For the built-in tables and for a user's own: whether every table, column and cell is what the schema says,
whether what a row names exists, whether a word stands twice, and whether a new subject or unit is complete.
Whether a word is a good word, only texts can tell.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.vocabulary.loader import FOLDER
from pipeline.vocabulary.schema import Column, File, files

CODE = r"[a-z][a-z0-9_]*"
FORMS = {
    "code": (CODE, "small letters, digits and _"),
    "token": (rf"\*?{CODE}", "small letters, digits and _, with a * before a token"),
    "integer": (r"-?[0-9]+", "a whole number"),
    "number": (r"-?[0-9]+(?:\.[0-9]+)?", "a number"),
    "region": (r"[0-9]{6}", "a region code of six digits"),
    "indicator": (rf"(?:{CODE}|\*)\.(?:{CODE}|\*)", "subject.measure, with * for any"),
}
NO_WORD = re.compile(r"[\\\[\]{}^$|~]|\(\?|[.)][*+?]")
MEASURING = frozenset(
    ("count", "serial", "person", "money", "percent", "size", "span", "week", "month", "score")
)
SILENT = "*none"  # its words hide shorter ones and name nothing
SHOWN = 12
Fold = Callable[[pl.Series], pl.Series]
Lines = list[tuple[int, dict[str, str]]]


class VocabularyError(ValueError):
    """A vocabulary of the user's own that cannot be used; the message says what is wrong and where."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a table (0: in the table), and what to do."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.words}"


def read_folder(folder: Path) -> dict[str, str]:
    """The tables of a folder of the user's own: text by name. VocabularyError for what can't be read."""
    if not folder.is_dir():
        raise VocabularyError(f"There is no folder {folder}.")
    texts = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix.lower() == ".csv" and not path.name.startswith((".", "~")):
            try:
                texts[name] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                raise VocabularyError(f"{path} cannot be read. Save it as CSV in UTF-8.") from None
    return texts


def built_in() -> dict[str, str]:
    """The built-in tables: text by name."""
    return {name: (FOLDER / name).read_text(encoding="utf-8") for name in files()}


def checked(texts: Mapping[str, str], fold: Fold, where: str = "") -> dict[str, str]:
    """A user's own tables, as they came. Raises VocabularyError that lists what is wrong with them."""
    if found := problems(texts, fold):
        more = f"\nand {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        listed = "\n".join(map(str, found[:SHOWN]))
        raise VocabularyError(f"The vocabulary {where} cannot be used.\n{listed}{more}".replace("  ", " "))
    return dict(texts)


def problems(texts: Mapping[str, str], fold: Fold, alone: bool = False) -> list[Problem]:
    """What is wrong with tables (CSV text by name) that are laid over the built-in ones, or stand `alone`.

    `fold` brings a column to the script in which texts are read.
    """
    found: list[Problem] = []
    tables: dict[str, Lines] = {}
    for name, text in texts.items():
        if name not in files():
            found.append(Problem(name, 0, f"The vocabulary has no such table{_near(name, files())}."))
            continue
        lines, wrong = _lines(files()[name], text)
        found += wrong
        if not wrong:
            tables[name] = lines
            found += _cells(files()[name], lines, fold)
            found += _twice(files()[name], lines)
    whole = _Whole(tables, {} if alone else {name: text for name, text in built_in().items()})
    found += whole.unknown()
    found += whole.repeated()
    found += whole.incomplete()
    return sorted(found, key=lambda problem: (list(texts).index(problem.file), problem.line))


def _lines(file: File, text: str) -> tuple[Lines, list[Problem]]:
    """The rows of a table with the line that each ends on, or what is wrong with its columns."""
    reader = csv.DictReader(io.StringIO(text))
    names = [column.name for column in file.columns]
    header = list(reader.fieldnames or ())
    unknown = [name for name in header if name not in names]
    missing = [c.name for c in file.columns if (c.required or c.name in file.key) and c.name not in header]
    said = f"its first line must name the columns {','.join(names)}"
    if unknown or missing:
        what = [f"there is no column {name!r}{_near(name, names)}" for name in unknown]
        what += [f"the column {name!r} is missing" for name in missing]
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


def _cells(file: File, lines: Lines, fold: Fold) -> Iterator[Problem]:
    """Cells that are not what their column says."""
    for column in file.columns:
        values = [row[column.name] for _, row in lines]
        folded = fold(pl.Series(values, dtype=pl.String)).to_list() if column.kind == "word" else values
        for (line, _), value, as_read in zip(lines, values, folded, strict=True):
            if not value:
                if column.required:
                    yield Problem(file.name, line, f"{column.name} is empty; give {_lower(column.meaning)}.")
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
            pl.Series([""]).str.contains(value)
        else:
            re.compile(value)
    except (pl.exceptions.PolarsError, re.error) as error:
        return f"is no regular expression: {str(error).splitlines()[-1].strip()}"
    return ""


def _twice(file: File, lines: Lines) -> Iterator[Problem]:
    """Rows whose key another row of the table has."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in lines:
        key = tuple(row[part] for part in file.key)
        if key in first:
            said = ", ".join(filter(None, key))
            yield Problem(file.name, line, f"{said!r} stands in line {first[key]} too; keep one of them.")
        first.setdefault(key, line)


class _Whole:
    """The tables to be checked together with those that they are laid over."""

    def __init__(self, tables: Mapping[str, Lines], below: Mapping[str, str]) -> None:
        self.tables = tables
        self._below = {name: _lines(files()[name], text)[0] for name, text in below.items()}

    def rows(self, name: str) -> Lines:
        """All rows of a table; those of the tables below have no line."""
        file, over = files()[name], self.tables.get(name, [])
        keys = {tuple(row[part] for part in file.key) for _, row in over}
        below = [r for _, r in self._below.get(name, []) if tuple(r[part] for part in file.key) not in keys]
        return [*((0, row) for row in below), *over]

    def values(self, name: str, column: str) -> set[str]:
        return {row[column] for _, row in self.rows(name)}

    def unknown(self) -> Iterator[Problem]:
        """Cells that name what is in no table."""
        for name, lines in self.tables.items():
            for column in files()[name].columns:
                if column.kind == "indicator":
                    yield from self._unknown_indicators(name, column.name, lines)
                if not column.refers:
                    continue
                table, of = column.refers
                known = self.values(table, of)
                for line, row in lines:
                    value = row[column.name]
                    plain = value and value not in column.allowed and not value.startswith("*")
                    if plain and value not in known:
                        said = f"{column.name} {value!r} is not in {table}{_near(value, known)}"
                        yield Problem(name, line, f"{said}. Add a row for it there, or correct it here.")

    def _unknown_indicators(self, name: str, column: str, lines: Lines) -> Iterator[Problem]:
        subjects = self.values("subjects/subjects.csv", "subject") | {"*"}
        measures = self.values("indicators/measures.csv", "measure") | {"*"}
        for line, row in lines:
            subject, _, measure = row[column].partition(".")
            for part, known, table in (
                (subject, subjects, "subjects/subjects.csv"),
                (measure, measures, "indicators/measures.csv"),
            ):
                if part not in known:
                    yield Problem(
                        name, line, f"{part!r} of {row[column]} is not in {table}{_near(part, known)}."
                    )

    def repeated(self) -> Iterator[Problem]:
        """Words that stand in two tables of which only one may hold them."""
        groups: dict[str, dict[str, str]] = {}
        for name, file in files().items():
            for column in (column for column in file.columns if column.once):
                seen = groups.setdefault(column.once, {})
                for line, row in self.rows(name):
                    value = row[column.name]
                    other = seen.setdefault(value, name)
                    if other != name:
                        where = (name, line) if line else (other, self._line(other, value))
                        if where[0] in self.tables:
                            both = f"{value!r} stands in {other if line else name} too"
                            yield Problem(*where, f"{both}; it can mean one thing only. Take one away.")

    def _line(self, name: str, value: str) -> int:
        return next((line for line, row in self.tables.get(name, []) if value in row.values()), 0)

    def incomplete(self) -> Iterator[Problem]:
        """Subjects that nothing names, tokens that nothing settles, measures without a rule, units without a
        class."""
        words = self.values("subjects/subject_words.csv", "subject")
        given = self.values("subjects/compounds.csv", "gives") | self.values("subjects/by_class.csv", "gives")
        named = words | given | self.values("subjects/combined.csv", "together")
        for line, row in self.tables.get("subjects/subjects.csv", []):
            if row["subject"] not in named:
                said = f"nothing names the subject {row['subject']!r}. Add its words to"
                yield Problem("subjects/subjects.csv", line, f"{said} subjects/subject_words.csv.")
        settled = self.values("subjects/compounds.csv", "token") | {SILENT}
        for line, row in self.tables.get("subjects/subject_words.csv", []):
            if row["subject"].startswith("*") and row["subject"] not in settled:
                said = f"nothing says what {row['subject']} stands for. Add rows to"
                yield Problem("subjects/subject_words.csv", line, f"{said} subjects/compounds.csv.")
        ruled = self.values("indicators/indicators.csv", "indicator_id")
        for line, row in self.tables.get("indicators/measures.csv", []):
            if f"*.{row['measure']}" not in ruled:
                said = f"the measure {row['measure']!r} has no unit and no range. Add the row"
                yield Problem(
                    "indicators/measures.csv",
                    line,
                    f"{said} *.{row['measure']} to indicators/indicators.csv.",
                )
        idle = {row["unit"] for _, row in self.rows("numbers/units.csv") if row["class"] == "none"}
        for line, row in self.tables.get("numbers/unit_words.csv", []):
            if row["unit"] in idle and {row["behind_digits"], row["behind_numerals"]} & MEASURING:
                said = f"numbers are measured in {row['unit']}, which has no class. Give it one in"
                yield Problem("numbers/unit_words.csv", line, f"{said} numbers/units.csv.")


def _near(value: str, known: Iterable[str]) -> str:
    """`; did you mean …` where something known is like it."""
    close = difflib.get_close_matches(value, [name for name in known if name], 1, 0.7)
    return f"; did you mean {close[0]!r}?" if close else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
