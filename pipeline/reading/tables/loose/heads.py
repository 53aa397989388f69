"""The heads of rows that were copied without their borders, from the lines above or below these.

Heads may stand in one line, in several, or one a line and broken: 序 ⏎ 号 ⏎ 乡镇 ⏎ 保障 ⏎ 户数 ⏎ (户) ⏎ …
They are taken where they are as many as the columns, or where one way alone sets them over these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.tables import words
from pipeline.reading.tables.heads import grouping
from pipeline.reading.tables.heads.cell_by_cell import head_places, names_rows
from pipeline.reading.tables.heads.trees import place_heads
from pipeline.reading.tables.loose import joined_heads
from pipeline.vocabulary import pattern

WORD = re.compile(r"\S+")
SINGLE = re.compile(r"[\u4e00-\u9fff]$")
NO_HEAD = re.compile(r"[。;!?|]|[,、:]$")
DATED = re.compile(r"^(?:(?:19|20)[0-9]{2}年?|[0-9]{1,2}月?[-—~至]?[0-9]{0,2}月?)?[^0-9]*$")
LONGEST_LINE, LONGEST_GLUED = 160, 60
MOST_LINES, MOST_HEADS = 30, 60
LEVELS = 2  # lines of heads that hold several each
FEWEST_UNITS = 2  # heads with a unit, where each head of one column ends with its own

Piece = tuple[str, int]  # text and place


class Heads(NamedTuple):
    """How many columns stand before the figures, whether the last of them holds units, and the cells of the
    heads (row, column, place, text) in rows from 0 on."""

    names: int
    unit: bool
    cells: list[tuple[int, int, int, str]]
    rows: int


def above(lines: Sequence[Piece], counted: bool, figures: int, names: Sequence[int]) -> Heads | None:
    """The heads in the last of `lines`; None where these tell none, or no one way.

    `counted`: whether the rows are numbered; `figures`: the columns of figures; `names`: how many may stand
    before them, without one of units.
    """
    held: list[list[Piece]] = []
    near = [*reversed(lines[-MOST_LINES:])]
    for depth, (text, start) in enumerate(near):
        if not _may_head(text):
            break
        held = [_words(text, start), *held]
        pieces = [piece for line in held for piece in line]
        if len(pieces) > MOST_HEADS:
            break
        # the lower of two lines of heads is no head alone
        alone = depth == 0 and not (len(near) > 1 and _may_head(near[1][0]) and " " in near[1][0].strip())
        if alone or _leads(pieces):
            heads = _placed(held, counted, figures, names)
            if heads:
                return heads
    return None


def below(lines: Sequence[Piece], counted: bool, figures: int, names: Sequence[int]) -> Heads | None:
    """The heads in the first of `lines`, all of them to the next line that is none."""
    pieces: list[Piece] = []
    for text, start in lines[:MOST_LINES]:
        if not _may_head(text):
            break
        pieces += _words(text, start)
    led = pieces and len(pieces) <= MOST_HEADS and _leads(pieces)
    return _placed([[piece] for piece in pieces], counted, figures, names) if led else None


def _may_head(text: str) -> bool:
    """Whether a line may hold heads: words, no figures, no title."""
    bare = text.strip("() ")
    if len(text) > LONGEST_LINE or NO_HEAD.search(text) or re.search(words.furniture(), text):
        return False
    if re.search(words.note(), text) or not re.search(r"[\u4e00-\u9fff%]", bare):
        return False
    parts = WORD.findall(text)
    glued = len(parts) == 1 and len(text) <= LONGEST_GLUED and _begins_with_names(text)
    return glued or (
        all(DATED.match(part) for part in parts) and max(map(len, parts)) <= joined_heads.LONGEST_HEAD
    )


@lru_cache(maxsize=REMEMBERED)
def _begins_with_names(text: str) -> bool:
    """Whether a text begins with a head of names, or of their numbers."""
    return bool(
        re.match(rf"(?:{words.either(words.frame_words('stub') + words.frame_words('row_number'))})", text)
    )


def _words(text: str, start: int) -> list[Piece]:
    """The words of a line; single characters that were set wide are one (乡 镇)."""
    found = [(match[0], start + match.start()) for match in WORD.finditer(text)]
    joined: list[Piece] = []
    for word, at in found:
        wide = joined and SINGLE.match(word) and len(word) == 1 and len(joined[-1][0]) == 1
        if wide:
            joined[-1] = (joined[-1][0] + word, joined[-1][1])
        else:
            joined.append((word, at))
    return joined


def _leads(pieces: Sequence[Piece]) -> bool:
    """Whether the first of the pieces, or the first two together, name the rows or their numbers."""
    first = pieces[0][0]
    return names_rows(first) or (len(pieces) > 1 and names_rows(first + pieces[1][0]) and len(first) < 3)


def _placed(lines: list[list[Piece]], counted: bool, figures: int, names: Sequence[int]) -> Heads | None:
    pieces = [piece for line in lines for piece in line]
    pieces = _once(_with_units(_whole_stubs(pieces)))
    if len(pieces) == 1:
        return _glued(pieces[0], counted, figures, names)
    texts = [text for text, _ in pieces]
    unit = any(map(joined_heads.of_units, texts))
    numbered = texts[0] in words.frame_words("row_number")
    if numbered and not counted:
        return None
    shift = int(counted and not numbered)  # nothing heads the numbers of the rows
    widths = [n + unit for n in names]
    for width in widths:
        if len(texts) + shift == width + figures and _heads_of_figures(texts[width - shift :], texts[0]):
            return _one_row(pieces, width, shift, unit)
    if not names_rows(texts[0]):
        return None
    for width in widths:
        if len(texts) + shift <= width + figures:
            continue
        known = _with_units(lines[0]), _with_units(lines[-1])
        if len(lines) == LEVELS and min(map(len, known)) > 1:
            return _known_levels(*known, width, figures, shift, unit)
        heads = _levels(pieces, width, figures, shift, unit)
        heads = heads or _ended(pieces, width, figures, shift, unit)
        heads = heads or _partition(pieces, width, figures, shift, unit)
        if heads:
            return heads
    return None


def _once(pieces: list[Piece]) -> list[Piece]:
    """The heads of one of several tables that stand side by side: 乡镇 户数 人数 乡镇 户数 人数."""
    texts = [text for text, _ in pieces]
    size = texts.index(texts[0], 1) if texts[0] in texts[1:] else len(texts)
    return pieces[:size] if size > 1 and texts == texts[:size] * (len(texts) // size) else pieces


def _one_row(pieces: list[Piece], names: int, shift: int, unit: bool) -> Heads | None:
    """As many heads as columns; none where units stand elsewhere than right before the figures."""
    at = [n for n, (text, _) in enumerate(pieces) if joined_heads.of_units(text)]
    cells = [(0, shift + n, start, text) for n, (text, start) in enumerate(pieces)]
    return Heads(names, unit, cells, 1) if not unit or at == [names - 1 - shift] else None


def _heads_of_figures(texts: Sequence[str], stub: str) -> bool:
    """Whether words may stand over columns of figures: none of them is the head of the names again, and they
    differ."""
    return stub not in texts and len(set(texts)) > 1


def _levels(pieces: list[Piece], names: int, figures: int, shift: int, unit: bool) -> Heads | None:
    places = head_places([text for text, _ in pieces], names - shift, figures)
    if len(places) < len(pieces):
        return None
    first = min(row for row, _ in places.values())
    last = max(row for row, _ in places.values())
    cells = [
        (row - first, column + shift, pieces[n][1], pieces[n][0])
        for n, (row, column) in sorted(places.items())
        if 0 <= column + shift < names + figures
    ]
    return Heads(names, unit, cells, last - first + 1)


def _known_levels(
    upper: list[Piece], lower: list[Piece], names: int, figures: int, shift: int, unit: bool
) -> Heads | None:
    """The heads of two lines, of which the lower ones stand under some of the upper."""
    stubs, over = upper[: names - shift], upper[names - shift :]
    texts = [text for text, _ in over], [text for text, _ in lower]
    found = place_heads(texts, figures)
    if found is None or found.unsure or not over:
        return None
    cells = [(0, shift + n, start, text) for n, (text, start) in enumerate(stubs)]
    for row, (pieces, columns) in enumerate(zip((over, lower), found.heads, strict=True)):
        for (text, start), column in zip(pieces, columns, strict=True):
            if column is None:
                return None
            cells.append((row, names + column, start, text))
    return Heads(names, unit, cells, LEVELS)


def _whole_stubs(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the broken names of rows and their numbers whole again: 序 ⏎ 号, 地 ⏎ 区."""
    joined: list[Piece] = []
    for text, start in pieces:
        if joined and len(joined) < 3 and len(joined[-1][0]) == 1 and names_rows(joined[-1][0] + text):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, start))
    return joined


def _with_units(pieces: list[Piece]) -> list[Piece]:
    """The pieces with units in brackets behind the words that they belong to: 户数 ⏎ (户)."""
    joined: list[Piece] = []
    for text, start in pieces:
        if joined and joined_heads.UNIT.match(text) and not joined_heads.UNIT.search(joined[-1][0]):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, start))
    return joined


def _ended(pieces: list[Piece], names: int, figures: int, shift: int, unit: bool) -> Heads | None:
    """Broken heads joined up to each word that says how they count: 保障 ⏎ 户数(户) ⏎ 资金(元), 救助 ⏎ 人次.

    They are as many as the columns, or one more, 其中, over the last of them, which say nothing of the kind.
    """
    stubs, rest = pieces[: names - shift], pieces[names - shift :]
    if any(not names_rows(text) for text, _ in stubs[1:]) and len(stubs) > 1:
        return None
    united = sum(bool(joined_heads.UNIT.search(text)) for text, _ in rest) >= FEWEST_UNITS
    ends = [bool(joined_heads.UNIT.search(text)) if united else grouping.measures(text) for text, _ in rest]
    if not any(ends):
        return None
    which = [n for n, (text, _) in enumerate(rest) if _of_which(text)]
    last = max(n for n, end in enumerate(ends) if end)
    joined: list[Piece] = []
    whole: list[bool] = []
    open_ = False
    for n, (text, start) in enumerate(rest):
        if open_ and n not in which and (n <= last or not which):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, start))
            whole.append(False)
        open_ = not ends[n] and n not in which
        whole[-1] = ends[n]
    joined, whole = joined_heads.as_few(joined, whole, figures + len(which))
    if not which and len(joined) == figures and sum(whole) >= figures - 1:
        return _one_row([*stubs, *joined], names, shift, unit)
    lower = len(whole) - 1 - max(n for n, end in enumerate(whole) if end)
    if len(which) != 1 or len(joined) != figures + 1 or lower < 1:
        return None
    at = next(n for n, (text, _) in enumerate(joined) if _of_which(text))
    if at > len(joined) - lower - 1 or sum(whole) != len(whole) - lower - 1:
        return None
    cells = [(0, shift + n, start, text) for n, (text, start) in enumerate(stubs)]
    column = names
    for n, (text, start) in enumerate(joined[:-lower]):
        cells.append((0, column, start, text))
        column += lower if n == at else 1
    under = names + at
    cells += [(1, under + n, start, text) for n, (text, start) in enumerate(joined[-lower:])]
    return Heads(names, unit, cells, 2)


def _of_which(text: str) -> bool:
    return bool(re.search(pattern("bare_of_which"), re.sub(r"\s", "", text)))


def _glued(piece: Piece, counted: bool, figures: int, names: Sequence[int]) -> Heads | None:
    """Heads of one line that run together; None where no one way to cut them stands out."""
    line, start = piece
    found: list[Heads] = []
    for unit in (True, False):
        for width in (n + unit for n in names):
            cuts = joined_heads.cut_line(line, counted, width, figures, unit)
            if cuts:
                ends = [*cuts[1:], len(line)]
                heads = enumerate(zip(cuts, ends, strict=True))
                cells = [(0, n, start + begin, line[begin:end]) for n, (begin, end) in heads]
                found.append(Heads(width, unit, cells, 1))
    return found[0] if len(found) == 1 else None


def _partition(pieces: list[Piece], names: int, figures: int, shift: int, unit: bool) -> Heads | None:
    """Broken heads joined to as many as there are columns; None where no one way stands out."""
    texts = [text for text, _ in pieces]
    begins = joined_heads.join_pieces(texts, names + figures - shift)
    if begins is None:
        return None
    ends = [*begins[1:], len(pieces)]
    heads = [("".join(texts[a:b]), pieces[a][1]) for a, b in zip(begins, ends, strict=True)]
    of_figures = [text for text, _ in heads[names - shift :]]
    sound = _heads_of_figures(of_figures, heads[0][0])
    return _one_row(heads, names, shift, unit) if sound else None
