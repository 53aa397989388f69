"""Tables whose blank cells were lost when the page was copied: merged heads written once, rows cut short."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "three_levels_padded_at_the_end.txt": (
        """大姚县2023年5月城乡特困人员供养金发放情况表
镇名 | 集中供养(1020元/月/人) | 分散供养(905元/月/人) | 合计 | ||||||||||
户数|人数|生活费(元)|护理费(元)|农村分散供养|城市分散供养|生活费(元)|护理费(元)|户数|人数|金额(元)|||
户 | 人数 | 户 | 人数 | |||||||||
金碧镇 | 10 | 11 | 11220 | 3300 | 20 | 22 | 3 | 3 | 22625 | 2500 | 33 | 36 | 39645 |
石羊镇 | 4 | 4 | 4080 | 1200 | 15 | 16 | | | 14480 | 1600 | 19 | 20 | 21360 |
合计 | 14 | 15 | 15300 | 4500 | 35 | 38 | 3 | 3 | 37105 | 4100 | 52 | 56 | 61005 |
""",
        [
            "10 tekun.households 10 户 subgroup=集中供养 place=金碧镇",
            "11220 tekun.expenditure 11220 元 subgroup=集中供养",
            "20 tekun.households 20 户 residence=rural",
            "3 tekun.households 3 户 residence=urban",
            "39645 tekun.expenditure 39645 元 residence=total",
            "56 tekun.persons 56 人",
        ],
    ),
    "a_cell_a_line_with_bars.txt": (
        """| 宜秀区2020年3月城市低保月报 |
|
|
|
|
|
|
|
| 填表单位: |
宜秀区民政局 |
|
|
|
|
|
|
| 地 区 |
低保户数(户) |
低保人数(人) |
保障对象类别(人) |
当月资金支出数(元) |
低保标准(元) |
|
|
| 老年人 |
成年人 |
未成年人 |
|
|
| 合计 |
711 |
902 |
240 |
566 |
96 |
481230 |
612 |
| 菱湖路街道 |
402 |
511 |
133 |
322 |
56 |
270140 |
612 |
| 罗岭镇 |
309 |
391 |
107 |
244 |
40 |
211090 |
612 |
|
|
""",
        [
            "566 dibao.persons 566 人 subgroup=成年人 residence=urban scope=region",
            "481230 dibao.expenditure 481230 元 period_start=2020-03-01",
            "322 dibao.persons 322 人 place=菱湖路街道 scope=part",
            "270140 dibao.expenditure 270140 元 place=菱湖路街道",
        ],
    ),
    "names_over_two_rows_dropped.txt": (
        """2022年各县城乡低保和特困供养标准
| 2022年各县城乡低保和特困供养标准 |
| 单位:城市 元/人·月,农村 元/人·年 |
| 类别 | 地区 | 城市低保 || 农村低保 || 农村特困 ||
| 原标准 | 现标准 | 原标准 | 现标准 | 原标准 | 现标准 |
| 一类 | 海州区 | 611 | 640 | 5010 | 5304 | 7515 | 7956 |
| 赣榆区 | 604 | 633 | 4980 | 5280 | 7470 | 7920 |
| 二类 | 东海县 | 590 | 618 | 4860 | 5160 | 7290 | 7740 |
| 灌云县 | 588 | 615 | 4812 | 5112 | 7218 | 7668 |

续表
| 类别 | 地区 | 城市低保 || 农村低保 || 农村特困 ||
| 原标准 | 现标准 | 原标准 | 现标准 | 原标准 | 现标准 |
| 灌南县 | 579 | 606 | 4776 | 5064 | 7164 | 7596 |
| 三类 | 涟水县 | 570 | 598 | 4704 | 4992 | 7056 | 7488 |
""",
        [
            "640 dibao.standard 640 元/人/月 residence=urban status=actual",
            "4980 dibao.standard 4980 元/人/年 residence=rural status=prior place=赣榆区",
            "7956 tekun.standard 7956 元/人/年 residence=rural status=actual",
            "606 dibao.standard 606 元/人/月 residence=urban place=灌南县",
            "7164 tekun.standard 7164 元/人/年 status=prior",
        ],
    ),
    "blanks_lost_in_a_row.txt": (
        """益阳市2020年12月民政事业统计季报
指标名称 | 单位 | 代码 | 数量 | 上季度 | 环比 | 上月 |
孤儿 | 人 | JZH012311000 | 412 | 430 | -4.19 | 418 |
集中养育孤儿 | 人 | JZH012311100 | 96 | 96 | 95 | |
社会散居孤儿 | 人 | JZH012311200 | 316 | 334 | -5.39 | 323 |
城市低保人数 | 人 | JZH012410000 | 21,044 | 21,890 | -3.86 | 21,203 |
""",
        [
            "95 orphan.persons 95 人 change=level period_end=2020-11-30",
            "96 orphan.persons 96 人 change=level",
            "4.19 orphan.ratio -4.19 % change=delta",
        ],
    ),
    "money_that_is_shared_out.txt": (
        """2022年第二批困难群众救助补助资金分配表
\t\t\t\t\t\t\t\t单位:万元、人
县(市、区)\t合计\t最低生活保障\t\t特困人员救助供养\t临时救助\t孤儿\t\t
\t\t城市\t农村\t\t\t人数\t资金\t
肃州区\t2106\t611\t1230\t142\t88\t57\t35\t
金塔县\t834\t102\t611\t70\t33\t29\t18\t
""",
        [
            "2106 hardship_household.expenditure 21060000 元 place=肃州区",
            "611 dibao.expenditure 6110000 元 residence=urban",
            "142 tekun.expenditure 1420000 元",
            "88 temporary_assistance.expenditure 880000 元",
            "57 orphan.persons 57 人",
            "35 orphan.expenditure 350000 元",
        ],
    ),
}
