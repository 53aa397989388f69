"""Tables that nothing was made with: whoever works on layouts does not look at their pages."""

from __future__ import annotations

from table_layouts.known import Known, Name
from table_layouts.naming import STANDARD, TOWN_ROWS, places

HELD_OUT = (
    Known(
        "funerals",
        "殡葬服务情况表",
        ("殡仪馆",),
        places(("东源殡仪馆", "石坪殡仪馆", "白沙殡仪馆")),
        ("项目",),
        (
            Name(
                ("火化遗体数",),
                {"subject": "cremation", "measure": "count", "alt": {"subject": ["funeral_home"]}},
                "具",
            ),
            Name(
                ("惠民殡葬补贴",),
                {"subject": "funeral_benefit", "measure": "expenditure"},
                "万元",
                high=90,
                digits=1,
            ),
        ),
        "months",
    ),
    Known(
        "stations",
        "居家和社区养老服务设施情况表",
        ("街道(乡镇)",),
        TOWN_ROWS,
        ("设施",),
        (
            Name(("老年助餐点",), {"subject": "meal_point", "measure": "count"}, "个", high=30),
            Name(("日间照料中心",), {"subject": "day_care_center", "measure": "count"}, "个", high=20),
            Name(("家庭养老床位",), {"subject": "home_care_bed", "measure": "beds"}, "张", high=200),
        ),
        "year",
        {"alt": {"period": [None]}},
    ),
    Known(
        "allowances",
        "残疾儿童和孤儿保障标准表",
        ("对象", "方式"),
        (
            Name(("孤儿", "集中养育"), {"subject": "orphan"}),
            Name(("孤儿", "社会散居"), {"subject": "orphan"}),
            Name(("事实无人抚养儿童",), {"subject": "unattended_child"}),
        ),
        ("指标",),
        (
            Name(("人数",), {}, "人", high=300),
            Name(("月标准",), STANDARD, "元/人·月", low=800, high=1900, adds=False),
        ),
        "year",
        {"alt": {"period": [None]}},
    ),
)
