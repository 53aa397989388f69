"""Words and quantities of a batch in one order, so that "the nearest cue before it" is one join.

`at` is the key of that order: the document's running number in the high bits, the offset in the low ones.
Nothing here knows what a word means.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

from pipeline.extraction.words import cue_words, find_words
from pipeline.reading.layout.cutting import cut_clauses

DOCUMENT = 1 << 32  # longer than any text


@dataclass(frozen=True)
class Stream:
    """One batch of readings, cut into clauses and words.

    `documents`: document_id, doc (running number). `clauses`: document_id, start, end, text, at, end_at,
    line, sentence, clause, in order. `words`: document_id, start, end, word, at, end_at, line, sentence,
    clause, in order. `cues`: the words that are cues, with kind and value. line, sentence and clause are
    running numbers over the whole batch, so that equal numbers mean the same line, sentence or clause of
    the same document.
    """

    documents: pl.DataFrame
    clauses: pl.DataFrame
    words: pl.DataFrame
    cues: pl.DataFrame

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
        ids = self.clauses.select("line", "sentence", "clause", clause_at="at").with_columns(
            pl.col("clause_at").set_sorted()
        )
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

        return Stream(self.documents, self.clauses, drop(self.words), drop(self.cues))

    def with_depth(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add `depth`: how many brackets are open before each row's `at` in its sentence (0 to 2)."""
        step = pl.when(pl.col("word") == "(").then(1).otherwise(-1)
        marks = self.words.filter(pl.col("word").is_in(["(", ")"])).select(
            mark_at=pl.col("at").set_sorted(), mark_sentence="sentence", depth=step.cum_sum().over("sentence")
        )
        rows = rows.join_asof(
            marks, left_on="at", right_on="mark_at", strategy="backward", check_sortedness=False
        )
        same = pl.col("mark_sentence") == pl.col("sentence")
        return rows.with_columns(depth=pl.when(same).then(pl.col("depth").clip(0, 2)).otherwise(0)).drop(
            "mark_at", "mark_sentence"
        )

    def cue(self, kind: str) -> pl.DataFrame:
        """The cues of a kind (cues.csv), in order: at, end_at, clause, sentence, line, value, word."""
        return self._cues_by_kind.get(kind, self.cues.clear()).select(
            "at", "end_at", "clause", "sentence", "line", "value", "word"
        )

    @cached_property
    def _cues_by_kind(self) -> dict[str, pl.DataFrame]:
        parts = self.cues.partition_by("kind", as_dict=True, maintain_order=True)
        return {kind: part for (kind,), part in parts.items()}

    @staticmethod
    def drop_cues(rows: pl.DataFrame, *kinds: str) -> pl.DataFrame:
        """The rows without what `last_cue` and `next_cue` (as next_KIND) joined: wide rows are slow rows."""
        ends = ("", "_at", "_end_at", "_word")
        return rows.drop([kind + end for kind in kinds for end in ends], strict=False)

    def last_cue(self, rows: pl.DataFrame, kind: str, within: str = "clause") -> pl.DataFrame:
        """Join the last cue of a kind before each row's `at`, where it stands in the same clause.

        `within` may be sentence or line instead. Adds KIND (value), KIND_at, KIND_end_at and KIND_word,
        null where there is none.
        """
        return self._nearest(rows, kind, within, "at", "backward", kind)

    def next_cue(self, rows: pl.DataFrame, kind: str, within: str = "clause") -> pl.DataFrame:
        """The same for the first cue at or behind each row's `end_at`; the columns begin with `next_`."""
        return self._nearest(rows, kind, within, "end_at", "forward", f"next_{kind}")

    def _nearest(
        self,
        rows: pl.DataFrame,
        kind: str,
        within: str,
        on: str,
        strategy: Literal["backward", "forward"],
        name: str,
    ) -> pl.DataFrame:
        """Join the cue of a kind that is nearest to each row's `on`, as the columns NAME, NAME_at, …"""
        cues = self.cue(kind).select(
            pl.col("value").alias(name),
            pl.col("at").alias(f"{name}_at"),
            pl.col("end_at").alias(f"{name}_end_at"),
            pl.col("word").alias(f"{name}_word"),
            _key=pl.col("at").set_sorted(),
            _within=within,
        )
        out = rows.join_asof(cues, left_on=on, right_on="_key", strategy=strategy, check_sortedness=False)
        keep = (pl.col("_within") == pl.col(within)).fill_null(False)
        added = (name, f"{name}_at", f"{name}_end_at", f"{name}_word")
        return out.with_columns(pl.when(keep).then(pl.col(c)).alias(c) for c in added).drop(
            "_within", "_key", strict=False
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
        "sentence",
        "clause",
        at=base + pl.col("start"),
        end_at=base + pl.col("end"),
    )
    stream = Stream(documents, clauses, pl.DataFrame(), pl.DataFrame())
    words = stream.place(find_words(readings), "start", "end")
    cues = words.join(cue_words(), on="word", how="inner", maintain_order="left")
    return Stream(documents, clauses, words, cues)
