"""One best value as pages show it: said in words, linked to the characters that it was read from."""

from collections.abc import Mapping

from pipeline.site.names import observation_anchor, report_page
from pipeline.site.reference import Reference
from pipeline.site.words import Label, joined, label, spoken_value


def evidence(report_id: str | None, observation_id: str | None) -> str | None:
    """The place in a report's page, from the site's root."""
    if not report_id:
        return None
    return report_page(report_id) + (f"#{observation_anchor(observation_id)}" if observation_id else "")


def months_label(months: int | None) -> Label:
    """What a flow covers where it is not the full year: `10 个月`."""
    return Label(f"{months} 个月", f"{months} months") if months and months < 12 else Label("", "")


def breakdown(row: Mapping) -> Label:
    """What tells a value from others of its indicator: change, residence, subgroup, scope."""
    scope = row["scope"] not in (None, "region")
    return joined(
        (
            label("change", row["change"] if row["change"] != "level" else None),
            label("residence", row["residence"] if row["residence"] != "total" else None),
            Label(row["subgroup"] or "", row["subgroup"] or ""),
            Label(row["place"], row["place"])
            if scope and row["place"]
            else label("scope", row["scope"] if scope else None),
        )
    )


def figure(row: Mapping, reference: Reference) -> dict[str, object]:
    """A row of `marts.indicators_by_region_year` with what a table cell needs beside its own columns."""
    return {
        **row,
        "spoken": spoken_value(row["value"], row["unit"], row["value_high"], row["comparator"]),
        "href": evidence(row["report_id"], row["observation_id"]),
        "correction": _corrected(row["correction"]),
        "breakdown": breakdown(row),
        "months_label": months_label(row["months"] if row["flow"] else None),
        "status_label": label("status", row["status"]),
        "trust_label": label("trust", row["trust"]),
        "doubt_labels": [label("doubt", doubt) for doubt in row["doubts"] or ()],
        "decided_label": label("decided_by", row["decided_by"]),
        "region_name": reference.region_name(row["region_code"]),
        "region_page": reference.region_href(row["region_code"]),
    }


def _corrected(told: str | None) -> Label:
    """`override: reason` of the marts with its action in words."""
    action, _, reason = (told or "").partition(": ")
    said = label("action", action)
    return Label(f"{said.zh}：{reason}", f"{said.en}: {reason}") if reason else said
