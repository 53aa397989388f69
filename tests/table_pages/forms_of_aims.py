"""Forms in which budgets say what a project is to reach, and headings alone between rows of tabs."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "self_evaluation_of_a_project.txt": (
        "项目支出绩效自评表\n（2021年度）\n| 项目名称 | 孤儿基本生活保障资金 | | | | | | |\n"
        "| 主管部门 | 龙泉市民政局 | | | 实施单位 | 龙泉市儿童福利中心 | | |\n"
        "| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n"
        "| | 年度资金总额 | 210 | 225 | 219.8 | 10 | 97.7% | 9.8 |\n"
        "| | 其中：财政拨款 | 210 | 225 | 219.8 | - | 97.7% | - |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |\n"
        "| 产出指标 | 数量指标 | 保障孤儿人数 | ≥85人 | 88人 | 10 | 10 | |\n"
        "| | 成本指标 | 集中养育标准 | ≥2050元/月 | 2060元/月 | 10 | 10 | |\n"
        "| 效益指标 | 社会效益指标 | 政策知晓率 | ≥80% | 93% | 15 | 15 | |\n",
        [
            "225 orphan.expenditure 2250000 元 status=target",
            "219.8 orphan.expenditure 2198000 元 status=actual year=2021",
            "85 orphan.persons 85 人 status=target",
            "88 orphan.persons 88 人 status=actual",
            "93 orphan.ratio 93 % status=actual",
        ],
    ),
    "aims_that_run_together.txt": (
        "附件3\n专项资金绩效目标申报表\n（2023年度）\n预算单位：龙泉市民政局    单位：万元\n"
        "项目名称临时救助补助项目类别延续项目\n资金总额520.50财政拨款500.00其他资金20.50\n"
        "一级指标二级指标三级指标指标值\n产出指标数量指标救助人次数≥1,450人次\n产出指标时效指标救助资金及时率≥97%\n"
        "产出指标成本指标人均救助水平1,180元/人次\n满意度指标服务对象满意度指标困难群众满意度≥92%\n"
        "项目名称孤儿基本生活费项目类别延续项目\n资金总额61.20财政拨款61.20其他资金0.00\n"
        "一级指标二级指标三级指标指标值\n产出指标数量指标保障孤儿人数38人\n产出指标成本指标散居标准1,660元/人·月\n"
        "效益指标社会效益指标政策知晓率≥81%\n",
        [
            "520.50 temporary_assistance.expenditure 5205000 元 status=target year=2023",
            "1,450 temporary_assistance.person_times 1450 人次 status=target",
            "61.20 orphan.expenditure 612000 元 status=target",
            "1,660 orphan.standard 1660 元/人/月 status=target",
            "81 orphan.ratio 81 % status=target",
        ],
    ),
    "headings_alone_between_tabs.txt": (
        "龙泉市民政事业主要数据（2021年）\n指标\t单位\t2021年\t2020年\t增减\n一、社会救助\n"
        "城市低保人数\t人\t913\t977\t-64\n农村低保人数\t人\t4820\t4951\t-131\n二、养老服务\n（一）机构\n"
        "养老机构\t个\t17\t16\t1\n养老机构床位\t张\t1525\t1460\t65\n",
        [
            "977 dibao.persons 977 人 residence=urban status=prior year=2020",
            "131 dibao.persons -131 人 change=delta residence=rural year=2021",
            "17 elder_institution.count 17 个 year=2021",
        ],
    ),
}
