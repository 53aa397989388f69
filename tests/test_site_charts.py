import struct
import zlib
from base64 import b64decode

import duckdb
import polars as pl
import pytest
from site_release import Release, sample_file

from pipeline.vocabulary.reference import load_reference


@pytest.fixture(scope="module")
def charts():
    from pipeline.site import charts

    return charts


@pytest.fixture(scope="module")
def pictures():
    from pipeline.site import pictures

    return pictures


def values(regions: int) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "region": f"安徽 第{region}区", "province": f"省{region % 5}", "year": 2023,
                "value": 500.0 + region, "residence": residence, "whole": region != 1,
            }
            for region in range(regions) for residence in ("城市", "农村")
        ]
    )  # fmt: skip


def test_regions_stand_apart_by_residence_in_shape_and_colour(charts):
    encoding = charts.dots_by_region(values(3), "元/人/月").to_dict()["encoding"]
    assert encoding["shape"]["scale"]["domain"] == ["城市", "农村"]
    assert len(set(encoding["shape"]["scale"]["range"])) == 2
    assert len(set(encoding["stroke"]["scale"]["range"])) == 2


def test_many_regions_share_the_rows_of_their_provinces(charts):
    few, many = (charts.dots_by_region(values(n), "元").to_dict() for n in (3, charts.MOST_ROWS + 1))
    assert few["encoding"]["y"]["field"] == "region"
    assert many["encoding"]["y"]["field"] == "province"


@pytest.mark.landing
def test_chinese_is_drawn_as_characters_in_pictures(charts):
    def ink(name: str) -> tuple[int, bytes]:
        frame = pl.DataFrame({"name": [name], "count": [5]})
        picture = charts.to_png(charts.bars(frame, charts.PICTURE), "图")
        return _width(picture), zlib.compress(picture)

    (wide, one), (_, other) = ink("低保"), ink("孤儿")
    assert wide > charts.WIDTH
    # Boxes for missing glyphs would all look alike.
    assert one != other


def test_the_font_has_every_character_of_the_vocabulary(charts):
    fonts = pytest.importorskip("fontTools.ttLib")
    font = fonts.TTFont(charts.FONTS / "minzheng-sans.otf")
    names = [load_reference("ref.subjects")["name_zh"], load_reference("ref.measures")["name_zh"]]
    regions = load_reference("ref.regions")
    names += [regions["name"], regions["province"].drop_nulls()]
    missing = set("".join(name for column in names for name in column)) - set(map(chr, font.getBestCmap()))
    assert missing == set()


@pytest.mark.landing
def test_tables_have_pictures_for_their_asset_pages(pictures, subtests):
    with duckdb.connect(str(sample_file()), read_only=True) as connection:
        assert pictures.markdown_picture("core.documents", connection) is None
        for table in pictures.PICTURES:
            with subtests.test(table):
                picture = pictures.markdown_picture(table, connection)
                assert picture.startswith("![")
                png = b64decode(picture.partition("base64,")[2].removesuffix(")"))
                assert png.startswith(b"\x89PNG")
                assert _width(png) > 100


@pytest.mark.landing
def test_a_table_without_rows_has_no_picture(tmp_path, pictures):
    with duckdb.connect(str(Release().write(tmp_path / "empty.duckdb")), read_only=True) as connection:
        assert [pictures.markdown_picture(table, connection) for table in pictures.PICTURES] == [None] * len(
            pictures.PICTURES
        )


def _width(png: bytes) -> int:
    return struct.unpack(">I", png[16:20])[0]
