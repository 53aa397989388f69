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
        "period_start=2016-01-01 period_end=2020-12-31}。",
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
        "WHERE year = 2010 AND indicator_id = 'dibao.persons'"
    )
    assert {(standing, value) for standing, value, _ in rows} == {
        ("chosen", 1200.0),
        ("other_period", 1150.0),
        ("other_place", 300.0),
    }
    assert "某镇低保对象300人" in [quote for _, _, quote in rows]


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


def test_what_three_quarters_cost_is_no_growth_to_what_the_year_did():
    lab = Lab()
    of = "period_start=2019-01-01 period_end="
    lab.report(
        f"低保累计支出{{417元|dibao.expenditure status=prior {of}2019-09-30}}、"
        f"{{586元|dibao.expenditure {of}2019-12-31}}。"
        f"临时救助{{31元|temporary_assistance.expenditure status=prior {of}2019-12-31}}、"
        f"{{42元|temporary_assistance.expenditure {of}2019-12-31}}。",
        year=2019,
    )
    lab.build("changes")
    moved = lab.all("SELECT indicator_id, value_before, value FROM marts.changes")
    assert moved == [("temporary_assistance.expenditure", 31.0, 42.0)]


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


def test_what_reaches_no_mart_is_listed_with_the_reason_and_not_called_missing():
    lab = Lab()
    lab.report("全县低保对象{900人|dibao.persons}。", region_code="110102", year=2015, genre="summary")
    lab.report("全县孤儿{31人|orphan.persons}。", region_code="110102", year=None, genre="summary")
    lab.report("全县低保对象{700人|dibao.persons}。", region_code=None, year=2015)
    lab.report("建成{12个|other.count}。", region_code="110102", year=2015, genre="summary")
    lab.report(
        "发放高龄津贴{80万元|old_age_allowance.expenditure period_start=2014-07-01 period_end=2015-06-30}。",
        region_code="110102", year=2015, genre="summary",
    )  # fmt: skip
    lab.build()
    found = lab.con.execute("SELECT reason, lacks, written FROM marts.unplaced ORDER BY written").fetchall()
    assert found == [
        ("no_subject", "subject", "12个"),
        ("no_year", "year", "31人"),
        ("no_region", "region", "700人"),
        ("several_years", "years", "80万元"),  # twelve months, but of two years
    ]
    states = dict(
        lab.con.execute(
            "SELECT indicator_id, state FROM marts.coverage WHERE region_code = '110102' AND year = 2015"
        ).fetchall()
    )
    assert (states["orphan.persons"], states["dibao.persons"]) == ("unplaced", "reported")


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


def test_a_work_item_has_the_domain_of_its_title_or_of_its_figures():
    lab = Lab()
    report = lab.report(
        "健全養老服務體系。办好实事，改造{300户|home_adaptation.households status=target}。其他。",
        genre="plan",
    )
    titles = ("健全養老服務體系", "办好实事", "其他", "加强社会组织党建")
    for number, title in enumerate(titles, 1):
        lab.add(
            "core.tasks", task_id=f"{report}-t{number:03d}", document_id=report[:16], report_id=report,
            ordinal=number, title=title, year=2024, region_code="110101", span_start=0, span_end=1,
        )  # fmt: skip
    lab.rows["core.observations"][0]["task_id"] = f"{report}-t002"
    lab.build("work_programme")
    rows = lab.all("SELECT title, domain, domain_zh, targets FROM marts.work_programme ORDER BY ordinal")
    assert rows == [
        ("健全養老服務體系", "elderly_care", "养老服务", None),
        ("办好实事", "elderly_care", "养老服务", "300户 适老化改造户数"),
        ("其他", None, None, None),
        ("加强社会组织党建", "social_organization", "社会组织", None),
    ]


def test_conflicts_and_changes_are_of_one_thing_only():
    lab = Lab()
    lab.report(
        "全县有社会组织{337家|social_org.count}。引导社会组织{46家|social_org.count}结对帮扶。"
        "对全县社会组织{307家|social_org.count}作了检查。",
    )
    lab.report(
        "全县有低保对象{1092户|dibao.households}。走访困难家庭{220户|dibao.households}。",
        year=2022,
    )
    lab.report(
        "乡镇审批权限由{1000元|temporary_assistance.expenditure status=prior}提高到"
        "{3000元|temporary_assistance.expenditure}。",
        year=2021,
    )
    lab.report("力争每万名老年人有护理员{25名|caregiver.ratio status=target unit=人}。", year=2020)
    lab.build()
    differs = lab.all("SELECT year, value FROM marts.conflicts WHERE standing <> 'chosen'")
    assert differs == [(2023, 307.0)]
    assert lab.all("SELECT * FROM marts.changes WHERE indicator_id LIKE 'temporary%'") == []
    assert lab.all("SELECT * FROM marts.targets_and_results") == []


def test_a_group_is_neither_chosen_before_its_whole_nor_a_conflict_of_it():
    lab = Lab()
    lab.report(
        "临时救助困难群众574户，支出{94万元|temporary_assistance.expenditure}。\n"
        "脱贫人口全年得到临时救助，"
        "支出{17万元|temporary_assistance.expenditure period_start=2023-01-01 period_end=2023-12-31}。\n"
        "农村低保对象{13420户|dibao.households period_end=2023-11-30}。\n"
        "对三类户逐户走访，符合条件的{1340户|dibao.households}已纳入农村低保。\n"
        "全县登记社会组织{1312家|social_org.count period_end=2023-06-30 subject_word=社会组织}。\n"
        "从年检看，合格社会组织{988家|social_org.count subject_word=社会组织}。\n"
        "自试点以来办理“跨省通办”婚姻登记{1126对|marriage_registration.couples subgroup=跨省通办}，"
        "其中结婚{973对|marriage.couples}。\n"
        "办理结婚登记{26418对|marriage.couples}，离婚登记{9842对|divorce.couples}。\n"
        "受理离婚申请{16730对|divorce.couples subgroup=受理离婚申请}。",
    )
    lab.build()
    chosen = (
        "SELECT value, trust FROM marts.indicators_by_region_year WHERE indicator_id = ? AND subgroup IS NULL"
    )
    assert lab.one(chosen, "temporary_assistance.expenditure") == (940_000, "sure")
    assert lab.one(chosen, "dibao.households")[0] == 13420
    assert lab.one(chosen, "social_org.count")[0] == 1312
    assert lab.one(chosen, "marriage.couples")[0] == 26418
    assert lab.one(chosen, "divorce.couples") == (9842, "sure")
    assert lab.all("SELECT indicator_id FROM marts.conflicts") == []


def test_a_table_gives_its_total_and_its_months_and_targets_no_conflict():
    lab = Lab()
    lab.report(
        "乡镇 | 低保人数 | 本月支出 | 累计支出 | 结婚目标 | 结婚完成\n"
        "东镇 | {188人|dibao.persons scope=part place=东镇} | 3 | 4\n"
        "西镇 | {51人|dibao.persons scope=part place=西镇} | 1 | 2\n"
        "合计 | {239人|dibao.persons} | "
        "{38.9万元|dibao.expenditure period_start=2023-09-01 period_end=2023-09-30} | "
        "{348.6万元|dibao.expenditure period_start=2023-01-01 period_end=2023-09-30} | "
        "{5300对|marriage.couples status=target} | {5230对|marriage.couples}\n"
    )
    lab.build("conflicts", "indicators_by_region_year")
    rows = lab.con.execute(
        "SELECT indicator_id, status, value FROM marts.indicators_by_region_year ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("dibao.expenditure", "actual", 3_486_000),
        ("dibao.persons", "actual", 239),
        ("marriage.couples", "actual", 5230),
        ("marriage.couples", "target", 5300),
    ]
    standing = lab.con.execute("SELECT DISTINCT standing FROM marts.conflicts ORDER BY ALL").fetchall()
    assert ("differs",) not in standing


def test_a_target_has_no_result_that_is_counted_otherwise_or_is_a_share_of_it():
    lab = Lab()
    lab.report(
        "计划更新火化机{2台|funeral_home.count status=target unit=个}，"
        "集中供养率达到{40%|tekun.ratio status=target}。\n"
        "改造守灵间{8间|funeral_home.count unit=个}。集中供养率完成目标的{104%|tekun.ratio}。",
    )
    lab.build("targets_and_results")
    assert lab.all("SELECT target, result FROM marts.targets_and_results WHERE result IS NOT NULL") == []
