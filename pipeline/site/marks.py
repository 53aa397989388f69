"""A report's text as HTML, every number marked and every character kept.

The text inside the element that `mark_text` fills equals the report's text, code point for code point (a test
reads it back). Notes of the audit, elements of the role `note`, stand between its paragraphs.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

from markupsafe import Markup, escape

# An HTML parser drops U+0000 and turns a lone carriage return into a line feed.
_AS_PARSED = {0: "␀", 13: Markup("&#13;")}


@dataclass(frozen=True, slots=True)
class Mark:
    """An observation in the text: offsets into the document, CSS classes, the element's id."""

    start: int
    end: int
    anchor: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the numbers, by offset; a note follows the line of its offset."""

    headings: Mapping[int, tuple[str, int]] = field(default_factory=dict)  # start -> (text, level)
    anchors: Mapping[int, Sequence[str]] = field(default_factory=dict)  # start -> element ids
    notes: Sequence[tuple[int, Markup]] = ()  # (offset, HTML)
    tables: Sequence[tuple[int, int]] = ()  # whose lines stand back behind the table that is drawn


def escape_text(text: str) -> str:
    """HTML of `text` that a browser parses back to the same characters (U+0000 shows as its picture)."""
    escaped = str(escape(text))
    if "\0" in escaped or "\r" in escaped:
        escaped = escaped.translate(_AS_PARSED)
    return escaped


def mark_text(
    text: str, offset: int, marks: Sequence[Mark], mentions: Sequence[tuple[int, int, str]], layout: Layout
) -> Markup:
    """Mark up `text`, which starts at code point `offset` of its document.

    `mentions` are (start, end, kind), in document offsets. An observation becomes a link to itself; where
    observations overlap, or run over a line's end, each piece names all that it belongs to, so that the
    pieces of one observation, joined, are always its written text.
    """
    end = offset + len(text)
    lines = _line_starts(text, offset)
    openings, closings = _events(marks, mentions, offset, end)
    stops = sorted(
        {offset, end, *lines, *openings, *closings, *(a for a in layout.anchors if offset <= a < end)}
    )
    notes = _notes_by_line(lines, layout.notes)
    starts_line = set(lines)

    active: set[int] = set()
    kinds: list[str] = []
    seen: set[int] = set()
    html: list[str] = []
    line_pieces: list[tuple[tuple[int, ...], str]] = []
    line_start = offset
    for start, stop in pairwise(stops):
        for what in closings.get(start, ()):
            if isinstance(what, int):
                active.discard(what)
            else:
                kinds.remove(what)
        for what in openings.get(start, ()):
            if isinstance(what, int):
                active.add(what)
            else:
                kinds.append(what)
        for anchor in layout.anchors.get(start, ()):
            line_pieces.append(((-1,), f'<span class="anchor" id="{escape(anchor)}"></span>'))
        piece = escape_text(text[start - offset : stop - offset])
        if kinds and not (active and kinds[-1] == "measurement"):
            reach = "" if active else ' tabindex="-1"'
            piece = f'<span class="k {kinds[-1]}" data-k="{kinds[-1]}"{reach}>{piece}</span>'
        line_pieces.append((tuple(sorted(active)), piece))
        if stop in starts_line or stop == end:
            html.append(_line(text, line_start, offset, stop, line_pieces, marks, seen, layout))
            html.extend(notes.get(line_start, ()))
            line_pieces, line_start = [], stop
    return Markup("".join(html))


def _line_starts(text: str, offset: int) -> list[int]:
    starts, position = [offset], text.find("\n")
    while position != -1:
        starts.append(offset + position + 1)
        position = text.find("\n", position + 1)
    return starts


def _events(
    marks: Sequence[Mark], mentions: Sequence[tuple[int, int, str]], low: int, high: int
) -> tuple[dict[int, list[int | str]], dict[int, list[int | str]]]:
    openings: dict[int, list[int | str]] = {}
    closings: dict[int, list[int | str]] = {}
    spans: Iterable[tuple[int, int, int | str]] = [
        *((mark.start, mark.end, number) for number, mark in enumerate(marks)),
        *mentions,
    ]
    for start, end, what in spans:
        start, end = max(start, low), min(end, high)
        if start < end:
            openings.setdefault(start, []).append(what)
            closings.setdefault(end, []).append(what)
    return openings, closings


def _notes_by_line(lines: list[int], notes: Sequence[tuple[int, Markup]]) -> dict[int, list[str]]:
    by_line: dict[int, list[str]] = {}
    for at, note in notes:
        by_line.setdefault(lines[max(bisect_right(lines, at) - 1, 0)], []).append(str(note))
    return by_line


def _line(
    text: str,
    start: int,
    offset: int,
    stop: int,
    pieces: list[tuple[tuple[int, ...], str]],
    marks: Sequence[Mark],
    seen: set[int],
    layout: Layout,
) -> str:
    heading = layout.headings.get(start)
    tag = "p"
    if heading and text[start - offset : stop - offset].strip().strip("| ") == heading[0].strip():
        tag = f"h{heading[1]}"
    inner = "".join(
        _linked(owners, "".join(map(itemgetter(1), run)), marks, seen) for owners, run in _runs(pieces)
    )
    tabled = any(first < stop and start < last for first, last in layout.tables)
    back = ' class="tabled"' if tabled and tag == "p" else ""
    return f'<{tag}{back} data-s="{start}">{inner}</{tag}>'


def _runs(pieces: list[tuple[tuple[int, ...], str]]) -> Iterable[tuple[tuple[int, ...], Iterable]]:
    return groupby(pieces, key=itemgetter(0))


def _linked(owners: tuple[int, ...], inner: str, marks: Sequence[Mark], seen: set[int]) -> str:
    """`inner` as a link that names its observations; the first piece of each has its anchor."""
    if not owners or owners == (-1,):
        return inner
    new = [number for number in owners if number not in seen]
    seen.update(new)
    first, *others = (marks[number].anchor for number in new or owners)
    identity = f' id="{escape(first)}"' if new else ""
    classes = " ".join(dict.fromkeys(" ".join(marks[number].classes for number in owners).split()))
    more = "".join(f'<span class="anchor" id="{escape(anchor)}"></span>' for anchor in others) if new else ""
    numbers = " ".join(map(str, owners))
    return f'{more}<a class="o {classes}"{identity} href="#{escape(first)}" data-o="{numbers}">{inner}</a>'
