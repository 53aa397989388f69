"""Reports of whole governments, in which civil affairs is one line among many (sentences are our own)."""

from extraction_sentences import Understood

TEXT = (
    "地区生产总值达320亿元,规模以上工业增加值增长7.1%,一般公共预算收入21亿元。"
    "发放残疾人两项补贴1.2亿元。新增挂牌交易金额46亿元。"
    "高新技术企业达到86家,专精特新企业12家。开展技能培训5万人次。实施重点项目640个。"
    "新建高标准农田12万亩,粮食总产量31万吨。惠及学前儿童3.2万名。"
    "社区长者食堂达到57家,养老机构护理型床位占比达61%。空气质量优良天数310天。"
)


READ = Understood.beside_others([TEXT], "某市2024年政府工作报告", "过去一年工作")


def test_only_what_names_its_subject_is_of_civil_affairs():
    said = {
        "320": {"subject": "other"},
        "1.2": {"subject": "disability_subsidies"},
        "46亿": {"subject": "other"},  # nothing is carried over from the subsidies
        "5万": {"subject": "other"},  # training that is not the bureau's
        "640": {"subject": "other"},
        "3.2": {"subject": "other"},
        "57": {"subject": "meal_point"},
        "61": {"subject": "nursing_bed"},
        "310": {"subject": "other"},
    }
    assert READ.wrong({TEXT: said}) == {}


def test_what_is_outside_the_vocabulary_is_never_sure():
    assert READ.row(TEXT, "320")["confidence"] < 0.7 < READ.row(TEXT, "57")["confidence"]
