"""How far what is said of time, plans and places goes, and where it ends (our own sentences; on 2023)."""

from datetime import date

from extraction_sentences import Understood


def said(start=None, end=None, **more):
    return {"period_start": start, "period_end": end, **more}


MONTHS = {
    # months set off by a comma open an item and hold on in it, until other months are named
    "1-11月,救助流浪人员1386人次。送医119人次;支付医疗费28.6万元。全年劝返学生46人次。发放寒衣268件。": {
        "119": said(date(2023, 1, 1), date(2023, 11, 30)),
        "28.6": said(date(2023, 1, 1), date(2023, 11, 30)),
        "46": said(date(2023, 1, 1), date(2023, 12, 31)),
        "268": said(),
    },
    "1-11月共救助流浪人员1387人次。送医救治129人次。": {"129": said()},
    # a deadline is no part of a year's quarters
    "2023年前三季度发放低保金812.5万元。": {"812.5": said(date(2023, 1, 1), date(2023, 9, 30))},
    # what a project costs from beginning to end is of no month, nor is what is built of the one it began in
    "总投资2316万元的新火化车间3月份动工,安装火化炉4台。": {"2316": said(), "4": said()},
    "全年预计火化遗体980具(截至11月30日已火化901具),火化率保持100%。": {
        "901": said(date(2023, 1, 1), date(2023, 11, 30)), "100%": said(),
    },
    "自“十四五”以来,全县新建敬老院6所。": {"6": said(date(2021, 1, 1), date(2023, 12, 31), year=2023)},
    "四季度走访困难群众312户;2024年投入资金260万元改造敬老院。": {"260": said(year=2024)},
}  # fmt: skip
YEARS = {
    "近五年,城市低保标准从每人每月444元增长到605元。": {"444": {"year": 2018, "status": "prior"}},
    "城市低保标准由2015年的380元提高到560元;农村低保标准由220元提高到360元。": {
        "220": {"year": 2015, "status": "prior"}, "360": {"year": 2023},
    },
    "与2016年首次摸底时的1862人相比,减少717人。": {
        "1862": {"year": 2016, "status": "prior"}, "717": {"year": 2023, "change": "delta"},
    },
    "在2022年改造敬老院3所的基础上,再改造敬老院5所。": {"3": {"year": 2022}, "5": {"year": 2023}},
    "去年以来,排查安全隐患143处。": {"143": {"year": 2023}},
    "接收2022年冬季退役士兵36名。": {"36": {"year": 2023}},
    "2021年和2022年火化率分别为96.2%和98.1%。": {"96.2": {"year": 2021}, "98.1": {"year": 2022}},
}  # fmt: skip
PLANNED = {
    # what is done of a plan tells of results, and so does what is listed behind it
    "计划建设养老服务中心7个,建成7个;新增床位156张。": {
        "7个,": {"status": "target"}, "156": {"status": "actual"},
    },
    "市政府把新建老年食堂30个列入民生实事。": {"30": {"status": "target"}},
    "年初目标为保障低保对象不少于3400人。": {"3400": {"status": "target"}},
    "完成民政部下达的任务数290户。": {"290": {"status": "target"}},
    "下半年要做好以下工作:一是低保扩面310人。": {"310": {"status": "target"}},
    "2024年,我局将抓好三项工作。一是新建助餐点12个。": {"12": {"status": "target", "year": 2024}},
    "2024年重点抓好以下工作:\n(一)新建地宫式骨灰堂2处。": {"2处": {"status": "target", "year": 2024}},
    # words that hold one of a plan and plan nothing
    "“老伙伴”计划结对老人214名。": {"214": {"status": "actual"}},
    "火化遗体986具,与上年1012具相比略有减少。": {"1012": {"status": "prior"}},
    "办理结婚登记510对、离婚登记163对,比2022年的568对、151对一降一升。": {"151": {"status": "prior"}},
}  # fmt: skip
WHOSE = {
    "县社会福利中心二期竣工,新增床位180张,其中护理型120张。": {
        "180": {"scope": "part"}, "120": {"scope": "part"},
    },
    "新建街道养老服务中心9个。": {"9": {"scope": "region"}},
    "城市低保312人,农村低保2310人,发放资金2100万元。": {"2100": {"residence": "total"}},
    "对新建养老机构按每张床位1.2万元给予补助。": {"1.2": {"change": "level"}},
    "照护床位增加150张,结婚登记量下滑8.6%。": {"150": {"change": "added"}, "8.6": {"change": "delta"}},
}  # fmt: skip

READ = Understood.beside_others(MONTHS | YEARS | PLANNED | WHOSE)
IN_A_PLAN = Understood.beside_others(
    {"目前全县共有敬老院19所,今年拟撤并2所。": {}}, "某县民政局2023年工作要点"
)


def test_months_hold_as_far_as_their_writer_means_them():
    assert READ.wrong(MONTHS) == {}


def test_a_year_dates_what_it_is_said_of():
    assert READ.wrong(YEARS) == {}


def test_what_is_planned_and_what_is_done_of_it():
    assert READ.wrong(PLANNED) == {}


def test_whose_value_it_is_and_whether_it_is_new():
    assert READ.wrong(WHOSE) == {}


def test_what_there_is_already_stands_in_a_plan_too():
    said = {"19": {"status": "actual"}, "2所": {"status": "target"}}
    assert IN_A_PLAN.wrong({"目前全县共有敬老院19所,今年拟撤并2所。": said}) == {}
