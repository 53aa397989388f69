"""The search index: names of indicators, regions and reports, as written and in simplified script."""

from collections.abc import Iterable

import polars as pl
from opencc_pyo3 import OpenCC

from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.reference import Reference


def search_entries(reports: pl.DataFrame, covers: dict[str, str], reference: Reference) -> list[list[str]]:
    """Rows of [kind (`i`ndicator, `r`egion, `d`ocument), page, Chinese, English, further words]."""
    return [*_indicators(covers, reference), *_regions(reference), *_reports(reports, reference)]


def _indicators(covers: dict[str, str], reference: Reference) -> Iterable[list[str]]:
    for indicator_id in sorted(reference.indicator_pages):
        indicator = reference.indicator(indicator_id)
        words = f"{indicator_id} {covers.get(indicator.subject, '')}"
        yield ["i", indicator_page(indicator_id), indicator.zh, indicator.en, words]


def _regions(reference: Reference) -> Iterable[list[str]]:
    for code in sorted(reference.region_pages):
        yield ["r", region_page(code), reference.region_name(code), "", code]


def _reports(reports: pl.DataFrame, reference: Reference) -> Iterable[list[str]]:
    simplified = OpenCC("t2s")
    for row in reports.iter_rows(named=True):
        title = row["title"] or row["file_name"] or row["report_id"]
        words = " ".join(
            str(word)
            for word in (
                simplified.convert(title), row["issuer"], row["document_no"], row["index_no"], row["year"],
                reference.region_name(row["region_code"]), row["file_name"],
            )
            if word
        )  # fmt: skip
        yield [
            "d",
            report_page(row["report_id"]),
            title,
            " ".join(filter(None, (row["issuer"], str(row["year"] or "")))),
            words,
        ]
