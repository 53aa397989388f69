"""Numbers that share or take up the subjects of the numbers before them (our own sentences)."""

from extraction_sentences import Understood

CHAINS = {
    # a part beside a part of what is new is new too, and a pair of differences is one of both
    "新登记社会组织23家,其中社会团体8家、民办非企业单位15家。": {
        "8": {"change": "added"},
        "15": {"change": "added"},
    },
    "低保月人均补差达到310元,比上年增加25元、20元。": {
        "25": {"change": "delta", "unit": "元/人/月"},
        "20": {"change": "delta", "unit": "元/人/月"},
    },
    "18个社工点共有社工42名。": {"18": {"unit": "个"}, "42": {"unit": "人"}},
    # households and their members
    "城乡低保对象2147户3390人。": {"3390": {"subject": "dibao", "measure": "persons"}},
    "新增202户269人低保对象。": {
        "202": {"subject": "dibao", "measure": "households"},
        "269": {"subject": "dibao", "measure": "persons"},
    },
    # two subjects before 分别, two numbers behind it, in their order
    "孤儿、事实无人抚养儿童保障标准分别为每人每月1600元和1200元。": {
        "1600": {"subject": "orphan"},
        "1200": {"subject": "unattended_child"},
    },
    # the order is the text's own
    "事实无人抚养儿童、孤儿保障标准分别为每人每月1201元和1601元。": {
        "1201": {"subject": "unattended_child"},
        "1601": {"subject": "orphan"},
    },
    # shares take up the two numbers before them
    "办理结婚登记1820对、离婚登记611对,同比分别下降6.3%和增长2.1%。": {
        "1820": {"subject": "marriage"},
        "611": {"subject": "divorce"},
    },
    "结婚登记1821对、离婚登记612对,分别下降6.4%和2.2%。": {
        "6.4": {"subject": "marriage", "change": "delta", "value": -6.4},
        "2.2": {"subject": "divorce", "change": "delta", "value": -2.2},
    },
    "城乡低保标准分别为每月851元、每月681元,分别比上年提高31元和41元。": {
        "851": {"residence": "urban", "unit": "元/月"},
        "31": {"residence": "urban", "change": "delta", "measure": "standard", "unit": "元/月"},
        "41": {"residence": "rural", "change": "delta", "measure": "standard"},
    },
    "城市低保、农村低保标准分别提高5.1%和8.2%。": {
        "5.1": {"residence": "urban", "change": "delta"},
        "8.2": {"residence": "rural", "subject": "dibao"},
    },
    # rates, too, take up the groups that they are paid to
    "孤儿32人、事实无人抚养儿童186人,按照每人每月1510元、1208元标准发放基本生活补贴。": {
        "1510": {"subject": "orphan", "measure": "standard"},
        "1208": {"subject": "unattended_child"},
    },
    # sums in the order of the people that they went to
    "困难残疾人生活补贴、重度残疾人护理补贴分别为523人、812人,资金分别为41万元、64万元。": {
        "523": {"subject": "disability_living_subsidy", "residence": "total"},
        "41": {"subject": "disability_living_subsidy", "measure": "expenditure", "subgroup": None},
        "64": {"subject": "disability_nursing_subsidy"},
    },
    "为711名困难残疾人、925名重度残疾人发放补贴634.3万元。": {
        "711": {"subject": "disability_living_subsidy"},
        "634.3": {"subject": "disability_subsidies"},
    },
    # groups in the order of their standards
    "特困人员集中、分散供养标准分别为每人每年10296元、9534元。": {
        "10296": {"subgroup": "集中供养"},  # its own name, whatever the sentence spares
        "9534": {"subgroup": "分散供养"},
    },
    # each sum has its own noun before it
    "特困供养金1230万元、孤儿养育金86万元、高龄津贴620万元。": {
        "86": {"subject": "orphan"},
        "620": {"subject": "old_age_allowance"},
    },
    "全县残疾人2.3万人,其中重度残疾人6812人。": {"2.3": {"subject": "disability_subsidies"}},
    # the words of groups count nothing where a benefit is named
    "发放适老化改造补贴64万元,惠及特殊困难老年人家庭320户。": {"320": {"subject": "home_adaptation"}},
    "慈善会救助困难群众2316人,其中大病救助87人、助学120人。": {
        "87": {"subject": "charity_project"},
        "120": {"subject": "charity_project"},
    },
    # a title before a colon holds through its sentence
    "社会组织:新登记26家,变更38家,注销12家,撤销5家,年检386家。": {
        "38": {"subject": "social_org", "change": "level"},
        "5": {"subject": "social_org", "change": "removed"},
        "386": {"subject": "social_org_inspection"},
    },
    "完成镇级界线联检6条,资助特困人员、低保对象参保2.1万人。": {
        "6": {"subject": "boundary", "scope": "region"},
        "2.1": {"subject": "medical_assistance"},
    },
    # villages and communities in a list, whatever is said of them
    "完成232个村、36个社区换届,全县215个行政村和38个城市社区建立养老服务站。": {
        "232": {"subject": "village"},
        "36": {"subject": "community"},
        "215": {"subject": "village"},
        "38": {"subject": "community"},
    },
    # one word for both, and one sum for both
    "困难残疾人生活补贴1204人、重度残疾人护理补贴2035人,共发放补贴373.6万元。": {
        "1204": {"subject": "disability_living_subsidy"},
        "2035": {"subject": "disability_nursing_subsidy"},
        "373.6": {"subject": "disability_subsidies", "measure": "expenditure"},
    },
    # money behind one group is that group's
    "特困供养对象431人,发放供养金480万元。": {"480": {"subject": "tekun", "measure": "expenditure"}},
}


READ = Understood.beside_others(CHAINS)


def test_numbers_in_a_chain_keep_what_they_count():
    assert READ.wrong(CHAINS) == {}
