"""Town and country: which of the two a number is of (our own sentences)."""

from extraction_sentences import Understood


def of(residence, **more):
    return {"residence": residence, **more}


RESIDENCE = {
    # the first sentence of a line names several benefits of the town
    "城镇三无、低保部分。今年低保扩面87户;年底共保障1903户,月人均补差286元。": {
        "1903": of("urban"),
        "286": of("urban"),
    },
    "城镇、农村特困人员分别为27人、861人。": {"27": of("urban"), "861": of("rural")},
    "城乡低保对象分别有311户、486人。": {"311": of("total"), "486": of("total")},
    "农村低保标准达到城市的84%。": {"84": of("rural")},
    # 城乡 before several things parts none of them
    "城乡低保、特困、孤儿保障标准分别达到每人每月630元、每人每月819元和每人每月1450元。": {
        "630": of("total"),
        "819": of("total"),
        "1450": of("total"),
    },
    "农区特困人员120人。": {"120": of("rural")},
    # a pair behind 城乡 is town, then country
    "城乡低保标准分别为每人每月835元和620元。": {"835": of("urban"), "620": of("rural")},
    "城乡低保标准由每人每月810元和590元提高至835元和620元。": {
        "810": of("urban", status="prior"),
        "590": of("rural", status="prior"),
        "835": of("urban", status="actual"),
        "620": of("rural", status="actual"),
    },
    "城、农低保月标准由431元、276元分别提高至481元、311元。": {
        "431": of("urban"),
        "276": of("rural"),
        "481": of("urban"),
        "311": of("rural"),
    },
    # whatever was counted in front of it
    "农村低保4022户6588人,城乡低保标准分别达到每人每月701元、461元,月人均补助水平分别为452元、284元。": {
        "6588": of("rural"),
        "701": of("urban"),
        "461": of("rural"),
        "452": of("urban"),
        "284": of("rural"),
    },
    "城乡低保标准分别达到766元/月、516元/月;人均补差水平为521元/月、376元/月。": {
        "521": of("urban"),
        "376": of("rural"),
    },
    # who came or went is of both where the line tells of both
    "城市低保1208户,农村低保3022户。10月,城市低保标准调至281元。全年取消不符合条件对象614户。": {
        "614": of("total")
    },
    # a pair that the text lists itself, in its own order
    "农村低保1204户、城市低保312户,标准分别为每人每月621元和836元。": {
        "1204": of("rural"),
        "312": of("urban"),
        "621": of("rural"),
        "836": of("urban"),
    },
    "城市特困供养对象21人,农村特困供养对象410人。": {"21": of("urban"), "410": of("rural")},
    # a benefit keeps its town or country to the end of the sentence, another one doesn't
    "农村低保1205户2011人,累计发放低保金826.4万元。": {"2011": of("rural"), "826.4": of("rural")},
    "农村低保1206户,实施临时救助812人次。": {"812": of("total", subject="temporary_assistance")},
    # money said behind both is of both
    "城市低保313人,农村低保2012人,发放低保金826.5万元。": {"826.5": of("total")},
    "新建农村幸福院12所、社区食堂3个。": {"12": of("rural"), "3": of("total")},
    "全县有养老机构17家。": {"17": of("total")},
    # what a line begins with speaks of its own benefit all through the line
    "农村五保。供养五保对象1236人,其中集中供养412人。发放供养金873万元。": {
        "1236": of("rural"),
        "412": of("rural"),
        "873": of("rural"),
    },
    "城市低保:到年底,在册对象816户1603人。全年发放保障金712万元,人均月补差370元。": {
        "712": of("urban"),
        "370": of("urban"),
    },
    "农村特困人员应养尽养,集中供养率达到58%。": {"58": of("rural")},
    "城市低保工作。全县共有低保对象1247户,人均补差418元。": {"1247": of("urban"), "418": of("urban")},
    # the name of an insurance or a yardstick is no word of town
    "资助困难群众参加新农合和城镇居民医保,住院救助3418人次。": {"3418": of("total")},
    # a sum of both is of both, and a part of what the sentence before named is as that
    "农村低保对象3127户、4861人,城镇低保对象312户、486人,共3439户、5347人。": {
        "3439": of("total"),
        "5347": of("total"),
    },
    "包括农村低保对象413户、1206人;其中一档77户、219人。": {"77户": of("rural"), "219": of("rural")},
    # of two parts the next is of another kind
    "养老机构31家,其中农村福利院19家、民办12家。": {"19": of("rural"), "12": of("total")},
    "城市低保标准由每人每月641元提高到668元,农村低保标准由每人每月380元提高到403元,分别增长4.2%和6.1%。": {
        "4.2": of("urban"),
        "6.1": of("rural"),
    },
    "城市、农牧区特困标准分别为每人每月 1290 元和 978 元。": {"1290": of("urban"), "978": of("rural")},
    # the second of two has a list of its own
    "城镇低保标准为每人每月792元,农村低保标准分别为每人每月606元、513元、412元。": {"606": of("rural")},
    "牧区低保对象150户、农村牧区低保对象161户。": {"150": of("rural"), "161": of("rural")},
    # the same thing named again without the word is of both
    "其中农村五保供养资金34万元,特困供养资金205万元。": {"34": of("rural"), "205": of("total")},
    # a city's name is no word of town
    "诸城市有低保对象1209户。": {"1209": of("total")},
    "农村低保对象1207户,人口老龄化加深,全县老年人占24.8%。": {"24.8": of("total")},
    # an amount is of those whom its line spoke of before, and a cue right before a number is that number's
    "农村五保对象1984人。分散供养每人每年1650元。": {"1650": of("rural")},
    "安置退役士兵169人,其中城镇38人、农村131人。": {"38": of("urban"), "131": of("rural")},
    "城市低保312人;农村低保1870户,占农业人口9.1%。": {"9.1": of("rural")},
    # beds, guests and costs are of the house that stands in town or country
    "新建农村公益性公墓4处,预留墓穴2600个。": {"2600": of("rural")},
    "打造城市老年助餐点6个,日均就餐330人次。": {"330": of("urban")},
    "全市有农村敬老院19所,其中白石镇敬老院增设床位45张。": {"45": of("total")},
    # what each of two groups gets on average, in their order
    "保障城市低保2711户、农村低保402户;月人均补助水平分别为455元、283元。": {
        "455": of("urban"),
        "283": of("rural"),
    },
    "发放城市低保金1903万元、农村低保金2277万元,月人均补助水平412元和288元。": {
        "412": of("urban"),
        "288": of("rural"),
    },
    # what each of two groups got, and what is told of the last alone
    "全区城镇低保540户,支出低保金290万元,农村低保1260户,支出低保金415万元。": {
        "290": of("urban"),
        "415": of("rural"),
    },
    "城镇低保540户,农村低保1260户,支出低保金705万元。": {"705": of("total")},
    "在册农村低保对象1260户,城市低保标准每人每月610元,月人均补差335元。": {"335": of("urban")},
    "新纳入城市低保对象26户,增加保障资金1.9万元,减少保障资金0.6万元。": {"0.6": of("urban")},
    # whoever came and went without a word behind both
    "年末在册农村低保户64户110人,城镇低保户15户23人,全年调出8户17人,新增29户。": {
        "17": of("total"),
        "29": of("total"),
    },
    "城镇低保纳入35户,退出28户,农村低保纳入52户,退出41户。": {"28": of("urban"), "41": of("rural")},
    # right behind a number, of whom it counts; what these were given is theirs
    "中秋前为40名农村低保对象发放慰问金1.2万元。": {"40": of("rural"), "1.2": of("rural")},
    "帮25户就医难的农村低保户申请医疗救助。": {"25": of("rural")},
    "资助农村低保户参保640人,发放救助金15.6万元。": {"640": of("rural"), "15.6": of("rural")},
    # what a bracket says ends with it
    "在册特困人员870人(城市26人),集中供养310人。": {"26": of("urban"), "310": of("total")},
    "城乡特困人员合计870人(城市26人),集中供养310人。": {"310": of("total")},
    "支付农村低保金640万元,补发提标差额85万元。": {"85": of("rural")},
    # labels further on in a line
    "城市低保。支付保障金290万元。农村低保。支付保障金415万元。": {
        "290": of("urban"),
        "415": of("rural"),
    },
    "1、农村低保:在册1260户。按月打卡,5月支付46.2万元。2、城市低保:在册540户。5月支付31.5万元。": {
        "46.2": of("rural"),
        "31.5": of("urban"),
    },
    "城市二季度新纳入特困人员9人,退出特困人员4人。": {"9": of("urban"), "4": of("urban")},
    # a heading on one of them speaks of its section, however far it is indented
    "二、城市低保\n4月保障127户186人。\n三、农村低保\n4月保障640户。": {
        "186": of("urban"),
        "640": of("rural"),
    },
    "　　二、城市低保\n　　5月保障128户187人。\n　　三、农村低保\n　　5月保障641户。": {
        "187": of("urban"),
        "641": of("rural"),
    },
}


HEADED = {"今年注销5户、21人,现有低保对象647户。": {"21": of("urban"), "647": of("urban")}}


READ = Understood.beside_others(RESIDENCE)
FOREIGN = {"入户核对五保户名册,在册五保户96户。": {"96": of("total")}}
BELOW_ANOTHER = Understood.beside_others(FOREIGN, heading="农村敬老院建设")
BELOW_HEADING = Understood.beside_others(HEADED, heading="城镇低保")


def test_a_section_on_town_is_of_town_all_through():
    assert BELOW_HEADING.wrong(HEADED) == {}


def test_a_section_on_something_else_in_the_country_tells_nothing():
    assert BELOW_ANOTHER.wrong(FOREIGN) == {}


BRACKETS = {
    "特困人员3920人(城市71人,农村3849人),其中集中供养205人。": {
        "71": {"residence": "urban"}, "3849": {"residence": "rural"}, "205": {"residence": "total"},
    },
    "为城市低保对象2980户6120人发放保障金1290万元。": {
        "2980": {"residence": "urban"}, "6120": {"residence": "urban"}, "1290万": {"residence": "urban"},
    },
    "现有农村福利院21所、民办养老机构9家,总床位3980张。": {
        "21": {"residence": "rural"}, "9": {"residence": "total"}, "3980": {"residence": "total"},
    },
}  # fmt: skip


def test_a_cue_ends_with_its_bracket_and_with_what_is_named_anew():
    assert Understood(BRACKETS).wrong(BRACKETS) == {}


def test_town_or_country():
    assert READ.wrong(RESIDENCE) == {}


def test_nothing_but_the_three_is_said():
    assert set(READ.observations["residence"]) == {"urban", "rural", "total"}
