"""Tables whose columns blanks set apart, with heads that are broken over several lines."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "heads_wrapped_over_four_lines.txt": (
        """附表  平河县2018—2020年社会救助情况
        城镇低    农村低    城镇低    农村低    发放城      临时
 年份   保标准    保标准    保人数    保人数    乡低保      救助
       （元/月）（元/年） （人）   （人）     金（万   （人次）
                                               元）
2018年    520    4,160    2,310    8,140    2,705    1,018
2019年    560    4,620    2,204    7,935    2,811    1,126
2020年    610    5,160    2,150    7,712    2,960    1,343
""",
        [
            "4,160 dibao.standard 4160 元/年 residence=rural year=2018",
            "560 dibao.standard 560 元/月 residence=urban year=2019",
            "2,150 dibao.persons 2150 人 residence=urban year=2020",
            "7,935 dibao.persons 7935 人 residence=rural",
            "2,811 dibao.expenditure 28110000 元 year=2019",
            "1,343 temporary_assistance.person_times 1343 人次 year=2020",
        ],
    ),
    "heads_wrapped_in_two.txt": (
        """东宁县2022年社会救助统计表
乡镇      城市低    农村低    特困供    临时救
          保人数    保人数    养人数    助人次
城关镇       312       805        96       120
白石镇        88       640       131        75
河口镇        45       522       104        61
""",
        [
            "805 dibao.persons 805 人 residence=rural place=城关镇",
            "131 tekun.persons 131 人 place=白石镇",
            "61 temporary_assistance.person_times 61 人次",
            "45 dibao.persons 45 人 residence=urban",
        ],
    ),
    "heads_wrapped_in_three_with_units.txt": (
        """西岭市2021年民政事业主要指标
            城市最低    农村最低    特困人员    孤儿基
地区        生活保障    生活保障    基本生活    本生活
            标准（元    标准（元    标准（元    费（元
            /月）       /年）       /月）       /月）
甲山区         720       6,480        940       1,500
乙水区         680       6,120        890       1,450
丙川县         650       5,880        850       1,400
""",
        [
            "720 dibao.standard 720 元/月 residence=urban place=甲山区",
            "6,120 dibao.standard 6120 元/年 residence=rural",
            "850 tekun.standard 850 元/月",
            "1,450 orphan.standard 1450 元/月",
        ],
    ),
    "heads_wrapped_below_groups.txt": (
        """南安区2023年民政统计表
                 社会救助                      社会福利
街道      城市低    农村低    临时救    养老机    孤儿人
          保人数    保人数    助人次    构床位    数
东街         312       805       120       260        12
西街          88       640        75       180         9
北街          45       522        61       140         7
""",
        [
            "805 dibao.persons 805 人 residence=rural place=东街",
            "75 temporary_assistance.person_times 75 人次",
            "140 elder_bed.beds 140 张",
            "9 orphan.persons 9 人",
        ],
    ),
    "heads_wrapped_traditional.txt": (
        """新安縣社會救助情況統計
          城鎮低    農村低    城鎮低    農村低    臨時
 年度     保標準    保標準    保人數    保人數    救助
          (元/月)   (元/年)   (人)      (人)      (人次)
2019年       512     4,310     1,905     7,014       866
2020年       548     4,650     1,842     6,950       941
2021年       590     5,020     1,790     6,803     1,012
""",
        [
            "512 dibao.standard 512 元/月 residence=urban year=2019",
            "6,950 dibao.persons 6950 人 residence=rural year=2020",
            "1,012 temporary_assistance.person_times 1012 人次",
        ],
    ),
    "heads_wrapped_beside_whole_ones.txt": (
        """绿原县2022年各乡镇民政情况
          城市低    农村低              临时救助    特困供养
乡镇      保人数    保人数    敬老院    资金（万    人数
         （人）    （人）    （所）     元）       （人）
红旗镇       312       805         2        12.6        40
青山镇        88       640         1         7.5        31
白水镇        45       522         1         6.1        25
""",
        [
            "805 dibao.persons 805 人 residence=rural place=红旗镇",
            "12.6 temporary_assistance.expenditure 126000 元",
            "31 tekun.persons 31 人 place=青山镇",
            "45 dibao.persons 45 人",
        ],
    ),
    "levels_that_are_no_wraps.txt": (
        """绿原县2022年各乡镇低保情况
          城市低保            农村低保            特困供养
乡镇      户数      人数      户数      人数      户数      人数
          (户)      (人)      (户)      (人)      (户)      (人)
红旗镇       212       312       505       805        32        40
青山镇        58        88       440       640        21        31
白水镇        35        45       322       522        17        25
""",
        [
            "805 dibao.persons 805 人 residence=rural place=红旗镇",
            "58 dibao.households 58 户 residence=urban",
            "17 tekun.households 17 户",
        ],
    ),
    "heads_wrapped_over_five_lines.txt": (
        """丰乐市民政事业统计
          城市居    农村居    特困人    困难残    重度残
          民最低    民最低    员集中    疾人生    疾人护
年份      生活保    生活保    供养人    活补贴    理补贴
          障人数    障人数    数（人）  人数      人数
         （人）    （人）               （人）   （人）
2019年       712     2,805       320       912     1,040
2020年       688     2,640       311       945     1,131
2021年       645     2,522       298       961     1,225
""",
        [
            "2,805 dibao.persons 2805 人 residence=rural year=2019",
            "311 tekun.persons 311 人",
            "961 disability_living_subsidy.persons 961 人",
            "1,131 disability_nursing_subsidy.persons 1131 人",
        ],
    ),
    "heads_wrapped_without_units.txt": (
        """金沙市民政事业基本情况（2018—2020年）
          城镇居    农村居    医疗救    养老服
          民最低    民最低    助资助    务机构
年份      生活保    生活保    参保人    年末床
          障人数    障人数    次        位数
2018年     4,712    12,805     3,120       912
2019年     4,688    12,640     3,311       945
2020年     4,645    12,522     3,298       961
""",
        [
            "12,805 dibao.persons 12805 人 residence=rural",
            "3,311 medical_assistance.person_times 3311 人次",
            "961 elder_institution.beds 961 张",
        ],
    ),
    "levels_of_as_many_heads.txt": (
        """金沙市2020年民政事业
乡镇      城市低保  农村低保  特困供养  临时救助
          人数      户数      人数      人次
东镇         712       805       120       912
西镇         688       640       111       945
北镇         645       522        98       961
""",
        [
            "805 dibao.households 805 户 residence=rural",
            "98 tekun.persons 98 人",
            "961 temporary_assistance.person_times 961 人次",
        ],
    ),
}
