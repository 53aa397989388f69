"""Targets beside results, and conflicts: rows of two marts with what a table needs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.site.data import Published, rows_by
from pipeline.site.figures import breakdown, evidence, months_label
from pipeline.site.reference import Reference
from pipeline.site.words import Label, label, spoken_value

PLAN = (
    "region_code", "year", "indicator_id", "change", "residence", "subgroup", "unit", "comparator", "target",
    "target_high", "result", "result_months", "share_reached_percent", "met", "target_written",
    "result_written", "scope", "target_observation_id", "target_report_id", "result_observation_id",
    "result_report_id", "why_no_result", "paired_by",
    "trust",
)  # fmt: skip
CONFLICT = (
    "conflict_id", "observation_id", "standing", "region_code", "year", "indicator_id", "change", "residence",
    "subgroup", "status", "unit", "value", "comparator", "scope", "place", "written", "report_id",
    "decided_by",
)  # fmt: skip


MET = {True: Label("达到", "Met"), False: Label("未达到", "Not met"), None: Label("", "")}


def plans_by(
    published: Published, key: str, keys: Sequence[str], reference: Reference
) -> Iterator[tuple[str, list[dict]]]:
    """For each of `keys` its rows of `marts.targets_and_results`; `key` is the column they are in."""
    order = "result IS NULL, year DESC, region_code, indicator_id, residence, target_observation_id"
    for value, rows in rows_by(published, "marts.targets_and_results", PLAN, key, keys, order):
        yield value, [_plan(row, reference) for row in rows]


def conflicts_by(
    published: Published, codes: Sequence[str], reference: Reference
) -> Iterator[tuple[str, list[dict]]]:
    """For each region its conflicts: one entry a key, with the values that stand against each other."""
    order = "year DESC, indicator_id, conflict_id, standing = 'chosen' DESC, standing, observation_id"
    for code, rows in rows_by(published, "marts.conflicts", CONFLICT, "region_code", codes, order):
        conflicts: dict[str, dict[str, Any]] = {}
        for row in rows:
            entry = conflicts.setdefault(row["conflict_id"], {**_about(row, reference), "values": []})
            entry["values"].append(
                {
                    "spoken": spoken_value(row["value"], row["unit"], None, row["comparator"]),
                    "written": row["written"],
                    "href": evidence(row["report_id"], row["observation_id"]),
                    "standing": row["standing"],
                    "standing_label": label("standing", row["standing"]),
                }
            )
        yield code, list(conflicts.values())


def _about(row: Mapping, reference: Reference) -> dict[str, Any]:
    indicator = reference.indicator(row["indicator_id"], row["unit"])
    return {
        "zh": indicator.zh,
        "en": indicator.en,
        "page": reference.indicator_href(row["indicator_id"]),
        "year": row["year"],
        "breakdown": breakdown({"place": None, **row}),
        "region_name": reference.region_name(row["region_code"]),
        "region_page": reference.region_href(row["region_code"]),
    }


def _plan(row: Mapping, reference: Reference) -> dict[str, Any]:
    share = row["share_reached_percent"]
    met = None if row["trust"] == "doubtful" else row["met"]  # of what may be misread nothing is judged
    return {
        **row,
        **_about(row, reference),
        "target_spoken": spoken_value(row["target"], row["unit"], row["target_high"], row["comparator"]),
        "result_spoken": spoken_value(row["result"], row["unit"]),
        "target_href": evidence(row["target_report_id"], row["target_observation_id"]),
        "result_href": evidence(row["result_report_id"], row["result_observation_id"]),
        "months_label": months_label(row["result_months"]),
        "why_label": label("why_no_result", row["why_no_result"]),
        "paired_label": label("paired_by", row["paired_by"]),
        "share": None if share is None else max(share, 0.0),
        "judged": met is not None,
        "met_label": MET[met],
        "trust_label": label("trust", row["trust"] if row["result"] is not None else None),
    }
