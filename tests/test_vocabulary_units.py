"""Units: what each measures, and that nothing in a unit of its own is taken for a count of things."""

from extraction_sentences import Understood

SAID = {
    "收到港澳乡亲捐赠135万港元。": {"135": {"unit": "港元", "measure": "expenditure", "subject": "donation"}},
    "海外侨胞捐赠善款折合美元46万元。": {"46": {"unit": "美元", "measure": "expenditure"}},
    "全年接受捐赠大米37吨、食用油820公斤。": {
        "37": {"unit": "吨", "measure": "count"},
        "820": {"unit": "公斤", "measure": "count"},
    },
    "完成县级界线联检213公里。": {"213": {"unit": "公里", "measure": "count", "subject": "boundary"}},
    "社会组织等级评估平均得分87.5分。": {"87.5": {"unit": "分", "measure": "count"}},
    "殡仪馆全年节电19万千瓦时。": {"19": {"unit": "千瓦时", "measure": "quantity"}},
    "慈善总会募集图书5230册。": {"5230": {"unit": "册", "measure": "count"}},
    "新征墓地3.5公顷,复绿荒山0.2平方公里。": {
        "3.5": {"value": 3.5, "unit": "公顷", "measure": "floor_area"},
        "0.2": {"value": 0.2, "unit": "平方公里"},
    },
    "寒潮期间向露宿人员发放棉被315床、毛毯126件、方便食品940份、御寒物品208件。": {
        "126": {"unit": "个", "measure": "count"},
        "940": {"unit": "个", "measure": "count"},
        "208": {"unit": "个", "measure": "count"},
    },
    "印发政策明白纸6200份,办理老年优待证733本。": {
        "6200": {"unit": "个", "measure": "count"},
        "733": {"unit": "个"},
    },
    "婚姻登记处出具档案证明284份。": {"284": {"unit": "件", "measure": "cases"}},
}


READ = Understood.beside_others(SAID)


def test_sums_in_other_currencies_weights_and_lengths_are_no_count_of_things():
    assert READ.wrong(SAID) == {}
    assert not READ.observations["flags"].list.contains("unit_without_class").any()
