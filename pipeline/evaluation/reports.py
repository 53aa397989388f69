"""Whether files were cut into their reports, and each report's region, year, genre, tasks and title found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.evaluation.labels import Row

ASKED = ("split", "region_code", "year", "genre")  # of every report
GIVEN = ("tasks", "title", "issuer", "published_on", "document_no")  # where the label gives it


def score_reports(wanted: Mapping[str, Sequence[Row]], found: Mapping[str, Sequence[Row]]) -> Counter[str]:
    """Counts by field of what is right, and under `FIELD_given` of what was asked.

    Both by file name, reports in order. `found` rows: region_code, year, genre, tasks (their number), title,
    issuer, published_on, document_no.
    """
    n: Counter[str] = Counter()
    for name, reports in wanted.items():
        rows = found.get(name, ())
        n["reports"] += len(reports)
        n["split"] += len(reports) if len(rows) == len(reports) else 0
        for want, row in zip(reports, rows, strict=False):
            for field in ("region_code", "year"):
                n[field] += row[field] == want[field]
            n["genre"] += row["genre"] in want["genre"]
            for field in GIVEN:
                if want.get(field) not in (None, "", []):
                    n[f"{field}_given"] += 1
                    right = want[field] if isinstance(want[field], list) else [want[field]]
                    n[field] += _squeezed(row.get(field)) in map(_squeezed, right)
    return n


def _squeezed(value: object) -> str:
    return "".join(str("" if value is None else value).split())
