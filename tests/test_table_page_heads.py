"""Heads of tables on pages that closed merged cells up: each figure says what stands over its column."""

from __future__ import annotations

from files_read import FilesRead

PAGES = {
    # numbers of rows below 序号, lower heads from the edge on, remarks over nothing, a row that lost blanks
    "edge.txt": """清河县2022年8月救助资金发放情况表
| 单位:户、人、元 |||||
| 序号 | 乡镇 | 城市低保 | 农村低保 | 特困人员 | 备注 |
|
|
| 户数 | 人数 | 金额 | 户数 | 人数 | 金额 | 集中 | 分散 |
|
| 1 | 石桥镇 | 210 | 330 | 180200 | 500 | 900 | 310500 | 11 | 60 |
|
| 2 | 白水镇 | 30 | 41 | 21300 | 410 | 800 | 290100 | 14 | 81 |
|
| 3 | 南山乡 | | 205 | 377 | 130700 | 3 | 24 |
|
| | 合计 | 240 | 371 | 201500 | 1115 | 2077 | 731300 | 28 | 165 |
""",
    # a row of units, blanks below heads that go on further down
    "units.txt": """清河县2016年洪涝灾害情况统计表
|乡镇|受灾|受灾|转移|农作物(公顷)|房屋|直接经济|
|村|人口|安置||倒塌|严重损坏|损失|
|(个)|(人)|(人)|受灾|绝收|户|间|户|间|(万元)|
|石桥镇|8|13400|2120|350|40|17|39|112|306|1920|
|白水镇|4|5890|1044|180|77|13|40|58|141|864|
|小计|12|19290|3164|530|117|30|79|170|447|2784|
""",
    # too many blanks in the heads, bars behind the rows
    "filled.txt": """清河市2021年养老服务设施情况
县区\t养老机构\t\t\t\t\t社区设施\t\t\t农村幸福院
\t机构数\t床位数\t\t入住老人数\t日间照料中心\t\t个数
\t(个)\t合计\t其中:护理型\t(人)\t(个)\t(个)
||||||||
东城区\t12\t1800\t900\t760\t31\t64\t||||||
||||||||
西城区\t5\t640\t300\t210\t12\t38\t||||||
||||||||
""",
    # a total beside heads that stand over others
    "beside.txt": """清河县2019年残疾人两项补贴发放情况
季度\t困难残疾人生活补贴\t重度残疾人护理补贴\t合计(万元)
\t人数\t金额(万元)\t一级\t二级\t金额(万元)\t
一季度\t1200\t21.6\t310\t520\t24.9\t46.5
二季度\t1210\t21.78\t312\t518\t24.9\t46.68
""",
    # sums tell which heads stand over which
    "sums.txt": """清河县2023年困难群众救助补助资金分配表
|单位:万元||||||||||||
|序号|乡镇(街道)|合计|资金项目||||||||备注|
|最低生活保障||||特困人员||||临时救助|孤儿和事实无人抚养儿童|
|小计|其中|小计|其中|
|城市|农村|基本生活|照料护理|
|1|石桥街道|520|360|210|150|110|90|20|30|20||
|2|白水镇|408|290|40|250|85|70|15|18|15||
|3|南山镇|351|250|30|220|72|60|12|16|13||
""",
    # words in a line a cell, the rows of which count from 1 on
    "counted.txt": """清河县2023年民生实事进展一览表
序号
实事名称
年度任务
进展情况
完成比例
1
建设村级幸福院
6处
已投入使用4处,其余2处正在装修,全年完成投资210万元
66.7%
2
困难老年人家庭适老化改造
不少于300户
入户评估350户,完工310户,验收合格后拨付
103.3%
3
特困人员集中供养
集中供养率不低于45%
集中供养180人,集中供养率46.2%
已完成
""",
    # the sums of a form, which name no rows but the sums
    "budget.txt": """项目支出绩效自评表
(2020年度)
项目名称
农村低保补助资金
实施单位
清河县民政局
项目资金
(万元)

年初预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
4100
4320
4175
10
96.64%
9.7
其中:中央补助
3000
3150
3150
—
100%
—
省级补助
900
960
825
—
85.94%
—
""",
    # aims of a form, groups before the first of their rows, reasons behind some
    "form.txt": """项目支出绩效自评表
(2021年度)
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因
产出指标(50分)
数量指标
农村低保对象人数
≥4200
4310
10
10
临时救助人次
≥700
655
10
9.4
申请减少
质量指标
入户抽查比例
≥30%
32%
10
10
成本指标
城市低保标准(元/月)
610
615
20
20
""",
}
READ = FilesRead(PAGES)


def read(name: str, *columns: str) -> dict[float, tuple]:
    rows = READ.rows("core.observations", name)
    return {row["value"]: tuple(row[column] for column in columns) for row in rows}


def test_lower_heads_begin_below_the_numbers_of_the_rows():
    found = read("edge.txt", "subject", "measure", "residence")
    assert found[330] == ("dibao", "persons", "urban")
    assert found[290100] == ("dibao", "expenditure", "rural")
    assert found[14][:2] == ("tekun", "persons")
    assert not {1, 2} & set(found)


def test_sums_tell_what_a_numbered_row_lost():
    found = read("edge.txt", "subject", "measure", "residence", "place")
    assert found[205] == ("dibao", "households", "rural", "南山乡")
    assert found[130700] == ("dibao", "expenditure", "rural", "南山乡")


def test_units_are_each_of_one_head():
    found = read("units.txt", "unit", "measure")
    assert found[8] == ("个", "count")
    assert found[13400] == ("人", "persons")
    assert found[2120] == ("人", "persons")
    assert found[350][0] == "公顷"
    assert found[17] == ("户", "households")
    assert found[306] == ("个", "count")
    assert found[19200000] == ("元", "expenditure")


def test_heads_above_units_stand_where_these_do():
    found = read("filled.txt", "subject", "measure", "place")
    assert found[1800] == ("elder_bed", "beds", "东城区")
    assert found[300] == ("nursing_bed", "beds", "西城区")
    assert found[210][1:] == ("persons", "西城区")
    assert found[31][0] == "day_care_center"
    assert found[38][0] == "village_elder_station"


def test_a_total_beside_groups_takes_no_lower_head():
    found = read("beside.txt", "subject", "measure")
    assert found[249000] == ("disability_nursing_subsidy", "expenditure")
    assert found[465000][0] == "disability_subsidies"


def test_a_total_leads_what_it_sums_up():
    found = read("sums.txt", "subject", "residence")
    assert found[2900000] == ("dibao", "total")
    assert found[2200000] == ("dibao", "rural")
    assert found[120000][0].startswith("tekun")
    assert found[160000][0] == "temporary_assistance"


def test_rows_of_words_count_from_one_on():
    found = read("counted.txt", "subject", "measure", "status")
    assert found[300] == ("home_adaptation", "households", "target")
    assert found[310] == ("home_adaptation", "households", "actual")
    assert found[103.3] == ("home_adaptation", "ratio", "actual")
    assert found[180] == ("tekun", "persons", "actual")
    assert not {1, 3} & set(found)


def test_aims_of_a_form_are_rows_whatever_stands_between():
    found = read("form.txt", "subject", "measure", "status", "comparator")
    assert found[4200] == ("dibao", "persons", "target", ">=")
    assert found[4310][:3] == ("dibao", "persons", "actual")
    assert found[655][:3] == ("temporary_assistance", "person_times", "actual")
    assert found[610][:3] == ("dibao", "standard", "target")
    assert found[615][:3] == ("dibao", "standard", "actual")


def test_sums_of_a_form_stand_below_their_heads():
    found = read("budget.txt", "unit", "status")
    assert found[43200000] == ("元", "target")
    assert found[41750000] == ("元", "actual")
    assert found[96.64][0] == "%"
    assert 9.7 not in found
