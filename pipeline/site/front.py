"""The front page: what the figures say, what changed, what asks for a look, and the log of the release."""

from collections.abc import Mapping, Sequence

import polars as pl

from pipeline.site.data import Published
from pipeline.site.headlines import headline_values
from pipeline.site.lists import unplaced_counts
from pipeline.site.names import report_page
from pipeline.site.reference import Reference
from pipeline.site.words import Label, label, labels

FINDINGS_SHOWN = 4
MOST_ROWS_OF_REPORTS = 400  # regions in the grid of reports; more stand in the list of regions
CHANGES_SHOWN = 8
UNKNOWN = Label("地区不明", "No known region")
TONES = {"summary": "results", "bulletin": "results", "summary_and_plan": "both"}
RELEASE = (
    "release_id", "built_at", "corpus_sha256", "extractor_version", "minzheng_version", "duckdb_version",
    "polars_version", "raw_files",
)  # fmt: skip


def read_release(published: Published) -> dict[str, object]:
    rows = published.select("meta.release", RELEASE, "LIMIT 1").to_dicts()
    return rows[0] if rows else dict.fromkeys(RELEASE)


def front_values(
    published: Published,
    reports: pl.DataFrame,
    findings: Sequence[Mapping],
    review: Mapping,
    reference: Reference,
) -> dict[str, object]:
    """What `index.html` needs; `review` is what `review.html` shows."""
    release = read_release(published)
    years, grid = _grid(reports, reference)
    return {
        **headline_values(published, reference),
        "totals": _totals(published, reports, reference),
        "latest": {
            "published_on": reports["published_on"].max() if reports.height else None,
            "ingested_at": reports["ingested_at"].max() if reports.height else None,
            "year": reports["year"].max() if reports.height else None,
        },
        "versions": [
            (zh, en, release[column])
            for zh, en, column in (
                ("程序版本", "Program", "minzheng_version"),
                ("提取规则版本", "Extractor", "extractor_version"),
            )
            if release[column]
        ],
        "kinds": _kinds(published),
        **_changes(published, reports, reference),
        **_asking(published, reports, review),
        "genres": [
            {"label": text, "word": label("genre_word", code), "tone": TONES.get(code, "")}
            for code, text in labels()["genre"].items()
            if code != "other"
        ],
        "years": years,
        "grid": grid,
        "findings": _varied(findings),
        "finding_count": len(findings),
    }


def _kinds(published: Published) -> list[tuple]:
    """How many numbers of each kind the texts hold: what they are is told of every one of them."""
    if not published.has("core.mentions"):
        return []
    counts = dict(published.query("SELECT kind, count(*) FROM core.mentions GROUP BY kind").iter_rows())
    order = [*labels()["kind"], *sorted(set(counts) - set(labels()["kind"]))]
    return [(label("kind", code), counts[code]) for code in order if code in counts]


def _asking(published: Published, reports: pl.DataFrame, review: Mapping) -> dict[str, object]:
    """What asks for a look: readings in doubt, figures without region or year, tables, files."""

    def count(table: str, where: str = "true") -> int:
        if not published.has(table):
            return 0
        return published.query(f"SELECT count(*) AS n FROM {table} WHERE {where}")["n"][0]

    return {
        "review_count": review["n"],
        "review_first": review["items"][:FINDINGS_SHOWN],
        "unplaced_count": sum(count for _, count in unplaced_counts(published)),
        "unread_count": count("core.tables", "state <> 'read'"),
        "rejected_count": count("core.rejected_files"),
        "no_region_count": reports["region_code"].null_count(),
    }


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


def _changes(published: Published, reports: pl.DataFrame, reference: Reference) -> dict[str, object]:
    """What differs from the last release: rows by table, values by region, new reports."""
    frame = published.select("meta.release_diff", ("table_name", "change", "row_key"))
    counts: dict[str, dict[str, int]] = {}
    for table, change, count in frame.group_by("table_name", "change").len().sort("table_name").iter_rows():
        counts.setdefault(table, {"added": 0, "changed": 0, "removed": 0})[change] = count
    values = frame.filter(pl.col("table_name") == "marts.indicators_by_region_year")
    by_region = (
        values.group_by(code=pl.col("row_key").str.extract("region_code=([0-9]{6})"))
        .len()
        .drop_nulls()
        .sort("len", "code", descending=[True, False])
    )
    added = frame.filter((pl.col("table_name") == "core.reports") & (pl.col("change") == "added"))["row_key"]
    new = reports.filter(pl.col("report_id").is_in(added.implode())).sort(
        "published_on", descending=True, nulls_last=True
    )
    return {
        "changes": [{"label": label("table", table), **row} for table, row in counts.items()],
        "changed_regions": [
            (reference.region_name(code), reference.region_href(code), count)
            for code, count in by_region.head(CHANGES_SHOWN).iter_rows()
        ],
        "more_changed": max(by_region.height - CHANGES_SHOWN, 0),
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
    """Provinces → regions → years → tiles, a tile a report. Reports of no known region stand at the end.

    A province's own reports stand in the line of its name.
    """
    provinces: dict[str, dict[str, dict]] = {}
    years: set[int | None] = set()
    shown = reports.sort("region_code", "year", "report_id", nulls_last=True)
    codes = shown["region_code"].unique(maintain_order=True).head(MOST_ROWS_OF_REPORTS)
    for row in shown.filter(pl.col("region_code").is_in(codes.implode(), nulls_equal=True)).iter_rows(
        named=True
    ):
        code = row["region_code"] or ""
        region = reference.regions.get(code) or {}
        own, city = region.get("name") or code, region.get("city") or ""
        own = own if own == city else city + own
        line = provinces.setdefault(code[:2], {}).setdefault(
            code,
            {
                "name": Label(own, own) if code else UNKNOWN,
                "page": reference.region_href(code),
                "cells": {},
            },
        )
        years.add(row["year"])
        genre, title = label("genre", row["genre"]), row["title"] or row["file_name"]
        line["cells"].setdefault(row["year"], []).append(
            {
                "page": report_page(row["report_id"]),
                "title": Label(f"{title}（{genre.zh}）", f"{title} ({genre.en})"),
                "word": label("genre_word", row["genre"]),
                "tone": "copy" if row["duplicate_of"] else TONES.get(row["genre"], ""),
            }
        )
    in_order = sorted(years, key=lambda year: (year is None, year or 0))
    return in_order, [_province(code, lines, reference) for code, lines in provinces.items()]


def _province(code: str, lines: dict[str, dict], reference: Reference) -> dict[str, object]:
    own = lines.pop(code + "0000", None) or {"page": None, "cells": {}}
    return {**own, "name": reference.province_name(code) if code else UNKNOWN, "rows": list(lines.values())}


def _varied(findings: Sequence[Mapping]) -> list[Mapping]:
    """A few findings for the front page: the first of each kind before a second of any."""
    seen: dict[str, int] = {}
    turns = []
    for order, finding in enumerate(findings):
        turn = seen[finding["kind"]] = seen.get(finding["kind"], -1) + 1
        turns.append((turn, order))
    return [findings[order] for _, order in sorted(turns)[:FINDINGS_SHOWN]]
