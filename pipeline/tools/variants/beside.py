"""The same beside words that say nothing of it."""

from __future__ import annotations

import random
import re

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.form import Vary
from pipeline.tools.variants.page import Edit, edited, prose, rewritten

SENTENCES = (
    "全局党员干部认真学习贯彻党的路线方针政策,理论学习中心组学习制度得到落实。",
    "市委、市政府主要领导多次到基层调研,对民政工作提出明确要求。",
    "面对严峻复杂的形势,广大干部职工迎难而上、主动作为。",
    "各项工作得到上级部门和社会各界的充分肯定。",
)
CLAUSES = (
    "在县委、县政府的坚强领导下,",
    "坚持以人民为中心的发展思想,",
    "为进一步兜牢民生底线,",
    "在各部门的大力支持下,",
    "按照应保尽保、应救尽救的原则,",
)
ADVERBS = ("在有关部门的配合下", "按照政策规定", "严格按照程序", "通过多种渠道")
VERBS = "(?:发放|支付|拨付|支出|下拨|新建|建成|办理|开展|举办|投入|新增|救助|清退|慰问|登记)"


def _at(found: str, words: tuple[str, ...]) -> Vary:
    """One of the words at every place in prose that the pattern finds; it spans nothing."""
    pattern = re.compile(found)
    return lambda labelled, dice: rewritten(labelled, pattern, lambda _: (dice.choice(words),))


def opening(labelled: Labelled, dice: random.Random) -> Labelled:
    """A sentence of its own at the head of each line of prose that has no number or mark there."""
    edits: list[Edit] = [
        (start, start, (dice.choice(SENTENCES),))
        for start, _ in prose(labelled.text)
        if re.match("[\u4e00-\u9fff]{4}", labelled.text[start:]) and labelled.text[start + 1] not in "是、"
    ]
    return edited(labelled, edits)


BESIDE: dict[str, Vary] = {
    "sentence_before": opening,
    "sentence_between": _at("(?<=。)(?=[^”)\n])", SENTENCES),
    "clause_first": _at("(?<=。)(?=(?:全[县市区]|共|累计|发放|新建|新增|建成|现有|办理|开展))", CLAUSES),
    "clause_between": _at(f"(?<=,)(?={VERBS}[^,。;\n]{{0,12}}[0-9])", CLAUSES),
    "adverb": _at(f"(?<=[,。;])(?={VERBS}[^,。;\n]{{0,12}}[0-9])", ADVERBS),
    "adverb_after_area": _at(f"(?<=全[县市区])(?=(?:共|累计)?{VERBS}[^,。;\n]{{0,12}}[0-9])", ADVERBS),
}
