"""Heads that run together, cut where known words begin and end: 乡镇户数人数金额(元)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary.equals import subject_words

LONGEST = 14  # characters of a head
EACH, UNKNOWN, LETTER = 0.2, 1.5, 0.1  # what a head costs, one that no word names, and each letter of that
CLEAR = 0.15  # by how much the best cut must lead
MOST_UNKNOWN = 0.25  # of the heads
UNIT = r"\([^()]{1,8}\)$"


@cache
def _words() -> frozenset[str]:
    roles = {"stub", "row_number", "aside", "code", "unit_head", "institution_list", "total", "subtotal"}
    frame = (r["word"] for r in vocabulary("tables/layout_words.csv") if r["role"] in roles)
    cues = (r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] != "decoy")
    return frozenset((*frame, *cues, *(r["word"] for r in subject_words())))


@cache
def _begins() -> re.Pattern[str]:
    fields = ("residence", "change", "status", "period")
    words = [r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] in fields]
    return re.compile(rf"^(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})")


def starts_heads(line: str) -> bool:
    """Whether a line begins with a head of names and holds no sentence."""
    bare = line.strip()
    stubs = (r["word"] for r in vocabulary("tables/layout_words.csv") if r["role"] in ("stub", "row_number"))
    return any(bare.startswith(stub) for stub in stubs) and not re.search(r"[。,;:|\t]", bare)


@cache
def is_known(head: str) -> bool:
    """Whether a head is a known word, with or without what says where, when and how it is counted."""
    bare = re.sub(UNIT, "", head)
    if re.fullmatch(r"(?:19|20)[0-9]{2}年?度?|[0-9]{1,2}月份?", bare):
        return True
    for text in (bare, _begins().sub("", bare)):
        if text in _words() or re.sub(pattern("cell_measure"), "", text) in _words() | {""}:
            return True
    return False


def cut_heads(line: str, count: int) -> list[str] | None:
    """A line cut into so many heads; None where no cut stands out."""
    bare = line.strip()
    ways: dict[int, list[tuple[float, tuple[str, ...]]]] = {0: [(0.0, ())]}
    for _ in range(count):
        further: dict[int, list[tuple[float, tuple[str, ...]]]] = {}
        for at, known in ways.items():
            for end in range(at + 2, min(at + LONGEST, len(bare)) + 1):
                own = bare[at:end]
                # (元) and the end of a bracket begin no head
                if own[0] in "()" or own.count("(") != own.count(")") or bare[end : end + 1] == "(":
                    continue
                cost = EACH if is_known(own) else UNKNOWN + LETTER * len(own)
                further.setdefault(end, []).extend((spent + cost, (*heads, own)) for spent, heads in known)
        ways = {end: sorted(known)[:2] for end, known in further.items()}
    best = ways.get(len(bare), [])
    if not best or (len(best) > 1 and best[1][0] - best[0][0] < CLEAR):
        return None
    unknown = sum(not is_known(head) for head in best[0][1])
    return list(best[0][1]) if unknown <= MOST_UNKNOWN * count else None


@cache
def _of_role(role: str) -> str:
    words = [r["word"] for r in vocabulary("tables/layout_words.csv") if r["role"] == role]
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def aim_heads(line: str) -> list[str]:
    """The heads of a form of aims that run together (一级指标二级指标三级指标指标值); none where a line is
    none."""
    bare = line.strip()
    found = re.findall(_of_role("aim_head"), bare)
    whole = "".join(found) == bare and len(found) > 2
    return found if whole and found[-1].endswith("值") else []


def aim_levels(line: str) -> tuple[list[str], str]:
    """The levels that a row of aims begins with (产出指标, 数量指标), and what stands behind them."""
    found = re.match(rf"^((?:{_of_role('aim_level')}){{1,2}})(.*)$", line)
    return (re.findall(_of_role("aim_level"), found[1]), found[2]) if found else ([], line)
