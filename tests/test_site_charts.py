import struct
import zlib
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import polars as pl
import pytest
from site_release import Release, sample_file

from pipeline.site import charts
from pipeline.site.pictures import PICTURES, markdown_picture
from pipeline.vocabulary.reference import load_reference

ROOT = Path(__file__).parents[1]


def values(regions: int, years: int = 1) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "region": f"安徽 第{region}区", "province": f"省{region % 5}", "year": 2020 + year,
                "value": 500.0 + region + 10 * year, "residence": residence, "whole": region != 1,
                "note": f"第{region}区 {residence}", "href": f"../reports/r-{region}.html#o-{region}",
            }
            for region in range(regions) for year in range(years) for residence in ("城市", "农村")
        ]
    )  # fmt: skip


def texts(svg: str) -> set[str]:
    return {element.text for element in ElementTree.fromstring(svg).iter() if element.text}


def test_regions_stand_apart_by_residence_in_shape_and_colour():
    svg = charts.to_svg(charts.dots_by_region(values(3), "元/人/月"), "标准")

    marks = [e for e in ElementTree.fromstring(svg).iter() if e.get("aria-label", "").startswith("第")]
    assert len(marks) == 6
    assert {e.get("stroke") for e in marks} == {"var(--urban)", "var(--rural)"}
    assert len({e.get("d") for e in marks}) == 2
    assert {"安徽 第0区", "元/人/月", "城市", "农村"} <= texts(svg)


def test_a_part_of_a_year_is_drawn_hollow():
    svg = charts.to_svg(charts.dots_by_region(values(2), "元"), "资金")
    marks = [e for e in ElementTree.fromstring(svg).iter() if e.get("aria-label", "").startswith("第")]
    hollow = {e.get("aria-label")[:3] for e in marks if e.get("fill-opacity") == "0"}
    assert hollow == {"第1区"}


def test_many_regions_share_the_rows_of_their_provinces():
    shown = texts(charts.to_svg(charts.dots_by_region(values(charts.MOST_ROWS + 1), "元"), "标准"))
    assert "省4" in shown
    assert not any("第7区" in text for text in shown if text.startswith("安徽"))


def test_few_regions_are_lines_with_names_and_many_are_dots_with_a_median():
    few = charts.to_svg(charts.over_years(values(3, 2), "人"), "人数")
    many = charts.to_svg(charts.over_years(values(charts.MOST_LINES + 1, 2), "人"), "人数")
    assert "安徽 第2区" in texts(few)
    assert "安徽 第2区" not in texts(many)


def test_marks_link_to_pages_of_the_site_and_nowhere_else():
    frame = values(2).with_columns(href=pl.Series(["../reports/a-01.html#o-1", "javascript:alert(1)"] * 2))
    svg = charts.to_svg(charts.dots_by_region(frame, "元"), "标准")
    links = {e.get("href") for e in ElementTree.fromstring(svg).iter() if e.get("href")}
    assert links == {"../reports/a-01.html#o-1"}


def test_hostile_names_stay_text_and_no_style_is_set_inline():
    frame = values(1).with_columns(
        region=pl.lit("<script>alert(1)</script>"), note=pl.lit('"><img src=x onerror=alert(1)>')
    )
    svg = charts.to_svg(charts.dots_by_region(frame, "<b>元"), "</svg><script>")
    assert "<script" not in svg
    assert "<img" not in svg
    assert " style=" not in svg
    assert "<script>alert(1)</script>" in texts(svg)


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_years_with_values_of_nought_or_below_are_drawn(value):
    frame = values(2, 2).with_columns(value=pl.lit(value))
    assert "2021" in texts(charts.to_svg(charts.over_years(frame, "人"), "人数"))


def test_targets_stand_beside_results_and_a_missing_result_is_left_out():
    frame = pl.DataFrame(
        {"label": ["甲", "乙"], "target": [100.0, 50.0], "result": [120.0, None], "note": ["一", "二"],
         "href": [None, None]}, schema_overrides={"href": pl.Utf8},
    )  # fmt: skip
    svg = charts.to_svg(charts.targets_beside_results(frame, "户"), "目标与结果")
    marks = [
        e.get("aria-label") for e in ElementTree.fromstring(svg).iter() if e.get("aria-label") in ("一", "二")
    ]
    assert sorted(marks) == ["一", "一", "二"]


def test_chinese_is_drawn_as_characters_in_pictures():
    def ink(name: str) -> tuple[int, bytes]:
        frame = pl.DataFrame({"name": [name], "count": [5], "note": [""]})
        picture = charts.to_png(charts.bars(frame, charts.PICTURE), "图")
        return _width(picture), zlib.compress(picture)

    (wide, one), (_, other) = ink("低保"), ink("孤儿")
    assert wide > charts.WIDTH
    # Boxes for missing glyphs would all look alike.
    assert one != other


def test_the_font_has_every_character_of_the_vocabulary():
    fonts = pytest.importorskip("fontTools.ttLib")
    font = fonts.TTFont(charts.FONTS / "minzheng-sans.otf")
    names = [load_reference("ref.subjects")["name_zh"], load_reference("ref.measures")["name_zh"]]
    regions = load_reference("ref.regions")
    names += [regions["name"], regions["province"].drop_nulls()]
    missing = set("".join(name for column in names for name in column)) - set(map(chr, font.getBestCmap()))
    assert missing == set()


@pytest.mark.parametrize("table", PICTURES)
def test_tables_have_pictures_for_their_asset_pages(table):
    with duckdb.connect(str(sample_file()), read_only=True) as connection:
        picture = markdown_picture(table, connection)
        assert markdown_picture("core.documents", connection) is None
    assert picture.startswith("![")
    png = b64decode(picture.partition("base64,")[2].removesuffix(")"))
    assert png.startswith(b"\x89PNG")
    assert _width(png) > 100


def test_a_table_without_rows_has_no_picture(tmp_path):
    with duckdb.connect(str(Release().write(tmp_path / "empty.duckdb")), read_only=True) as connection:
        assert [markdown_picture(table, connection) for table in PICTURES] == [None] * len(PICTURES)


def _width(png: bytes) -> int:
    return struct.unpack(">I", png[16:20])[0]
