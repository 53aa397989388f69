"""What numbers measure, with their units and signs, in sentences of our own."""

from __future__ import annotations

from extraction_sentences import Said, Understood

SAID: Said = {
    # kinds of divisions, and groups of rates that were raised in turn
    "全县辖乡镇11个,其中镇9个、乡2个。": {
        "11": {"subgroup": None}, "9": {"subgroup": "镇"}, "2": {"subgroup": "乡"},
    },
    "护理补贴由一级每人每月100元、二级每人每月80元提高到120元、90元。": {
        "120": {"subgroup": "一级", "status": "actual"}, "90": {"subgroup": "二级"},
    },
    "城市低保标准由每人每月720元、农村低保标准由每人每月560元分别提高到760元、600元。": {
        "760": {"residence": "urban"}, "600": {"residence": "rural", "unit": "元/人/月"},
    },
    "低保标准由每人每月580元提高到620元(每人每年7440元)。": {"620": {"unit": "元/人/月"}},
    "取消特困供养对象8人,核减资金0.96万元。": {"0.96": {"change": "delta", "value": -9600.0}},
    "每个村最多配备3名、最少配备1名儿童主任。": {"3": {"comparator": "<="}, "1": {"comparator": ">="}},
    # of each of many places, and per so many people
    "全县建成老年食堂31个,每个面积260平方米。": {"260": {"measure": "floor_area"}},
    "每个乡镇不得少于2处公益性公墓。": {"2": {"measure": "count"}},
    "每千人结婚登记4.61对。": {"4.61": {"measure": "ratio"}},
    "每千名老人养老床位34.2张,上年31.7张。": {"31.7": {"measure": "ratio"}},
    # amounts that go on with the one before
    "执行新低保标准,城市由月人均652元提至688元,农村由年人均5280元提至5610元。": {
        "688": {"measure": "standard"}, "5610": {"measure": "standard", "unit": "元/人/年"},
    },
    "低保对象2106人。补差水平城镇达到每月327元,农村每月151元。": {"151": {"measure": "average"}},
    "城镇人均补差每月412元。": {"412": {"subject": "dibao", "measure": "average"}},
    "危房改造户均补助1.3万元(2011年为0.8万元)。": {"0.8": {"unit": "元/户"}},
    "每个幸福院每年补助运行经费2万元。": {"2": {"unit": "元/个/年"}},
    # two rates, and by how much each was raised
    "城镇低保标准560元/月,农村4320元/年,比上年分别提高25元和360元。": {
        "25": {"unit": "元/月"}, "360": {"unit": "元/年"},
    },
    # what each gets is made up every month
    "城市低保2310户,发放保障金640万元,人均补差268元。": {"268": {"unit": "元/人/月", "measure": "average"}},
    # those who died and were paid on have not left
    "审计发现29名低保对象死亡后仍领取低保金3.1万元。": {"29": {"change": "level"}},
    # what is built beside what was built
    "新建敬老院2所,社区服务站7个。": {"7": {"change": "added"}},
    "新建公益性公墓6处,墓穴4300个。": {"4300": {"change": "added"}},
    "新建敬老院2所,现有社区服务站7个。": {"7": {"change": "level"}},
    # what is given each time, and each grave
    "临时救助1520人次,支出228万元,人均1500元,上年1430元。": {"1500": {"unit": "元/人次"}},
    "临时救助860人,支出112万元,人均1302元。": {"1302": {"unit": "元/人"}},
    "公墓维护费每穴60元。": {"60": {"unit": "元/个"}},
    "移风易俗行动中回收寿材415口。": {"415": {"unit": "个"}},
    "聘请护理员12名,月工资2700元。": {"2700": {"unit": "元/月"}},
    # what is put into a home, and goes on
    "县社会福利中心完成投资2300万元,实际到位2150万元。": {
        "2300": {"measure": "investment"}, "2150": {"measure": "investment"},
    },
    "投入1180万元实施县社会福利院二期。": {"1180": {"measure": "investment"}},
    # what each new house has, and what a day brings
    "新建敬老院3所,每所新建院床位不少于90张、投资不少于160万元。": {
        "90": {"change": "level"}, "160": {"change": "level"},
    },
    "婚姻登记处平均每个工作日办理登记47对。": {"47": {"measure": "couples"}},
    # what came in and went out
    "培训护理员160人,新取证71人。": {"71": {"change": "added"}},
    "已建成老年食堂18家,年内再开4家,关了2家。": {"4": {"change": "added"}, "2": {"change": "removed"}},
    # short verbs of a difference
    "销售福彩1790万元,增17.3%。": {"17.3": {"change": "delta", "value": 17.3}},
    "办理离婚登记640对,同比-4.2%。": {"4.2": {"change": "delta", "value": -4.2}},
    "特困供养标准提至每人每月1180元,升6.5%。": {"6.5": {"change": "delta", "value": 6.5}},
    "低保对象11826人,比上年末减1307人。": {"1307": {"change": "delta", "value": -1307.0}},
    "办理结婚登记2106对,同比跌5.3%。": {"5.3": {"change": "delta", "value": -5.3}},
    "火化率33.4%,距目标还差6.6个百分点。": {"6.6": {"change": "delta", "value": 6.6}},
    # town and country
    "分城乡看,城市低保支出812万元。": {"812": {"residence": "urban"}},
    "9月发放城市低保金71万元,农村低保金305万元。累计发放3290万元。": {"3290": {"residence": "total"}},
    "【农村低保】12月末在册4206人。清退不符合条件对象163人。": {"163": {"residence": "rural"}},
}  # fmt: skip
OLD: Said = {
    "农村低保标准提高到1150元,五保集中供养提高到2900元。": {
        "1150": {"unit": "元/人/年"}, "2900": {"unit": "元/人/年"},
    },
}  # fmt: skip
READ = Understood.beside_others(SAID)
OLDER = Understood.beside_others(OLD, "某县民政局2010年工作总结")


def test_quantities():
    assert READ.wrong(SAID) == {}


def test_standards_of_the_old_scheme_are_told_by_the_year():
    assert OLDER.wrong(OLD) == {}
