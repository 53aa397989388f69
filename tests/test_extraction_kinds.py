"""Which kind of what its subject covers a number counts, and by what name a share goes."""

from __future__ import annotations

from extraction_sentences import Said, Understood

SAID: Said = {
    # repairs are no homes, whatever home they are of
    "改造敬老院12所,新建敬老院3所,现有敬老院40所。": {
        "12": {"subgroup": "改造"},
        "3": {"subgroup": None},
        "40": {"subgroup": None},
    },
    "全县配备儿童督导员16名、儿童主任240名。": {
        "16": {"subgroup": "儿童督导员"},
        "240": {"subgroup": "儿童主任"},
    },
    # behind its number, where its noun stands there; 乡镇 is neither of its halves
    "全县辖6个镇、3个街道。": {"6": {"subgroup": "镇"}, "3": {"subgroup": "街道"}},
    "全县辖18个乡镇。": {"18": {"subgroup": None}},
    "全市共有镇125个,乡42个。": {
        "125": {"subject": "admin_division", "subgroup": "镇"},
        "42": {"subject": "admin_division", "subgroup": "乡"},
    },
    "全省乡级行政区划1316个。": {"1316": {"subject": "admin_division", "subgroup": None}},
    "救助流浪乞讨人员312人次,其中未成年人9人次、精神障碍患者41人次。": {
        "312": {"subgroup": None},
        "9": {"subgroup": "未成年人"},
        "41": {"subgroup": "精神障碍"},
    },
    "资助参合3.2万人,住院救助1200人次。": {
        "3.2": {"subgroup": "资助参合"},
        "1200": {"subgroup": "住院救助"},
    },
    # what only its place behind 其中 tells to be a part, and what goes on like it
    "全年公开政府信息268条,其中社会救助类131条、养老服务类54条。": {
        "268": {"subgroup": None},
        "131": {"subgroup": "社会救助类"},
        "54": {"subgroup": "养老服务类"},
    },
    "全市登记社会团体1205个,比上年增加15个。其中:教育类96个,科技研究类45个,其他1064个。": {
        "1205": {"subgroup": None},
        "96": {"subject": "social_group", "subgroup": "教育类"},
        "45": {"subject": "social_group", "subgroup": "科技研究类"},
        "1064": {"subject": "social_group", "subgroup": "其他"},
    },
    "全县办理结婚登记733对,其中双方均非本县户籍的58对。": {"58": {"subgroup": "双方均非本县户籍"}},
    "全县现有基金会9个,其中公募基金会2个、非公募基金会7个。": {
        "2": {"subgroup": "公募"},
        "7": {"subgroup": "非公募"},
    },
    "全县特困人员1735人,其中农村1602人,支出供养资金812万元。": {
        "1602": {"subgroup": None, "residence": "rural"},
        "812": {"subgroup": None},
    },
    # more than what stands before it is no part of it
    "社区开展活动12场,其中志愿服务类36场。": {"36": {"subgroup": None}},
    # what was done with things stands behind them, however far
    "投入资金386万元对14所乡镇敬老院进行了改扩建。": {"14": {"subgroup": "改扩建"}},
    "动员52家社会组织积极参与乡村振兴。": {"52": {"subgroup": "乡村振兴"}},
    # both of a pair
    "农村低保对象13420户38905人,其中一类3012户5210人、二类7105户21480人。": {
        "38905": {"subgroup": None},
        "3012": {"subgroup": "一类"},
        "5210": {"subgroup": "一类"},
        "7105": {"subgroup": "二类"},
        "21480": {"subgroup": "二类"},
    },
    # each share by its own name; what a subject is always measured by needs none
    "应参检158家,实际参检151家,参检率95.6%。": {"95.6": {"subgroup": "参检率"}},
    "社会组织参检率、合格率分别为95%和97%。": {
        "95": {"subgroup": "参检率"},
        "97": {"subgroup": "合格率"},
    },
    "火化遗体2304具,火化率98.5%。": {"98.5": {"subgroup": None}},
    "养老机构入住率72%,占床位总数的15%。": {"72": {"subgroup": "入住率"}, "15": {"subgroup": None}},
    "适老化改造386户,完成年度任务的102%。": {"102": {"subgroup": "完成率"}},
    # a part of all is as large as those counted before it
    "60岁以上老年人6.03万人,占总人口的15.6%。": {"15.6": {"subgroup": "60岁以上"}},
}


READ = Understood.beside_others(SAID)


def test_kinds_and_shares_go_by_their_names():
    assert READ.wrong(SAID) == {}
