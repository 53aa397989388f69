"""`minzheng site`: the published file in, a folder of static pages out."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline.settings import SITE_MARK
from pipeline.site import front, indicator, lists, search
from pipeline.site.data import BEST, Published, corrections, grouped, report_parts, reports, rows_by, uses
from pipeline.site.findings import by_report, grouped_rows, in_report, read_findings
from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.plans import conflicts_by, plans_by
from pipeline.site.reference import read_reference
from pipeline.site.region import province_values, region_values
from pipeline.site.render import write_page
from pipeline.site.report import report_values
from pipeline.site.review import review_values
from pipeline.site.words import labels

FOLDER = Path(__file__).parent


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
        to.exists() and not (to.is_dir() and (not any(to.iterdir()) or (to / SITE_MARK).is_file()))
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
    (folder / SITE_MARK).write_text(
        "Written by `minzheng site`, which may replace this folder.\n", encoding="utf-8"
    )
    _write_assets(folder)
    pages = _Pages(source, folder)
    pages.reports()
    pages.indicators()
    pages.regions()
    pages.lists()
    pages.search()
    return {
        "reports": pages.about.height,
        "indicators": len(pages.reference.indicator_pages),
        "regions": len(pages.reference.region_pages),
    }


def _write_assets(folder: Path) -> None:
    shutil.copytree(FOLDER / "static", folder / "assets")
    groups = ("kind", "status", "scope", "residence", "change", "flag", "rule", "trust", "doubt")
    said = {group: labels().get(group, {}) for group in groups}
    write_script(folder / "assets" / "labels.js", "MINZHENG_LABELS", said)


def write_script(path: Path, name: str, value: object, add: bool = False) -> None:
    """A script that sets `window.name`: a page on disk can load a script, but may not fetch JSON.

    With `add` it stands behind what the file holds, and a mapping is laid over what the name holds.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    script = f"window.{name} = {text};\n"
    if add and isinstance(value, dict):
        script = f"window.{name} = Object.assign(window.{name} || {{}}, {text});\n"
    with path.open("a" if add else "w", encoding="utf-8") as file:
        file.write(script)


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
        searched = len(about) <= search.MOST_TEXTS
        texts = []
        for part in report_parts(self.source, list(about)):
            key = part["report_id"]
            found = [in_report(finding, key) for finding in findings.get(key, ())]
            values = report_values(about[key], part, found, corrected, part["trust"], self.reference)
            self.write(report_page(key), "report.html", values)
            if searched:
                texts.append(part["text"])
        for number, words in enumerate(search.words_in_texts(texts) if searched else ()):
            write_script(self.folder / "assets" / f"texts-{number}.js", "MINZHENG_TEXTS", words, add=True)

    def indicators(self) -> None:
        definitions = indicator.definitions(self.source)
        about = {row["report_id"]: row for row in self.about.iter_rows(named=True)}
        keys = sorted(self.reference.indicator_pages)
        plans = plans_by(self.source, "indicator_id", keys, self.reference)
        for key, rows, totals in indicator.rows_of_indicators(self.source, keys):
            values = indicator.indicator_values(
                self.reference.indicator(key),
                definitions.get(key, {}),
                rows,
                totals,
                next(plans)[1],
                indicator.sources_of(self.source, rows),
                about,
                self.release,
                self.reference,
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
        coverage = rows_by(
            self.source,
            "marts.coverage",
            ("region_code", "year", "indicator_id", "is_headline", "state"),
            "region_code",
            keys,
            "year, indicator_id",
        )
        provinces = province_values(self.source)
        for (key, best), (_, tasks), (_, planned), (_, conflicting), (_, covered) in zip(
            rows, work, plans, conflicts, coverage, strict=True
        ):
            values = region_values(
                key,
                best,
                reports_of.get(key, []),
                planned,
                conflicting,
                tasks,
                findings.get(key, []),
                [row for row in covered if row["is_headline"]],
                provinces,
                self.reference,
            )
            self.write(region_page(key), "region.html", values)

    def lists(self) -> None:
        review = review_values(self.source, self.reference)
        values = {
            "index": front.front_values(self.source, self.about, self.findings, review, self.reference),
            "findings": lists.findings_values(self.source, self.findings, self.about, self.reference),
            "indicators": lists.indicators_values(self.source, self.reference),
            "regions": lists.regions_values(self.about, self.reference),
            "review": review,
            "about": {"labels": labels()},
        }
        for name, filled in values.items():
            self.write(f"{name}.html", f"{name}.html", filled)

    def search(self) -> None:
        covers = dict(self.source.select("ref.subjects", ("subject", "covers")).iter_rows())
        entries = search.search_entries(self.about, uses(self.source), covers, self.reference)
        index = self.folder / "assets" / "search-index.js"
        write_script(index, "MINZHENG_SEARCH", entries)
        write_script(index, "MINZHENG_SYNONYMS", search.synonyms(self.reference), add=True)
        parts = search.PARTS if self.about.height <= search.MOST_TEXTS else 0
        write_script(index, "MINZHENG_TEXT_PARTS", parts, add=True)
