"""Tables whose heads are hard to place, as in `table_pages`, and some that cannot be read."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "form.txt": (
        """民政统计季报表
| 表 号:JBZH0001 表 | | | | |
| 编制单位:邵阳市 | 制表机关:民 政 部 | | | |
| 地区编码:430500000000 | 2021年9月 | 批转机关:国 家 统 计 局 | | |
| 指标名称 | 单位 | 代码 | 数量 | 上季度 | 环比 |
| 甲 | 乙 | 丙 | 1 | 2 | 3 |
| 一、综合 | | JZH011000000 | | | |
| (一)行政区划 | | JZH011100000 | | | |
| 1.镇 | 个 | JZH011111000 | 122 | 120 | 1.67 |
| 2.乡小计 | 个 | JZH011112000 | 46 | 48 | -4.17 |
| 其中:民族乡 | 个 | JZH011112100 | 22 | 22 | |
| 3.街道 | 个 | JZH011113000 | 30 | 31 | -3.23 |
| (二)民政事业费累计支出 | 万元 | JZH011310000 | 131,420.5 | 88,310.2 | 48.82 |
| 二、社会服务 | | JZH012000000 | | | |
| 1.结婚登记 | 对 | JZH012320000 | 21,204 | 14,890 | 42.41 |
""",
        [
            "21,204 marriage.couples 21204 对 period_start=2021-01-01 period_end=2021-09-30",
            "14,890 marriage.couples 14890 对 period_start=2021-01-01 period_end=2021-06-30",
            "42.41 marriage.ratio 42.41 % change=delta",
            "48.82 civil_affairs_total.ratio 48.82 %",
            "30 admin_division.count 30 个 subgroup=街道 scope=region",
            "22 admin_division.count 22 个 subgroup=民族乡 scope=region",
        ],
    ),
    "two_rows_of_heads_one_blank.txt": (
        """怀宁县2023年8月份城乡低保、特困供养资金发放公示表
制表单位:怀宁县民政局　　制表时间:2023年8月10日　　单位:户、人、元
乡镇 农村低保 城市低保 特困供养
户数 人数 金额 户数 人数 金额 人数 金额
高河镇 812 1421 652300 95 140 88200 210 195300
石牌镇 905 1602 731880 120 171 110320 255 237150
月山镇 640 1104 503420 60 83 52910 180 167400
""",
        [
            "652300 dibao.expenditure 652300 元 residence=rural place=高河镇 period_start=2023-08-01",
            "171 dibao.persons 171 人 residence=urban place=石牌镇",
            "167400 tekun.expenditure 167400 元 place=月山镇",
        ],
    ),
    "names_between_rows.txt": (
        """24-6 岳西县民政事业基本情况
                                           单位:个、人、张
                         2021      2022      2023
社会救助
  城市低保人数            7655      7210      6904
  农村低保人数           29004     28110     27655
    #残疾人               9305      9280      9301
社会福利
  养老机构                 66        70        72
    床位数               6902      7305      7544
婚姻登记
  结婚登记(对)          7744      7012      7480
""",
        [
            "27655 dibao.persons 27655 人 residence=rural year=2023",
            "9280 dibao.persons 9280 人 residence=rural year=2022 subgroup=残疾人",
            "7744 marriage.couples 7744 对 year=2021",
        ],
    ),
    "heads_without_their_width.txt": (
        """宁波市2023年10月份婚姻登记情况统计表
登记机关 | 结婚登记 | 离婚登记 | 婚前辅导(人次)
 | 本月 | 累计 | 本月 | 累计 | 本月
海曙区 | 310 | 3402 | 102 | 1120 | 210
慈溪市 | 402 | 4510 | 160 | 1702 | 305
""",
        [
            "3402 marriage.couples 3402 对 place=海曙区 place_code=330203 period_start=2023-01-01",
            "160 divorce.couples 160 对 place=慈溪市 period_start=2023-10-01",
        ],
    ),
    "wide_heads_among_narrow_ones.txt": (
        "榆中县2024年5月农村低保金发放公示\n乡镇\n户数(户)\n人数(人)\n一类\n二类\n发放资金(元)\n户数\n人数\n户数\n人数\n"
        "城关镇\n301\n720\n40\n71\n261\n649\n215600\n夏官营镇\n188\n462\n22\n40\n166\n422\n138200\n",
        [
            "720 dibao.persons 720 人 residence=rural place=城关镇",
            "40 dibao.households 40 户 subgroup=一类",
            "422 dibao.persons 422 人 subgroup=二类 place=夏官营镇",
            "138200 dibao.expenditure 138200 元",
        ],
    ),
    "blank_cell_on_a_line.txt": (
        "凤台县行政村和社区情况(2021年末)\n\n"
        "乡镇\n村委会(个)\n居委会(个)\n户数(户)\n古塔街道\n\n8\n9120\n松坡镇\n12\n2\n7701\n兴隆乡\n9\n1\n4120\n",
        ["8 community.count 8 个 place=古塔街道", "7701 village.households 7701 户 place=松坡镇"],
    ),
    "changes_by_arithmetic.txt": (
        """泾县2022年民政统计
指标 | 单位 | 2022年 | 2021年 | 增减
城市低保人数 | 人 | 8210 | 8640 | -4.98
农村低保人数 | 人 | 30120 | 29810 | 1.04
结婚登记 | 对 | 3100 | 3300 | -6.06
""",
        ["1.04 dibao.ratio 1.04 % change=delta residence=rural", "6.06 marriage.ratio -6.06 %"],
    ),
}
UNREAD = {
    "no_head_over_any.txt": (
        """怀宁县2023年农村居民最低生活保障统计表

东岭镇 120 251 130 99
西坪镇 92 180 88 70
南桥乡 33 71 30 25
""",
        "no_header",
    ),
    "one_wide_row.txt": (
        """怀宁县2023年各村低保情况
| 各村 | 120 | 251 | 130 | 99 | 75 |
""",
        "no_header",
    ),
    "money_of_no_unit.txt": (
        """怀宁县2024年特困人员供养资金明细表
乡镇 | 金额 | 发放资金
团结乡 | 14040 | 80080
和平镇 | 23400 | 100100
""",
        "unit_missing",
    ),
}
