"""The year and period of a number that its sentence does not tell: its title, headings and lines above do."""

from datetime import date

from extraction_sentences import Understood, said
from files_read import FilesRead

LED = {
    # a leading line speaks of all below it
    "截至2022年11月底:\n(1)农村低保对象1312户;\n(2)发放低保金904万元。": {
        "1312": said(2022, None, date(2022, 11, 30)),
        "904": said(2022, date(2022, 1, 1), date(2022, 11, 30)),
    },
    "从2023年4月1日起提高保障标准,现通知如下:\n城市低保标准为每人每月736元。\n有低保对象85户。": {
        "736": said(2023, date(2023, 4, 1), date(2023, 4, 30)),
        "85": said(2023, None, None),
    },
}
NOTED = {
    "(以下数据截至2023年10月31日)\n特困人员421人,发放512.4万元。\n二、2024年打算\n新建幸福院11所。": {
        "421": said(2023, None, date(2023, 10, 31)),
        "512.4": said(2023, date(2023, 1, 1), date(2023, 10, 31)),
        "11": said(2024, status="target"),
    },
    "除另有说明外,数据截止时间为2023年9月底。\n特困人员439人。": {
        "439": said(2023, None, date(2023, 9, 30)),
    },
    "现将截至2023年6月底养老机构有关数据予以公布。全县有养老机构27家。\n其中公办13家。": {
        "27": said(2023, None, date(2023, 6, 30)),
        "13": said(2023, None, date(2023, 6, 30)),
    },
}
MONTH = {
    "本月实施临时救助164人次;年内累计1873人次。": {
        "164": said(2023, date(2023, 11, 1), date(2023, 11, 30)),
        "1873": said(2023, date(2023, 1, 1), date(2023, 11, 30)),
    },
    "11月份保障低保对象6210户,当月发放328.4万元,累计发放3611.2万元。": {
        "328.4": said(2023, date(2023, 11, 1), date(2023, 11, 30)),
        "3611.2": said(2023, date(2023, 1, 1), date(2023, 11, 30)),
    },
}
QUARTER = {
    "季度内走访困难群众734户。": {"734": said(2023, date(2023, 4, 1), date(2023, 6, 30))},
    "六、三季度安排\n为低保家庭发放取暖补贴,每户640元。": {"640": {"status": "target"}},
    "福彩销售321万元,比上年同期的297万元增长8%。": {
        "297": said(2022, date(2022, 4, 1), date(2022, 6, 30), status="prior"),
    },
    "发放低保金191.3万元,有低保对象588户。": {
        "191.3": said(2023, date(2023, 4, 1), date(2023, 6, 30)),
        "588": said(2023, None, date(2023, 6, 30)),
    },
    "5月份发放高龄津贴12.6万元。": {"12.6": said(2023, date(2023, 5, 1), date(2023, 5, 31))},
}
PARTS = {
    # how long something may take is in force
    "低保审核确认时限由30个工作日压缩到18个工作日,临时救助办理时间由15天缩短到7天。": {
        "18": said(2024),
        "7天": said(2024),
    },
    # with whom or with what something was done in half a year
    "对8家养老机构开展消防检查,将4家并入镇养老服务中心。": {
        "8": said(2024, date(2024, 1, 1), date(2024, 6, 30)),
        "4": said(2024, date(2024, 1, 1), date(2024, 6, 30)),
    },
    "调整补助档次213户,并为37名孤儿发放助学金。": {
        "213": said(2024, date(2024, 1, 1), date(2024, 6, 30)),
        "37": said(2024, date(2024, 1, 1), date(2024, 6, 30)),
    },
    "儿童主任分别为23名和31名。": {"23": said(2024)},
    "全区有孤儿37名。": {"37": said(2024)},  # half a year is no day
    "上半年发放低保金826.4万元。": {"826.4": said(2024, date(2024, 1, 1), date(2024, 6, 30))},
    "截至2月底,全区有养老机构17家。": {"17": said(2024, None, date(2024, 2, 29))},  # a leap year
}

# what is said at the meeting that opens a year tells of the one before, and plans for its own
SPEECH = {
    "全县有低保对象4127户;今年新建幸福院15所。": {"4127": said(2018), "15": said(2019)},
}
# without a day it is the yearly meeting; a review of a part of a plan period looks ahead to its end
REVIEW = {
    "(一)主要指标。基期31%,规划目标70%以上,护理型床位由规划初期的238张增加到519张,占规划任务800张的65%。": {
        "31": said(2020), "70": said(2025), "238": said(2020, status="prior"), "519": said(2023),
        "65": said(2023),
    },
    "(二)火化率。目标72%,目前为58%。公益性公墓规划113处,建成69处。": {
        "72": said(2025), "58": said(2023), "113": said(2025), "69": said(2023),
    },
    "(一)保障情况。两年半来,累计投入资金5.46亿元。": {
        "5.46亿": said(2023, date(2021, 1, 1), date(2023, 6, 30)),
    },
    "(一)保障情况。全县有低保对象4127户。\n二、下一步措施。新建幸福院15所。": {
        "4127": said(2023), "15": said(2025, status="target"),
    },
}  # fmt: skip
# before the year's end what comes next is for the same year
AUTUMN = {"下一步,新建儿童之家16所。": {"16": said(2019, status="target")}}


# a heading says for which month its section plans, where no day of its own stands before
PLANNED = {
    "1.举办经办人员培训2期。\n2.发放取暖补贴21万元。": {
        "2": said(2023, date(2023, 6, 1), date(2023, 6, 30), status="target"),
        "21万": said(2023, date(2023, 6, 1), date(2023, 6, 30), status="target"),
    },
    "9月中旬前安装报警器43台。": {"43": said(2023, None, date(2023, 9, 30), status="target")},
    "年内新建幸福院15所。": {"15": said(2023, status="target")},
}

AT_A_MEETING = Understood.beside_others(SPEECH, "在2019年全县民政工作会议上的讲话\n旌德县民政局 2019年3月1日")
AFTER_ITS_YEAR = Understood.beside_others(
    SPEECH, "在全县民政工作会议上的讲话\n——2018年工作总结和2019年工作安排\n旌德县民政局 2019年3月1日"
)
AT_AN_UNDATED_MEETING = Understood.beside_others(SPEECH, "在2019年全县民政工作会议上的讲话\n旌德县民政局局长")
MIDWAY = Understood.beside_others(
    REVIEW, "旌德县“十四五”民政事业发展规划\n实施情况中期评估报告\n旌德县民政局 2023年8月11日"
)
IN_AUTUMN = Understood.beside_others(AUTUMN, "某县留守儿童关爱保护工作情况\n某县民政局 2019年7月5日")
IN_HALF_A_YEAR = Understood.beside_others(PARTS, "某区民政局2024年上半年工作总结")
RUN_IN = {
    "发放低保金612万元。": {"612": said(2024, date(2024, 1, 1), date(2024, 6, 30))},
}
BELOW_A_BEGUN_TITLE = Understood.beside_others(
    RUN_IN, "2、某区慈善会2024年上半年工作小结 在各方支持下,重点办了几件事:"
)
PRESENTED = {
    "现将2023年上半年落实情况和下半年初步打算报告如下:\n救助流浪人员87人次。": {
        "87": said(2023, date(2023, 1, 1), date(2023, 6, 30))
    },
}
OPENING = {
    "今年以来工作进展顺利,1-9月各项任务推进有力。现将有关情况汇报如下:\n新纳入低保对象412户。": {
        "412": said(2023, date(2023, 1, 1), date(2023, 9, 30))
    },
}
BELOW_AN_OPENING = Understood.beside_others(OPENING)
BELOW_BOTH_HALVES = Understood.beside_others(PRESENTED)
FIVE_YEARS = {
    "发放临时救助金760万元。": {"760": said(2015, date(2011, 1, 1), date(2015, 12, 31))},
}
OVER_A_PERIOD = Understood.beside_others(FIVE_YEARS, "某县“十二五”民政规划总结")
IN_THE_NEWS = Understood.beside_others(FIVE_YEARS, "原标题:“十二五”时期某县共建成社工站40个")
BELOW_LINES = Understood.beside_others(LED)
BELOW_NOTES = Understood.beside_others(NOTED, "某县民政局2023年工作总结和2024年工作打算")
IN_A_MONTH = Understood.beside_others(MONTH, "某县2023年11月份民政统计月报")
FOR_A_MONTH = Understood.beside_others(
    PLANNED, "某县民政局2023年5月份工作总结及6月份工作计划", heading="6月份工作计划"
)
IN_A_QUARTER = Understood.beside_others(QUARTER, "某县2023年第二季度社会救助情况")

WORKED = "镇村干部走村入户核实家境,把困难群众及时纳入保障,把不再符合条件的及时退出。" * 5
SAMPLES = FilesRead(
    {
        "samples.txt": "工作汇报两篇\n"
        f"篇一:柳县民政局2014年工作汇报\n{WORKED}发放临时救助金312万元。\n"
        f"篇二:民政局工作汇报\n{WORKED}全区有敬老院17所。2016年新建食堂5个,开设老年课堂23个。\n",
        "until_now.txt": "柳县民政局2020年前三季度工作总结今年以来,我局扎实推进各项工作。"
        "现将有关情况汇报如下:\n"
        "一、社会救助。清退低保对象187户。\n",
    }
)


def test_a_sample_text_without_a_year_takes_none_from_the_one_before_it():
    figures = SAMPLES.figures("samples.txt")
    assert [figures[n]["year"] for n in ("312万元", "17所", "5个", "23个")] == [2014, None, 2016, 2016]


def test_when_below_a_line_that_leads_others():
    assert BELOW_LINES.wrong(LED) == {}


def test_when_below_a_note_on_the_day_of_all_figures():
    assert BELOW_NOTES.wrong(NOTED) == {}


def test_what_is_summed_up_beside_a_month_began_in_january():
    assert IN_A_MONTH.wrong(MONTH) == {}


def test_when_below_the_title_of_a_quarter():
    assert IN_A_QUARTER.wrong(QUARTER) == {}


def test_when_in_a_report_on_half_a_year():
    assert IN_HALF_A_YEAR.wrong(PARTS) == {}


def test_when_below_a_title_that_runs_into_the_text():
    assert BELOW_A_BEGUN_TITLE.wrong(RUN_IN) == {}
    row = SAMPLES.figures("until_now.txt")["187户"]
    assert (row["period_start"], row["period_end"]) == (date(2020, 1, 1), date(2020, 9, 30))
    assert BELOW_BOTH_HALVES.wrong(PRESENTED) == {}


def test_when_below_an_opening_that_names_the_months():
    assert BELOW_AN_OPENING.wrong(OPENING) == {}


def test_when_below_the_title_of_a_plan_period():
    assert OVER_A_PERIOD.wrong(FIVE_YEARS) == {}
    assert IN_THE_NEWS.wrong(FIVE_YEARS) == {}


def test_for_when_is_what_a_heading_plans():
    assert FOR_A_MONTH.wrong(PLANNED) == {}


def test_a_speech_that_opens_a_year_tells_of_the_one_before():
    assert AT_A_MEETING.wrong(SPEECH) == {}
    assert AT_AN_UNDATED_MEETING.wrong(SPEECH) == {}
    assert AFTER_ITS_YEAR.wrong(SPEECH) == {}


def test_a_review_of_a_part_of_a_plan_period_looks_ahead_to_its_end():
    assert MIDWAY.wrong(REVIEW) == {}


def test_what_comes_next_before_the_end_of_a_year_is_for_that_year():
    assert IN_AUTUMN.wrong(AUTUMN) == {}
