"""The audit: what it must find in a sentence, and what it must leave alone; all reports built in one go."""

import pytest
from marts_lab import Lab

# name, text, kinds of the findings
SENTENCES = [
    (
        "urban and rural short of their total",
        "全县有低保对象{1200人|dibao.persons}，其中城市{700人|dibao.persons residence=urban}，"
        "农村{480人|dibao.persons residence=rural}。",
        ["parts_and_total"],
    ),
    (
        "urban and rural that add up",
        "全县有低保对象{1200人|dibao.persons}，其中城市{700人|dibao.persons residence=urban}，"
        "农村{500人|dibao.persons residence=rural}。",
        [],
    ),
    (
        "parts that need not be all",
        "开展培训{92件|training.cases}，其中线上{7件|training.cases}，线下{16件|training.cases}。",
        [],
    ),
    (
        "registrations that exceed their total in the next sentence",
        "全年办理婚姻登记{900对|marriage_registration.couples}。其中结婚登记{600对|marriage.couples}，"
        "离婚登记{200对|divorce.couples}，补领证件{150对|marriage_reissue.couples}。",
        ["parts_and_total"],
    ),
    (
        "groups of people that may overlap",
        "现有社区工作者{300人|community_worker.persons}，"
        "其中党员{180人|community_worker.persons subgroup=党员}，"
        "持证{200人|community_worker.persons subgroup=持证}。",
        [],
    ),
    (
        "a list in brackets that does not add up",
        "共有养老机构{20家|elder_institution.count}（公办{8家|elder_institution.count subgroup=公办}、"
        "民营{11家|elder_institution.count subgroup=民营}），床位充足。",
        ["parts_and_total"],
    ),
    (
        "an example in brackets",
        "共有养老机构{20家|elder_institution.count}"
        "（其中五星级{2家|elder_institution.count subgroup=五星级}）。",
        [],
    ),
    (
        "households and people side by side: the households add up, so the people must",
        "救助困难家庭{100户|hardship_household.households}{260人|hardship_household.persons}，"
        "其中甲类{40户|hardship_household.households}{120人|hardship_household.persons}，"
        "乙类{60户|hardship_household.households}{130人|hardship_household.persons}。",
        ["parts_and_total"],
    ),
    (
        "a total behind its parts",
        "发放春节慰问金{30万元|one_off_relief.expenditure}、夏季慰问金{25万元|one_off_relief.expenditure}，"
        "合计{65万元|one_off_relief.expenditure}。",
        ["parts_and_total"],
    ),
    (
        "a total behind its parts, within rounding",
        "发放春节慰问金{30.4万元|one_off_relief.expenditure}、"
        "夏季慰问金{25.4万元|one_off_relief.expenditure}，"
        "合计{56万元|one_off_relief.expenditure}。",
        [],
    ),
    (
        "what is left",
        "改造照料中心{9所|day_care_center.count}，已完成{5所|day_care_center.count}，"
        "剩余{3所|day_care_center.count}正在施工。",
        ["parts_and_total"],
    ),
    (
        "a part larger than its whole",
        "有护理员{80人|caregiver.persons}，其中持证{95人|caregiver.persons subgroup=持证}。",
        ["part_over_whole"],
    ),
    (
        "a part of the part larger than the part of the whole",
        "检查社会组织{50家|social_org_inspection.count}（社团{20家|social_org_inspection.count}、"
        "民非{30家|social_org_inspection.count}）。其中合格{45家|social_org_inspection.count}"
        "（社团{22家|social_org_inspection.count}、民非{23家|social_org_inspection.count}）。",
        ["part_over_whole"],
    ),
    (
        "a share that does not follow",
        "护理人员共{97人|caregiver.persons}，其中持证人员{80人|caregiver.persons subgroup=持证}，"
        "持证率{91.7%|caregiver.ratio}。",
        ["rate"],
    ),
    (
        "a share cut off instead of rounded",
        "护理人员共{97人|caregiver.persons}，其中持证人员{89人|caregiver.persons subgroup=持证}，"
        "持证率{91.7%|caregiver.ratio}。",
        [],
    ),
    (
        "a share of the sentence before",
        "应检机构{60家|social_org_inspection.count}，参检{50家|social_org_inspection.count}。"
        "其中合格{40家|social_org_inspection.count}，合格率{85%|social_org_inspection.ratio}。",
        ["rate"],
    ),
    (
        "a share of something else",
        "有村级站点{208个|village_elder_station.count}，群众满意率{98%|other.ratio}。",
        [],
    ),
    (
        "占: a share of what stands before",
        "床位{3000张|elder_bed.beds}，其中护理型{1800张|nursing_bed.beds}，占{50%|nursing_bed.ratio}。",
        ["rate"],
    ),
    (
        "an average that does not follow",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "人均救助{2853.91元|temporary_assistance.average unit=元/人次}。",
        ["rate"],
    ),
    (
        "an average that follows within the rounding of the money",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "人均救助{3053.91元|temporary_assistance.average unit=元/人次}。",
        [],
    ),
    (
        "an average that is read with its word",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "{次均2853元|temporary_assistance.average unit=元/人次}。",
        ["rate"],
    ),
    (
        "how much was done of what was planned",
        "年度任务{60户|home_adaptation.households status=target}，已完成{38户|home_adaptation.households}，"
        "完成率{57.8%|home_adaptation.ratio}。",
        ["rate"],
    ),
    (
        "how much was done, told in other words",
        "应检{60家|social_org_inspection.count}，实检{54家|social_org_inspection.count}，"
        "参检率{95%|social_org_inspection.ratio}。",
        ["rate"],
    ),
    (
        "more than was planned",
        "计划安葬{1.2万穴|eco_burial.count status=target}，完成{1.274万穴|eco_burial.count}，"
        "完成率{106.2%|eco_burial.ratio}。",
        [],
    ),
    (
        "how many took part of those who had to, who are not all that there are",
        "登记社会组织{416家|social_org.count}，参加年检{352家|social_org_inspection.count}，"
        "年检率{86.5%|social_org_inspection.ratio}。",
        [],
    ),
    (
        "a small share right behind a part of its whole",
        "支出合计{9000万元|other.expenditure}，其中基本支出{450万元|other.expenditure}，占{12%|other.ratio}。",
        ["rate"],
    ),
    (
        "a share of both together",
        "双方初婚{2874对|marriage.couples}，再婚{1139对|marriage.couples}，占{28.4%|marriage.ratio}。",
        [],
    ),
    (
        "a share of more than the whole that its list is of",
        "60岁以上{79.8万人|elder_population.persons}，其中65岁以上{63.4万人|elder_population.persons}，"
        "占{15.9%|elder_population.ratio}。",
        [],
    ),
    (
        "a list of two figures side by side",
        "站内救助{3105人次|street_rescue.person_times}、站外救助{757人次|street_rescue.person_times}，"
        "其中老人{538人次|street_rescue.person_times}、残疾人{827人次|street_rescue.person_times}。",
        [],
    ),
    (
        "the second of two growths",
        "城市低保标准由{640元|dibao.standard residence=urban status=prior year=2022}提高到"
        "{668元|dibao.standard residence=urban}，"
        "农村由{400元|dibao.standard residence=rural status=prior year=2022}"
        "提高到{440元|dibao.standard residence=rural}，"
        "增幅分别为{4.4%|dibao.ratio residence=urban change=delta}"
        "和{16%|dibao.ratio residence=rural change=delta}。",
        ["growth"],
    ),
    (
        "three kinds of organisations that are all there are",
        "登记社会组织{300个|social_org.count}，其中社会团体{110个|social_group.count}、"
        "民办非企业单位{180个|private_nonenterprise.count}、基金会{2个|foundation.count}。",
        ["parts_and_total"],
    ),
    (
        "two of three classes",
        "农村低保{300人|dibao.persons residence=rural}，其中一类{110人|dibao.persons residence=rural}、"
        "二类{150人|dibao.persons residence=rural}。",
        [],
    ),
    (
        "three classes that are all there are",
        "农村低保{300人|dibao.persons residence=rural}，其中一类{110人|dibao.persons residence=rural}、"
        "二类{150人|dibao.persons residence=rural}、三类{60人|dibao.persons residence=rural}。",
        ["parts_and_total"],
    ),
    (
        "another matter behind two halves",
        "建立党组织{307个|social_org_party.count}，其中单独组建{164个|social_org_party.count}、"
        "联合组建{134个|social_org_party.count}，覆盖社会组织{846个|social_org.count}。",
        ["parts_and_total"],
    ),
    (
        "a fall called a rise",
        "低保标准由每人每月{680元|dibao.standard status=prior year=2022}提高到{650元|dibao.standard}。",
        ["direction"],
    ),
    (
        "a fall called a fall",
        "办理时限由{30天|assistance_process.duration status=prior year=2022}压缩到"
        "{15天|assistance_process.duration}。",
        [],
    ),
    (
        "a rank that rises as its number falls",
        "排名由第{11位|social_org.ranking status=prior year=2022 unit=位}升至第"
        "{4位|social_org.ranking unit=位}。",
        [],
    ),
    (
        "one total said twice differently",
        "全县{12家|elder_institution.count subgroup=甲}养老机构通过检查。对全县"
        "{15家|elder_institution.count subgroup=乙}养老机构开展培训。",
        ["same_count"],
    ),
    (
        "a period after publication",
        "截至2024年9月，发放救助金{20万元|temporary_assistance.expenditure period_end=2024-09-30}。",
        ["period"],
    ),
    (
        "a whole year that stands for the year so far",
        "2024年发放救助金{20万元|temporary_assistance.expenditure "
        "period_start=2024-01-01 period_end=2024-12-31}。",
        [],
    ),
    (
        "years that stand for those so far",
        "两年半来发放救助金{20万元|temporary_assistance.expenditure "
        "period_start=2021-07-01 period_end=2024-12-31}。",
        [],
    ),
    (
        "urban and rural among other parts are not the whole",
        "全年救助支出{900万元|dibao.expenditure}，其中城镇低保{246万元|dibao.expenditure residence=urban}，"
        "农村低保{187万元|dibao.expenditure residence=rural}，"
        "医疗救助{164万元|medical_assistance.expenditure}。",
        [],
    ),
    (
        "what is counted with another word may be another thing",
        "建成孵化基地{8个|social_org.count}，其中一处入驻机构{25家|social_org.count}。",
        [],
    ),
    (
        "a standard announced before it takes effect",
        "从7月起执行低保标准{700元|dibao.standard period_end=2024-07-31}。",
        [],
    ),
    (
        "a bound is no exact figure",
        "现有志愿者{500余人|volunteer.persons comparator=~}，"
        "其中骨干{520人|volunteer.persons subgroup=骨干}。",
        [],
    ),
    (
        "a new start ends the list",
        "有特困人员{276人|tekun.persons}，其中集中供养{31人|tekun.persons subgroup=集中供养}，"
        "分散供养{245人|tekun.persons subgroup=分散供养}，全年累计保障{2854人|tekun.persons subgroup=累计}。",
        [],
    ),
    (
        "another matter behind parts that are the whole already",
        "五保对象{2719人|tekun.persons}，其中集中供养{973人|tekun.persons subgroup=集中供养}，"
        "分散供养{1746人|tekun.persons subgroup=分散供养}，本级管理{161人|tekun.persons subgroup=本级}。",
        [],
    ),
    (
        "a later figure larger than the whole counts something else",
        "自治组织{68万个|other.count}，其中村委会{58万个|village.count}，村民小组{469万个|other.count}。",
        [],
    ),
    (
        "what is left of the larger of two figures",
        "恢复重建房屋{386间|disaster_relief.count}，占任务{412间|disaster_relief.count}的大半，"
        "其余{26间|disaster_relief.count}明年完工。",
        [],
    ),
    (
        "furnaces are no share of bodies",
        "有火化炉{302台|funeral_home.count}，火化遗体{386具|cremation.count}，"
        "火化率{99.8%|cremation.ratio}。",
        [],
    ),
    (
        "money for two groups says nothing of the average of one",
        "住院救助{3870人次|medical_assistance.person_times}、"
        "门诊救助{1126人次|medical_assistance.person_times}，"
        "支出{1094.7万元|medical_assistance.expenditure}，人均住院救助"
        "{2651元|medical_assistance.average unit=元/人次}。",
        [],
    ),
    (
        "what was due stands below the line, not above",
        "全县社会组织{188家|social_org.count}，应参检{178家|social_org_inspection.count}，"
        "已检{168家|social_org_inspection.count}，参检率{94.4%|social_org_inspection.ratio}。",
        [],
    ),
    (
        "a share whose own figure is named before 占",
        "养老机构床位{30000张|elder_bed.beds}，其中敬老院床位{9000张|elder_bed.beds subgroup=敬老院}，"
        "护理型床位占{52.1%|nursing_bed.ratio}。",
        [],
    ),
    (
        "a monthly average by person-times",
        "累计保障{1000人次|dibao.person_times}，支出{40万元|dibao.expenditure}，月人均补助"
        "{350元|dibao.average unit=元/人/月}。",
        ["rate"],
    ),
    (
        "a monthly average by person-times that holds",
        "累计保障{1000人次|dibao.person_times}，支出{40万元|dibao.expenditure}，月人均补助"
        "{400.3元|dibao.average unit=元/人/月}。",
        [],
    ),
    (
        "a total said with 共 behind its parts",
        "新增床位{30张|elder_bed.beds}、改造床位{25张|elder_bed.beds}，共{65张|elder_bed.beds}。",
        ["parts_and_total"],
    ),
    (
        "so many to each place named",
        "乡镇建成助餐点{8所|meal_point.count}（东镇、西镇各{2所|meal_point.count}，"
        "南乡、北乡、中乡各{1所|meal_point.count}）。",
        [],
    ),
    (
        "examples behind the chief of them",
        "下达资金{900万元|dibao.expenditure}，其中主要包括低保{500万元|dibao.expenditure subgroup=城市}、"
        "特困{300万元|tekun.expenditure}。",
        [],
    ),
    (
        "a task done twice over beside figures that are not of it",
        "项目共{10个|elder_institution.count}，完成{2个|elder_institution.count}，"
        "完成率{200%|elder_institution.ratio}。",
        [],
    ),
    (
        "a date by which it is to be done",
        "预计2024年11月底前建成{3个|meal_point.count period_end=2024-11-30}。",
        [],
    ),
    (
        "a figure as of a month after its report",
        "截至2024年11月有助餐点{3个|meal_point.count period_end=2024-11-30}。",
        ["period"],
    ),
    (
        "a total of more than the figures before it",
        "甲镇新建{3个|meal_point.count}、乙镇{5个|meal_point.count}，全县总计{60个|meal_point.count}。",
        [],
    ),
]


@pytest.fixture(scope="module")
def lab() -> Lab:
    lab = Lab()
    for _, text, _ in SENTENCES:
        lab.report(text, region_code=None)
    return lab.build()


def test_what_does_not_add_up_is_found_and_what_does_is_left_alone(lab, subtests):
    found = lab.all("SELECT document_id, kind, explanation FROM marts.audit_findings ORDER BY kind")
    for number, (name, text, kinds) in enumerate(SENTENCES, 1):
        of_text = [row[1:] for row in found if row[0] == f"{number:016x}"]
        with subtests.test(name):
            assert [kind for kind, _ in of_text] == kinds, (text, of_text)


def test_a_finding_names_its_figures_and_says_in_chinese_what_is_wrong(lab):
    explanation, figures, observations, stated, expected = lab.one(
        "SELECT explanation, figures, observation_ids, stated, expected FROM marts.audit_findings "
        "WHERE kind = 'rate' AND figures LIKE '91.7%'"
    )
    assert "持证" not in explanation  # it speaks of the figures; the clauses stand in `quotes`
    assert explanation == "比率与自身数字不符：“80人”占“97人”的82.47%，而文中写作“91.7%”。"
    assert figures == "91.7% | 80人 | 97人"
    assert len(observations) == 3
    assert (stated, round(expected, 2)) == (91.7, 82.47)


def test_finding_ids_stay_the_same_when_the_marts_are_built_again(lab):
    before = lab.all("SELECT finding_id FROM marts.audit_findings ORDER BY 1")
    lab.build()
    assert lab.all("SELECT finding_id FROM marts.audit_findings ORDER BY 1") == before


def test_what_was_checked_and_held_is_kept_too(lab):
    held = dict(lab.all("SELECT result, count(*) FROM audit.sum_checks GROUP BY 1"))
    assert held["holds"] >= 5
    assert held["within_whole"] >= 2
