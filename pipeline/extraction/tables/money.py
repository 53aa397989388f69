"""Which heads speak of money."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.reading.tables.words import either, frame_words

LABELS = 4096  # labels kept in memory


@cache
def money_heads() -> str:
    """What a head holds whose figures are money: 资金, 支出."""
    return either(frame_words("money") + frame_words("money_last"))


@lru_cache(maxsize=LABELS)
def names_money(head: str) -> bool:
    """Whether a head speaks of money."""
    return bool(re.search(money_heads(), head))


@lru_cache(maxsize=LABELS)
def ends_in_money(head: str) -> bool:
    """Whether a head ends in money: 发放金额, 低保累计支出(万元)."""
    return bool(re.search(last_words(), head))


@cache
def last_words() -> str:
    return rf"(?:{either(frame_words('money_last'))})数?(?:\([^()]*\))?$"
