"""Reached, planned or earlier, and of which part: how far the words that say it reach (our own sentences)."""

from extraction_sentences import Understood


def is_(status, **more):
    return {"status": status, **more}


STATUS = {
    # a line below what a list plans says how much of it is done, whatever verb it has
    "1.帮助80个残疾人家庭实施无障碍改造\n目前完成改造65个。": {"80": is_("target"), "65": is_("actual")},
    "20个未成年人保护站已挂牌18个。": {"20": is_("target"), "18": is_("actual")},
    "发现隐患58处,已整改55处。": {"58": is_("actual")},
    # what is to come goes on behind comma and semicolon, until something is done
    "今年我县将新增助餐点21个,改造困难家庭居室35户;新增护理床位80张。": {
        "21": is_("target"), "35": is_("target"), "80": is_("target"),
    },
    "今年计划改造住房2000户,截至9月底已完成2156户,完成率107.8%。": {
        "2000": is_("target"), "2156": is_("actual"), "107.8": is_("actual"),
    },
    "年初下达补助资金320万元。": {"320": is_("actual")},
    "今年确定新建食堂31个。": {"31": is_("target")},
    "明年将组织培训3次。": {"3": is_("target")},
    # of so many only as many as the next line says, and what is compared with a plan is none
    "为180个独居老人家庭安装终端\n已安装143个。": {"180": is_("target", unit="户"), "143": is_("actual")},
    # what was done by then, and by now
    "已完成8家照料中心,267户适老化改造。\n已完成改造346户。": {"267": is_("actual"), "346": is_("actual")},
    "新建儿童之家5个\n5个全部建成投用。": {"5": is_("target")},
    "应建社工站15个,已建13个。": {"15": is_("target"), "13": is_("actual")},
    "比原计划提前两个月建成殡仪馆1座。": {"1": is_("actual")},
    "发展计划处审核项目23个。": {"23": is_("actual")},
    # a line that announces works leads those below it
    "今年我县将以需求为导向,推出一揽子养老服务项目。\n在设施方面,新建老年食堂18家。": {"18": is_("target")},
    # so many of what was to be done
    "15个农村幸福院建设已完成8个,剩余项目预计11月底前完成。": {"15": is_("target"), "8": is_("actual")},
    "全县19个乡镇已建成社工站18个。": {"18": is_("actual")},
    "全年计划改造301户,上半年完成121户。": {"301": is_("target"), "121": is_("actual")},
    "到2026年,养老床位达到3000张。": {"3000": is_("target", year=2026)},
    "10月底前将完成剩余4所敬老院的改造。": {"4": is_("target")},
    "其余4所敬老院预计明年3月完工。": {"4": is_("target")},
    "未保站已达标14个,剩余3个11月20日前验收。": {"14": is_("actual"), "3": is_("target")},
    "全年28项重点任务完成26项,完成率92.9%。": {
        "28": is_("target"), "26": is_("actual"), "92.9": is_("actual"),
    },
    "圆满完成市局年初下达的19项重点任务,其中4项走在前列。": {"19": is_("actual")},
    "民生实事任务:新建食堂8个、新增床位240张,目前已分别完成8个、252张,完成率均达100%以上。开展消防检查,"
    "排查隐患91处。": {"240": is_("target"), "252": is_("actual"), "100": is_("actual"), "91": is_("actual")},
    # how much of a plan is done is so, the plan itself is one
    "福彩销售412万元,占全年计划(760万元)的54.2%。": {"760": is_("target"), "54.2": is_("actual")},
    "年度计划完成投资1900万元,实际2050万元,为计划的107.9%。": {
        "1900": is_("target"), "2050": is_("actual"), "107.9": is_("actual"),
    },
    "计划翻建住房310户,到6月末已开工204户。": {"310": is_("target"), "204": is_("actual")},
    "适老化改造170户计划任务,已改造96户。": {"170": is_("target"), "96": is_("actual")},
    "巡访率仅有68%,低于省定95%的要求。": {"68": is_("actual"), "95": is_("target")},
    "规划设置主要指标15项,其中预期性指标9项。": {"15": is_("actual"), "9": is_("actual")},
    "今年计划投资1300万元,改造敬老院6所。": {"1300": is_("target"), "6": is_("target")},
    "年度目标新增护理床位110张,现已新增130张。": {"110": is_("target"), "130": is_("actual")},
    "上级下达计划新增床位140张,实际新增170张。": {"140": is_("target"), "170": is_("actual")},
    "2024年,确保低保标准达到每人每月910元以上。": {"910": is_("target", year=2024)},
    "2024年工作思路:新建幸福院13个;改造敬老院5所。": {"13": is_("target"), "5": is_("target")},
    "到2026年,社工达到1400人,现有820人。": {"1400": is_("target"), "820": is_("actual", year=2023)},
    # what is really so goes on behind it, in the next sentence too
    "孤儿:计划保障210人,实际保障206人,支出养育金283.2万元;全年标准1150元。": {
        "210": is_("target"), "206": is_("actual"), "283.2": is_("actual"), "1150": is_("actual"),
    },
    "按照年度检查计划安排,抽查养老机构9家,走访老人71人。": {"9": is_("actual"), "71": is_("actual")},
    # a word that only holds 计划, 规划, 要求 makes no target
    "规划财务科等6个科室共有21人。": {"21": is_("actual")},
    "高于省定要求,护理床位占56.1%。": {"56.1": is_("actual")},
    "居民平均预期寿命79.1岁。": {"79.1": is_("actual")},
    "供养标准较市定计划分别高25元、14元。": {"25": is_("actual"), "14": is_("actual")},
    # nor does the name of a report on both what was done and what is planned
    "柳县慈善会2023年小结和明年工作打算一年来,全县共有志愿者1326名。": {"1326": is_("actual")},
    # a task that is named, whatever is done of it
    "县定项目目标任务为:改造公墓31处、新增床位80张。": {"31": is_("target"), "80": is_("target")},
    "为实现新建幸福院115个的任务,各镇已开工62个。": {"115": is_("target"), "62": is_("actual")},
    "村级服务点要建成40个,培训护理员160人,开通热线9条。": {
        "40": is_("target"), "160": is_("target"), "9": is_("target"),
    },
    "年度工程中,县民政局负责三件:改造公墓27处、安装电梯110部、培训社工80人。现已安装电梯96部。": {
        "27": is_("target"), "110": is_("target"), "80": is_("target"), "96": is_("actual"),
    },
    "孤儿养育津贴将上调12元。": {"12": is_("target")},
    "明春,社工站将持续扩面,培训社工70人;改造站点3个。": {"70": is_("target"), "3": is_("target")},
    # every verb of a raise makes the number before it an earlier one
    "农村低保标准由每人每月410元统一调至453元。": {"410": is_("prior"), "453": is_("actual")},
    "办理离婚登记9842对,较上年的8094对增长21.6%。": {"8094": is_("prior"), "9842": is_("actual")},
    "年内再建成助餐点14个,完成7处公墓验收。": {"14": is_("target"), "7": is_("target")},
    "年底前再为93对新人颁证。": {"93": is_("target")},
    # what a plan set is there, and what went beyond a task is done
    "规划的26项指标全面完成。": {"26": is_("actual")},
    "福利彩票销售2350万元,超市定任务352万元。": {"2350": is_("actual"), "352": is_("actual")},
    "上级下达我局的8个为民办实事项目全部完工。": {"8": is_("actual")},
    # how much something grew that was done, though the year's plan goes on
    "要抓好福彩销售,1月份已销售312万元,同比增长8.6%。": {
        "8.6": is_("actual", change="delta"),
    },
    # a bound of some other amount is none, nor is last year's value
    "结余312万元,其中超过两年的135万元。": {"135": {"comparator": "="}},
    "合格率91.4%,高于上年同期的87.2%。": {"87.2": is_("prior", comparator="=")},
    # what aims higher than last year aims, though last year is told of
    "救助资金支出力争比去年的96.2万元增长21%。": {"96.2": is_("prior"), "21": is_("target")},
    "适老化改造156户(2022年完成132户),食堂覆盖率达到83%。": {
        "156": {"year": 2023}, "132": {"year": 2022}, "83": {"year": 2023},
    },
    # plans that open inside a paragraph
    "【下半年打算】9月底前改造敬老院3所;新增床位150张。": {"3": is_("target"), "150": is_("target")},
    "2024年谋划:养老上,建设家庭床位410张。救助上,培训经办人员86人。": {
        "410": is_("target", year=2024), "86": is_("target", year=2024),
    },
    "明年打算办两件实事:一是把助餐点由12个增加到20个;二是为85户困难家庭改造居室。": {
        "12": is_("prior"), "20": is_("target", year=2024), "85": is_("target", year=2024),
    },
    # whatever verb a raise is told with
    "社会组织年检率从61%爬到95%,床位由210张变成360张。": {
        "61": is_("prior"), "95": is_("actual"), "210": is_("prior"), "360": is_("actual"),
    },
    # last year's beside this year's; but each year's reported for itself is what was reached
    "结婚登记1204对(2022年1310对)。": {"1204": is_("actual"), "1310": is_("prior", year=2022)},
    "火化率62%,上年55%。": {"62": is_("actual"), "55": is_("prior", year=2022)},
    "2022年发放低保金310万元,2023年发放低保金340万元。": {"310": is_("actual"), "340": is_("actual")},
    "低保标准2022年为每人每月610元,2023年为每人每月655元。": {"610": is_("prior"), "655": is_("actual")},
    "“僵尸型”社会组织出清13个。": {"13": {"change": "removed"}},
    # what labels say, what is set beside what is done, and how far it is from a goal
    "目标值:新建幸福院2个;完成值:新建幸福院3个,床位91张。": {
        "2": is_("target"), "3": is_("actual"), "91": is_("actual"),
    },
    "标准化建设完成11家,年计划20家,进度55%;助餐点完成8家,年计划9家。": {
        "11": is_("actual"), "20": is_("target"), "55": is_("actual"), "8": is_("actual"), "9": is_("target"),
    },
    "临时救助计划500人次,实救718人次。": {"500": is_("target"), "718": is_("actual")},
    "计划建设的8个综合养老服务中心,5个建成、3个在建。": {"5": is_("actual"), "3": is_("actual")},
    "建成幸福院48个,离市里要求的60个还有差距。": {"48": is_("actual"), "60": is_("target")},
    # what has to be
    "下半年,一要把低保标准提到710元;二要给15个敬老院更换锅炉。": {
        "710": is_("target"), "15": is_("target"),
    },
    "火化率必须达到100%,宴席不得超过15桌。": {"100": is_("target"), "15": is_("target")},
    "年内准备再添康复站4处。": {"4": is_("target")},
    # what it was before
    "护理型床位占比在上年51%的基础上增长7%。": {"51": is_("prior")},
    "新添火化炉3台(原来只有2台),火化率由46%提高9个百分点。": {"2": is_("prior"), "46": is_("prior")},
    "护理床位占比基期38%,现为57%。": {"38": is_("prior"), "57": is_("actual")},
    "护理床位占比提高,2020年为31%,现已达到63%。": {
        "31": is_("prior", year=2020), "63": is_("actual", year=2023)},
    "“八一”前将走访慰问驻军17个单位。": {"17": is_("target")},
    "福利彩票销售700万元,比上年实销的618万元多82万元。": {"618": is_("prior", year=2022)},
    "括号内为上年数。结婚登记412对(436对),离婚登记183对。": {
        "412": is_("actual"), "436": is_("prior", year=2022), "183": is_("actual"),
    },
    "全年养老护理员离职57人。": {"57": {"change": "removed"}},
    "清理不符合条件的低保对象164户。": {"164": {"change": "removed"}},
    # parts and groups of those who left
    "共清退1204户2310人,其中城市412户776人,农村792户1534人。": {
        "412": {"change": "removed"}, "792": {"change": "removed"}, "1534": {"change": "removed"},
    },
    "清退购有车辆的83户214人,经商办厂的46户131人。": {
        "46": {"change": "removed"}, "131": {"change": "removed"},
    },
    # what is set, and how far from it or above another's what is there lies
    "规划提出,到2023年护理床位占比达到55%、助餐覆盖率达到60%,目前分别为66%、74%。": {
        "55": is_("target"), "60": is_("target"), "66": is_("actual"), "74": is_("actual"),
    },
    "护理床位占比59%,比规划目标高4个百分点。": {"4": is_("actual", change="delta")},
    "县里下达我局的实事任务为:改造敬老院6家,新增家庭床位60张。": {
        "6": is_("target"), "60": is_("target"),
    },
    "城市月人均补差由去年同期的218元提高到243元。": {
        "218": is_("prior", year=2022), "243": is_("actual", year=2023),
    },
    "控制低保对象在3600户、8200人以内。": {"3600": {"comparator": "<="}, "8200": {"comparator": "<="}},
}  # fmt: skip
PLANS = {
    "现有城市低保285户,农村低保411户,新建幸福院12所。": {
        "285": is_("actual"), "411": is_("actual"), "12": is_("target"),
    },
    "依托现有养老服务中心,新建养老驿站3所。": {"3": is_("target")},
    "按月发放护理补贴,一级每人每月120元、二级每人每月80元的标准不变。": {
        "120": is_("actual"), "80": is_("actual"),
    },
    # as many are there before they are inspected
    "全县412家社会组织年检率达到90%,在册的5100人全部复核。": {
        "412": is_("actual"), "90": is_("target"), "5100": is_("actual"),
    },
    "对2.3万户在册低保家庭开展年度复核,按月发放津贴,85-99周岁每人每月65元。": {
        "2.3": is_("actual"), "65": is_("actual"),
    },
    "对摸排核实的317名困境儿童建立台账,回访2次。": {"317": is_("actual"), "2": is_("target")},
    "去年底全县特困人员2140人、孤儿86人。今年复核率达到100%。": {
        "2140": is_("actual", year=2022), "86": is_("actual", year=2022), "100": is_("target", year=2023),
    },
    "实行85岁以上老人高龄补贴,每人每月60元,95岁以上每人每月150元。": {
        "60": is_("target"), "150": is_("target"),
    },
    "孤儿养育标准不变,仍为每人每月2310元。": {"2310": is_("actual")},
    "目前,每千名老人拥有床位37张,今年要提高到41张。": {"37": is_("actual"), "41": is_("target")},
    "现有低保对象9217户,年内完成1次复核,整户保比例达到71%以上。": {
        "9217": is_("actual"), "1次": is_("target"), "71": is_("target"),
    },
    "护理床位占比在去年68.5%的基础上提高到73%。": {"68.5": is_("prior"), "73": is_("target")},
    "为老人改造156户(2022年完成132户),食堂覆盖率达到83%。": {
        "156": is_("target"), "132": is_("actual", year=2022), "83": is_("target"),
    },
    # what is built or fostered is a level, planned or done; what is new or more is added
    "建设幸福院24个,打造示范站5个,新建敬老院2所,再创建示范社区3个。": {
        "24": {"change": "level"}, "5": {"change": "level"}, "2所": {"change": "added"},
        "3": {"change": "added"},
    },
    "护理床位占比达到58%(2022年为54%)。": {"58": is_("target"), "54": {"year": 2022}},
}  # fmt: skip
PLACES = {
    "县社会福利院现有床位310张。": {"310": {"scope": "part"}},
    "投资2650万元的县救助管理站迁建项目已完成主体工程。": {"2650": {"scope": "part"}},
    "在白地镇、三溪镇新建幸福院4所,全县累计达到118所。": {
        "4": {"scope": "part", "place": None}, "118": {"scope": "region"},
    },
    "对白地镇敬老院进行改造,新增护理型床位96张。": {"96": {"scope": "part"}},
    "圆满完成庙首镇3个社区居委会组建。": {"3": {"scope": "part", "place": "庙首镇"}},
    "俞村镇:低保对象122户;特困供养对象31人。": {
        "122": {"scope": "part", "place": "俞村镇"}, "31": {"scope": "part", "place": "俞村镇"},
    },
    "推广白地镇经验,建成幸福院31所。": {"31": {"scope": "region"}},
    "建成街道日间照料中心6个、社区养老服务站668处。": {"6": {"scope": "region"}, "668": {"scope": "region"}},
}  # fmt: skip


TOLD = Understood.beside_others(STATUS | PLACES)
PLANNED = Understood.beside_others(PLANS, "某县民政局2023年工作要点", "重点任务")


def test_whether_a_value_is_reached_planned_or_earlier():
    assert TOLD.wrong(STATUS) == {}


def test_a_plan_says_what_there_is_already():
    assert PLANNED.wrong(PLANS) == {}


MID_YEAR = {
    "9月底前改造55户,每户补助不超过3000元。": {"55": is_("target"), "3000": is_("target")},
    "5月底前完成31户。": {"31": is_("actual")},
    "低保提标资金8月份补发12万元。": {"12": is_("target")},
    "6月底前已改造24户。": {"24": is_("actual")},
    "2024年投入改造资金800万元。": {"800": is_("target", year=2024)},
}
HALF = Understood.beside_others(MID_YEAR, "某县民政局2023年上半年工作总结")


def test_what_a_report_says_of_months_before_it_is_to_come():
    assert HALF.wrong(MID_YEAR) == {}


def test_a_town_named_before_a_number_is_whose_it_is():
    assert TOLD.wrong(PLACES) == {}
