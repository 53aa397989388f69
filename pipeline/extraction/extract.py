"""Text to mentions and observations: the whole of extraction for a batch of documents, in its order."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pipeline.extraction.attribute import attribute
from pipeline.extraction.evidence import evidence, last_place, pieces_of
from pipeline.extraction.fields.time import head_times
from pipeline.extraction.numbers.read import numbers_in, skipped_numbers
from pipeline.extraction.report_context import context
from pipeline.extraction.sequence import Stream, open_stream
from pipeline.extraction.subjects.readings import LISTS, unfold
from pipeline.extraction.surroundings import surroundings
from pipeline.extraction.tables.sentences import cell_sentences
from pipeline.reading.layout.mending import Reading, read_text

# What the heads of a table say of the figures in its cells, in place of the words near them.
BY_HEADS = (
    "value", "value_high", "unit", "subject", "subject_word", "measure", "change", "residence", "subgroup",
    "status", "scope", "place", "year", "period_start", "period_end", "rule", "confidence", "flags",
    *LISTS,
)  # fmt: skip
BLANK = "\n\f\t |"  # what a quote doesn't begin or end with
MENTION = ("document_id", "report_id", "span_start", "span_end", "text", "kind")
OBSERVATION = (
    "observation_id", "document_id", "report_id", "section_id", "task_id", "span_start", "span_end",
    "written", "quote_start", "quote_end", "quote", "value", "value_high", "last_place", "unit",
    "unit_written", "subject",
    "subject_word", "measure", "indicator_id", "change", "residence", "subgroup", "status", "comparator",
    "scope", "place", "year", "period_start", "period_end", "region_code", "rule", "confidence", "flags",
)  # fmt: skip


class Extracted(NamedTuple):
    """The rows of `core.mentions`, `core.observations`, `core.readings` and `core.contexts`."""

    mentions: pl.DataFrame
    observations: pl.DataFrame
    readings: pl.DataFrame
    contexts: pl.DataFrame


def extract(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> Extracted:
    """What is read from the numbers of documents.

    `documents`: document_id, text. `reports`, `sections` and `tasks` as in `core`. `skipped`: spans that
    are no text (`reading.pagelines.skipped_spans`). Spans and quotes are code points into `documents.text`;
    rows are in the order of document_id and span_start.
    """
    reading = read_text(documents, skipped)
    numbers = numbers_in(reading.frame)
    stream = open_stream(reading.frame)
    placed = measured(numbers, reading, documents, reports, sections, tasks)
    stream, placed = under_heads(stream, placed, reading, reports, sections)
    found = _by_heads(reading.frame, placed, attribute(stream, placed))
    pieces = pieces_of(documents, stream, reading)
    mentions = _mentions(documents, reading, stream.place(numbers, "span_start", "span_end"), pieces)
    if skipped is not None and not skipped.is_empty():
        mentions = pl.concat([mentions, skipped_numbers(documents, skipped)], how="diagonal")
    mentions = _in_reports(mentions, reports)
    rows = _written(documents, reading, found, pieces)
    observations = rows.select(OBSERVATION).sort("document_id", "span_start")
    readings = unfold(rows.sort("document_id", "span_start"))
    return Extracted(mentions, observations, readings, surroundings(stream, rows))


def measured(
    numbers: pl.DataFrame,
    reading: Reading,
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None,
) -> pl.DataFrame:
    """The numbers that measure something, with what the report around them says of them (see `context`)."""
    found = numbers.filter(pl.col("kind") == "measurement")
    written = reading.to_written(found.with_columns(pos="span_start"), ["pos"])
    return context(written, documents, reports, sections, tasks)


def under_heads(
    stream: Stream, placed: pl.DataFrame, reading: Reading, reports: pl.DataFrame, sections: pl.DataFrame
) -> tuple[Stream, pl.DataFrame]:
    """The stream with its clauses placed in their reports, and the quantities with what titles, headings and
    leading lines say of them (see `fields.time.head_times`).
    """
    rows = stream.place(placed, "q_start", "q_end")
    stream = stream.in_reports(reading, reports, sections, rows["line"])
    return stream, rows.select(placed.columns).hstack(head_times(stream.cues, rows))


def cell_stream(readings: pl.DataFrame, placed: pl.DataFrame) -> tuple[Stream, pl.DataFrame]:
    """The quantities that fill a cell of a table, each in a short text of its own made from its heads.

    Their document_id is that of the quantity and its q_start; row_start and row_end give the table row.
    """
    cells = cell_sentences(readings, placed)
    sentences = cells.select(document_id="key", reading="sentence_text")
    rows = cells.with_columns(document_id="key", q_start="number_at", q_end="number_end")
    return open_stream(sentences), rows.select(*placed.columns, "row_start", "row_end")


def _by_heads(readings: pl.DataFrame, placed: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Read the figures of table cells by their heads instead.

    `placed`: quantities with their context; `found`: the same as the prose around them reads. Returns
    `found` with row_start and row_end (the table row, offsets into the reading; null outside tables).
    """
    stream, cells = cell_stream(readings, placed)
    if cells.is_empty():
        return found.with_columns(row_start=pl.lit(None, pl.Int64), row_end=pl.lit(None, pl.Int64))
    said = attribute(stream, cells)
    unplaced = pl.col("subject") == "other"
    said = said.with_columns(
        rule=pl.when(unplaced).then(pl.lit("unplaced cell")).otherwise(pl.lit("table heads")),
        flags=pl.when(unplaced)
        .then(pl.col("flags").list.concat(pl.lit(["unplaced_cell"])))
        .otherwise("flags"),
    )
    # One row below the other, and then by number: cheaper than a choice for each column.
    both = pl.concat([found.select(BY_HEADS), said.select(BY_HEADS)])
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    told = said.select("row_start", "row_end", key="document_id", told=place + found.height)
    found = found.with_columns(key=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String))
    found = found.join(told, on="key", how="left", maintain_order="left")
    return found.with_columns(both[found.select(pl.coalesce("told", place)).to_series()]).drop("told", "key")


def _written(
    documents: pl.DataFrame, reading: Reading, found: pl.DataFrame, pieces: pl.DataFrame
) -> pl.DataFrame:
    """Add to quantities what `core.observations` has of the written text, and their identifier.

    The quote is the clause without blanks around it, or the table row.
    """
    rows = reading.to_written(found, ["q_start", "q_end", "row_start", "row_end"])
    rows = rows.join(pieces, on="clause", how="left", maintain_order="left")
    rows = evidence(documents, rows, "q_start", "q_end").rename({"written": "number"})
    body = pl.col("piece").str.strip_chars_start(BLANK)
    body_start = pl.col("piece_start") + (pl.col("piece").str.len_chars() - body.str.len_chars()).cast(
        pl.Int64
    )
    body_end = body_start + body.str.strip_chars_end(BLANK).str.len_chars().cast(pl.Int64)
    # a quantity can reach over the bounds of its clause
    rows = rows.with_columns(
        quote_start=pl.coalesce("row_start", pl.min_horizontal(body_start, "q_start")),
        quote_end=pl.coalesce("row_end", pl.max_horizontal(body_end, "q_end")),
    ).drop("quote")
    rows = evidence(documents, rows, "quote_start", "quote_end").rename({"written": "quote"})
    return rows.with_columns(
        observation_id=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String),
        span_start="q_start",
        span_end="q_end",
        written="number",
        indicator_id=pl.col("subject") + "." + pl.col("measure"),
        last_place=last_place(pl.col("q_text"), pl.col("value")),
    )


def _mentions(
    documents: pl.DataFrame, reading: Reading, numbers: pl.DataFrame, pieces: pl.DataFrame
) -> pl.DataFrame:
    """Every number that is read (`numbers`: placed in the stream) as it was written."""
    rows = numbers.select("document_id", "span_start", "span_end", "kind", "clause")
    rows = reading.to_written(rows, ["span_start", "span_end"])
    rows = rows.join(pieces, on="clause", how="left", maintain_order="left")
    rows = evidence(documents, rows, "span_start", "span_end").rename({"written": "text"})
    return rows.select(name for name in MENTION if name != "report_id")


def _in_reports(rows: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The rows of `core.mentions`, each in the report that it stands in."""
    spans = reports.select("document_id", "report_id", "span_start").sort("span_start")
    rows = rows.sort("document_id", "span_start")
    rows = rows.join_asof(spans, on="span_start", by="document_id", check_sortedness=False)
    return rows.select(MENTION)
