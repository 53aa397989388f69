"""Regions by name in both languages: provinces have English names, what lies below keeps its own."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.site.words import Label

_PROVINCE_KIND = re.compile(r"(省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$")


@cache
def province_tiles() -> tuple[dict[str, str], ...]:
    """Where each province stands in the tile map: region_code, name_zh, name_en, column, row.

    A `|` in the file is where a narrow tile may cut the name: it becomes a soft hyphen.
    """
    with (Path(__file__).parent / "province_tiles.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            {**row, "name_en": row["name_en"].replace("|", "\N{SOFT HYPHEN}")}
            for row in csv.DictReader(lines)
        )


@cache
def _english() -> dict[str, str]:
    names = {tile["region_code"][:2]: tile["name_en"] for tile in province_tiles()}
    return {**{code: name.replace("\N{SOFT HYPHEN}", "") for code, name in names.items()}, "10": "China"}


def full_name(code: str, region: Mapping[str, str | None]) -> Label:
    """`安徽省蚌埠市蚌山区`, `Anhui 蚌埠市蚌山区`; a code that is not known is its own name."""
    name, province = region.get("full_name") or code, region.get("province") or ""
    english = _english().get(code[:2], "")
    below = name.removeprefix(province)
    if not english or (below == name and not _is_province(code)):
        return Label(name, name)
    return Label(name, english if _is_province(code) else f"{english} {below}")


def short_name(code: str, region: Mapping[str, str | None]) -> Label:
    """`安徽 蚌山区`, `Anhui 蚌山区`: enough for a chart."""
    province, name = region.get("province") or "", region.get("name") or code
    short = _PROVINCE_KIND.sub("", province or name)
    english = _english().get(code[:2], short)
    if province in ("", name):
        return Label(short, english if _is_province(code) else short)
    return Label(f"{short} {name}", f"{english} {name}")


def _is_province(code: str) -> bool:
    return code.endswith("0000")
