"""The lists that lead to other pages: indicators, regions, what does not hold together or has no place."""

from collections.abc import Mapping, Sequence

import polars as pl

from pipeline.site.data import Published
from pipeline.site.figures import evidence
from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.reference import Reference
from pipeline.site.tables import reasons
from pipeline.site.words import Label, label

FINDINGS_LISTED = 1000
UNPLACED_LISTED = 500
UNPLACED_REPORTS = 30
TABLES_LISTED = 200
FILES_LISTED = 200


def findings_values(
    published: Published, findings: Sequence[Mapping], reports: pl.DataFrame, reference: Reference
) -> dict[str, object]:
    """What `findings.html` needs: findings, figures without a place, tables and files that were not read."""
    kinds: dict[str, int] = {}
    for finding in findings:
        kinds[finding["kind"]] = kinds.get(finding["kind"], 0) + 1
    rejected = published.select(
        "core.rejected_files", ("file_name", "reason", "detail"), "ORDER BY file_name"
    ).to_dicts()
    return {
        "findings": findings[:FINDINGS_LISTED],
        "left_out": max(len(findings) - FINDINGS_LISTED, 0),
        "kinds": [
            {"label": label("finding", kind), "count": count}
            for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        ],
        **_unplaced(published, reports, reference),
        "tables": _tables(published, reports),
        "rejected": [
            {**row, "detail": Label(label("refusal", row["reason"]).zh, row["detail"])}
            for row in rejected[:FILES_LISTED]
        ],
        "rejected_count": len(rejected),
    }


def unplaced_counts(published: Published) -> list[tuple[str, int]]:
    """The observations that no table by region and year shows, by reason, the commonest first."""
    if not published.has("marts.unplaced"):
        return []
    rows = published.query(
        "SELECT reason, count(*) AS n FROM marts.unplaced GROUP BY ALL ORDER BY n DESC, reason"
    )
    return list(rows.iter_rows())


def _unplaced(published: Published, reports: pl.DataFrame, reference: Reference) -> dict[str, object]:
    counts = unplaced_counts(published)
    columns = ("observation_id", "report_id", "reason", "indicator_id", "written", "title", "file_name")
    rest = f"WHERE reason <> 'no_subject' ORDER BY report_id, observation_id LIMIT {UNPLACED_LISTED}"
    rows = published.select("marts.unplaced", columns, rest)
    most = published.select("marts.unplaced", ("report_id",)).group_by("report_id").len()
    most = most.sort("len", "report_id", descending=[True, False]).head(UNPLACED_REPORTS)
    most = most.join(reports.select("report_id", "title", "file_name"), on="report_id", maintain_order="left")
    return {
        "unplaced_count": sum(count for _, count in counts),
        "unplaced": [{"label": label("unplaced", code), "count": count} for code, count in counts],
        "unplaced_rows": [
            {
                **row,
                "href": evidence(row["report_id"], row["observation_id"]),
                "about": reference.indicator(row["indicator_id"]),
                "label": label("unplaced", row["reason"]),
            }
            for row in rows.iter_rows(named=True)
        ],
        "unplaced_reports": [
            {**row, "page": report_page(row["report_id"])} for row in most.iter_rows(named=True)
        ],
    }


def _tables(published: Published, reports: pl.DataFrame) -> list[dict[str, object]]:
    """Tables that were not wholly read, each with its report's page."""
    rest = f"WHERE state <> 'read' ORDER BY state DESC, table_id LIMIT {TABLES_LISTED}"
    rows = published.select("core.tables", ("report_id", "caption", "state", "reason"), rest)
    rows = rows.join(
        reports.select("report_id", "title", "file_name"), on="report_id", how="left", maintain_order="left"
    )
    return [
        {
            **row,
            "page": report_page(row["report_id"]),
            "label": label("table_state", row["state"]),
            "reasons": reasons(row["reason"]),
        }
        for row in rows.iter_rows(named=True)
    ]


def indicators_values(published: Published, reference: Reference) -> dict[str, object]:
    """What `indicators.html` needs: indicators by domain, headlines and the most reported first."""
    counts: dict[str, int] = {}
    if published.has("marts.indicators_by_region_year"):
        counts = dict(
            published.query(
                "SELECT indicator_id, count(DISTINCT region_code) "
                "FROM marts.indicators_by_region_year GROUP BY ALL"
            ).iter_rows()
        )
    headlines = set(
        published.select("ref.indicators", ("indicator_id",), "WHERE headline IS NOT NULL")["indicator_id"]
    )
    domains: dict[str, list] = {}
    for indicator_id in sorted(
        reference.indicator_pages, key=lambda key: (key not in headlines, -counts.get(key, 0), key)
    ):
        about = reference.indicator(indicator_id)
        domains.setdefault(about.domain, []).append(
            {
                "page": indicator_page(indicator_id),
                "zh": about.zh,
                "en": about.en,
                "headline": indicator_id in headlines,
                "count": counts.get(indicator_id, 0),
            }
        )
    order = [*reference.domains, *sorted(set(domains) - set(reference.domains))]
    return {
        "domains": [
            {"label": reference.domain(code), "indicators": domains[code]}
            for code in order
            if code in domains
        ]
    }


def regions_values(reports: pl.DataFrame, reference: Reference) -> dict[str, object]:
    """What `regions.html` needs: regions by province, and the reports of no known region."""
    lost = reports.filter(pl.col("region_code").is_null())
    counts = dict(reports.group_by("region_code").len().iter_rows())
    provinces: dict[str, list] = {}
    for code in sorted(reference.region_pages):
        provinces.setdefault(code[:2], []).append(
            {
                "page": region_page(code),
                "code": code,
                "name": reference.region_name(code),
                "count": counts[code],
            }
        )
    return {
        "provinces": [
            {"name": reference.province_name(code), "code": code, "regions": regions}
            for code, regions in provinces.items()
        ],
        "unplaced_count": lost.height,
        "unplaced": [
            {"page": report_page(row["report_id"]), **row}
            for row in lost.head(FINDINGS_LISTED).iter_rows(named=True)
        ],
    }
