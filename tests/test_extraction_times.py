"""The year and period of a number, from the words of its sentence (our own sentences; a report on 2023)."""

from datetime import date

from extraction_sentences import Understood, said

TIMES = {
    # the first months and quarters of a year, its last, and several in a row
    "头八个月发放城市低保金613万元。": {"613": said(2023, date(2023, 1, 1), date(2023, 8, 31))},
    "二、三季度共入户核查406户。": {"406": said(2023, date(2023, 4, 1), date(2023, 9, 30))},
    "后三个月,新增养老床位60张。": {"60": said(2023, date(2023, 10, 1), date(2023, 12, 31))},
    "第一季度和第二季度分别救助流浪人员23人次、31人次。": {
        "23": said(2023, date(2023, 1, 1), date(2023, 3, 31)),
        "31": said(2023, date(2023, 4, 1), date(2023, 6, 30)),
    },
    "4月、5月分别发放供养金18万元、19万元。": {
        "18": said(2023, date(2023, 4, 1), date(2023, 4, 30)),
        "19": said(2023, date(2023, 5, 1), date(2023, 5, 31)),
    },
    "6月份发放低保金186万元,上月发放182万元。": {"182": said(2023, date(2023, 5, 1), date(2023, 5, 31))},
    "三季度比二季度结婚登记减少58对。": {"58": said(2023, date(2023, 7, 1), date(2023, 9, 30))},
    "4月4号和5号接待祭扫群众3.2万人次。": {"3.2万": said(2023, date(2023, 4, 1), date(2023, 4, 30))},
    # years of two digits, reigns and decades
    "06年第二季度救助流浪人员46人次。": {"46": said(2006, date(2006, 4, 1), date(2006, 6, 30))},
    "98年底有五保户2130户。": {"2130": said(1998, None, date(1998, 12, 31))},
    "民国三十六年,全县有育婴堂2处。": {"2": said(1947)},
    "光绪三年(1877),建善堂2所。": {"2": said(1877)},
    "上世纪九十年代建敬老院21所,目前有敬老院9所。": {"21": {"year": None}, "9": said(2023)},
    # months in Chinese numerals, a part of a month that opens a clause, winter across two years
    "三月至九月,走访留守儿童416人次。": {"416": said(2023, date(2023, 3, 1), date(2023, 9, 30))},
    "9月中旬培训护理员60人次。": {"60": said(2023, date(2023, 9, 1), date(2023, 9, 30))},
    "去年10月至今年3月发放取暖费80万元。": {"80": said(2023, date(2022, 10, 1), date(2023, 3, 31))},
    # the whole year that a summary of it sums up in the next January
    "2024年初我局梳理了台账:全年新登记民办非企业单位11家。": {
        "11": said(2023, date(2023, 1, 1), date(2023, 12, 31)),
    },
    # years of two digits
    "截至一九年底,全县有敬老院11家;18年新增助餐点6个。": {
        "11": said(2019, None, date(2019, 12, 31)),
        "6": said(2018, date(2018, 1, 1), date(2018, 12, 31)),
    },
    # parts of what flowed, those to whom something was given, part of a month
    "上半年比对信息8.2万条,筛出疑点2147条,其中涉及亲属的312条。": {
        "2147": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
        "312": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    # whoever was cared for in half a year was so in all of it; what there is at its end is not
    "上半年,保障农村低保对象1308户,发放低保金261万元。": {
        "1308": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "上半年,全县有敬老院14所。": {"14": said(2023, None, date(2023, 6, 30))},
    # set off by a comma, last year is that of its sentence; 提前 is no beginning of the year
    "去年,全县发放低保金6320万元。": {"6320": said(2022)},
    "公墓扩建提前3个月完成,新增墓穴820个。": {"820": said(2023)},
    "2023年11个月共办理结婚登记2130对。": {"2130": said(2023, date(2023, 1, 1), date(2023, 11, 30))},
    "8月份发放供养金56万元,累计发放402万元。": {
        "56": said(2023, date(2023, 8, 1), date(2023, 8, 31)),
        "402": said(2023, date(2023, 1, 1), date(2023, 8, 31)),
    },
    "1-9月,为孤儿43户51人发放养育金61.2万元。": {
        "43": said(2023, date(2023, 1, 1), date(2023, 9, 30)),
    },
    "7月遭受洪灾,调拨帐篷62顶。": {"62": said(2023, date(2023, 7, 1), date(2023, 7, 31))},
    # 同期 is of the months that were named before it
    "前5个月供餐21.7万人次。现有食堂31个;同期上门理发812人次。": {
        "812": said(2023, date(2023, 1, 1), date(2023, 5, 31)),
    },
    "截至去年年底,全县在册孤儿97名。": {"97": said(2022, None, date(2022, 12, 31))},
    # a share of what there was in another year is of its own
    "销售福利彩票2874万元,为2019年的96.8%。": {"96.8": said(2023)},
    "1-6月,为90岁以上老人1287人发放高龄津贴38.6万元。": {
        "1287": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "5月中旬12个村遭受风雹灾害,紧急转移安置87人。": {"87": said(2023, date(2023, 5, 1), date(2023, 5, 31))},
    # a night, some days, a part of a month or a name by its day: all of the sentence was in that month
    "6月14日凌晨,全县普降暴雨,8个乡镇受灾,受灾人口2.3万人,损失牲畜410头。": {
        "8": said(2023, date(2023, 6, 1), date(2023, 6, 30)),
        "2.3万": said(2023, date(2023, 6, 1), date(2023, 6, 30)),
        "410": said(2023, None, date(2023, 6, 30)),
    },
    "8月上旬我县遭受洪涝灾害,损失牲畜620头。": {"620": said(2023, None, date(2023, 8, 31))},
    # also where several towns or days are named, or the day is a name alone
    "6月12日夜间,南河镇、东岭镇和马坡乡遭受龙卷风袭击,受灾群众4106人。": {
        "4106": said(2023, date(2023, 6, 1), date(2023, 6, 30)),
    },
    "“8·03”特大暴雨灾害,造成6个乡镇2.3万人受灾。": {
        "2.3万": said(2023, date(2023, 8, 1), date(2023, 8, 31)),
    },
    "7月5日、9日,城关镇两次遭遇冰雹,发放帐篷56顶。": {"56": said(2023, date(2023, 7, 1), date(2023, 7, 31))},
    "5月结婚登记134对,6月102对,8月达到211对。": {
        "134": said(2023, date(2023, 5, 1), date(2023, 5, 31)),
        "102": said(2023, date(2023, 6, 1), date(2023, 6, 30)),
        "211": said(2023, date(2023, 8, 1), date(2023, 8, 31)),
    },
    # what was set for the year is not of the months in which some of it was done
    "前9个月销售福利彩票1860万元,完成全年任务2600万元的71.5%。": {
        "1860": said(2023, date(2023, 1, 1), date(2023, 9, 30)),
        "2600": said(2023, status="target"),
    },
    # what a thing cost is of no deadline, nor is the age of papers a time of what is done with them
    "投资3200万元的县失能照护中心12月底前竣工。": {"3200": said(2023)},
    "清理2010年以来印发的规范性文件23件。": {"23": said(2023)},
    "“7·09”地震波及北部乡镇,紧急转移安置513人。": {
        "513": said(2023, date(2023, 7, 1), date(2023, 7, 31))
    },
    # what stands in a row behind what was built
    "五年累计建成中心敬老院2所、村级食堂31个、未成年人保护站7个。": {
        "31": said(2023, date(2019, 1, 1), date(2023, 12, 31)),
        "7": said(2023, date(2019, 1, 1), date(2023, 12, 31)),
    },
    # since when a house is open is no year of what it has
    "殡仪馆建于2006年,配备火化炉3台。": {"3": said(2023)},
    "有福利院1所,2011年正式启用,占地46亩,职工38人。": {"46": said(2023), "38": said(2023)},
    "对98名专职社工进行2022年度考核。": {"98": said(2023)},
    "低收入家庭12.4万户,较建库之初的2021年增加3.1万户。": {"3.1": said(2023, change="delta")},
    "1-10月,办理结婚登记1820对。": {"1820": said(2023, date(2023, 1, 1), date(2023, 10, 31))},
    "1月至9月发放高龄津贴511.2万元。": {"511.2": said(2023, date(2023, 1, 1), date(2023, 9, 30))},
    "截至9月底,全县有城乡低保对象2147户。": {"2147": said(2023, None, date(2023, 9, 30))},
    "截至2023年二季度末,有孤儿268名,累计发放养育金81.6万元。": {
        "268": said(2023, None, date(2023, 6, 30)),
        "81.6": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "2023年8月,共有孤儿431名,1-8月支出养育资金316.5万元。": {
        "431": said(2023, None, date(2023, 8, 31)),
    },
    "4月份实施应急帮扶36人次,其中北山镇5人次;东河镇7人次。": {
        "5": said(2023, date(2023, 4, 1), date(2023, 4, 30)),
        "7": said(2023, date(2023, 4, 1), date(2023, 4, 30)),
    },
    "至2023年9月20日,审计发现的14个问题已整改12个。": {"12": said(2023, None, date(2023, 9, 30))},
    # the year before is that of the year which the sentence names
    "2021年末,全市登记社会组织860家,较上年末的812家增长5.9%。": {
        "812": said(2020, None, date(2020, 12, 31), status="prior"),
    },
    "截至2022年2月,全县有养老机构17家。": {"17": said(2022, None, date(2022, 2, 28))},
    "上半年,实施临时救助812人次。": {"812": said(2023, date(2023, 1, 1), date(2023, 6, 30))},
    "前三季度,实施临时救助1312人次。": {"1312": said(2023, date(2023, 1, 1), date(2023, 9, 30))},
    "全年实施临时救助1812人次。": {"1812": said(2023, date(2023, 1, 1), date(2023, 12, 31))},
    "去年新建幸福院12所。": {"12": said(2022)},
    "孤儿由三年前的86人减少到61人。": {"86": said(2020, status="prior"), "61": said(2023)},
    "2021年、2022年、2023年分别救助困难群众421人次、453人次、488人次。": {
        "421": said(2021), "453": said(2022), "488": said(2023),
    },
    "1-6月救助423人次,其中6月救助65人次。": {"65": said(2023, date(2023, 6, 1), date(2023, 6, 30))},
    "明年,全县计划新建幸福院14所。": {"14": said(2024, status="target")},
    "从7月1日起,农村低保标准为每人每月655元。": {"655": said(2023, date(2023, 7, 1), date(2023, 7, 31))},
    "农村低保标准从上年的每人每年5210元提高至5610元。": {
        "5210": said(2022, status="prior"),
        "5610": said(2023, status="actual"),
    },
    "去年农村低保标准由每人每月510元提高到550元。": {"510": said(2021, status="prior"), "550": said(2022)},
    "办理结婚登记1823对,比去年增加12对。": {"1823": said(2023), "12": said(2023, change="delta")},
    "2021年建成日间照料中心3所,设置床位45张。": {"3": said(2021), "45": said(2021)},
    # the end of a plan period is the day of the value that a rise began with, not of the one it led to
    "养老床位由“十一五”末的3412张增加到5210张。": {"3412": said(2010, status="prior"), "5210": said(2023)},
    # 如今 ends the year that was spoken of before, and so does 今年 in front of a rise
    "2016年底,仅有敬老院9所;如今,养老机构增至19家。": {"19": said(2023)},
    "2019年标准提高到每人每月591元;今年再提高到702元。": {
        "591": said(2019),
        "702": said(2023, change="level"),
    },
    # the whole year ends on the day of what was there then, and so does a share of it
    "年末城市低保对象1180户,全年支出312万元。农村低保对象694户。": {
        "694": said(2023, None, date(2023, 12, 31)),
    },
    "截至9月底,床位3450张,护理型占46%。": {"46": said(2023, None, date(2023, 9, 30))},
    # what is the worst since a year flowed in none of the years since, nor is what is in use of its first one
    "我县遭遇1968年以来最严重的旱灾,下拨救灾款371万元。": {"371": said(2023)},
    "殡仪馆1996年启用的4台火化炉已超期服役。": {"4": said(2023)},
    "上半年生活补贴1441人102万元,设置路名标志牌240块。": {
        "1441": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
        "240": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "上半年发放生活补贴143人、10.7万元,护理补贴862人、77.5万元。": {
        "862": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "去年年底全县有百岁老人73位。": {"73": said(2022, None, date(2022, 12, 31))},
    # a beginning dates neither what it led to nor what stands behind it
    "2021年起推行跨县通办,已办理婚姻登记1287对;新条例施行到10月底,全县结婚登记5935对。": {
        "1287": said(2023),
        "5935": said(2023, date(2023, 1, 1), date(2023, 10, 31)),
    },
    "上年结转资金126.5万元。": {"126.5": said(2023)},
    "从 10 月 1 日起,城市低保标准由每人每月 421 元调整为 461 元。": {
        "461": said(2023, date(2023, 10, 1), date(2023, 10, 31))
    },
    # nor does the year of a target date what has reached it
    "18项指标中,7项提前达到2025年目标,9项符合进度。": {
        "7": said(2023, status="actual"),
        "9": said(2023, status="actual"),
    },
    "护理型床位占比由31.2%提升至52.4%(2025年目标55%)。": {
        "31.2": said(2022, status="prior"),
        "52.4": said(2023),
    },
    # how many times last year's it is, is of this year
    "实施临时救助613人次,为上年的1.2倍。": {"1.2": said(2023, status="actual")},
    "24年计划再建长者食堂6处。": {"6": said(2024, status="target")},
    "确保12月底前适老化改造1503户任务全面完成。": {
        "1503": said(2023, None, date(2023, 12, 31), status="target")
    },
    "根据《民政事业2016年工作意见》,发放补贴133.5万元。": {"133.5": said(2023)},
    # the year of what a value is compared with, or came from, is not its own
    "2023年,低保标准由2021年的每人每月606元提高到636元,2025年将达到690元。": {
        "606": said(2021, status="prior"),
        "636": said(2023, status="actual"),
        "690": said(2025, status="target"),
    },
    "低保对象4213户,比2022年底减少112户。": {"112": said(2023, change="delta")},
    # a semicolon ends no statement
    "2024年6月起,低保标准提高到816元;特困供养标准提高到1061元。": {
        "1061": said(2024, date(2024, 6, 1), date(2024, 6, 30))
    },
    # a flow is of its month or quarter, never of the whole year
    "8月份发放临时救助金21.6万元。": {"21.6": said(2023, date(2023, 8, 1), date(2023, 8, 31))},
    "第二季度,发放高龄津贴96.4万元。": {"96.4": said(2023, date(2023, 4, 1), date(2023, 6, 30))},
    "1月1日至10月31日,办理离婚登记611对。": {"611": said(2023, date(2023, 1, 1), date(2023, 10, 31))},
    "一至九月,实施临时救助733人次。": {"733": said(2023, date(2023, 1, 1), date(2023, 9, 30))},
    "前8个月共发放低保金1312万元。": {"1312": said(2023, date(2023, 1, 1), date(2023, 8, 31))},
    "1 - 11 月,发放特困供养金385万元。": {"385": said(2023, date(2023, 1, 1), date(2023, 11, 30))},
    # what flowed by a date flowed from January on, a stock is of the date
    "截至9月底,全县有城乡低保对象2148户,累计发放低保金1204万元。": {
        "2148": said(2023, None, date(2023, 9, 30)),
        "1204": said(2023, date(2023, 1, 1), date(2023, 9, 30)),
    },
    "截至6月底,有低保对象587户,4-6月发放191.2万元;特困供养对象162人。": {
        "191.2": said(2023, date(2023, 4, 1), date(2023, 6, 30)),
        "162": said(2023, None, date(2023, 6, 30)),
    },
    "截至年底,全县有低保对象2149户。": {"2149": said(2023, None, date(2023, 12, 31))},
    "截至9月底,全县有养老机构19家。其中公办11家。": {"11": said(2023, None, date(2023, 9, 30))},
    "截至22年底,全县有低保对象1201户。": {"1201": said(2022, None, date(2022, 12, 31))},
    "二〇二二年十月,发放高龄津贴31.2万元。": {"31.2": said(2022, date(2022, 10, 1), date(2022, 10, 31))},
    "2019年至2022年,共办理结婚登记1.2万对。": {"1.2": said(2022, date(2019, 1, 1), date(2022, 12, 31))},
    "截至5月,有特困对象212人,当月发放供养金21.3万元。": {
        "212": said(2023, None, date(2023, 5, 31)),
        "21.3": said(2023, date(2023, 5, 1), date(2023, 5, 31)),
    },
    "上半年,全县有低保对象1205户。": {"1205": said(2023, None, date(2023, 6, 30))},
    # what a standard was before has no month, and a deadline dates nothing but its target
    "从8月起,城市低保标准由每人每月620元提高到650元。": {
        "620": said(2022, None, None, status="prior"),
        "650": said(2023, date(2023, 8, 1), date(2023, 8, 31)),
    },
    "预计11月底前完成装修,现有床位152张。": {"152": said(2023, None, None)},
    "2022年全县发放孤儿基本生活费53.5万元。": {"53.5": said(2022, None, None)},
    "2024年工作打算:新建幸福院16所。": {"16": said(2024, status="target")},
    "完成全年目标任务的115%。": {"115": {"status": "actual"}},
    "已改造住房96户,占任务的56.5%。": {"56.5": {"status": "actual"}},
    "新增助餐点83个,占目标任务(121个)的68.6%。": {"121": {"status": "target"}},
    # what a share is a share of dates nothing behind it
    "投入福彩公益金450万元,占2021年筹集公益金的62.5%。其中助学26万元。": {
        "62.5": said(2023), "26": said(2023),
    },
    "改造住房231户,为年度任务的105%。": {"105": {"status": "actual"}},
    "全县有社会组织402家。": {"402": said(2023)},
    # what a difference is counted from dates nothing
    "截至9月末,有低保对象2204户,较二季度末减少64户。": {"64": said(2023, None, date(2023, 9, 30))},
    "到8月20日,全县有养老机构22家。": {"22": said(2023, None, date(2023, 8, 31))},
    "5月20日当天办理结婚登记208对。": {"208": said(2023, date(2023, 5, 1), date(2023, 5, 31))},
    "补录1983年至1999年婚姻历史档案1.4万条。": {"1.4": said(2023)},
    "养老床位由2020年末的1650张增加到2315张。": {
        "1650": said(2020, None, date(2020, 12, 31), status="prior"),
        "2315": said(2023),
    },
    "“十三五”期间,敬老院床位由830张增加到1275张。": {"830": said(2015, status="prior")},
    "2022年改造住房212户;今年计划改造318户。": {"318": said(2023, status="target")},
    "县财政自2024年起每年安排助餐经费;检查养老机构47家次。": {"47": said(2023)},
    # a month that no year has is no month
    "1-13月,办理离婚登记611对。": {"611": {"year": 2023, "period_end": None}},
}  # fmt: skip
YEARS = {
    "2021年3月至2023年6月,全县办理登记3127对。": {"3127": said(2023, date(2021, 3, 1), date(2023, 6, 30))},
    "2022年10月1日—2023年3月31日,查处违规享受低保94户。": {
        "94": said(2023, date(2022, 10, 1), date(2023, 3, 31))
    },
    "三年来,全县新建敬老院7所。": {"7": said(2023, date(2021, 1, 1), date(2023, 12, 31))},
    "近3年累计发放孤儿基本生活费812万元。": {"812": said(2023, date(2021, 1, 1), date(2023, 12, 31))},
    "两年半来,救助流浪乞讨人员1327人次。": {"1327": said(2023, date(2021, 7, 1), date(2023, 12, 31))},
    "十三年来,发放低保金2.7亿元。": {"2.7亿": said(2023)},  # of which the last three are no three years
    "2019年以来,全县共建成农村幸福院83所,现有幸福院137所。": {
        "83": said(2023, date(2019, 1, 1), date(2023, 12, 31)), "137": said(2023),
    },
    "2022年6月1日我县纳入试点以来,办理跨省婚姻登记914对,其中2023年办理602对。": {
        "914": said(2023, date(2022, 6, 1), date(2023, 12, 31)), "602": said(2023),
    },
    "自5月15日试点以来,发放消费券864张。": {"864": said(2023, date(2023, 5, 1), date(2023, 12, 31))},
    "5月10日新条例施行到10月底,全县结婚登记1934对。": {
        "1934": said(2023, date(2023, 5, 1), date(2023, 10, 31))
    },
}  # fmt: skip
DAYS = {
    # a day that opens its sentence dates the stocks behind it in its paragraph, and no flow
    "截至9月底,有低保对象4127户。特困人员863人。前三季度支出低保金812万元。北山镇低保对象312户。": {
        "4127": said(2023, None, date(2023, 9, 30)), "863": said(2023, None, date(2023, 9, 30)),
        "812": said(2023, date(2023, 1, 1), date(2023, 9, 30)), "312": said(2023, None, date(2023, 9, 30)),
    },
    # up to what there is now, another day, or what was done without a date
    "9月末,全县有低保对象4127户。现有敬老院17所。孤儿34人。": {"17": said(2023), "34": said(2023)},
    "截至9月底,有低保对象4127户。2022年底孤儿37人。特困人员863人。": {"863": said(2023)},
    "截至9月底,有低保对象4127户。实施临时救助216人次。特困人员863人。": {"863": said(2023)},
    "截至9月底已改造257户。建成幸福院41所。": {"41": said(2023)},
    # the end of a month on which something happened dates no stock
    "19个社工站于5月底挂牌运营,配备社工112名。": {"112": said(2023)},
    "87户倒房户在11月底全部迁入新居。": {"87": said(2023)},
    "截至5月底已完成改造275户;计划新建幸福院3个。": {"3": said(2023, status="target")},
    "7月发放补贴316.2万元、8月发放补贴298.7万元。": {
        "316.2": said(2023, date(2023, 7, 1), date(2023, 7, 31)),
        "298.7": said(2023, date(2023, 8, 1), date(2023, 8, 31)),
    },
    "福彩销售2021年3610万元、2022年2980万元、今年1795万元。": {
        "3610": said(2021), "2980": said(2022), "1795": said(2023),
    },
    "一季度救助312人次,二季度救助287人次,合计599人次。": {
        "287": said(2023, date(2023, 4, 1), date(2023, 6, 30)), "599": said(2023),
    },
    "4月2日至4日,各墓园接待群众6.3万人次。": {"6.3万": said(2023, date(2023, 4, 1), date(2023, 4, 30))},
    "社会救助范围的困难群众截至6月底有6831人。": {"6831": said(2023, None, date(2023, 6, 30))},
    "去年底组织星级评定,评出五星级照料中心14家。": {"14": said(2022)},
    "惠民政策五年减免费用318万元。": {"318": said(2023, date(2019, 1, 1), date(2023, 12, 31))},
    "福利彩票销售715万元,完成全年任务的52.3%。": {"52.3%": said(2023)},
    "留守儿童4281人,比去年底的5013人减少732人。": {"5013": said(2022, None, date(2022, 12, 31))},
    "农村低保标准自4月1日由每人每年4560元提高到5280元。": {
        "5280": said(2023, date(2023, 4, 1), date(2023, 4, 30))
    },
}  # fmt: skip
LISTS = {
    "2021年、2022年和今年上半年,分别救助困难群众231人次、276人次和117人次。": {
        "231": said(2021), "276": said(2022), "117": said(2023, date(2023, 1, 1), date(2023, 6, 30)),
    },
    "每千名老人拥有床位35.1张,去年底32.8张。": {"32.8": said(2022, None, date(2022, 12, 31), status="prior")},
    "三年共投入资金837万元,2021年251万元,2022年263万元,今年323万元。": {
        "251": said(2021, status="actual"), "263": said(2022, status="actual"),
    },
    "持证社工97名,比规划目标150名少53名。": {"53": said(2023, status="actual", change="delta")},
    # how many of a list are done by a day
    "18项指标中,截至9月底已完成7项,滞后2项。": {
        "7": said(2023, None, date(2023, 9, 30)), "2": said(2023, None, date(2023, 9, 30)),
    },
    "截至10月31日,巡察指出的问题已整改到位13个。": {"13": said(2023, None, date(2023, 10, 31))},
}  # fmt: skip
BASES = {
    # what is compared with keeps its months, and what is short of a target is so now
    "本季度办理结婚登记341对,比二季度多27对。": {"27": said(2023, change="delta")},
    "护理型床位占比已达48.6%,距2025年55%的目标还差6.4个百分点。": {
        "6.4": said(2023, change="delta", status="actual"),
    },
    "火化遗体1032具,去年这个时候为987具。": {"987": said(2022, status="prior")},
    "7月21日那场雨,12个村受灾。": {"12": said(2023, date(2023, 7, 1), date(2023, 7, 31))},
    "“十三五”期间,累计投入资金1.12亿元,是“十二五”期间的2.4倍。": {"2.4倍": said(2020)},
    "与2022年度相比增加1307.25万元,增长6.14%。": {"1307.25": said(2023), "6.14%": said(2023)},
    "支出与2021年决算数相比增加617.83万元。": {"617.83": said(2023)},
    "农村低保标准在2022年基础上提高8%。": {"8%": said(2023)},
    "每千名老年人拥有床位26.8张,比“十二五”初期的2011年多6.7张。": {"6.7": said(2023, change="delta")},
}

# a government reports in the first months of the year that its report is named after
GOVERNMENT = {
    "去年,全县新建助餐点9个。今年,将新建日间照料中心6个。": {"9": {"year": 2022}, "6": {"year": 2023}},
    "新增养老床位120张。": {"120": {"year": 2022}},
}
OF_A_GOVERNMENT = Understood.beside_others(GOVERNMENT, "某县2023年政府工作报告", "工作情况")
IN_A_YEAR = Understood.beside_others(TIMES | YEARS | DAYS | LISTS | BASES)


def test_a_figure_stands_in_the_time_that_its_text_gives():
    assert IN_A_YEAR.wrong(TIMES) == {}


def test_this_year_is_the_one_that_a_government_reports_in():
    assert OF_A_GOVERNMENT.wrong(GOVERNMENT) == {}


def test_a_time_over_several_years_keeps_its_first_and_last_month():
    assert IN_A_YEAR.wrong(YEARS) == {}


def test_a_day_reaches_the_stocks_of_its_paragraph_and_nothing_else():
    assert IN_A_YEAR.wrong(DAYS) == {}


def test_what_is_done_of_a_list_is_so_on_its_day():
    assert IN_A_YEAR.wrong(LISTS) == {}


def test_the_year_of_a_comparison_is_no_year_of_the_value():
    assert IN_A_YEAR.wrong(BASES) == {}


def test_no_period_ends_before_it_starts():
    rows = IN_A_YEAR.observations.drop_nulls(["period_start", "period_end"])
    assert rows.height and (rows["period_start"] < rows["period_end"]).all()
