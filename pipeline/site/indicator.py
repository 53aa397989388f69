"""The indicator page: one indicator across regions and years, as a chart and as a table with its sources."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl
from markupsafe import Markup

from pipeline.site import charts
from pipeline.site.data import Published
from pipeline.site.figures import figure, short_region
from pipeline.site.reference import Indicator, Reference
from pipeline.site.words import label, spoken_value

# A page that holds more rows than this is no longer read but queried.
MOST_ROWS = 5000
LEVELS = ("standard", "average", "ratio", "ranking", "duration")
CHART_SCHEMA = {
    "region": pl.Utf8, "province": pl.Utf8, "year": pl.Int64, "value": pl.Float64, "residence": pl.Utf8,
    "whole": pl.Boolean, "note": pl.Utf8, "href": pl.Utf8,
}  # fmt: skip


def indicator_values(
    indicator: Indicator,
    definition: Mapping,
    rows: Sequence[Mapping],
    plans: Sequence[Mapping],
    reference: Reference,
) -> dict[str, object]:
    """What `indicator.html` needs. `rows` of `marts.indicators_by_region_year`, `plans` of
    `marts.targets_and_results`, both of this indicator."""
    figures = [figure(row, reference) for row in rows]
    return {
        "indicator": indicator,
        "domain": reference.domain(indicator.domain),
        "definition": definition,
        "figures": figures[:MOST_ROWS],
        "left_out": max(len(figures) - MOST_ROWS, 0),
        "n_regions": len({row["region_code"] for row in rows}),
        "years": sorted({row["year"] for row in rows}),
        "charts": [*_values_chart(indicator, figures, reference), *_plans_chart(indicator, plans, reference)],
        "plans": plans,
    }


def definitions(published: Published) -> dict[str, dict[str, object]]:
    """By indicator: what is counted, in which measure, how parts combine, the plausible range."""
    subjects = dict(published.select("ref.subjects", ("subject", "covers")).iter_rows())
    measures = {
        row[0]: row[1:]
        for row in published.select("ref.measures", ("measure", "name_zh", "meaning")).iter_rows()
    }
    columns = ("indicator_id", "unit", "aggregation", "plausible_min", "plausible_max")
    found = {}
    for row in published.select("ref.indicators", columns).iter_rows(named=True):
        subject, _, measure = row["indicator_id"].partition(".")
        measure_zh, meaning = measures.get(measure, ("", ""))
        low, high = row["plausible_min"], row["plausible_max"]
        bounds = [spoken_value(float(low), row["unit"], comparator=">=") if low is not None else ""]
        bounds.append(spoken_value(float(high), row["unit"], comparator="<=") if high is not None else "")
        found[row["indicator_id"]] = {
            "covers": subjects.get(subject) or "",
            "measure_zh": measure_zh,
            "meaning": meaning,
            "aggregation": row["aggregation"],
            "aggregation_label": label("aggregation", row["aggregation"]),
            "plausible": "，".join(filter(None, bounds)),
        }
    return found


def _values_chart(
    indicator: Indicator, figures: Sequence[Mapping], reference: Reference
) -> list[dict[str, object]]:
    comparable, unit = _comparable(figures)
    if len(comparable) < 2:
        return []
    frame = pl.DataFrame([_point(row, reference) for row in comparable], schema=CHART_SCHEMA)
    what = f"{indicator.zh}（{unit}）" if unit else indicator.zh
    years = frame["year"].n_unique()
    drawn: charts.Chart
    if indicator.measure in LEVELS or years == 1:
        latest = frame.sort("year").group_by("region", "residence", maintain_order=True).last()
        if years > 1:
            latest = latest.with_columns(pl.concat_str("region", pl.lit(" "), "year").alias("region"))
        title = f"{what}，各地区最近一年" if years > 1 else f"{what}，{frame['year'][0]} 年"
        drawn = charts.dots_by_region(latest, unit, from_zero=indicator.measure not in LEVELS)
    else:
        title = f"{what}，历年"
        drawn = charts.over_years(frame, unit)
    note = "只绘代表全区域、不分组的实际值；点按可回到原文。"
    if frame["region"].n_unique() > charts.MOST_ROWS and indicator.measure in LEVELS:
        note += "同省各地区画在一行。"
    if not frame["whole"].all():
        note += "空心：只含部分月份，不能当作全年。"
    return [{"title": title, "note": note, "svg": Markup(charts.to_svg(drawn, title))}]


def _comparable(figures: Sequence[Mapping]) -> tuple[list[Mapping], str]:
    """The values that one chart may hold: actual, of whole regions, ungrouped, in one unit."""
    whole = [
        row
        for row in figures
        if row["status"] == "actual" and row["scope"] == "region" and not row["subgroup"]
    ]
    groups: dict[tuple, list[Mapping]] = {}
    for row in whole:
        groups.setdefault((row["unit"] or "", row["change"]), []).append(row)
    if not groups:
        return [], ""
    (unit, _), rows = max(groups.items(), key=lambda item: (len(item[1]), item[0][1] == "level", item[0]))
    return rows, unit


def _point(row: Mapping, reference: Reference) -> dict[str, object]:
    name = short_region(reference, row["region_code"])
    province = (reference.regions.get(row["region_code"]) or {}).get("province") or name
    residence = label("residence", row["residence"]).zh
    said = " · ".join(filter(None, (f"{row['year']}年", residence, row["months_words"])))
    return {
        "region": name,
        "province": province,
        "year": row["year"],
        "value": row["value"],
        "residence": residence,
        "whole": not row["months_words"],
        "note": f"{row['region_name']} {said}：{row['spoken']}",
        "href": "../" + row["href"] if row["href"] else None,
    }


def _plans_chart(
    indicator: Indicator, plans: Sequence[Mapping], reference: Reference
) -> list[dict[str, object]]:
    """Targets beside results, in the commonest unit; nothing where no result was found."""
    units = Counter(row["unit"] for row in plans if row["result"] is not None and row["change"] != "delta")
    if not units:
        return []
    unit = max(units, key=lambda each: (units[each], each or ""))
    paired = [
        row for row in plans if row["unit"] == unit and row["result"] is not None and row["change"] != "delta"
    ]
    rows = [
        {
            "label": " ".join(
                filter(
                    None, (short_region(reference, row["region_code"]), str(row["year"]), row["breakdown"])
                )
            ),
            "target": float(row["target"]),
            "result": float(row["result"]),
            "note": _plan_words(row),
            "href": "../" + row["result_href"] if row["result_href"] else None,
        }
        for row in paired
    ]
    title = f"{indicator.zh}，目标与结果"
    drawn = charts.targets_beside_results(pl.DataFrame(rows).unique("label", maintain_order=True), unit or "")
    note = "菱形为目标，圆点为结果；点按可回到原文。"
    if len(rows) > charts.MOST_ROWS:
        note += f"只绘最近的 {charts.MOST_ROWS} 行，其余见表。"
    return [{"title": title, "note": note, "svg": Markup(charts.to_svg(drawn, title))}]


def _plan_words(row: Mapping) -> str:
    planned, reached = row["target_spoken"], row["result_spoken"]
    return f"{row['region_name']} {row['year']}年：目标 {planned}，结果 {reached}"
