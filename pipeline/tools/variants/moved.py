"""The same of other years."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.page import Edit, edited

YEAR = re.compile(r"(?<![0-9A-Za-z.])(?:19[89]|20[0-3])[0-9](?![0-9.A-Za-z]|[人户元个万亿件次家名张])")
PLAN = re.compile('[一二三四]五[”"]?(?:规划|时期|期间|发展)|周年|五年来|[三五]年[行规]')


def years_moved(labelled: Labelled, dice: random.Random) -> Labelled:
    """All years of a text later or earlier by some; texts of a five-year plan or of Chinese years stay."""
    by = dice.choice((-3, -2, -1, 1, 2))
    if PLAN.search(labelled.text):
        return labelled
    edits: list[Edit] = [
        (*m.span(), ((*m.span(), str(int(m[0]) + by)),)) for m in YEAR.finditer(labelled.text)
    ]
    moved = edited(labelled, edits)
    return replace(moved, labels=[_later(label, by) for label in moved.labels])


def _later(label: dict, by: int) -> dict:
    if label["kind"] != "measurement":
        return label
    changed = label | {"year": label["year"] and label["year"] + by, "period": _period(label["period"], by)}
    if alt := label.get("alt"):
        alt = dict(alt)
        if "year" in alt:
            alt["year"] = [y and y + by for y in alt["year"]]
        if "period" in alt:
            alt["period"] = [_period(p, by) for p in alt["period"]]
        changed["alt"] = alt
    return changed


def _period(period: str | None, by: int) -> str | None:
    return period and re.sub("[0-9]{4}", lambda m: str(int(m[0]) + by), period)


MOVED = {"years_moved": years_moved}
