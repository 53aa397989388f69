"""The audit over paragraphs and years of one county: what does not fit to what else is said of it."""

import pytest
from marts_lab import Lab


@pytest.fixture(scope="module")
def series() -> Lab:
    """Reports of one county over the years."""
    lab = Lab()
    for year, people in (
        (2019, "5100人"),
        (2020, "5050人"),
        (2021, "50人"),
        (2022, "4980人"),
        (2023, "4900人"),
    ):
        lab.report(f"全县低保对象{{{people}|dibao.persons}}。", year=year)
    lab.report("低保标准每人每月{7000元|dibao.standard}。", year=2020)
    lab.report(
        "特困人员{100人|tekun.persons}，特困标准每月{900元|tekun.standard}，"
        "全年支出{10.8万元|tekun.expenditure period_start=2022-01-01 period_end=2022-12-31}。",
        year=2022,
    )
    lab.report(
        "孤儿{10人|orphan.persons}，每月{1500元|orphan.standard}，"
        "全年支出{18万元|orphan.expenditure period_start=2022-01-01 period_end=2022-12-31}。",
        year=2022,
    )
    lab.report(
        "全县有行政村{208个|village.count}。第二部分：全县现有行政村{218个|village.count}，"
        "全年登记结婚{2100对|marriage.couples}，比上年增长{25%|marriage.couples change=delta unit=%}。"
    )
    lab.report("全年登记结婚{2000对|marriage.couples}。", year=2022)
    return lab.build("audit_findings")


def findings(lab: Lab, kind: str) -> list[str]:
    return [row[0] for row in lab.all("SELECT explanation FROM marts.audit_findings WHERE kind = ?", kind)]


def test_a_value_out_of_line_by_powers_of_ten(series):
    found = findings(series, "magnitude")
    assert [f for f in found if "2021年" in f and "50人" in f]
    assert not [f for f in found if "2019年" in f]


def test_spending_per_head_far_below_the_standard(series):
    found = [f for f in findings(series, "magnitude") if f.startswith("人均支出异常")]
    assert len(found) == 1
    assert "10.8万元" in found[0] and "90.0元" in found[0]


def test_a_standard_out_of_range(series):
    assert ["7000元" in f for f in findings(series, "standard_range")] == [True]


def test_one_key_with_two_values_in_one_report(series):
    assert [("208个" in f, "218个" in f) for f in findings(series, "same_key")] == [(True, True)]


def test_growth_that_does_not_follow_from_the_two_levels(series):
    assert ["5.0%" in f and "25%" in f for f in findings(series, "growth")] == [True]
