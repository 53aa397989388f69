"""Heads that run together, cut where known words begin and end: 乡镇户数人数金额(元)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.vocabulary import either, pattern, words
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary.equals import subject_words

LONGEST = 18  # characters of a head
EACH, HALF, UNKNOWN = 0.2, 0.6, 1.5  # what a known head costs, one of which the end is known, another
LETTER = 0.1  # and each letter of those that are not known
CLEAR = 0.15  # by how much the best cut must lead
MOST_UNKNOWN, MOST_IF_SURE = 0.25, 0.5  # of the heads
MUCH, MORE = 6, 0.05  # letters of a known head, and what each beyond them costs: 困难残疾人|重度残疾人
ENDING = "数率额称"  # heads end in them, and few begin
SHORT = ("男", "女")
LONGEST_STUB = 8
STUBS = ("stub", "row_number", "institution_list")  # what the first head of a table is, most often
UNIT = r"\([^()]{1,8}\)$"


@cache
def _words() -> frozenset[str]:
    frame = _of_roles(*STUBS, "aside", "code", "unit_head", "total", "subtotal")
    cues = (r["word"] for r in vocabulary("tables/head_cues.csv") if r["field"] != "decoy")
    return frozenset((*frame, *cues, *(r["word"] for r in subject_words())))


@cache
def _of_roles(*roles: str) -> frozenset[str]:
    return frozenset(word for role in roles for word in words("tables/layout_words.csv", role=role))


@cache
def _begins() -> re.Pattern[str]:
    fields = ("residence", "change", "status", "period")
    cues = [word for field in fields for word in words("tables/head_cues.csv", field=field)]
    return re.compile("^" + either([*cues, *_of_roles("opens_head")]))


@cache
def _ends() -> re.Pattern[str]:
    """The end of a head of figures."""
    return re.compile(either(_of_roles("ends_head")) + r"$|\)$")


def starts_heads(line: str) -> bool:
    """Whether a line begins with a head of names and holds no sentence."""
    bare = line.strip()
    stubs = _of_roles("stub", "row_number")
    opening = (bare[n:m] for m in range(1, LONGEST_STUB) for n in range(m))
    return not re.search(r"[。,;|\t]", bare) and any(text in stubs for text in opening)


@lru_cache(maxsize=REMEMBERED)
def is_known(head: str) -> bool:
    """Whether a head is a known word, with or without what says where, when and how it is counted."""
    bare = re.sub(pattern("of_which_head"), "", re.sub(UNIT, "", head))
    if bare in SHORT:
        return True
    if re.search(pattern("whole_head"), head):
        return True
    if re.search(pattern("head_of_age"), bare):
        return True
    for text in (bare, _begins().sub("", bare)):
        if text in _words() or re.sub(pattern("cell_measure"), "", text) in _words() | {""}:
            return True
    return False


def cut_heads(line: str, count: int, sure: bool = False) -> tuple[float, list[str]] | None:
    """A line cut into so many heads, and what that costs; None where no cut stands out. `sure`: sums tell
    that there are so many."""
    bare = line.strip()
    ways: dict[int, list[tuple[float, tuple[str, ...]]]] = {0: [(0.0, ())]}
    for _ in range(count):
        further: dict[int, list[tuple[float, tuple[str, ...]]]] = {}
        for at, known in ways.items():
            for end in range(at + 1, min(at + LONGEST, len(bare)) + 1):
                own = bare[at:end]
                if not _may_be(own, bare[end : end + 1]):
                    continue
                further.setdefault(end, []).extend(
                    (spent + (_cost(own) if at or own not in _of_roles(*STUBS) else 0.0), (*heads, own))
                    for spent, heads in known
                )
        ways = {end: sorted(known)[:2] for end, known in further.items()}
    best = ways.get(len(bare), [])
    if not best or (len(best) > 1 and best[1][0] - best[0][0] < CLEAR):
        return None
    unknown = sum(not is_known(head) for head in best[0][1])
    most = MOST_IF_SURE if sure else MOST_UNKNOWN
    return (best[0][0], list(best[0][1])) if unknown <= most * count else None


def _may_be(head: str, behind: str) -> bool:
    """Whether a head may end before a character: (元) and the end of a bracket begin none."""
    if head[0] in ENDING and not is_known(head):
        return False
    whole = head[0] not in "()-" and head.count("(") == head.count(")") and behind != "("
    return whole and (len(head) > 1 or head in SHORT)


@lru_cache(maxsize=REMEMBERED)
def _cost(head: str) -> float:
    if is_known(head):
        return EACH + MORE * max(0, len(re.sub(UNIT, "", head)) - MUCH)
    return (HALF if _ends().search(head) else UNKNOWN) + LETTER * len(head)


def aim_heads(line: str) -> list[str]:
    """The heads of a form of aims that run together (一级指标二级指标三级指标指标值); none where a line is
    none."""
    bare = line.strip()
    found = re.findall(either(_of_roles("aim_head")), bare)
    whole = "".join(found) == bare and len(found) > 2
    return found if whole and found[-1].endswith("值") else []


def aim_levels(line: str) -> tuple[list[str], str]:
    """The levels that a row of aims begins with (产出指标, 数量指标), and what stands behind them."""
    level = either(_of_roles("aim_level"))
    found = re.match(rf"^({level}{{1,2}})(.*)$", line)
    return (re.findall(level, found[1]), found[2]) if found else ([], line)
