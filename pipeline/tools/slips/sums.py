"""Parts that don't make their total, and figures that are told twice with two values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

from pipeline.tools.slips.page import NO_SUM, Edit, Label, Page, Slip, makes, mistyped, same, written_as
from pipeline.vocabulary import rows

KEY = ("subject", "measure", "change", "residence", "status", "year", "unit", "subgroup")
LIST = re.compile(r"其中|[(（]|包括")
WORD_STRENGTH = "3"  # of a word that names its subject for certain
HALVES = {  # how parts are told away from their total: subject, measure, then the names of both
    ("dibao", "persons"): ("城市低保对象", "农村低保对象"),
    ("dibao", "households"): ("城市低保家庭", "农村低保家庭"),
    ("dibao", "expenditure"): ("发放城市低保资金", "农村低保资金"),
    ("tekun", "persons"): ("城市特困人员", "农村特困人员"),
}


def total(page: Page) -> Iterator[Slip]:
    """其中甲3个、乙5个 that don't make their 8个: the total or a part is mistyped."""
    for sentence in page.sentences:
        for i, whole in enumerate(sentence):
            parts = [g for g in sentence[i + 1 :] if same(g, whole, "unit", "measure", "status", "year")]
            for n in range(2, len(parts) + 1):
                between = page.text[whole["end"] : parts[0]["start"]]
                if whole["measure"] in NO_SUM or not LIST.search(between) or not makes(parts[:n], whole):
                    continue
                wrong = page.dice.choice([whole, *parts[:n]])
                if written := mistyped(page, wrong):
                    yield page.slip("total", [(wrong, written)])
                break


def urban_and_rural(page: Page) -> Iterator[Slip]:
    """Town and country that don't make their total."""
    for whole, parts in _halves(page):
        wrong = page.dice.choice([whole, *parts])
        if written := mistyped(page, wrong):
            yield page.slip("urban_and_rural", [(wrong, written)])


def _halves(page: Page) -> Iterator[tuple[Label, list[Label]]]:
    for whole in page.of_region:
        if whole["residence"] == "total" and whole["measure"] not in NO_SUM:
            others = [g for g in page.of_region if same(g, whole, *(set(KEY) - {"residence"}))]
            for a, b in combinations(others, 2):
                if {a["residence"], b["residence"]} == {"urban", "rural"} and makes([a, b], whole):
                    yield whole, [a, b]


def parts_elsewhere(page: Page) -> Iterator[Slip]:
    """Town and country told in another paragraph than their total, which they don't make."""
    for whole, parts in _halves(page):
        names = HALVES.get((whole["subject"], whole["measure"]))
        first, last = min(parts, key=lambda g: g["start"]), max(parts, key=lambda g: g["start"])
        gap = page.text[whole["end"] : first["start"]]
        place = _elsewhere(page, whole)
        unit = _unit_after(page, last)
        if (
            names is None
            or place is None
            or whole["start"] > first["start"]
            or "其中" not in gap
            or unit is None
        ):
            continue
        cut_from = whole["end"] + gap.index("其中")
        cut_to = last["end"] + len(unit)
        if page.text[cut_from - 1] not in ",，" or page.text[cut_to : cut_to + 1] not in (
            "。",
            "；",
            ";",
            ",",
            "，",
        ):
            continue
        urban, rural = sorted(parts, key=lambda g: g["residence"] == "rural")
        if written := mistyped(page, urban):
            telling = f"{names[0]}{{}}{unit}，{names[1]}{rural['text']}{unit}。"
            cut: Edit = (cut_from - 1, cut_to, "")
            yield page.told_again("parts_elsewhere", place, telling, written, urban["text"], (cut,))


def _unit_after(page: Page, g: Label) -> str | None:
    found = re.match(r"[万萬亿億]?(人次|户次|元|人|户|戶|对|個|个|张|家)", page.text[g["end"] :])
    return found[0] if found else None


def _elsewhere(page: Page, g: Label) -> int | None:
    """Within another paragraph that tells what was done in the same year; None where there is none."""
    lines: dict[int, list[Label]] = {}
    for other in page.figures:
        lines.setdefault(page.line_start(other["start"]), []).append(other)
    fit = [
        there[0]["start"]
        for start, there in lines.items()
        if start != page.line_start(g["start"])
        and all(other["status"] == "actual" and other["year"] == g["year"] for other in there)
        and all(other["scope"] == "region" and not other.get("region") for other in there)
        and all(other["subject"] != g["subject"] for other in there)
    ]
    return page.dice.choice(fit) if fit else None


@cache
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("subjects/subject_words.csv"):
        if row["strength"] == WORD_STRENGTH:
            found.setdefault(row["subject"], []).append(row["word"])
    return found


def told_twice(page: Page) -> Iterator[Slip]:
    """One figure told once more in another paragraph, in its own words, with another value."""
    for g in page.of_region:
        start = page.sentence_start(g["start"])
        head = page.text[start : g["start"]].strip(" \u3000\n")
        unit = _unit_after(page, g)
        place = _elsewhere(page, g)
        written = mistyped(page, g)
        told = (
            g["measure"] in ("households", "persons", "expenditure", "count")
            and g["subgroup"] is None
            and g["subject"] != "other"
            and not re.search(r"\d|其中|[一二三四五六七八九十]是|分别|[(（)）]", head)
            and 4 <= len(head) <= 40
            and any(word in head for word in _names().get(g["subject"], ()))
        )
        if told and unit and place is not None and written and g["value"] >= 10:
            yield page.told_again(
                f"told_twice_{g['measure']}", place, f"{head}{{}}{unit}。", written, g["text"]
            )


def part_over_whole(page: Page) -> Iterator[Slip]:
    """80人, 其中持证95人."""
    for sentence in page.sentences:
        for whole, part in pairwise(sentence):
            between = page.text[whole["end"] : part["start"]]
            if (
                same(whole, part, "unit", "measure", "status", "year", "subject")
                and whole["measure"] not in NO_SUM
                and re.search("^[户人个個张家名所处，,(（]{0,3}其中", between)
                and 10 <= part["value"] < whole["value"]
            ):
                yield page.slip("part_over_whole", [(part, written_as(part, whole["value"] * 1.2))])
