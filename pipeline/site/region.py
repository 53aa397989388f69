"""The region page: what a region reported by domain and year, beside its province, and what is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.site.data import Published
from pipeline.site.figures import figure
from pipeline.site.names import report_page
from pipeline.site.reference import Reference
from pipeline.site.words import Label, label, spoken_value

STATUS_ORDER = {"actual": 0, "target": 1, "prior": 2}
WIDE, HIGH, EDGE = 96, 24, 3  # of a sparkline
MISSING_YEARS = 3
# In the order in which a reader asks for them; `reported` is counted only.
STATES = ("missing", "target_only", "earlier_value_only", "unplaced", "no_results_report")
Key = tuple[str, str, str, str]


def region_values(
    code: str,
    rows: Sequence[Mapping],
    reports: Sequence[Mapping],
    plans: Sequence[Mapping],
    conflicts: Sequence[Mapping],
    work: Sequence[Mapping],
    findings: Sequence[Mapping],
    coverage: Sequence[Mapping],
    provinces: Mapping[str, Mapping[Key, Mapping]],
    reference: Reference,
) -> dict[str, object]:
    """What `region.html` needs: the rows of one region."""
    about = reference.regions.get(code) or {}
    figures = [figure(row, reference) for row in rows]
    province = code[:2] + "0000"
    beside = provinces.get(province, {}) if province != code else {}
    domains = _profile(figures, beside, reference)
    return {
        "region": {
            "region_code": code,
            "full_name": reference.region_name(code),
            "province": reference.province_name(code) if about.get("province") else Label("", ""),
            "province_page": reference.region_href(province) if province != code else None,
            "level_label": label("level", about.get("level")),
        },
        "reports": [
            {**row, "page": report_page(row["report_id"]), "genre_label": label("genre", row["genre"])}
            for row in sorted(reports, key=lambda row: (-(row["year"] or 0), row["report_id"]))
        ],
        "n_figures": len(figures),
        "years": sorted({row["year"] for row in rows}, reverse=True),
        "domains": domains,
        "missing": _missing(coverage, reference),
        "plans": plans,
        "conflicts": conflicts,
        "work": _work(work, reference),
        "work_years": sorted({row["year"] for row in work if row["year"]}),
        "findings": findings,
    }


def province_values(published: Published) -> dict[str, dict[Key, dict]]:
    """By province and key (indicator, unit, change, residence): its latest value that is not in doubt."""
    if not published.has("marts.indicators_by_region_year", "trust"):
        return {}
    frame = published.query(
        "SELECT region_code, indicator_id, unit, change, residence, year, value, value_high, comparator "
        "FROM marts.indicators_by_region_year WHERE region_code LIKE '__0000' AND status = 'actual' "
        "AND scope = 'region' AND subgroup IS NULL AND trust <> 'doubtful' "
        "QUALIFY row_number() OVER (PARTITION BY region_code, indicator_id, unit, change, residence "
        "ORDER BY year DESC) = 1"
    )
    found: dict[str, dict[Key, dict]] = {}
    for row in frame.iter_rows(named=True):
        key = (row["indicator_id"], row["unit"] or "", row["change"], row["residence"])
        row["spoken"] = spoken_value(row["value"], row["unit"], row["value_high"], row["comparator"])
        found.setdefault(row["region_code"], {})[key] = row
    return found


def _profile(
    figures: Sequence[Mapping], beside: Mapping[Key, Mapping], reference: Reference
) -> list[dict[str, Any]]:
    """Domains → indicators → lines (a breakdown in a unit) → cells by year, actual before target."""
    profile: dict[str, dict[str, dict[tuple[str, str], list]]] = {}
    for row in sorted(figures, key=lambda row: STATUS_ORDER.get(row["status"], 9)):
        domain = reference.indicator(row["indicator_id"]).domain
        lines = profile.setdefault(domain, {}).setdefault(row["indicator_id"], {})
        lines.setdefault((row["breakdown"].zh, row["unit"] or ""), []).append(row)
    order = [*reference.domains, *sorted(set(profile) - set(reference.domains))]
    return [_domain(code, profile[code], beside, reference) for code in order if code in profile]


def _domain(
    code: str,
    indicators: Mapping[str, Mapping[tuple[str, str], Sequence[Mapping]]],
    beside: Mapping[Key, Mapping],
    reference: Reference,
) -> dict[str, object]:
    """A table of the profile: its lines, and the columns that any of them fills."""
    lines = {
        name: [_line(rows, beside) for _, rows in sorted(indicators[name].items())] for name in indicators
    }
    every = [line for each in lines.values() for line in each]
    named = [
        {
            "about": reference.indicator(indicator_id, *(unit for _, unit in indicators[indicator_id])),
            "page": reference.indicator_href(indicator_id),
            "lines": lines[indicator_id],
        }
        for indicator_id in sorted(indicators)
    ]
    return {
        "label": reference.domain(code),
        "indicators": named,
        "years": sorted({year for line in every for year in line["cells"]}, reverse=True),
        "sparks": any(line["spark"] for line in every),
        "beside": any(line["province"] for line in every),
    }


def _line(rows: Sequence[Mapping], beside: Mapping[Key, Mapping]) -> dict[str, Any]:
    """A line of the profile: its cells by year, its course over the years, and its province's value."""
    cells: dict[int, list[Mapping]] = {}
    for row in rows:
        cells.setdefault(row["year"], []).append(row)
    first = rows[0]
    series = {  # of whole years: ten months beside them would look like a fall
        row["year"]: row["value"]
        for row in rows
        if row["status"] == "actual" and not row["subgroup"] and not row["months_label"].zh
    }
    whole = first["scope"] == "region" and not first["subgroup"]
    key = (first["indicator_id"], first["unit"] or "", first["change"], first["residence"])
    return {
        "breakdown": first["breakdown"],
        "cells": cells,
        "spark": _spark(series) if whole else None,
        "province": beside.get(key) if whole else None,
    }


def _spark(series: Mapping[int, float]) -> dict[str, object] | None:
    """Points of a small line; nothing for a single year."""
    if len(series) < 2:
        return None
    years, values = sorted(series), [series[year] for year in sorted(series)]
    low, high = min(values), max(values)
    wide, high_by = WIDE - 2 * EDGE, HIGH - 2 * EDGE
    points = [
        (
            round(EDGE + wide * (year - years[0]) / (years[-1] - years[0]), 1),
            round(HIGH - EDGE - high_by * ((value - low) / (high - low) if high > low else 0.5), 1),
        )
        for year, value in zip(years, values, strict=True)
    ]
    return {
        "points": " ".join(f"{x},{y}" for x, y in points),
        "last": points[-1],
        "first_year": years[0],
        "last_year": years[-1],
    }


def _missing(coverage: Sequence[Mapping], reference: Reference) -> list[dict[str, object]]:
    """Of the latest years: how many headline indicators there are, and which are not, by the reason."""
    years: dict[int, list[Mapping]] = {}
    for row in coverage:
        years.setdefault(row["year"], []).append(row)
    found = []
    for year in sorted(years, reverse=True)[:MISSING_YEARS]:
        rows = years[year]
        states = {row["state"] for row in rows}
        if states <= {"no_report"}:
            continue
        found.append(
            {
                "year": year,
                "n": len(rows),
                "reported": sum(row["state"] == "reported" for row in rows),
                "states": [
                    {
                        "label": label("coverage", state),
                        "indicators": [
                            (
                                reference.indicator(row["indicator_id"]),
                                reference.indicator_href(row["indicator_id"]),
                            )
                            for row in rows
                            if row["state"] == state
                        ],
                    }
                    for state in STATES
                    if state in states
                ],
            }
        )
    return found


def _work(work: Sequence[Mapping], reference: Reference) -> list[dict[str, object]]:
    counts: dict[str, dict[int, int]] = {}
    for row in work:
        by_year = counts.setdefault(row["domain"] or "other", {})
        by_year[row["year"]] = by_year.get(row["year"], 0) + 1
    return [{"label": reference.domain(code), "counts": by_year} for code, by_year in sorted(counts.items())]
