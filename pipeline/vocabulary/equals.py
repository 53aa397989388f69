"""The words of subjects with all that say the same: a word that holds 低保 may hold 最低生活保障 instead."""

from __future__ import annotations

import re
from functools import cache

from pipeline.vocabulary.loader import either, rows

WORDS, EQUAL = "subjects/subject_words.csv", "subjects/equal_words.csv"


@cache
def subject_words() -> tuple[dict[str, str], ...]:
    """The rows of subject_words.csv, and behind them those that equal words make of them.

    Each word that holds one of a row of equal_words.csv stands once more with each of the others in its
    place, and that again with those of the rows below; what the table itself says of a word goes before.
    """
    families = [sorted(row["words"].split("|"), key=len, reverse=True) for row in rows(EQUAL)]
    found = {row["word"]: row for row in rows(WORDS)}
    some = re.compile(either(word for equals in families for word in equals))
    # a weak word made so would take its characters from a telling one that overlaps it
    holding = {word: row for word, row in found.items() if row["strength"] != "1" and some.search(word)}
    for equals in families:
        for word, row in list(holding.items()):
            held = next((one for one in equals if one in word), "")
            for other in equals if held else ():
                made = word.replace(held, other)
                if made not in found:
                    found[made] = holding[made] = row | {"word": made}
    return tuple(found.values())
