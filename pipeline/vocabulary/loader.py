"""Reads the tables of the vocabulary: the built-in ones, with the user's own rows laid over them.

The user's own rows hold for the whole process, as Settings' paths hold for a run: words are looked up deep
inside hundreds of functions, and what these make of them (patterns, automata) is cached. So they are laid
over once, before a run reads anything, and whatever was cached until then is forgotten. One process reads
with one vocabulary at a time. Nothing is read when a module is imported.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.vocabulary.schema import files

if TYPE_CHECKING:
    import polars as pl

FOLDER = Path(__file__).parent
REFERENCE = re.compile(r"\{([a-z_]+)\}")  # in a pattern, to another one
_own: dict[str, str] = {}  # the user's own tables: their text by name


def adopt(texts: Mapping[str, str]) -> None:
    """Lay the user's own tables (CSV text by name) over the built-in ones in this process, in place of those
    laid over before. A row with the key of a built-in one replaces it, any other is added; in a table whose
    first fitting row decides, they come first.
    """
    if dict(texts) == _own:
        return
    _own.clear()
    _own.update(texts)
    forget()


def forget() -> None:
    """Empty every cache of the project: what is kept there may have been made of other words."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "pipeline":
            for kept in list(vars(module).values()):
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


def own() -> dict[str, str]:
    """The user's own tables as they were adopted, for handing on to other processes."""
    return dict(_own)


def version() -> str:
    """What tells one set of the user's own tables from another; empty without any."""
    told = "\0".join(f"{name}\0{text}" for name, text in sorted(_own.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:12] if told else ""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, as dicts by column; FileNotFoundError where there is none of that name."""
    built_in = list(csv.DictReader(io.StringIO((FOLDER / name).read_text(encoding="utf-8"))))
    if name not in _own:
        return tuple(built_in)
    file, columns = files()[name], list(built_in[0])
    laid_over = [
        {column: row.get(column) or "" for column in columns}
        for row in csv.DictReader(io.StringIO(_own[name]))
    ]
    added = {tuple(row[part] for part in file.key): row for row in laid_over}
    kept = [added.pop(tuple(row[part] for part in file.key), row) for row in built_in]
    return tuple([*added.values(), *kept] if file.first_decides else [*kept, *added.values()])


@cache
def table(name: str) -> pl.DataFrame:
    """The same as a frame of text columns, null where a cell is empty."""
    import polars as pl  # here, since the process that parses raw files has little memory and no use for it

    if name not in _own:
        return pl.read_csv(FOLDER / name, infer_schema=False)
    frame = pl.DataFrame(rows(name), schema=dict.fromkeys(rows(name)[0], pl.String))
    return frame.with_columns(pl.all().replace("", None))


def words(name: str, **where: str) -> list[str]:
    """The column `word` of a table's rows in which each named column has that value, in their order."""
    return list(_words(name, tuple(where.items())))


@cache
def _words(name: str, where: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(row["word"] for row in rows(name) if all(row[key] == value for key, value in where))


def either(choices: Iterable[str], between: str = "") -> str:
    """A group of a regular expression that matches the longest of `choices` that fits.

    `between` may stand between their characters.
    """
    ordered = sorted(set(choices), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(between.join(re.escape(char) for char in word) for word in ordered) + ")"


@cache
def _patterns() -> dict[str, str]:
    known = (name for name in files() if name.endswith("/patterns.csv"))
    told = {row["name"]: row["pattern"] for name in known for row in rows(name)}
    return {name: _resolved(regex, told) for name, regex in told.items()}


def _resolved(regex: str, told: Mapping[str, str]) -> str:
    """A pattern with those that it names put in, and those that these name."""
    return REFERENCE.sub(lambda found: _resolved(told[found[1]], told), regex)


def pattern(name: str) -> str:
    """The regular expression of a name in a step's `patterns.csv`, as polars takes it; KeyError if none.

    `{name}` in it stands for another one.
    """
    return _patterns()[name]
