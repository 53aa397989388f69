"""An explanation as it is printed on a terminal: the sentence with its cues, the subjects, the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.extraction.explain import Explanation
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.publish.render import VISIBLE

Row = Mapping[str, Any]

FIELDS = (
    "change", "residence", "subgroup", "status", "comparator", "scope", "place", "year", "period_start",
    "period_end",
)  # fmt: skip
SHOWN = 8  # candidates
AROUND = 40  # characters beside the marked part of a long sentence
NUMBER, WORD, CUE = "bold reverse", "bold green", "magenta"


def explanation(file_name: str, row: Row, told: Explanation, outdated: bool) -> RenderableType:
    """Everything that is known of how an observation (a row of `core.observations`) was read."""
    heads = [_seen(f"{row['observation_id']}  {file_name}"), _reading(row)]
    if outdated:
        heads.append(
            Text(
                "The published file was made by other code or words; this is how today's reads it.",
                style="yellow",
            )
        )
    sentence = Text.assemble(("read as  " if told.by_heads else "sentence ", "dim"), _sentence(told))
    above = Text("from above " + ", ".join(f"{name} {value}" for name, value in told.above.items()), "dim")
    return Group(
        *heads, Text(), sentence, above, Text(), _subjects(row, told.candidates), Text(), _cues(told)
    )


def list_numbers(file_name: str, rows: Sequence[Row]) -> RenderableType:
    """Several numbers that were meant by what was asked: which is it?"""
    table = _table("observation_id", "written", "read as", "in")
    for row in rows:
        table.add_row(row["observation_id"], *map(_seen, (row["written"], row["indicator_id"], row["quote"])))
    return Group(_seen(f"{file_name} holds it {len(rows)} times; ask with one of these:"), table)


def set_aside(file_name: str, text: str, mentions: Sequence[Row]) -> RenderableType:
    """Numbers that measure nothing: what they were taken for."""
    table = _table("number", "taken for", "in")
    for row in mentions:
        around = text[max(0, row["span_start"] - 15) : row["span_end"] + 15]
        table.add_row(*map(_seen, (row["text"], row["kind"], around)))
    return Group(_seen(f"{file_name}: it measures nothing"), table)


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=place == 0)
    return table


def _seen(text: str, style: str = "") -> Text:
    """Text of a document, which may not speak to the terminal."""
    return Text(str(text).translate(VISIBLE), style)


def _reading(row: Row) -> Text:
    said = [f"{name} {row[name]}" for name in FIELDS if row[name] not in (None, "", [], "=")]
    value = f"{row['value']:,.12g}" + (f" to {row['value_high']:,.12g}" if row["value_high"] else "")
    return Text.assemble(
        _seen(row["written"], NUMBER), " → ", (f"{row['indicator_id']} ", "bold"),
        _seen(f"{value} {row['unit'] or ''}"), f"   confidence {row['confidence']}",
        f"  flags {', '.join(row['flags'])}" if row["flags"] else "",
        "\n", ", ".join(said),
    )  # fmt: skip


def _sentence(told: Explanation) -> Text:
    """The sentence with number, candidate words and deciding cues marked; each cue says its field."""
    decisive = told.cues.filter("decides").select("field", "value", "at", "end").iter_rows()
    cues = [(at, end, f"‹{field}{f'={value}' if value else ''}›") for field, value, at, end in decisive]
    words = told.candidates.select("at", "end").drop_nulls().unique().iter_rows()
    size = len(told.sentence)
    spans = [(at, end, CUE) for at, end, _ in cues] + [(at, end, WORD) for at, end in words]
    spans = [span for span in [*spans, (told.start, told.end, NUMBER)] if span[0] >= 0 and span[1] <= size]
    marked = _seen(told.sentence)
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


def _subjects(row: Row, candidates: pl.DataFrame) -> RenderableType:
    """The candidate subjects, best first, with what speaks for and against each."""
    names = dict(load_reference("ref.subjects").select("subject", "name_zh").iter_rows())
    table = _table("subject", "word", "found", "score", "likely", "what speaks for and against it")
    for c in candidates.head(SHOWN).iter_rows(named=True):
        style = "bold" if c["subject"] == row["subject"] else ""
        table.add_row(
            Text(f"{c['subject']}\n{names.get(c['subject'], '')}", style), _seen(c["word"]), c["rule"],
            f"{c['score']:.2f}", f"{100 * c['share']:.0f} %", " ".join(_signed(c["said"])),
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


def _cues(told: Explanation) -> RenderableType:
    """For each field the cue that decides, where it stands and how far it reaches; then those that do not."""
    if told.cues.is_empty():
        return Text("Cues: no word near it says more of it", "bold")
    table = _table("field", "says", "word", "stands", "reaches", "")
    before = ""
    for cue in told.cues.iter_rows(named=True):
        verdict = "decides" if cue["decides"] else "another goes before" if cue["reaches"] else _cut(cue)
        table.add_row(
            cue["field"] if cue["field"] != before else "", _seen(cue["value"] or ""),
            _seen(cue["word"] or ""), _where(cue, told), f"its {cue['reach']}: {_stretch(cue, told)}",
            verdict, style="" if cue["decides"] else "dim",
        )  # fmt: skip
        before = cue["field"]
    return Group(Text("Cues", "bold"), table)


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
