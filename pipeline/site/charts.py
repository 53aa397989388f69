"""Charts for asset pages: from a frame to a Vega-Altair chart, and from a chart to PNG.

The pages of the browser draw theirs from their own tables (`static/chart.js`), so that chart and table share
what the reader chose.
The font with the Chinese characters comes along in `fonts/`, so that a machine without any draws the
same picture.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import altair as alt
import polars as pl
import vl_convert

Chart = alt.Chart | alt.LayerChart

FONT = "Minzheng Sans"
FONTS = Path(__file__).parents[1] / "fonts"


class Palette(NamedTuple):
    ink: str
    soft: str
    grid: str
    urban: str
    rural: str
    total: str
    target: str
    sheet: str


PICTURE = Palette("#1c2024", "#575c63", "#e4e0d6", "#1f5fa6", "#b4561a", "#34404c", "#7a3f9d", "#ffffff")

RESIDENCES = ("城市", "农村", "城乡合计")
SHAPES = ("circle", "square", "diamond")
MOST_ROWS = 40
WIDTH = 560


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
    frame: pl.DataFrame, unit: str, palette: Palette = PICTURE, from_zero: bool = False
) -> alt.Chart:
    """Dot plot of one value a region: a row a region, urban and rural apart.

    `frame`: region, province, value, residence (one of `RESIDENCES`), whole (false: a part of the year, drawn
    hollow). More than `MOST_ROWS` regions share rows, one a province.
    """
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
        )
        .properties(
            width=WIDTH, height=alt.Step(20 if alone else 36, **({"for": "position"} if lanes else {}))
        )
    )


def bars(frame: pl.DataFrame, palette: Palette = PICTURE) -> alt.LayerChart:
    """Counts by name, the figure at each bar's end. `frame`: name, count, in order."""
    rows = alt.Y("name:N", title=None, sort=frame["name"].to_list(), axis=alt.Axis(ticks=False, grid=False))
    base = (
        alt.Chart(frame)
        .encode(y=rows, x=alt.X("count:Q", axis=None))
        .properties(width=WIDTH, height=alt.Step(22))
    )
    figures = base.mark_text(align="left", dx=5, color=palette.ink).encode(
        text=alt.Text("count:Q", format=",d")
    )
    return base.mark_bar(color=palette.urban, height=13) + figures


def tiles(frame: pl.DataFrame, palette: Palette = PICTURE) -> alt.LayerChart:
    """How many of something by row and year, as tiles. `frame`: name, year, count."""
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, grid=False)),
        y=alt.Y("name:N", title=None, axis=alt.Axis(ticks=False, grid=False)),
    )
    shade = alt.Opacity("count:Q", scale=alt.Scale(range=[0.2, 0.75]), legend=None)
    boxes = base.mark_rect(color=palette.urban, stroke=palette.sheet, strokeWidth=2).encode(opacity=shade)
    figures = base.mark_text(color=palette.ink).encode(text=alt.Text("count:Q", format=",d"))
    return (boxes + figures).properties(width=alt.Step(52), height=alt.Step(22))


def to_png(chart: Chart, title: str) -> bytes:
    """The chart as a PNG for an asset page, drawn larger for sharpness; give it `PICTURE`'s colours."""
    return vl_convert.vegalite_to_png(_specification(chart, title), scale=1.5, allowed_base_urls=[])


def _specification(chart: Chart, title: str) -> dict:
    _load_font()
    palette = PICTURE
    axis = {
        "labelColor": palette.ink, "titleColor": palette.soft, "gridColor": palette.grid, "domainColor":
        palette.soft, "tickColor": palette.soft, "labelFontSize": 12, "titleFontSize": 12,
        "titleFontWeight": "normal", "labelLimit": 0, "domain": False,
    }  # fmt: skip
    chart = chart.configure(
        font=FONT,
        background=palette.sheet,
        view={"stroke": None},
        axis=axis,
        axisY={"titleAngle": 0, "titleAlign": "right", "titleX": -6, "titleY": -8},
        legend={"labelColor": palette.ink, "labelFontSize": 12, "labelLimit": 0},
        title={"color": palette.ink, "fontSize": 15, "anchor": "start", "fontWeight": "normal", "offset": 12},
        padding=8,
    )
    return chart.properties(title=title).to_dict()


@cache
def _load_font() -> None:
    vl_convert.register_font_directory(str(FONTS))
