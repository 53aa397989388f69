"""A small table known in full: its rows and columns with what they say, and its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

Says = dict[str, Any]

UNITS = {  # as written: canonical, factor
    "户": ("户", 1),
    "人": ("人", 1),
    "人次": ("人次", 1),
    "对": ("对", 1),
    "件": ("件", 1),
    "个": ("个", 1),
    "家": ("个", 1),
    "张": ("张", 1),
    "具": ("具", 1),
    "元": ("元", 1),
    "万元": ("元", 10_000),
    "%": ("%", 1),
    "平方米": ("平方米", 1),
    "元/人·月": ("元/人/月", 1),
    "元/月": ("元/人/月", 1),
    "场": ("场", 1),
}


@dataclass(frozen=True)
class Name:
    """An entry of an axis: its words from the outside in, what they say, and the unit of its figures.

    `when` is month, to_date, last_to_date, year, last_year, quarter 1 to 4 or none.
    """

    path: tuple[str, ...]
    says: Says = field(default_factory=dict)
    unit: str = ""
    when: str = ""
    total: bool = False
    of_which: bool = False
    low: float = 10
    high: float = 900
    digits: int = 0
    adds: bool = True


@dataclass(frozen=True)
class Known:
    """A table: `title` without area and date, `dated` month, months or year, `corner` whether one line above
    can say all units, `named` whether its heads alone say what is counted (else the title must)."""

    key: str
    title: str
    stubs: tuple[str, ...]
    rows: tuple[Name, ...]
    across: tuple[str, ...]
    columns: tuple[Name, ...]
    dated: str
    says: Says = field(default_factory=dict)
    corner: bool = True
    named: bool = True
    turns: bool = True
    area: str = "县"
    derive: Callable[[list[list[float]]], list[list[float]]] | None = None


@dataclass(frozen=True)
class Filled:
    """A table with its values and the label of each: rows of (value as printed, label)."""

    known: Known
    rows: tuple[Name, ...]
    values: list[list[float | None]]
    labels: list[list[Says]]
    year: int
    month: int


def filled(
    known: Known, rng: Random, blanks: float, total: str, when: tuple[int, int] | None = None
) -> Filled:
    """Draw values, sums and date; `total` is first, last or none."""
    drawn = rng.randint(2018, 2024), rng.randint(2, 11)
    year, month = when or drawn
    plain = [row for row in known.rows if not row.total]
    sums = [row for row in known.rows if row.total]
    most = (
        rng.randint(min(3, len(plain)), len(plain))
        if known.derive is None and not any(row.of_which or row.when for row in plain)
        else len(plain)
    )
    plain = plain[:most]
    values: list[list[float | None]] = [[_drawn(row, col, rng) for col in known.columns] for row in plain]
    if known.derive:
        values = known.derive(values)  # type: ignore[arg-type,assignment]
    whole = [
        round(sum(v[c] or 0 for v, row in zip(values, plain, strict=True) if not row.of_which), col.digits)
        for c, col in enumerate(known.columns)
    ]
    values = [[None if rng.random() < blanks else v for v in row] for row in values]
    if sums and total != "none" and all(col.adds for col in known.columns):
        at = 0 if total == "first" else len(plain)
        plain.insert(at, rng.choice(sums))
        values.insert(at, whole)
    labels = [
        [_label(known, row, col, v, year, month) for col, v in zip(known.columns, vs, strict=True)]
        for row, vs in zip(plain, values, strict=True)
    ]
    return Filled(known, tuple(plain), values, labels, year, month)


def _drawn(row: Name, column: Name, rng: Random) -> float:
    by = column if column.unit or column.high != 900 else row
    value = rng.uniform(by.low, by.high)
    digits = by.digits
    return round(value, digits) if digits else float(int(value))


def _label(known: Known, row: Name, column: Name, value: float | None, year: int, month: int) -> Says:
    said = (
        {
            "measure": "persons",
            "change": "level",
            "residence": "total",
            "status": "actual",
            "comparator": "=",
            "scope": "region",
            "value_high": None,
            "kind": "measurement",
            "year": year,
            "subgroup": None,
        }
        | known.says
        | row.says
        | column.says
    )
    alt = {**known.says.get("alt", {}), **row.says.get("alt", {}), **column.says.get("alt", {})}
    unit = column.unit or row.unit or known.says.get("unit", "")
    said["unit"], factor = UNITS[unit]
    said["value"] = None if value is None else round(value * factor, 6)
    when = column.when or row.when or known.says.get("when", "")
    year_of, period, others = _period(
        when or {"year": "year", "month": "month", "months": "to_date"}[known.dated], year, month
    )
    alt.setdefault("period", others)
    return said | {"year": year_of, "period": period, "alt": alt}


def _period(when: str, year: int, month: int) -> tuple[int, str | None, list[str | None]]:
    stock, flow = f"{year}-{month:02d}", f"{year}-01/{year}-{month:02d}"
    if when in ("last_to_date", "last_year"):
        year -= 1
        stock, flow = f"{year}-{month:02d}", f"{year}-01/{year}-{month:02d}"
    if when.startswith("quarter"):
        first = 3 * int(when[-1]) - 2
        return year, f"{year}-{first:02d}/{year}-{first + 2:02d}", [f"{year}-{first + 2:02d}"]
    if when == "target":
        return year, str(year), [None, stock, flow]
    return {
        "month": (year, stock, [flow]),
        "to_date": (year, flow, [stock]),
        "last_to_date": (year, flow, [stock]),
    }.get(when, (year, str(year), [None, f"{year}-12"]))
