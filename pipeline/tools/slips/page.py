"""A labelled text with its clear figures, and the text with some of them written otherwise."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pipeline.evaluation.labels import Labelled

Label = dict[str, Any]
Edit = tuple[int, int, str]  # from, to, what stands there instead

WRITTEN = re.compile(r"([\d,]*\d(?:\.\d+)?)([万萬亿億]?)")
SCALED = "万萬亿億"
NO_SUM = ("ratio", "standard", "average", "duration", "ranking")
SLIPPED = (0.03, 0.2)  # how far from the right value a mistyped one lies: more would be seen at once


@dataclass(frozen=True)
class Slip:
    """A text with a slip in the figures at `spans`, which stand at `origins` in the text as it was.

    `clean`: the text that tells what had to be told for it, without the slip; None where nothing had to be.
    """

    kind: str
    name: str
    text: str
    spans: list[tuple[int, int]]
    origins: list[tuple[int, int]]
    said: str
    clean: str | None = None


class Page:
    """A labelled text with its figures of prose that are clear, by sentence."""

    def __init__(self, labelled: Labelled) -> None:
        self.name, self.text = labelled.name, labelled.text
        self.figures = [g for g in labelled.labels if g["kind"] == "measurement" and self._clear(g)]
        self.dice = random.Random(self.name)

    def _clear(self, g: Label) -> bool:
        line = self.text[self.line_start(g["start"]) : self.line_end(g["start"])]
        return (
            WRITTEN.fullmatch(g["text"]) is not None
            and g["comparator"] == "="
            and g["value_high"] is None
            and "|" not in line
            and "\t" not in line
            and re.search("[。；，]", line) is not None
        )

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def sentence_start(self, at: int) -> int:
        return max(self.text.rfind(mark, 0, at) for mark in "。；;\n") + 1

    @cached_property
    def sentences(self) -> list[list[Label]]:
        found: dict[int, list[Label]] = {}
        for g in self.figures:
            found.setdefault(self.sentence_start(g["start"]), []).append(g)
        return list(found.values())

    @cached_property
    def of_region(self) -> list[Label]:
        return [
            g
            for g in self.figures
            if g["scope"] == "region"
            and not g.get("region")
            and not g.get("place")
            and g["status"] == "actual"
        ]

    def slip(self, kind: str, wrong: list[tuple[Label, str]], also: tuple[Edit, ...] = ()) -> Slip:
        """The text with figures written otherwise; `also`: edits that no slip needs but its telling does."""
        edits = [(g["start"], g["end"], written) for g, written in wrong]
        text, spans = self._edited(sorted([*edits, *also]), {g["start"] for g, _ in wrong})
        said = "、".join(f"{g['text']}→{written}" for g, written in wrong)
        return Slip(kind, self.name, text, spans, [(g["start"], g["end"]) for g, _ in wrong], said)

    def told_again(
        self, kind: str, at: int, telling: str, wrong: str, right: str, also: tuple[Edit, ...] = ()
    ) -> Slip:
        """`telling` put at the end of the line at `at`, with `wrong` where `right` should stand ({})."""
        place = self.line_end(at)
        before = "" if self.text[place - 1] in "。；!！" else "。"
        said = before + telling.replace("{}", wrong)
        edits = sorted([*also, (place, place, said)])
        text, spans = self._edited(edits, {place}, (len(before) + telling.index("{}"), len(wrong)))
        clean = self._edited(sorted([*also, (place, place, before + telling.replace("{}", right))]), set())[0]
        return Slip(kind, self.name, text, spans, [], f"{right}→{wrong}: {telling}", clean)

    def _edited(
        self, edits: list[Edit], marked: set[int], within: tuple[int, int] | None = None
    ) -> tuple[str, list[tuple[int, int]]]:
        text, spans, end = "", [], 0
        for start, stop, written in edits:
            text += self.text[end:start]
            if start in marked:
                first, length = within or (0, len(written))
                spans.append((len(text) + first, len(text) + first + length))
            text += written
            end = stop
        return text + self.text[end:], spans


def number_of(written: str) -> float:
    """The number as it is written, without its scale: 2,317万 is 2317."""
    found = WRITTEN.fullmatch(written)
    return float(found[1].replace(",", "")) if found else 0.0


def written_as(g: Label, value: float) -> str:
    """`value` in the manner in which `g` is written: its scale, decimals and thousands."""
    scale = g["text"].lstrip("0123456789,.")
    decimals = len(g["text"].removesuffix(scale).partition(".")[2])
    base = number_of(g["text"])
    number = g["text"]
    mark = "," if "," in number else ""
    return f"{value * base / g['value']:{mark}.{decimals}f}{scale}"


def mistyped(page: Page, g: Label) -> str | None:
    """The figure with two digits in the other order, or one of them another; None where it has too few."""
    number = g["text"]
    at = [i for i, c in enumerate(number) if c.isdigit()]
    base = number_of(number)
    tries = [_swapped(number, i, j) for i, j in pairwise(at)]
    tries += [number[:i] + str((int(number[i]) + by) % 10) + number[i + 1 :] for i in at for by in (1, 2, 3)]
    fit = [
        one
        for one in tries
        if one[0] != "0" and base and SLIPPED[0] <= abs(number_of(one) / base - 1) <= SLIPPED[1]
    ]
    return page.dice.choice(fit) if fit else None


def _swapped(number: str, i: int, j: int) -> str:
    return number[:i] + number[j] + number[i + 1 : j] + number[i] + number[j + 1 :]


def same(a: Label, b: Label, *fields: str) -> bool:
    return all(a[f] == b[f] for f in fields)


def makes(parts: list[Label], whole: Label) -> bool:
    return abs(sum(p["value"] for p in parts) - whole["value"]) <= 1e-6 * whole["value"]
