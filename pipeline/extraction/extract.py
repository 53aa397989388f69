"""Text to mentions and observations: the whole of extraction for a batch of documents, in the order of its steps."""

from __future__ import annotations

import polars as pl

from pipeline.extraction import candidates as subjects
from pipeline.extraction.chains import chains
from pipeline.extraction.confidence import confidence
from pipeline.extraction.context import context
from pipeline.extraction.fields_measure import change, measure
from pipeline.extraction.fields_scope import scope, subgroup
from pipeline.extraction.fields_status import status, times
from pipeline.extraction.numbers import numbers_in
from pipeline.extraction.residence import residence
from pipeline.extraction.stream import Stream, open_stream
from pipeline.extraction.table_cells import cell_sentences
from pipeline.extraction.text import Reading, read_text
from pipeline.extraction.written import evidence, pieces_of

BY_HEADS = (
    "value", "value_high", "unit", "subject", "subject_word", "measure", "change", "residence", "subgroup", "status",
    "scope", "place", "year", "period_start", "period_end", "rule", "confidence", "flags",
)  # fmt: skip
BLANK = "\n\f\t |"
MENTION = ("document_id", "report_id", "span_start", "span_end", "text", "kind")
OBSERVATION = (
    "observation_id", "document_id", "report_id", "section_id", "task_id", "span_start", "span_end", "written",
    "quote_start", "quote_end", "quote", "value", "value_high", "unit", "unit_written", "subject", "subject_word", "measure",
    "indicator_id", "change", "residence", "subgroup", "status", "comparator", "scope", "place", "year", "period_start",
    "period_end", "region_code", "rule", "confidence", "flags",
)  # fmt: skip


def attribute(stream: Stream, quantities: pl.DataFrame) -> pl.DataFrame:
    """Say of each quantity what it measures.

    `quantities`: document_id, q_start, q_end (offsets into the reading), value, value_high, unit, unit_written,
    comparator, planned, default_year, report_year, own. Adds subject, subject_word, measure, change, residence,
    subgroup, status, scope, place, year, period_start, period_end, rule, confidence, flags, quote_start, quote_end.
    """
    rows = _with_neighbours(stream, stream.place(quantities, "q_start", "q_end"))
    stream = stream.without_words_in(rows)
    for kind in ("toward", "share_of"):
        rows = stream.last_cue(rows, kind)
    rows = stream.with_depth(stream.last_cue(rows, "portion", "sentence"))
    marks = rows.with_columns(
        toward=pl.col("toward").is_not_null(), share_of=pl.col("share_of_at"), portion=pl.col("portion_at")
    )
    tokens = subjects.subject_tokens(stream, marks)
    chosen = subjects.best(subjects.candidates(stream, marks, tokens))
    rows = rows.join(
        chosen.rename({"word": "subject_word"}), on="q", how="left", maintain_order="left"
    ).with_columns(pl.col("subject").fill_null("other"), pl.col("rule").fill_null("none"))
    rows = chains(stream, _behind_word(rows), tokens)
    for step in (measure, change, status, times):
        rows = step(stream, rows)
    rows = scope(stream, residence(stream, rows, tokens))
    return confidence(subgroup(rows))


def _behind_word(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the two characters behind the subject word, where it follows the number in its clause."""
    behind = (pl.col("at_t") - pl.col("quote_at") + pl.col("subject_word").str.len_chars()).cast(pl.Int64)
    inside = (pl.col("at_t") >= pl.col("end_at")).fill_null(False)
    return rows.with_columns(after_word=pl.when(inside).then(pl.col("quote").str.slice(behind.clip(0), 2)))


def _with_neighbours(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Number the quantities; add their class, the quantities beside them, the clause and whether text follows."""
    rows = rows.with_row_index("q").with_columns(pl.col("q").cast(pl.Int64))
    rows = rows.with_columns(
        subjects.unit_class(pl.col("unit")).alias("class"),
        prev_end_at=pl.col("end_at").shift(1), prev2_end_at=pl.col("end_at").shift(2), next_q_at=pl.col("at").shift(-1),
    ).with_columns(prev_class=pl.col("class").shift(1), prev_gap=pl.col("at") - pl.col("prev_end_at"))  # fmt: skip
    clauses = stream.clauses.select("clause", quote_at="at", quote=pl.col("text"), quote_start="start")
    rows = rows.join(clauses, on="clause", how="left", maintain_order="left")
    joint = (
        pl.col("quote")
        .str.slice((pl.col("end_at") - pl.col("quote_at")).clip(0), 8)
        .str.contains(r"^\s*[和、与及](?:每人每[月年]|月人均|年人均)?[0-9]")
    )
    paired = (
        joint
        & (pl.col("class") == pl.col("class").shift(-1))
        & ((pl.col("next_q_at") - pl.col("end_at")) <= 8)
    )
    rows = rows.with_columns(pair_first=paired.fill_null(False))
    first, before = pl.col("pair_first"), pl.col("pair_first").shift(1).fill_null(False)
    rows = rows.with_columns(pair=pl.when(first & ~before).then(1).when(before & ~first).then(2))
    behind = pl.col("quote").str.slice((pl.col("end_at") - pl.col("quote_at")).clip(0), 1)
    return rows.with_columns(
        q_text=pl.col("quote").str.slice(
            (pl.col("at") - pl.col("quote_at")).clip(0), pl.col("end_at") - pl.col("at")
        ),
        quote_before=pl.col("quote").str.slice(0, (pl.col("at") - pl.col("quote_at")).clip(0)),
        exists=pl.col("quote")
        .str.slice((pl.col("at") - pl.col("quote_at") - 1).clip(0), 1)
        .is_in(["有", "共", "达", "为", "计"]),
        right=behind.str.contains(r"[^\s,:。;!?|、()\[\]0-9]")
        & (pl.col("next_q_at").fill_null(1 << 62) > pl.col("end_at")),
    )


def extract(
    documents: pl.DataFrame, reports: pl.DataFrame, sections: pl.DataFrame, tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:  # fmt: skip
    """The mentions and observations of documents, with the columns of `core.mentions` and `core.observations`.

    `documents`: document_id, text. `reports`, `sections` and `tasks` as in `core`. `skipped`: spans that are no text
    (`reading.pagelines.skipped_spans`).
    """
    reading = read_text(documents, skipped)
    numbers = numbers_in(reading.frame)
    stream = open_stream(reading.frame)
    measured = numbers.filter(pl.col("kind") == "measurement")
    written = reading.to_written(measured.with_columns(pos="span_start"), ["pos"])
    placed = context(written, documents, reports, sections, tasks)
    found = _table_cells(reading.frame, placed, attribute(stream, placed))
    pieces = pieces_of(documents, stream, reading)
    return _mentions(documents, reports, reading, stream, numbers, pieces), _observations(
        documents, reading, found, pieces
    )


def _table_cells(readings: pl.DataFrame, placed: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Read the figures of table cells by their heads; their quote is the row."""
    cells = cell_sentences(readings, placed)
    if cells.is_empty():
        return found.with_columns(row_start=pl.lit(None, pl.Int64), row_end=pl.lit(None, pl.Int64))
    sentences = cells.select(document_id="key", reading="sentence_text")
    rows = cells.with_columns(document_id="key", q_start="number_at", q_end="number_end").select(
        *placed.columns, "row_start", "row_end"
    )
    said = attribute(open_stream(sentences), rows)
    said = said.with_columns(
        rule=pl.when(pl.col("subject") == "other")
        .then(pl.lit("unplaced cell"))
        .otherwise(pl.lit("table heads")),
        flags=pl.when(pl.col("subject") == "other")
        .then(pl.col("flags").list.concat(pl.lit(["unplaced_cell"])))
        .otherwise("flags"),
    ).select(
        key="document_id",
        *(pl.col(c).alias(f"{c}_cell") for c in BY_HEADS),
        row_start="row_start",
        row_end="row_end",
    )
    found = found.with_columns(key=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String))
    found = found.join(said, on="key", how="left", maintain_order="left")
    cell = pl.col("rule_cell").is_not_null()
    return found.with_columns(
        pl.when(cell).then(pl.col(f"{c}_cell")).otherwise(pl.col(c)).alias(c) for c in BY_HEADS
    )


def _observations(
    documents: pl.DataFrame, reading: Reading, found: pl.DataFrame, pieces: pl.DataFrame
) -> pl.DataFrame:
    rows = reading.to_written(found, ["q_start", "q_end", "row_start", "row_end"]).join(
        pieces, on="clause", how="left", maintain_order="left"
    )
    rows = evidence(documents, rows, "q_start", "q_end")
    body = pl.col("piece").str.strip_chars_start(BLANK)
    lead = (pl.col("piece").str.len_chars() - body.str.len_chars()).cast(pl.Int64)
    size = body.str.strip_chars_end(BLANK).str.len_chars().cast(pl.Int64)
    rows = rows.with_columns(
        quote_start=pl.coalesce("row_start", pl.min_horizontal(pl.col("piece_start") + lead, "q_start")),
        quote_end=pl.coalesce("row_end", pl.max_horizontal(pl.col("piece_start") + lead + size, "q_end")), number=pl.col("written"),
    )  # fmt: skip
    rows = evidence(documents, rows, "quote_start", "quote_end").rename(
        {"written": "_quote", "number": "written"}
    )
    return rows.with_columns(
        observation_id=pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String), quote=pl.col("_quote"),
        span_start="q_start", span_end="q_end", indicator_id=pl.col("subject") + "." + pl.col("measure"),
    ).sort("document_id", "span_start").select(OBSERVATION)  # fmt: skip


def _mentions(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    reading: Reading,
    stream: Stream,
    numbers: pl.DataFrame,
    pieces: pl.DataFrame,
) -> pl.DataFrame:
    rows = stream.place(
        numbers.select("document_id", "span_start", "span_end", "kind"), "span_start", "span_end"
    )
    rows = reading.to_written(rows, ["span_start", "span_end"]).join(
        pieces, on="clause", how="left", maintain_order="left"
    )
    rows = evidence(documents, rows, "span_start", "span_end").rename({"written": "text"})
    spans = reports.select("document_id", "report_id", "span_start").sort("span_start")
    rows = rows.sort("span_start").join_asof(spans, on="span_start", by="document_id", check_sortedness=False)
    return rows.sort("document_id", "span_start").select(MENTION)
