"""The word lists of `pipeline/vocabulary/` that layout goes by, as regular expressions for polars."""

import re
from collections.abc import Iterable

from pipeline.vocabulary import rows as vocabulary


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `pipeline/vocabulary/NAME.csv`."""
    return vocabulary(f"{name}.csv")


def words(name: str, **where: str) -> list[str]:
    """The words (separated by `/` in the column `words`) of the rows where each named column has that
    value.
    """
    chosen = [row for row in rows(name) if all(row[column] == value for column, value in where.items())]
    return [word for row in chosen for word in row["words"].split("/")]


def either(choices: Iterable[str], between: str = "") -> str:
    """A group that matches the longest of `choices` that fits; `between` may stand between their
    characters.
    """
    ordered = sorted(set(choices), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(between.join(re.escape(char) for char in word) for word in ordered) + ")"
