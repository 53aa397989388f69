"""Whether what the rows of a table name exists elsewhere, stands once, and has all that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.vocabulary.cells import Lines, read_lines
from pipeline.vocabulary.loader import REFERENCE
from pipeline.vocabulary.problem import Problem, near
from pipeline.vocabulary.schema import files

MEASURING = frozenset(
    ("count", "serial", "person", "money", "percent", "size", "span", "week", "month", "score")
)
SILENT = "*none"  # its words hide shorter ones and name nothing


class Whole:
    """The tables to be checked together with those that they are laid over."""

    def __init__(self, tables: Mapping[str, Lines], below: Mapping[str, str]) -> None:
        self.tables = tables
        self._below = below

    def rows(self, name: str) -> Lines:
        """All rows of a table; those of the tables below have no line."""
        file, over = files()[name], self.tables.get(name, [])
        keys = {tuple(row[part] for part in file.key) for _, row in over}
        below = [r for _, r in self._lines_below(name) if tuple(r[part] for part in file.key) not in keys]
        return [*((0, row) for row in below), *over]

    def _lines_below(self, name: str) -> Lines:
        return _lines(name, self._below[name]) if name in self._below else []

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
                        said = f"{column.name} {value!r} is not in {table}{near(value, known)}"
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
                        name, line, f"{part!r} of {row[column]} is not in {table}{near(part, known)}."
                    )

    def unresolved(self) -> Iterator[Problem]:
        """Patterns that name one that is nowhere, or lead back to themselves."""
        names = [name for name in files() if name.endswith("/patterns.csv")]
        named = {
            row["name"]: REFERENCE.findall(row["pattern"]) for name in names for _, row in self.rows(name)
        }
        for name in names:
            for line, row in self.tables.get(name, []):
                reached, ahead = set(), [*named[row["name"]]]
                while ahead:
                    if (part := ahead.pop()) not in reached:
                        reached.add(part)
                        ahead += named.get(part, ())
                if unknown := sorted(part for part in named[row["name"]] if part not in named):
                    said = f"there is no pattern {unknown[0]!r}{near(unknown[0], named)}"
                    yield Problem(name, line, f"{said}. Add a row for it, or correct it here.")
                if row["name"] in reached:
                    yield Problem(name, line, f"{row['name']} holds itself. Write out what it is made of.")

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

    def hints(self) -> Iterator[Problem]:
        """Nothing wrong, but good to know: words that longer ones of other subjects hide."""
        name = "subjects/subject_words.csv"
        others = [(row["word"], row["subject"]) for line, row in self.rows(name) if not line]
        for line, row in self.tables.get(name, []):
            word = row["word"]
            longer = [w for w, subject in others if word in w and word != w and subject != row["subject"]]
            if longer:
                listed = ", ".join(sorted(longer, key=len)[:5]) + (", …" if len(longer) > 5 else "")
                said = f"where a longer word stands it wins over {word!r}: {listed}"
                yield Problem(name, line, f"{said}. Give those that are yours rows of their own.")

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
        tokens = {subject for subject in words if subject.startswith("*")} | {"*"}
        for line, row in self.tables.get("subjects/compounds.csv", []):
            for part in (row["near"], row["token"]):
                if part.startswith("*") and part not in tokens:
                    said = f"no word has the token {part}. Add its words to subjects/subject_words.csv"
                    yield Problem("subjects/compounds.csv", line, f"{said}.")
        ruled = self.values("indicators/indicators.csv", "indicator_id")
        for line, row in self.tables.get("indicators/measures.csv", []):
            if f"*.{row['measure']}" not in ruled:
                said = f"the measure {row['measure']!r} has no unit and no range. Add the row"
                yield Problem(
                    "indicators/measures.csv",
                    line,
                    f"{said} *.{row['measure']} to indicators/indicators.csv.",
                )
        for line, row in self.tables.get("fields/cues.csv", []):
            if bool(row["word"]) == bool(row["pattern"]) or (row["pattern"] and not row["trigger"]):
                said = "a cue is a word, or else a pattern with a trigger: a word that it always holds"
                yield Problem("fields/cues.csv", line, f"{said}. Fill one of the two.")
            if not (row["field"] or row["decoy"]):
                said = "the cue says nothing. Give its field, or the fields that it is a decoy in"
                yield Problem("fields/cues.csv", line, f"{said}.")
        yield from self._unheard()
        idle = {row["unit"] for _, row in self.rows("numbers/units.csv") if row["class"] == "none"}
        for line, row in self.tables.get("numbers/unit_words.csv", []):
            if row["unit"] in idle and {row["behind_digits"], row["behind_numerals"]} & MEASURING:
                said = f"numbers are measured in {row['unit']}, which has no class. Give it one in"
                yield Problem("numbers/unit_words.csv", line, f"{said} numbers/units.csv.")

    def _unheard(self) -> Iterator[Problem]:
        """Cues that say what no field listens to: neither a number nor what a built-in cue says."""
        name = "fields/cues.csv"
        said: dict[str, set[str]] = {}
        for _, row in self._lines_below(name):
            said.setdefault(row["field"], set()).add(row["value"])
        for line, row in self.tables.get(name, []):
            known, value = said.get(row["field"], set()), row["value"]
            if row["field"] and known and value not in known and not any(map(str.isdigit, value)):
                plain = ", ".join(sorted(word for word in known if not any(map(str.isdigit, word)))) or "1"
                told = f"cues of {row['field']} cannot say {value!r}{near(value, known)}"
                yield Problem(name, line, f"{told}. They say: {plain}.")


@cache
def _lines(name: str, text: str) -> Lines:
    """The rows of a table that is the same for whatever is laid over it: some are asked for ten times."""
    return read_lines(files()[name], text)[0]
