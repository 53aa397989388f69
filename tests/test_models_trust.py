"""How far tables can be trusted: doubts that the world raises, profile, panel, queue, rates."""

import polars as pl
import pytest
from marts_lab import REGIONS, Lab

from pipeline.contracts.registry import polars_schema


def doubts(said: list[tuple[str, str]]) -> list[list[str]]:
    """Of each text and indicator, reports of counties of their own: the codes of what is doubted."""
    lab = Lab()
    county = REGIONS[3] | {"statistical": False}
    counties = [county | {"region_code": f"1101{number}"} for number in range(11, 11 + len(said))]
    lab.insert("ref.regions", pl.DataFrame(counties, polars_schema("ref.regions")))
    found = []
    for (text, _), county in zip(said, counties, strict=True):
        lab.report(text, region_code=county["region_code"])
    lab.build("indicators_by_region_year")
    for (_, indicator), county in zip(said, counties, strict=True):
        rows = lab.all(
            "SELECT doubts, trust FROM marts.indicators_by_region_year "
            "WHERE indicator_id = ? AND region_code = ?",
            indicator,
            county["region_code"],
        )
        assert all((trust == "doubtful") == bool(codes) for codes, trust in rows)
        found.append(sorted({code for codes, _ in rows for code in codes}))
    return found


DOUBTED = [
    ("低保对象{7000000人|dibao.persons}。", "dibao.persons", "above_population"),
    ("发放低保金{300亿元|dibao.expenditure}。", "dibao.expenditure", "beyond_budget"),
    ("结婚登记{90000对|marriage.couples}。", "marriage.couples", "beyond_level"),
    ("低保对象{12人|dibao.persons}。", "dibao.persons", "below_level"),
    ("引导{286名|volunteer.persons}志愿者。", "volunteer.persons", "acted_on"),
    ("完成{167个|village.count}行政村污水治理。", "village.count", "acted_on"),
    ("引导{9个|charity_org.count}、{286名|volunteer.persons}志愿者。", "volunteer.persons", "acted_on"),
    ("改造甲镇、乙镇敬老院{2所|elder_institution.count}。", "elder_institution.count", "acted_on"),
    ("全县{126家|social_org.count}社会组织参与抗洪。", "social_org.count", "acted_on"),
    ("脱贫人口得到临时救助{101人次|temporary_assistance.person_times}。",
     "temporary_assistance.person_times", "of_a_group"),
    ("低保标准最低的乡也有{1190元|dibao.standard comparator=>=}。", "dibao.standard", "only_bound"),
    ("乡镇备用金增加到{30万元|temporary_assistance.expenditure}。",
     "temporary_assistance.expenditure", "may_be_granted"),
    ("为{4名|orphan.persons}孤儿助学。散居孤儿{18名|orphan.persons subgroup=散居}。",
     "orphan.persons", "below_its_part"),
    ("低保{264户|dibao.households}、{18737人|dibao.persons}。", "dibao.persons", "persons_per_household"),
    ("低保{9000人|dibao.persons}{5万元|dibao.expenditure}。", "dibao.expenditure", "spending_per_head"),
    ("发放高龄津贴{412元|old_age_allowance.expenditure}。", "old_age_allowance.expenditure", "below_level"),
    (
        "城市{640元|dibao.standard residence=urban}、农村{845元|dibao.standard residence=rural}。",
        "dibao.standard", "urban_below_rural",
    ),
    ("低保{900元|dibao.standard}，特困{950元|tekun.standard}。", "tekun.standard", "tekun_below_dibao"),
    ("低保标准{2400000元|dibao.standard}。", "dibao.standard", "out_of_range"),
    ("低保标准{0.0075元|dibao.standard}。", "dibao.standard", "out_of_range"),
]  # fmt: skip
FINE = [
    ("全县共有{167个|village.count}行政村。", "village.count"),
    ("低保对象{1661户|dibao.households}、{2405人|dibao.persons}。", "dibao.persons"),
    ("低保标准{900元|dibao.standard}，特困标准{1170元|tekun.standard}。", "tekun.standard"),
    ("其中重残{12人|dibao.persons subgroup=重残}。", "dibao.persons"),
]


def test_what_cannot_be_in_a_county_is_doubted_and_says_why():
    found = doubts([(text, indicator) for text, indicator, _ in DOUBTED])
    assert found == [[code] for *_, code in DOUBTED]


def test_what_can_be_is_not_doubted():
    assert doubts(FINE) == [[]] * len(FINE)


def test_what_cannot_be_in_a_county_can_be_in_the_country():
    lab = Lab()
    lab.report(DOUBTED[0][0], region_code="100000")
    lab.build("indicators_by_region_year")
    assert lab.all("SELECT doubts FROM marts.indicators_by_region_year") == [([],)]


def test_those_of_a_group_that_a_benefit_took_in_are_no_total():
    lab = Lab()
    lab.report(
        "排查监测对象{342户|poverty_monitoring.households}，其中{264户|dibao.households}、"
        "{469人|dibao.persons}纳入低保。全县低保对象{18737人|dibao.persons}。"
    )
    lab.build("panel_cells")
    assert lab.all("SELECT column_name, value FROM marts.panel_cells") == [("dibao_persons", 18737)]


def test_a_value_unlike_the_regions_other_years_is_doubted():
    lab = Lab()
    for year, people in ((2020, 2400), (2021, 2450), (2022, 24000), (2023, 2405)):
        lab.report(f"低保对象{{{people}人|dibao.persons}}。", year=year)
    lab.build("indicators_by_region_year")
    assert lab.all(
        "SELECT year FROM marts.indicators_by_region_year WHERE doubts = ['unlike_other_years']"
    ) == [(2022,)]


def test_an_unsure_value_unlike_those_of_regions_of_its_level_is_doubted():
    lab = Lab()
    county = REGIONS[3] | {"statistical": False}
    counties = [county | {"region_code": f"1101{number}"} for number in range(11, 17)]
    lab.insert("ref.regions", pl.DataFrame(counties, polars_schema("ref.regions")))
    for county, people in zip(counties, (800, 900, 1000, 1100, 1200, 40), strict=True):
        text = f"入住老人{{{people}人|elder_institution.persons confidence=0.9}}。"
        lab.report(text, region_code=county["region_code"])
    # Long ago it may have been so; a sure reading stands; four others are needed.
    lab.report("入住老人{30人|elder_institution.persons confidence=0.9}。", year=2015)
    lab.report("入住老人{50人|elder_institution.persons}。", region_code="110102")
    lab.build("indicators_by_region_year")
    assert lab.all(
        "SELECT value, doubts, trust FROM marts.indicators_by_region_year WHERE value <= 50 ORDER BY value"
    ) == [(30, [], "likely"), (40, ["unlike_neighbours"], "doubtful"), (50, [], "sure")]


def test_profile_and_panel_hold_what_is_trusted_and_the_panel_shows_the_gaps():
    lab = Lab()
    lab.report("低保对象{2405人|dibao.persons}，孤儿{31人|orphan.persons confidence=0.6}。", year=2020)
    lab.report("低保对象{2380人|dibao.persons confidence=0.9}。", year=2022)
    lab.build("panel")
    rows = lab.all("SELECT year, n_values, dibao_persons, orphan_persons FROM marts.panel ORDER BY year")
    assert rows == [
        (2020, 1, 2405.0, None), (2021, 0, None, None), (2022, 1, 2380.0, None),
    ]  # fmt: skip
    profile = [name for (name,) in lab.all("SELECT column_name FROM (DESCRIBE marts.region_year_profile)")]
    panel = [name for (name,) in lab.all("SELECT column_name FROM (DESCRIBE marts.panel)")]
    headlines = profile[profile.index("part_year") + 1 :]
    assert panel[panel.index("n_values") + 1 :] == headlines
    named = {name for (name,) in lab.all("SELECT headline FROM ref.indicators WHERE headline IS NOT NULL")}
    assert named <= set(headlines)


def test_the_queue_puts_first_what_is_doubted_and_read_by_all_and_leaves_out_what_is_settled():
    lab = Lab()
    lab.report(
        "低保对象{7000000人|dibao.persons}，排查{3次|inspection.cases confidence=0.8}，"
        "孤儿{31人|orphan.persons}，老年人{40人|elder_activity.persons confidence=0.3}。"
    )
    lab.build("review_queue")
    rows = lab.all(
        "SELECT indicator_id, doubts, correction_line FROM marts.review_queue ORDER BY priority DESC"
    )
    assert [row[0] for row in rows] == ["dibao.persons", "elder_activity.persons", "inspection.cases"]
    assert rows[0][1] == ["above_population"]
    assert rows[0][2].startswith('"1.txt",4-12,,flag,')


def test_a_doubtful_value_far_from_what_the_region_says_elsewhere_comes_first():
    lab = Lab()
    lab.report("全县孤儿{31人|orphan.persons}，老年协会{40人|elder_activity.persons}。", year=2022)
    lab.report(
        "全县孤儿{33人|orphan.persons confidence=0.5}，"
        "老年协会{400人|elder_activity.persons confidence=0.5}，"
        "检查{7次|inspection.cases confidence=0.5}。",
        year=2023,
    )
    lab.build("review_queue")
    rows = lab.all(
        "SELECT indicator_id, elsewhere, elsewhere_from, would_change FROM marts.review_queue "
        "ORDER BY would_change"
    )
    assert [row[0] for row in rows] == ["orphan.persons", "inspection.cases", "elder_activity.persons"]
    assert [row[1:3] for row in rows] == [(31.0, "other_year"), (None, None), (40.0, "other_year")]
    assert [row[3] for row in rows] == [0.027, 0.5, 1.0]


def test_rates_name_the_year_of_the_residents_that_they_are_divided_by():
    lab = Lab()
    text = "低保对象{1190000人|dibao.persons}，结婚登记{4000对|marriage.couples confidence=0.5}。"
    lab.report(text, year=2024, region_code="110000")
    lab.report(text, year=2035, region_code="110000")
    lab.build("rates_per_thousand")
    rows = lab.all(
        "SELECT year, indicator_id, per_thousand, population_year, population FROM marts.rates_per_thousand"
    )
    assert rows == [(2024, "dibao.persons", round(1190000 / 21893.095, 4), 2020, 21893095)]


def test_a_target_without_a_result_says_why():
    lab = Lab()
    lab.report("计划新增床位{200张|elder_bed.beds status=target change=added}。", year=2025)
    lab.report(
        "要完成适老化改造{300户|home_adaptation.households status=target}{40户|home_adaptation.households}，"
        "农村{5户|home_adaptation.households residence=rural status=target}，"
        "新增床位{200张|elder_bed.beds status=target change=added}，"
        "培训{90人|caregiver.persons status=target}，现有床位{2100张|elder_bed.beds}。"
    )
    lab.build("targets_and_results")
    rows = lab.all(
        "SELECT year, target, result, why_no_result FROM marts.targets_and_results ORDER BY year, target"
    )
    assert rows == [
        (2023, 5.0, None, "far_from_target"), (2023, 90.0, None, "not_reported"),
        (2023, 200.0, None, "far_from_target"), (2023, 300.0, 40.0, None),
        (2025, 200.0, None, "no_results_of_year"),
    ]  # fmt: skip


def pairs(text: str) -> list[tuple]:
    """Of a report: each target with its result, how they were paired, their trust, and why it has none."""
    lab = Lab()
    lab.report(text)
    lab.build("targets_and_results")
    return lab.all("SELECT target, result, paired_by, trust, why_no_result FROM marts.targets_and_results")


HOMES = "elder_institution.count subject_word=敬老院"


def test_a_target_without_its_key_is_paired_with_the_one_result_in_the_same_words():
    planned = f"计划新建敬老院{{9所|{HOMES} status=target change=added}}。"
    assert pairs(planned + f"敬老院建成{{7所|{HOMES}}}。") == [(9, 7, "wording", "likely", None)]
    assert pairs(planned + f"新建敬老院{{8所|{HOMES} change=added}}，建成{{7所|{HOMES}}}。") == [
        (9, 8, "key", "sure", None)
    ]


@pytest.mark.landing
def test_words_pair_no_target_where_the_result_may_be_of_another_matter():
    planned = f"计划新建敬老院{{9所|{HOMES} status=target change=added}}。"
    for said in (
        f"建成敬老院{{7所|{HOMES}}}，改造敬老院{{6所|{HOMES} subgroup=改造}}。",  # which of the two?
        "建成福利院{7所|elder_institution.count subject_word=福利院}。",
        f"全县现有敬老院{{12所|{HOMES}}}。",  # all there are, not those built
        f"建成敬老院{{70所|{HOMES}}}。",
        f"建成敬老院{{90所|{HOMES}}}，其中东镇{{7所|{HOMES}}}。",
        f"撤并敬老院{{7所|{HOMES} scope=part place=东镇}}。",
    ):
        ((target, result, paired_by, _, why),) = pairs(planned + said)
        assert (target, result, paired_by) == (9, None, None), said
        assert why in ("other_breakdown", "far_from_target"), said
