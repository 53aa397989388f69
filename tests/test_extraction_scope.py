"""Whose figures they are: of the whole area, of one home in it, of towns named without their kind."""

from __future__ import annotations

from extraction_sentences import Said, Understood

SAID: Said = {
    # the people of one firm or mine, and all that an item goes on to tell of it
    "全市低保对象9300户,石岭煤矿低保对象620户1150人,占市本级18%。": {
        "9300": {"scope": "region"}, "620": {"scope": "part"}, "18": {"scope": "part"},
    },
    "对石岭煤矿实施专项帮扶。救助困难职工740户,发放低保金85万元。全市共支出2600万元。": {
        "740": {"scope": "part"}, "85": {"scope": "part"}, "2600": {"scope": "region"},
    },
    "引进康养集团投资3000万元。": {"3000": {"scope": "region"}},
    # each town of a list, in further clauses, too
    "北山镇7户20人,发放26000元;南河镇5户12人,发放15000元;合计41000元。": {
        "26000": {"scope": "part"}, "15000": {"scope": "part"}, "41000": {"scope": "region"},
    },
    "低收入居民840户,占城镇总人口的3.2%。": {"3.2": {"scope": "region"}},
    # what is told of one home or of some towns, on to the end of its sentence
    "该中心前年改造投入93万元,护理床位由30张增加到72张,收住老人55人。": {
        "93": {"scope": "part"}, "72": {"scope": "part"}, "55": {"scope": "part"},
    },
    "有的乡镇备用金用得慢,一年拨付12万元,只花了3.1万元。": {"12": {"scope": "part"}},
    "北山镇31户57人,其余乡镇(街道)共计402户。": {"402": {"scope": "part"}},
    # the works of the one home, in brackets behind it, or behind others that are counted
    "新建县社会福利中心(一期床位180张,概算投资2900万元),新建农村敬老院4所。": {
        "180": {"scope": "part"}, "2900": {"scope": "part"}, "4": {"scope": "region"},
    },
    "新建五保村6个,抓好投资1300万元的县社会福利中心建设,设床位160张。": {
        "6": {"scope": "region"}, "1300": {"scope": "part"}, "160": {"scope": "part"},
    },
    "启动殡仪馆整体搬迁,概算投资1.4亿元。": {"1.4亿": {"scope": "part"}},
    # the home that a sentence is on, whoever counts in it
    "县中心敬老院入住率由35%提高到72%,护理员由6名增加到14名。": {
        "72": {"scope": "part"}, "6": {"scope": "part"}, "14": {"scope": "part"},
    },
    "去年动工的县社会福利院设床位220张,收住老人131人。": {
        "220": {"scope": "part"}, "131": {"scope": "part"},
    },
    "县社会福利院床位240张,全县养老床位3150张。": {
        "240": {"scope": "part"}, "3150": {"scope": "region"},
    },
    "改造县福利院等敬老院6所,床位达到520张。": {"520": {"scope": "region"}},
    "特困人员83人在县中心敬老院集中供养41人。": {"41": {"scope": "region"}},
    "完成县社会福利中心装修,新建农村幸福院7所,公建民营率达到61%。": {"61": {"scope": "region"}},
    # what is put into the one home or cemetery that a county has, and how much land it takes
    "计划投资3600万元新建县社会福利中心。": {"3600": {"scope": "part"}},
    "投资330万元的石桥镇敬老院建成入住,新增床位115张。": {
        "330": {"scope": "part"}, "115": {"scope": "part"},
    },
    "启动市级公益性公墓建设,一期占地140亩。": {"140": {"scope": "part"}},
    "投资2100万元建设农村公益性公墓9处。": {"2100": {"scope": "region"}},
    "县殡仪馆迁建项目概算5200万元,占地46亩,设火化炉4台、守灵厅6个,截至9月底完成投资3100万元。": {
        "5200": {"scope": "part"}, "46": {"scope": "part"}, "4": {"scope": "part"}, "3100": {"scope": "part"},
    },
    "县殡仪馆迁建完成投资1830万元,占概算61%。": {"1830": {"scope": "part"}, "61": {"scope": "part"}},
    "筹资2700万元,新建县综合福利中心。": {"2700": {"scope": "part"}},
    "项目资金到位率只有68%。": {"68": {"scope": "region"}},
    "临时救助216户,最多的一户救助1.5万元。": {"216": {"scope": "region"}, "1.5": {"scope": "part"}},
    # what holds in some places alone
    "部分乡镇敬老院入住率不足35%。": {"35": {"scope": "part"}},
    "对部分丧失劳动能力的152人开展评估。": {"152": {"scope": "region"}},
    # towns without their kind
    "庙首、白地两镇敬老院床位共86张。": {"86": {"scope": "part"}},
    "其余三镇每人每月260元。": {"260": {"scope": "part"}},
    "标准差距大,庙首每人每月280元。": {"280": {"scope": "part", "place": "庙首镇"}},
    # the province and the city around the county, told by name
    "安徽省城市低保标准为每人每月742元,农村为每人每月696元,宣城市城市低保标准为每人每月738元。": {
        "742": {"scope": "outside"}, "696": {"scope": "outside"}, "738": {"scope": "outside"},
    },
    "安徽省特困人员32.6万人,我县特困人员1834人。": {
        "32.6": {"scope": "outside"}, "1834": {"scope": "region"},
    },
    # another city or county told by name, and a home praised in a larger area
    "芜湖市每千名老人拥有床位43张,我县拥有31张。": {"43": {"scope": "outside"}, "31": {"scope": "region"}},
    "庙首镇在全省率先试点家庭照护床位,建成37张。": {"37": {"scope": "part"}},
    "争取安徽省福彩公益金85万元。": {"85": {"scope": "region"}},
    # places whose names are counted, homes named one by one, an example
    "先行试点的是石坝、青岗、红崖3个乡镇。推进养老、助残、救助3个社区试点。": {
        "3": {"scope": "part"},
    },
    "新增认知障碍床位90张,分别为桂雨老年公寓30张、松龄护理院25张、银铃养老服务有限公司35张。": {
        "90": {"scope": "region"}, "30": {"place": "桂雨老年公寓", "subject": "dementia_bed"},
        "25": {"scope": "part"}, "35": {"scope": "part", "subject": "dementia_bed"},
    },
    "全县养老院床位900张、敬老院床位610张。": {"610": {"scope": "region"}},
    # one home in building
    "鹤鸣养老服务中心主体工程封顶,完成投资910万元。养老服务中心全部竣工,完成投资640万元。": {
        "910": {"scope": "part"}, "640": {"scope": "region"},
    },
    "颐乐养护院基本完工,完成固定资产投资730万元。": {
        "730": {"scope": "part", "subject": "elder_institution"},
    },
    # a town named in brackets, a county behind 其中, a line on one village
    "建成公墓9处(其中庙首镇西坡1处,因征地延后,年内未开工),骨灰堂47处。": {
        "47": {"scope": "region"},
    },
    "2.西坡村:设村民小组7个,住户271户836人。": {
        "7": {"scope": "part"}, "271": {"scope": "part", "subject": "village"}, "836": {"scope": "part"},
    },
    "例如,红崖乡李某一家4口人,领取救助3200元。全年临时救助270户。": {
        "4": {"scope": "part"}, "3200": {"scope": "part"}, "270": {"scope": "region"},
    },
    # an item that is numbered as a heading is, and tells of one town
    "(一)一人平均走访27户,最多的庙首镇走访94户。\n全县组织探访31次、培训2640人次。": {
        "2640": {"scope": "region"},
    },
    # a home that goes by 该院, and by other names of those that a county runs itself
    "在庙首镇敬老院,老人有说有笑。该院去年花费95万元改造,床位由45张增至78张,入住61人。": {
        "45": {"scope": "part"}, "78": {"scope": "part"}, "61": {"scope": "part"},
    },
    "县失智老人照护中心投资2600万元、设计床位120张。": {
        "2600": {"scope": "part"}, "120": {"scope": "part"},
    },
    "投资2900万元建设县城公益性公墓,规划墓位7600个。": {
        "2900": {"scope": "part"}, "7600": {"scope": "part"},
    },
    # money that goes into homes told by name, the rest of a whole, of all towns but those named
    "投资270万元改造庙首、白地2所敬老院。": {"270": {"scope": "part"}, "2": {"scope": "part"}},
    "供养特困人员326人,其中庙首镇敬老院集中供养62人,其余264人分散供养。": {
        "62": {"scope": "part"}, "264": {"scope": "region"},
    },
    "供养特困人员206人,县社会福利院集中供养58人。": {"58": {"scope": "region"}},
    # what somebody says of himself
    "“以前吃药全靠借钱,多亏民政给了4000元临时救助。”": {"4000": {"scope": "part"}},
}  # fmt: skip
READ = Understood.beside_others(SAID)
OF_THE_COUNTRY: Said = {
    "全国共有社会团体37万个,北京市社会团体4346个,四川省社会团体2万个,苏州市社会团体980个。": {
        "37": {"scope": "region"}, "4346": {"scope": "part", "place": "北京市"},
        "2": {"scope": "part", "place": "四川省"}, "980": {"scope": "part", "place": "苏州市"},
    },
}  # fmt: skip
COUNTRY = Understood(OF_THE_COUNTRY, title="2022年社会组织发展情况", region="100000")


def test_scope():
    assert READ.wrong(SAID) == {}


def test_provinces_and_cities_are_parts_of_the_country():
    assert COUNTRY.wrong(OF_THE_COUNTRY) == {}
