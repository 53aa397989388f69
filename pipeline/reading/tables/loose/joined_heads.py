"""Heads that run together, cut where known words begin and end; and broken ones, joined to known words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.tables import words
from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.cell_by_cell import names_rows
from pipeline.reading.tables.loose.together import is_head

UNIT = re.compile(r"\([^()]{1,8}\)$")
LONGEST_HEAD, LONGEST_CUT = 16, 12
MOST_PIECES = 4  # of a head
UNKNOWN, CLEAR, LONG = 2.0, 0.1, 0.05  # as in `together`
MOST_KNOWN = 4  # of so many heads one may be a word that the vocabulary lacks
NEVER = 100.0
SHORTEST = 2  # characters of a word that says how, and nothing else
Piece = tuple[str, int]  # text and place
Ways = dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]]  # by end and how many: cost, beginnings


def cut_line(line: str, counted: bool, names: int, figures: int, unit: bool) -> list[int] | None:
    """Where the heads of a line begin that run together (指标名称单位本年上年); None where no one cut stands
    out. `names`: columns before the figures, the first of them numbers where rows are `counted`, the last
    units where `unit` says so."""
    width = names + figures
    ways: Ways = {(0, 0): [(0.0, ())]}
    for end in range(1, len(line) + 1):
        for begin in range(max(end - LONGEST_CUT, 0), end):
            for n in range(width):
                known = ways.get((begin, n))
                if known:
                    cost = _cost_of_column(line[begin:end], n, counted, names, unit)
                    _go_on(ways, (end, n + 1), known, cost, begin)
        _keep(ways, end, width)
    best = _best(ways, len(line), width)
    return list(best[1]) if best and best[0] < UNKNOWN * 2 else None


def join_pieces(texts: Sequence[str], width: int) -> list[int] | None:
    """Which pieces begin a head, where all are joined to as many heads as columns; None where no one way
    stands out."""
    ways: Ways = {(0, 0): [(0.0, ())]}
    for end in range(1, len(texts) + 1):
        for begin in range(max(end - MOST_PIECES, 0), end):
            text = "".join(texts[begin:end])
            if len(text) > LONGEST_HEAD or any(UNIT.search(piece) for piece in texts[begin : end - 1]):
                continue
            for n in range(width):
                known = ways.get((begin, n))
                if known:
                    _go_on(ways, (end, n + 1), known, _cost(text), begin)
        _keep(ways, end, width)
    best = _best(ways, len(texts), width)
    if best is None:
        return None
    ends = [*best[1][1:], len(texts)]
    heads = ["".join(texts[begin:end]) for begin, end in zip(best[1], ends, strict=True)]
    unknown = sum(_cost(text) >= UNKNOWN for text in heads)
    return list(best[1]) if unknown * MOST_KNOWN <= len(heads) else None


def as_few(pieces: list[Piece], whole: list[bool], most: int) -> tuple[list[Piece], list[bool]]:
    """Heads of which some are too many, those joined that both say how they count (支出 ⏎ 金额); as they were
    where more than the needed ones may be."""
    twice = [
        n
        for n in range(len(pieces) - 1)
        if whole[n] and whole[n + 1] and len(pieces[n][0]) == len(pieces[n + 1][0]) == SHORTEST
    ]
    if len(pieces) - len(twice) != most or any(b == a + 1 for a, b in pairwise(twice)):
        return pieces, whole
    kept = [n for n in range(len(pieces)) if n - 1 not in twice]
    joined = [(pieces[n][0] + (pieces[n + 1][0] if n in twice else ""), pieces[n][1]) for n in kept]
    return joined, [whole[n] for n in kept]


def of_units(text: str) -> bool:
    """Whether a head stands over units."""
    return text == "单位" or bool(re.search(words.ends_in("unit_head"), text))


def _go_on(
    ways: Ways, state: tuple[int, int], known: list[tuple[float, tuple[int, ...]]], cost: float, begin: int
) -> None:
    ways.setdefault(state, []).extend((spent + cost, (*cuts, begin)) for spent, cuts in known)


def _keep(ways: Ways, end: int, width: int) -> None:
    """The two best of those that end alike."""
    for n in range(width + 1):
        if (end, n) in ways:
            ways[end, n] = sorted(ways[end, n])[:2]


def _best(ways: Ways, end: int, width: int) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest way, where no other comes near."""
    best = ways.get((end, width), [])
    return best[0] if best and (len(best) == 1 or best[1][0] - best[0][0] >= CLEAR) else None


def _cost_of_column(text: str, n: int, counted: bool, names: int, unit: bool) -> float:
    """What it costs that a text is the head of a column, by what the column holds."""
    if counted and not n:
        return 0.0 if text in words.frame_words("row_number") else NEVER
    if unit and n == names - 1:
        return 0.0 if of_units(text) else NEVER
    if n < names:
        named = names_rows(text) and not is_head(text)
        return LONG * len(re.sub(r"\([^()]*\)$", "", text)) ** 2 if named else NEVER
    if re.match(rf"{words.DATE}|{words.YEAR}", text):
        return 0.0
    if len(text) == 1 or re.match(r"[()0-9]", text) or text.count("(") != text.count(")"):
        return NEVER
    return _cost(text)


@lru_cache(maxsize=REMEMBERED)
def _cost(text: str) -> float:
    """What it costs that a text is one head."""
    bare = re.sub(r"\([^()]*\)$", "", text)
    known = is_head(bare) or names_rows(bare) or grouping.is_total(bare)
    return UNKNOWN * (not known) + LONG * len(bare) ** 2
