"""What prose counts where subjects lie close: lists, what each of several places gets, words of many."""

from extraction_sentences import Understood

SAID = {
    # what a sum includes is not what it is of, and opens no parts of it
    "累计支出民政资金7679万元,其中特困供养383万元,社会福利(含高龄津贴、孤儿养育)892万元,医疗救助250万元,"
    "福彩公益金234万元。": {
        "892": {"subject": "civil_affairs_total"},
        "250": {"subject": "medical_assistance"},
        "234": {"subject": "civil_affairs_total"},
    },
    "城市低保(不含价格补贴)280万元,特困供养(含丧葬费)312万元。": {
        "280": {"subject": "dibao"},
        "312": {"subject": "tekun"},
    },
    # what was paid, of which nothing is said, was paid to those counted right before it
    "低保资金支出4120万元。分散供养特困人员612人;全年支出498万元,人均每月678元。": {
        "498": {"subject": "tekun"},
        "678": {"subject": "tekun"},
    },
    # places whose number changes are counted, however vague their word is
    "行政村减少到218个,社区由56个增至61个。": {
        "218": {"subject": "village"},
        "56": {"subject": "community", "status": "prior"},
        "61": {"subject": "community", "status": "actual"},
    },
    # where people are brought to is not what is counted
    "特困老人45名搬迁至县中心敬老院。": {"45": {"subject": "tekun"}},
    "养老机构消防改造完成42家,5家仍在整改。": {"5": {"subject": "elder_institution"}},
    # older people who live alone are a part of the population, but those of the visits where visits are told
    "全县独居老年人4120人。": {"4120": {"subject": "elder_population"}},
    "开展探访关爱。全县独居老年人4120人。": {"4120": {"subject": "elder_visit"}},
    "建儿童之家9个,每个补贴2万元。": {"2": {"subject": "child_home", "measure": "standard"}},
    # labels of an appraisal name nothing
    "发放低保金312万元;质量指标:发放准确率99%(目标98%)。": {
        "99": {"subject": "dibao"},
        "98": {"subject": "dibao", "status": "target"},
    },
    "依申请公开:收到申请9件,结转下年度2件;废止规范性文件3件。": {
        "9": {"subject": "publicity"},
        "2": {"subject": "publicity", "status": "actual"},
        "3": {"subject": "publicity", "change": "removed"},
    },
    # what officials of other provinces call such things
    "购票返乡312人次,孤老孤残45人,准低保户22户,“小候鸟”驿站8个,养老实训基地6个。": {
        "312": {"subject": "vagrant_assistance"},
        "45": {"subject": "tekun"},
        "22": {"subject": "dibao_borderline"},
        "8": {"subject": "child_home"},
        "6": {"subject": "caregiver"},
    },
    # how couples were registered is no subject of its own, but behind both kinds it is of both
    "全年办理结婚登记1960对,其中跨省通办143对。": {"143": {"subject": "marriage", "measure": "couples"}},
    "办理结婚登记1960对、离婚登记720对,其中跨省通办143对。": {"143": {"subject": "marriage_registration"}},
    # places that are set up are ends of no names, streets named 路街道 no signs
    "撤并行政村31个,新设社区9个。": {"9": {"subject": "community", "change": "added"}},
    "建成助餐点15个,其中人民路街道5个。": {"5": {"subject": "meal_point"}},
    # what each place gets is of what is given to all
    "下拨临时救助备用金150万元,其中13个乡镇各8万元,2个城市社区管委会各23万元。": {
        "8": {"subject": "temporary_assistance"},
        "23": {"subject": "temporary_assistance"},
    },
    # niches are those of the columbarium, people those of the house whose beds are counted
    "建成镇级公墓2处、骨灰堂19处,可安放2.4万格,已使用7300格。": {
        "2.4万": {"subject": "columbarium", "measure": "capacity"},
        "7300": {"subject": "columbarium"},
    },
    "乡镇敬老院设床位260张,护理型150张,目前入住118人。": {
        "150": {"subject": "nursing_bed"},
        "118": {"subject": "elder_institution", "measure": "persons"},
    },
    "日间照料中心14个,社会化运营11个,托养老人96名。": {"96": {"subject": "day_care_center"}},
    # kinds of places in a list of what was named
    "命名道路21条、小区13个、桥梁4座。": {"13": {"subject": "place_name"}, "4": {"subject": "place_name"}},
    # areas for dementia care are no beds
    "设认知障碍照护专区5个、床位90张。": {
        "5": {"subject": "dementia_bed", "measure": "count", "unit": "个"},
        "90": {"subject": "dementia_bed", "measure": "beds"},
    },
    # points of an appraisal are of none of what it is about
    "农村公益性公墓计划建16座,完工14座,扣2分。": {"14": {"subject": "cemetery"}, "2": {"subject": "other"}},
    # how many have all of something counts them
    "实现乡镇社工站26个全覆盖。": {"26": {"subject": "social_work_station", "measure": "count"}},
    # words that many subjects have are read by the one before them, over what counts nothing
    "公墓6处,接待祭扫群众4.1万人次。": {"4.1万": {"subject": "cemetery"}},
    "婚姻登记处设调解室2个,化解纠纷160件。": {
        "2": {"subject": "marriage_registration"},
        "160": {"subject": "marriage_registration"},
    },
    "设邻里调解室31个,化解纠纷160件。": {"31": {"subject": "consultation"}},
    "注册志愿者5.1万人,占常住人口12.2%,发布项目1700个。": {"1700": {"subject": "volunteer"}},
    "乡镇社工站走访困难群众5200户次。": {"5200": {"subject": "social_work_station"}},
    "走访困难群众5200户次。": {"5200": {"subject": "one_off_relief"}},
    "未成年人救助保护中心业务用房430平方米。": {"430": {"subject": "minor_protection"}},
    "检查公墓7处,清退违规收费2.3万元。": {"2.3万": {"subject": "inspection"}},
    "今年彩票公益金支持项目资金310万元。": {"310": {"subject": "welfare_lottery"}},
    # people of two trades are each of their own, elders are no children, shares of them are of the trade
    "全县有专业社工280人,养老护理员190人。": {
        "280": {"subject": "social_worker"},
        "190": {"subject": "caregiver"},
    },
    "社会工作者210人,持证率51%。": {"51": {"subject": "social_worker"}},
    "孤儿74人、空巢老人1160人。": {"74": {"subject": "orphan"}, "1160": {"subject": "elder_population"}},
    "驻站社工31名,入户探访留守老人2.2万人次。": {"2.2万": {"subject": "elder_visit"}},
    # what towns lack is not counted; nor are the posts of a bureau those of what was told before
    "全县84个乡镇中还有13个没有专职社工。": {"13": {"subject": "admin_division", "unit": "个"}},
    "19个乡镇和240个村配齐儿童主任。": {"240": {"subject": "village", "unit": "个"}},
    "发放低保金310万元。二是局机关在编16人,实有13人。": {
        "16": {"subject": "reform_work"},
        "13": {"subject": "reform_work"},
    },
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
    "开展救助巡查46次、返乡护送9次。": {
        "46": {"subject": "vagrant_assistance"},
        "9": {"subject": "vagrant_assistance"},
    },
    "配备民生协理员130名、护童员42名。": {
        "130": {"subject": "assistance_process"},
        "42": {"subject": "child_director"},
    },
    "发放百岁津贴21万元、海葬奖补6万元。": {
        "21": {"subject": "old_age_allowance"},
        "6": {"subject": "funeral_benefit"},
    },
    # people of an age who are paid behind an allowance, offices of a bureau, who was punished
    "为90岁以上老人2130人发放高龄津贴178万元,百岁老人6人,每人每月200元。": {
        "2130": {"subject": "old_age_allowance"},
        "6": {"subject": "old_age_allowance"},
    },
    "县民政局下辖救助管理站、社会福利院等直属单位5个。": {"5": {"subject": "reform_work"}},
    "去年低保专项整治中查处村干部7人。": {"7": {"subject": "inspection"}},
    # what a benefit cost, what was given to others to run, what a town may grant
    "临时救助花了1260万元。": {"1260": {"subject": "temporary_assistance"}},
    "建成日间照料中心18个,其中11个移交给社会组织运营。": {"11": {"subject": "day_care_center"}},
    "临时救助金额小的,乡镇可直接审批800元以内的救助。": {"800": {"measure": "standard"}},
    "县公墓墓穴价格由原来的3100元降到1500元。": {
        "3100": {"measure": "standard"},
        "1500": {"measure": "standard"},
    },
    "敬老院8所,入住特困老人310人,空置率达47.5%。": {"47.5": {"subject": "elder_institution"}},
    "暴雨致小麦倒伏2.6万亩。": {"2.6": {"subject": "disaster_relief"}},
    "孤儿82人,事实无人抚养儿童260人,上半年两项共支出196万元。": {
        "196": {"subject": "orphan_and_unattended"},
    },
    # homes entered, those punished for a grave, what was paid of a grant, money for works
    "全年开展低保专项抽查9次,入户217户。": {"217": {"subject": "inspection"}},
    "查处干部违规建墓3起,处理5人。": {"5": {"subject": "inspection"}},
    "选择树葬、海葬的奖补2600元,目前已兑现58户8.4万元。": {
        "58": {"subject": "funeral_benefit"},
        "8.4": {"subject": "funeral_benefit"},
    },
    "安装尾气处理设备2套;公益性公墓建设860万元。": {
        "860": {"subject": "cemetery", "measure": "investment"},
    },
    # one noun for two places, items done, who was visited
    "投入福彩公益金260万元,对庙首镇4所、白地镇3所敬老院开展消防改造。": {
        "4": {"subject": "elder_institution"},
        "3": {"subject": "elder_institution"},
    },
    "规划确定的18项指标完成17项。": {"17": {"subject": "reform_work"}},
    "志愿者探访独居老人2600人次。": {"2600": {"subject": "elder_visit"}},
    "镇街长者饭桌27个,开设救助专窗14个。": {
        "27": {"subject": "meal_point"},
        "14": {"subject": "assistance_station"},
    },
}
NOT = {
    # what is said of an aim is no count, a name stays a name
    "推进3个全覆盖。建成助餐点8个。": {"8": {"subject": "meal_point"}},
    "化解社区矛盾纠纷170件。": {"170": {"subject": "consultation"}},
}

READ = Understood.beside_others([*SAID, *NOT])


def test_numbers_count_what_their_prose_counts():
    assert READ.wrong(SAID) == {}


def test_aims_and_neighbours_are_no_counts_of_theirs():
    assert READ.wrong(NOT) == {}
    read = READ.observations
    assert read.filter((read["value"] == 3) & read["quote"].str.contains("个全覆盖")).is_empty()
