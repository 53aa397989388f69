"""Why numbers were read as they were: the readings that extraction weighed and left, laid open."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.attribute import place_numbers
from pipeline.extraction.extract import measured
from pipeline.extraction.numbers.read import numbers_in
from pipeline.extraction.sequence import open_stream
from pipeline.extraction.subjects.find import weigh_candidates
from pipeline.extraction.tables.read import cell_stream
from pipeline.extraction.tables.units import cell_numbers
from pipeline.reading.layout.mending import read_text
from pipeline.reading.tables.find import find_tables


def candidates(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every subject that was weighed for the numbers of documents, with its features and score.

    Takes what `extract` takes. Returns observation_id, then `frame.features` and score, each number's best
    first. A figure in a table is weighed by its heads, as `extract` does.
    """
    reading = read_text(documents, skipped)
    stream = open_stream(reading.frame)
    tables = find_tables(reading.frame)
    placed = measured(
        numbers_in(reading.frame, cell_numbers(tables)), reading, documents, reports, sections, tasks
    )
    stream, numbers = place_numbers(stream, placed)
    cells, figures = cell_stream(tables, placed, reports)
    cells, figures = place_numbers(cells, figures)
    written = reading.to_written(numbers.select("q", "document_id", "q_start", "q_end"), ["q_start"])
    name = pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String)
    ids = written.select("q", observation_id=name, key=numbers.select(name).to_series())
    in_cells = ids.join(figures.select("q", key="document_id"), on="key", suffix="_cell")
    prose = ids.join(in_cells, on="key", how="anti")
    said = weigh_candidates(stream, numbers).join(prose, on="q", maintain_order="left")
    by_heads = weigh_candidates(cells, figures).join(
        in_cells.select("observation_id", q="q_cell"), on="q", maintain_order="left"
    )
    found = pl.concat([said, by_heads], how="diagonal").drop("q", "key")
    return found.select("observation_id", pl.exclude("observation_id")).sort(
        "observation_id", maintain_order=True
    )
