"""What pages put between the characters of a text and nobody says: read as if it were not there.

    養(yǎng)老補(bǔ)貼       how characters sound, where a program made them Traditional
    修建水井4⏎2、8口            the numbers of segments into which sites cut texts, words and numbers
    走访甲村,第4页 共6页乙村    the foot of a page in the midst of a sentence

It becomes characters of no width, so no offset changes; `mending` and `lines` leave these out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from pipeline.reading.layout.compute import each_changed_where
from pipeline.vocabulary import pattern

NO_WIDTH = "\u2060"
SEGMENT = re.compile(r"[ \t]*([0-9]{1,3})、[ \t]*")
SECOND = r"\n[ \t]*2、"
SHORTEST = 100  # characters of a segment that another one follows
UNEVEN = 2.0  # how many times as long as another it may be
CUT = re.compile(r"[。;].*[^。;!?:…”\"』」)】|\s]$")  # goes on behind a sentence, and does not end


def without_unsaid(texts: pl.Series) -> pl.Series:
    """Folded texts with `NO_WIDTH` for each character that nobody says; no length changes."""
    texts = each_changed_where(texts, SECOND, _without_segments)
    for unsaid in (pattern("sound_in_brackets"), pattern("foot_in_sentence")):
        texts = each_changed_where(texts, unsaid, _without(unsaid))
    return texts


def as_said(texts: pl.Series, folded: pl.Series) -> pl.Series:
    """Texts as they were written, with `NO_WIDTH` where their folded ones have it."""
    hit = folded.str.contains(NO_WIDTH, literal=True)
    if not hit.any():
        return texts
    pairs = zip(texts.filter(hit), folded.filter(hit), strict=True)
    said = ["".join(b if b == NO_WIDTH else a for a, b in zip(*pair, strict=True)) for pair in pairs]
    return texts.scatter(hit.arg_true(), pl.Series(said, dtype=pl.String))


def unsaid_spans(documents: pl.DataFrame) -> pl.DataFrame:
    """Where it stands: document_id, start, end (code points of `text`). Takes document_id and folded."""
    hit = documents.filter(pl.col("folded").str.contains(NO_WIDTH, literal=True))
    found = [
        (document_id, run.start(), run.end())
        for document_id, folded in hit.select("document_id", "folded").iter_rows()
        for run in re.finditer(f"{NO_WIDTH}+", folded)
    ]
    schema = {"document_id": pl.String, "start": pl.Int64, "end": pl.Int64}
    return pl.DataFrame(found, schema=schema, orient="row")


def _without(unsaid: str) -> Callable[[str], str]:
    return lambda text: re.sub(unsaid, _of_no_width, text)


def _of_no_width(found: re.Match[str]) -> str:
    """Characters of no width for what was found, as it is where it fills its line: this is told elsewhere."""
    text, start = found.string, found.string.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    alone = text[start : end if end >= 0 else len(text)].strip(" \t。.") == found[0].strip()
    return found[0] if alone else NO_WIDTH * len(found[0])


def _without_segments(text: str) -> str:
    """A text without the numbers of its segments and the line ends before them: a run of lines from 1、 on,
    about as long as each other, most of which stop within a sentence. The items of a list end theirs."""
    lines = text.split("\n")
    run: list[int] = []
    for n, line in enumerate(lines):
        found = SEGMENT.match(line)
        if found and int(found[1]) == len(run) + 1:
            run.append(n)
        elif line.strip():
            if _are_segments([lines[at] for at in run]):
                break
            run = [n] if found and int(found[1]) == 1 else []
    if not _are_segments([lines[at] for at in run]):
        return text
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    done, at = [], 0
    for place, n in enumerate(run):
        found = SEGMENT.match(lines[n])
        assert found
        before = starts[run[place - 1]] + len(lines[run[place - 1]].rstrip()) if place else starts[n]
        end = starts[n] + found.end()
        done += [text[at:before], NO_WIDTH * (end - before)]
        at = end
    return "".join([*done, text[at:]])


def _are_segments(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    sizes = [len(line) for line in lines[:-1]]
    cut = sum(bool(CUT.search(line.rstrip())) for line in lines[:-1])
    return min(sizes) >= max(SHORTEST, max(sizes) / UNEVEN) and cut > 0 and cut >= len(sizes) / 2
