"""The report page: the text with every number marked, and beside it what was understood of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.site.figures import breakdown
from pipeline.site.marks import Layout, Mark, mark_text
from pipeline.site.names import observation_anchor, report_page, section_anchor, task_anchor
from pipeline.site.reference import Reference
from pipeline.site.render import template
from pipeline.site.tables import table_views
from pipeline.site.words import Label, joined, label, labels, said, spoken_period, spoken_value

# The order of what the script reads for each observation.
FIELDS = (
    "observation_id", "indicator", "spoken", "value", "unit", "written", "region", "place", "scope", "period",
    "residence", "subgroup", "change", "status", "rule", "subject_word", "confidence", "flags", "findings",
    "quote_start", "quote_end", "correction", "readings", "span_start", "span_end", "trust", "doubts",
)  # fmt: skip


def report_values(
    info: Mapping,
    part: Mapping,
    findings: Sequence[Mapping],
    corrected: Mapping[str, Label],
    trusted: Mapping[str, tuple],
    reference: Reference,
) -> dict[str, Any]:
    """What `report.html` needs. `findings` are those that involve the report, with their `places`;
    `corrected` says what was corrected and `trusted` (trust, doubts) how far it holds, by observation."""
    observations = part["observations"]
    index_of = {row["observation_id"]: index for index, row in enumerate(observations)}
    of_finding: dict[int, list[str]] = {}
    for finding in findings:
        for place in finding["places"]:
            place["index"] = index_of.get(place["observation_id"]) if place["here"] else None
            if place["index"] is not None:
                of_finding.setdefault(place["index"], []).append(finding["anchor"])
    rows = [_observation(row, index in of_finding, reference) for index, row in enumerate(observations)]
    marks = [
        Mark(row["span_start"], row["span_end"], shown["anchor"], _classes(row, index in of_finding))
        for index, (row, shown) in enumerate(zip(observations, rows, strict=True))
    ]
    text = mark_text(
        part["text"],
        info["span_start"],
        marks,
        [(row["span_start"], row["span_end"], row["kind"]) for row in part["mentions"]],
        _layout(part, findings, observations, info["span_start"]),
    )
    tasks = _tasks(part["tasks"], observations, reference)
    return {
        "report": _facts(info, reference),
        "text": text,
        "kinds": _kinds(part["mentions"]),
        "observations": rows,
        "findings": findings,
        "tasks": tasks,
        "sections": [
            {**row, "anchor": section_anchor(row["section_id"]), "role_label": label("role", row["role"])}
            for row in part["sections"]
        ],
        "domains": _domains(rows, tasks, reference),
        "data": {
            **_data(observations, rows, of_finding, corrected, trusted, reference),
            "cite": _cited(info),
        },
    }


def _cited(info: Mapping) -> dict[str, str | None]:
    """What a citation of one of its figures says of the report."""
    return {
        "title": info["title"] or info["file_name"] or info["report_id"],
        "issuer": info["issuer"],
        "published_on": info["published_on"] and str(info["published_on"]),
        "url": info["url"],
        "file_name": info["file_name"],
    }


def _facts(info: Mapping, reference: Reference) -> dict[str, Any]:
    region, year = (
        Markup(" · ").join(
            filter(None, (said(label(f"{name}_method", info[f"{name}_method"])), info[f"{name}_evidence"]))
        )
        for name in ("region", "year")
    )
    return {
        **info,
        "region_name": reference.region_name(info["region_code"]),
        "region_page": reference.region_href(info["region_code"]),
        "genre_label": label("genre", info["genre"]),
        "region_basis": region,
        "year_basis": year,
        # Only these are followed: an address of another kind is shown as it stands.
        "url_links": str(info["url"] or "").startswith(("https://", "http://")),
        "duplicate_page": info["duplicate_of"] and report_page(info["duplicate_of"]),
        "newer_page": info["superseded_by"] and report_page(info["superseded_by"]),
    }


def _observation(row: Mapping, found: bool, reference: Reference) -> dict[str, Any]:
    indicator = reference.indicator(row["indicator_id"], row["unit"])
    flags = row["flags"] or []
    period = spoken_period(row["year"], row["period_start"], row["period_end"])
    details = joined(
        (
            period,
            label("status", row["status"] if row["status"] != "actual" else None),
            breakdown(row),
        )
    )
    return {
        "anchor": observation_anchor(row["observation_id"]),
        "name_zh": indicator.zh,
        "domain": indicator.domain,
        "spoken": spoken_value(row["value"], row["unit"], row["value_high"], row["comparator"]),
        "name_en": indicator.en,
        "details": details,
        "flagged": bool(flags) or found,
        "flag_label": joined(
            [*(label("flag", flag) for flag in flags), *([Label("核查发现", "Finding")] if found else [])],
            "、",
        ),
    }


def _classes(row: Mapping, found: bool) -> str:
    return " ".join(
        filter(None, (row["status"], "flagged" if row["flags"] else "", "found" if found else ""))
    )


def _kinds(mentions: Sequence[Mapping]) -> list[dict[str, Any]]:
    counts = Counter(row["kind"] for row in mentions)
    order = [*labels()["kind"], *sorted(set(counts) - set(labels()["kind"]))]
    return [
        {"code": kind, "label": label("kind", kind), "count": counts[kind]} for kind in order if counts[kind]
    ]


def _layout(
    part: Mapping, findings: Sequence[Mapping], observations: Sequence[Mapping], start: int
) -> Layout:
    headings: dict[int, tuple[str, int]] = {}
    anchors: dict[int, list[str]] = {}
    level = 2
    for row in part["sections"]:
        # Headings may not skip a level for those who listen to the page.
        level = min(max(row["level"], 1) + 2, level + 1, 6)
        headings[row["span_start"]] = (row["heading"], level)
        anchors.setdefault(row["span_start"], []).append(section_anchor(row["section_id"]))
    for row in part["tasks"]:
        if row["span_start"] is not None:
            anchors.setdefault(row["span_start"], []).append(task_anchor(row["task_id"]))
    notes: list[tuple[int, Markup]] = []
    note = template("finding_note.html")
    for finding in findings:
        places = [place["index"] for place in finding["places"] if place["index"] is not None]
        at = max((observations[index]["span_start"] for index in places), default=start)
        notes.append((at, Markup(note.render(finding=finding))))
    notes += [(max(at - 1, start), view) for at, view in table_views(part, start)]
    tabled = [(row["span_start"], row["span_end"]) for row in part["tables"]]
    return Layout(headings, anchors, notes, tabled)


def _tasks(
    tasks: Sequence[Mapping], observations: Sequence[Mapping], reference: Reference
) -> list[dict[str, Any]]:
    of_task: dict[str, list[Mapping]] = {}
    for row in observations:
        if row.get("task_id"):
            of_task.setdefault(row["task_id"], []).append(row)
    shown = []
    for task in tasks:
        inside = of_task.get(task["task_id"], [])
        domains = (
            {task["domain"]}
            if task["domain"]
            else {reference.indicator(o["indicator_id"]).domain for o in inside}
        )
        shown.append(
            {
                "anchor": task_anchor(task["task_id"]),
                "ordinal": task["ordinal"],
                "title": task["title"],
                "who": " · ".join(filter(None, (task["department"], task["lead"]))),
                "domains": " ".join(sorted(filter(None, domains))),
                "flagged": any(o["flags"] for o in inside),
            }
        )
    return shown


def _domains(rows: Sequence[Mapping], tasks: Sequence[Mapping], reference: Reference) -> list[dict[str, Any]]:
    there = {row["domain"] for row in rows}.union(*(set(task["domains"].split()) for task in tasks))
    order = [*reference.domains, *sorted(there - set(reference.domains))]
    return [{"code": code, "label": reference.domain(code)} for code in order if code in there]


def _data(
    observations: Sequence[Mapping],
    rows: Sequence[Mapping],
    of_finding: Mapping[int, Sequence[str]],
    corrected: Mapping[str, Label],
    trusted: Mapping[str, tuple],
    reference: Reference,
) -> dict[str, Any]:
    """What the script shows of each observation: rows of `FIELDS`, with names and regions said once."""
    names, regions, subjects, table = {}, {}, {}, []
    for index, (row, shown) in enumerate(zip(observations, rows, strict=True)):
        indicator = reference.indicator(row["indicator_id"])
        names[row["indicator_id"]] = [
            indicator.zh,
            indicator.en,
            reference.indicator_href(row["indicator_id"]),
        ]
        if row["region_code"]:
            code = row["region_code"]
            regions[code] = [*reference.region_name(code)[:2], reference.region_href(code)]
        for subject, _, _ in row.get("readings", ()):
            name = reference.subject(subject)
            subjects[subject] = [name.zh, name.en]
        fields = {
            "readings": [],
            **row,
            "indicator": row["indicator_id"],
            "spoken": shown["spoken"][:2],
            "region": row["region_code"],
            "period": spoken_period(row["year"], row["period_start"], row["period_end"]),
            "findings": of_finding.get(index, []),
            "correction": (corrected.get(row["observation_id"]) or ())[:2],
            **dict(zip(("trust", "doubts"), trusted.get(row["observation_id"], (None, [])), strict=True)),
        }
        table.append([fields[name] for name in FIELDS])
    return {
        "fields": FIELDS,
        "observations": table,
        "indicators": names,
        "regions": regions,
        "subjects": subjects,
    }
