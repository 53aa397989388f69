"""A folder of labelled texts, and when a reading says what a label says.

The folder holds `corpus/NAME.txt`, `gold/NAME.jsonl` with one label a line, and `gold/reports.json` with what
is known of each file's reports. A label gives the place of a number (start, end), its kind and, where it
measures something, its fields. `alt` lists further answers to a field that are right too.
"""

from __future__ import annotations

import calendar
import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

LEVELS = ("quantity", "subject", "indicator", "full", "timed")  # each asks for all that those before it do
UNSEEN = "unseen"  # the set that no rule was made with and no weight is fitted to
FULL = ("change", "residence", "status", "comparator", "scope", "year")


@dataclass(frozen=True)
class Labelled:
    """A labelled text: the name of its file, the text as it is read, its labels in order."""

    name: str
    text: str
    labels: list[dict[str, Any]]

    @property
    def file_name(self) -> str:
        return f"{self.name}.txt"


def sets_in(folder: Path) -> dict[str, Path]:
    """The labelled sets of a folder by name: itself, or the folders in it. Raises ValueError without any."""
    if (folder / "gold").is_dir():
        return {folder.resolve().name: folder}
    found = {path.name: path for path in sorted(folder.iterdir()) if (path / "gold").is_dir()}
    if not found:
        raise ValueError(f"no labels in {folder}: neither it nor a folder in it holds corpus/ and gold/")
    return found


def fitted_sets_in(folder: Path) -> dict[str, Path]:
    """The sets of a folder that weights may be fitted to: all but `unseen`, which tells how far they hold."""
    return {name: path for name, path in sets_in(folder).items() if name != UNSEEN}


def read_labelled(folder: Path) -> list[Labelled]:
    """The labelled texts of a folder. Raises ValueError where it holds none or a text is missing."""
    found = []
    for path in sorted((folder / "gold").glob("*.jsonl")):
        source = folder / "corpus" / f"{path.stem}.txt"
        if not source.is_file():
            raise ValueError(f"{path} labels {source}, which is not there")
        text = source.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        found.append(Labelled(path.stem, text, read_jsonl(path)))
    if not found:
        raise ValueError(f"no labels in {folder}: it must hold corpus/NAME.txt and gold/NAME.jsonl")
    return found


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one in each line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_reports(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What is known of the reports of each file, by its name; empty where nothing is."""
    path = folder / "gold" / "reports.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def accepted(label: Row, field: str) -> list[Any]:
    """What a label takes for right in a field."""
    return [label.get(field), *label.get("alt", {}).get(field, ())]


def agrees(label: Row, row: Row, level: str) -> bool:
    """Whether a reading says what a label says, up to a level of `LEVELS`."""
    steps = (_quantity, _subject, _measure, _fields, _place_and_time)
    return all(step(label, row) for step in steps[: LEVELS.index(level) + 1])


def same_value(a: float | None, b: float | None) -> bool:
    """Whether two values are one but for rounding."""
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-6 * max(1.0, abs(float(a)), abs(float(b)))


@cache
def _same_units() -> dict[str, str]:
    path = Path(__file__).with_name("same_units.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["unit"]: row["same_as"] for row in csv.DictReader(lines)}


def _unit(unit: str | None) -> str:
    return _same_units().get(unit or "", unit or "")


def _quantity(label: Row, row: Row) -> bool:
    right = same_value(label["value"], row.get("value")) and _unit(row.get("unit")) in map(
        _unit, accepted(label, "unit")
    )
    return right and (
        label.get("value_high") is None or same_value(label["value_high"], row.get("value_high"))
    )


def _subject(label: Row, row: Row) -> bool:
    return row.get("subject") in accepted(label, "subject")


def _measure(label: Row, row: Row) -> bool:
    return row.get("measure") in accepted(label, "measure")


def _fields(label: Row, row: Row) -> bool:
    return all(same_field(label, row, field) for field in FULL)


def same_field(label: Row, row: Row, field: str) -> bool:
    """Whether a reading has the field that a label gives; texts rarely date an earlier value."""
    right = accepted(label, field)
    if field == "year" and label["status"] == "prior":
        right += [(label["year"] or 0) - 1, (label["year"] or 0) + 1]
    return row.get(field) in right


def _place_and_time(label: Row, row: Row) -> bool:
    region = label.get("region")
    placed = not region or str(row.get("place_code") or row.get("region_code")) == str(region)
    start, end = (str(row[f]) if row.get(f) else None for f in ("period_start", "period_end"))
    return placed and any(_period(p, start, end, label["year"]) for p in accepted(label, "period"))


def _period(period: str | None, start: str | None, end: str | None, year: int | None) -> bool:
    """Whether a reading's dates are a label's period.

    None leaves the year's own open; `2023` is a whole year, `2023-09` that month or a stock at its end,
    `2023-01/2023-10` all from the one to the other.
    """
    whole = (f"{year}-01-01", f"{year}-12-31")
    if period is None:
        return (start, end) in ((None, None), whole)
    first, _, last = str(period).partition("/")
    if len(first) == 4:
        until = f"{last or first}-12-31"
        single = first == (last or first)
        return (start, end) == (f"{first}-01-01", until) or (start is None and (end == until or (
            single and end is None
        )))  # fmt: skip
    until = _month_end(last or first)
    if last:
        return (start, end) == (f"{first}-01", until)
    from_january = whole[:1] if until == whole[1] else ()
    return end == until and start in (None, f"{first}-01", *from_january)


def _month_end(month: str) -> str:
    y, m = map(int, month.split("-"))
    return f"{y:04d}-{m:02d}-{calendar.monthrange(y, m)[1]:02d}"
