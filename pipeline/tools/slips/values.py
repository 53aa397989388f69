"""Values that cannot be: too many people, a lost or added 万, standards out of order, days to come."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.tools.slips.page import SCALED, Label, Page, Slip, same, written_as

FAR_LARGE = {
    "county": 8e6,
    "prefecture": 4e7,
    "province": 1.5e8,
    "country": 1.5e9,
}  # people: more than live there


def people(page: Page, level: str) -> Iterator[Slip]:
    """More people on a benefit than live in the region."""
    for g in page.of_region:
        if _of_benefit(g) and g["measure"] == "persons" and g["text"].isdigit() and g["value"] >= 1:
            zeros = "0" * max(1, math.ceil(math.log10(FAR_LARGE[level] / g["value"])))
            yield page.slip("above_population", [(g, g["text"] + zeros)])


def lost_wan(page: Page) -> Iterator[Slip]:
    """支出1036元 for 1,327 persons: 万 is lost."""
    for sentence in page.sentences:
        for heads, money in pairwise(sentence):
            if (
                heads in page.of_region
                and money in page.of_region
                and same(heads, money, "subject", "residence", "subgroup", "year")
                and _of_benefit(heads)
                and (heads["measure"], money["measure"]) == ("persons", "expenditure")
            ):
                scale = money["text"][-1] if money["text"][-1] in SCALED else page.text[money["end"]]
                if scale in "万萬":
                    inside = money["text"][-1] in SCALED
                    bare = money["text"][:-1] if inside else money["text"]
                    also = () if inside else ((money["end"], money["end"] + 1, ""),)
                    yield page.slip("lost_wan", [(money, bare)], also)


def extra_wan(page: Page) -> Iterator[Slip]:
    """低保对象1327万人 in a county: 万 too much, or 亿 for 万."""
    for g in page.of_region:
        if _of_benefit(g) and g["measure"] in ("persons", "expenditure"):
            if g["text"].isdigit() and page.text[g["end"]] not in SCALED and g["value"] >= 500:
                yield page.slip("extra_wan", [(g, g["text"] + "万")])
            elif g["text"][-1] in "万萬" and g["value"] >= 1e6:
                yield page.slip("extra_wan", [(g, g["text"][:-1] + "亿")])


def _of_benefit(g: Label) -> bool:
    return g["subject"] in (
        "dibao",
        "tekun",
        "disability_subsidies",
        "old_age_allowance",
        "orphan",
        "unattended_child",
    )


def standard_order(page: Page) -> Iterator[Slip]:
    """A dibao standard of town below that of the country."""
    lines = _standards(page)
    for (subject, residence, *rest), urban in lines.items():
        rural = lines.get((subject, "rural", *rest))
        if (
            residence == "urban"
            and rural
            and urban["value"] > rural["value"]
            and subject in ("dibao", "tekun")
        ):
            yield page.slip(
                "urban_below_rural",
                [(urban, written_as(urban, rural["value"])), (rural, written_as(rural, urban["value"]))],
            )


def tekun_line(page: Page) -> Iterator[Slip]:
    """A tekun standard below 1.3 times that of dibao."""
    lines = _standards(page)
    for (subject, *rest), tekun in lines.items():
        dibao = lines.get(("dibao", *rest))
        if subject == "tekun" and dibao and tekun["value"] >= 1.28 * dibao["value"] and tekun["year"] > 2016:
            yield page.slip("tekun_below_dibao", [(tekun, written_as(tekun, 1.1 * dibao["value"]))])


def _standards(page: Page) -> dict[tuple, Label]:
    found: dict[tuple, Label] = {}
    for g in page.of_region:
        if g["measure"] == "standard" and g["subgroup"] is None:
            found.setdefault((g["subject"], g["residence"], g["year"], g["unit"]), g)
    return found


def standard_range(page: Page) -> Iterator[Slip]:
    """每人每月7360元: a digit too many."""
    for g in page.of_region:
        if (
            g["measure"] == "standard"
            and g["text"].isdigit()
            and g["unit"] == "元/人/月"
            and g["value"] >= 300
            and g["subject"] in ("dibao", "tekun", "orphan")
        ):
            yield page.slip("standard_range", [(g, g["text"] + "0")])


def as_of(page: Page, published: str | None) -> Iterator[Slip]:
    """截至2024年6月底 in a report of January 2024."""
    if not isinstance(published, str):
        return
    year, month = int(published[:4]), int(published[5:7])
    for found in re.finditer(r"截[至止]((?:20\d\d年|今年)?(\d{1,2})月)(?:底|末|\d+日)", page.text):
        figures = [
            g for g in page.of_region if 0 <= g["start"] - found.end() <= 30
            and page.sentence_start(g["start"]) == page.sentence_start(found.start())
        ]  # fmt: skip
        if figures and figures[0]["measure"] not in ("standard", "ratio"):
            later = f"{year + (month > 8)}年{(month + 3) % 12 + 1}月"
            start, end = found.span(1)
            slip = page.slip("as_of", [], ((start, end, later),))
            moved = len(later) - (end - start)
            span = (figures[0]["start"] + moved, figures[0]["end"] + moved)
            yield replace(slip, spans=[span], said=f"{found[0]}→{later}")
