"""Text to mentions and observations: the whole of extraction for a batch of documents, in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.attribute import attribute
from pipeline.extraction.confidence import confidence
from pipeline.extraction.evidence import evidence, last_place, pieces_of, with_pieces
from pipeline.extraction.fields.flags import without_impossible_years
from pipeline.extraction.fields.measure import without_impossible
from pipeline.extraction.fields.places import with_place_codes
from pipeline.extraction.fields.status import told_by_years
from pipeline.extraction.fields.subgroup import groups_by_name
from pipeline.extraction.fields.time import head_times
from pipeline.extraction.numbers.read import numbers_in, skipped_numbers
from pipeline.extraction.recognised import by_recognition
from pipeline.extraction.report_context import context
from pipeline.extraction.sequence import Stream, open_stream
from pipeline.extraction.signs import signs
from pipeline.extraction.subjects.readings import LISTS, unfold
from pipeline.extraction.surroundings import surroundings
from pipeline.extraction.tables.aims import with_aims
from pipeline.extraction.tables.context import figures_of, told_texts
from pipeline.extraction.tables.phrases import (
    ask_phrases,
    deadlines_of,
    phrases_of,
    read_phrases,
    with_places_of_rows,
)
from pipeline.extraction.tables.read import PLACE, Asked, ask_cells, fields, read_cells
from pipeline.extraction.tables.said import heads_said
from pipeline.extraction.tables.states import UNREAD, TableFrames, in_tables, table_frames
from pipeline.extraction.tables.units import cell_numbers
from pipeline.reading.layout.cutting import CROWD
from pipeline.reading.layout.mending import Reading, read_text
from pipeline.reading.tables.find import Tables, find_tables

QUOTED = 500  # characters of a clause or row on each side of a number that its quote holds at most
LONGEST, QUOTED_OF_LONGEST = 5_000, 60  # the same of those that are longer than any that was written
# side by side: what is read, and how it was written
WRITTEN = ("frame.attributed", "frame.in_tables", "frame.written")
Heard = tuple[Asked, Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]]
BORROWED = ("carried over", "earlier clause", "later clause", "topic", "heading", "none")


class Extracted(NamedTuple):
    """The rows of the tables of `core` that extraction fills, each named by its own, and by what signs the
    confidence of observations was weighed (`signs.signs`)."""

    mentions: pl.DataFrame
    observations: pl.DataFrame
    readings: pl.DataFrame
    contexts: pl.DataFrame
    tables: pl.DataFrame
    cells: pl.DataFrame
    signs: pl.DataFrame


def extract(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> Extracted:
    """What is read in the texts of documents.

    `documents`: document_id, text. `reports`, `sections` and `tasks` as in `core`. `skipped`: spans that
    are no text (`layout.page_furniture.skipped_spans`). Spans and quotes are code points into
    `documents.text`; rows are in the order of document_id and span_start.
    """
    reading, tables, numbers, stream, placed = open_texts(documents, reports, sections, tasks, skipped)
    found = told_by_years(_attributed(stream, tables, placed, reports))
    found = without_impossible_years(without_impossible(found))
    pieces = pieces_of(documents, stream, reading)
    mentions = _mentions(documents, reading, stream.place(numbers, "span_start", "span_end"), pieces)
    if skipped is not None and not skipped.is_empty():
        mentions = pl.concat([mentions, skipped_numbers(documents, skipped)], how="diagonal")
    told = table_frames(tables, numbers, found, documents, reports, reading)
    found, mentions = _without_unread(found, mentions, told, reading)
    mentions = _flagged(_in_reports(mentions, reports), told, reading, "span_start")
    mentions = by_recognition(mentions, documents)
    rows = groups_by_name(_written(documents, reading, found, pieces, told))
    around = surroundings(stream, rows)
    weighed = signs(rows, reports, told.tables, around)
    rows = by_recognition(confidence(rows, weighed), documents)
    rows = rows.select(*columns("core.observations"), *LISTS)  # to sort what is only looked at takes as long
    ordered = in_tables(rows.sort("document_id", "span_start"), told.tables)
    observations, readings = ordered.select(columns("core.observations")), unfold(ordered)
    return Extracted(mentions, observations, readings, around, told.tables, told.cells, weighed)


def _without_unread(
    found: pl.DataFrame, mentions: pl.DataFrame, told: TableFrames, reading: Reading
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Numbers of tables that were not read there measure only what their own words name, with a unit."""
    unsure = pl.col("rule").is_in(BORROWED) | pl.any_horizontal(pl.col("unit", "unit_written").is_null())
    borrowed = found.filter(unsure).select("document_id", "span_start")
    lost = told.unread.join(borrowed, on=["document_id", "span_start"], how="semi")
    if lost.is_empty():
        return found, mentions
    found = found.join(lost, on=["document_id", "span_start"], how="anti", maintain_order="left")
    at = reading.to_written(lost, ["span_start"]).with_columns(lost=True)
    mentions = mentions.join(at, on=["document_id", "span_start"], how="left", maintain_order="left")
    kind = pl.when("lost").then(pl.lit("identifier")).otherwise("kind")
    return found, mentions.with_columns(kind=kind).drop("lost")


def _flagged(rows: pl.DataFrame, told: TableFrames, reading: Reading, at: str) -> pl.DataFrame:
    """The rows with a flag where they stand in a table that was not read there."""
    if told.unread.is_empty():
        return rows
    unread = reading.to_written(told.unread, ["span_start"]).select(
        "document_id", pl.col("span_start").alias(at), unread=True
    )
    rows = rows.join(unread, on=["document_id", at], how="left", maintain_order="left")
    flags = pl.when("unread").then(pl.col("flags").list.concat(pl.lit([UNREAD]))).otherwise("flags")
    return rows.with_columns(flags=flags).drop("unread")


class Opened(NamedTuple):
    """Texts cut up, their tables, and their numbers: all of them, and those that measure."""

    reading: Reading
    tables: Tables
    numbers: pl.DataFrame
    stream: Stream
    placed: pl.DataFrame


def open_texts(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> Opened:
    """Cut texts and find their tables and numbers; takes what `extract` takes.

    `placed` are the numbers that measure, with what report, headings and leading lines say of them
    (`frame.quantities`).
    """
    reading = read_text(documents, skipped)
    tables = find_tables(reading.frame)
    stream = open_stream(reading.frame)
    numbers = _without_crowds(stream, numbers_in(reading.frame, cell_numbers(with_aims(tables))))
    found = numbers.filter(pl.col("kind") == "measurement")
    at = reading.to_written(found.select("document_id", pos="span_start"), ["pos"])
    placed = found.hstack(context(at, documents, reports, sections, tasks))
    return Opened(reading, tables, numbers, *under_heads(stream, placed, reading, reports, sections))


def _without_crowds(stream: Stream, numbers: pl.DataFrame) -> pl.DataFrame:
    """The numbers of a line that holds more than any that was written are accounted for, but measure nothing:
    the words of such a line say nothing of them, and a text of nothing else stays affordable."""
    if numbers.height <= CROWD or not (numbers["document_id"].rle().struct.field("len") > CROWD).any():
        return numbers
    lines = stream.place(numbers.select("document_id", "span_start"), "span_start", "span_start")
    crowded = (lines.select(pl.len().over("line") > CROWD)).to_series()
    return numbers.with_columns(kind=pl.when(crowded).then(pl.lit("identifier")).otherwise("kind"))


def under_heads(
    stream: Stream, placed: pl.DataFrame, reading: Reading, reports: pl.DataFrame, sections: pl.DataFrame
) -> tuple[Stream, pl.DataFrame]:
    """The stream with its clauses placed in their reports, and the quantities with what titles, headings and
    leading lines say of them (see `fields.time.head_times`): `frame.quantities`.
    """
    rows = stream.place(placed, "q_start", "q_end")
    stream = stream.in_reports(reading, reports, sections, rows["statement"])
    rows = rows.hstack(head_times(stream.cues, rows)).with_columns(told_elsewhere=pl.lit(False))
    return stream, rows.select(columns("frame.quantities"))


def _attributed(stream: Stream, tables: Tables, placed: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """What each quantity measures: as the prose around it says, those of table cells as their heads say.

    `placed`: `frame.quantities`. Returns `frame.attributed` and `frame.in_tables`. The texts that the heads
    of tables make are read in one go with all others: each reading of a batch has its price, however few its
    texts.
    """
    heard = ask_tables(tables, placed, reports)
    if heard:
        texts = pl.concat([told.texts for told, _ in heard])
        stream = stream.followed_by(open_stream(texts))
    asked = [told_elsewhere(placed, heard)]
    asked += [told.numbers for told, _ in heard]
    every = with_place_codes(attribute(stream, pl.concat(asked)))
    return _by_heads(every[: placed.height], hear(heard, every[placed.height :]))


def hear(heard: list[Heard], said: pl.DataFrame) -> list[pl.DataFrame]:
    """What each way of reading tables (`ask_tables`) tells of its quantities.

    `said`: what `attribute` says of the numbers of all, one behind the other, with place_code.
    """
    told, begin = [], 0
    for asked, read in heard:
        told.append(read(asked.rows, said[begin : begin + asked.numbers.height]))
        begin += asked.numbers.height
    return told


def ask_tables(tables: Tables, placed: pl.DataFrame, reports: pl.DataFrame) -> list[Heard]:
    """The quantities that stand in tables, and how what is said of them is read."""
    figures, worded = figures_of(tables, placed), phrases_of(tables, placed)
    if figures.is_empty() and worded.is_empty():
        return []
    tables, due = with_aims(tables), deadlines_of(tables)
    held = pl.concat([figures["report_id"], worded["report_id"]]).unique()
    inside = reports.filter(pl.col("report_id").is_in(held.implode()))
    said = heads_said(told_texts(tables, inside, (worded["cell_text"], due["text"])))
    cells = ask_cells(tables, figures, inside, said)
    phrases = ask_phrases(tables, worded, due, inside, said)
    both = ((cells, read_cells), (phrases, read_phrases))
    return [(asked, read) for asked, read in both if asked is not None]


def told_elsewhere(placed: pl.DataFrame, heard: list[Heard]) -> pl.DataFrame:
    """The quantities, those in tables as `told_elsewhere`: nothing is looked for around them."""
    rows = [asked.rows["q_row"] for asked, _ in heard]
    some = pl.concat(rows) if rows else pl.Series([], dtype=pl.Int64)
    return placed.with_columns(told_elsewhere=pl.int_range(pl.len(), dtype=pl.Int64).is_in(some.implode()))


def _by_heads(found: pl.DataFrame, heard: list[pl.DataFrame]) -> pl.DataFrame:
    """The quantities with what was `heard` of table cells in place of what the prose around them says."""
    if not heard:
        return found.with_columns(pl.lit(None, pl.Int64).alias(name) for name in PLACE[1:])
    if len(heard) > 1:
        heard = [heard[0], with_places_of_rows(heard[1], heard[0])]
    said = pl.concat(heard)
    # One row below the other, and then by number: cheaper than a choice for each column.
    both = pl.concat([frame.select(fields()) for frame in (found, said)])
    told = pl.repeat(None, found.height, dtype=pl.UInt32, eager=True)
    told = told.scatter(said["q_row"], pl.int_range(said.height, dtype=pl.UInt32, eager=True))
    place = pl.coalesce(pl.lit(told) + found.height, pl.int_range(pl.len(), dtype=pl.UInt32))
    found = found.with_columns(both[found.select(place).to_series()])
    return found.hstack(said.select(pl.col(PLACE[1:]).gather(told)))


def _written(
    documents: pl.DataFrame, reading: Reading, found: pl.DataFrame, pieces: pl.DataFrame, told: TableFrames
) -> pl.DataFrame:
    """Add to quantities what `core.observations` has of the written text, and their identifier (`WRITTEN`).

    The quote is the clause without blanks around it, or the table row; of a long one what is around the
    number.
    """
    found = found.join(told.ids, on="table", how="left", maintain_order="left")
    rows = reading.to_written(found, ["span_start", "q_start", "q_end", "row_start", "row_end"])
    rows = _flagged(rows, told, reading, "span_start")
    rows = with_pieces(rows, pieces, "q_start")
    rows = evidence(documents, rows, "q_start", "q_end").rename({"written": "number"})
    start, end = pl.coalesce("row_start", "body_start"), pl.coalesce("row_end", "body_end")
    around = pl.when(end - start > LONGEST).then(QUOTED_OF_LONGEST).otherwise(QUOTED)
    # a quantity can reach over the bounds of its clause
    rows = rows.with_columns(
        quote_start=pl.min_horizontal(pl.max_horizontal(start, pl.col("q_start") - around), "q_start"),
        quote_end=pl.max_horizontal(pl.min_horizontal(end, pl.col("q_end") + around), "q_end"),
    )
    rows = evidence(documents, rows, "quote_start", "quote_end").rename({"written": "quote"})
    rows = rows.with_columns(
        observation_id=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String),
        span_start="q_start",
        span_end="q_end",
        written="number",
        indicator_id=pl.col("subject") + "." + pl.col("measure"),
        last_place=last_place(pl.col("q_text"), pl.col("value")),
    )
    return rows.select(columns(*WRITTEN))


def _mentions(
    documents: pl.DataFrame, reading: Reading, numbers: pl.DataFrame, pieces: pl.DataFrame
) -> pl.DataFrame:
    """Every number that is read (`numbers`: placed in the stream) as it was written."""
    rows = numbers.select("document_id", "span_start", "span_end", "kind", "clause")
    rows = reading.to_written(rows, ["span_start", "span_end"])
    rows = with_pieces(rows, pieces, "span_start")
    rows = evidence(documents, rows, "span_start", "span_end").rename({"written": "text"})
    return rows.select("document_id", "span_start", "span_end", "text", "kind")


def _in_reports(rows: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The rows of `core.mentions`, each in the report that it stands in."""
    spans = reports.select("document_id", "report_id", "span_start").sort("span_start")
    rows = rows.sort("document_id", "span_start")
    rows = rows.join_asof(spans, on="span_start", by="document_id", check_sortedness=False)
    return rows.with_columns(flags=pl.lit([], pl.List(pl.String))).select(columns("core.mentions"))
