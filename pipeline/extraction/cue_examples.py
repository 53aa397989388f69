"""Whether cues are what their rows say: each is found in its examples and not in its counterexamples, and no
two of them say different things of the same words."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.find import tied
from pipeline.extraction.cues.rows import list_cells
from pipeline.extraction.sequence import DOCUMENT, open_stream
from pipeline.extraction.words import cue_words, subject_words
from pipeline.vocabulary import rows as vocabulary


def wrong_examples() -> list[tuple[dict[str, str], str, str]]:
    """The examples of `fields/cues.csv` that turn out otherwise: the cue's row, `yes` or `no`, the example.

    Of the vocabulary in use. A cue that a longer one covers is not found; mere decoys are not tried.
    """
    asked = [
        (number, row, cell, example)
        for number, row in enumerate(vocabulary("fields/cues.csv"))
        for cell in ("yes", "no")
        for example in list_cells(row[cell])
        if row["field"]
    ]
    names = [f"{place:06d}" for place in range(len(asked))]
    texts = pl.DataFrame({"document_id": names, "reading": [example for *_, example in asked]})
    hits = open_stream(texts).cues.hits
    found = set(hits.select(pl.col("at") // DOCUMENT, "cue").iter_rows())
    return [
        (row, cell, example)
        for place, (number, row, cell, example) in enumerate(asked)
        if ((place, number) in found) != (cell == "yes")
    ]


def tied_cues() -> list[tuple[dict[str, str], dict[str, str], str]]:
    """The cues between which only the order of their rows decides somewhere: two rows of `fields/cues.csv`,
    and what they both mark.

    Of the vocabulary in use; looked for in all examples, and in all words of subjects and cues.
    """
    rows = vocabulary("fields/cues.csv")
    texts = {example for row in rows for cell in ("yes", "no") for example in list_cells(row[cell])}
    readings = pl.DataFrame({"reading": sorted({*texts, *subject_words()["word"], *cue_words()["word"]})})
    stream = open_stream(
        readings.select(pl.int_range(pl.len()).cast(pl.String).alias("document_id"), "reading")
    )
    pairs = tied(stream.words, stream.clauses).unique(["cue", "other"], keep="first", maintain_order=True)
    return [
        (rows[cue], rows[other], word) for cue, other, word in pairs.select("cue", "other", "word").rows()
    ]
