"""Pictures of tables for their asset pages: what a look at the table's rows does not show.

`PICTURES` names the tables that have one. A picture is Markdown with the PNG inside it, which is how Dagster
shows images without a place to serve them from.
"""

from base64 import b64encode
from collections.abc import Callable

import duckdb
import polars as pl

from pipeline.site import charts
from pipeline.site.words import label

MOST_ROWS = 15


def markdown_picture(table: str, connection: duckdb.DuckDBPyConnection) -> str | None:
    """The picture of `table` (`schema.name`) as Markdown; None where it has none, or no rows to draw."""
    if table not in PICTURES:
        return None
    title, draw, sql = PICTURES[table]
    frame = pl.DataFrame(connection.sql(sql).to_arrow_table())
    if not frame.height:
        return None
    png = charts.to_png(draw(frame), title)
    return f"![{title}](data:image/png;base64,{b64encode(png).decode()})"


def _labelled_bars(group: str) -> Callable[[pl.DataFrame], charts.Chart]:
    def draw(frame: pl.DataFrame) -> charts.Chart:
        names = [label(group, code).zh for code in frame["name"]]
        return charts.bars(frame.with_columns(name=pl.Series(names)), charts.PICTURE)

    return draw


def _tiles(frame: pl.DataFrame) -> charts.Chart:
    return charts.tiles(frame, charts.PICTURE)


def _standards(frame: pl.DataFrame) -> charts.Chart:
    names = {code: label("residence", code).zh for code in ("urban", "rural", "total")}
    frame = frame.with_columns(
        pl.col("residence").replace_strict(names),
        whole=pl.lit(True),
    )
    return charts.dots_by_region(frame, "元/人/月", charts.PICTURE)


# Table: title, how it is drawn, the rows to draw.
PICTURES: dict[str, tuple[str, Callable[[pl.DataFrame], charts.Chart], str]] = {
    "core.reports": (
        "报告：省份 × 年份",
        _tiles,
        "SELECT coalesce(province, '地区不明') AS name, year, count(*) AS count FROM core.reports "
        "LEFT JOIN ref.regions USING (region_code) WHERE year IS NOT NULL GROUP BY ALL ORDER BY ALL",
    ),
    "core.mentions": (
        "数字的类别",
        _labelled_bars("kind"),
        "SELECT kind AS name, count(*) AS count FROM core.mentions GROUP BY ALL ORDER BY count DESC, name",
    ),
    "core.observations": (
        "观测最多的指标",
        _labelled_bars(""),
        "SELECT coalesce(any_value(name_zh), indicator_id) AS name, count(*) AS count FROM core.observations "
        "LEFT JOIN ref.indicators USING (indicator_id) GROUP BY indicator_id "
        f"ORDER BY count DESC, indicator_id LIMIT {MOST_ROWS}",
    ),
    "marts.benefit_standards": (
        "最低生活保障标准，各地区最近一年",
        _standards,
        "SELECT province || ' ' || coalesce(county, city, '') AS region, province, residence, "
        "arg_max(yuan_per_person_month, year) AS value FROM marts.benefit_standards WHERE subject = 'dibao' "
        "AND status = 'actual' AND subgroup IS NULL AND yuan_per_person_month IS NOT NULL "
        "AND province IS NOT NULL GROUP BY ALL",
    ),
    "marts.audit_findings": (
        "核查发现的种类",
        _labelled_bars("finding"),
        "SELECT kind AS name, count(*) AS count FROM marts.audit_findings GROUP BY ALL "
        "ORDER BY count DESC, name",
    ),
}
