"""Findings of the audit with the figures that they concern, ready to be shown where these stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.site.data import Published
from pipeline.site.figures import evidence
from pipeline.site.names import finding_anchor
from pipeline.site.reference import Reference
from pipeline.site.words import Label, label, plain_number

COLUMNS = (
    "finding_id",
    "report_id",
    "region_code",
    "year",
    "kind",
    "severity",
    "explanation",
    "observation_ids",
    "stated",
    "expected",
    "indicator_id",
)
# The gravest first; one that is not known here comes last.
SEVERITIES = ("high", "medium", "low")


def read_findings(published: Published, reference: Reference) -> list[dict[str, Any]]:
    """All findings, the gravest first. Each has its `places`: the observations involved, in the order
    given, with `page` (from the site's root), `written` and the `report_id` that they stand in."""
    rows = published.select("marts.audit_findings", COLUMNS, "ORDER BY report_id, finding_id").to_dicts()
    wanted = sorted({each for row in rows for each in row["observation_ids"] or ()})
    places = {
        row["observation_id"]: row
        for row in published.select(
            "core.observations",
            ("observation_id", "report_id", "written", "indicator_id"),
            "WHERE observation_id IN (SELECT unnest(?))",
            [wanted],
        ).iter_rows(named=True)
    }
    findings = [_shown(row, places, reference) for row in rows]
    return sorted(findings, key=lambda finding: finding["rank"])


def _shown(row: Mapping, places: Mapping[str, Mapping], reference: Reference) -> dict[str, Any]:
    rank = SEVERITIES.index(row["severity"]) if row["severity"] in SEVERITIES else len(SEVERITIES)
    involved = [places[each] for each in row["observation_ids"] or () if each in places]
    return {
        **row,
        "rank": rank,
        "explanation": Label(row["explanation"], _told(row, involved, reference)),
        "anchor": finding_anchor(row["finding_id"]),
        "kind_label": label("finding", row["kind"]),
        "severity_label": label("severity", row["severity"]),
        "severity_class": "grave" if rank < 2 else "minor",
        "region_name": reference.region_name(row["region_code"]),
        "places": [
            {
                "observation_id": place["observation_id"],
                "report_id": place["report_id"],
                "written": place["written"],
                "page": evidence(place["report_id"], place["observation_id"]),
                "name": reference.indicator_name(place["indicator_id"]),
            }
            for place in involved
        ],
    }


def _told(row: Mapping, involved: Sequence[Mapping], reference: Reference) -> str:
    """What the explanation says, in English: by the kind of finding, from its figures as written."""
    written = [f"{place['written']}" for place in involved] + ["?"] * 3
    kind, stated, expected = row["kind"], row["stated"] or 0, row["expected"] or 0
    if kind == "part_over_whole" and stated > expected:
        kind = "part_of_a_part"
    elif kind == "rate" and "%" not in written[0] and "％" not in written[0]:
        kind = "average"
    elif kind == "magnitude" and len(involved) > 1:
        kind = "per_head"
    return label("finding_told", kind).en.format(
        first=written[0],
        second=written[1],
        third=written[2],
        parts=" + ".join(f"“{each['written']}”" for each in involved[1:]),
        stated=plain_number(row["stated"], 2),
        expected=plain_number(row["expected"], 2),
        name=reference.indicator_name(row["indicator_id"]).en,
        year=row["year"] or "",
    )


def grouped_rows(rows: Sequence[Mapping], key: str) -> dict[object, list[Mapping]]:
    """Rows by their value of `key`, in their order."""
    groups: dict[object, list[Mapping]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def by_report(findings: Sequence[Mapping]) -> dict[str, list[Mapping]]:
    """Findings by each report that holds one of their figures, or that they name."""
    found: dict[str, list[Mapping]] = {}
    for finding in findings:
        within = {finding["report_id"], *(place["report_id"] for place in finding["places"])}
        for report_id in filter(None, within):
            found.setdefault(report_id, []).append(finding)
    return found


def in_report(finding: Mapping, report_id: str) -> dict[str, Any]:
    """A finding as seen from one report: its own figures as anchors, others with their page."""
    places = [
        {
            **place,
            "here": place["report_id"] == report_id,
            "index": None,
            "href": "#" + place["page"].partition("#")[2]
            if place["report_id"] == report_id
            else "../" + place["page"],
        }
        for place in finding["places"]
    ]
    return {**finding, "places": places}
