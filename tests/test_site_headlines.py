"""The cards of the front page: which year, level and residence stand for an indicator."""

import pytest
from site_release import Release

from pipeline.site.data import Published
from pipeline.site.headlines import headline_values
from pipeline.site.reference import read_reference

COUNTIES = {"341802": "宣州区", "330503": "南浔区", "330502": "吴兴区"}
PERSONS = "低保对象⟦{0}人|dibao.persons {0} 人 residence={1} confidence=0.99⟧。"


@pytest.fixture
def card(tmp_path):
    """The card of dibao.persons where these are reported: [(region, year, residence, value)]."""

    def made(rows: list[tuple[str, int, str, int]]) -> dict:
        release = Release()
        release.add(
            "ref.regions", region_code="330502", name="吴兴区", full_name="浙江省湖州市吴兴区",
            level="county", parent_code="330500", province="浙江省", city="湖州市", county="吴兴区",
        )  # fmt: skip
        for code, year, residence, value in rows:
            release.report(
                PERSONS.format(value, residence),
                f"{code}-{year}-{residence}.txt",
                region_code=code,
                year=year,
            )
        with Published(release.write(tmp_path / "published.duckdb")) as published:
            (found,) = headline_values(published, read_reference(published))["cards"]
        return found

    return made


def test_three_totals_of_last_year_say_more_than_two_towns_of_this(card):
    totals = [(code, 2023, "total", 2000 + n) for n, code in enumerate(COUNTIES)]
    later = [("341802", 2024, "total", 2100), ("341802", 2024, "urban", 900), ("330503", 2024, "urban", 800)]
    found = card([*totals, *later])
    assert (found["year"], found["residence"], found["n"]) == (2023, "total", 3)


@pytest.mark.landing
def test_the_latest_year_stands_where_half_of_the_regions_have_reported(card):
    totals = [(code, 2023, "total", 2000 + n) for n, code in enumerate(COUNTIES)]
    found = card([*totals, ("341802", 2024, "total", 2100), ("330503", 2024, "total", 1900)])
    assert (found["year"], found["n"]) == (2024, 2)


@pytest.mark.landing
def test_of_as_many_regions_the_total_stands_before_its_parts(card):
    found = card([("341802", 2024, "total", 2100), ("330503", 2024, "urban", 900)])
    assert found["residence"] == "total"
