"""What is read of a sentence stays the same where it is written otherwise with the same meaning."""

import pytest
from extraction_sentences import Understood

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants import variations, vary
from pipeline.tools.vary_texts import FOLDED

ANEW = ("full_width", "in_yuan", "in_wan", "thousands")  # write numbers otherwise

SAME = {
    "words of a subject": (
        "低保边缘家庭320户，临时救助资金86万元",
        ("最低生活保障边缘家庭320户，临时性救助资金86万元", "低保边缘对象320户，临时救助经费86万元"),
    ),
    "whom any aid helps": (
        "全县共有农村低保412户763人，退出21户48人",
        ("全县共有农村低保412户困难家庭763人，退出21户困难家庭48人",),
    ),
    "shares": (
        "护理型床位占比由37%升至56.3%，集中供养率不低于60%",
        (
            "护理型床位占比由百分之37升至百分之56.3，集中供养率不低于百分之60",
            "护理型床位占比由百分之三十七升至百分之五十六点三，集中供养率不低于百分之六十",
        ),
    ),
    "growth in turn": (
        "城市、农村低保标准较上年分别提高6.3%和5.5%",
        (
            "城市、农村低保标准较上年分别提高百分之6.3和百分之5.5",
            "城市、农村低保标准较上年分别提高6.3%以及5.5%",
        ),
    ),
    "years": (
        "全年办理结婚登记3280对，比2022年的3510对下降6.6%，截至2023年11月底存量房源12套",
        ("全年办理结婚登记3280对，比二〇二二年的3510对下降6.6%，截至二〇二三年十一月底存量房源12套",),
    ),
    "ends of years": (
        "护理型床位占比由2020年底的38.2%提高到58.6%，比2021年末多2.1个百分点",
        ("护理型床位占比由2020年年底的38.2%提高到58.6%，比2021年年末多2.1个百分点",),
    ),
    "lines that go on": (
        "截至2023年9月底，全县有养老机构32家，其中公办20家；农村幸福院42所；助餐点86个",
        ("截至2023年9月底，全县有养老机构32家，其中公办20家；\n农村幸福院42所；\n助餐点86个",),
    ),
    "what was built": (
        "新建城市社区日间照料中心4个、农村幸福院30所",
        ("新建设城市社区日间照料中心4个、农村幸福院30所", "新建成城市社区日间照料中心4个、农村幸福院30所"),
    ),
    "heads of lines": (
        "助餐服务。2021年以来累计建成助餐点97个，全县60岁以上老人享受助餐补贴3200人",
        (
            "【助餐服务】2021年以来累计建成助餐点97个，全县60岁以上老人享受助餐补贴3200人",
            "（一）助餐服务　2021年以来累计建成助餐点97个，全县60岁以上老人享受助餐补贴3200人",
            "1.助餐服务——2021年以来累计建成助餐点97个，全县60岁以上老人享受助餐补贴3200人",
        ),
    ),
    "blanks": (
        "护理补贴一级133元，二级108元；城市低保标准由每人每月680元提高到736元，入户核查，清退87户152人。",
        (
            "护理补贴一级 133 元，二级 108 元；城市低保标准由每人每月 680 元提高到 736 元，"
            "入户核查，清退 87 户 152 人。",
        ),
    ),
}
FIELDS = (
    "value", "unit", "subject", "measure", "change", "residence", "status", "comparator", "scope", "year",
    "period_start", "period_end",
)  # fmt: skip
READ = Understood.beside_others([text for plain, others in SAME.values() for text in (plain, *others)])


def rows(text: str) -> list[tuple]:
    found = READ.observations.filter(document_id=READ.places[text]).sort("span_start")
    return found.select(FIELDS).rows()


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_read_the_same(name):
    plain, others = SAME[name]
    assert len(rows(plain)) >= 2
    for other in others:
        assert rows(other) == rows(plain)


def test_labels_stay_with_their_numbers():
    text = "一、救助。全县有低保对象320户，发放低保金86万元，由每人每月640元提高到700元。"
    numbers = ("320", "86", "640", "700")
    labels = [
        {"start": text.index(n), "end": text.index(n) + len(n), "nth": n, "kind": "date"} for n in numbers
    ]
    labelled = Labelled("own", text.translate(FOLDED), labels)
    changed = {name: vary(labelled, name) for name in variations()}
    changed = {name: new for name, new in changed.items() if new.text != labelled.text}
    assert len(changed) > 10
    for name, new in changed.items():
        written = [new.text[g["start"] : g["end"]] for g in new.labels]
        assert name in ANEW or written == [g["nth"] for g in new.labels], name
