"""How the subject of a number is weighed: which words it meets, what speaks for each, and who wins."""

import polars as pl
import pytest
from extraction_sentences import Understood

from pipeline.contracts.registry import columns, get_table
from pipeline.contracts.validate import validate
from pipeline.extraction.attribute import place_numbers, with_subjects
from pipeline.extraction.explain import candidates
from pipeline.extraction.extract import QUOTED, open_texts
from pipeline.extraction.subjects.features import expressions, features
from pipeline.extraction.subjects.find import find_subjects, mark
from pipeline.extraction.subjects.pairs import NEAR, pairs
from pipeline.extraction.subjects.score import score, weights
from pipeline.extraction.subjects.shared import chained, steps
from pipeline.extraction.subjects.words import find_subject_words
from pipeline.vocabulary import rows as vocabulary

RELIEF = "帮扶困难家庭412户,发放慰问金18.6万元。"
TABLE = "|项目|人数|\n|农村低保|3021|"


READ = Understood.beside_others([RELIEF, TABLE])
ENDLESS = "低保对象1204户2310人"
LONG, LONGER = (Understood.beside_others([ENDLESS * times]) for times in (200, 400))


@pytest.fixture(scope="module")
def read():
    return READ


@pytest.fixture(scope="module")
def weighed(read):
    return candidates(read.documents, read.reports, read.sections)


def side_by_side(frame: pl.DataFrame, *names: str) -> None:
    """Fail unless a frame has the columns of several that stand side by side, as declared, and no others."""
    assert set(frame.columns) == {*columns(*names)}
    for name in names:
        validate(frame.select(columns(name)), name)


def of(read, weighed, text: str, number: str) -> pl.DataFrame:
    return weighed.filter(pl.col("observation_id") == read.row(text, number)["observation_id"])


def test_all_that_a_number_may_count_can_be_seen_and_the_best_was_taken(read, weighed):
    found = of(read, weighed, RELIEF, "412")
    assert {"hardship_household", "one_off_relief"} <= set(found["subject"])
    assert found["score"].is_sorted(descending=True)
    assert found["subject"][0] == read.row(RELIEF, "412")["subject"]


def test_a_score_is_its_features_times_their_weights(weighed):
    sums = weighed.select(pl.sum_horizontal(pl.col(name) * weight for name, weight in weights().items()))
    assert (sums.to_series() - weighed["score"]).abs().max() < 1e-5


def test_a_figure_of_a_table_is_weighed_by_its_heads(read, weighed):
    found = of(read, weighed, TABLE, "3021")
    assert found.height and found["word"].str.starts_with("低保").all() and found["rule"][0] == "noun before"


def test_an_endless_sentence_does_not_let_every_number_meet_every_word():
    def met(read: Understood, times: int) -> int:
        opened = open_texts(read.documents, read.reports, read.sections)
        stream, numbers = place_numbers(opened.stream, opened.placed)
        assert numbers.height == 2 * times
        found = pairs(stream, mark(stream, numbers), find_subject_words(stream, numbers))
        return found.height

    found = met(LONG, 200)
    assert found <= 400 * (2 * NEAR + 3)
    assert met(LONGER, 400) - found <= 400 * (2 * NEAR + 3)


def test_an_endless_clause_is_not_quoted_whole_for_each_of_its_numbers():
    assert LONG.observations["quote"].str.len_chars().max() <= 2 * QUOTED + len("1204户")


def test_every_step_hands_on_the_frame_that_it_declares(read):
    names = ("documents", "reports", "sections")
    opened = open_texts(*(pl.concat([getattr(r, name) for r in (read, IN_SENTENCES)]) for name in names))
    validate(opened.placed, "frame.quantities")
    stream, placed = place_numbers(opened.stream, opened.placed)
    side_by_side(placed, "frame.quantities", "frame.places")
    numbers = validate(placed.select(columns("frame.placed_numbers")), "frame.placed_numbers")
    marked = validate(mark(stream, numbers), "frame.marked_numbers")
    words = validate(find_subject_words(stream, numbers), "frame.subject_words")
    met = validate(pairs(stream, marked, words), "frame.pairs")
    validate(features(met), "frame.features")
    validate(score(met), "frame.candidates")
    chosen, _ = find_subjects(stream, numbers)
    validate(chosen, "frame.chosen")
    rows, _ = with_subjects(stream, placed, placed)
    side_by_side(rows, "frame.quantities", "frame.places", "frame.subjects")
    rows = validate(chained(stream, rows), "frame.chained")
    for step in steps(words):
        rows = validate(step(rows), "frame.chained")
    validate(read.readings, "core.readings")


def test_every_weight_has_its_feature_and_says_the_same_of_it():
    told = {column.name: column.comment for column in get_table("frame.features").columns}
    named = {row["feature"]: row["meaning"] for row in vocabulary("subjects/weights.csv")}
    assert {name: told[name] for name in told if name in named} == named
    assert set(expressions()) == set(named)


def test_other_subjects_that_a_number_may_be_about_stand_with_their_likelihood(read):
    observation_id = read.row(RELIEF, "412")["observation_id"]
    rows = read.readings.filter(pl.col("observation_id") == observation_id)
    assert set(rows["subject"]) == {"one_off_relief", "hardship_household"}
    assert rows["rank"].to_list() == [1, 2] and rows["share"].is_sorted(descending=True)
    assert 0.9 < rows["share"].sum() <= 1
    sure = read.row(RELIEF, "18.6")["observation_id"]  # 慰问金18.6万元 can be about nothing else
    assert read.readings.filter(pl.col("observation_id") == sure).is_empty()


IN_PLACE = "全县有五保对象764名,其中115人入住敬老院。"
VISITED = "春节前走访低保对象220户。"
INSURED = "资助1504名低保户参保。"
IN_ORDER = "办理结婚登记4100对、离婚登记1500对、补发证件900对,同比分别下降17.6%、8.2%和5.1%。"
PARTS = "登记社会组织418家,其中社会团体132家、民办非企业单位286家,年内新成立19家。"
TWO_BENEFITS = "特困人员512人,发放基本生活费和照料护理费746万元。"
TITLED = "三、临时救助。救助困难群众56户。"
RAISED = "城市低保月人均补助由135元提高到157元,农村低保由52元提高到62元。"


def about(subject: str) -> dict:
    return {"subject": subject}


SENTENCES = {
    IN_PLACE: {"115": about("tekun")},
    VISITED: {"220": about("one_off_relief")},
    INSURED: {"1504": about("medical_assistance")},
    IN_ORDER: {"17.6": about("marriage"), "8.2": about("divorce"), "5.1": about("marriage_reissue")},
    PARTS: {"19": about("social_org")},
    TWO_BENEFITS: {"746": about("tekun")},
    TITLED: {"56": about("temporary_assistance")},
    # averages raised side by side are both averages
    RAISED: {"157": {"measure": "average"}, "62": {"measure": "average"}},
}
SPENT = "全年募集善款52万元,支出41万元,有800人次参与捐款。"
ELDERS = "常住老年人8600人,占户籍总人口的21%。辖区总人口4.1万人。"
BOTH_GROUPS = "孤儿12名、事实无人抚养儿童33名,发放孤儿养育金9万元。"
RECEIVERS = "为36名困难残疾人、47名重度残疾人发放两项补贴8万元。"
NOUNS = {
    SPENT: {"41": about("charity_project"), "800": about("donation")},
    "出台社会组织扶持措施18条。": {"18": about("reform_work")},
    "全县现辖13镇4乡。": {"13": about("admin_division")},
    ELDERS: {"21": about("elder_population"), "4.1": about("other")},
    BOTH_GROUPS: {"9": about("orphan")},
    RECEIVERS: {"36": about("disability_living_subsidy"), "47": about("disability_nursing_subsidy")},
    "为56名特困人员发放低保金4.2万元。": {"56": about("tekun")},
    "15个农村幸福院建设已完成8个,常态化开展的有3项。": {"3": about("other")},
    # money is of what it was paid for, wherever it came from
    "到位公墓建设资金1120万元,由省级补助360万元、县财政520万元和乡镇自筹240万元构成。": {
        "360": about("cemetery"),
        "520": about("cemetery"),
        "240": about("cemetery"),
    },
    # as many numbers answer as were named before
    "改造敬老院6所,新增家庭养老床位60张,培训护理员240人。截至6月底,已分别完成5所、32张和151人。": {
        "5": about("elder_institution"),
        "32": about("home_care_bed"),
    },
    "结婚登记416对,离婚登记268对,分别比上年下降3.4%和上升11.2%。": {
        "3.4": about("marriage"),
        "11.2": about("divorce"),
    },
    "命名地名52条,其中道路23条、桥梁9座。": {"9": about("place_name")},
    # towns listed in their own unit are towns
    "区划地名工作:全县辖7镇4乡。": {"7": about("admin_division"), "4": about("admin_division")},
    "全县敬老院集中供养31人。": {"31": about("tekun")},
    "慈善冠名基金12个。": {"12": about("charity_project")},
}
GIVEN = "动员62家社会组织结对帮扶,投入帮扶资金318万元。"
CHECKED = "抽查社会组织35家,发现问题68个,整改率96%。"
SHARED = "村级综合服务设施覆盖率72.6%,城市社区达到99%。"
SPENT_ON = "安排福彩公益金640万元,其中用于养老服务410万元、殡葬设施145万元。"
BY_OFFICE = "社会团体97个、民办非企业单位83个,办理变更登记48件。"
AMONG = "开展老年人健康体检。全年23项指标中,提前完成的6项,滞后的3项。"
SUMMED = "支出困难残疾人生活补贴21万元、重度残疾人护理补贴30万元,合计51万元。"
BOTH_PAID = "困难残疾人生活补贴2431人、重度残疾人护理补贴3307人,发放311万元。"
DOERS = {
    GIVEN: {"318": about("social_org")},
    CHECKED: {"68": about("social_org_inspection"), "96": about("social_org_inspection")},
    SHARED: {"99": about("community_facility")},
    SPENT_ON: {"145": about("welfare_lottery")},
    BY_OFFICE: {"48": about("social_org")},
    AMONG: {"6": about("reform_work"), "3": about("reform_work")},
    "90岁以上老人1403人按月领高龄补贴。": {"1403": about("old_age_allowance")},
    "五保老人共412人,住在院里的95人,散居的317人。": {"317": about("tekun")},
    "迁坟每座补助900元。": {"900": about("illegal_tomb")},
    "争取省厅支持。民政支出3.1亿元,其中争取上级资金2.2亿元。": {"2.2": about("fund_raising")},
    "60岁以上老年人口8.2万人,80岁以上1.3万人;空巢、独居的7200人。": {"7200": about("elder_population")},
    "全市老龄化率27.4%,居全省各县(市、区)第2位。": {"2": about("elder_population")},
    "全区有村委会82个、社区43个。": {"82": about("village"), "43": about("community")},
    "完成231个行政村村规民约修订。": {"231": about("village")},
    "落实13个乡镇临时救助备用金。": {"13": about("admin_division")},
    "下属社会福利院、救助管理站、殡葬管理所等5个单位。": {"5": about("reform_work")},
    "全县163家社会组织年检率达96%。": {"163": about("social_org"), "96": about("social_org_inspection")},
    "登记社会组织311个,年内成立12个、撤销登记7个。": {"7": about("social_org")},
    "将建档立卡户纳入低保、特困2120人。": {"2120": about("dibao")},
    SUMMED: {"51": about("disability_subsidies")},
    "农村留守儿童88人,帮扶困境儿童36人。": {"36": about("child_in_difficulty")},
    "临时救助:816户1930人,其中低保对象305户。": {"305": about("temporary_assistance")},
    "全市17个苏木镇(街道)临时救助备用金到位。": {"17": about("admin_division")},
    "互助幸福院累计建成58个,覆盖行政村43%。": {"43": about("village_elder_station")},
    BOTH_PAID: {"311": about("disability_subsidies")},
    "培训救助经办人员326人次。": {"326": about("training")},
    "9个婚姻登记处为716对新人办理了结婚登记。": {"716": about("marriage")},
}
COUNTED = {
    "为47个困难家庭送去米油。": {"47": {"measure": "households"}},
    "结对帮扶困难家庭39个。": {"39": {"measure": "households"}},
    "建成家庭养老床位服务点7个。": {"7": {"measure": "count"}},
    "困难残疾人生活补贴由70元提至80元。": {"80": {"measure": "standard"}},
    "发现超标准墓穴37个。": {"37": {"measure": "count"}},
    "每个乡镇至少建成3处公益性公墓。": {"3": {"measure": "count", "change": "level"}},
    "全县9.4万人受灾,死亡3人。": {"3": {"change": "level"}},
    "办理社会组织注销登记62件。": {"62": {"change": "removed"}},
}
IN_SENTENCES = Understood.beside_others(SENTENCES | NOUNS | DOERS | COUNTED)


def test_a_number_counts_what_the_sentence_is_about():
    assert IN_SENTENCES.wrong(SENTENCES) == {}


def test_a_number_counts_its_own_noun_not_what_stands_beside_it():
    assert IN_SENTENCES.wrong(NOUNS) == {}


def test_what_organisations_give_and_places_share_is_of_what_was_said_before():
    assert IN_SENTENCES.wrong(DOERS) == {}


BEDS = "现有床位86张,全年巡诊640人次。"
AID = "助医支出12万元。"
UNDER = "募集善款后,日间照料中心开放26所。"
OF_HOME = Understood.beside_others([BEDS], "某县社会福利院2023年工作总结")
OF_BUREAU = Understood.beside_others([BEDS])
OF_CHARITY = Understood.beside_others([AID], heading="慈善救助")


def test_a_word_of_several_meanings_goes_by_the_heading_and_the_title():
    assert [OF_HOME.row(BEDS, n)["subject"] for n in ("86", "640")] == ["elder_institution"] * 2
    assert [OF_BUREAU.row(BEDS, n)["subject"] for n in ("86", "640")] == ["elder_bed", "elder_home_service"]
    assert OF_CHARITY.row(AID, "12")["subject"] == "charity_project"


def test_a_word_of_the_domain_of_its_heading_is_told_from_others():
    read = Understood.beside_others([UNDER], heading="养老机构")
    weighed = candidates(read.documents, read.reports, read.sections)
    found = of(read, weighed, UNDER, "26")
    told = dict(found.group_by("subject").agg(pl.col("of_heading").max()).iter_rows())
    assert told["day_care_center"] == 1 and told["donation"] == 0


def test_families_counted_one_by_one_are_households_and_a_raise_is_a_standard():
    assert IN_SENTENCES.wrong(COUNTED) == {}
