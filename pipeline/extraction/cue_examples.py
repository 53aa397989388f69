"""Whether each cue is found in the examples that its row gives, and not in its counterexamples."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.rows import list_cells
from pipeline.extraction.sequence import DOCUMENT, open_stream
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
