"""Footnotes of pages: small type at the foot that begins with a mark, moved out of the text that it cuts."""

import re
from dataclasses import replace
from statistics import median

from pipeline.reading.formats.pdforder import SetLine
from pipeline.reading.layout.written import LIST_NUMERAL

SMALL = 0.9  # of the type of the page: what is smaller may be a note
MARK = re.compile(r"[①-⑳⑴-⒇*※†]|[\[〔(\uff08【]\d{1,2}[\])\uff09〕】]|\d{1,2}(?![\d%‰年月日、.:\uff0e])")
BARE = re.compile(r"(\d{1,2})\s?(?=\D)")
HEADING = re.compile(rf"{LIST_NUMERAL}、|第{LIST_NUMERAL}[章节部]|[(\uff08]{LIST_NUMERAL}[)\uff09]")
LARGE = 1.15  # of the type of the page: a title
WORDLESS = re.compile(r"[-—–―~·•\s\d/第页共]+$")


def notes_apart(pages: list[list[SetLine]]) -> list[list[SetLine]]:
    """Lines of pages, each note with its mark in brackets before the next heading, or at the end: not only a
    sentence goes on beyond it, what it tells of may go on in the next paragraph."""
    out: list[list[SetLine]] = []
    waiting: list[SetLine] = []
    for page in pages:
        body = _type(page)
        notes = _notes(page, body)
        lines: list[SetLine] = []
        for line in page:
            if id(line) in notes:
                text = BARE.sub(r"[\1] ", line.text, count=1) if notes[id(line)] else line.text
                waiting.append(replace(line, text=text))
                continue
            if HEADING.match(line.text) or line.em > LARGE * body:
                lines += waiting
                waiting = []
            lines.append(line)
        out.append(lines)
    if waiting:
        last = next(lines for lines in reversed(out) if lines)
        behind = len(last)
        while behind and WORDLESS.match(last[behind - 1].text):
            behind -= 1
        last[behind:behind] = waiting
    return out


def _type(page: list[SetLine]) -> float:
    """The size of the type of most of a page, 0 where there is none."""
    sizes = [(line.em, len(line.text)) for line in page if line.em and line.left is not None]
    return median([em for em, size in sizes for _ in range(size)] or [0.0])


def _notes(page: list[SetLine], body: float) -> dict[int, bool]:
    """Ids of the lines that are notes, with whether a note begins there."""
    lowest = [line for line in page if line.em >= SMALL * body and not WORDLESS.match(line.text)]
    found: dict[int, bool] = {}
    within = False
    for line in page:
        small = len(line.segments) == 1 and 0 < line.em < SMALL * body
        begins = (
            small and bool(MARK.match(line.text)) and not any(_stands_under(each, line) for each in lowest)
        )
        figures = line.left is not None and not line.em and not WORDLESS.match(line.text)
        within = begins or (within and (small or figures))
        if within:
            found[id(line)] = begins
    return found


def _stands_under(line: SetLine, other: SetLine) -> bool:
    """Whether a line stands lower on the page than another, in its column."""
    if not line.segments or not other.segments or line.top > other.bottom:
        return False
    return (
        line.segments[0].left < other.segments[-1].right and line.segments[-1].right > other.segments[0].left
    )
