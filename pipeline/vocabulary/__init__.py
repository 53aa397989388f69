"""The project's data in tables: words, cues, patterns, units, weights, regions.

No code knows a word that a row could hold.
"""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of this folder, as dicts by column; FileNotFoundError where there is none."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def _patterns() -> dict[str, str]:
    return {r["name"]: r["pattern"] for r in rows("patterns.csv")}


def pattern(name: str) -> str:
    """The regular expression of a name in patterns.csv, as polars takes it; KeyError if there is none."""
    return _patterns()[name]
