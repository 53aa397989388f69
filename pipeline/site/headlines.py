"""The headline figures of the front page: for each the latest year, its range and trust, and by region for
the map and the ranking. Values in doubt are counted and not shown."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.site.data import Published
from pipeline.site.figures import evidence
from pipeline.site.places import province_tiles
from pipeline.site.reference import Reference
from pipeline.site.words import Label, label, spoken_unit, spoken_value

TABLE = "marts.indicators_by_region_year"
MOST_CARDS = 12
MOST_RANKED = 25  # regions of a level below the province; a ranking of more is the indicator's page
# What a headline figure is: reported for the whole region, ungrouped, in the unit of its indicator.
_HEADLINE = f"""
FROM {TABLE} AS i
JOIN ref.indicators AS r ON r.indicator_id = i.indicator_id AND r.headline IS NOT NULL
    AND r.unit IS NOT DISTINCT FROM i.unit
JOIN ref.regions AS g ON g.region_code = i.region_code
WHERE i.status = 'actual' AND i.scope = 'region' AND i.subgroup IS NULL AND i.change = 'level'
"""
_GROUPS = f"""
SELECT * EXCLUDE (before)
FROM (SELECT *, max(n) OVER (PARTITION BY indicator_id, level, residence
        ORDER BY year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS before
FROM (SELECT i.indicator_id, g.level, i.residence, i.year, any_value(i.unit) AS unit,
    count(*) FILTER (i.trust <> 'doubtful') AS n,
    count(*) FILTER (i.trust = 'sure') AS sure, count(*) FILTER (i.trust = 'likely') AS likely,
    count(*) FILTER (i.trust = 'doubtful') AS doubtful,
    min(i.value) FILTER (i.trust <> 'doubtful') AS low, max(i.value) FILTER (i.trust <> 'doubtful') AS high
{_HEADLINE}
GROUP BY ALL))
WHERE n > 0
-- Of each level and residence the latest year, or the one before where more than twice as many report on it.
QUALIFY 1 = row_number() OVER (
    PARTITION BY indicator_id, level, residence ORDER BY coalesce(2 * n < before, false), year DESC)
ORDER BY indicator_id, n DESC, year DESC, level, residence = 'total' DESC, residence DESC
"""
# The latest value of each region: all provinces, of the others the largest.
_RANKED = f"""
SELECT * FROM (
    SELECT i.indicator_id, g.level, i.residence, i.region_code, i.year, i.value, i.value_high, i.comparator,
        i.unit, i.trust, i.report_id, i.observation_id
    {_HEADLINE} AND i.trust <> 'doubtful'
    QUALIFY 1 = row_number() OVER (
        PARTITION BY i.indicator_id, i.residence, i.region_code ORDER BY i.year DESC)
)
QUALIFY level = 'province'
    OR {MOST_RANKED} >= row_number() OVER (
        PARTITION BY indicator_id, level, residence ORDER BY value DESC, region_code)
ORDER BY indicator_id, level, residence, value DESC, region_code
"""


def headline_values(published: Published, reference: Reference) -> dict[str, Any]:
    """`cards`, `tiles`, and for the script `headlines`: indicators with groups by level and residence."""
    tiles = [
        {**tile, "page": reference.region_href(tile["region_code"]), "n": _reporting(tile, reference)}
        for tile in province_tiles()
    ]
    if not published.has(TABLE, "trust"):
        return {"cards": [], "tiles": tiles, "headlines": []}
    groups = published.query(_GROUPS)
    best = groups.group_by("indicator_id", maintain_order=True).first()
    by_use = groups.group_by("indicator_id").agg(all=pl.col("n").sum())
    order = {key: place for place, key in enumerate(reference.domains)}
    place = [order.get(reference.indicator(key).domain, len(order)) for key in best["indicator_id"]]
    best = best.with_columns(place=pl.Series(place, dtype=pl.Int64)).join(by_use, on="indicator_id")
    best = best.sort("all", "place", "indicator_id", descending=[True, False, False])
    ranked: dict[str, dict[tuple[str, str], list]] = {}
    for row in published.query(_RANKED).iter_rows(named=True):
        at = ranked.setdefault(row["indicator_id"], {})
        at.setdefault((row["level"], row["residence"]), []).append(_ranked(row, reference))
    return {
        "cards": [_card(row, reference) for row in best.head(MOST_CARDS).iter_rows(named=True)],
        "tiles": tiles,
        "headlines": [
            {
                "zh": reference.indicator(key).zh,
                "en": reference.indicator(key).en,
                "unit": spoken_unit(reference.indicator(key).unit)[:2],
                "page": reference.indicator_href(key),
                "groups": [
                    {
                        "level": level,
                        "level_zh": label("level", level).zh,
                        "level_en": label("level", level).en,
                        "residence": residence,
                        "residence_zh": label("residence", residence).zh,
                        "residence_en": label("residence", residence).en,
                        "rows": rows,
                    }
                    for (level, residence), rows in sorted(
                        ranked.get(key, {}).items(), key=lambda item: -len(item[1])
                    )
                ],
            }
            for key in best["indicator_id"]
        ],
    }


def _reporting(tile: Mapping[str, str], reference: Reference) -> int:
    return sum(code[:2] == tile["region_code"][:2] for code in reference.region_pages)


def _ranked(row: Mapping, reference: Reference) -> list:
    """[region code, name, value, in words, year, trust, page]; name and words in both languages"""
    spoken = spoken_value(row["value"], row["unit"], row["value_high"], row["comparator"])
    name = reference.short_region(row["region_code"])
    page = evidence(row["report_id"], row["observation_id"])
    return [row["region_code"], name[:2], row["value"], spoken[:2], row["year"], row["trust"], page]


def _card(row: Mapping, reference: Reference) -> dict[str, Any]:
    about = reference.indicator(row["indicator_id"])
    low, high = (spoken_value(row[end], row["unit"]) for end in ("low", "high"))
    ranged = spoken_value(row["low"], row["unit"], row["high"])
    spoken = Label(
        *(
            ranged[at] if _scale_of(low[at]) == _scale_of(high[at]) else f"{low[at]} – {high[at]}"
            for at in (0, 1)
        )
    )
    return {
        **row,
        "about": about,
        "page": reference.indicator_href(row["indicator_id"]),
        "spoken": low if low == high else spoken,
        "level_label": label("level", row["level"]),
        "residence_label": label("residence", row["residence"] if row["residence"] != "total" else None),
        "trusts": [
            (code, label("trust", code), row[code]) for code in ("sure", "likely", "doubtful") if row[code]
        ],
    }


def _scale_of(spoken: str) -> str:
    return spoken.partition(" ")[2]
