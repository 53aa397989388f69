"""Sentences of our own through the whole of extraction at once, and the rows that their numbers became."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.extract import extract
from pipeline.reading.reports.find import find_reports
from pipeline.reading.sections.tree import find_sections


class Understood:
    """What was read from texts, each a document under the same title and heading.

    `documents`: document_id, text. `reports` and `sections` as `extract` takes them, `mentions`
    and `observations` as `extract` returns them.
    """

    def __init__(
        self,
        texts,
        title: str = "某县民政局2023年工作总结",
        heading: str = "主要情况",
        region: str = "341825",
    ) -> None:
        self.places = {text: f"{i:016x}" for i, text in enumerate(texts)}
        self.documents = pl.DataFrame(
            {
                "document_id": list(self.places.values()),
                "text": [f"{title}\n一、{heading}\n{text}\n" for text in self.places],
            }
        )
        self.reports = find_reports(self.documents).with_columns(region_code=pl.lit(region))
        self.sections = find_sections(self.documents, self.reports)
        extracted = extract(self.documents, self.reports, self.sections)
        self.mentions, self.observations, self.readings, self.contexts, *_ = extracted

    def row(self, text: str, number: str) -> dict:
        """The observation that the first `number` of a text became; fails where it became none."""
        document = self.places[text]
        whole = self.documents.row(by_predicate=pl.col("document_id") == document)[1]
        at = whole.rindex(text) + text.index(number)
        rows = self.observations.filter(
            (pl.col("document_id") == document) & (pl.col("span_start") <= at) & (pl.col("span_end") > at)
        )
        assert rows.height == 1, f"{number} in {text!r} is not an observation"
        return rows.row(0, named=True)

    def check(self, text: str, number: str, expected: dict) -> None:
        """Fail unless the row of a number has the expected fields."""
        row = self.row(text, number)
        assert {f: row[f] for f in expected} == expected, (text, number, row["rule"], row["subject_word"])


def cases(texts: dict[str, dict[str, dict]]) -> list[tuple[str, str]]:
    """The pairs of a text and a number in it, for a test's parameters."""
    return [(text, number) for text, said in texts.items() for number in said]
