"""Growths, shares and averages that their own figures don't give, and rises that fall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.tools.slips.page import NO_SUM, Page, Slip, same, written_as

SHARE = re.compile(r"[占率比]")
RISE = re.compile(r"提高|增加?|上升|上调|提升")


def growth(page: Page) -> Iterator[Slip]:
    """A growth that the values before and after don't give."""
    for sentence in page.sentences:
        for g in sentence:
            if g["unit"] != "%" or g["change"] != "delta" or g["status"] != "actual" or g["value"] > 100:
                continue
            for now, before in ((a, b) for a in sentence for b in sentence if a is not b):
                if (
                    same(now, before, "unit", "subject", "measure")
                    and now["unit"] != "%"
                    and before["status"] == "prior"
                    and before["value"]
                    and abs(abs(100 * (now["value"] / before["value"] - 1)) - g["value"]) < 0.06
                ):
                    other = g["value"] + page.dice.choice((3, 4.2, 6))
                    yield page.slip("growth", [(g, written_as(g, other))])
                    break


def direction(page: Page) -> Iterator[Slip]:
    """由700元提高到650元: the two values in the wrong order."""
    for sentence in page.sentences:
        for before, now in pairwise(sentence):
            if (
                same(before, now, "subject", "measure", "residence", "unit")
                and (before["status"], now["status"]) == ("prior", "actual")
                and before["value"] < now["value"]
                and re.search("[由从從]", page.text[before["start"] - 6 : before["start"]])
                and RISE.search(page.text[before["end"] : now["start"]])
            ):
                yield page.slip("direction", [(before, now["text"]), (now, before["text"])])


def rate(page: Page) -> Iterator[Slip]:
    """A share or completion rate that its own two figures don't give."""
    for sentence in page.sentences:
        for i, g in enumerate(sentence):
            says = SHARE.search(page.text[g["start"] - 8 : g["start"]] + page.text[g["end"] : g["end"] + 2])
            if g["unit"] != "%" or g["change"] == "delta" or g["value"] in (0, 100) or not says:
                continue
            near = [n for n in sentence[max(0, i - 4) : i] if n["unit"] != "%" and n["measure"] not in NO_SUM]
            if any(
                a is not b and same(a, b, "unit") and b["value"]
                and abs(100 * a["value"] / b["value"] - g["value"]) < 0.06
                for a in near
                for b in near
            ):  # fmt: skip
                off = page.dice.choice((-8, -5.5, 4.3, 6))
                other = g["value"] + (off if 0 < g["value"] + off < 100 or g["value"] > 100 else -off)
                yield page.slip("rate", [(g, written_as(g, other))])


def average(page: Page) -> Iterator[Slip]:
    """A spending per head that money and heads don't give."""
    for sentence in page.sentences:
        for g in sentence:
            if g["measure"] != "average" or not (g["unit"] or "").startswith("元"):
                continue
            heads = [
                p for p in sentence if p["unit"] in ("人", "户", "人次", "户次") and p["end"] < g["start"]
            ]
            money = [m for m in sentence if m["unit"] == "元" and m["end"] < g["start"]]
            if len(heads) == 1 and any(
                abs(m["value"] / heads[0]["value"] / g["value"] - 1) < 0.005 for m in money
            ):
                yield page.slip(
                    "average", [(g, written_as(g, g["value"] * page.dice.choice((0.85, 1.12, 1.2))))]
                )
