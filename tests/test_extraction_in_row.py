"""Rows of numbers that answer a row of names: whose each is, what it is paid by, whether it is a change."""

from extraction_sentences import Said, Understood

SAID: Said = {
    # each of a row is of the group at its place, with 分别 or without
    "孤儿集中、分散养育标准每人每月1350元、950元。": {
        "1350": {"subgroup": "集中养育"}, "950": {"subgroup": "社会散居"},
    },
    "高龄津贴80周岁、90周岁、100周岁分别为每月50元、110元、320元。": {
        "50": {"subgroup": "80周岁"}, "110": {"subgroup": "90周岁"}, "320": {"subgroup": "100周岁"},
    },
    "特困人员护理标准全自理、半护理、全护理分别为130元、460元、990元/人/月。": {
        "130": {"subgroup": "全自理", "unit": "元/人/月"}, "460": {"subgroup": "半护理", "unit": "元/人/月"},
        "990": {"subgroup": "全护理", "unit": "元/人/月"},
    },
    "特困人员按自理能力分:全自理1021人、半自理412人、不能自理173人。": {
        "1021": {"subgroup": "全自理"}, "412": {"subgroup": "半自理"}, "173": {"subgroup": "不能自理"},
    },
    "散居孤儿每人每月1180元、机构每人每月1720元。": {
        "1180": {"subgroup": "社会散居"}, "1720": {"subgroup": "集中养育"},
    },
    "留守儿童0-6岁612名、7-13岁1320名。": {"612": {"subgroup": "0-6岁"}, "1320": {"subgroup": "7-13岁"}},
    # what brackets hold is said of no number behind them; what those of an age get is set
    "发放高龄补贴(80-89岁60元、90-99岁120元、100岁以上350元)5230人。": {
        "60": {"subgroup": "80-89岁", "measure": "standard"}, "5230": {"subgroup": None},
    },
    # rates of a row and of a raise
    "城市、农村低保标准分别由每人每月560元、每人每年3800元提高到615元、4400元。": {
        "615": {"unit": "元/人/月"}, "4400": {"unit": "元/人/年"},
    },
    "义务兵优待金由每户每年9600元提高到1.3万元。": {"1.3": {"unit": "元/户/年", "measure": "standard"}},
    # what was spent on a station is no rate of others
    "临时救助支出120万元、人均1200元。": {"120": {"measure": "expenditure"}},
    # changes through the row, by their sign, by the speed of growth
    "社会团体、民办非企业单位、基金会分别有218家、340家、7家,分别比上年减少6家、22家、9家。": {
        "6": {"change": "delta", "value": -6}, "22": {"change": "delta", "value": -22},
        "9": {"change": "delta", "value": -9, "subject": "foundation"},
    },
    "结婚、离婚登记分别为5120对、2013对,同比分别-6.2%、+3.1%。": {
        "6.2": {"change": "delta", "value": -6.2}, "3.1": {"change": "delta", "subject": "divorce"},
    },
    "近五年老年人口平均每年以1.6万人的速度递增。": {"1.6": {"change": "delta"}},
    "火化率61.2%,较上年底低0.3个百分点。": {"0.3": {"change": "delta", "value": -0.3}},
    "城市低保标准每月700元,比省定最低标准高65元。": {"65": {"change": "delta"}},
    # what last year was, beside how far this one is from it
    "低保对象7860人,较上年7412人净增448人。": {
        "7412": {"status": "prior", "year": 2022}, "448": {"change": "delta"},
    },
    # what is left of a sum is of no part
    "发放各类救助金1.36亿元,其中:低保8890万元,特困2120万元,临时救助610万元,其他1980万元。": {
        "610": {"subject": "temporary_assistance"}, "1980": {"subject": "civil_affairs_total"},
    },
    # those who were elected, down a row of their traits
    "当选村委会成员1162人,其中女性298人,占25.6%;党员804人,占69.2%;"
    "平均年龄43.6岁,大专以上学历187人,连选连任731人。": {
        "69.2": {"subject": "village"}, "43.6": {"subject": "village"}, "187": {"subject": "village"},
        "731": {"subject": "village"},
    },
    # villages that lack something, children counted with 个, roofs that bound nothing
    "敬老院维修缺口1200万元。全市尚有23个村未建公益性公墓。": {"23": {"subject": "village"}},
    "儿童福利院有11个孩子考上大学。": {"11": {"measure": "persons", "unit": "人"}},
    "至10月底,敬老院3所封顶。": {"3": {"comparator": "="}},
}  # fmt: skip

READ = Understood.beside_others(SAID)


def test_each_of_a_row_is_read_as_what_stands_at_its_place():
    assert READ.wrong(SAID) == {}
