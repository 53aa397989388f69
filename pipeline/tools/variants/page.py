"""A labelled text written otherwise, with its labels where their numbers now stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.evaluation.labels import Labelled

Piece = str | tuple[int, int] | tuple[int, int, str]
# new words, a span of the text as it was, or a span written anew, where a label in it stands at the start
Edit = tuple[int, int, tuple[Piece, ...]]  # from, to, what stands there instead

CELLS = r"[|\t]|\S {2,}\S|\S\u3000\S"  # what parts cells
BROKEN = 0.8  # share of lines of prose that end a sentence, in a text with a paragraph a line


def edited(labelled: Labelled, edits: Iterable[Edit]) -> Labelled:
    """The text with its edits, those that overlap an earlier one aside. A label whose number an edit leaves
    out goes with it; a number that an edit moves keeps its label.
    """
    text, out, at = labelled.text, [], 0
    moved = [-1] * (len(text) + 1)
    length = 0

    def add(piece: Piece) -> None:
        nonlocal length
        if isinstance(piece, str):
            out.append(piece)
            length += len(piece)
            return
        anew = piece[2] if len(piece) == 3 else None
        for place in range(*piece[:2]):
            moved[place] = length + (place - piece[0] if anew is None else 0)
        out.append(text[slice(*piece[:2])] if anew is None else anew)
        length += len(out[-1])

    for start, end, pieces in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            continue
        add((at, start))
        for piece in pieces:
            add(piece)
        at = end
    add((at, len(text)))
    labels = []
    for label in labelled.labels:
        start, last = moved[label["start"]], moved[label["end"] - 1]
        if start >= 0 and last >= start:
            labels.append(label | {"start": start, "end": last + 1})
    return replace(labelled, text="".join(out), labels=labels)


def rewritten(
    labelled: Labelled,
    found: re.Pattern[str],
    pieces: Callable[[re.Match[str]], tuple[Piece, ...]],
    everywhere: bool = False,
) -> Labelled:
    """The text with what `pieces` says for every match in prose (or in the whole text)."""
    spans = [(0, len(labelled.text))] if everywhere else prose(labelled.text)
    matches = (m for span in spans for m in found.finditer(labelled.text, *span))
    return edited(labelled, [(*m.span(), pieces(m)) for m in matches])


def prose(text: str) -> Iterable[tuple[int, int]]:
    """The spans of the lines that are prose: long, with a comma or full stop, no row of a table."""
    at = 0
    for line in text.split("\n"):
        if len(line) > 15 and re.search("[。,;]", line) and not re.search(CELLS, line):
            yield at, at + len(line)
        at += len(line) + 1


def is_broken(text: str) -> bool:
    """Whether many lines of prose stop inside a sentence, as on a page."""
    ends = [text[end - 1] in "。;:!?”)】" for _, end in prose(text) if end > 1]
    return bool(ends) and sum(ends) < BROKEN * len(ends)
