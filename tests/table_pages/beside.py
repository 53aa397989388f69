"""Tables set beside each other to save lines, and what a heading above a table says of it."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "months_beside_months.txt": (
        "龙泉市民政局2022年老年人和儿童福利发放情况公开\n2023年1月12日\n\n一、孤儿基本生活费\n"
        "分月发放情况（单位：人、万元）\n"
        "| 月份 | 人数 | 金额 | 月份 | 人数 | 金额 |\n| 1月 | 61 | 8.2 | 7月 | 64 | 8.7 |\n"
        "| 2月 | 62 | 8.3 | 8月 | 65 | 8.9 |\n",
        [
            "61 orphan.persons 61 人 period_end=2022-01-31",
            "65 orphan.persons 65 人 period_end=2022-08-31",
            "8.7 orphan.expenditure 87000 元 period_start=2022-07-01",
        ],
    ),
    "numbered_towns_beside_towns.txt": (
        "龙泉市城乡低保分乡镇情况（2021年）\n"
        "| 序号 | 乡镇 | 户数 | 人数 | 序号 | 乡镇 | 户数 | 人数 |\n"
        "| 1 | 安仁镇 | 210 | 405 | 3 | 住龙镇 | 388 | 690 |\n"
        "| 2 | 八都镇 | 340 | 612 | 合计 | | 938 | 1707 |\n",
        [
            "612 dibao.persons 612 人 scope=part place=八都镇",
            "690 dibao.persons 690 人 scope=part place=住龙镇",
            "938 dibao.households 938 户 scope=region place=None",
        ],
    ),
    "homes_below_two_benefits.txt": (
        "龙泉市2022年困难群众救助标准公示\n\n乡镇\n最低生活保障\n特困人员基本生活\n城市\n（元/月）\n农村\n（元/年）\n"
        "城市\n（元/月）\n农村\n（元/年）\n龙渊街道\n720\n6720\n1080\n10080\n安仁镇\n720\n6600\n1080\n9900\n",
        [
            "6720 dibao.standard 6720 元/年 residence=rural place=龙渊街道",
            "9900 tekun.standard 9900 元/年 residence=rural place=安仁镇",
        ],
    ),
}
