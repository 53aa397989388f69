"""Tables set apart by blanks that have years, halves and two languages."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "yearbook_halves.txt": (
        """岳阳市统计年鉴（2022） 19-3 民政事业基本情况
指标            单位     2021年     2022年     指标            单位     2021年     2022年
社会福利院       个        12        13       结婚登记         对       31205     28764
福利院床位数     张       2310      2450      离婚登记         对        9120      8876
城市低保人数     人      40120     38875      火化率           %        61.2      65.8
""",
        [
            "38875 dibao.persons 38875 人 residence=urban year=2022",
            "31205 marriage.couples 31205 对 year=2021",
            "65.8 cremation.ratio 65.8 % year=2022",
        ],
    ),
    "years_as_rows.txt": (
        """19-5 主要年份婚姻登记情况
Marriage Registration in Main Years
单位：对                                             (couple)
年  份      结婚登记       #再婚      离婚登记      补发婚姻证件(件)
Year       Marriages    Remarriages   Divorces     Certificates
2012         58,120       7,210        13,402        2,110
2013         57,903       7,540        14,120        2,405
""",
        [
            "57,903 marriage.couples 57903 对 year=2013",
            "7,210 marriage.couples 7210 对 year=2012 subgroup=再婚",
            "2,405 marriage_reissue.cases 2405 件",
        ],
    ),
    "provinces.txt": (
        """2023年4季度民政统计季报 分省数据
地区  Region   城市低保人数(万人)  农村低保人数(万人)  结婚登记(万对)
全  国        663.6      3399.7      768.2
北  京          6.9         4.1       11.5
内蒙古         25.8       126.7       12.7
""",
        [
            "126.7 dibao.persons 1267000 人 residence=rural place=内蒙古 place_code=150000",
            "768.2 marriage.couples 7682000 对 scope=region",
        ],
    ),
    "income_beside_spending.txt": (
        """2020年民政资金收支情况
收入项目 金额（万元） 支出项目 金额（万元）
上级补助 3210.5 城市低保 810.2
本级预算 1502.0 农村低保 2310.7
福彩公益金 302.1 特困供养 960.5
合计 5014.6 合计 4081.4
""",
        [
            "810.2 dibao.expenditure 8102000 元 residence=urban",
            "960.5 tekun.expenditure 9605000 元",
        ],
    ),
    "under_drawn_lines.txt": (
        """通辽市2021年三季度城乡低保情况
截止日期：2021年9月30日                                单位：人、万元
------------------------------------------------------------------
                 城市低保            农村低保           特困人员
旗 县 区        人数  1-9月支出     人数   1-9月支出  集中供养 分散供养
------------------------------------------------------------------
科尔沁区        4102     2310.5     5210      1402.6       88     410
开鲁县          1205      690.2    12034      3310.8      131     902
库伦旗           980      540.1    10422      2871.0      104     733
全市合计        6287     3540.8    27666      7584.4      323    2045
------------------------------------------------------------------
""",
        [
            "4102 dibao.persons 4102 人 residence=urban place_code=150502 period_end=2021-09-30",
            "3310.8 dibao.expenditure 33108000 元 residence=rural period_start=2021-01-01",
            "104 tekun.persons 104 人 subgroup=集中供养",
            "2045 tekun.persons 2045 人 subgroup=分散供养 scope=region",
        ],
    ),
    "change_behind_each.txt": (
        """全省婚姻登记数据（2022年1-3季度）
地 区 结婚对数 比上年同期增减(%) 离婚对数 比上年同期增减(%)
全 省 210,412 -12.3 78,210 -5.2
太原市 21,050 -10.8 9,102 -4.1
大同市 14,320 -13.5 5,410 -6.6
""",
        [
            "12.3 marriage.ratio -12.3 % change=delta scope=region",
            "4.1 divorce.ratio -4.1 % change=delta place_code=140100",
        ],
    ),
    "changes_behind_years.txt": (
        """湟源统计年鉴—2019
表12-3 社会福利和社会救助主要指标
指        标               Item                      2016      2017      2018     增减%
养老机构床位数(张)         Number of Beds             512       560       604      7.9
  年末在院人数(人)         Residents                  301       322       350      8.7
  #农村敬老院(个)          Rural Homes                  5         5         6     20.0
农村低保资金支出(万元)     Expenditure, Rural       2,104     2,310     2,288     -1.0
""",
        [
            "7.9 elder_bed.ratio 7.9 % change=delta year=2018",
            "-1.0 dibao.ratio -1 % change=delta year=2018 residence=rural",
            "20.0 elder_institution.ratio 20 % change=delta residence=rural",
        ],
    ),
    "kinds_of_couples.txt": (
        """新乡市2019年上半年婚姻登记情况统计表
                                                        单位：对、件
登记机关      结婚登记              离婚登记              补领证件
              初婚     再婚     合计   协议离婚   比上年同期%    结婚证   离婚证
红旗区        412      168      580       301        6.2          88       20
卫滨区        233      97       330       166       -1.8          41       12
原阳县       1204      202     1406       402       12.5         230       31
合计         1849      467     2316       869        7.0         359       63
""",
        [
            "168 marriage.couples 168 对 subgroup=再婚 place=红旗区",
            "580 marriage.couples 580 对 subgroup=None",
            "-1.8 divorce.ratio -1.8 % change=delta place=卫滨区",
            "31 marriage_reissue.cases 31 件",
        ],
    ),
    "one_blank_heads_of_several_widths.txt": (
        """表3  2019—2021年荣昌区社会救助情况
年份 城市低保 农村低保 特困人员 临时救助
     人数 标准 人数 标准 人数 人次 资金
     (人) (元/月) (人) (元/月) (人) (人次) (万元)
2019 9120 580 8340 440 4102 5210 612
2020 8740 620 8110 496 4055 6120 701
2021 8350 636 7902 515 3998 4870 566
""",
        [
            "580 dibao.standard 580 元/月 residence=urban year=2019",
            "8110 dibao.persons 8110 人 residence=rural year=2020",
            "4055 tekun.persons 4055 人 year=2020",
            "4870 temporary_assistance.person_times 4870 人次 year=2021",
        ],
    ),
    "cells_of_several_lines_with_bars.txt": (
        "龙泉统计年鉴2017  第十八篇 民政\n18-4 婚姻登记情况 |\n|\n|\nMarriage Registration |\n|\n"
        "年份\nYear |\n"
        "结婚登记\n对数\n(对)\nRegistered\nMarriages |\n|\n|\n离婚登记\n(对)\nDivorces |\n|\n"
        "#内地居民\nMainland |\n涉外婚姻\nForeign |\n|\n"
        "2014 |\n2195 |\n2190 |\n5 |\n432 |\n|\n2015 |\n2218 |\n2210 |\n8 |\n456 |\n|\n"
        "2016 |\n2394 |\n2388 |\n6 |\n471 |\n|\n资料来源:市民政局\n",
        [
            "2195 marriage.couples 2195 对 year=2014",
            "2210 marriage.couples 2210 对 year=2015",
            "471 divorce.couples 471 对 year=2016",
        ],
    ),
    "one_row_of_heads_with_bars.txt": (
        "龙泉统计年鉴2017\n18-4 婚姻登记情况 |\n|\n年份\nYear |\n结婚登记\n(对) |\n离婚登记\n(对) |\n"
        "粗离婚率\n(‰) |\n|\n2014 |\n2195 |\n432 |\n1.61 |\n|\n2015 |\n2218 |\n456 |\n1.66 |\n|\n"
        "2016 |\n2394 |\n471 |\n1.70 |\n|\n",
        ["2195 marriage.couples 2195 对 year=2014", "1.70 divorce.ratio 1.7 ‰ year=2016"],
    ),
    "places_named_in_two_languages.txt": (
        """东海省统计年鉴2020
二十二、社会服务
22-10 各市婚姻登记情况(2019年)
Marriage Registration by Region (2019)
地区 结婚登记(对) 离婚登记(对)
Region Marriages Divorces
全省 Total 9100 3400
湖州市 Huzhou 5200 1900
嘉兴市 Jiaxing 3900 1500
""",
        [
            "5200 marriage.couples 5200 对 place=湖州市 scope=part",
            "3400 divorce.couples 3400 对 scope=region",
        ],
    ),
    "a_year_before_money_is_no_rate.txt": (
        """南漪县2023年度养老机构运营补贴公示表
|机构名称|床位数(张)|2023年补贴金额(元)|
|东坪镇敬老院|60|23400|
|西坪乡敬老院|40|15600|
""",
        ["23400 elder_institution.expenditure 23400 元 place=东坪镇敬老院"],
    ),
}
