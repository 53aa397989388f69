"""Sentences of our own through the whole of extraction at once, and the rows that their numbers became."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl
from read_once import once

from pipeline import vocabulary
from pipeline.extraction.extract import extract
from pipeline.reading.reports.find import find_reports
from pipeline.reading.sections.tree import find_sections

Said = dict[str, dict[str, dict]]  # by text and by number in it, the fields that its row should have


class Understood:
    """What was read from texts, each a document under the same title and heading.

    `documents`: document_id, text. `reports` and `sections` as `extract` takes them, `mentions`,
    `observations`, `readings` and `contexts` as `extract` returns them, all read by the first that asks.
    """

    _made = 0  # documents so far
    _waiting: ClassVar[list[Understood]] = []

    def __init__(
        self,
        texts,
        title: str = "某县民政局2023年工作总结",
        heading: str = "主要情况",
        region: str = "341825",
    ) -> None:
        self.region = region
        self.places = {text: f"{Understood._made + i:016x}" for i, text in enumerate(texts)}
        Understood._made += len(self.places)
        self.documents = pl.DataFrame(
            {
                "document_id": list(self.places.values()),
                "text": [f"{title}\n一、{heading}\n{text}\n" for text in self.places],
            }
        )

    @classmethod
    def beside_others(cls, texts, *said: str, **more: str) -> Understood:
        """The same for texts of a module, read as one batch with all others made by this so far: a batch of
        one sentence takes as long as one of a thousand. That a document reads the same alone as beside
        others is what `test_extraction_batches` asserts."""
        read = cls(texts, *said, **more)
        cls._waiting.append(read)
        return read

    def __getattr__(self, name: str) -> pl.DataFrame:
        if name not in FRAMES:
            raise AttributeError(name)
        if "_found" not in vars(self):
            waiting, Understood._waiting = [r for r in Understood._waiting if r is not self], []
            try:
                found = _read_once([*waiting, self])
            except Exception:  # perhaps over a text of others, whose tests say so
                Understood._waiting = waiting
                waiting, found = [], _read([self])
            for read in (*waiting, self):
                read._found = found
        frame = self._found[name].filter(pl.col("document_id").is_in(self.documents["document_id"].implode()))
        setattr(self, name, frame)
        return frame

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
        assert self.wrong({text: {number: expected}}) == {}

    def wrong(self, said: Said) -> dict[tuple[str, str], object]:
        """What was read otherwise than `said`: by text and number, each such field as it was read and as it
        should be."""
        found: dict[tuple[str, str], object] = {}
        for text, number, expected in ((t, n, e) for t, numbers in said.items() for n, e in numbers.items()):
            try:
                row = self.row(text, number)
            except AssertionError as error:
                found[text, number] = str(error)
                continue
            if other := {f: (row[f], value) for f, value in expected.items() if row[f] != value}:
                found[text, number] = other | {"rule": row["rule"], "word": row["subject_word"]}
        return found


FRAMES = ("reports", "sections", "mentions", "observations", "readings", "contexts")


def said(year: int, start: date | None = None, end: date | None = None, **more: object) -> dict[str, object]:
    """What is expected of when a figure is: its year and its period, and more."""
    return {"year": year, "period_start": start, "period_end": end, **more}


def _read_once(several: list[Understood]) -> dict[str, pl.DataFrame]:
    """The same in whichever process of the session asks first."""
    several = sorted(several, key=lambda read: min(read.places.values()))
    told = tuple((read.region, *read.documents.rows()) for read in several)
    return once(("sentences", vocabulary.version(), *told), lambda: _read(several))


def _read(several: list[Understood]) -> dict[str, pl.DataFrame]:
    """The texts of all, as one batch."""
    documents = pl.concat([read.documents for read in several])
    regions = pl.concat([r.documents.select("document_id", region_code=pl.lit(r.region)) for r in several])
    reports = find_reports(documents).join(regions, on="document_id", how="left", maintain_order="left")
    sections = find_sections(documents, reports)
    found = extract(documents, reports, sections)._asdict() | {"reports": reports, "sections": sections}
    return {name: found[name] for name in FRAMES}
