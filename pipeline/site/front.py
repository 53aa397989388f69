"""The front page and the lists that lead to the others: what is in the release, and how to find it."""

from collections.abc import Mapping, Sequence

import polars as pl
from markupsafe import Markup

from pipeline.site import charts
from pipeline.site.data import Published
from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.reference import Reference
from pipeline.site.words import label, labels

FINDINGS_SHOWN = 5
FINDINGS_LISTED = 1000
UNPLACED_SHOWN = 10  # reports with observations that no table shows
TONES = {"summary": "results", "bulletin": "results", "summary_and_plan": "both"}
RELEASE = (
    "release_id", "built_at", "corpus_sha256", "extractor_version", "minzheng_version", "duckdb_version",
    "polars_version", "raw_files",
)  # fmt: skip


def read_release(published: Published) -> dict[str, object]:
    rows = published.select("meta.release", RELEASE, "LIMIT 1").to_dicts()
    return rows[0] if rows else dict.fromkeys(RELEASE)


def front_values(
    published: Published, reports: pl.DataFrame, findings: Sequence[Mapping], reference: Reference
) -> dict[str, object]:
    """What `index.html` needs."""
    kinds = (
        published.select("core.mentions", ("kind",))["kind"].value_counts()
        if published.has("core.mentions")
        else None
    )
    rejected = published.select(
        "core.rejected_files", ("file_name", "detail"), "ORDER BY file_name"
    ).to_dicts()
    release = read_release(published)
    years, grid = _grid(reports, reference)
    return {
        "totals": _totals(published, reports, reference),
        "latest": {
            "published_on": reports["published_on"].max() if reports.height else None,
            "ingested_at": reports["ingested_at"].max() if reports.height else None,
        },
        "versions": [
            (name, release[column])
            for name, column in (("程序版本", "minzheng_version"), ("提取规则版本", "extractor_version"))
            if release[column]
        ],
        "rejected": rejected[:50],
        "rejected_count": len(rejected),
        **_changes(published, reports, reference),
        **_unplaced(published, reports),
        "genres": [
            {"label": text, "tone": TONES.get(code, "")}
            for code, text in labels()["genre"].items()
            if code != "other"
        ],
        "years": years,
        "grid": grid,
        "kinds_svg": kinds_picture(kinds),
        "findings": _varied(findings),
        "finding_count": len(findings),
    }


def kinds_picture(kinds: pl.DataFrame | None) -> Markup:
    """Bars of the numbers by kind; empty where there are none."""
    if kinds is None or not kinds.height:
        return Markup("")
    order = list(labels()["kind"])
    rows = sorted(kinds.iter_rows(), key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    frame = pl.DataFrame(
        [
            {
                "name": f"{label('kind', code).zh} {label('kind', code).en}",
                "count": count,
                "note": f"{label('kind', code).zh} {count:,}",
            }
            for code, count in rows
        ]
    )
    return Markup(charts.to_svg(charts.bars(frame), "数字的类别 Numbers by kind"))


def _totals(published: Published, reports: pl.DataFrame, reference: Reference) -> list[dict[str, object]]:
    def count(table: str) -> int:
        return published.query(f"SELECT count(*) AS n FROM {table}")["n"][0] if published.has(table) else 0

    years = reports["year"].drop_nulls().n_unique() if reports.height else 0
    return [
        {"count": reports.height, "zh": "份报告", "en": "reports"},
        {"count": len(reference.region_pages), "zh": "个地区", "en": "regions"},
        {"count": years, "zh": "个年份", "en": "years"},
        {"count": count("core.mentions"), "zh": "个数字", "en": "numbers"},
        {"count": count("core.observations"), "zh": "个观测", "en": "observations"},
        {"count": len(reference.indicator_pages), "zh": "项指标", "en": "indicators"},
        {"count": count("core.tasks"), "zh": "项任务", "en": "tasks"},
    ]


def _unplaced(published: Published, reports: pl.DataFrame) -> dict[str, object]:
    """The observations that no table by region and year shows: by reason, and the reports with most."""
    rows = published.select("marts.unplaced", ("report_id", "reason"))
    reasons = rows.group_by("reason").len().sort("len", "reason", descending=[True, False])
    titles = reports.select("report_id", "title", "file_name")
    most = rows.group_by("report_id").len().sort("len", "report_id", descending=[True, False])
    most = most.head(UNPLACED_SHOWN).join(titles, on="report_id", maintain_order="left")
    return {
        "unplaced_count": rows.height,
        "unplaced": [
            {"label": label("unplaced", code), "count": count} for code, count in reasons.iter_rows()
        ],
        "unplaced_reports": [
            {**row, "page": report_page(row["report_id"])} for row in most.iter_rows(named=True)
        ],
    }


def _changes(published: Published, reports: pl.DataFrame, reference: Reference) -> dict[str, object]:
    frame = published.select("meta.release_diff", ("table_name", "change", "row_key"))
    counts: dict[str, dict[str, int]] = {}
    for table, change, count in frame.group_by("table_name", "change").len().sort("table_name").iter_rows():
        counts.setdefault(table, {"added": 0, "changed": 0, "removed": 0})[change] = count
    added = frame.filter((pl.col("table_name") == "core.reports") & (pl.col("change") == "added"))["row_key"]
    new = reports.filter(pl.col("report_id").is_in(added.implode())).sort(
        "published_on", descending=True, nulls_last=True
    )
    return {
        "changes": [{"table_name": table, **row} for table, row in counts.items()],
        "new_reports": [
            {
                "page": report_page(row["report_id"]),
                "title": row["title"],
                "file_name": row["file_name"],
                "region_name": reference.region_name(row["region_code"]),
            }
            for row in new.head(12).iter_rows(named=True)
        ],
        "more_new": new.height if new.height > 12 else 0,
    }


def _grid(reports: pl.DataFrame, reference: Reference) -> tuple[list, list[dict[str, object]]]:
    """Provinces → regions → years → tiles, a tile a report. Reports of no known region stand at the end."""
    provinces: dict[str, dict[str, dict]] = {}
    years: set[int | None] = set()
    for row in reports.sort("region_code", "year", "report_id", nulls_last=True).iter_rows(named=True):
        code = row["region_code"] or ""
        region = reference.regions.get(code) or {}
        province = region.get("province") or reference.region_name(code) or "地区不明 Unknown region"
        own, city = region.get("name") or code, region.get("city") or ""
        name = own if own in (city, province) else city + own
        line = provinces.setdefault(province, {}).setdefault(
            code, {"name": name or "—", "page": reference.region_href(code), "cells": {}}
        )
        years.add(row["year"])
        genre = label("genre", row["genre"])
        line["cells"].setdefault(row["year"], []).append(
            {
                "page": report_page(row["report_id"]),
                "title": f"{row['title'] or row['file_name']}（{genre.zh}）",
                "word": genre.note or genre.zh,
                "tone": "copy" if row["duplicate_of"] else TONES.get(row["genre"], ""),
            }
        )
    in_order = sorted(years, key=lambda year: (year is None, year or 0))
    return in_order, [{"name": name, "rows": list(rows.values())} for name, rows in provinces.items()]


def _varied(findings: Sequence[Mapping]) -> list[Mapping]:
    """A few findings for the front page: the first of each kind before a second of any."""
    seen: dict[str, int] = {}
    turns = []
    for order, finding in enumerate(findings):
        turn = seen[finding["kind"]] = seen.get(finding["kind"], -1) + 1
        turns.append((turn, order))
    return [findings[order] for _, order in sorted(turns)[:FINDINGS_SHOWN]]


def findings_values(findings: Sequence[Mapping]) -> dict[str, object]:
    """What `findings.html` needs."""
    kinds: dict[str, int] = {}
    for finding in findings:
        kinds[finding["kind"]] = kinds.get(finding["kind"], 0) + 1
    return {
        "findings": findings[:FINDINGS_LISTED],
        "left_out": max(len(findings) - FINDINGS_LISTED, 0),
        "kinds": [
            {"label": label("finding", kind), "count": count}
            for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def indicators_values(published: Published, reference: Reference) -> dict[str, object]:
    """What `indicators.html` needs: indicators by domain with the number of their observations."""
    counts = dict(
        published.select("core.observations", ("indicator_id",)).group_by("indicator_id").len().iter_rows()
    )
    domains: dict[str, list] = {}
    for indicator_id in sorted(reference.indicator_pages):
        indicator = reference.indicator(indicator_id)
        domains.setdefault(indicator.domain, []).append(
            {
                "page": indicator_page(indicator_id),
                "zh": indicator.zh,
                "en": indicator.en,
                "count": counts[indicator_id],
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
    counts = dict(reports.group_by("region_code").len().iter_rows())
    provinces: dict[str, list] = {}
    for code in sorted(reference.region_pages):
        province = (reference.regions.get(code) or {}).get("province") or reference.region_name(code)
        provinces.setdefault(province, []).append(
            {
                "page": region_page(code),
                "code": code,
                "name": reference.region_name(code),
                "count": counts[code],
            }
        )
    return {
        "provinces": [{"name": name, "regions": regions} for name, regions in provinces.items()],
        "unplaced": [
            {"page": report_page(row["report_id"]), **row}
            for row in reports.filter(pl.col("region_code").is_null()).iter_rows(named=True)
        ],
    }
