"""What the audit says of shares, averages, growths and dates beside the figures that they follow from."""

# name, text, kinds of the findings
SENTENCES: list[tuple[str, str, list[str]]] = [
    (
        "a share that does not follow",
        "护理人员共{97人|caregiver.persons}，其中持证人员{80人|caregiver.persons subgroup=持证}，"
        "持证率{91.7%|caregiver.ratio}。",
        ["rate"],
    ),
    (
        "a share cut off instead of rounded",
        "护理人员共{97人|caregiver.persons}，其中持证人员{89人|caregiver.persons subgroup=持证}，"
        "持证率{91.7%|caregiver.ratio}。",
        [],
    ),
    (
        "a share of the sentence before",
        "应检机构{60家|social_org_inspection.count}，参检{50家|social_org_inspection.count}。"
        "其中合格{40家|social_org_inspection.count}，合格率{85%|social_org_inspection.ratio}。",
        ["rate"],
    ),
    (
        "a share of something else",
        "有村级站点{208个|village_elder_station.count}，群众满意率{98%|other.ratio}。",
        [],
    ),
    (
        "占: a share of what stands before",
        "床位{3000张|elder_bed.beds}，其中护理型{1800张|nursing_bed.beds}，占{50%|nursing_bed.ratio}。",
        ["rate"],
    ),
    (
        "an average that does not follow",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "人均救助{2853.91元|temporary_assistance.average unit=元/人次}。",
        ["rate"],
    ),
    (
        "an average that follows within the rounding of the money",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "人均救助{3053.91元|temporary_assistance.average unit=元/人次}。",
        [],
    ),
    (
        "an average that is read with its word",
        "救助{135人次|temporary_assistance.person_times}，支出{41.23万元|temporary_assistance.expenditure}，"
        "{次均2853元|temporary_assistance.average unit=元/人次}。",
        ["rate"],
    ),
    (
        "how much was done of what was planned",
        "年度任务{60户|home_adaptation.households status=target}，已完成{38户|home_adaptation.households}，"
        "完成率{57.8%|home_adaptation.ratio}。",
        ["rate"],
    ),
    (
        "how much was done, told in other words",
        "应检{60家|social_org_inspection.count}，实检{54家|social_org_inspection.count}，"
        "参检率{95%|social_org_inspection.ratio}。",
        ["rate"],
    ),
    (
        "more than was planned",
        "计划安葬{1.2万穴|eco_burial.count status=target}，完成{1.274万穴|eco_burial.count}，"
        "完成率{106.2%|eco_burial.ratio}。",
        [],
    ),
    (
        "how many took part of those who had to, who are not all that there are",
        "登记社会组织{416家|social_org.count}，参加年检{352家|social_org_inspection.count}，"
        "年检率{86.5%|social_org_inspection.ratio}。",
        [],
    ),
    (
        "a small share right behind a part of its whole",
        "支出合计{9000万元|other.expenditure}，其中基本支出{450万元|other.expenditure}，占{12%|other.ratio}。",
        ["rate"],
    ),
    (
        "a share of both together",
        "双方初婚{2874对|marriage.couples}，再婚{1139对|marriage.couples}，占{28.4%|marriage.ratio}。",
        [],
    ),
    (
        "a share of more than the whole that its list is of",
        "60岁以上{79.8万人|elder_population.persons}，其中65岁以上{63.4万人|elder_population.persons}，"
        "占{15.9%|elder_population.ratio}。",
        [],
    ),
    (
        "a list of two figures side by side",
        "站内救助{3105人次|street_rescue.person_times}、站外救助{757人次|street_rescue.person_times}，"
        "其中老人{538人次|street_rescue.person_times}、残疾人{827人次|street_rescue.person_times}。",
        [],
    ),
    (
        "the second of two growths",
        "城市低保标准由{640元|dibao.standard residence=urban status=prior year=2022}提高到"
        "{668元|dibao.standard residence=urban}，"
        "农村由{400元|dibao.standard residence=rural status=prior year=2022}"
        "提高到{440元|dibao.standard residence=rural}，"
        "增幅分别为{4.4%|dibao.ratio residence=urban change=delta}"
        "和{16%|dibao.ratio residence=rural change=delta}。",
        ["growth"],
    ),
    (
        "a fall called a rise",
        "低保标准由每人每月{680元|dibao.standard status=prior year=2022}提高到{650元|dibao.standard}。",
        ["direction"],
    ),
    (
        "a fall called a fall",
        "办理时限由{30天|assistance_process.duration status=prior year=2022}压缩到"
        "{15天|assistance_process.duration}。",
        [],
    ),
    (
        "a rank that rises as its number falls",
        "排名由第{11位|social_org.ranking status=prior year=2022 unit=位}升至第"
        "{4位|social_org.ranking unit=位}。",
        [],
    ),
    (
        "a period after publication",
        "截至2024年9月，发放救助金{20万元|temporary_assistance.expenditure period_end=2024-09-30}。",
        ["period"],
    ),
    (
        "a whole year that stands for the year so far",
        "2024年发放救助金{20万元|temporary_assistance.expenditure "
        "period_start=2024-01-01 period_end=2024-12-31}。",
        [],
    ),
    (
        "years that stand for those so far",
        "两年半来发放救助金{20万元|temporary_assistance.expenditure "
        "period_start=2021-07-01 period_end=2024-12-31}。",
        [],
    ),
    (
        "a standard announced before it takes effect",
        "从7月起执行低保标准{700元|dibao.standard period_end=2024-07-31}。",
        [],
    ),
    (
        "a bound is no exact figure",
        "现有志愿者{500余人|volunteer.persons comparator=~}，"
        "其中骨干{520人|volunteer.persons subgroup=骨干}。",
        [],
    ),
    (
        "furnaces are no share of bodies",
        "有火化炉{302台|funeral_home.count}，火化遗体{386具|cremation.count}，"
        "火化率{99.8%|cremation.ratio}。",
        [],
    ),
    (
        "money for two groups says nothing of the average of one",
        "住院救助{3870人次|medical_assistance.person_times}、"
        "门诊救助{1126人次|medical_assistance.person_times}，"
        "支出{1094.7万元|medical_assistance.expenditure}，人均住院救助"
        "{2651元|medical_assistance.average unit=元/人次}。",
        [],
    ),
    (
        "what was due stands below the line, not above",
        "全县社会组织{188家|social_org.count}，应参检{178家|social_org_inspection.count}，"
        "已检{168家|social_org_inspection.count}，参检率{94.4%|social_org_inspection.ratio}。",
        [],
    ),
    (
        "a share whose own figure is named before 占",
        "养老机构床位{30000张|elder_bed.beds}，其中敬老院床位{9000张|elder_bed.beds subgroup=敬老院}，"
        "护理型床位占{52.1%|nursing_bed.ratio}。",
        [],
    ),
    (
        "a monthly average by person-times",
        "累计保障{1000人次|dibao.person_times}，支出{40万元|dibao.expenditure}，月人均补助"
        "{350元|dibao.average unit=元/人/月}。",
        ["rate"],
    ),
    (
        "a monthly average by person-times that holds",
        "累计保障{1000人次|dibao.person_times}，支出{40万元|dibao.expenditure}，月人均补助"
        "{400.3元|dibao.average unit=元/人/月}。",
        [],
    ),
    (
        "a task done twice over beside figures that are not of it",
        "项目共{10个|elder_institution.count}，完成{2个|elder_institution.count}，"
        "完成率{200%|elder_institution.ratio}。",
        [],
    ),
    (
        "a task done twice over below the number of all that were due",
        "超额完成任务的有{10个|elder_institution.count status=target}：建成{2个|elder_institution.count}，"
        "完成率{200%|elder_institution.ratio}。",
        [],
    ),
    (
        "a date by which it is to be done",
        "预计2024年11月底前建成{3个|meal_point.count period_end=2024-11-30}。",
        [],
    ),
    (
        "a figure as of a month after its report",
        "截至2024年11月有助餐点{3个|meal_point.count period_end=2024-11-30}。",
        ["period"],
    ),
]
