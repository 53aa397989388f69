"""The indicator page: one indicator across regions and years, as chart, as table and where it was read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from pipeline.site.data import BEST, Published, grouped
from pipeline.site.figures import figure
from pipeline.site.reference import Indicator, Reference
from pipeline.site.sources import read_sources, shown
from pipeline.site.words import Label, label, spoken_unit, spoken_value

MOST_ROWS = 1200  # a page that holds more is no longer read but queried
MOST_SOURCES = 200
MOST_PLANS = 300  # those with a result come first
AT_ONCE = 20  # indicators whose rows are fetched together
TABLE = "marts.indicators_by_region_year"
LEVELS = ("country", "province", "prefecture", "city", "county", "township")


def rows_of_indicators(
    published: Published, keys: Sequence[str]
) -> Iterator[tuple[str, list[dict], dict[str, Any]]]:
    """For each indicator its newest `MOST_ROWS` rows, and of all of them: n, n_regions, first, last."""
    if not published.has(TABLE):
        yield from ((key, [], _NOTHING) for key in keys)
        return
    totals = {
        row["indicator_id"]: row
        for row in published.query(
            "SELECT indicator_id, count(*) AS n, count(DISTINCT region_code) AS n_regions, "
            f"min(year) AS first, max(year) AS last FROM {TABLE} GROUP BY indicator_id"
        ).iter_rows(named=True)
    }
    # a total stands before its parts
    order = "year DESC, status, region_code, residence, subgroup NULLS FIRST, observation_id"
    rest = (
        "WHERE indicator_id IN (SELECT unnest(?)) QUALIFY row_number() OVER "
        f"(PARTITION BY indicator_id ORDER BY {order}) <= {MOST_ROWS} ORDER BY indicator_id, {order}"
    )
    for start in range(0, len(keys), AT_ONCE):
        batch = list(keys[start : start + AT_ONCE])
        frame = published.select(TABLE, BEST, rest, [batch])
        rates = _rates(published, batch)
        frame = frame.join(rates, "observation_id", "left", maintain_order="left")
        groups = grouped(frame, "indicator_id")
        for key in batch:
            yield key, groups.get(key, []), totals.get(key, _NOTHING)


def _rates(published: Published, keys: Sequence[str]) -> pl.DataFrame:
    """By observation of these indicators: its value to 1,000 residents, how many they are, in which year."""
    rest = "WHERE indicator_id IN (SELECT unnest(?))"
    columns = ("observation_id", "per_thousand", "population", "population_year")
    return published.select("marts.rates_per_thousand", columns, rest, [list(keys)]).unique("observation_id")


_NOTHING: dict[str, Any] = {"n": 0, "n_regions": 0, "first": None, "last": None}


def indicator_values(
    indicator: Indicator,
    definition: Mapping,
    rows: Sequence[Mapping],
    totals: Mapping,
    plans: Sequence[Mapping],
    sources: Mapping[str, Mapping],
    reports: Mapping[str, Mapping],
    release: Mapping,
    reference: Reference,
) -> dict[str, object]:
    """What `indicator.html` needs. `rows` of `marts.indicators_by_region_year`, `plans` of
    `marts.targets_and_results`, both of this indicator; `sources` by observation, `reports` by id."""
    figures = [_drawn(row, reference) for row in rows]
    kinds = list(dict.fromkeys((row["kind"], row["kind_label"]) for row in figures))
    return {
        "indicator": indicator,
        "domain": reference.domain(indicator.domain),
        "definition": definition,
        "figures": figures,
        "totals": totals,
        "left_out": totals["n"] - len(figures),
        "levels": [
            (code, label("level", code)) for code in LEVELS if any(row["level"] == code for row in figures)
        ],
        "unit": spoken_unit(indicator.unit),
        # How the chart says the units of its kinds of values in English.
        "units": {unit: spoken_unit(unit).en for unit in {row["unit"] or "" for row in rows}},
        "kinds": sorted(kinds, key=lambda kind: (-sum(row["kind"] == kind[0] for row in figures), kind[0])),
        "residences": [
            (code, label("residence", code))
            for code in ("urban", "rural", "total")
            if any(row["residence"] == code for row in figures)
        ],
        "trusts": {row["trust"] for row in figures},
        "rates": any(row["per_thousand"] is not None for row in figures),
        "years": sorted({row["year"] for row in figures}, reverse=True),
        "sources": [
            (number, shown(row, sources[row["observation_id"]], reports[row["report_id"]], release))
            for number, row in enumerate(figures[:MOST_SOURCES])
            if row["observation_id"] in sources and row["report_id"] in reports
        ],
        "plans": plans[:MOST_PLANS],
        "plans_left": max(len(plans) - MOST_PLANS, 0),
    }


def sources_of(published: Published, rows: Sequence[Mapping]) -> dict[str, dict]:
    """The sentences of those rows of a page that are shown with them."""
    return read_sources(published, [row["observation_id"] for row in rows[:MOST_SOURCES]])


def _drawn(row: Mapping, reference: Reference) -> dict[str, Any]:
    """A figure with what the chart and the filters need of it."""
    unit = row["unit"] or ""
    change = label("change", row["change"])
    return {
        **figure(row, reference),
        "short": reference.short_region(row["region_code"]),
        "level": (reference.regions.get(row["region_code"]) or {}).get("level") or "",
        "kind": f"{row['change']} {unit}",
        "kind_label": _with_unit(change, spoken_unit(unit)),
        # What may stand in one chart: the whole region, ungrouped.
        "whole": row["scope"] == "region" and not row["subgroup"] and row["status"] != "prior",
    }


def _with_unit(name: Label, unit: Label) -> Label:
    return Label(
        f"{name.zh}（{unit.zh}）" if unit.zh else name.zh, f"{name.en} ({unit.en})" if unit.en else name.en
    )


def definitions(published: Published) -> dict[str, dict[str, object]]:
    """By indicator: what is counted, in which measure, how parts combine, the plausible range."""
    subjects = dict(published.select("ref.subjects", ("subject", "covers")).iter_rows())
    measures = {
        row[0]: row[1:]
        for row in published.select("ref.measures", ("measure", "name_zh", "meaning")).iter_rows()
    }
    columns = ("indicator_id", "unit", "aggregation", "plausible_min", "plausible_max")
    found = {}
    for row in published.select("ref.indicators", columns).iter_rows(named=True):
        subject, _, measure = row["indicator_id"].partition(".")
        measure_zh, meaning = measures.get(measure, ("", ""))
        low, high = row["plausible_min"], row["plausible_max"]
        bounds = [
            spoken_value(float(bound), row["unit"], comparator=sign)
            for bound, sign in ((low, ">="), (high, "<="))
            if bound is not None
        ]
        found[row["indicator_id"]] = {
            "covers": subjects.get(subject) or "",
            "measure_label": Label(measure_zh or "", meaning or ""),
            "aggregation": row["aggregation"],
            "aggregation_label": label("aggregation", row["aggregation"]),
            "plausible": Label("，".join(each.zh for each in bounds), ", ".join(each.en for each in bounds)),
        }
    return found
