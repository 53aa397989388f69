"""The marts: which value is chosen and why, what is compared with what, and what stays null."""

from datetime import date

import pytest
from marts_lab import Lab


@pytest.fixture(scope="module")
def lab() -> Lab:
    lab = Lab()
    year = lambda n: {"year": n, "published_on": date(n + 1, 1, 15)}  # noqa: E731
    # 2010: one key, many sources
    lab.report(
        "某镇低保对象{300人|dibao.persons scope=part place=某镇}。截至6月全县低保对象"
        "{1150人|dibao.persons period_end=2010-06-30}。"
        "截至12月低保对象{1200人|dibao.persons period_end=2010-12-31}。"
        "临时救助支出{8万元|temporary_assistance.expenditure "
        "period_start=2010-01-01 period_end=2010-10-31}。",
        **year(2010),
    )
    lab.report(
        "全年临时救助支出{9.6万元|temporary_assistance.expenditure "
        "period_start=2010-01-01 period_end=2010-12-31}。",
        **year(2010),
    )
    # 2011: whole before part, own report before the city's, newer before older
    lab.report(
        "特困人员{276人|tekun.persons}，其中失能{31人|tekun.persons}。社区{62个|community.count}。",
        **year(2011),
    )
    lab.report("甲县有社区{99个|community.count region_code=110101}。", region_code="110100", **year(2011))
    old = lab.report("行政村{200个|village.count}。", year=2011, published_on=date(2012, 1, 1))
    lab.report("行政村{203个|village.count}。", year=2011, published_on=date(2012, 5, 1))
    assert old
    # 2012: standards in every form, a copy that must not count, figures that agree within rounding
    text = (
        "城市低保标准{700元/人/月|dibao.standard residence=urban}，"
        "农村低保标准{6380元/人/年|dibao.standard residence=rural unit=元/人/年}，"
        "特困标准{10068元/年|tekun.standard unit=元/年}，孤儿标准每季{4500元|orphan.standard unit=元/季}，"
        "临时救助每次不超过{3000元|temporary_assistance.standard unit=元 comparator=<=}，"
        "惠民互助社每年补助{2万元|mutual_aid_society.standard unit=元/年}，"
        "募集善款{123.5万元|donation.expenditure}。"
    )
    first = lab.report(text, **year(2012))
    lab.report(text, duplicate_of=first, **year(2012))
    lab.report("募集善款{1234567元|donation.expenditure}。", **year(2012))
    # 2013-2014: targets and results
    lab.report(
        "适老化改造{500户|home_adaptation.households status=target}，"
        "助餐点不少于{20个|meal_point.count status=target comparator=>= change=added}，"
        "供养机构控制在{3个以内|elder_institution.count status=target comparator=<=}，"
        "发放高龄津贴{100万元|old_age_allowance.expenditure status=target}，"
        "新建驿站{3-5所|village_elder_station.count status=target value_high=5}。",
        genre="plan",
        year=2014,
    )
    lab.report(
        "适老化改造{480户|home_adaptation.households}，新增助餐点{25个|meal_point.count change=added}，"
        "供养机构{2个|elder_institution.count}，1至10月发放高龄津贴{90万元|old_age_allowance.expenditure "
        "period_start=2014-01-01 period_end=2014-10-31}。",
        **year(2014),
    )
    # 2015-2016: profile, growth
    lab.report(
        "城市低保{700人|dibao.persons residence=urban}，农村低保{500人|dibao.persons residence=rural}，"
        "结婚登记{1000对|marriage.couples}，1至9月支出低保金{90万元|dibao.expenditure "
        "period_start=2015-01-01 period_end=2015-09-30}。",
        **year(2015),
    )
    lab.report(
        "结婚登记{900对|marriage.couples}，低保标准由{650元|dibao.standard status=prior year=2015}提高到"
        "{680元|dibao.standard}。其他县{88人|orphan.persons scope=outside}。",
        **year(2016),
    )
    # 2020: a month, the months from January on and several years beside each other
    lab.report(
        "8月发放临时救助金{5万元|temporary_assistance.expenditure period_start=2020-08-01 "
        "period_end=2020-08-31}，1至7月发放{40万元|temporary_assistance.expenditure period_start=2020-01-01 "
        "period_end=2020-07-31}，五年来发放{190万元|temporary_assistance.expenditure "
        "period_start=2016-01-01 period_end=2020-12-31}。1至9月结婚登记{3862对|marriage.couples "
        "period_start=2020-01-01 period_end=2020-09-30}，七夕当天登记{73对|marriage.couples}。",
        **year(2020),
    )
    # 2017: a total among figures of which nothing tells that they are parts; those of another group
    lab.report(
        "截至10月，试点乡镇有{30人|tekun.persons period_end=2017-10-31}。特困人员{276人|tekun.persons}。"
        "约有{300人|tekun.persons confidence=0.2}。"
        "全县现有低保对象{900户|dibao.households}{1661人|dibao.persons}。困难群众{2000人|dibao.persons}。"
        "脱贫人口{528户|poverty_monitoring.households}{3000人|poverty_monitoring.persons}，"
        "纳入孤儿保障{6户|orphan.households}{9人|orphan.persons}。",
        **year(2017),
    )
    return lab.build()


def best(lab: Lab, year: int, indicator: str, columns: str, more: str = "") -> tuple:
    return lab.one(
        f"SELECT {columns} FROM marts.indicators_by_region_year "
        f"WHERE region_code = '110101' AND year = ? AND indicator_id = ? AND status <> 'target' {more}",
        year,
        indicator,
    )


@pytest.mark.parametrize(
    ("year", "indicator", "value", "rule", "sources"),
    [
        (2010, "dibao.persons", 1200, "later_as_of", 3),
        (2010, "temporary_assistance.expenditure", 96_000, "full_year", 2),
        (2011, "tekun.persons", 276, "whole", 2),
        (2011, "community.count", 62, "own_report", 2),
        (2011, "village.count", 203, "newer_version", 2),
        (2012, "tekun.standard", 839, "only_source", 1),
        (2017, "tekun.persons", 276, "largest", 3),
        (2020, "marriage.couples", 3862, "full_year", 2),
        (2017, "dibao.persons", 1661, "said_of_area", 2),
    ],
)
def test_one_value_a_key_and_the_rule_that_chose_it(lab, year, indicator, value, rule, sources):
    found = best(lab, year, indicator, "value, decided_by, n_sources")
    assert found == (pytest.approx(value), rule, sources)


def test_those_of_another_group_are_no_total(lab):
    assert best(lab, 2017, "orphan.persons", "value, given_as_part") == (9.0, True)
    assert best(lab, 2017, "dibao.persons", "given_as_part") == (False,)
    profile = "SELECT orphan_persons, dibao_persons FROM marts.region_year_profile WHERE year = 2017"
    assert lab.one(profile) == (None, 1661.0)


def test_sources_agree_as_far_as_their_rounding_goes(lab):
    assert best(lab, 2012, "donation.expenditure", "agree, n_sources, n_reports") == (True, 2, 2)
    assert best(lab, 2011, "village.count", "agree") == (False,)


def test_runners_up_stay_visible_with_their_clause(lab):
    rows = lab.all(
        "SELECT standing, value, quote FROM marts.conflicts "
        "WHERE year = 2011 AND indicator_id = 'village.count'"
    )
    assert {(standing, value) for standing, value, _ in rows} == {
        ("chosen", 203.0),
        ("other_report", 200.0),
    }
    assert "行政村200个" in [quote.strip("。") for _, _, quote in rows]


def test_parts_and_months_beside_their_whole_are_no_conflict(lab):
    beside = """SELECT count(*) FROM marts.indicators_by_region_year AS best JOIN marts.facts AS part
        USING (region_code, year, indicator_id, change, residence, status)
        WHERE best.scope = 'region' AND part.scope = 'part' AND part.value <> best.value"""
    assert lab.one(beside) != (0,)
    alone = """SELECT conflict_id FROM marts.conflicts GROUP BY ALL
        HAVING bool_and(standing NOT IN ('differs', 'other_report', 'older_version'))"""
    assert lab.all(alone) == []


def test_a_part_of_the_year_is_marked_and_stretched_only_beside(lab):
    row = best(lab, 2015, "dibao.expenditure", "value, months, annualised_value")
    assert row == (900_000.0, 9, 1_200_000.0)
    assert best(lab, 2010, "temporary_assistance.expenditure", "months, annualised_value") == (12, None)


def test_neither_a_month_nor_five_years_stand_as_the_year(lab):
    assert best(lab, 2020, "temporary_assistance.expenditure", "value, months, n_sources") == (
        400_000.0,
        7,
        2,
    )


def test_figures_of_another_area_are_no_value_of_this_one(lab):
    found = lab.all(
        "SELECT * FROM marts.indicators_by_region_year WHERE indicator_id = 'orphan.persons' AND year = 2016"
    )
    assert found == []


def test_standards_in_yuan_a_person_and_month_beside_what_was_written(lab):
    rows = lab.all(
        "SELECT subject, residence, yuan_per_person_month, written, unit_read FROM marts.benefit_standards "
        "WHERE year = 2012 ORDER BY subject, residence"
    )
    assert rows == [
        ("dibao", "rural", 531.67, "6380元/人/年", "元/人/年"),
        ("dibao", "urban", 700.0, "700元/人/月", "元/人/月"),
        ("orphan", "total", 1500.0, "4500元", "元/季"),
        ("tekun", "total", 839.0, "10068元/年", "元/年"),
        ("temporary_assistance", "total", None, "3000元", "元"),
    ]


def test_a_copy_of_a_report_counts_once(lab):
    assert best(lab, 2012, "dibao.standard", "n_sources", "AND residence = 'urban'") == (1,)
    assert lab.one("SELECT count(*) FROM marts.quality WHERE duplicate_of IS NOT NULL") == (1,)


def test_targets_beside_results_with_the_direction_of_the_bound(lab):
    rows = lab.all(
        "SELECT indicator_id, target, result, share_reached_percent, met FROM marts.targets_and_results "
        "WHERE year = 2014 ORDER BY indicator_id"
    )
    assert rows == [
        ("elder_institution.count", 3.0, 2.0, None, True),
        ("home_adaptation.households", 500.0, 480.0, 96.0, False),
        ("meal_point.count", 20.0, 25.0, 125.0, True),
        ("old_age_allowance.expenditure", 1e6, 9e5, 90.0, None),  # ten months are no year
        ("village_elder_station.count", 3.0, None, None, None),
    ]


def test_the_profile_leaves_null_what_was_not_reported(lab):
    row = lab.one(
        "SELECT dibao_persons, dibao_persons_urban, marriage_couples, orphan_persons, dibao_expenditure, "
        "part_year "
        "FROM marts.region_year_profile WHERE region_code = '110101' AND year = 2015"
    )
    assert row == (1200.0, 700.0, 1000.0, None, None, "dibao_expenditure:9")


def test_a_total_smaller_than_one_of_its_parts_is_none():
    lab = Lab()
    lab.report(
        "城市低保{2236人|dibao.persons residence=urban}，农村低保{24875人|dibao.persons residence=rural}。"
        "符合条件的{1105人|dibao.persons}纳入低保。"
    )
    lab.build("region_year_profile")
    assert lab.one("SELECT dibao_persons FROM marts.region_year_profile") == (27111.0,)


def test_the_profile_has_a_column_for_each_headline(lab):
    headlines = {row[0] for row in lab.all("SELECT headline FROM ref.indicators WHERE headline IS NOT NULL")}
    columns = {row[0] for row in lab.all("DESCRIBE marts.region_year_profile")}
    assert len(headlines) >= 30
    assert headlines <= columns


def test_moves_given_in_the_text_and_across_reports(lab):
    rows = lab.all(
        "SELECT kind, value_before, value, percent, called FROM marts.changes WHERE year = 2016 ORDER BY kind"
    )
    assert ("from_to", 650.0, 680.0, 4.62, "rise") in rows
    assert ("year_on_year", 1000.0, 900.0, -10.0, None) in rows


def test_coverage_tells_missing_from_not_reported_on(lab):
    def state(year: int, indicator: str) -> str:
        return lab.one(
            "SELECT state FROM marts.coverage WHERE region_code = '110101' AND year = ? AND indicator_id = ?",
            year,
            indicator,
        )[0]

    assert state(2015, "dibao.persons") == "reported"
    assert state(2015, "orphan.persons") == "missing"
    assert state(2013, "orphan.persons") == "no_report"
    assert state(2014, "meal_point.count") == "reported"


def test_delivery_gives_spending_per_head_only_where_both_are_known(lab):
    row = lab.one(
        "SELECT expenditure_yuan, expenditure_months, persons, yuan_per_person FROM marts.benefit_delivery "
        "WHERE region_code = '110101' AND year = 2015 AND subject = 'dibao' AND residence = 'total'"
    )
    assert row == (900_000.0, 9, None, None)


def test_from_each_value_there_is_a_join_to_its_clause(lab):
    lost = lab.all(
        "SELECT best.observation_id FROM marts.indicators_by_region_year AS best "
        "LEFT JOIN core.observations AS read USING (observation_id) "
        "LEFT JOIN core.documents AS documents USING (document_id) "
        "WHERE substring(documents.text, read.span_start + 1, read.span_end - read.span_start) "
        "IS DISTINCT FROM best.written"
    )
    assert lost == []


def test_what_a_town_reports_is_never_its_countys():
    lab = Lab()
    town = {"region_method": "town", "region_evidence": "某街道"}
    lab.report("全街道低保对象{90人|dibao.persons}。", region_code="110101", year=2015, **town)
    lab.report("全区低保对象{900人|dibao.persons}。", region_code="110101", year=2015)
    lab.build("indicators_by_region_year")
    facts = lab.all("SELECT written, scope, place FROM marts.facts ORDER BY written DESC")
    assert facts == [("90人", "part", "某街道"), ("900人", "region", None)]
    assert best(lab, 2015, "dibao.persons", "value, scope") == (900.0, "region")
