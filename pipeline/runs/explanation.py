"""An explanation as it is printed on a terminal: the sentence with its cues, the subjects, the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.extraction.explain import Explanation
from pipeline.runs.explained_fields import (
    SPOKEN_BY,
    decides,
    fields,
    head_lines,
    plain_table,
    reasons_for,
    seen,
)
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary.reference import load_reference

Row = Mapping[str, Any]

SPOKEN = tuple(field for of in SPOKEN_BY.values() for field in of)
SIGNS, REASONS = 5, 3  # of a candidate, and of the confidence, each for and against
SHOWN = 8  # candidates
AROUND = 40  # characters beside the marked part of a long sentence
NUMBER, WORD, CUE = "bold reverse", "bold green", "magenta"


def explanation(
    file_name: str,
    row: Row,
    told: Explanation,
    reasons: Sequence[tuple[str, float]],
    outdated: bool,
    long: bool = False,
) -> RenderableType:
    """Everything that is known of how an observation (a row of `core.observations`) was read.

    `reasons`: what speaks for and against it (`confidence.reasons`); `long`: with all cues and signs, and
    what their names mean.
    """
    heads = [seen(f"{row['observation_id']}  {file_name}"), _reading(row)]
    if outdated:
        heads.append(
            Text(
                "The published file was made by other code or words; this is how today's reads it.",
                style="yellow",
            )
        )
    sentence = Text.assemble(("read as  " if told.by_heads else "sentence ", "dim"), _sentence(told))
    parts = [
        *heads,
        Text(),
        sentence,
        Text(),
        fields(row, told),
        Text(),
        _subjects(row, told.candidates, long),
    ]
    parts += [Text(), reasons_for(row["confidence"], reasons, REASONS)]
    if told.heads:
        parts += [Text(), Text("Heads", "bold"), head_lines(told)]
    if not told.by_heads:
        parts += [Text(), _cues(told, long)]
    return Group(*parts, *(_legend(told) if long else []))


def list_numbers(file_name: str, rows: Sequence[Row]) -> RenderableType:
    """Several numbers that were meant by what was asked: which is it?"""
    table = plain_table("observation_id", "written", "read as", "in")
    for row in rows:
        table.add_row(row["observation_id"], *map(seen, (row["written"], row["indicator_id"], row["quote"])))
    return Group(seen(f"{file_name} holds it {len(rows)} times; ask with one of these:"), table)


def set_aside(file_name: str, text: str, mentions: Sequence[Row]) -> RenderableType:
    """Numbers that measure nothing: what they were taken for."""
    table = plain_table("number", "taken for", "in")
    for row in mentions:
        around = text[max(0, row["span_start"] - 15) : row["span_end"] + 15]
        table.add_row(*map(seen, (row["text"], row["kind"], around)))
    return Group(seen(f"{file_name}: it measures nothing"), table)


def _reading(row: Row) -> Text:
    value = f"{row['value']:,.12g}" + (f" to {row['value_high']:,.12g}" if row["value_high"] else "")
    return Text.assemble(
        seen(row["written"], NUMBER), " → ", (f"{row['indicator_id']} ", "bold"),
        seen(f"{value} {row['unit'] or ''}"), f"   confidence {row['confidence']}",
        f"  flags {', '.join(row['flags'])}" if row["flags"] else "",
    )  # fmt: skip


def _sentence(told: Explanation) -> Text:
    """The sentence with number, candidate words and deciding cues marked; each cue says its field."""
    deciding = told.cues.filter(pl.col("decides").list.len() > 0)
    decisive = deciding.select("field", "value", "at", "end").unique(maintain_order=True).iter_rows()
    cues = [(at, end, f"‹{field}{f'={value}' if value else ''}›") for field, value, at, end in decisive]
    words = told.candidates.select("at", "end").drop_nulls().unique().iter_rows()
    size = len(told.sentence)
    spans = [(at, end, CUE) for at, end, _ in cues] + [(at, end, WORD) for at, end in words]
    spans = [span for span in [*spans, (told.start, told.end, NUMBER)] if span[0] >= 0 and span[1] <= size]
    marked = seen(told.sentence)
    for at, end, style in spans:
        marked.stylize(style, at, end)
    notes = [(end, label, "dim magenta") for at, end, label in cues if at >= 0 and end <= size]
    notes += [(told.start, "【", NUMBER), (told.end, "】", NUMBER)]
    at = max(0, min(span[0] for span in spans) - AROUND)
    until = min(size, max(span[1] for span in spans) + AROUND)
    text = Text("…" if at else "")
    for place, note, style in [*sorted(notes), (until, "…" if until < size else "", "")]:
        text.append_text(marked[at:place]).append(note, style)
        at = place
    return text


def _subjects(row: Row, candidates: pl.DataFrame, long: bool) -> RenderableType:
    """The candidate subjects, best first, with what speaks for and against each; how likely a subject is
    stands at its best candidate."""
    names = dict(load_reference("ref.subjects").select("subject", "name_zh").iter_rows())
    table = plain_table("subject", "word", "found", "score", "likely", "what speaks for and against it")
    told = set()
    for c in candidates.head(SHOWN).iter_rows(named=True):
        style = "bold" if c["subject"] == row["subject"] else ""
        again = c["subject"] in told
        told.add(c["subject"])
        signs = _signed(c["said"])
        more = [] if long or len(signs) <= SIGNS else ["…"]
        name = (
            Text(c["subject"], "dim")
            if again
            else Text(f"{c['subject']}\n{names.get(c['subject'], '')}", style)
        )
        table.add_row(
            name, seen(c["word"]), c["rule"], f"{c['score']:.2f}",
            "" if again else f"{100 * c['share']:.0f} %",
            " ".join((signs if long else signs[:SIGNS]) + more),
        )  # fmt: skip
    parts: list[RenderableType] = [Text("Subjects", "bold"), table]
    if candidates.is_empty():
        parts = [Text("Subjects: no word near it names one", "bold")]
    elif row["subject"] != candidates["subject"][0]:
        parts.append(
            Text(f"The numbers beside it decided otherwise: {row['subject']} (rule: {row['rule']})", "yellow")
        )
    if candidates.height > SHOWN:
        parts.append(Text(f"and {candidates.height - SHOWN} more", "dim"))
    return Group(*parts)


def _signed(said: Iterable[str]) -> list[str]:
    """`left 5.0` as `left+5.00`, the weightiest first; what weighs nothing is left out."""
    parts = [(name, float(points)) for name, _, points in (part.partition(" ") for part in said)]
    return [
        f"{name}{points:+.2f}" for name, points in sorted(parts, key=lambda part: -abs(part[1])) if points
    ]


def _cues(told: Explanation, long: bool) -> RenderableType:
    """The cues that decide, with where they stand and how far they reach; then those that speak of the same
    fields and do not, or all where it is `long`."""
    rows = [c for c in told.cues.iter_rows(named=True) if long or c["decides"] or c["field"] in SPOKEN]
    if not rows:
        return Text("Cues: no word near it says more of it", "bold")
    table = plain_table("cue of", "says", "word", "stands", "reaches", "")
    before, values = "", {str(one.value) for one in told.fields}
    for cue in rows:
        reach = f"its {cue['reach']}: {_stretch(cue, told)}" if cue["reach"] else "carried on"
        table.add_row(
            cue["field"] if cue["field"] != before else "", seen(cue["value"] or ""),
            seen(cue["word"] or ""), _where(cue, told), reach, _verdict(cue, values),
            style="" if cue["decides"] else "dim",
        )  # fmt: skip
        before = cue["field"]
    return Group(Text("Cues", "bold"), table)


def _verdict(cue: Row, values: set[str]) -> str:
    if cue["decides"]:
        return decides(cue["decides"])
    if not cue["reaches"]:
        return _cut(cue)
    if not cue["goes_first"]:
        return "another goes before"
    return "says the same" if cue["value"] in values else "decides nothing"


def _legend(told: Explanation) -> list[RenderableType]:
    """What the names of signs and of cues mean (the meanings of the vocabulary)."""
    named = {part.partition(" ")[0] for said in told.candidates["said"] for part in said}
    signs = [r for r in vocabulary("subjects/weights.csv") if r["feature"] in named]
    cues = [r for r in vocabulary("fields/cue_fields.csv") if r["field"] in set(told.cues["field"])]
    table = plain_table("name", "means")
    for row, name in [*((r, "feature") for r in signs), *((r, "field") for r in cues)]:
        table.add_row(row[name], seen(row["meaning"]))
    return [Text(), Text("What the names mean", "bold"), table]


def _where(cue: Row, told: Explanation) -> str:
    if cue["end"] <= told.start:
        where = f"{told.start - cue['end']} before"
    elif cue["at"] >= told.end:
        where = f"{cue['at'] - told.end} behind"
    else:
        where = "around it"
    inside = 0 <= cue["at"] < len(told.sentence)
    return where if inside else f"{where}, outside the sentence"


def _stretch(cue: Row, told: Explanation) -> str:
    if cue["text_to"] > cue["end"]:
        return f"{cue['text_to'] - cue['end']} on"
    return f"{cue['at'] - cue['text_from']} back"


def _cut(cue: Row) -> str:
    return f"cut short by a cue of {cue['cut_field']}" if cue["cut_field"] else "does not reach it"
