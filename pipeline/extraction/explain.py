"""Why numbers were read as they were: the subjects and cues that extraction weighed, laid open.

It reads the texts again, with the steps of `extract`, and keeps what they throw away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.extraction.attribute import place_numbers
from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.explain import explain_cues
from pipeline.extraction.deciding.cells import InTable
from pipeline.extraction.deciding.prose import Reading
from pipeline.extraction.deciding.sources import Decided, Source
from pipeline.extraction.extract import Opened, ask_tables, open_texts, told_elsewhere
from pipeline.extraction.fields.flows_and_stocks import spoken_kinds
from pipeline.extraction.sequence import Stream, open_stream
from pipeline.extraction.subjects.find import weigh_candidates
from pipeline.extraction.subjects.score import weights
from pipeline.extraction.tables.sentences import cell_stream

ID = pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String)


@dataclass(frozen=True)
class Explanation:
    """One number: where it stands, what was weighed, and what decided.

    `sentence`: its text as it is read, for a figure of a table that made of its heads (`by_heads`); `start`
    and `end` are the number's offsets in it. `candidates`: subject, word, rule, score, share (softmax of the
    scores, summed by subject), said (what speaks for it: `left +5.0`), at and end (of the word in the
    sentence, null elsewhere), best first. `fields`: the value of each field and what it hangs on (see
    `deciding.sources`). `cues`: those that speak of the number or would have: field, value, word, decides
    (the fields that hang on it), reaches, goes_first (no other of its field does before it), reach, at and
    end (offsets in the sentence, negative before it), text_from and text_to (the stretch that it speaks of),
    cut_at and cut_field (what cut it short). `heads`: of a number in a table the heads and what stands above,
    each with what it says. `above`: the headings that give its role and year
    (heading_of_role, heading_of_year), and genre, title, year, year_method and year_evidence of its report.
    """

    sentence: str
    start: int
    end: int
    by_heads: bool
    candidates: pl.DataFrame
    fields: Sequence[Decided]
    cues: pl.DataFrame
    heads: Sequence[tuple[Source, Mapping[str, Any]]]
    above: Mapping[str, Any]


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
    opened = open_texts(documents, reports, sections, tasks, skipped)
    found = [
        weigh_candidates(stream, numbers).join(ids, on="q", maintain_order="left").drop("q", "pair")
        for stream, numbers, ids in _streams(opened, reports)
    ]
    rows = pl.concat(found)
    return rows.select("observation_id", pl.exclude("observation_id")).sort(
        "observation_id", maintain_order=True
    )


def _streams(opened: Opened, reports: pl.DataFrame) -> list[tuple[Stream, pl.DataFrame, pl.DataFrame]]:
    """The two ways in which numbers are read, in prose and by the heads of their cell: the stream, its placed
    numbers, and the observation_id of those that are read so (by q)."""
    stream, numbers = place_numbers(opened.stream, opened.placed)
    cells, figures = place_numbers(*cell_stream(opened.tables, opened.placed, reports))
    written = opened.reading.to_written(numbers.select("q", "document_id", "q_start"), ["q_start"])
    ids = written.select("q", observation_id=ID, key=numbers.select(ID).to_series())
    in_cells = ids.drop("q").join(figures.select("q", key="document_id"), on="key")
    prose = ids.join(in_cells, on="key", how="anti")
    return [
        (stream, numbers, prose.select("q", "observation_id")),
        (cells, figures, in_cells.select("q", "observation_id")),
    ]


def explain(
    observation: Mapping[str, Any],
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> Explanation:
    """What was weighed for one number, and what decided: `observation`, a row that `extract` made of the same
    frames.

    Raises KeyError where there is no such number.
    """
    opened = open_texts(documents, reports, sections, tasks, skipped)
    ids = opened.reading.to_written(opened.placed.select("document_id", "q_start"), ["q_start"]).select(ID)
    nth = ids.to_series().index_of(observation["observation_id"])
    if nth is None:
        raise KeyError(observation["observation_id"])
    told = InTable.of(opened.tables, opened.placed, reports, nth)
    if told:
        texts, numbers, q = told.text
        stream, numbers = place_numbers(open_stream(texts), numbers)
    else:
        heard = ask_tables(opened.tables, opened.placed, reports)
        stream, numbers = place_numbers(opened.stream, told_elsewhere(opened.placed, heard))
        q = nth
    place = numbers.row(q, named=True)
    clauses = stream.clauses.filter(pl.col("sentence") == place["sentence"])
    zero = clauses["at"][0]
    read = Reading.of(stream, numbers, q, headed=told is None)
    sentence = "".join(clauses["text"]).rstrip()
    start, end = place["at"] - zero, place["end_at"] - zero
    by_heads = told is not None and told.by_heads
    if by_heads:  # cells under the same heads share a sentence
        sentence, end = sentence[:start] + observation["written"], start + len(observation["written"])
    fields = [
        one._replace(sources=tuple(_in_sentence(source, stream, zero) for source in one.sources))
        for one in _fields(told, read)
    ]
    return Explanation(
        sentence,
        start,
        end,
        by_heads,
        _candidates(weigh_candidates(stream, numbers, [q]), zero),
        fields,
        _cues(_told(read.cues, numbers[q : q + 1], observation), fields, zero),
        told.heads() if told else [],
        _above(opened.placed.row(nth, named=True), reports, sections),
    )


def _fields(told: InTable | None, read: Reading) -> list[Decided]:
    """What decided: of a number in a table its heads, and what these leave open the words of its cell."""
    if told is None:
        return read.decided()
    by_heads = told.decided()
    if told.by_heads:
        return by_heads
    both = zip(by_heads, read.decided(), strict=True)
    return [own if not head.sources and own.value == head.value else head for head, own in both]


def _in_sentence(source: Source, stream: Stream, zero: int) -> Source:
    """A cue with its offsets in a sentence that begins at `zero`, and where it stands outside."""
    if source.kind != "cue":
        return source
    clause = stream.clauses.filter((pl.col("at") <= source.at) & (pl.col("end_at") > source.at))
    stands = clause["stands"][0] if "stands" in clause.columns and clause.height else ""
    text = clause["text"][0].strip() if clause.height else ""
    stands = "" if stands == "text" else stands
    return source._replace(at=source.at - zero, end_at=source.end_at - zero, stands=stands, clause=text)


def _above(number: Mapping[str, Any], reports: pl.DataFrame, sections: pl.DataFrame) -> dict[str, Any]:
    names = ("title", "genre", "year", "year_method", "year_evidence")
    report = reports.filter(pl.col("report_id") == number["report_id"])
    told = next(report.select(name for name in names if name in report.columns).iter_rows(named=True), {})
    by_id = {row["section_id"]: row for row in sections.to_dicts()}
    for name in ("role", "year"):
        # a section takes its role and year from the one around it
        section = around = by_id.get(number["section_id"])
        while section and around and around[name] == section[name]:
            section, around = around, by_id.get(around["parent_id"])
        told |= {f"heading_of_{name}": section["heading"]} if section else {}
    return told


def _told(cues: Cues, number: pl.DataFrame, observation: Mapping[str, Any]) -> pl.DataFrame:
    """The cues of a number; those of its months go by the kind of measure and not by its unit."""
    said = (pl.lit(observation[name]).alias(name) for name in ("subject", "measure", "change"))
    timed = number.with_columns(said)
    timed = timed.with_columns(unit_class=spoken_kinds(cues, timed))
    others = explain_cues(cues, number).filter(pl.col("field") != "period")
    return pl.concat([others, explain_cues(cues, timed, ("period",))])


def _candidates(weighed: pl.DataFrame, zero: int) -> pl.DataFrame:
    odds = (weighed["score"] - weighed["score"].max()).exp()
    said = [
        pl.when(pl.col(name) != 0).then(
            pl.format("{} {}", pl.lit(name), (pl.col(name) * weight).round(2)),
        )
        for name, weight in weights().items()
    ]
    end = pl.col("at_t") + pl.col("word").str.len_chars().cast(pl.Int64)
    return weighed.with_columns(odds=odds).select(
        "subject",
        "word",
        "rule",
        "score",
        share=(pl.col("odds").sum().over("subject") / odds.sum()).round(3),
        said=pl.concat_list(said).list.drop_nulls(),
        at=pl.col("at_t") - zero,
        end=end - zero,
    )


def keeps_off(source: Source, one: Decided) -> bool:
    """Whether a field hangs on a cue that says something else of it: all that it does is to keep others from
    the number (组织设立26个 behind 注销)."""
    own = source.field == one.field and one.field in ("change", "residence")
    return own and source.value != one.value


def _cues(told: pl.DataFrame, fields: Sequence[Decided], zero: int) -> pl.DataFrame:
    """The cues with the fields that hang on them; those that decide come first."""
    hang = [
        (source.field, source.at + zero, source.value, source.said, source.end_at + zero, one.field)
        for one in fields
        for source in one.sources
        if source.kind == "cue" and not keeps_off(source, one)
    ]
    names = {"field": pl.String, "at": pl.Int64, "value": pl.String, "word": pl.String, "end_at": pl.Int64}
    deciding = pl.DataFrame(hang, schema=names | {"decides": pl.String}, orient="row")
    deciding = deciding.group_by(*names, maintain_order=True).agg("decides")
    rows = told.rename({"decides": "goes_first"}).join(
        deciding.select("field", "at", "decides"), on=["field", "at"], how="left", maintain_order="left"
    )
    # what carries on from a sentence before reaches by a rule of its field
    carried = deciding.join(told, on=["field", "at"], how="anti")
    rows = pl.concat([rows, carried], how="diagonal").with_columns(pl.col("decides").fill_null([]))
    rows = rows.sort(pl.col("decides").list.len() == 0, maintain_order=True)
    return rows.select(
        "field",
        "value",
        "word",
        "decides",
        pl.col("goes_first").fill_null(True),
        pl.col("reaches").fill_null(True),
        "reach",
        "cut_field",
        at=pl.col("at") - zero,
        end=pl.col("end_at") - zero,
        text_from=pl.col("from_at") - zero,
        text_to=pl.col("to_at") - zero,
        cut_at=pl.col("cut_by") - zero,
    )
