"""How many rows of `marts.indicators_by_region_year` are right, and how many labelled figures have one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from pipeline.evaluation.labels import Labelled, Row, accepted

KEY = ("region_code", "indicator_id", "change", "residence", "status", "year")
SURE = (0.95, 0.9, 0.8)  # confidence from which on rows are counted apart
Key = tuple[Any, ...]


@dataclass
class Answers:
    """What labels allow the mart to say: the values of each key, and for each labelled figure of a whole
    region the keys under which it may stand."""

    values: dict[Key, set[float]] = field(default_factory=lambda: defaultdict(set))
    figures: list[set[Key]] = field(default_factory=list)


def answers(texts: Sequence[Labelled], reports: Mapping[str, Sequence[Row]]) -> Answers:
    """The keys and values of the mart's rows that labels call right.

    `reports`: region_code of each file's reports (see `labels.read_reports`).
    """
    said = Answers()
    for labelled in texts:
        regions = [report["region_code"] for report in reports.get(labelled.file_name, ())]
        for label in labelled.labels:
            if label["kind"] != "measurement" or label.get("garbled"):
                continue
            keys = set(_keys(label, _regions(label, regions)))
            values = {label["value"]}
            if label["measure"] in ("standard", "average") and "年" in (label["unit"] or ""):
                values.add(label["value"] / 12)  # the mart brings standards to a month
            for key in keys:
                said.values[key] |= values
            if keys and label["subject"] != "other" and label["scope"] == "region":
                said.figures.append(keys)
    return said


def _regions(label: Row, regions: list[str]) -> list[str]:
    """The regions of a figure: its own in a table, else its report's, unless it is of a part or elsewhere."""
    if label.get("region"):
        return [label["region"]]
    return regions if "region" in accepted(label, "scope") else []


def _keys(label: Row, regions: list[str]) -> Iterator[Key]:
    fields = ("subject", "measure", "change", "residence", "status", "year")
    for region, (subject, measure, *rest) in product(regions, product(*(accepted(label, f) for f in fields))):
        yield (region, f"{subject}.{measure}", *rest)


@dataclass(frozen=True)
class Tier:
    """Some rows of the mart: how many, and how many per cent of them are right."""

    rows: int
    precision: float


def score_mart(said: Answers, rows: Sequence[Row]) -> tuple[dict[str, Tier], float]:
    """Rows and precision of the mart (`all`, by trust where it has that column, by confidence), and the per
    cent of labelled figures that have a right row.

    `rows`: region_code, indicator_id, change, residence, status, year, value, confidence and maybe trust.
    """
    keys = [tuple(row[name] for name in KEY) for row in rows]
    right = [
        any(_same(value, row["value"]) for value in said.values.get(key, ()))
        for key, row in zip(keys, rows, strict=True)
    ]
    kinds = sorted({str(row["trust"]) for row in rows if row.get("trust") is not None})
    tests = (
        {"all": [True] * len(rows)}
        | {f"trust {kind}": [row.get("trust") == kind for row in rows] for kind in kinds}
        | {f"confidence from {c}": [(row.get("confidence") or 0) >= c for row in rows] for c in SURE}
    )
    tiers = {
        name: _tier([r for r, test in zip(right, kept, strict=True) if test]) for name, kept in tests.items()
    }
    answered = {key for key, is_right in zip(keys, right, strict=True) if is_right}
    covered = sum(not answered.isdisjoint(keys) for keys in said.figures)
    return tiers, round(100 * covered / max(1, len(said.figures)), 1)


def _tier(right: list[bool]) -> Tier:
    return Tier(len(right), round(100 * sum(right) / max(1, len(right)), 1))


def _same(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= 1e-5 * max(1.0, abs(a))
