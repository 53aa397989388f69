"""What a number measures, read from sentences as officials write them (all sentences are our own)."""

import polars as pl
from extraction_sentences import Understood

from pipeline.extraction.confidence import LOW, confidence, weights
from pipeline.extraction.fields.flags import flags
from pipeline.extraction.signs import RECORDS
from pipeline.vocabulary import rows as vocabulary

# text: number as written: what must be understood
RESULTS = {
    "全县现有城乡低保对象2147户3390人。": {
        "2147": {"subject": "dibao", "measure": "households", "value": 2147},
        "3390": {"subject": "dibao", "measure": "persons"},
    },
    "农村低保1204户2011人,累计发放低保金826.4万元。": {
        "2011": {"residence": "rural"},
        "826.4": {"measure": "expenditure", "value": 8264000, "residence": "rural"},
    },
    "城市低保312人,农村低保2011人,全年发放低保金826.4万元。": {
        "826.4": {"subject": "dibao", "residence": "total"},
    },
    "为213名特殊困难老人家庭实施了适老化改造。": {
        "213": {"subject": "home_adaptation", "measure": "persons"},
    },
    "新建农村幸福院12所、日间照料中心3所。": {
        "12": {"subject": "village_elder_station", "change": "added"},
        "3": {"subject": "day_care_center", "change": "added"},
    },
    "发放高龄津贴511.2万元,惠及老人4102人。": {
        "511.2": {"subject": "old_age_allowance", "measure": "expenditure"},
    },
    "城市低保标准由每人每月610元提高到655元。": {
        "610": {"status": "prior", "unit": "元/人/月", "measure": "standard"},
        "655": {"status": "actual", "residence": "urban", "subject": "dibao"},
    },
    "城乡低保标准由每人每月810元和每人每月590元提高至835元和620元。": {
        "835": {"residence": "urban"},
        "620": {"residence": "rural", "subject": "dibao"},
    },
    "办理结婚登记1820对,离婚登记611对,补领婚姻登记证240对。": {
        "1820": {"subject": "marriage", "measure": "couples"},
        "611": {"subject": "divorce"},
        "240": {"subject": "marriage_reissue"},
    },
    "办理结婚登记1820对,同比下降6.3%。": {
        "6.3": {"change": "delta", "value": -6.3, "measure": "ratio", "subject": "marriage"},
    },
    "全年新登记社会组织14家,注销9家。": {
        "14": {"subject": "social_org", "change": "added"},
        "9": {"change": "removed", "subject": "social_org"},
    },
    "全县共有社会组织402家,其中社会团体171家。": {
        "171": {"subject": "social_group", "change": "level"},
    },
    "养老院项目建筑面积5200平方米,总投资2300万元,设置床位160张。": {
        "5200": {"measure": "floor_area", "scope": "part"},
        "2300": {"measure": "investment"},
        "160": {"measure": "beds", "subject": "elder_institution"},
    },
    "全国共有养老机构4.1万家,我县17家。": {
        "4.1": {"scope": "outside"},
    },
    "清明期间接待祭扫群众近3.2万人次。": {
        "3.2": {"measure": "person_times", "comparator": "~", "subject": "funeral_home"},
    },
    "每千名老年人拥有养老床位38张。": {
        "38": {"measure": "ratio"},
    },
    "临时救助812人次,人均救助1260元。": {
        "1260": {"measure": "average", "subject": "temporary_assistance"},
    },
    "将审核确认时限由22个工作日压缩至12个工作日。": {
        "12": {"measure": "duration", "subject": "assistance_process"},
    },
    "困难残疾人1204人,发放生活补贴133.5万元。": {
        "133.5": {"subject": "disability_living_subsidy"},
    },
    "重度残疾人2035人,发放护理补贴240.1万元。": {
        "240.1": {"subject": "disability_nursing_subsidy"},
    },
    "特困供养对象431人,其中集中供养88人、分散供养343人。": {
        "88": {"subject": "tekun", "measure": "persons"},
    },
    "对203名儿童主任进行了培训。": {
        "203": {"subject": "child_director", "unit": "人"},
    },
    "配备儿童主任203个。": {
        "203": {"subject": "child_director"},
    },
    "计划新建公益性公墓2处。": {
        "2": {"status": "target", "subject": "cemetery"},
    },
    "2022年共发放临时救助资金96万元。": {
        "96": {"year": 2022, "subject": "temporary_assistance"},
    },
    "募集善款约420余万元,实施慈善项目31个。": {
        "420": {"subject": "donation", "comparator": "~"},
        "31": {"subject": "charity_project", "measure": "count"},
    },
    "全市完成地区生产总值2210亿元。": {
        "2210": {"subject": "other"},
    },
    # a word with a number of its own says nothing about the number before it
    "总床位3260张,护理型床位1980张。": {
        "3260": {"subject": "elder_bed"},
        "1980": {"subject": "nursing_bed"},
    },
    "城市低保对象3308户5737人,其中县城2250户4187人,农村低保对象2507户4246人。": {
        "4187": {"subject": "dibao", "residence": "urban"},
        "4246": {"residence": "rural"},
    },
    "殡仪馆全年火化遗体3560具。": {
        "3560": {"subject": "cremation", "measure": "count"},
    },
    "农村低保标准提高到每人每年6240元,居民医保财政补助标准提高到每人每年640元。": {
        "640": {"subject": "other"},
    },
    "指导修订村规民约213份。": {
        "213": {"subject": "village_affairs", "comparator": "="},
    },
    "全年新成立社会组织23家、变更41家、注销17家。": {
        "23": {"change": "added"},
        "41": {"change": "level"},
        "17": {"change": "removed"},
    },
    "重度残疾人2036人,80-89岁老人领取高龄津贴1261人,养老院28所(其中公办17所)。": {
        "2036": {"subgroup": None},
        "1261": {"subgroup": "80-89岁"},
        "17": {"subgroup": "公办", "subject": "elder_institution"},
    },
    "低保标准城乡统筹,全县平均为712元,平均补差369元。": {
        "712": {"measure": "standard"},
        "369": {"measure": "average"},
    },
    "社会福利单位12个,收养老人236人;依法办理收养登记13件。": {
        "13": {"subject": "adoption"},
    },
    "为残疾人适配康复辅具230件。": {
        "230": {"subject": "assistive_device", "measure": "count"},
    },
    "救助流浪乞讨人员112人次,护送返乡34人次,发放城乡低保金320万元。": {
        "34": {"scope": "region"},
        "320": {"scope": "region"},
    },
    "县社会福利院现有床位302张,入住老人187人;全县养老床位3210张。": {
        "302": {"scope": "part"},
        "187": {"scope": "part"},
        "3210": {"scope": "region"},
    },
    # towns without their kind, right before how many they are
    "对白地、三溪2所乡镇敬老院实施改造。": {"2": {"scope": "part"}},
    "提升养老、托育2个中心。": {"2": {"scope": "region"}},
    "同合镇312人,北山镇56人。": {
        "312": {"scope": "part", "place": "同合镇"},
        "56": {"scope": "part"},
    },
    # how far one building has come is no rate of the county's homes
    "迁建县养老院,土建工程完成85%,余下的15%随装饰施工。": {
        "85": {"scope": "part"},
        "15": {"scope": "part"},
    },
    "建设公益性公墓23处,总投资1260万元。": {
        "1260": {"scope": "region", "measure": "investment"},
    },
}  # fmt: skip
PLANS = {
    "新增养老床位300张以上。": {
        "300": {"status": "target", "comparator": ">=", "subject": "elder_bed", "change": "added"},
    },
    "目前全区已建成老年助餐点46个。": {
        "46": {"status": "actual", "subject": "meal_point"},
    },
    "护理型床位占比达到60%。": {
        "60": {"status": "target", "measure": "ratio", "subject": "nursing_bed"},
    },
}  # fmt: skip


SUMMARY = Understood.beside_others(RESULTS)
PLAN = Understood.beside_others(PLANS, "某区民政局2024年工作要点", "主要任务")
OF_CITY = "全市城市低保对象3308户,其中泾县286户,肥东县12户。"
IN_TURN = "结婚登记中,郎溪县、绩溪县、旌德县分别为313对、287对、98对。"
BY_SHORT_NAMES = "截至6月底,郎溪、绩溪、旌德三县留守儿童分别为612人、538人和493人。"
BY_LEVEL = "全市登记社会组织1089个,市本级218个,县区871个。"
GLUED = "全市城市低保4120户6033人,其中市本级1750户2466人。"
CITY = Understood.beside_others(
    [OF_CITY, IN_TURN, BY_SHORT_NAMES, BY_LEVEL, GLUED], "宣城市民政局2023年工作总结", region="341800"
)
OF_TOWN = "灵丘县保障低保对象1204户。东河南镇有敬老院2所。全市结婚登记6210对。"
TOWN = Understood.beside_others([OF_TOWN], "大同市民政局2023年工作总结", region="140200")


def test_what_a_summary_says():
    assert SUMMARY.wrong(RESULTS) == {}


def test_what_a_plan_says():
    assert PLAN.wrong(PLANS) == {}


def test_a_county_inside_the_area_of_the_report_is_a_part():
    assert CITY.row(OF_CITY, "3308")["scope"] == "region"
    assert (CITY.row(OF_CITY, "286")["scope"], CITY.row(OF_CITY, "286")["place"]) == ("part", "泾县")
    assert CITY.row(OF_CITY, "12")["place"] is None  # 肥东 lies elsewhere


def test_counties_in_a_row_have_each_its_own_number():
    rows = {number: CITY.row(IN_TURN, number) for number in ("313", "287", "98")}
    assert {row["scope"] for row in rows.values()} == {"part"}
    assert [row["place"] for row in rows.values()] == ["郎溪县", "绩溪县", "旌德县"]
    assert [row["place_code"] for row in rows.values()] == ["341821", "341824", "341825"]


def test_counties_in_a_row_without_their_kind_are_known_by_the_count_behind_them():
    rows = [CITY.row(BY_SHORT_NAMES, number) for number in ("612", "538", "493")]
    assert [row["place"] for row in rows] == ["郎溪县", "绩溪县", "旌德县"]
    assert [row["place_code"] for row in rows] == ["341821", "341824", "341825"]


def test_what_one_level_of_offices_has_is_a_part():
    scopes = [CITY.row(BY_LEVEL, number)["scope"] for number in ("1089", "218", "871")]
    assert scopes == ["region", "part", "part"]
    scopes = [CITY.row(GLUED, number)["scope"] for number in ("4120", "6033", "1750", "2466")]
    assert scopes == ["region", "region", "part", "part"]


def test_every_observation_shows_its_evidence():
    texts = dict(SUMMARY.documents.iter_rows())
    for row in SUMMARY.observations.iter_rows(named=True):
        text = texts[row["document_id"]]
        assert text[row["span_start"] : row["span_end"]] == row["written"]
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]
        assert row["quote_start"] <= row["span_start"] and row["span_end"] <= row["quote_end"]
    for row in SUMMARY.mentions.iter_rows(named=True):
        assert texts[row["document_id"]][row["span_start"] : row["span_end"]] == row["text"]


def test_every_measurement_is_an_observation():
    measured = SUMMARY.mentions.filter(pl.col("kind") == "measurement")
    assert measured.height == SUMMARY.observations.height


def test_confidence_lies_between_0_and_1_and_doubts_are_named():
    rows = pl.concat([SUMMARY.observations, PLAN.observations])
    assert rows["confidence"].is_between(0, 1).all()
    unknown = rows.filter(pl.col("subject") == "other")
    assert unknown.height and unknown["flags"].list.contains("no_subject").all()
    known = rows.filter(pl.col("subject") != "other")
    assert not known["flags"].list.contains("no_subject").any()


def test_flags_name_what_is_missing_or_close():
    sure = {"margin": 5.0, "unit": "人", "unit_class": "people", "year": 2023, "subject": "dibao"}
    doubts = {
        "ambiguous_subject": {"margin": 0.3},
        "no_subject": {"subject": "other", "margin": None},
        "no_year": {"year": None},
        "no_unit": {"unit": None, "unit_class": None},
        "unit_without_class": {"unit_class": None},
    }
    told = flags(pl.DataFrame([sure, *(sure | doubt for doubt in doubts.values())]))
    assert told.to_list() == [[], *([code] for code in doubts)]


def test_a_sign_that_speaks_against_never_makes_a_reading_likelier():
    for row in vocabulary("confidence/weights.csv"):
        for weight in (row["in_prose"], row["in_table"]):
            assert float(weight) * (1 if row["speaks"] == "for" else -1) >= 0, row["sign"]


def test_a_reading_is_called_low_where_its_probability_is_and_never_sure_beyond_what_labels_bear_out():
    nothing = dict.fromkeys(weights()["prose"], 0.0) | dict.fromkeys(RECORDS, "")
    signs = [
        nothing | {"route": "prose"},
        nothing | {"route": "table"},
        nothing | {"route": "prose", "other": 1e3},
    ]
    rows = pl.DataFrame({"document_id": ["a", "b", "c"], "flags": [[], ["no_year"], []]})
    found = confidence(rows, pl.DataFrame(signs))
    assert found["confidence"].is_between(0, 1).all()
    assert [("low_confidence" in f) for f in found["flags"]] == [c < LOW for c in found["confidence"]]


def test_a_county_of_the_city_that_reports_has_its_code_and_a_town_none():
    assert TOWN.row(OF_TOWN, "1204")["place_code"] == "140224"
    assert TOWN.row(OF_TOWN, "2所")["place_code"] is None
    assert TOWN.row(OF_TOWN, "6210")["place_code"] is None
