"""The review page: the doubtful readings most worth a look, with what a reviewer needs to settle each."""

from collections.abc import Mapping
from typing import Any

from pipeline.site.data import Published
from pipeline.site.figures import evidence
from pipeline.site.reference import Reference
from pipeline.site.sources import AROUND, pieces
from pipeline.site.words import Label, label, labels, spoken_value

MOST_ITEMS = 500  # of a page; those reviewed leave the queue with the next refresh
TABLE = "marts.review_queue"
# What may be corrected, as `core.observations` names it; those with closed words have a choice of them.
CLOSED = ("status", "change", "residence", "scope", "comparator")
OPEN = ("value", "subject", "measure", "unit", "year", "region_code", "subgroup", "place")
_QUEUE = f"""
SELECT q.observation_id, q.report_id, q.priority, q.confidence, q.doubts, q.flags, o.value, o.value_high,
    o.comparator, o.subject, o.measure, o.indicator_id, o.unit, o.change, o.residence, o.status, o.scope,
    o.place, o.subgroup, o.year,
    coalesce(o.place_code, o.region_code) AS region_code, o.written, o.rule, o.subject_word, o.span_start,
    o.span_end, o.quote_start,
    d.file_name, r.title, {AROUND}
FROM (FROM {TABLE} ORDER BY priority DESC, observation_id LIMIT {MOST_ITEMS}) AS q
JOIN core.observations AS o ON o.observation_id = q.observation_id
JOIN core.documents AS d ON d.document_id = o.document_id
JOIN core.reports AS r ON r.report_id = o.report_id
ORDER BY q.priority DESC, q.observation_id
"""


def review_values(published: Published, reference: Reference) -> dict[str, Any]:
    """What `review.html` needs: `n` readings in doubt, `items` the first of them, `data` for its script."""
    if not published.has(TABLE):
        return {"n": 0, "items": [], "data": {}}
    n = published.query(f"SELECT count(*) AS n FROM {TABLE}")["n"][0]
    items = [_item(row, reference) for row in published.query(_QUEUE).iter_rows(named=True)]
    others = _readings(published, [item["observation_id"] for item in items])
    return {"n": n, "items": items, "data": _data(published, items, others, reference)}


def _item(row: Mapping, reference: Reference) -> dict[str, Any]:
    return {
        **row,
        "sentence": pieces(row),
        "about": reference.indicator(row["indicator_id"], row["unit"]),
        "spoken": spoken_value(row["value"], row["unit"], row["value_high"], row["comparator"]),
        "href": evidence(row["report_id"], row["observation_id"]),
        "region_name": reference.region_name(row["region_code"]),
    }


def _readings(published: Published, observation_ids: list[str]) -> dict[str, list[list]]:
    """By observation: [subject, share, score] of the subjects that were weighed, the likeliest first."""
    found: dict[str, list[list]] = {}
    rows = published.select(
        "core.readings", ("observation_id", "subject", "share", "score"),
        "WHERE observation_id IN (SELECT unnest(?)) ORDER BY observation_id, rank", [observation_ids],
    )  # fmt: skip
    for observation_id, *reading in rows.iter_rows():
        found.setdefault(observation_id, []).append(reading)
    return found


def _sent(value: object) -> object:
    """A label as its words in both languages."""
    return value[:2] if isinstance(value, Label) else value


SENT = (
    "observation_id", "file_name", "span_start", "span_end", "sentence", "written", "spoken", "value",
    "subject", "measure", "unit", "change", "residence", "status", "scope", "comparator", "place", "subgroup",
    "year", "region_code", "region_name", "confidence", "doubts", "flags", "rule", "subject_word", "title",
    "href",
)  # fmt: skip


def _data(
    published: Published, items: list[dict], others: Mapping[str, list[list]], reference: Reference
) -> dict[str, Any]:
    """Items as rows of `SENT` with their other readings, and the words for codes."""
    measures = published.select("ref.measures", ("measure", "name_zh", "name_en"))
    said = {
        group: {code: each[:2] for code, each in labels().get(group, {}).items()}
        for group in (*CLOSED, "doubt", "flag", "rule")
    }
    subjects = {code: [name.zh, name.en] for code, name in reference.subjects.items()}
    subjects.setdefault("other", ["其他", "Other"])
    return {
        "fields": [*SENT, "readings"],
        "items": [
            [*(_sent(item[name]) for name in SENT), others.get(item["observation_id"], [])] for item in items
        ],
        "closed": list(CLOSED),
        "open": list(OPEN),
        "labels": said,
        "subjects": subjects,
        "measures": {code: [zh or code, en or code] for code, zh, en in measures.iter_rows()},
        "kinds": {code: label("kind", code)[:2] for code in labels()["kind"]},
    }
