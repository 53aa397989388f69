"""Phrases of the genre that say the same otherwise: 低保对象320人, 享受低保的320人."""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from pathlib import Path

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.page import Piece, rewritten

NUMBER = r"[0-9][0-9,.]*[余多]?[万亿]?[余多]?"
HOLE = re.compile("{([a-z])}")


@cache
def phrases() -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """By name the pattern that finds a phrase, and the ways to write it, with the groups of the pattern."""
    with Path(__file__).with_name("phrases.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {row["name"]: re.compile(row["found"].replace("#", NUMBER)) for row in rows}
    return {row["name"]: (found[row["name"]], tuple(row["written"].split("|"))) for row in rows}


def other_phrases(labelled: Labelled, dice: random.Random, name: str) -> Labelled:
    """Each such phrase in prose written another way."""
    found, ways = phrases()[name]
    return rewritten(labelled, found, lambda match: _pieces(match, dice.choice(ways)))


def _pieces(match: re.Match[str], way: str) -> tuple[Piece, ...]:
    parts = HOLE.split(way)  # words and names of groups in turn
    return tuple(part if i % 2 == 0 else match.span(part) for i, part in enumerate(parts) if part)
