"""Charts: from a frame to a Vega-Altair chart, and from a chart to SVG for a page or PNG for an asset page.

They are drawn when the site is built, not in the reader's browser: a page then needs no charting script
and no exception in its content-security policy, works without any script, prints, and follows the dark mode,
since the SVG names the page's colours. The font with the Chinese characters comes along in `fonts/` (see
`subset.py` there), so that the same picture is drawn on a machine that has none.
"""

import math
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import altair as alt
import polars as pl
import vl_convert

Chart = alt.Chart | alt.LayerChart

FONT = "Minzheng Sans"
FONTS = Path(__file__).parent / "fonts"
SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
# A page within the site, as `names.py` makes them; anything else is no link.
_OWN_PAGE = r"\.\./[a-z]+/[a-z0-9._-]+\.html(#[a-z0-9._-]+)?$"


class Palette(NamedTuple):
    ink: str
    soft: str
    grid: str
    urban: str
    rural: str
    total: str
    target: str
    sheet: str


PAGE = Palette(
    *(f"var(--{name})" for name in ("ink", "soft", "grid", "urban", "rural", "total", "goal", "paper"))
)
PICTURE = Palette("#1c2024", "#575c63", "#e4e0d6", "#1f5fa6", "#b4561a", "#34404c", "#7a3f9d", "#ffffff")

RESIDENCES = ("城市", "农村", "城乡合计")
SHAPES = ("circle", "square", "diamond")
MOST_ROWS = 40
MOST_LINES = 8
WIDTH, HEIGHT = 560, 260


def _own_links(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(pl.col("href").str.contains("^" + _OWN_PAGE)).then("href").alias("href")
    )


def _residence(palette: Palette, shown: list[str]) -> dict[str, object]:
    """Urban, rural and both, told by colour and by shape; hollow where only a part of the year is covered."""
    colours = dict(zip(RESIDENCES, (palette.urban, palette.rural, palette.total), strict=True))
    shapes = dict(zip(RESIDENCES, SHAPES, strict=True))
    colour = alt.Scale(domain=shown, range=[colours[name] for name in shown])
    shape = alt.Scale(domain=shown, range=[shapes[name] for name in shown])
    legend = alt.Legend(title=None, orient="top", symbolSize=90) if len(shown) > 1 else None
    return {
        "stroke": alt.Stroke("residence:N", scale=colour, legend=legend),
        "fill": alt.Fill("residence:N", scale=colour, legend=legend),
        "shape": alt.Shape("residence:N", scale=shape, legend=legend),
        "fillOpacity": alt.condition("datum.whole", alt.value(1), alt.value(0)),
    }


def dots_by_region(
    frame: pl.DataFrame, unit: str, palette: Palette = PAGE, from_zero: bool = False
) -> alt.Chart:
    """Dot plot of one value a region: a row a region, urban and rural apart.

    `frame`: region, province, value, residence (one of `RESIDENCES`), whole (false: a part of the year, drawn
    hollow), note, href. More than `MOST_ROWS` regions share rows, one a province.
    """
    frame = _own_links(frame)
    rows = "region" if frame["region"].n_unique() <= MOST_ROWS else "province"
    order = (
        frame.group_by(rows)
        .agg(pl.col("value").median())
        .sort("value", rows, descending=True)[rows]
        .to_list()
    )
    shown = [name for name in RESIDENCES if name in set(frame["residence"])]
    alone = rows == "region"
    x = alt.X("value:Q", title=unit, scale=alt.Scale(zero=from_zero, nice=True), axis=alt.Axis(tickCount=6))
    # Where regions share a row, urban and rural still have a lane each.
    lanes = {} if alone or len(shown) < 2 else {"yOffset": alt.YOffset("residence:N", sort=shown)}
    return (
        alt.Chart(frame)
        .mark_point(size=80 if alone else 40, opacity=1 if alone else 0.55)
        .encode(
            x=x,
            y=alt.Y(f"{rows}:N", title=None, sort=order, axis=alt.Axis(grid=True, ticks=False)),
            **lanes,
            **_residence(palette, shown),
            href="href:N",
            description="note:N",
        )
        .properties(
            width=WIDTH, height=alt.Step(20 if alone else 36, **({"for": "position"} if lanes else {}))
        )
    )


def over_years(frame: pl.DataFrame, unit: str, palette: Palette = PAGE) -> alt.LayerChart:
    """Values over years: a line a region while they are few, else dots and each year's median.

    `frame`: region, year, value, residence, whole (false: drawn hollow), note, href; one row a region,
    year and residence.
    """
    frame = _own_links(frame)
    low, high = (
        float(end) for end in frame.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    )
    # Regions differ by orders of magnitude; where they do, equal ratios take equal lengths.
    logarithmic = low > 0 and high / low > 50
    scale = alt.Scale(type="log", nice=True) if logarithmic else alt.Scale(zero=True, nice=True)
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False))
    y = alt.Y("value:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=6))
    shown = [name for name in RESIDENCES if name in set(frame["residence"])]
    base = alt.Chart(frame).encode(x=x, y=y).properties(width=WIDTH, height=HEIGHT)
    dots = base.mark_point(size=70, opacity=1).encode(
        **_residence(palette, shown), href="href:N", description="note:N"
    )
    if frame["region"].n_unique() > MOST_LINES:
        median = base.mark_tick(color=palette.ink, thickness=2, width=28).encode(x=x, y="median(value):Q")
        return dots.encode(opacity=alt.value(0.65)) + median
    lines = base.mark_line(strokeWidth=1.5).encode(
        stroke=_residence(palette, shown)["stroke"], detail=["region:N", "residence:N"]
    )
    last = frame.sort("year").group_by("region", maintain_order=True).last()
    last = last.with_columns(_apart(last["value"], low, high, logarithmic).alias("at"))
    names = (
        alt.Chart(last)
        .mark_text(align="left", dx=9, fontSize=11, color=palette.ink)
        .encode(x=x, y=alt.Y("at:Q", title=unit, scale=scale), text="region:N")
    )
    return lines + dots + names


def _apart(values: pl.Series, low: float, high: float, logarithmic: bool) -> pl.Series:
    """Where the labels of `values` stand so that none covers another: a line's height apart."""
    low = low if logarithmic else min(low, 0.0)
    down = (lambda value: math.log(value)) if logarithmic else (lambda value: value)
    up = (lambda value: math.exp(value)) if logarithmic else (lambda value: value)
    gap = (down(high) - down(low)) * 14 / HEIGHT
    at, floor = [0.0] * len(values), -math.inf
    for index in values.arg_sort():
        floor = max(down(values[index]), floor + gap)
        at[index] = up(floor)
    return pl.Series(at, dtype=pl.Float64)


def targets_beside_results(frame: pl.DataFrame, unit: str, palette: Palette = PAGE) -> alt.LayerChart:
    """What was planned (hollow diamond) beside what was reported (filled dot), joined by a line, a row each.

    `frame`: label, target, result (null where not reported), note, href; at most `MOST_ROWS` rows are drawn.
    """
    frame = _own_links(frame.head(MOST_ROWS))
    rows = alt.Y("label:N", title=None, sort=frame["label"].to_list(), axis=alt.Axis(grid=True, ticks=False))
    base = alt.Chart(frame).properties(width=WIDTH, height=alt.Step(20))
    long = frame.unpivot(
        ["target", "result"], index=["label", "note", "href"], variable_name="what"
    ).drop_nulls("value")
    long = long.with_columns(pl.col("what").replace_strict({"target": "目标", "result": "结果"}))
    kinds, ink = ["目标", "结果"], [palette.target, palette.total]
    legend = alt.Legend(title=None, orient="top", symbolSize=90)
    line = base.mark_rule(color=palette.soft).encode(x=alt.X("target:Q", title=unit), x2="result:Q", y=rows)
    dots = (
        alt.Chart(long)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=alt.X("value:Q", title=unit, scale=alt.Scale(zero=True, nice=True), axis=alt.Axis(tickCount=6)),
            y=rows,
            color=alt.Color("what:N", scale=alt.Scale(domain=kinds, range=ink), legend=legend),
            shape=alt.Shape(
                "what:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle"]), legend=legend
            ),
            href="href:N",
            description="note:N",
        )
    )
    return line + dots


def bars(frame: pl.DataFrame, palette: Palette = PAGE) -> alt.LayerChart:
    """Counts by name, the figure at each bar's end. `frame`: name, count, note, in order."""
    rows = alt.Y("name:N", title=None, sort=frame["name"].to_list(), axis=alt.Axis(ticks=False, grid=False))
    base = (
        alt.Chart(frame)
        .encode(y=rows, x=alt.X("count:Q", axis=None))
        .properties(width=WIDTH, height=alt.Step(22))
    )
    figures = base.mark_text(align="left", dx=5, color=palette.ink).encode(
        text=alt.Text("count:Q", format=",d")
    )
    return base.mark_bar(color=palette.urban, height=13).encode(description="note:N") + figures


def tiles(frame: pl.DataFrame, palette: Palette = PAGE) -> alt.LayerChart:
    """How many of something by row and year, as tiles. `frame`: name, year, count."""
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, grid=False)),
        y=alt.Y("name:N", title=None, axis=alt.Axis(ticks=False, grid=False)),
    )
    shade = alt.Opacity("count:Q", scale=alt.Scale(range=[0.2, 0.75]), legend=None)
    boxes = base.mark_rect(color=palette.urban, stroke=palette.sheet, strokeWidth=2).encode(opacity=shade)
    figures = base.mark_text(color=palette.ink).encode(text=alt.Text("count:Q", format=",d"))
    return (boxes + figures).properties(width=alt.Step(52), height=alt.Step(22))


def to_svg(chart: Chart, title: str) -> str:
    """The chart as SVG for a page: named for a screen reader, each note as its mark's tooltip."""
    drawn = vl_convert.vegalite_to_svg(_specification(chart, PAGE, None), allowed_base_urls=[])
    ElementTree.register_namespace("", SVG)
    tree = ElementTree.fromstring(drawn)
    tree.attrib.update({"role": "group", "aria-label": title})
    for element in tree.iter():
        element.attrib.pop("aria-roledescription", None)
        if LINK in element.attrib:
            # vl-convert puts a base address of its own before what is relative.
            page = re.search(_OWN_PAGE, element.attrib.pop(LINK))
            element.attrib.update({"href": page.group()} if page else {})
        role = element.attrib.get("role", "")
        if role.startswith("graphics-"):
            element.attrib["role"] = "img" if role == "graphics-symbol" else "group"
        if "aria-label" in element.attrib and element.attrib.get("role") == "img" and not len(element):
            ElementTree.SubElement(element, f"{{{SVG}}}title").text = element.attrib["aria-label"]
    return ElementTree.tostring(tree, encoding="unicode")


def to_png(chart: Chart, title: str) -> bytes:
    """The chart as a PNG for an asset page, drawn larger for sharpness; give it `PICTURE`'s colours."""
    return vl_convert.vegalite_to_png(_specification(chart, PICTURE, title), scale=1.5, allowed_base_urls=[])


def _specification(chart: Chart, palette: Palette, title: str | None) -> dict:
    _load_font()
    axis = {
        "labelColor": palette.ink, "titleColor": palette.soft, "gridColor": palette.grid, "domainColor":
        palette.soft, "tickColor": palette.soft, "labelFontSize": 12, "titleFontSize": 12,
        "titleFontWeight": "normal", "labelLimit": 0, "domain": False,
    }  # fmt: skip
    chart = chart.configure(
        font=FONT,
        background="transparent" if title is None else palette.sheet,
        view={"stroke": None},
        axis=axis,
        axisY={"titleAngle": 0, "titleAlign": "right", "titleX": -6, "titleY": -8},
        legend={"labelColor": palette.ink, "labelFontSize": 12, "labelLimit": 0},
        title={"color": palette.ink, "fontSize": 15, "anchor": "start", "fontWeight": "normal", "offset": 12},
        padding=8,
    )
    if title is not None:
        chart = chart.properties(title=title)
    return chart.to_dict()


@cache
def _load_font() -> None:
    vl_convert.register_font_directory(str(FONTS))
