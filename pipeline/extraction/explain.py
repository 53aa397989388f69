"""Why numbers were read as they were: the subjects and cues that extraction weighed, laid open.

It reads the texts again, with the steps of `extract`, and keeps what they throw away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.extraction.attribute import place_numbers
from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.explain import explain_cues
from pipeline.extraction.extract import Opened, open_texts
from pipeline.extraction.fields.near import parts
from pipeline.extraction.fields.time import spoken_kinds
from pipeline.extraction.sequence import Stream
from pipeline.extraction.subjects.find import weigh_candidates
from pipeline.extraction.subjects.score import weights
from pipeline.extraction.tables.sentences import cell_stream

ABOVE = ("report_year", "default_year", "head_year", "planned", "heading_subject", "heading_word")
ID = pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String)


@dataclass(frozen=True)
class Explanation:
    """One number: where it stands and what was weighed.

    `sentence`: its text as it is read, for a figure of a table that made of its heads (`by_heads`); `start`
    and `end` are the number's offsets in it. `candidates`: subject, word, rule, score, share (softmax of the
    scores, summed by subject), said (what speaks for it: `left +5.0`), at and end (of the word in the
    sentence, null elsewhere), best first. `cues`: those that speak of the number or would have: field, value,
    word, decides, reaches, reach, at and end (offsets in the sentence, negative before it), text_from and
    text_to (the stretch that it speaks of), cut_at and cut_field (what cut it short). `above`: what report,
    headings and leading lines give it (`ABOVE`).
    """

    sentence: str
    start: int
    end: int
    by_heads: bool
    candidates: pl.DataFrame
    cues: pl.DataFrame
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
        for stream, numbers, ids, _ in _streams(opened, reports)
    ]
    rows = pl.concat(found)
    return rows.select("observation_id", pl.exclude("observation_id")).sort(
        "observation_id", maintain_order=True
    )


def explain(
    observation: Mapping[str, Any],
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None = None,
    skipped: pl.DataFrame | None = None,
) -> Explanation:
    """What was weighed for one number: `observation`, a row that `extract` made of the same frames.

    Raises KeyError where there is no such number.
    """
    opened = open_texts(documents, reports, sections, tasks, skipped)
    for stream, numbers, ids, by_heads in _streams(opened, reports):
        asked = ids.filter(pl.col("observation_id") == observation["observation_id"])
        if asked.height:
            return _explain(stream, numbers, asked["q"][0], observation, by_heads)
    raise KeyError(observation["observation_id"])


def _streams(opened: Opened, reports: pl.DataFrame) -> list[tuple[Stream, pl.DataFrame, pl.DataFrame, bool]]:
    """The two ways in which numbers are read, in prose and by the heads of their cell: the stream, its placed
    numbers, the observation_id of those that are read so (by q), and whether by heads."""
    stream, numbers = place_numbers(opened.stream, opened.placed)
    cells, figures = place_numbers(*cell_stream(opened.tables, opened.placed, reports))
    written = opened.reading.to_written(numbers.select("q", "document_id", "q_start"), ["q_start"])
    ids = written.select("q", observation_id=ID, key=numbers.select(ID).to_series())
    in_cells = ids.drop("q").join(figures.select("q", key="document_id"), on="key")
    prose = ids.join(in_cells, on="key", how="anti")
    return [
        (stream, numbers, prose.select("q", "observation_id"), False),
        (cells, figures, in_cells.select("q", "observation_id"), True),
    ]


def _explain(
    stream: Stream, numbers: pl.DataFrame, q: int, observation: Mapping[str, Any], by_heads: bool
) -> Explanation:
    number = numbers.filter(pl.col("q") == q)
    place = number.row(0, named=True)
    clauses = stream.clauses.filter(pl.col("sentence") == place["sentence"])
    zero = clauses["at"][0]
    return Explanation(
        "".join(clauses["text"]),
        place["at"] - zero,
        place["end_at"] - zero,
        by_heads,
        _candidates(weigh_candidates(stream, numbers, [q]), zero),
        _cues(_told(stream.cues, number, observation), zero),
        {name: place[name] for name in ABOVE if place.get(name) is not None},
    )


def _told(cues: Cues, number: pl.DataFrame, observation: Mapping[str, Any]) -> pl.DataFrame:
    """The cues of a number; those of its months go by the kind of measure and not by its unit."""
    said = (pl.lit(observation[name]).alias(name) for name in ("subject", "measure", "change"))
    timed = number.with_columns(said)
    timed = timed.with_columns(unit_class=spoken_kinds(cues, timed))
    others = explain_cues(cues, number).filter(pl.col("field") != "period")
    period = explain_cues(cues, timed, ("period",))
    if not period["decides"].any():
        carried = _carried_day(cues, number, observation).select(period.columns)
        period = pl.concat([period, carried.cast(period.schema)])
    return pl.concat([others, period])


def _carried_day(cues: Cues, number: pl.DataFrame, observation: Mapping[str, Any]) -> pl.DataFrame:
    """The day of a sentence before that dates a stock (see `fields.carried_days`), as a cue that decides."""
    end = observation.get("period_end")
    days = parts(cues.of("period")).filter(
        (pl.col("value") == "as_of")
        & (pl.col("line") == number["line"][0])
        & (pl.col("at") < number["at"][0])
        & (pl.col("last") == (end.month if end else 0))
    )
    return days.tail(1).with_columns(
        q=pl.lit(number["q"][0], number["q"].dtype), decides=pl.lit(True), reaches=pl.lit(True),
        reach=pl.lit("item"), to_at=pl.lit(number["end_at"][0]),
    )  # fmt: skip


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


def _cues(told: pl.DataFrame, zero: int) -> pl.DataFrame:
    return told.select(
        "field",
        "value",
        "word",
        "decides",
        "reaches",
        "reach",
        "cut_field",
        at=pl.col("at") - zero,
        end=pl.col("end_at") - zero,
        text_from=pl.col("from_at") - zero,
        text_to=pl.col("to_at") - zero,
        cut_at=pl.col("cut_by") - zero,
    )
