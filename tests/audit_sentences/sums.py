"""What the audit says of totals beside their parts, and of one total said twice."""

# name, text, kinds of the findings
SENTENCES: list[tuple[str, str, list[str]]] = [
    (
        "urban and rural short of their total",
        "全县有低保对象{1200人|dibao.persons}，其中城市{700人|dibao.persons residence=urban}，"
        "农村{480人|dibao.persons residence=rural}。",
        ["parts_and_total"],
    ),
    (
        "urban and rural that add up",
        "全县有低保对象{1200人|dibao.persons}，其中城市{700人|dibao.persons residence=urban}，"
        "农村{500人|dibao.persons residence=rural}。",
        [],
    ),
    (
        "parts that need not be all",
        "开展培训{92件|training.cases}，其中线上{7件|training.cases}，线下{16件|training.cases}。",
        [],
    ),
    (
        "registrations that exceed their total in the next sentence",
        "全年办理婚姻登记{900对|marriage_registration.couples}。其中结婚登记{600对|marriage.couples}，"
        "离婚登记{200对|divorce.couples}，补领证件{150对|marriage_reissue.couples}。",
        ["parts_and_total"],
    ),
    (
        "groups of people that may overlap",
        "现有社区工作者{300人|community_worker.persons}，"
        "其中党员{180人|community_worker.persons subgroup=党员}，"
        "持证{200人|community_worker.persons subgroup=持证}。",
        [],
    ),
    (
        "a list in brackets that does not add up",
        "共有养老机构{20家|elder_institution.count}（公办{8家|elder_institution.count subgroup=公办}、"
        "民营{11家|elder_institution.count subgroup=民营}），床位充足。",
        ["parts_and_total"],
    ),
    (
        "an example in brackets",
        "共有养老机构{20家|elder_institution.count}"
        "（其中五星级{2家|elder_institution.count subgroup=五星级}）。",
        [],
    ),
    (
        "households and people side by side: the households add up, so the people must",
        "救助困难家庭{100户|hardship_household.households}{260人|hardship_household.persons}，"
        "其中甲类{40户|hardship_household.households}{120人|hardship_household.persons}，"
        "乙类{60户|hardship_household.households}{130人|hardship_household.persons}。",
        ["parts_and_total"],
    ),
    (
        "a total behind its parts",
        "发放春节慰问金{30万元|one_off_relief.expenditure}、夏季慰问金{25万元|one_off_relief.expenditure}，"
        "合计{65万元|one_off_relief.expenditure}。",
        ["parts_and_total"],
    ),
    (
        "a total behind its parts, within rounding",
        "发放春节慰问金{30.4万元|one_off_relief.expenditure}、"
        "夏季慰问金{25.4万元|one_off_relief.expenditure}，"
        "合计{56万元|one_off_relief.expenditure}。",
        [],
    ),
    (
        "what is left",
        "改造照料中心{9所|day_care_center.count}，已完成{5所|day_care_center.count}，"
        "剩余{3所|day_care_center.count}正在施工。",
        ["parts_and_total"],
    ),
    (
        "a part larger than its whole",
        "有护理员{80人|caregiver.persons}，其中持证{95人|caregiver.persons subgroup=持证}。",
        ["part_over_whole"],
    ),
    (
        "a part of the part larger than the part of the whole",
        "检查社会组织{50家|social_org_inspection.count}（社团{20家|social_org_inspection.count}、"
        "民非{30家|social_org_inspection.count}）。其中合格{45家|social_org_inspection.count}"
        "（社团{22家|social_org_inspection.count}、民非{23家|social_org_inspection.count}）。",
        ["part_over_whole"],
    ),
    (
        "three kinds of organisations that are all there are",
        "登记社会组织{300个|social_org.count}，其中社会团体{110个|social_group.count}、"
        "民办非企业单位{180个|private_nonenterprise.count}、基金会{2个|foundation.count}。",
        ["parts_and_total"],
    ),
    (
        "two of three classes",
        "农村低保{300人|dibao.persons residence=rural}，其中一类{110人|dibao.persons residence=rural}、"
        "二类{150人|dibao.persons residence=rural}。",
        [],
    ),
    (
        "three classes that are all there are",
        "农村低保{300人|dibao.persons residence=rural}，其中一类{110人|dibao.persons residence=rural}、"
        "二类{150人|dibao.persons residence=rural}、三类{60人|dibao.persons residence=rural}。",
        ["parts_and_total"],
    ),
    (
        "another matter behind two halves",
        "建立党组织{307个|social_org_party.count}，其中单独组建{164个|social_org_party.count}、"
        "联合组建{134个|social_org_party.count}，覆盖社会组织{846个|social_org.count}。",
        ["parts_and_total"],
    ),
    (
        "one total said twice differently",
        "全县{12家|elder_institution.count subgroup=甲}养老机构通过检查。对全县"
        "{15家|elder_institution.count subgroup=乙}养老机构开展培训。",
        ["same_count"],
    ),
    (
        "urban and rural among other parts are not the whole",
        "全年救助支出{900万元|dibao.expenditure}，其中城镇低保{246万元|dibao.expenditure residence=urban}，"
        "农村低保{187万元|dibao.expenditure residence=rural}，"
        "医疗救助{164万元|medical_assistance.expenditure}。",
        [],
    ),
    (
        "what is counted with another word may be another thing",
        "建成孵化基地{8个|social_org.count}，其中一处入驻机构{25家|social_org.count}。",
        [],
    ),
    (
        "a new start ends the list",
        "有特困人员{276人|tekun.persons}，其中集中供养{31人|tekun.persons subgroup=集中供养}，"
        "分散供养{245人|tekun.persons subgroup=分散供养}，全年累计保障{2854人|tekun.persons subgroup=累计}。",
        [],
    ),
    (
        "another matter behind parts that are the whole already",
        "五保对象{2719人|tekun.persons}，其中集中供养{973人|tekun.persons subgroup=集中供养}，"
        "分散供养{1746人|tekun.persons subgroup=分散供养}，本级管理{161人|tekun.persons subgroup=本级}。",
        [],
    ),
    (
        "a later figure larger than the whole counts something else",
        "自治组织{68万个|other.count}，其中村委会{58万个|village.count}，村民小组{469万个|other.count}。",
        [],
    ),
    (
        "what is left of the larger of two figures",
        "恢复重建房屋{386间|disaster_relief.count}，占任务{412间|disaster_relief.count}的大半，"
        "其余{26间|disaster_relief.count}明年完工。",
        [],
    ),
    (
        "a total said with 共 behind its parts",
        "新增床位{30张|elder_bed.beds}、改造床位{25张|elder_bed.beds}，共{65张|elder_bed.beds}。",
        ["parts_and_total"],
    ),
    (
        "so many to each place named",
        "乡镇建成助餐点{8所|meal_point.count}（东镇、西镇各{2所|meal_point.count}，"
        "南乡、北乡、中乡各{1所|meal_point.count}）。",
        [],
    ),
    (
        "examples behind the chief of them",
        "下达资金{900万元|dibao.expenditure}，其中主要包括低保{500万元|dibao.expenditure subgroup=城市}、"
        "特困{300万元|tekun.expenditure}。",
        [],
    ),
    (
        "a total of more than the figures before it",
        "甲镇新建{3个|meal_point.count}、乙镇{5个|meal_point.count}，全县总计{60个|meal_point.count}。",
        [],
    ),
]
