"""How much a decoded text looks like Chinese, as a number: the judge between encodings.

A wrong decoding of Chinese bytes is mostly valid too, but what comes out is rare characters. So the share of
everyday characters decides, not whether a codec raises: in real text some nine tenths of the Han characters
are among the thousand of `vocabulary/formats/common_characters.csv`, in a wrong decoding some twentieth.
"""

import re
from functools import cache

from pipeline import vocabulary

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
SAMPLE = 4000  # characters beyond ASCII that are looked at; more change nothing
PLAUSIBLE = 0.35  # real Chinese scores 0.75 to 1 (one line of rare words 0.4), a wrong decoding -0.3 to 0.3


def plausibility(text: str) -> float | None:
    """Mean weight of the characters beyond ASCII, from -1 to 1; None where there are none."""
    beyond = [c for c in text[: SAMPLE * 4] if c > "\x7f"][:SAMPLE] or [c for c in text if c > "\x7f"][
        :SAMPLE
    ]
    if not beyond:
        return None
    return sum(map(_weights().__getitem__, beyond)) / len(beyond)


def control_share(text: str) -> float:
    """Share of control characters that no text file needs, among the first characters."""
    head = text[:20_000]
    return len(CONTROLS.findall(head)) / len(head) if head else 0.0


class _Weights(dict[str, float]):
    """Weight of each character; those of no everyday set are worked out when they first come."""

    def __missing__(self, c: str) -> float:
        weight = self[c] = _other(c)
        return weight


def _other(c: str) -> float:
    if "\u4e00" <= c <= "\u9fff":
        return 0.0  # a Han character that is in no everyday set
    if "\u2000" <= c <= "\u206f" or "\u2460" <= c <= "\u24ff" or "\uff00" <= c <= "\uff5e":
        return 0.5  # punctuation, circled numbers, full-width forms
    if "\ue000" <= c <= "\uf8ff" or c >= "\U00030000" or "\x80" <= c <= "\x9f" or c == "\ufffd":
        return -1.0  # private use, unassigned, C1 controls
    return -0.3  # kana, Hangul, Yi, Latin with accents, line drawing: rare in a Chinese report


@cache
def _weights() -> _Weights:
    weights = _Weights(dict.fromkeys(_level_one("gb2312", range(0xB0, 0xD8)), 0.4))
    weights |= dict.fromkeys(_level_one("big5", range(0xA4, 0xC7)), 0.4)
    weights |= dict.fromkeys("\u3000\uff5e℃‰×÷±·•●■□▲★○", 0.5)
    weights |= dict.fromkeys("。、“”‘’《》〈〉〔〕【】「」『』—…", 1.0)
    weights |= dict.fromkeys((chr(ord(c) + 0xFEE0) for c in ",;:?!()%0123456789"), 1.0)  # full-width forms
    lines = (row["characters"] for row in vocabulary.rows("formats/common_characters.csv"))
    weights |= dict.fromkeys("".join(lines), 1.0)
    return weights


def _level_one(codec: str, leads: range) -> str:
    """The everyday level of a national character set, in which the rest is kept apart."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return "".join(
        c for c in (pair.decode(codec, "ignore") for pair in pairs) if len(c) == 1 and c > "\u3400"
    )
