"""Numbers of lists and pairs: kinds of what was counted, purposes of money, traits, two that answer two."""

from extraction_sentences import Said, Understood

SAID: Said = {
    # kinds of the organisations that were counted before them
    "社会团体268个,其中:文体类61个、社会工作类84个、养老机构类15个、其他12个。": {
        "84": {"subject": "social_group"}, "15": {"subject": "social_group"},
        "12": {"subject": "social_group"},
    },
    # purposes of money
    "下达殡葬改革经费33万元;档案整理项目4万元;村级公益性公墓建设补助90万元。": {
        "4": {"subject": "other"}, "90": {"subject": "cemetery"},
    },
    "下达临时救助资金310万元;救助困难群众4021人次。": {"4021": {"subject": "temporary_assistance"}},
    # two numbers right behind two subjects
    "发放低保和特困供养资金640万元和270万元。": {
        "640": {"subject": "dibao"}, "270": {"subject": "tekun"},
    },
    "困难残疾人生活补贴和重度残疾人护理补贴由70元和75元提高到85元和95元。": {
        "70": {"subject": "disability_living_subsidy"}, "75": {"subject": "disability_nursing_subsidy"},
        "85": {"subject": "disability_living_subsidy"}, "95": {"subject": "disability_nursing_subsidy"},
    },
    "城市低保和特困人员共630人和42户。": {"630": {"subject": "dibao"}},
    # the share of an aim is told of what was counted before it
    "居家养老服务老人1860人。已完成年度任务的93%。": {"93": {"subject": "elder_home_service"}},
    # traits of people who were counted before
    "换届选出村干部914名,其中大专以上412人,党员371人,妇女209人。返乡人员88人。": {
        "371": {"subject": "village"}, "209": {"subject": "village"}, "88": {"subject": "village"},
    },
    # what an audit found
    "养老机构专项审计查出问题84个,移交问题线索5件。": {
        "84": {"subject": "inspection"}, "5": {"subject": "inspection"},
    },
    "审计了社会福利院5家、救助管理站3家、公墓6个。": {
        "5": {"subject": "inspection"}, "3": {"subject": "inspection"}, "6": {"subject": "inspection"},
    },
    # the first of three benefits; counties that all do something; families
    "安排低保、特困供养、临时救助资金760万元。": {"760": {"subject": "dibao"}},
    "全州11县市均建成儿童福利机构。": {"11": {"subject": "admin_division"}},
    "为85个特困残疾老人家庭改造居室。": {"85": {"measure": "households", "unit": "户"}},
    # people of an age, whatever is to become of their number
    "到2030年,70岁以上老年人数将突破8.4万人。": {"8.4": {"subject": "elder_population"}},
    # places of what was added; households and their members came together
    "新建助餐点11个,其中石坝乡5个,青岗镇4个,红崖镇2个。": {
        "5": {"change": "added"}, "4": {"change": "added"}, "2": {"change": "added", "scope": "part"},
    },
    "特困供养扩面310户586人。": {"310": {"change": "added"}, "586": {"change": "added"}},
    # the time of a rate that each person's amount leaves out
    "城市低保月人均补差由每人160元增加到290元。": {"290": {"unit": "元/人/月", "measure": "average"}},
    "特困人员年供养标准再提高,每人由2100元提高到3300元。": {"3300": {"unit": "元/人/年"}},
    "孤儿61名,生活费月1190元。": {"1190": {"unit": "元/月", "measure": "standard"}},
    # all who live in an area, and one family
    "全县辖27个行政村、96个居民小组,共3.1万户12.4万人。": {
        "96": {"subject": "community"}, "3.1": {"subject": "other"}, "12.4": {"subject": "other"},
    },
    "李某全家4口人,治病花去11万元,给予临时救助6000元。": {
        "4": {"subject": "other"}, "11": {"subject": "other"}, "6000": {"subject": "temporary_assistance"},
    },
    # money of what the people behind it got
    "发放救灾款260万元。下拨资金190万元,资助了512名孤儿。": {
        "260": {"subject": "disaster_relief"}, "190": {"subject": "orphan"},
    },
    # town and country of a list
    "撤村建居后,有城市社区46个、农村社区39个,社区干部402名。": {
        "46": {"residence": "urban"}, "39": {"residence": "rural"}, "402": {"residence": "total"},
    },
    "城乡低保标准从每人每月500元、250元统一到650元,分别增长30%、160%。": {
        "30": {"residence": "urban"}, "160": {"residence": "rural"},
    },
    "城市低保对象和资金分别增长51%、62%,农村低保对象和资金分别增长73%、84%。": {
        "51": {"residence": "urban"}, "73": {"residence": "rural"}, "84": {"residence": "rural"},
    },
    "农村留守儿童2310人;随祖辈生活176人,住校31人。": {
        "176": {"residence": "rural"}, "31": {"residence": "rural"},
    },
    "发放农村低保金940万元,其中,取暖补贴71万元,物价补贴12万元。": {
        "71": {"residence": "rural"}, "12": {"residence": "rural"},
    },
    "农村幸福院:23个点位挂牌。": {"23": {"subject": "village_elder_station"}},
}  # fmt: skip
READ = Understood.beside_others(SAID)


def test_numbers_of_lists_and_pairs():
    assert READ.wrong(SAID) == {}
