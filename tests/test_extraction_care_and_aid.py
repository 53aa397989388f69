"""How offices word care, aid and children's welfare: kinds of sentences, each once (our own wording)."""

from extraction_sentences import Understood

SUBJECTS = {
    # money is of what it is put into, wherever the part is about something else
    "特困供养标准达到每人每年9840元。投入265万元,对7所敬老院进行改造。": {
        "265": {"subject": "elder_institution", "measure": "investment"},
    },
    "投入福彩公益金455万元,支持建设农村互助养老点31个。": {"455": {"subject": "village_elder_station"}},
    "县福利院总投资3210万元,其中中央预算内资金1510万元。": {"1510": {"measure": "investment"}},
    # a share of villages that something reaches is no share of villages
    "居家养老服务覆盖66%以上的行政村,建成居家养老服务中心88个。": {"66": {"subject": "elder_home_service"}},
    # a share, and how far it lies above another, are both of the people before them
    "户籍人口中60周岁以上老年人6.3万人,占比36.9%,高出全省平均水平9.7个百分点。": {
        "36.9": {"subject": "elder_population"},
        "9.7": {"subject": "elder_population", "change": "delta"},
    },
    # what stands right behind a sum was counted by it
    "为低保、特困人员发放价格临时补贴38.9万元、2507人次。": {"2507": {"subject": "price_subsidy"}},
    # beds counted by the piece are beds, a network that stands near is none
    "新增养老机构床位230个,护理型床位达到1.1万个,完善21个县乡村三级养老服务网络。": {
        "230": {"subject": "elder_bed", "measure": "beds", "unit": "张"},
        "1.1": {"subject": "nursing_bed", "measure": "beds"},
        "21": {"measure": "count"},
    },
    # beds for so many older people are not those of the homes before them
    "全市养老机构43家,每千名老年人拥有床位38张。": {"38": {"subject": "elder_bed", "measure": "ratio"}},
    "敬老院建筑面积2960平方米,可容纳老人125名。": {
        "125": {"subject": "elder_institution", "measure": "capacity"},
    },
    # what some of a group are makes them no other group
    "低保对象中,重度残疾人1123人,占18.7%;未成年人861人。": {
        "1123": {"subject": "dibao"},
        "861": {"subject": "dibao"},
    },
    "特困人员817人,其中入住敬老院206人。": {"206": {"subject": "tekun"}},
    # a sum of several benefits is of none of them
    "低保支出1266万元,特困供养支出319万元,临时救助支出98万元,三项合计1683万元。": {
        "1683": {"subject": "hardship_household"},
    },
    "发放低保金301万元、特困供养金52万元、临时救助金23万元,合计376万元。": {
        "376": {"subject": "hardship_household"},
    },
    "一季度发放低保金303万元,二季度发放低保金204万元,合计507万元。": {"507": {"subject": "dibao"}},
    # words that take what stands before them
    "儿童福利院现有残疾儿童72名,养护人员47名。": {
        "72": {"subject": "child_institution"},
        "47": {"subject": "child_institution"},
    },
    "市安康医院住院患者387人,床位使用率96.6%。": {"96.6": {"subject": "mental_institution"}},
    "为6.4万名老年人购买意外伤害保险,理赔313例。": {"313": {"subject": "elder_community"}},
    # bought services are given, not paid as a subsidy
    "政府购买居家养老服务,惠及困难老人1360名。": {"1360": {"subject": "elder_home_service"}},
}
MEASURES = {
    # 1 for each of many is a number, no density
    "到明年,每个乡镇至少建成1个综合养老服务中心。": {"1": {"measure": "count", "change": "level"}},
    # limits and grades are rates, not sums paid out
    "对遭遇火灾的家庭给予临时救助,最高3万元。": {
        "3": {"subject": "temporary_assistance", "measure": "standard"}
    },
    # what is paid by grade of care or skill, with its time behind it or none
    "照料护理费按自理110元、半护理260元、全护理720元的月标准打卡发放。": {
        "110": {"subject": "tekun_nursing", "measure": "standard", "unit": "元/人/月"},
        "260": {"measure": "standard", "unit": "元/人/月"},
        "720": {"measure": "standard", "unit": "元/人/月"},
    },
    "对持证养老护理员按初级600元、中级1200元、高级1800元给予一次性奖励。": {
        "600": {"subject": "caregiver", "measure": "standard", "unit": "元/人"},
        "1200": {"measure": "standard", "unit": "元/人"},
        "1800": {"measure": "standard", "unit": "元/人"},
    },
    "选择海葬、树葬等生态方式的奖补2600元。": {"2600": {"subject": "funeral_benefit", "measure": "standard"}},
    # by age, with its time before all of them or beside each
    "高龄补贴月发放标准:70—79周岁90元、80—89周岁110元。": {
        "90": {"measure": "standard", "unit": "元/月"},
        "110": {"measure": "standard", "unit": "元/月"},
    },
    "建立高龄补贴制度,90岁以上每月70元。": {"70": {"measure": "standard", "unit": "元/月"}},
    # by how much it differs from what was before, whatever that was
    "全年支出生活费860万元,比2018年的790万元多70万元。": {"70万": {"change": "delta", "value": 700000}},
    "临时救助410人次,比上年多95人次、28万元。": {"95": {"change": "delta"}, "28万": {"change": "delta"}},
    "全市每万人拥有社会组织6.2个,我县低0.5个。": {"0.5": {"change": "delta", "value": -0.5}},
    # an average that fell, one that is told of one household
    "丧事花费户均由过去的3.6万元左右降到1.4万元。": {
        "3.6": {"unit": "元/户"},
        "1.4": {"unit": "元/户", "measure": "average"},
    },
    "临时救助260户,平均一户不到1900元。": {"1900": {"unit": "元/户", "measure": "average"}},
    "重度残疾人护理补贴按一级92元、二级72元发放。": {
        "92": {"measure": "standard"},
        "72": {"measure": "standard"},
    },
    # those who left, beside those who came
    # the other half of what left, and its members
    "取消不符合条件的城市低保81人,农村低保1044人。": {"1044": {"change": "removed", "residence": "rural"}},
    "取消城市低保13户22人,农村低保35户51人。": {
        "35": {"change": "removed"},
        "51": {"change": "removed"},
    },
    "清理“人情保”“关系保”16户25人。": {"16": {"change": "removed"}, "25": {"change": "removed"}},
    "孤儿14名,月养育费1300元。": {"1300": {"unit": "元/月", "measure": "standard"}},
    "新增低保对象313户、减少288户。": {"288": {"change": "removed", "value": 288}},
    # vehicles are no stations
    "“寒冬送温暖”行动出动车辆127台次,救助流浪乞讨人员59人。": {"127": {"subject": "vagrant_assistance"}},
}


READ, AMOUNTS = Understood.beside_others(SUBJECTS), Understood.beside_others(MEASURES)


def test_care_and_aid_are_told_by_what_stands_beside_their_numbers():
    assert READ.wrong(SUBJECTS) == {}


def test_limits_grades_and_single_ones_are_no_sums_and_no_densities():
    assert AMOUNTS.wrong(MEASURES) == {}
