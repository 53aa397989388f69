"""Reports read from texts: what tests of titles, issuers and years share."""

import polars as pl

from pipeline.reading.reports.find import find_reports

PROSE = (
    "干部们挨家挨户走访，把符合条件的人家都纳入保障，把不再符合条件的及时退出，做到有进有出、账目清楚。\n"
    "厨房换了新的灶具，院子里添了健身器材，冬天的暖气也提前烧了起来，老人们都说日子比往年舒坦多了。\n"
    "社区一年办了好几十场活动，有教老人用手机的，有陪孩子写作业的，邻里之间走动得比从前更勤快了。\n"
)


def read(*texts: str) -> list[dict]:
    documents = pl.DataFrame({"document_id": [f"{i:016x}" for i in range(len(texts))], "text": list(texts)})
    return find_reports(documents).to_dicts()


def one_of_each(texts: list[str]) -> list[dict]:
    """The one report of each text."""
    found = read(*texts)
    assert [report["document_id"] for report in found] == [f"{i:016x}" for i in range(len(texts))]
    return found
