"""What a reader would copy from the head of a page, in the layouts of many kinds of sites: title, issuer,
date, region and year; and nothing where the page doesn't say it."""

import csv
from pathlib import Path

import polars as pl
import pytest

from pipeline.reading.regions.resolve import resolve_regions
from pipeline.reading.reports.find import find_reports
from pipeline.reading.reports.issuers import complete_issuers

FIELDS = ("title", "issuer", "published_on", "region_code", "year", "genre")
with (Path(__file__).parent / "data" / "page_heads.csv").open(encoding="utf-8", newline="") as handle:
    # Pages in our own words; a bar parts several right answers, an empty genre is not asked.
    PAGES = {row["case"]: row for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def read() -> dict[str, list[dict]]:
    ids = [f"{n:016x}" for n in range(len(PAGES))]
    documents = pl.DataFrame(
        {
            "document_id": ids,
            "file_name": [f"{i}.txt" for i in ids],
            "text": [p["text"] for p in PAGES.values()],
        }
    )
    reports = complete_issuers(resolve_regions(find_reports(documents), documents), documents)
    found = reports.partition_by("document_id", as_dict=True)
    return {case: found[(i,)].to_dicts() for case, i in zip(PAGES, ids, strict=True)}


def test_page_head(read, subtests):
    for case in PAGES:
        with subtests.test(case):
            (report,) = read[case]
            for field in FIELDS:
                right = PAGES[case][field].split("|")
                if field != "genre" or right != [""]:
                    assert str(report[field] or "") in right, field
            assert (
                (report["year"] is None)
                == (report["year_method"] is None)
                == (report["year_evidence"] is None)
            )
