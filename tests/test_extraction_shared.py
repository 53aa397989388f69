"""What numbers say to each other: lists, parts of a whole, growths, those who leave, who is inspected."""

from extraction_sentences import Understood

SAID = {
    # those who were insured are listed one by one, and what came of one aid to each group is of that aid
    "全县资助特困人员1406人、低保对象18207人参加城乡居民基本医疗保险。": {
        "1406": {"subject": "medical_assistance"},
        "18207": {"subject": "medical_assistance"},
    },
    "发放临时救助金860万元,其中发给城市低保对象210万元、发给特困人员35万元。": {
        "210": {"subject": "temporary_assistance"},
        "35": {"subject": "temporary_assistance"},
    },
    "护理型床位占比48.6%,养老床位5200张,比2020年增加600张。": {"600": {"subject": "elder_bed"}},
    "销售福利彩票比上年再增加300万。": {"300": {"change": "delta"}},
    # one bound, one standing and one subject for a whole list
    "力争护理补贴三个档次每人每月分别不低于1180元、590元和290元。": {
        "590": {"comparator": ">=", "value": 590.0},
        "290": {"comparator": ">=", "value": 290.0},
    },
    "登记结婚5100对、离婚2300对,前者下降3.1%,后者上升4.2%。": {
        "3.1": {"subject": "marriage", "value": -3.1},
        "4.2": {"subject": "divorce"},
    },
    "登记结婚5100对、离婚2300对,上年同期为5264对和2207对。": {
        "5264": {"subject": "marriage"},
        "2207": {"subject": "divorce"},
    },
    "残疾人生活补贴2970人和护理补贴9860人,均已发放到位。": {
        "2970": {"subject": "disability_living_subsidy"},
        "9860": {"subject": "disability_nursing_subsidy"},
    },
    # what 其中 opens is of the whole
    "现有低保对象512户1043人,其中脱贫户287户655人,占低保户数的56.1%。": {
        "287": {"subject": "dibao", "measure": "households"},
        "655": {"subject": "dibao", "measure": "persons"},
        "56.1": {"subject": "dibao", "measure": "ratio"},
    },
    "全县建成助餐点97个,其中城市社区61个、农村36个。": {
        "61": {"subject": "meal_point"},
        "36": {"subject": "meal_point"},
    },
    "敬老院改造总投资2100万元,其中福彩公益金480万元。": {
        "480": {"subject": "elder_institution"},
    },
    "全市共有孤儿1490人,其中集中供养172人、社会散居1318人。": {
        "172": {"subject": "orphan"},
    },
    # a growth, a share, a difference of the number before
    "每千名老人拥有床位34张,比2015年多11张。": {
        "11": {"subject": "elder_bed", "measure": "ratio", "change": "delta"},
    },
    "建成儿童之家21所,覆盖率为46.8%。": {
        "46.8": {"subject": "child_home", "measure": "ratio"},
    },
    "全市结婚登记2410对,较去年同期的2730对少320对。": {
        "320": {"subject": "marriage", "change": "delta", "value": -320.0},
    },
    # by whom, what for, of whom
    "临时救助大额23例,经联席会议解决5例。": {"5": {"subject": "temporary_assistance"}},
    "检查养老机构23家次,整改隐患17处。": {"23": {"subject": "inspection"}},
    "抽查社会组织30家。": {"30": {"subject": "social_org_inspection"}},
    "将脱贫人口8.1万人纳入低保。": {"8.1": {"subject": "poverty_monitoring"}},
    "2650名防返贫监测对象中,有1490人纳入低保、29人纳入特困供养。": {
        "1490": {"subject": "dibao"},
        "29": {"subject": "tekun"},
    },
    "资助农村低保、五保对象51200人参加新农合。": {"51200": {"subject": "medical_assistance"}},
    "全县60岁以上常住人口33.6万人,占总人口的21.7%。": {
        "33.6": {"subject": "elder_population"},
        "21.7": {"subject": "elder_population"},
    },
    "承接个案12个,开展小组36个。": {"12": {"measure": "cases", "unit": "件"}},
    "补领结婚证153件、离婚证39件。": {"39": {"subject": "marriage_reissue"}},
    "94家社会组织同71个村结对。": {"71": {"subject": "village"}},
    # standards that go on
    "低保标准提高到每人每月581元;特困标准同步提高到932元。": {"932": {"unit": "元/人/月"}},
    "对60-79周岁老人每人每月补贴80元、80-89周岁100元。": {"100": {"measure": "standard"}},
    "补助幸福院84所,每所2万元。": {"2": {"measure": "standard", "unit": "元/个"}},
    "孤儿集中养育标准分别达到每人每月1,780元、1,180元。": {
        "1,780": {"value": 1780.0, "unit": "元/人/月"},
        "1,180": {"value": 1180.0, "unit": "元/人/月"},
    },
    # honours of a larger area are the own area's
    "新创建全国综合减灾示范社区4个。": {"4": {"scope": "region"}},
    "15个幸福院建设目标已定。\n已建成8个。": {"8": {"status": "actual"}},
}
SAID |= {
    # those who leave are of what they drew, and those who got something of what they got
    "全区低保对象实行年度核查,停保152户271人,新纳入61户118人。": {
        "152": {"subject": "dibao", "change": "removed"},
        "118": {"subject": "dibao", "change": "added"},
    },
    "农村低保对象中建档立卡贫困人口有5120人,占41.2%。": {
        "5120": {"subject": "dibao"},
        "41.2": {"subject": "dibao", "measure": "ratio"},
    },
    "发放居家养老服务补贴1310万元,受益老人4820名。": {"4820": {"subject": "elder_service_subsidy"}},
    "“三类”监测对象1420户5110人中纳入低保3870人。": {
        "5110": {"subject": "poverty_monitoring"},
        "3870": {"subject": "dibao"},
    },
    # homes, towns and villages beside what they do
    "全县31所敬老院集中供养特困人员870人。": {
        "31": {"subject": "elder_institution"},
        "870": {"subject": "tekun"},
    },
    "对城区14个社区的低保对象开展复核。": {"14": {"subject": "community", "unit": "个"}},
    "敬老院条件薄弱,全县辖16个乡镇,其中北山镇有敬老院2所。": {"16": {"subject": "admin_division"}},
    "建成互助幸福院98处,入住老人3120人。": {"3120": {"subject": "village_elder_station"}},
    "全市7家养老机构床位1180张。": {"7": {"subject": "elder_institution", "measure": "count"}},
    # what is paid a month by how much care one needs, and what grew by the month
    "特困人员中全护理由每人每月840元提高到890元,半护理由410元提高到430元。": {
        "890": {"subject": "tekun_nursing"},
        "430": {"subject": "tekun_nursing"},
    },
    "农村低保年增300元。": {"300": {"change": "delta", "measure": "standard"}},
    "义务兵家庭优待金户平3400元。": {"3400": {"measure": "average", "unit": "元/户"}},
    "发放养老服务消费券930张。": {"930": {"measure": "count", "unit": "个"}},
    "结婚登记5100对、离婚登记1700对,同比分别减少410对和92对。": {
        "410": {"subject": "marriage", "value": -410.0},
        "92": {"subject": "divorce", "value": -92.0},
    },
    "全县登记社会团体31家、民办非企业单位26家,注销4家。": {
        "4": {"subject": "social_org", "change": "removed"}
    },
    "孤儿21名、事实无人抚养儿童102名,每人每月发放1180元。": {"1180": {"subject": "orphan_and_unattended"}},
    "对6所敬老院实施适老化改造。": {"6": {"subject": "elder_institution"}},
    "散居孤儿月人均720元。": {"720": {"measure": "standard"}},
    "敬老院可容纳五保老人90人。": {"90": {"measure": "capacity"}},
    "慈善协会接收防疫捐款216万元。": {"216": {"subject": "donation"}},
    "婚姻登记处办理业务1260件,群众满意率98.1%。": {"98.1": {"subject": "marriage_registration"}},
}

NOT_ON = "全县60岁以上常住人口33.6万人。", "慰问65岁以上1200人。"
NOR_ON = "登记社会团体7家、民办非企业单位5家,注销3家。", "现有社会团体9家,注销2家。"
READ = Understood.beside_others(SAID)
NONE = Understood.beside_others(
    ["其中单户超过5000元的46户。", "在全市12个县区排名第五。", "最高一户3万元。", "投诉请拨打12345。"]
)
BEHIND = {texts: Understood.beside_others(texts) for texts in (NOT_ON, NOR_ON)}  # each behind the other
SECOND = {texts: Understood.beside_others([texts[1]]) for texts in (NOR_ON, NOT_ON)}  # not behind it


def test_numbers_that_answer_each_other_are_read_together():
    assert READ.wrong(SAID) == {}


def test_thresholds_and_ranks_count_nothing():
    measured = {
        (text, row["text"])
        for text, place in NONE.places.items()
        for row in NONE.mentions.filter(document_id=place, kind="measurement").iter_rows(named=True)
    }
    counted = {"5000", "12", "一", "12345"}
    assert {(text, number) for text, number in measured if number in counted} == set()


def test_a_text_does_not_go_on_where_the_one_before_it_ended():
    for texts, first, subject, second in (
        (NOT_ON, "33.6", "elder_population", "1200"),
        (NOR_ON, "3", "social_org", "2"),
    ):
        both, alone = BEHIND[texts], SECOND[texts]
        assert both.row(texts[0], first)["subject"] == subject
        assert both.row(texts[1], second)["subject"] == alone.row(texts[1], second)["subject"]
    assert BEHIND[NOR_ON].row(NOR_ON[1], "2")["subject"] == "social_group"
