"""The same said in another order, or cut into sentences otherwise."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.page import Piece, rewritten

NUMBER = r"[0-9][0-9,.]*[万亿余多]?"
OF_NUMBER = r"(?:万?元|[人户个家所处张件名对起座支])"
THING = r"(?!以上|以下|左右|以内|多|余|后|的)[\u4e00-\u9fff]{2,10}?"
PAID = r"(?:发放|支付|拨付|支出|下拨|兑付)"
THERE = r"(?:共?有|现有|建成|新建|新增|建有|登记|建设|改造|开展|举办|办理)"
FRONT = r"(?<=[,。;:、\n年月县市区中底共计])"
BEHIND = "(?<=[0-9][人户元个家所处张件名对起%])"  # a number with its unit
END = r"(?=[,。;\n])"
DATE = r"(?:[0-9]{4}年|今年|全年|上半年|截至[0-9年月]{1,8}底)"


def _by(found: str, *order: int | str) -> Callable[[Labelled, random.Random], Labelled]:
    """Every match in prose with its groups in the given order, other words between them."""
    pattern = re.compile(found)

    def pieces(match: re.Match[str]) -> tuple[Piece, ...]:
        every: list[Piece] = [one if isinstance(one, str) else match.span(one) for one in order]
        return tuple(p for p in every if isinstance(p, str) or p[0] >= 0)

    return lambda labelled, dice: rewritten(labelled, pattern, pieces)


ORDERS = {
    "money_before_what": _by(f"{FRONT}({PAID})({THING}(?:金|资金|补贴|津贴|经费))({NUMBER}元){END}", 1, 3, 2),
    "what_before_money": _by(f"({PAID})({NUMBER}元)({THING}(?:金|资金|补贴|津贴|经费)){END}", 1, 3, 2),
    "number_before_thing": _by(f"{FRONT}({THERE})(?![以了])({THING})({NUMBER}{OF_NUMBER}){END}", 1, 3, 2),
    "thing_before_number": _by(f"(?<!至少)({THERE})({NUMBER}{OF_NUMBER})({THING}){END}", 1, 3, 2),
    "time_inside": _by(f"(?<=[\n。])({DATE}),?(全[县市区])(?!各)(?=[^,。;\n])", 2, 1),
    "time_first": _by(f"(?<=[\n。])(全[县市区])({DATE})(?=[^,。;\n])", 2, ",", 1),
    "area_left_out": _by("(?<=[,。;年底月])(全[县市区])(?=[共累发新建现办开城农纳])"),
    "semicolons": _by(BEHIND + "(。)(?=[^\n”)])", ";"),
    "full_stops": _by(BEHIND + "(;)(?=[^\n”)0-9(①-⑩一二三四五六])", "。"),
    "among_full_stop": _by(BEHIND + ",(?=其中)", "。"),
    "among_semicolon": _by(BEHIND + ",(?=其中)", ";"),
    "among_brackets": _by(BEHIND + ",(其中[^,。;:()\n]{2,20}[0-9][人户元个家所名])(?=[。;])", "(", 1, ")"),
    "brackets_open": _by(BEHIND + r"\((其中[^()。;\n]{3,40})\)(?=[,。;])", ",", 1),
}
