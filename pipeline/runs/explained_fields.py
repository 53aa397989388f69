"""The fields of an explained number in words: one line each, its value and what decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from pipeline.extraction.deciding.above import ABOVE
from pipeline.extraction.deciding.sources import PERIOD, Decided, Source
from pipeline.extraction.explain import Explanation, keeps_off
from pipeline.warehouse.publish.render import VISIBLE

Row = Mapping[str, Any]

NOTHING = "nothing says otherwise"
OFF = "which keeps off others"
LONGEST = 34  # characters of a heading or clause that are shown
SPOKEN_BY = {
    "change": ("change", "delta"), "residence": ("residence",), "status": ("status", "aim", "next_year"),
    "scope": ("place", "place_of_line", "outside"), "year": ("year", "shift"), "period": ("period",),
}  # fmt: skip
HEADS = {
    "row": "head of the row", "column": "head of the column", "title": "line above the heads",
    "note": "note above", "caption": "caption", "lead": "line before the table",
    "report title": "title of the report",
}  # fmt: skip


MONTHS = ("first", "last")
MARKS = {"as_of": "as of its end", "whole_year": "the whole year", "whole": "the whole area"}


def seen(text: object, style: str = "") -> Text:
    """Text of a document, which may not speak to the terminal."""
    return Text(str(text).translate(VISIBLE), style)


def plain_table(*heads: str) -> Table:
    """A table without lines, for a terminal."""
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=place == 0)
    return table


def fields(row: Row, told: Explanation) -> Table:
    """A line a field: its value in the row, and what decided it."""
    table = plain_table("field", "value", "decided by")
    by_name = {one.field: one for one in told.fields}
    for one in [*(one for one in told.fields if one.field not in PERIOD), _period(by_name)]:
        if one.value is None and one.field != "year":
            continue
        table.add_row(
            one.field, seen(shown(one.value)), _decided(one, told), style="" if one.sources else "dim"
        )
    if row["comparator"] != "=":
        table.add_row("comparator", row["comparator"], "the words at the number")
    return table


def _period(by_name: Mapping[str, Decided]) -> Decided:
    """The period as one field, decided by what its end hangs on, else its beginning."""
    start, end = (by_name[name] for name in PERIOD)
    one = end if end.sources else start
    if end.value is None and start.value is None:
        return one._replace(field="period", value=None)
    value = f"{start.value} to {end.value}" if start.value else f"as of {end.value}"
    # which year the months are of is told of the year
    said = tuple(source for source in one.sources if source.kind not in ABOVE) or one.sources
    return one._replace(field="period", value=value, sources=said)


def decides(names: Sequence[str]) -> str:
    """That something decides some fields, the two ends of a period as one."""
    named = dict.fromkeys("period" if name in PERIOD else name for name in names)
    return "decides " + ", ".join(named)


def shown(value: object) -> str:
    return "none" if value is None else str(value)


def _decided(one: Decided, told: Explanation) -> Text:
    if not one.sources:
        return _otherwise(one, told)
    parts = [
        seen(
            source_words(source, told) + (f" (says {source.value}, {OFF})" if keeps_off(source, one) else "")
        )
        for source in one.sources
    ]
    text = Text()
    for n, part in enumerate(parts):
        text.append("" if not n else "; also " if one.either else " and ", "dim").append_text(part)
    return text


def _otherwise(one: Decided, told: Explanation) -> Text:
    """That nothing decided, and which cue speaks of something else."""
    other = [
        cue
        for cue in told.cues.iter_rows(named=True)
        if cue["field"] in SPOKEN_BY.get(one.field, ()) and cue["reaches"] and cue["value"] != str(one.value)
    ]
    if not other:
        return Text("its unit" if one.field == "measure" else NOTHING)
    word, value = other[0]["word"], other[0]["value"] or other[0]["field"]
    return seen(f"by default: ‘{word}’ speaks of {value}, but not of this number")


def source_words(source: Source, told: Explanation) -> str:
    """A source in words: ‘农村’, 6 before it."""
    above = told.above
    match source.kind:
        case "cue":
            return f"‘{source.said}’{_where(source, told)}"
        case "before":
            return f"the words before it: ‘{source.said[-LONGEST:]}’"
        case "after":
            return f"the words behind it: ‘{source.said}’"
        case "beside":
            return "the numbers beside it"
        case "named":
            return f"the year named last above: {source.said}"
        case "unit":
            return f"its unit {source.said}" if source.said else "that it has no unit"
        case "subject":
            return f"its subject {source.said}"
        case "role":
            return f"the heading ‘{_short(above.get('heading_of_role') or '')}’ ({source.said})"
        case "section year":
            return f"the heading ‘{_short(above.get('heading_of_year') or '')}’ ({source.said})"
        case "genre":
            return f"the report’s genre, {source.said}"
        case "report":
            by = above.get("year_evidence") or above.get("title") or ""
            method = f", by its {above['year_method']}" if above.get("year_method") else ""
            return f"the report, of {above.get('year') or source.said}{method}: ‘{_short(by)}’"
        case "region":
            return f"the region of the report, {source.said}"
        case "area":
            return f"the report’s own area, a {source.said}"
    return f"{HEADS[source.kind]} ‘{_short(source.said)}’"


def _where(source: Source, told: Explanation) -> str:
    inside = 0 <= source.at < len(told.sentence)
    if source.stands and not inside:
        return f" in the {source.stands} ‘{_short(source.clause)}’"
    gap = told.start - source.end_at
    side = f"{gap} before it" if gap >= 0 else f"{source.at - told.end} behind it"
    side = "around it" if gap < 0 and source.at < told.end else side
    return f", {side}" if inside else f", {side} in ‘{_short(source.clause)}’"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def head_lines(told: Explanation) -> Table:
    """The heads of a number in a table and what stands above, each with what it says and decides."""
    table = plain_table("stands", "text", "says", "")
    for source, said in told.heads:
        of = [one.field for one in told.fields if source in one.sources]
        verdict = decides(of) if of else ""
        says = seen(_head_says(said))
        table.add_row(HEADS[source.kind], seen(_short(source.said)), says, verdict, style="" if of else "dim")
    return table


def _head_says(said: Mapping[str, Any]) -> str:
    """residence rural, months 1 to 9."""
    words = [f"{name} {value}" for name, value in said.items() if name not in (*MONTHS, *MARKS)]
    if "last" in said:
        words.append(
            f"months {said['first']} to {said['last']}" if said.get("first") else f"month {said['last']}"
        )
    words += [text for name, text in MARKS.items() if name in said]
    return ", ".join(words) or "–"


def reasons_for(confidence: float, reasons: Sequence[tuple[str, float]], shown: int) -> Table:
    """The weightiest signs for and against a reading, with their log odds."""
    table = plain_table(f"Confidence {confidence}", "speaks for and against it")
    for sign in (1, -1):
        for said, points in [one for one in reasons if one[1] * sign > 0][:shown]:
            table.add_row(f"{points:+.2f}", seen(said))
    return table
