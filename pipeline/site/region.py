"""The region page: what a region reported by year and domain, and what does not fit together."""

from collections.abc import Mapping, Sequence

from pipeline.site.figures import figure
from pipeline.site.names import report_page
from pipeline.site.reference import Reference
from pipeline.site.words import label

STATUS_ORDER = {"actual": 0, "target": 1, "prior": 2}


def region_values(
    code: str,
    rows: Sequence[Mapping],
    reports: Sequence[Mapping],
    plans: Sequence[Mapping],
    conflicts: Sequence[Mapping],
    work: Sequence[Mapping],
    findings: Sequence[Mapping],
    reference: Reference,
) -> dict[str, object]:
    """What `region.html` needs: the rows of one region."""
    about = reference.regions.get(code) or {}
    figures = [figure(row, reference) for row in rows]
    return {
        "region": {
            "region_code": code,
            "full_name": reference.region_name(code),
            "province": about.get("province"),
        },
        "reports": [
            {**row, "page": report_page(row["report_id"]), "genre_label": label("genre", row["genre"])}
            for row in sorted(reports, key=lambda row: (-(row["year"] or 0), row["report_id"]))
        ],
        "n_figures": len(figures),
        "years": sorted({row["year"] for row in rows}),
        "domains": _profile(figures, reference),
        "plans": plans,
        "conflicts": conflicts,
        "work": _work(work, reference),
        "work_years": sorted({row["year"] for row in work if row["year"]}),
        "findings": findings,
    }


def _profile(figures: Sequence[Mapping], reference: Reference) -> list[dict[str, object]]:
    """Domains → indicators → lines (a breakdown in a unit) → cells by year, actual before target."""
    profile: dict[str, dict[str, dict[tuple[str, str], dict]]] = {}
    for row in sorted(figures, key=lambda row: STATUS_ORDER.get(row["status"], 9)):
        domain = reference.indicator(row["indicator_id"]).domain
        lines = profile.setdefault(domain, {}).setdefault(row["indicator_id"], {})
        line = lines.setdefault((row["breakdown"], row["unit"] or ""), {})
        line.setdefault(row["year"], []).append(row)
    order = [*reference.domains, *sorted(set(profile) - set(reference.domains))]
    return [
        {
            "label": reference.domain(code),
            "indicators": [
                {
                    "about": reference.indicator(indicator_id),
                    "page": reference.indicator_href(indicator_id),
                    "lines": [
                        {"breakdown": said, "cells": cells}
                        for (said, _), cells in sorted(
                            profile[code][indicator_id].items(), key=lambda line: line[0]
                        )
                    ],
                }
                for indicator_id in sorted(profile[code])
            ],
        }
        for code in order
        if code in profile
    ]


def _work(work: Sequence[Mapping], reference: Reference) -> list[dict[str, object]]:
    counts: dict[str, dict[int, int]] = {}
    for row in work:
        by_year = counts.setdefault(row["domain"] or "other", {})
        by_year[row["year"]] = by_year.get(row["year"], 0) + 1
    return [{"label": reference.domain(code), "counts": by_year} for code, by_year in sorted(counts.items())]
