"""What was paid, to whom and how it is measured, as offices tell it in passing (our own sentences)."""

from extraction_sentences import Understood


def of(subject, measure, **more):
    return {"subject": subject, "measure": measure, **more}


PAID = {
    # 当月 is the month of a sum, no rate
    "城镇低保540户,当月发放低保金386000元。": {"386000": of("dibao", "expenditure", unit="元")},
    "各镇供养标准月人均均为715元。": {"715": of("tekun", "standard", unit="元/人/月")},
    "城镇特困人员补助水平月人均1060元。": {"1060": of("tekun", "average")},
    "低保对象月人均补差同比分别提高40元和25元,达到350元和205元。": {
        "350": of("dibao", "average"),
        "205": of("dibao", "average"),
    },
    "一季度发放特困生活补贴金64万元。": {"64": of("tekun", "expenditure")},
    "端午前发放消费券18万元。": {"18": of("one_off_relief", "expenditure")},
}

COUNTED = {
    "现享受低保边缘救助83户190人。": {
        "83": of("dibao_borderline", "households"),
        "190": of("dibao_borderline", "persons"),
    },
    # a raise of their standard makes none more of those whom it was raised for
    "提高了补差标准 30 户、55 人,农村低保对象新增4户。": {
        "30": {"change": "level"},
        "55": {"change": "level"},
    },
    "低保标准由 680 元 / 人 / 月提高 为 705 元 / 人 / 月。": {"705": of("dibao", "standard", change="level")},
    "城市低保对象减少102户、224人。": {"102": {"change": "delta"}, "224": {"change": "delta"}},
    "全局在岗26人,离岗退养人员7人。": {"7": {"change": "level"}},
    "每10万人中有百岁老人8.4人。": {"8.4": of("elder_population", "ratio")},
    "新建6个村级儿童“关爱之家”。": {"6": of("child_home", "count", unit="个")},
    "依法取缔非法社会组织5起。": {"5": of("social_org_inspection", "cases")},
    "全县社区证明事项精简45%。": {"45": {"change": "delta", "value": -45}},
    "复核后85户130人低保对象退保。": {"85": {"change": "removed"}, "130": {"change": "removed"}},
    "2.6万城镇和农村低保对象按时领到低保金。": {"2.6": of("dibao", "persons", unit="人")},
    "当年死亡人数约为1.2万。": {"1.2": {"unit": "人"}},
    "民兵训练营报到80人。": {"80": {"subject": "other"}},
    "拨付居家养老服务(照料)中心补贴92万元。": {"92": of("day_care_center", "expenditure")},
    "供养标准相当于2022年度农村常住居民人均可支配收入的65%。": {"65": {"residence": "total"}},
}

PARTS = {
    "特困人员里领照料护理补贴一档(全失能)人数28人;二档(半失能)人数90人。": {
        "28": of("tekun_nursing", "persons"),
        "90": of("tekun_nursing", "persons"),
    },
    "注册志愿者540人,其中党员96人。": {"96": of("volunteer", "persons")},
    "换届产生村委会成员210名,其中中共党员130人,妇女62人。": {
        "130": of("village", "persons"),
        "62": of("village", "persons"),
    },
    "二、社会组织登记\n年末社会团体58家。其中:教育类14家,卫生类6家,法律服务类9家,其他3家。": {
        "9": of("social_group", "count"),
    },
}

TO_WHOM = {
    # whom something else is paid to count as its own
    "给730个低保户发放电价补贴4.4万元。": {"730": of("price_subsidy", "households", unit="户")},
    "对低保对象、特困人员1320人发放爱心消费券。": {"1320": of("one_off_relief", "persons")},
    "为56名特困人员发放供养金12万元。": {"56": of("tekun", "persons")},
    "为1100名低保对象发放低保金和价格补贴99万元。": {"1100": of("dibao", "persons")},
    "向低保家庭老年人150人、困境儿童32人、特困人员88人发放慰问金13.5万元。": {
        "150": of("one_off_relief", "persons"),
        "32": of("one_off_relief", "persons"),
        "88": of("one_off_relief", "persons"),
    },
    "为120名救济对象发放救济金9万元;为65名住院病人,发放医疗救助金48万元。": {
        "65": of("medical_assistance", "persons")
    },
    "为312名低保对象发放临时救助金21万元。": {"312": of("temporary_assistance", "persons")},
    # what was spent and whom it helped is of no meeting that the sentence opens with
    "召开救助工作推进会,截至8月底,全县共支出680万元、救助5400人次。": {
        "680": of("hardship_household", "expenditure"),
        "5400": of("hardship_household", "person_times"),
    },
    "高龄津贴全覆盖,百岁老人14人每人每月500元。": {"14": of("old_age_allowance", "persons")},
    # houses and rooms of a rebuilding
    "灾后倒房重建310间,其中低保户18户、40间,特困户6户。": {
        "18": of("disaster_relief", "households"),
        "40": of("disaster_relief", "count"),
        "6": of("tekun", "households"),
    },
    "入户主动发现并帮扶困难家庭260户。": {"260": of("hardship_household", "households")},
    "全县14名百岁老人享受津贴。": {"14": of("old_age_allowance", "persons")},
    "低保对象120户。经核对,救助符合条件的人员35户。": {"35": of("hardship_household", "households")},
    "低保对象住院医疗救助140人次,发放救助金52万元。": {"52": of("medical_assistance", "expenditure")},
    "前三季度拨付社会救助金930万元。": {"930": of("hardship_household", "expenditure")},
    "在册特困人员190人,其中敬老院集中供养64人。": {"64": of("tekun", "persons")},
    "汛后发放灾后临时生活救助35万元。": {"35": of("disaster_relief", "expenditure")},
    "低保对象A类特困每人每月补差320元。": {"320": of("dibao", "standard")},
    # what was done by means of a benefit is not of it
    "以低保、医疗救助为重点,帮助困难群众3.4万人次,发放救助金2100万元。": {
        "3.4": of("hardship_household", "person_times"),
        "2100": of("hardship_household", "expenditure"),
    },
}

READ = Understood.beside_others(PAID | COUNTED | PARTS | TO_WHOM)


def test_what_was_paid():
    assert READ.wrong(PAID) == {}


def test_who_and_what_was_counted():
    assert READ.wrong(COUNTED) == {}


def test_parts_of_those_counted():
    assert READ.wrong(PARTS) == {}


def test_to_whom_it_was_given():
    assert READ.wrong(TO_WHOM) == {}
