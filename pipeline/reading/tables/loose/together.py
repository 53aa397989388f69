"""Rows whose name and figures run together, each with its unit, below heads that run together too.

县区结婚登记离婚登记火化率
利州区3687对1402对78.4%
昭化区871对288对21.6%

As many heads as figures are cut where words of the vocabulary begin and end; where several cuts are as good,
the rows have no heads and the table is told as unread.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.layout.cutting import bare_lines
from pipeline.reading.tables import words
from pipeline.reading.tables.raw_cells import RawCell, glued
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary.equals import subject_words

FEWEST_ROWS, FEWEST_FIGURES = 3, 2
LONGEST_HEAD = 12  # characters
UNKNOWN, CLEAR = 2.0, 0.1  # what a head that no word names costs; by how much the best cut must lead
MOST_KNOWN = 4  # of so many heads one may be a word that the vocabulary lacks
LONG = 0.05  # what the square of its length costs: heads of a row are about as long


@cache
def _figure() -> str:
    named = words.either(words.measure_words())
    return rf"[-−+]?{words.NUMBER}{words.SCALE}?(?:{named})(?:{words.rate()})?"


@cache
def together() -> str:
    """A line of a name and several figures, each with its unit."""
    return rf"^\p{{Han}}[\p{{Han}}()·、]{{1,14}}?(?:{_figure()}){{{FEWEST_FIGURES},}}$"


def together_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`): names (column 0) and figures, heads in row 0.

    `lines`: as `cutting.cut_lines` gives them.
    """
    held = bare_lines(lines).select("document_id", "text", "start")
    row = pl.col("text").str.contains(together())
    other = (pl.col("document_id") != pl.col("document_id").shift(1)).fill_null(True)
    held = held.with_columns(row=row, run=((row != row.shift(1)) | other).fill_null(True).cum_sum())
    above = {f"above_{c}": pl.col(c).shift(1) for c in ("text", "start")}
    rows = held.with_columns(**above, led=~other).filter("row")
    found: list[RawCell] = []
    for (run,), part in rows.group_by("run", maintain_order=True):
        name, head, start, led = part.select("document_id", "above_text", "above_start", "led").row(0)
        cut = [_cut(text) for text in part["text"]]
        units = {tuple(re.sub(words.NUMBER, "", figure) for figure in row[1:]) for row in cut}
        sound = led and len(units) == 1 and len(cut) >= FEWEST_ROWS
        heads = _heads(head, list(*units)) if sound else None
        if heads is None:
            continue
        for n, (at, texts) in enumerate([(start, heads), *zip(part["start"], cut, strict=True)]):
            for column, text in enumerate(texts):
                found.append((name, run, n, column, at, text))
                at += len(text)
    return glued(found)


def _cut(text: str) -> list[str]:
    """The name of a row and its figures."""
    figures = re.findall(_figure(), text)
    return [text[: len(text) - sum(map(len, figures))], *figures]


@cache
def known_words() -> frozenset[str]:
    """The words of the vocabulary that name a subject."""
    return frozenset(row["word"] for row in subject_words())


@cache
def _homes() -> str:
    return words.either([r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] == "residence"])


@lru_cache(maxsize=REMEMBERED)
def is_head(text: str) -> bool:
    """Whether a text is a word of the vocabulary, with or without what says where and how it is counted."""
    bare = re.sub(rf"^(?:{_homes()})|\([^()]*\)$", "", text)
    # 户数 of what the caption names
    return bare in known_words() or re.sub(pattern("cell_measure"), "", bare) in known_words() | {""}


@lru_cache(maxsize=REMEMBERED)
def _other_unit(head: str, unit: str) -> bool:
    """Whether the words of a head say another unit than its figures have."""
    rows = vocabulary("tables/label_units.csv")
    said = next((row["unit"] for row in rows if re.search(row["pattern"], head)), unit)
    return said != unit


def _heads(line: str, units: list[str]) -> list[str] | None:
    """A line of heads cut into one for the names and one for each unit; None where no cut stands out."""
    stub = re.match(rf"(?:{words.either(words.frame_words('stub'))})", line)
    if not stub or re.search(r"[0-9。,;:]", line):
        return None
    first, rest = stub[0], line[stub.end() :]
    # the cheapest cuts of what came so far into so many heads
    ways: dict[int, list[tuple[float, list[str]]]] = {0: [(0.0, [])]}
    for unit in units:
        further: dict[int, list[tuple[float, list[str]]]] = {}
        for at, known in ways.items():
            for end in range(at + 2, min(at + LONGEST_HEAD, len(rest)) + 1):
                own = rest[at:end]
                cost = UNKNOWN * (not is_head(own)) + UNKNOWN * _other_unit(own, unit) + LONG * len(own) ** 2
                further.setdefault(end, []).extend((spent + cost, [*heads, own]) for spent, heads in known)
        ways = {end: sorted(known)[:2] for end, known in further.items()}
    best = ways.get(len(rest), [])
    if not best or (len(best) > 1 and best[1][0] - best[0][0] < CLEAR):
        return None
    unknown = sum(not is_head(head) for head in best[0][1])
    return [first, *best[0][1]] if unknown * MOST_KNOWN <= len(units) else None
