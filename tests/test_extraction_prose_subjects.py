"""What prose counts where subjects lie close: words of many subjects, and those that officials use."""

from extraction_sentences import Understood

SAID = {
    # words that many subjects have are read by the one before them
    "公墓6处,接待祭扫群众4.1万人次。": {"4.1万": {"subject": "cemetery"}},
    "婚姻登记处设调解室2个,化解纠纷160件。": {
        "2": {"subject": "marriage_registration"},
        "160": {"subject": "marriage_registration"},
    },
    "设邻里调解室31个,化解纠纷160件。": {"31": {"subject": "consultation"}},
    "乡镇社工站走访困难群众5200户次。": {"5200": {"subject": "social_work_station"}},
    "走访困难群众5200户次。": {"5200": {"subject": "one_off_relief"}},
    "未成年人救助保护中心业务用房430平方米。": {"430": {"subject": "minor_protection"}},
    "检查公墓7处,清退违规收费2.3万元。": {"2.3万": {"subject": "inspection"}},
    "今年彩票公益金支持项目资金310万元。": {"310": {"subject": "welfare_lottery"}},
    # what officials call such things
    "建成敬老驿站18个、往生堂3座、老年餐厅12家、暖心灶9个。": {
        "18": {"subject": "village_elder_station"},
        "3": {"subject": "columbarium"},
        "12": {"subject": "meal_point"},
        "9": {"subject": "meal_point"},
    },
    "配备养老管家75名、探访责任人610名。": {
        "75": {"subject": "elder_home_service"},
        "610": {"subject": "elder_visit"},
    },
    "核查低保家庭经济状况1900户。": {"1900": {"subject": "assistance_process"}},
    "镇街长者饭桌27个,开设救助专窗14个。": {
        "27": {"subject": "meal_point"},
        "14": {"subject": "assistance_station"},
    },
}
READ = Understood.beside_others(SAID)


def test_numbers_count_what_their_prose_counts():
    assert READ.wrong(SAID) == {}
