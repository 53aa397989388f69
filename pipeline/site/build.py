"""`minzheng site`: the published file in, a folder of static pages out."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline.site import front, indicator
from pipeline.site.data import BEST, Published, corrections, grouped, report_parts, reports, rows_by
from pipeline.site.findings import by_report, grouped_rows, in_report, read_findings
from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.plans import conflicts_by, plans_by
from pipeline.site.reference import read_reference
from pipeline.site.region import region_values
from pipeline.site.render import write_page
from pipeline.site.report import report_values
from pipeline.site.search import search_entries
from pipeline.site.words import labels

FOLDER = Path(__file__).parent
MARKER = ".minzheng-site"


class NotASite(ValueError):
    """The target folder holds something else, and is left alone."""


def build_site(published: Path, to: Path) -> dict[str, Any]:
    """Write the report browser of the published file into the folder `to`.

    The pages are made beside `to` and put in its place at the end, so that a reader never meets half a
    site and no page of an earlier release stays. Returns `index` (the front page's path), `reports`,
    `indicators`, `regions`, `pages` (counts), `bytes` and `seconds`. Raises FileNotFoundError where there
    is no published file, NotASite where `to` holds anything that this function did not write.
    """
    started = perf_counter()
    to = to.absolute()
    if to.is_symlink() or (
        to.exists() and not (to.is_dir() and (not any(to.iterdir()) or (to / MARKER).is_file()))
    ):
        raise NotASite(f"{to} holds something other than a site of minzheng: name an empty or a new folder")
    to.parent.mkdir(parents=True, exist_ok=True)
    with Published(published) as source:
        made = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
        try:
            made.chmod(0o755)
            counts = _write(source, made)
            _put_in_place(made, to)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    files = [path for path in to.rglob("*") if path.is_file()]
    return {
        "index": str(to / "index.html"),
        **counts,
        "pages": sum(path.suffix == ".html" for path in files),
        "bytes": sum(path.stat().st_size for path in files),
        "seconds": round(perf_counter() - started, 2),
    }


def _put_in_place(made: Path, to: Path) -> None:
    if to.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{to.name}-old-", dir=to.parent))
        os.replace(to, old / "site")
        os.replace(made, to)
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.replace(made, to)


def _write(source: Published, folder: Path) -> dict[str, int]:
    (folder / MARKER).write_text(
        "Written by `minzheng site`, which may replace this folder.\n", encoding="utf-8"
    )
    _write_assets(folder)
    pages = _Pages(source, folder)
    pages.reports()
    pages.indicators()
    pages.regions()
    pages.lists()
    return {
        "reports": pages.about.height,
        "indicators": len(pages.reference.indicator_pages),
        "regions": len(pages.reference.region_pages),
    }


def _write_assets(folder: Path) -> None:
    shutil.copytree(FOLDER / "static", folder / "assets")
    groups = ("kind", "status", "scope", "residence", "change", "flag", "rule")
    said = {group: labels().get(group, {}) for group in groups}
    write_script(folder / "assets" / "labels.js", "MINZHENG_LABELS", said)


def write_script(path: Path, name: str, value: object) -> None:
    """A script that sets `window.name`: a page on disk can load a script, but may not fetch JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    path.write_text(f"window.{name} = {text};\n", encoding="utf-8")


class _Pages:
    """Writes each kind of page; what several kinds need is read once."""

    def __init__(self, source: Published, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.reference = read_reference(source)
        self.release = front.read_release(source)
        self.about = reports(source)
        self.findings = read_findings(source, self.reference)

    def write(self, page: str, template: str, values: Mapping) -> None:
        write_page(self.folder, page, template, {"release": self.release, **values})

    def reports(self) -> None:
        about = {row["report_id"]: row for row in self.about.iter_rows(named=True)}
        findings, corrected = by_report(self.findings), corrections(self.source)
        for part in report_parts(self.source, list(about)):
            key = part["report_id"]
            found = [in_report(finding, key) for finding in findings.get(key, ())]
            values = report_values(about[key], part, found, corrected, self.reference)
            self.write(report_page(key), "report.html", values)

    def indicators(self) -> None:
        definitions = indicator.definitions(self.source)
        keys = sorted(self.reference.indicator_pages)
        plans = plans_by(self.source, "indicator_id", keys, self.reference)
        order = "year DESC, region_code, status, residence, subgroup, observation_id"
        for key, rows in rows_by(
            self.source, "marts.indicators_by_region_year", BEST, "indicator_id", keys, order
        ):
            about = self.reference.indicator(key)
            values = indicator.indicator_values(
                about, definitions.get(key, {}), rows, next(plans)[1], self.reference
            )
            self.write(indicator_page(key), "indicator.html", values)

    def regions(self) -> None:
        keys = sorted(self.reference.region_pages)
        reports_of = grouped(self.about, "region_code")
        findings = grouped_rows(self.findings, "region_code")
        rows = rows_by(
            self.source, "marts.indicators_by_region_year", BEST, "region_code", keys, "year, indicator_id"
        )
        work = rows_by(
            self.source,
            "marts.work_programme",
            ("region_code", "year", "domain"),
            "region_code",
            keys,
            "year",
        )
        plans = plans_by(self.source, "region_code", keys, self.reference)
        conflicts = conflicts_by(self.source, keys, self.reference)
        for (key, best), (_, tasks), (_, planned), (_, conflicting) in zip(
            rows, work, plans, conflicts, strict=True
        ):
            values = region_values(
                key,
                best,
                reports_of.get(key, []),
                planned,
                conflicting,
                tasks,
                findings.get(key, []),
                self.reference,
            )
            self.write(region_page(key), "region.html", values)

    def lists(self) -> None:
        self.write(
            "index.html",
            "index.html",
            front.front_values(self.source, self.about, self.findings, self.reference),
        )
        self.write("findings.html", "findings.html", front.findings_values(self.findings))
        self.write("indicators.html", "indicators.html", front.indicators_values(self.source, self.reference))
        self.write("regions.html", "regions.html", front.regions_values(self.about, self.reference))
        self.write("about.html", "about.html", {"labels": labels()})
        covers = dict(self.source.select("ref.subjects", ("subject", "covers")).iter_rows())
        entries = search_entries(self.about, covers, self.reference)
        write_script(self.folder / "assets" / "search-index.js", "MINZHENG_SEARCH", entries)
