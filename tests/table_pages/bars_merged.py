"""Tables between bars whose merged cells left nothing behind."""

from __future__ import annotations

PAID = "基本生活补贴发放金额(元)|照料护理补贴金额(元)"

PAGES: dict[str, tuple[str, list[str]]] = {
    "names_over_several_rows.txt": (
        """附表
| 2020年各州市城乡低保和特困人员基本生活标准 |
| 单位：城市 元/人·月，农村 元/人·年 |
| 类别 | 地区 | 城市低保 || 农村低保 || 农村特困 ||
| 原标准 | 现标准 | 原标准 | 现标准 | 原标准 | 现标准 |
| 一类 | 昆明市 | 640 | 670 | 5100 | 5400 | 7650 | 8100 |
| 曲靖市 | 610 | 635 | 4700 | 4960 | 7050 | 7440 |
| 二类 | 保山市 | 590 | 615 | 4500 | 4750 | 6750 | 7125 |
| 临沧市 | 585 | 610 | 4450 | 4700 | 6680 | 7050 |

- 2 -

续表
| 类别 | 地区 | 城市低保 || 农村低保 || 农村特困 ||
| 原标准 | 现标准 | 原标准 | 现标准 | 原标准 | 现标准 |
| 普洱市 | 580 | 605 | 4400 | 4640 | 6600 | 6960 |
| 三类 | 昭通市 | 560 | 585 | 4300 | 4500 | 6450 | 6750 |
""",
        [
            "640 dibao.standard 640 元/人/月 residence=urban status=prior place=昆明市",
            "4960 dibao.standard 4960 元/人/年 residence=rural status=actual place=曲靖市",
            "6680 tekun.standard 6680 元/人/年 residence=rural place=临沧市 status=prior",
            "605 dibao.standard 605 元/人/月 residence=urban place=普洱市",
        ],
    ),
    "three_levels_without_blanks.txt": (
        f"""师宗县2023年3月特困人员救助供养资金发放公示

乡镇名称 | 集中供养（920元/月/人） | 分散供养（920元/月/人） | 合计 | ||||||||||
户数|人数|{PAID}|农村分散供养|城市分散供养|{PAID}|户数|人数|金额(元)|||
户 | 人数 | 户 | 人数 | |||||||||
丹凤镇 | 21 | 22 | 20240 | 7310 | 61 | 63 | 5 | 6 | 63480 | 5320 | 87 | 91 | 96350 |
雄壁镇 | 13 | 13 | 11960 | 4120 | 44 | 46 |  |  | 42320 | 3870 | 57 | 59 | 62270 |
合 计 | 34 | 35 | 32200 | 11430 | 105 | 109 | 5 | 6 | 105800 | 9190 | 144 | 150 | 158620 |
""",
        [
            "22 tekun.persons 22 人 subgroup=集中供养 place=丹凤镇 scope=part",
            "7310 tekun_nursing.expenditure 7310 元",
            "61 tekun.households 61 户 residence=rural",
            "6 tekun.persons 6 人 residence=urban",
            "63480 tekun.expenditure 63480 元",
            "57 tekun.households 57 户 place=雄壁镇",
            "158620 tekun.expenditure 158620 元 scope=region",
        ],
    ),
    "heads_filled_up_with_blanks.txt": (
        """| 2021年4月城市低保对象综合统计表 |
|
|
|
|
|
|
|
|
|
| 填表单位: |
金寨县民政局 填表日期:2021年4月28日 |
|
|
|
|
|
|
|
|
| 地 区 |
低保户数(户) |
当月低保对象人数(人) |
低保对象类别(人) |
当月资金支出数 (元) |
累计资金支出数 (万元) |
当月人均补助水平 (元) |
低保标准 (元) |
|
|
| 老年人 |
成年人 |
未成年人 |
|
|
|
| 合计 |
610 |
871 |
263 |
498 |
110 |
451178 |
176.24 |
518.0 |
640 |
| 梅山路街道 |
365 |
520 |
160 |
297 |
63 |
270400 |
105.55 |
520.0 |
640 |
| 白塔畈镇 |
245 |
351 |
103 |
201 |
47 |
180778 |
70.69 |
515.0 |
640 |

|
|
| 单位负责人: |
审核人: |
填表人: |
|
""",
        [
            "498 dibao.persons 498 人 residence=urban subgroup=成年人 scope=region",
            "270400 dibao.expenditure 270400 元 place=梅山路街道",
            "70.69 dibao.expenditure 706900 元 place=白塔畈镇",
            "515.0 dibao.average 515 元/人",
        ],
    ),
    "headings_behind_names.txt": (
        """2022年三季度铜陵市民政统计数据

指标 | 单位 | 本期 | 上年同期 | 增减（%） ||
一、民政事业费累计支出* 二、乡级行政区划单位 |
万元 | 31,904.6 | 30,112.4 | 6.0 ||
#镇 | 个 | 17 | 17 |  ||
三、提供住宿的民政机构 | 个 | 52 | 50 | 4.0 ||
养老机构床位数 四、社会救助 城市最低生活保障 |
张 | 6,120 | 5,980 | 2.3 ||
最低生活保障人数 | 人 | 9,871 | 10,233 | -3.5 ||
农村最低生活保障 |
|||||
最低生活保障人数 | 人 | 40,112 | 41,870 | -4.2 ||
临时救助* 五、婚姻登记服务 |
人次 | 5,214 | 4,806 | 8.5 ||
结婚登记* | 对 | 4,377 | 4,120 | 6.2 ||
""",
        [
            "31,904.6 civil_affairs_total.expenditure 319046000 元",
            "5,980 elder_bed.beds 5980 张 status=prior year=2021",
            "9,871 dibao.persons 9871 人 residence=urban",
            "41,870 dibao.persons 41870 人 residence=rural status=prior",
            "5,214 temporary_assistance.person_times 5214 人次",
            "6.2 marriage.ratio 6.2 % change=delta",
        ],
    ),
}
