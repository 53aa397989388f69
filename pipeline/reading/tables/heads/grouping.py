"""Which lower heads stand under which of fewer upper ones, where no border tells: by what belongs together.

低保标准 特困人员 护理标准 over 2021年 2022年 基本生活 全自理: years go with years, what shares its words goes
together, no head stands over the same word twice or with a unit over other units, and homes (城市 农村) stand
under people and money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.tables.words import (
    DATE,
    SCALE,
    YEAR,
    either,
    ends_in,
    frame_words,
    goes_with,
    unit_cell,
    words_for_people,
)
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary.equals import subject_words

TORN, TWICE, TWO_UNITS, UNMEASURED, MISPLACED = 1.0, 3.0, 2.0, 1.0, 1.0
SINGLE, EACH_SINGLE = 1.5, 0.25  # a head over one lower head; where each head stands over some
PAST_MONEY = 1.25  # 金额 人数 in one group
COUNTED = 1.0  # 户数 over 人数
HOLDS = 0.5  # 分散供养 over 农村分散供养
OPENS = 1.0  # a group begins as the first one does
BARE = 0.5  # a head that names what is counted and not how
PLAIN = 2  # strength of words that name a subject


@lru_cache(maxsize=REMEMBERED)
def measures(text: str) -> bool:
    """Whether a head says how its figures count: 户数(户), 发放资金."""
    bare = re.sub(r"\s", "", text)
    strong = (row["pattern"] for row in vocabulary("tables/label_units.csv") if row["strength"] == "strong")
    return (
        bool(_unit(bare))
        or bool(re.search(pattern("cell_measure"), bare))
        or any(re.search(each, bare) for each in strong)
    )


@lru_cache(maxsize=REMEMBERED)
def without_measure(text: str) -> str:
    """What a head names beside how it counts: 社区服务中心 of 社区服务中心(站)数(个)."""
    return re.sub(pattern("cell_measure"), "", re.sub(r"\s|\([^()]*\)", "", text))


@lru_cache(maxsize=REMEMBERED)
def _counts(text: str) -> bool:
    """Whether a head has a word for how it counts: 户数(户), but not 城市(户)."""
    return without_measure(text) != re.sub(r"\s|\([^()]*\)", "", text)


@lru_cache(maxsize=REMEMBERED)
def is_aside(text: str) -> bool:
    """Whether a head stands over remarks: 备注."""
    return bool(re.search(ends_in("aside"), re.sub(r"\s", "", text)))


@lru_cache(maxsize=REMEMBERED)
def _unit(text: str) -> str:
    """The unit that a head states in brackets."""
    found = re.search(r"\(([^()]+)\)$", re.sub(r"\s", "", text))
    return found[1] if found and re.match(unit_cell(), found[1]) else ""


@lru_cache(maxsize=REMEMBERED)
def kind_of(text: str) -> str:
    """What makes a lower head one of several: a time, town and country, a manner of support, a rank."""
    bare = without_unit(text)
    if re.search(f"{DATE}|{YEAR}", bare):
        return "time"
    if bare in frame_words("manner"):
        return "manner"
    if re.search(pattern("ranked_head"), bare):
        return "rank"
    fields = (
        row["field"]
        for row in vocabulary("tables/head_cues.csv")
        if row["word"] == bare and row["field"] in ("residence", "period", "status", "change")
    )
    field = next(fields, "")
    return "time" if field in ("period", "status", "change") else field


@lru_cache(maxsize=REMEMBERED)
def compares(text: str) -> bool:
    """Whether a head is of changes: 比上年增减."""
    words = (row["word"] for row in vocabulary("tables/head_cues.csv") if row["value"] == "delta")
    return any(word in text for word in words)


@lru_cache(maxsize=REMEMBERED)
def _of_people(unit: str) -> bool:
    """Whether a unit counts people or money: 万人, 元/人·月."""
    return bool(re.match(rf"{SCALE}?(?:{words_for_people()})(?:$|[/·每])", unit))


def of_one_kind(left: str, right: str) -> bool:
    """Whether both are times, homes or manners of support."""
    return bool(kind_of(left)) and kind_of(left) == kind_of(right)


@lru_cache(maxsize=REMEMBERED)
def alike(left: str, right: str) -> bool:
    """Whether what stands below one head stands below the other too: both say the same, or are manners."""
    return without_unit(left) == without_unit(right) or (kind_of(left) == kind_of(right) == "manner")


@lru_cache(maxsize=REMEMBERED)
def torn(left: str, right: str) -> float:
    """What it costs to part two lower heads side by side."""
    # 比上年同期% goes with what stands before it
    if compares(right):
        return TORN
    kinds = kind_of(left), kind_of(right)
    if of_one_kind(left, right):
        return TORN
    if any(kinds) or measures(left) or measures(right):
        return 0.0
    return TORN if set(left) & set(right) else 0.0


def strained(
    upper: str,
    lower: Sequence[str],
    measured: Sequence[bool],
    others: Sequence[str],
    known: bool,
    led: Sequence[bool] = (),
) -> float:
    """What it costs that an upper head stands over these lower ones, `measured` where they or what stands
    below them say how they count. `others`: the upper heads beside it; `known`: that it is an upper one;
    `led`: which lower ones stand over others."""
    # 一级(900元/月) 一级(200元/月) are of two groups
    ranks = [without_unit(text) for text in lower if kind_of(text) == "rank"]
    cost = TWICE * (len(lower) - len(set(lower)) + len(ranks) - len(set(ranks)))
    cost += MISPLACED * (0 < len(ranks) < len(lower))
    cost += TWICE * (upper in lower and len(lower) > 1)
    cost += TWICE * (is_aside(upper) or (len(lower) > 1 and any(map(is_aside, lower))))
    # a group begins or ends with its sum
    cost += TORN * any(map(sums_money, lower[1:-1]))
    # and ends with its money
    over = led or [False] * len(lower)
    past = zip(pairwise(lower), over[1:], strict=True)
    cost += PAST_MONEY * sum(
        of_money(left) and not (of_money(right) or leads) for (left, right), leads in past
    )
    said = [without_unit(text) in upper for text in lower]
    cost += MISPLACED * (any(said) and not all(said))  # 城市低保 over 城市 农村
    units = [unit for unit in map(_unit, lower) if unit]
    own = _unit(upper)
    cost += TWO_UNITS if own and any(unit != own for unit in units) else 0.0
    homes = own and not _of_people(own) and any(kind_of(text) in ("residence", "manner") for text in lower)
    cost += MISPLACED if homes else 0.0
    # 其中:特困人员 is of what stands before it, however that counts
    parts = [bool(re.search(pattern("part_column"), text)) for text in lower]
    measured = [told and not part for told, part in zip(measured, parts, strict=True)]
    # which no group begins with
    cost += MISPLACED * (len(lower) > 1 and parts[0])
    # 社会老人 is of 入住老人 and not of 工作人员
    cost += MISPLACED * sum(
        not _share(text, upper) and any(_share(text, other) for other in others if not is_total(other))
        for text in lower
        if not (kind_of(text) or goes_with(text, upper))
    )
    # no total stands over another one, or over heads with several below them
    total = is_total(upper) and list(lower) != [upper]
    cost += MISPLACED * (total and (any(map(is_total, lower)) or any(led)))
    if any(measured) or not (known or measures(upper)):
        cost += UNMEASURED * sum(
            not told and kind_of(text) not in ("manner", "rank") and not is_total(text) and not part
            for told, text, part in zip(measured, lower, parts, strict=True)
        )
    named = without_measure(upper)
    bare = without_unit(upper)
    within = [
        (len(named) > 1 and named in without_measure(text)) or (len(bare) > 1 and bare in text[1:])
        for text in lower
    ]
    # 分散供养 stands over 农村分散供养, 户数 over no 人数
    counts = any(
        _counts(text) and not of_money(text) and not part for text, part in zip(lower, parts, strict=True)
    )
    strange = measures(upper) and counts and not any(within)
    cost += COUNTED * (1 + of_money(upper)) if strange else 0.0
    cost -= HOLDS if any(within) else 0.0
    cost -= BARE if known and not measures(upper) and not is_total(upper) else 0.0
    # 集中供养 is of 特困人员 where that stands beside, 社会散居 of 孤儿
    cost += MISPLACED * sum(
        not goes_with(text, upper) and any(goes_with(text, other) for other in others) for text in lower
    )
    names = [name for name in map(without_measure, others) if len(name) > 1]
    return cost + MISPLACED * sum(
        not own and any(name in text for name in names) for text, own in zip(lower, within, strict=True)
    )


@lru_cache(maxsize=REMEMBERED)
def _share(lower: str, upper: str) -> bool:
    """Whether two heads have two letters together that say more than how they count."""
    bare, named = without_measure(lower), without_measure(upper)
    return any(bare[n : n + 2] in named for n in range(len(bare) - 1))


@lru_cache(maxsize=REMEMBERED)
def only_unit(text: str) -> bool:
    """Whether a lower head is the unit of the one above it: (元)."""
    return bool(re.match(r"^\(", text) and re.match(unit_cell(), text))


@lru_cache(maxsize=REMEMBERED)
def of_money(text: str) -> bool:
    return bool(re.search(ends_in("money_last"), re.sub(r"\s", "", text)))


@lru_cache(maxsize=REMEMBERED)
def breaks_off(text: str) -> bool:
    """Whether a head goes on below: 2020年比."""
    return bool(re.search(pattern("broken_head"), text))


def narrow(head: str, known: bool) -> float:
    """What it costs that an upper head stands over one column alone; `known`: that it is an upper one."""
    alone = _of_kinds(head) or not (known or whole(head) or is_aside(head))
    return MISPLACED * alone + TWICE * breaks_off(head)


@lru_cache(maxsize=REMEMBERED)
def _of_kinds(text: str) -> bool:
    """Whether a head names kinds, which stand below it: 对象类别(人)."""
    return bool(re.search(ends_in("kinds"), re.sub(r"[\s:]", "", text)))


@cache
def _things() -> frozenset[str]:
    """The words that name a subject by themselves: 结婚登记, not 机构 or 床位."""
    return frozenset(
        row["word"]
        for row in subject_words()
        if int(row["strength"]) >= PLAIN and not row["subject"].startswith("*")
    )


@lru_cache(maxsize=REMEMBERED)
def whole(text: str) -> bool:
    """Whether a head says by itself what is counted and how: 社区服务中心(个), 合计金额."""
    bare = without_measure(text)
    size = len(bare)
    named = any(bare[n:m] in _things() for n in range(size) for m in range(n + 2, size + 1))
    manner = any(word in bare for word in frame_words("manner"))
    summed = bool(re.match(either(frame_words("total")), bare))
    return measures(text) and (summed or (named and not manner))


@lru_cache(maxsize=REMEMBERED)
def sums_money(text: str) -> bool:
    """Whether a head is of money that is summed: 补助合计金额(元), 资金合计."""
    bare = re.sub(r"\s|\([^()]*\)$", "", text)
    summed = either(frame_words("total") + frame_words("subtotal"))
    return bool(re.search(summed, bare)) and (of_money(text) or of_money(re.sub(f"(?:{summed})$", "", bare)))


@lru_cache(maxsize=REMEMBERED)
def is_total(text: str) -> bool:
    """Whether a head is one of totals: 合计, 总金额."""
    summed = either(frame_words("total") + frame_words("subtotal"))
    return bool(re.search(rf"^(?:{summed})|(?:{summed})$", without_unit(text)))


@lru_cache(maxsize=REMEMBERED)
def counted(text: str) -> str:
    """How a head counts, however it says so: 户 of 户数(户), 人 of 人数."""
    return re.sub(r"数$", "", without_unit(text))


@lru_cache(maxsize=REMEMBERED)
def without_unit(text: str) -> str:
    """A head without the unit in brackets behind it: 城市(元/月) and 城市(元/年) are both of towns."""
    return re.sub(r"\s|\([^()]*\)$", "", text)


def size_of_rounds(heads: Sequence[str]) -> int:
    """How many heads come again and again (户数 人数 户数 人数: 2); 0 where they do not."""
    names = list(map(without_unit, heads))
    size = len(set(names))
    return size if size < len(names) and names == names[:size] * (len(names) // size) else 0
