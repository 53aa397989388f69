"""The small line of a region's indicator: its course over whole years."""

from pipeline.site.region import _line
from pipeline.site.words import Label


def row(year: int, value: float, months: str = "") -> dict:
    return {
        "year": year, "value": value, "months_label": Label(months, months), "status": "actual",
        "subgroup": None, "scope": "region", "breakdown": Label("", ""), "unit": "元", "change": "level",
        "indicator_id": "dibao.expenditure", "residence": "total",
    }  # fmt: skip


def test_ten_months_are_no_year_of_the_course():
    whole, part = [row(2022, 1580), row(2024, 1660)], row(2023, 1582.5, "10 个月")
    line = _line([*whole, part], {})
    assert line["spark"] == _line(whole, {})["spark"]
    assert set(line["cells"]) == {2022, 2023, 2024}, "the table has it"
    assert _line([whole[0], part], {})["spark"] is None
