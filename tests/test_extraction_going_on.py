"""Prose of answers, surveys and speeches: numbers that go on with those before, founding years, chosen
places, plans that a speaker leads to."""

from __future__ import annotations

from extraction_sentences import Said, Understood

SAID: Said = {
    # clauses that name no subject go on with the number before them
    "全县火化率达到73.6%。城关、横龙两镇分别为41%和38%。": {
        "41": {"subject": "cremation", "scope": "part"}, "38": {"subject": "cremation", "scope": "part"},
    },
    "护理员64人,与供养老人之比为1:7.5。": {
        "7.5": {"subject": "caregiver", "measure": "ratio", "unit": "人"},
    },
    "按1:200的比例配备社工。": {"200": {"subject": "social_worker", "measure": "ratio"}},
    "护理员40名,持证的17名;月薪多在2300元。": {"2300": {"subject": "caregiver"}},
    "举办业务培训班3期,培训110人。": {"110": {"subject": "training"}},
    "清退残疾人两项补贴63人,追回资金2.1万元。": {"2.1": {"subject": "disability_subsidies"}},
    "查处违规问题9起,其中党员干部4人。": {"4": {"subject": "inspection"}},
    "投资1200万元对4所敬老院进行改造,其中省级资金700万元、县财政500万元。": {
        "700": {"subject": "elder_institution", "measure": "investment"},
        "500": {"subject": "elder_institution", "measure": "investment"},
    },
    # the year in which a home was founded is none of its figures
    "县福利院2008年建成,占地30亩,现有床位260张。": {"30": {"year": 2023}, "260": {"year": 2023}},
    "殡仪馆始建于1987年,火化炉3台。": {"3": {"year": 2023, "status": "actual"}},
    "2018年建成敬老院3所,新增床位180张。": {"3": {"year": 2018}, "180": {"year": 2018}},
    # places that a survey chose, or where a share is least
    "走访了8个乡镇、21个村、6家敬老院。": {
        "8": {"subject": "admin_division", "scope": "part"}, "21": {"subject": "village", "scope": "part"},
        "6": {"subject": "elder_institution", "scope": "part"},
    },
    "深入全县14个乡镇宣讲56场。": {"14": {"scope": "region"}},
    "敬老院入住率43%,最低的枫田镇仅为9%。": {"43": {"scope": "region"}, "9": {"scope": "part"}},
    "三个镇共有敬老院5所。": {"三": {"subject": "admin_division"}},
    # a line of one town
    "◎枫田镇 发放棉被80床,走访困难群众120户。": {"80": {"scope": "part"}, "120": {"scope": "part"}},
    "◎各乡镇 新建幸福院12所。": {"12": {"scope": "region"}},
    # what each of a kind is given, and what so many get together
    "对验收合格的助餐点一次性给予5万元建设补助。": {"5": {"measure": "standard"}},
    "为46名孤儿一次性发放补助9.2万元。": {"9.2": {"measure": "expenditure"}},
    "发放2022年度退役士兵46人一次性经济补助110.4万元。": {
        "46": {"unit": "人", "year": 2023}, "110.4": {"year": 2023, "status": "actual"},
    },
    "通过比对清退低保对象31户。": {"31": {"change": "removed"}},
    "查看8家养老机构。": {"8": {"subject": "elder_institution"}},
}  # fmt: skip
READ = Understood.beside_others(SAID)
SPOKEN: Said = {
    "今年要重点抓好两件事。\n一要抓养老。建设老年食堂12个。\n二要抓救助。新增低保对象300户。": {
        "12": {"status": "target"}, "300": {"status": "target"},
    },
}  # fmt: skip
SPEECH = Understood.beside_others(SPOKEN, "在2023年全县民政工作推进会上的讲话")
PLANNED: Said = {
    "全县60岁以上老年人7.4万人,占18.9%,预计到2025年将突破9万人。": {
        "7.4": {"status": "actual", "year": 2020}, "18.9": {"status": "actual"}, "9万": {"status": "target"},
    },
}  # fmt: skip
PLAN = Understood.beside_others(PLANNED, "某县“十四五”民政事业发展规划", "面临形势")


def test_numbers_go_on_with_what_was_told_before():
    assert READ.wrong(SAID) == {}


def test_a_speaker_leads_to_plans():
    assert SPEECH.wrong(SPOKEN) == {}


def test_a_plan_finds_its_situation():
    assert PLAN.wrong(PLANNED) == {}
