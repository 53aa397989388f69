"""Tables whose lines were broken or run together on the way from a page to its text."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "years_among_first_figures.txt": (
        "龙泉市2024年1-8月民生实事进展表\n\n地区\n\n居家适老化改造（户）\n\n新增老年助餐点（个）\n\n"
        "目标任务\n\n完成数\n\n目标任务\n\n完成数\n\n全市\n\n2,010\n\n2,032\n\n41\n\n38\n\n"
        "龙渊街道\n\n400\n\n412\n\n9\n\n9\n\n安仁镇\n\n310\n\n290\n\n7\n\n5\n\n住龙镇\n\n120\n\n118\n\n3\n\n3\n",
        [
            "2,010 home_adaptation.households 2010 户 status=target place=None",
            "412 home_adaptation.households 412 户 status=actual place=龙渊街道 period_end=2024-08-31",
            "290 home_adaptation.households 290 户 place=安仁镇",
        ],
    ),
    "years_that_name_rows.txt": (
        "龙泉市历年民政对象情况\n\n年份\n城市低保人数\n孤儿人数\n2020\n1490\n58\n2021\n1422\n55\n2022\n1381\n49\n",
        ["1490 dibao.persons 1490 人 residence=urban year=2020", "49 orphan.persons 49 人 year=2022"],
    ),
    "growth_over_two_lines.txt": (
        "龙泉市统计年鉴\n\n"
        "指  标                      单位          2018      2019      2020    2020年较\n"
        "                                                                     2019年(%)\n"
        "养老机构单位数              个             214       221       226         2.3\n"
        "养老机构年末床位数          张           24318     25906     26733         3.2\n"
        "结婚登记对数                对           38927     35214     30856       -12.4\n",
        [
            "226 elder_institution.count 226 个 year=2020",
            "3.2 elder_institution.ratio 3.2 % change=delta year=2020",
        ],
    ),
    "names_over_two_lines.txt": (
        "云和县养老机构一览表（2024年9月）\n"
        "序号 机构名称 所在乡镇 性质 核定床位（张） 在院老人（人） 联系电话\n"
        "1 云和县社会福利中心 凤凰山街道 公办 200 131 74512026\n"
        "2 云和县崇头镇失能特困人员\n集中照护中心 崇头镇 公办 90 61 74661208\n"
        "3 石塘镇敬老院 石塘镇 公办 60 29 74687315\n小计（公办） 350 221\n"
        "4 云和县康乐护养院 浮云街道 民办 150 118 74698866\n5 紧水滩老年公寓 紧水滩镇 民办 80 42 74680213\n"
        "小计（民办） 230 160\n合计 580 381\n",
        [
            "200 elder_institution.beds 200 张 place=云和县社会福利中心",
            "90 elder_institution.beds 90 张 place=云和县崇头镇失能特困人员集中照护中心",
            "221 elder_institution.persons 221 人 place=None subgroup=公办",
            "580 elder_institution.beds 580 张 scope=region place=None",
        ],
    ),
    "numbers_names_and_figures_together.txt": (
        "云和县2020年康复辅具配置补助资金分配表\n      单位：万元\n序号乡镇金额\n"
        "1凤凰山街道5.6\n2崇头镇12.4\n3石塘镇10.8\n合计28.8\n",
        [
            "5.6 assistive_device.expenditure 56000 元 place=凤凰山街道",
            "28.8 assistive_device.expenditure 288000 元 place=None",
        ],
    ),
    "tabs_before_cells.txt": (
        "云和县2023年农村低保资金发放汇总表\n\n乡镇\n\t户数\n\t人数\n\t金额（元）\n凤凰山街道\n"
        "\t102\n\t150\n\t12045\n"
        "崇头镇\n\t201\n\t322\n\t30210\n石塘镇\n\t92\n\t141\n\t11118\n",
        ["322 dibao.persons 322 人 residence=rural place=崇头镇"],
    ),
    "rows_that_blank_lines_part.txt": (
        "云和县民政局2023年重点工作完成情况\n\n序号\n工作任务\n年度目标\n完成数\n责任科室\n\n"
        "1\n新增养老床位（张）\n200\n214\n养老科\n\n2\n适老化改造（户）\n150\n149\n养老科\n\n"
        "3\n新建社区食堂（个）\n12\n11\n社区科\n",
        [
            "214 elder_bed.beds 214 张 change=added status=actual",
            "150 home_adaptation.households 150 户 status=target",
        ],
    ),
    "heads_broken_in_two.txt": (
        "云和县2023年社会救助对象人数统计表\n\n乡镇\n城市低保\n人数\n农村低保\n人数\n"
        "凤凰山街道\n102\n1204\n崇头镇\n201\n3021\n石塘镇\n92\n1111\n",
        [
            "102 dibao.persons 102 人 residence=urban",
            "3021 dibao.persons 3021 人 residence=rural place=崇头镇",
        ],
    ),
    "homes_above_their_subject.txt": (
        "云和县2023年低保情况\n\n乡镇\n城市\n低保\n农村\n低保\n户数\n人数\n户数\n人数\n"
        "凤凰山街道\n102\n150\n1204\n1833\n崇头镇\n201\n322\n3021\n4877\n石塘镇\n92\n141\n1111\n1790\n",
        [
            "150 dibao.persons 150 人 residence=urban place=凤凰山街道",
            "3021 dibao.households 3021 户 residence=rural place=崇头镇",
        ],
    ),
    "months_of_a_year_ago.txt": (
        "云和县民政局 - 统计数据\n2022年11月云和县婚姻登记情况统计表\n"
        "【来源】社会事务科  【时间】2022-12-08\n\n单位:对\n"
        "| 乡镇 | 结婚登记 | | | |\n| | 11月 | 1-11月累计 | 上年同期 "
        "| 同比±% |\n"
        "| 全县 | 64 | 611 | 690 | -11.4 |\n| 崇头镇 | 13 | 157 | 171 | -8.2 |\n",
        [
            "690 marriage.couples 690 对 status=prior period_start=2021-01-01 period_end=2021-11-30",
            "-8.2 marriage.ratio -8.2 % period_start=2022-01-01 period_end=2022-11-30 place=崇头镇",
        ],
    ),
    "zones_and_programmes.txt": (
        "云和县2016年6月民政支出\n\n| 县（市、区） | 城市低保（人） |\n| 凤凰山街道 | 160 |\n"
        "| 常山开发区 | 92 |\n\n"
        "| 指标名称 | 单位 | 数量 |\n| 一、民政事业费累计支出 | 万元 | 1128.3 |\n"
        "| 1.社会福利 | 万元 | 138.9 |\n"
        "| 其中:孤儿基本生活保障支出 | 万元 | 9.4 |\n| 2.社会救助 | 万元 | 905.1 |\n",
        ["92 dibao.persons 92 人 scope=part place=常山开发区", "9.4 orphan.expenditure 94000 元"],
    ),
}
