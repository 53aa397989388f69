"""Words and quantities of a batch in one order, so that "the nearest cue before it" is one join.

`at` is the key of that order: the document's running number in the high bits, the offset in the low ones.
Nothing here knows what a word means.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.stands import mark_leads, place_clauses, unplaced
from pipeline.extraction.words import find_words
from pipeline.reading.layout.compute import so_far
from pipeline.reading.layout.cutting import cut_clauses
from pipeline.reading.layout.mending import Reading
from pipeline.vocabulary import pattern

DOCUMENT = 1 << 32  # longer than any text
UNITS = ("line", "statement", "sentence", "clause")


@dataclass(frozen=True)
class Stream:
    """One batch of readings, cut into clauses and words.

    `documents`: document_id, doc (running number). `clauses`: `frame.clauses`, in order, with
    `frame.placed_clauses` once they are placed in reports. `words`: `frame.words`, in order. `cues`: what
    words and patterns say of the numbers near them. line, statement (sentences that only a semicolon
    divides), sentence and clause are running numbers over the whole batch, so that equal numbers mean the
    same line, sentence or clause of the same document.
    """

    documents: pl.DataFrame
    clauses: pl.DataFrame
    words: pl.DataFrame
    cues: Cues

    def place(self, frame: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """Give rows with document_id and offsets their at, end_at, line, sentence and clause; sorted by at.

        `start` and `end` name the columns of the offsets into the reading. Rows of other documents are
        dropped.
        """
        if "doc" not in frame.columns:
            frame = frame.join(self.documents, on="document_id", how="inner", maintain_order="left")
        base = pl.col("doc") * DOCUMENT
        keyed = frame.with_columns(at=base + pl.col(start), end_at=base + pl.col(end))
        if not keyed["at"].is_sorted():  # mostly they come in the order of the texts
            keyed = keyed.sort("at")
        ids = self.clauses.select(*UNITS, clause_at="at").with_columns(pl.col("clause_at").set_sorted())
        return (
            keyed.drop("doc")
            .with_columns(pl.col("at").set_sorted())
            .join_asof(ids, left_on="at", right_on="clause_at", strategy="backward")
            .drop("clause_at")
        )

    def without_words_in(self, quantities: pl.DataFrame) -> Stream:
        """The stream without the words that are part of a quantity (18万名 holds no 万名).

        `quantities`: at, end_at, in order.
        """
        spans = quantities.select(pl.col("at").alias("q_at").set_sorted(), q_end="end_at")

        def drop(words: pl.DataFrame) -> pl.DataFrame:
            inside = words.join_asof(spans, left_on="at", right_on="q_at", strategy="backward")
            return inside.filter((pl.col("at") >= pl.col("q_end")).fill_null(True)).drop("q_at", "q_end")

        hits = Cues(drop(self.cues.hits), self.clauses)
        return Stream(self.documents, self.clauses, drop(self.words), hits)

    def in_reports(
        self, reading: Reading, reports: pl.DataFrame, sections: pl.DataFrame, statements: pl.Series
    ) -> Stream:
        """The stream, its clauses placed in their reports (see `cues.stands`); `statements` hold figures."""
        written = reading.to_written(self.clauses.select("document_id", "start"), ["start"])["start"]
        clauses = mark_leads(place_clauses(self.clauses, written, reports, sections), statements)
        return Stream(self.documents, clauses, self.words, Cues(self.cues.hits, clauses))

    def followed_by(self, other: Stream) -> Stream:
        """The documents of another stream behind those of this one, whose clauses are placed in reports.

        Those of the other one are not: they are the text of no report, under no heading.
        """
        if other.clauses.is_empty():
            return self
        ends = self.clauses.select(pl.col(*UNITS, "paragraph", "item").max() + 1).row(0, named=True)
        behind = self.documents.height
        moved = {**ends, "doc": behind, "at": behind * DOCUMENT, "end_at": behind * DOCUMENT}

        def joined(own: pl.DataFrame, further: pl.DataFrame) -> pl.DataFrame:
            further = further.with_columns(pl.col(c) + by for c, by in moved.items() if c in further.columns)
            return pl.concat([own, further.select(own.columns)], rechunk=True)

        clauses = joined(self.clauses, unplaced(other.clauses))
        hits = joined(self.cues.hits, other.cues.hits)
        documents = joined(self.documents, other.documents)
        return Stream(documents, clauses, joined(self.words, other.words), Cues(hits, clauses))

    def with_depth(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add `depth`: how many brackets are open before each row's `at` in its sentence (0 to 2)."""
        step = pl.when(pl.col("word") == "(").then(1).otherwise(-1)
        marks = self.words.filter(pl.col("word").is_in(["(", ")"])).select(
            mark_at=pl.col("at").set_sorted(), mark_sentence="sentence", depth=so_far(step, "sentence")
        )
        rows = rows.join_asof(
            marks, left_on="at", right_on="mark_at", strategy="backward", check_sortedness=False
        )
        same = pl.col("mark_sentence") == pl.col("sentence")
        return rows.with_columns(depth=pl.when(same).then(pl.col("depth").clip(0, 2)).otherwise(0)).drop(
            "mark_at", "mark_sentence"
        )


def open_stream(readings: pl.DataFrame) -> Stream:
    """Find the clauses, words and cues of readings (document_id, reading; document_id unique)."""
    documents = readings.select("document_id").with_columns(doc=pl.int_range(pl.len(), dtype=pl.Int64))
    base = pl.col("doc") * DOCUMENT
    clauses = cut_clauses(readings).select(
        "document_id",
        "start",
        "end",
        "text",
        "line",
        "paragraph",
        "item",
        "sentence",
        "clause",
        at=base + pl.col("start"),
        end_at=base + pl.col("end"),
    )
    clauses = clauses.with_columns(statement=_statements())
    bare = Stream(documents, clauses, pl.DataFrame(), Cues(pl.DataFrame(), clauses))
    words = bare.place(find_words(readings), "start", "end")
    return Stream(documents, clauses, words, Cues.find(words, clauses))


def _statements() -> pl.Expr:
    """The running number of each clause's statement: sentences that only a semicolon divides, be it at the
    end of a line, and what goes on with 其中.
    """
    same_line = pl.col("line").shift(-1) == pl.col("line")
    same_text = pl.col("document_id").shift(-1) == pl.col("document_id")
    goes_on = (
        (pl.col("text").str.contains(r";\n?$") & same_text)
        | (pl.col("sentence").shift(-1) == pl.col("sentence"))
        | (same_line & pl.col("text").shift(-1).str.contains(pattern("portion_opens")))
    )
    return (~goes_on).shift(1, fill_value=False).cum_sum().cast(pl.Int64)
