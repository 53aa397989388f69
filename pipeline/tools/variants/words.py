"""Words for words of equal meaning, a family at a time."""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from pathlib import Path

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.page import rewritten


@cache
def families() -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """The words of each family, longest first, and the pattern that finds one where all of them may stand."""
    with Path(__file__).with_name("families.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["family"]: _family(row) for row in rows}


def _family(row: dict[str, str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    words = tuple(sorted(row["words"].split("|"), key=len, reverse=True))
    found = f"{row['before']}(?:{'|'.join(map(re.escape, words))}){row['after']}"
    return words, re.compile(found)


def other_words(labelled: Labelled, dice: random.Random, family: str) -> Labelled:
    """Each word of the family in prose in place of another of it."""
    words, found = families()[family]
    return rewritten(
        labelled, found, lambda match: (dice.choice([word for word in words if word != match[0]]),)
    )
