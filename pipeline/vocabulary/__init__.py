"""The project's data in tables: words, cues, units, weights, regions. No code knows a word that a row could hold."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of this folder, as dicts by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))
