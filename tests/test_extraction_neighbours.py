"""What a number takes from the report it stands in and from the numbers beside it."""

from extraction_sentences import Understood

STATION, CHARITY = "某市救助管理站2018年工作总结", "某区慈善总会2021年工作报告"
BY_REPORT = {
    STATION: {
        "送医救治精神障碍患者171人次,60岁以上老人366人次。": {
            "171": {"subject": "vagrant_assistance"},
            "366": {"subject": "vagrant_assistance"},
        },
        "现有护理员19人。": {"19": {"subject": "vagrant_assistance"}},
    },
    CHARITY: {
        "助医方面,救助大病患者1130人,支出986万元。": {
            "1130": {"subject": "charity_project"},
            "986": {"subject": "charity_project"},
        },
        "18个乡镇(街道)分会完成换届。": {"18": {"subject": "charity_org"}},
    },
}
SAID = {
    # how far a disaster went, and what is paid for burials of a kind
    "6月下旬遭遇洪涝灾害,14个乡镇不同程度受灾,转移群众2310人。": {"14": {"subject": "disaster_relief"}},
    "进入公益性公墓、选择树葬等节地生态葬的奖励2500元。": {
        "2500": {"subject": "funeral_benefit", "measure": "standard"},
    },
    # money for both groups of its statement, whatever else but money stands between
    "困难残疾人生活补贴5120人、重度残疾人护理补贴6230人,标准均为每人每月95元,发放1294万元。": {
        "1294": {"subject": "disability_subsidies"},
    },
    "困难残疾人生活补贴5120人,发放580万元;重度残疾人护理补贴6230人,支出714万元。": {
        "714": {"subject": "disability_nursing_subsidy"},
    },
    # nothing near names it: an office and its rank, people of an age
    "销售福利彩票860万元。一年来,我局年终考核位列全市第3。": {"3": {"subject": "reform_work"}},
    "全县90岁以上高龄老人2140人。": {"2140": {"subject": "elder_population"}},
    # words of places and people
    "全县村级老人会有212个,入会老人4.1万人。": {
        "212": {"subject": "elder_community"},
        "4.1": {"subject": "elder_community"},
    },
    "现有养老机构31家,新建村级养老服务站15个,力争机构入住率提升到61%。": {
        "61": {"subject": "elder_institution"},
    },
    "新建村落社区22个。": {"22": {"subject": "community"}},
    "办理离婚登记803对,劝和118对。": {"118": {"subject": "marriage_registration"}},
    # a row of amounts is of what stands behind its last
    "80至89岁、90岁以上老人分别按每人每月55元、110元、320元发放高龄津贴。": {
        "55": {"subject": "old_age_allowance"},
        "110": {"subject": "old_age_allowance"},
    },
    # houses are none of those who draw something, organisations of a list are inspected like its first
    "目标:新建敬老院6所,五保集中供养率达38%。完成情况:已竣工5所。": {"5": {"subject": "elder_institution"}},
    "年检社会团体21个、民办非企业单位57个。": {
        "21": {"subject": "social_org_inspection"},
        "57": {"subject": "social_org_inspection"},
    },
    # a whole of households, members and money; so many for each, and where else how many
    "临时救助:1130户2914人311.5万元,其中低保对象433户。": {"433": {"subject": "temporary_assistance"}},
    "每个城市社区社区社会组织不少于12个,农村社区不少于6个。": {"6": {"subject": "community_social_org"}},
    "孤儿基本生活费标准为机构集中供养每人每月1350元。": {"1350": {"subject": "orphan"}},
    # what is compared, what became of those before, further grades, some of them
    "全市共有留守儿童4.1万人,与2016年摸底排查时的15.2万人相比,减少73%。": {
        "15.2": {"subject": "left_behind_child"},
        "73": {"subject": "left_behind_child"},
    },
    "社区协商收集议题61件,办结57件。": {"57": {"subject": "consultation"}},
    "农村低保对象按类别分:一类2100人、二类11200人、三类9800人。": {"9800": {"subject": "dibao"}},
    "临时救助支出21万元,单笔最高1.1万元。新认定低收入家庭8户。": {"1.1": {"subject": "temporary_assistance"}},
    "新增养老床位160张、认知障碍照护床位90张,均超额完成市下达的150张、80张指标。": {
        "150": {"subject": "elder_bed"},
        "80": {"subject": "dementia_bed"},
    },
    "困难残疾人生活补贴标准80元/人/月、重度残疾人护理补贴标准90元/人/月,分别有3900人、7000人享受。": {
        "3900": {"subject": "disability_living_subsidy"},
        "7000": {"subject": "disability_nursing_subsidy"},
    },
    # who draws what
    "保健补助按月发放,惠及80岁以上老人3900人。": {"3900": {"subject": "old_age_allowance"}},
    "现有1170人落实低保或特困供养。": {"1170": {"subject": "dibao"}},
    "为510户特殊困难家庭完成适老化改造。": {"510": {"subject": "home_adaptation"}},
    "我县辖14个乡镇、231个行政村。": {"14": {"subject": "admin_division"}},
    "低保与特困。在保571户790人。": {"571": {"subject": "dibao"}, "790": {"subject": "dibao"}},
    # by what a standard is paid that says only how much
    "孤儿养育标准从集中1250元、散居800元提高到集中1450元、散居950元(每人每月)。": {
        "1250": {"unit": "元/人/月", "measure": "standard"},
        "1450": {"unit": "元/人/月"},
    },
    "低保标准统一为每人每月430元;去年提高到560元。": {"560": {"unit": "元/人/月"}},
    "城市低保标准从每月170块提到了190块。": {"190": {"unit": "元/月", "measure": "standard"}},
    "低保、特困老人每餐补贴5元,累计兑现65万元。": {
        "5": {"subject": "meal_point", "unit": "元/人次"},
        "65": {"subject": "meal_point"},
    },
    "“圆梦大学”资助新生160名,本科6000元、专科4000元。": {"6000": {"unit": "元/人", "measure": "standard"}},
    "1至6月发放低保金3,168,215.50元。": {"3,168,215.50": {"unit": "元", "measure": "expenditure"}},
    "新建敬老院5所,每所床位不少于100张。": {"100": {"measure": "beds", "comparator": ">="}},
}
NOT = {
    "每年制作宣传展板12块。": {"12": {"measure": "count", "unit": "个"}},
    "孤儿考取大学一次性资助1600元。": {"1600": {"unit": "元"}},
}

READ = Understood.beside_others([*SAID, *NOT])
UNDER = {title: Understood.beside_others(said, title) for title, said in BY_REPORT.items()}


def test_numbers_take_their_subject_and_unit_from_those_beside_them():
    assert READ.wrong(SAID) == {}


def test_pieces_and_single_payments_are_no_monthly_standards():
    assert READ.wrong(NOT) == {}


def test_words_mean_what_the_title_and_office_of_their_report_say(subtests):
    for title, said in BY_REPORT.items():
        with subtests.test(title):
            assert UNDER[title].wrong(said) == {}
