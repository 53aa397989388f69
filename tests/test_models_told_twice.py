"""One thing told twice in one report with two values is found; figures of some are no second telling."""

import pytest
from marts_lab import Lab

TWICE = {
    "marriage.couples subject_word=结婚登记": (
        "全年办理结婚登记{2100对|X}",
        "婚姻登记处全年办理结婚登记{2010对|X}",
    ),
    "orphan.persons subject_word=孤儿": ("全县现有孤儿{28人|X}", "全县孤儿{82人|X}全部建档"),
    "old_age_allowance.persons subject_word=高龄津贴": ("发放高龄津贴{3429人|X}", "高龄津贴惠及{3492人|X}"),
    # what no day is said of is of the day that its report names beside it
    "tekun.persons subject_word=特困人员": (
        "截至11月底，特困人员{5127人|X period_end=2023-11-30}",
        "保障有力，特困人员{5217人|X}",
    ),
    "village.count subject_word=行政村": ("全县有行政村{208个|X}", "全县{218个|X}行政村挂牌"),
}
SOME = [
    ("全县登记社会组织{337家|X}", "应参加年检的社会组织{317家|X}"),
    ("全县现有社会组织{337家|X}", "其中新成立社会组织{31家|X}"),
    ("检查社会组织{168家|X}（民办{110家|X subgroup=民办}）", "合格{163家|X}（民办{104家|X subgroup=民办}）"),
]


@pytest.fixture(scope="module")
def lab() -> Lab:
    """A report of a county of its own for each."""
    lab = Lab()
    told = [*TWICE.items(), *(("social_org.count subject_word=社会组织", each) for each in SOME)]
    for number, (mark, (first, second)) in enumerate(told, 1):
        lab.report(f"{first}。\n工作有序推进。{second}。".replace("X", mark), region_code=f"1101{number:02}")
    lab.report(
        "命名道路{87条|place_name.count}，其中甲类{70条|place_name.count}、乙类{17条|place_name.count}，"
        "比上年的{64条|place_name.count status=prior year=2022}"
        "增长{35.9%|place_name.count change=delta unit=%}。",
        region_code="110120",
    )
    years = "dibao.expenditure subject_word=低保金 period_start=2019-01-01 period_end=2023-12-31"
    lab.report(
        f"五年累计发放低保金{{4.36亿元|{years}}}。\n工作有序推进。五年累计发放低保金{{4.63亿元|{years}}}。",
        region_code="110121",
    )
    lab.report(
        "五年累计发放低保金{4.36亿元|dibao.expenditure subject_word=低保金}。\n工作有序推进。"
        "五年累计发放低保金{4.63亿元|dibao.expenditure subject_word=低保金}。",
        region_code="110122",
        year=None,
    )
    return lab.build("audit_findings", "conflicts")


def found(lab: Lab, number: int) -> tuple[list[str], int]:
    """Kinds of findings in a report, and how many conflicts of its county differ."""
    kinds = lab.all("SELECT kind FROM marts.audit_findings WHERE document_id = ?", f"{number:016x}")
    differ = lab.all(
        "SELECT count(*) FROM marts.conflicts WHERE standing = 'differs' AND region_code = ?",
        f"1101{number:02}",
    )
    return [kind for (kind,) in kinds], differ[0][0]


def test_one_thing_told_twice_in_different_paragraphs_is_found(lab):
    for number, (mark, told) in enumerate(TWICE.items(), 1):
        assert found(lab, number) == (["same_key"], 1), (mark, told)


def test_figures_of_some_among_others_are_no_second_telling(lab):
    for number, told in enumerate(SOME, 1 + len(TWICE)):
        assert found(lab, number) == ([], 0), told


def test_growth_said_behind_a_list_is_not_of_its_last_part(lab):
    assert lab.all("SELECT kind FROM marts.audit_findings WHERE region_code = '110120'") == []


def test_what_no_mart_takes_up_is_compared_too(lab):
    assert lab.all("SELECT kind FROM marts.audit_findings WHERE region_code = '110121'") == [("same_key",)]


def test_what_no_year_is_known_of_is_compared_and_explained(lab):
    found = lab.all("SELECT kind, explanation FROM marts.audit_findings WHERE region_code = '110122'")
    assert [kind for kind, _ in found] == ["same_key"] and "年份不详" in found[0][1]
