"""The project's data in tables: words, cues, patterns, units, weights, regions, in a folder for each step.

One word a row; no code knows a word that a row could hold. Tables are named by their path in this folder
(`layout/headings.csv`).
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of this folder, as dicts by column; FileNotFoundError where there is none."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def table(name: str) -> pl.DataFrame:
    """The same as a frame of text columns, null where a cell is empty."""
    return pl.read_csv(FOLDER / name, infer_schema=False)


def words(name: str, **where: str) -> list[str]:
    """The column `word` of a CSV file's rows in which each named column has that value, in their order."""
    return [row["word"] for row in rows(name) if all(row[key] == value for key, value in where.items())]


def either(choices: Iterable[str], between: str = "") -> str:
    """A group of a regular expression that matches the longest of `choices` that fits.

    `between` may stand between their characters.
    """
    ordered = sorted(set(choices), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(between.join(re.escape(char) for char in word) for word in ordered) + ")"


@cache
def _patterns() -> dict[str, str]:
    files = sorted(FOLDER.glob("*/patterns.csv"))
    return {r["name"]: r["pattern"] for file in files for r in rows(file.relative_to(FOLDER).as_posix())}


def pattern(name: str) -> str:
    """The regular expression of a name in a step's `patterns.csv`, as polars takes it; KeyError if none."""
    return _patterns()[name]
