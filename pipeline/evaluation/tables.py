"""The figures of an evaluation as tables in Markdown, as `docs/scores.md` shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.evaluation.labels import LEVELS
from pipeline.evaluation.marts import Tier
from pipeline.evaluation.readings import Score
from pipeline.evaluation.reports import ASKED, GIVEN

COLUMNS = ("accounted", "kind", *LEVELS)


def readings_table(scores: Mapping[str, Score]) -> str:
    """Labels, measurements, rows found, and per cent right at each level; a row for each name."""
    rows = [
        (name, *(score.counts[c] for c in ("labels", "gold", "found")), *score.figures().values())
        for name, score in scores.items()
    ]
    return _table(("texts", "labels", "measurements", "found", *COLUMNS), rows)


def reports_table(counts: Mapping[str, Counter[str]]) -> str:
    """Of each set's reports: how many, and how many have each field right of those that give it."""
    rows = [
        (
            name,
            n["reports"],
            *(n[field] for field in ASKED),
            *(f"{n[field]} of {n[f'{field}_given']}" for field in GIVEN),
        )
        for name, n in counts.items()
    ]
    return _table(("texts", "reports", *ASKED, *GIVEN), rows)


def marts_table(marts: Mapping[str, tuple[Mapping[str, Tier], float]]) -> str:
    """Rows of the mart and per cent of them right, for all and for those that are surer; and the coverage."""
    rows = [
        (name, kind, tier.rows, tier.precision, covered if kind == "all" else "")
        for name, (tiers, covered) in marts.items()
        for kind, tier in tiers.items()
    ]
    return _table(("texts", "rows of the mart", "rows", "right", "covered"), rows)


def wrong_readings(readings: dict[str, Score], sets: list[str], most: int) -> list[str]:
    """Up to `most` wrong readings of sets as one part of a text; none where there are none."""
    lines = [line for name in sets for line in readings[name].wrong][:most]
    return ["\n".join(lines)] if lines else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    sides = ["---"] + ["---:"] * (len(heads) - 1)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (heads, sides, *rows))
