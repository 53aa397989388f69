import re
from datetime import date, datetime

import pytest

from pipeline.settings import PROJECT
from pipeline.site.places import full_name, short_name
from pipeline.site.words import label, labels, machine_time, plain_number, spoken_period, spoken_value
from pipeline.vocabulary import loader


@pytest.mark.parametrize(
    ("value", "unit", "high", "comparator", "zh", "en"),
    [
        (3012.0, "人", None, "=", "3,012 人", "3,012 people"),
        (1.0, "户", None, "=", "1 户", "1 household"),
        (12_303_500.0, "元", None, "=", "1,230.35 万元", "12.3035 million yuan"),
        (250_000_000.0, "元", None, "=", "2.5 亿元", "250 million yuan"),
        (2_500_000_000.0, "元", None, "~", "≈ 25 亿元", "≈ 2.5 billion yuan"),
        (753_000.0, "元", None, "=", "75.3 万元", "753,000 yuan"),
        (780.0, "元/人/月", None, "=", "780 元/人/月", "780 yuan/person/month"),
        (97.2, "%", None, "=", "97.2%", "97.2%"),
        (3.0, "个", 5.0, "=", "3–5 个", "3–5"),
        (150.0, "人", None, ">=", "≥ 150 人", "≥ 150 people"),
        (-1.8, "%", None, "=", "-1.8%", "-1.8%"),
        (2.0, None, None, None, "2", "2"),
        (6380 / 12, "元/人/月", None, "=", "531.67 元/人/月", "531.67 yuan/person/month"),
        (1_234_567.0, "元", None, "=", "123.4567 万元", "1.2346 million yuan"),
        (0.0123, "人/千人", None, "=", "0.0123 人/千人", "0.0123 people per 1 000 people"),
        (25.0, "个/万人", None, "=", "25 个/万人", "25 items per 10 000 people"),
        (7.0, "斗", None, "=", "7 斗", "7 斗"),
        (None, "人", None, "=", "", ""),
    ],
)
def test_values_are_said_with_their_unit_in_both_languages(value, unit, high, comparator, zh, en):
    assert spoken_value(value, unit, high, comparator)[:2] == (zh, en)


def test_regions_have_english_names_down_to_the_province():
    county = {"name": "宣州区", "full_name": "安徽省宣城市宣州区", "province": "安徽省"}
    assert full_name("341802", county)[:2] == ("安徽省宣城市宣州区", "Anhui 宣城市宣州区")
    assert short_name("341802", county)[:2] == ("安徽 宣州区", "Anhui 宣州区")
    province = {"name": "内蒙古自治区", "full_name": "内蒙古自治区", "province": "内蒙古自治区"}
    assert full_name("150000", province).en == short_name("150000", province).en == "Nei Mongol"
    assert full_name("990101", {})[:2] == ("990101", "990101")


@pytest.mark.parametrize(
    ("year", "start", "end", "zh", "en"),
    [
        (2023, date(2023, 1, 1), date(2023, 12, 31), "2023年", "2023"),
        (2023, date(2023, 1, 1), date(2023, 10, 31), "2023年1–10月", "Jan–Oct 2023"),
        (2023, date(2023, 9, 1), date(2023, 9, 30), "2023年9月", "Sep 2023"),
        (2023, None, date(2023, 9, 30), "截至2023年9月", "to Sep 2023"),
        (2023, None, date(2023, 9, 15), "截至2023年9月15日", "to 15 Sep 2023"),
        (2025, date(2021, 1, 1), date(2025, 12, 31), "2021–2025年", "2021–2025"),
        (2023, date(2023, 7, 1), None, "2023年", "2023"),
        (2024, date(2023, 9, 3), date(2024, 2, 1), "2023-09-03 – 2024-02-01", "2023-09-03 – 2024-02-01"),
        (2023, None, None, "2023年", "2023"),
        (None, None, None, "", ""),
    ],
)
def test_periods_are_said_in_months_and_years(year, start, end, zh, en):
    assert spoken_period(year, start, end)[:2] == (zh, en)


def test_numbers_keep_no_decimals_that_they_do_not_have():
    assert [plain_number(value) for value in (0.0, -0.0, 1e12, 531.66666)] == [
        "0",
        "0",
        "1,000,000,000,000",
        "531.6667",
    ]


def test_checks_are_called_checks_and_no_financial_audit():
    pages = [*(PROJECT / "pipeline" / "site").rglob("*.*"), PROJECT / "README.zh-CN.md"]
    pages += [PROJECT / "docs" / "analysts.zh-CN.md", *(PROJECT / "pipeline" / "contracts").glob("*.csv")]
    texts = {page: page.read_text("utf-8") for page in pages if page.suffix not in (".pyc", ".gz")}
    assert not [page for page, text in texts.items() if re.search("审计|審計|审核", text)]


def test_an_unknown_code_is_its_own_label():
    assert label("flag", "brand_new").zh == "brand_new"
    assert label("kind", "date").zh == "日期"


def test_times_without_zone_are_utc():
    assert machine_time(datetime(2026, 3, 1, 8, 30)) == "2026-03-01T08:30:00Z"


def test_every_note_and_every_refusal_is_said_in_both_languages():
    assert not [
        each
        for group in labels().values()
        for each in group.values()
        if bool(each.note) != bool(each.note_en)
    ]
    assert set(labels()["refusal"]) == {row["reason"] for row in loader.rows("formats/refusals.csv")}
    finding = set(labels()["finding"])
    assert finding <= set(labels()["finding_told"])
