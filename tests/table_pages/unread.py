"""Tables that cannot be read, each with the reason."""

from __future__ import annotations

UNREAD: dict[str, tuple[str, str]] = {
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
